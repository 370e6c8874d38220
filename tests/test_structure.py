"""The house explains itself: wings name their modules, the drawn layers are the real ones."""

import ast
import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WINGS = sorted(
    path.parent.relative_to(ROOT).as_posix()
    for part in ("core/content", "corpus")
    for path in (ROOT / "crawler" / part).rglob("__init__.py")
) + [
    f"crawler/{part}"
    for part in (
        *("audit", "cli", "cluster", "core/consent", "display", "fetch", "frontier", "report"),
        "library",
        "serve",
        "store",
    )
]
# Their modules stand side by side, as commands do.
WITHOUT_LAYERS = {"crawler/cli"}
MOST_LINES = 400
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("docs/*.md"), *ROOT.glob("*.md")]
    if path.name != "CHANGELOG.md"  # it tells of what was
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


@pytest.mark.parametrize("name", DOCUMENTS)
def test_paths_and_functions_named_in_documents_are_there(name):
    text = (ROOT / name).read_text()
    for path in re.findall(r"[\w/]*/\w+\.py\b", text):
        roots = (ROOT, ROOT / "crawler", ROOT / "crawler/core")
        assert any((root / path).is_file() for root in roots), path
    for path, function in re.findall(r"`(crawler/[\w/]+\.py)`: `(\w+)`", text):
        assert re.search(
            rf"^ *(?:async )?def {function}\b", (ROOT / path).read_text(), re.MULTILINE
        ), path


def test_no_module_is_long():
    lengths = {
        path.relative_to(ROOT).as_posix(): path.read_text().count("\n")
        for path in ROOT.rglob("crawler/**/*.py")
    }

    assert {path: length for path, length in lengths.items() if length > MOST_LINES} == {}


def test_every_package_has_a_contract_that_places_its_modules():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    placed = {
        container.replace(".", "/")
        for contract in settings["contracts"]
        if contract["type"] == "layers" and contract["exhaustive"]
        for container in contract["containers"]
    }

    assert placed >= set(WINGS) - WITHOUT_LAYERS
