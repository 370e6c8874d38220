"""Content Credentials: what C2PA 1.x and CAWG 1.1 assert of training and data mining.

Their signatures are not checked: so a refusal counts, whoever wrote it, and nothing is granted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crawler.core import lenient_json
from crawler.core.consent.protocol import (
    AI_TDM_DENY,
    Case,
    Protocol,
    Reading,
    Says,
    WayOut,
    join,
    reading_of,
    signal,
)
from crawler.core.decision import Signal, Usage, Value

_USAGES: Final = {
    "data_mining": Usage.TDM,
    "ai_inference": Usage.AI_INPUT,
    "ai_training": Usage.AI_TRAIN,
    "ai_generative_training": Usage.AI_TRAIN,
}
_ALLOWED: Final = "allowed"
_DEEPEST: Final = 6


def read(case: Case) -> Reading:
    """Resolve every assertion of every manifest in the store: the strictest counts."""
    return reading_of(list(_signals(case)))


def _signals(case: Case) -> Iterator[Signal]:
    for item in case.elements.get("asset", ()):
        if item.place != "c2pa":
            continue
        entries = list(_entries(item.text))
        if not entries:
            says: Says = {} if case.spec else AI_TDM_DENY
            yield signal("c2pa.unreadable", item.name, item.text, says)
        for name, use in entries:
            says = _says(name, use)
            yield signal("c2pa.training-mining", item.name, f"{name}: {use}", says)


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Yield name and use of each entry; early texts have no level of `entries`."""
    for value in lenient_json.read(text).values:
        yield from _in_object(value, 0)


def _in_object(value: object, depth: int) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict) or depth > _DEEPEST:
        return
    for name, entry in value.items():
        if isinstance(entry, dict) and "use" in entry:
            yield str(name), str(entry["use"])
        elif isinstance(entry, dict):
            yield from _in_object(entry, depth + 1)
        elif str(name).rpartition(".")[2] in _USAGES:
            yield str(name), str(entry)


def _says(name: str, use: str) -> Says:
    """Return what an entry says: only "allowed" refuses nothing ("constrained" means not allowed).

    CAWG Training and Data Mining Assertion 1.1, section 2.
    """
    if use.strip().lower() == _ALLOWED:
        return {}
    usage = _USAGES.get(name.strip().lower().rpartition(".")[2].replace("-", "_"))
    return {usage: Value.DENY} if usage is not None else join(AI_TDM_DENY)


PROTOCOL: Protocol = Protocol(
    name="c2pa",
    read=read,
    places=("document",),
    rules={
        "c2pa.training-mining": "A C2PA or CAWG assertion in the document speaks of this use.",
        "c2pa.unreadable": "An assertion about training and mining is there and cannot be read.",
    },
    ways=(
        WayOut(
            "Content Credentials (C2PA, CAWG)",
            '"cawg.training-mining": {"entries": {"cawg.ai_training": {"use": "notAllowed"}}}',
            "In the manifest of a document: its text is not kept.",
        ),
    ),
    where="assertions `cawg.training-mining` and `c2pa.training-mining` in a document's manifest"
    " store",
    refuses="`notAllowed`, `constrained` and whatever is not `allowed`: by its name `tdm`,"
    " `ai_train` or `ai_input`; one that cannot be read: all three",
)
