"""SURT keys, by which Common Crawl's indexes are sorted: `org,example)/path?query`.

The rules are those of the Internet Archive's canonicaliser as indexes show them: lower case, no
scheme, `www` and its numbered kin dropped, the host turned round, the query's parts sorted, session
ids and a trailing slash left out.
"""

from __future__ import annotations

import re

from crawler.core.urls import Url

_WWW = re.compile(r"www\d*\.")
_SESSION_PATH = re.compile(r";jsessionid=[0-9a-z]{32}$|/\([0-9a-z]{24}\)(?=/[^?]+\.aspx)")
_SESSION = re.compile(
    r"(?:^|(?<=&))(?:jsessionid=[0-9a-z]{32}|phpsessid=[0-9a-z]{32}|sid=[0-9a-z]{32}"
    r"|aspsessionid[a-z]{8}=[a-z]{24}|cfid=[^&]+&cftoken=[^&]+)(?:&|$)"
)


def surt_key(url: Url) -> str:
    """Return the key of a URL."""
    host = _WWW.sub("", url.host.lower(), count=1) if url.host.startswith("www") else url.host
    turned = (
        host
        if host[:1] == "[" or host.replace(".", "").isdigit()
        else ",".join(reversed(host.split(".")))
    )
    default = 80 if url.scheme == "http" else 443
    port = "" if url.port == default else f":{url.port}"
    path, mark, query = url.target.lower().partition("?")
    if ";" in path or "(" in path:
        path = _SESSION_PATH.sub("", path)
    if len(path) > 1 and path.endswith("/"):
        path = path[:-1]
    if mark:
        query = _SESSION.sub("", query)
        if "&" in query:
            query = "&".join(sorted(query.strip("&").split("&")))
    return f"{turned}{port}){path or '/'}{'?' + query if query else ''}"
