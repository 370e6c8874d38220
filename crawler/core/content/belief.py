"""Which licence, if any, is believed of a page's text."""

from __future__ import annotations

from crawler.core.content.settings import ContentSettings
from crawler.core.document import Licence, Metadata
from crawler.core.evidence import LicenceClaim
from crawler.core.urls import Url


def believe(
    claims: tuple[LicenceClaim, ...], url: Url, metadata: Metadata, settings: ContentSettings
) -> Licence:
    """Return the licence believed of the page's own text, and why not if none is."""
    return Licence(claims=claims)
