r"""Compare what two checkouts make of the same pages: `python -m benchmarks.equal --against OTHER`.

Every page is judged by this checkout and by the other one, each with its own `.venv` where it has
one, compiled or not. Whatever differs is named: the outcome, the decision and what decided it, all
of the evidence, each field of the document, the links, the rows a store would be given. The pages
are the benchmark's, and those of `--pages FILE.jsonl.gz` (a line each: `html`, `url`, and
`gold_text` if F1 is to be had). The CPU seconds of both stand beside it.
"""

from __future__ import annotations

import argparse
import dataclasses
import gc
import gzip
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import Any

Difference = tuple[str, str, str, str]
_AT = 1_795_305_600.0  # when everything happens
_SHOWN = 90  # characters of a value that is shown as it is
_CUT = 0.6  # of a page, where `--cut` ends it
_ROBOTS = b"User-agent: *\nDisallow: /closed/\n"
_TYPE = (("content-type", "text/html"),)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--against", type=Path, help="another checkout of this repository")
    arguments.add_argument("--pages", type=Path, action="append", default=[], metavar="JSONL")
    arguments.add_argument("--cache", type=Path, default=Path("bench-data"))
    arguments.add_argument("--no-benchmark", action="store_true", help="leave its pages out")
    arguments.add_argument("--every", type=int, default=1, help="only each n-th page")
    arguments.add_argument("--cut", action="store_true", help="end each page somewhere within")
    arguments.add_argument("--most", type=int, default=20, help="differences that are printed")
    arguments.add_argument("--judge", action="store_true", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.judge:
        _judge_all()
    elif options.against is None:
        arguments.error("--against: which checkout to compare with")
    else:
        sys.exit(compare(options))


def compare(options: argparse.Namespace) -> int:
    """Print every difference; return 1 if there is one."""
    here = Path(__file__).resolve().parent.parent
    pages = list(_pages(options))[:: options.every]
    if not pages:
        sys.exit("no pages: see --cache and --pages")
    found = _differences(pages, [options.against.resolve(), here])
    differing: Counter[str] = Counter()
    shown = 0
    for name, field, old, new in found:
        if name:
            differing[field] += 1
            shown += 1
            if shown <= options.most:
                print(f"{name}\n  {field}\n    - {old}\n    + {new}")
        else:
            print(f"{field}: {old} in the other, {new} here")
    print(f"{len(pages)} pages, {sum(differing.values())} differences", *differing.most_common())
    return 1 if differing else 0


def _pages(options: argparse.Namespace) -> Iterator[dict[str, str]]:
    """Yield pages as the two processes are told of them."""
    if not options.no_benchmark:
        from benchmarks.crawl.sites import documentation

        options.cache.mkdir(parents=True, exist_ok=True)
        folder = documentation(options.cache.resolve())
        for file in sorted(folder.rglob("*.html")):
            name = str(file.relative_to(folder))
            yield {"name": name, "url": f"https://page.test/{name}", "file": str(file)}
    for source in options.pages:
        opened = gzip.open if source.suffix == ".gz" else open
        with opened(source, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                page = json.loads(line)
                name = page.get("id") or f"{source.name}:{number}"
                yield {**page, "name": name, "cut": "yes" if options.cut else ""}


def _differences(pages: list[dict[str, str]], checkouts: list[Path]) -> Iterator[Difference]:
    """Yield page, field and both values; at the end figures, with no page."""
    lines = "".join(f"{json.dumps(page)}\n" for page in pages)
    with ExitStack() as stack:
        judges = [stack.enter_context(_judge(checkout)) for checkout in checkouts]
        answers = [_answers(process, lines) for process in judges]
        for old, new in zip_longest(*answers, fillvalue={"page": "one of the two ended early"}):
            if old["page"]:
                yield from _of_page(old, new)
            else:
                yield from (("", field, old[field], new[field]) for field in old if field != "page")


def _judge(checkout: Path) -> subprocess.Popen[str]:
    own = checkout / ".venv" / "bin" / "python"
    return subprocess.Popen(
        [str(own) if own.exists() else sys.executable, __file__, "--judge"],
        env=os.environ | {"PYTHONPATH": str(checkout), "PYTHONHASHSEED": "0"},
        cwd=checkout,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _answers(process: subprocess.Popen[str], lines: str) -> Iterator[dict[str, str]]:
    """Yield what a process says of each page. It reads all of them before it says anything."""
    assert process.stdin is not None  # noqa: S101 - for mypy: it is a pipe
    assert process.stdout is not None  # noqa: S101
    process.stdin.write(lines)
    process.stdin.close()
    yield from map(json.loads, process.stdout)


def _of_page(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Difference]:
    for field in {**old, **new}:
        one, other = old.get(field, "(nothing)"), new.get(field, "(nothing)")
        if one != other:
            yield old["page"], field, one, other


# --- in the process of one checkout ----------------------------------------------------


def _judge_all() -> None:
    """Print what comes of each page that stands in the standard input."""
    sys.path.pop(0)  # this file's folder; the checkout stands in PYTHONPATH
    gc.set_threshold(50_000, 20, 100)  # as a crawl does
    scores: list[float] = []
    spent = 0.0
    for line in sys.stdin.readlines():
        page = json.loads(line)
        began = time.process_time()
        fields, text = results(page)
        spent += time.process_time() - began
        if gold := page.get("gold_text"):
            from benchmarks.extraction import score

            scores.append(score(text, gold)[0])
            fields["f1"] = f"{scores[-1]:.4f}"
        _print({"page": page["name"], **fields})
    figures = {"CPU seconds": f"{spent:.2f}"}
    if scores:
        figures["mean F1"] = f"{sum(scores) / len(scores):.4f}"
    _print({"page": "", **figures})


def _print(value: object) -> None:
    print(json.dumps(value), flush=True)


def results(page: Mapping[str, Any]) -> tuple[dict[str, str], str]:
    """Return all that comes of a page, field by field, and its main text."""
    from crawler.core import urls
    from crawler.core.consent import FileRequest, read_file
    from crawler.core.content import ContentSettings
    from crawler.core.content.sitemap import SitemapLimits
    from crawler.core.evidence import FileKind
    from crawler.core.judge import Rules, judge, judge_head
    from crawler.core.outcome import Kept
    from crawler.core.policy import ConsentPolicy
    from crawler.core.response import Response
    from crawler.core.task import Task, TaskKind

    url = urls.parse(page.get("url") or "") or urls.parse("https://page.test/")
    assert url is not None  # noqa: S101 - for mypy: the second is one
    body = _body(page)
    headers = tuple((name, value) for name, value in page.get("headers", _TYPE))
    answer = Response(url, 200, headers, body)
    robots = urls.parse("/robots.txt", url)
    assert robots is not None  # noqa: S101 - for mypy: as above
    allowing = Response(robots, 200, (), _ROBOTS)
    site = read_file(FileRequest(FileKind.ROBOTS, robots, url.origin), allowing, "", 0, _AT, None)
    task = Task(1, url, TaskKind.PAGE, ("127.0.0.1",), (site,))
    policy = ConsentPolicy(tokens=("EqualBot",))
    rules = Rules(policy, ContentSettings(), SitemapLimits())
    outcome = judge_head(task, answer, rules, _AT) or judge(task, answer, rules, _AT)
    fields = {"outcome": type(outcome).__name__}
    for field in dataclasses.fields(outcome):
        value = getattr(outcome, field.name)
        if field.name in ("decision", "evidence", "document"):
            fields |= _parts(field.name, value)
        else:
            fields[field.name] = _told(value)
    if not isinstance(outcome, Kept):
        return fields, ""
    fields |= _rows(task, outcome, answer)
    return fields, outcome.document.text


def _body(page: Mapping[str, Any]) -> bytes:
    if "file" in page:
        return Path(page["file"]).read_bytes()
    body = page.get("body")
    if isinstance(body, bytes):
        return body
    written = str(page["html"]).encode("utf-8", "replace")
    return written[: int(len(written) * _CUT)] if page.get("cut") else written


def _parts(name: str, value: Any) -> dict[str, str]:  # noqa: ANN401 - a dataclass
    if value is None:
        return {name: "none"}
    return {f"{name}.{field}": _told(getattr(value, field)) for field in _fields(value)}


def _fields(value: Any) -> list[str]:  # noqa: ANN401 - a dataclass, or what has slots
    if dataclasses.is_dataclass(value):
        return [field.name for field in dataclasses.fields(value)]
    return list(value.__slots__)


def _rows(task: Any, kept: Any, answer: Any) -> dict[str, str]:  # noqa: ANN401 - of either checkout
    """Return the rows that a store is given of a page."""
    from crawler.store.kept_page import Context, keep

    rows = keep(task, (kept, answer), Context("policy", "rules"), None).rows
    return {"row.page": _told(rows.page), "row.decision": _told(rows.decision), "seal": rows.digest}


def _told(value: object) -> str:
    """Return a value as it is shown: a long one by its beginning and its hash."""
    text = repr(value)
    if len(text) <= _SHOWN:
        return text
    digest = sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
    return f"{text[:_SHOWN]}... {len(text)} {digest}"


if __name__ == "__main__":
    main()
