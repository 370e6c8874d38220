"""Write what documents repeat from the code: the layers, and the table of protocols.

`python docs/draw.py` writes each into its document; a test holds that they are current.
"""

from __future__ import annotations

import ast
import inspect
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import wrap

from crawler.config import PRESETS, load
from crawler.core.consent.protocol import Protocol
from crawler.core.consent.protocols import PROTOCOLS, probes, rules
from crawler.core.consent.terms import MOST

ROOT = Path(__file__).parents[1]
_WIDTH, _NAME = 100, 18
# They only start what stands below them.
_LEFT_OUT = {"__main__"}
# The outer layers. Those within a wing are for the linter: its `__init__` names its modules.
_SHOWN = {"crawler", "crawler.core", "crawler.core.content", "crawler.corpus"}


def layers() -> str:
    """Return the outer layers, the highest first, each module with what it holds."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return "\n".join(
        "\n".join(_container(container, contract["layers"]))
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
        for container in contract["containers"]
        if container in _SHOWN
    )


def protocols() -> str:
    """Return a row for each protocol, the strongest evidence first."""
    rows = [
        f"| {_title(item)} (`{item.name}`) | {item.where} | {item.refuses} | {item.grants} |"
        f" {' '.join(f'`{code}`' for code in item.rules)} |\n"
        for item in PROTOCOLS
    ]
    head = (
        "| Protocol (policy key) | Where | Refuses | Grants | Rule codes |\n|---|---|---|---|---|\n"
    )
    return head + "".join(rows)


def sentences() -> str:
    """Return a row for each rule code: what it says."""
    rows = [f"| `{code}` | {said} |\n" for code, said in rules().items()]
    return "| Code | What it says |\n|---|---|\n" + "".join(rows)


def requests() -> str:
    """Return a row for each preset: what a host is asked for that is no page."""
    rows = []
    for name in PRESETS:
        policy = load(name).consent_policy()
        before, after = policy.probes.before, policy.probes.after
        first = 1 + sum(len(probes()[probe]) for probe in before)
        rare = sum(len(probes()[probe]) for probe in after)
        late = f"{rare} once it gave {policy.probes.after_pages} pages" if rare else "none"
        terms = "none" if policy.terms == "off" else f"{MOST} a site, if linked"
        rows.append(f"| `{name}` | {first} | {late} | {terms} |\n")
    head = (
        "| Preset | Before the first page, with robots.txt | Rare files | Terms |\n"
        "|---|---|---|---|\n"
    )
    return head + "".join(rows)


# What is written where: document, mark, text.
DRAWN: tuple[tuple[str, str, Callable[[], str]], ...] = (
    ("architecture.md", "layers", lambda: f"```\n{layers()}```\n"),
    ("signals.md", "protocols", protocols),
    ("signals.md", "requests", requests),
    ("signals.md", "sentences", sentences),
)


def drawn(name: str) -> str:
    """Return the document of that name with everything in it as it should be."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for document, mark, write in DRAWN:
        if document == name:
            begin, end = f"<!-- {mark}: written by docs/draw.py -->\n", f"<!-- /{mark} -->"
            before, _, rest = text.partition(begin)
            text = before + begin + write() + end + rest.partition(end)[2]
    return text


def _title(protocol: Protocol) -> str:
    """Return the first words of the module's docstring."""
    module = ast.parse(Path(inspect.getfile(protocol.read)).read_text(encoding="utf-8"))
    return (ast.get_docstring(module) or protocol.name).partition(":")[0].partition(" (")[0]


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
    for path in sorted({ROOT / "docs" / document for document, *_ in DRAWN}):
        path.write_text(drawn(path.name), encoding="utf-8")
