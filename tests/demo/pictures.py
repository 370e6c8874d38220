"""Draws the README's pictures from real runs: `make pictures`."""

import asyncio
import contextlib
import io
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from crawler.cli.progress_table import table
from crawler.config import parse as config_of
from crawler.core.urls import parse
from crawler.crawl import open_crawl
from crawler.demo.run import demo
from crawler.demo.stories import all_stories
from crawler.demo.web import policy_text, serve

WIDTH = 100
MOMENT = 40  # pages kept when the live table is drawn


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    # So that the pictures show the folders' usual names.
    with tempfile.TemporaryDirectory() as scratch, contextlib.chdir(scratch):
        _save(asyncio.run(_crawl(Path("my-job"))), folder / "crawl.svg", "crawler crawl")
        _save(asyncio.run(_demo(Path("demo-job"))), folder / "demo.svg", "crawler demo")


async def _demo(job: Path) -> Console:
    console = _console()
    await demo(job, clock=time.time, export=lambda _job, _out: None, console=console)
    return console


async def _crawl(folder: Path) -> Console:
    console = _console()
    async with serve(all_stories()) as web:
        config = config_of(policy_text(web))
        async with open_crawl(folder, config, time.time) as crawl:
            await crawl.add_seeds(url for url in map(parse, web.seeds) if url is not None)
            started = time.monotonic()
            running = asyncio.create_task(crawl.engine.run())
            counting = asyncio.create_task(crawl.count_hosts())
            while crawl.engine.progress.kept < MOMENT and not running.done():
                await asyncio.sleep(0.02)
            ran = time.monotonic() - started
            console.print(table(crawl.engine.progress, crawl.hosts(), ran))
            counting.cancel()
            await crawl.close(await running)
    return console


def _console() -> Console:
    # No terminal: a spinner would be drawn once for each of its turns.
    return Console(record=True, width=WIDTH, file=io.StringIO(), color_system="truecolor")


def _save(console: Console, path: Path, title: str) -> None:
    # The viewer's own font: the exporter's default would be fetched from a font host.
    svg = console.export_svg(title=title, unique_id=path.stem, font_aspect_ratio=0.6)
    start, end = svg.index("@font-face"), svg.rindex("@font-face")
    end = svg.index("}", end) + 1
    svg = svg[:start] + svg[end:]
    lines = (line.rstrip() for line in svg.replace("Fira Code", "monospace").splitlines())
    path.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
