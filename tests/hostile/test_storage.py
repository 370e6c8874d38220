"""Disks that are full, read-only, damaged, cut off or newer than we are: one clear line each."""

import asyncio
import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from crawler.config import load
from crawler.core.urls import parse
from crawler.corpus.upkeep.doctor import examine
from crawler.corpus.upkeep.verify_job import verify_job
from crawler.crawl import open_crawl
from crawler.store.database import SCHEMA_VERSION
from tests.hostile.powercut import ROOT_POLICY, kept
from tests.hostile.soak import HERE, ROOT, Site

HOSTS, PAGES = 4, 40


@pytest.fixture(scope="module")
def site():
    """Serve a few hosts of plain pages from a thread."""
    found, ready, loop = Site(PAGES, 0.0), threading.Event(), asyncio.new_event_loop()

    async def serve():
        server = await asyncio.start_server(found.serve, HERE, 0)
        found.port = server.sockets[0].getsockname()[1]
        ready.set()

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(serve(), loop).result(10)
    ready.wait(10)
    yield found
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


@pytest.fixture
def policy(site, tmp_path):
    path = tmp_path / "policy.toml"
    names = "".join(f'"h{n}.cut.test" = "{HERE}:{site.port}"\n' for n in range(HOSTS))
    path.write_text(ROOT_POLICY + names)
    return path


@pytest.fixture
def small_disk(tmp_path):
    """Mount a small disk; return a function that changes its options."""
    place = tmp_path / "disk"
    place.mkdir()
    if (
        os.geteuid()
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "none", place],
            check=False,
            capture_output=True,
        ).returncode
    ):
        pytest.skip("needs the right to mount a small disk")

    def change(options):
        subprocess.run(["mount", "-o", f"remount,{options}", place], check=True)

    change.place = place
    yield change
    subprocess.run(["umount", "-l", place], check=True)


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "crawler", *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=100,
    )


def crawl(job, policy):
    seeds = [f"http://h{number}.cut.test/p/0" for number in range(HOSTS)]
    return run("crawl", *seeds, "--job", job, "--policy", policy)


def said(result):
    """Return the one line that says what is wrong; what else is there is progress."""
    assert "Traceback" not in result.stderr, result.stderr
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("crawler: ")]
    return line


def assert_whole(job):
    assert len(kept(job)) == HOSTS * PAGES
    assert verify_job(job, None, "", None).faults == ()
    assert examine(job, time.time(), repair=False).left == ()


@pytest.mark.slow
@pytest.mark.parametrize("archive", ["true", "false"])
def test_a_disk_that_fills_up_stops_the_crawl_and_costs_nothing_committed(
    small_disk, policy, archive
):
    policy.write_text(policy.read_text().replace("enabled = true", f"enabled = {archive}"))
    job = small_disk.place / "job"

    full = crawl(job, policy)
    before = kept(job)
    small_disk("size=64m")
    fine = crawl(job, policy)

    assert full.returncode == 1
    assert "full" in said(full)
    assert fine.returncode == 0, fine.stderr
    assert before.items() <= kept(job).items()
    assert_whole(job)


@pytest.mark.slow
def test_a_disk_that_is_full_from_the_start_is_told_in_one_line(small_disk, policy):
    (small_disk.place / "ballast").write_bytes(b"x" * (2**20 - 8_192))
    job = small_disk.place / "job"

    full = crawl(job, policy)
    (small_disk.place / "ballast").unlink()
    small_disk("size=64m")
    fine = crawl(job, policy)

    assert full.returncode == 1
    assert "full" in said(full)
    assert fine.returncode == 0, fine.stderr
    assert_whole(job)


@pytest.mark.slow
def test_an_export_to_a_full_disk_is_told_and_leaves_the_job_as_it_was(
    small_disk, policy, tmp_path
):
    job, out = tmp_path / "job", small_disk.place / "out"
    crawl(job, policy)
    (small_disk.place / "ballast").write_bytes(b"x" * (2**20 - 32_768))

    full = run("export", job, "--out", out, "--policy", policy)
    (small_disk.place / "ballast").unlink()
    small_disk("size=64m")
    fine = run("export", job, "--out", out, "--policy", policy)

    assert full.returncode == 1
    assert "full" in said(full)
    assert fine.returncode == 0, fine.stderr
    assert run("verify", out).returncode == 0
    assert_whole(job)


@pytest.mark.slow
def test_a_disk_that_became_read_only_is_told_in_one_line(small_disk, policy):
    small_disk("size=64m")
    job = small_disk.place / "job"
    crawl(job, policy)
    small_disk("ro")

    results = [crawl(job, policy), run("doctor", job, "--repair"), run("annotate", job)]
    new = crawl(small_disk.place / "new", policy)
    small_disk("rw")

    for result in [*results, new]:
        assert result.returncode == 1, result
        assert any(word in said(result) for word in ("written", "cannot write", "Read-only"))
    assert_whole(job)


def spoil_page(job):
    database = job / "crawl.db"
    raw = bytearray(database.read_bytes())
    at = raw.index(b"h2.cut.test 7") // 4_096 * 4_096
    raw[at : at + 4_096] = b"\xa5" * 4_096
    database.write_bytes(raw)


def make_newer(job):
    with contextlib.closing(sqlite3.connect(job / "crawl.db")) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")


def make_nonsense(job):
    (job / "crawl.db").write_bytes(b"no database" * 1_000)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "says", "command"),
    [
        (spoil_page, "run `crawler doctor", "export"),
        (make_newer, "update the crawler", "crawl"),
        (make_nonsense, "run `crawler doctor", "crawl"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_in_one_line(policy, tmp_path, spoil, says, command):
    job = tmp_path / "job"
    crawl(job, policy)
    spoil(job)

    if command == "crawl":
        result = crawl(job, policy)
    else:
        result = run("export", job, "--out", tmp_path / "out", "--policy", policy)

    assert result.returncode == 1
    assert says in said(result)


@pytest.mark.slow
def test_a_damaged_page_is_mended_and_the_crawl_goes_on(policy, tmp_path):
    job = tmp_path / "job"
    crawl(job, policy)
    before = kept(job)
    spoil_page(job)

    wrong, mended, again = run("doctor", job), run("doctor", job, "--repair"), crawl(job, policy)

    assert (wrong.returncode, again.returncode) == (1, 0)
    assert "is damaged" in wrong.stdout
    assert "rows were read into a new one" in mended.stdout
    assert kept(job).items() <= before.items()
    assert len(kept(job)) > 0.8 * len(before)
    assert (job / "crawl.db.damaged-1").exists()


@pytest.mark.slow
def test_a_log_that_was_cut_off_is_told_and_the_crawl_goes_on_from_before(policy, tmp_path):
    job, cut = tmp_path / "job", tmp_path / "cut"
    process = subprocess.Popen(
        [sys.executable, "-m", "crawler", "crawl", "--job", job, "--policy", policy]
        + [f"http://h{number}.cut.test/p/0" for number in range(HOSTS)],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    log = job / "crawl.db-wal"
    while process.poll() is None and not (log.exists() and log.stat().st_size > 400_000):
        time.sleep(0.005)
    process.kill()
    process.wait()
    shutil.copytree(job, cut)
    os.truncate(cut / log.name, (cut / log.name).stat().st_size * 2 // 3)

    told, mended, again = run("doctor", cut), run("doctor", cut, "--repair"), crawl(cut, policy)

    assert told.returncode == 1
    assert "ends within a transaction" in told.stdout
    assert mended.returncode == 0, mended.stdout
    assert again.returncode == 0
    assert_whole(cut)


@pytest.mark.slow
def test_a_crawl_killed_at_any_write_goes_on_and_ends_the_same():
    result = subprocess.run(
        [sys.executable, "-m", "tests.hostile.powercut", "--cuts", "15"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.slow
async def test_a_clock_that_jumps_back_costs_time_and_never_politeness(site, policy, tmp_path):
    delay = 0.15
    policy.write_text(policy.read_text().replace('min_delay = "0s"', f'min_delay = "{delay}s"'))
    job, jump = tmp_path / "job", [0.0]
    seeds = [parse(f"http://h{number}.cut.test/p/0") for number in range(HOSTS)]
    site.seen.clear()

    async def one_run(clock, back=0.0):
        async with open_crawl(job, load(str(policy)), clock) as run:
            await run.add_seeds(seeds)
            running = asyncio.create_task(run.engine.run())
            while back and run.engine.progress.kept < HOSTS * 3:
                await asyncio.sleep(0.01)
            jump[0] -= back
            ended = await running
            await run.close(ended)
            return ended.why

    first = await one_run(lambda: time.time() + jump[0], back=3_600.0)
    jump[0] = 0.0
    second = await one_run(time.time)

    assert (first, second) == ("patience", "done")
    by_host = {}
    for host, at in site.seen:
        assert at - by_host.get(host, -1.0) >= delay * 0.9
        by_host[host] = at
    assert_whole(job)
