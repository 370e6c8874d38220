"""The pages of each shard exported by themselves, at once, into one export.

The files, their names and their bytes depend on how many shards there are, and not on who works
on them: this process, several of it, or the nodes of a cluster that all see the job.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from crawler.corpus.errors import CorpusError
from crawler.corpus.export.streaming import (
    RELEASED,
    Run,
    appending,
    begin,
    clear,
    read_state,
    stream,
)
from crawler.corpus.records.counts import Counts
from crawler.corpus.records.data_files import FileEntry
from crawler.corpus.records.export_plan import Plan, Progress
from crawler.corpus.statements.credits_page import ATTRIBUTION
from crawler.durable_files import sync_folder
from crawler.frontier.sharding import Share
from crawler.store.job import hold, read_job
from crawler.store.ledger import Head
from crawler.store.row_seals import head_of_corpus

_PARTS = "parts"  # in the draft; a part that is done is not done again
Map: TypeAlias = Callable[[Callable[["Part"], Any], Sequence["Part"]], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Spread:
    """How an export is spread: over so many shards, by a `map` that hands back in order."""

    count: int
    map: Map


@dataclass(frozen=True, slots=True)
class Part:
    """What one worker is to do: a shard's pages, of the job as it stood at `head`."""

    job: Path
    draft: Path
    plan: Plan
    share: Share
    head: Head


def export_spread(
    run: Run, job: Path, now: Head, spread: Spread, progress: Progress | None = None
) -> None:
    """Fill the draft of `run` with what the workers make of each shard's pages.

    Raises:
        CorpusError: The job changed meanwhile.
        StoreError: It cannot be read.
    """
    parts = run.folder / _PARTS
    _begin_again(run)
    plan = replace(run.plan, sign=None, announce=None)  # no worker has the key
    shares = [Share(number=number, count=spread.count) for number in range(spread.count)]
    tasks = [
        Part(job.absolute(), parts / f"{share.number:05d}", plan, share, now) for share in shares
    ]
    for done, (task, damaged) in enumerate(
        zip(tasks, spread.map(export_part, tasks), strict=True), 1
    ):
        _join(run, task.draft, damaged)
        if progress is not None:
            progress(done, len(tasks))
    shutil.rmtree(parts)


def export_part(part: Part) -> tuple[str, ...]:
    """Write a shard's pages to the part's own draft; return what of them could not be read.

    Raises:
        CorpusError: The job is not what it was when the export began.
        StoreError: It cannot be read.
    """
    part.draft.mkdir(parents=True, exist_ok=True)
    with read_job(part.job) as connection, hold(part.draft):
        if head_of_corpus(connection) != part.head:
            raise CorpusError(
                "nothing was exported", f"{part.job} changed meanwhile", "give the command again"
            )
        run = begin(connection, part.job, part.draft, part.plan, part.head, part.share)
        with appending(run) as beside:
            stream(run, connection, beside, None)
    return (*run.damaged, *(f"raw answer of {url}" for url in run.parts.source.damaged))


def _begin_again(run: Run) -> None:
    """Empty the draft but for the parts, which know themselves how far they are."""
    kept = run.folder.with_name(run.folder.name + ".parts")
    parts = run.folder / _PARTS
    if parts.is_dir():
        parts.rename(kept)
    clear(run.folder)
    (run.folder / "data").mkdir()
    if kept.is_dir():
        kept.rename(parts)


def _join(run: Run, draft: Path, damaged: Iterable[str]) -> None:
    """Take over what a part wrote: the same files, by a second name."""
    state = read_state(draft)
    if state is None:
        raise CorpusError("nothing was exported", f"{draft} is gone", "give the command again")
    for entry in (FileEntry(**item) for item in state["files"]):
        target = run.folder / entry.path
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(draft / entry.path, target)
        run.files.append(entry)
    run.counts.include(Counts.from_json(state["tally"]))
    run.damaged += damaged
    for name in (ATTRIBUTION, RELEASED):
        with (run.folder / name).open("ab") as whole, (draft / name).open("rb") as part:
            shutil.copyfileobj(part, whole)
            whole.flush()
            os.fsync(whole.fileno())
    sync_folder(run.folder)
