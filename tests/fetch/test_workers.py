"""Warm processes: what becomes of them is an outcome, and none of them outlives its crawl."""

import asyncio
import gc
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from crawler.fetch.workers import Disposed, Workers, fork_early, loop_for_workers

ROOT = Path(__file__).parents[2]
# A crawl in small: it holds a worker that never ends.
HOLDER = """
import asyncio, os
from crawler.fetch.workers import Workers
async def main():
    async with Workers() as workers:
        for name in ("os:getpid", "os:getppid"):
            print(await workers.run(name, (), 5.0), flush=True)
        await workers.run("time:sleep", (600,), 600.0)
asyncio.run(main())
"""


@pytest.fixture
async def workers():
    async with Workers() as started:
        yield started


def gone(pid: int) -> bool:
    """Wait until a process has ended, for a while."""
    for _ in range(200):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False


async def test_a_function_runs_elsewhere_and_its_value_comes_back(workers):
    assert await workers.run("builtins:divmod", (7, 3), 5.0) == (2, 1)


async def test_large_values_go_both_ways(workers):
    data = bytes(range(256)) * 100_000

    assert await workers.run("builtins:bytes", (data,), 5.0) == data


@pytest.mark.parametrize(
    ("function", "arguments", "code"),
    [
        ("time:sleep", (60,), "parse-timeout"),
        ("signal:pause", (), "parse-timeout"),
        ("os:_exit", (0,), "parse-crashed"),
        ("os:_exit", (3,), "parse-crashed"),
        ("os:abort", (), "parse-crashed"),
        ("ctypes:string_at", (1,), "parse-crashed"),
        ("builtins:bytearray", (8 * 2**30,), "parse-memory"),
        ("builtins:int", ("x",), "bug"),
        ("no_such_module:f", (), "bug"),
        ("builtins:no_such_function", (), "bug"),
        ("builtins:open", ("/dev/null",), "bug"),
        ("sys:exit", (), "parse-crashed"),
    ],
)
async def test_what_became_of_the_process_is_an_outcome(workers, function, arguments, code):
    with pytest.raises(Disposed) as caught:
        await workers.run(function, arguments, 0.1 if code == "parse-timeout" else 5.0)

    assert caught.value.code == code
    assert await workers.run("builtins:len", ("next",), 5.0) == 4


async def test_the_same_bug_has_the_same_fingerprint(workers):
    details = set()
    for text in ("x", "y"):
        with pytest.raises(Disposed) as caught:
            await workers.run("builtins:float", (f"not a number {text}",), 5.0)
        details.add(caught.value.detail)

    assert len(details) == 1
    assert all(detail.startswith("ValueError ") for detail in details)


async def test_what_a_function_prints_is_no_answer(workers):
    assert await workers.run("builtins:print", ("noise",), 5.0) is None


async def test_a_process_that_did_its_work_is_used_again(workers):
    first = await workers.run("os:getpid", (), 5.0)

    assert await workers.run("os:getpid", (), 5.0) == first != os.getpid()


async def test_one_that_hangs_is_replaced_and_keeps_nobody_waiting(workers):
    hanging = asyncio.create_task(workers.run("time:sleep", (30,), 20.0))
    await asyncio.sleep(0)

    assert await workers.run("builtins:len", ("other",), 5.0) == 5
    assert not hanging.done()
    hanging.cancel()
    await asyncio.wait([hanging])
    assert await workers.run("builtins:len", ("third",), 5.0) == 5


async def test_who_is_kept_from_the_processor_is_given_time(workers):
    # It has used none of its seconds when they are over.
    assert await workers.run("time:sleep", (0.5,), 0.3) is None


async def test_no_more_run_at_once_than_may():
    async with Workers(most=2) as workers:
        pids = await asyncio.gather(*(workers.run("os:getpid", (), 5.0) for _ in range(20)))

    assert len(set(pids)) <= 2


async def test_a_nursery_that_died_is_started_again(workers):
    nursery = await workers.run("os:getppid", (), 5.0)
    os.kill(nursery, signal.SIGKILL)
    gone(nursery)

    assert await workers.run("os:getppid", (), 5.0) not in (nursery, os.getpid(), 1)


async def test_one_that_was_killed_while_idle_costs_nobody(workers):
    killed = await workers.run("os:getpid", (), 5.0)
    os.kill(killed, signal.SIGKILL)
    gone(killed)

    assert await workers.run("os:getpid", (), 5.0) != killed


@pytest.mark.slow
@pytest.mark.parametrize("whose", ["getpid", "getppid"])
async def test_waiting_for_one_that_is_stopped_has_an_end(workers, whose):
    stopped = await workers.run(f"os:{whose}", (), 5.0)
    if whose == "getppid":
        os.kill(await workers.run("os:getpid", (), 5.0), signal.SIGKILL)
    await asyncio.sleep(0.2)
    os.kill(stopped, signal.SIGSTOP)
    with suppress(Disposed):
        await workers.run("os:getpid", (), 600.0)

    assert await workers.run("builtins:len", ("next",), 5.0) == 4


def test_a_loop_for_workers_is_not_silenced_by_a_process_forked_from_its_own():
    loop = loop_for_workers()
    workers = Workers()
    first = loop.run_until_complete(workers.run("os:getpid", (), 5.0))
    if not (child := os.fork()):
        workers._idle.clear()  # as a child does that forgets them
        os._exit(0)
    os.waitpid(child, 0)

    try:
        work = asyncio.wait_for(workers.run("os:getpid", (), 5.0), 20)
        assert loop.run_until_complete(work) == first
    finally:
        loop.run_until_complete(workers.close())
        loop.close()


async def test_none_is_left_when_the_context_ends():
    async with Workers() as workers:
        pids = [await workers.run(f"os:{name}", (), 5.0) for name in ("getpid", "getppid")]
        hanging = asyncio.create_task(workers.run("time:sleep", (30,), 20.0))
        await asyncio.sleep(0.1)
        hanging.cancel()
    await asyncio.wait([hanging])

    assert all(gone(pid) for pid in pids)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_none_is_left_when_the_crawl_is_ended(number):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as crawl:
        pids = [int(crawl.stdout.readline()) for _ in range(2)]
        if number == signal.SIGKILL:
            os.kill(crawl.pid, number)
        else:
            os.killpg(crawl.pid, number)  # as a terminal does: to all of them
        crawl.wait()

    assert all(gone(pid) for pid in pids)


def test_one_that_is_forked_early_is_used_once_and_replaced_when_it_dies():
    fork_early("gc:collect")
    gc.unfreeze()  # other tests collect

    async def work():
        async with Workers("gc:collect") as first, Workers("gc:collect") as second:
            pids = [await one.run("os:getppid", (), 5.0) for one in (first, second, first)]
            forked = first._nursery.pid
            os.kill(forked, signal.SIGKILL)
            gone(forked)
            return forked, pids, await first.run("os:getppid", (), 5.0)

    forked, pids, again = asyncio.run(work())

    assert pids[0] == pids[2] == forked
    assert pids[1] != forked
    assert again not in {forked, pids[1]}
    with pytest.raises(ChildProcessError):
        os.waitpid(forked, os.WNOHANG)


async def test_no_more_are_begun_than_processors_unless_those_stay_at_work(monkeypatch):
    monkeypatch.setattr("crawler.fetch.workers._PROCESSORS", 1)
    monkeypatch.setattr("crawler.fetch.workers._SOON", 60)
    async with Workers() as workers:
        pids = await asyncio.gather(*(workers.run("os:getpid", (), 5.0) for _ in range(6)))
        assert len(set(pids)) == 1

        monkeypatch.setattr("crawler.fetch.workers._SOON", 0.01)
        hanging = asyncio.create_task(workers.run("time:sleep", (30,), 20.0))
        await asyncio.sleep(0)
        assert await workers.run("os:getpid", (), 5.0) not in pids
        hanging.cancel()
        await asyncio.wait([hanging])


ALONE = """
import threading, pyarrow
from crawler.fetch import workers
kept = pyarrow.array(range(100_000))
alone = workers._has_one_thread()
threading.Thread(target=threading.Event().wait, daemon=True).start()
print(alone, workers._has_one_thread())
"""


def test_what_pyarrow_keeps_for_its_memory_is_no_thread_that_a_fork_would_lose():
    run = subprocess.run(
        [sys.executable, "-c", ALONE],
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.stdout.split() == ["True", "False"], run.stderr
