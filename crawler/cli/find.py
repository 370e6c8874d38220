"""`crawler find` answers: am I in it, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.corpus_options import print_json, suppression_of
from crawler.cli.errors import UsageError
from crawler.cli.job_policy import config_for
from crawler.cli.telling_damage import end_with_damage
from crawler.cli.terminal_text import harmless
from crawler.cluster.layout import shard_folders
from crawler.core.consent.protocols import sentence
from crawler.corpus.errors import CorpusError
from crawler.corpus.export.opened_export import is_export, open_export
from crawler.corpus.removal.find import EXPORTED, Answer, Held, find, find_in_export, query_of
from crawler.store.job import read_job

# What becomes of a page, as somebody reads it who does not know the words.
_STATES = {
    "active": "kept, with the text in the corpus",
    "held": "held back: the text is kept, and not exported",
    "retired": "taken out: the text was deleted",
    "purged": "purged: the text and all copies were deleted",
    "refused": "not kept: no text was stored",
    "missing": "not kept: gone when asked for",
    "moved": "not kept: led to another address",
    "skipped": "not kept: without text",
    "failed": "not kept: could not be had",
    "known": "not asked for yet",
    EXPORTED: "with the text, unless the licence forbids to carry it",
}


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job, or of an export.")],
    subject: Annotated[str, typer.Argument(help="A URL, or a domain.")] = "",
    author: Annotated[str, typer.Option(help="Pages that name this author.")] = "",
    passage: Annotated[str, typer.Option(help="Pages whose text holds these words.")] = "",
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what the job holds of a URL, a domain, an author or a text, and what became of it.

    Example: crawler find jobs/example example.org
    """
    try:
        query = query_of(subject, author, passage)
    except CorpusError as error:
        raise UsageError(str(error)) from error
    if is_export(job):
        answers = [find_in_export(open_export(job), query)]
    else:
        suppression = suppression_of(config_for(job, None), job)
        answers = []
        for folder in shard_folders(job):
            with read_job(folder) as connection:
                answers.append(find(connection, query, suppression))
    if to_json:
        print_json([asdict(answer) for answer in answers])
    else:
        _show(job, query.subject, answers)
    damaged = [place for answer in answers for place in answer.damaged]
    end_with_damage(job, damaged, "the rest is told")


def _show(job: Path, subject: str, answers: list[Answer]) -> None:
    counts = sum((Counter(answer.counts) for answer in answers), Counter[str]())
    if not counts:
        print(harmless(f"nothing of {subject} is in {job}"))
    for state, count in counts.most_common():
        pages = "page" if count == 1 else "pages"
        print(f"{count} {pages} {_STATES.get(state, state)} ({state})")
    for line in _lines(page for answer in answers for page in answer.pages):
        print(harmless(line))
    if answers and answers[0].suppressed:
        print(f"on the suppression list, so it is never taken again: {answers[0].suppressed}")
    if not is_export(job) and any(counts[state] for state in ("active", "held")):
        print(
            f"To have it taken out: crawler takedown add {job} --domain DOMAIN (or --url, --author)"
        )


def _lines(pages: Iterable[Held]) -> Iterable[str]:
    for page in pages:
        versions = f" in versions {', '.join(page.versions)}" if page.versions else ""
        why = sentence(page.reason) if page.state not in ("active", EXPORTED) else ""
        said = f" {page.reason}{f': {why}' if why else ''}" if page.reason else ""
        yield f"  {page.state:<8} {page.url or '(erased)'}{said}{versions}"
