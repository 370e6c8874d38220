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
from crawler.cli.telling_damage import end_with_damage
from crawler.cli.telling_removals import tell_feed
from crawler.cli.terminal_text import harmless
from crawler.cluster.layout import shard_folders
from crawler.config import Config
from crawler.core.consent import rules_version
from crawler.core.urls import host_name
from crawler.corpus.removal.retention import retain
from crawler.corpus.upkeep.asking_again import Due, Scope, ask_again, files_due, pages_due
from crawler.corpus.upkeep.recheck import (
    BATCH,
    Rechecked,
    agree,
    decide_pages_again,
    pages_to_decide_again,
)
from crawler.crawl import open_crawl
from crawler.store.archive import FOLDER as ARCHIVE
from crawler.store.job import Job, mark_clean, open_job, read_job
from crawler.store.orders import read_orders
from crawler.store.pages import Context, save_policy

_LISTED = 50


def command(  # noqa: PLR0913, PLR0917 - one parameter an option
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
    domain: Annotated[
        str, typer.Option(help="Only what is of this domain, its subdomains included.")
    ] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Also what is not too old: site files and pages.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be asked again, and ask nothing.")
    ] = False,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Ask again for evidence that is too old, retire what is refused now, hold what is silent.

    Too old is what an export would call stale ([recheck] site_age, page_age); robots.txt comes
    first. Raw copies whose time is over are removed as well.

    Example: crawler recheck jobs/example
    """
    config = config_for(job, policy)
    scope = _scope(config, domain, everything=everything)
    if dry_run:
        _show_due(_due(job, scope), to_json=to_json)
        return
    if reconsent:
        _agree(job, reconsent, source, config)
    if read_orders(job).paused and not offline:
        raise UsageError(f"the job is paused: `crawler resume {job}` first, or --offline")
    due, rechecked, clock = Due(), Rechecked(), SteadyClock()
    for folder in shard_folders(job):
        if not offline:
            found = asyncio.run(_ask(folder, config, scope, clock))
            due.files += found.files
            due.pages += found.pages
        asyncio.run(_decide_again(folder, config, rechecked))
        if (folder / ARCHIVE).is_dir():  # also what an earlier policy archived
            retained = retain(folder, config.archive.retention, time.time())
            for place in retained.unreached:
                print(f"NOT YET TAKEN OUT, it cannot be reached: {place}", file=sys.stderr)
    tell_feed(job, shard_folders(job), config)
    _show(due, rechecked, to_json=to_json)
    end_with_damage(job, rechecked.spared.found, "the rest was decided again")


def _scope(config: Config, domain: str, *, everything: bool) -> Scope:
    name = host_name(domain) if domain else ""
    if name is None:
        raise UsageError(f'--domain: {domain!r} is no domain; write it as "example.org"')
    return Scope(config.recheck, config.consent_policy(), name, everything)


def _due(job: Path, scope: Scope) -> Due:
    due, now = Due(), time.time()
    for folder in shard_folders(job):
        with read_job(folder) as connection:
            due.files += [file.url.text for file in files_due(connection, scope, now)]
            due.pages += [url for _, url in pages_due(connection, scope, now)]
    return due


def _show_due(due: Due, *, to_json: bool) -> None:
    if to_json:
        print_json({"files": due.files, "pages": due.pages})
        return
    print(f"would be asked again: {len(due.files)} site files, {len(due.pages)} pages")
    for kind, urls in (("site file", due.files), ("page", due.pages)):
        for url in urls[:_LISTED]:
            print(harmless(f"  {kind} {url}"))
        if len(urls) > _LISTED:
            print(f"  ... and {len(urls) - _LISTED} more (--json lists all)")
    if due.files:
        print("what a new robots.txt opens, or an answer names, is asked for after it")


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


async def _ask(folder: Path, config: Config, scope: Scope, clock: SteadyClock) -> Due:
    # What waits beyond a limit of pages is not asked for here, and what was kept is no page more.
    limits = config.limits.model_copy(update={"max_pages": None})
    config = config.model_copy(update={"limits": limits})
    with host_leases(folder, config, clock) as leases:
        async with open_crawl(folder, config, clock, leases=leases) as crawl:
            due, ended = await ask_again(crawl, scope, clock())
            if due.files or due.pages:
                await crawl.close(ended)
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
        # Decisions name the policy they were made under, also one no crawl has run under yet.
        await job.database.transaction(
            lambda c: save_policy(c, gate.consent, config.effective(), gate.now)
        )
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
                "due": {"pages": len(due.pages), "files": len(due.files)},
                "looked_at": rechecked.looked_at,
                "decided_again": rechecked.decided_again,
                "retired": dict(rechecked.retired),
                "held": dict(rechecked.held),
                "released": rechecked.released,
            }
        )
        return
    print(f"asked again: {len(due.files)} site files, {len(due.pages)} pages")
    print(f"decided again: {rechecked.decided_again} of {rechecked.looked_at}")
    for title, counts in (("retired", rechecked.retired), ("held", rechecked.held)):
        for reason, count in counts.most_common():
            print(f"  {title}: {count} ({reason})")
    print(f"  released: {rechecked.released}")
