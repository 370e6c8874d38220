"""What is shown: figures of rows and columns, and the documents they stand in.

One model for the page, the terminal, JSON and CSV: a number is computed once and shown four ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from markupsafe import Markup

from crawler.display.proportion import Proportion

Cell: TypeAlias = str | int | float | Proportion | None
Row: TypeAlias = tuple[Cell, ...]
# What tells groups of things apart in colour; the names are classes of the stylesheet.
Tone: TypeAlias = Literal["plain", "kept", "refused", "filtered", "failed", "unknown"]
Kind: TypeAlias = Literal["text", "code", "count", "share", "seconds"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; its name is the key in JSON and CSV too."""

    name: str
    kind: Kind = "count"

    @property
    def title(self) -> str:
        return self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Picture:
    """An inline SVG and what it shows, in words, for those who do not see it."""

    svg: Markup
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One table, perhaps with a picture, and the names of the queries it comes from."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    queries: tuple[str, ...] = ()
    picture: Picture | None = None
    bar: str = ""  # the column that each row draws as a bar
    tone: Tone = "plain"  # of the bars
    tones: tuple[Tone, ...] = ()  # ... by row, where they differ
    shown: int = 25  # rows on the page; JSON and CSV have all
    wide: bool = False

    def column(self, name: str) -> list[Cell]:
        """Return the cells of one column."""
        at = [column.name for column in self.columns].index(name)
        return [row[at] for row in self.rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One number of the first screen with its picture."""

    name: str
    label: str
    tone: Tone
    number: int
    share: Proportion
    picture: Picture
    parts: tuple[tuple[str, int], ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Figures under one heading."""

    name: str
    title: str
    about: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """Where numbers come from: text that can be run again, and on what."""

    name: str
    says: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Everything of one report."""

    title: str
    facts: tuple[tuple[str, str], ...]  # name and value, below the title
    tiles: tuple[Tile, ...] = ()
    beside: str = ""  # what the tiles do not show
    beside_queries: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    queries: tuple[Query, ...] = ()
    on: str = ""  # what the queries are run on
    notes: tuple[str, ...] = ()  # what could not be counted

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for section in self.sections for figure in section.figures)
