"""The operator's list applies to every row: by URL, domain and text, and feeds obeyed as lists."""

import json

import pyarrow.parquet as pq
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from typer.testing import CliRunner

from crawler.cli import build
from crawler.core.content.figures.hashes import text_hash
from crawler.corpus.removal.feed_file import tell
from crawler.store.suppression import Line, SuppressionError, open_suppression
from tests.corpus.test_removal_feed import (  # noqa: F401 - fixtures
    AUTHOR,
    KEY,
    NOW,
    TEXT,
    feed,
    job,
    take_out,
)

ROWS = {
    "https://tea.test/1": "one",
    "https://listed.test/1": "two",
    "https://sub.gone.test/": "three",
    "https://copy.test/": TEXT,
    "https://said.test/": "never this",
    "https://free.test/": "four",
}
HOSTS = {url.split("/")[2] for url in ROWS}


@pytest.fixture
def run(tmp_path):
    rows = [{"url": url, "text": text, "date": "2025"} for url, text in ROWS.items()]
    said = [{"domain": host, "date": "2024", "robots_txt": ""} for host in HOSTS]
    for name, lines in {"in": rows, "evidence": said}.items():
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(x)}\n" for x in lines))

    def run(command, *words):
        done = CliRunner().invoke(build({command}), [command, *words])
        if isinstance(done.exception, SuppressionError):
            raise done.exception
        assert not done.exit_code, done.output
        return done.stdout

    return run


@pytest.fixture
def screen(run, tmp_path):
    def screen(policy, out="out"):
        words = [str(tmp_path / "in.jsonl"), "--job", str(tmp_path / "screening"), "--no-collect"]
        words += ["--out", str(tmp_path / out), "--evidence", str(tmp_path / "evidence.jsonl")]
        run("screen", *words, "--as-of", "capture", "--policy", str(policy))
        rows = pq.read_table(tmp_path / out / "annotation.parquet").to_pylist()
        return {row["url"] for row in rows if row["reason"] == "policy.suppressed"}

    return screen


@pytest.fixture
def policy(tmp_path, job, feed):  # noqa: F811
    take_out(job, tmp_path)
    tell([job.folder], feed, AUTHOR, NOW)
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(pem)
    path = tmp_path / "policy.toml"
    path.write_text(
        'extends = "default"\n[suppression]\npath = "ours.jsonl"\n'
        f'[[suppression.feeds]]\npath = "{feed}"\ntrust = ["key.pem"]\n'
    )
    ours = open_suppression(tmp_path / "ours.jsonl")
    listed = [("url", "https://listed.test/1"), ("domain", "gone.test")]
    listed += [("text", text_hash("never this"))]
    ours.add(*(Line(scope, value, "asked", NOW) for scope, value in listed))
    return path


def test_every_row_passes_the_list_and_the_feeds(screen, run, policy, tmp_path):
    assert screen(policy) == ROWS.keys() - {"https://free.test/"}

    told = run("explain", str(tmp_path / "screening"), "https://listed.test/1")
    assert "suppression list names this page" in " ".join(told.split())
    for other in (str(policy), "default"):
        words = [str(tmp_path / "screening"), "--policy", other, "--json"]
        found = json.loads(run("redecide", *words))
        assert (found["decided"], found["same"]) == (len(ROWS), len(ROWS))


def test_a_list_that_was_lost_stops_a_screening(screen, policy, tmp_path):
    screen(policy)
    (tmp_path / "ours.jsonl").write_text("")

    with pytest.raises(SuppressionError):
        screen(policy, out="again")


def test_a_feed_that_cannot_be_believed_stops_a_screening(screen, policy, feed):  # noqa: F811
    feed.write_bytes(feed.read_bytes()[:200])

    with pytest.raises(SuppressionError):
        screen(policy)
