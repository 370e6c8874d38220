"""The project's own table of signals: what a publisher serves, and what it must mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.core.decision import Usage, Value
from tests import vectors

FILE = Path(__file__).with_name("vectors.json")
CASES = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_case_gets_the_verdict_that_honours_every_refusal(case):
    assert vectors.mismatches(case) == []


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_case_gets_the_verdict_of_the_defining_text(case):
    assert vectors.mismatches(case, spec=True) == []


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_honouring_is_never_more_permissive_than_the_letter(case):
    honoured = vectors.run(case).verdict
    literal = vectors.run(case, spec=True).verdict

    # To defer is to refuse for now, where the RFC would refuse outright.
    for usage in Usage:
        assert honoured[usage] >= min(literal[usage], Value.DEFER)


def test_the_runner_counts_written_reservations_by_class_and_language(tmp_path, capsys):
    refusal = {"crawl": "allow", "ai_train": "deny"}
    cases = [
        {"note": "en; positive/short; footer", "in": {"html": "<footer>No AI training"}},
        {"note": "de; positive/short; footer", "in": {"html": "<footer>Nichts davon"}},
        {"note": "de; negative/course", "in": {"html": "<footer>x"}, "expect": {"crawl": "allow"}},
    ]
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([{"expect": refusal, **case} for case in cases]), "utf-8")

    vectors.main([str(file)])

    shown = capsys.readouterr().out.splitlines()
    assert "recall, all: 1 of 2 (50.0%)" in shown
    assert "recall, language de: 0 of 1 (0.0%)" in shown
    assert "recall, positive/short: 1 of 2 (50.0%)" in shown
    assert "false refusals, all: 0 of 1 (0.0%)" in shown


def test_the_runner_counts_what_holds_and_names_what_does_not(tmp_path, capsys):
    wrong = {**CASES[0], "id": "wrong", "expect": {"crawl": "allow"}}
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([CASES[0], wrong]), encoding="utf-8")

    assert vectors.main([str(file)]) == 1

    shown = capsys.readouterr().out.splitlines()
    assert shown == ["wrong: crawl: deny, expected allow", "1 of 2"]
