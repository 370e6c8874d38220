"""The drill: publish, let others copy it in their ways, take records down, clean the copies."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest
import zstandard
from cryptography.hazmat.primitives import serialization

from tests.acceptance.conftest import REDUCED
from tests.corpus.test_removal_feed import KEY
from tests.removals.published import publish

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
PAGES, EVERY, KILLS = (200, 6, 3) if REDUCED else (1_200, 6, 20)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drill")
    found = publish(folder, PAGES, EVERY, format="parquet")
    found.trust = folder / "corpus.pem"
    found.trust.write_bytes(
        KEY.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    return found


def resharded(corpus, folder):
    datasets = pytest.importorskip("datasets")
    data = datasets.load_dataset(
        "parquet", data_dir=str(corpus.v1 / "data"), cache_dir=str(folder / "cache")
    )["train"]
    copy = folder / "resharded"
    data.shuffle(seed=3).save_to_disk(str(copy), num_shards=5)
    shutil.rmtree(folder / "cache")
    return copy


def without_ids(corpus, folder):
    copy = folder / "noids"
    copy.mkdir()
    rows = [{"url": r["metadata"]["url"], "text": r["text"]} for r in corpus.records]
    for part in range(4):
        text = "".join(f"{json.dumps(row)}\n" for row in rows[part::4])
        (copy / f"{part}.jsonl.zst").write_bytes(zstandard.compress(text.encode()))
    return copy


def as_arrow(corpus, folder):
    import pyarrow as pa
    import pyarrow.parquet as pq

    copy = folder / "arrow"
    copy.mkdir()
    for number, path in enumerate(sorted((corpus.v1 / "data").rglob("*.parquet"))):
        table = pq.read_table(path)
        with (
            pa.OSFile(str(copy / f"{number}.arrow"), "wb") as out,
            pa.ipc.new_file(out, table.schema) as writer,
        ):
            writer.write_table(table, max_chunksize=100)
    return copy


def apply(corpus, copy, *words):
    command = [sys.executable, "-m", "crawler", "apply-removals", str(copy)]
    command += ["--feed", str(corpus.feed), "--trust", str(corpus.trust), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def unpacked(path):
    data = path.read_bytes()
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()
    return data


def rows(copy):
    import pyarrow as pa

    found = []
    for path in sorted(copy.rglob("*")):
        if path.suffix == ".arrow":
            raw = path.read_bytes()
            open_ = pa.ipc.open_file if raw.startswith(b"ARROW1") else pa.ipc.open_stream
            found += open_(raw).read_all().to_pylist()
        elif path.suffix == ".zst":
            found += [json.loads(line) for line in unpacked(path).splitlines()]
    return found


def snapshot(copy):
    return {
        str(path.relative_to(copy)): path.read_bytes()
        for path in copy.rglob("*")
        if path.is_file() and path.name != ".removals-progress.json"
    }


@pytest.mark.parametrize("make", [resharded, without_ids, as_arrow])
def test_a_copy_is_cleaned_whatever_became_of_it(make, corpus, tmp_path):
    copy = make(corpus, tmp_path)
    gone = {record["metadata"]["url"] for record in corpus.removed}

    def url_of(row):
        return row["url"] if "url" in row else row["metadata"]["url"]

    expected = [row for row in rows(copy) if url_of(row) not in gone]
    killed = tmp_path / "killed"
    shutil.copytree(copy, killed)

    done = apply(corpus, copy)
    out, errors = done.communicate()

    assert done.returncode == 0, out + errors
    assert f"{len(gone)} records taken out" in out
    assert rows(copy) == expected
    for path in copy.rglob("*"):
        if path.is_file():
            data = unpacked(path)
            for record in corpus.removed:
                assert record["text"].encode() not in data
                assert f'{record["metadata"]["url"]}"'.encode() not in data
    checked = apply(corpus, copy, "--verify")
    assert (checked.wait(), checked.stdout.read()[:2]) == (0, "0 ")
    before = snapshot(copy)
    assert apply(corpus, copy).wait() == 0
    assert snapshot(copy) == before

    chance = random.Random(7)
    for _ in range(KILLS):
        running = apply(corpus, killed)
        time.sleep(chance.uniform(0.3, 1.6))
        if running.poll() is None:
            os.kill(running.pid, signal.SIGKILL)
        running.communicate()
    assert apply(corpus, killed).wait() == 0
    assert snapshot(killed) == before


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda lines: [*lines[:3], *lines[4:]], "is missing"),
        (lambda lines: [*lines[:3], lines[2], *lines[3:]], "stands again"),
        (lambda lines: [*lines[:2], lines[2].replace("optout", "excuse"), *lines[3:]], "is forged"),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], "is missing"),
        (lambda lines: [*lines[:-1], lines[-1][:-2]], "is cut"),
        (lambda _: [], "is empty"),
    ],
)
def test_a_feed_that_is_not_true_changes_nothing(change, why, corpus, tmp_path):
    copy = without_ids(corpus, tmp_path)
    before = snapshot(copy)
    feed = tmp_path / "feed.jsonl"
    feed.write_text("".join(change(corpus.feed.read_text().splitlines(keepends=True))))

    done = apply(corpus, copy, "--feed", str(feed))
    _, errors = done.communicate()

    assert done.returncode == 1
    assert why in errors
    assert snapshot(copy) == before


def test_the_history_of_a_repository_tells_which_revisions_hold_it(corpus, tmp_path):
    copy = without_ids(corpus, tmp_path)

    def git(*words):
        who = ["-c", "user.name=a", "-c", "user.email=a@b.test", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(copy), *who, *words], check=True, capture_output=True)

    git("init", "-b", "main")
    git("add", ".")
    git("commit", "-m", "publish 1.0")
    apply(corpus, copy).communicate()
    git("add", ".")
    git("commit", "-m", "publish 2.0")
    oid = "a" * 64
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 9\n"
    (copy / "big.parquet").write_text(pointer)
    git("add", ".")
    git("commit", "-m", "add a large file")
    command = [sys.executable, "-m", "crawler", "verify-removed", str(copy), "--json"]
    command += ["--feed", str(corpus.feed), "--trust", str(corpus.trust)]

    done = subprocess.run(command, check=False, capture_output=True, text=True)

    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert found["commits"] == 3
    held = {
        one["subject"]: (sum(one["holds"].values()), one["unread"]) for one in found["revisions"]
    }
    assert held["publish 1.0"] == (len(corpus.removed), {})
    assert held["add a large file"][0] == 0
    assert "git lfs fetch" in held["add a large file"][1]["big.parquet"]
    assert "publish 2.0" not in held

    git("clone", "--depth", "1", f"file://{copy}", str(tmp_path / "shallow"))
    command[command.index(str(copy))] = str(tmp_path / "shallow")
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, json.loads(done.stdout)["cut"]) == (1, True)
