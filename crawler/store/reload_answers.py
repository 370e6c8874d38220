"""What a running crawl says to `crawler reload`: two small files beside its database.

The crawl writes who it is as soon as it heeds the signal, so nobody else is signalled; the one
who asks writes a token before the signal, so no answer to an earlier one is taken for its own.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

_ASKED, _ANSWER = "reload.asked", "reload.answer"


@dataclass(frozen=True, slots=True)
class Answer:
    """What process `process` answered to `token` ("": to nobody yet)."""

    process: int
    token: str = ""
    done: bool = False  # the policy was read again and is in force
    said: str = ""


@contextmanager
def asking(folder: Path) -> Iterator[str]:
    """Return the token of a question; one asks at a time."""
    descriptor = os.open(folder / _ASKED, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        token = secrets.token_hex(8)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, token.encode(), 0)
        yield token
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def asked(folder: Path) -> str:
    """Return the token of the question asked last, "" if nobody waits for an answer."""
    try:
        return (folder / _ASKED).read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def write_answer(folder: Path, answer: Answer) -> None:
    """Write the answer in place of the one before."""
    draft = folder / f"{_ANSWER}.new"
    draft.write_text(json.dumps(asdict(answer)))
    draft.replace(folder / _ANSWER)


def read_answer(folder: Path) -> Answer | None:
    """Return the last answer, None if there is none that can be read."""
    try:
        return Answer(**json.loads((folder / _ANSWER).read_text()))
    except (OSError, ValueError, TypeError):
        return None
