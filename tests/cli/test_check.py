"""`crawler check` as a publisher runs it, against real sockets."""

import pytest

from tests.cli.run import run, run_json
from tests.web.handmade import Reply, handmade, page

HOST = "http://news.test"
TEXT = "text/plain"


def robots(text):
    return {f"{HOST}/robots.txt": Reply(text, type=TEXT)}


def with_headers(*lines):
    return {f"{HOST}/": Reply(page(), headers=lines)}


def moved(to, status=302):
    return Reply(status=status, headers=(("Location", to),))


PAID = """<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>
<permits type="usage">ai-train</permits><payment type="purchase"/></license></content></rsl>"""
LICENSED = {
    f"{HOST}/l.xml": Reply(PAID, type="application/rsl+xml"),
    **robots(f"User-agent: *\nAllow: /\nLicense: {HOST}/l.xml"),
}


@pytest.mark.parametrize(
    ("pages", "code", "reason", "asked"),
    [
        pytest.param({}, 0, "ok", 1, id="open"),
        pytest.param(robots("User-agent: *\nDisallow: /x"), 0, "ok", 1, id="robots allows"),
        pytest.param(robots("User-agent: *\nDisallow: /"), 4, "robots.disallow", 0, id="robots"),
        pytest.param(robots("User-agent: GPTBot\nDisallow: /"), 4, "tokens.agent", 0, id="token"),
        pytest.param(LICENSED, 3, "rsl.terms", 0, id="at a price"),
        pytest.param(with_headers(("X-Robots-Tag", "noai")), 4, "robots_meta.noai", 1, id="header"),
        pytest.param(
            {f"{HOST}/": page(head='<meta name="robots" content="noai">')},
            4,
            "robots_meta.noai",
            1,
            id="meta",
        ),
        pytest.param({f"{HOST}/": Reply(status=402)}, 3, "http.payment", 1, id="402"),
        pytest.param({f"{HOST}/": Reply(status=403)}, 4, "http.refused", 1, id="403"),
        pytest.param({f"{HOST}/": Reply(status=404)}, 4, "http.gone", 1, id="404"),
        pytest.param({f"{HOST}/": Reply(status=503)}, 5, "http.overload", 1, id="503"),
        pytest.param(
            {f"{HOST}/robots.txt": Reply(status=500)}, 5, "robots.unreachable", 0, id="5xx"
        ),
        pytest.param({f"{HOST}/": Reply(b"%PDF", type="application/pdf")}, 0, "ok", 1, id="PDF"),
        pytest.param({f"{HOST}/": moved("/b"), f"{HOST}/b": page()}, 0, "ok", 1, id="moved"),
        pytest.param({f"{HOST}/": moved("/")}, 5, "ok", 1, id="moved to itself"),
        pytest.param({f"{HOST}/": moved("mailto:x")}, 5, "ok", 1, id="moved nowhere"),
        pytest.param(
            {f"{HOST}/": moved("http://b.test/"), "http://b.test/": page(),
             "http://b.test/robots.txt": Reply("User-agent: *\nDisallow: /", type=TEXT)},
            4, "robots.disallow", 1, id="moved to a host that refuses",
        ),
    ],
)  # fmt: skip
async def test_the_exit_code_says_what_the_decision_came_to(tmp_path, pages, code, reason, asked):
    async with handmade({f"{HOST}/": page()} | pages) as web:
        policy = web.policy(tmp_path / "p.toml")
        exit_code, found = await run_json("check", f"{HOST}/", "--policy", policy)

    assert (exit_code, found["reason"]) == (code, reason)
    assert web.asked(f"{HOST}/") == asked
    assert web.asked("http://b.test/") == 0
    assert found["included"] is (code == 0 or reason == "ok")


@pytest.mark.parametrize("url", ["http://gone.test/", "http://no-such-name.invalid/"])
async def test_a_host_nobody_reaches_is_deferred(tmp_path, url):
    async with handmade({f"{HOST}/": page(), "http://gone.test/": page()}) as web:
        policy = web.policy(tmp_path / "p.toml", more="")
    exit_code, found = await run_json("check", url, "--policy", policy)

    assert (exit_code, found["reason"], found["included"]) == (5, "robots.unreachable", False)


async def test_each_signal_stands_with_its_text_and_its_place(tmp_path):
    pages = {
        f"{HOST}/": Reply(
            page(head='<meta name="tdm-reservation" content="1">'),
            headers=(("Content-Usage", "train-ai=n"), ("X-Robots-Tag", "noindex")),
        )
    } | robots("# us\nUser-agent: *\nAllow: /\nContent-Signal: search=yes, ai-train=no\n")
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml", '[consent.readings]\naipref = "log-only"\n'
                            'content_signals = "log-only"')  # fmt: skip
        done = await run("check", f"{HOST}/", "--policy", policy)

    assert done.exit_code == 4
    lines = done.stdout.splitlines()
    assert any("robots.txt:4: " in line and "ai-train=no" in line for line in lines)
    assert any("header content-usage: train-ai=n" in line for line in lines)
    assert any("header x-robots-tag: noindex" in line for line in lines)
    assert any("does not count" in line for line in lines)
    assert any("ai.txt: absent" in line or "ai.txt: not sought" in line for line in lines)


async def test_as_another_crawler_our_own_rules_still_say_what_is_asked_for(tmp_path):
    theirs = robots("User-agent: OtherBot\nDisallow: /\n\nUser-agent: *\nAllow: /")
    ours = robots("User-agent: ProofBot\nDisallow: /\n\nUser-agent: *\nAllow: /")
    policies = []
    for pages, asked in ((theirs, 1), (ours, 0)):
        async with handmade({f"{HOST}/": page()} | pages) as web:
            policy = web.policy(tmp_path / "p.toml")
            as_us = await run_json("check", f"{HOST}/", "--policy", policy)
            web.log.clear()
            as_them = await run_json("check", f"{HOST}/", "--policy", policy, "--agent", "OtherBot")
            policies.append((as_us[0], as_them[0]))

            assert web.asked(f"{HOST}/") == asked
            assert all("ProofBot" in line.headers["User-Agent"] for line in web.log)

    # What was not asked for is decided on the site's files alone.
    assert policies == [(0, 4), (4, 0)]


async def test_nothing_a_site_says_is_obeyed_by_the_terminal(tmp_path):
    evil = (("X-Robots-Tag", "noai \u202e\x9b31m [bold]x[/]"),)
    async with handmade({f"{HOST}/": Reply(page(), headers=evil)}) as web:
        done = await run("check", f"{HOST}/", "--policy", web.policy(tmp_path / "p.toml"))

    assert "\x9b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "[bold]x[/]" in done.stdout


@pytest.mark.parametrize("url", ["news.test", "ftp://news.test/", "http://u:p@news.test/", ""])
async def test_what_is_no_url_is_wrong_use(tmp_path, url):
    async with handmade({f"{HOST}/": page()}) as web:
        done = await run("check", url, "--policy", web.policy(tmp_path / "p.toml"))

    assert type(done.exception).__name__ == "UsageError"
