"""Every statement about a licence on a page, read and weighed but not yet believed."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from crawler.core.content.outline import Outline
from crawler.core.content.plain import Feed
from crawler.core.evidence import Carrier, LicenceClaim
from crawler.core.response import Response


def find_claims(
    response: Response,
    tree: LexborHTMLParser | None,
    page: Outline,
    carriers: tuple[Carrier, ...],
    feed: Feed | None = None,
) -> tuple[LicenceClaim, ...]:
    """Return the claims in the order header, head, JSON-LD, elements, text."""
    return ()
