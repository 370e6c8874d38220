"""A plain list: one URL a line. Blank lines and those that begin with `#` are none."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.inputs.compressed import Unpacked
from crawler.inputs.lines import lines
from crawler.inputs.row import Row


def rows(unpacked: Unpacked) -> Iterator[Row]:
    for place, line in lines(unpacked):
        text = line.strip()
        if text and not text.startswith(b"#"):
            yield Row(text.decode("utf-8", "replace"), None, None, None, place)
