"""Terms pages that a site links: asked for once, early and politely, and binding all its pages."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from crawler.report.explain import explain
from tests.cli.run import run, run_json
from tests.corpus.test_export import lines
from tests.web.handmade import Reply, crawl, handmade, page, url_of

DAY = 86_400
SITE = "http://terms.test"
BLOG, SHOP = "http://blog.terms.test", "http://shop.terms.test"
OTHER = "http://other.test"
ALL = Reply("User-agent: *\nAllow: /\n", type="text/plain")
RESERVED = "No part of this site may be used for text and data mining or to train AI systems."
SILENT = "Be kind to one another. The law of our country applies."
FEW = '[consent]\nprobes = []\nterms = "honour"\n'
QUICK = '[retries]\nwait = "10ms"\n'


def terms(said):
    """Return a terms page that says more than what matters."""
    body = f"<h1>Terms</h1><p>Welcome to our pages.</p><p>{said}</p><p>Bye. SECRETWORK</p>"
    return f"<!doctype html><html lang=en><title>T</title><body><main>{body}</main></body></html>"


def with_footer(*links, anchor="Terms of use", href="/terms", text="Some words of this page."):
    anchors = "".join(f'<a href="{link}">more</a> ' for link in links)
    return (
        "<!doctype html><html lang=en><title>T</title><body>"
        f"<main><p>{text}</p>{anchors}</main><footer><a href='{href}'>{anchor}</a></footer>"
    )


def site(said=SILENT, **more):
    pages = {f"{SITE}/robots.txt": ALL, f"{SITE}/terms": terms(said)}
    pages[f"{SITE}/"] = with_footer("/1", "/2", text="Words of the first page.")
    pages |= {f"{SITE}/{n}": with_footer(text=f"Words of page {n}.") for n in (1, 2)}
    return pages | {f"{SITE}{path}": answer for path, answer in more.items()}


PAGES = {f"{SITE}/", f"{SITE}/1", f"{SITE}/2"}


def asked(web):
    return [line.url.removeprefix(SITE) for line in web.log]


def rows(job, query):
    with sqlite3.connect(job / "crawl.db") as database:
        return database.execute(query).fetchall()


def states(job):
    return dict(rows(job, "SELECT url, state FROM page"))


def learned(job):
    return rows(job, "SELECT url, found, error FROM snapshot WHERE kind = 'terms'")


async def exported(job, out, policy):
    done = await run("export", job, "--out", out, "--policy", policy)
    assert done.exit_code == 0, done.output
    return {item["metadata"]["url"] for item in lines(out)}, done.stdout


async def crawled(tmp_path, web, more=FEW, *seeds):
    """Crawl; return what an export holds, and what it says."""
    policy = web.policy(tmp_path / "p.toml", more + QUICK)
    await crawl(tmp_path / "job", policy, *(seeds or (f"{SITE}/",)))
    return await exported(tmp_path / "job", tmp_path / "out", policy)


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets how many days the wall clock is ahead."""
    real = time.time

    def ahead(days):
        monkeypatch.setattr(time, "time", lambda: real() + days * DAY)

    return ahead


# --- asked for once, before the second page -------------------------------------------------


async def test_terms_are_asked_for_once_before_the_second_page(tmp_path):
    async with handmade(site()) as web:
        kept, _ = await crawled(tmp_path, web)

    assert asked(web)[:3] == ["/robots.txt", "/", "/terms"]
    assert asked(web).count("/terms") <= 2  # as evidence, and as a page that is linked
    assert kept >= PAGES


async def test_a_reservation_takes_the_page_out_that_was_kept_before(tmp_path):
    async with handmade(site(RESERVED)) as web:
        kept, _ = await crawled(tmp_path, web)
        found = explain(tmp_path / "job", url_of(f"{SITE}/"), time.time())

    assert asked(web) == ["/robots.txt", "/", "/terms"]
    assert kept == set()
    assert states(tmp_path / "job") == {f"{SITE}/": "retired"}
    deciding = found.decided.decision.deciding
    assert deciding.rule == "terms.reservation"
    assert "text and data mining" in deciding.raw.lower()
    assert found.decided.as_recorded


async def test_of_the_terms_only_what_decides_is_kept(tmp_path):
    async with handmade(site(RESERVED)) as web:
        await crawled(tmp_path, web)

    ((body,),) = rows(
        tmp_path / "job", "SELECT body FROM blob JOIN snapshot USING (sha256) WHERE kind = 'terms'"
    )
    assert b"text and data mining" in body.lower()
    assert b"secretwork" not in body.lower()
    assert b"Welcome" not in body


@pytest.mark.parametrize(
    ("anchor", "said"),
    [
        ("Nutzungsbedingungen", "Text und Data Mining ist vorbehalten (§ 44b UrhG)."),
        ("利用規約", RESERVED),
        *(
            pytest.param(*names, marks=pytest.mark.slow)
            for names in (
                ("Mentions légales", "La fouille de textes et de données est interdite."),
                ("Aviso legal", "Queda prohibida la minería de textos y datos."),
                ("Note legali", "È vietata l'estrazione di testo e di dati."),
                ("شروط الاستخدام", RESERVED),
                ("Пользовательское соглашение", RESERVED),
            )
        ),
    ],
)
async def test_terms_are_known_by_their_name_in_many_languages(tmp_path, anchor, said):
    pages = {
        f"{SITE}/robots.txt": ALL,
        f"{SITE}/": with_footer("/1", anchor=anchor, href="/x?p=7"),
        f"{SITE}/1": with_footer(text="Another page."),
        f"{SITE}/x?p=7": terms(said),
    }
    async with handmade(pages) as web:
        kept, _ = await crawled(tmp_path, web)

    assert asked(web) == ["/robots.txt", "/", "/x?p=7"]
    assert kept == set()


async def test_two_of_them_are_asked_and_no_more(tmp_path):
    footer = "".join(
        f'<a href="/{path}">{name}</a>'
        for path, name in (
            ("agb", "AGB"),
            ("imp", "Impressum"),
            ("leg", "Legal"),
            ("cr", "Copyright"),
        )
    )
    start = f"<html lang=de><title>T</title><p>Worte.</p><a href=/1>x</a><footer>{footer}</footer>"
    pages = {f"{SITE}/robots.txt": ALL, f"{SITE}/": start, f"{SITE}/1": page(text="Mehr.")}
    pages |= {f"{SITE}/{path}": terms(SILENT) for path in ("agb", "leg", "cr")}
    pages[f"{SITE}/imp"] = terms(RESERVED)
    async with handmade(pages) as web:
        kept, _ = await crawled(tmp_path, web)

    assert asked(web) == ["/robots.txt", "/", "/agb", "/imp"]
    assert kept == set()
    assert len(learned(tmp_path / "job")) == 2


# --- whom they bind -------------------------------------------------------------------------


async def test_terms_of_another_site_bind_nobody_here(tmp_path):
    start = with_footer("/1", href=f"{OTHER}/terms")
    pages = site() | {f"{SITE}/": start, f"{OTHER}/terms": terms(RESERVED), f"{SITE}/1": page()}
    async with handmade(pages) as web:
        kept, _ = await crawled(tmp_path, web)
        found = explain(tmp_path / "job", url_of(f"{SITE}/"), time.time())

    assert kept == {f"{SITE}/", f"{SITE}/1"}
    assert web.asked(f"{OTHER}/terms") == 0
    (signal_,) = [s for s in found.decided.decision.signals if s.protocol == "terms"]
    assert (signal_.rule, signal_.counts) == ("terms.off-site", False)


async def test_terms_that_lead_to_another_site_bind_nobody_here(tmp_path):
    moved = Reply(status=302, headers=(("Location", f"{OTHER}/terms"),))
    pages = site(**{"/terms": moved}) | {f"{OTHER}/terms": terms(RESERVED)}
    async with handmade(pages) as web:
        kept, _ = await crawled(tmp_path, web)

    assert kept == PAGES


async def test_they_bind_every_host_of_the_site_wherever_they_lie(tmp_path):
    pages = {f"{host}/robots.txt": ALL for host in (SITE, BLOG, SHOP)}
    pages |= {
        f"{BLOG}/": with_footer("/1", href=f"{SITE}/terms"),
        f"{BLOG}/1": page(text="Another."),
        f"{SHOP}/": page(text="A shop that links no terms."),
        f"{SITE}/terms": terms(RESERVED),
    }
    async with handmade(pages) as web:
        kept, _ = await crawled(tmp_path, web, FEW, f"{SHOP}/", f"{BLOG}/")

    assert kept == set()
    assert web.asked(f"{BLOG}/1") == 0
    assert web.asked(f"{SITE}/robots.txt") == 1


# --- not to be had --------------------------------------------------------------------------

GONE = {
    "404": {"/terms": Reply(status=404)},
    "403": {"/terms": Reply(status=403)},
    "robots refuses": {
        "/robots.txt": Reply("User-agent: *\nDisallow: /terms\n", type="text/plain")
    },
    "three failures": {"/terms": Reply(status=500)},
    "no text": {"/terms": Reply(b"%PDF-1.7 \x00\x01\x02", type="application/pdf")},
    "endless": {"/terms": Reply(status=302, headers=(("Location", "/terms"),))},
}


@pytest.mark.parametrize("name", GONE)
async def test_terms_that_are_not_to_be_had_release_the_pages(tmp_path, name):
    async with handmade(site(RESERVED, **GONE[name])) as web:
        kept, said = await crawled(tmp_path, web)
        found = explain(tmp_path / "job", url_of(f"{SITE}/"), time.time())

    assert kept >= PAGES, said
    (heard,) = [s for s in found.decided.decision.signals if s.protocol == "terms"]
    assert heard.rule == "terms.not-available"
    if name == "robots refuses":
        assert web.asked(f"{SITE}/terms") == 0
    if name == "three failures":
        assert asked(web)[:3] == ["/robots.txt", "/", "/terms"]
        assert len(learned(tmp_path / "job")) == 3


@pytest.mark.parametrize("name", GONE)
async def test_a_strict_policy_refuses_then(tmp_path, name):
    async with handmade(site(**GONE[name])) as web:
        kept, _ = await crawled(tmp_path, web, FEW + 'terms_missing = "exclude"\n')

    assert kept == set()
    assert states(tmp_path / "job")[f"{SITE}/"] == "retired"


async def test_pages_are_held_while_the_terms_fail(tmp_path):
    """An overload rests the whole host; the crawl ends before it is asked again."""
    async with handmade(site(**{"/terms": Reply(status=503)})) as web:
        kept, said = await crawled(tmp_path, web)

    assert kept == set()
    assert "awaiting" in said or "held" in said
    assert states(tmp_path / "job")[f"{SITE}/"] == "held"


# --- wherever they lie, whatever stops the crawl --------------------------------------------

PORT = "http://terms.test:8081"


@pytest.mark.parametrize(
    ("rules", "status", "kept"),
    [("User-agent: *\nAllow: /\n", 200, 0), ("User-agent: *\nDisallow: /\n", 200, 3), ("", 500, 0)],
)
async def test_robots_txt_of_their_own_origin_is_asked_first(tmp_path, rules, status, kept):
    pages = site() | {f"{SITE}/{n}": page(text=f"Page {n}.") for n in (1, 2)}
    pages |= {
        f"{SITE}/": with_footer("/1", "/2", href=f"{PORT}/terms"),
        f"{PORT}/robots.txt": Reply(rules, status, type="text/plain"),
        f"{PORT}/terms": terms(RESERVED),
    }
    async with handmade(pages) as web:
        found, _ = await crawled(tmp_path, web)
        urls = [line.url for line in web.log]

    assert len(found) == kept
    assert f"{PORT}/robots.txt" in urls
    assert (f"{PORT}/terms" in urls) is (kept == 0 and status == 200)


async def test_a_host_without_address_has_no_terms(tmp_path):
    async with handmade(
        site() | {f"{SITE}/": with_footer("/1", href="http://gone.terms.test/terms")}
    ) as web:
        kept, _ = await crawled(tmp_path, web)

    assert f"{SITE}/" in kept
    assert learned(tmp_path / "job")[0][2] == "dns-no-such-name"


async def test_a_spent_budget_leaves_room_for_them(tmp_path):
    async with handmade(site(RESERVED)) as web:
        kept, _ = await crawled(tmp_path, web, FEW + "[budgets]\nhost_pages = 1\n")

    assert asked(web) == ["/robots.txt", "/", "/terms"]
    assert kept == set()


async def test_at_the_limit_of_pages_they_are_still_asked_for(tmp_path):
    async with handmade(site(RESERVED)) as web:
        policy = web.policy(tmp_path / "few.toml", "max_pages = 1\n" + FEW)
        await crawl(tmp_path / "job", policy, f"{SITE}/")
        log = asked(web)
        early, _ = await exported(tmp_path / "job", tmp_path / "early", policy)
        late, _ = await crawled(tmp_path, web)

    assert "/terms" in log
    assert early == late == set()


@pytest.mark.parametrize("said", [RESERVED, SILENT])
async def test_a_job_that_read_terms_is_verified_decided_again_and_merged(tmp_path, said):
    async with handmade(site(said)) as web:
        kept, _ = await crawled(tmp_path, web)
        policy = str(tmp_path / "p.toml")
        job, merged = tmp_path / "job", tmp_path / "merged"
        verified, _ = await run_json("verify", job, "--all")
        _, again = await run_json("redecide", job, "--policy", policy)
        assert (await run("merge", job, "--out", merged)).exit_code == 0
        after, _ = await exported(merged, tmp_path / "after", policy)

    assert verified == 0
    assert again["decided"] == again["same"] + again["reason_only"].get("x", 0)
    assert after == kept


# --- as the policy says ---------------------------------------------------------------------


async def test_a_policy_may_log_them_or_leave_them_be(tmp_path):
    async with handmade(site(RESERVED)) as web:
        (tmp_path / "a").mkdir()
        logged, _ = await crawled(tmp_path / "a", web, FEW.replace("honour", "log-only"))
        found = explain(tmp_path / "a" / "job", url_of(f"{SITE}/1"), time.time())
        count = web.asked(f"{SITE}/terms")
        (tmp_path / "b").mkdir()
        off, _ = await crawled(tmp_path / "b", web, FEW.replace("honour", "off"))

    assert logged >= PAGES
    assert off >= PAGES
    assert [
        (s.rule, s.counts) for s in found.decided.decision.signals if s.protocol == "terms"
    ] == [("terms.reservation", False)]
    assert count == 2
    assert learned(tmp_path / "b" / "job") == []


# --- remembered -----------------------------------------------------------------------------


async def test_they_are_asked_for_again_after_thirty_days(tmp_path, clock):
    more = FEW + '[recheck]\nsite_age = "400d"\npage_age = "400d"\n'
    job = tmp_path / "job"
    async with handmade(site()) as web:
        before, _ = await crawled(tmp_path, web, more)
        policy = str(tmp_path / "p.toml")
        web.pages[f"{SITE}/terms"] = terms(RESERVED)
        clock(20)
        assert (await run("recheck", job, "--policy", policy)).exit_code == 0
        early, _ = await exported(job, tmp_path / "early", policy)
        clock(31)
        assert (await run("recheck", job, "--policy", policy)).exit_code == 0
        late, _ = await exported(job, tmp_path / "late", policy)

    assert before >= PAGES
    assert early >= PAGES
    assert not late & PAGES


async def test_terms_found_late_bind_what_was_kept_long_before(tmp_path):
    pages = site(RESERVED) | {f"{SITE}/": page("/1"), f"{SITE}/1": page("/2", text="Second.")}
    async with handmade(pages) as web:
        kept, _ = await crawled(tmp_path, web)

    assert asked(web) == ["/robots.txt", "/", "/1", "/2", "/terms"]
    assert kept == set()
    assert set(states(tmp_path / "job").values()) == {"retired"}


@pytest.mark.slow
async def test_a_crawl_killed_before_the_terms_came_goes_on_where_it_was(tmp_path):
    job = tmp_path / "job"
    async with handmade(site(**{"/terms": Reply(terms(RESERVED), wait=5.0)})) as web:
        policy = web.policy(tmp_path / "p.toml", FEW)
        command = [sys.executable, "-m", "crawler", "crawl", f"{SITE}/", "--job", str(job)]
        process = subprocess.Popen([*command, "--policy", policy], stdout=subprocess.DEVNULL)
        while f"{SITE}/terms" not in web.begun and process.poll() is None:
            await asyncio.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        held = states(job)
        early, said = await exported(job, tmp_path / "early", policy)
        web.pages[f"{SITE}/terms"] = terms(RESERVED)
        await crawl(job, web.policy(tmp_path / "p.toml", FEW, patience="5s"), f"{SITE}/")
        kept, _ = await exported(job, tmp_path / "out", policy)

    assert held == {f"{SITE}/": "held"}
    assert "awaiting" in said or "held" in said
    assert early == kept == set()
    assert not {"/1", "/2"} & set(asked(web))
