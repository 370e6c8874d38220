"""What a document's own properties say of rights, as evidence keeps it: name, value, place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.core.evidence import Carrier

ASSET = "asset"  # kind of the carriers
MOST_TEXT = 8_000  # characters of one value
_MOST = 200  # statements of one file
_NAME = 200  # characters
# Wide on purpose: what it means is for the protocols to say.
_RIGHTS = re.compile(
    r"licen[cs]|rights|copyright|usage|terms|tdm|mining|constraint|permi[st]|prohib|restrict"
    r"|reserv|polic|train|opt-?_?out|robots|webstatement|reuse|embargo"
    r"|(?:^|[^a-z])ai(?:[^a-z]|$)|noai|noml",
    re.IGNORECASE,
)
_NOT = re.compile(r"holder|owner|agent\b|copyrightyear|rightsagent|trained", re.IGNORECASE)
_SPEAKING = re.compile(
    r"(?:dc:|dcterms:|pdf:|x:)?(?:subjects?|keywords?|descriptions?|comments?|abstract)\Z"
)


def is_of_rights(name: str) -> bool:
    """Tell whether what stands under such a name may be about rights."""
    plain = name.lower().removeprefix("dcterms:").removeprefix("dcterms.")
    return _RIGHTS.search(plain) is not None and _NOT.search(plain) is None


def kept_statements(place: str, said: Iterable[tuple[str, str]]) -> tuple[Carrier, ...]:
    """Return the statements about rights among `said`, as carriers in their order, each once."""
    found: dict[Carrier, None] = {}
    for written, stated in said:
        name, value = written.strip().lower()[:_NAME], stated.strip()[:MOST_TEXT]
        if value and is_of_rights(name) and len(found) < _MOST:
            found[Carrier(ASSET, name, value, place)] = None
    return tuple(found)


def spoken(said: Iterable[tuple[str, str]]) -> str:
    """Return what is said of the file in plain words: there, too, its use may be reserved."""
    words = [value.strip() for name, value in said if _SPEAKING.match(name.strip().lower())]
    return "\n\n".join(dict.fromkeys(words))[:MOST_TEXT]
