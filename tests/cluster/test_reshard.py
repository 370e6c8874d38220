"""Another number of shards: every row once, proven, and a crawl that goes on as if nothing were."""

import gzip
import json
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing

import pytest

from crawler.cluster import swapping
from crawler.cluster.inventory import inventory, unlike
from crawler.cluster.layout import count_shards, shard_folders
from crawler.cluster.reshard import reshard
from crawler.cluster.swapping import NOTE
from crawler.core.consent import decide, rules_version
from crawler.core.urls import parse
from crawler.corpus.removal.emptied_rows import empty
from crawler.corpus.removal.selector import Selector, Target
from crawler.corpus.upkeep.verify_job import verify_job
from crawler.store.archive import Archive, Writer
from crawler.store.database import StoreError, commit, connect
from crawler.store.job import DATABASE, hold
from crawler.store.ledger import append
from crawler.store.mirror import read_mirror
from crawler.store.pages import change_state
from tests.cli.run import invoke
from tests.cluster.test_shards import EVERYTHING, ROOT, crawl, host, interlinked, kept, run
from tests.corpus.made import standard
from tests.store.made import NOW

ARCHIVED = "\n[archive]\nenabled = true\n"


def archived(job):
    with closing(sqlite3.connect(job / DATABASE)) as connection:
        return connection.execute("SELECT count(*) FROM page WHERE archive_file != ''").fetchone()[
            0
        ]


def faults(job):
    return [
        fault
        for folder in shard_folders(job)
        for fault in verify_job(folder, decide, rules_version(), None).faults
    ]


@pytest.fixture
def job(tmp_path):
    """Return a job with pages of all states, raw answers, figures, requests, links under way."""
    folder = tmp_path / "job"
    folder.mkdir()
    archive = Archive(folder, Writer("made", "Bot/1.0", "made"))
    with closing(connect(folder / DATABASE)) as connection:
        archive.open(connection)
        for number, name in enumerate(("a", "b", "c"), 1):
            urls = [f"https://{name}.test/{path}" for path in ("1", "2", "no", "never")]
            host = (number, f"{name}.test", f"{name}.test", len(urls))
            connection.execute("INSERT INTO host (id, name, site, urls) VALUES (?, ?, ?, ?)", host)
            rows = [(number << 32 | n, number, parse(url).key, url) for n, url in enumerate(urls)]
            connection.executemany(
                "INSERT INTO url (id, host_id, key, url, state) VALUES (?, ?, ?, ?, 2)", rows
            )
    made = standard(folder, archive)
    run = made.connection.execute
    run("BEGIN")
    archive.sync(made.connection)
    commit(made.connection)
    numbers = dict(run("SELECT url, url_id FROM page").fetchall())
    run("BEGIN")
    change_state(made.connection, numbers["https://a.test/2"], "retired", "gone", NOW, "retire")
    for url, erase in (("https://b.test/1", False), ("https://c.test/1", True)):
        target = Target(numbers[url], url, "", "", "", "active")
        why = (Selector(urls=(url,)), "optout")
        empty(made.connection, target, why, NOW, erase=erase)
    run("INSERT INTO annotation VALUES (?, 'x', '{}', '{}')", (numbers["https://b.test/2"],))
    received = ("optout", "url", "https://b.test/1", "", NOW)
    run(
        "INSERT INTO takedown (kind, scope, subject, reason, received) VALUES (?,?,?,?,?)", received
    )
    append(made.connection, "takedown", {"request": 1, "step": "received", "kind": "optout"}, NOW)
    run("INSERT INTO loss VALUES ('www.h3.test', 'depth', 2, 'http://www.h3.test/x')")
    run("INSERT INTO turned_away VALUES ('depth', 2)")
    link = ["www.h5.test", "h5.test", 7, "http://www.h5.test/new", 0, 21, 1, None, 0.0, "", ""]
    run("INSERT INTO outbox (shard, candidate) VALUES (0, ?)", (json.dumps(link),))
    commit(made.connection)
    for number in range(40):
        run(
            "INSERT INTO host (name, site, due, reason) VALUES (?, ?, ?, 'parked: x')",
            (f"www.h{number}.test", f"h{number}.test", 2e9 + number),
        )
    made.connection.close()
    return folder


def test_every_row_comes_along_once_and_all_of_it_is_proven(job):
    before = inventory([job])
    for count in (3, 2, 5, 1):
        done = reshard(job, count, lambda _: None)

        assert (done.after, count_shards(job), len(shard_folders(job))) == (count,) * 3
        assert unlike(before, inventory(shard_folders(job))) == ""
        assert faults(job) == []
    assert archived(job) == 4
    left = {path.name for path in job.iterdir() if not path.name.startswith("crawl.db-")}
    assert left == {"crawl.db", "archive", "ledgers", "lock"}


def test_what_somebody_put_into_shards_is_kept(job):
    reshard(job, 2, lambda _: None)
    for number, count in enumerate((3, 1)):
        for folder in shard_folders(job):
            (folder / "notes").mkdir()
            (folder / "notes" / "mine.txt").write_text(f"{number} {folder.name}")
        reshard(job, count, lambda _: None)

    assert sorted(path.read_text() for path in job.rglob("mine.txt")) == [
        *("0 shard-000", "0 shard-001"),
        *("1 shard-000", "1 shard-001", "1 shard-002"),
    ]


def test_a_folder_that_is_called_as_a_shard_is_kept_or_stops_it(job):
    (job / "shard-000").mkdir()
    (job / "shard-000" / "mine.txt").write_text("mine")
    reshard(job, 2, lambda _: None)
    assert [path.read_text() for path in job.rglob("mine.txt")] == ["mine"]

    shutil.copytree(job / "shard-000", job / "shard-002")
    with pytest.raises(StoreError, match=r"shard-002 .*holds a job"):
        reshard(job, 3, lambda _: None)
    assert (job / "shard-002" / DATABASE).is_file()


def test_a_shard_that_is_lost_stops_it(job):
    reshard(job, 3, lambda _: None)
    (job / "shard-001").rename(job.parent / "elsewhere")
    with pytest.raises(StoreError, match=r"no crawl\.db in shard-001"):
        reshard(job, 1, lambda _: None)

    (job.parent / "elsewhere").rename(job / "shard-001")
    assert reshard(job, 1, lambda _: None).urls == 12


def test_it_is_known_of_every_table_what_becomes_of_it(job):
    carried = {"host", "url", "revisit", "site", "pattern", "turned_away", "loss", "outbox"}
    carried |= {"licence_file", "policy", "blob", "snapshot", "decision", "page", "archive"}
    carried |= {"tombstone", "takedown", "annotation", "removal", "receipt", "subject"}
    # Made anew by the rows themselves, asked for again, of exports or of a screening.
    others = {"ledger", "seal", "meta", "refusal", "awaited", "band", "cluster"}
    others |= {"release", "released", "screened_origin", "given_snapshot"}
    with closing(sqlite3.connect(job / DATABASE)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()

    assert {name for (name,) in tables} == carried | others


def test_raw_answers_that_lie_on_the_mirror_alone_come_back_and_leave_it(job, tmp_path):
    mirrored = tmp_path / "mirror" / "crawl-00000.warc.gz"
    mirrored.parent.mkdir()
    mirror = read_mirror(job)
    mirror.put(mirrored.name, str(mirrored))
    mirror.local(mirrored.name).unlink()

    reshard(job, 2, lambda _: None)

    assert sum(map(archived, shard_folders(job))) == 4
    assert faults(job) == []
    assert not mirrored.exists()


def test_a_row_that_is_of_no_host_stops_it(job):
    with closing(sqlite3.connect(job / DATABASE)) as connection:
        connection.execute("INSERT INTO url (id, host_id, key, url) VALUES (7, 999, 7, 'x')")
        connection.commit()

    with pytest.raises(StoreError, match=r"not the same \(URLs: 13 before, 12 after"):
        reshard(job, 2, lambda _: None)
    assert shard_folders(job) == [job]


def test_nothing_is_done_to_a_job_that_somebody_works_on_or_that_was_altered(job):
    with hold(job), pytest.raises(StoreError, match="is working on"):
        reshard(job, 2, lambda _: None)
    with closing(sqlite3.connect(job / DATABASE)) as connection:
        connection.execute("UPDATE page SET text = 'other' WHERE url = 'https://a.test/1'")
        connection.commit()
    with pytest.raises(StoreError, match=r"nothing was changed.*a\.test/1"):
        reshard(job, 2, lambda _: None)

    assert shard_folders(job) == [job]
    assert not (job / NOTE).exists()


@pytest.mark.parametrize("step", [1, 2])
@pytest.mark.parametrize("command", ["reshard", "status", "verify"])
def test_whatever_command_comes_next_ends_what_was_broken_off(job, monkeypatch, step, command):
    before, real, calls = inventory([job]), swapping._note, []

    def broken_off(*given):
        calls.append(given)
        if len(calls) > step:
            raise KeyboardInterrupt
        real(*given)

    monkeypatch.setattr(swapping, "_note", broken_off)
    with pytest.raises(KeyboardInterrupt):
        reshard(job, 2, lambda _: None)
    monkeypatch.setattr(swapping, "_note", real)

    more = ("--shards", "2") if command == "reshard" else ()
    done = invoke(command, job, *more)

    assert done.exit_code == 0, done.output
    assert len(shard_folders(job)) == 2
    assert unlike(before, inventory(shard_folders(job))) == ""


def test_the_earlier_ledgers_are_proven_with_the_job(job):
    for count in (2, 3):
        reshard(job, count, lambda _: None)
    assert verify(job) == 0
    last, *_, first = sorted((job / "ledgers").iterdir(), key=lambda path: path.stat().st_size)
    data = gzip.decompress(first.read_bytes())
    first.write_bytes(gzip.compress(data.replace(b"include", b"exclude", 1)))
    assert verify(job) == 1
    first.write_bytes(gzip.compress(data))
    assert verify(job) == 0
    last.unlink()
    assert verify(job) == 1
    with pytest.raises(StoreError, match=r"nothing was changed.*ledgers/.* is missing"):
        reshard(job, 1, lambda _: None)


def verify(job):
    return invoke("verify", job).exit_code


STEPS = [
    "crawler.cluster.reshard:keep", "crawler.cluster.reshard:inventory",
    "crawler.cluster.reshard:begin", "crawler.cluster.swapping:_note",
    "crawler.cluster.swapping:_sync", "crawler.cluster.swapping:shutil.rmtree",
]  # fmt: skip
KILLED = """
import os, sys
from functools import reduce
from pathlib import Path
module, _, path = sys.argv[1].partition(":")
__import__(module)
*owners, name = path.split(".")
owner = reduce(getattr, owners, sys.modules[module])
real, calls = getattr(owner, name), [int(sys.argv[2])]
def killed(*given, **named):
    calls[0] -= 1
    if calls[0] < 0:
        os.kill(os.getpid(), 9)
    return real(*given, **named)
setattr(owner, name, killed)
from crawler.cluster.reshard import reshard
reshard(Path(sys.argv[3]), int(sys.argv[4]), lambda _: None)
"""


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_it_leaves_the_old_or_the_new(job, step):
    before = inventory([job])
    expected = 1
    for count in (2, 1):
        for call in range(20):
            words = [sys.executable, "-c", KILLED, step, str(call), str(job), str(count)]
            ended = subprocess.run(words, cwd=ROOT, check=False, capture_output=True)
            assert ended.returncode in (0, -9), ended.stderr.decode()
            found = shard_folders(job)  # whoever opens it brings it to its end
            assert len(found) in (expected, count)
            assert unlike(before, inventory(found)) == ""
            if ended.returncode == 0 or len(found) == count:
                break
        reshard(job, count, lambda _: None)
        assert len(shard_folders(job)) == count
        assert faults(job) == []
        assert not [path for path in job.iterdir() if path.name.startswith((".", NOTE))]
        expected = count


# --- real crawls -------------------------------------------------------------------------------


async def pages(job):
    """Return what every URL came to, and of what is kept text, decision and licence."""
    found = {}
    for folder in shard_folders(job):
        with closing(sqlite3.connect(folder / DATABASE)) as connection:
            rows = connection.execute(
                "SELECT url.url, outcome, code, page.state, text, reason, verdict, licence_spdx"
                " FROM url LEFT JOIN page ON page.url_id = url.id"
                " LEFT JOIN decision ON decision.url_id = url.id WHERE kind = 0"
            ).fetchall()
        found |= {row[0]: row[1:] for row in rows}
    return found


@pytest.mark.slow
@pytest.mark.timeout(400)
async def test_a_crawl_goes_on_over_one_three_two_and_one_shards(tmp_path):
    async with interlinked() as web:
        plain, job = tmp_path / "plain", tmp_path / "job"
        more = ("--scope", "any")
        await run(*crawl(web, tmp_path, plain, *more, more=ARCHIVED))
        expected = Counter(line.url for line in web.log)
        web.log.clear()
        most = 0
        for count, after in ((1, 3), (3, 2), (2, 1)):
            most += 35
            shards = ("--shards", count) if count > 1 else ()
            limit = ("--max-pages", most)
            await run(*crawl(web, tmp_path, job, *more, *shards, *limit, more=ARCHIVED), code=10)
            await run("reshard", job, "--shards", after)
            await run("verify", job, "--all")
            assert len(kept(job)) == sum(kept(job).values()) >= most
        await run(*crawl(web, tmp_path, job, *more, more=ARCHIVED))

        assert await pages(job) == await pages(plain)
        assert Counter(line.url for line in web.log) == expected
        await run("verify", job, "--all")


@pytest.mark.slow
@pytest.mark.timeout(400)
async def test_what_was_published_and_taken_out_stays_so(tmp_path):
    async with interlinked() as web:
        job = tmp_path / "job"
        policy = web.policy(tmp_path / "p.toml", ARCHIVED)
        await run(
            "crawl", f"http://{host(0)}/0", "--job", job, "--policy", policy, "--scope", "any"
        )
        out = tmp_path / "one"
        await run("export", job, "--out", out, "--version", "1.0.0")
        gone = f"http://{host(3)}/1"
        await run("purge", job, "--url", gone, "--reason", "optout", "--yes")
        for number, count in enumerate((3, 2, 1)):
            await run("reshard", job, "--shards", count)
            await run("verify", out, "--against", job)
            out = tmp_path / f"again-{number}"
            made = json.loads(
                await run("export", job, "--out", out, "--version", f"{number + 2}.0.0", "--json")
            )
            assert made["records"] == len(EVERYTHING) - 1
            await run("verify", job)
            await run("verify", out, "--against", job)
            explained = json.loads(await run("explain", job, gone, "--json"))
            assert explained["standing"] == "purged"
