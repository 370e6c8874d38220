"""The one place where inputs are opened: files of this machine and of storage an operator names."""

from __future__ import annotations

from typing import IO

from crawler import storage
from crawler.inputs.row import UnknownInputError


def open_input(path: str) -> IO[bytes]:
    """Open what an operator named, for reading.

    Raises:
        UnknownInputError: It cannot be opened.
    """
    try:
        return storage.open_stream(path)
    except storage.StorageError as error:
        raise UnknownInputError(f"it cannot be read: {error}") from error


def size_of(path: str) -> int:
    """Return how many octets a file has, 0 if its storage does not say.

    Raises:
        UnknownInputError: It cannot be looked at.
    """
    try:
        return storage.size_of(path) or 0
    except storage.StorageError as error:
        raise UnknownInputError(f"it cannot be read: {error}") from error
