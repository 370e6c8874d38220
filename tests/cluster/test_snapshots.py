"""Snapshots of a shard at a URL: taken, found whole, restored; none before a newer owner's."""

import os
import random
import shutil
import signal
import uuid
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from crawler import storage
from crawler.cluster import pieces, snapshots
from crawler.cluster.folder_mark import read_mark
from crawler.cluster.job_url import folder_name, part_of, shard_part, snapshot_place
from crawler.cluster.restoring import copy_newest, restore
from crawler.cluster.snapshot import Owner, Piece, Snapshot, snapshot_from
from crawler.cluster.snapshots import FencedError, newest, prune, take
from crawler.storage import StorageError
from crawler.store.connection import StoreError
from crawler.store.database import commit, connect
from crawler.store.job import DATABASE, rest_until
from crawler.store.ledger import append, entries, verify_chain
from tests.object_store import s3, s3_server  # noqa: F401 - fixtures

NOW = 1_000_000.0
ONE, TWO, THREE = Owner(1, "one"), Owner(2, "two"), Owner(3, "three")


@pytest.fixture(params=["path", "memory", pytest.param("s3", marks=pytest.mark.slow)])
def part(request, tmp_path):
    if request.param == "path":
        return shard_part(str(tmp_path / "url"), 0)
    if request.param == "s3":
        return shard_part(request.getfixturevalue("s3") + "/a job", 0)
    pytest.importorskip("fsspec")
    return shard_part(f"memory://{uuid.uuid4().hex}", 0)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(pieces, "SIZE", 32_768)


def job(folder, *hosts, warc=b""):
    """Make or go on with a job's folder that knows these hosts, each with its time and delay."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(connect(folder / DATABASE)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for name, due, delay in hosts:
            connection.execute(
                "INSERT INTO host (name, site, due, delay) VALUES (?1, ?1, ?2, ?3)"
                " ON CONFLICT DO UPDATE SET due = ?2",
                (name, due, delay),
            )
        append(connection, "policy", {"hosts": len(hosts)}, NOW)
        commit(connection)
    if warc:
        (folder / "archive").mkdir(exist_ok=True)
        with (folder / "archive" / "1.warc.gz").open("ab") as file:
            file.write(warc)
    return folder


def hosts_of(folder):
    with closing(connect(folder / DATABASE)) as connection:
        rows = connection.execute("SELECT name, due FROM host ORDER BY name").fetchall()
        assert verify_chain(connection) == ()
    return dict(rows)


def kinds(folder):
    with closing(connect(folder / DATABASE)) as connection:
        return [entry.kind for entry in entries(connection)]


def stored(part):
    return sorted(storage.name_of(item.place) for item in storage.listing(part))


# --- what a snapshot is ------------------------------------------------------------------------


def test_a_folder_comes_back_as_it_was_and_says_so_in_its_ledger(part, tmp_path):
    folder = job(tmp_path / "a", ("a.test", NOW + 5, 2.0), warc=random.Random(1).randbytes(30_000))
    restore(part, folder, ONE, NOW)
    taken = take(folder, part, ONE, NOW)

    other = tmp_path / "b"
    restored = restore(part, other, TWO, NOW + 100)

    assert newest(part).owner == TWO
    assert restored.snapshot == taken.snapshot
    assert not restored.here
    assert hosts_of(other) == {"a.test": NOW + 102}  # its delay from now
    assert kinds(other) == ["policy", "restored"]
    assert (other / "archive/1.warc.gz").read_bytes() == (folder / "archive/1.warc.gz").read_bytes()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith((".", "b."))]


def test_only_what_changed_is_sent_again(part, tmp_path):
    noise = random.Random(2)
    folder = job(tmp_path / "a", ("a.test", NOW, 1.0), warc=noise.randbytes(400_000))
    first = take(folder, part, ONE, NOW)
    unchanged = take(folder, part, ONE, NOW)
    job(folder, warc=noise.randbytes(5_000))
    grown = take(folder, part, ONE, NOW)

    assert first.objects > 9
    assert unchanged.objects == 0
    assert 0 < grown.objects < 6  # the end of the file, and what of the database is new
    assert restore(part, tmp_path / "b", TWO, NOW).snapshot == grown.snapshot


def test_old_snapshots_and_what_only_they_need_go(part, tmp_path):
    folder = tmp_path / "a"
    for number in range(5):
        job(folder, (f"{number}.test", NOW, 1.0), warc=random.Random(number).randbytes(9_000))
        take(folder, part, ONE, NOW)

    kept = snapshots.snapshots(part)
    assert [one.number for one in kept] == [5, 4]
    needed = {name for one in kept for name in one.pieces}
    assert set(stored(part)) == needed | {
        storage.name_of(snapshot_place(part, *one.order)) for one in kept
    }


def test_what_says_who_works_is_no_part_of_it(part, tmp_path):
    folder = job(tmp_path / "a", ("a.test", NOW, 1.0))
    for name in ("lock", "judging", "x.new", "y.partial", "run.json"):
        (folder / name).write_bytes(b"x" * 8)

    assert set(take(folder, part, ONE, NOW).snapshot.files) == {DATABASE, "run.json"}


@pytest.mark.parametrize(
    ("damage", "whose"),
    [
        (lambda part, it: storage.delete(snapshot_place(part, *it.order)), 1),
        (lambda part, it: cut(snapshot_place(part, *it.order)), 1),
        (lambda part, it: storage.delete(own_piece(part, it)), 1),
        (lambda part, it: cut(own_piece(part, it)), 1),
        (lambda part, it: turn(own_piece(part, it)), 1),
        (lambda *_: None, 2),
    ],
)
def test_a_snapshot_counts_only_when_all_of_it_is_there(tmp_path, damage, whose):
    part, folder = shard_part(str(tmp_path / "url"), 3), tmp_path / "a"
    for number in (1, 2):
        job(folder, (f"{number}.test", 0.0, 0.0))
        last = take(folder, part, ONE, NOW).snapshot
    damage(part, last)

    assert restore(part, tmp_path / "b", TWO, NOW).snapshot.number == whose
    assert len(hosts_of(tmp_path / "b")) == whose


def own_piece(part, snapshot):
    before = snapshots.snapshots(part)[1].pieces
    return next(
        storage.join(part, "pieces", name) for name in snapshot.pieces if name not in before
    )


def cut(place):
    data = Path(place).read_bytes()
    Path(place).write_bytes(data[:-1])


def turn(place):
    data = Path(place).read_bytes()
    Path(place).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def test_a_shard_without_a_whole_snapshot_is_told_and_nothing_is_begun_anew(tmp_path):
    part = shard_part(str(tmp_path / "url"), 0)
    take(job(tmp_path / "a", ("a.test", 0.0, 0.0)), part, ONE, NOW)
    for item in storage.listing(storage.join(part, "pieces")):
        storage.delete(item.place)

    with pytest.raises(StoreError, match="no whole snapshot"):
        restore(part, tmp_path / "b", TWO, NOW)
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("what", ["snapshots/*", "snapshots", "snapshots heads pieces"])
@pytest.mark.parametrize("make", [restore, copy_newest])
def test_a_shard_without_a_manifest_that_can_be_read_is_not_begun_anew(tmp_path, what, make):
    part = shard_part(str(tmp_path / "url"), 0)
    restore(part, tmp_path / "a", ONE, NOW)
    take(job(tmp_path / "a", ("a.test", 0.0, 0.0)), part, ONE, NOW)
    with storage.writing(storage.join(part, "promises", "x.json")) as file:
        file.write(b"{}")
    for place in (path for one in what.split() for path in Path(part).glob(one)):
        shutil.rmtree(place) if place.is_dir() else place.write_bytes(place.read_bytes()[:-9])

    with pytest.raises(StoreError, match="manifest can be read, but something is in"):
        make(part, tmp_path / "b", *((TWO,) if make is restore else ()), NOW)
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    "text",
    [b"", b"{}", b"[]", b"null", b'{"snapshot": {}, "sha256": ""}', b"[" * 100_000, b"\xff\xfe"],
)
def test_what_is_no_manifest_is_none(text):
    with pytest.raises(ValueError, match=r"manifest|altered"):
        snapshot_from(text)


def test_a_manifest_says_again_what_it_was_given():
    found = Snapshot(
        Owner(7, "Ünï"), 3, 1.5, clean=True, head=(9, "ab"),
        files={"archive/a b.gz": (Piece("0" * 64, 5, 4),), "crawl.db": ()},
        promises=("one",),
    )  # fmt: skip
    assert snapshot_from(found.to_bytes()) == found
    with pytest.raises(ValueError, match="altered"):
        snapshot_from(found.to_bytes().replace(b'"number":3', b'"number":4'))


def test_a_manifest_that_names_a_file_outside_its_folder_writes_none(tmp_path):
    part = shard_part(str(tmp_path / "url"), 0)
    take(job(tmp_path / "a"), part, ONE, NOW)
    evil = snapshots.snapshots(part)[0]
    files = {"../../outside": evil.files[DATABASE]}
    snapshots.put(part, Snapshot(ONE, 9, NOW, clean=False, head=(0, ""), files=files))

    with pytest.raises(StoreError, match="outside"):
        restore(part, tmp_path / "deep/er/b", TWO, NOW)
    assert not (tmp_path / "outside").exists()
    assert not (tmp_path / "deep/outside").exists()


def test_parts_are_named_as_their_folders_are(tmp_path):
    for name in ("shard-000", "shard-017", "shard-1234", "merged"):
        assert folder_name(part_of("s3://bucket/job", tmp_path / name)) == name
    assert shard_part("s3://bucket/job", 7) == part_of("s3://bucket/job", "shard-007")


# --- owners ------------------------------------------------------------------------------------


def test_who_lost_the_shard_puts_nothing_before_the_new_owner(part, tmp_path):
    old, new = job(tmp_path / "a", ("a.test", 0.0, 0.0)), tmp_path / "b"
    restore(part, tmp_path / "x", ONE, NOW)
    take(old, part, ONE, NOW)
    restore(part, new, TWO, NOW)
    job(old, ("late.test", 0.0, 0.0))

    with pytest.raises(FencedError):
        take(old, part, ONE, NOW)
    with pytest.raises(FencedError):
        restore(part, tmp_path / "c", Owner(2, "another"), NOW)
    with pytest.raises(FencedError):
        restore(part, tmp_path / "c", ONE, NOW)
    assert prune(part, ONE, keep=0) == 0
    # One that was written all the same, a moment too late, is not before the new owner's.
    with storage.writing(snapshot_place(part, 1, 77)) as file:
        file.write(snapshots.snapshots(part)[-1].to_bytes())
    assert newest(part).owner == TWO
    assert "late.test" not in hosts_of(new)


def test_two_of_one_epoch_do_not_mix(part, tmp_path):
    folder = job(tmp_path / "a", ("a.test", 0.0, 0.0))
    take(folder, part, ONE, NOW)

    with pytest.raises(FencedError):
        take(folder, part, Owner(1, "another"), NOW)
    assert newest(part).owner == ONE


def test_a_folder_that_the_last_owner_left_here_is_gone_on_with(part, tmp_path):
    folder = tmp_path / "a"
    restore(part, folder, ONE, NOW)
    take(job(folder, ("a.test", 0.0, 0.0)), part, ONE, NOW)
    job(folder, ("b.test", 0.0, 0.0))

    assert restore(part, folder, TWO, NOW).here
    assert set(hosts_of(folder)) == {"a.test", "b.test"}
    assert "restored" not in kinds(folder)
    assert restore(part, folder, THREE, NOW).here

    elsewhere = restore(part, tmp_path / "b", Owner(4, "four"), NOW)
    assert not elsewhere.here
    assert not restore(part, folder, Owner(5, "five"), NOW).here
    assert set(hosts_of(folder)) == {"a.test"}


def test_a_shard_that_nobody_kept_anything_of_rests_as_well(tmp_path):
    part = shard_part(str(tmp_path / "url"), 0)
    fresh = restore(part, tmp_path / "a", ONE, NOW)
    after = restore(part, tmp_path / "b", TWO, NOW)

    assert (fresh.snapshot, fresh.rest_until) == (None, 0.0)
    assert after.rest_until == NOW + 60
    with closing(connect(tmp_path / "b" / DATABASE)) as connection:
        assert rest_until(connection) == NOW + 60


@pytest.mark.parametrize(("clean", "rests"), [(True, 0.0), (False, 30.0)])
def test_hosts_wait_their_whole_delay_or_longer(tmp_path, clean, rests):
    part = shard_part(str(tmp_path / "url"), 0)
    times = (("a.test", NOW + 500, 5.0), ("b.test", NOW - 500, 7.0), ("c.test", 0.0, 0.0))
    take(job(tmp_path / "a", *times), part, ONE, NOW, clean=clean)

    found = restore(part, tmp_path / "b", TWO, NOW + 50, promised_above=30.0)

    assert found.rest_until == NOW + 50 + rests
    assert hosts_of(tmp_path / "b") == {
        "a.test": NOW + 500,
        "b.test": NOW + 57,
        "c.test": NOW + 50,
    }


# --- faults ------------------------------------------------------------------------------------


def dying_at(step, work):
    """Run `work` in a child that is killed at its `step`th change of the storage; say if it was."""
    child = os.fork()
    if child == 0:
        left = step

        def counted(function):
            def counting(*args):
                nonlocal left
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return function(*args)

            return counting

        try:
            for module, name in (
                (pieces, "writing"),
                (snapshots, "writing"),
                (snapshots, "delete"),
            ):
                setattr(module, name, counted(getattr(module, name)))
            pieces._AT_ONCE = 1
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def test_killed_at_any_step_the_newest_whole_snapshot_is_restored(tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "SIZE", 65_536)
    for number in (1, 2):
        folder = job(tmp_path / "a", (f"{number}.test", 0.0, 0.0), warc=bytes([number]) * 40_000)
        take(folder, shard_part(str(tmp_path / "url"), 0), ONE, NOW)
    job(folder, ("3.test", 0.0, 0.0), warc=b"3" * 40_000)
    died, restored = True, []
    while died:
        again = tmp_path / str(len(restored))
        for name in ("a", "url"):
            shutil.copytree(tmp_path / name, again / name)
        part = shard_part(str(again / "url"), 0)

        died = dying_at(len(restored) + 1, partial(take, again / "a", part, ONE, NOW))
        restore(part, again / "b", TWO, NOW)

        restored.append(len(hosts_of(again / "b")))
        shutil.rmtree(again)

    assert restored == sorted(restored)
    assert {*restored} == {2, 3}
    assert restored.count(2) > 4
    assert restored.count(3) > 4  # killed while the older ones are removed


def test_killed_while_restoring_it_is_done_again(tmp_path):
    part = shard_part(str(tmp_path / "url"), 0)
    take(job(tmp_path / "a", ("a.test", 0.0, 0.0)), part, ONE, NOW)
    other = job(tmp_path / "b", ("stale.test", 0.0, 0.0))
    (tmp_path / "b.restored.new").mkdir()
    (tmp_path / "b.restored.new" / "rubbish").touch()
    other.rename(tmp_path / "b.before.old")  # killed between the two renames

    restore(part, other, TWO, NOW)

    assert set(hosts_of(other)) == {"a.test"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "url"]


def test_a_store_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    part, folder = shard_part(str(tmp_path / "url"), 0), tmp_path / "a"
    take(job(folder, ("a.test", 0.0, 0.0)), part, ONE, NOW)
    job(folder, ("b.test", 0.0, 0.0))

    def down(place):
        raise StorageError(place, "is out of reach")

    with monkeypatch.context() as during:
        during.setattr(pieces, "writing", down)
        for _ in range(3):
            with pytest.raises(StorageError, match="out of reach"):
                take(folder, part, ONE, NOW)
    assert newest(part).number == 1
    assert take(folder, part, ONE, NOW).snapshot.number == 2
    assert not (folder / "snapshot.new").exists()
    assert read_mark(folder).owners == ((1, "one"),)
