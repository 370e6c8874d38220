import gzip
import json
import sqlite3

import pytest

from tests.acceptance.conftest import SEED, kept, run


@pytest.fixture(scope="module")
def job(documentation, tmp_path_factory):
    from tests.acceptance.conftest import HOST, policy_text

    folder = tmp_path_factory.mktemp("whole")
    policy = folder / "policy.toml"
    policy.write_text(policy_text({HOST: documentation.address}))
    result = run("crawl", SEED, "--job", folder / "job", "--policy", policy, timeout=300)
    assert result.returncode == 0, result.stderr
    return folder / "job"


def test_every_reachable_page_is_kept_exactly_once(job, documentation):
    assert set(kept(job)) == set(documentation.pages)


def test_text_title_hash_times_and_decision_are_all_there(job, documentation):
    connection = sqlite3.connect(job / "crawl.db")
    connection.row_factory = sqlite3.Row
    rows = connection.execute(
        "SELECT page.*, decision.included, decision.reason, decision.policy_sha256 AS policy"
        " FROM page JOIN decision USING (url_id) WHERE page.state = 'active'"
    ).fetchall()
    connection.close()

    assert len(rows) >= len(documentation.pages)
    for row in rows:
        assert row["text"], row["url"]
        assert len(row["body_sha256"]) == len(row["text_sha256"]) == len(row["policy"]) == 64
        assert 0 < row["fetched_at"] <= row["first_byte_at"] <= row["ended_at"]
        assert (row["included"], row["reason"], row["status"]) == (1, "ok", 200)
    titles = kept(job)
    wrong = {path for path, title in documentation.pages.items() if title and not titles[path]}
    assert not wrong


def test_the_same_command_again_asks_for_nothing_and_ends(job):
    before = kept(job)
    result = run("crawl", SEED, "--job", job, "--policy", job.parent / "policy.toml")

    assert result.returncode == 0, result.stderr
    assert kept(job) == before


def test_the_export_holds_every_page_with_where_it_came_from_and_why(job, tmp_path):
    out = tmp_path / "corpus"
    result = run("export", job, "--out", out, timeout=300)

    assert result.returncode == 0, result.stderr
    urls = [_url(record) for path in (out / "data").iterdir() for record in _records(path)]
    assert len(urls) == len(set(urls))
    assert {f"http://docs.test{path}" for path in kept(job)} <= set(urls)
    assert (out / "manifest.json").exists()


def _records(path):
    if path.suffix == ".gz":
        lines = gzip.decompress(path.read_bytes()).splitlines()
    else:
        import zstandard

        with path.open("rb") as file:
            lines = zstandard.ZstdDecompressor().stream_reader(file).read().splitlines()
    return [json.loads(line) for line in lines]


def _url(record):
    return record.get("url") or record["metadata"]["url"]
