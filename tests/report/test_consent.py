"""The figures of a job: each with its sample, and what is not known counted apart."""

import json
from dataclasses import replace

import pytest

from crawler.core.decision import Decision, Found, Signal, Usage, Value, Verdict
from crawler.report.consent_counts import consent_report
from crawler.report.consent_text import markdown, sections
from crawler.report.plots import draw
from crawler.report.proportion import Share
from tests.cli.run import run, run_json
from tests.store.made import EVIDENCE, NOW, ROBOTS, keep, learn, open_made, refuse

GPT = b"User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\nUser-agent: *\nDisallow: /private/"
IMAGES = b"User-agent: img2dataset\nDisallow: /pictures/\n\nUser-agent: *\nDisallow: /"
OPENED = b"User-agent: *\nDisallow: /\nAllow: /\n"
TOKEN = Signal("tokens", "tokens.agent", "robots.txt:3", "User-agent: GPTBot",
               {Usage.AI_TRAIN: Value.DENY})  # fmt: skip
BY_TOKEN = Decision(False, "tokens.agent", Verdict(ai_train=Value.DENY), NOW, deciding=TOKEN)


def host(connection, name, robots=None, **answer):
    connection.execute("INSERT INTO host (name, site) VALUES (?, ?)", (name, name))
    if robots is not None or answer:
        url = f"https://{name}/robots.txt"
        body = {"body": robots} if robots is not None else {"body": b""}
        learn(connection, f"https://{name}", replace(ROBOTS, url=url, **body, **answer))


def outcome(connection, url, outcome, code=""):
    connection.execute(
        "UPDATE url SET state = 2, outcome = ?, code = ? WHERE url = ?", (outcome, code, url)
    )


@pytest.fixture
def job(tmp_path):
    folder = tmp_path / "job"
    connection = open_made(folder)
    connection.execute("BEGIN")
    host(connection, "a.test", GPT)
    host(connection, "b.test", IMAGES)
    host(connection, "c.test", OPENED)
    host(connection, "d.test", found=Found.ABSENT, status=404)
    host(connection, "e.test", found=Found.UNREACHABLE, status=503)
    host(connection, "never.test")
    for url, text, licence in (
        ("https://a.test/1", "one two three", "CC-BY-4.0"),
        ("https://a.test/2", "one two", ""),
        ("https://d.test/1", "eins zwei drei vier", "CC0-1.0"),
    ):
        language = "de" if "eins" in text else "en"
        keep(connection, url, text, licence=licence, language=language)
        outcome(connection, url, "kept")
    refuse(connection, "https://a.test/no", decision=BY_TOKEN, evidence=EVIDENCE)
    outcome(connection, "https://a.test/no", "refused", "tokens.agent")
    connection.execute("COMMIT")
    connection.close()
    return folder


def agent(report, token):
    return next(item for item in report.agents if item.token == token)


def test_pages_and_words_are_counted_by_what_became_of_them(job):
    report = consent_report([job])

    assert report.consent == Share(3, 4)
    assert (report.kept.pages, report.kept.words) == (3, 9)
    assert report.refused == {"tokens.agent": 1}
    assert {name: item.pages for name, item in report.languages.items()} == {"en": 2, "de": 1}
    assert {name: item.words for name, item in report.licences.items()} == {
        "ATTR": 3,
        "PD": 4,
        "UNKNOWN": 2,
    }
    assert report.sizes == {"1": (1, 4), "2-9": (1, 5)}


def test_agents_are_counted_among_the_robots_txt_that_were_read(job):
    report = consent_report([job])

    assert (report.hosts, report.unknown_hosts) == (6, 1)
    assert report.robots == {"found (200)": 3, "absent (404)": 1, "unreachable (503)": 1}
    gpt, images, others = (agent(report, token) for token in ("GPTBot", "img2dataset", "*"))
    # b.test refuses everybody whom no group names; c.test allows what it refuses.
    assert (gpt.named, gpt.refused, gpt.refused_by_name) == (Share(1, 3), Share(2, 3), Share(1, 3))
    assert (images.named, images.refused, images.refused_by_name) == (
        Share(1, 3),
        Share(0, 3),
        Share(0, 3),
    )
    assert others.refused == Share(1, 3)
    assert gpt.words_refused == Share(5, 5)
    assert (report.any_training, report.any_training_by_name) == (Share(2, 3), Share(1, 3))


def test_contradictions_of_licence_and_refusal_are_counted(job):
    report = consent_report([job])

    assert report.open_but_refused == {"tokens.agent": 1}
    assert report.refused_and_read == 1
    assert report.open_where_training_refused == Share(1, 2)


def test_a_page_that_was_taken_out_again_is_retired_and_not_refused_twice(job):
    connection = open_made(job)
    outcome(connection, "https://a.test/2", "refused", "robots_meta.noai")
    connection.execute("UPDATE page SET state = 'retired', state_reason = 'optout', text = ''"
                       " WHERE url = 'https://a.test/2'")  # fmt: skip
    connection.close()

    report = consent_report([job])

    assert report.retired == {"optout": 1}
    assert report.refused == {"tokens.agent": 1}
    assert report.consent == Share(2, 4)


def test_shards_are_one_job(job, tmp_path):
    other = tmp_path / "other"
    connection = open_made(other)
    connection.execute("BEGIN")
    host(connection, "z.test", GPT)
    keep(connection, "https://z.test/", "w x y z")
    connection.execute("COMMIT")
    connection.close()

    report = consent_report([job, other])

    assert (report.hosts, report.kept.pages, report.site_count) == (7, 4, 3)
    assert agent(report, "GPTBot").refused_by_name == Share(2, 4)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        # At the ends the other bound has a closed form: z^2 / (n + z^2).
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 2, 0.0945, 0.9055),
        (50, 100, 0.4038, 0.5962),
    ],
)
def test_intervals_are_wilsons(part, whole, low, high):
    assert Share(part, whole).interval == pytest.approx((low, high), abs=1e-4)


def test_an_empty_job_has_figures_too(tmp_path):
    open_made(tmp_path / "job").close()

    report = consent_report([tmp_path / "job"])

    assert report.consent == Share(0, 0)
    assert next(iter(sections(report))).title == "Yield"
    assert json.dumps(report.as_json())


def test_no_name_of_a_stranger_breaks_the_table(job):
    connection = open_made(job)
    connection.execute("UPDATE page SET site = 'x|y' || char(10) || '# z'")
    connection.close()

    text = markdown(consent_report([job]), "j|ob")

    assert "x\\|y # z" in text
    assert "\n# z" not in text


async def test_the_command_prints_text_and_json(job):
    code, found = await run_json("report", job)
    said = (await run("report", job)).stdout

    assert code == 0
    assert found["yield"]["consent"] | {"low": 0, "high": 0} == {
        "part": 3, "whole": 4, "share": 0.75, "low": 0, "high": 0,
    }  # fmt: skip
    assert found["robots"]["unknown_hosts"] == 1
    assert found["yield"]["words_refused"] is None
    assert "75.0% (30.1% to 95.4%), n = 4" in said
    assert "unknown: not asked" in said


@pytest.mark.slow
async def test_files_and_pictures_are_written_for_it(job, tmp_path):
    pytest.importorskip("matplotlib")
    out = tmp_path / "out"

    done = await run("report", job, "--out", out)

    assert done.exit_code == 0, done.exception
    names = {path.name for path in out.iterdir()}
    assert names == {
        "report.json", "report.md", "yield.png", "agents.png", "licences.png", "languages.png",
        "sites.png",
    }  # fmt: skip
    assert all(
        path.read_bytes().startswith(b"\x89PNG") for path in out.iterdir() if path.suffix == ".png"
    )
    assert "![agents](agents.png)" in (out / "report.md").read_text()
    assert json.loads((out / "report.json").read_text())["robots"]["hosts"] == 6


def test_nothing_is_drawn_of_nothing(tmp_path):
    pytest.importorskip("matplotlib")
    open_made(tmp_path / "job").close()

    assert draw(consent_report([tmp_path / "job"]), tmp_path) == []


async def test_without_the_extra_it_is_named_and_nothing_written(job, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "matplotlib.figure", None)

    done = await run("report", job, "--out", tmp_path / "out")

    assert "consent-crawler[report]" in str(done.exception)
    assert not (tmp_path / "out").exists()
