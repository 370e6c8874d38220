"""Warm processes for what may hang, crash or eat memory: each is ended when it does.

They guard the crawl's time and life, not its secrets: they run with the same rights.
"""

from __future__ import annotations

import asyncio
import gc
import os
import pickle
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.fetch import fork_server

# Each may take all the memory it is allowed, and the processor as long. A host has one visit at
# a time: so many hosts must send such answers at once before another one's waits for them.
_MOST = 6
_START = 30.0  # seconds for the nursery to import and warm up what is to be run
_PATIENCE = 12  # times the seconds of the processor: others may have it, or this loop be busy
_LOOKS = 5  # at what it has had, in the seconds it may have
_TICKS = os.sysconf("SC_CLK_TCK")
_MEMORY = 256 * 2**20  # bytes for any message, and for each byte of it
_MEMORY_PER_BYTE = 200
_MEMORY_MOST = 2 * 2**30
_MESSAGES = 100  # after so many, or one so large, a process is replaced: memory is not given back
_LARGE = 2**22


class Disposed(Exception):  # noqa: N818 (what became of the process, as an outcome code)
    """No result. `code`: "parse-timeout", "parse-memory", "parse-crashed" or "bug"."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail[:500]


class _Forked:
    """The nursery as a child of this process, forked and not started anew."""

    def __init__(self, pid: int, orders: socket.socket) -> None:
        self.pid = pid
        self.orders = orders
        self._code: int | None = None

    @property
    def returncode(self) -> int | None:
        if self._code is None:
            self._look(os.WNOHANG)
        return self._code

    async def wait(self) -> int:
        if self.returncode is None:
            await asyncio.to_thread(self._look, 0)
        return self._code or 0

    def _look(self, how: int) -> None:
        try:
            pid, status = os.waitpid(self.pid, how)
        except ChildProcessError:  # it has ended, and another waited for it
            self._code = 0
        else:
            self._code = os.waitstatus_to_exitcode(status) if pid else None


_early: dict[str, _Forked] = {}  # by what they are warmed up with


def fork_early(warm: str) -> None:
    """Fork the nursery that the first `Workers(warm)` will want.

    This process has imported what it needs, which a new one would do again. To be called before
    there are threads, a loop, or descriptors that nobody else may have.
    """
    ours, theirs = socket.socketpair()
    gc.freeze()  # what both share is looked through, and so copied, by neither
    with theirs:
        _early[warm] = _Forked(fork_server.forked(theirs, warm), ours)


@dataclass(slots=True)
class _Worker:
    """One child of the nursery, and the streams to it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    pid: int
    messages: int = 0


class Workers:
    """Runs functions in processes that are started when the first is needed.

    `warm` names a function, without arguments, that is called once before any. `forked`: this
    process has one thread and is warm itself, so they are forks of it.
    Used as an async context, at whose end no process is left; nor is one if this process dies.
    """

    def __init__(self, warm: str = "", most: int = _MOST, *, forked: bool = False) -> None:
        self._warm = warm
        self._forked = forked
        self._turns = asyncio.Semaphore(most)
        self._idle: list[_Worker] = []
        self._nursery: asyncio.subprocess.Process | _Forked | None = None
        self._orders: socket.socket | None = None
        self._starting = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def run(
        self,
        function: str,
        arguments: tuple[object, ...],
        seconds: float,
        memory: int | None = None,
    ) -> object:
        """Return `function(*arguments)` for a `function` "package.module:name".

        It may take `seconds` of the processor, and `memory` bytes beside what the arguments
        take, or memory in proportion to them.

        Raises:
            Disposed: It took longer, or more, or died, or raised.
        """
        message = pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL)
        if memory is None:
            memory = min(_MEMORY + _MEMORY_PER_BYTE * len(message), _MEMORY_MOST)
        else:
            memory += 2 * len(message)
        async with self._turns:
            worker = self._idle.pop() if self._idle else await self._fork()
            done = False
            try:
                how, value = await self._exchange(worker, message, seconds, memory)
                done = (
                    how != fork_server.NO_MEMORY
                    and worker.messages < _MESSAGES
                    and len(message) + len(value) < _LARGE
                )
            finally:
                if done:
                    self._idle.append(worker)
                else:
                    self._end(worker)
        if how == fork_server.NO_MEMORY:
            raise Disposed("parse-memory")
        if how == fork_server.RAISED:
            raise Disposed("bug", value.decode())
        return _unpickled(value)

    async def _exchange(
        self, worker: _Worker, message: bytes, seconds: float, memory: int
    ) -> tuple[bytes, bytes]:
        worker.messages += 1
        began = _processor_time(worker.pid)
        answer = asyncio.ensure_future(_answer(worker, message, memory))
        try:
            for _ in range(_PATIENCE * _LOOKS):
                done, _ = await asyncio.wait((answer,), timeout=seconds / _LOOKS)
                if done:
                    return answer.result()
                if _processor_time(worker.pid) - began >= seconds:
                    break
        except (OSError, asyncio.IncompleteReadError) as error:
            raise Disposed("parse-crashed") from error
        finally:
            answer.cancel()
        raise Disposed("parse-timeout", f"more than {seconds:g} s")

    async def _fork(self) -> _Worker:
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                async with self._starting:
                    orders = await self._started()
                socket.send_fds(orders, [fork_server.FORK], [theirs.fileno()])
            reader, writer = await asyncio.open_connection(sock=ours)
        except OSError as error:
            ours.close()
            raise Disposed("parse-crashed", "no process could be started") from error
        try:
            async with asyncio.timeout(_START):
                pid = fork_server.PID.unpack(await reader.readexactly(fork_server.PID.size))[0]
        except BaseException as error:
            writer.close()
            if not isinstance(error, OSError | asyncio.IncompleteReadError):
                raise
            await self.close()  # the next one tries again
            raise Disposed("parse-crashed", "no process could be started") from error
        return _Worker(reader, writer, pid)

    async def _started(self) -> socket.socket:
        """Return the socket to the nursery, which is started if need be."""
        if self._nursery is not None and self._nursery.returncode is not None:
            await self.close()
        if self._orders is None and (forked := _early.pop(self._warm, None)):
            self._nursery, self._orders = forked, forked.orders
        if self._orders is None:
            orders, theirs = socket.socketpair()
            with theirs:
                if self._forked:
                    self._nursery = _Forked(fork_server.forked(theirs), orders)
                else:
                    self._nursery = await self._begun(theirs)
            self._orders = orders
        return self._orders

    async def _begun(self, theirs: socket.socket) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", fork_server.__file__, self._warm),
            stdin=theirs.fileno(),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env=os.environ
            | {
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "OPENBLAS_NUM_THREADS": "1",  # a thread does not live through a fork
            },
        )

    def _end(self, worker: _Worker) -> None:
        worker.writer.close()
        if self._orders is not None:
            with suppress(OSError):  # then it has ended, and its children with it
                self._orders.send(fork_server.END + fork_server.PID.pack(worker.pid))

    async def close(self) -> None:
        """End every process and wait until they have ended."""
        orders, self._orders = self._orders, None
        process, self._nursery = self._nursery, None
        idle, self._idle = self._idle, []
        for worker in idle:
            worker.writer.close()
        if orders is not None:
            orders.close()
        if process is not None:
            await process.wait()


def _processor_time(pid: int) -> float:
    """Return the seconds of the processor that a process has had (proc(5))."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0  # it has ended: the answer, or that there is none, is on its way
    return (int(fields[11]) + int(fields[12])) / _TICKS


async def _answer(worker: _Worker, message: bytes, memory: int) -> tuple[bytes, bytes]:
    worker.writer.write(fork_server.HEAD.pack(len(message), memory))
    worker.writer.write(message)
    await worker.writer.drain()
    head = await worker.reader.readexactly(fork_server.ANSWER.size)
    how, size = fork_server.ANSWER.unpack(head)
    return how, await worker.reader.readexactly(size)


def _unpickled(value: bytes) -> object:
    try:
        return pickle.loads(value)  # noqa: S301 (our own child; see the module's docstring)
    except Exception as error:
        raise Disposed("parse-crashed", f"answer is unreadable: {error}") from error
