"""Addresses of people and machines in a text: counted, or replaced by tags."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

EMAIL, IP = "email", "ip"
TAGS = {EMAIL: "<EMAIL_ADDRESS>", IP: "<IP_ADDRESS>"}

# Bounded as in RFC 5321: a local part of 64, a domain of 255 characters.
_EMAIL = re.compile(
    r"(?<![\w.+%-])[A-Za-z0-9_][\w.+%-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,8}[A-Za-z]{2,24}"
    r"(?![\w@-])"
)
# No digit, dot or letter on either side: "v1.2.3.4" and "1.2.3.4.5" are versions.
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])")
_GIVEN = ipaddress.ip_network("2000::/3")  # what of IPv6 is unicast (RFC 4291 section 2.4)
_VERSION_BEFORE = re.compile(r"(?:version|release|v|ver\.?|build)\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with tags in place of addresses, and how many; never the values."""

    text: str
    counts: dict[str, int]


def mask(text: str) -> Masked:
    """Replace e-mail addresses and public IP addresses by tags."""
    counts = {EMAIL: 0, IP: 0}

    def email(_: re.Match[str]) -> str:
        counts[EMAIL] += 1
        return TAGS[EMAIL]

    def address(match: re.Match[str]) -> str:
        if not _is_public(match):
            return match[0]
        counts[IP] += 1
        return TAGS[IP]

    if "@" in text:
        text = _EMAIL.sub(email, text)
    return Masked(_IPV6.sub(address, _IPV4.sub(address, text)), counts)


def count(text: str) -> dict[str, int]:
    """Return how many of each kind a text holds."""
    return mask(text).counts


def _is_public(match: re.Match[str]) -> bool:
    if _VERSION_BEFORE.search(match.string[max(0, match.start() - 12) : match.start()]):
        return False
    try:
        address = ipaddress.ip_address(match[0])
    except ValueError:
        return False
    # "a::b" in a program is an address too, of a part that nobody has been given.
    return address.is_global and (address.version == 4 or address in _GIVEN)  # noqa: PLR2004
