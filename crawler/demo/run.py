"""`crawler demo`: serve the demo web, crawl it, export the corpus, and check every host."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from crawler.config import load
from crawler.core.urls import parse
from crawler.crawl import open_crawl
from crawler.demo.result import HostResult, correction, result_of, table_of
from crawler.demo.stories import all_stories
from crawler.demo.web import Web, policy_text, serve
from crawler.store.job import holder, read_job

Export = Callable[[Path, Path], object]
_POLICY = "policy.toml"
_SEEDS = "seeds.txt"
_CORPUS = "corpus"
# What a folder of an earlier demo holds; another folder is never emptied.
_MARK = "a crawl of the demo web; `crawler demo` empties this folder\n"
_MARK_FILE = "DEMO"


class FolderTaken(Exception):  # noqa: N818 - reads as what is the case
    """The folder the demo wants to use is not to be had."""


async def demo(job: Path, *, clock: Callable[[], float], export: Export, console: Console) -> bool:
    """Crawl the demo web into the folder `job`, export it, and return whether all came out right.

    `export` writes a job's corpus to a folder. An earlier demo's folder is emptied first.

    Raises:
        FolderTaken: The folder is not to be had.
    """
    make_empty(job)
    stories = {story.host: story for story in all_stories()}
    async with serve(stories.values()) as web:
        if web.shared_address:
            console.print("Only 127.0.0.1 can be bound here: the hosts share it, by port.")
        with console.status(f"Crawling {len(stories)} hosts on loopback ..."):
            seconds = await _crawl(web, job, clock)
        asked = sum(web.asked.values())
    await asyncio.to_thread(export, job, job / _CORPUS)
    results = _results(job, list(stories))
    console.print(table_of(stories, results))
    kept = sum(result.kept for result in results.values())
    refused = sum(sum(result.refused.values()) for result in results.values())
    for line in (
        f"{kept} pages kept, {refused} refused, {asked} requests in {seconds:.0f} s.",
        f"The job is in {job}, its corpus in {job / _CORPUS}.",
        f"Why a page was refused: crawler explain {job} http://archiv.test/intern/entwurf",
    ):
        console.print(line, highlight=False, soft_wrap=True)
    wrong = [host for host, result in results.items() if not result.matches(stories[host].expected)]
    for host in wrong:
        console.print(correction(host, stories[host], results[host]), style="red", highlight=False)
    return not wrong


async def _crawl(web: Web, job: Path, clock: Callable[[], float]) -> float:
    """Crawl `web` into `job` and return how many seconds it took."""
    _write(web, job)
    config = load(str(job / _POLICY))
    async with open_crawl(job, config, clock) as crawl:
        seeds = (parse(seed) for seed in web.seeds)
        await crawl.add_seeds(url for url in seeds if url is not None)
        started = clock()
        ended = await crawl.engine.run()
        await crawl.close(ended)
        return clock() - started


async def serve_only(into: Path | None, console: Console) -> None:
    """Serve the demo web until cancelled, and print the policy to crawl it with.

    With `into`, policy and seeds are written to files of that folder instead.

    Raises:
        FolderTaken: They cannot be written.
    """
    async with serve(all_stories()) as web:
        if into is None:
            console.print(policy_text(web), markup=False, highlight=False, soft_wrap=True)
            console.print(f"# Seeds: {' '.join(web.seeds)}", markup=False, soft_wrap=True)
        else:
            try:
                _write(web, into)
            except OSError as error:
                raise FolderTaken(f"{into} cannot be used: {error.strerror}") from error
            console.print(f"Wrote {into / _POLICY} and {into / _SEEDS}.")
        console.print(f"# Serving {len(web.connect_to)} hosts; Ctrl-C stops.")
        await asyncio.Event().wait()


def make_empty(folder: Path) -> None:
    """Make `folder`, or empty it if an earlier demo made it.

    Raises:
        FolderTaken: It holds something else, is in use, or cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            if not (folder / _MARK_FILE).is_file():
                raise FolderTaken(f"{folder} exists and is no demo's: name another folder")
            if (running := holder(folder)) is not None:
                raise FolderTaken(f"a demo is running in {folder} (process {running})")
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MARK_FILE).write_text(_MARK, "utf-8")
    except OSError as error:
        raise FolderTaken(f"{folder} cannot be used: {error.strerror}") from error


def _write(web: Web, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    # Seeds first: who waits for the policy (docker-compose.yml) wants both.
    (folder / _SEEDS).write_text("".join(f"{seed}\n" for seed in web.seeds), "utf-8")
    (folder / _POLICY).write_text(policy_text(web), "utf-8")


def _results(job: Path, hosts: list[str]) -> dict[str, HostResult]:
    with read_job(job) as connection:
        return {host: result_of(connection, host) for host in hosts}
