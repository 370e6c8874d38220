"""The canonical record: one kept page in the Dolma / Common Pile shape.

`{id, text, source, added, created, metadata}`. Every format is an adapter over it. All
fields are always there and of one type, since readers infer a schema from the first rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from crawler.core.content.decoding.document_types import DOCUMENTS
from crawler.store.ledger import name, record_id

Record = dict[str, Any]

OPEN = frozenset({"PD", "ATTR", "SA"})
CHANGES = "The text was extracted and its markup removed."
MASKED = " E-mail and IP addresses were replaced by tags."
_CODES = {
    "by": "Attribution",
    "by-sa": "Attribution-ShareAlike",
    "by-nc": "Attribution-NonCommercial",
    "by-nd": "Attribution-NoDerivatives",
    "by-nc-sa": "Attribution-NonCommercial-ShareAlike",
    "by-nc-nd": "Attribution-NonCommercial-NoDerivatives",
}
_CC = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-([0-9.]+)\Z")
_OTHERS = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-PDM-1.0": "https://creativecommons.org/publicdomain/mark/1.0/",
}
# What is no HTML has one reader, which goes by the name of its kind.
_KINDS = frozenset({"xml", "plain", "markdown", *DOCUMENTS})
# What `read_pages` selects, in the order `Page` names it.
PAGE_COLUMNS = (
    "page.url_id, page.url, page.canonical_url, page.host, page.site, page.redirects, page.status,"
    " page.content_type, page.etag, page.last_modified, page.fetched_at, page.body_sha256,"
    " page.title, page.text, page.text_sha256, page.extractor, page.extractor_version,"
    " page.encoding, page.language, page.language_score, page.language_tool, page.words,"
    " page.characters, page.size, page.tokens, page.token_method, page.metadata,"
    " page.licence_spdx, page.licence_class, page.licence, page.flags, page.archive_file,"
    " page.archive_offset, page.record_id, decision.reason, decision.verdict, decision.deciding,"
    " decision.snapshots, decision.fetched_at, decision.policy_sha256, decision.rules_version,"
    " decision.decided_at, subject.salt, annotation.quality, annotation.pii, cluster.cluster,"
    " cluster.kept, cluster.laundering, page.state, page.state_reason, decision.included,"
    " decision.page"
)


@dataclass(frozen=True, slots=True)
class Page:
    """One row of the store, as `PAGE_COLUMNS` selects it."""

    url_id: int
    url: str
    canonical_url: str
    host: str
    site: str
    redirects: str
    status: int
    content_type: str
    etag: str
    last_modified: str
    fetched_at: float
    body_sha256: str
    title: str
    text: str
    text_sha256: str
    extractor: str
    extractor_version: str
    encoding: str
    language: str
    language_score: float
    language_tool: str
    words: int
    characters: int
    size: int
    tokens: int
    token_method: str
    metadata: str
    licence_spdx: str
    licence_class: str
    licence: str
    flags: str
    archive_file: str
    archive_offset: int
    record_id: str
    reason: str
    verdict: str
    deciding: str
    snapshots: str
    evidence_at: float | None
    policy_sha256: str
    rules_version: str
    decided_at: float
    salt: bytes | None
    quality: str | None
    pii: str | None
    cluster: int | None
    kept_copy: int | None
    laundering: int | None
    state: str
    state_reason: str
    included: int
    evidence: bytes | None

    @property
    def doc_id(self) -> str:
        return record_id(name(self.salt or b"", self.url))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where records come from: the same for a whole export."""

    source: str  # name of the corpus
    crawl_id: str
    user_agent: str


def stamp(seconds: float | None) -> str:
    """Return an RFC 3339 time in UTC, "" for none."""
    if not seconds:
        return ""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def make_record(
    page: Page,
    site_files: list[dict[str, str]],
    origin: Origin,
    *,
    text: str,
    masked: bool,
    tokens: tuple[int, str],
) -> Record:
    """Return the record of one page. `text` is what is exported of it, "" if nothing may be.

    `tokens`: how many there are, and by what method that was told.
    """
    about = orjson.loads(page.metadata)
    licence = orjson.loads(page.licence)
    robots = next((item for item in site_files if item["kind"] == "robots"), {})
    return {
        "id": page.doc_id,
        "text": text,
        "source": origin.source,
        "added": stamp(page.fetched_at),
        "created": about.get("published", ""),
        "metadata": {
            "url": page.url,
            "url_canonical": page.canonical_url,
            "host": page.host,
            "registrable_domain": page.site,
            "redirects": orjson.loads(page.redirects),
            "fetched_at": stamp(page.fetched_at),
            "title": page.title,
            "creator": about.get("authors", []),
            "publisher": about.get("publisher", ""),
            "modified": about.get("modified", ""),
            "language": page.language,
            "language_score": page.language_score,
            "lid_tool": page.language_tool,
            "content_sha256": page.body_sha256,
            "text_sha256": page.text_sha256,
            "minhash_cluster": page.cluster if page.cluster is not None else page.url_id,
            "duplicate": page.kept_copy == 0,
            "word_count_re": page.words,
            "char_count": page.characters,
            "byte_count": page.size,
            "token_count_est": tokens[0],
            "token_method": tokens[1],
            "license": licence_text(page.licence_spdx, licence),
            "license_spdx": page.licence_spdx,
            "license_url": licence_url(page.licence_spdx, licence),
            "license_class": page.licence_class,
            "license_evidence": _licence_evidence(page, licence),
            "attribution": attribution(page, about, licence, masked=masked),
            "consent": _consent(page, site_files, robots),
            "warc_record_id": page.record_id,
            "warc_file": page.archive_file,
            "warc_offset": page.archive_offset,
            "http_status": page.status,
            "content_type": page.content_type,
            "etag": page.etag,
            "last_modified": page.last_modified,
            "extractor": page.extractor,
            "extractor_version": page.extractor_version,
            "document_kind": document_kind(page.extractor),
            "pages": int(about.get("pages", 0)),
            "encoding": page.encoding,
            "flags": orjson.loads(page.flags),
            "quality": page.quality or "{}",
            "pii": page.pii or "{}",
            "crawl_id": origin.crawl_id,
            "crawler_user_agent": origin.user_agent,
        },
    }


def document_kind(extractor: str) -> str:
    """Return what kind of document a text was taken from: html xml plain markdown pdf ..."""
    return extractor if extractor in _KINDS else "html"


def licence_text(spdx: str, licence: Mapping[str, Any]) -> str:
    """Return the licence as Common Pile writes it: name, then address."""
    url = licence_url(spdx, licence)
    return f"{licence_name(spdx, url)} - {url}" if url else licence_name(spdx, url)


def licence_url(spdx: str, licence: Mapping[str, Any]) -> str:
    """Return where the licence can be read: as the page says, else where its id leads."""
    url = str(licence.get("url", ""))
    if url or not spdx or spdx.startswith("LicenseRef-"):
        return url
    match = _CC.match(spdx)
    if match:
        return f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"
    return _OTHERS.get(spdx, f"https://spdx.org/licenses/{spdx}.html")


def licence_name(spdx: str, url: str) -> str:
    """Return a readable name of a licence, "" for none."""
    parts = url.lower().partition("creativecommons.org/")[2].strip("/").split("/")
    if parts[0] == "licenses" and len(parts) > 1 and parts[1] in _CODES:
        return f"Creative Commons - {_CODES[parts[1]]}"
    if parts[:2] == ["publicdomain", "zero"]:
        return "Creative Commons Zero - Public Domain"
    return spdx


def attribution(
    page: Page, about: Mapping[str, Any], licence: Mapping[str, Any], *, masked: bool
) -> dict[str, str]:
    """Return what CC BY asks for: title, author, source, licence, and what was changed."""
    given = licence.get("attribution", {})
    authors = ", ".join(about.get("authors", ()))
    url = licence_url(page.licence_spdx, licence)
    return {
        "title": page.title or given.get("title", "") or page.url,
        "author": given.get("author", "") or authors or about.get("publisher", "") or page.host,
        "source_url": given.get("source", "") or page.url,
        "license_name": licence_name(page.licence_spdx, url) or page.licence_spdx,
        "license_url": url,
        "changes": CHANGES + (MASKED if masked else ""),
    }


def _licence_evidence(page: Page, licence: Mapping[str, Any]) -> dict[str, Any]:
    claims = licence.get("claims", ())
    best = next((item for item in claims if item["spdx"] == page.licence_spdx), None)
    return {
        "place": best["place"] if best else "",
        "context": best["raw"] if best else "",
        "scope": licence.get("scope", "unknown"),
        "confidence": float(licence.get("confidence", 0.0)),
        "disagreement": bool(licence.get("disagreement", False)),
        "all_found": [item["spdx"] for item in claims],
    }


def _consent(
    page: Page, site_files: list[dict[str, str]], robots: Mapping[str, str]
) -> dict[str, Any]:
    deciding = orjson.loads(page.deciding) or {}
    verdict = orjson.loads(page.verdict)
    return {
        "decision": "include",
        "rule_id": page.reason,
        "verdict": {
            usage: verdict.get(usage, "unset")
            for usage in ("crawl", "index", "ai_input", "ai_train", "tdm")
        },
        "signal": str(deciding.get("raw", "")),
        "signal_place": str(deciding.get("place", "")),
        "robots_sha256": robots.get("sha256", ""),
        "robots_fetched_at": robots.get("fetched_at", ""),
        "site_files": site_files,
        "page_checked_at": stamp(page.evidence_at),
        "decided_at": stamp(page.decided_at),
        "policy_version": page.policy_sha256,
        "rules_version": page.rules_version,
    }
