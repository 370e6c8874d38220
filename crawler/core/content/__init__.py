"""Bytes to document: encoding, one parse, evidence, links, text, metadata, licence, language.

Reading order: `page` (one answer, decoded and parsed once) and `reading` (the document that is
kept of it); below them `licence`, `metadata`, `text`, `html`, `decoding`, `figures`; beside them
`sitemap` and `settings`. A kind of document that is no text, such as PDF, is not read yet: it
gets a wing beside `html`, and `reading` chooses it by `decoding/media_types`.
"""

from typing import TYPE_CHECKING

from crawler.on_demand import names_from

if TYPE_CHECKING:
    from crawler.core.content.decoding.hostile import heavy
    from crawler.core.content.decoding.media_types import text_type
    from crawler.core.content.figures.hashes import band_hashes, similarity
    from crawler.core.content.page import HeavyPage, Page, kept_headers, parse
    from crawler.core.content.reading import read
    from crawler.core.content.settings import ConfirmedDomain, ContentSettings
    from crawler.core.content.sitemap import SitemapLimits, read_sitemap
    from crawler.core.content.text.extractors import MissingExtra

__all__ = [
    "ConfirmedDomain",
    "ContentSettings",
    "HeavyPage",
    "MissingExtra",
    "Page",
    "SitemapLimits",
    "band_hashes",
    "heavy",
    "kept_headers",
    "parse",
    "read",
    "read_sitemap",
    "similarity",
    "text_type",
]

__getattr__ = names_from(
    __name__,
    {
        "heavy": "decoding.hostile",
        "text_type": "decoding.media_types",
        "band_hashes": "figures.hashes",
        "similarity": "figures.hashes",
        "HeavyPage": "page",
        "Page": "page",
        "kept_headers": "page",
        "parse": "page",
        "read": "reading",
        "ConfirmedDomain": "settings",
        "ContentSettings": "settings",
        "SitemapLimits": "sitemap",
        "read_sitemap": "sitemap",
        "MissingExtra": "text.extractors",
    },
)
