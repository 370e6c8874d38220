"""What consent costs: `python -m benchmarks.consent [--json FILE]`.

Medians, in CPU time, of deciding a page with its origin's evidence in memory, of parsing
robots.txt and matching a URL against it; the last two again while the input doubles, hostile
inputs among them; and what a process of its own takes to its end for an import and for its first
decision, by turns with bare Python and with `import httpx`.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from crawler.core import content
from crawler.core.consent import FileRequest, decide, read_file, robots_access, robotstxt
from crawler.core.evidence import Evidence, FileKind, PageEvidence, Snapshot
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from crawler.core.urls import Url, parse

_NOW = 1_795_305_600.0
_ORIGIN = "https://ex.test"
_LIMIT = 512_000
_AGENTS = ("GPTBot", "CCBot", "ClaudeBot", "Google-Extended", "Bytespider", "Amazonbot")
_FILES = {
    FileKind.ROBOTS: (
        "/robots.txt",
        "# Welcome. Questions about crawling: web@ex.test\nUser-agent: *\n"
        "Content-Signal: search=yes\n"
        + "".join(f"Disallow: /private{i}/\n" for i in range(40))
        + "Disallow: /*?session=\nAllow: /private3/open/\nCrawl-delay: 2\n\n"
        + "".join(f"User-agent: {agent}\nDisallow: /members/\n\n" for agent in _AGENTS)
        + "Sitemap: https://ex.test/sitemap.xml\n",
    ),
    FileKind.TDMREP: ("/.well-known/tdmrep.json", '[{"location":"/x/","tdm-reservation":1}]'),
    FileKind.AI_TXT: ("/ai.txt", "User-Agent: *\nDisallow: *.jpg\nAllow: *.txt\n"),
    FileKind.TRUST_TXT: ("/trust.txt", "member=https://other.test/\n"),
}
_PAGE = """<!doctype html><html lang=en><head><title>A page</title>
<meta charset=utf-8><meta name=description content="About things">
<meta name=viewport content="width=device-width"><meta property="og:title" content="A page">
<meta property="og:type" content=article><meta name=robots content="index, follow">
<meta name=author content="A. Writer"><meta name=generator content="CMS 1.0">
<link rel=license href="https://creativecommons.org/licenses/by/4.0/">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"Article",
"headline":"A page","isAccessibleForFree":true,"author":{"@type":"Person","name":"A. Writer"}}
</script></head><body><article><h1>A page</h1><p>Text.</p></article>
<footer>&copy; 2026 Example. All rights reserved. <a href=/terms>Terms</a></footer></body></html>"""
_HEADERS = (
    ("content-type", "text/html; charset=utf-8"),
    ("cache-control", "max-age=60"),
    ("x-robots-tag", "max-image-preview:large"),
    ("link", "<https://ex.test/style.css>; rel=preload; as=style"),
)
_FIRST = """
from crawler import ABSENT, Consent
html = b"<!doctype html><title>A page</title><p>Text.</p><footer>FOOTER</footer>"
print(Consent("default").decide("https://ex.test/a", robots_txt=b"User-agent: *\\nDisallow: /p\\n",
    files=ABSENT, headers={"content-type": "text/html"}, html=html, status=200).reason)
"""
_STARTS = {
    "python": "pass",
    "import httpx": "import httpx",
    "import crawler": "import crawler",
    "first decision": _FIRST.replace("FOOTER", "All rights reserved."),
    "the same on prose": _FIRST.replace("FOOTER", "AI training on this site is prohibited."),
}


def main(arguments: list[str] | None = None) -> int:
    """Print the figures, and write them where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.consent", description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--starts", type=int, default=5, help="rounds; 0 starts no process")
    options = parser.parse_args(arguments)
    figures: dict[str, Any] = {"start_s": _starts(options.starts)}
    figures |= {"decide_us": _decisions(), "large_file_ms": {}, "doubling": {}}
    for name, body in _large(_LIMIT).items():
        figures["large_file_ms"][name] = _file(body, repeat=5)
    for name in _large(1_000):
        figures["doubling"][name] = [
            {"bytes": size, **_file(_large(size)[name], repeat=3)}
            for size in (32_000, 64_000, 128_000, 256_000, 512_000)
        ]
    _show(figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def _starts(rounds: int) -> dict[str, float]:
    """Return the median CPU seconds of each, its start and end in them."""
    spent: dict[str, list[float]] = {name: [] for name in _STARTS}
    for _ in range(rounds):
        for name, code in _STARTS.items():
            before = _of_children()
            subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=True)
            spent[name].append(_of_children() - before)
    return {name: round(statistics.median(each), 3) for name, each in spent.items() if each}


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _site() -> tuple[Snapshot, ...]:
    found = []
    for kind, (path, body) in _FILES.items():
        url = _url(_ORIGIN + path)
        type_ = "application/json" if path.endswith("json") else "text/plain"
        response = Response(url, 200, (("content-type", type_),), body.encode())
        found.append(read_file(FileRequest(kind, url, _ORIGIN), response, "", 0, _NOW))
    return tuple(found)


def _url(text: str) -> Url:
    url = parse(text)
    assert url is not None  # noqa: S101 - our own literals
    return url


def _decisions() -> dict[str, float]:
    """Return the median of each gate, in microseconds, over URLs never seen before."""
    site, policy = _site(), ConsentPolicy()
    urls = [_url(f"{_ORIGIN}/articles/{i}/some-title?page={i}") for i in range(2_000)]
    read = content.parse(Response(urls[0], 200, _HEADERS, _PAGE.encode())).evidence()
    unread = PageEvidence(200, _HEADERS, content_type="text/html")
    gates = {"before the request": None, "at the headers": unread, "at the document": read}
    result = {}
    for name, page in gates.items():
        evidence = [Evidence(url, site, page) for url in urls]
        timings = [_time(lambda item=item: decide(item, policy, _NOW)) for item in evidence]
        result[name] = round(statistics.median(timings) * 1e6, 1)
    return result


def _time(work: Callable[[], object]) -> float:
    # CPU time of this process: the figures are about the code, not about who else is busy.
    start = time.process_time()
    work()
    return time.process_time() - start


def _file(body: bytes, *, repeat: int) -> dict[str, float]:
    """Return median milliseconds of parsing `body` for one agent, and of matching a URL."""
    parsing, matching = [], []
    for _ in range(repeat):
        robotstxt.forget()
        parsing.append(_time(lambda: robotstxt.select(body, "corpusbot")))
        matching += [
            _time(lambda target=target: robots_access.refuses(body, target, "corpusbot"))
            for target in _targets()
        ]
    return {
        "parse": round(statistics.median(parsing) * 1e3, 2),
        "match": round(statistics.median(matching) * 1e3, 3),
        "match_worst": round(max(matching) * 1e3, 3),
    }


def _targets() -> Iterable[str]:
    yield "/dir12/some/page.html?id=5&q=abc"
    yield "/dir77/b/x"
    yield "/" + "a" * 500
    yield "/%7Euser/" + "a/b" * 100


def _large(size: int) -> dict[str, bytes]:
    """Return robots.txt bodies of about `size` bytes: plain ones, and hostile ones."""
    numbers = random.Random(1)

    def filled(lines: Callable[[int], str]) -> bytes:
        text, index = ["User-agent: *\n"], 0
        length = len(text[0])
        while length < size:
            text.append(lines(index))
            length += len(text[-1])
            index += 1
        return "".join(text).encode()[:size]

    return {
        "plain paths": filled(lambda _: f"Disallow: /dir{numbers.randrange(10**6)}/page\n"),
        "mixed wildcards": filled(
            lambda _: (
                f"Disallow: /dir{numbers.randrange(10**6)}/"
                f"{numbers.choice(['a', 'b*x', '*.pdf$', ''])}\n"
            )
        ),
        "wildcards without end": filled(lambda i: f"Disallow: /*{i}*a*a*a*a*b\n"),
        "one pattern again": filled(lambda _: "Disallow: /*a*a*a*a*a*b\n"),
        "a group a line": filled(lambda i: f"User-agent: bot{i}\nDisallow: /{i}\n"),
        "agents only": filled(lambda i: f"User-agent: bot-{i}\n"),
        "one long line": filled(lambda _: "Disallow: /" + "a*" * (size // 2) + "\n"),
        "empty lines": filled(lambda _: "\n"),
    }


def _show(figures: dict[str, Any]) -> None:
    print("a process of its own, CPU s")
    for name, value in figures["start_s"].items():
        print(f"  {name:22} {value:8.3f}")
    print("deciding a page, median us")
    for name, value in figures["decide_us"].items():
        print(f"  {name:22} {value:8.1f}")
    print("robots.txt of 500 KiB, ms           parse    match   worst")
    for name, row in figures["large_file_ms"].items():
        print(f"  {name:30} {row['parse']:8.2f} {row['match']:8.3f} {row['match_worst']:7.3f}")
    print("doubling, parse ms / match ms")
    for name, rows in figures["doubling"].items():
        cells = "  ".join(f"{r['parse']:7.2f}/{r['match']:.3f}" for r in rows)
        print(f"  {name:22} {cells}")


if __name__ == "__main__":
    sys.exit(main())
