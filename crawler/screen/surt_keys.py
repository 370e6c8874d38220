"""SURT keys, by which Common Crawl's indexes are sorted: `org,example)/path?query`.

The rules are those of the Internet Archive's canonicaliser as indexes show them: lower case, no
scheme, `www` and its numbered kin dropped, the host turned round, the query's parts sorted, session
ids and a trailing slash left out.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from crawler.core.urls import Url, parse

_WWW = re.compile(r"www\d*\.")
_SESSION_PATH = re.compile(r";jsessionid=[0-9a-z]{32}$|/\([0-9a-z]{24}\)(?=/[^?]+\.aspx)")
_SESSION = re.compile(
    r"(?:^|(?<=&))(?:jsessionid=[0-9a-z]{32}|phpsessid=[0-9a-z]{32}|sid=[0-9a-z]{32}"
    r"|aspsessionid[a-z]{8}=[a-z]{24}|cfid=[^&]+&cftoken=[^&]+)(?:&|$)"
)
# What makes a key more than the turned host and the path.
_MORE = "[;(?]"


def surt_keys(urls: pa.Array, origins: pa.Array) -> pa.Array:
    """Return the keys of URLs in normal form, whose origins are given beside them."""
    coded = origins.dictionary_encode()
    heads = pa.array([_head(url) for url in map(_root, coded.dictionary.to_pylist())], pa.string())
    paths = pc.replace_substring_regex(urls, r"^[a-z]+://[^/]*", "")
    odd = pc.match_substring_regex(paths, _MORE)
    paths = pc.replace_substring_regex(pc.ascii_lower(paths), r"^(.+)/$", r"\1")
    keys = pc.binary_join_element_wise(heads.take(coded.indices), paths, "")
    if not pc.any(odd).as_py():
        return keys
    parsed = map(parse, urls.filter(odd).to_pylist())
    told = pa.array([surt_key(url) for url in parsed if url is not None], pa.string())
    return pc.replace_with_mask(keys, odd, told)


def _root(origin: str) -> Url:
    url = parse(f"{origin}/")
    if url is None:
        msg = f"a stored origin does not parse: {origin!r}"
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
