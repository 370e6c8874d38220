"""A published corpus, records of it taken down, and the feed that says so."""

import json
from types import SimpleNamespace

from crawler.core.removal_feed import read_feed
from crawler.corpus.export.export_job import export
from crawler.corpus.removal.feed_file import Author, tell
from crawler.corpus.removal.purge import Order, Selector, purge
from crawler.keys import thumbprint
from crawler.store.suppression import open_suppression
from tests.corpus import made
from tests.corpus.test_export import lines
from tests.corpus.test_removal_feed import KEY
from tests.store.made import NOW

TRUST = frozenset({thumbprint(KEY)})


def publish(folder, pages=30, every=3, reason="optout", **options):
    """Publish `pages` records, take every third one down, write the feed."""
    job = made.job(folder / "job")
    for n in range(pages):
        words = " ".join(f"w{n}x{k * n % 97}" for k in range(60))
        job.page(f"https://h{n % 7}.test/page/{n}", f"Page {n}: {words}", licence="CC-BY-4.0")
    export(folder / "job", folder / "v1", made.plan(version="1.0.0", **options))
    export(folder / "job", folder / "plain", made.plan())
    records = lines(folder / "plain")
    gone = [f"https://h{n % 7}.test/page/{n}" for n in range(0, pages, every)]
    suppression = open_suppression(folder / "list.jsonl")
    order = Order(reason, erase=reason == "erasure", verify=False)
    purge(folder / "job", Selector(urls=tuple(gone)), order, suppression, NOW)
    feed = folder / "removals.jsonl"
    tell([folder / "job"], feed, Author("tea", KEY), NOW)
    job.connection.close()
    removed = [record for record in records if record["metadata"]["url"] in gone]
    stays = [record for record in records if record["metadata"]["url"] not in gone]
    assert len(removed) == len(gone)
    return SimpleNamespace(
        folder=folder, feed=feed, records=records, removed=removed, stays=stays, v1=folder / "v1"
    )


def feed_of(published):
    return read_feed(published.feed.read_bytes().splitlines(keepends=True), TRUST)


def as_json(records):
    return [json.dumps(record, sort_keys=True) for record in records]
