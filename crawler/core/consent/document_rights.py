"""What a document's own properties forbid: a PDF's permissions, PRISM's ban of re-use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crawler.core.consent.protocol import (
    AI_TDM_DENY,
    Case,
    Protocol,
    Reading,
    Says,
    WayOut,
    reading_of,
    signal,
)
from crawler.core.decision import Signal, Usage, Value

_NO_TEXT_OUT: Final[Says] = {Usage.INDEX: Value.DENY, **AI_TDM_DENY}
_NO_REUSE: Final = frozenset({"reuseprohibited"})
_OFF: Final = frozenset({"", "0", "n", "no", "none", "false", "f", "off"})


def read(case: Case) -> Reading:
    """Resolve the properties that are a yes or a no."""
    return reading_of(list(_signals(case)))


def _signals(case: Case) -> Iterator[Signal]:
    for item in case.elements.get("asset", ()):
        if item.place == "encryption":
            yield signal("document.permissions", "encryption", item.text, _NO_TEXT_OUT)
        elif item.name.rpartition(":")[2].replace("-", "") in _NO_REUSE and not case.spec:
            says: Says = {} if item.text.strip().lower() in _OFF else AI_TDM_DENY
            yield signal("document.reuse", item.name, item.text, says)
        elif item.name == "xmprights:webstatement":
            yield signal("document.statement", item.name, item.text, {})


PROTOCOL: Protocol = Protocol(
    name="document",
    read=read,
    places=("document",),
    rules={
        "document.permissions": "The document's encryption does not permit to extract its text.",
        "document.reuse": "The document says that its re-use is prohibited.",
        "document.statement": "The document names a page on which its rights are stated.",
    },
    ways=(
        WayOut(
            "Permissions of a PDF",
            "qpdf --encrypt '' OWNER 256 --extract=n -- in.pdf out.pdf",
            "Its text is not kept, for no purpose.",
        ),
    ),
    where="permissions of an encrypted PDF (ISO 32000 table 22, bit 5); `pur:reuseProhibited` in"
    " XMP (PRISM)",
    refuses="extraction not permitted: every use; re-use prohibited: `tdm`, `ai_train`, `ai_input`",
)
