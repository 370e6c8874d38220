"""What outlives a node: purges, long waits and published heads, kept at the job's URL."""

import asyncio
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace

import pytest

from crawler import storage
from crawler.cluster import promise_journal
from crawler.cluster.job_url import heads_of, promises_of, shard_part, suppression_list_of, url_of
from crawler.cluster.keeping_promises import BehindError
from crawler.cluster.promise import Published, Purge, Wait, promise_from, to_bytes
from crawler.cluster.promise_journal import LongWaits, keep, keep_published, read_promises
from crawler.cluster.restoring import copy_newest, restore
from crawler.cluster.snapshot import Owner
from crawler.cluster.snapshots import newest, take
from crawler.cluster.suppression_at_url import fetch_list, read_list, send_list, share_list
from crawler.core.politeness import Politeness
from crawler.core.urls import parse
from crawler.corpus.removal.leftovers import needles, search
from crawler.corpus.upkeep.verify_job import verify
from crawler.frontier.clocks_after_restart import mend_times
from crawler.frontier.hosts import ASKED_TO_WAIT, FOREVER
from crawler.frontier.settings import FrontierSettings
from crawler.storage import StorageError
from crawler.store.connection import StoreError
from crawler.store.database import connect
from crawler.store.job import DATABASE
from crawler.store.ledger import append, entries, head
from crawler.store.suppression import Line, SuppressionError, open_suppression
from tests.cluster.test_snapshots import NOW, ONE, TWO, hosts_of, job
from tests.corpus import made

THREE = Owner(3, "three")
CANARY = "The quiet canary of Löwenstein sang seventeen unrepeatable songs before dawn broke."
CANARY_URL = "https://a.test/canary"


@pytest.fixture
def part(tmp_path):
    return shard_part(str(tmp_path / "url"), 0)


def texts(folder):
    """Make a job that holds the canary, and snapshot-worthy others."""
    found = made.job(folder)
    found.page(CANARY_URL, CANARY)
    found.page("https://b.test/copy", CANARY)
    found.page("https://c.test/1", "An innocent page on gardens and rain, of some length.")
    found.connection.close()
    return folder


def pages(folder):
    with closing(connect(folder / DATABASE)) as connection:
        rows = connection.execute("SELECT url FROM page WHERE state = 'active' ORDER BY url")
        return [url for (url,) in rows]


def found_in(folder, *sought):
    return search(folder, needles(sought)).found


def is_clean(folder):
    return verify(folder, None, "1").faults == ()


# --- purges ------------------------------------------------------------------------------------


def test_what_was_purged_does_not_come_back_from_an_older_snapshot(part, tmp_path):
    take(texts(tmp_path / "a"), part, ONE, NOW)
    lines = (Line("url", CANARY_URL, "takedown", NOW), Line("domain", "b.test", "takedown", NOW))
    keep(part, ONE, Purge(lines, "takedown"))

    done = restore(part, tmp_path / "b", TWO, NOW + 100)

    assert done.taken_out == 2
    assert pages(tmp_path / "b") == ["https://c.test/1"]
    assert not found_in(tmp_path / "b", CANARY)
    assert is_clean(tmp_path / "b")
    with closing(connect(tmp_path / "b" / DATABASE)) as connection:
        *_, told = entries(connection)
    assert (told.kind, told.payload["snapshot"], told.payload["epoch"]) == ("restored", "1-1", 2)


@pytest.mark.parametrize("erase", [True, False])
def test_the_suppression_list_comes_first(part, tmp_path, erase):
    take(texts(tmp_path / "a"), part, ONE, NOW)
    listed = open_suppression(tmp_path / "list")
    listed.add(Line("url", CANARY_URL, "erasure", NOW, hashed=erase))
    listed.add(Line("domain", "b.test", "takedown", NOW, hashed=erase))
    send_list(url_of(part), listed)

    restore(part, tmp_path / "b", TWO, NOW + 100)

    assert pages(tmp_path / "b") == ["https://c.test/1"]
    assert not found_in(tmp_path / "b", CANARY)
    assert bool(found_in(tmp_path / "b", CANARY_URL)) is not erase
    assert is_clean(tmp_path / "b")


def test_what_was_purged_and_taken_again_stays(part, tmp_path):
    take(texts(tmp_path / "a"), part, ONE, NOW)
    keep(part, ONE, Purge((Line("url", CANARY_URL, "mistake", NOW),), "mistake"))
    restore(part, tmp_path / "b", TWO, NOW)
    found = made.job(tmp_path / "b")
    found.page("https://a.test/again", "A text that its owner agreed to, and was asked again.")
    found.connection.close()
    keep(
        part, ONE, Purge((Line("domain", "c.test", "takedown", NOW),), "takedown")
    )  # a moment late
    taken = take(tmp_path / "b", part, TWO, NOW)

    again = restore(part, tmp_path / "c", THREE, NOW)

    assert len(taken.snapshot.promises) == 1  # of the late one the snapshot holds nothing
    assert again.taken_out == 1
    assert pages(tmp_path / "c") == ["https://a.test/again", "https://b.test/copy"]


def test_who_reads_a_copy_reads_nothing_that_was_purged(part, tmp_path):
    assert copy_newest(part, tmp_path / "b", NOW) is None
    take(texts(tmp_path / "a"), part, ONE, NOW)
    assert copy_newest(part, tmp_path / "b", NOW).number == 1
    before = (tmp_path / "b" / DATABASE).stat()
    copy_newest(part, tmp_path / "b", NOW)
    assert (tmp_path / "b" / DATABASE).stat().st_ino == before.st_ino  # nothing was done
    keep(part, ONE, Purge((Line("url", CANARY_URL, "takedown", NOW),), "takedown"))

    copy_newest(part, tmp_path / "b", NOW)

    assert pages(tmp_path / "b") == ["https://b.test/copy", "https://c.test/1"]
    assert newest(part).owner == ONE
    take(tmp_path / "a", part, ONE, NOW)  # it has lost nothing
    assert copy_newest(part, tmp_path / "a", NOW).number == 2
    assert len(pages(tmp_path / "a")) == 3  # its own folder is nobody else's to change


def test_a_promise_goes_when_all_snapshots_hold_it(part, tmp_path):
    folder = job(tmp_path / "a", ("a.test", NOW, 1.0))
    for number in range(3):
        keep(part, ONE, (Wait(f"{number}.test", NOW + 500, 1.0, ASKED_TO_WAIT),))
        take(folder, part, ONE, NOW)
    late = keep(part, ONE, (Wait("late.test", NOW + 500, 1.0, ASKED_TO_WAIT),))

    waits = {name: promise[0].host for name, promise in read_promises(part).items()}
    assert sorted(waits.values()) == ["2.test", "late.test"]
    assert late in waits


def test_a_ledger_that_goes_on_from_another_one_is_at_fault(part, tmp_path):
    take(texts(tmp_path / "a"), part, ONE, NOW)
    restore(part, tmp_path / "b", TWO, NOW + 100)
    assert any("restored at entry" in note for note in verify(tmp_path / "b", None, "1").notes)
    with closing(connect(tmp_path / "b" / DATABASE)) as connection:
        forged = {"snapshot": "1-1", "taken": NOW, "epoch": 3, "head": [1, "f" * 64]}
        connection.execute("BEGIN")
        append(connection, "restored", forged, NOW)
        connection.execute("COMMIT")

    (fault,) = verify(tmp_path / "b", None, "1").faults

    assert "snapshot of another ledger" in fault.what


# --- waits -------------------------------------------------------------------------------------


def test_a_long_wait_is_kept_also_of_a_host_that_no_snapshot_knows(part, tmp_path):
    take(job(tmp_path / "a", ("a.test", NOW, 1.0), ("b.test", NOW + 90, 1.0)), part, ONE, NOW)
    for wait in (("a.test", 300.0, 2.0), ("a.test", 100.0, 9.0), ("b.test", 80.0, 1.0)):
        host, more, delay = wait
        keep(part, ONE, (Wait(host, NOW + more, delay, ASKED_TO_WAIT),))
    keep(part, ONE, (Wait("new.test", NOW + 3_000, 5.0, "backing off: status-503"),))

    restore(part, tmp_path / "b", TWO, NOW + 10)

    times = {"a.test": NOW + 300, "b.test": NOW + 90, "new.test": NOW + 3_000}
    assert hosts_of(tmp_path / "b") == times
    with closing(connect(tmp_path / "b" / DATABASE)) as connection:
        rules = FrontierSettings(politeness=Politeness())
        mend_times(connection, rules, NOW + 10)  # as a crawl does that begins
        found = dict(connection.execute("SELECT name, due FROM host"))
    assert [found[name] for name in ("a.test", "new.test")] == [NOW + 300, NOW + 3_000]


def visited(host, due, delay=1.0, now=NOW):
    writes = SimpleNamespace(clock=(due, delay, ASKED_TO_WAIT, 0))
    task = SimpleNamespace(url=parse(f"https://{host}/"))
    return SimpleNamespace(visit=SimpleNamespace(task=task), writes=writes, now=now)


async def test_waits_are_written_in_batches_and_again_until_the_url_answers(part, monkeypatch):
    monkeypatch.setattr(promise_journal, "_GATHER", 0.001)
    monkeypatch.setattr(promise_journal, "_RETRIES", (0.001,))
    down, tries = True, 0

    def writing(place):
        nonlocal tries
        tries += 1
        if down:
            raise StorageError(place, "is out of reach")
        return storage.writing(place)

    monkeypatch.setattr(promise_journal, "writing", writing)
    waits = LongWaits(part, ONE)
    at_work = asyncio.create_task(waits.run())
    waits.note([visited("a.test", NOW + 61), visited("short.test", NOW + 60)])
    waits.note([visited("spent.test", FOREVER), visited("a.test", NOW + 500)])
    while tries < 3:
        await asyncio.sleep(0.001)
    assert (waits.open, read_promises(part)) == (1, {})
    assert "out of reach" in waits.trouble

    waits.note([visited("b.test", NOW + 100)])
    down = False
    while waits.open:
        await asyncio.sleep(0.001)

    kept = [wait for promise in read_promises(part).values() for wait in promise]
    assert {(wait.host, wait.until) for wait in kept} == {
        ("a.test", NOW + 500),
        ("b.test", NOW + 100),
    }
    assert waits.trouble == ""
    at_work.cancel()


# --- what was published ------------------------------------------------------------------------


def test_nothing_goes_back_behind_what_was_published(part, tmp_path):
    folder = texts(tmp_path / "a")
    take(folder, part, ONE, NOW)
    with closing(connect(folder / DATABASE)) as connection:
        before = head(connection)
    keep_published(part, Published(before.seq, before.hash, "1.0.0"))
    assert restore(part, tmp_path / "b", TWO, NOW).snapshot.number == 1

    keep_published(part, Published(before.seq + 5, "f" * 64, "2.0.0"))
    with pytest.raises(BehindError, match=r"older than version 2\.0\.0"):
        restore(part, tmp_path / "c", THREE, NOW)
    with pytest.raises(BehindError):
        copy_newest(part, tmp_path / "c", NOW)
    assert not (tmp_path / "c").exists()
    assert newest(part).owner == TWO  # nobody took the shard over


# --- what stands there -------------------------------------------------------------------------

PROMISES = (
    (Wait("ä.test", 1.5, 2.0, "why"), Wait("b.test", 1e9, 0.0, "")),
    Purge((Line("author", "Ada", "erasure", 1.0, hashed=True, request="7"),), "erasure"),
    Published(7, "a" * 64, "1.0.0"),
)


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_is_read_as_it_was_written_or_not_at_all(promise):
    data = to_bytes(promise)

    assert promise_from(data) == promise
    for other in (data[:-1], data.replace(b"1", b"2"), b"", b"{}", b"[]", b"null", b"\xff"):
        if other != data:
            with pytest.raises(ValueError, match="no promise"):
                promise_from(other)


@pytest.mark.parametrize("folder", [promises_of, heads_of])
def test_a_damaged_promise_is_named_and_nothing_restored(part, tmp_path, folder):
    take(job(tmp_path / "a", ("a.test", NOW, 1.0)), part, ONE, NOW)
    if folder is promises_of:
        keep(part, ONE, (Wait("a.test", NOW, 1.0, ""),))
    else:
        keep_published(part, Published(1, "a" * 64, ""))
    (place,) = [item.place for item in storage.listing(folder(part))]
    with storage.writing(place) as file:
        file.write(b"{}")

    with pytest.raises(StoreError, match=r"json is damaged"):
        restore(part, tmp_path / "b", TWO, NOW)
    assert not (tmp_path / "b").exists()


# --- the suppression list ----------------------------------------------------------------------


def test_lists_of_all_nodes_become_one(tmp_path):
    url = str(tmp_path / "url")
    one = open_suppression(tmp_path / "one" / "list")
    one.add(Line("domain", "a.test", "optout", NOW), Line("url", CANARY_URL, "x", NOW, hashed=True))
    assert read_list(url) is None
    assert not fetch_list(url, tmp_path / "two" / "list")
    assert send_list(url, one)
    assert not send_list(url, one)

    assert fetch_list(url, tmp_path / "two" / "list")
    two = open_suppression(tmp_path / "two" / "list", make=False)
    two.add(Line("domain", "b.test", "optout", NOW))
    one.add(Line("domain", "c.test", "optout", NOW))
    assert send_list(url, one)
    assert send_list(url, two)
    assert fetch_list(url, one.path)

    for found in (read_list(url), open_suppression(one.path)):
        assert found.domains() == ("a.test", "b.test", "c.test")
        assert found.line_on(parse(CANARY_URL), "").reason in ("x", "optout")
    assert open_suppression(one.path).refuses_url(parse(CANARY_URL))


def test_a_list_goes_from_node_to_node_byte_for_byte(tmp_path):
    url, desk = str(tmp_path / "url"), tmp_path / "desk" / "list"
    open_suppression(desk)
    by_hand = b'\n{"scope": "domain", "value": "a.test"}\n\n{"scope":"domain","value":"b.test"}'
    desk.write_bytes(by_hand)
    share_list(url, desk)
    node = tmp_path / "node" / "list"
    share_list(url, node)
    assert node.read_bytes() == by_hand
    open_suppression(node).add(Line("domain", "c.test", "optout", NOW))
    share_list(url, node)
    share_list(url, desk)

    assert desk.read_bytes() == node.read_bytes()
    assert open_suppression(desk).domains() == ("a.test", "b.test", "c.test")
    share_list(url, None)


def test_lists_under_different_keys_are_not_mixed(tmp_path):
    url = str(tmp_path / "url")
    lists = [open_suppression(tmp_path / name / "list") for name in ("one", "two", "three")]
    for found in lists[:2]:
        found.add(Line("url", CANARY_URL, "x", NOW, hashed=True))
    send_list(url, lists[0])

    with pytest.raises(SuppressionError, match="different keys"):
        send_list(url, lists[1])
    with pytest.raises(SuppressionError, match="different keys"):
        fetch_list(url, lists[1].path)
    assert fetch_list(url, lists[2].path)  # it says nothing under its key, and takes the other
    assert open_suppression(lists[2].path).refuses_url(parse(CANARY_URL))


def test_a_damaged_list_is_named(tmp_path):
    url = str(tmp_path / "url")
    listed = open_suppression(tmp_path / "list")
    send_list(url, listed)
    with storage.writing(suppression_list_of(url)) as file:
        file.write(b"no statement\n")

    with pytest.raises(SuppressionError, match="line 1"):
        read_list(url)


def test_a_list_that_is_read_back_is_the_one_sent(tmp_path):
    line = Line("domain", "a.test", "optout", NOW, request="3")
    listed = open_suppression(tmp_path / "list")
    listed.add(line, replace(line, value="b.test"))
    send_list(str(tmp_path / "url"), listed)

    assert (tmp_path / "url/suppression/list").read_bytes() == listed.path.read_bytes()
