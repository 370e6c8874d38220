"""The house explains itself: wings name their modules, the drawn layers are the real ones."""

import ast
import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WINGS = sorted(
    path.parent.relative_to(ROOT).as_posix()
    for part in ("core/content", "corpus")
    for path in (ROOT / "crawler" / part).rglob("__init__.py")
)


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_names_its_modules_in_reading_order(wing):
    folder = ROOT / wing
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text()))
    there = {path.stem for path in folder.glob("*.py")} | {
        path.parent.name for path in folder.glob("*/__init__.py")
    }

    assert set(re.findall(r"`(\w+)`", said)) == there - {"__init__"}


@pytest.mark.parametrize("name", ["architecture.md", "signals.md"])
def test_what_documents_repeat_from_the_code_is_what_the_code_says(name):
    spec = importlib.util.spec_from_file_location("draw", ROOT / "docs" / "draw.py")
    draw = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(draw)

    assert (ROOT / "docs" / name).read_text() == draw.drawn(name)
