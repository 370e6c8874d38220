"""A corpus crawler of today's parts: Scrapy, Protego, trafilatura or resiliparse, SQLite.

What it lacks beside ours: every opt-out but robots.txt, the evidence of what was asked, hashes
for near-duplicates, quality figures, a queue on disk.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from scrapy import Item
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule
from scrapy_spider import SETTINGS

Found = dict[str, str | None]  # title, author, date, licence, language, text
COLUMNS = ("url", "fetched", "headers", "title", "author", "date", "licence", "language", "text")
_INSERT = f"INSERT OR REPLACE INTO pages VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"  # noqa: S608
_GROUP = 100  # rows to a transaction

totals = {"pages": 0, "characters": 0}


def by_trafilatura(response: Response) -> Found:
    from trafilatura import bare_extraction

    found = bare_extraction(
        response.text, url=response.url, fast=True, with_metadata=True, include_comments=False
    )
    if found is None:
        return {}
    return {
        "title": found.title,
        "author": found.author,
        "date": found.date,
        "licence": found.license,
        "language": found.language,
        "text": found.text,
    }


def by_resiliparse(response: Response) -> Found:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree
    from resiliparse.parse.lang import detect_fast

    tree = HTMLTree.parse(response.text)
    text = extract_plain_text(tree, main_content=True)
    return {"title": tree.title, "language": detect_fast(text)[0], "text": text}


TEXT: dict[str, Callable[[Response], Found]] = {
    "trafilatura": by_trafilatura,
    "resiliparse": by_resiliparse,
}


class Rows:
    """The item pipeline: a row a page, committed in groups and as durably as ours."""

    def open_spider(self) -> None:
        self.database = sqlite3.connect("pages.db", isolation_level=None)
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = FULL")
        columns = ", ".join(COLUMNS)
        self.database.execute(f"CREATE TABLE pages ({columns}, hash, PRIMARY KEY (url))")
        self.database.execute("BEGIN")

    def process_item(self, item: dict[str, str | None]) -> dict[str, str | None]:
        text = item.get("text") or ""
        totals["pages"] += 1
        totals["characters"] += len(text)
        row = [*(item.get(name) for name in COLUMNS), sha256(text.encode()).hexdigest()]
        self.database.execute(_INSERT, row)
        if totals["pages"] % _GROUP == 0:
            self.database.execute("COMMIT")
            self.database.execute("BEGIN")
        return item

    def close_spider(self) -> None:
        self.database.execute("COMMIT")
        self.database.close()


class Corpus(CrawlSpider):
    """Follows every link on the seeds' hosts; an item a page."""

    name = "corpus"
    text: Callable[[Response], Found]

    def parse_start_url(self, response: Response, **_: object) -> Iterator[Found | Item]:
        return self.parse_page(response)

    def parse_page(self, response: Response) -> Iterator[Found | Item]:
        headers = {
            name.decode("latin-1"): [value.decode("latin-1") for value in values]
            for name, values in response.headers.items()
        }
        yield {
            "url": response.url,
            "fetched": datetime.now(UTC).isoformat(),
            "headers": json.dumps(headers),
            **type(self).text(response),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="+")
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--text", choices=sorted(TEXT), required=True)
    options = parser.parse_args()
    hosts = sorted({urlsplit(seed).hostname for seed in options.seeds})
    netlocs = sorted({urlsplit(seed).netloc for seed in options.seeds})
    Corpus.text = staticmethod(TEXT[options.text])
    Corpus.rules = (Rule(LinkExtractor(allow_domains=netlocs), callback="parse_page", follow=True),)
    process = CrawlerProcess(
        {**SETTINGS, "CLOSESPIDER_PAGECOUNT": options.pages, "ITEM_PIPELINES": {Rows: 100}}
    )
    process.crawl(Corpus, start_urls=options.seeds, allowed_domains=hosts)
    process.start()
    print(json.dumps(totals))


if __name__ == "__main__":
    main()
