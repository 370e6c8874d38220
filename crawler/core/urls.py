"""URLs as the crawler fetches, compares and stores them.

One parser for everything, the WHATWG one: the URL that is judged is the URL that is sent.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, final

import ada_url

from crawler.core.late_expressions import late

if TYPE_CHECKING:
    from tldextract import TLDExtract

_DEFAULT_PORTS = {"http": 80, "https": 443}
# The serialisation is taken apart here: asking the parser for each part costs 1.5 us a part.
_WEB = late(
    r"(https?)://(\[[^\]]*\]|[^/:@?#]+)(?::([0-9]+))?(/[^?#]*)(\?[^#]+)?",
).match
# What is in normal form already, as most addresses are: the parser would give back the same. Names
# of letters, digits and hyphens that are no number and no A-label; no segment that begins like "."
# or an escape of it; nothing that is ever escaped.
_PLAIN = late(
    r"(https?)://((?:(?!xn--)[a-z0-9-]++\.)++(?!xn--)[a-z][a-z-]*+)"
    r"((?:/(?:[A-Za-z0-9_~$&()*+,;=:@!-][A-Za-z0-9_~$&()*+,;=:@!.%-]*+)?+)++"
    r"(?:\?[A-Za-z0-9_~$&()*+,;=:@!.%/?-]++)?+)",
).fullmatch
# What no name has, though a parser may find a host in it: paths, ports, credentials, wildcards.
_NO_NAME = late(r"[\s/\\?#@%*]|:[0-9]*\Z|\]:")
_UNRESERVED = late(r"%(2[dD]|2[eE]|3[0-9]|[46][1-9a-fA-F]|[57][0-9aA]|5[fF]|7[eE])")
_ESCAPE = late(r"%[0-9a-fA-F]{2}")
# Added by those who link, never part of what a page is; dropped from the key only.
_TRACKING = late(r"(?:^|&)(?:utm_[a-z]+|gclid|fbclid|msclkid|dclid|yclid)=[^&]*")
# Session ids: the same page at every visit. Long enough not to be the id of a thing.
_SESSION_PATH = late(
    r";jsessionid=[0-9a-z!.~_-]{8,}|/\((?:[a-z]\([0-9a-z_-]{1,64}\))*s\([0-9a-z]{20,}\)"
    r"(?:[a-z]\([0-9a-z_-]{1,64}\))*\)",  # Java's; ASP.NET's: /(S(lit3py55t21z5v55vlm25s55))/
    re.IGNORECASE,
)
_SESSION = late(
    r"(?:^|&)(?:phpsessid|jsessionid|aspsessionid[a-z]*|asp\.net_sessionid|cfid|cftoken|sid|s"
    r"|sess|sessid|session|sessionid|session_id|zenid|oscsid)=(?=[^&]*[0-9])[0-9a-z-]{16,}(?=&|$)",
    re.IGNORECASE,
)


@final
class Url:
    """A crawlable address; make one with `parse`. Equal when its text is equal.

    Written out, because one is made for every link and every row of the frontier: a frozen
    dataclass takes three times as long, compiled twenty times.
    """

    __slots__ = ("text", "scheme", "host", "port", "target")  # noqa: RUF023 - as they are passed

    def __init__(self, text: str, scheme: str, host: str, port: int, target: str) -> None:
        self.text: Final = text  # WHATWG, without fragment, byte for byte what is requested
        self.scheme: Final = scheme
        self.host: Final = host  # name or address without port: unit of politeness
        self.port: Final = port  # effective port
        self.target: Final = target  # path and query, as on the request line

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Url) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __reduce__(self) -> tuple[object, ...]:
        return Url, (self.text, self.scheme, self.host, self.port, self.target)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Url({self.text!r})"

    @property
    def origin(self) -> str:
        """Scheme, host and port: the unit of robots.txt (RFC 9309 section 2.3)."""
        return self.text[: len(self.text) - len(self.target)]

    @property
    def site(self) -> str:
        """The registrable domain: the unit of budgets and shards."""
        return site_of(self.host)

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def key(self) -> int:
        """Signed 64-bit dedup key: equal for spellings that RFC 3986 calls equivalent."""
        return key_of(self.text)


def parse(text: str, base: Url | None = None) -> Url | None:
    """Return `text` as a URL, or None if no crawler should request it.

    None: no http(s) URL, no host, or credentials in it.
    """
    plain = _PLAIN(text)
    if plain is not None:
        scheme, host, target = plain.groups()
        return Url(text, scheme, host, _DEFAULT_PORTS[scheme], target)
    try:
        href = ada_url.URL(text, base=base.text if base else None).href
    except ValueError:  # a lone surrogate's UnicodeError is one, too
        return None
    match = _WEB(href)
    if match is None:
        return None
    scheme, host, port, path, query = match.groups("")
    number = int(port) if port else _DEFAULT_PORTS[scheme]
    if host[-1] != ".":
        return Url(href[: match.end()], scheme, host, number, path + query)
    name = host.rstrip(".")  # the root of the DNS: the same host (RFC 1034 section 3.1)
    if not name:
        return None
    origin = f"{scheme}://{name}:{port}" if port else f"{scheme}://{name}"
    return Url(origin + path + query, scheme, name, number, path + query)


def host_name(text: str) -> str | None:
    """Return the one form of a host's name or address, as `Url.host` has it; None if it is none.

    Lower case, A-labels, no root dot, addresses as the URL Standard writes them. Everything that
    names a host passes through here or through `parse`, so that names can be compared.
    """
    text = text.strip()
    if ":" in text and text[:1] != "[":
        text = f"[{text}]"  # an IPv6 address; nothing else has a colon
    if not text or _NO_NAME.search(text):
        return None
    url = parse(f"http://{text}/")
    if url is None or url.target != "/" or ".." in url.host or url.host[0] == ".":
        return None
    return url.host


def meant_domain(text: str) -> str | None:
    """Return the host that a person most likely means: "*.x.org", "https://x.org/page", "x.org:80".

    For hints, and where a line that cannot be followed to the letter must still refuse.
    """
    text = text.strip().removeprefix("*").lstrip(".")
    name = host_name(text)
    url = None if name else parse(text) or parse(f"http://{text}")
    return name or (host_name(url.host) if url is not None else None)


def is_within(host: str, domain: str) -> bool:
    """Say if `host` is `domain` or lies below it; both in the form of `host_name`."""
    return host == domain or host.endswith(f".{domain}")


@lru_cache(maxsize=65_536)
def site_of(host: str) -> str:
    """Return the registrable domain of `host`; an address is its own site."""
    if host.startswith("[") or host.replace(".", "").isdigit():
        return host
    split = _suffix_list()(host)
    if split.top_domain_under_public_suffix:
        return split.top_domain_under_public_suffix
    # A public suffix is its own site; below one nobody lists, the default rule "*" holds.
    return host if split.suffix else ".".join(host.split(".")[-2:])


@lru_cache(maxsize=1)
def _suffix_list() -> TLDExtract:
    # Loaded when first a name is met, for it brings a whole HTTP client along. The list ships
    # with the package: no download, so no I/O in core.
    from tldextract import TLDExtract  # noqa: PLC0415

    return TLDExtract(cache_dir=None, suffix_list_urls=())


# A site's pages link to each other again and again.
@lru_cache(maxsize=32_768)
def key_of(text: str) -> int:
    """Return the dedup key of a normal-form URL text (see `Url.key`)."""
    if "%" in text:
        text = _ESCAPE.sub(lambda match: match[0].upper(), text)
        text = _UNRESERVED.sub(lambda match: chr(int(match[1], 16)), text)
    path, question, query = text.partition("?")
    if ";" in path or "/(" in path:
        path = _SESSION_PATH.sub("", path)
        text = f"{path}?{query}" if question else path
    if question:
        query = _SESSION.sub("", _TRACKING.sub("", query)).lstrip("&")
        text = f"{path}?{query}" if query else path
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
