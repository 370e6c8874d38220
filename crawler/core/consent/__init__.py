"""The consent engine: every publisher-side signal about a URL, joined and decided.

Each protocol is one module with one face (`case.Protocol`): it finds its signals in the stored
carriers and resolves them for a URL. `table` lists the protocols, `lattice` joins them, `decide`
applies the policy. Everything is a pure function of stored evidence, so any decision can be made
again years later.
"""

from __future__ import annotations

from crawler.core.consent.decide import decide
from crawler.core.consent.kept_carriers import CARRIERS, SIGNAL_HEADERS
from crawler.core.consent.robots_hints import RobotsHints, robots_hints
from crawler.core.consent.site_files import FileRequest, next_file, read_file

# Stands with every decision; raise it when any rule reads any evidence differently.
RULES_VERSION = "2026-11-22"

__all__ = [
    "CARRIERS",
    "RULES_VERSION",
    "SIGNAL_HEADERS",
    "FileRequest",
    "RobotsHints",
    "decide",
    "next_file",
    "read_file",
    "robots_hints",
]
