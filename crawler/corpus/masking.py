"""Personal data in texts: counted, and replaced by tags where the policy asks for it.

The tags are those of Dolma and Common Pile. Only counts ever leave this module.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from ipaddress import ip_address

_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])"
)
# No version number such as 1.2.3.4.5, and no part of a longer one.
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])")
# International form, or the North American one; bare runs of digits are too often no number.
_PHONE = re.compile(
    r"(?<![\w.+/-])(?:\+[1-9]\d{0,2}[ .-]?(?:\(\d{1,4}\)[ .-]?)?(?:\d{2,4}[ .-]?){2,4}\d{2,4}"
    r"|\(?[2-9]\d{2}\)?[ .-][2-9]\d{2}[ .-]\d{4})(?![\w-]|\.\d)"
)
KINDS = ("email", "ip", "phone")


def mask(text: str) -> tuple[str, Mapping[str, int]]:
    """Return the text with its personal data replaced by tags, and how often, by kind."""
    counts: Counter[str] = Counter(dict.fromkeys(KINDS, 0))

    def tag(match: re.Match[str], kind: str, name: str) -> str:
        if kind == "ip" and not _is_public(match[0]):
            return match[0]
        counts[kind] += 1
        return name

    text = _EMAIL.sub(lambda match: tag(match, "email", "<EMAIL_ADDRESS>"), text)
    for pattern in (_IPV4, _IPV6):
        text = pattern.sub(lambda match: tag(match, "ip", "<IP_ADDRESS>"), text)
    text = _PHONE.sub(lambda match: tag(match, "phone", "<PHONE_NUMBER>"), text)
    return text, dict(counts)


def count(text: str) -> Mapping[str, int]:
    """Return how much personal data of each kind the text holds."""
    return mask(text)[1]


def _is_public(text: str) -> bool:
    try:
        return ip_address(text).is_global
    except ValueError:
        return False
