"""The supervisor: starts a process a shard, starts a dead one again, ends them all together."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from crawler.cluster.rounds import until_quiet
from crawler.cluster.shard_report import Report, read_report

_log = logging.getLogger(__name__)
# A shard that dies again and again is started ever more rarely: seconds between starts.
_WAIT = (1.0, 2.0, 5.0, 15.0, 60.0)
# Seconds between questions to idle shards, to busy ones, and between looks for answers.
_ROUND, _ROUND_AT_WORK, _LOOK = 0.1, 0.5, 0.02
_PATIENCE = 250  # looks for an answer before a round is given up: five seconds
INTERRUPTED = 130


class Process(Protocol):
    """What is used of asyncio's processes, and of those that are forked."""

    @property
    def stdin(self) -> asyncio.StreamWriter | None: ...

    @property
    def stdout(self) -> asyncio.StreamReader | None: ...

    @property
    def returncode(self) -> int | None: ...

    def send_signal(self, signal: int, /) -> None: ...

    async def wait(self) -> int: ...


Start: TypeAlias = Callable[[int], Awaitable[Process]]  # starts the shard of that number


@dataclass(slots=True)
class _Shard:
    number: int
    process: Process | None = None
    report: Report = field(default_factory=Report)
    deaths: int = 0
    code: int | None = None  # how it ended for good

    @property
    def lives(self) -> bool:
        return self.process is not None and self.process.returncode is None


class Supervisor:
    """Runs the shards of one job until all are idle together."""

    def __init__(self, start: Start, count: int) -> None:
        self._start = start
        self._shards = [_Shard(number) for number in range(count)]
        self._stopping = False

    @property
    def reports(self) -> list[Report]:
        return [shard.report for shard in self._shards]

    @property
    def stopping(self) -> bool:
        return self._stopping

    def stop(self) -> None:
        """Have every shard stop as it would on Ctrl-C."""
        self._stopping = True
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End every shard at once; what it committed stays."""
        self._signal(signal.SIGKILL)

    def reload(self) -> None:
        """Have every shard read its policy again."""
        self._signal(signal.SIGHUP)

    def _signal(self, number: int) -> None:
        for shard in self._shards:
            if shard.process is not None and shard.lives:
                shard.process.send_signal(number)

    async def run(self) -> int:
        """Run until every shard has ended; return the exit code of the whole."""
        watcher = asyncio.create_task(self._end_when_idle())
        try:
            await asyncio.gather(*(self._keep_alive(shard) for shard in self._shards))
        finally:
            watcher.cancel()
            self.kill()
        codes = [shard.code or 0 for shard in self._shards]
        # What ended one for good matters, not that the others were interrupted for it.
        return next((code for code in codes if code not in {0, INTERRUPTED}), max(codes))

    async def _keep_alive(self, shard: _Shard) -> None:
        while True:
            shard.process = await self._start(shard.number)
            if self._stopping:
                shard.process.send_signal(signal.SIGTERM)
            await self._listen(shard, shard.process)
            code = await shard.process.wait()
            if code >= 0 or self._stopping:
                # It ended by itself: done, stopped, or an error another start would not mend.
                shard.code = code if code >= 0 else INTERRUPTED
                if code > 0 and not self._stopping:
                    self.stop()
                return
            shard.report = Report(kept_before=shard.report.kept + shard.report.kept_before)
            wait = _WAIT[min(shard.deaths, len(_WAIT) - 1)]
            shard.deaths += 1
            _log.warning("shard %d died (signal %d); started again", shard.number, -code)
            await asyncio.sleep(wait)
            if self._stopping:
                shard.code = INTERRUPTED
                return

    async def _listen(self, shard: _Shard, process: Process) -> None:
        if process.stdout is None:
            return
        while line := await process.stdout.readline():
            report = read_report(line)
            if report is not None:
                shard.report = report

    async def _end_when_idle(self) -> None:
        await until_quiet(self._ask, _ROUND, _ROUND_AT_WORK)
        await self._tell("end")

    async def _ask(self, number: int) -> list[Report] | None:
        """Ask every shard for a report; return them if all have answered in time."""
        await self._tell(f"report {number}")
        for _ in range(_PATIENCE):
            running = [shard for shard in self._shards if shard.code is None]
            if not all(shard.lives for shard in running):
                return None  # it was asked in vain
            if all(shard.report.round == number for shard in running):
                # One that has ended takes nothing in before the next run.
                return [shard.report for shard in running]
            await asyncio.sleep(_LOOK)
        return None

    async def _tell(self, text: str) -> None:
        for shard in self._shards:
            process = shard.process
            if process is None or process.stdin is None or not shard.lives:
                continue
            try:
                process.stdin.write(f"{text}\n".encode())
                await process.stdin.drain()
            except (BrokenPipeError, ConnectionResetError):
                continue  # it died; its keeper sees to it
