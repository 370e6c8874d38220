"""An export whose shards are written at once: the same records, the same bytes whoever works."""

import json
from dataclasses import replace

import pytest

from crawler.corpus.errors import CorpusError
from crawler.corpus.export import shard_parts
from crawler.corpus.export.export_job import export
from crawler.corpus.export.opened_export import open_export
from crawler.corpus.export.shard_parts import Spread
from crawler.corpus.export.verify_export import verify_export
from crawler.keys import NOBODY
from crawler.screen.workers import processes
from crawler.store.ledger import append
from tests.corpus import made


@pytest.fixture
def job(tmp_path):
    found = made.standard(tmp_path / "job")
    for number in range(12):
        found.page(f"https://h{number}.test/", f"Text of the host {number}.", licence="CC-BY-4.0")
    yield found
    found.connection.close()


def backwards(function, tasks):
    """Do the last task first."""
    done = [function(task) for task in reversed(tasks)]
    return reversed(done)


def files(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def records(folder):
    return {record["id"]: record for _, record in open_export(folder).read()}


@pytest.mark.parametrize(
    "form", ["jsonl", *(pytest.param(form, marks=pytest.mark.slow) for form in ("parquet", "warc"))]
)
def test_the_same_records_come_out_and_are_verified(job, tmp_path, form):
    plan = made.plan(format=form, part_bytes=1_000)
    export(job.folder, tmp_path / "one", plan)
    told = []

    result = export(
        job.folder,
        tmp_path / "at once",
        plan,
        lambda *now: told.append(now),
        spread=Spread(3, map),
    )

    if form != "warc":
        assert records(tmp_path / "at once") == records(tmp_path / "one")
    assert verify_export(tmp_path / "at once", NOBODY).faults == ()
    assert result.records == 18
    assert told == [(1, 3), (2, 3), (3, 3)]
    one, other = (
        json.loads((tmp_path / name / "manifest.json").read_text()) for name in ("one", "at once")
    )
    for value in (one, other):
        value.pop("files")
    assert one == other
    names = {path.name for path in (tmp_path / "at once").rglob("*") if path.is_file()}
    assert not {"state.json", "lock", "released.tsv"} & names
    assert not (tmp_path / "at once.partial").exists()


def test_the_same_bytes_come_out_whoever_works(job, tmp_path):
    plan = made.plan(part_bytes=1_000)
    export(job.folder, tmp_path / "a", plan, spread=Spread(4, map))
    export(job.folder, tmp_path / "b", plan, spread=Spread(4, backwards))

    assert files(tmp_path / "a") == files(tmp_path / "b")


@pytest.mark.slow
def test_processes_write_the_same_bytes(job, tmp_path):
    plan = made.plan(part_bytes=1_000)
    export(job.folder, tmp_path / "a", plan, spread=Spread(4, map))
    with processes(2) as crew:
        export(job.folder, tmp_path / "b", plan, spread=Spread(4, crew.map))

    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_a_part_that_was_done_is_not_done_again(job, tmp_path, monkeypatch):
    plan = made.plan(part_bytes=1_000)
    export(job.folder, tmp_path / "whole", plan, spread=Spread(4, map))
    done = []

    def dying(function, tasks):
        for task in tasks:
            if len(done) == 2:
                raise KeyboardInterrupt
            done.append(task.share.number)
            yield function(task)

    with pytest.raises(KeyboardInterrupt):
        export(job.folder, tmp_path / "out", plan, spread=Spread(4, dying))
    assert not (tmp_path / "out").exists()
    pages = []
    real = shard_parts.stream
    monkeypatch.setattr(
        shard_parts, "stream", lambda run, *rest: (pages.append(run.after), real(run, *rest))
    )
    again = replace(plan, gate=replace(plan.gate, now=plan.gate.now + 60))
    export(job.folder, tmp_path / "out", again, spread=Spread(4, map))

    assert sum(after > 0 for after in pages) >= 1  # taken up behind its last page
    assert {name: data for name, data in files(tmp_path / "out").items() if "data/" in name} == {
        name: data for name, data in files(tmp_path / "whole").items() if "data/" in name
    }


def test_one_way_after_the_other_leaves_nothing_of_the_first(job, tmp_path):
    plan = made.plan(part_bytes=1_000)

    def dying(function, tasks):
        yield function(tasks[0])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(job.folder, tmp_path / "out", plan, spread=Spread(4, dying))
    export(job.folder, tmp_path / "out", plan)
    export(job.folder, tmp_path / "whole", plan)

    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_a_job_that_changes_meanwhile_is_not_exported(job, tmp_path):
    def changing(function, tasks):
        for task in tasks:
            yield function(task)
            append(job.connection, "verify", {}, 1.0)

    with pytest.raises(CorpusError, match="changed meanwhile"):
        export(job.folder, tmp_path / "out", made.plan(), spread=Spread(3, changing))
    assert not (tmp_path / "out").exists()


def test_a_version_holds_what_all_shards_have(job, tmp_path):
    export(job.folder, tmp_path / "out", made.plan(version="1.0.0"), spread=Spread(3, map))

    (count,) = job.connection.execute("SELECT count(*) FROM released").fetchone()
    assert count == 18
