"""The numbers of a document as JSON and as CSV: the same cells as on the page."""

from __future__ import annotations

import csv
import io
from typing import Any

from crawler.display.figure import Cell, Document, Figure
from crawler.display.proportion import tidy

# What a spreadsheet would take for a formula at the start of a cell.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(document: Document) -> dict[str, Any]:
    """Return plain values for programs; figures by name, rows as objects."""
    return {
        "title": document.title,
        "facts": dict(document.facts),
        "tiles": {
            tile.name: {
                "number": tile.number,
                "of": tile.share.as_json(),
                "parts": dict(tile.parts),
                "query": tile.query,
            }
            for tile in document.tiles
        },
        "figures": {figure.name: _figure(figure) for figure in document.figures},
        "queries": {query.name: query.text for query in document.queries},
        "notes": list(document.notes),
    }


def as_csv(document: Document) -> str:
    """Return all figures in long form: figure, row, the row's name, column, value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("figure", "row", "name", "column", "value"))
    for tile in document.tiles:
        cells = {"number": tile.number, **tile.share.as_json()}
        for name, value in cells.items():
            writer.writerow(("tiles", tile.name, tile.label, name, _shown(value)))
    for figure in document.figures:
        names = [column.name for column in figure.columns]
        for number, row in enumerate(figure.rows, 1):
            texts = [
                str(cell)
                for column, cell in zip(figure.columns, row, strict=True)
                if column.kind in ("text", "code")
            ]
            label = " / ".join(texts)
            for name, cell in zip(names, row, strict=True):
                for key, value in _flat(name, cell):
                    writer.writerow((figure.name, number, _safe(label), key, _shown(value)))
    return out.getvalue()


def _figure(figure: Figure) -> dict[str, Any]:
    names = [column.name for column in figure.columns]
    return {
        "title": figure.title,
        "queries": list(figure.queries),
        "rows": [dict(zip(names, map(_plain, row), strict=True)) for row in figure.rows],
    }


def _plain(cell: Cell) -> Any:  # noqa: ANN401 - what JSON takes
    if cell is None or isinstance(cell, str | int):
        return cell
    return tidy(cell) if isinstance(cell, float) else cell.as_json()


def _flat(name: str, cell: Cell) -> list[tuple[str, Any]]:
    value = _plain(cell)
    if isinstance(value, dict):
        return [(f"{name}.{key}", part) for key, part in value.items()]
    return [(name, value)]


def _shown(value: object) -> str:
    return "" if value is None else _safe(value) if isinstance(value, str) else str(value)


def _safe(text: str) -> str:
    """Return `text` so that no spreadsheet runs it."""
    return f"'{text}" if text.startswith(_FORMULA) else text
