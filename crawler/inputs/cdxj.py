"""CDXJ: `surt timestamp {json}` a line, as Common Crawl and pywb write their indexes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.inputs.columns import Chosen, Columns, choose
from crawler.inputs.compressed import Unpacked
from crawler.inputs.jsonl import parse_line
from crawler.inputs.lines import lines
from crawler.inputs.row import Row
from crawler.inputs.row_fields import row_of_fields

LINE = re.compile(rb"(\S+) +(\d{4,17}) +(\{.*)", re.DOTALL)
_USUAL = (("url",), ("timestamp",), ("status",), ("mime",))


def rows(unpacked: Unpacked, columns: Columns) -> tuple[Chosen, Iterator[Row]]:
    """Return which fields are read, and the rows; a line without its parts is damage."""
    named = {meaning: name for meaning, name in columns.named().items() if name}
    usual = [*_USUAL, *((name,) for name in named.values())]
    chosen = choose(usual, columns, unpacked.damage.path)

    def found() -> Iterator[Row]:
        for place, line in lines(unpacked):
            if not line.strip() or line.startswith((b" CDX", b"!")):
                continue
            match = LINE.fullmatch(line.rstrip(b"\r"))
            if match is None:
                unpacked.damage.note("no CDXJ line", f"line {place.row + 1}")
                continue
            fields = parse_line(match[3], unpacked, place)
            if fields is not None:
                fields.setdefault("timestamp", match[2].decode())
                yield row_of_fields(fields, chosen, place)

    return chosen, found()
