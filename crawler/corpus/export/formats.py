"""The table of formats. One more format is one more module and one more line here."""

from __future__ import annotations

from crawler.corpus.errors import CorpusError
from crawler.corpus.export import jsonl, parquet, warc
from crawler.corpus.records.format import Format

FORMATS: dict[str, Format] = {
    form.name: form for form in (jsonl.FORMAT, parquet.FORMAT, warc.FORMAT)
}


def format_of(name: str) -> Format:
    """Return the format of that name.

    Raises:
        CorpusError: There is none.
    """
    if name in FORMATS:
        return FORMATS[name]
    raise CorpusError(
        "nothing was exported", f"there is no format {name!r}", f"choose of {', '.join(FORMATS)}"
    )
