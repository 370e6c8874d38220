"""SURT keys, by which Common Crawl's indexes are sorted: `org,example)/path?query`.

The rules are those of the Internet Archive's canonicaliser as indexes show them: lower case, no
scheme, `www` and its numbered kin dropped, the host turned round, the query's parts sorted, session
ids and a trailing slash left out.
"""

from __future__ import annotations

import re

import pyarrow as pa

from crawler.core.urls import Url, parse

_WWW = re.compile(r"www\d*\.")
_SESSION_PATH = re.compile(r";jsessionid=[0-9a-z]{32}$|/\([0-9a-z]{24}\)(?=/[^?]+\.aspx)")
_SESSION = re.compile(
    r"(?:^|(?<=&))(?:jsessionid=[0-9a-z]{32}|phpsessid=[0-9a-z]{32}|sid=[0-9a-z]{32}"
    r"|aspsessionid[a-z]{8}=[a-z]{24}|cfid=[^&]+&cftoken=[^&]+)(?:&|$)"
)


def surt_keys(urls: pa.Array, origins: pa.Array) -> pa.Array:
    """Return the keys of URLs in normal form, whose origins are given beside them."""
    heads = {name: _head(_url(f"{name}/")) for name in origins.unique().to_pylist()}
    keys = []
    for text, origin in zip(urls.to_pylist(), origins.to_pylist(), strict=True):
        target = text[len(origin) :]
        if "?" in target or ";" in target or "(" in target:
            keys.append(surt_key(_url(text)))
            continue
        path = target.lower()
        if len(path) > 1 and path[-1] == "/":
            path = path[:-1]
        keys.append(heads[origin] + path)
    return pa.array(keys, pa.string())


def _url(text: str) -> Url:
    url = parse(text)
    if url is None:
        msg = f"a stored URL does not parse: {text!r}"
        raise ValueError(msg)
    return url


def surt_key(url: Url) -> str:
    """Return the key of a URL."""
    path, mark, query = url.target.lower().partition("?")
    if ";" in path or "(" in path:
        path = _SESSION_PATH.sub("", path)
    if len(path) > 1 and path.endswith("/"):
        path = path[:-1]
    if mark:
        query = _SESSION.sub("", query)
        if "&" in query:
            query = "&".join(sorted(query.strip("&").split("&")))
    return f"{_head(url)}{path or '/'}{'?' + query if query else ''}"


def _head(url: Url) -> str:
    """Return what the keys of an origin begin with."""
    host = _WWW.sub("", url.host.lower(), count=1) if url.host.startswith("www") else url.host
    turned = (
        host
        if host[:1] == "[" or host.replace(".", "").isdigit()
        else ",".join(reversed(host.split(".")))
    )
    default = 80 if url.scheme == "http" else 443
    port = "" if url.port == default else f":{url.port}"
    return f"{turned}{port})"
