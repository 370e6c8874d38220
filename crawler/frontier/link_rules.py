"""From the links of one visit to rows that may be added: everything that needs no store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from crawler.core.document import Link
from crawler.core.urls import Url, key_of
from crawler.frontier.admission import pattern_of, refusal
from crawler.frontier.hosts import Kind
from crawler.frontier.settings import FrontierSettings
from crawler.frontier.turned_away import Away

# Priorities: small numbers first. Site files have 0.
SEED = 10
_PAGE = 20  # plus the depth
_DEEPEST = 20
_LISTED = 22  # a page named by a sitemap ranks like one two links from a seed
SITEMAP = 23
VIEWS = 60  # plus the depth: what may show other pages again
_SEEN_MOST = 400_000


def sitemap_key(url: Url) -> int:
    """Return the key of a URL as a sitemap: as a page it is another."""
    return key_of(f"SITEMAP {url.text}")


class Candidate(NamedTuple):
    """A URL that no rule without the store turns away."""

    host: str
    site: str
    key: int
    url: str
    kind: int
    priority: int
    depth: int
    pattern: tuple[int, int, str] | None
    lastmod: float = 0.0
    via: str = ""
    file: str = ""


class Seen:
    """Keys that need not be asked about: exact, and bounded by forgetting the oldest half.

    A key that is not here may still be in the store. A key that is here was looked at by the
    store, or will be before whatever is finished from now on: visits are recorded in order.
    """

    def __init__(self, most: int = _SEEN_MOST) -> None:
        self._most = most // 2
        self._young: set[int] = set()
        self._old: set[int] = set()

    def __contains__(self, key: int) -> bool:
        return key in self._young or key in self._old

    def update(self, keys: Iterable[int]) -> None:
        self._young.update(keys)
        if len(self._young) > self._most:
            self._old, self._young = self._young, set()


class Screen:
    """Links put through the rules; `away` counts the others by reason.

    `home` is the host they were found at. What leads elsewhere is counted for no host: it may
    be one that the job never hears of again.
    """

    def __init__(self, settings: FrontierSettings, seen: Seen, now: float, home: str = "") -> None:
        self._admission = settings.admission
        self._scope = settings.scope
        self._obeys_nofollow = settings.admission.nofollow
        self._max_depth = settings.scope.max_depth
        self._wants_canonical = settings.discovery.canonical
        self._wants_hreflang = settings.discovery.hreflang
        self._max_sitemaps = settings.discovery.max_sitemaps
        self._seen = seen
        self._now = now
        self._home = home
        self._keys: set[int] = set()
        self.away = Away()
        self.candidates: list[Candidate] = []

    def take(self, link: Link, depth: int) -> None:
        """Admit a link found on a page at `depth - 1`, or a seed at `depth`."""
        url = link.url
        reason = self._unwanted(link, depth)
        if reason:
            self.turn_away(reason, url)
            return
        key = url.key
        if key in self._keys or (key in self._seen and not link.lastmod):
            self.away.count("known")
            return
        self._keys.add(key)
        reason = refusal(url, self._admission, self._scope, self._now)
        if reason:
            self.turn_away(reason, url)
            return
        self.add(url, Kind.PAGE, priority_of(link, depth), depth, key=key, lastmod=link.lastmod)

    def turn_away(self, reason: str, url: Url, count: int = 1) -> None:
        """Count links that are not admitted, of which `url` is one."""
        self.away.add(reason, url.host if url.host == self._home else "", url.text, count)

    def redirect(self, to: Url, depth: int, via: str) -> None:
        """Admit where a page redirects to; it keeps the depth of the page."""
        reason = refusal(to, self._admission, self._scope, self._now)
        if reason:
            self.turn_away(reason, to)
        else:
            self.add(
                to, Kind.PAGE, SEED if depth == 0 else _PAGE + min(depth, _DEEPEST), depth, via=via
            )

    def add(  # noqa: PLR0913 - the columns of a row
        self,
        url: Url,
        kind: int,
        priority: int,
        depth: int,
        *,
        key: int | None = None,
        lastmod: float = 0.0,
        via: str = "",
        file: str = "",
    ) -> None:
        """Add a candidate that has passed the rules that concern it."""
        number = key
        pattern: tuple[int, int, str] | None = None
        if kind == Kind.SITEMAP:
            # Indexes that lead from one to the next are capped as other traps are.
            pattern = (key_of("sitemaps"), self._max_sitemaps, "sitemaps")
            number = sitemap_key(url)
        elif (known := pattern_of(url, self._admission)) is not None:
            pattern = (known.hash, known.most, known.code)
            if known.late and priority > SEED:
                priority = VIEWS + min(depth, _DEEPEST)
        self.candidates.append(
            Candidate(
                url.host,
                url.site,
                url.key if number is None else number,
                url.text,
                kind,
                priority,
                depth,
                pattern,
                lastmod,
                via,
                file,
            )
        )

    def _unwanted(self, link: Link, depth: int) -> str:
        if link.nofollow and self._obeys_nofollow:
            return "nofollow"
        if self._max_depth is not None and depth > self._max_depth:
            return "depth"
        if not self._wants_canonical and link.source == "canonical":
            return "canonical-off"
        if not self._wants_hreflang and link.source == "hreflang":
            return "hreflang-off"
        return ""


def priority_of(link: Link, depth: int) -> int:
    """Return how soon: seeds, then by depth; sitemap entries by their own priority."""
    if link.source == "seed":
        return SEED
    if link.source in ("sitemap", "feed"):
        weight = min(1.0, max(0.0, link.priority))
        return _LISTED + round((0.5 - weight) * 4)
    return _PAGE + min(depth, _DEEPEST)
