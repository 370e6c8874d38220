"""`crawler recheck`: seek old evidence again, and let every page follow what it says."""

from __future__ import annotations

import asyncio
import sys
import time
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.clock import SteadyClock, host_leases
from crawler.cli.corpus_options import bear_in_mind, gate_of, print_json, suppression_of, writing
from crawler.cli.errors import UsageError
from crawler.cli.job_policy import config_for
from crawler.cli.telling_removals import tell_feed
from crawler.cluster.layout import shard_folders
from crawler.config import Config
from crawler.core.consent import rules_version
from crawler.corpus.removal.retention import retain
from crawler.corpus.upkeep.recheck import (
    BATCH,
    Due,
    Rechecked,
    agree,
    decide_pages_again,
    mark_due,
    pages_to_decide_again,
)
from crawler.crawl import open_crawl
from crawler.store.archive import FOLDER as ARCHIVE
from crawler.store.job import Job, mark_clean, open_job
from crawler.store.orders import read_orders
from crawler.store.pages import Context


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    policy: Annotated[
        str | None, typer.Option(help="Policy file or preset; default: the job's own.")
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask nothing; decide again from what is stored.")
    ] = False,
    reconsent: Annotated[
        str, typer.Option(help="URL or domain whose owner agrees again; needs --source.")
    ] = "",
    source: Annotated[str, typer.Option(help="Where that agreement stands.")] = "",
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Ask again for evidence that is too old, retire what is refused now, hold what is silent.

    Raw copies whose time is over are removed as well.

    Example: crawler recheck jobs/example
    """
    config = config_for(job, policy)
    if reconsent:
        _agree(job, reconsent, source, config)
    if read_orders(job).paused and not offline:
        raise UsageError(f"the job is paused: `crawler resume {job}` first, or --offline")
    due, rechecked, clock = Due(0, 0), Rechecked(), SteadyClock()
    for folder in shard_folders(job):
        if not offline:
            found = asyncio.run(_ask(folder, config, clock))
            due = Due(due.pages + found.pages, due.sites + found.sites)
        asyncio.run(_decide_again(folder, config, rechecked))
        if (folder / ARCHIVE).is_dir():  # also what an earlier policy archived
            retain(folder, config.archive.retention, time.time())
    tell_feed(job, shard_folders(job), config)
    _show(due, rechecked, to_json=to_json)


def _agree(job: Path, subject: str, source: str, config: Config) -> None:
    if not source:
        raise UsageError("--reconsent needs --source: who agreed, when, and where it stands")
    count = 0
    suppression = suppression_of(config, job)
    for folder in shard_folders(job):
        with writing(folder) as connection:
            count += agree(connection, subject, suppression, source, time.time())
    bear_in_mind(shard_folders(job), suppression)
    print(f"{count} pages may be taken again", file=sys.stderr)


async def _ask(folder: Path, config: Config, clock: SteadyClock) -> Due:
    policy = config.consent_policy()
    with host_leases(folder, config, clock) as leases:
        async with open_crawl(folder, config, clock, leases=leases) as crawl:
            now = clock()
            due = await crawl.job.database.transaction(
                lambda connection: mark_due(connection, config.recheck, policy, now)
            )
            if due.pages or due.sites:
                await crawl.frontier.revisit(now)
                await crawl.close(await crawl.engine.run())
            else:
                await _leave(crawl.job)
    return due


async def _leave(job: Job) -> None:
    """Leave a job of which nobody was asked anything as clean as it was found."""
    if not job.unclean:
        await job.database.transaction(mark_clean)


async def _decide_again(folder: Path, config: Config, into: Rechecked) -> None:
    gate = gate_of(config, folder, time.time())
    context = Context(gate.consent.sha256, rules_version(), gate.suppression)
    async with open_job(folder) as job:
        numbers = await job.database.read(pages_to_decide_again)
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            await job.database.transaction(
                partial(decide_pages_again, numbers=batch, gate=gate, context=context, into=into)
            )
            if sys.stderr.isatty():
                print(f"\r{into.looked_at} of {len(numbers)} pages", end="", file=sys.stderr)
        await _leave(job)


def _show(due: Due, rechecked: Rechecked, *, to_json: bool) -> None:
    if to_json:
        print_json(
            {
                "due": {"pages": due.pages, "sites": due.sites},
                "looked_at": rechecked.looked_at,
                "decided_again": rechecked.decided_again,
                "retired": dict(rechecked.retired),
                "held": dict(rechecked.held),
                "released": rechecked.released,
            }
        )
        return
    print(f"asked again: {due.pages} pages for their own sake, {due.sites} for their site's files")
    print(f"decided again: {rechecked.decided_again} of {rechecked.looked_at}")
    for title, counts in (("retired", rechecked.retired), ("held", rechecked.held)):
        for reason, count in counts.most_common():
            print(f"  {title}: {count} ({reason})")
    print(f"  released: {rechecked.released}")
