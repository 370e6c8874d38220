"""What must hold of any evidence, not only of the cases somebody thought of."""

from __future__ import annotations

import base64
import dataclasses
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.consent import decide, next_file, robots_hints
from crawler.core.consent.protocols import literal_readings
from crawler.core.decision import Decision, Found, Usage, Value
from crawler.core.evidence import (
    Carrier,
    Evidence,
    FileKind,
    LicenceClaim,
    PageEvidence,
    Snapshot,
)
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import parse
from tests.core.consent.makers import (
    BYTES,
    HEADER_NAMES,
    META_NAMES,
    NOW,
    TEXT,
    answer,
    any_evidence,
    evidence,
    robots,
)

HONOUR = ConsentPolicy()
LITERAL = ConsentPolicy(readings=literal_readings())
CC0 = LicenceClaim("CC0-1.0", "CC0-1.0", "PD", "https://x.test", "jsonld", "page", 0.95)

# One refusal each, as it is written where it may stand.
HEADER_REFUSALS = [
    ("x-robots-tag", "noai"),
    ("x-robots-tag", "noml"),
    ("x-robots-tag", "noindex"),
    ("content-usage", "train-ai=n"),
    ("content-usage", "Train-AI=N"),
    ("content-usage", "bots=n"),
    ("content-signal", "ai-train=no"),
    ("tdm-reservation", "1"),
    ("ai-license", "deny"),
    ("cf-mitigated", "challenge"),
]
META_REFUSALS = [
    ("robots", "noai"),
    ("robots", "noarchive"),
    ("corpusbot", "none"),
    ("gptbot", "noindex"),
    ("tdm-reservation", "1"),
    ("content-usage", "train-ai=n"),
    ("content-signal", "ai-train=no"),
    ("ai-training", "prohibited"),
    ("copyright", "AI training is prohibited."),
]
ROBOTS_REFUSALS = [
    "Disallow: /",
    "Disallow: /a",
    "Content-Usage: train-ai=n",
    "Content-Signal: ai-train=no",
    "DisallowAITraining: /",
    "Prohibits: ai-training",
]


@given(any_evidence())
def test_no_evidence_whatever_raises(case):
    for policy in (HONOUR, LITERAL):
        decision = decide(case, policy, NOW)

        assert decision.reason
        json.dumps([signal.raw for signal in decision.signals]).encode("utf-8")


@given(any_evidence(), st.sampled_from([200, 401, 404, 429, 503]), st.floats(0, 1e9))
def test_what_gate_one_lets_through_it_lets_through_later(case, status, later):
    robots_txt = case.site[0]
    if status != robots_txt.status:
        robots_txt = answer(FileKind.ROBOTS, robots_txt.body, status, previous=robots_txt)
    case = dataclasses.replace(case, site=(robots_txt, *case.site[1:]), page=None)
    for policy in (HONOUR, LITERAL):
        first, second = decide(case, policy, NOW), decide(case, policy, NOW + later)

        assert bool(second) or not bool(first)


@given(BYTES)
def test_no_robots_txt_raises_in_hints_or_next_file(body):
    snapshot = robots(body)

    hints = robots_hints(snapshot, HONOUR)

    assert hints.delay >= 0
    next_file(evidence().url, (snapshot,), HONOUR, NOW)


@given(any_evidence(), st.sampled_from(HEADER_REFUSALS))
def test_one_more_refusing_header_never_makes_a_verdict_more_permissive(case, refusal):
    if case.page is None or (refusal[0] == "tdm-reservation" and not _silent_of_tdm(case)):
        return
    page = dataclasses.replace(case.page, headers=(*case.page.headers, refusal))

    _never_looser(case, dataclasses.replace(case, page=page))


@given(any_evidence(), st.sampled_from(META_REFUSALS), st.booleans())
def test_one_more_refusing_meta_never_makes_a_verdict_more_permissive(case, refusal, first):
    if case.page is None:
        return
    extra = Carrier("meta", *refusal, place="name")
    carriers = (extra, *case.page.carriers) if first else (*case.page.carriers, extra)

    page = dataclasses.replace(case.page, carriers=carriers)

    _never_looser(case, dataclasses.replace(case, page=page))


@given(
    st.lists(
        st.sampled_from(
            [
                "Allow: /",
                "Disallow: /b",
                "Content-Usage: train-ai=y",
                "Content-Usage: search=y",
                "Content-Signal: ai-train=yes, search=yes",
                "Crawl-delay: 3",
                "Sitemap: https://ex.test/s.xml",
                "# a comment",
                *ROBOTS_REFUSALS,
            ]
        ),
        max_size=6,
    ),
    st.sampled_from([item for item in ROBOTS_REFUSALS if item != "Disallow: /"]),
    st.integers(0, 6),
)
def test_one_more_refusing_line_in_our_group_never_makes_a_verdict_more_permissive(
    lines, refusal, at
):
    # "Disallow: /" beside "Allow: /" is a tie, which the RFC gives to Allow: no refusal then.
    before = "\n".join(("User-agent: *", *lines))
    after = "\n".join(("User-agent: *", *lines[:at], refusal, *lines[at:]))

    _never_looser(evidence(before), evidence(after))


@given(TEXT, HEADER_NAMES)
def test_what_no_specification_reads_never_grants(text, name):
    granted = decide(evidence("User-agent: *\nAllow: /\n", (name, text)), HONOUR, NOW)
    literal = decide(evidence("User-agent: *\nAllow: /\n", (name, text)), LITERAL, NOW)

    for usage in Usage:
        if granted.verdict[usage] is Value.ALLOW and literal.verdict[usage] is not Value.ALLOW:
            assert usage is Usage.CRAWL


@given(TEXT, META_NAMES, st.sampled_from(["property", "http-equiv"]))
def test_a_meta_where_none_is_defined_never_grants(text, name, place):
    carrier = Carrier("meta", name, text, place)

    verdict = decide(evidence(carriers=(carrier,)), HONOUR, NOW).verdict

    assert all(verdict[usage] is not Value.ALLOW for usage in Usage if usage is not Usage.CRAWL)


@given(any_evidence(), st.integers(0, 10_000))
def test_the_order_of_headers_and_metas_does_not_matter(case, seed):
    if case.page is None:
        return
    numbers = random.Random(seed)
    headers = [item for item in case.page.headers if item[0] != "content-usage"]
    shuffled = numbers.sample(headers, len(headers))
    carriers = numbers.sample(case.page.carriers, len(case.page.carriers))
    one = dataclasses.replace(case.page, headers=tuple(headers))
    other = dataclasses.replace(one, headers=tuple(shuffled), carriers=tuple(carriers))

    first = decide(dataclasses.replace(case, page=one), HONOUR, NOW)
    second = decide(dataclasses.replace(case, page=other), HONOUR, NOW)

    assert first.verdict == second.verdict


REFUSED = [
    evidence("User-agent: *\nDisallow: /\n"),
    evidence("User-agent: *\nAllow: /\nContent-Usage: train-ai=n\n"),
    evidence("User-agent: *\nAllow: /\nContent-Signal: ai-train=no\n"),
    evidence("User-agent: GPTBot\nDisallow: /\n"),
    evidence("User-agent: *\nAllow: /\n", ("x-robots-tag", "noai")),
    evidence("User-agent: *\nAllow: /\n", ("tdm-reservation", "1")),
    evidence(carriers=(Carrier("prose", "footer", "AI training is prohibited.", "footer"),)),
    evidence(files=(answer(FileKind.AI_TXT, "User-Agent: *\nDisallow: /\n"),)),
    evidence(files=(answer(FileKind.TRUST_TXT, "datatrainingallowed=no\n"),)),
    evidence(carriers=(Carrier("meta", "ai-training", "no", "name"),)),
]
GRANTS = {
    "aip": ("content-usage", "train-ai=y"),
    "lic": None,
    "fil": FileKind.TRUST_TXT,
}


@pytest.mark.parametrize("refused", REFUSED)
@pytest.mark.parametrize("grant", list(GRANTS))
def test_a_grant_never_lifts_a_refusal_of_another_protocol(refused, grant):
    before = decide(refused, HONOUR, NOW)
    page, site = refused.page, refused.site
    carrier = GRANTS[grant]
    if carrier is None:
        page = dataclasses.replace(page, licences=(CC0,))
    elif isinstance(carrier, FileKind):
        site = (*site, answer(carrier, "datatrainingallowed=yes\n"))
    else:
        page = dataclasses.replace(page, headers=(*page.headers, carrier))

    after = decide(Evidence(refused.url, site, page), HONOUR, NOW)

    assert not before
    assert not after
    assert after.verdict.ai_train is Value.DENY


def test_the_one_exception_is_a_named_grant_against_an_inference():
    inferred = "User-agent: GPTBot\nDisallow: /\n\nUser-agent: CorpusBot\nAllow: /\n"
    named = evidence(inferred + "Content-Usage: train-ai=y\n")

    assert decide(named, HONOUR, NOW).verdict.ai_train is Value.ALLOW
    assert decide(evidence(inferred), HONOUR, NOW).verdict.ai_train is Value.DENY


@given(any_evidence())
def test_a_decision_is_the_same_when_made_again_from_stored_evidence(case):
    stored = json.loads(json.dumps(_plain(case)))

    again = decide(_evidence_of(stored), HONOUR, NOW)

    assert again == decide(case, HONOUR, NOW)


@given(any_evidence())
def test_what_is_refused_before_the_request_stays_refused_after_it(case):
    # Save where a header or meta of TDMRep replaces its file, by that protocol's own precedence.
    if case.of(FileKind.TDMREP) is not None:
        return
    if not decide(dataclasses.replace(case, page=None), HONOUR, NOW):
        assert not decide(case, HONOUR, NOW)


def _silent_of_tdm(case: Evidence) -> bool:
    return all(item.name != "tdm-reservation" for item in case.page.carriers) if case.page else True


def _never_looser(before: Evidence, after: Evidence) -> None:
    first: Decision = decide(before, HONOUR, NOW)
    second: Decision = decide(after, HONOUR, NOW)
    for usage in Usage:
        old, new = first.verdict[usage], second.verdict[usage]
        assert new >= old or old is Value.ALLOW, (usage, old, new)
    assert not second or first


def _plain(case: Evidence) -> dict:
    site = []
    for item in case.site:
        entry = {field.name: getattr(item, field.name) for field in dataclasses.fields(item)}
        entry["body"] = base64.b64encode(item.body).decode()
        site.append(entry)
    page = dataclasses.asdict(case.page) if case.page else None
    return {"url": case.url.text, "site": site, "page": page}


def _evidence_of(data: dict) -> Evidence:
    site = tuple(
        Snapshot(
            **{
                **item,
                "kind": FileKind(item["kind"]),
                "found": Found(item["found"]),
                "body": base64.b64decode(item["body"]),
                "headers": tuple(map(tuple, item["headers"])),
            }
        )
        for item in data["site"]
    )
    page = data["page"]
    if page:
        page = PageEvidence(
            **{
                **page,
                "headers": tuple(map(tuple, page["headers"])),
                "carriers": tuple(Carrier(**item) for item in page["carriers"]),
                "licences": tuple(LicenceClaim(**item) for item in page["licences"]),
            }
        )
    return Evidence(parse(data["url"]), site, page)


@pytest.mark.parametrize("name", ["Content-Usage", "Content-Signal"])
def test_thousands_of_equal_lines_leave_few_signals_and_the_refusal_among_them(name):
    repeated = "".join(f"{name}: /* search=n{number}, ai-train=maybe\n" for number in range(2_000))
    text = f"User-agent: *\nAllow: /\n{repeated}{name}: train-ai=n\n"
    decision = decide(evidence(text), HONOUR, NOW)
    assert decision.verdict.ai_train is Value.DENY
    assert len(decision.signals) < 100
