"""The ways a visit can end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from crawler.core.decision import Decision
from crawler.core.document import Document, Link
from crawler.core.evidence import PageEvidence, Snapshot
from crawler.core.urls import Url

# Codes of pages that are only a shell: what the page would need to show its text.
NEEDS_SCRIPT: Final = "needs-script"
NEEDS_CONSENT: Final = "needs-consent"
NEEDS_BROWSER: Final = "needs-browser"
NEEDS_LOGIN: Final = "needs-login"
SHELLS: Final = (NEEDS_SCRIPT, NEEDS_CONSENT, NEEDS_BROWSER, NEEDS_LOGIN)


@dataclass(frozen=True, slots=True)
class Kept:
    """The page may be kept. With `decision.awaiting` it is held until that is known."""

    decision: Decision
    evidence: PageEvidence
    document: Document
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Consent said no. `evidence` is None when no request was made (gate 1)."""

    decision: Decision
    evidence: PageEvidence | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """The server pointed elsewhere; `to` takes its own turn. None: nowhere usable."""

    to: Url | None
    status: int
    why: str = ""  # outcome code when `to` is None


@dataclass(frozen=True, slots=True)
class Missing:
    """The server has no such page (404, 410)."""

    status: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """304: what we hold is current. `evidence` has the stored headers refreshed."""

    decision: Decision
    evidence: PageEvidence


@dataclass(frozen=True, slots=True)
class Skipped:
    """An answer that is no text we keep: a type, a size, an empty body or a shell. Final."""

    code: str  # such as "type", "too-large", "empty", "needs-script"
    detail: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Learned:
    """A site file was asked for; its answer, whatever it is, is now known."""

    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Listed:
    """A sitemap or feed was read."""

    links: tuple[Link, ...]
    sitemaps: tuple[Url, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The host's addresses are known until `expires_at` (seconds since the epoch)."""

    addresses: tuple[str, ...]
    expires_at: float


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing usable came back. `retry`: it may another time."""

    code: str  # documented in docs/outcomes.md, such as "timeout", "dns", "status-503"
    detail: str = ""
    retry: bool = True
    host_fault: bool = False  # counts against the whole host (429, 503, no connection)
    retry_after: float | None = None  # seconds, as the server asked; None if it did not


Outcome: TypeAlias = (
    Kept | Refused | Moved | Missing | Unchanged | Skipped | Learned | Listed | Resolved | Failed
)
