"""`crawler takedown`: requests to take something out, from receipt to verified purge."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from crawler.cli.clock import SteadyClock
from crawler.cli.corpus_options import bear_in_mind, print_json, suppression_of, writing
from crawler.cli.errors import UsageError
from crawler.cli.grammar import ActionFirst, Command
from crawler.cli.job_policy import config_for
from crawler.cli.purge import folders, say_preview, say_versions, show
from crawler.cli.signing import signing_key
from crawler.cli.telling_removals import tell_feed
from crawler.cli.terminal_text import harmless, json_text
from crawler.cluster.copies_at_url import copies_of
from crawler.config import Config
from crawler.corpus.records.record import stamp
from crawler.corpus.removal import receipts, takedown
from crawler.corpus.removal.proof_of_control import (
    RECORD,
    WELL_KNOWN,
    domain_of,
    needs_none,
    token_of,
)
from crawler.corpus.removal.proof_of_control import prove as seek_token
from crawler.corpus.removal.purge import Order, Selector
from crawler.fetch import Fetcher
from crawler.keys import sign_bytes
from crawler.store.job import read_job

app = typer.Typer(
    cls=ActionFirst,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Receive, list, prove, acknowledge and close requests; closing purges and searches.",
)
_DAY = 86_400.0
_JOB = typer.Argument(help="Folder of the job.")
_NUMBER = typer.Argument(help="Number of the request.")
_JSON = typer.Option("--json", help="Print JSON.")


@app.command(cls=Command)
def add(  # noqa: PLR0913, PLR0917 - one parameter an option
    job: Annotated[Path, _JOB],
    kind: Annotated[
        Literal["optout", "author", "copyright", "erasure", "attribution", "licence"],
        typer.Option(help="What is asked."),
    ] = "optout",
    url: Annotated[str, typer.Option(help="The page concerned.")] = "",
    domain: Annotated[str, typer.Option(help="The domain concerned.")] = "",
    author: Annotated[str, typer.Option(help="The author concerned.")] = "",
    reason: Annotated[str, typer.Option(help="What was said, in a few words.")] = "",
    asker: Annotated[
        str, typer.Option("--from", help="Who asks, for the receipt; the name can be removed.")
    ] = "",
    to_json: Annotated[bool, _JSON] = False,
) -> None:
    """Receive a request: note what is asked, of what, and when it came.

    Example: crawler takedown add jobs/example --kind optout --domain example.org
    """
    target = _target(url, domain, author)
    with writing(_desk(job)) as connection:
        added = takedown.add(connection, kind, target, reason, time.time(), asker)
        token = "" if needs_none(added) else token_of(connection, added)
    if to_json:
        print_json([{**added.to_json(), "token": token}])
        return
    _show((added,), to_json=False)
    if token:
        domain = domain_of(added)
        print(
            f"Whoever runs {domain} can prove it (optional): put the line\n  {token}\n"
            f"into https://{domain}{WELL_KNOWN} or into a TXT record at {RECORD}.{domain}, then:"
            f" crawler takedown prove {job} {added.id}"
        )


@app.command("list", cls=Command)
def list_requests(
    job: Annotated[Path, _JOB],
    to_json: Annotated[bool, _JSON] = False,
) -> None:
    """List the requests, what is due first, and how far each has come.

    Example: crawler takedown list jobs/example
    """
    with read_job(_desk(job)) as connection:
        _show(takedown.listed(connection), to_json=to_json)


@app.command(cls=Command)
def acknowledge(
    job: Annotated[Path, _JOB],
    number: Annotated[int, _NUMBER],
    to_json: Annotated[bool, _JSON] = False,
) -> None:
    """Note that whoever asked was told that the request came.

    Example: crawler takedown acknowledge jobs/example 1
    """
    with writing(_desk(job)) as connection:
        done = takedown.acknowledge(connection, number, time.time())
    _show((done,), to_json=to_json)


@app.command(cls=Command)
def prove(
    job: Annotated[Path, _JOB],
    number: Annotated[int, _NUMBER],
    policy: Annotated[
        str | None, typer.Option(help="Policy file or preset; default: the job's own.")
    ] = None,
    to_json: Annotated[bool, _JSON] = False,
) -> None:
    """Look for the request's token at its domain: in a well-known file, or in a TXT record.

    Exit code 1 if it stands in none. No erasure, and no request of an author, needs it.

    Example: crawler takedown prove jobs/example 1
    """
    config = config_for(job, policy)
    with writing(_desk(job)) as connection:
        request = takedown.get(connection, number)
        domain, token = domain_of(request), token_of(connection, request)
    how, met = asyncio.run(_sought(config, domain, token))
    if how:
        with writing(_desk(job)) as connection:
            takedown.note_proof(connection, request, how, time.time())
    if to_json:
        print_json({"request": number, "proven": bool(how), "how": how, "met": met})
    else:
        print(harmless(f"proven: {how}" if how else f"not proven: the token is {token}"))
        for line in met:
            print(harmless(f"  {line}"))
    if not how:
        sys.exit(1)


async def _sought(config: Config, domain: str, token: str) -> tuple[str, list[str]]:
    identity = config.require_identity()
    async with Fetcher(config.network, identity, config.fetch, clock=SteadyClock()) as fetch:
        return await seek_token(fetch, domain, token)


@app.command(cls=Command)
def receipt(
    job: Annotated[Path, _JOB],
    number: Annotated[int, _NUMBER],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Folder for receipt-N.html and receipt-N.json.")
    ] = Path(),
    asker: Annotated[
        str, typer.Option("--from", help="Who asked, where the job holds the name no more.")
    ] = "",
    forget: Annotated[
        bool, typer.Option("--forget-name", help="Remove the name, from the job as well.")
    ] = False,
    key: Annotated[
        str, typer.Option(help="Sign with this private key; default: the one the job remembers.")
    ] = "",
    unsigned: Annotated[bool, typer.Option("--unsigned", help="Do not sign.")] = False,
) -> None:
    """Write the receipt of a request that was closed: as a page, and signed as JSON.

    `crawler verify receipt-1.json --trust KEY --against JOB` checks it.

    Example: crawler takedown receipt jobs/example 1 --out receipts
    """
    config = config_for(job, None)
    signing = signing_key(job, config, key, unsigned=unsigned)
    with writing(_desk(job)) as connection:
        if forget:
            receipts.forget_asker(connection, number)
        sign = partial(sign_bytes, signing) if signing is not None else None
        value = receipts.made(connection, number, sign, asker)
    contact = config.identity.contact or config.identity.email
    out.mkdir(parents=True, exist_ok=True)
    for name, text in (
        (f"receipt-{number}.json", json_text(value) + "\n"),
        (f"receipt-{number}.html", receipts.html(value, contact)),
    ):
        (out / name).write_text(text, encoding="utf-8")
        print(out / name)


@app.command(cls=Command)
def close(
    job: Annotated[Path, _JOB],
    number: Annotated[int, _NUMBER],
    reject: Annotated[str, typer.Option(help="Close without a purge, for this reason.")] = "",
    with_duplicates: Annotated[
        bool, typer.Option("--with-duplicates", help="Near-duplicates as well.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be purged, and change nothing.")
    ] = False,
    policy: Annotated[
        str | None, typer.Option(help="Policy file or preset; default: the job's own.")
    ] = None,
    to_json: Annotated[bool, _JSON] = False,
) -> None:
    """Carry out a request: purge what it means, and search for what is left; or reject it.

    Exit code 1 if the search found bytes that should be gone, or could not be made.

    Example: crawler takedown close jobs/example 1
    """
    now = time.time()
    if dry_run:
        selector, erase = _meant(job, number)
        say_preview(job, selector, Order("", with_duplicates, erase), to_json=to_json)
        return
    if reject:
        with writing(_desk(job)) as connection:
            rejected = takedown.reject(connection, number, reject, now)
        _show((rejected,), to_json=to_json)
        return
    every = folders(job)
    config = config_for(job, policy)
    suppression = suppression_of(config, job, make=True)
    request, result = takedown.carry_out(
        job,
        number,
        suppression,
        now,
        folders=every,
        with_duplicates=with_duplicates,
        elsewhere=copies_of(job, now),
    )
    bear_in_mind(every, suppression)
    tell_feed(job, every, config)
    versions = takedown.published_with(every, result.records)
    if to_json:
        told = {"request": request.to_json(), "purged": [asdict(result)], "versions": versions}
        print_json(told)
    else:
        _show((request,), to_json=False)
        show(result, to_json=False)
        say_versions(versions)
    if not result.verified:
        sys.exit(1)


def _meant(job: Path, number: int) -> tuple[Selector, bool]:
    with read_job(_desk(job)) as connection:
        request = takedown.get(connection, number)
    if request.closed is not None:
        raise UsageError(f"request {number} is closed: there is nothing to look ahead to")
    return takedown.selector_of(request), request.kind == "erasure"


def _desk(job: Path) -> Path:
    """Return the folder that keeps the requests."""
    return folders(job)[0]


def _target(url: str, domain: str, author: str) -> tuple[takedown.Scope, str]:
    given: list[tuple[takedown.Scope, str]] = [
        ("url", url),
        ("domain", domain),
        ("author", author),
    ]
    named = [(scope, value) for scope, value in given if value]
    if len(named) != 1:
        raise UsageError("name one of --url, --domain and --author")
    return named[0]


def _show(requests: tuple[takedown.Request, ...], *, to_json: bool) -> None:
    if to_json:
        print_json([request.to_json() for request in requests])
        return
    for request in requests:
        steps = {step: getattr(request, step) for step in takedown.STEPS}
        last = next(step for step in reversed(takedown.STEPS) if steps[step] is not None)
        print(
            f"{request.id:>4}  {request.kind:<11} {request.scope:<6} {request.subject}  "
            f"{last} {stamp(steps[last])} {request.outcome}{_due(request)}"
        )


def _due(request: takedown.Request) -> str:
    if request.due is None:
        return ""
    step, at = request.due
    left = (at - time.time()) / _DAY
    when = (
        f"in {left:.0f} days" if left >= 1 else "today" if left >= 0 else f"{-left:.0f} DAYS LATE"
    )
    return f" -> {step} by {stamp(at)} ({when})"
