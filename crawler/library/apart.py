"""Where a page is judged that may hang a parser: in a process that can be ended, from any thread.

A crawl's own workers, reached from a program that has no event loop, or one that is busy.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
from concurrent.futures import wait
from dataclasses import dataclass, field

from crawler.core.content.settings import DocumentSettings
from crawler.fetch.workers import Disposed, Workers, loop_for_workers

__all__ = ["Disposed", "run"]

_ALIVE = 5.0  # seconds after which it is asked whether the loop still runs
_SECONDS = 5.0  # of the processor: real pages take milliseconds, of many megabytes a second or two


@dataclass(slots=True)
class _Loop:
    """An event loop in a thread of its own. After a fork nothing of it is left."""

    loop: asyncio.AbstractEventLoop
    workers: Workers
    process: int
    thread: threading.Thread


@dataclass(slots=True)
class _Started:
    lock: threading.Lock = field(default_factory=threading.Lock)
    loop: _Loop | None = None


_started = _Started()


def run(
    function: str, arguments: tuple[object, ...], bounds: DocumentSettings | None = None
) -> object:
    """Return what a function "package.module:name" makes of its arguments, elsewhere.

    `bounds` are those of a document, which may take longer than a page.

    Raises:
        Disposed: It took too long, or too much memory, or died, or raised.
    """
    with _started.lock:
        running = _started.loop
        if running is None:
            running = _started.loop = _start()
    seconds, memory = (bounds.seconds, bounds.memory) if bounds else (_SECONDS, None)
    work = running.workers.run(function, arguments, seconds, memory)
    result = asyncio.run_coroutine_threadsafe(work, running.loop)
    while not wait((result,), _ALIVE).done:
        if not running.thread.is_alive():
            raise Disposed("parse-crashed", "what it waits for has ended")
    return result.result()


def _start() -> _Loop:
    loop = loop_for_workers()
    thread = threading.Thread(target=loop.run_forever, name="crawler-apart", daemon=True)
    thread.start()
    atexit.register(_end)
    return _Loop(loop, Workers("crawler.library.page:loaded"), os.getpid(), thread)


def _end() -> None:
    running, _started.loop = _started.loop, None
    if running is not None and running.process == os.getpid():
        asyncio.run_coroutine_threadsafe(running.workers.close(), running.loop).result(10)
        running.loop.call_soon_threadsafe(running.loop.stop)


def _forget() -> None:
    """Begin anew in a child: the loop's thread is the parent's, and the lock may be held."""
    _started.lock = threading.Lock()
    _started.loop = None


os.register_at_fork(after_in_child=_forget)
