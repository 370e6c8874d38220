import random
import signal
import sqlite3
import subprocess

import pytest

from tests.acceptance.conftest import HOST, REDUCED, SEED, kept, policy_text, run, start

KILLS = 5 if REDUCED else 20


@pytest.mark.timeout(900)
def test_killed_at_random_moments_it_ends_with_the_same_set_of_pages(documentation, tmp_path):
    policy, job = tmp_path / "policy.toml", tmp_path / "job"
    # Slow enough that all the kills fall into the crawl.
    policy.write_text(policy_text({HOST: documentation.address}, min_delay="30ms"))
    chance = random.Random(4242)
    before, kills = {}, 0
    while kills < KILLS:
        process = start("crawl", SEED, "--job", job, "--policy", policy)
        try:
            process.wait(timeout=chance.uniform(0.7, 2.2))
        except subprocess.TimeoutExpired:
            process.kill()
            kills += 1
        process.communicate()
        if process.returncode == 0:
            break
        now = kept(job) if (job / "crawl.db").exists() and _has_pages(job) else {}
        assert set(before) <= set(now), "a committed page is lost"
        before = now

    policy.write_text(policy_text({HOST: documentation.address}))
    result = run("crawl", SEED, "--job", job, "--policy", policy, timeout=300)

    assert kills == KILLS, "the crawl ended before it was killed often enough"
    assert result.returncode == 0, result.stderr
    assert set(before) <= set(kept(job))
    assert set(kept(job)) == set(documentation.pages)
    assert _integrity(job) == "ok"


@pytest.fixture
def crawl_under_way(documentation, tmp_path, request):
    """Return a crawl of several minutes that has kept its first pages.

    Parametrised with True it is a job in a shell's background, which ignores Ctrl-C.
    """
    policy, job = tmp_path / "slow.toml", tmp_path / "job"
    policy.write_text(policy_text({HOST: documentation.address}, min_delay="400ms"))
    before = signal.getsignal(signal.SIGINT)
    if getattr(request, "param", False):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = start("crawl", SEED, "--job", job, "--policy", policy)
    signal.signal(signal.SIGINT, before)
    _until(lambda: _has_pages(job) and kept(job), process)
    yield process, job, policy
    process.kill()
    process.communicate()


@pytest.mark.parametrize(
    ("crawl_under_way", "number"),
    [(False, signal.SIGINT), (True, signal.SIGTERM)],
    ids=["Ctrl-C", "SIGTERM in the background"],
    indirect=["crawl_under_way"],
)
def test_a_signal_stops_within_five_seconds_says_what_was_saved_and_exits_130(
    crawl_under_way, number
):
    process, job, _ = crawl_under_way

    process.send_signal(number)
    _, errors = process.communicate(timeout=5)

    assert process.returncode == 130
    assert "saved" in errors
    assert str(job) in errors
    assert kept(job)


def test_a_second_ctrl_c_stops_at_once(crawl_under_way):
    process, _, _ = crawl_under_way

    process.send_signal(signal.SIGINT)
    # Two signals of one kind may arrive as one: the first must have been seen.
    while "stopping" not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=5)

    assert process.returncode == 130


def test_a_second_crawl_on_one_job_is_refused_in_one_line(crawl_under_way):
    process, job, policy = crawl_under_way

    second = run("crawl", SEED, "--job", job, "--policy", policy)

    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert str(process.pid) in second.stderr
    assert process.poll() is None


def _has_pages(job):
    try:
        with sqlite3.connect(f"file:{job / 'crawl.db'}?mode=ro", uri=True) as connection:
            connection.execute("SELECT count(*) FROM page")
    except sqlite3.OperationalError:  # not made yet
        return False
    return True


def _until(condition, process):
    import time

    for _ in range(600):
        if condition():
            return
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.05)
    raise AssertionError("nothing was kept in half a minute")


def _integrity(job):
    with sqlite3.connect(job / "crawl.db") as connection:
        return connection.execute("PRAGMA integrity_check").fetchone()[0]
