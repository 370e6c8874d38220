"""`crawler purge`: take pages out so that nothing of them remains, and prove it."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import typer

from crawler.cli.corpus_options import bear_in_mind, print_json, suppression_of
from crawler.cli.errors import UsageError
from crawler.cli.job_policy import config_for
from crawler.cli.telling_removals import tell_feed
from crawler.cli.terminal_text import harmless
from crawler.cluster.copies_at_url import copies_of
from crawler.cluster.layout import holders, with_merged
from crawler.cluster.swapping import drop_draft
from crawler.corpus.removal.preview import preview
from crawler.corpus.removal.purge import Order, Purged, Selector, purge
from crawler.corpus.removal.takedown import published_with

_LISTED = 50


def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    reason: Annotated[str, typer.Option(help="Why: optout, takedown, erasure, ...")],
    url: Annotated[list[str] | None, typer.Option(help="This page; may be repeated.")] = None,
    domain: Annotated[str, typer.Option(help="Every page of this domain.")] = "",
    author: Annotated[str, typer.Option(help="Every page that names this author.")] = "",
    with_duplicates: Annotated[
        bool, typer.Option("--with-duplicates", help="Copies and near-duplicates as well.")
    ] = False,
    erase: Annotated[
        bool, typer.Option("--erase", help="Leave no personal data, the URL included.")
    ] = False,
    verify: Annotated[
        bool, typer.Option("--verify/--no-verify", help="Search every file afterwards.")
    ] = True,
    policy: Annotated[
        str | None, typer.Option(help="Policy file or preset; default: the job's own.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be purged, and change nothing.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask before it is done, on a terminal.")
    ] = False,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Purge pages: text, raw answers, fingerprints, and what a crash left of them.

    Exit code 1 if the search found bytes that should be gone, could not read a file, or had
    nothing to search for; what it found is sought again when the command is given again.

    Example: crawler purge jobs/example --domain example.org --reason optout
    """
    if sum(map(bool, (url, domain, author))) != 1:
        raise UsageError("name one of --url, --domain and --author")
    if not reason.strip():
        raise UsageError("--reason is empty: the ledger says why a page was purged")
    selector = Selector(tuple(url or ()), domain, author)
    order = Order(reason, with_duplicates, erase or reason == "erasure", verify)
    if dry_run:
        say_preview(job, selector, order, to_json=to_json)
        return
    if not yes and sys.stdin.isatty() and not to_json:
        say_preview(job, selector, order, to_json=False)
        typer.confirm("Purge them? This cannot be undone", abort=True)
    config = config_for(job, policy)
    suppression = suppression_of(config, job, make=True)
    result = purge(
        job, selector, order, suppression, time.time(), folders(job), copies_of(job, time.time())
    )
    bear_in_mind(folders(job), suppression)
    tell_feed(job, folders(job), config)
    versions = published_with(folders(job), result.records)
    show(result, versions, to_json=to_json)
    if verify and not result.verified:
        sys.exit(1)


def folders(job: Path) -> list[Path]:
    """Return every job folder that may hold a page: the shards, and what merged them.

    What a change of their number left that was killed goes: there may be pages in it.
    """
    found = with_merged(job)
    if not holders(job):
        drop_draft(job)
    return found


def say_preview(job: Path, selector: Selector, order: Order, *, to_json: bool) -> None:
    """Say what a purge would take out."""
    found = preview(
        folders(job), selector, with_duplicates=order.with_duplicates, erase=order.erase
    )
    if to_json:
        print_json(asdict(found))
        return
    print(f"would purge {len(found.pages) + len(found.duplicates)} pages of {job}")
    for what, urls in (("", found.pages), (" (for its likeness)", found.duplicates)):
        for url in urls[:_LISTED]:
            print(harmless(f"  {url}{what}"))
        if len(urls) > _LISTED:
            print(f"  ... and {len(urls) - _LISTED} more{what}")
    say_versions(found.versions)


def say_versions(versions: Mapping[str, int]) -> None:
    for version, count in versions.items():
        print(
            f"published version {version} holds {count} of them still: it cannot be called back;"
            " the next version must be a major one"
        )


def show(
    result: Purged, versions: Mapping[str, int] = MappingProxyType({}), *, to_json: bool
) -> None:
    if to_json:
        print_json([{**asdict(result), "versions": dict(versions)}])
        return
    print(
        f"purged {result.pages} pages ({result.duplicates} for their likeness), "
        f"{result.raw_records} raw records"
    )
    if result.verified:
        print(
            f"verified: {result.sought} byte strings were sought, "
            f"nothing found in {result.files_searched} files"
        )
    elif not result.sought:
        print("not verified: nothing to search for; the job holds nothing that is meant")
    elif not result.files_searched:
        print("not verified: nothing was searched, as was asked")
    if result.log_lines:
        print(f"{result.log_lines} lines of logs in the job named them, and do not any more")
    for path in result.logs_elsewhere:
        print(f"NOT SEARCHED, crawls of this job also wrote a log to: {path}")
    for path in result.unread:
        print(f"COULD NOT BE SEARCHED: {path}")
    for path in result.remaining:
        print(f"STILL THERE: {path}")
    if result.remaining:
        print("Remove these files (an export in the job: its whole folder), then say it again.")
    say_versions(versions)
