"""A file out of reach goes on refusing what its last good copy refused, and grants nothing."""

import pytest

from crawler.core.consent import decide, next_file, unasked
from crawler.core.consent.protocols import literal_readings
from crawler.core.decision import Found, Usage, Value
from crawler.core.evidence import Evidence, FileKind
from crawler.core.policy import ConsentPolicy, Readings
from tests.core.consent.makers import NOW, ORIGIN, PATHS, URL, answer, page, robots

RSL = (
    '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>'
    '<{0} type="usage">all</{0}></license></content></rsl>'
)
ABSENT = ConsentPolicy(unreachable="absent")
SEARCH = ConsentPolicy(unreachable="absent", purpose=(Usage.INDEX,))
CASES = [
    (FileKind.TDMREP, '[{"location": "/", "tdm-reservation": 1}]', ABSENT, "tdmrep.file"),
    (FileKind.TDMREP, '[{"location": "/", "tdm-reservation": 0}]', ABSENT, ""),
    (FileKind.AI_TXT, "User-agent: *\nDisallow: /\n", ABSENT, "ai_txt.refused"),
    (FileKind.TRUST_TXT, "datatrainingallowed=no\n", ABSENT, "trust_txt.no"),
    (FileKind.TRUST_TXT, "datatrainingallowed=yes\n", ABSENT, ""),
    (FileKind.RSL, RSL.format("prohibits"), SEARCH, "rsl.unobtainable"),
    (FileKind.RSL, RSL.format("permits"), ABSENT, "rsl.unobtainable"),
    (FileKind.RSL, RSL.format("permits"), SEARCH, ""),
]


def silent(kind, body):
    """Return a file that answered once and is out of reach now."""
    good = answer(kind, body)
    assert good.found is Found.FOUND
    return answer(kind, status=503, previous=good)


@pytest.mark.parametrize(("kind", "body", "policy", "reason"), CASES)
def test_it_may_refuse_and_never_permits(kind, body, policy, reason):
    named = f"License: {ORIGIN}{PATHS[FileKind.RSL]}\n" if kind is FileKind.RSL else ""
    site = (robots(f"{named}User-agent: *\nAllow: /\n"), silent(kind, body))

    found = decide(Evidence(URL, site, page()), policy, NOW)

    assert (found.included, found.reason) == ((False, reason) if reason else (True, "ok"))
    assert all(found.verdict[usage] is not Value.ALLOW for usage in Usage if usage != "crawl")


def test_the_letter_of_the_law_knows_no_last_copy():
    policy = ConsentPolicy(unreachable="absent", readings=literal_readings())
    site = (robots(""), silent(FileKind.AI_TXT, "User-agent: *\nDisallow: /\n"))

    assert decide(Evidence(URL, site, page()), policy, NOW)


@pytest.mark.parametrize(
    ("robots_says", "probes", "known", "wanted"),
    [
        ("", ("ai.txt",), (), "/ai.txt"),
        ("", (), (), ""),
        ("User-agent: *\nDisallow: /ai.txt\n", ("ai.txt",), (), "/.well-known/ai.json"),
        ("User-agent: *\nDisallow: /\n", ("ai.txt",), (), ""),
        ("", ("ai.txt",), (FileKind.AI_TXT,), ""),
        ("", ("tdmrep", "ai.txt"), (FileKind.TDMREP,), "/ai.txt"),
    ],
)
def test_a_file_is_owed_that_the_policy_seeks_and_nobody_asked_for(
    robots_says, probes, known, wanted
):
    # Of any age: what was asked for long ago was asked for.
    site = (robots(robots_says), *(answer(kind, status=404, now=NOW - 1e7) for kind in known))

    found = unasked(URL, site, ConsentPolicy(probes=probes), 0)

    assert (found.url.text if found else "") == (f"{ORIGIN}{wanted}" if wanted else "")


def test_a_document_that_only_pages_name_is_asked_for_again_when_its_time_is_over():
    document = answer(FileKind.RSL, RSL.format("permits"))
    policy = ConsentPolicy(probes=())
    later = document.expires_at

    def wanted(now, policy=policy, rules=""):
        site = (answer(FileKind.ROBOTS, rules, now=now), document)
        request = next_file(URL, site, policy, now)
        return request.url.text if request else ""

    assert wanted(later - 1) == ""
    assert wanted(later) == f"{ORIGIN}{PATHS[FileKind.RSL]}"
    assert wanted(later, rules="User-agent: *\nDisallow: /l.xml\n") == ""
    assert (
        wanted(
            later, ConsentPolicy(probes=(), readings=Readings.model_validate({"rsl": "log-only"}))
        )
        == ""
    )
