"""What a part found in an input, kept as a file until all parts have: one object a line."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

from crawler.frontier.shard_messages import spell, spelled_out
from crawler.inputs import Damage, Form
from crawler.screen.captured_files import Captured
from crawler.screen.survey import Survey, Task, survey

_QUICK = 1  # compression: it is read once and thrown away


def survey_and_keep(task: Task) -> str:
    """Survey an input and keep what was found beside its rows; return what is said of it."""
    found = survey(task)
    path = kept_at(task.out)
    draft = path.with_name(f".{path.name}.draft")
    with gzip.open(draft, "wt", _QUICK, "utf-8") as file:
        head = {
            "number": found.number,
            "form": found.form.value,
            "packing": found.packing,
            "delimiter": found.delimiter,
            "said": found.said,
            "path": found.damage.path,
            "counts": found.damage.counts,
            "examples": found.damage.examples,
            "rows": found.rows,
            "terms": found.terms,
            "unread": found.unread,
        }
        file.write(f"{json.dumps(head)}\n")
        for origin, rows in found.counts.items():
            file.write(f"{json.dumps([origin, rows, found.origins.get(origin)])}\n")
        for item in found.files:
            told = {"of": item.origin, "to": item.moved_to, "snapshot": spell(item.snapshot)}
            file.write(f"{json.dumps(told)}\n")
    draft.replace(path)
    return found.said


def kept_at(rows: Path) -> Path:
    """Return where the survey of an input is kept whose rows are at `rows`."""
    return rows.with_suffix(".found.gz")


def kept_survey(path: Path) -> Survey:
    """Return what a part found in an input."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        head = json.loads(file.readline())
        found = Survey(
            head["number"],
            Form(head["form"]),
            head["packing"],
            head["delimiter"],
            head["said"],
            Damage(head["path"], Counter(head["counts"]), head["examples"]),
            rows=head["rows"],
            terms=head["terms"],
            unread=head["unread"],
        )
        for line in file:
            item = json.loads(line)
            if isinstance(item, dict):
                snapshot = spelled_out(item["snapshot"])
                found.files.append(Captured(item["of"], snapshot, item["to"]))
                continue
            origin, rows, samples = item
            found.counts[origin] = rows
            if samples is not None:
                found.origins[origin] = samples
    return found
