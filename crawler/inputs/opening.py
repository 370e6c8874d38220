"""The one place where inputs are opened, so that object storage is one module away."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from crawler.inputs.row import UnknownInputError


def open_input(path: str) -> BinaryIO:
    """Open what an operator named, for reading.

    Raises:
        UnknownInputError: It cannot be opened.
    """
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise UnknownInputError(f"{path} cannot be read: {error.strerror or error}") from error


def size_of(path: str) -> int:
    """Return how many octets a file has.

    Raises:
        UnknownInputError: It cannot be looked at.
    """
    try:
        return Path(path).stat().st_size
    except OSError as error:
        raise UnknownInputError(f"{path} cannot be read: {error.strerror or error}") from error
