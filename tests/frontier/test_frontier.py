# ruff: noqa: ARG001, ARG005 - answers take what the web gives them
"""The real frontier and store, a virtual clock, a made-up web."""

from collections import Counter, defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.core.evidence import FileKind, Found, Snapshot
from crawler.core.outcome import Failed, Learned, Listed, Moved, Resolved, Unchanged
from crawler.core.pace import Timing
from crawler.core.policy import ConsentPolicy
from crawler.core.task import TaskKind
from crawler.frontier import describe
from crawler.store.database import connect
from tests.frontier.web import POLICY, START, Web, WithRobots, kept, links, running, url
from tests.frontier.web import settings as made

A = "https://a.test/"


def site(host, count):
    """Answers of a site whose pages all link to each other."""
    texts = [f"https://{host}/"] + [f"https://{host}/p{number}x" for number in range(1, count)]
    return dict.fromkeys(texts, kept(*texts))


def gaps(log, key):
    """Return the seconds between one request's end and the next one's start, by `key`."""
    found = defaultdict(list)
    last = {}
    for request in sorted(log, key=lambda request: request.start):
        name = key(request)
        if name in last:
            # Clocks count in steps of 2e-7 s this far from the epoch.
            found[name].append(request.start - last[name] + 1e-6)
        last[name] = max(last.get(name, 0), request.end)
    return found


async def states(run):
    def work(connection):
        return dict(connection.execute("SELECT url, outcome || ':' || code FROM url"))

    return await run.database.read(work)


async def test_a_small_site_is_visited_once_page_by_page(tmp_path):
    web = Web(site("a.test", 5))
    async with running(tmp_path / "crawl.db", web, seeds=[A]) as run:
        await run.crawl()

    assert sorted(request.url for request in web.log) == sorted(web.answers)
    assert min(gaps(web.log, lambda request: request.host)["a.test"]) >= 5.0


async def test_hosts_of_one_address_share_its_gate_and_take_turns(tmp_path):
    hosts = [f"h{number}.test" for number in range(6)]
    web = Web(
        {text: answer for host in hosts for text, answer in site(host, 3).items()},
        addresses={"h5.test": ("10.9.9.9",)},
    )
    async with running(
        tmp_path / "crawl.db", web, seeds=[f"https://{host}/" for host in hosts]
    ) as run:
        await run.crawl()

    assert len(web.log) == 18
    assert min(gaps(web.log, lambda request: request.address)["10.0.0.1"]) >= 0.2
    first = [request.host for request in web.log[:6]]
    assert len(set(first)) == 6


async def test_a_group_of_hosts_has_one_pace(tmp_path):
    hosts = [f"b{number}.blogs.example" for number in range(4)]
    web = Web(
        {text: answer for host in hosts for text, answer in site(host, 2).items()},
        addresses={host: (f"10.0.1.{number}",) for number, host in enumerate(hosts)},
    )
    groups = [{"pattern": "*.blogs.example", "delay": "3s"}]
    async with running(
        tmp_path / "crawl.db",
        web,
        seeds=[f"https://{host}/" for host in hosts],
        politeness={"groups": groups},
    ) as run:
        await run.crawl()

    assert len(web.log) == 8
    assert min(gaps(web.log, lambda request: "group")["group"]) >= 3.0


async def test_ipv6_addresses_are_gated_by_their_64(tmp_path):
    web = Web(
        site("a.test", 1) | site("b.test", 1),
        addresses={"a.test": ("2001:db8::1",), "b.test": ("2001:db8::2:3:4:5",)},
    )
    async with running(tmp_path / "crawl.db", web, seeds=[A, "https://b.test/"]) as run:
        await run.crawl()

    assert gaps(web.log, lambda request: "64")["64"][0] >= 0.2


async def test_no_delay_is_kept_towards_opened_ranges_when_none_is_asked(tmp_path):
    web = Web(site("a.test", 20), addresses={"a.test": ("127.0.0.2",)})
    async with running(
        tmp_path / "crawl.db",
        web,
        seeds=[A],
        politeness={"min_delay": "0s"},
        free=["127.0.0.0/8"],
    ) as run:
        await run.crawl()

        assert run.now - START < 5.0
    assert len(web.log) == 20


async def test_crawl_delay_holds_from_the_second_request_on(tmp_path):
    web = Web(site("a.test", 3), robots={"a.test": b"delay 40"})
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots()) as run:
        await run.crawl()

    assert [request.kind for request in web.log][:1] == [TaskKind.FILE]
    assert len(web.log) == 4
    assert min(gaps(web.log, lambda request: request.host)["a.test"]) >= 40.0


async def test_a_very_long_crawl_delay_is_kept_and_said(tmp_path):
    web = Web(site("a.test", 2), robots={"a.test": b"delay 4000"})
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots()) as run:
        await run.crawl(until=START + 100)
        status = await run.frontier.status(run.now)

        assert status.hosts == {"parked": 1}
        assert status.parked[0].reason == "parked: crawl-delay 4000 s"
        await run.crawl()
    assert len(web.log) == 3
    assert min(gaps(web.log, lambda request: request.host)["a.test"]) >= 4_000.0


async def test_visiting_hours_are_kept(tmp_path):
    web = Web(site("a.test", 3), robots={"a.test": b"hours 60-120"})
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots()) as run:
        await run.crawl(until=START + 3 * 86_400)

    pages = [request for request in web.log if request.kind is TaskKind.PAGE]
    assert len(pages) == 3
    assert all(3_600 <= request.start % 86_400 <= 7_200 for request in pages)


@pytest.mark.parametrize("first", ["delay 40", "hours 60-61"])
async def test_one_origin_of_a_host_does_not_lift_what_another_asked(tmp_path, first):
    other = "https://a.test:8443/"

    def silent(task, now):
        return Learned(Snapshot(task.file, task.asked, Found.ABSENT, now, expires_at=now + 9e5))

    web = Web(
        {A: kept(A + "x", A + "y"), A + "x": kept(), A + "y": kept(), other: kept(),
         other + "robots.txt": silent},
        robots={"a.test": first.encode()},
    )  # fmt: skip
    async with running(
        tmp_path / "c.db", web, seeds=[A, other], consent=WithRobots(),
        politeness={"min_delay": "15s"},
    ) as run:  # fmt: skip
        await run.crawl(until=START + 9 * 86_400)

    assert sum(request.kind is TaskKind.PAGE for request in web.log) == 4
    if first.startswith("delay"):
        assert min(gaps(web.log, lambda request: request.host)["a.test"]) >= 40.0
    else:
        assert all(3_600 <= request.start % 86_400 <= 3_660 for request in web.log[1:])


async def test_a_crawl_delay_had_from_another_host_holds_from_the_first_page_on(tmp_path):
    web = Web(
        site("a.test", 3) | {"https://a.test/robots.txt": Moved(url("https://b.test/r.txt"), 301)},
        addresses={"b.test": ("10.0.0.2",)},
        robots={"b.test": b"delay 40"},
    )
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots()) as run:
        await run.crawl()

    assert len(web.log) == 5
    assert min(gaps(web.log, lambda request: request.host)["a.test"]) >= 40.0


async def test_visiting_hours_that_passed_meanwhile_are_waited_for_again(tmp_path):
    web = Web(site("a.test", 3), robots={"a.test": b"hours 60-120"})
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots()) as run:
        await run.crawl(until=START + 3_600)
    noon = START - START % 86_400 + 2 * 86_400 + 43_200
    async with running(tmp_path / "c.db", web, consent=WithRobots(), now=noon) as run:
        await run.crawl(until=noon + 60)
        status = await run.frontier.status(run.now)
        await run.crawl(until=noon + 2 * 86_400)

    assert status.hosts == {"parked": 1}
    assert status.reasons == {"parked: outside its visit-time": 1}
    assert sum(request.kind is TaskKind.PAGE for request in web.log) == 3
    assert all(3_600 <= request.start % 86_400 <= 7_200 for request in web.log[1:])


async def test_a_refusal_before_the_request_costs_nothing(tmp_path):
    pages = [f"https://a.test/private/{word}" for word in ("a", "b", "c")]
    web = Web({A: kept(*pages)}, robots={"a.test": b"deny"})
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots()) as run:
        await run.crawl()

        found = await states(run)
        assert run.now - START < 60.0
    assert [request.url for request in web.log] == ["https://a.test/robots.txt", A]
    assert {found[page] for page in pages} == {"refused:robots.disallow"}
    assert run.frontier.refused == {"robots.disallow": 3}


async def test_an_unreachable_robots_txt_holds_the_host_and_asks_again(tmp_path):
    def robots(task, now):
        if now < START + 300:
            return Learned(
                Snapshot(task.file, task.asked, Found.UNREACHABLE, now, error="timeout",
                         expires_at=now + 120)
            )  # fmt: skip
        return Learned(Snapshot(task.file, task.asked, Found.ABSENT, now, expires_at=now + 9e4))

    web = Web(site("a.test", 2) | {"https://a.test/robots.txt": robots})
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots()) as run:
        await run.crawl()

    asked = [request.start - START for request in web.log if request.kind is TaskKind.FILE]
    assert asked == pytest.approx([0.2, 120, 240, 480], abs=1)
    assert len(web.log) == 6


async def test_robots_txt_that_redirects_elsewhere_is_had_there(tmp_path):
    web = Web(
        site("a.test", 2) | {"https://a.test/robots.txt": Moved(url("https://b.test/r.txt"), 301)}
    )
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots()) as run:
        await run.crawl()

    assert [request.url for request in web.log][:3] == [
        "https://a.test/robots.txt",
        "https://b.test/r.txt",
        A,
    ]
    assert len(web.log) == 4


async def test_endless_redirects_of_robots_txt_make_it_unreachable(tmp_path):
    def onward(task, now):
        return Moved(url(f"https://a.test/r{'x' * (task.hops + 1)}"), 302)

    web = Web(site("a.test", 2) | {"https://a.test/robots.txt": onward})
    for hop in range(1, 9):
        web.answers[f"https://a.test/r{'x' * hop}"] = onward
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots()) as run:
        await run.crawl(until=START + 300)
        status = await run.frontier.status(run.now)

    assert len(web.log) == 6  # the first and five redirects
    assert "robots.unreachable" in status.reasons


async def test_a_host_that_fails_rests_twice_as_long_each_time_and_is_parked(tmp_path):
    fault = Failed("connect", host_fault=True)
    texts = [f"https://a.test/{word}" for word in "abcdefgh"]
    web = Web(dict.fromkeys(texts, fault))
    async with running(tmp_path / "c.db", web, seeds=texts) as run:
        await run.crawl(until=START + 3_000)
        status = await run.frontier.status(run.now)

    rests = gaps(web.log, lambda request: request.host)["a.test"]
    assert all(rest >= 60 * 2**turn for turn, rest in enumerate(rests))
    assert status.hosts == {"parked": 1}
    assert status.parked[0].reason == "parked: connect"


async def test_retry_after_stops_the_whole_host(tmp_path):
    web = Web(site("a.test", 3))
    web.answers["https://a.test/p1x"] = Failed("status-429", host_fault=True, retry_after=1_000.0)
    async with running(tmp_path / "c.db", web, seeds=[A]) as run:
        await run.crawl()
        found = await states(run)

    at = next(i for i, request in enumerate(web.log) if request.url.endswith("p1x"))
    assert web.log[at + 1].start - web.log[at].end >= 1_000.0
    assert found["https://a.test/p1x"] == "failed:status-429"


async def test_a_kept_connection_that_was_closed_costs_a_turn_and_nothing_else(tmp_path):
    closed = {"https://a.test/robots.txt": 2, "https://a.test/p1x": 5}

    def stale(task, now):
        left = closed[task.url.text] = closed[task.url.text] - 1
        if left >= 0:
            return Failed("stale")
        snapshot = Snapshot(FileKind.ROBOTS, task.url.text, Found.ABSENT, now, expires_at=now + 9e5)
        return kept() if task.kind is TaskKind.PAGE else Learned(snapshot)

    web = Web(site("a.test", 3) | dict.fromkeys(closed, stale))
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots()) as run:
        await run.crawl()
        found = await states(run)

    assert set(found.values()) == {"kept:ok", "learned:absent"}
    assert len(web.log) == 4 + 2 + 5
    assert 5.0 <= min(gaps(web.log, lambda request: request.host)["a.test"]) < 6.0
    assert max(gaps(web.log, lambda request: request.host)["a.test"]) < 6.0


async def test_a_url_that_fails_is_tried_three_times_while_others_go_on(tmp_path):
    web = Web(site("a.test", 3))
    web.answers["https://a.test/p1x"] = Failed("status-500")
    async with running(tmp_path / "c.db", web, seeds=[A]) as run:
        await run.crawl()

    tries = [request.start for request in web.log if request.url.endswith("p1x")]
    assert len(tries) == 3
    assert tries[1] - tries[0] >= 300
    assert tries[2] - tries[1] >= 600


async def test_a_name_that_does_not_exist_ends_its_urls(tmp_path):
    web = Web({}, addresses={"a.test": ()})
    async with running(tmp_path / "c.db", web, seeds=[A]) as run:
        await run.crawl()
        found = await states(run)

    assert found == {A: "failed:dns"}
    assert web.log == []


async def test_redirects_take_their_turn_and_keep_their_chain(tmp_path):
    web = Web({A: Moved(url("https://www.a.test/"), 301)} | site("www.a.test", 2))
    async with running(tmp_path / "c.db", web, seeds=[A]) as run:
        chains = {}
        answer = web.answers["https://www.a.test/"]
        web.answers["https://www.a.test/"] = lambda task, _: chains.update(v=task.via) or answer
        await run.crawl()

    assert [request.url for request in web.log][:2] == [A, "https://www.a.test/"]
    assert len(web.log) == 3  # a seed's redirect within its site extends the scope
    assert chains == {"v": (A,)}


async def test_a_redirect_out_of_scope_is_turned_away(tmp_path):
    web = Web({A: Moved(url("https://elsewhere.example/"), 301)})
    async with running(tmp_path / "c.db", web, seeds=[A]) as run:
        await run.crawl()
        status = await run.frontier.status(run.now)

    assert len(web.log) == 1
    assert status.turned_away["scope"] == 1


@pytest.mark.parametrize(
    ("scope", "visited"),
    [("host", {A}), ("site", {A, "https://www.a.test/"}),
     ("any", {A, "https://www.a.test/", "https://b.test/"})],
)  # fmt: skip
async def test_scope_says_how_far_links_lead(tmp_path, scope, visited):
    web = Web({A: kept("https://www.a.test/", "https://b.test/")})
    async with running(tmp_path / "c.db", web, seeds=[A], scope={"scope": scope}) as run:
        await run.crawl()

    assert {request.url for request in web.log} == visited


async def test_depth_and_page_budgets_end_a_site(tmp_path):
    chain = {f"https://a.test/{'x' * n}": kept(f"https://a.test/{'x' * (n + 1)}") for n in range(9)}
    web = Web(dict(chain))
    async with running(tmp_path / "c.db", web, seeds=[A], scope={"max_depth": 2}) as run:
        await run.crawl()
    assert len(web.log) == 3

    web = Web(dict(chain))
    async with running(tmp_path / "d.db", web, seeds=[A], budgets={"host_pages": 4}) as run:
        await run.crawl()
        status = await run.frontier.status(run.now)
    assert len(web.log) == 4
    assert status.hosts == {"spent": 1}

    web = Web(dict(chain) | site("www.a.test", 9))
    seeds = [A, "https://www.a.test/"]
    async with running(tmp_path / "e.db", web, seeds=seeds, budgets={"site_pages": 5}) as run:
        await run.crawl()
    assert 5 <= len(web.log) <= 6  # two hosts of the site may be under way at once


async def test_sitemaps_speak_for_their_host_only(tmp_path):
    listed = Listed(
        tuple(links("https://a.test/hidden", "https://b.test/x", source="sitemap")),
        (url("https://a.test/s2.xml"), url("https://b.test/s3.xml")),
    )
    web = Web(
        {
            A: kept(),
            "https://a.test/s1.xml": listed,
            "https://a.test/s2.xml": Listed(tuple(links("https://a.test/deep", source="sitemap"))),
        },
        robots={"a.test": b"sitemap https://a.test/s1.xml"},
    )
    async with running(
        tmp_path / "c.db", web, seeds=[A], consent=WithRobots(), scope={"scope": "any"}
    ) as run:
        await run.crawl()
        status = await run.frontier.status(run.now)

    assert {request.url for request in web.log} == {
        "https://a.test/robots.txt", A, "https://a.test/s1.xml", "https://a.test/s2.xml",
        "https://a.test/hidden", "https://a.test/deep",
    }  # fmt: skip
    assert status.turned_away["foreign-sitemap"] == 2


async def test_a_foreign_sitemap_brings_no_host_into_scope(tmp_path):
    there = Listed(tuple(links("https://b.test/x", "https://a.test/deep", source="sitemap")))
    web = Web(
        {A: kept(), "https://b.test/s.xml": there, "https://b.test/x": kept("https://b.test/y")},
        robots={"a.test": b"sitemap https://b.test/s.xml"},
    )
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots()) as run:
        await run.crawl()
        status = await run.frontier.status(run.now)

    pages = {request.url for request in web.log if request.kind is TaskKind.PAGE}
    assert pages == {A, "https://a.test/deep"}
    assert status.turned_away["scope"] == 1


async def test_sitemaps_that_the_policy_names_are_read_like_seeds(tmp_path):
    listed = Listed(tuple(links("https://b.test/x", "https://c.test/y", source="sitemap")))
    web = Web({A: kept(), "https://b.test/s.xml": listed, "https://b.test/x": kept()})
    named = {"sitemap_urls": ["https://b.test/s.xml"]}
    async with running(tmp_path / "c.db", web, seeds=[A], discovery=named) as run:
        for _ in range(2):
            await run.frontier.add_sitemaps(run.now)
            await run.crawl()

    assert Counter(request.url for request in web.log) == dict.fromkeys(
        [A, "https://b.test/s.xml", "https://b.test/x"], 1
    )


@pytest.mark.parametrize("robots", [b"", b"nothing"])
async def test_the_usual_sitemap_is_asked_for_where_robots_txt_names_none(tmp_path, robots):
    web = Web({A: kept()}, robots={"a.test": robots})
    async with running(
        tmp_path / "c.db", web, seeds=[A], consent=WithRobots(),
        discovery={"well_known_sitemap": True},
    ) as run:  # fmt: skip
        await run.crawl()

    assert "https://a.test/sitemap.xml" in {request.url for request in web.log}


async def test_so_many_sitemaps_are_read_of_one_host_and_the_rest_counted(tmp_path):
    def index(task, now):
        return Listed((), tuple(url(f"{task.url.text}{word}") for word in "abcde"))

    texts = ["https://a.test/s"]
    for _ in range(3):
        texts += [text + word for text in texts for word in "abcde"]
    web = Web(
        {A: kept()} | dict.fromkeys(texts, index), robots={"a.test": b"sitemap https://a.test/s"}
    )
    async with running(
        tmp_path / "c.db", web, seeds=[A], consent=WithRobots(), discovery={"max_sitemaps": 4}
    ) as run:
        await run.crawl()
        status = await run.frontier.status(run.now)

    assert sum(request.kind is TaskKind.SITEMAP for request in web.log) == 4
    assert status.turned_away["sitemaps"] == 4 * 5 - 3


async def test_a_sitemap_of_many_entries_is_taken_whole(tmp_path):
    entries = [A + word for word in word_pairs(600)]
    listed = Listed(tuple(links(*entries, A + "x.zip", source="sitemap")))
    web = Web(
        {A: kept(), "https://a.test/s1.xml": listed},
        robots={"a.test": b"sitemap https://a.test/s1.xml"},
    )
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots()) as run:
        await run.crawl()
        status = await run.frontier.status(run.now)

    assert set(entries) <= {request.url for request in web.log}
    assert status.turned_away["file-type"] == 1


def word_pairs(count):
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [letters[n // 26] + letters[n % 26] + "-page" for n in range(count)][:count]


async def test_pages_that_do_not_change_are_looked_at_less_and_less_often(tmp_path):
    asked = []

    def answer(task, now):
        asked.append((task.etag, task.last_modified))
        if task.etag:
            return Unchanged(kept().decision, kept().evidence)
        return kept(etag='"1"')

    web = Web({A: answer})
    async with running(tmp_path / "c.db", web, seeds=[A]) as run:
        await run.crawl()
        assert await run.frontier.revisit(run.now) == 0
        day = 86_400.0
        for after in (8, 8 + 11, 8 + 11 + 16):
            run.now = START + after * day
            assert await run.frontier.revisit(run.now) == 1
            await run.crawl(until=run.now + day)
        intervals = await run.database.read(
            lambda c: c.execute("SELECT interval, etag FROM revisit").fetchall()
        )

    assert asked == [("", ""), ('"1"', ""), ('"1"', ""), ('"1"', "")]
    assert intervals == [(pytest.approx(7 * day * 1.5**3), '"1"')]


async def test_pages_that_change_are_looked_at_sooner(tmp_path):
    versions = iter("abcdefgh")
    web = Web({A: lambda task, now: kept(text=next(versions))})
    async with running(tmp_path / "c.db", web, seeds=[A]) as run:
        await run.crawl()
        await run.frontier.revisit(run.now, everything=True)
        await run.crawl()
        [(interval,)] = await run.database.read(
            lambda c: c.execute("SELECT interval FROM revisit").fetchall()
        )

    assert len(web.log) == 2
    assert interval == 3.5 * 86_400


async def test_settings_may_change_while_the_job_runs(tmp_path):
    web = Web(site("a.test", 30))
    async with running(tmp_path / "c.db", web, seeds=[A], budgets={"host_pages": 3}) as run:
        await run.crawl()
        assert len(web.log) == 3

        run.frontier.reload(made(politeness={"min_delay": "20s"}), POLICY, run.now)
        await run.crawl()

    assert len(web.log) == 30
    assert min(gaps(web.log[2:], lambda request: request.host)["a.test"]) >= 20.0


async def test_a_huge_host_does_not_own_the_frontier(tmp_path):
    web = Web(site("huge.test", 400) | site("a.test", 3) | site("b.test", 3))
    for number, host in enumerate(("huge.test", "a.test", "b.test")):
        web.addresses[host] = (f"10.0.0.{number}",)
    async with running(
        tmp_path / "c.db", web, seeds=["https://huge.test/", A, "https://b.test/"]
    ) as run:
        await run.crawl(until=START + 60)

    first = Counter(request.host for request in web.log[:9])
    assert first == {"huge.test": 3, "a.test": 3, "b.test": 3}


async def test_a_lease_given_back_twice_is_refused(tmp_path):
    web = Web(site("a.test", 2))
    async with running(tmp_path / "c.db", web, seeds=[A]) as run:
        task = await run.frontier.claim(run.now)
        outcome = Resolved(("10.0.0.1",), run.now + 9e9)
        run.frontier.finish(task, outcome, None, run.now)

        with pytest.raises(ValueError, match="not leased"):
            run.frontier.finish(task, outcome, None, run.now)


async def test_a_page_names_the_policy_that_let_it_through(tmp_path):
    web = Web(site("a.test", 2))
    async with running(tmp_path / "c.db", web, seeds=[A]) as run:
        resolve = await run.frontier.claim(run.now)
        timing = Timing(run.now, run.now, run.now)
        writes = run.frontier.finish(
            resolve, Resolved(("10.0.0.1",), run.now + 9e9), timing, run.now
        )
        recorded = await run.database.transaction(
            lambda connection: run.frontier.record(connection, writes)
        )
        run.frontier.committed(recorded)
        page = await run.frontier.claim(run.now + 60)

    assert resolve.passed is None
    assert isinstance(page.passed, ConsentPolicy)


async def test_what_two_pages_name_at_once_is_added_once(tmp_path):
    other, new = "https://b.test/", f"{A}new"
    web = Web({A: kept(new), other: kept(new), new: kept()}, addresses={"b.test": ("10.0.0.2",)})
    async with running(tmp_path / "c.db", web, seeds=[A, other]) as run:
        await run.crawl(until=START)  # their names
        run.now += 60
        tasks = [await run.frontier.claim(run.now) for _ in range(2)]
        timing = Timing(run.now, run.now, run.now)
        group = [
            run.frontier.finish(task, web.outcome(task, run.now), timing, run.now) for task in tasks
        ]
        assert [len(writes.finds.candidates) for writes in group] == [1, 0]
        for recorded in await run.database.transaction(
            lambda connection: run.frontier.record_all(connection, group)
        ):
            run.frontier.committed(recorded)
        await run.crawl()

        status = await run.frontier.status(run.now)

    assert [request.url for request in web.log] == [new]
    assert status.turned_away == {"known": 1}


async def test_status_says_when_and_why(tmp_path):
    web = Web(site("a.test", 3))
    async with running(tmp_path / "c.db", web, seeds=[A]) as run:
        await run.crawl(until=START + 1)
        status = await run.frontier.status(run.now)

        assert status.hosts == {"waiting": 1}
        assert status.next_due == run.frontier.next_due()
        assert status.sentence(run.now).startswith("next host due in 5")


async def test_status_says_when_a_held_host_is_looked_at_again(tmp_path):
    def robots(task, now):
        return Learned(
            Snapshot(task.file, task.asked, Found.UNREACHABLE, now, error="status-500", status=500,
                     expires_at=now + 120)
        )  # fmt: skip

    web = Web(site("a.test", 2) | {"https://a.test/robots.txt": robots})
    async with running(tmp_path / "c.db", web, seeds=[A], consent=WithRobots()) as run:
        await run.crawl(until=START + 60)
        run.now = START + 60
        status = await run.frontier.status(run.now)

        assert status.hosts == {"held": 1}
        assert status.next_due == run.frontier.next_due()
        assert status.next_due == pytest.approx(START + 120, abs=1)
        assert status.waiting_longest == ()
        assert [fact.due for fact in status.held] == [status.next_due]


async def test_a_spent_budget_is_no_host_that_is_due(tmp_path):
    web = Web(site("a.test", 9))
    async with running(tmp_path / "c.db", web, seeds=[A], budgets={"host_pages": 3}) as run:
        await run.crawl()
        status = await run.frontier.status(run.now)

    assert status.hosts == {"spent": 1}
    assert status.waiting_longest == ()
    assert status.next_due is None


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_politeness_holds_across_kills_and_no_page_is_lost(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("job") / "crawl.db"
    names = [f"h{number}.test" for number in range(data.draw(st.integers(1, 6)))]
    web = Web(seed_web := {})
    for name in names:
        seed_web.update(site(name, data.draw(st.integers(1, 6))))
        web.addresses[name] = (data.draw(st.sampled_from(["10.0.0.1", "10.0.0.2", "2001:db8::1"])),)
    for text in data.draw(st.lists(st.sampled_from(sorted(seed_web)), max_size=3)):
        web.answers[text] = data.draw(
            st.sampled_from(
                [
                    Failed("status-503", host_fault=True, retry_after=77.0),
                    Failed("timeout", host_fault=True),
                    Failed("status-500"),
                ]
            )
        )
    seeds = [f"https://{name}/" for name in names]
    now = START
    for kill in range(data.draw(st.integers(0, 4))):
        async with running(path, web, seeds=seeds, unclean=kill > 0, now=now) as run:
            run.workers = data.draw(st.integers(1, 8))
            run.group = data.draw(st.integers(1, 8))
            await run.crawl(stop_after=data.draw(st.integers(0, 12)))
            now = run.now + data.draw(st.sampled_from([0.0, 0.1, 7.0]))
    async with running(path, web, seeds=seeds, unclean=True, now=now) as run:
        await run.crawl(until=now + 10 * 86_400)
        status = await run.frontier.status(run.now)

    for found in gaps(web.log, lambda request: request.host).values():
        assert min(found) >= 5.0
    for found in gaps(web.log, lambda request: request.address).values():
        assert min(found) >= 0.2
    assert set(status.hosts) == {"done"}
    failing = any(isinstance(answer, Failed) for answer in web.answers.values())
    if not failing:
        assert {request.url for request in web.log} == set(web.answers)
    assert status.urls["waiting"] == status.urls["later"] == 0


def test_describing_an_empty_job_says_that_nothing_waits(tmp_path):
    connection = connect(tmp_path / "c.db")
    status = describe(connection, START)
    connection.close()

    assert status.sentence(START) == "nothing waits"
