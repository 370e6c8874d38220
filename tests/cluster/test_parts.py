"""The parts of a crawl in several processes, each alone."""

import asyncio
import json
import subprocess
import sys

import pytest

from crawler.cli.crawl import count_asked_for
from crawler.cli.errors import UsageError
from crawler.cluster.layout import count_shards, folder_of_site, lay_out, shard_folders
from crawler.cluster.limits_file import LimitsFile
from crawler.cluster.page_quota import FileQuota, note_pages
from crawler.cluster.shard_report import Report, read_report
from crawler.cluster.supervise import INTERRUPTED, Supervisor
from crawler.cluster.url_exchange import FileCourier, inbox_of, read_batch
from crawler.frontier.link_rules import Candidate, Screen, Seen
from crawler.frontier.settings import FrontierSettings
from crawler.frontier.shard_messages import message_from
from crawler.store.database import StoreError, open_database
from tests.frontier.web import links

NOW = 1_000.0


# --- layout ------------------------------------------------------------------------------------


def test_a_plain_job_is_its_own_and_only_shard(tmp_path):
    assert count_shards(tmp_path) == 1
    assert shard_folders(tmp_path) == [tmp_path]
    assert folder_of_site(tmp_path, "example.test") == tmp_path


def test_a_parent_keeps_its_number_of_shards(tmp_path):
    lay_out(tmp_path, 3)
    lay_out(tmp_path, 3)

    assert len(shard_folders(tmp_path)) == 3
    assert folder_of_site(tmp_path, "example.test") in shard_folders(tmp_path)
    with pytest.raises(StoreError, match="go on with --shards 3"):
        lay_out(tmp_path, 2)


def test_a_plain_job_does_not_become_a_parent(tmp_path):
    (tmp_path / "crawl.db").touch()

    with pytest.raises(StoreError, match="without --shards"):
        lay_out(tmp_path, 2)


@pytest.mark.parametrize("text", ["", "[]", '{"shards": null}', '{"n": 2}'])
def test_a_damaged_layout_is_named(tmp_path, text):
    (tmp_path / "shards.json").write_text(text)

    with pytest.raises(StoreError, match="damaged"):
        count_shards(tmp_path)


# --- courier -----------------------------------------------------------------------------------


def candidates(*urls):
    screen = Screen(FrontierSettings(), Seen(), NOW)
    for link in links(*urls):
        screen.take(link, 1)
    return screen.candidates


def write(connection, found, shard=1):
    connection.executemany(
        "INSERT INTO outbox (shard, candidate) VALUES (?, ?)",
        [(shard, json.dumps(item)) for item in found],
    )


def test_a_candidate_survives_the_journey():
    found = candidates("http://a.test/x?page=1", "http://a.test/2024/05/06/a-b")

    assert found
    for item in found:
        back = message_from(json.dumps(item))
        assert back == item
        assert isinstance(back, Candidate)


async def test_a_batch_leaves_once_and_is_deleted_only_when_it_has_arrived(tmp_path):
    lay_out(tmp_path, 3)
    found = candidates(*(f"http://a.test/{n}" for n in range(50)))
    async with open_database(shard_folders(tmp_path)[0] / "crawl.db") as database:
        await database.transaction(lambda c: write(c, found, shard=1))
        await database.transaction(lambda c: write(c, found[:5], shard=2))
        courier = FileCourier(tmp_path, 0, database)

        assert await courier.send() == 55
        assert not await database.read(lambda c: c.execute("SELECT 1 FROM outbox").fetchall())
        assert await courier.send() == 0

    (first,) = inbox_of(tmp_path, 1).glob("*.jsonl")
    (second,) = inbox_of(tmp_path, 2).glob("*.jsonl")
    assert read_batch(first) == found
    assert read_batch(second) == found[:5]


async def test_what_was_carried_but_not_deleted_is_carried_again_under_its_name(tmp_path):
    lay_out(tmp_path, 2)
    found = candidates("http://a.test/")
    async with open_database(shard_folders(tmp_path)[0] / "crawl.db") as database:
        await database.transaction(lambda c: write(c, found))
        courier = FileCourier(tmp_path, 0, database)
        courier._deliver(1, await database.read(lambda c: c.execute(
            "SELECT id, shard, candidate FROM outbox").fetchall()))  # fmt: skip
        await courier.send()  # as after a crash between the two

    assert len(list(inbox_of(tmp_path, 1).iterdir())) == 1


# --- quota -------------------------------------------------------------------------------------


def test_the_pages_of_all_shards_never_pass_the_limit(tmp_path):
    note_pages(tmp_path, [3, 2])
    one, two = FileQuota(tmp_path, 0, 2), FileQuota(tmp_path, 1, 2)
    one.most = two.most = 7

    assert one.take(4)
    assert two.take(3)
    assert not two.take(4)
    assert not one.take(5)
    assert one.take(3)  # what ended without a page
    assert two.take(4)
    one.close()
    two.close()


# --- addresses ---------------------------------------------------------------------------------

HOLDS = """
import sys, time
from pathlib import Path
from crawler.cluster.limits_file import LimitsFile
gate = LimitsFile(Path(sys.argv[1]))
print(gate.enter("10.0.0.1", 1000.0, 5.0), flush=True)
sys.stdin.read()
"""


def test_an_address_is_one_shard_s_at_a_time_and_free_when_it_dies(tmp_path):
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout.readline() == b"0.0\n"
    gate = LimitsFile(tmp_path)

    assert NOW < gate.enter("10.0.0.1", NOW, 5.0) < NOW + 1  # in use: look again soon
    assert gate.enter("10.0.0.2", NOW, 5.0) == 0.0
    other.kill()
    other.communicate()
    assert gate.enter("10.0.0.1", NOW + 1, 5.0) == NOW + 5  # its delay outlives it
    assert gate.enter("10.0.0.1", NOW + 5, 5.0) == 0.0
    gate.leave("10.0.0.1", NOW + 30)
    assert gate.enter("10.0.0.1", NOW + 20, 5.0) == NOW + 30
    gate.close()


# --- supervisor --------------------------------------------------------------------------------

# A shard that answers what it is asked: first argument is what it does, second a shared file.
SHARD = """
import json, os, pathlib, signal, sys
what, file = sys.argv[1], pathlib.Path(sys.argv[2])
if what == "dies once" and not file.exists():
    file.touch()
    os.kill(os.getpid(), signal.SIGKILL)
if what == "fails":
    sys.exit(1)
if what == "full":
    sys.exit(0)
rounds = 0
for line in sys.stdin:
    if line == "end\\n":
        sys.exit(0)
    rounds += 1
    print("a word of somebody's library")
    busy = what == "busy" and rounds < 6
    state = {"round": int(line.split()[1]), "idle": not busy, "visits": min(rounds, 4)}
    print(json.dumps(state), flush=True)
"""


def supervise(tmp_path, *whats):
    program = [sys.executable, "-c", SHARD]

    def start(number):
        return asyncio.create_subprocess_exec(
            *(*program, whats[number], str(tmp_path / str(number))),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )

    return Supervisor(start, len(whats))


@pytest.mark.parametrize(
    ("whats", "code"),
    [
        (("idle", "idle"), 0),
        (("idle", "busy"), 0),
        (("idle", "full"), 0),  # one that has ended by itself keeps nobody waiting
        (("idle", "fails"), 1),  # the others are told to stop
    ],
)
async def test_shards_end_together(tmp_path, whats, code):
    async with asyncio.timeout(30):
        assert await supervise(tmp_path, *whats).run() == code


async def test_a_shard_that_died_is_started_again(tmp_path, monkeypatch):
    monkeypatch.setattr("crawler.cluster.supervise._WAIT", (0.01,))
    async with asyncio.timeout(30):
        assert await supervise(tmp_path, "idle", "dies once").run() == 0


async def test_a_stop_is_passed_on(tmp_path):
    supervisor = supervise(tmp_path, "busy", "idle")
    run = asyncio.create_task(supervisor.run())
    await asyncio.sleep(0.2)
    supervisor.stop()
    async with asyncio.timeout(10):
        assert await run == INTERRUPTED


def test_what_is_no_report_is_no_report():
    report = Report(round=3, idle=True, reasons={"robots_meta.noai": 2})

    assert read_report(report.line()) == report
    assert read_report(b"hello\n") is None
    assert read_report(b'{"round": 1, "new": 2}\n') is None
    assert read_report(b"[1]\n") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"shards": 0}',
        '{"shards": -3}',
        '{"shards": 1000000000}',
        '{"shards": "x"}',
        "[" * 99_999,
    ],
)
def test_a_damaged_number_of_shards_is_said(tmp_path, text):
    (tmp_path / "shards.json").write_text(text)

    with pytest.raises(StoreError, match="is damaged"):
        count_shards(tmp_path)


@pytest.mark.parametrize(
    ("asked", "there", "expected"),
    [
        ("1", None, 1),
        ("256", None, 256),
        ("auto", None, 3),
        ("auto", 5, 5),  # a job keeps its number: sites would change hands
        ("auto", 1, 1),
        ("2", 5, 2),  # which `lay_out` then refuses
        *((wrong, None, None) for wrong in ("0", "257", "-1", "two", "", "1.5", "Auto", "\u0662")),
    ],
)
def test_so_many_shards_are_asked_for(tmp_path, monkeypatch, asked, there, expected):
    monkeypatch.setattr("crawler.cli.crawl.count_processors", lambda: 3)
    if there == 1:
        (tmp_path / "crawl.db").touch()
    elif there:
        lay_out(tmp_path, there)

    if expected is None:
        with pytest.raises(UsageError, match=r"--shards .*: a number from 1 to 256, or auto"):
            count_asked_for(asked, tmp_path)
    else:
        assert count_asked_for(asked, tmp_path) == expected
