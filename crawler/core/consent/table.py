"""The table of protocols. One more protocol is one more module and one more line here."""

from __future__ import annotations

from crawler.core.consent import access, licences, rsl
from crawler.core.consent.case import Protocol

# Strongest evidence first: among equal values the first one is named as having decided.
PROTOCOLS: tuple[Protocol, ...] = (
    access.PROTOCOL,  # robots.txt access
    rsl.PROTOCOL,  # Really Simple Licensing
    licences.PROTOCOL,
)
