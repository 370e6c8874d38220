"""Exports to storage behind a URL: whole or not seen, resumed, and dropped by a purge."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from crawler import carrying, storage
from crawler.carrying import MARK
from crawler.cli import main
from crawler.corpus.errors import CorpusError
from crawler.corpus.export.carrying import export_to
from crawler.corpus.export.export_job import export
from crawler.corpus.removal.purge import Order, Selector, purge
from crawler.storage import StorageError
from tests.corpus import made
from tests.object_store import STORAGES, here, new_place, s3, s3_server, there  # noqa: F401 - fixtures
from tests.store.made import NOW


@pytest.fixture(params=STORAGES)
def place(request):
    return new_place(request)


@pytest.fixture
def job(tmp_path):
    folder = tmp_path / "job"
    folder.mkdir()
    made.standard(folder).connection.close()
    return folder


def test_what_lies_there_is_what_a_folder_would_hold(job, place, tmp_path):
    export(job, tmp_path / "out", made.plan(part_bytes=40))

    exported = export_to(job, job, place, made.plan(part_bytes=40))

    assert there(place) == here(tmp_path / "out")
    assert exported.folder == place
    assert exported.records == 6
    assert not list(job.glob("export-*"))
    assert place not in (job / "exports").read_text()  # a purge has nothing to look for there


class BrokenError(StorageError):
    """The connection ended."""


def break_at(monkeypatch, number):
    """Let the storage fail once so many files are there."""
    real, count = storage.copy, [0]

    def copy(source, target):
        count[0] += 1
        if count[0] > number:
            raise BrokenError(target, "the connection ended")
        return real(source, target)

    monkeypatch.setattr(carrying, "copy", copy)
    return count


def test_no_manifest_lies_beside_less_than_it_lists_and_a_run_goes_on(
    job, place, tmp_path, monkeypatch
):
    plan = made.plan(part_bytes=40)
    export(job, tmp_path / "out", plan)
    whole = here(tmp_path / "out")
    runs = (len(whole) - 1) // 4
    for number in range(runs):
        with monkeypatch.context() as patched:
            break_at(patched, 4)  # four files more each time
            with pytest.raises(CorpusError, match="run the same command again"):
                export_to(job, job, place, plan)
        found = there(place)
        assert set(found) - {MARK} <= set(whole)
        assert len(found) == 4 * number + 5
        assert "manifest.json" not in found

    count = break_at(monkeypatch, 99)
    export_to(job, job, place, plan)

    assert count == [len(whole) - 4 * runs]
    assert there(place) == whole


def test_a_job_that_went_on_leaves_nothing_of_the_draft_before(job, place, monkeypatch):
    with monkeypatch.context() as patched:
        break_at(patched, 12)
        with pytest.raises(CorpusError):
            export_to(job, job, place, made.plan(part_bytes=40))
    before = set(there(place))

    export_to(job, job, place, made.plan(part_bytes=10**6))

    assert before - set(there(place)) - {MARK}
    listed = {item["path"] for item in json.loads(there(place)["manifest.json"])["files"]}
    assert {name for name in there(place) if name.startswith("data/")} == {
        name for name in listed if name.startswith("data/")
    }


def test_what_lies_there_already_is_left_as_it_is(job, place):
    with storage.writing(storage.join(place, "mine.txt")) as file:
        file.write(b"mine")

    with pytest.raises(CorpusError, match="already there"):
        export_to(job, job, place, made.plan())

    assert there(place) == {"mine.txt": b"mine"}


def test_the_unfinished_export_of_another_job_is_left_as_it_is(job, place):
    with storage.writing(storage.join(place, MARK)) as file:
        file.write(b'{"crawl_id": "another"}')

    with pytest.raises(CorpusError, match="another job"):
        export_to(job, job, place, made.plan())


def test_a_purge_takes_away_what_was_carried_of_an_unfinished_export(job, place, monkeypatch):
    with monkeypatch.context() as patched:
        break_at(patched, 5)
        with pytest.raises(CorpusError):
            export_to(job, job, place, made.plan())
    assert there(place)

    done = purge(job, Selector(urls=("https://a.test/1",)), Order("optout"), None, NOW)

    assert there(place) == {}
    assert done.unread == ()


def test_a_purge_stays_open_while_an_unfinished_export_is_out_of_reach(job, place, monkeypatch):
    with monkeypatch.context() as patched:
        break_at(patched, 5)
        with pytest.raises(CorpusError):
            export_to(job, job, place, made.plan())
    subject = Selector(urls=("https://a.test/1",))
    with monkeypatch.context() as patched:

        def unreachable(place):
            raise BrokenError(place, "the connection ended")

        patched.setattr(carrying, "listing", unreachable)
        first = purge(job, subject, Order("optout"), None, NOW)

    again = purge(job, subject, Order("optout"), None, NOW)

    assert not first.verified
    assert place in first.unread[0]
    assert again.verified
    assert there(place) == {}


def test_the_command_takes_a_url_and_shows_no_secret(job, capsys, monkeypatch):
    pytest.importorskip("fsspec")
    place = f"memory://{uuid.uuid4().hex}"
    monkeypatch.setattr("sys.argv", ["crawler", "export", str(job), "--out", place])
    with pytest.raises(SystemExit) as end:
        main()

    assert not end.value.code
    assert place in capsys.readouterr().out
    assert "manifest.json" in there(place)


@pytest.mark.slow
def test_an_export_killed_at_any_moment_goes_on(job, s3, tmp_path):  # noqa: F811
    place = f"{s3}/killed"
    command = [sys.executable, "-m", "crawler", "export", str(job), "--out", place]
    command += ["--part-size", "20B"]
    kills = 0
    for number in range(40):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + 3 + number * 0.2
        while process.poll() is None and time.monotonic() < deadline:
            if len(storage.listing(place)) > 2 * number + 1:
                break
            time.sleep(0.02)
        if process.poll() is not None:
            break
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
        assert MARK in there(place) or not there(place)
    assert subprocess.run(command, check=False).returncode in (0, 1)  # 1: it is there already

    found = there(place)
    assert kills >= 3
    assert MARK not in found
    for item in json.loads(found["manifest.json"])["files"]:
        assert item["path"] in found
    assert Path(tmp_path).exists()
