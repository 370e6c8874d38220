"""Crawls that are killed at their N-th write: `python -m tests.hostile.powercut [--cuts 40]`.

Every write that SQLite makes goes through a hook (its own `xSetSystemCall`), as does every
write to the archive. At the N-th one half of the bytes are written and the process is killed
with SIGKILL, for N over the whole of a crawl. Each job must hold what it held before, go on,
and end with the pages of a crawl that nothing disturbed. Exits 1 if one does not.
"""

import argparse
import asyncio
import contextlib
import ctypes
import ctypes.util
import os
import signal
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from crawler.config import load
from crawler.core.urls import parse
from crawler.corpus.upkeep.doctor import examine
from crawler.corpus.upkeep.verify_job import verify_job
from crawler.crawl import open_crawl
from crawler.store import archive
from tests.hostile.soak import HERE, Site

PAGES, HOSTS = 8, 3
ROOT_POLICY = """
extends = "default"
[identity]
token = "CutBot"
contact = "https://cut.test/bot"
email = "bot@cut.test"
[politeness]
min_delay = "0s"
ip_concurrency = 8
[limits]
patience = "2s"
[archive]
enabled = true
[network]
allow = ["127.0.0.1/32"]
public = false
[network.connect_to]
"""
_WRITE = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64
)


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs` as sqlite.org/c3ref/vfs.html lays it out."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("path_size", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("methods", ctypes.c_void_p * 13),
        ("set_system_call", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)),
        ("get_system_call", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)),
    )  # fmt: skip


class Cutter:
    """Counts writes and, at the `at`-th, writes half and ends the process (0: never)."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.count = 0

    def install(self) -> None:
        library = ctypes.CDLL(ctypes.util.find_library("sqlite3"))
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        vfs = library.sqlite3_vfs_find(None)
        for name in (b"pwrite", b"pwrite64"):
            if real := vfs.contents.get_system_call(vfs, name):
                hook = self._hook(_WRITE(real))
                _KEPT.append(hook)
                vfs.contents.set_system_call(vfs, name, ctypes.cast(hook, ctypes.c_void_p))
        put = archive._put

        def archived(file, record):
            if self._is_last():
                file.write(record.getvalue()[: len(record.getvalue()) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            put(file, record)

        archive._put = archived

    def _is_last(self) -> bool:
        self.count += 1
        return self.count == self.at

    def _hook(self, real):
        def write(descriptor, data, size, offset):
            if self._is_last():
                real(descriptor, data, size // 2, offset)
                os.kill(os.getpid(), signal.SIGKILL)
            return real(descriptor, data, size, offset)

        return _WRITE(write)


_KEPT: list[object] = []  # what C code calls must not be collected


async def crawl(job: Path, policy: Path) -> None:
    seeds = [parse(f"http://h{number}.cut.test/p/0") for number in range(HOSTS)]
    async with open_crawl(job, load(str(policy)), time.time) as run:
        await run.add_seeds(seeds)
        await run.close(await run.engine.run())


def in_child(job: Path, policy: Path, at: int) -> tuple[int, int]:
    """Crawl in a process of its own; return its signal (0: it ended) and its writes."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            cutter = Cutter(at)
            cutter.install()
            asyncio.run(crawl(job, policy))
            os.write(writer, str(cutter.count).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        writes = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError(f"the crawl cut at write {at} failed")
    return (os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0), int(writes or 0)


def kept(job: Path) -> dict[str, str]:
    """Return the pages held with the hash of their text."""
    if not (job / "crawl.db").exists():
        return {}
    with contextlib.closing(sqlite3.connect(job / "crawl.db")) as connection:
        try:
            rows = connection.execute("SELECT url, text_sha256 FROM page WHERE state = 'active'")
            return dict(rows.fetchall())
        except sqlite3.OperationalError:  # the schema was not committed yet
            return {}


def cut(folder: Path, policy: Path, at: int, whole: dict[str, str]) -> list[str]:
    """Kill a crawl at its `at`-th write, let it go on; return what does not hold."""
    job = folder / f"job-{at}"
    ended_by, _ = in_child(job, policy, at)
    before = kept(job)
    wrong = [] if ended_by in (0, signal.SIGKILL) else [f"ended by signal {ended_by}"]
    if before:
        wrong += [str(fault) for fault in verify_job(job, None, "", None).faults]
    in_child(job, policy, 0)
    after = kept(job)
    if not before.items() <= after.items():
        wrong.append(f"lost {before.keys() - after.keys()}")
    if after != whole:
        wrong.append(f"{len(after)} pages instead of {len(whole)}")
    wrong += [f"{item.place}: {item.what}" for item in examine(job, time.time(), repair=False).left]
    return [f"write {at}: {what}" for what in wrong]


def serve(port_to: int) -> None:
    """Serve the site until killed; its port is written to the descriptor `port_to`."""

    async def run() -> None:
        server = await asyncio.start_server(Site(PAGES, 0.0).serve, HERE, 0)
        os.write(port_to, str(server.sockets[0].getsockname()[1]).encode())
        os.close(port_to)
        await server.serve_forever()

    asyncio.run(run())


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cuts", type=int, default=40, help="0: at every write")
    options = arguments.parse_args()
    reader, writer = os.pipe()
    server = os.fork()
    if server == 0:
        serve(writer)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        port = pipe.read()
    try:
        with tempfile.TemporaryDirectory() as folder:
            return _cuts(Path(folder), port, options.cuts)
    finally:
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)


def _cuts(folder: Path, port: str, cuts: int) -> int:
    policy = folder / "policy.toml"
    names = "".join(f'"h{number}.cut.test" = "{HERE}:{port}"\n' for number in range(HOSTS))
    policy.write_text(ROOT_POLICY + names)
    _, writes = in_child(folder / "whole", policy, 0)
    whole = kept(folder / "whole")
    step = max(1, writes // cuts) if cuts else 1
    points = range(1, writes + 1, step)
    wrong = [what for at in points for what in cut(folder, policy, at, whole)]
    for what in wrong:
        print("WRONG", what)
    print(f"{len(points)} crawls of {len(whole)} pages cut in {writes} writes, {len(wrong)} faults")
    return 1 if wrong or len(whole) != PAGES * HOSTS or not writes else 0


if __name__ == "__main__":
    sys.exit(main())
