"""Protocols as they were amended in 2026: the verdicts, tolerant and to the letter."""

# ruff: noqa: E501 - one case a line

from __future__ import annotations

import pytest

from tests.vectors import run

_ORIGIN = "https://ex.test"
_PAYMENT = 'Payment id="9", realm="ex.test", method="card", request="e30"'


def _rsl(terms: str, url: str = "/") -> str:
    return (
        f'<rsl xmlns="https://rslstandard.org/rsl"><content url="{url}">'
        f"<license>{terms}</license></content></rsl>"
    )


def _named(document: str) -> dict[str, object]:
    robots = f"User-agent: *\nAllow: /\nLicense: {_ORIGIN}/terms.xml\n"
    return {"robots": robots, "files": {"/terms.xml": document}}


_ALL = '<permits type="usage">all</permits>'
_TRAIN = '<permits type="usage">ai-train search</permits>'
_DUTY = '<reporting type="audit" profile="https://audits.test/v2"/>'
_DRAFT = "Spec-Version: 1.0\n"

# What is served, what training is by the tolerant reading, and what by the letter.
_TRAINING = [
    (_named(_rsl(_ALL + _DUTY)), "deny", "unset"),
    (_named(_rsl(f"{_TRAIN}{_DUTY}</license><license>{_TRAIN}")), "allow", "allow"),
    (_named(_rsl(_ALL + "<payment/>")), "allow", "allow"),
    (_named(_rsl(_ALL + "<payment><amount currency='EUR'>2</amount></payment>")), "conditional", "conditional"),
    (_named(_rsl(_ALL + "<payment><custom>https://ex.test/buy</custom></payment>")), "conditional", "conditional"),
    (_named(_rsl(_ALL + "<payment type='free'><custom>https://ex.test/x</custom></payment>")), "allow", "allow"),
    (_named(_rsl(_ALL, url="")), "deny", "unset"),
    ({"html": f'<article><script type="application/rsl+xml">{_rsl(_ALL, url="")}</script>x</article>'}, "unset", "unset"),
    ({"html": f'<script type="application/rsl+xml">{_rsl(_ALL, url="https://other.test/")}</script>'}, "unset", "unset"),
    ({"files": {"/.well-known/ai.txt": _DRAFT}}, "deny", "deny"),
    ({"files": {"/ai.txt": _DRAFT}}, "unset", "unset"),
    ({"files": {"/ai.txt": _DRAFT + "Training: no\n"}}, "deny", "unset"),
    ({"files": {"/.well-known/ai.txt": _DRAFT + "Training: conditional\n"}}, "conditional", "conditional"),
    ({"files": {"/.well-known/ai.txt": _DRAFT + "Training: deny\nTraining-Allow: /a\n"}}, "unset", "unset"),
    ({"files": {"/.well-known/ai.txt": _DRAFT + "Training: allow\nTraining-Deny: /a\nTraining-Allow: /\n"}}, "deny", "deny"),
    ({"files": {"/.well-known/ai.txt": _DRAFT + "Training: deny\nAgent: CorpusBot\n Training: allow\n"}}, "unset", "unset"),
    ({"files": {"/.well-known/ai.json": '{"specVersion": "1.0", "policies": {"training": {"deny": ["/a"]}}}'}}, "deny", "deny"),
    ({"robots": "User-agent: *\nAllow: /\nAI-Training: no\n"}, "deny", "unset"),
    ({"robots": "User-agent: SomeBot\nAI-Training: no\n"}, "unset", "unset"),
    ({"robots": "User-agent: gen-ai-training\nDisallow: /\n"}, "deny", "unset"),
    ({"robots": "User-agent: straining-bot\nDisallow: /\n"}, "unset", "unset"),
    ({"html": '<meta name="bingbot" content="noarchive">'}, "deny", "unset"),
    ({"headers": [["X-Robots-Tag", "DisallowAITraining"]]}, "deny", "unset"),
    ({"headers": [["X-AI-Training", "prohibited"]]}, "deny", "unset"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "tolerant", "literal"), _TRAINING)
def test_training_is_judged_by_the_protocol_as_amended(given, tolerant, literal):
    assert run({"in": given}).verdict.ai_train.label == tolerant
    assert run({"in": given}, spec=True).verdict.ai_train.label == literal


@pytest.mark.parametrize(
    ("given", "crawl"),
    [
        ({"status": 402, "headers": [["WWW-Authenticate", _PAYMENT]]}, "conditional"),
        ({"files": {"/.well-known/ai.txt": _DRAFT + "Scraping: deny\n"}}, "deny"),
        ({"files": {"/.well-known/ai.txt": _DRAFT + "Scraping: allow\n"}}, "allow"),
    ],
)
def test_access_is_judged_by_the_protocol_as_amended(given, crawl):
    assert run({"in": given}).verdict.crawl.label == crawl
