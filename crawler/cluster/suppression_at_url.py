"""The operator's suppression list at a job's URL, so that every node and every restore has it.

Who sends one adds to what lies there, line by line. The key of hashed lines lies beside it:
whoever may read the job's URL may check a guess against the list.
"""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from crawler.cluster.job_url import suppression_key_of, suppression_list_of
from crawler.storage import exists, open_stream, writing
from crawler.store.suppression import (
    Suppression,
    SuppressionError,
    lines_of,
    make_list,
    open_suppression,
)


def share_list(url: str, path: Path | None, key_path: Path | None = None) -> None:
    """Have the list here and the one at the URL say the same; without a list here do nothing.

    Raises:
        StorageError: The URL is out of reach.
        SuppressionError: The list cannot be used, or both have hashed lines under other keys.
    """
    if path is not None:
        fetch_list(url, path, key_path)
        send_list(url, open_suppression(path, key_path))


def send_list(url: str, listed: Suppression) -> bool:
    """Add what the list here says to the one at the URL; return if that changed.

    Raises:
        StorageError: The URL is out of reach.
        SuppressionError: Both have hashed lines, under different keys.
    """
    here, there = listed.path.read_bytes(), _fetched(suppression_list_of(url))
    key, own = _fetched(suppression_key_of(url)), listed.key.hex().encode()
    if key and key.strip() != own and listed.has_hashed:
        raise _other_key(url, listed.path)
    if not key:  # first: a list without its key says nothing
        _write(suppression_key_of(url), own)
    both = _joined(there, here)
    if both == there and key:
        return False
    _write(suppression_list_of(url), both)
    return True


def fetch_list(url: str, path: Path, key_path: Path | None = None) -> bool:
    """Add to the list at `path`, made if it is not there, what the one at the URL says.

    Returns if there was anything to add.

    Raises:
        StorageError: The URL is out of reach.
        SuppressionError: Both have hashed lines, under different keys.
    """
    there, key = _fetched(suppression_list_of(url)), _fetched(suppression_key_of(url)).strip()
    if not key:
        return False
    key_path = key_path or path.with_name(path.name + ".key")
    path.parent.mkdir(parents=True, exist_ok=True)
    here = path.read_bytes() if path.exists() else b""
    if key_path.exists() and key_path.read_bytes().strip() != key:
        if open_suppression(path, key_path).has_hashed:
            raise _other_key(url, path)
        _place(key_path, key)
    elif not key_path.exists():
        _place(key_path, key)
    more = _joined(here, there)[len(here) :]
    make_list(path)
    with path.open("ab") as file:
        file.write(more)
    return bool(more)


def _joined(first: bytes, second: bytes) -> bytes:
    """Return the first list and behind it what only the second says.

    Byte for byte, where the second goes on from the first: jobs remember how their list began.
    """
    if second.startswith(first):
        return second
    known = {*_lines(first)}
    end = b"" if not first or first.endswith(b"\n") else b"\n"
    more = b"".join(line for line in _lines(second) if line not in known)
    return first + end + more if more else first


def _place(path: Path, data: bytes) -> None:
    """Put a key in its place, whole: others of this machine may look for it now."""
    draft = path.with_name(f"{path.name}.{uuid4().hex[:8]}")
    draft.touch(0o600)
    draft.write_bytes(data)
    draft.replace(path)


def read_list(url: str) -> Suppression | None:
    """Return the list at the URL as it is there, to ask it; None if there is none.

    Raises:
        StorageError: The URL is out of reach.
        SuppressionError: It, or its key, is damaged.
    """
    key = _fetched(suppression_key_of(url)).strip().decode("ascii", "replace")
    if not key:
        return None
    path = Path(suppression_list_of(url))
    try:
        found = Suppression(path, bytes.fromhex(key))
    except ValueError as error:
        what = f"the key {suppression_key_of(url)} of the suppression list is damaged"
        raise SuppressionError(what) from error
    found.learn(lines_of(_fetched(suppression_list_of(url)), path))
    return found


def _lines(data: bytes) -> list[bytes]:
    return [line + b"\n" for line in data.split(b"\n") if line.strip()]


def _fetched(place: str) -> bytes:
    if not exists(place):
        return b""
    with open_stream(place) as file:
        return file.read()


def _write(place: str, data: bytes) -> None:
    with writing(place) as file:
        file.write(data)


def _other_key(url: str, path: Path) -> SuppressionError:
    return SuppressionError(
        f"the suppression list {path} and the one at {url} have different keys, so one of them"
        " says nothing here: give all jobs of the cluster one list and its key"
    )
