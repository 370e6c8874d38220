"""The logs of a crawl: events as lines of text on standard error, or of JSON in a file.

A log never ends a crawl: one that cannot be written is given up, and that is said once.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias

from crawler import __version__
from crawler.cli.errors import UsageError
from crawler.cli.terminal_text import harmless
from crawler.crawl import Crawl
from crawler.engine import Ended
from crawler.events import Event, Fact
from crawler.store.database import Connection
from crawler.store.job_logs import STANDARD_OUTPUT, hashed, log_key, note_log

Level: TypeAlias = Literal["debug", "info", "warning", "error"]
_LEVELS = ("debug", "info", "warning", "error")
_log = logging.getLogger("crawler.events")


@dataclass(frozen=True, slots=True)
class LogOptions:
    """What the command line says of logs. `level` None: warnings as text, everything as JSON."""

    level: Level | None = None
    file: str = ""  # "-": standard output
    urls: Literal["full", "hash"] = "full"
    shard: int | None = None

    def begin(self) -> None:
        """Set up the text, and find out at once whether the file can be written.

        Raises:
            UsageError: It cannot.
        """
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
        if self.level is not None:
            logging.getLogger("crawler").setLevel(self.level.upper())
        if self.file and self.file != STANDARD_OUTPUT:
            os.close(_opened(self.file))


@asynccontextmanager
async def logged(crawl: Crawl, job: Path, options: LogOptions) -> AsyncIterator[None]:
    """Log what happens in `crawl`, which is of the job in `job`, as `options` say."""

    def begin(connection: Connection) -> bytes:
        note_log(connection, job, options.file)
        return log_key(connection)

    if options.level is not None:
        crawl.engine.listen(_say)
    descriptor, bridge = -1, None
    if options.file:
        key = await crawl.job.database.transaction(begin)
        descriptor = -1 if options.file == STANDARD_OUTPUT else _opened(options.file)
        crawl.engine.listen(_JsonLines(_writer(descriptor), options, key))
        bridge = _Bridge(crawl)
        logging.getLogger("crawler").addHandler(bridge)
    events = crawl.engine.events
    try:
        events.tell(
            "start", crawl.clock(), job=str(job), process=os.getpid(), version=__version__,
            policy=crawl.config.consent_policy().sha256,
        )  # fmt: skip
        yield
    except Exception as error:
        events.tell("error", crawl.clock(), code=type(error).__name__, said=str(error))
        raise
    finally:
        if bridge is not None:
            logging.getLogger("crawler").removeHandler(bridge)
        if descriptor >= 0:
            os.close(descriptor)


def tell_end(crawl: Crawl, ended: Ended, why: str) -> None:
    """Tell how the run ended and what came of it."""
    made = crawl.engine.progress
    crawl.engine.events.tell(
        "end", crawl.clock(), why=why, clean=ended.clean, visits=made.visits, kept=made.kept,
        held=made.held, refused=made.refused, filtered=made.filtered, failed=made.failed,
        bytes=made.bytes,
    )  # fmt: skip


class _JsonLines:
    """Writes each event as one line of JSON."""

    def __init__(self, write: Callable[[str], None], options: LogOptions, key: bytes) -> None:
        self._write = write
        self._least = _LEVELS.index(options.level or _LEVELS[0])
        self._key = key if options.urls == "hash" else b""
        self._shard = {} if options.shard is None else {"shard": options.shard}
        self._given_up = False

    def __call__(self, event: Event) -> None:
        if self._given_up or _LEVELS.index(event.level) < self._least:
            return
        told = {"time": _utc(event.at), "event": event.name, "level": event.level, **self._shard}
        facts = {name: self._fact(name, fact) for name, fact in event.facts.items()}
        try:
            self._write(json.dumps(told | facts) + "\n")
        except (OSError, ValueError) as error:
            self._given_up = True
            print(f"crawler: the log is given up: {error}", file=sys.stderr)

    def _fact(self, name: str, fact: Fact) -> Fact:
        if name == "until" and isinstance(fact, float):
            return _utc(fact)
        if self._key and isinstance(fact, str):
            if name == "url":
                return hashed(self._key, fact)
            if name == "said":  # it may name an address
                return ""
        return fact


class _Bridge(logging.Handler):
    """Tells warnings and errors of the program itself as events."""

    def __init__(self, crawl: Crawl) -> None:
        super().__init__(logging.WARNING)
        self._crawl = crawl

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != _log.name:
            name = "error" if record.levelno >= logging.ERROR else "warning"
            self._crawl.engine.events.tell(
                name, self._crawl.clock(), code=record.name, said=record.getMessage()
            )


def _say(event: Event) -> None:
    facts = " ".join(
        f"{name}={_utc(fact) if name == 'until' and isinstance(fact, float) else fact}"
        for name, fact in event.facts.items()
        if fact not in {"", None} or name == "until"
    )
    _log.log(logging.getLevelName(event.level.upper()), "%s %s", event.name, harmless(facts))


def _opened(file: str) -> int:
    try:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        return os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise UsageError(f"--log-json {file}: cannot be written: {error.strerror}") from error


def _writer(descriptor: int) -> Callable[[str], None]:
    """Return what writes a line whole: the shards of a crawl share their log."""
    if descriptor < 0:
        return lambda line: print(line, end="", flush=True)

    def write(line: str) -> None:
        os.write(descriptor, line.encode())

    return write


_LAST_MOMENT = 253_402_300_799.0  # of the year 9999; hosts may ask for longer delays


def _utc(at: float) -> str:
    moment = datetime.fromtimestamp(min(at, _LAST_MOMENT), UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
