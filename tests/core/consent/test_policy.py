"""What a policy makes of a verdict: readings, lists, silence, licences, purposes."""

from __future__ import annotations

import dataclasses

import pytest
from pydantic import ValidationError

from crawler.core.consent import decide
from crawler.core.consent.agent_list import BUILT_IN, parse_agents
from crawler.core.consent.protocols import literal_readings
from crawler.core.decision import Found, Usage, Value
from crawler.core.evidence import Carrier, Evidence, FileKind, LicenceClaim, PageEvidence
from crawler.core.policy import AgentToken, ConsentPolicy, Grant, Never, Readings
from tests.core.consent.makers import NOW, URL, answer, evidence, page, robots, url_of

POLICY = ConsentPolicy()
NOAI = evidence("User-agent: *\nAllow: /\n", ("x-robots-tag", "noai"))
GPTBOT = "User-agent: GPTBot\nDisallow: /\n"


def licensed(kind: str = "ATTR", confidence: float = 0.95, spdx: str = "CC-BY-4.0") -> Evidence:
    claim = LicenceClaim(spdx, spdx, kind, "https://x.test", "link", "page", confidence)
    return dataclasses.replace(evidence(), page=dataclasses.replace(page(), licences=(claim,)))


def test_a_protocol_that_is_only_logged_is_shown_and_decides_nothing():
    decision = decide(NOAI, ConsentPolicy(readings=Readings(robots_meta="log-only")), NOW)

    assert decision
    assert [
        (item.rule, item.counts) for item in decision.signals if item.protocol == "robots_meta"
    ] == [("robots_meta.noai", False)]


def test_robots_access_cannot_be_read_loosely_by_an_operator():
    for value in ("spec", "log-only"):
        with pytest.raises(ValidationError):
            ConsentPolicy.model_validate({"readings": {"robots": value}})
    assert literal_readings().robots == "spec"


def test_a_domain_on_the_never_list_is_refused_with_its_source():
    never = Never(domain="ex.test", source="letter of 2026-01-02", date="2026-01-02")

    decision = decide(evidence(), ConsentPolicy(never=(never,)), NOW)

    assert decision.reason == "policy.never"
    assert "letter" in decision.deciding.raw
    assert decide(
        Evidence(url_of("https://notex.test/a"), (robots(""),)), ConsentPolicy(never=(never,)), NOW
    )


def test_a_grant_fills_silence_and_lifts_only_what_it_names():
    grant = Grant(domain="ex.test", source="contract 7", date="2026-01-02")
    named = grant.model_copy(update={"overrides": ("robots_meta", "robots", "http")})
    disallowed = evidence("User-agent: *\nDisallow: /\n")

    assert decide(evidence(), ConsentPolicy(grants=(grant,)), NOW).verdict.ai_train is Value.ALLOW
    assert not decide(NOAI, ConsentPolicy(grants=(grant,)), NOW)
    assert decide(NOAI, ConsentPolicy(grants=(named,)), NOW)
    assert not decide(disallowed, ConsentPolicy(grants=(named,)), NOW)


def test_where_silence_is_not_enough_it_is_judged_only_after_the_document_is_read():
    strict = ConsentPolicy(unset="exclude")
    silent = evidence()

    assert decide(dataclasses.replace(silent, page=None), strict, NOW)
    assert decide(dataclasses.replace(silent, page=PageEvidence(200)), strict, NOW)
    assert decide(silent, strict, NOW).reason == "policy.unset"
    assert decide(licensed(), strict, NOW)


@pytest.mark.parametrize(
    ("kind", "unset", "wanted", "value"),
    [
        ("ATTR", "include", (), Value.ALLOW),
        ("NC", "include", (), Value.UNSET),
        ("NC", "exclude", (), Value.CONDITIONAL),
        ("NC", "exclude", ("NC",), Value.ALLOW),
        ("ARR", "exclude", (), Value.UNSET),
    ],
)
def test_a_licence_upgrades_silence_by_its_class(kind, unset, wanted, value):
    policy = ConsentPolicy(unset=unset, licences=wanted)

    assert decide(licensed(kind), policy, NOW).verdict.ai_train is value


def test_doubt_and_disagreement_leave_a_licence_unbelieved():
    doubtful = licensed(confidence=0.6)
    first, second = licensed().page.licences, licensed("PD", spdx="CC0-1.0").page.licences
    both = dataclasses.replace(
        evidence(), page=dataclasses.replace(page(), licences=first + second)
    )

    for case in (doubtful, both):
        assert decide(case, POLICY, NOW).verdict.ai_train is Value.UNSET
    assert decide(doubtful, ConsentPolicy(licences=("PD", "ATTR")), NOW).reason == "licence.class"
    assert decide(licensed(), ConsentPolicy(licences=("PD", "ATTR")), NOW)


def test_the_purpose_decides_which_refusals_exclude():
    search = ConsentPolicy(purpose=(Usage.INDEX,))

    assert decide(NOAI, search, NOW)
    assert not decide(
        evidence("User-agent: *\nAllow: /\n", ("x-robots-tag", "noindex")), search, NOW
    )


def test_a_condition_that_is_met_allows():
    terms = (
        '<rsl xmlns="https://rslstandard.org/rsl"><content url="/">'
        "<license>{}</license></content></rsl>"
    )
    licence = answer(FileKind.RSL, terms.format('<payment type="attribution"/>'))
    case = evidence("User-agent: *\nAllow: /\nLicense: https://ex.test/l.xml\n", files=(licence,))

    assert decide(case, POLICY, NOW).verdict.ai_train is Value.CONDITIONAL
    assert (
        decide(case, ConsentPolicy(satisfied=("attribution",)), NOW).verdict.ai_train is Value.ALLOW
    )
    assert decide(case, ConsentPolicy(conditional="include"), NOW)


def test_a_document_the_page_names_is_awaited_until_it_is_known():
    link = Carrier("link", "license", "/l.xml", "head", "application/rsl+xml")

    waiting = decide(evidence(carriers=(link,)), POLICY, NOW)
    lost = decide(evidence(carriers=(link,), files=(answer(FileKind.RSL, "", 404),)), POLICY, NOW)

    assert waiting
    assert waiting.awaiting == ("https://ex.test/l.xml",)
    assert lost.reason == "rsl.unobtainable"
    assert lost.awaiting == ()


@pytest.mark.parametrize(("how", "refused"), [("any", True), ("majority", False), ("off", False)])
def test_refused_agents_count_as_the_policy_says(how, refused):
    text = GPTBOT + "\nUser-agent: CCBot\nUser-agent: ClaudeBot\nDisallow: /other\n"

    assert bool(decide(evidence(text), ConsentPolicy(agents=how), NOW)) is not refused


def test_brokers_can_be_left_out_and_the_list_can_be_changed():
    broker = evidence("User-agent: Diffbot\nDisallow: /\n")
    changed = (
        AgentToken.model_validate({"token": "GPTBot", "kind": "search"}),
        AgentToken.model_validate({"token": "NewBot", "kind": "training", "refuses": ["ai_train"]}),
    )

    assert not decide(broker, POLICY, NOW)
    assert decide(broker, ConsentPolicy(proxy_tier2=False), NOW)
    assert decide(evidence(GPTBOT), ConsentPolicy(agent_tokens=changed), NOW)
    assert not decide(
        evidence("User-agent: newbot\nDisallow: /\n"), ConsentPolicy(agent_tokens=changed), NOW
    )


def test_a_list_of_agents_is_read_from_toml_or_json_and_checked():
    toml = 'agents = [{token = "X", kind = "training", refuses = ["ai_train"]}]'

    assert parse_agents(toml) == parse_agents(
        '[{"token": "X", "kind": "training", "refuses": ["ai_train"]}]'
    )
    assert len(BUILT_IN) >= 166
    for wrong in ("agents = 3", "x = 1", '[{"token": "X"}]', "{"):
        with pytest.raises(ValueError):  # noqa: PT011 - pydantic's and tomllib's alike
            parse_agents(wrong)


def test_every_place_is_accounted_for_whether_or_not_anything_was_there():
    decision = decide(NOAI, POLICY, NOW)
    found = {(item.protocol, item.place): item.found for item in decision.sought}

    assert found["robots_meta", "headers"] is Found.FOUND
    assert found["aipref", "headers"] is Found.ABSENT
    assert found["tdmrep", "tdmrep.json"] is Found.NOT_SOUGHT
    assert found["robots", "https://ex.test/robots.txt"] is Found.FOUND
    before = decide(Evidence(URL, (robots(""),)), POLICY, NOW)
    assert {item.found for item in before.sought if item.place == "document"} == {Found.NOT_SOUGHT}


def test_without_robots_txt_nothing_is_permitted():
    assert decide(Evidence(URL), POLICY, NOW).reason == "robots.not-sought"


def test_nofollow_is_told_apart_from_refusal():
    decision = decide(
        evidence("User-agent: *\nAllow: /\n", ("x-robots-tag", "nofollow")), POLICY, NOW
    )

    assert decision
    assert decision.nofollow
