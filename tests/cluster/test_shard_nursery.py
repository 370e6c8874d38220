"""Shards are forked by one warm process: streams, signals, exit codes, and who outlives whom."""

import asyncio
import os
import signal
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from crawler.cluster.processors import count_processors
from crawler.cluster.shard_nursery import Nursery

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


def echo(number):
    """Say what is said, until the end; then what arrived as a signal or an exit code."""
    caught = []
    signal.signal(signal.SIGTERM, lambda got, _: caught.append(got))
    print(f"shard {number}", flush=True)
    for line in sys.stdin:
        if line == "signals\n":
            print(len(caught), flush=True)
        elif line == "fail\n":
            sys.exit("told to fail")
        elif line == "raise\n":
            raise RuntimeError
        else:
            print(line.strip().upper(), flush=True)
    return 40 + number


def nursery_test(work=echo):
    """Make the nursery before there is a loop, as the command does, and run a test in one."""

    def decorated(function):
        def test():
            with closing(Nursery(work)) as nursery:
                asyncio.run(asyncio.wait_for(function(nursery), 20))

        return test

    return decorated


@nursery_test()
async def test_each_shard_has_streams_of_its_own(nursery):
    shards = [await nursery.start(number) for number in (0, 1, 2)]

    for number, shard in enumerate(shards):
        assert await shard.stdout.readline() == f"shard {number}\n".encode()
        shard.stdin.write(f"word {number}\n".encode())
    assert [await shard.stdout.readline() for shard in shards] == [
        b"WORD 0\n",
        b"WORD 1\n",
        b"WORD 2\n",
    ]
    for shard in shards[::-1]:
        assert shard.returncode is None
        shard.stdin.close()
        assert await shard.stdout.read() == b""
    assert [await shard.wait() for shard in shards] == [40, 41, 42]
    assert len({shard.pid for shard in shards} | {os.getpid(), nursery._pid}) == 5


@nursery_test()
async def test_signals_reach_the_shard_they_are_meant_for(nursery):
    first, second = await nursery.start(0), await nursery.start(1)
    assert [await one.stdout.readline() for one in (first, second)] == [b"shard 0\n", b"shard 1\n"]

    first.send_signal(signal.SIGTERM)
    await asyncio.sleep(0.05)
    answers = []
    for one in (first, second):
        one.stdin.write(b"signals\n")
        answers.append(await one.stdout.readline())
    second.send_signal(signal.SIGKILL)

    assert answers == [b"1\n", b"0\n"]
    assert await second.wait() == -signal.SIGKILL
    second.send_signal(signal.SIGKILL)  # nobody's id any more
    again = await nursery.start(1)
    assert await again.stdout.readline() == b"shard 1\n"
    assert again.pid != second.pid


@nursery_test()
async def test_a_shard_that_fails_says_so_by_its_code(nursery):
    for word in (b"fail\n", b"raise\n"):
        shard = await nursery.start(0)
        shard.stdin.write(word)

        assert await shard.wait() == 1


@nursery_test()
async def test_without_its_nursery_a_shard_is_told_to_stop_and_its_supervisor_knows(nursery):
    shard = await nursery.start(0)
    assert await shard.stdout.readline() == b"shard 0\n"

    os.kill(nursery._pid, signal.SIGKILL)
    assert await shard.wait() == 1
    shard.stdin.write(b"signals\n")
    with pytest.raises(OSError, match=r"."):
        await nursery.start(0)


def test_without_its_supervisor_the_nursery_ends_after_its_shards(tmp_path):
    def work(number):
        (tmp_path / "begun").write_text(str(os.getpid()))
        sys.stdin.read()
        time.sleep(0.2)
        (tmp_path / "ended").touch()
        return number

    if not (supervisor := os.fork()):  # a supervisor that is killed
        nursery = Nursery(work)
        (tmp_path / "nursery").write_text(str(nursery._pid))
        asyncio.run(asyncio.wait_for(_start_and_wait(nursery), 20))
        os._exit(0)
    until((tmp_path / "begun").exists)
    nursery = int((tmp_path / "nursery").read_text())
    os.kill(supervisor, signal.SIGKILL)
    os.waitpid(supervisor, 0)

    until((tmp_path / "ended").exists)
    until(lambda: not Path(f"/proc/{nursery}").exists() or _is_ended(nursery))


async def _start_and_wait(nursery):
    await (await nursery.start(3)).wait()


def _is_ended(pid):
    return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()


def until(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


ALLOWED = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, ALLOWED),
        ({"own": "0::/\n", "cpu.max": "max 100000\n"}, ALLOWED),
        ({"own": "0::/\n", "cpu.max": "100000 100000\n"}, 1),
        ({"own": "0::/\n", "cpu.max": "150000 100000\n"}, 1),
        ({"own": "0::/\n", "cpu.max": "20000 100000\n"}, 1),  # a fifth is one all the same
        ({"own": "0::/\n", "cpu.max": "99999999 100000\n"}, ALLOWED),
        ({"own": "0::/a/b\n", "a/cpu.max": "100000 100000\n", "a/b/cpu.max": "max 1\n"}, 1),
        ({"own": "0::/host/path\n", "cpu.max": "100000 100000\n"}, 1),  # a container's own
        ({"own": "0::/../up\n", "cpu.max": "100000 100000\n"}, 1),
        (
            {
                "own": "4:cpu,cpuacct:/x\n1:name=systemd:/\n",
                "cpu,cpuacct/x/cpu.cfs_quota_us": "100000\n",
                "cpu,cpuacct/x/cpu.cfs_period_us": "100000\n",
            },
            1,
        ),
        (
            {
                "own": "4:cpu:/\n",
                "cpu/cpu.cfs_quota_us": "-1\n",
                "cpu/cpu.cfs_period_us": "100000\n",
            },
            ALLOWED,
        ),
        ({"own": "0::/\n", "cpu.max": "no numbers here\n"}, ALLOWED),
        ({"own": "nonsense\n0::/\n", "cpu.max": "100000 100000\n"}, 1),
    ],
)
def test_processors_are_those_this_process_may_use(tmp_path, files, expected):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    assert count_processors(tmp_path, tmp_path / "own") == expected
