# ruff: noqa: ARG001 - answers take what the web gives them
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.document import Link
from crawler.core.urls import parse
from crawler.frontier.admission import pattern_of, refusal
from crawler.frontier.link_rules import Screen, Seen
from crawler.frontier.settings import Admission, FrontierSettings, Scope
from tests.frontier.web import START, Web, kept, links, running, settings

A = "https://a.test/"
NOW = 1_700_000_000.0  # 14 November 2023
RULES = Admission()


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("/", ""),
        ("/a/b/c.html", ""),
        ("/archive/2019/03/04/title", ""),
        ("/1785/history", ""),
        ("/v2.3/docs", ""),
        ("/a.b.c/", ""),
        ("/photo.JPG", "file-type"),
        ("/paper.ps?download=1", "file-type"),
        ("/.png", ""),  # a name, not an extension
        ("/" + "x" * 3_000, "too-long"),
        ("/" + "/".join("abcdefghijklmnopqrstuvwx"), "too-deep"),
        ("/a/b/a/b/a/b/", "repeated"),
        ("/x/a/a/a/", "repeated"),
        ("/en/docs/en/docs/", ""),
        ("/a/1/a/2/a/3/a/4", "repeated"),
        ("/?a=1&b=2&c=3", ""),
        ("/?" + "&".join(f"p{n}=1" for n in range(20)), "parameters"),
        ("/?x=1&x=2&x=3&x=4", "repeated"),
        ("/calendar/2023/12/", ""),
        ("/calendar/2031/12/", "calendar"),
        ("/events?month=2026-01", "calendar"),
        ("/events?month=2023-12", ""),
        ("/cal?year=2040&month=2", "calendar"),
        ("/cal?date=1066-10-14", "calendar"),
        ("/battle-of-1066-10-14/", ""),
        ("/item?id=203112", ""),
        ("/bible/1/1/1", ""),  # chapters, not a loop
        ("/0/0/0/0", ""),
        ("/s/12/7/12/7/12/7", ""),
    ],
)
def test_traps_are_turned_away_and_pages_are_not(target, code):
    url = parse("https://a.test" + target)

    assert refusal(url, RULES, Scope(), NOW) == code


def test_the_operators_patterns_have_the_last_word():
    scope = Scope(include=(r"/docs/",), exclude=(r"/docs/old", r"\?print="))

    assert refusal(parse("https://a.test/docs/x"), RULES, scope, NOW) == ""
    assert refusal(parse("https://a.test/blog/x"), RULES, scope, NOW) == "not-included"
    assert refusal(parse("https://a.test/docs/old/x"), RULES, scope, NOW) == "excluded"
    assert refusal(parse("https://a.test/docs/x?print=1"), RULES, scope, NOW) == "excluded"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/item/1", "/item/2", True),
        ("/item/1", "/thing/1", False),
        ("/s?color=red&size=1", "/s?size=2&color=blue", True),
        ("/s?color=red", "/s?color=red&size=1", False),
        ("/x/0123456789abcdef0", "/x/fedcba98765432100", True),
    ],
)
def test_urls_that_differ_in_numbers_or_values_share_a_pattern(one, other, same):
    first = pattern_of(parse("https://a.test" + one), RULES)
    second = pattern_of(parse("https://a.test" + other), RULES)

    assert (first.hash == second.hash) is same


def test_words_alone_are_never_capped():
    assert pattern_of(parse("https://a.test/wiki/Any_title"), RULES) is None


@given(st.text(max_size=300))
def test_no_address_makes_admission_raise(text):
    url = parse("https://a.test/" + text)

    if url is not None:
        refusal(url, RULES, Scope(), NOW)
        pattern_of(url, RULES)


def test_every_link_not_admitted_is_counted_by_reason():
    screen = Screen(settings(scope={"max_depth": 3}), Seen(), NOW)
    for link in [
        *links("https://a.test/x", nofollow=True),
        *links("https://a.test/a.zip", "https://a.test/y", "https://a.test/y#z"),
    ]:
        screen.take(link, 1)
    screen.take(Link(parse("https://a.test/deep")), 4)

    assert screen.away.counts == {"nofollow": 1, "file-type": 1, "known": 1, "depth": 1}
    assert [item.url for item in screen.candidates] == ["https://a.test/y"]


def test_what_was_seen_is_known_until_it_is_forgotten_and_never_wrongly():
    seen = Seen(most=100)
    seen.update(range(60))
    seen.update(range(60, 120))

    assert all(key in seen for key in range(60, 120))
    assert 1_000 not in seen


async def test_faceted_pages_stop_at_their_cap(tmp_path):
    pages = [f"https://a.test/s?color={n}&size={n}" for n in range(60)]
    async with running(
        tmp_path / "c.db",
        Web({A: kept(*pages)}),
        seeds=[A],
        admission={"max_query_pattern": 25},
    ) as run:
        await run.crawl()
        status = await run.frontier.status(run.now)

    assert len(run.web.log) == 26
    assert status.turned_away["facets"] == 35


async def test_an_endless_calendar_ends(tmp_path):
    def month(task, now):
        year, number = divmod(int(task.url.target[-7:-3]) * 12 + int(task.url.target[-2:]), 12)
        return kept(f"https://a.test/calendar?month={year:04}-{number + 1:02}")

    web = Web()
    first = 1970 + int(START // (365.25 * 86_400))
    for year in range(first - 1, first + 30):
        for number in range(1, 13):
            web.answers[f"https://a.test/calendar?month={year:04}-{number:02}"] = month
    seed = f"https://a.test/calendar?month={first:04}-01"
    async with running(tmp_path / "c.db", web, seeds=[seed]) as run:
        await run.crawl()

    assert 12 <= len(web.log) <= 14


async def test_a_host_stores_no_more_urls_than_its_cap(tmp_path):
    pages = [f"https://a.test/{a}{b}" for a in "abcdefgh" for b in "abcdefgh"]
    async with running(
        tmp_path / "c.db", Web({A: kept(*pages)}), seeds=[A], admission={"max_host_urls": 10}
    ) as run:
        await run.crawl()

    assert len(run.web.log) == 10


def test_the_defaults_are_valid_as_an_operator_would_write_them():
    assert FrontierSettings() == FrontierSettings.model_validate({})
