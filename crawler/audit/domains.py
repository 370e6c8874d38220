"""Domains as an audit counts them: one host name each, with and without `www.` the same one."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.core.urls import parse

_PLAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]\.?")
_MOST = 2_000  # characters of a domain, or of a URL that names one


@lru_cache(maxsize=4_096)
def domain_of(text: str) -> str:
    """Return the domain that a host name or a URL names, "" if it names none.

    Lower case, A-label, no port, no leading `www.`: Longpre et al. 2024 add both forms up.
    """
    name = text.strip().lower()
    if len(name) > _MOST:
        return ""
    if not _PLAIN.fullmatch(name):
        if "://" not in name and "." not in name:
            return ""  # a number alone is an address to browsers
        url = parse(name if "://" in name else f"https://{name}/")
        if url is None:
            return ""
        name = url.host
        if "." not in name or "" in name.rstrip(".").split("."):
            return ""
    return name.rstrip(".").removeprefix("www.") or ""
