"""Write a job's corpus: streaming, in the order of the store, resumable, never half-seen.

Everything is written in `OUT.partial`, which becomes `OUT` by one rename when all of it is
on disk. A run that was killed goes on after its last finished cut.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crawler.corpus.errors import CorpusError
from crawler.corpus.export.shard_parts import Spread, export_spread
from crawler.corpus.export.streaming import (
    LOCK,
    RELEASED,
    STATE,
    appending,
    begin,
    new_run,
    stream,
)
from crawler.corpus.export.versions import check_version, register
from crawler.corpus.records.export_facts import facts_of
from crawler.corpus.records.export_plan import Exported, Plan, Progress
from crawler.corpus.records.record import stamp
from crawler.corpus.statements.manifest import write_documents
from crawler.durable_files import sync_folder
from crawler.store.job import hold, read_job
from crawler.store.row_seals import head_of_corpus

DRAFTS = "exports"  # names the drafts of exports, which a kill may have left anywhere
_OURS = frozenset({STATE, RELEASED, LOCK})


def export(
    job: Path,
    out: Path,
    plan: Plan,
    progress: Progress | None = None,
    carry: Callable[[Path, frozenset[str]], str] | None = None,
    spread: Spread | None = None,
) -> Exported:
    """Export the job in `job` to the folder `out`, which must not be there yet.

    The same job state and the same policy give the same bytes; nothing is written to the
    ledger. Pages without fresh consent are left out and counted. With `carry` the draft is
    given to it, with the names in it that are no part of the export, and nothing stays here;
    it returns where the export is. With `spread` the pages of each shard are written by
    themselves, at once, to files of their own.

    Raises:
        CorpusError: `out` is taken, or the version is not one that may follow.
        StoreError: The job cannot be read.
    """
    out = out.resolve()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CorpusError(
            "nothing was exported", f"{out} is already there", "name a folder that is not"
        )
    partial = out.with_name(out.name + ".partial")
    with read_job(job) as connection:
        now = head_of_corpus(connection)
        check_version(connection, plan.options, now)
        with _drafting(job, partial):
            if spread is not None:
                run = new_run(connection, job, partial, plan, now)
                export_spread(run, job, now, spread, progress)
            else:
                run = begin(connection, job, partial, plan, now)
                with appending(run) as beside:
                    stream(run, connection, beside, progress)
            facts = facts_of(connection, plan, run.form, run.counts, now)
            write_documents(connection, partial, facts, run.files)
            if plan.announce is not None:
                plan.announce(now)
            where = carry(partial, _OURS) if carry is not None else str(out)
    manifest = (partial / "manifest.json.sha256").read_text().split()[0]
    if plan.options.version:
        register(job, plan.options.version, now, manifest, partial / RELEASED)
    if carry is None:
        _publish(partial, out)
    else:
        shutil.rmtree(partial)
    return Exported(
        folder=where,
        records=run.counts.records,
        references=run.counts.references,
        files=len(run.files),
        bytes=run.counts.bytes,
        words=run.counts.words,
        tokens=run.counts.tokens_with_method,
        left_out=dict(sorted(run.counts.left_out.items())),
        refused=facts.decided["refused"],
        filtered=facts.decided["filtered"],
        unproven=facts.decided["unproven"],
        version=facts.version,
        as_of=stamp(now.at),
        ledger_head=now.hash,
        manifest_sha256=manifest,
        damaged=(*run.damaged, *(f"raw answer of {url}" for url in run.parts.source.damaged)),
    )


@contextmanager
def _drafting(job: Path, partial: Path) -> Iterator[None]:
    """Hold the draft alone, and let the job know of it: a purge removes drafts of before."""
    try:
        partial.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(
            "nothing was exported",
            f"{partial} cannot be made ({error.strerror})",
            "name a folder in one that can be written",
        ) from error
    with hold(partial):
        with suppress(OSError), (job / DRAFTS).open("a") as file:  # a job may be read-only
            file.write(f"{partial}\n")
        yield


def _publish(partial: Path, out: Path) -> None:
    for name in _OURS:
        (partial / name).unlink(missing_ok=True)
    for folder in [*(path for path in partial.rglob("*") if path.is_dir()), partial]:
        sync_folder(folder)
    if out.exists():
        out.rmdir()
    partial.rename(out)
    sync_folder(out.parent)
