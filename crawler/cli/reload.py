"""`crawler reload`: let a running crawl take over its policy's politeness and limits."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.errors import UsageError
from crawler.cluster.layout import shard_folders
from crawler.store.job import holder, read_job
from crawler.store.reload_answers import asking, read_answer

# A crawl answers within a moment; a large job takes a while to open. Seconds.
_PATIENCE, _LOOK = 60.0, 0.02


def command(job: Annotated[Path, typer.Argument(help="Folder of the job.")]) -> None:
    """Have the crawl that works on JOB read its policy file again.

    Politeness, limits, budgets, admission, discovery and retries take effect at once, and the
    change is recorded. What pages are kept for changes only with the next run. Waits for the
    answer; exit code 1 if the policy has errors: then the crawl goes on as it did.

    Example: crawler reload jobs/example
    """
    working = [folder for folder in shard_folders(job) if holder(folder)]
    if not working:
        for folder in shard_folders(job):
            with read_job(folder):  # says clearly when there is no job
                pass
        raise UsageError(f"nobody is crawling {job}: the policy is read when the job is run")
    answers = [_ask(folder) for folder in working]
    for _, said in dict.fromkeys(answers):
        print(said)
    if not all(done for done, _ in answers):
        sys.exit(1)


def _ask(folder: Path) -> tuple[bool, str]:
    """Tell who works on the folder to read the policy again; return if it did, and its words."""
    told, until = 0, time.monotonic() + _PATIENCE
    process = holder(folder)
    with asking(folder) as token:
        while time.monotonic() < until:
            process, answer = holder(folder), read_answer(folder)
            if answer is not None and answer.token == token:
                return answer.done, answer.said
            if process is None:
                return False, f"the crawl on {folder} ended before it answered"
            # Only a crawl heeds the signal: any other command that holds the job would end.
            if answer is not None and answer.process == process != told:
                os.kill(process, signal.SIGHUP)
                told = process
            time.sleep(_LOOK)
    if told:
        return False, f"process {told} has not answered for {_PATIENCE:.0f} s; it was told"
    return False, f"process {process} works on {folder} and is no crawl: it reads no policy again"
