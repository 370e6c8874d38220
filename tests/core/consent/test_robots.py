"""robots.txt: published behaviour of other parsers, and the matcher against two others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from protego import Protego

from crawler.core.consent import robots_hints, robotstxt
from crawler.core.consent.path_patterns import PathRules, comparable, pattern_of
from crawler.core.policy import ConsentPolicy
from tests import robots_cases
from tests.core.consent.makers import BYTES, robots

CASES = json.loads(Path(__file__).with_name("robots.json").read_text(encoding="utf-8"))
POLICY = ConsentPolicy()

_PIECES = st.sampled_from(["/", "a", "b", "ab", "-", "//", "%2F", "%E3%83%84", "=", "?", "x.y"])
_PATTERNS = st.lists(
    st.tuples(
        st.booleans(),
        st.lists(st.one_of(_PIECES, st.just("*")), max_size=6).map(lambda p: "/" + "".join(p)),
        st.sampled_from(["", "", "$"]),
    ),
    min_size=1,
    max_size=6,
)
_TARGETS = st.lists(_PIECES, max_size=7).map(lambda parts: "/" + "".join(parts))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_published_case_is_read_as_published(case):
    assert robots_cases.allowed(case) is case["allowed"]


@given(_PATTERNS, _TARGETS)
def test_the_matcher_agrees_with_protego(patterns, target):
    # Left out, because there the two differ on purpose: "%2F" in a query (the RFC's own example
    # calls it a slash), and wildcards at the end (Protego does not count them as octets).
    path, _, query = target.partition("?")
    lines = [(allow, value.rstrip("*") + end, n) for n, (allow, value, end) in enumerate(patterns)]
    if "%2F" in query or any("?" in value and "%2F" in value for _, value, _ in lines):
        return
    text = "\n".join(f"{'Allow' if a else 'Disallow'}: {value}" for a, value, _ in lines)

    rule = PathRules(lines).match(comparable(target))

    theirs = Protego.parse(f"User-agent: *\n{text}\n").can_fetch(f"https://ex.test{target}", "*")
    assert (rule is None or rule.allow) is theirs
    assert path


@given(_PATTERNS, _TARGETS)
@example([(False, "/*a*b", "$")], "/ab/ab")
def test_the_index_finds_what_trying_every_pattern_finds(patterns, target):
    lines = [(allow, value + end, n) for n, (allow, value, end) in enumerate(patterns)]
    paths = comparable(target)
    best = None
    for allow, value, _ in lines:
        pattern = pattern_of(value)
        if any(pattern.matches(path) for path in paths):
            best = max(best or (0, False), (pattern.length, allow))

    rule = PathRules(lines).match(paths)

    assert (rule is None) is (best is None)
    assert rule is None or (pattern_of(rule.value).length, rule.allow) == best


@given(BYTES)
def test_reading_any_bytes_gives_groups_and_line_numbers_within_the_file(body):
    lines = len(robotstxt.decode(body)) + 1
    for spec in (False, True):
        found = robotstxt.parse(body, robotstxt.View(spec=spec))

        assert all(0 < line <= lines for group in found.groups for _, _, line in group.rules)


def test_a_rule_beyond_500_kib_is_not_read_and_a_cut_line_is_dropped():
    pad = b"#" * 511_978 + b"\n"
    text = pad + b"User-agent: *\nDisallow: /private\n"

    assert robotstxt.decode(text).endswith("User-agent: *\n")


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2.5\n", 2.5),
        ("User-agent: *\nCrawl-delay: 10s\n", 10),
        ("User-agent: CorpusBot\nCrawl-delay: 1\nUser-agent: *\nDisallow: /x\nCrawl-delay: 7\n", 7),
        (
            "User-agent: CorpusBot\nDisallow: /\nCrawl-delay: 9\n\nUser-agent: *\nCrawl-delay: 1\n",
            9,
        ),
        ("User-agent: *\nRequest-rate: 1/5m\n", 300),
        ("User-agent: *\nRequest-rate: 0/5\n", 0),
        ("User-agent: *\nCrawl-delay: 99999999999\n", 99_999_999_999),
        (f"User-agent: *\nCrawl-delay: {'9' * 200}\n", float("9" * 200)),
        ("User-agent: *\nCrawl-delay: soon\n", 0),
        ("User-agent: *\nCrawl-delay: -4\n", 0),
    ],
)
def test_the_largest_delay_asked_for_is_kept(text, delay):
    assert robots_hints(robots(text), POLICY).delay == delay


def test_visit_times_take_either_separator_and_sitemaps_belong_to_no_group():
    text = (
        "Sitemap: https://ex.test/a.xml\nUser-agent: *\nVisit-time: 0600-0845\n"
        "Visit-time: 2300 0130\nVisit-time: never\nDisallow: /x\nSitemap: https://ex.test/b.xml\n"
    )

    hints = robots_hints(robots(text), POLICY)

    assert hints.visit_times == ((360, 525), (1380, 90))
    assert hints.sitemaps == ("https://ex.test/a.xml", "https://ex.test/b.xml")


def test_the_runner_ends_with_the_three_counts(tmp_path, capsys):
    file = tmp_path / "cases.json"
    base = {"robots_txt": "User-agent: *\nDisallow: /x\n", "user_agent": "A"}
    cases = [
        {"id": "one", **base, "url": "https://ex.test/x", "allowed": True},
        {"id": "two", **base, "url": "https://ex.test/y", "allowed": False},
        {"id": "three", **base, "url": "https://ex.test/y", "allowed": True},
    ]
    file.write_text(json.dumps(cases), encoding="utf-8")

    assert robots_cases.main([str(file)]) == 1

    assert capsys.readouterr().out.splitlines()[-3:] == [
        "allowed though refused: 1",
        "refused though allowed: 1",
        "1 of 3",
    ]
