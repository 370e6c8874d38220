"""Which site files are too old to rest consent on: one rule for export and for `recheck`.

What cannot be asked for again is never too old, so that whatever an export calls stale a recheck
of a site that answers makes fresh.
"""

from __future__ import annotations

from dataclasses import replace

from crawler.core.consent.site_files import (
    FileRequest,
    unasked,
    unknown_file,
    unknown_licence,
    unknown_terms,
)
from crawler.core.decision import Found
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url

_NEVER = 1e18
# Robots.txt, eight probes, eight licences, two terms pages; what is too much is not looked at.
_MOST_FILES = 40


def too_old(
    origin: Url,
    site: tuple[Snapshot, ...],
    policy: ConsentPolicy,
    before: float,
    now: float,
    pages: int = 0,
) -> tuple[FileRequest, ...]:
    """Return the files of an origin whose answer is older than `before`, robots.txt first.

    They are those that would be asked for again if that were how long answers live, whatever
    they said of it themselves; of terms, those whose own time ended `before` then. What nobody
    asked for is not among them, nor what robots.txt shuts or an earlier answer makes idle: no
    request could make it any newer. A robots.txt that is too old comes alone: what else may be
    asked for, the new one says. `origin` is its root; times are seconds since the epoch.
    """
    aged = tuple(
        replace(item, expires_at=_end_of(item, before, now, policy.terms == "honour"))
        for item in site
    )
    found: list[FileRequest] = []
    for _ in range(_MOST_FILES):
        wanted = unknown_file(origin, aged, policy, now, pages)
        if wanted is None:
            break
        place = (wanted.kind, wanted.url.text)
        if any((item.kind, item.url) == place for item in site):
            found.append(wanted)
            if wanted.kind is FileKind.ROBOTS:
                break
        # As if it had been asked for again, and said the same as before.
        again = tuple(item for item in aged if (item.kind, item.url) == place)
        known = again or (Snapshot(*place, Found.ABSENT, now),)
        aged = tuple(item for item in aged if item not in again) + tuple(
            replace(item, expires_at=_NEVER) for item in known
        )
    return tuple(found)


def never_asked(
    origin: Url, site: tuple[Snapshot, ...], policy: ConsentPolicy, now: float, pages: int = 0
) -> tuple[FileRequest, ...]:
    """Return the files that are due, or are named, and that nobody ever asked for.

    With them terms whose own time is over: those who linked them may mean others by now.
    """
    robots = next((item for item in site if item.kind is FileKind.ROBOTS), None)
    if robots is None:
        return ()
    probe = unasked(origin, site, policy, pages)
    found = [probe] if probe is not None else []
    for _ in range(_MOST_FILES):
        wanted = unknown_licence(origin, site, robots, policy, now)
        if wanted is None:
            break
        found.append(wanted)
        site = (*site, Snapshot(wanted.kind, wanted.url.text, Found.ABSENT, now))
    while (wanted := unknown_terms(site, policy, now)) is not None:
        found.append(wanted)
        site = tuple(item for item in site if item.url != wanted.url.text)
    return tuple(found)


def _end_of(item: Snapshot, before: float, now: float, terms_count: bool) -> float:  # noqa: FBT001
    if item.kind is FileKind.TERMS:
        never_asked = item.found is Found.NOT_SOUGHT
        old = item.expires_at <= before and terms_count and not never_asked
    else:
        old = item.fetched_at < before
    return now if old else _NEVER
