"""When the files besides robots.txt are asked for, and what becomes of pages kept before."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from crawler.config import load
from crawler.core.consent import next_file, unasked
from crawler.core.evidence import FileKind
from crawler.core.policy import ConsentPolicy, Probes
from crawler.crawl import open_crawl
from crawler.report.explain import explain
from tests.cli.run import run
from tests.core.consent.makers import NOW, URL, answer, robots
from tests.corpus.test_export import lines
from tests.web.handmade import Reply, crawl, handmade, page, url_of

SITE = "http://probes.test"
ROBOTS = Reply("User-agent: *\nAllow: /\n", type="text/plain")
NO_AI = Reply("User-Agent: *\nDisallow: /\n", type="text/plain")
TDM = "/.well-known/tdmrep.json"
RARE = ["/ai.txt", "/.well-known/ai.json", "/.well-known/ai.txt", "/trust.txt"]
RARE += ["/.well-known/trust.txt"]


def site(count, **more):
    """Return a site of `count` pages, each of which leads to the next."""
    pages = {f"{SITE}/robots.txt": ROBOTS}
    for number in range(count):
        links = [f"/{number + 1}"] if number + 1 < count else []
        path = f"{SITE}/{number or ''}"
        pages[path] = page(*links, text=f"The words of page {number} of this site.")
    return pages | {f"{SITE}{path}": reply for path, reply in more.items()}


def paths(web):
    return [line.url.removeprefix(SITE) for line in web.log]


def rows(job, query):
    with sqlite3.connect(job / "crawl.db") as database:
        return database.execute(query).fetchall()


def states(job):
    return {
        url.removeprefix(SITE): (state, reason)
        for url, state, reason in rows(job, "SELECT url, state, state_reason FROM page")
    }


async def exported(job, out, policy):
    done = await run("export", job, "--out", out, "--policy", policy)
    assert done.exit_code == 0, done.output
    return {item["metadata"]["url"].removeprefix(SITE) for item in lines(out)}, done.stdout


# --- what is asked for ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("probes", "pages", "wanted"),
    [
        ({}, 0, ["tdmrep"]),
        ({}, 2, ["tdmrep"]),
        ({}, 3, ["tdmrep", "ai.txt", "trust.txt"]),
        ({"after_pages": 1}, 1, ["tdmrep", "ai.txt", "trust.txt"]),
        ({"after_pages": 9}, 8, ["tdmrep"]),
        ({"before": [], "after": ["tdmrep"]}, 0, []),
        ({"before": [], "after": ["tdmrep"]}, 3, ["tdmrep"]),
        (["tdmrep", "trust.txt"], 0, ["tdmrep", "trust.txt"]),
        (["tdmrep"], 100, ["tdmrep"]),
        ([], 100, []),
    ],
)
def test_the_policy_says_what_is_due_of_an_origin(probes, pages, wanted):
    assert list(ConsentPolicy(probes=probes).probes.due(pages)) == wanted


def test_a_policy_of_an_older_job_is_read_as_it_was_meant():
    old = ConsentPolicy.model_validate_json('{"probes": ["tdmrep", "ai.txt"]}')

    assert old.probes == Probes(before=("tdmrep", "ai.txt"), after=())
    assert ConsentPolicy.model_validate_json(old.canonical()) == old


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ('[consent]\nprobes = ["trust.txt"]\n', ["trust.txt"], []),
        ("[consent]\nprobes = []\n", [], []),
        ("[consent.probes]\nafter_pages = 5\n", ["tdmrep"], ["ai.txt", "trust.txt"]),
        ('[consent.probes]\nbefore = ["ai.txt"]\nafter = []\n', ["ai.txt"], []),
    ],
)
def test_a_policy_file_may_say_it_as_a_list_or_as_a_table(tmp_path, text, before, after):
    path = tmp_path / "p.toml"
    path.write_text('extends = "default"\n' + text)

    probes = load(str(path)).consent_policy().probes

    assert (list(probes.before), list(probes.after)) == (before, after)


@pytest.mark.parametrize("preset", ["strict", "eu-tdm"])
def test_presets_that_must_know_ask_for_everything_first(preset):
    probes = load(preset).consent_policy().probes

    assert set(probes.before) == {"tdmrep", "ai.txt", "trust.txt"}
    assert probes.after == ()


def test_nothing_rare_is_owed_by_an_origin_that_gave_little():
    known = (robots(""), answer(FileKind.TDMREP, status=404))

    assert unasked(URL, known, ConsentPolicy(), 2) is None
    assert unasked(URL, known, ConsentPolicy(), 3).url.target == "/ai.txt"
    assert next_file(URL, known, ConsentPolicy(), NOW, 2) is None
    assert next_file(URL, known, ConsentPolicy(), NOW, 3).url.target == "/ai.txt"


# --- over real sockets ----------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2])
async def test_a_host_that_gives_little_is_never_asked_for_the_rare_files(tmp_path, count):
    async with handmade(site(count)) as web:
        policy = web.policy(tmp_path / "p.toml")
        await crawl(tmp_path / "job", policy, f"{SITE}/")
        log = paths(web)
        kept, _ = await exported(tmp_path / "job", tmp_path / "out", policy)
        found = explain(tmp_path / "job", url_of(f"{SITE}/"), time.time())

    assert log == ["/robots.txt", TDM, *["/", "/1"][:count]]
    assert kept == set(["/", "/1"][:count])
    sought = {(item.protocol, item.found.value) for item in found.decided.decision.sought}
    assert {("ai_txt", "not sought"), ("trust_txt", "not sought")} <= sought


@pytest.mark.parametrize("count", [3, 5])
async def test_the_third_page_has_the_rare_files_asked_for_before_the_next(tmp_path, count):
    async with handmade(site(count)) as web:
        policy = web.policy(tmp_path / "p.toml")
        await crawl(tmp_path / "job", policy, f"{SITE}/")
        log = paths(web)
        kept, _ = await exported(tmp_path / "job", tmp_path / "out", policy)

    later = [f"/{number}" for number in range(3, count)]
    assert log == ["/robots.txt", TDM, "/", "/1", "/2", *RARE, *later]
    assert kept == {"/", "/1", "/2", *later}


@pytest.mark.parametrize("place", RARE[:3])
async def test_a_refusal_that_is_heard_late_takes_the_earlier_pages_out(tmp_path, place):
    job = tmp_path / "job"
    reply = (
        NO_AI
        if place != RARE[1]
        else Reply('{"specVersion":"1.0","policies":{"training":"deny"}}', type="application/json")
    )
    async with handmade(site(5, **{place: reply})) as web:
        policy = web.policy(tmp_path / "p.toml")
        await crawl(job, policy, f"{SITE}/")
        log = paths(web)
        kept, _ = await exported(job, tmp_path / "out", policy)

    assert not {"/3", "/4"} & set(log)
    assert kept == set()
    assert {state for state, _ in states(job).values()} == {"retired"}


async def test_the_rare_files_are_asked_though_the_budget_is_spent(tmp_path):
    job = tmp_path / "job"
    async with handmade(
        site(6, **{"/trust.txt": Reply("datatrainingallowed=no", type="text/plain")})
    ) as web:
        policy = web.policy(tmp_path / "p.toml", "[budgets]\nhost_pages = 3\n")
        await crawl(job, policy, f"{SITE}/")
        log = paths(web)
        kept, _ = await exported(job, tmp_path / "out", policy)

    assert "/trust.txt" in log
    assert "/3" not in log
    assert kept == set()


async def test_at_the_limit_of_pages_files_are_still_asked_for_that_pages_wait_for(tmp_path):
    job = tmp_path / "job"
    async with handmade(site(4)) as web:
        few = web.policy(tmp_path / "few.toml", "max_pages = 3\n")
        policy = web.policy(tmp_path / "p.toml")
        ended = await crawl(job, few, f"{SITE}/")
        held, log = states(job), paths(web)
        before, _ = await exported(job, tmp_path / "before", policy)
        await crawl(job, policy, f"{SITE}/")
        after, _ = await exported(job, tmp_path / "after", policy)

    assert ended.why == "max-pages"
    assert set(held.values()) == {("active", "")}
    assert "/trust.txt" in log
    assert "/3" not in log
    assert before == {"/", "/1", "/2"}
    assert after == {"/", "/1", "/2", "/3"}


async def test_strict_policies_ask_first(tmp_path):
    async with handmade(site(1)) as web:
        everything = '[consent.probes]\nbefore = ["tdmrep", "ai.txt", "trust.txt"]\nafter = []\n'
        await crawl(tmp_path / "job", web.policy(tmp_path / "p.toml", everything), f"{SITE}/")

    assert paths(web) == ["/robots.txt", TDM, *RARE, "/"]


async def test_origins_of_a_host_are_counted_apart(tmp_path):
    other = "http://probes.test:8081"
    pages = site(2) | {f"{SITE}/1": page(f"{other}/"), f"{other}/": page(f"{other}/b")}
    pages |= {f"{other}/b": page(text="The second page of the other origin.")}
    async with handmade(pages) as web:
        await crawl(tmp_path / "job", web.policy(tmp_path / "p.toml"), f"{SITE}/")

    assert not any("ai.txt" in line.url or "trust.txt" in line.url for line in web.log)
    assert web.asked(f"{other}/b") == 1


async def test_a_rare_file_that_robots_txt_disallows_is_not_owed(tmp_path):
    pages = site(4) | {
        f"{SITE}/robots.txt": Reply(
            "User-agent: *\nDisallow: /ai.txt\nDisallow: /.well-known/\nDisallow: /trust.txt\n",
            type="text/plain",
        )
    }
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml")
        await crawl(tmp_path / "job", policy, f"{SITE}/")
        kept, _ = await exported(tmp_path / "job", tmp_path / "out", policy)

    assert paths(web) == ["/robots.txt", "/", "/1", "/2", "/3"]
    assert kept == {"/", "/1", "/2", "/3"}


async def test_a_rare_file_out_of_reach_holds_the_pages_until_it_answers(tmp_path):
    job = tmp_path / "job"
    async with handmade(site(3, **{"/ai.txt": Reply(status=503)})) as web:
        policy = web.policy(tmp_path / "p.toml")
        await crawl(job, policy, f"{SITE}/")
        kept, said = await exported(job, tmp_path / "out", policy)

    assert kept == set()
    assert "awaiting" in said or "held" in said
    assert {state for state, _ in states(job).values()} == {"held"}


@pytest.mark.slow
async def test_visits_that_end_as_a_kill_leaves_them_are_taken_up(tmp_path):
    """What is committed and no more: the third page, or one of the files, is the last."""
    for most in range(3, 12):
        job = tmp_path / f"job-{most}"
        async with handmade(
            site(
                5, **{"/.well-known/trust.txt": Reply("datatrainingallowed=no", type="text/plain")}
            )
        ) as web:
            policy = web.policy(tmp_path / "p.toml")
            async with open_crawl(job, load(policy), time.time) as opened:
                await opened.add_seeds([url_of(f"{SITE}/")])
                opened.engine.limits = opened.engine.limits.model_copy(update={"workers": 1})
                record = opened.engine._keeping.record
                done = 0

                def stop(connection, group, record=record, opened=opened, most=most):
                    nonlocal done
                    record(connection, group)
                    done += len(group)
                    if done >= most:
                        opened.engine.stop("killed")

                object.__setattr__(opened.engine._keeping, "record", stop)
                await opened.engine.run()
            early, _ = await exported(job, tmp_path / f"early-{most}", policy)
            policy = web.policy(tmp_path / "p.toml", patience="5s")  # an unclean end has hosts rest
            await crawl(job, policy, f"{SITE}/")
            kept, _ = await exported(job, tmp_path / f"out-{most}", policy)

        assert early in (set(), {"/"}, {"/", "/1"}), most
        assert kept == set(), most
        assert not {"/3", "/4"} & set(paths(web)), most
        assert max(map(web.asked, (f"{SITE}{path}" for path in RARE))) <= 2


@pytest.mark.slow
async def test_a_crawl_killed_between_the_pages_and_the_files_goes_on_where_it_was(tmp_path):
    job = tmp_path / "job"
    web_pages = site(5, **{"/ai.txt": Reply(NO_AI.body, type="text/plain", wait=5.0)})
    async with handmade(web_pages) as web:
        policy = web.policy(tmp_path / "p.toml")
        command = [sys.executable, "-m", "crawler", "crawl", f"{SITE}/", "--job", str(job)]
        process = subprocess.Popen([*command, "--policy", policy], stdout=subprocess.DEVNULL)
        while f"{SITE}/ai.txt" not in web.begun and process.poll() is None:
            await asyncio.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        held = states(job)
        early, _ = await exported(job, tmp_path / "early", policy)
        web.pages[f"{SITE}/ai.txt"] = NO_AI
        policy = web.policy(tmp_path / "p.toml", patience="5s")
        await crawl(job, policy, f"{SITE}/")
        kept, _ = await exported(job, tmp_path / "out", policy)

    assert set(held.values()) == {("held", "awaiting")}
    assert early == kept == set()
    assert not {"/3", "/4"} & set(paths(web))
