"""What must outlive a node, as it stands at a job's URL: purges, long waits, published heads. Pure.

A promise is an object of its own, written before what it is about counts as done. Its name begins
with its owner's epoch.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, TypeAlias

from crawler.store.canonical import canonical
from crawler.store.suppression import Line

_NAME = re.compile(r"([0-9]{10})-[0-9a-z-]{1,64}\.json")
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Wait:
    """A host is not asked before `until` (seconds since the epoch), for this reason."""

    host: str
    until: float
    delay: float  # seconds it is left alone after any answer
    reason: str


@dataclass(frozen=True, slots=True)
class Purge:
    """What these lines name was taken out. `reason` is the order's, also for an erasure."""

    lines: tuple[Line, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Published:
    """A version was published from the ledger as it stood at entry `seq`, whose hash it names."""

    seq: int
    hash: str
    version: str


Promise: TypeAlias = tuple[Wait, ...] | Purge | Published


def name_of_promise(epoch: int, unique: str) -> str:
    return f"{epoch:010d}-{unique}.json"


def epoch_of_promise(name: str) -> int | None:
    """Return the epoch of whoever made a promise, by its name; None if that is no promise."""
    found = _NAME.fullmatch(name)
    return int(found[1]) if found else None


def to_bytes(promise: Promise) -> bytes:
    """Return it as it is stored; half of it is none."""
    if isinstance(promise, Purge):
        lines = [asdict(line) for line in promise.lines]
        body: dict[str, Any] = {"kind": "purge", "reason": promise.reason, "lines": lines}
    elif isinstance(promise, Published):
        body = {"kind": "published", **asdict(promise)}
    else:
        body = {"kind": "waits", "waits": [asdict(wait) for wait in promise]}
    return canonical({"promise": body, "sha256": _hash(body)}).encode()


def promise_from(data: bytes) -> Promise:
    """Return what was promised.

    Raises:
        ValueError: It is no promise, or is not as it was written.
    """
    try:
        value = json.loads(data)
        body = value["promise"]
        if value["sha256"] != _hash(body):
            raise ValueError("its hash does not fit")
        return _read(body)
    except _UNREADABLE as error:
        raise ValueError(f"it is no promise that can be read ({error})") from error


def _read(body: dict[str, Any]) -> Promise:
    match body["kind"]:
        case "purge":
            return Purge(tuple(Line(**line) for line in body["lines"]), str(body["reason"]))
        case "published":
            return Published(int(body["seq"]), str(body["hash"]), str(body["version"]))
        case "waits":
            return tuple(_wait(item) for item in body["waits"])
        case kind:
            raise ValueError(f"nobody here knows the kind {kind!r}")


def _wait(item: dict[str, Any]) -> Wait:
    return Wait(str(item["host"]), float(item["until"]), float(item["delay"]), str(item["reason"]))


def longest(waits: Sequence[Wait]) -> dict[str, Wait]:
    """Return the longest wait of each host."""
    found: dict[str, Wait] = {}
    for wait in waits:
        before = found.get(wait.host)
        if before is None or wait.until > before.until:
            found[wait.host] = wait
    return found


def _hash(body: object) -> str:
    return sha256(canonical(body).encode()).hexdigest()
