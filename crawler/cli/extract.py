"""`crawler extract`: texts anew from the raw answers, with another extractor."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from crawler.cli.corpus_options import print_json
from crawler.cli.errors import UsageError
from crawler.cli.job_policy import last_config
from crawler.cluster.layout import shard_folders
from crawler.core.content import ContentSettings, MissingExtra
from crawler.core.document import Document
from crawler.core.response import Response
from crawler.corpus.errors import CorpusError
from crawler.corpus.upkeep.reextract import BATCH, Extracted, Read, extract, to_extract
from crawler.fetch.workers import Disposed, Workers
from crawler.kept_model import WARM_UP_APART
from crawler.store.job import open_job


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    with_: Annotated[
        Literal["fast", "resiliparse", "trafilatura"] | None,
        typer.Option("--with", help="Extractor; default: the one of the job's policy."),
    ] = None,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Extract the texts of a job anew from its archive ([archive] enabled = true).

    Example: crawler extract jobs/example --with trafilatura
    """
    settings = last_config(job).content
    if with_ is not None:
        settings = settings.model_copy(update={"extractor": with_})
    result = Extracted()
    try:
        for folder in shard_folders(job):
            asyncio.run(_extract(folder, settings, result))
    except MissingExtra as error:
        raise UsageError(str(error)) from error
    if to_json:
        print_json(asdict(result))
    else:
        print(
            f"{result.changed} texts changed, {result.same} stayed the same, {result.no_raw_copy} "
            f"have no raw copy, {result.empty} came out empty and were left alone"
        )
        if result.shells:
            codes = ", ".join(f"{code} {count}" for code, count in sorted(result.shells.items()))
            print(f"{sum(result.shells.values())} were only a shell and are retired: {codes}")
    if result.damaged:
        first, more = result.damaged[0], len(result.damaged) - 1
        raise CorpusError(
            f"{job} is damaged",
            f"the raw answer of {first} cannot be read{f', nor {more} more' if more else ''}",
            "the rest was extracted; see `crawler verify JOB`",
        )


async def _extract(folder: Path, settings: ContentSettings, result: Extracted) -> None:
    async with open_job(folder) as job, Workers(WARM_UP_APART) as workers:
        apart = _reader(workers, asyncio.get_running_loop())
        numbers = await job.database.read(to_extract)
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            await job.database.transaction(
                partial(
                    extract,
                    job=folder,
                    numbers=batch,
                    settings=settings,
                    now=time.time(),
                    result=result,
                    apart=apart,
                )
            )
            if sys.stderr.isatty():
                print(f"\r{start + len(batch)} of {len(numbers)} pages", end="", file=sys.stderr)


def _reader(workers: Workers, loop: asyncio.AbstractEventLoop) -> Read:
    """Return what reads a document in a process of its own, called from another thread."""

    def read_apart(response: Response, settings: ContentSettings) -> Document | str | None:
        bounds = settings.documents
        reading = workers.run(
            "crawler.core.content.reading:read_answer",
            (response, settings),
            bounds.seconds,
            bounds.memory,
        )
        try:
            read = asyncio.run_coroutine_threadsafe(reading, loop).result()
            return cast("Document | str | None", read)
        except Disposed:
            return None  # as it was before: the text that is held stays

    return read_apart
