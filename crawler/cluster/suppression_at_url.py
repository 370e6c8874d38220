"""The operator's suppression list at a job's URL, so that every node and every restore has it.

Who sends one adds to what lies there, line by line. The key of hashed lines lies beside it:
whoever may read the job's URL may check a guess against the list.
"""

from __future__ import annotations

from pathlib import Path

from crawler.cluster.job_url import suppression_key_of, suppression_list_of
from crawler.storage import exists, open_stream, writing
from crawler.store.suppression import Suppression, SuppressionError, lines_of, open_suppression


def send_list(url: str, listed: Suppression) -> bool:
    """Add what the list here says to the one at the URL; return if that changed.

    Raises:
        StorageError: The URL is out of reach.
        SuppressionError: Both have hashed lines, under different keys.
    """
    here, there = _lines(listed.path.read_bytes()), _fetched(suppression_list_of(url))
    key = _fetched(suppression_key_of(url))
    if key and key != listed.key.hex().encode():
        raise _other_key(url, listed.path)
    if not key:  # first: a list without its key says nothing
        _write(suppression_key_of(url), listed.key.hex().encode())
    known = _lines(there)
    more = [line for line in here if line not in {*known}]
    if not more and (there or not here):
        return False
    # As it stands here where it can: jobs remember how their list began.
    _write(suppression_list_of(url), b"".join([*known, *more]))
    return True


def fetch_list(url: str, path: Path, key_path: Path | None = None) -> bool:
    """Add to the list at `path`, made if it is not there, what the one at the URL says.

    Returns if there was anything to add.

    Raises:
        StorageError: The URL is out of reach.
        SuppressionError: Both have hashed lines, under different keys.
    """
    there, key = _fetched(suppression_list_of(url)), _fetched(suppression_key_of(url))
    if not key:
        return False
    key_path = key_path or path.with_name(path.name + ".key")
    path.parent.mkdir(parents=True, exist_ok=True)
    known = _lines(path.read_bytes()) if path.exists() else []
    if key_path.exists() and key_path.read_bytes().strip() != key:
        if open_suppression(path, key_path).has_hashed:
            raise _other_key(url, path)
        key_path.unlink()
    if not key_path.exists():
        key_path.touch(0o600)
        key_path.write_bytes(key)
    more = [line for line in _lines(there) if line not in {*known}]
    if not path.exists():
        path.touch(0o600)
    if more:
        with path.open("ab") as file:
            file.write(b"".join(more))
    return bool(more)


def read_list(url: str) -> Suppression | None:
    """Return the list at the URL as it is there, to ask it; None if there is none.

    Raises:
        StorageError: The URL is out of reach.
        SuppressionError: It, or its key, is damaged.
    """
    key = _fetched(suppression_key_of(url)).decode("ascii", "replace")
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
        return file.read().strip()


def _write(place: str, data: bytes) -> None:
    with writing(place) as file:
        file.write(data)


def _other_key(url: str, path: Path) -> SuppressionError:
    return SuppressionError(
        f"the suppression list {path} and the one at {url} have different keys, so one of them"
        " says nothing here: give all jobs of the cluster one list and its key"
    )
