"""Which form a file has, told by its first octets and never by its name."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum

import orjson

from crawler.inputs import arrow, cdxj, parquet
from crawler.inputs.columns import Columns, NoColumnError, choose
from crawler.inputs.compressed import Unpacked, open_unpacked
from crawler.inputs.row import UnknownInputError

_LOOKED_AT = 64 * 2**10
_ARC = re.compile(rb"filedesc:|[a-z][a-z0-9+.-]*:\S+ [0-9a-fA-F.:]+ \d{8,14} \S+ (?:.* )?\d+\r?\n")
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://\S+")
_EVEN = 8  # lines that must have as many fields as the header
_DELIMITERS = ("\t", ",", ";", "|")


class Form(StrEnum):
    """What a file is."""

    WARC = "warc"
    ARC = "arc"
    PARQUET = "parquet"
    ARROW = "arrow"
    JSONL = "jsonl"
    CSV = "csv"
    CDXJ = "cdxj"
    URLS = "urls"


@dataclass(frozen=True, slots=True)
class Told:
    """A file's form; `delimiter` of CSV, `packing` is "gzip", "zstd" or ""."""

    form: Form
    packing: str = ""
    delimiter: str = ""


def tell(path: str, columns: Columns | None = None) -> Told:
    """Return the form of a file.

    Raises:
        UnknownInputError: It cannot be opened, is empty, or is none of the forms that are read.
    """
    with open_unpacked(path) as unpacked:
        head = unpacked.read(_LOOKED_AT)
        return _told(path, head, unpacked, columns or Columns())


def _told(path: str, head: bytes, unpacked: Unpacked, columns: Columns) -> Told:
    packing = unpacked.packing
    table = _table(head)
    if table is not None:
        if packing:
            raise UnknownInputError(f"{path} is {table.value} in {packing}: unpack it")
        return Told(table)
    if head.startswith(arrow.FIRST_FEATHER):
        raise UnknownInputError(f"{path} is Feather 1: write it as Feather 2, or as Parquet")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnknownInputError(f"{path} is UTF-16: write it as UTF-8")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise UnknownInputError(
            f"{path} is empty" + (", or all of it is damaged" if packing else "")
        )
    if text.startswith(b"["):
        raise UnknownInputError(f"{path} is one JSON array: write JSON Lines, one object a line")
    form = _by_first_octets(text, damaged=bool(unpacked.damage))
    if form is not None:
        return Told(form, packing)
    if b"\0" not in text:
        return _text_told(path, text, packing, columns)
    # A stray NUL makes no table of URLs another thing, but what is not plainly one is no text.
    told = _list_or_table(text, packing, columns)
    if told is None:
        raise UnknownInputError(f"{path} is none of the forms that are read ({head[:8]!r} ...)")
    return told


def _table(head: bytes) -> Form | None:
    if head.startswith(parquet.MAGIC):
        return Form.PARQUET
    return Form.ARROW if head.startswith(arrow.MAGIC) or arrow.is_stream(head) else None


def _by_first_octets(text: bytes, *, damaged: bool) -> Form | None:
    if text.startswith(b"WARC/"):
        return Form.WARC
    if _ARC.match(text):
        return Form.ARC
    if text.startswith(b"{"):
        return Form.JSONL
    if b"\nWARC/1." in text or (damaged and b"WARC/1." in text):
        return Form.WARC
    first = next((x for x in _lines(text) if x.strip() and x[:1] != b"!"), b"")
    return Form.CDXJ if cdxj.LINE.match(first) or cdxj.HEADER.fullmatch(first) else None


def _list_or_table(text: bytes, packing: str, columns: Columns) -> Told | None:
    """Return the form of what begins with a URL, or names a column of them."""
    whole, lines = _text_lines(text)
    if lines and _URL.fullmatch(lines[0]):
        return Told(Form.URLS, packing)
    delimiter = _delimiter_of(whole, columns) if lines else ""
    return Told(Form.CSV, packing, delimiter) if delimiter else None


def _text_lines(text: bytes) -> tuple[list[str], list[str]]:
    """Return the lines of a text, and those of them that say something."""
    whole = [line.decode("utf-8", "replace").strip() for line in _lines(text)]
    return whole, [line for line in whole if line and not line.startswith("#")]


def _text_told(path: str, text: bytes, packing: str, columns: Columns) -> Told:
    lines = _text_lines(text)[1]
    if not lines:
        raise UnknownInputError(f"{path} holds nothing but comments")
    told = _list_or_table(text, packing, columns)
    if told is not None:
        return told
    # A table of which no column is what is looked for is told as one: who chooses says so.
    if delimiter := _even_delimiter(lines):
        return Told(Form.CSV, packing, delimiter)
    if any(_URL.fullmatch(line) for line in lines[1:20]):
        # One column under its name is a table, anything else a list with a bad line.
        named = _has_urls([lines[0]], columns)
        return Told(Form.CSV, packing, ",") if named else Told(Form.URLS, packing)
    if any(line.startswith("{") and _is_object(line) for line in lines[1:20]):
        return Told(Form.JSONL, packing)
    raise UnknownInputError(
        f"{path} is none of the forms that are read: it begins {lines[0][:60]!r}. WARC, ARC,"
        " Parquet, Arrow, JSON Lines, CSV or TSV with a header line, CDXJ, and lists of URLs are"
    )


def _delimiter_of(lines: list[str], columns: Columns) -> str:
    """Return what parts the fields of a header line that names a column with URLs, or ""."""
    header = next(line for line in lines if line)
    for delimiter in _DELIMITERS:
        names = _parts(header, delimiter)
        if len(names) > 1 and _has_urls(names, columns):
            return delimiter
    return ""


def _parts(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a bare carriage return, or a field without end
        return []


def _even_delimiter(lines: list[str]) -> str:
    """Return what parts the first lines into equally many fields, or ""."""
    if len(lines) < 2 or lines[0].startswith("<"):  # noqa: PLR2004 - a header and a row
        return ""
    for delimiter in _DELIMITERS:
        sizes = {len(_parts(line, delimiter)) for line in lines[:_EVEN]}
        if len(sizes) == 1 and max(sizes) > 1:
            return delimiter
    return ""


def _has_urls(names: list[str], columns: Columns) -> bool:
    if columns.url:
        # What it names may lie within a column of JSON.
        names = [name.strip() for name in names]
        return any(columns.url == name or columns.url.startswith(f"{name}.") for name in names)
    paths = [(name.strip(),) for name in names]
    try:
        choose(paths, Columns(), "")
    except NoColumnError:
        return "metadata" in {name.strip().lower() for name in names}
    return True


def _lines(text: bytes) -> list[bytes]:
    """Return the first lines of a file's head; the last of many may be cut."""
    lines = text.split(b"\n")
    return lines[:-1] if len(lines) > 1 and len(text) >= _LOOKED_AT // 2 else lines


def _is_object(line: str) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False
