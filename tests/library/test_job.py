import json
import shutil

import pytest

from crawler import Job, JobError
from crawler.cluster.layout import folder_of_site, lay_out
from tests.cli.run import invoke
from tests.corpus import made
from tests.library import jobs

KEPT = [f"https://{host}.test/{number}" for host in "abc" for number in (1, 2)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return jobs.standard(tmp_path_factory.mktemp("job") / "job")


def test_pages_and_decisions_are_those_of_the_job(folder):
    job = Job.open(str(folder))

    assert [page.url for page in job.pages()] == KEPT
    assert [page.decision.reason for page in job.pages()] == ["ok"] * 6
    assert {d.url: (bool(d), d.reason, d.rule) for d in job.decisions() if not d} == {
        "https://a.test/no": (False, "robots_meta.noai", "robots_meta.noai"),
        "https://a.test/never": (False, "robots_meta.noai", "robots_meta.noai"),
    }
    first = job.page("https://a.test/1")
    assert (first.licence, first.licence_class, first.authors) == ("CC-BY-4.0", "ATTR", ("Ada",))
    assert first.metadata["published"] == "2024-05-01"
    assert first == next(job.pages())


def test_pages_that_are_held_are_told_apart(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "job")
    connection = made.made.connect(tmp_path / "job/crawl.db")
    connection.execute(
        "UPDATE page SET state = 'held', state_reason = 'awaiting' WHERE url = 'https://a.test/1'"
    )
    connection.execute("UPDATE page SET state = 'retired' WHERE url = 'https://a.test/2'")
    connection.close()
    job = Job.open(tmp_path / "job")

    assert [page.url for page in job.pages()] == KEPT[2:]
    assert [page.state for page in job.pages(held=True)][:2] == ["held", "active"]
    assert job.page("https://a.test/1").state == "held"
    assert job.page("https://a.test/2") is None


@pytest.mark.parametrize("url", ["", "x", "https://z.test/", "https://a.test/no", "http://["])
def test_what_is_not_held_is_none(folder, url):
    assert Job.open(folder).page(url) is None


def test_a_job_of_many_shards_is_one(tmp_path):
    lay_out(tmp_path, 3)
    for host in "abcdefgh":
        shard = made.job(folder_of_site(tmp_path, f"{host}.test"))
        shard.page(f"https://{host}.test/1", f"Text of {host}.")
        jobs.with_hosts(shard.connection)
        shard.connection.close()
    for number in range(3):  # a shard to which no site belongs has its database as well
        made.job(tmp_path / f"shard-{number:03d}").connection.close()

    job = Job.open(tmp_path)

    assert sorted(page.text for page in job.pages()) == [f"Text of {x}." for x in "abcdefgh"]
    assert len(list(job.decisions())) == 8
    assert job.page("https://g.test/1").text == "Text of g."


def test_iterations_do_not_meet_and_need_not_end(folder):
    job = Job.open(folder)
    one, two = job.pages(), job.pages()

    assert next(one).url == next(two).url == KEPT[0]
    assert next(two).url == KEPT[1]
    assert next(one).url == KEPT[1]


def test_a_folder_without_a_job_is_a_clear_error(tmp_path):
    with pytest.raises(JobError, match="holds no job"):
        Job.open(tmp_path)
    (tmp_path / "crawl.db").write_bytes(b"no database" * 999)
    with pytest.raises(JobError, match="damaged"):
        Job.open(tmp_path)
    (tmp_path / "shards.json").write_text(json.dumps({"shards": 2}))
    with pytest.raises(JobError, match="holds no job"):
        Job.open(tmp_path)


def test_a_decision_is_made_again_with_all_its_signals(tmp_path):
    robots = b"User-agent: *\nDisallow: /private\n"
    job = made.job(tmp_path)
    job.robots("https://a.test", robots)
    job.page("https://a.test/1", "A text.")
    jobs.with_hosts(job.connection)
    job.connection.close()

    decision = Job.open(tmp_path).decision("https://a.test/1")

    assert decision
    assert "robots" in {signal.rule.partition(".")[0] for signal in decision.signals}
    assert Job.open(tmp_path).decision("https://a.test/2") is None


@pytest.mark.slow
def test_a_job_of_screened_rows_has_the_decision_on_each(tmp_path):
    pytest.importorskip("pyarrow")
    rows = [f"https://{host}.test/1" for host in ("yes", "no", "unknown")]
    lines = [json.dumps({"url": url, "date": "2024-05-18"}) + "\n" for url in rows]
    (tmp_path / "rows.jsonl").write_text("".join(lines))
    said = [("yes", ""), ("no", "User-agent: *\nDisallow: /\n")]
    (tmp_path / "evidence.jsonl").write_text(
        "".join(
            json.dumps({"domain": f"{host}.test", "date": "2020", "robots_txt": text}) + "\n"
            for host, text in said
        )
    )
    words = [str(tmp_path / "rows.jsonl"), "--job", str(tmp_path / "job"), "--as-of", "capture"]
    words += ["--out", str(tmp_path / "out"), "--evidence", str(tmp_path / "evidence.jsonl")]
    done = invoke("screen", *words, "--no-collect")
    assert done.exit_code == 0, done.output

    job = Job.open(tmp_path / "job")

    assert [(d.url, bool(d)) for d in job.decisions()] == list(
        zip(rows, (True, False, False), strict=True)
    )
    assert {d.reason for d in job.decisions() if not d} == {"robots.disallow", "no-evidence"}
    assert job.decision(rows[1]).rule == "robots.disallow"
    assert list(job.pages()) == []
