"""Draw the layers of `docs/architecture.md` from the import contracts in pyproject.toml.

`python docs/layers.py` writes the picture into the document; a test holds that it is current.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- layers: drawn by docs/layers.py -->\n```\n", "```\n<!-- /layers -->"
_WIDTH, _NAME = 100, 18
# They only start what stands below them.
_LEFT_OUT = {"__main__"}


def picture() -> str:
    """Return the layers of every container, the highest first, each module with what it holds."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return "\n".join(
        "\n".join(_container(container, contract["layers"]))
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
        for container in contract["containers"]
    )


def drawn() -> str:
    """Return the document with the picture as it should be."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    return before + BEGIN + picture() + END + rest.partition(END)[2]


def _container(name: str, layers: list[str]) -> Iterator[str]:
    line = "─" * (_WIDTH - len(name) - 4)
    yield f"┌─ {name} {line}"
    blocks = [list(_layer(name, layer)) for layer in layers]
    for number, block in enumerate(filter(None, blocks)):
        if number:
            yield "├" + "╌" * (_WIDTH - 1)
        yield from block
    yield "└" + "─" * (_WIDTH - 1)
    yield ""


def _layer(container: str, layer: str) -> Iterator[str]:
    for part in layer.split("|"):
        name = part.strip(" ()")
        said = _holds(f"{container}.{name}")
        if name in _LEFT_OUT or not said:
            continue
        first, *more = wrap(said, _WIDTH - _NAME - 2)
        yield f"│ {name:<{_NAME}}{first}"
        yield from (f"│ {'':<{_NAME}}{line}" for line in more)


def _holds(module: str) -> str:
    """Return the first line of a module's docstring, "" if there is no such module."""
    path = ROOT / module.replace(".", "/")
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if not file.exists():
        return ""
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or module
    return text.partition("\n")[0]


if __name__ == "__main__":
    DOCUMENT.write_text(drawn(), encoding="utf-8")
