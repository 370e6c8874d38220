"""What a crawl tells while it runs, where it is written, and what a purge does with it."""

import gzip
import json
import logging
import re
import time
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from crawler.cli.errors import UsageError
from crawler.cli.event_log import LogOptions, logged, tell_end
from crawler.config import load
from crawler.corpus.removal.own_logs import Named, scrub_logs
from crawler.corpus.removal.purge import Order, Selector, purge
from crawler.crawl import open_crawl
from crawler.events import LEVELS, Event, Events
from crawler.store.job import read_job
from crawler.store.job_logs import hashed, known_key, places
from tests.web.handmade import Reply, handmade, page, url_of

HOST, OTHER = "http://news.test", "http://closed.test"
DOCUMENT = (Path(__file__).parents[2] / "docs" / "logs.md").read_text()
ROWS = {
    name: (level, set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", facts))))
    for name, level, facts in re.findall(
        r"^\| `([\w-]+)` \| (\w+) \|.*\| (.*) \|$", DOCUMENT, re.MULTILINE
    )
}
PAGES = {
    f"{HOST}/": page("/kept", "/refused", "/private/1", "/gone", f"{OTHER}/"),
    f"{HOST}/kept": page("/more") + "A text of some length that only this page has, word by word.",
    f"{HOST}/more": page(),
    f"{HOST}/refused": Reply("no", headers=(("x-robots-tag", "noai"),)),
    f"{HOST}/robots.txt": Reply("User-agent: *\nDisallow: /private/\n", type="text/plain"),
    f"{OTHER}/robots.txt": Reply(status=404),
    f"{OTHER}/": Reply("", status=503, headers=(("retry-after", "3000"),)),
}


@asynccontextmanager
async def crawled(tmp_path, more="", **log):
    """Crawl the pages under a policy with `more` and yield the lines that were logged."""
    async with handmade(PAGES) as web:
        policy = load(web.policy(tmp_path / "p.toml", f"[scope]\nscope = 'any'\n{more}"))
        job, options = tmp_path / "job", LogOptions(**{"file": str(tmp_path / "log"), **log})
        options.begin()
        async with open_crawl(job, policy, time.time) as crawl, logged(crawl, job, options):
            await crawl.add_seeds([url_of(f"{HOST}/")])
            ended = await crawl.engine.run()
            await crawl.close(ended)
            tell_end(crawl, ended, ended.why)
    yield [json.loads(line) for line in Path(options.file).read_text().splitlines()]


async def test_every_event_is_documented_and_says_what_the_document_says(tmp_path):
    assert {name: level for name, (level, _) in ROWS.items()} == LEVELS
    async with crawled(tmp_path, "[budgets]\nhost_pages = 4") as told:
        pass

    assert {"start", "visit", "refusal", "back-off", "budget", "commit", "end"} <= {
        line["event"] for line in told
    }
    for line in told:
        facts = line.keys() - {"time", "event", "level"}
        assert facts == ROWS[line["event"]][1], line
        assert line["level"] == LEVELS[line["event"]]
        assert abs(datetime.fromisoformat(line["time"]).timestamp() - time.time()) < 60
        assert line["time"].endswith("Z")
    refused = {line["url"]: line for line in told if line["event"] == "refusal"}
    assert refused[f"{HOST}/private/1"]["rule"] == "robots.disallow"
    assert not refused[f"{HOST}/private/1"]["asked"]
    assert (tmp_path / "log").read_text().endswith("\n")
    (waits,) = [line for line in told if line["event"] == "back-off"]
    assert datetime.fromisoformat(waits["until"]).timestamp() > time.time() + 2_000
    assert sum(line["visits"] for line in told if line["event"] == "commit") == sum(
        line["event"] == "visit" for line in told
    )
    assert told[-1]["kept"] == sum(line.get("outcome") == "kept" for line in told)


async def test_a_level_holds_for_every_log(tmp_path, caplog):
    with caplog.at_level(logging.INFO, "crawler"):
        async with crawled(tmp_path, level="info") as told:
            pass

    assert {line["level"] for line in told} == {"info"}
    assert any(line.startswith("refusal host=news.test") for line in caplog.messages)
    assert not any(line.startswith("visit") for line in caplog.messages)


async def test_hashed_addresses_name_no_page(tmp_path):
    async with crawled(tmp_path, urls="hash") as told:
        pass
    with read_job(tmp_path / "job") as connection:
        key = known_key(connection)

    assert HOST not in (tmp_path / "log").read_text()
    assert hashed(key, f"{HOST}/kept") in {line.get("url") for line in told}
    assert "news.test" in {line.get("host") for line in told}


async def test_who_listens_not_is_built_nothing(tmp_path):
    async with handmade({f"{HOST}/": page()}) as web:
        policy = load(web.policy(tmp_path / "p.toml"))
        async with open_crawl(tmp_path / "job", policy, time.time) as crawl:
            assert not crawl.engine.events
            assert crawl.frontier._reader.tell is None
            crawl.engine.listen(lambda _: None)
            assert crawl.engine.events


async def test_the_program_s_own_warnings_and_failures_are_told(tmp_path):
    async with handmade({f"{HOST}/": page()}) as web:
        policy, options = (
            load(web.policy(tmp_path / "p.toml")),
            LogOptions(file=str(tmp_path / "l")),
        )
        with pytest.raises(RuntimeError):  # noqa: PT012 - what ends it is raised within
            async with (
                open_crawl(tmp_path / "job", policy, time.time) as crawl,
                logged(crawl, tmp_path / "job", options),
            ):
                logging.getLogger("crawler.crawl").warning("nothing ended for %s s", 60)
                raise RuntimeError("no more")
    told = [json.loads(line) for line in (tmp_path / "l").read_text().splitlines()]

    assert [line["event"] for line in told] == ["start", "warning", "error"]
    assert [line.get("said") for line in told[1:]] == ["nothing ended for 60 s", "no more"]


async def test_a_log_that_cannot_be_written_is_given_up_and_the_crawl_goes_on(tmp_path, capsys):
    async with handmade({f"{HOST}/": page()}) as web:
        policy, options = load(web.policy(tmp_path / "p.toml")), LogOptions(file="/dev/full")
        async with (
            open_crawl(tmp_path / "job", policy, time.time) as crawl,
            logged(crawl, tmp_path / "job", options),
        ):
            await crawl.add_seeds([url_of(f"{HOST}/")])
            await crawl.engine.run()

            assert crawl.engine.progress.kept == 1
    assert capsys.readouterr().err.count("the log is given up") == 1


def test_a_log_that_cannot_be_begun_is_wrong_use(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--log-json"):
        LogOptions(file=str(tmp_path / "file" / "log")).begin()


@pytest.mark.parametrize("urls", ["full", "hash"])
@pytest.mark.parametrize(
    "selector", [Selector(urls=(f"{HOST}/kept",)), Selector(domain="news.test")]
)
async def test_a_purge_empties_the_lines_of_logs_in_the_job(tmp_path, urls, selector):
    job = tmp_path / "job"
    async with crawled(tmp_path, file=str(job / "logs" / "log.jsonl"), urls=urls) as told:
        pass
    for name, read in (("log.jsonl.1", bytes), ("log.jsonl.2.gz", gzip.compress)):
        (job / "logs" / name).write_bytes(read((job / "logs" / "log.jsonl").read_bytes()))
    done = purge(job, selector, Order("takedown"), None, time.time())

    texts = [path.read_bytes() for path in (job / "logs").iterdir()]
    texts = [gzip.decompress(text) if text[:2] == b"\x1f\x8b" else text for text in texts]
    with read_job(job) as connection:
        gone = {f"{HOST}/kept", hashed(known_key(connection), f"{HOST}/kept")}
        assert places(connection) == ["logs/log.jsonl"]
    assert len(texts) == 3
    for text in texts:
        left = [json.loads(line) for line in text.splitlines()]
        assert [line["event"] for line in left] == [line["event"] for line in told]
        assert not gone & {line.get("url") for line in left}
        if selector.domain:
            assert b"news.test" not in text
        else:
            assert f"{HOST}/more" in {line.get("url") for line in left} or urls == "hash"
    assert done.verified
    assert done.log_lines >= 3
    assert not done.logs_elsewhere


async def test_logs_elsewhere_are_left_alone_and_named(tmp_path):
    async with crawled(tmp_path):
        pass
    before = (tmp_path / "log").read_bytes()
    done = purge(tmp_path / "job", Selector(domain="news.test"), Order("optout"), None, time.time())

    assert done.logs_elsewhere == (str(tmp_path / "log"),)
    assert (tmp_path / "log").read_bytes() == before


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('{"url": "http://a.b/"}', True),  # shorter than what is searched for elsewhere
        ('{"url": "http://a.b/1"}', False),
        ('{"host": "x.news.test"}', True),
        ('{"host": "oldnews.test"}', False),
        ('{"said": "at http://news.test/kept: no"}', True),
        ("no JSON http://news.test/kept", True),
        ('["http://news.test/kept"]', True),
        ('{"url": null, "host": 7}', False),
        ("\x00\xff", False),
        ("", False),
    ],
)
def test_a_line_names_what_it_names(tmp_path, line, named):
    wanted = Named(["http://a.b/", f"{HOST}/kept"], "news.test", [])
    (tmp_path / "log").write_bytes(line.encode("latin-1") + b"\n")

    assert wanted.within(line.encode("latin-1")) == named
    assert scrub_logs(tmp_path, ["log", "not-there", "-"], wanted).lines == named
    assert named == (line not in (tmp_path / "log").read_text("latin-1")) or not line


def test_a_listener_hears_what_is_told():
    events, heard = Events(), []
    events.tell("commit", 1.0, visits=2)
    events.listen(heard.append)
    events.tell("commit", 3.0, visits=4)

    assert heard == [Event("commit", 3.0, {"visits": 4})]
