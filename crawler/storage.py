"""Storage that the operator names, a path or a URL: the only module that reaches it.

A *place* is a path of this machine or what fsspec takes for a URL: `s3://`, `https://`, `hf://`,
`memory://`. Credentials and endpoints are those of its libraries (`AWS_ACCESS_KEY_ID`,
`AWS_ENDPOINT_URL`, fsspec's own files). Only what an operator wrote is a place: an address found
in a page, a record or a row is never opened here.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, cast
from uuid import uuid4

from crawler.durable_files import sync_folder

# A letter in front of a colon is a drive; what is chained (`zip://a::s3://b`) counts as one URL.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,31}(?=://|::)")
_SECRET = re.compile(r"(?<=://)[^/@\s]{1,500}@")
_QUERY = re.compile(r"\?\S{0,4000}")  # of a presigned URL it is the credential
_BLOCK = 1 << 20
_READ_AHEAD = 8 << 20  # bytes asked for at a time: an object store answers in 20 to 100 ms
_CONNECT_SECONDS = 10
_ANSWER_SECONDS = 30
_TRIES = 2
# There an object is seen when all of it is written, and not before.
_WHOLE_AT_ONCE = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "hf", "oss"})


class StorageError(Exception):
    """A place cannot be reached, read or written; says which, why, and what to do."""

    def __init__(self, place: str, cause: str, fix: str = "") -> None:
        super().__init__(f"{shown(place)}: {cause}{f'; {fix}' if fix else ''}")
        self.place = place
        self.cause = cause

    def __reduce__(self) -> tuple[type[StorageError], tuple[str, str]]:
        return StorageError, (self.place, self.cause)  # it may come out of another process


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as a listing has it."""

    place: str
    bytes: int


def is_url(place: str) -> bool:
    """Return whether a place is reached by a library and not by the file system."""
    return bool(_SCHEME.match(place)) and not place.startswith("file://")


def shown(place: str) -> str:
    """Return the place as messages and records may show it: no password, no signed query."""
    return _QUERY.sub("?...", _SECRET.sub("", place)) if is_url(place) else place


def join(place: str, *names: str) -> str:
    """Return the place of a name within a folder."""
    if is_url(place):
        return "/".join([place.rstrip("/"), *names])
    return str(_path(place).joinpath(*names))


def name_of(place: str) -> str:
    """Return the last segment of a place, without a query."""
    text = place.partition("?")[0] if is_url(place) else place
    return text.rstrip("/").rpartition("/")[2]


def is_within(place: str, folder: str) -> bool:
    """Say whether a place lies in a folder, whatever its dots say; chained URLs never do."""
    if "::" in place or is_url(place) != is_url(folder):
        return False
    if not is_url(place):
        return _path(place).resolve().is_relative_to(_path(folder).resolve())
    inside, root = place.partition("?")[0], folder.partition("?")[0].rstrip("/") + "/"
    dots = re.split(r"[/\\]|%2f|%5c", inside.lower().replace("%2e", "."))
    return inside.startswith(root) and "\\" not in inside and ".." not in dots and "." not in dots


def open_stream(place: str) -> IO[bytes]:
    """Open a file for reading; it can be sought in where its storage allows.

    Raises:
        StorageError: It is not there or cannot be reached; also by a later read.
    """
    if not is_url(place):
        with _told(place):
            return _path(place).open("rb")
    with _told(place):
        system, path = _system(place)
        if system.isdir(path) and not system.isfile(path):
            raise StorageError(place, "is a folder", "name one of its files")
        if _protocol(place) == "memory":  # its files share one position among all readers
            return io.BytesIO(system.cat_file(path))
        file = system.open(path, "rb", block_size=_READ_AHEAD)
    return io.BufferedReader(_Remote(place, file), _BLOCK)


@contextmanager
def writing(place: str) -> Iterator[IO[bytes]]:
    """Write a file that is seen only when it is whole; what raises leaves what was there.

    Raises:
        StorageError: It cannot be written.
    """
    if not is_url(place):
        with _writing_here(place, _path(place)) as file:
            yield file
        return
    with _told(place):
        system, path = _system(place)
        whole = _protocol(place) in _WHOLE_AT_ONCE
        draft = path if whole else f"{path}.{uuid4().hex[:8]}.partial"
        if not whole:
            system.makedirs(draft.rpartition("/")[0], exist_ok=True)
        # Written on commit only: an upload that is dropped never shows.
        file = system.open(draft, "wb", autocommit=not whole)
    try:
        # What the caller raises is the caller's; only what the storage raises is told here.
        yield cast("IO[bytes]", _Telling(place, file))
        with _told(place):
            file.close()
            if whole:
                file.commit()
            else:
                system.mv(draft, path)
    except BaseException:
        with suppress(Exception):
            if whole:
                file.discard()
                file.closed = True  # or it is uploaded after all when it is collected
            else:
                system.rm_file(draft)
        raise


def listing(folder: str) -> list[Stored]:
    """Return every file in a folder and below it, sorted by place; none for no folder.

    Raises:
        StorageError: It cannot be listed.
    """
    if not is_url(folder):
        with _told(folder):
            files = sorted(item for item in _path(folder).rglob("*") if item.is_file())
            return [Stored(str(item), item.stat().st_size) for item in files]
    with _told(folder):
        system, path = _system(folder)
        try:
            found = system.find(path, detail=True)
        except FileNotFoundError:
            return []
        scheme = "" if _protocol(folder) in {"http", "https"} else f"{_protocol(folder)}://"
        return [
            Stored(scheme + name.lstrip("/"), int(about.get("size") or 0))
            for name, about in sorted(found.items())
        ]


def is_folder(place: str) -> bool:
    """Return whether a place holds files; on an object store a prefix that any has."""
    with _told(place):
        if not is_url(place):
            return _path(place).is_dir()
        system, path = _system(place)
        return bool(system.isdir(path))


def exists(place: str) -> bool:
    """Return whether there is a file or a folder.

    Raises:
        StorageError: Nobody can say, for the storage is out of reach.
    """
    with _told(place):
        if not is_url(place):
            return _path(place).exists()
        system, path = _system(place)
        try:
            system.info(path)
        except FileNotFoundError:
            return False
        return True


def size_of(place: str) -> int | None:
    """Return the bytes of a file; None if its storage does not say.

    Raises:
        StorageError: It is not there or out of reach.
    """
    with _told(place):
        if not is_url(place):
            return _path(place).stat().st_size
        system, path = _system(place)
        size = system.info(path).get("size")
        return None if size is None else int(size)


def hash_of(place: str) -> str:
    """Return the SHA-256 of a file as its storage gives it back, in hexadecimal."""
    digest = sha256()
    with open_stream(place) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def copy(source: str, target: str) -> str:
    """Copy a file, read the copy back, and return the SHA-256 that both have.

    Raises:
        StorageError: It cannot be copied, or what lies there now is not what was written. Such
            a copy is removed.
    """
    digest = sha256()
    with open_stream(source) as file, writing(target) as copied:
        while block := file.read(_BLOCK):
            digest.update(block)
            copied.write(block)
    if hash_of(target) != digest.hexdigest():
        with suppress(StorageError):
            delete(target)
        raise StorageError(target, "the copy read back is not what was written", "try again")
    return digest.hexdigest()


def delete(place: str) -> bool:
    """Remove a file and look that it is gone; return whether it was there.

    Raises:
        StorageError: It may be there still.
    """
    with _told(place):
        if not is_url(place):
            try:
                _path(place).unlink()
            except FileNotFoundError:
                return False
            return True
        if not exists(place):
            return False
        system, path = _system(place)
        system.rm_file(path)
        if exists(place):
            raise StorageError(place, "is there still after it was removed", "check permissions")
        return True


def _path(place: str) -> Path:
    return Path(place.removeprefix("file://")).expanduser()


def _protocol(place: str) -> str:
    found = _SCHEME.match(place)
    return found[0].lower() if found else ""


def _system(place: str) -> tuple[Any, str]:
    """Return the file system of a place and its path there, nothing remembered of before."""
    try:
        import fsspec  # noqa: PLC0415 - a fifth of a second, and an extra

        system, path = fsspec.core.url_to_fs(place, **_options(_protocol(place)))
    except ImportError as error:
        what = str(error).partition(";")[0]
        cause = f"storage behind a URL needs libraries that are not installed ({what})"
        raise StorageError(place, cause, 'pip install "consent-crawler[cloud]"') from None
    except ValueError as error:
        raise StorageError(place, f"no storage is called so ({error})") from None
    system.invalidate_cache()
    return system, str(path)


def _options(protocol: str) -> dict[str, Any]:
    """Return how long a storage is waited for: its libraries would wait many minutes."""
    if protocol in {"s3", "s3a"}:
        patience = {"connect_timeout": _CONNECT_SECONDS, "read_timeout": _ANSWER_SECONDS}
        return {"config_kwargs": patience | {"retries": {"max_attempts": _TRIES}}}
    if protocol in {"http", "https"}:
        from aiohttp import ClientTimeout  # noqa: PLC0415 - only here

        # No time for the whole: a file of a terabyte is read for hours.
        wait = ClientTimeout(sock_connect=_CONNECT_SECONDS, sock_read=_ANSWER_SECONDS)
        return {"client_kwargs": {"timeout": wait}}
    return {}


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Make one kind of error of what the libraries raise: each has its own."""
    try:
        yield
    except (StorageError, MemoryError, RecursionError):
        raise
    except FileNotFoundError as error:
        raise StorageError(place, "there is no such file or folder") from error
    except PermissionError as error:
        what = "may not be reached with these credentials" if is_url(place) else str(error.strerror)
        raise StorageError(place, what, "check its permissions") from error
    except Exception as error:
        # OSError, botocore's, aiohttp's, google's: what they have in common is nothing.
        text = " ".join(str(error).split())[:300] or type(error).__name__
        raise StorageError(place, shown(text) if is_url(text) else text) from error


@contextmanager
def _writing_here(place: str, path: Path) -> Iterator[IO[bytes]]:
    draft = path.with_name(f".{path.name}.{uuid4().hex[:8]}.partial")
    with _told(place):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = draft.open("wb")
    try:
        yield cast("IO[bytes]", _Telling(place, file))
        with _told(place):
            file.flush()
            os.fsync(file.fileno())
            file.close()
            draft.replace(path)
    except BaseException:
        with suppress(OSError):
            file.close()
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


class _Remote(io.RawIOBase):
    """A file of another storage, read; its errors are ours."""

    def __init__(self, place: str, file: Any) -> None:  # noqa: ANN401 - one of many libraries'
        self._place = place
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._file.seekable())

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401
        with _told(self._place):
            block = self._file.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if not self.seekable():
            raise io.UnsupportedOperation("its server gives it from the beginning only")
        with _told(self._place):
            return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed:
            with suppress(Exception):
                self._file.close()
        super().close()


class _Telling(io.RawIOBase):
    """A file being written; its errors are ours. Closing it is not its writer's."""

    def __init__(self, place: str, file: Any) -> None:  # noqa: ANN401
        self._place = place
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer
        with _told(self._place):
            self._file.write(data)
            return len(data)

    def tell(self) -> int:
        return int(self._file.tell())
