"""The program of the process whose children do what may hang or crash: it forks them, warm.

It imports and warms up once what they need, so that a fresh one is there in milliseconds when
another had to be ended. Its standard input is a socket:

    from the crawl      FORK, with a socket passed along; END and the id of a child
    to a child          HEAD (bytes of the message, bytes of memory it may take), the message
    from a child        its id; for each message ANSWER (how it went, bytes of the value), the value

When that socket ends, so has the crawl: then the children are ended, too. They are ended by the
kernel if this process is. The file is run as a script, so it imports the standard library alone;
or it is forked by a process that is warm already.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import os
import pickle
import resource
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

FORK, END = b"F", b"E"
PID = struct.Struct("<I")
HEAD = struct.Struct("<QQ")
ANSWER = struct.Struct("<cQ")
GOOD, RAISED, NO_MEMORY = b"G", b"R", b"M"
_NICE = 2  # the crawl itself goes first
_PDEATHSIG = 1  # prctl(2)
_PAGE = os.sysconf("SC_PAGE_SIZE")


def main(warm_path: str) -> None:
    """Serve the socket that is standard input until it ends."""
    orders = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)  # what is printed is no answer
    serve(orders, warm_path)


def forked(orders: socket.socket, warm_path: str = "") -> int:
    """Serve a socket in a fork of this process, which is warm but for `warm_path`; return its id.

    It keeps no other descriptor: what this process has locked is not locked by two.
    """
    child = os.fork()
    if child:
        return child
    try:
        kept = orders.fileno()
        os.closerange(3, kept)
        os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)  # what is printed is no answer
        os.close(nothing)
        serve(orders, warm_path)
    finally:
        os._exit(os.EX_OK)


def serve(orders: socket.socket, warm_path: str = "") -> None:
    """Fork children as they are ordered, until the socket ends."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # they are the crawl's to answer
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if warm_path and orders.recv(1, socket.MSG_PEEK):  # few crawls want none at all
        named(warm_path)()
    gc.collect()
    gc.freeze()  # else each child would copy what it only reads
    gc.set_threshold(50_000, 20, 100)  # as the crawl itself: rows are no rubbish
    children: set[int] = set()
    try:
        while True:
            order, sockets, _, _ = socket.recv_fds(orders, 1, 1)
            if order == FORK:
                children |= _fork(sockets, orders)
            elif order == END:
                _end(PID.unpack(_read(orders, PID.size))[0], children)
            else:
                return
    finally:
        for child in tuple(children):
            _end(child, children)


def named(path: str) -> Callable[..., object]:
    """Return the function `path` names: "package.module:function"."""
    module, _, name = path.partition(":")
    function: Callable[..., object] = getattr(importlib.import_module(module), name)
    return function


def _end(child: int, children: set[int]) -> None:
    """End a child. None is reaped elsewhere, so the id is nobody else's."""
    if child in children:
        children.remove(child)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _fork(sockets: list[int], orders: socket.socket) -> set[int]:
    """Fork a child for the socket passed along; none if there can be no more of either.

    Then the socket is closed, which tells the crawl, and nobody else's child is lost for it.
    """
    parent = os.getpid()
    try:
        child = os.fork() if sockets else -1
    except OSError:
        child = -1
    if child:
        for descriptor in sockets:
            os.close(descriptor)
        return {child} - {-1}
    status = os.EX_SOFTWARE
    try:
        orders.close()
        end_with_parent()
        if os.getppid() == parent:  # else it ended before the kernel was told
            os.nice(_NICE)
            _work(socket.socket(fileno=sockets[0]))
            status = os.EX_OK
    except (MemoryError, OSError):
        pass  # nothing that allocates may run now, or nobody is there any more
    finally:
        os._exit(status)


def end_with_parent(number: int = signal.SIGKILL) -> None:
    """Have the kernel send this process a signal when its parent ends."""
    with suppress(AttributeError):  # elsewhere than on Linux
        ctypes.CDLL(None).prctl(_PDEATHSIG, number)


def _work(crawl: socket.socket) -> None:
    """Run one function after the other until the socket ends."""
    crawl.sendall(PID.pack(os.getpid()))
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    while head := _read(crawl, HEAD.size):
        size, memory = HEAD.unpack(head)
        resource.setrlimit(resource.RLIMIT_AS, (_address_space() + memory, hard))
        try:
            how, value = _run(_read(crawl, size))
            crawl.sendall(ANSWER.pack(how, len(value)))
            crawl.sendall(value)
        except MemoryError:
            crawl.sendall(ANSWER.pack(NO_MEMORY, 0))
            raise
        del value
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _run(message: bytes) -> tuple[bytes, bytes]:
    path, arguments = pickle.loads(message)  # noqa: S301 (from our parent)
    try:
        return GOOD, pickle.dumps(named(path)(*arguments), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 (told to the parent, who records it)
        frames = traceback.extract_tb(error.__traceback__)
        where = "|".join(f"{frame.filename}:{frame.lineno}" for frame in frames[-3:])
        return RAISED, f"{type(error).__name__} {sha256(where.encode()).hexdigest()[:12]}".encode()


def _read(source: socket.socket, size: int) -> bytes:
    """Return exactly `size` bytes, fewer if the socket ends."""
    parts = []
    while size > 0 and (part := source.recv(min(size, 1 << 20))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _address_space() -> int:
    """Return how many bytes this process has mapped."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * _PAGE
    except FileNotFoundError:  # elsewhere than on Linux
        return 0


if __name__ == "__main__":
    main(sys.argv[1])
