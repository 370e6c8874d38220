"""What runs beside a crawl: counting, watching, reading the policy again."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from crawler.config import Config, ConfigError, differences
from crawler.crawl import Crawl

T = TypeVar("T")

INTERRUPTED = 130
_early: list[int] = []  # SIGHUPs that came before anybody could heed them


def run_to_exit(main: Coroutine[Any, Any, int]) -> int:
    """Return the exit code of `main`, also if Ctrl-C is pressed again while it is ending."""
    try:
        code = asyncio.run(main)
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the interpreter ends, too
    return code


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
    """At every SIGHUP have the crawl take over what the policy says now, until cancelled."""
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, told.set)
    if _early:
        told.set()
    while True:
        await told.wait()
        told.clear()
        try:
            config = read()
            changed = await crawl.reload(config)
        except ConfigError as error:
            print(f"crawler: the policy was not read again: {error}", file=sys.stderr)
        else:
            what = f"changed: {', '.join(changed)}" if changed else "nothing changed"
            left = [".".join(map(str, key)) for key, _, _ in differences(crawl.config, config)]
            later = f"; only with the next run: {', '.join(left)}" if left else ""
            print(f"the policy was read again; {what}{later}", file=sys.stderr)
