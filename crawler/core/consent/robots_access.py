"""robots.txt access: may this URL be asked for at all (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.core.consent import robotstxt
from crawler.core.consent.path_patterns import Rule, comparable, note, pattern_of
from crawler.core.consent.protego_check import CrossCheck
from crawler.core.consent.protocol import Case, Protocol, Reading, Says, WayOut, signal
from crawler.core.consent.robotstxt import SPEC, Selection, View
from crawler.core.decision import Found, Signal, Usage, Value
from crawler.core.evidence import FileKind, Snapshot

_ALLOW: Says = {Usage.CRAWL: Value.ALLOW}
_DENY: Says = {Usage.CRAWL: Value.DENY}
_DEFER: Says = {Usage.CRAWL: Value.DEFER}
_NO_RULE = signal("robots.no-rule", "robots.txt", "", _ALLOW)
_NO_GROUP = signal("robots.no-group", "robots.txt", "", _ALLOW)
_NO_INDEX: Says = {Usage.INDEX: Value.DENY}
# How long an unreachable robots.txt is asked for again before the host is given up
# (RFC 9309 section 2.3.1.4 names 30 days as a reasonable time).
GIVE_UP_AFTER = 30 * 86_400.0


def read(case: Case) -> Reading:
    """Resolve access for the case's URL. `spec` is RFC 9309 to the letter."""
    if case.url.target == "/robots.txt":
        return Reading((signal("robots.self", "robots.txt", "", _ALLOW),))
    if case.robots is not None:
        return Reading(tuple(_rules(case.robots, case)))
    snapshot = case.evidence.of(FileKind.ROBOTS)
    if snapshot is None:
        return Reading((signal("robots.not-sought", "robots.txt", "", _DEFER),))
    return Reading((_unread(snapshot, case),))


def views(body: bytes, *, spec: bool) -> tuple[View, ...]:
    """Return the readings of `body` to consult."""
    return (SPEC,) if spec else robotstxt.parse(body).views


def refuses(body: bytes, target: str, token: str, *, host: str = "", spec: bool = False) -> bool:
    """Tell whether `body` disallows `target` to the agent `token` (lower case).

    `host` is whose file it is; rules written for another one say nothing.
    """
    rule = _deciding(body, _Asked(target, comparable(target), host), token, spec=spec)
    return rule is not None and not rule.allow


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be asked for."""

    target: str
    paths: tuple[str, ...]
    host: str


def _deciding(body: bytes, asked: _Asked, token: str, *, spec: bool) -> Rule | None:
    """Return the rule that decides, of all readings to consult the strictest, or None."""
    deciding: Rule | None = None
    host = asked.host if robotstxt.parse(body).absolute else ""
    for view in views(body, spec=spec):
        selection = robotstxt.select(body, token, view, host)
        rule = selection.rules.match(asked.paths)
        if rule is not None and not rule.allow:
            return rule
        if selection.check and _second_voice(selection.check, asked):
            return Rule(allow=False, value="(second voice)", line=rule.line if rule else 0)
        deciding = deciding or rule
    return deciding


def _second_voice(check: CrossCheck, asked: _Asked) -> bool:
    refuses = check.refuses(asked.target)
    note(asked.paths, check, refuses)
    return refuses


def _asked(case: Case) -> _Asked:
    return _Asked(case.url.target, case.paths, case.url.host)


def _rules(body: bytes, case: Case) -> list[Signal]:
    rule = _deciding(body, _asked(case), case.token, spec=case.spec)
    found: list[Signal] = []
    if rule is None:
        exists = robotstxt.select(body, case.token, View(spec=case.spec)).exists
        found.append(_NO_RULE if exists else _NO_GROUP)
    else:
        code, says = ("robots.allow", _ALLOW) if rule.allow else ("robots.disallow", _DENY)
        found.append(signal(code, f"robots.txt:{rule.line}", rule.raw, says))
    if not case.spec and robotstxt.parse(body).mentions("noindex"):
        found += _noindex(robotstxt.select(body, case.token), case)
    return found


def _noindex(selection: Selection, case: Case) -> list[Signal]:
    """Read `Noindex:` lines, which no search engine supports any more, as they are meant."""
    found = []
    for record in selection.of("noindex"):
        pattern = pattern_of(record.value)
        if pattern is not None and any(pattern.matches(path) for path in case.paths):
            raw = f"Noindex: {record.value}"
            found.append(signal("robots.noindex", record.place, raw, _NO_INDEX))
    return found


def _unread(snapshot: Snapshot, case: Case) -> Signal:
    """Say what an answer without a usable file means (RFC 9309 section 2.3.1)."""
    raw = f"status {snapshot.status}" if snapshot.status else snapshot.error
    place = "robots.txt"
    if snapshot.found is Found.ABSENT:
        return signal("robots.absent", place, raw, _ALLOW)
    if snapshot.found is Found.REFUSED:  # the RFC calls every 4xx "no rules"
        return signal("robots.refused", place, raw, _ALLOW if case.spec else _DENY)
    if snapshot.found is Found.CHALLENGED:
        return signal("robots.challenged", place, raw, _ALLOW if case.spec else _DENY)
    if snapshot.found is Found.UNREACHABLE:
        return _unreachable(snapshot, case, raw)
    return signal("robots.not-sought", place, raw, _DEFER)


def _unreachable(snapshot: Snapshot, case: Case, raw: str) -> Signal:
    if case.spec:
        # 4xx (429 among them) and too many redirects are "unavailable": no restrictions.
        unavailable = 300 <= snapshot.status < 500  # noqa: PLR2004 - status classes
        says = _ALLOW if unavailable else _DENY
        return signal("robots.unreachable", "robots.txt", raw, says)
    # The last good copy came along in the body: it may still refuse, never permit.
    if snapshot.body:
        rule = _deciding(snapshot.body, _asked(case), case.token, spec=False)
        if rule is not None and not rule.allow:
            place = f"robots.txt:{rule.line}"
            return signal("robots.disallow", place, f"{rule.raw} (last good copy)", _DENY)
    since = unreachable_since(snapshot)
    if case.now - since >= GIVE_UP_AFTER:
        return signal("robots.given-up", "robots.txt", raw, _DENY)
    return signal("robots.unreachable", "robots.txt", raw, _DEFER)


def unreachable_since(snapshot: Snapshot) -> float:
    """Return when the file was first found out of reach, in seconds since the epoch."""
    for name, value in snapshot.headers:
        if name == SINCE:
            try:
                return float(value)
            except ValueError:
                break
    return snapshot.fetched_at


def failures_of(snapshot: Snapshot) -> int:
    """Return how often in a row the file could not be had, this time included."""
    if snapshot.found is not Found.UNREACHABLE:
        return 0
    note = next((value for name, value in snapshot.headers if name == FAILURES), "1")
    return int(note) if note.isascii() and note.isdigit() and len(note) < 10 else 1  # noqa: PLR2004


# Notes of our own among a snapshot's headers. No server can send a field name with a colon in
# front, and headers are what every store keeps of an answer.
SINCE = ":unreachable-since"
FAILURES = ":failures"

PROTOCOL: Protocol = Protocol(
    name="robots",
    read=read,
    places=(FileKind.ROBOTS,),
    rules={
        "robots.disallow": "robots.txt disallows this address to us.",
        "robots.allow": "A line of robots.txt allows this address.",
        "robots.no-rule": "No line of robots.txt matches this address, so it may be asked for.",
        "robots.no-group": "robots.txt has no group for us or for everybody.",
        "robots.absent": "The site has no robots.txt.",
        "robots.refused": "The server refused us its robots.txt, which refuses the whole origin.",
        "robots.challenged": "A bot challenge stands before robots.txt, which refuses the origin.",
        "robots.unreachable": "robots.txt cannot be had now; nothing is asked for meanwhile.",
        "robots.given-up": "robots.txt could not be had for thirty days: that refuses.",
        "robots.not-sought": "robots.txt has not been asked for yet.",
        "robots.noindex": "A Noindex line in robots.txt matches this address.",
        "robots.self": "This is a site's robots.txt itself, which may always be asked for.",
    },
    ways=(
        WayOut(
            "robots.txt",
            "User-agent: {token}\nDisallow: /",
            "We request nothing more from that origin.",
        ),
    ),
    where="`/robots.txt`",
    refuses="`crawl` for the paths disallowed to our token, else to `*`; 401, 402, 403, 407, 451"
    " or a challenge instead of the file (told by status, header or its own marks) refuse"
    " the origin; 429, 5xx, no answer, a part (206), endless redirects and octets that are"
    " no text defer; out of reach for 30 days refuses",
    former_prefix="rep",
)
