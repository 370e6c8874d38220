"""PLUS Data Mining: what an asset's XMP says of mining and training (IPTC Photo Metadata 2023.1).

`plus:DataMining` holds one address of the PLUS vocabulary. What nobody has defined there is read
as "see the constraint": it says something, and no permission.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crawler.core.consent.protocol import (
    AI_TDM_DENY,
    TRAIN_DENY,
    Case,
    Protocol,
    Reading,
    Says,
    WayOut,
    reading_of,
    signal,
)
from crawler.core.decision import Signal, Usage, Value

_NAME: Final = "plus:datamining"
_VOCABULARY: Final = "http://ns.useplus.org/ldf/vocab/"
_OPEN: Final[Says] = {Usage.AI_TRAIN: Value.ALLOW, Usage.TDM: Value.ALLOW}
_VALUES: Final[dict[str, Says]] = {
    "DMI-UNSPECIFIED": {},
    "DMI-ALLOWED": _OPEN,
    "DMI-PROHIBITED": AI_TDM_DENY,
    "DMI-PROHIBITED-AIMLTRAINING": TRAIN_DENY,
    "DMI-PROHIBITED-GENAIMLTRAINING": TRAIN_DENY,
    "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING": AI_TDM_DENY,
    "DMI-PROHIBITED-SEECONSTRAINT": AI_TDM_DENY,
    "DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR": AI_TDM_DENY,
    "DMI-PROHIBITED-SEELINKEDRIGHTSEXPR": AI_TDM_DENY,
}
_SILENT: Final = ("UNSPECIFIED", "ALLOWED")  # labels in place of an address: they grant nothing


def read(case: Case) -> Reading:
    """Resolve what the asset's XMP says; of several values the strictest counts by the join."""
    return reading_of(list(_signals(case)))


def _signals(case: Case) -> Iterator[Signal]:
    for item in case.elements.get("asset", ()):
        if item.name.rpartition(":")[2].replace(" ", "") != "datamining":
            continue
        value = item.text.strip()
        exact = value.removeprefix(_VOCABULARY)
        defined = item.name == _NAME and item.place == "xmp"
        if defined and value.startswith(_VOCABULARY) and exact in _VALUES:
            yield signal("plus.data-mining", item.name, value, _VALUES[exact])
        elif not case.spec:
            yield signal("plus.meant", item.name, value, _meant(value))


def _meant(value: str) -> Says:
    """Return what a value means that is not spelled as defined: it refuses or says nothing."""
    name = value.rstrip("/#").rpartition("/")[2].upper().replace("_", "-").replace(" ", "-")
    name = name.removeprefix("DMI-")
    if not name or name.startswith(_SILENT):
        return {}
    says = _VALUES.get(f"DMI-{name}", AI_TDM_DENY)
    return says if says is not _OPEN else {}


PROTOCOL: Protocol = Protocol(
    name="plus",
    read=read,
    places=("document",),
    rules={
        "plus.data-mining": "The document's PLUS Data Mining property speaks of this use.",
        "plus.meant": "A PLUS Data Mining property is there whose value PLUS does not define.",
    },
    ways=(
        WayOut(
            "PLUS Data Mining, in a file's XMP",
            'plus:DataMining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"',
            "The document's text is not kept.",
        ),
    ),
    where="`plus:DataMining` in the XMP of a document",
    refuses="`DMI-PROHIBITED` and its forms: `tdm`, `ai_train`, `ai_input`; those for training"
    " alone: `ai_train`; what is not defined counts as prohibited",
    grants="`DMI-ALLOWED`: `tdm`, `ai_train`",
)
