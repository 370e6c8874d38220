"""One decision for all rows that match the same rules of the same site files, of whatever host.

What is shared within one set of site files is `crawler.core.consent.alike`'s; here is which sets
say the same.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol, TypeAlias

from crawler.core.consent import robotstxt
from crawler.core.consent.alike import Alike
from crawler.core.decision import Decision, Found
from crawler.core.evidence import Evidence, FileKind, Snapshot
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url, is_within
from crawler.store.dated_evidence import Known

_SITES = 512  # sets of site files that are remembered
_FILES = 1 << 16  # of which it is remembered whether they speak of hosts by name
NO_BODY = sha256(b"").hexdigest()
Files: TypeAlias = "Callable[[], tuple[Snapshot, ...]]"
_SPEAKS_ELSEWHERE = ("license", "content-license")


class Site(Protocol):
    """What speaks for an origin."""

    remembered: Remembered

    @property
    def files(self) -> tuple[Snapshot, ...]: ...

    def address(self, target: str) -> Url: ...


@dataclass(slots=True)
class Remembered:
    """What was decided on one set of site files."""

    alike: Alike
    owes: dict[Hashable, bool] = field(default_factory=dict)  # whether a file is still due


class SharedDecisions:
    """Decides on site evidence, remembering a bounded number of sites. One policy, one time."""

    def __init__(self, policy: ConsentPolicy) -> None:
        self._policy = policy
        self._sites: OrderedDict[Hashable, Remembered] = OrderedDict()
        self._speaks_of_hosts: dict[str, bool] = {}  # by hash of a file
        named = [item.domain for item in policy.never] + [item.domain for item in policy.grants]
        self._named = tuple(named)
        self.decided = 0  # how often it was really decided

    def of(self, url: Url, answers: Sequence[Known], files: Files) -> Remembered:
        """Return what was decided on the site files of an origin; ask once a site.

        `files`: gives them with their bodies, where they are looked at for the first time.
        """
        key = self._key(url, answers, files)
        known = self._sites.get(key)
        if known is None:
            # What a licence document says of a path is asked elsewhere.
            alone = any(item.kind == FileKind.RSL for item in answers)
            known = self._sites[key] = Remembered(Alike(alone))
            if len(self._sites) > _SITES:
                self._sites.popitem(last=False)
        else:
            self._sites.move_to_end(key)
        return known

    def _key(self, url: Url, answers: Sequence[Known], files: Files) -> Hashable:
        """Return what makes two sets of site files say the same, of one host or of several.

        Only plain ones are shared between hosts: a robots.txt without addresses of its own, and
        files that are not there. Whatever may speak of a host by name keeps its host in the key.
        """
        origin = url.origin
        size = len(origin)
        told: list[Hashable] = []
        shared = True
        for item in answers:
            _, _, _, kind, place, found, status, error, headers, sha256, _ = item
            tail = place[size:] if place.startswith(origin) else place
            told.append((kind, tail, found, sha256, status, error))
            if '":' in headers:  # our own notes among them
                notes = [line for line in json.loads(headers) if line[0].startswith(":")]
                told.append(tuple(map(tuple, notes)))
            if found == Found.FOUND and kind != FileKind.ROBOTS:
                shared = False
            if shared and sha256 != NO_BODY:
                shared = not self._names_hosts(sha256, files)
        if shared and not any(is_within(url.host, domain) for domain in self._named):
            return tuple(told)
        return (origin, *told)

    def _names_hosts(self, sha256: str, files: Files) -> bool:
        known = self._speaks_of_hosts.get(sha256)
        if known is None:
            if len(self._speaks_of_hosts) >= _FILES:
                self._speaks_of_hosts.clear()
            for item in files():
                if item.body:
                    self._speaks_of_hosts[item.sha256] = _names_hosts(item.body)
            known = self._speaks_of_hosts[sha256]
        return known

    def decide(self, target: str, site: Site, now: float) -> Decision:
        """Return what `decide` says of a path of a site.

        What only names the first row's host, such as the address of a file that was looked at,
        is that of the first row.
        """
        alike = site.remembered.alike
        found = alike.find(target)
        if found is not None:
            return found
        self.decided += not alike.alone
        return alike.decide(Evidence(site.address(target), site.files), self._policy, now)


def _names_hosts(body: bytes) -> bool:
    parsed = robotstxt.parse(body)
    return parsed.absolute or any(parsed.mentions(label) for label in _SPEAKS_ELSEWHERE)
