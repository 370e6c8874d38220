"""One decision for one URL: every protocol read, joined, and the policy applied."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from crawler.core.consent import licences
from crawler.core.consent.lattice import verdict_of
from crawler.core.consent.protocol import (
    CUT,
    NOTHING,
    Case,
    Says,
    case_of,
    join,
    only_refusals,
    signal,
    too_much,
)
from crawler.core.consent.protocols import PROTOCOLS, file_names, places, probes, ways_read
from crawler.core.decision import Decision, Found, Signal, Sought, Usage, Value, Verdict
from crawler.core.evidence import EXCESS, Evidence, FileKind
from crawler.core.policy import ConsentPolicy, Grant
from crawler.core.urls import is_within

_MOST = 64  # signals of one protocol that are kept whatever they say
_NEVER: Says = {Usage.CRAWL: Value.DENY}
_HOLD: Says = {Usage.CRAWL: Value.DEFER}
# These tell what a file out of reach means themselves.
_OF_THEIR_OWN = frozenset({"robots", "rsl"})
# Access itself cannot be granted by paper: robots.txt and the server's own answer stand.
_NOT_OVERRIDABLE = frozenset({"robots", "http"})


def decide(
    evidence: Evidence,
    policy: ConsentPolicy,
    decided_at: float,
    *,
    paths: tuple[str, ...] | None = None,
) -> Decision:
    """Return what the policy makes of everything sought for one URL.

    The same for every gate: without `evidence.page` only what speaks for the site is known,
    with an unread page its status and headers too. Pure: the same arguments give the same
    decision, whenever it is asked. `paths`: the URL's comparable forms, if they note what is asked
    of them (`path_patterns.NotedPath`).
    """
    honour = case_of(evidence, policy, decided_at, paths=paths)
    literal: Case | None = None
    signals: list[Signal] = []
    awaiting: dict[str, None] = {}
    wanted: tuple[str, ...] = ()
    nofollow = False
    silent = [item.kind for item in evidence.site if item.found is Found.UNREACHABLE]
    for protocol, how in ways_read(policy.readings):
        case = honour
        if how == "spec":
            literal = literal or replace(honour, spec=True)
            case = literal
        reading = protocol.read(case)
        if reading is NOTHING:
            continue
        found = _brief(reading.signals)
        if silent:
            found = tuple(_only_refuses(item, silent) for item in found)
        nofollow |= reading.nofollow
        wanted += reading.wanted
        if how == "log-only":
            found = tuple(replace(item, counts=False) for item in found)
        elif reading.awaiting:
            awaiting.update(dict.fromkeys(reading.awaiting))
        signals += found
    sought = _sought(evidence, signals)
    signals = _agreed(signals, evidence, policy)
    verdict = verdict_of(signals)
    included, reason, deciding = _apply(honour, verdict, signals)
    return Decision(
        included,
        reason,
        verdict,
        decided_at,
        tuple(signals),
        sought,
        deciding,
        tuple(awaiting),
        nofollow,
        wanted,
    )


def _brief(signals: tuple[Signal, ...]) -> tuple[Signal, ...]:
    """Drop what only repeats others, where a file says it thousands of times."""
    if len(signals) <= _MOST:
        return signals
    kept = list(signals[:_MOST])
    says = join(*(item.says for item in kept if item.counts))
    for item in signals[_MOST:]:
        if item.counts and join(says, item.says) != says:
            kept.append(item)
            says = join(says, item.says)
    return tuple(kept)


def _only_refuses(item: Signal, silent: list[FileKind]) -> Signal:
    """Take what the last good copy of a file out of reach grants for unsaid."""
    if _kind_of_place(item.place) not in silent or item.protocol in _OF_THEIR_OWN:
        return item
    return replace(item, says=only_refusals(item.says))


def _agreed(signals: list[Signal], evidence: Evidence, policy: ConsentPolicy) -> list[Signal]:
    """Add what the operator's own lists say, and set aside what an owner set aside."""
    host = evidence.url.host
    for never in policy.never:
        if is_within(host, never.domain):
            raw = f"{never.domain} ({never.date}, {never.source}) {never.reason}"
            signals.insert(0, signal("policy.never", "policy never", raw.strip(), _NEVER))
    for grant in policy.grants:
        if is_within(host, grant.domain):
            signals = [_set_aside(item, grant) for item in signals]
            says: Says = {u: Value.ALLOW for u in grant.usages if u is not Usage.CRAWL}
            raw = f"{grant.domain} ({grant.date}, {grant.source})"
            signals.append(signal("policy.grant", "policy grants", raw, says))
    signals += _unknown(evidence, policy)
    page = evidence.page
    if page is not None and page.carriers and page.carriers[-1].kind == EXCESS:
        signals.append(too_much("policy", "page", page.carriers[-1].text))
    return signals


def _unknown(evidence: Evidence, policy: ConsentPolicy) -> list[Signal]:
    """Refuse where a site file was too long to be read, defer while one is out of reach."""
    found: list[Signal] = []
    for item in evidence.site:
        if item.found is Found.UNREACHABLE:
            if policy.unreachable == "hold" and item.kind in _sought_files(policy.probes.all):
                raw = f"status {item.status}" if item.status else item.error
                found.append(signal("policy.unreachable", file_names()[item.kind], raw, _HOLD))
        elif item.error == CUT and _is_heard(item.kind, policy):
            found.append(too_much("policy", file_names()[item.kind], "longer than is read"))
    return found


def _sought_files(names: tuple[str, ...]) -> set[FileKind]:
    return {file.kind for name in names for file in probes().get(name, ())}


def _is_heard(kind: FileKind, policy: ConsentPolicy) -> bool:
    """Say whether a protocol that counts has files of this kind asked for."""
    asking = (item for item in PROTOCOLS for file in item.files if file.kind is kind)
    return any(policy.readings.of(item.name, item.default) != "log-only" for item in asking)


def _set_aside(item: Signal, grant: Grant) -> Signal:
    if item.protocol == "policy" or not grant.overrides:
        return item
    named = item.protocol not in _NOT_OVERRIDABLE and item.protocol in _overridden(grant.overrides)
    refuses = any(value > Value.ALLOW for value in item.says.values())
    return replace(item, counts=False) if named and refuses else item


@lru_cache(maxsize=32)
def _overridden(names: tuple[str, ...]) -> frozenset[str]:
    """Return the protocols that a grant names."""
    return frozenset(item.name for item in PROTOCOLS if item.known_as & {*names})


def _apply(case: Case, verdict: Verdict, signals: list[Signal]) -> tuple[bool, str, Signal | None]:
    """Return whether the page is included, the reason's code, and the signal behind it."""
    policy, page = case.policy, case.page
    passed = (Value.ALLOW, Value.CONDITIONAL) if policy.conditional == "include" else (Value.ALLOW,)
    for usage in _asked(policy.purpose):
        value = verdict[usage]
        if value in passed:
            continue
        if value is Value.UNSET:
            # Silence is judged when the document has been read: its licence may still speak.
            if policy.unset == "include" or page is None or not page.read:
                continue
            return False, "policy.unset", None
        deciding = _deciding(signals, usage, value)
        return False, deciding.rule if deciding else "policy.unset", deciding
    if page is not None and page.status >= 400:  # noqa: PLR2004 - RFC 9110 section 15
        gone = page.status in {404, 410}
        return False, "http.gone" if gone else "http.error", None
    if policy.licences and page is not None and page.read:
        kind = licences.believed_kind(case)
        if kind not in policy.licences:
            return False, "licence.class", None
    return True, "ok", None


@lru_cache(maxsize=32)
def _asked(purpose: tuple[Usage, ...]) -> tuple[Usage, ...]:
    return tuple(dict.fromkeys((Usage.CRAWL, *purpose)))


def _deciding(signals: list[Signal], usage: Usage, value: Value) -> Signal | None:
    for wanted in (usage, Usage.CRAWL):
        for item in signals:
            if item.counts and item.says.get(wanted, Value.UNSET) >= min(value, Value.DEFER):
                return item
    return None


def _sought(evidence: Evidence, signals: list[Signal]) -> tuple[Sought, ...]:
    """Tell for each place a protocol looks at what became of looking there."""
    page = evidence.page
    return _looked(
        tuple([(item.kind, item.url, item.found) for item in evidence.site]),
        page is not None,
        page is not None and page.read,
        frozenset([(item.protocol, _kind_of_place(item.place)) for item in signals]),
    )


@lru_cache(maxsize=4096)
def _looked(
    site: tuple[tuple[FileKind, str, Found], ...],
    headers: bool,  # noqa: FBT001 - one cache key
    document: bool,  # noqa: FBT001
    held: frozenset[tuple[str, str]],
) -> tuple[Sought, ...]:
    """Return the places; `held`: by protocol and kind of place, where signals were."""
    files: dict[str, list[tuple[str, Found]]] = {}
    for kind, url, found in site:
        files.setdefault(kind, []).append((url, found))
    read = {"headers": headers, "document": document}
    result: list[Sought] = []
    for prefix, place, name in places():
        if place in read:
            found = Found.FOUND if (prefix, place) in held else Found.ABSENT
            result.append(Sought(prefix, place, found if read[place] else Found.NOT_SOUGHT))
            continue
        if place not in files:
            result.append(Sought(prefix, name, Found.NOT_SOUGHT))
            continue
        for url, found in files[place]:
            silent = found is Found.FOUND and prefix != "robots" and (prefix, place) not in held
            result.append(Sought(prefix, url, Found.ABSENT if silent else found))
    return tuple(result)


@lru_cache(maxsize=4096)
def _kind_of_place(place: str) -> str:
    """Return where a signal's place lies: "headers", "document" or a file's kind."""
    if place.startswith(("header ", "status")):
        return "headers"
    for kind, name in file_names().items():
        if place.startswith(name):
            return str(kind)
    return "document"
