"""A job that lies at a URL, as its operator meets it: by the commands that take any job."""

import json
import shutil
import sqlite3
import uuid
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from crawler import storage
from crawler.cli.job_places import written
from crawler.cluster import promise_journal, snapshots, url_state
from crawler.cluster.cluster_job import point_to
from crawler.cluster.fetching import fetch
from crawler.cluster.job_url import shard_part
from crawler.cluster.restoring import restore
from crawler.cluster.snapshot import Owner
from crawler.cluster.snapshots import FencedError, newest, take
from crawler.cluster.url_state import beat, lay_out_url, write_epochs
from crawler.corpus.removal.leftovers import needles, search
from crawler.frontier.sharding import shard_of
from crawler.storage import StorageError
from tests.corpus import made
from tests.corpus.site import run as run_command
from tests.object_store import s3, s3_server  # noqa: F401 - fixtures
from tests.store.made import NOW

CANARY = "The quiet canary of Löwenstein sang seventeen unrepeatable songs before dawn broke."
CANARY_URL = "https://a.test/canary"
INNOCENT = "An innocent page on gardens and rain, of some length, from the host {}."


@pytest.fixture(
    params=["path", *(pytest.param(x, marks=pytest.mark.slow) for x in ("memory", "s3"))]
)
def url(request, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    if request.param == "path":
        return str(tmp_path / "url")
    if request.param == "s3":
        return request.getfixturevalue("s3") + "/jobs/big"
    pytest.importorskip("fsspec")
    return f"memory://{uuid.uuid4().hex}/big"


@pytest.fixture
def path_url(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return str(tmp_path / "url")


@pytest.fixture
def run(monkeypatch, capsys):
    return lambda *words: run_command(monkeypatch, capsys, *words)


@pytest.fixture
def policy(tmp_path):
    path = tmp_path / "policy.toml"
    path.write_text(
        'extends = "default"\n[identity]\ntoken = "Bot"\ncontact = "https://bot.test/"\n'
        f'[suppression]\npath = "{tmp_path / "desk" / "list"}"\n'
    )
    return path


def crawled(url, node, count=2):
    """Leave a job of shards at `url` as a cluster does that was stopped."""
    lay_out_url(url, count)
    write_epochs(url, {"shards": [[1, ""]] * count})
    for number in range(count):
        folder = node / f"shard-{number:03d}"
        part, owner = shard_part(url, number), Owner(1, f"actor {number}")
        restore(part, folder, owner, NOW)
        found = made.job(folder)
        for host in ("a.test", "b.test", "c.test", "d.test"):
            if shard_of(host, count) == number:
                found.page(f"https://{host}/", INNOCENT.format(host))
                if host == "a.test":
                    found.page(CANARY_URL, CANARY)
        found.connection.close()
        take(folder, part, owner, NOW)
        take(folder, part, owner, NOW, clean=True)
    return url


def at(url, tmp_path, *texts):
    """Return the parts of `url` in whose snapshots any of the texts is, all of them fetched."""
    found = set()
    for number in range(url_state.count_shards_at(url)):
        part = shard_part(url, number)
        for one in snapshots.snapshots(part):
            fetch(part, one, tmp_path / "looked", tmp_path / "nothing")
            if search(tmp_path / "looked", needles(texts)).found:
                found.add(number)
            shutil.rmtree(tmp_path / "looked")
    return found


def test_reading_commands_take_the_url(url, tmp_path, run):
    crawled(url, tmp_path / "node")
    shutil.rmtree(tmp_path / "node")

    code, out, err = run("status", url, "--json")
    assert (code, json.loads(out)["pages"]["active"]) == (0, 5), err
    assert "by the snapshots at" in err
    assert run("explain", url, CANARY_URL)[0] == 0
    code, out, err = run("find", url, "a.test", "--json")
    assert (code, sum(one["counts"].get("active", 0) for one in json.loads(out))) == (0, 2), err
    code, out, err = run("report", url, "--json")
    assert code == 0, err
    code, out, err = run("takedown", "list", url)
    assert (code, out) == (0, ""), err
    assert newest(shard_part(url, 0)).owner.epoch == 1  # nobody lost anything


def test_a_plain_job_may_be_named_by_its_address(tmp_path, run):
    made.job(tmp_path / "plain").connection.close()
    code, _, err = run("status", f"file://{tmp_path}/plain")
    assert code == 0, err
    code, _, err = run("status", f"file://{tmp_path}/none")
    assert (code, f"{tmp_path}/none holds no job" in err, "file:" in err) == (2, True, False)


def test_a_folder_stands_for_the_url(path_url, tmp_path, run):
    crawled(path_url, tmp_path / "node")
    point_to(tmp_path / "desk", path_url)

    code, out, err = run("status", tmp_path / "desk", "--json")

    assert (code, json.loads(out)["pages"]["active"]) == (0, 5), err
    assert (tmp_path / "desk/shard-001/crawl.db").is_file()


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("s3://bucket/a/job/", "s3://bucket/a/job"),
        ("memory://job", "memory://job"),
        ("gs://bucket", "gs://bucket"),
        ("file:///srv/job", "/srv/job"),
        ("jobs/example", "jobs/example"),
        ("/srv/job", "/srv/job"),
        ("a:/b", "a:/b"),
    ],
)
def test_a_place_is_told_by_the_path_made_of_it(given, meant):
    assert written(Path(given)) == meant


def test_a_job_of_one_shard_is_one_as_well(path_url, tmp_path, run):
    crawled(path_url, tmp_path / "node", count=1)

    code, out, err = run("status", path_url, "--json")
    assert (code, json.loads(out)["pages"]["active"]) == (0, 5), err
    code, out, err = run("export", path_url, "--out", tmp_path / "out", "--version", "1.0.0")
    assert code == 0, err
    assert newest(shard_part(path_url, 0)).owner.epoch == 2


def test_what_was_purged_is_in_no_snapshot_any_more(url, tmp_path, run, policy):
    crawled(url, tmp_path / "node")
    assert at(url, tmp_path, CANARY) == {shard_of("a.test", 2)}

    words = ("purge", url, "--url", CANARY_URL, "--reason", "takedown", "--policy", policy)
    code, out, err = run(*words, "--json")

    assert code == 0, err
    (told,) = json.loads(out)
    assert (told["pages"], told["verified"], told["unread"]) == (1, True, [])
    assert at(url, tmp_path, CANARY) == set()
    assert not [path for path in storage.listing(url) if "/promises/" in path.place]
    part = shard_part(url, shard_of("a.test", 2))
    restore(part, tmp_path / "other", Owner(9, "actor"), NOW)
    with closing(sqlite3.connect(tmp_path / "other/crawl.db")) as connection:
        rows = connection.execute("SELECT count(*) FROM page WHERE state = 'active'").fetchone()
        kinds = {kind for (kind,) in connection.execute("SELECT kind FROM ledger")}
    assert rows == (sum(shard_of(f"{x}.test", 2) == shard_of("a.test", 2) for x in "abcd"),)
    assert {"purge", "restored", "verify"} <= kinds
    assert run("status", url, "--json")[0] == 0


def test_a_page_that_merged_shards_hold_too_is_told_once(path_url, tmp_path, run, policy):
    crawled(path_url, tmp_path / "node")
    words = ("--out", tmp_path / "out", "--unsigned", "--version", "1.0.0")
    assert run("export", path_url, *words)[0] == 0
    words = ("purge", path_url, "--domain", "b.test", "--reason", "takedown", "--policy", policy)

    _, out, _ = run(*words, "--dry-run")
    assert (out.count("https://b.test/"), "would purge 1 pages" in out) == (1, True)


def test_an_erasure_leaves_no_address_at_the_url(path_url, tmp_path, run, policy):
    crawled(path_url, tmp_path / "node")
    words = ("takedown", "add", path_url, "--kind", "erasure", "--url", CANARY_URL)
    assert run(*words)[0] == 0
    assert at(path_url, tmp_path, CANARY_URL)

    code, out, err = run("takedown", "close", path_url, "1", "--policy", policy)

    assert code == 0, (out, err)
    assert "closed" in out
    assert at(path_url, tmp_path, CANARY, CANARY_URL) == set()
    for item in storage.listing(path_url):
        with storage.open_stream(item.place) as file:
            assert CANARY_URL.encode() not in file.read()
    assert (tmp_path / "url/suppression/list").read_text().count("\n") >= 2


def test_a_purge_stays_open_while_the_url_is_out_of_reach(
    path_url, tmp_path, run, policy, monkeypatch
):
    crawled(path_url, tmp_path / "node")
    words = ("purge", path_url, "--url", CANARY_URL, "--reason", "takedown", "--policy", policy)

    def down(place):
        raise StorageError(place, "is out of reach")

    with monkeypatch.context() as during:
        from crawler.cluster import copies_at_url

        real = copies_at_url.take

        def failing(*args, **more):
            during.setattr("crawler.cluster.pieces.writing", down)
            return real(*args, **more)

        during.setattr(copies_at_url, "take", failing)
        code, out, err = run(*words)
        assert code == 1
        assert "COULD NOT BE SEARCHED" in out
        assert "NOT YET at the URL" in err
    assert at(path_url, tmp_path, CANARY)
    # Whoever restores it meanwhile does not bring it back.
    shutil.copytree(path_url, tmp_path / "copied")
    part = shard_part(str(tmp_path / "copied"), shard_of("a.test", 2))
    assert restore(part, tmp_path / "other", Owner(9, "actor"), NOW).taken_out == 1

    code, out, err = run(*words)

    assert code == 0, (out, err)
    assert "verified" in out
    assert at(path_url, tmp_path, CANARY) == set()


def test_what_a_cluster_crawls_is_not_written_to(path_url, tmp_path, run, policy, monkeypatch):
    crawled(path_url, tmp_path / "node")
    write_epochs(path_url, {"shards": [[2, "somebody"], [1, ""]]})
    number = 0

    def working(_):
        nonlocal number
        number += 1
        beat(path_url, number, 1.0, 5.0)

    working(0)
    monkeypatch.setattr("crawler.cluster.cluster_job.time.sleep", working)
    words = ("purge", path_url, "--url", CANARY_URL, "--reason", "takedown", "--policy", policy)

    code, _, err = run(*words)

    assert code == 1
    assert "crawler cluster stop" in err
    assert newest(shard_part(path_url, 0)).owner.epoch == 1
    assert run("purge", *words[1:], "--dry-run")[0] == 0
    assert run("status", path_url)[0] == 0
    for word, stands in (("pause", True), ("resume", False)):
        code, _, err = run(word, path_url)
        assert code == 0, err
        with storage.open_stream(storage.join(path_url, "orders.json")) as file:
            assert bool(json.loads(file.read())["paused_since"]) is stands


def test_whoever_owned_a_shard_before_a_command_has_lost_it(path_url, tmp_path, run, policy):
    crawled(path_url, tmp_path / "node")
    write_epochs(path_url, {"shards": [[1, ""], [1, ""]], "lives": 7})
    assert run("purge", path_url, "--domain", "a.test", "--reason", "x", "--policy", policy)[0] == 0

    for number in range(2):
        node = tmp_path / f"node/shard-{number:03d}"
        with pytest.raises(FencedError):
            take(node, shard_part(path_url, number), Owner(1, f"actor {number}"), NOW)
    epochs = url_state.read_epochs(path_url)
    assert epochs["shards"] == [[2, ""], [2, ""]]
    assert epochs["lives"] == 7  # what others keep there stays


def test_what_was_exported_is_not_gone_back_behind(path_url, tmp_path, run):
    crawled(path_url, tmp_path / "node")
    words = ("--unsigned", "--version")

    code, out, err = run("export", path_url, "--out", tmp_path / "one", *words, "1.0.0")
    assert code == 0, (out, err)
    code, out, err = run("export", path_url, "--out", tmp_path / "two", *words, "0.9.0")
    assert code == 1
    assert "does not come after 1.0.0" in err
    code, out, err = run("verify", tmp_path / "one")
    assert code == 0, out
    shutil.rmtree(tmp_path / "state")  # another desk
    code, out, err = run("export", path_url, "--out", tmp_path / "two", *words, "1.0.0")
    assert code == 1, out
    heads = [item.place for item in storage.listing(path_url) if "/heads/" in item.place]
    assert len({place.split("/heads/")[0] for place in heads}) == 3  # both shards, and merged


def test_a_version_is_promised_before_its_export_is_seen(path_url, tmp_path, run, monkeypatch):
    crawled(path_url, tmp_path / "node")
    words = ("export", path_url, "--unsigned", "--version", "1.0.0", "--out")

    def down(*_):
        raise StorageError(path_url, "is out of reach")

    with monkeypatch.context() as during:
        during.setattr("crawler.cluster.cluster_job.keep_published", down)
        code, _, err = run(*words, tmp_path / "out")
        assert (code, "out of reach" in err) == (1, True)
    assert not (tmp_path / "out").exists()
    with monkeypatch.context() as during:
        during.setattr("crawler.corpus.export.export_job.register", down)
        assert run(*words, tmp_path / "out")[0] == 1
    assert not (tmp_path / "out").exists()
    assert run(*words[:-2], "1.0.0", "--out", tmp_path / "same desk")[0] == 0
    shutil.rmtree(tmp_path / "state")  # another desk cannot know that nobody has seen it
    code, _, err = run(*words, tmp_path / "out")
    assert (code, "version 1.0.0 is published" in err) == (1, True)
    assert run(*words[:-2], "1.0.1", "--out", tmp_path / "out")[0] == 0
    shutil.rmtree(tmp_path / "state")
    found = promise_journal.read_published(storage.join(path_url, "shards", "merged"))
    part = storage.join(path_url, "shards", "merged")
    promise_journal.keep_published(part, replace(found[0], hash="0" * 64, version="2.0.0"))
    code, _, err = run("status", path_url)
    assert code == 1
    assert "older than version 2.0.0" in err


@pytest.mark.slow
def test_shards_are_exported_at_once(path_url, tmp_path, run):
    crawled(path_url, tmp_path / "node")
    counts = []

    for more in ([], ["--workers", "2"], ["--ray"]):
        if more == ["--ray"]:
            pytest.importorskip("ray")
        out = tmp_path / f"out{len(counts)}"
        code, told, err = run("export", path_url, "--out", out, "--unsigned", "--json", *more)
        assert code == 0, err
        counts.append(json.loads(told)["records"])
        assert run("verify", out)[0] == 0

    assert len({*counts}) == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["status", "{url}/none"], 2, "holds no job"),
        (["status", "nowhere://bucket/job"], 1, "no storage is called so"),
        (["annotate", "{url}"], 2, "does not take a job whose shards lie at a URL"),
        (["doctor", "{url}"], 2, "does not take a job whose shards lie at a URL"),
        (["crawl", "--job", "{url}", "https://a.test/"], 2, "does not take a job"),
        (["reload", "{url}"], 2, "nobody is crawling"),
        (["purge", "{url}", "--reason", "x"], 2, "name one of"),
    ],
)
def test_what_cannot_be_done_is_told(path_url, tmp_path, run, words, code, said):
    crawled(path_url, tmp_path / "node")

    got, out, err = run(*(word.format(url=path_url) for word in words))

    assert got == code, (out, err)
    assert said in err


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"shards": "x"}', "\udcff"])
def test_a_damaged_pointer_is_told(tmp_path, run, text):
    (tmp_path / "job").mkdir()
    (tmp_path / "job/cluster.json").write_bytes(text.encode("utf-8", "surrogateescape"))

    code, _, err = run("status", tmp_path / "job")

    assert code == 1
    assert "cluster.json is damaged" in err
