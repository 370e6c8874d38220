"""SECURITY.md names the test of each promise, and every test it names is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = [
    line.strip("| \n").split(" | ")
    for line in (ROOT / "SECURITY.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| promise")
]
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def functions_of(path: Path) -> set[str]:
    body = ast.parse(path.read_text("utf-8")).body
    return {
        item.name
        for item in body
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
        and item.name.startswith("test_")
    }


def test_there_are_promises():
    assert len(ROWS) > 25


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:60] for row in ROWS])
def test_each_promise_names_tests_that_exist(row):
    named = _NAMED.findall(row[-1])

    assert len(row) == 3
    assert named
    # Nothing else stands there that could look like the name of a test.
    assert _NAMED.sub("", row[-1]).strip(", ") == ""
    for file, name in named:
        assert name in functions_of(ROOT / file), f"{file}::{name}"
