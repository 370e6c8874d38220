"""Warm processes for what may hang, crash or eat memory: each is ended when it does.

They guard the crawl's time and life, not its secrets: they run with the same rights.
"""

from __future__ import annotations

import asyncio
import gc
import os
import pickle
import selectors
import signal
import socket
import sys
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from crawler.fetch import fork_server

# Each may take all the memory it is allowed, and the processor as long. A host has one visit at
# a time: so many hosts must send such answers at once before another one's waits for them.
_MOST = 6
_PROCESSORS = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
_SOON = 0.5  # seconds in which those at work are likely to be free: pages take a tenth of it
_START = 30.0  # seconds of the processor for the nursery to load and warm up what is to be run
_END = 30.0  # seconds for the nursery to end its children, before it is ended itself
_AGAIN = 0.2  # seconds after which a process is asked for once more
_PATIENCE = 12  # times the seconds of the processor: others may have it, or this loop be busy
_LOOKS = 5  # at what it has had, in the seconds it may have
_LOOK = 2.0  # seconds between two looks at most
_ASLEEP = 20.0  # seconds of looks that find a process asleep as before: it waits in vain
_ALLOCATOR = "jemalloc_bg_thd"
_TICKS = os.sysconf("SC_CLK_TCK")
_MEMORY = 256 * 2**20  # bytes for any message, and for each byte of it
_MEMORY_PER_BYTE = 200
_MEMORY_MOST = 2 * 2**30
_MESSAGES = 100  # after so many, or one so large, a process is replaced: memory is not given back
_LARGE = 2**22

T = TypeVar("T")


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
os.register_at_fork(after_in_child=_early.clear)  # they answer to one process


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
        self._busy = 0
        self._freed = asyncio.Event()  # one has ended its work
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
            used = bool(self._idle)
            try:
                how, value = await self._exchange(message, seconds, memory)
            except Disposed as disposed:
                if not used or disposed.code != "parse-crashed":
                    raise
                # It may have died of something else, before. Those like it have then, too.
                while self._idle:
                    self._end(self._idle.pop())
                how, value = await self._exchange(message, seconds, memory)
        if how == fork_server.NO_MEMORY:
            raise Disposed("parse-memory")
        if how == fork_server.RAISED:
            raise Disposed("bug", value.decode())
        return _unpickled(value)

    async def _exchange(self, message: bytes, seconds: float, memory: int) -> tuple[bytes, bytes]:
        await self._until_of_use()
        self._busy += 1
        try:
            worker = self._idle.pop() if self._idle else await self._fork()
            return await self._answered(worker, message, seconds, memory)
        finally:
            self._busy -= 1
            self._freed.set()

    async def _until_of_use(self) -> None:
        """Wait for an idle worker where another one would only take memory.

        More than there are processors are of use when those at work stay at it.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(_SOON):
                while not self._idle and self._busy >= _PROCESSORS:
                    self._freed.clear()
                    await self._freed.wait()

    async def _answered(
        self, worker: _Worker, message: bytes, seconds: float, memory: int
    ) -> tuple[bytes, bytes]:
        worker.messages += 1
        done = False
        try:
            how, value = await _within(worker.pid, _answer(worker, message, memory), seconds)
            done = (
                how != fork_server.NO_MEMORY
                and worker.messages < _MESSAGES
                and len(message) + len(value) < _LARGE
            )
        except TimeoutError as error:
            raise Disposed("parse-timeout", f"more than {seconds:g} s") from error
        except (OSError, asyncio.IncompleteReadError) as error:
            raise Disposed("parse-crashed") from error
        finally:
            if done:
                self._idle.append(worker)
            else:
                self._end(worker)
        return how, value

    async def _fork(self) -> _Worker:
        try:
            return await self._forked_off()
        except asyncio.IncompleteReadError:  # it has ended, or there can be no more processes
            await asyncio.sleep(_AGAIN)
        except OSError:  # it has ended, or hangs
            await self.close()
        try:
            return await self._forked_off()
        except (OSError, asyncio.IncompleteReadError) as error:
            raise Disposed("parse-crashed", "no process could be started") from error

    async def _forked_off(self) -> _Worker:
        async with self._starting:
            orders, nursery = await self._started()
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(orders, [fork_server.FORK], [theirs.fileno()])
            reader, writer = await asyncio.open_connection(sock=ours)
        except BaseException:
            ours.close()
            raise
        try:
            size = fork_server.PID.size
            told = await _within(nursery.pid, reader.readexactly(size), _START)
        except BaseException:
            writer.close()
            raise
        return _Worker(reader, writer, fork_server.PID.unpack(told)[0])

    async def _started(self) -> tuple[socket.socket, asyncio.subprocess.Process | _Forked]:
        """Return the nursery and the socket to it; it is started if need be."""
        if self._nursery is not None and self._nursery.returncode is not None:
            await self.close()
        if (self._nursery is None or self._orders is None) and (
            forked := _early.pop(self._warm, None)
        ):
            self._nursery, self._orders = forked, forked.orders
        if self._nursery is None or self._orders is None:
            orders, theirs = socket.socketpair()
            with theirs:
                if self._forked and _has_one_thread():
                    self._nursery = _Forked(fork_server.forked(theirs), orders)
                else:
                    self._nursery = await self._begun(theirs)
            self._orders = orders
        return self._orders, self._nursery

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
        if process is None:
            return
        try:
            await asyncio.wait_for(process.wait(), _END)
        except TimeoutError:  # it hangs; its children end with it
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
            await process.wait()


def loop_for_workers() -> asyncio.AbstractEventLoop:
    """Return an event loop for `Workers` in a process that others may fork.

    It waits by poll(2): by epoll(7) both processes would have one list of what is waited for, and
    what the child drops of its copies would be dropped for the parent, who is never woken again.
    """
    return asyncio.SelectorEventLoop(selectors.PollSelector())


async def _within(pid: int, work: Coroutine[object, object, T], seconds: float) -> T:
    """Return what a process is to send, for which it may take so long of the processor.

    This ends, whatever becomes of the process and of what it sends: also when it sleeps.

    Raises:
        TimeoutError: It took longer.
    """
    answer = asyncio.ensure_future(work)
    look = min(seconds / _LOOKS, _LOOK)
    began = last = _processor_time(pid)[0]
    asleep = 0.0
    try:
        for _ in range(round(_PATIENCE * seconds / look)):
            done, _ = await asyncio.wait((answer,), timeout=look)
            if done:
                return answer.result()
            now, idle = _processor_time(pid)
            asleep = asleep + look if idle and now == last else 0.0
            last = now
            if now - began >= seconds or asleep >= _ASLEEP:
                break
    finally:
        answer.cancel()
    raise TimeoutError


def _processor_time(pid: int) -> tuple[float, bool]:
    """Return the seconds of the processor that a process has had, and whether it wants none now.

    See proc(5). Who waits for a disk wants it.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0, sys.platform == "linux"  # it has ended, and its answer is on its way, if any
    return (int(fields[11]) + int(fields[12])) / _TICKS, fields[0] not in "RD"


def _has_one_thread() -> bool:
    """Whether a fork of this process has all of it: no thread, which may hold a lock, is lost.

    The one that pyarrow's allocator keeps does no harm: jemalloc takes its locks before a fork.
    """
    try:
        tasks = [task.joinpath("comm").read_text() for task in Path("/proc/self/task").iterdir()]
    except OSError:
        return False
    return len([name for name in tasks if name.strip() != _ALLOCATOR]) == 1


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
