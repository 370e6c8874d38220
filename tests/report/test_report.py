"""The report's numbers are those of the raw tables, whoever wrote what stands in them."""

import csv
import io
import json
import re
import sqlite3
from collections import Counter
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest

from crawler.core.decision import Decision, Found, Signal, Usage, Value, Verdict
from crawler.display.in_rows import as_csv, as_json
from crawler.display.page import render
from crawler.display.proportion import Share
from crawler.report.document import Job, report
from crawler.report.job_queries import QUERIES
from tests.cli.run import run, run_json
from tests.store.made import EVIDENCE, NOW, ROBOTS, keep, learn, open_made, refuse

GPT = b"User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\nUser-agent: *\nDisallow: /private/"
IMAGES = b"User-agent: img2dataset\nDisallow: /pictures/\n\nUser-agent: *\nDisallow: /"
OPENED = b"User-agent: *\nDisallow: /\nAllow: /\n"
TOKEN = Signal("tokens", "tokens.agent", "robots.txt:3", "User-agent: GPTBot",
               {Usage.AI_TRAIN: Value.DENY})  # fmt: skip
BY_TOKEN = Decision(False, "tokens.agent", Verdict(ai_train=Value.DENY), NOW, deciding=TOKEN)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> \u202egnp.exe\x00\x1b[31m"


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


def made(*folders):
    return report([Job("job", tuple(folders))], NOW)


def rows(document, name):
    figure = next(figure for figure in document.figures if figure.name == name)
    return {row[0]: row[1:] for row in figure.rows}


def test_pages_are_counted_once_each_by_what_became_of_them(job):
    document = made(job)

    assert {tile.name: tile.number for tile in document.tiles} == {
        "kept": 3, "refused": 1, "filtered": 0, "failed": 0,
    }  # fmt: skip
    assert document.tiles[0].share == Share(3, 4)
    assert rows(document, "outcomes")["refused"] == (1, Share(1, 4))
    assert rows(document, "refused")["tokens.agent"][:2] == (1, Share(1, 1))
    assert rows(document, "languages") == {"en": (2, 5, Share(2, 3)), "de": (1, 4, Share(1, 3))}
    assert rows(document, "licence_classes")["PD"] == (1, 4, Share(1, 3))
    assert rows(document, "sizes") == {"1": (1, 4, Share(1, 2)), "2 to 9": (1, 5, Share(1, 2))}


def test_consent_yield_counts_words_by_the_mean_of_kept_texts(job):
    found = rows(made(job), "consent_yield")

    assert found["pages"] == (3, 1, Share(3, 4))
    kept, lost, share = found["words, refused texts as long as kept ones"]
    assert (kept, lost) == (9, 3)
    assert share.value == pytest.approx(9 / 12)
    assert share.effective < 4  # texts of unlike lengths are fewer than they are


def test_agents_are_counted_among_the_robots_txt_that_were_read(job):
    document = made(job)
    agents = rows(document, "agents")

    assert rows(document, "robots_answers") == {
        "found (200)": (3, Share(3, 5)),
        "absent (404)": (1, Share(1, 5)),
        "unreachable (503)": (1, Share(1, 5)),
        "not asked": (1, None),
    }
    # b.test refuses everybody whom no group names; c.test allows what it refuses.
    kind, refused, named, by_name, study, words = agents["GPTBot"]
    assert (kind, refused, named, by_name) == ("training", Share(2, 3), 1, 1)
    assert study == Share(2, 3)
    assert (words.part, words.whole) == (5, 5)
    assert agents["img2dataset"][1:4] == (Share(0, 3), 1, 0)
    assert agents["* (all others)"][1] == Share(1, 3)
    assert rows(document, "classes")["training"] == (Share(2, 3), Share(2, 3))


def test_a_page_that_was_taken_out_again_is_not_refused_twice(job):
    connection = open_made(job)
    outcome(connection, "https://a.test/2", "refused", "robots_meta.noai")
    connection.execute("UPDATE page SET state = 'retired', state_reason = 'optout', text = ''"
                       " WHERE url = 'https://a.test/2'")  # fmt: skip
    connection.close()

    found = rows(made(job), "outcomes")

    assert (found["kept"][0], found["refused"][0]) == (2, 2)


def test_shards_are_one_job_and_jobs_are_shown_side_by_side(job, tmp_path):
    other = tmp_path / "other"
    connection = open_made(other)
    connection.execute("BEGIN")
    host(connection, "z.test", GPT)
    keep(connection, "https://z.test/", "w x y z")
    connection.execute("COMMIT")
    connection.close()

    shards = made(job, other)
    jobs = report([Job("one", (job,)), Job("two", (other,))], NOW)

    assert shards.tiles[0].number == jobs.tiles[0].number == 4
    assert rows(shards, "agents")["GPTBot"][1:4] == (Share(3, 4), 2, 2)
    assert rows(jobs, "jobs") == {
        "one": (3, 1, 0, 0, Share(3, 4)),
        "two": (1, 0, 0, 0, Share(1, 1)),
    }


def test_an_empty_job_has_a_page_too(tmp_path):
    open_made(tmp_path / "job").close()

    document = made(tmp_path / "job")

    assert document.tiles[0].number == 0
    assert json.dumps(as_json(document), allow_nan=False)
    assert "Nothing of this kind" in render(document)


def test_numbers_are_those_of_the_raw_tables(job):
    with sqlite3.connect(job / "crawl.db") as raw:
        languages = Counter(name for (name,) in raw.execute(
            "SELECT language FROM page WHERE state = 'active'"))  # fmt: skip
        outcomes = Counter(name for (name,) in raw.execute(
            "SELECT outcome FROM url WHERE kind = 0"))  # fmt: skip
    document = made(job)

    assert {name: cells[0] for name, cells in rows(document, "languages").items()} == languages
    assert {tile.name: tile.number for tile in document.tiles if tile.number} == outcomes


def test_each_query_runs_as_it_is_shown(job):
    shown = [
        unescape(text) for text in re.findall("<code>(.*?)</code>", render(made(job)), re.DOTALL)
    ]
    with sqlite3.connect(f"file:{job}/crawl.db?mode=ro", uri=True) as raw:
        for text in shown:
            raw.execute(text).fetchall()

    assert shown == [query.text for query in QUERIES.values()]


class _Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.bad, self.tags = [], [], [], Counter()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags[tag] += 1
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            if name == "href" and value.startswith("#"):
                self.links.append(value[1:])
            elif name in ("src", "srcset", "action", "style") or (
                name == "href" and value != "data:,"
            ):
                self.bad.append((tag, name, value))
            if name.startswith("on"):
                self.bad.append((tag, name, value))


def test_the_page_fetches_nothing_runs_nothing_and_its_links_lead_somewhere(job):
    page = _Page(render(made(job)))

    assert page.bad == []
    assert not page.tags["script"]
    assert len(page.ids) == len(set(page.ids))
    assert set(page.links) <= set(page.ids)
    assert page.tags["svg"] > 4


def test_nothing_of_a_stranger_becomes_markup(job):
    connection = open_made(job)
    connection.execute("UPDATE page SET site = ?1, language = ?1, licence_spdx = ?1", (HOSTILE,))
    connection.execute("UPDATE url SET code = ? WHERE outcome = 'refused'", (HOSTILE,))
    connection.execute("INSERT INTO host (name, site) VALUES (?1, ?1)", (HOSTILE,))
    connection.close()

    text = render(made(job))

    page = _Page(text)
    assert (page.tags["script"], page.tags["img"], page.bad) == (0, 0, [])
    assert not set("\u202e\x00\x1b") & set(text)
    assert "alert(1)" in text  # shown, for it is what stands there


def test_json_csv_and_the_page_have_the_same_numbers(job):
    document = made(job)
    values = {
        (row["figure"], row["name"], row["column"]): row["value"]
        for row in csv.DictReader(io.StringIO(as_csv(document)))
    }
    plain = as_json(document)

    assert values["languages", "en", "pages"] == "2"
    assert float(values["languages", "en", "share.share"]) == pytest.approx(0.666667)
    en = next(row for row in plain["figures"]["languages"]["rows"] if row["language"] == "en")
    assert en["share"] == {
        "part": 2, "whole": 3, "share": 0.666667, "low": 0.20766, "high": 0.938508,
    }  # fmt: skip
    assert "66.7" in render(document)
    assert plain["tiles"]["kept"]["number"] == 3


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE page SET words = -4 WHERE url LIKE '%/1'", "words are no count"),
        ("UPDATE page SET words = 9223372036854775807", "words are no count"),
        ("UPDATE decision SET page = x'00ff' WHERE page IS NOT NULL", "cannot be read"),
        ("UPDATE decision SET snapshots = '[1, 2'", "verdict is no JSON"),
        ("UPDATE decision SET decided_at = 1e300", "its time is none"),
        ("UPDATE page SET site = CAST(x'fffe41' AS TEXT)", ""),
        ("DELETE FROM url WHERE url LIKE '%a.test/1'", "its URL has no row"),
        ("DELETE FROM blob", "its text is not there"),
        ("UPDATE meta SET value = '{' WHERE key = 'settings'", ""),
        ("DROP TABLE turned_away", "query links"),
    ],
)
def test_damaged_rows_are_named_and_counted_and_the_rest_is_shown(job, statement, named):
    connection = open_made(job)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(statement)
    connection.close()

    document = made(job)

    assert any(named in note for note in document.notes) or not named
    assert rows(document, "outcomes")["refused"][0] == 1
    assert render(document)


async def test_the_command_prints_text_json_and_csv_and_writes_a_page(job, tmp_path):
    code, found = await run_json("report", job)
    said = (await run("report", job)).stdout
    table = (await run("report", job, "--csv")).stdout
    done = await run("report", job, "-o", tmp_path / "r.html")

    assert code == done.exit_code == 0
    assert found["tiles"]["kept"]["of"]["share"] == 0.75
    assert "75.0% (30.1% to 95.4%), n = 4" in said
    assert "languages,1,en,pages,2" in table
    assert (tmp_path / "r.html").read_text().startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "{tmp}"), "name a file"),
        (("-o", "{tmp}/no/such/r.html"), "name a file"),
        (("--json", "--csv"), "choose one"),
    ],
)
async def test_what_cannot_be_done_is_said_before_anything_is_read(job, tmp_path, words, said):
    done = await run("report", job, *(word.format(tmp=tmp_path) for word in words))

    assert said in str(done.exception)
