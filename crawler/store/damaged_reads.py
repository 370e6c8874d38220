"""Reading what may be damaged: an error becomes a fault that names its place."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from crawler.store.connection import Connection
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


class Spared:
    """Rows that damage kept from being read, while the others were: `found` names each."""

    def __init__(self) -> None:
        self.found: list[str] = []

    @contextmanager
    def row(self, place: str, connection: Connection | None = None) -> Iterator[None]:
        """Do with one row what the block does, or note that it is damaged.

        Of a row that is found damaged half-way nothing stays written through `connection`, if that
        is in a transaction. What is wrong with the file itself is raised: the next row has it too.
        """
        if connection is not None and not connection.in_transaction:
            connection = None
        if connection is not None:
            connection.execute("SAVEPOINT row")
        try:
            yield
        except DAMAGE as error:
            if isinstance(error, sqlite3.Error) and "decode" not in str(error):
                raise
            if connection is not None:
                connection.execute("ROLLBACK TO row")
            self.found.append(f"{place} ({said(error)})")
        if connection is not None:
            connection.execute("RELEASE row")


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
