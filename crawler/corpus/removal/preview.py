"""What a purge would take out, looked at without changing anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.corpus.records.similar_pages import alike
from crawler.corpus.removal.selector import Selector, choose, target
from crawler.store.database import Connection
from crawler.store.job import DATABASE, read_job
from crawler.store.ledger import name, record_id


@dataclass(frozen=True, slots=True)
class Preview:
    """Pages that would go, and published versions that hold some of them."""

    pages: tuple[str, ...]
    duplicates: tuple[str, ...]  # chosen for their likeness alone
    versions: dict[str, int]  # records of these pages in each


def preview(
    folders: Sequence[Path], selector: Selector, *, with_duplicates: bool, erase: bool
) -> Preview:
    """Return what a purge of the jobs in `folders` would take out.

    Raises:
        StoreError: One of them cannot be read.
    """
    pages: list[str] = []
    copies: list[str] = []
    versions: dict[str, int] = {}
    for folder in folders:
        if not (folder / DATABASE).is_file():
            continue
        with read_job(folder) as connection:
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            meant = choose(connection, selector, erase=erase)
            numbers = {item.url_id for item in meant if item.text}
            same = alike(connection, numbers) if with_duplicates else []
            others = [target(connection, number) for number in same]
            pages += [item.url for item in meant]
            copies += [item.url for item in others]
            for item in (*meant, *others):
                for version in _versions(connection, item.url_id, item.url):
                    versions[version] = versions.get(version, 0) + 1
    # What merged the shards holds their pages as well.
    return Preview(tuple(dict.fromkeys(pages)), tuple(dict.fromkeys(copies)), versions)


def _versions(connection: Connection, number: int, url: str) -> list[str]:
    row = connection.execute("SELECT salt FROM subject WHERE url_id = ?", (number,)).fetchone()
    return versions_with(connection, [record_id(name(row[0], url))] if row else [])


def versions_with(connection: Connection, ids: Sequence[str]) -> list[str]:
    """Return the published versions that hold one of the records, once for each, oldest first."""
    return [
        version
        for doc_id in ids
        for (version,) in connection.execute(
            "SELECT version FROM released JOIN release USING (version) WHERE doc_id = ?"
            " ORDER BY seq",
            (doc_id,),
        )
    ]
