"""Records go in by group, data files come out: cut, hashed and counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from crawler.corpus.records.data_files import FileEntry, HashedFile
from crawler.corpus.records.format import Format, RecordFile, Source
from crawler.corpus.records.record import Page, Record


@dataclass(slots=True)
class _Open:
    path: str
    raw: HashedFile
    file: RecordFile
    records: int = 0


@dataclass(slots=True)
class DataFiles:
    """Cuts the records of each group into files of about `part_bytes` uncompressed bytes.

    All groups are cut at the same record, so that an export can be taken up there again.
    """

    folder: Path
    form: Format
    source: Source
    counts: dict[str, int] = field(default_factory=dict)  # files of each group so far
    _open: dict[str, _Open] = field(default_factory=dict)
    _bytes: int = 0

    def write(self, group: str, record: Record, page: Page) -> bool:
        """Write one record; say whether it is time to `cut`."""
        part = self._open.get(group)
        if part is None:
            part = self._open[group] = self._start(group)
        self._bytes += part.file.write(record, page)
        part.records += 1
        return self._bytes >= self.source.plan.options.part_bytes

    def cut(self) -> tuple[FileEntry, ...]:
        """Finish every open file and return what they are."""
        entries = []
        for part in self._open.values():
            part.file.close()
            length, digest = part.raw.finish()
            entries.append(FileEntry(part.path, length, digest, part.records))
        self._open.clear()
        self._bytes = 0
        return tuple(entries)

    def _start(self, group: str) -> _Open:
        number = self.counts.get(group, 0)
        self.counts[group] = number + 1
        suffix = self.form.suffix(self.source.plan.options)
        path = f"data/{group}-{number:05d}.{suffix}"
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        raw = HashedFile(target)
        return _Open(path, raw, self.form.open(raw, path, self.source))
