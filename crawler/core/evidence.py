"""What was sought for one URL and what came back: raw, so that it can be read again.

Everything here is stored as it is. `consent.decide` is a pure function of it, so a
parser's mistake is corrected years later by running the new parser over the old carriers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final

from crawler.core.decision import Found
from crawler.core.urls import Url

EXCESS = "excess"  # kind of the carrier that stands last where there was more than is kept
_KIND = re.compile(r"[a-z][a-z0-9._-]{0,40}")


class FileKind(StrEnum):
    """A site file: a URL of the host that speaks for many pages.

    A protocol may add a kind of its own: `FileKind("name")` makes it.
    """

    __hash__ = str.__hash__

    ROBOTS = "robots"
    TDMREP = "tdmrep"
    AI_TXT = "ai.txt"
    TRUST_TXT = "trust.txt"
    TERMS = "terms"  # a terms page, by URL; speaks for its registrable domain
    RSL = "rsl"  # a licence document, by URL; may lie on another host

    @classmethod
    def _missing_(cls, value: object) -> FileKind | None:
        if not isinstance(value, str) or not _KIND.fullmatch(value):
            return None
        kind = str.__new__(cls, value)
        kind._name_, kind._value_ = value.upper(), value
        cls._value2member_map_[value] = kind  # so that it is the same one every time
        return kind


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The answer to one request for a site file.

    `url` is what was asked first; `final_url` where the last redirect led. `body` is
    decoded of content codings, cut at the kind's limit, and empty unless FOUND.
    """

    kind: FileKind
    url: str
    found: Found
    fetched_at: float
    status: int = 0  # last HTTP status, 0 if there was none
    content_type: str = ""
    body: bytes = b""
    final_url: str = ""
    hops: int = 0
    error: str = ""  # outcome code when no answer came, such as "dns", "timeout"
    headers: tuple[tuple[str, str], ...] = ()
    expires_at: float = 0.0  # when it must be asked again
    id: int = 0  # row in the store; 0 if not stored

    @property
    def sha256(self) -> str:
        return sha256(self.body).hexdigest()


@dataclass(slots=True, unsafe_hash=True)
class Carrier:
    """One element of a page that may carry a signal, as it stands there.

    Nothing changes one, as for all here; a frozen one takes four times as long to make.
    """

    # "meta" "link" "script" "prose" "attribute"; "asset": a document's own properties
    kind: Final[str]
    name: Final[str]  # meta name / http-equiv / property, link rel, script type; lower case
    text: Final[str]  # content, href or body, cut at a limit
    place: Final[str] = ""  # "head" "body" "footer" ...; for "meta": which attribute named it
    type: Final[str] = ""  # type attribute of a link


@dataclass(frozen=True, slots=True)
class LicenceClaim:
    """One licence statement on a page, read and weighed but not yet believed."""

    spdx: str  # SPDX id or LicenseRef-...
    family: str  # class look-up, e.g. "CC-BY-3.0" for LicenseRef-CC-BY-3.0-ES
    kind: str  # class: PD ATTR SA NC ND ARR UNKNOWN
    url: str  # normalised licence URL, "" if there was only text
    place: str  # "link" "header" "jsonld" "meta" "a" "rdfa" "microdata" "text" "comment"
    scope: str  # page document site media code part other unknown
    confidence: float  # 0 to 1
    raw: str = ""  # the literal with its surroundings, cut at 500 characters


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """What the answer for the page itself carried.

    After gate 2 only status and headers are known (`read` is False). Header names are
    lower case, field lines in order and never merged.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    carriers: tuple[Carrier, ...] = ()
    licences: tuple[LicenceClaim, ...] = ()
    read: bool = False  # the document was parsed, carriers are complete
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything sought for one URL. `page` is None before the request (gate 1)."""

    url: Url
    site: tuple[Snapshot, ...] = ()
    page: PageEvidence | None = None

    def of(self, kind: FileKind) -> Snapshot | None:
        """Return the snapshot of that kind (for RSL, the first), if it was sought."""
        return next((item for item in self.site if item.kind is kind), None)
