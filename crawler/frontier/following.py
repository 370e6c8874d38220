"""What a finished visit leads to: links, a redirect, sitemaps; the rules are applied. No I/O."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from crawler.core.consent import RobotsHints
from crawler.core.decision import Found
from crawler.core.document import Link
from crawler.core.outcome import Kept, Listed, Refused, Skipped
from crawler.core.task import Task, TaskKind
from crawler.core.urls import Url, parse
from crawler.frontier.hosts import Kind
from crawler.frontier.link_rules import SITEMAP, Screen, Seen
from crawler.frontier.recording import Finds
from crawler.frontier.settings import FrontierSettings

# Links screened beside the visit; 5,000 would stop all visits for a tenth of a second.
_FEW_LINKS = 250
_SILENT = frozenset({Found.FOUND, Found.ABSENT})  # a robots.txt that may name no sitemap
_SITEMAP: Final = TaskKind.SITEMAP


class Following:
    """Takes up what one visit leads to; what passes the rules goes into its `finds`."""

    __slots__ = ("_task", "_settings", "_finds", "_screen")  # noqa: RUF023

    def __init__(
        self, task: Task, settings: FrontierSettings, seen: Seen, now: float, finds: Finds
    ) -> None:
        self._task = task
        self._settings = settings
        self._finds = finds
        screen = self._screen = Screen(settings, seen, now, task.url.host)
        finds.candidates, finds.away = screen.candidates, screen.away

    def take_links(self, outcome: Kept | Refused | Skipped) -> None:
        most = self._settings.admission.max_links
        links = outcome.links
        nofollow = not isinstance(outcome, Skipped) and outcome.decision.nofollow
        if nofollow and self._settings.admission.nofollow:
            self._screen.turn_away("nofollow", links[0].url, len(links))
            return
        self._screen_links(links[:most])
        if len(links) > most:
            self._screen.turn_away("too-many-links", links[most].url, len(links) - most)

    def _screen_links(self, links: Sequence[Link]) -> None:
        """Put links through the rules, here or, if they are many, in the database thread."""
        depth = self._task.depth + 1
        if len(links) > _FEW_LINKS:
            self._finds.unscreened = (links, depth, self._task.url.host)
            return
        for link in links:
            self._screen.take(link, depth)

    def follow(self, to: Url) -> None:
        """Admit a redirect's target as a task of its own, at the depth of what led to it."""
        task = self._task
        chain = (*task.via, task.url.text)
        if len(chain) > self._settings.retries.max_redirects or to.text in chain:
            self._screen.turn_away("redirects", to)
            return
        if task.kind is _SITEMAP:
            add_sitemap(self._screen, to, task.origin, task.hops + 1)
            return
        if task.depth == 0 and to.site == task.url.site and to.host != task.url.host:
            self._finds.extends = to.host
        self._screen.redirect(to, task.depth, json.dumps(chain))

    def take_listed(self, listed: Listed) -> None:
        """Sitemaps speak for their own host and the one whose robots.txt names them."""
        task, settings = self._task, self._settings
        own = (task.url.host, task.origin)
        links: list[Link] = []
        foreign: list[Link] = []
        for link in listed.links:
            (links if link.url.host in own else foreign).append(link)
        if foreign:
            self._screen.turn_away("foreign-sitemap", foreign[0].url, len(foreign))
        self._screen_links(links)
        level = task.hops + 1
        if level > settings.discovery.max_sitemap_depth:
            if listed.sitemaps:
                self._screen.turn_away("sitemap-depth", listed.sitemaps[0], len(listed.sitemaps))
            return
        most = settings.discovery.max_sitemaps
        if len(listed.sitemaps) > most:
            self._screen.turn_away("sitemaps", listed.sitemaps[most], len(listed.sitemaps) - most)
        for url in listed.sitemaps[:most]:
            if url.host in own:
                add_sitemap(self._screen, url, task.origin, level)
            else:
                self._screen.turn_away("foreign-sitemap", url)

    def take_sitemaps(self, hints: RobotsHints, origin: Url, found: Found) -> None:
        """Have the sitemaps read that a robots.txt names, else the one at the usual place."""
        discovery = self._settings.discovery
        if not discovery.sitemaps:
            return
        named = list(hints.sitemaps[: discovery.max_sitemaps])
        if over := len(hints.sitemaps) - len(named):
            self._screen.turn_away("sitemaps", origin, over)
        if not named and discovery.well_known_sitemap and found in _SILENT:
            named = ["/sitemap.xml"]
        for text in named:
            url = parse(text, origin)
            if url is not None and len(url.text) <= self._settings.admission.max_length:
                add_sitemap(self._screen, url, origin.host, 0)


def add_sitemap(screen: Screen, url: Url, for_host: str, level: int) -> None:
    """Have a sitemap read that speaks for `for_host`, `level` steps from robots.txt."""
    screen.add(url, Kind.SITEMAP, SITEMAP, 0, file=json.dumps([for_host, level]))
