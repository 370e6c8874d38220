"""Copies of inputs of lines: kept ones as they stand, with the columns where a form has any."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from crawler.inputs import Form
from crawler.inputs.compressed import open_unpacked
from crawler.inputs.delimited import fields_of, records
from crawler.inputs.jsonl import parse_line
from crawler.inputs.lines import lines
from crawler.inputs.row import Damage, Place
from crawler.screen.consent_columns import NAMES, as_fields, as_json, values
from crawler.screen.copy_task import Copy, Sidecar
from crawler.screen.decided_reading import Decided
from crawler.screen.packed_writing import packed


def copy_lines(copy: Copy) -> None:
    """Copy JSON Lines, CSV, CDXJ or a list."""
    decided = Decided(copy.decided)
    side = Sidecar(copy) if copy.form in {Form.CDXJ, Form.URLS} else None
    offset = written = 0
    with packed(copy.out, copy.packing) as out:
        for place, data in _copied(copy, decided):
            if side is not None and place is not None:
                side.add(offset if not copy.packing else -1, written, place, decided)
            out.write(data)
            offset += len(data)
            written += 1
    if side is not None:
        side.close()
    decided.close()


def _copied(copy: Copy, decided: Decided) -> Iterator[tuple[int | None, bytes]]:
    """Yield what is written, with the place of its decision; None for what is no row."""
    if copy.form is Form.CSV:
        yield from _table(copy, decided)
        return
    with open_unpacked(copy.path, Damage(copy.path)) as unpacked:
        for place, line in lines(unpacked):
            at = decided.find(place.row)
            if at is None:
                # What is no row goes along; damage was counted and goes.
                is_note = not line.strip() or line.lstrip().startswith((b"#", b"!", b"CDX"))
                if is_note and copy.form is not Form.JSONL:
                    yield None, line + b"\n"
                continue
            if not (copy.annotate or decided.columns["included"][at]):
                continue
            told = line
            if copy.form is Form.JSONL:
                told = _with_columns(line, values(decided.columns, at), copy.at)
            yield at, told + b"\n"


def _with_columns(line: bytes, row: tuple[Any, ...], at: float) -> bytes:
    """Return an object's line with the columns at its end, and the rest as it stands."""
    end = b"\r" if line.endswith(b"\r") else b""
    told = line.rstrip()
    added = as_json(row, at)
    if b"consent_" in told:
        found = parse_line(told, open_nothing(), Place(0)) or {}
        if any(name in found for name in NAMES):
            rest = {name: value for name, value in found.items() if name not in NAMES}
            told = json.dumps(rest, ensure_ascii=False).encode("utf-8", "replace")
    inside = told[:-1].rstrip()
    comma = b"" if inside.endswith(b"{") else b", "
    return inside + comma + added + b"}" + end


class _Nothing:
    """Where damage is noted that was counted before."""

    damage = Damage("")


def open_nothing() -> Any:  # noqa: ANN401 - all that is asked of it is where to note damage
    return _Nothing()


def _table(copy: Copy, decided: Decided) -> Iterator[tuple[int | None, bytes]]:
    with open_unpacked(copy.path, Damage(copy.path)) as unpacked:
        old: list[int] = []
        for place, record in records(unpacked, copy.delimiter):
            end = b"\r" if record.endswith(b"\r") else b""
            told = record.removesuffix(b"\r")
            if place.row == 0:
                names = fields_of(told, copy.delimiter, unpacked, place) or []
                old = [at for at, name in enumerate(names) if name.strip() in NAMES]
                yield None, _line(told, NAMES, old, copy) + end + b"\n"
                continue
            at = decided.find(place.row)
            if at is None or not (copy.annotate or decided.columns["included"][at]):
                continue
            fields = as_fields(values(decided.columns, at), copy.at)
            yield at, _line(told, fields, old, copy) + end + b"\n"


def _line(told: bytes, added: tuple[str, ...], old: list[int], copy: Copy) -> bytes:
    """Return a record with fields at its end, and without those at the places `old`."""
    if old:
        with_old = next(
            csv.reader(
                io.StringIO(told.decode("utf-8", "replace"), newline=""), delimiter=copy.delimiter
            ),
            [],
        )
        kept = [field for at, field in enumerate(with_old) if at not in old]
        told = _spelled(kept, copy.delimiter)
    return told + copy.delimiter.encode() + _spelled(list(added), copy.delimiter)


def _spelled(fields: list[str], delimiter: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(fields)
    return out.getvalue().encode()
