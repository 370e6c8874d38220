"""Gate 1 as the frontier needs it: what must be learned first, and whether a page may be asked for.

The rules are `crawler.core.consent`'s; this is their face, so that a simulation can put a
simple web's rules in their place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from crawler.core.consent import (
    FileRequest,
    RobotsHints,
    decide,
    next_file,
    read_file,
    robots_hints,
    rules_version,
    unasked,
    unknown_file,
)
from crawler.core.consent.alike import Alike
from crawler.core.decision import Decision, Signal, Usage, Value, Verdict
from crawler.core.evidence import Evidence, FileKind, Snapshot
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from crawler.core.urls import Url, is_within
from crawler.store.database import Connection
from crawler.store.pages import Context, record_refusal, save_snapshot

Hours: TypeAlias = tuple[tuple[int, int], ...]  # minutes of the day, UTC
Decide: TypeAlias = Callable[[Url, tuple[Snapshot, ...]], Decision]


class Consent(Protocol):
    """What the frontier asks of consent. All but the last two are pure."""

    @property
    def may_forbid_more(self) -> bool:
        """Say if more may come to be forbidden while a crawl runs."""

    def forbids(self, url: Url, policy: ConsentPolicy, now: float) -> Decision | None:
        """Return the decision about a URL that the operator refuses outright, or None.

        Nothing at all is asked for its sake: no name, no site file, no page.
        """

    def decide(self, evidence: Evidence, policy: ConsentPolicy, now: float) -> Decision: ...

    def deciding(self, policy: ConsentPolicy, now: float) -> Decide:
        """Return what says the same as `decide` of one host's URLs, for less."""

    def knows_all(
        self, url: Url, site: tuple[Snapshot, ...], policy: ConsentPolicy, now: float, pages: int
    ) -> bool:
        """Say if `next_file` asks for nothing more, whichever URL of the origin it is asked of."""

    def next_file(
        self, url: Url, site: tuple[Snapshot, ...], policy: ConsentPolicy, now: float, pages: int
    ) -> FileRequest | None: ...

    def unasked(
        self, url: Url, site: tuple[Snapshot, ...], policy: ConsentPolicy, pages: int
    ) -> FileRequest | None: ...

    def read_file(
        self,
        request: FileRequest,
        response: Response | None,
        error: str,
        hops: int,
        now: float,
        previous: Snapshot | None,
    ) -> Snapshot: ...

    def hints(self, snapshot: Snapshot, policy: ConsentPolicy) -> RobotsHints: ...

    def save_snapshot(self, connection: Connection, origin: str, snapshot: Snapshot) -> int: ...

    def record_refusal(
        self,
        connection: Connection,
        url_id: int,
        decision: Decision,
        site: tuple[Snapshot, ...],
        policy: ConsentPolicy,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class RealConsent:
    """The rules of `crawler.core.consent`, recorded by `crawler.store.pages`.

    The operator's suppression list and [[never]] are asked before anything else, for every kind
    of URL.
    """

    context: Context | None = None  # None: no suppression list, the policy as it is

    @property
    def may_forbid_more(self) -> bool:
        return self.context is not None and self.context.suppression is not None

    def forbids(self, url: Url, policy: ConsentPolicy, now: float) -> Decision | None:
        suppression = self.context.suppression if self.context is not None else None
        if suppression is not None and (reason := suppression.refuses_url(url)):
            return suppressed(reason, now)
        if any(is_within(url.host, never.domain) for never in policy.never):
            return decide(Evidence(url), policy, now)
        return None

    def decide(self, evidence: Evidence, policy: ConsentPolicy, now: float) -> Decision:
        return decide(evidence, policy, now)

    def deciding(self, policy: ConsentPolicy, now: float) -> Decide:
        """Return what decides, remembering: URLs that match the same rules share a yes.

        A no is decided on by itself, as its record tells.
        """
        origins: dict[str, tuple[tuple[Snapshot, ...], Alike]] = {}

        def decide_on(url: Url, site: tuple[Snapshot, ...]) -> Decision:
            known = origins.get(url.origin)
            if known is None or known[0] is not site:  # something was learned meanwhile
                alone = any(item.kind is FileKind.RSL for item in site)
                known = origins[url.origin] = (site, Alike(alone))
            found = known[1].find(url.target)
            if found is None:
                return known[1].decide(Evidence(url, site), policy, now)
            return found or decide(Evidence(url, site), policy, now)

        return decide_on

    def knows_all(
        self, url: Url, site: tuple[Snapshot, ...], policy: ConsentPolicy, now: float, pages: int
    ) -> bool:
        return unknown_file(url, site, policy, now, pages) is None

    def next_file(
        self, url: Url, site: tuple[Snapshot, ...], policy: ConsentPolicy, now: float, pages: int
    ) -> FileRequest | None:
        return next_file(url, site, policy, now, pages)

    def unasked(
        self, url: Url, site: tuple[Snapshot, ...], policy: ConsentPolicy, pages: int
    ) -> FileRequest | None:
        return unasked(url, site, policy, pages)

    def read_file(
        self,
        request: FileRequest,
        response: Response | None,
        error: str,
        hops: int,
        now: float,
        previous: Snapshot | None,
    ) -> Snapshot:
        return read_file(request, response, error, hops, now, previous)

    def hints(self, snapshot: Snapshot, policy: ConsentPolicy) -> RobotsHints:
        return robots_hints(snapshot, policy)

    def save_snapshot(self, connection: Connection, origin: str, snapshot: Snapshot) -> int:
        return save_snapshot(connection, origin, snapshot)

    def record_refusal(
        self,
        connection: Connection,
        url_id: int,
        decision: Decision,
        site: tuple[Snapshot, ...],
        policy: ConsentPolicy,
    ) -> None:
        context = self.context or Context(policy.sha256, rules_version())
        record_refusal(connection, url_id, decision, site, context)


def heeded(delay: float, hours: Hours, hints: RobotsHints, old: RobotsHints) -> tuple[float, Hours]:
    """Return a host's Crawl-delay and visiting hours after one of its origins was read again.

    `old` is what that origin's last copy said. What the host has from another origin is
    lengthened by it, and never shortened.
    """
    return (
        max(delay, hints.delay) if delay > old.delay else hints.delay,
        hours if hours and hours != old.visit_times else hints.visit_times,
    )


def suppressed(reason: str, now: float) -> Decision:
    """Return the decision about a URL that stands on the operator's suppression list."""
    says = {Usage.CRAWL: Value.DENY}
    signal = Signal("policy", "policy.suppressed", "suppression list", reason, says)
    deny = Value.DENY
    verdict = Verdict(deny, deny, deny, deny, deny)
    return Decision(
        included=False,
        reason="policy.suppressed",
        verdict=verdict,
        decided_at=now,
        signals=(signal,),
        deciding=signal,
    )
