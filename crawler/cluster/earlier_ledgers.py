"""The ledgers of jobs whose rows went to other shards: kept beside them, and proven with them.

The new ledgers begin by naming the heads of those they go on from. An entry holds no personal
data, and whom it is about only who has the salt can tell, so a file of them may stay for ever.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from crawler.store.canonical import canonical
from crawler.store.database import Connection
from crawler.store.ledger import GENESIS, Fault

FOLDER = "ledgers"  # in the parent's folder, by the hash of the last entry
KIND = "reshard"
_QUERY = "SELECT seq, at, kind, subject, payload, prev_hash, hash FROM ledger ORDER BY seq"
_QUICK = 3


def keep(connection: Connection, folder: Path) -> dict[str, object] | None:
    """Write a job's ledger to `folder`; return what names it, None if it has no entry."""
    last = connection.execute("SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1").fetchone()
    if last is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{last[1]}.new"
    with draft.open("wb") as raw:
        with gzip.GzipFile("", "wb", _QUICK, raw, 0) as file:
            for row in connection.execute(_QUERY):
                file.write(json.dumps(row).encode() + b"\n")
        raw.flush()
        os.fsync(raw.fileno())
    draft.replace(_file(folder, last[1]))
    return {"seq": last[0], "head": last[1]}


def verify_earlier(job: Path, connection: Connection) -> Iterator[Fault]:
    """Recompute the ledgers that a job's ledger goes on from, and those that they do."""
    named = [
        item
        for (payload,) in connection.execute("SELECT payload FROM ledger WHERE kind = ?", (KIND,))
        for item in _named(payload)
    ]
    done: set[str] = set()
    while named:
        seq, head = named.pop()
        if head in done:
            continue
        done.add(head)
        path = _file(job / FOLDER, head)
        place = f"{FOLDER}/{path.name}"
        try:
            end, more, what = _chain(path)
        except FileNotFoundError:
            yield Fault(place, f"is missing: {seq} entries that the ledger goes on from")
            continue
        except (OSError, EOFError, ValueError, TypeError) as error:
            yield Fault(place, f"cannot be read: {error}")
            continue
        named += more
        if what or end != (seq, head):
            yield Fault(place, what or f"ends at entry {end[0]} {end[1]}")


def _chain(path: Path) -> tuple[tuple[int, str], list[tuple[int, str]], str]:
    """Return where a ledger ends, what it goes on from itself, and what is wrong with it."""
    number, previous = 0, GENESIS
    named: list[tuple[int, str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            *entry, digest = json.loads(line)
            right = entry[0] == number + 1 and entry[5] == previous
            if not right or sha256(canonical(tuple(entry)).encode()).hexdigest() != digest:
                return (number, previous), named, f"was altered at entry {number + 1}"
            number, previous = entry[0], digest
            if entry[2] == KIND:
                named += _named(entry[4])
    return (number, previous), named, ""


def _named(payload: str) -> list[tuple[int, str]]:
    return [(item["seq"], item["head"]) for item in json.loads(payload)["from"]]


def _file(folder: Path, head: str) -> Path:
    return folder / f"{head}.jsonl.gz"
