"""`crawler takedown`: requests to take something out, from receipt to verified purge."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from crawler.cli.corpus_options import bear_in_mind, print_json, suppression_of, writing
from crawler.cli.errors import UsageError
from crawler.cli.grammar import ActionFirst, Command
from crawler.cli.job_policy import config_for
from crawler.cli.purge import folders, show
from crawler.cli.telling_removals import tell_feed
from crawler.corpus.records.record import stamp
from crawler.corpus.removal import takedown
from crawler.store.job import read_job

app = typer.Typer(
    cls=ActionFirst,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Receive, list, acknowledge and close requests; closing purges and searches.",
)
_JOB = typer.Argument(help="Folder of the job.")
_NUMBER = typer.Argument(help="Number of the request.")
_JSON = typer.Option("--json", help="Print JSON.")


@app.command(cls=Command)
def add(
    job: Annotated[Path, _JOB],
    kind: Annotated[
        Literal["optout", "author", "copyright", "erasure", "attribution", "licence"],
        typer.Option(help="What is asked."),
    ] = "optout",
    url: Annotated[str, typer.Option(help="The page concerned.")] = "",
    domain: Annotated[str, typer.Option(help="The domain concerned.")] = "",
    author: Annotated[str, typer.Option(help="The author concerned.")] = "",
    reason: Annotated[str, typer.Option(help="What was said, in a few words.")] = "",
    to_json: Annotated[bool, _JSON] = False,
) -> None:
    """Receive a request: note what is asked, of what, and when it came.

    Example: crawler takedown add jobs/example --kind optout --domain example.org
    """
    target = _target(url, domain, author)
    with writing(_desk(job)) as connection:
        added = takedown.add(connection, kind, target, reason, time.time())
    _show((added,), to_json=to_json)


@app.command("list", cls=Command)
def list_requests(
    job: Annotated[Path, _JOB],
    to_json: Annotated[bool, _JSON] = False,
) -> None:
    """List the requests and how far each has come.

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
def close(
    job: Annotated[Path, _JOB],
    number: Annotated[int, _NUMBER],
    reject: Annotated[str, typer.Option(help="Close without a purge, for this reason.")] = "",
    with_duplicates: Annotated[
        bool, typer.Option("--with-duplicates", help="Near-duplicates as well.")
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
    if reject:
        with writing(_desk(job)) as connection:
            rejected = takedown.reject(connection, number, reject, now)
        _show((rejected,), to_json=to_json)
        return
    every = folders(job)
    config = config_for(job, policy)
    suppression = suppression_of(config, job, make=True)
    request, result = takedown.carry_out(
        job, number, suppression, now, folders=every, with_duplicates=with_duplicates
    )
    bear_in_mind(every, suppression)
    tell_feed(job, every, config)
    if to_json:
        print_json({"request": request.to_json(), "purged": [asdict(result)]})
    else:
        _show((request,), to_json=False)
        show(result, to_json=False)
    if not result.verified:
        sys.exit(1)


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
            f"{last} {stamp(steps[last])} {request.outcome}"
        )
