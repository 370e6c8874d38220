"""The nursery of shards: a process that has imported everything once and forks each shard.

It is forked itself before any thread or event loop is there, and has none. A shard that died is
started again by it, warm as the first time. It ends when its supervisor has, after its shards,
which the end of their standard input tells the same. Messages are of three fields:

    from the supervisor     START, number of a shard, 0, and two descriptors: its standard input
                            and output; SIGNAL, id of a process, number of the signal
    from the nursery        BEGUN, number of a shard, id of its process (or minus an errno);
                            ENDED, id of a process, exit code (or minus a signal)
"""

from __future__ import annotations

import asyncio
import gc
import io
import os
import selectors
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from crawler.fetch.fork_server import end_with_parent

Work = Callable[[int], int]  # runs the shard of that number; returns its exit code

_MESSAGE = struct.Struct("<cii")
_START, _SIGNAL, _BEGUN, _ENDED = b"S", b"K", b"B", b"E"
_LINE = 1 << 20  # most bytes of a report
_FIRST = 3  # descriptors below are the standard streams
_HELD_BACK = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}  # from the nursery; shards heed them
_LOST = 1  # the exit code of a shard whose nursery has ended: nobody knows its own


@dataclass(slots=True)
class Forked:
    """A shard's process, as asyncio's has it: streams, signals, exit code."""

    pid: int
    stdin: asyncio.StreamWriter
    stdout: asyncio.StreamReader
    nursery: Nursery
    ended: asyncio.Future[int]

    @property
    def returncode(self) -> int | None:
        return self.ended.result() if self.ended.done() else None

    def send_signal(self, number: int) -> None:
        self.nursery.send_signal(self.pid, number)

    async def wait(self) -> int:
        code = await asyncio.shield(self.ended)
        self.stdin.close()
        return code


class Nursery:
    """The supervisor's side. To be made before there are threads; `close` waits for its end."""

    def __init__(self, work: Work) -> None:
        while (descriptor := os.open(os.devnull, os.O_RDWR)) < _FIRST:
            continue  # one of the standard streams was closed: a shard's own go there
        os.close(descriptor)
        self._orders, theirs = socket.socketpair()
        self._begun: dict[int, asyncio.Future[int]] = {}
        self._ended: dict[int, asyncio.Future[int]] = {}
        self._unread = b""
        sys.stdout.flush()  # what waits in a buffer would be written by every process
        sys.stderr.flush()
        self._pid = os.fork()
        if not self._pid:
            self._orders.close()
            _leave(lambda: _serve(theirs, work))
        theirs.close()
        self._orders.settimeout(0)

    async def start(self, number: int) -> Forked:
        """Start the shard of that number.

        Raises:
            OSError: There can be no more processes, or the nursery has ended.
        """
        loop = asyncio.get_running_loop()
        loop.add_reader(self._orders, self._hear)
        begun = self._begun[number] = loop.create_future()
        ours, its_input = socket.socketpair()
        output, its_output = os.pipe()
        try:
            told = _MESSAGE.pack(_START, number, 0)
            socket.send_fds(self._orders, [told], [its_input.fileno(), its_output])
        finally:
            its_input.close()
            os.close(its_output)
        pid = await begun
        if pid < 0:
            ours.close()
            os.close(output)
            raise OSError(-pid, os.strerror(-pid))
        _, writer = await asyncio.open_connection(sock=ours)
        reader = asyncio.StreamReader(_LINE)
        await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(output, "rb", 0)
        )
        return Forked(pid, writer, reader, self, self._ended[pid])

    def send_signal(self, pid: int, number: int) -> None:
        """Have the nursery send a signal: it alone knows whose the id still is."""
        with suppress(OSError):  # it has ended, and told the shards so
            self._orders.send(_MESSAGE.pack(_SIGNAL, pid, number))

    def close(self) -> None:
        """Wait until the nursery and all it started have ended; call it without a loop."""
        self._orders.close()
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)

    def _hear(self) -> None:
        try:
            read = self._orders.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError:
            read = b""
        if not read:
            self._lose()
        self._unread += read
        while len(self._unread) >= _MESSAGE.size:
            kind, first, second = _MESSAGE.unpack_from(self._unread)
            self._unread = self._unread[_MESSAGE.size :]
            if kind == _BEGUN:
                if second > 0:
                    self._ended[second] = asyncio.get_running_loop().create_future()
                self._begun.pop(first).set_result(second)
            else:
                self._ended.pop(first).set_result(second)

    def _lose(self) -> None:
        """Give up what the nursery, which was killed, would have told; its shards stop."""
        asyncio.get_running_loop().remove_reader(self._orders)
        for begun in self._begun.values():
            begun.set_result(-1)
        for ended in self._ended.values():
            ended.set_result(_LOST)
        self._begun.clear()
        self._ended.clear()


def _leave(work: Callable[[], int]) -> None:
    """Run `work` and end this process: what it was forked from has frames that are not its own."""
    code = 1
    try:
        code = work()
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter does at its end
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


def _serve(orders: socket.socket, work: Work) -> int:
    """Be the nursery until the supervisor and all shards have ended."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _HELD_BACK)
    gc.collect()
    gc.freeze()  # else each shard would copy what it only reads
    bell, ring = socket.socketpair()
    for end in (bell, ring):
        end.settimeout(0)
    signal.signal(signal.SIGCHLD, _ring)
    signal.set_wakeup_fd(ring.fileno())
    children: set[int] = set()
    with selectors.DefaultSelector() as waiting:
        waiting.register(orders, selectors.EVENT_READ)
        waiting.register(bell, selectors.EVENT_READ)
        while True:
            _reap(children, orders)
            for key, _ in waiting.select():
                if key.fileobj is bell:
                    bell.recv(1 << 10)
                elif not _heed(orders, children, work, (bell, ring)):
                    break
            else:
                continue
            break
    while children:  # the end of their input stops them
        children.discard(os.wait()[0])
    return 0


def _ring(number: int, frame: object) -> None:
    """Do nothing: a handler has to be there for a signal to be written to the bell."""


def _reap(children: set[int], orders: socket.socket) -> None:
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        children.discard(pid)
        with suppress(OSError):  # nobody is left who would want to know
            orders.sendall(_MESSAGE.pack(_ENDED, pid, os.waitstatus_to_exitcode(status)))


def _heed(
    orders: socket.socket, children: set[int], work: Work, bell: tuple[socket.socket, ...]
) -> bool:
    """Do as told; False: the supervisor has ended."""
    try:
        message, given, _, _ = socket.recv_fds(orders, _MESSAGE.size, 2)
    except OSError:
        return False
    if not message:
        return False
    kind, first, second = _MESSAGE.unpack(message)
    if kind == _SIGNAL:
        if first in children:  # not waited for yet, so the id is nobody else's
            os.kill(first, second)
        return True
    parent = os.getpid()
    try:
        pid = os.fork()
    except OSError as error:
        pid = -(error.errno or 1)
    if not pid:
        orders.close()
        signal.set_wakeup_fd(-1)
        for end in bell:
            end.close()
        _leave(lambda: _shard(first, parent, given, work))
    for descriptor in given:
        os.close(descriptor)
    if pid > 0:
        children.add(pid)
    with suppress(OSError):
        orders.sendall(_MESSAGE.pack(_BEGUN, first, pid))
    return True


def _shard(number: int, parent: int, given: list[int], work: Work) -> int:
    """Be a shard: with streams, signals and handlers as if just started."""
    end_with_parent(signal.SIGTERM)
    if os.getppid() != parent:
        return _LOST  # the nursery ended before the kernel was told
    for descriptor, place in zip(given, (0, 1), strict=True):
        os.dup2(descriptor, place)
        os.close(descriptor)
    sys.stdin = io.TextIOWrapper(open(0, "rb", closefd=False))  # noqa: SIM115
    sys.stdout = io.TextIOWrapper(open(1, "wb", closefd=False))  # noqa: SIM115
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD_BACK)
    return work(number)
