r"""Measure the content step: `python -m benchmarks.content [--size 80] [--json F]`.

CPU time of everything between the bytes of an answer and the document that is kept (decoding,
one parse, evidence, links, text, metadata, licence, language, fingerprints), for real pages of
about the size asked for, beside one lexbor parse of the same pages in the same run.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from benchmarks.crawl.sites import documentation
from crawler.core import urls
from crawler.core.content import ContentSettings, Page, parse, read
from crawler.core.response import Response

_HEADERS = (("content-type", "text/html"),)
_NEAR = 0.15  # of the size asked for
_SPOT = urls.parse("https://page.test/some/page.html")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--size", type=float, default=80, help="kB of a page (%(default)s)")
    arguments.add_argument("--pages", type=int, default=60, help="how many (%(default)s)")
    arguments.add_argument("--rounds", type=int, default=7, help="the best counts (%(default)s)")
    arguments.add_argument("--cache", type=Path, default=Path("bench-data"))
    arguments.add_argument("--json", type=Path, help="write the figures here")
    options = arguments.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    gc.set_threshold(50_000, 20, 100)  # as a crawl does
    found = measure(_bodies(options.cache, options.size * 1_000, options.pages), options.rounds)
    for name, value in found.items():
        print(f"{name:24}{value:10.3f}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def measure(bodies: list[bytes], rounds: int) -> dict[str, float]:
    """Return medians over pages of the best of `rounds`, in milliseconds of CPU."""
    answers = [Response(_SPOT, 200, _HEADERS, body) for body in bodies]
    settings = ContentSettings()

    def content(answer: Response) -> None:
        page: Page = parse(answer)
        page.evidence()
        page.links()
        read(page, settings)

    content_ms = [_best(lambda answer=answer: content(answer), rounds) for answer in answers]
    parse_ms = [_best(lambda body=body: LexborHTMLParser(body), rounds) for body in bodies]
    return {
        "pages": float(len(bodies)),
        "kilobytes": statistics.fmean(map(len, bodies)) / 1_000,
        "content_ms": statistics.median(content_ms),
        "content_ms_mean": statistics.fmean(content_ms),
        "lexbor_ms": statistics.median(parse_ms),
        "content_in_parses": statistics.fmean(content_ms) / statistics.fmean(parse_ms),
    }


def _best(work: Callable[[], object], rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        began = time.process_time_ns()
        work()
        spent.append(time.process_time_ns() - began)
    return min(spent) / 1e6


def _bodies(cache: Path, size: float, most: int) -> list[bytes]:
    """Return pages of about `size` bytes, from all sites alike."""
    files = sorted(documentation(cache.resolve()).rglob("*.html"))
    near = [file for file in files if abs(file.stat().st_size - size) < _NEAR * size]
    step = max(1, len(near) // most)
    return [file.read_bytes() for file in near[::step][:most]]


if __name__ == "__main__":
    main()
