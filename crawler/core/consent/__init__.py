"""The consent engine: every publisher-side signal about a URL, joined and decided.

Each protocol is one module with one face (`protocol`): it finds its signals in the stored
carriers and resolves them for a URL. Everything is a pure function of stored evidence, so any
decision can be made again years later.

Reading order: `decide` (every protocol read, the policy applied), `lattice` (the join),
`protocol` (their face), `protocols` (their table), `grounds` (whose no it was),
`alike` (one decision for URLs that match the same rules). The protocols, the
strongest first:
`robots_access`, `http_level` (by `challenge_headers`), `aipref`, `content_signals`, `rsl` (with
`rsl_document`, `link_header`), `tdmrep`, `robots_meta`, `ad_hoc`, what documents carry (`plus`,
`c2pa`, `document_rights`), `ai_txt` (with `ai_txt_draft`),
`trust_txt`, `paywall`, `tokens` (by `agent_list`), `prose`, `terms` (pages that speak for their
site), `licences`. Reading robots.txt:
`robotstxt` (to groups), `robots_as_meant`, `robots_labels`, `path_patterns`, `protego_check`,
`usage_preferences`, `robots_hints` (pace and sitemaps). Reading the rest: `site_files` (which one
comes next, what its answer is worth), `freshness` (which are too old), `site_file_text`,
`refusing_words`, `json_ld_rights`. What is stored of it all: `reduced_evidence`, by `rights_words`
and `broken_json`.
"""

from __future__ import annotations

from crawler.core.consent.decide import decide
from crawler.core.consent.protocols import rules_version, signal_headers
from crawler.core.consent.robots_access import failures_of
from crawler.core.consent.robots_hints import RobotsHints, robots_hints
from crawler.core.consent.site_files import (
    FileRequest,
    most_bytes,
    next_file,
    read_file,
    unasked,
    unknown_file,
)

__all__ = [
    "FileRequest",
    "RobotsHints",
    "decide",
    "failures_of",
    "most_bytes",
    "next_file",
    "read_file",
    "robots_hints",
    "rules_version",
    "signal_headers",
    "unasked",
    "unknown_file",
]
