"""Which columns of a copy tell a record's id, URL and text: guessed as `screen` guesses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.inputs.columns import Columns, NoColumnError, Path, choose, text_of, value_at
from crawler.removals.wanted import Identity

_IDS = ("id", "doc_id", "docid", "record_id", "metadata.id", "metadata.doc_id", "meta.id", "uid")
_HASHES = ("text_sha256", "metadata.text_sha256", "meta.text_sha256")
NOTHING_TELLS = "no column tells a record: name them with --url-column and --text-column"


@dataclass(frozen=True, slots=True)
class RowColumns:
    """Paths of the columns; None: there is none."""

    doc_id: Path | None = None
    url: Path | None = None
    text: Path | None = None
    text_sha256: Path | None = None

    def of(self, row: Mapping[str, Any]) -> Identity:
        """Return what a row tells of itself."""
        return Identity(*(text_of(_value(row, path)) for path in self.paths))

    @property
    def paths(self) -> tuple[Path | None, ...]:
        return (self.doc_id, self.url, self.text, self.text_sha256)

    def __bool__(self) -> bool:
        return any(path is not None for path in self.paths)

    def sentence(self) -> str:
        """Say what was taken for what."""
        names = ("id", "url", "text", "text hash")
        said = [
            f"{name} = {'.'.join(path)}"
            for name, path in zip(names, self.paths, strict=True)
            if path is not None
        ]
        return ", ".join(said) or "no column that tells a record"


def guess(names: Iterable[Path], columns: Columns, path: str) -> RowColumns:
    """Return which of the columns there are tell a record.

    Raises:
        NoColumnError: One that was named is not there.
    """
    there = list(dict.fromkeys(names))
    plain = {".".join(name).lower().replace("-", "_"): name for name in reversed(there)}
    try:
        chosen = choose(there, columns, path)
        url, text = chosen.of("url"), chosen.of("text")
    except NoColumnError as error:
        if columns.url:
            raise
        # Nothing looks like a URL's: texts may be there all the same.
        try:
            chosen = choose([*there, ("url",)], columns, path)
        except NoColumnError:
            raise error from None
        url, text = None, chosen.of("text")
    return RowColumns(_first(plain, _IDS), url, text, _first(plain, _HASHES))


def _first(plain: Mapping[str, Path], names: Iterable[str]) -> Path | None:
    return next((plain[name] for name in names if name in plain), None)


def _value(row: Mapping[str, Any], path: Path | None) -> Any:  # noqa: ANN401 - whatever stands there
    return None if path is None else value_at(row, path)
