"""Bytes to document: encoding, one parse, evidence, links, text, metadata, licence, language.

Reading order: `page` (one answer, decoded and parsed once) and `reading` (the document that is
kept of it); below them `documents` (files that are no text, such as PDF), `licence`, `metadata`,
`text`, `html`, `decoding`, `figures`; beside them `sitemap` and `settings`.
"""

from typing import TYPE_CHECKING

from crawler.on_demand import names_from

if TYPE_CHECKING:
    from crawler.core.content.decoding.document_types import (
        DOCUMENT_START,
        declared_document,
        document_kind,
        may_be_document,
    )
    from crawler.core.content.decoding.hostile import heavy
    from crawler.core.content.decoding.media_types import text_type
    from crawler.core.content.figures.hashes import band_hashes, similarity
    from crawler.core.content.page import HeavyPage, Page, parse
    from crawler.core.content.reading import read, read_answer
    from crawler.core.content.settings import ConfirmedDomain, ContentSettings, SitemapLimits
    from crawler.core.content.sitemap import read_sitemap
    from crawler.core.content.text.extractors import MissingExtra

__all__ = [
    "DOCUMENT_START",
    "ConfirmedDomain",
    "ContentSettings",
    "HeavyPage",
    "MissingExtra",
    "Page",
    "SitemapLimits",
    "band_hashes",
    "declared_document",
    "document_kind",
    "heavy",
    "may_be_document",
    "parse",
    "read",
    "read_answer",
    "read_sitemap",
    "similarity",
    "text_type",
]

__getattr__ = names_from(
    __name__,
    {
        "DOCUMENT_START": "decoding.document_types",
        "declared_document": "decoding.document_types",
        "document_kind": "decoding.document_types",
        "may_be_document": "decoding.document_types",
        "heavy": "decoding.hostile",
        "text_type": "decoding.media_types",
        "band_hashes": "figures.hashes",
        "similarity": "figures.hashes",
        "HeavyPage": "page",
        "Page": "page",
        "parse": "page",
        "read": "reading",
        "read_answer": "reading",
        "ConfirmedDomain": "settings",
        "ContentSettings": "settings",
        "SitemapLimits": "settings",
        "read_sitemap": "sitemap",
        "MissingExtra": "text.extractors",
    },
)
