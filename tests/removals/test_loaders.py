"""Loaders leave out what was removed: plain lists, a set of hashes, a streaming data set."""

import json
import random
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives import serialization

from crawler.removals.hash_set import HashSet
from tests.corpus.test_removal_feed import KEY
from tests.removals.published import publish


def test_a_set_of_hashes_knows_its_own_and_no_other():
    chance = random.Random(5)
    own = [f"{chance.getrandbits(128):032x}" for _ in range(20_000)]
    others = [f"{chance.getrandbits(128):032x}" for _ in range(20_000)]
    found = HashSet.of(f"{line}\n" for line in own)

    assert found.within(own).all()
    assert not found.within(others).any()
    assert own[0] in found
    assert others[0] not in found
    assert len(found) == len(own)
    assert not HashSet.of([]).within(own).any()
    assert found.nbytes < 8 * len(own) + (1 << 23)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("loaders")
    found = publish(folder, pages=20)
    found.trust = folder / "corpus.pem"
    found.trust.write_bytes(
        KEY.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    return found


def since(corpus, number, *words):
    command = [sys.executable, "-m", "crawler", "removals-since", str(corpus.feed), str(number)]
    command += ["--trust", str(corpus.trust), *words]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.slow
def test_lists_begin_after_an_entry(corpus):
    every = since(corpus, 0, "--ids")
    some = since(corpus, 3, "--ids")

    assert sorted(every.stdout.split()) == sorted(row["id"] for row in corpus.removed)
    assert some.stdout.split() == every.stdout.split()[3:]
    assert every.stderr == f"to entry {len(corpus.removed)}\n"
    assert len(since(corpus, 0, "--hashes").stdout.split()) == 2 * len(corpus.removed)
    assert since(corpus, 99, "--ids").returncode == 2
    assert since(corpus, 1).returncode == 2


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_streaming_loader_leaves_out_what_was_removed(corpus, tmp_path):
    datasets = pytest.importorskip("datasets")
    (tmp_path / "removed.txt").write_text(since(corpus, 0, "--ids").stdout)
    (tmp_path / "a.jsonl").write_text(
        "".join(json.dumps({"id": row["id"], "text": row["text"]}) + "\n" for row in corpus.records)
    )
    stream = datasets.load_dataset(
        "json", data_files=str(tmp_path / "a.jsonl"), streaming=True, cache_dir=str(tmp_path)
    )["train"]

    with (tmp_path / "removed.txt").open() as lines:
        removed = HashSet.of(lines)
    stream = stream.filter(lambda batch: ~removed.within(batch["id"]), batched=True)

    assert [row["id"] for row in stream] == [row["id"] for row in corpus.stays]
