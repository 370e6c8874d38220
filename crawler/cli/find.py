"""`crawler find` answers: am I in it, and what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.corpus_options import print_json, suppression_of
from crawler.cli.job_policy import config_for
from crawler.cluster.layout import shard_folders
from crawler.corpus.removal.find import find
from crawler.store.job import read_job


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    subject: Annotated[str, typer.Argument(help="A URL, or a domain.")],
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what the job holds of a URL or a domain, and what became of it.

    Example: crawler find jobs/example example.org
    """
    suppression = suppression_of(config_for(job, None), job)
    answers = []
    for folder in shard_folders(job):
        with read_job(folder) as connection:
            answers.append(find(connection, subject, suppression))
    if to_json:
        print_json([asdict(answer) for answer in answers])
        return
    counts = sum((Counter(answer.counts) for answer in answers), Counter[str]())
    if not counts:
        print(f"nothing of {subject} is in {job}")
    for state, count in counts.most_common():
        print(f"{count} {state}")
    for page in (page for answer in answers for page in answer.pages):
        versions = f" in versions {', '.join(page.versions)}" if page.versions else ""
        print(f"  {page.state:<8} {page.url or '(erased)'} {page.reason}{versions}")
    if answers and answers[0].suppressed:
        print(f"on the suppression list: {answers[0].suppressed}")
