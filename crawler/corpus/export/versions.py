"""Published versions: which records each held, and which number may come next.

Data sets are numbered as Croissant 1.1 asks: additions are a minor version, and taking
anything out that was published is a major one.
"""

from __future__ import annotations

import re
from pathlib import Path

from crawler.corpus.errors import CorpusError
from crawler.corpus.records.export_plan import Options
from crawler.store.database import Connection, commit, connect
from crawler.store.job import DATABASE, hold
from crawler.store.ledger import Head

_VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\Z")


def check_version(connection: Connection, options: Options, now: Head) -> None:
    """Check the version asked for against those published.

    Raises:
        CorpusError: It is no version, is taken, goes backward, or hides a removal.
    """
    known = dict(connection.execute("SELECT version, head FROM release"))
    if options.since and options.since not in known:
        listed = ", ".join(sorted(known, key=number)) or "none"
        raise CorpusError(
            "nothing was exported",
            f"version {options.since} was never published",
            f"published are: {listed}",
        )
    if not options.version:
        return
    wanted = number(options.version)
    if known.get(options.version, now.hash) != now.hash:
        raise CorpusError(
            "nothing was exported", f"version {options.version} is published", "choose the next"
        )
    if options.version in known or not known:
        return
    last = max(known, key=number)
    if wanted <= number(last):
        raise CorpusError(
            "nothing was exported",
            f"version {options.version} does not come after {last}",
            "choose a later one",
        )
    (taken,) = connection.execute(
        "SELECT count(*) FROM tombstone JOIN released USING (doc_id) WHERE version = ?", (last,)
    ).fetchone()
    if taken and wanted[0] == number(last)[0]:
        raise CorpusError(
            "nothing was exported",
            f"{taken} records of version {last} were taken out since",
            f"removals make a major version: {number(last)[0] + 1}.0.0",
        )


def number(version: str) -> tuple[int, int, int]:
    """Return the parts of a version.

    Raises:
        CorpusError: It is none.
    """
    match = _VERSION.match(version)
    if match is None:
        raise CorpusError(
            "nothing was exported", f"{version!r} is no version", 'write it as "1.4.0"'
        )
    return int(match[1]), int(match[2]), int(match[3])


def register(job: Path, version: str, now: Head, manifest_sha256: str, released: Path) -> None:
    """Remember what the version held. Doing it twice is doing it once."""
    with hold(job), released.open() as lines:
        connection = connect(job / DATABASE)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "INSERT OR IGNORE INTO release VALUES (?, ?, ?, ?, ?)",
                (version, now.at, now.seq, now.hash, manifest_sha256),
            )
            connection.executemany(
                "INSERT OR IGNORE INTO released VALUES (?, ?, ?)",
                ((version, *line.rstrip("\n").split("\t")) for line in lines),
            )
            commit(connection)
        finally:
            connection.close()
