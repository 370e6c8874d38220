"""`crawler reshard` deals the sites of a job out over another number of shards."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.corpus_options import print_json
from crawler.cli.errors import INTERRUPTED
from crawler.cli.terminal_text import harmless
from crawler.cluster.layout import count_shards, require_job
from crawler.cluster.reshard import reshard


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    shards: Annotated[int, typer.Option(min=1, max=10_000, help="How many it is to have.")],
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Deal a job's sites out over another number of shards, with all that is known of them.

    Nobody may crawl it meanwhile. The new shards are compared with the old ones row by row and
    verified before they take their place. Killed at any moment, the same command goes on.

    Example: crawler reshard jobs/example --shards 8
    """
    require_job(job)
    try:
        done = reshard(job, shards, _say)
    except KeyboardInterrupt:
        _say(f"stopped: nothing of {job} is lost; the same command goes on")
        sys.exit(INTERRUPTED)
    if to_json:
        print_json(asdict(done) if done is not None else {"after": count_shards(job)})
    elif done is None:
        print(harmless(f"{job} has {shards} {_shards(shards)} already: nothing was done"))
    else:
        print(
            harmless(
                f"{job} has {done.after} {_shards(done.after)} now, and had {done.before}:"
                f" {done.hosts} hosts, {done.urls} URLs, {done.pages} pages, each once"
            )
        )


def _shards(count: int) -> str:
    return "shard" if count == 1 else "shards"


def _say(text: str) -> None:
    print(harmless(text), file=sys.stderr)
