"""Contradictions: what each key may say, but not beside what another key says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crawler.config.model import ASKS, Config
from crawler.config.problem import Path, nearest, printable
from crawler.core.consent.protocols import PROTOCOLS
from crawler.core.urls import is_within, parse
from crawler.fetch.dialable import AddressRules, split_target

_ACCESS = ("robots", "http")  # who may fetch what: the host's word, which no owner waives for it
_WAIVED = tuple(protocol for protocol in PROTOCOLS if protocol.name not in _ACCESS)
# What a grant may set aside, by the protocol's name.
WAIVABLE = tuple(item.name for item in _WAIVED)
_WAIVABLE_ONCE = frozenset(name for item in _WAIVED for name in item.known_as)
# Rules of `crawler annotate` that a page can be asked to pass.
QUALITY = ("gopher", "c4", "fineweb")
_COUNTRY = re.compile(r"[A-Z]{2}")  # ISO 3166-1 alpha-2


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What does not go together, where, and how to mend it."""

    key: Path
    what: str
    fix: str
    allowed: tuple[str, ...] = ()
    nearest: str = ""


def contradictions(config: Config, now: float | None) -> Iterator[Contradiction]:
    """Yield what cannot be meant. `now` (seconds since the epoch) is for dates to come."""
    for rule in _RULES:
        yield from rule(config)
    yield from _dates(config, now)


def remarks(config: Config) -> Iterator[str]:
    """Yield what may be meant but should be known: `lint` says it."""
    if not config.identity.token:
        yield "identity.token: not set, so no crawl can start with this policy"
    least = {name: default for item in PROTOCOLS for name, default in item.more_readings.items()}
    loose = [
        name
        for name, reading in config.consent.readings
        if reading not in ("honour", least.get(name))
    ]
    if loose and not config.basis:
        yield f"basis: not stated, though these readings are loosened: {', '.join(loose)}"
    if config.consent.conditional == "include" and not config.consent.satisfied:
        yield (
            "consent.conditional: pages under conditions are taken, and consent.satisfied names"
            " no condition that is met"
        )
    if config.suppression.path is None:
        yield "suppression.path: not set, so no list of withdrawn pages is shared by the jobs"


def _network(config: Config) -> Iterator[Contradiction]:
    network = config.network
    if not network.public and not network.allow:
        yield Contradiction(
            ("network", "public"),
            "public addresses are forbidden and no other range is opened: nothing can be fetched",
            'open one, such as allow = ["127.0.0.0/8"]',
        )
    rules = AddressRules(network)
    for name, target in network.connect_to.items():
        address, port = split_target(target)
        if rules.refusal(address, port):
            yield Contradiction(
                ("network", "connect_to", name),
                f"{target} must not be dialled: `network.allow` and `network.ports` do not open it",
                f'add "{address}/{128 if ":" in address else 32}" to network.allow',
            )


def _delays(config: Config) -> Iterator[Contradiction]:
    delay = config.politeness.min_delay
    if delay < 1 and not config.network.allow:
        yield Contradiction(
            ("politeness", "min_delay"),
            f"{delay:g} s is for hosts of your own, and `network.allow` opens no range of theirs",
            'write "1s" or more; towards public addresses 1 s is the least',
        )


def _limits(config: Config) -> Iterator[Contradiction]:
    for name, value in config.limits:
        if value is not None and name != "patience" and value <= 0:
            yield Contradiction(
                ("limits", name), f"{value:g} lets nothing be done", "write more, or remove the key"
            )


def _purpose(config: Config) -> Iterator[Contradiction]:
    lacking = [usage for usage in ASKS[config.purpose] if usage not in config.consent.purpose]
    if lacking:
        asked = ", ".join(f'"{usage.value}"' for usage in ASKS[config.purpose])
        yield Contradiction(
            ("consent", "purpose"),
            f'the purpose "{config.purpose}" asks for {asked} as well: '
            f"{', '.join(usage.value for usage in lacking)} is missing",
            "remove consent.purpose (it follows from the purpose) or add what is missing",
        )


def _reachable(config: Config) -> Iterator[Contradiction]:
    consent = config.consent
    readings = [consent.readings.of(name) for name in _GRANTING]
    if consent.unset == "exclude" and not config.grants and set(readings) == {"log-only"}:
        yield Contradiction(
            ("consent", "unset"),
            "only granted pages are taken, but every reading that can grant is log-only",
            "read licences (consent.readings.licence) or add [[grants]]",
        )


_GRANTING = ("aipref", "content_signals", "rsl", "tdmrep", "licence")


def _grants(config: Config) -> Iterator[Contradiction]:
    for n, grant in enumerate(config.grants):
        for never in config.never:
            if is_within(grant.domain, never.domain) or is_within(never.domain, grant.domain):
                yield Contradiction(
                    ("grants", n, "domain"),
                    f"{grant.domain!r} is granted, and {never.domain!r} must never be fetched",
                    "remove the grant or the entry in [[never]]",
                )
        for protocol in grant.overrides:
            if protocol not in _WAIVABLE_ONCE:
                yield Contradiction(
                    ("grants", n, "overrides"),
                    f"a grant cannot set aside {printable(protocol)!r}"
                    " (robots.txt and refusals of access are always obeyed)",
                    "",
                    WAIVABLE,
                    nearest(protocol, WAIVABLE),
                )


def _patterns(config: Config) -> Iterator[Contradiction]:
    for name in ("include", "exclude"):
        for pattern in getattr(config.scope, name):
            try:
                re.compile(pattern)
            except (re.error, OverflowError, RecursionError) as error:
                what = f"{printable(repr(pattern))} is no regular expression: {error}"
                yield Contradiction(("scope", name), what, "")


def _country(config: Config) -> Iterator[Contradiction]:
    if config.consent.country and not _COUNTRY.fullmatch(config.consent.country):
        what = f"{printable(config.consent.country)!r} is no country"
        yield Contradiction(("consent", "country"), what, 'write two letters, such as "DE"')


def _revisit(config: Config) -> Iterator[Contradiction]:
    revisit = config.revisit
    if not revisit.least <= revisit.first <= revisit.most:
        what = "the intervals are out of order"
        yield Contradiction(("revisit", "least"), what, "it must be that least <= first <= most")


def _sitemaps(config: Config) -> Iterator[Contradiction]:
    for number, text in enumerate(config.discovery.sitemap_urls):
        if parse(text) is None:
            what = f"{printable(text)!r} is no URL that can be crawled"
            fix = "give it whole, such as https://example.org/sitemap.xml"
            yield Contradiction(("discovery", "sitemap_urls", number), what, fix)


def _retention(config: Config) -> Iterator[Contradiction]:
    if config.archive.retention is not None and not config.archive.enabled:
        yield Contradiction(
            ("archive", "retention"),
            "raw copies are to be kept for a time, but no raw copies are made",
            "set archive.enabled = true or remove archive.retention",
        )


def _suppression(config: Config) -> Iterator[Contradiction]:
    if config.suppression.key is not None and config.suppression.path is None:
        yield Contradiction(
            ("suppression", "key"), "there is a key but no list", "set suppression.path"
        )
    if config.suppression.feeds and config.suppression.path is None:
        yield Contradiction(
            ("suppression", "feeds"),
            "feeds are followed beside a list of one's own, and there is none",
            "set suppression.path",
        )


def _export(config: Config) -> Iterator[Contradiction]:
    export = config.export
    for key in ("fetched_from", "fetched_until"):
        day = getattr(export, key)
        if day and _day(day) is None:
            what = f"{printable(day)!r} is no date"
            yield Contradiction(("export", key), what, 'write "2026-01-31"')
    first, last = _day(export.fetched_from), _day(export.fetched_until)
    if first and last and first > last:
        what = f"{export.fetched_until} is before {export.fetched_from}: nothing can be exported"
        yield Contradiction(("export", "fetched_until"), what, "write a later day")
    for n, domain in enumerate(export.only_domains):
        for without in export.without_domains:
            if is_within(domain, without):
                what = f"{printable(domain)!r} is exported alone and left out (without_domains)"
                yield Contradiction(("export", "only_domains", n), what, "remove one of them")
    for n, rule in enumerate(export.quality):
        if rule not in QUALITY:
            what = f"unknown rule {printable(rule)!r}"
            near = nearest(rule, QUALITY)
            yield Contradiction(("export", "quality", n), what, "", QUALITY, near)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _dates(config: Config, now: float | None) -> Iterator[Contradiction]:
    dated: list[tuple[Path, str]] = []
    dated += [(("never", n, "date"), item.date) for n, item in enumerate(config.never)]
    dated += [(("grants", n, "date"), item.date) for n, item in enumerate(config.grants)]
    for n, confirmed in enumerate(config.licences.confirmed):
        dated.append((("licences", "confirmed", n, "date"), confirmed.date))
    for key, text in dated:
        day = _day(text)
        if day is None:
            yield Contradiction(key, f"{printable(text)!r} is no date", 'write "2026-11-22"')
            continue
        noon = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp()
        if now is not None and noon > now + 86_400:  # a day's grace for time zones
            yield Contradiction(key, f"{text} has not come yet", "")


_RULES: tuple[Callable[[Config], Iterator[Contradiction]], ...] = (
    _network,
    _delays,
    _limits,
    _purpose,
    _reachable,
    _grants,
    _country,
    _revisit,
    _sitemaps,
    _patterns,
    _retention,
    _suppression,
    _export,
)
