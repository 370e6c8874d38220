"""Jobs and exports of earlier versions open, verify and export as they did."""

import json
import tarfile
from pathlib import Path

import pytest
import zstandard

from crawler.cli.corpus_options import plan_of
from crawler.cli.job_policy import last_config
from crawler.corpus.export.export_job import export
from crawler.corpus.records.export_plan import Options
from crawler.store.job import read_job
from crawler.store.ledger import head
from tests.cli.run import run, run_json

FIXTURES = Path(__file__).parent / "fixtures"
VERSIONS = ("1_0_0",)


@pytest.fixture(params=VERSIONS)
def job(request, tmp_path):
    with tarfile.open(FIXTURES / f"job_{request.param}.tar.xz") as packed:
        packed.extractall(tmp_path, filter="data")
    return tmp_path / f"job-{request.param.replace('_', '.')}"


def records(folder):
    """Return `{url: (id, text, licence)}` of an export."""
    found = {}
    for path in sorted((folder / "data").glob("*.jsonl.zst")):
        with zstandard.open(path, "rt") as lines:
            for record in map(json.loads, lines):
                metadata = record["metadata"]
                found[metadata["url"]] = (record["id"], record["text"], metadata["license"])
    return found


async def test_a_job_and_its_export_verify(job):
    for path in (job, job / "corpus"):
        done = await run("verify", path, "--all")
        assert (done.exit_code, "FAULT" in done.stdout) == (0, False), done.output


async def test_a_job_exports_the_records_it_exported_before(job, tmp_path):
    with read_job(job) as connection:
        now = head(connection).at

    export(job, tmp_path / "again", plan_of(last_config(job), job, Options(), now))

    before = records(job / "corpus")
    assert len(before) > 50
    assert records(tmp_path / "again") == before


async def test_old_decisions_are_explained_and_made_again(job):
    _, status = await run_json("status", job)
    done = await run("explain", job, "http://archiv.test/intern/entwurf")
    _, again = await run_json("redecide", job, "--policy", job / "policy.toml")

    assert status["pages"]["active"] > 50
    assert status["refused"]["robots.disallow"] == 3
    assert "robots.txt disallows this address to us." in done.stdout
    assert [again[name] for name in ("leave", "enter", "fetch", "reason_only")] == [{}] * 4
