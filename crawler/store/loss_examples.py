"""The addresses that stand as examples beside the counts of what was lost."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.store.database import Connection


def forget_examples(connection: Connection, urls: Iterable[str], domain: str) -> None:
    """Erase every example that is one of `urls`, or the beginning of one, or names `domain`."""
    connection.executemany(
        "UPDATE loss SET example = '' WHERE example != '' AND instr(?, example) = 1",
        [(url,) for url in urls],
    )
    if domain:
        connection.execute("UPDATE loss SET example = '' WHERE instr(example, ?) > 0", (domain,))
