"""`crawler annotate`: quality figures, counts of personal data, near-duplicates."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.corpus_options import print_json
from crawler.cli.telling_damage import end_with_damage
from crawler.cluster.layout import shard_folders
from crawler.corpus.upkeep.annotate import BATCH, annotate, to_annotate
from crawler.corpus.upkeep.annotate import Annotated as Result
from crawler.corpus.upkeep.duplicates import cluster
from crawler.store.damaged_reads import Spared
from crawler.store.job import open_job, read_job


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compute the figures by which an export can filter, and cluster near-duplicates.

    Only new and changed texts are computed.

    Example: crawler annotate jobs/example
    """
    results = []
    for folder in shard_folders(job):
        with read_job(folder):  # says clearly when there is no job
            pass
        results.append(asyncio.run(_annotate(folder)))
    if to_json:
        print_json([asdict(result) for result in results])
    else:
        for result in results:
            print(
                f"{result.pages} pages annotated, {result.clusters} clusters, "
                f"{result.duplicates} duplicates"
            )
    damaged = [place for result in results for place in result.damaged]
    end_with_damage(job, damaged, "the rest was annotated")


async def _annotate(folder: Path) -> Result:
    async with open_job(folder) as job:
        numbers, spared = await job.database.read(to_annotate), Spared()
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            await job.database.transaction(partial(annotate, numbers=batch, spared=spared))
            if sys.stderr.isatty():
                print(f"\r{start + len(batch)} of {len(numbers)} pages", end="", file=sys.stderr)
        found = await job.database.transaction(cluster)
    done = len(numbers) - len(spared.found)
    return Result(done, found.clusters, found.duplicates, tuple(spared.found))
