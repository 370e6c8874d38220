"""The table of protocols. One more protocol is one more module and one more line here."""

from __future__ import annotations

from crawler.core.consent import (
    ad_hoc,
    ai_txt,
    aipref,
    content_signals,
    http_level,
    licences,
    paywall,
    prose,
    robots_access,
    robots_meta,
    rsl,
    tdmrep,
    tokens,
    trust_txt,
)
from crawler.core.consent.protocol import Protocol

# Strongest evidence first: among equal values the first one is named as having decided.
PROTOCOLS: tuple[Protocol, ...] = (
    robots_access.PROTOCOL,  # robots.txt access, RFC 9309
    http_level.PROTOCOL,  # status codes, prices, challenges
    aipref.PROTOCOL,  # Content-Usage
    content_signals.PROTOCOL,  # Content-Signal
    rsl.PROTOCOL,  # Really Simple Licensing 1.0
    tdmrep.PROTOCOL,  # TDM Reservation Protocol
    robots_meta.PROTOCOL,  # X-Robots-Tag, meta robots
    ad_hoc.PROTOCOL,  # ai-license, ai-training and their kin
    ai_txt.PROTOCOL,  # Spawning ai.txt
    trust_txt.PROTOCOL,  # JournalList trust.txt
    paywall.PROTOCOL,  # isAccessibleForFree
    tokens.PROTOCOL,  # AI agent tokens: an inference
    prose.PROTOCOL,  # written reservations
    licences.PROTOCOL,  # grants
)
