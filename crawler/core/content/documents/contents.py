"""What a document file holds, whatever its kind; and why one cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.core.document import Metadata
from crawler.core.evidence import Carrier

# Codes of files that give no text; docs/outcomes.md has their sentences.
NO_TEXT_LAYER = "no-text-layer"
GARBLED = "garbled"
ENCRYPTED = "encrypted"
DAMAGED = "damaged"
TOO_LARGE = "document-too-large"
BOMB = "document-bomb"
OTHER = "type"
SENTENCES = {
    NO_TEXT_LAYER: "It is a document without text, such as scanned pages.",
    GARBLED: "It does not say which letters most of its glyphs are.",
    ENCRYPTED: "It is locked: only a password or a reader's key opens it.",
    DAMAGED: "It is damaged: it cannot be read.",
    TOO_LARGE: "It is larger than a document may be ([content.documents]).",
    BOMB: "It was made to harm whoever opens it.",
}

MOST_LINKS = 10_000


@dataclass(frozen=True, slots=True)
class Contents:
    """What was read of one file. With a `problem` its text is empty, its statements count."""

    kind: str  # pdf, epub, docx, odt
    reader: str  # version of what read it
    text: str = ""
    metadata: Metadata = field(default_factory=Metadata)
    pages: int = 0  # as the file counts them; 0 if it does not
    links: tuple[str, ...] = ()  # addresses as they stand in the file
    carriers: tuple[Carrier, ...] = ()  # what the file says of rights
    ends: str = ""  # the text of its first and last pages, where rights are stated
    problem: str = ""  # outcome code
    detail: str = ""
    flags: tuple[str, ...] = ()


class UnreadableError(Exception):
    """Nothing can be read in a file. `code` is an outcome code."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail[:200]
