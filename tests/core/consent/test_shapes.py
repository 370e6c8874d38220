"""Every refusal of `shapes` is heard, and no control is refused."""

from __future__ import annotations

import pytest

from crawler.core.consent.reduced_evidence import reduced_page
from crawler.core.evidence import PageEvidence
from tests.core.consent.further_shapes import FURTHER
from tests.core.consent.shapes import SHAPES, Shape, decided, evidence_of, keeps

ALL = (*SHAPES, *FURTHER)


def _size(shape: Shape) -> int:
    files = sum(len(file.body) for file in shape.files.values())
    return files + len(shape.head) + len(shape.body) + len(shape.page)


# Of the small ones a fifth is enough to see that nothing broke; the slow run tries all.
_SAMPLE = [*[shape for shape in SHAPES if _size(shape) < 50_000][::5], *FURTHER]
# Those whose page speaks, where reading what is stored of it must say the same.
_PAGES = [
    shape
    for shape in _SAMPLE
    if shape.head or shape.page or shape.body != SHAPES[0].body or shape.headers
] + [shape for shape in SHAPES if "base" in shape.name]


def test_there_are_shapes_of_both_kinds_and_no_name_stands_twice():
    names = [(shape.name, shape.refused) for shape in ALL]

    assert len(set(names)) == len(names)
    assert sum(shape.refused for shape in SHAPES) >= 400
    assert sum(not shape.refused for shape in SHAPES) >= 200


@pytest.mark.parametrize("shape", _SAMPLE, ids=[shape.name for shape in _SAMPLE])
def test_a_refusal_is_heard_and_a_control_is_kept(shape):
    assert keeps(shape) is not shape.refused


@pytest.mark.slow
def test_every_refusal_is_heard_and_every_control_is_kept():
    wrong = [(shape.name, shape.refused) for shape in ALL if keeps(shape) is shape.refused]

    assert wrong == []


@pytest.mark.slow
def test_what_is_kept_of_the_evidence_decides_the_same():
    wrong = [
        shape.name
        for shape in ALL
        for evidence in [evidence_of(shape)]
        if _said(shape, evidence) != _said(shape, reduced_page(evidence))
    ]

    assert wrong == []


@pytest.mark.parametrize("shape", _PAGES, ids=[shape.name for shape in _PAGES])
def test_what_is_kept_of_some_evidence_decides_the_same(shape):
    evidence = evidence_of(shape)

    assert _said(shape, evidence) == _said(shape, reduced_page(evidence))


def _said(shape: Shape, evidence: PageEvidence) -> object:
    decision = decided(shape, evidence)
    return decision.verdict, decision.awaiting
