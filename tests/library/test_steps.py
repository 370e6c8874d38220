"""The step in each pipeline: batches in every format, and the documented examples as printed."""

import json
import os
import pickle
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from crawler import ABSENT, ConsentStep, Job, Policy
from tests.library import jobs
from tests.store.made import NOW

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
POLICY = 'extends = "default"\n[consent.probes]\nbefore = []\nafter = []\n'
ROBOTS_ALONE = Policy.parse(POLICY)
URLS = ["https://a.test/1", "https://a.test/private/1", "https://z.test/", None, "https://c.test/"]
KEPT = ["https://a.test/1", "https://c.test/"]
REASONS = ["ok", "robots.disallow", "no-evidence", "no-url", "ok"]


@pytest.fixture(scope="module")
def step(tmp_path_factory):
    folder = jobs.standard(tmp_path_factory.mktemp("steps") / "job")
    return ConsentStep(ROBOTS_ALONE, job=folder, at=NOW)


@pytest.fixture(scope="module")
def annotating(step):
    return ConsentStep(ROBOTS_ALONE, job=step._screen._job, annotate=True, at=NOW)


def columns():
    return {"url": list(URLS), "n": list(range(5))}


def test_a_mapping_of_lists_comes_back_as_one(step, annotating):
    batch = columns()

    out = step(batch)

    assert batch == columns()
    assert (out["url"], out["n"]) == (KEPT, [0, 4])
    assert out["consent_included"] == [True, True]
    assert annotating(batch)["consent_reason"] == REASONS


def test_arrays_come_back_as_arrays(step, annotating):
    batch = {"url": np.array(URLS, dtype=object), "n": np.arange(5), "m": np.ones((5, 2))}

    out = step(batch)

    assert out["url"].tolist() == KEPT
    assert out["m"].shape == (2, 2)
    assert out["consent_included"].dtype == bool
    assert list(annotating(batch)["consent_reason"]) == REASONS


def test_a_table_comes_back_as_a_table(step, annotating):
    table = pa.table(columns())

    out = step(table)

    assert out["url"].to_pylist() == KEPT
    assert out.schema.field("consent_included").type == pa.bool_()
    assert annotating(table)["consent_reason"].to_pylist() == REASONS
    none = step(table.slice(1, 2))
    assert (none.num_rows, none.schema) == (0, out.schema)


def test_a_frame_comes_back_as_a_frame(step, annotating):
    frame = pytest.importorskip("pandas").DataFrame(columns(), index=list("abcde"))

    out = step(frame)

    assert out["url"].tolist() == KEPT
    assert list(out.index) == ["a", "e"]
    assert annotating(frame)["consent_reason"].tolist() == REASONS


def test_a_row_comes_back_as_a_row_and_is_told_to_keep_or_not(step):
    rows = [{"url": url, "n": number} for number, url in enumerate(URLS)]

    assert [step(row)["consent_reason"] for row in rows] == REASONS
    assert [step.keeps(row) for row in rows] == [True, False, False, False, True]
    assert step.keeps(columns()) == [True, False, False, False, True]


@pytest.mark.parametrize("batch", [{}, {"url": []}, {"url": [], "n": []}])
def test_an_empty_batch_is_one(step, batch):
    assert step({"url": []} | batch)["consent_reason"] == []


def test_what_is_no_batch_is_an_error(step):
    with pytest.raises(TypeError, match="batch"):
        step(["https://a.test/1"])


def test_a_batch_without_the_column_is_refused_whole(annotating):
    out = annotating({"address": ["https://a.test/1", "https://c.test/"]})

    assert out["consent_reason"] == ["no-url", "no-url"]


def test_a_page_in_a_column_is_read(step):
    job: Job = step._screen._job
    pages = {"url": ["https://a.test/1"] * 2, "html": ["<p>x", "<meta name=robots content=noai>"]}

    out = ConsentStep(
        ROBOTS_ALONE, job=job, html="html", headers=ABSENT, status=200, annotate=True, at=NOW
    )(pages)

    assert out["consent_reason"] == ["ok", "robots_meta.noai"]


def test_it_is_the_same_in_another_process_and_pickles_to_the_same_bytes(step):
    again = pickle.loads(pickle.dumps(step))

    assert pickle.dumps(again) == pickle.dumps(step)
    assert again(columns())["url"] == KEPT


def test_without_datatrove_the_extra_is_named():
    code = "import sys; sys.modules['datatrove'] = None\nfrom crawler import ConsentFilter"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert 'pip install "consent-crawler[datatrove]"' in done.stderr


def example(named):
    """Return the documented example that names something."""
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    return next(block for block in blocks if named in block)


@pytest.fixture
def work(tmp_path):
    """Make what the examples name; the job is as it was when they have run."""
    folder = jobs.standard(tmp_path / "jobs/example", robots_at=time.time())
    (tmp_path / "robots.toml").write_text(POLICY)
    (tmp_path / "pages").mkdir()
    for part in range(2):
        rows = [
            {"url": url, "text": f"Text {n}.", "id": f"{part}/{n}"} for n, url in enumerate(URLS)
        ]
        lines = [json.dumps(row) for row in rows if row["url"]]
        (tmp_path / f"pages/{part}.jsonl").write_text("\n".join(lines) + "\n")
    before = (folder / "crawl.db").read_bytes()
    yield tmp_path
    assert (folder / "crawl.db").read_bytes() == before


def run(work, code, ending=""):
    (work / "run.py").write_text(code + ending)
    env = {
        **os.environ,
        "HF_HOME": str(work / "hf"),
        "HF_HUB_OFFLINE": "1",
        "RAY_USAGE_STATS_ENABLED": "0",
    }
    env["PYTHONPATH"] = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "run.py"], cwd=work, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return done.stdout


@pytest.mark.slow
def test_the_example_for_datatrove_runs_in_several_processes(work):
    pytest.importorskip("datatrove")

    run(work, example("ConsentFilter"))

    import gzip

    def read(folder):
        files = sorted((work / folder).glob("*.jsonl.gz"))
        return [json.loads(line) for file in files for line in gzip.open(file)]

    consented, refused = read("consented"), read("refused")
    assert sorted(doc["metadata"]["url"] for doc in consented) == sorted(KEPT * 2)
    assert {doc["metadata"]["consent_reason"] for doc in consented} == {"ok"}
    assert sorted(doc["metadata"]["filter_reason"] for doc in refused) == [
        *["no-evidence"] * 2,
        *["robots.disallow"] * 2,
    ]
    assert len(list((work / "consented").glob("*.jsonl.gz"))) == 2


@pytest.mark.slow
def test_the_example_for_datasets_runs_and_is_cached(work):
    pytest.importorskip("datasets")
    ending = (
        "\nurls = sorted(consented['url'])\n"
        "print(urls, sorted(only_filtered['url']) == urls)\n"
        "print(consented._fingerprint)\n"
    )

    first, again = (run(work, example("load_dataset"), ending).split("\n") for _ in range(2))

    assert first[0] == f"{sorted(KEPT * 2)} True"
    assert first == again


@pytest.mark.slow
def test_the_example_for_ray_data_runs(work):
    pytest.importorskip("ray")
    start = "import ray\nray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)\n"

    said = run(work, start + example("ray.data"), "\nprint(urls)\nray.shutdown()\n")

    assert str(sorted(KEPT * 2)) in said
