"""The corpus's feed of removals: one append-only file, however many jobs, signed line by line.

What jobs noted (store/removal_rows.py) is said here. A kill between the two says nothing twice:
what stands in the feed already is only ticked off.
"""

from __future__ import annotations

import base64
import fcntl
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crawler.core.removal_feed import FORMAT, Entry, Feed, FeedError, keyed, line_of, signed_part
from crawler.corpus.errors import CorpusError
from crawler.corpus.records.record import stamp
from crawler.keys import public_jwk, thumbprint
from crawler.store.database import Connection, commit
from crawler.store.job import DATABASE, hold, open_for_writing, read_job
from crawler.store.removal_rows import Removal, how_many_pending, pending, said, versions_of

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes a feed: of which corpus, under which key, and what deadline it sets others."""

    corpus: str
    key: Ed25519PrivateKey
    deadline: float = 30 * 86_400.0  # seconds after a removal by which copies should follow


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: entries written now, and where the feed stands."""

    written: int
    number: int
    head: str
    removals: int  # that stand


def to_say(folders: Sequence[Path]) -> int:
    """Return how many removals the feed does not know of yet."""
    count = 0
    for folder in folders:
        if (folder / DATABASE).is_file():
            with read_job(folder) as connection:
                count += how_many_pending(connection)
    return count


def tell(folders: Sequence[Path], path: Path, author: Author, now: float) -> Told:
    """Append to the feed at `path` what the jobs in `folders` have to say.

    Raises:
        CorpusError: The feed does not hold together, is of another corpus or under another key.
        StoreError: Another process holds a job.
    """
    with _alone(path):
        feed = load(path)
        lines = [_opening(author, now)] if feed.number < 0 else []
        _check(feed, path, author)
        feed.read(lines)
        written = 0
        for folder in folders:
            if not (folder / DATABASE).is_file():
                continue
            with hold(folder):
                connection = open_for_writing(folder)
                try:
                    written += _tell_of(connection, path, feed, author, lines)
                finally:
                    connection.close()
            lines = []
        if lines:
            _append(path, lines)
        return Told(written, feed.number, feed.head, len(feed.entries))


def hand_over(path: Path, author: Author, new: Ed25519PrivateKey, now: float) -> Told:
    """Append that from here on the feed is signed by `new`; signed by the old key.

    Raises:
        CorpusError: There is no feed, or it is not under the author's key.
    """
    with _alone(path):
        feed = load(path)
        if feed.number < 0:
            raise CorpusError("nothing was changed", f"{path} is no feed yet", "write it first")
        _check(feed, path, author)
        entry = _entry(feed, author, "key", {"key": public_jwk(new)}, now)
        entry["proof"] = _signature(new, entry)
        line = _signed(entry, author)
        feed.read([line])
        _append(path, [line])
        return Told(1, feed.number, feed.head, len(feed.entries))


def load(path: Path) -> Feed:
    """Read our own feed; one that is not there is empty. A line cut by a kill does not count.

    Raises:
        CorpusError: It does not hold together.
    """
    feed = Feed()
    if not path.exists():
        return feed
    try:
        feed.read(whole_lines(path.read_bytes()))
    except FeedError as error:
        raise CorpusError(
            "nothing was written", f"the feed {path}, {error}", "restore it from a copy"
        ) from error
    return feed


def whole_lines(data: bytes) -> list[bytes]:
    """Return the lines that have an end."""
    return data[: data.rfind(b"\n") + 1].splitlines(keepends=True)


def atom(feed: Feed, at: str) -> str:
    """Return the feed as Atom (RFC 4287), newest first; `at` is its address, "" if unknown."""
    base = f"urn:removals:{feed.head[:16] if not feed.corpus else feed.corpus}"
    entries = sorted(feed.entries.values(), key=lambda entry: -entry["number"])
    updated = max((entry["at"] for entry in entries), default="1970-01-01T00:00:00Z")
    link = f'<link rel="alternate" href="{escape(at, {chr(34): "&quot;"})}"/>' if at else ""
    items = "".join(
        f"<entry><id>{escape(base)}:{entry['number']}</id><updated>{entry['at']}</updated>"
        f"<title>Removal {entry['number']}: {escape(entry['class'])}</title>"
        f"<content>{escape(_told(entry))}</content></entry>\n"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{escape(base)}</id><title>{escape(feed.corpus)}: removals</title>{link}"
        f"<updated>{updated}</updated><author><name>{escape(feed.corpus)}</name></author>\n"
        f"{items}</feed>\n"
    )


def _told(entry: Entry) -> str:
    versions = ", ".join(entry["versions"]) or "no published version"
    ids = ", ".join(entry["ids"])
    return f"Records {ids}; held by {versions}; to be gone by {entry['deadline']}"


def _tell_of(
    connection: Connection, path: Path, feed: Feed, author: Author, lines: list[bytes]
) -> int:
    """Say what one job noted; `lines` are written before the job ticks it off."""
    done: list[tuple[int, int]] = []
    standing: dict[str, set[int]] = defaultdict(set)
    for number, entry in feed.entries.items():
        for doc_id in entry["ids"]:
            standing[doc_id].add(number)
    written = 0
    for row in pending(connection):
        known = sorted(standing[row.doc_id])
        if row.kind == "retraction":
            if not known:
                done.append((row.id, feed.number))
                continue
            body: dict[str, object] = {"of": known, "reason": row.reason}
        else:
            body = _removal(connection, row, feed, author)
            again = [at for at in known if _covers(feed.entries[at], body)]
            if again:
                done.append((row.id, again[-1]))
                continue
        line = _signed(_entry(feed, author, row.kind, body, row.at), author)
        feed.read([line])
        lines.append(line)
        written += 1
        done.append((row.id, feed.number))
        if row.kind == "removal":
            standing[row.doc_id].add(feed.number)
        else:
            standing[row.doc_id].clear()
    if lines:
        _append(path, lines)
    connection.execute("BEGIN IMMEDIATE")
    said(connection, done)
    commit(connection)
    # The hashes of short texts can be guessed: no page of the log keeps them.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return written


def _removal(connection: Connection, row: Removal, feed: Feed, author: Author) -> dict[str, object]:
    return {
        "ids": [row.doc_id],
        "urls": [keyed(feed.hash_key, "url", row.url)] if row.url else [],
        "texts": [feed.keyed_text(digest) for digest in row.texts],
        "class": row.reason_class,
        "reason": row.reason,
        "versions": versions_of(connection, row.doc_id),
        "deadline": stamp(row.at + author.deadline),
    }


def _covers(entry: Entry, body: dict[str, Any]) -> bool:
    return entry["class"] == body["class"] and all(
        set(body[name]) <= set(entry[name]) for name in ("ids", "urls", "texts")
    )


def _check(feed: Feed, path: Path, author: Author) -> None:
    if feed.number < 0:
        return
    if feed.corpus != author.corpus:
        raise CorpusError(
            "nothing was written",
            f"{path} is the feed of the corpus {feed.corpus!r}, not of {author.corpus!r}",
            "give each corpus a feed of its own: [removals] feed",
        )
    if feed.key != thumbprint(author.key):
        raise CorpusError(
            "nothing was written",
            f"{path} is signed by {feed.key}, and the key given is {thumbprint(author.key)}",
            "give that key, or hand the feed over: crawler feed JOB --key OLD --new-key NEW",
        )


def _opening(author: Author, now: float) -> bytes:
    entry: dict[str, object] = {
        "number": 0,
        "at": stamp(now),
        "kind": "open",
        "format": FORMAT,
        "corpus": author.corpus,
        "hash_key": os.urandom(_KEY_BYTES).hex(),
        "key": public_jwk(author.key),
        "previous": "",
        "key_id": thumbprint(author.key),
    }
    return _signed(entry, author)


def _entry(
    feed: Feed, author: Author, kind: str, body: dict[str, object], at: float
) -> dict[str, object]:
    return {
        "number": feed.number + 1,
        "at": stamp(at),
        "kind": kind,
        **body,
        "previous": feed.head,
        "key_id": thumbprint(author.key),
    }


def _signed(entry: dict[str, object], author: Author) -> bytes:
    return line_of({**entry, "signature": _signature(author.key, entry)})


def _signature(key: Ed25519PrivateKey, entry: dict[str, object]) -> str:
    return base64.b64encode(key.sign(signed_part(entry))).decode()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(path.name + ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise CorpusError(
            "nothing was written", f"the feed {path}: {error.strerror}", "see [removals] feed"
        ) from error


def _append(path: Path, lines: Sequence[bytes]) -> None:
    with path.open("a+b") as file:
        file.seek(0)
        whole = file.read().rfind(b"\n") + 1
        file.truncate(whole)
        file.write(b"".join(lines))
        file.flush()
        os.fsync(file.fileno())
