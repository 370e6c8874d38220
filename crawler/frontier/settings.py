"""What an operator can set of the frontier, one small table for each of its parts."""

from __future__ import annotations

from functools import cached_property
from ipaddress import IPv4Network, IPv6Network
from typing import Literal, TypeAlias

from pydantic import Field

from crawler.core.politeness import Politeness
from crawler.core.units import Duration, Settings
from crawler.frontier.sharding import Share

Network: TypeAlias = IPv4Network | IPv6Network

# What no text comes of. Compared with the last path segment's extension, lower case.
# fmt: off
_NO_TEXT = (
    "7z", "aac", "apk", "avi", "avif", "bin", "bmp", "bz2", "css", "csv", "deb", "dmg", "doc",
    "eot", "exe", "flac", "flv", "gif", "gz", "ico", "iso", "jar", "jpeg", "jpg", "js", "json",
    "m4a", "m4v", "mkv", "mjs", "mov", "mp3", "mp4", "mpeg", "mpg", "msi", "odp", "ods", "ogg",
    "ogv", "otf", "png", "ppt", "pptx", "ps", "psd", "rar", "rpm", "rtf", "svg", "swf", "tar",
    "tgz", "tif", "tiff", "ttf", "wasm", "wav", "webm", "webp", "wma", "wmv", "woff", "woff2",
    "xls", "xlsx", "xpi", "xz", "zip", "zst",
)
# fmt: on


class Scope(Settings):
    """Policy table `[scope]`: which addresses the job is about."""

    scope: Literal["host", "site", "any"] = "host"  # of the seeds
    max_depth: int | None = Field(default=None, ge=0)  # links followed from a seed
    include: tuple[str, ...] = ()  # regular expressions; any must be found in the URL
    exclude: tuple[str, ...] = ()  # regular expressions; none may be found in the URL


class Admission(Settings):
    """Policy table `[admission]`: traps, and what no text comes of."""

    max_length: int = Field(default=2_048, ge=64)  # characters of the URL
    max_segments: int = Field(default=20, ge=1)  # of the path
    max_repeats: int = Field(default=3, ge=1)  # of one path segment
    max_parameters: int = Field(default=12, ge=0)  # of the query
    max_pattern: int = Field(default=10_000, ge=1)  # URLs that differ in numbers only
    max_query_pattern: int = Field(default=2_000, ge=1)  # ... or in the query's values
    max_calendar: int = Field(default=200, ge=1)  # ... where those are dates
    max_revisions: int = Field(default=100, ge=1)  # ... views of old revisions of one thing
    max_unsure: int = Field(default=20, ge=0)  # pages of a host that are named as one type of file
    calendar_ahead: Duration = "366d"  # type: ignore[assignment] # later dates are no pages
    calendar_from: int = 1970  # earlier years are no pages
    max_host_urls: int = Field(default=5_000_000, ge=1)  # stored of one host
    max_links: int = Field(default=5_000, ge=1)  # taken from one page
    no_text: tuple[str, ...] = _NO_TEXT
    nofollow: bool = True  # obey it

    @cached_property
    def textless(self) -> frozenset[str]:
        return frozenset(self.no_text)


class Budgets(Settings):
    """Policy table `[budgets]`: pages requested; 0 means no limit."""

    host_pages: int = Field(default=0, ge=0)
    site_pages: int = Field(default=0, ge=0)


class Discovery(Settings):
    """Policy table `[discovery]`: where addresses come from beside links."""

    sitemaps: bool = True
    sitemap_urls: tuple[str, ...] = ()  # read besides; they bring their hosts into scope
    well_known_sitemap: bool = False  # ask for /sitemap.xml where robots.txt names none
    max_sitemaps: int = Field(default=100, ge=0)  # of one host
    max_sitemap_depth: int = Field(default=3, ge=0)  # index in index
    canonical: bool = True
    hreflang: bool = True


class Revisit(Settings):
    """Policy table `[revisit]`: how often a kept page is asked for again."""

    first: Duration = "7d"  # type: ignore[assignment]
    least: Duration = "1d"  # type: ignore[assignment]
    most: Duration = "90d"  # type: ignore[assignment]
    slower: float = Field(default=1.5, ge=1)  # x interval when nothing changed
    faster: float = Field(default=0.5, gt=0, le=1)  # x interval when it did


class Retries(Settings):
    """Policy table `[retries]`: what becomes of a URL that failed."""

    tries: int = Field(default=3, ge=1)
    wait: Duration = "5m"  # type: ignore[assignment] # doubled each time
    max_redirects: int = Field(default=10, ge=0)  # of a page
    active_hosts: int = Field(default=20_000, ge=16)  # kept in memory between visits


class FrontierSettings(Settings):
    """Everything the frontier reads; `free` are the ranges `[network] allow` opens."""

    politeness: Politeness = Politeness()
    scope: Scope = Scope()
    admission: Admission = Admission()
    budgets: Budgets = Budgets()
    discovery: Discovery = Discovery()
    revisit: Revisit = Revisit()
    retries: Retries = Retries()
    free: tuple[Network, ...] = ()
    share: Share | None = None  # None: every site is ours
