"""An export as whoever got it reads it: what its manifest says, and its records."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from crawler.corpus.errors import CorpusError
from crawler.corpus.export.formats import FORMATS
from crawler.corpus.records.data_files import FileEntry, blocks
from crawler.corpus.records.format import Format
from crawler.corpus.records.record import Record
from crawler.corpus.statements.manifest import MANIFEST

DATA = "data/"


@dataclass(frozen=True, slots=True)
class OpenedExport:
    """An export. What its manifest says is claimed, not proven: see `verify_export`."""

    folder: Path
    raw: bytes  # of the manifest
    manifest: dict[str, Any]
    form: Format
    files: tuple[FileEntry, ...]
    seq: int = 0  # where the ledger stood
    head: str = ""
    version: str = ""
    crawl_id: str = ""
    records: int = 0
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def data(self) -> tuple[FileEntry, ...]:
        return tuple(entry for entry in self.files if entry.path.startswith(DATA))

    @property
    def sha256(self) -> str:
        """Hash of the manifest."""
        return sha256(self.raw).hexdigest()

    @property
    def masked(self) -> bool:
        return bool(self.settings.get("mask_personal_data"))

    @property
    def audience(self) -> str:
        return str(self.manifest.get("audience", ""))

    def read(
        self, damaged: Callable[[str, str], None] | None = None
    ) -> Iterator[tuple[str, Record]]:
        """Yield each record with its file; what cannot be read is told to `damaged`.

        Raises:
            CorpusError: A file cannot be read, and nobody is to be told.
        """
        for entry in self.data:
            path = self.folder / entry.path
            if leads_elsewhere(self.folder, entry.path) or not path.is_file():
                continue  # the walk over the files names it
            try:
                for record in self.form.records(path):
                    yield entry.path, record
            except (ValueError, OSError) as error:
                if damaged is None:
                    raise CorpusError(
                        f"{path} cannot be read", str(error), "see `crawler verify EXPORT`"
                    ) from error
                damaged(entry.path, str(error))


def is_export(folder: Path) -> bool:
    return (folder / MANIFEST).is_file()


def open_export(folder: Path) -> OpenedExport:
    """Open the export in `folder`.

    Raises:
        CorpusError: There is none, or its manifest cannot be read.
    """
    try:
        raw = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise CorpusError(
            f"{folder} is no export", f"{MANIFEST} cannot be read ({error.strerror})", "name one"
        ) from error
    try:
        return _opened(folder, raw)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise CorpusError(
            f"{folder} cannot be read as an export",
            f"{MANIFEST} is not one of ours ({type(error).__name__}: {error})",
            "see `crawler verify EXPORT`",
        ) from error


def _opened(folder: Path, raw: bytes) -> OpenedExport:
    manifest = json.loads(raw)
    ledger = manifest["ledger"]
    return OpenedExport(
        folder=folder,
        raw=raw,
        manifest=manifest,
        form=FORMATS[str(manifest["format"])],
        files=tuple(
            FileEntry(
                str(item["path"]), int(item["bytes"]), str(item["sha256"]), int(item["records"])
            )
            for item in manifest["files"]
        ),
        seq=int(ledger["seq"]),
        head=str(ledger["head"]),
        version=str(manifest["version"]),
        crawl_id=str(manifest["crawl_id"]),
        records=int(manifest["records"]),
        settings=dict(manifest["settings"]["export"]),
    )


def leads_elsewhere(folder: Path, path: str) -> str:
    """Return why a listed path is not a plain file of the export, or ""."""
    parts = path.split("/")
    if path.startswith("/") or "\\" in path or "\0" in path or {"", ".", ".."} & {*parts}:
        return "is listed by a path that leads out of the export"
    there = folder
    for part in parts:
        there /= part
        if there.is_symlink():
            return "is a symbolic link: what it leads to is not part of the export"
    return ""


def walk(folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield each path in the export that is no folder, and whether it is a plain file."""
    for place, names, files in os.walk(folder):
        here = Path(place)
        for name in (*files, *(name for name in names if (here / name).is_symlink())):
            path = here / name
            yield path.relative_to(folder).as_posix(), path.is_file() and not path.is_symlink()


def hash_of(path: Path) -> tuple[str, int]:
    """Return hash and size of a file."""
    digest, size = sha256(), 0
    with path.open("rb") as file:
        for block in blocks(file):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size
