"""Reading what may be damaged: an error becomes a fault that names its place."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from crawler.store.ledger import Fault

# What comes of bytes that are no longer what was written: nothing of ours raises them else.
DAMAGE = (
    sqlite3.Error,
    zlib.error,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
T = TypeVar("T")


def heard(place: str, found: Iterable[Fault]) -> Iterator[Fault]:
    """Yield faults, and one for what cannot be read while they are sought."""
    try:
        yield from found
    except DAMAGE as error:
        yield Fault(place, f"cannot be read: {said(error)}")


def readable(read: Callable[[], T], otherwise: T) -> T:
    """Return what `read` returns, or `otherwise` where it meets damage."""
    try:
        return read()
    except DAMAGE:
        return otherwise


def said(error: BaseException) -> str:
    """Return an error in one line, without the text that SQLite quotes."""
    text = str(error).partition(" with text ")[0]
    return " ".join(text.split())[:200] or type(error).__name__
