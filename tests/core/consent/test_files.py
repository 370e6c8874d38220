"""Which site file is asked for next, and how long its answer holds."""

from __future__ import annotations

import dataclasses

import pytest

from crawler.core.consent import FileRequest, decide, next_file, read_file
from crawler.core.consent.site_files import DAY, failures_of
from crawler.core.decision import Found, Value
from crawler.core.evidence import Evidence, FileKind
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from tests.core.consent.makers import NOW, ORIGIN, URL, answer, robots, url_of

POLICY = ConsentPolicy()
RSL = '<rsl xmlns="https://rslstandard.org/rsl"{}><content url="/"><license/></content></rsl>'


def asked(serves: dict[str, tuple[int, str]], policy: ConsentPolicy = POLICY) -> list[str]:
    """Return the addresses asked for before a page, given what the origin serves."""
    site, order = (), []
    while (request := next_file(URL, site, policy, NOW, 3)) is not None:
        order.append(request.url.target)
        status, body = serves.get(request.url.target, (404, ""))
        response = Response(request.url, status, (), body.encode())
        site += (read_file(request, response, "", 0, NOW),)
    return order


def test_robots_txt_comes_first_then_the_probes_each_once():
    assert asked({}) == [
        "/robots.txt",
        "/.well-known/tdmrep.json",
        "/ai.txt",
        "/.well-known/ai.json",
        "/.well-known/ai.txt",
        "/trust.txt",
        "/.well-known/trust.txt",
    ]


def test_nothing_more_is_asked_once_the_purpose_is_refused():
    assert asked({"/robots.txt": (200, "User-agent: *\nDisallow: /\n")}) == ["/robots.txt"]
    tdm = '[{"location":"/","tdm-reservation":1}]'
    assert asked({"/.well-known/tdmrep.json": (200, tdm)})[-1] == "/.well-known/tdmrep.json"


def test_a_probe_that_robots_txt_disallows_is_not_made():
    assert "/ai.txt" not in asked({"/robots.txt": (200, "User-agent: *\nDisallow: /ai.txt\n")})


def test_trust_txt_has_a_second_place_only_if_the_first_is_empty():
    assert "/.well-known/trust.txt" not in asked({"/trust.txt": (200, "member=x\n")})


@pytest.mark.parametrize(("named", "sought"), [(8, 8), (9, 0)])
def test_licence_documents_are_asked_for_unless_there_are_too_many_to_read(named, sought):
    lines = "".join(f"License: https://ex.test/l{i}.xml\n" for i in range(named))

    order = asked(
        {"/robots.txt": (200, "User-agent: *\nAllow: /\n" + lines)}
        | {f"/l{i}.xml": (200, RSL.format("")) for i in range(named)}
    )

    assert [path for path in order if path.endswith(".xml")] == [
        f"/l{i}.xml" for i in range(sought)
    ]


def test_an_expired_robots_txt_is_asked_for_again():
    old = dataclasses.replace(robots(""), expires_at=NOW)

    assert next_file(URL, (old,), POLICY, NOW).kind is FileKind.ROBOTS
    assert next_file(URL, (old,), POLICY, NOW - 1).kind is FileKind.TDMREP


@pytest.mark.parametrize(
    ("kind", "status", "cache", "lifetime"),
    [
        (FileKind.ROBOTS, 200, "", DAY),
        (FileKind.ROBOTS, 200, "max-age=3600", 3600),
        (FileKind.ROBOTS, 200, "max-age=0", 900),
        (FileKind.ROBOTS, 200, "no-cache", 900),
        (FileKind.ROBOTS, 200, "public, max-age=9999999", DAY),
        (FileKind.ROBOTS, 404, "", DAY),
        (FileKind.ROBOTS, 403, "", DAY),
        (FileKind.AI_TXT, 404, "", 7 * DAY),
        (FileKind.AI_TXT, 200, "max-age=1200", 1200),
        (FileKind.RSL, 404, "", DAY),
        (FileKind.ROBOTS, 503, "", 60),
    ],
)
def test_an_answer_holds_as_long_as_it_may(kind, status, cache, lifetime):
    headers = (("cache-control", cache),) if cache else ()

    assert answer(kind, "x", status, headers).expires_at == NOW + lifetime


def test_a_licence_document_holds_for_its_own_days():
    assert answer(FileKind.RSL, RSL.format(' max-age="7"')).expires_at == NOW + 7 * DAY
    assert answer(FileKind.RSL, RSL.format("")).expires_at == NOW + 30 * DAY
    assert answer(FileKind.RSL, RSL.format(' max-age="x"')).expires_at == NOW + 30 * DAY


@pytest.mark.parametrize(
    ("kind", "status", "found"),
    [
        (FileKind.ROBOTS, 200, Found.FOUND),
        (FileKind.ROBOTS, 404, Found.ABSENT),
        (FileKind.ROBOTS, 403, Found.REFUSED),
        (FileKind.ROBOTS, 451, Found.REFUSED),
        (FileKind.ROBOTS, 429, Found.UNREACHABLE),
        (FileKind.ROBOTS, 503, Found.UNREACHABLE),
        (FileKind.ROBOTS, 302, Found.UNREACHABLE),
        (FileKind.AI_TXT, 403, Found.ABSENT),
        (FileKind.RSL, 401, Found.REFUSED),
    ],
)
def test_a_status_says_what_became_of_looking(kind, status, found):
    assert answer(kind, "User-Agent: *\n", status).found is found


def test_an_unreachable_file_is_asked_for_ever_later_and_keeps_the_last_good_copy():
    good = robots("User-agent: *\nDisallow: /a\n")
    request = FileRequest(FileKind.ROBOTS, url_of("/robots.txt"), ORIGIN)
    waits, snapshot, now = [], good, NOW
    for _ in range(12):
        snapshot = read_file(request, None, "timeout", 0, now, snapshot)
        waits.append(snapshot.expires_at - now)
        now = snapshot.expires_at

    assert waits[:4] == [60, 120, 240, 480]
    assert max(waits) == 6 * 3_600
    assert failures_of(snapshot) == 12
    refused = decide(Evidence(URL, (snapshot,)), POLICY, now)
    other = decide(Evidence(url_of("/b"), (snapshot,)), POLICY, now)
    assert refused.reason == "robots.disallow"
    assert other.verdict.crawl is Value.DEFER


def test_a_host_out_of_reach_for_thirty_days_is_given_up():
    request = FileRequest(FileKind.ROBOTS, url_of("/robots.txt"), ORIGIN)
    first = read_file(request, None, "dns", 0, NOW)
    later = read_file(request, None, "dns", 0, NOW + 30 * DAY, first)

    decision = decide(Evidence(URL, (later,)), POLICY, NOW + 30 * DAY)

    assert decision.reason == "robots.given-up"
    assert decision.verdict.crawl is Value.DENY


@pytest.mark.parametrize(
    ("value", "wait"),
    [("120", 120), ("Sun, 22 Nov 2026 01:00:00 GMT", 3600), ("soon", 60), ("9" * 30, DAY)],
)
def test_retry_after_is_kept_within_a_day(value, wait):
    snapshot = answer(FileKind.ROBOTS, "", 503, (("retry-after", value),))

    assert snapshot.expires_at - NOW == wait


def test_not_modified_renews_the_copy_we_hold():
    good = robots("User-agent: *\nDisallow: /a\n")

    renewed = answer(FileKind.ROBOTS, "", 304, previous=good, now=NOW + DAY)

    assert renewed.found is Found.FOUND
    assert renewed.body == good.body
    assert renewed.expires_at == NOW + 2 * DAY


def test_a_file_out_of_reach_holds_its_pages_or_counts_as_absent_as_the_policy_says():
    site = (robots(""), answer(FileKind.AI_TXT, "", 503))

    assert decide(Evidence(URL, site), POLICY, NOW).reason == "policy.unreachable"
    assert decide(Evidence(URL, site), ConsentPolicy(unreachable="absent"), NOW)
