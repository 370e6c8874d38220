"""A folder carried to storage behind a URL: file by file, each read back, its manifest last.

Who reads there sees a manifest only beside all that it lists. Until then a mark lies there that
says whose draft it is; a run that was killed goes on behind the last file that was read back.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path

from crawler.storage import StorageError, copy, delete, exists, join, listing, open_stream, writing

MARK = "_export-in-progress.json"
CARRIED = "carried.tsv"  # in the draft: what lies there already, by hash
_LAST = ("manifest.json.sig", "manifest.json.sha256", "manifest.json")
_MARK_BYTES = 65_536

Told = Callable[[int, int], None]  # files carried, of so many


class TakenError(StorageError):
    """Something else lies at a place."""

    def __init__(self, place: str, cause: str, fix: str) -> None:
        super().__init__(place, cause, fix)
        self.fix = fix

    def __reduce__(self) -> tuple[type[TakenError], tuple[str, str, str]]:  # type: ignore[override]
        return TakenError, (self.place, self.cause, self.fix)


def look_free(place: str) -> None:
    """Look early whether a place is free, or holds a draft: what is carried there takes long.

    Raises:
        TakenError: There is something.
        StorageError: Nobody can say, or nothing can be written there.
    """
    if place.lower().startswith(("http://", "https://")):
        raise StorageError(place, "HTTP only reads", "name a folder, or an object store (s3://...)")
    if listing(place) and not exists(join(place, MARK)):
        raise _taken(place)


def carry(
    draft: Path,
    place: str,
    owner: str,
    leave: frozenset[str] = frozenset(),
    told: Told | None = None,
) -> None:
    """Copy the files of `draft` to the folder `place`, but those named in `leave`.

    `owner` tells whose draft it is from any other.

    Raises:
        TakenError: Something that is no draft of this owner lies there.
        StorageError: It cannot be written. What was carried stays for the next run.
    """
    names = _in_order(draft, leave | {CARRIED})
    there = _there(place, owner)
    _put_mark(place, owner)
    for name in there.keys() - {*names, MARK}:  # of a draft that was begun otherwise
        delete(join(place, name))
    done = _carried(draft)
    for number, name in enumerate(names, 1):
        digest = _hash(draft / name)
        if done.get(name) != digest or there.get(name) != (draft / name).stat().st_size:
            _copy(draft / name, join(place, name), digest)
            _note(draft, name, digest)
        if told is not None:
            told(number, len(names))
    delete(join(place, MARK))


def drop_draft(place: str) -> None:
    """Remove what lies at `place` of an export that was not carried to its end.

    Raises:
        StorageError: It may be there still.
    """
    if not exists(join(place, MARK)):
        return
    found = [item.place for item in listing(place)]
    for item in sorted(found, key=lambda one: one.endswith(f"/{MARK}")):  # the mark last
        delete(item)


def _in_order(draft: Path, leave: frozenset[str]) -> list[str]:
    paths = (path for path in draft.rglob("*") if path.is_file())
    names = sorted(path.relative_to(draft).as_posix() for path in paths)
    first = [name for name in names if name not in leave and name not in _LAST]
    return [*first, *(name for name in _LAST if name in names)]


def _there(place: str, owner: str) -> dict[str, int]:
    """Return what lies at a place, by name, with its bytes."""
    root = place.rstrip("/") + "/"
    found = {item.place.removeprefix(root): item.bytes for item in listing(place)}
    if not found:
        return found
    if MARK not in found:
        raise _taken(place)
    with open_stream(join(place, MARK)) as file, suppress(ValueError, AttributeError):
        if json.loads(file.read(_MARK_BYTES)).get("crawl_id") == owner:
            return found
    raise TakenError(
        place,
        "holds the unfinished export of another job",
        f"name another folder, or remove that one ({MARK} in it says whose it is)",
    )


def _taken(place: str) -> TakenError:
    return TakenError(place, "is already there", "name a folder that is not")


def _put_mark(place: str, owner: str) -> None:
    with writing(join(place, MARK)) as file:
        file.write(json.dumps({"crawl_id": owner, "state": "not whole"}).encode())


def _copy(path: Path, place: str, digest: str) -> None:
    if copy(str(path), place) != digest:
        raise StorageError(place, f"{path} changed while it was copied", "try again")


def _carried(draft: Path) -> dict[str, str]:
    path = draft / CARRIED
    lines = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
    pairs = (line.partition("\t") for line in lines)
    return {name: digest for digest, _, name in pairs if name}


def _note(draft: Path, name: str, digest: str) -> None:
    with (draft / CARRIED).open("a", encoding="utf-8") as file:
        file.write(f"{digest}\t{name}\n")
        file.flush()
        os.fsync(file.fileno())


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
