"""The consent engine: every publisher-side signal about a URL, joined and decided.

Each protocol is one module with one face (`case.Protocol`): it finds its signals in the stored
carriers and resolves them for a URL. `protocols` lists them, `lattice` joins them, `decide`
applies the policy. Everything is a pure function of stored evidence, so any decision can be made
again years later.
"""

from __future__ import annotations

from crawler.core.consent.decide import decide
from crawler.core.consent.protocols import rules_version, signal_headers
from crawler.core.consent.robots_hints import RobotsHints, robots_hints
from crawler.core.consent.site_files import (
    FileRequest,
    failures_of,
    most_bytes,
    next_file,
    read_file,
    unasked,
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
]
