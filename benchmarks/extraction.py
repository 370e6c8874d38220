r"""Measure main-text extraction: `python -m benchmarks.extraction FILE.jsonl.gz [--with NAME]`.

Each line of the file is a page: `html`, `gold_text`, `page_type`. Words are `\w+` of the
lower-cased text as multisets; the figures are means over pages, an empty output counting 0.
Readers' comments are as each page is, a discussion or not ("auto"); two more columns tell F1 with
all of them and without any, for whoever is measured.
Speed is CPU time of parsing and extracting, on one core.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

from crawler.core import urls
from crawler.core.content.page import Page, parse
from crawler.core.content.text.extractors import Source, extract, version_of
from crawler.core.response import Response
from crawler.core.urls import Url

_WORD = re.compile(r"\w+")
_HEADERS = (("content-type", "text/html; charset=utf-8"),)
_NOWHERE = Url("https://page.test/", "https", "page.test", 443, "/")
Figures = dict[str, float]
_COLUMNS = ("f1", "precision", "recall", "f1_with_comments", "f1_without")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("file", type=Path)
    arguments.add_argument(
        "--with", dest="name", default="fast", choices=("fast", "resiliparse", "trafilatura")
    )
    arguments.add_argument("--json", type=Path)
    options = arguments.parse_args()
    gc.set_threshold(50_000, 20, 100)  # as a crawl does
    found = measure(options.file, options.name)
    print(f"{found['extractor']} {found['version']}: {found['pages']} pages")
    print(f"{'':15}{'pages':>6}{'F1':>8}{'P':>8}{'R':>8}{'with':>8}{'without':>9}")
    for name, figures in sorted(found["by_type"].items()):
        print(_row(name, figures))
    print(_row("all", found))
    print(f"{found['pages_per_s']:.0f} pages/s of CPU")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def measure(file: Path, name: str) -> dict[str, Any]:
    """Return the figures of one extractor over all pages of a file."""
    by_type: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    spent = 0.0
    for page in pages(file):
        body = (page["html"] or "").encode("utf-8", "replace")
        url = urls.parse(page.get("url") or "") or _NOWHERE
        start = time.process_time()
        parsed = parse(Response(url, 200, _HEADERS, body))
        text = _text(parsed, name, "auto")
        spent += time.process_time() - start
        gold = page["gold_text"] or ""
        others = [score(_text(parsed, name, kept), gold)[0] for kept in (True, False)]
        by_type[page.get("page_type") or "unknown"].append((*score(text, gold), *others))
    every = [row for rows in by_type.values() for row in rows]
    return {
        **_means(every),
        "pages_per_s": len(every) / spent if spent else 0.0,
        "by_type": {kind: _means(rows) for kind, rows in by_type.items()},
        "extractor": name,
        "version": version_of(name),
    }


def _text(page: Page, name: str, comments: bool | str) -> str:  # noqa: FBT001 - as the setting
    if page.markup is None:
        return ""
    source = Source(page.decoded.utf8, page.markup, page.outline)
    return extract(name, source, markdown=False, comments=comments)


def pages(file: Path) -> Iterator[dict[str, str]]:
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def score(text: str, gold: str) -> tuple[float, float, float]:
    """Return F1, precision and recall of the words of `text` against those of `gold`."""
    said, wanted = (Counter(_WORD.findall(part.lower())) for part in (text, gold))
    both = (said & wanted).total()
    if not both:
        return 0.0, 0.0, 0.0
    precision, recall = both / said.total(), both / wanted.total()
    return 2 * precision * recall / (precision + recall), precision, recall


def _means(rows: list[tuple[float, ...]]) -> Figures:
    columns = zip(*rows, strict=True) if rows else [(0.0,)] * len(_COLUMNS)
    means = [round(fmean(column), 4) for column in columns]
    return {"pages": len(rows), **dict(zip(_COLUMNS, means, strict=True))}


def _row(name: str, figures: Figures) -> str:
    return (
        f"{name:15}{figures['pages']:6}{figures['f1']:8.3f}"
        f"{figures['precision']:8.3f}{figures['recall']:8.3f}"
        f"{figures['f1_with_comments']:8.3f}{figures['f1_without']:9.3f}"
    )


if __name__ == "__main__":
    main()
