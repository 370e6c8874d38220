"""Hosts' clocks that all commands of a user share, over real processes."""

import subprocess
import sys
import time
from contextlib import closing

import pytest

from crawler.cli.clock import SteadyClock, host_leases
from crawler.config import parse
from crawler.store import host_leases as module
from crawler.store.host_leases import HostLeases

NOW = 1_700_000_000.0
# Another process: it takes the host, says so, and keeps it until its input ends.
OTHER = """
import sys
from pathlib import Path
from crawler.store.host_leases import HostLeases
held = HostLeases(Path(sys.argv[1]), sys.argv[2], 0.0)
held._may_begin = 0.0
print(held.enter("a.test", float(sys.argv[3]), 5.0), flush=True)
sys.stdin.readline()
held.leave("a.test", float(sys.argv[3]) + 60.0, float(sys.argv[3]))
print("left", flush=True)
sys.stdin.readline()
"""


def opened(folder, job="job", **more):
    found = HostLeases(folder, job, 0.0, **more)
    found._may_begin = 0.0
    return closing(found)


@pytest.fixture
def other(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(tmp_path), "other", str(NOW)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "0.0\n"
    yield process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def test_a_host_that_another_process_asks_is_left_alone(tmp_path, other):
    with opened(tmp_path) as leases:
        assert 0 < leases.enter("a.test", NOW, 1.0) - NOW < 1
        assert leases.enter("b.test", NOW, 1.0) == 0.0

        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == "left\n"
        assert leases.enter("a.test", NOW, 1.0) == NOW + 60
        assert leases.enter("a.test", NOW + 60, 1.0) == 0.0


def test_a_process_that_dies_lets_go_and_what_it_asked_still_counts(tmp_path, other):
    with opened(tmp_path) as leases:
        other.kill()
        other.wait()
        assert leases.enter("a.test", NOW, 1.0) == NOW + 5
        assert leases.enter("a.test", NOW + 5, 1.0) == 0.0


def test_whoever_comes_second_gives_the_first_time_to_close_its_connections(tmp_path, other):
    with closing(HostLeases(tmp_path, "job", 0.0)) as leases:
        assert not leases.alone()
        begin = leases.enter("b.test", NOW, 1.0)
        assert 0 < begin - NOW < 1
        assert leases.enter("b.test", begin, 1.0) == 0.0

    other.kill()
    other.wait()
    with closing(HostLeases(tmp_path, "job", 0.0)) as leases:
        assert leases.alone()
        assert leases.enter("b.test", NOW + 100, 1.0) == 0.0


@pytest.mark.usefixtures("other")
def test_shards_of_one_job_count_as_one(tmp_path):
    with opened(tmp_path, "other") as leases:
        assert leases.alone()


def test_times_stay_until_they_have_come(tmp_path):
    with opened(tmp_path) as leases:
        assert leases.enter("a.test", NOW, 5.0) == 0.0
        leases.leave("a.test", NOW + 7, NOW)

    with opened(tmp_path) as again:
        assert again.enter("a.test", NOW + 1, 5.0) == NOW + 7
        assert again.enter("a.test", NOW + 7, 5.0) == 0.0


def test_hosts_give_their_place_up_once_their_time_has_come(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_BUCKETS", 1)
    with opened(tmp_path) as leases:
        for number in range(40):
            assert leases.enter(f"{number}.test", NOW + number, 1.0) == 0.0
            leases.leave(f"{number}.test", NOW + number + 1, NOW + number)
        for number in range(7):
            assert leases.enter(f"late-{number}.test", NOW + 60, 99.0) == 0.0

        assert leases.enter("late-0.test", NOW + 61, 1.0) == NOW + 159
        assert leases.enter("39.test", NOW + 61, 1.0) == 0.0


def test_no_name_of_a_host_stands_in_the_file(tmp_path):
    with opened(tmp_path) as leases:
        leases.enter("very-private.test", NOW, 5.0)

    path = tmp_path / "hosts"
    assert b"private" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [b"", b"x" * 100, b"hosts 1\n"])
def test_a_damaged_file_is_made_anew(tmp_path, damage):
    (tmp_path / "hosts").write_bytes(damage)

    with opened(tmp_path) as leases:
        assert leases.enter("a.test", NOW, 5.0) == 0.0


def test_another_run_of_the_machine_knows_no_times(tmp_path, monkeypatch):
    with opened(tmp_path) as leases:
        leases.enter("a.test", NOW, 5.0)
    monkeypatch.setattr(module, "_boot", lambda: "another")

    with opened(tmp_path) as leases:
        assert leases.enter("a.test", NOW, 5.0) == 0.0


def test_a_host_dialled_elsewhere_is_another_host(tmp_path):
    with opened(tmp_path, mapped={"a.test": "127.0.0.1:1", "[::1]:80": "127.0.0.1:2"}) as mapped:
        mapped.enter("a.test", NOW, 5.0)
        mapped.enter("[::1]", NOW, 5.0)
        mapped.enter("b.test", NOW, 5.0)
    with opened(tmp_path) as plain:
        assert plain.enter("a.test", NOW, 5.0) == 0.0
        assert plain.enter("[::1]", NOW, 5.0) == 0.0
        assert plain.enter("b.test", NOW, 5.0) == NOW + 5


@pytest.mark.parametrize("step", [3_600.0, -3_600.0, 400 * 86_400.0])
def test_a_step_of_the_wall_clock_moves_nothing(monkeypatch, step):
    clock = SteadyClock()
    before, wall = clock(), time.time()
    monkeypatch.setattr(time, "time", lambda: wall + step)

    assert 0 <= clock() - before < 1
    assert SteadyClock(clock.offset)() - before < 1
    assert SteadyClock()() - before == pytest.approx(step, abs=1)


def test_a_step_between_two_commands_moves_nothing(tmp_path, monkeypatch):
    config, wall = parse(""), time.time()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    clock = SteadyClock()
    with host_leases(None, config, clock) as leases:
        assert leases.enter("a.test", clock(), 30.0) == 0.0

    for step in (86_400.0, -86_400.0):
        monkeypatch.setattr(time, "time", lambda step=step: wall + step)
        clock = SteadyClock()
        with host_leases(None, config, clock) as leases:
            assert 28 < leases.enter("a.test", clock(), 30.0) - clock() < 30


def test_a_crawl_goes_on_without_the_file_and_says_so(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))

    with host_leases(None, parse(""), SteadyClock()) as leases:
        assert leases is None

    assert "no clock is shared" in capsys.readouterr().err
