"""Raw answers on a mirror: copied, read back, purged there too; open while out of reach."""

import asyncio
import json

import pytest

from crawler import mirroring, storage
from crawler.config import ConfigError, parse
from crawler.corpus.export.export_job import export
from crawler.corpus.removal import mirrored_copies
from crawler.corpus.removal.purge import Order, Selector, purge
from crawler.corpus.removal.raw_copies import records
from crawler.corpus.removal.retention import retain
from crawler.corpus.upkeep.reextract import raw_answer
from crawler.corpus.upkeep.verify_archive import verify_archives
from crawler.mirroring import copy_finished
from crawler.storage import StorageError
from crawler.store import mirror as store_mirror
from crawler.store.archive import Archive, Writer
from crawler.store.checks import archive_files
from crawler.store.job import open_job, read_job
from crawler.store.mirror import read_mirror
from tests import object_store
from tests.corpus import made
from tests.object_store import STORAGES, new_place, s3, s3_server  # noqa: F401 - fixtures
from tests.store.made import NOW

CANARY = "Quite unlike any other sentence are the words of this canary among the pages."
NAMES = ["crawl-00000.warc.gz", "crawl-00001.warc.gz"]


@pytest.fixture(params=STORAGES)
def place(request):
    return new_place(request)


@pytest.fixture
def job(tmp_path):
    folder = tmp_path / "job"
    folder.mkdir()
    found = made.job(folder)
    for part, texts in enumerate([("An innocent page on tea.", CANARY), ("One on rain.",)]):
        archive = Archive(folder, Writer("crawler", "Bot", "ops"), max_bytes=1 if part else 10**9)
        archive.open(found.connection)
        for number, text in enumerate(texts):
            found.page(f"https://a.test/{part}{number}", text, archive=archive, body=text.encode())
        archive.sync(found.connection)
        archive.close()
        if not found.connection.in_transaction:
            continue
    found.connection.close()
    assert [path.name for path in sorted((folder / "archive").iterdir())] == NAMES
    return folder


def local(job):
    return [path.name for path in sorted((job / "archive").iterdir())]


def there(place):
    found = object_store.there(place)
    return {name.removeprefix("job/"): data for name, data in found.items()}


def texts(place, tmp_path):
    """Return all that can be unpacked of what lies on the mirror."""
    whole = b""
    for name, data in there(place).items():
        (tmp_path / name).write_bytes(data)
        whole += b"".join(member.content() for member in records(tmp_path / name))
    return whole


class GoneError(StorageError):
    """The connection ended."""


@pytest.fixture
def unreachable():
    """Return a context in which nothing that lies on the mirror can be had or changed."""

    def context():
        patched = pytest.MonkeyPatch()

        def gone(_, target):
            raise GoneError(target, "the connection ended")

        patched.setattr(store_mirror, "copy", gone)
        patched.setattr(mirrored_copies, "copy", gone)
        return patched

    return context


def subject():
    return Selector(urls=("https://a.test/01",))


def test_finished_files_are_copied_once_and_stay_or_go(job, place):
    before = {path.name: path.read_bytes() for path in (job / "archive").iterdir()}

    first = copy_finished(job, place, NAMES[:1], keep_local=True)
    again = copy_finished(job, place, NAMES, keep_local=True)

    assert (first.copied, again.copied) == (1, 1)
    assert there(place) == before
    assert local(job) == NAMES
    assert copy_finished(job, place, NAMES, keep_local=False).removed == 2
    assert local(job) == []
    assert there(place) == before


def test_nothing_goes_from_here_that_was_not_read_back(job, place, monkeypatch):
    real = storage.hash_of
    monkeypatch.setattr(storage, "hash_of", lambda where: real(where)[:-1] + "x")

    passed = copy_finished(job, place, NAMES, keep_local=False)

    assert len(passed.troubles) == 2
    assert local(job) == NAMES
    assert there(place) == {}
    assert read_mirror(job).files == {}


def test_a_mirrored_file_grows_no_more(job, place):
    copy_finished(job, place, NAMES, keep_local=True)

    with read_job(job) as connection:
        committed = dict(connection.execute("SELECT file, committed FROM archive"))
    archive = Archive(job, Writer("crawler", "Bot", "ops"))
    found = made.job(job)
    archive.open(found.connection)
    found.page("https://a.test/new", "A new page.", archive=archive, body=b"A new page.")
    archive.sync(found.connection)
    archive.close()

    assert local(job) == [*NAMES, "crawl-00002.warc.gz"]
    assert all((job / "archive" / name).stat().st_size == committed[name] for name in NAMES)


def test_what_lies_only_there_is_read_there(job, place, tmp_path):
    copy_finished(job, place, NAMES, keep_local=False)
    with read_job(job) as connection:
        faults = list(verify_archives(job, connection))
        (offset,) = connection.execute(
            "SELECT archive_offset FROM page WHERE url = 'https://a.test/01'"
        ).fetchone()

    answer = raw_answer(job / "archive" / NAMES[0], offset, "https://a.test/01")
    export(job, tmp_path / "out", made.plan(format="warc"))

    assert faults == []
    assert answer.body == CANARY.encode()
    (warc,) = (tmp_path / "out/data").rglob("*.warc.gz")
    assert CANARY.encode() in b"".join(member.content() for member in records(warc))


def test_the_doctor_misses_no_file_that_lies_there(job, place):
    from crawler.store.checks import Examined

    copy_finished(job, place, NAMES, keep_local=False)
    with read_job(job) as connection:
        about = {"folder": job, "connection": connection}
        fields = Examined.__dataclass_fields__
        rest = {name: False for name in fields if name not in about}

        assert list(archive_files(Examined(**about, **rest))) == []


@pytest.mark.parametrize("keep_local", [True, False])
def test_a_purge_takes_out_there_too(job, place, tmp_path, keep_local):
    copy_finished(job, place, NAMES, keep_local=keep_local)
    assert CANARY.encode() in texts(place, tmp_path)

    done = purge(job, subject(), Order("takedown"), None, NOW)

    assert done.verified
    assert CANARY.encode() not in texts(place, tmp_path)
    assert b"innocent page on tea" in texts(place, tmp_path)
    assert local(job) == (NAMES if keep_local else [])
    mirror = read_mirror(job)
    for name, data in there(place).items():
        assert mirror.files[name].bytes == len(data)
    with read_job(job) as connection:
        assert list(verify_archives(job, connection)) == []


@pytest.mark.parametrize("keep_local", [True, False])
@pytest.mark.parametrize("erase", [False, True])
def test_a_purge_stays_open_while_the_mirror_is_out_of_reach(
    job, place, tmp_path, unreachable, keep_local, erase
):
    from crawler.store.suppression import open_suppression

    listed = open_suppression(tmp_path / "list", tmp_path / "key") if erase else None
    if erase and not (tmp_path / "key").exists():
        (tmp_path / "key").write_bytes(b"k" * 32)
    order = Order("takedown", erase=erase)
    copy_finished(job, place, NAMES, keep_local=keep_local)
    away = unreachable()
    first = purge(job, subject(), order, listed, NOW)
    away.undo()

    assert not first.verified
    assert any(NAMES[0] in name for name in first.unread)
    assert CANARY.encode() in texts(place, tmp_path)
    assert b"a.test/01" not in (job / "mirror.json").read_bytes()

    again = purge(job, subject(), order, listed, NOW)

    assert again.verified
    assert again.unread == ()
    assert CANARY.encode() not in texts(place, tmp_path)
    assert read_mirror(job).owed == []


def test_what_is_owed_is_taken_out_by_whatever_looks_there_next(job, place, tmp_path, unreachable):
    copy_finished(job, place, NAMES, keep_local=False)
    away = unreachable()
    purge(job, subject(), Order("optout"), None, NOW)
    away.undo()

    retain(job, None, NOW)

    assert CANARY.encode() not in texts(place, tmp_path)


@pytest.mark.parametrize("keep_local", [True, False])
def test_retention_acts_there_too_and_says_where_it_could_not(
    job, place, tmp_path, unreachable, keep_local
):
    copy_finished(job, place, NAMES, keep_local=keep_local)
    away = unreachable()
    first = retain(job, 60.0, NOW + 3_600)
    away.undo()
    again = retain(job, 60.0, NOW + 7_200)

    assert len(first.unreached) == 2
    assert again.unreached == ()
    assert CANARY.encode() not in texts(place, tmp_path)
    assert b"rain" not in texts(place, tmp_path)


def test_a_copy_that_somebody_changed_is_told_and_not_sent_back(job, place):
    copy_finished(job, place, NAMES, keep_local=False)
    with storage.writing(read_mirror(job).files[NAMES[0]].place) as file:
        file.write(b"something else")

    done = purge(job, subject(), Order("optout"), None, NOW)

    assert not done.verified
    assert there(place)[NAMES[0]] == b"something else"


def test_a_crawl_copies_at_its_end_what_transactions_committed(job, place, monkeypatch):
    monkeypatch.setattr(mirroring, "_LOOK", 0.01)
    with (job / "archive" / NAMES[1]).open("ab") as file:
        file.write(b"of no transaction")

    async def crawl():
        async with open_job(job) as opened, mirroring.mirroring(opened, place, keep_local=True):
            for _ in range(200):
                if there(place):
                    break
                await asyncio.sleep(0.02)
            return set(there(place))

    during = asyncio.run(crawl())

    assert during == {NAMES[0]}  # the newest one may grow
    assert set(there(place)) == {NAMES[0]}  # and has bytes that count for nothing


def test_a_mirror_out_of_reach_holds_up_no_crawl(job, place, unreachable, caplog):
    away = unreachable()

    async def crawl():
        async with open_job(job) as opened, mirroring.mirroring(opened, place, keep_local=False):
            pass

    asyncio.run(crawl())
    away.undo()

    assert local(job) == NAMES
    assert "the next run tries again" in caplog.text


@pytest.mark.parametrize(
    ("value", "says"),
    [("/a/folder", "s3://"), ("https://me:secret@host.test/a", "environment")],
)
def test_a_mirror_that_is_none_is_told_with_the_policy(value, says):
    with pytest.raises(ConfigError, match=says):
        parse(f'extends = "default"\n[archive]\nmirror = "{value}"\n')


def test_jobs_do_not_meet_on_a_mirror(tmp_path):
    (tmp_path / "big").mkdir()
    (tmp_path / "big/shards.json").write_text(json.dumps({"shards": 2}))

    places = {
        store_mirror.place_of("s3://b/m/", folder, "x")
        for folder in (tmp_path / "one", tmp_path / "big/shard-000", tmp_path / "big/shard-001")
    }

    assert places == {"s3://b/m/one/x", "s3://b/m/big/shard-000/x", "s3://b/m/big/shard-001/x"}


def test_what_reads_the_mirror_stops_at_once_while_it_is_out_of_reach(
    job, place, tmp_path, monkeypatch
):
    copy_finished(job, place, NAMES, keep_local=False)
    asked = []

    def gone(where):
        asked.append(where)
        raise GoneError(where, "the connection ended")

    monkeypatch.setattr(store_mirror, "open_stream", gone)
    with pytest.raises(StorageError, match="the connection ended"):
        export(job, tmp_path / "out", made.plan(format="warc"))
    with pytest.raises(StorageError, match="the connection ended"):
        raw_answer(job / "archive" / NAMES[0], 0, "https://a.test/01")

    assert len(asked) == 2
    monkeypatch.undo()
    assert export(job, tmp_path / "out", made.plan(format="warc")).damaged == ()
