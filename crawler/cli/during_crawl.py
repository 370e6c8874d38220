"""What runs beside a crawl: counting, watching, reading the policy again."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from crawler.cli.errors import INTERRUPTED, UsageError
from crawler.cli.verdicts import moment
from crawler.config import Config, ConfigError, differences
from crawler.crawl import Crawl
from crawler.limits import Limits
from crawler.store.connection import StoreError
from crawler.store.orders import read_orders, stamp_of_orders
from crawler.store.reload_answers import Answer, asked, write_answer

T = TypeVar("T")

_LOOK = 0.25  # seconds between looks at the operator's orders
_early: list[int] = []  # SIGHUPs that came before anybody could heed them


def run_to_exit(main: Coroutine[Any, Any, T], code_of: Callable[[T], int]) -> int:
    """Return the exit code of what `main` gives, also if Ctrl-C is pressed again as it ends."""
    try:
        with asyncio.Runner(loop_factory=_new_loop) as runner:
            code = code_of(runner.run(main))
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the interpreter ends, too
    return code


def _new_loop() -> asyncio.AbstractEventLoop:
    """Return uvloop's loop, on which a small page costs a tenth less; else asyncio's own."""
    try:
        import uvloop
    except ModuleNotFoundError:  # there is no wheel of it here
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


async def run_beside(main: Coroutine[Any, Any, T], *others: Coroutine[Any, Any, None]) -> T:
    """Return what `main` returns; until then the others run, and if one fails, all do."""
    try:
        async with asyncio.TaskGroup() as group:
            beside = [group.create_task(other) for other in others]
            result = await main
            for task in beside:
                task.cancel()
    except* Exception as raised:  # noqa: BLE001 - one cause, however many tasks it ended
        raise raised.exceptions[0] from None
    return result


def note_hangups() -> None:
    """Remember a SIGHUP until the crawl can heed it; by default it would end the process.

    A large job takes a while to open, and from the first moment on its lock says whom to tell.
    """
    signal.signal(signal.SIGHUP, lambda number, _: _early.append(number))


async def reload_on_hangup(crawl: Crawl, read: Callable[[], Config]) -> None:
    """At every SIGHUP have the crawl take over what the policy says now, until cancelled.

    It says on standard error what came of it, and to `crawler reload`, which waits for it.
    """
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, told.set)
    folder = crawl.job.folder
    write_answer(folder, Answer(os.getpid()))
    if _early:
        told.set()
    while True:
        await told.wait()
        told.clear()
        token = asked(folder)  # before the policy is read: what is read is as new as the question
        done, said = await _read_again(crawl, read)
        print(said if done else f"crawler: {said}", file=sys.stderr)
        write_answer(folder, Answer(os.getpid(), token, done, said))


async def _read_again(crawl: Crawl, read: Callable[[], Config]) -> tuple[bool, str]:
    try:
        config = read()
        changed = await crawl.reload(config)
    except (ConfigError, StoreError, UsageError) as error:
        crawl.engine.events.tell("reload", crawl.clock(), done=False, said=str(error), changed=[])
        return False, f"the policy was not read again: {error}"
    what = f"changed: {', '.join(changed)}" if changed else "nothing changed"
    left = [".".join(map(str, key)) for key, _, _ in differences(crawl.config, config)]
    later = f"; only with the next run: {', '.join(left)}" if left else ""
    return True, f"the policy was read again; {what}{later}"


def with_orders(config: Config, job: Path) -> Config:
    """Return `config` with the limits that were ordered for the job in place of its own.

    Raises:
        StoreError: The orders cannot be read, or name a limit that is none.
    """
    orders = read_orders(job)
    if not orders.limits:
        return config
    try:
        limits = Limits.model_validate(config.limits.model_dump() | dict(orders.limits))
    except ValidationError as error:
        said = "; ".join(f"{item['loc'][0]}: {item['msg']}" for item in error.errors())
        raise StoreError(f"the limits ordered for {job} cannot be kept: {said}") from error
    return config.model_copy(update={"limits": limits})


def begin_as_ordered(crawl: Crawl, job: Path) -> None:
    """Start nothing if the job is paused, and say so; `heed_orders` sees to the rest."""
    orders = read_orders(job)
    crawl.engine.pause(paused=orders.paused)
    if orders.paused:
        since = moment(orders.paused_since)
        print(
            f"paused since {since}: no request starts until `crawler resume {job}`", file=sys.stderr
        )


async def heed_orders(crawl: Crawl, job: Path, read: Callable[[], Config]) -> None:
    """Pause, go on and take over limits as the operator orders, until cancelled.

    Orders that cannot be read pause the crawl: nobody may be asked whom they may spare.
    """
    seen, before = stamp_of_orders(job), read_orders(job)
    while True:
        await asyncio.sleep(_LOOK)
        stamp = stamp_of_orders(job)
        if stamp == seen:
            continue
        seen = stamp
        try:
            orders = read_orders(job)
        except StoreError as error:
            print(f"crawler: paused: {error}", file=sys.stderr)
            crawl.engine.pause(paused=True)
            continue
        if orders.paused != crawl.engine.progress.paused:
            crawl.engine.pause(paused=orders.paused)
            print("paused" if orders.paused else "resumed", file=sys.stderr)
        if orders.limits != before.limits:
            _, said = await _read_again(crawl, read)
            print(said, file=sys.stderr)
        before = orders
