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
from crawler.cli.job_policy import config_for
from crawler.cli.purge import folders, show
from crawler.corpus.records.record import stamp
from crawler.corpus.removal import takedown
from crawler.store.job import read_job


def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    step: Annotated[
        Literal["add", "list", "acknowledge", "close"], typer.Argument(help="What to do.")
    ],
    number: Annotated[int, typer.Argument(help="Number of the request.")] = 0,
    kind: Annotated[
        Literal["optout", "author", "copyright", "erasure", "attribution", "licence"],
        typer.Option(help="What is asked."),
    ] = "optout",
    url: Annotated[str, typer.Option(help="The page concerned.")] = "",
    domain: Annotated[str, typer.Option(help="The domain concerned.")] = "",
    author: Annotated[str, typer.Option(help="The author concerned.")] = "",
    reason: Annotated[str, typer.Option(help="What was said, in a few words.")] = "",
    reject: Annotated[str, typer.Option(help="Close without a purge, for this reason.")] = "",
    with_duplicates: Annotated[
        bool, typer.Option("--with-duplicates", help="Near-duplicates as well.")
    ] = False,
    policy: Annotated[
        str | None, typer.Option(help="Policy file or preset; default: the job's own.")
    ] = None,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Receive, list, acknowledge and close requests; closing purges and searches.

    Example: crawler takedown jobs/example add --kind optout --domain example.org
    """
    now = time.time()
    every = folders(job)
    first = every[0]  # keeps the requests
    if step == "list":
        with read_job(first) as connection:
            _show(takedown.listed(connection), to_json=to_json)
        return
    if step == "add":
        target = _target(url, domain, author)
        with writing(first) as connection:
            added = takedown.add(connection, kind, target, reason, now)
        _show((added,), to_json=to_json)
        return
    if not number:
        raise UsageError(f"name the request: crawler takedown JOB {step} NUMBER")
    if step == "acknowledge" or reject:
        with writing(first) as connection:
            done = (
                takedown.reject(connection, number, reject, now)
                if reject
                else takedown.acknowledge(connection, number, now)
            )
        _show((done,), to_json=to_json)
        return
    suppression = suppression_of(config_for(job, policy), job, make=True)
    request, result = takedown.carry_out(
        job, number, suppression, now, folders=every, with_duplicates=with_duplicates
    )
    bear_in_mind(every, suppression)
    if to_json:
        print_json({"request": request.to_json(), "purged": [asdict(result)]})
    else:
        _show((request,), to_json=False)
        show(result, to_json=False)
    if not result.verified:
        sys.exit(1)


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
