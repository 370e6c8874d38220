"""`crawler cluster crawl`: drives the shards of one job, heeds orders, and says what came of it."""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from crawler.cli.cluster_life import ClusterLife
from crawler.cli.during_crawl import run_beside, run_to_exit, with_orders
from crawler.cli.ending import Run, exit_code, run_counts
from crawler.cli.errors import UsageError
from crawler.cli.shard_life import Order, Read
from crawler.cli.shards_shown import joined, shown
from crawler.cli.terminal_text import harmless, json_text
from crawler.cluster.on_ray.driver import Shards
from crawler.cluster.on_ray.shard_actor import Ending, Terms
from crawler.cluster.on_ray.stopping import forget_wish, is_wished
from crawler.cluster.suppression_at_url import share_list
from crawler.cluster.url_state import (
    Reread,
    answer,
    asked_to_reread,
    fetch_orders,
    lay_out_url,
)
from crawler.config import Config, ConfigError
from crawler.engine import Progress
from crawler.ray_cluster import NoRayError, connected, require_ray
from crawler.storage import StorageError
from crawler.store.connection import StoreError
from crawler.store.orders import read_orders

_LOOK = 2.0  # seconds between looks at the operator's orders
_SPARE = 30.0  # seconds for which the addresses' actors may be out of reach beyond a request


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line says of the cluster. Times are in seconds."""

    url: str
    count: int
    address: str
    local: str
    snapshot_every: float
    lease: float
    cpus: float

    @property
    def name(self) -> str:
        """What tells the job from others: on the cluster, and in its nodes' folders."""
        return blake2b(self.url.encode(), digest_size=8).hexdigest()


def crawl_on_cluster(settings: Settings, read: Read, order: Order, *, to_json: bool) -> None:
    """Crawl, and exit with the code of what came of it.

    Raises:
        UsageError: Ray is not installed, or no cluster answers.
        StoreError: Another crawl works on the job, or a shard failed.
    """
    try:
        require_ray()
        lay_out_url(settings.url, settings.count)
        forget_wish(settings.url)
        cpus = settings.count * settings.cpus + 1
        with (
            tempfile.TemporaryDirectory() as orders,
            redirect_stdout(sys.stderr),  # Ray has news for it, and --json promises one document
            connected(settings.address, cpus, namespace=f"crawler-{settings.name}"),
        ):
            drive = _Drive(settings, read, order, Path(orders))
            code = run_to_exit(drive.run(), drive.note)
    except NoRayError as error:
        raise UsageError(str(error)) from error
    sys.exit(code or _end(settings, drive.ended, to_json=to_json))


class _Drive:
    def __init__(self, settings: Settings, read: Read, order: Order, orders: Path) -> None:
        self._settings = settings
        self._read = read
        self._orders = orders
        config = self._config()
        longest = config.fetch.total + 2 * (config.fetch.connect + config.fetch.tls)
        slowest = max((group.delay for group in config.politeness.groups), default=0.0)
        terms = Terms(
            url=settings.url,
            name=settings.name,
            local=settings.local,
            count=settings.count,
            snapshot_every=settings.snapshot_every,
            longest=longest,
            contact=2 * longest + max(slowest, config.politeness.ip_delay) + _SPARE,
        )
        self._shards = Shards(terms, ClusterLife(order), settings.lease, settings.cpus)
        self._tasks: set[asyncio.Task[None]] = set()
        self.ended = Run(Progress(), ("interrupted",), 0.0), list[Ending]()

    def note(self, ended: tuple[Run, list[Ending]]) -> int:
        """Keep what came of the run, to be told once Ray tells nothing any more."""
        self.ended = ended
        return 0

    def _config(self) -> Config:
        """Return the policy with what was ordered for the job in its place."""
        with suppress(StorageError):  # what was ordered before holds
            fetch_orders(self._settings.url, self._orders)
        return with_orders(self._read(), self._orders)

    async def run(self) -> tuple[Run, list[Ending]]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._interrupt)
        hangup = asyncio.Event()
        loop.add_signal_handler(signal.SIGHUP, hangup.set)
        config = await asyncio.to_thread(self._config)
        listed = config.suppression
        await asyncio.to_thread(share_list, self._settings.url, listed.path, listed.key)
        await self._shards.begin()
        if read_orders(self._orders).paused:
            await self._pause(paused=True)
        main = run_beside(
            self._shards.run(config), self._heed(), self._heed_hangup(hangup),
            self._end_in_time(config),
        )  # fmt: skip
        endings, seconds = await shown(lambda: self._shards.reports, main)
        progress, _ = joined(self._shards.reports)
        why = tuple(dict.fromkeys(one.report.why for one in endings if one.report.why))
        return Run(progress, why, seconds), endings

    def _interrupt(self) -> None:
        if self._shards.stopping:
            print("stopped at once; what was committed is saved", file=sys.stderr)
            self._shards.kill()
            return
        print(
            "stopping all shards, with a snapshot of each; press Ctrl-C again to stop at once",
            file=sys.stderr,
        )
        self._go_on(self._shards.stop("interrupted"))

    def _go_on(self, work: Any) -> None:  # noqa: ANN401 - a coroutine
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _end_in_time(self, config: Config) -> None:
        """End all shards at the limit of time: one that was begun anew counts it anew."""
        if config.limits.max_time is not None:
            await asyncio.sleep(config.limits.max_time)
            await self._shards.stop("max-time")

    async def _heed(self) -> None:
        """Heed what is ordered at the job's URL, until cancelled."""
        url, before = self._settings.url, read_orders(self._orders)
        while True:
            await asyncio.sleep(_LOOK)
            try:
                if await asyncio.to_thread(is_wished, url) and not self._shards.stopping:
                    print("told to stop: every shard ends, with a snapshot", file=sys.stderr)
                    self._go_on(self._shards.stop("interrupted"))
                token = await asyncio.to_thread(asked_to_reread, url)
                if token:
                    done, said = await self._reload()
                    await asyncio.to_thread(answer, url, Reread(token, done, said))
                if not await asyncio.to_thread(fetch_orders, url, self._orders):
                    continue
                orders = read_orders(self._orders)
            except StorageError:
                continue  # it holds what held
            except StoreError as error:
                print(f"crawler: paused: {error}", file=sys.stderr)
                await self._pause(paused=True)
                continue
            if orders.paused != before.paused:
                await self._pause(paused=orders.paused)
            if orders.limits != before.limits:
                await self._reload()
            before = orders

    async def _pause(self, *, paused: bool) -> None:
        await (self._shards.pause() if paused else self._shards.resume())
        print("paused" if paused else "resumed", file=sys.stderr)

    async def _heed_hangup(self, hangup: asyncio.Event) -> None:
        while True:
            await hangup.wait()
            hangup.clear()
            await self._reload()

    async def _reload(self) -> tuple[bool, str]:
        """Have all shards read the policy again; return if they did, and what to say of it."""
        try:
            changed = await self._shards.reload(await asyncio.to_thread(self._config))
        except (ConfigError, StoreError, UsageError) as error:
            done, said = False, f"the policy was not read again: {error}"
        else:
            what = f"changed: {', '.join(changed)}" if changed else "nothing changed"
            done, said = True, f"the policy was read again; {what}"
        print(said if done else f"crawler: {said}", file=sys.stderr)
        return done, said


def _end(settings: Settings, ended: tuple[Run, Sequence[Ending]], *, to_json: bool) -> int:
    """Say what came of the run; return the exit code."""
    run, endings = ended
    made = run.progress
    pages = made.kept_before + made.kept
    unsaved = [one.report for one in endings if one.report.unsaved]
    code = 1 if unsaved else exit_code(run, nothing=not pages)
    for line in (
        run.sentence(),
        *(f"crawler: shard {one.shard} is not safe at its URL: {one.unsaved}" for one in unsaved),
        f"saved: {pages} pages in {settings.url}; the same command goes on",
    ):
        print(harmless(line), file=sys.stderr)
    if to_json:
        summary = {
            "job": settings.url,
            "shards": settings.count,
            "why": run.reason,
            "seconds": round(run.seconds, 3),
            "pages": pages,
            "run": run_counts(made),
            "unsaved": {one.shard: one.unsaved for one in unsaved},
            "exit_code": code,
        }
        print(json_text(summary))
    return code
