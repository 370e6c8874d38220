"""ATTRIBUTION.html: who wrote what, under which licence, readable, grouped by host."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path

import orjson

from crawler.corpus.records.export_facts import Facts
from crawler.corpus.records.record import Record

ATTRIBUTION = "ATTRIBUTION.jsonl"
_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Attribution</title>
<style>body{{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}
li{{margin:.3em 0}}</style></head><body>
<h1>Attribution: {name}</h1>
<p>State of {as_of}. Each work is named with its author, its source, its licence and what was
changed. Ask to be taken out, or not to be named: {contact}</p>
"""


def credit(record: Record) -> bytes:
    """Return the line of ATTRIBUTION.jsonl for a record."""
    about = record["metadata"]
    of = {"id": record["id"], "host": about["host"], "license_spdx": about["license_spdx"]}
    return orjson.dumps({**of, **about["attribution"]}, option=orjson.OPT_APPEND_NEWLINE)


def write(source: Path, target: Path, facts: Facts) -> None:
    """Write `target` from the lines of `source`; records of a host stand together in it."""
    as_of = f"{facts.head.seq} ({facts.head.hash[:16]})"
    host = None
    with source.open("rb") as lines, target.open("w", encoding="utf-8", newline="\n") as page:
        page.write(
            _HEAD.format(
                name=escape(facts.plan.settings.name),
                as_of=f"ledger entry {as_of}",
                contact=escape(facts.plan.contact or "see the dataset card"),
            )
        )
        for line in lines:
            said = orjson.loads(line)
            if said["host"] != host:
                page.write("</ul>\n" if host is not None else "")
                host = said["host"]
                page.write(f"<h2>{escape(host)}</h2>\n<ul>\n")
            page.write(_item(said))
        page.write("</ul>\n" if host is not None else "<p>No record asks for it.</p>\n")
        page.write("</body></html>\n")
        page.flush()
        os.fsync(page.fileno())


def _item(credit: dict[str, str]) -> str:
    credit = {name: _visible(text) for name, text in credit.items()}
    licence = escape(credit["license_name"] or credit["license_spdx"])
    if credit["license_url"].startswith(("http://", "https://")):
        licence = f'<a rel="license" href="{escape(credit["license_url"])}">{licence}</a>'
    title = escape(credit["title"])
    if credit["source_url"].startswith(("http://", "https://")):
        title = f'<a href="{escape(credit["source_url"])}">{title}</a>'
    return (
        f'<li id="{escape(credit["id"])}">{title} by {escape(credit["author"])}, {licence}.'
        f" {escape(credit['changes'])}</li>\n"
    )


# Joiners that Persian, Indic scripts and emoji are written with.
_JOINERS = "\u200c\u200d"


def _visible(text: str) -> str:
    """Return a text without control codes and marks that turn the direction of what follows."""
    return "".join(char if char.isprintable() or char in _JOINERS else " " for char in text)
