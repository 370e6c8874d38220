"""Every refusal of `shapes` is heard, and no control is refused."""

from __future__ import annotations

import pytest

from tests.core.consent.shapes import SHAPES, Shape, keeps


def _size(shape: Shape) -> int:
    files = sum(len(file.body) for file in shape.files.values())
    return files + len(shape.head) + len(shape.body) + len(shape.page)


# Of the small ones a fifth is enough to see that nothing broke; the slow run tries all.
_SAMPLE = [shape for shape in SHAPES if _size(shape) < 50_000][::5]


def test_there_are_shapes_of_both_kinds_and_no_name_stands_twice():
    names = [(shape.name, shape.refused) for shape in SHAPES]

    assert len(set(names)) == len(names)
    assert sum(shape.refused for shape in SHAPES) >= 400
    assert sum(not shape.refused for shape in SHAPES) >= 200


@pytest.mark.parametrize("shape", _SAMPLE, ids=[shape.name for shape in _SAMPLE])
def test_a_refusal_is_heard_and_a_control_is_kept(shape):
    assert keeps(shape) is not shape.refused


@pytest.mark.slow
def test_every_refusal_is_heard_and_every_control_is_kept():
    wrong = [(shape.name, shape.refused) for shape in SHAPES if keeps(shape) is shape.refused]

    assert wrong == []
