"""What others collected, read row by row: told by content, damage counted, never raising.

Reading order: `row` (what comes out), `reading` (the face), `forms` (which form a file has),
`columns` (which column is which), `row_fields`, `dates`; the forms: `warc` (with `tape`,
`http_messages`, `wat`), `parquet` and `arrow` (by `record_batches`), `jsonl`, `delimited`, `cdxj`,
`url_list` (by `lines`); what a crawl can start from: `seeds`; beneath: `compressed` (members and
damage), `opening`; before all of it `named_files` (folders and `@FILE`).

    files, beside = expand(["dataset/", "@warc.paths.gz"])
    for path in files:
        with Input(path, Columns(url="metadata.url")) as rows:
            print(rows.said)
            for row in rows:  # row.url, row.text, row.date, row.html, row.place
                ...
            if rows.damage:
                print(rows.damage.sentence())
"""

from __future__ import annotations

from crawler.inputs.columns import Columns
from crawler.inputs.forms import Form
from crawler.inputs.named_files import expand
from crawler.inputs.opening import open_input
from crawler.inputs.reading import Input, look
from crawler.inputs.row import Answer, Damage, Place, Row, UnknownInputError

__all__ = [
    "Answer",
    "Columns",
    "Damage",
    "Form",
    "Input",
    "Place",
    "Row",
    "UnknownInputError",
    "expand",
    "look",
    "open_input",
]
