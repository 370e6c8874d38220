"""What a finished visit means for its URL and for the whole host. No I/O.

The host in memory is changed at once, so that its clock holds before anything is committed;
the same facts go into `Writes` for the store.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final, TypeAlias, assert_never

from crawler.core.asked_waits import retry_after
from crawler.core.consent import FileRequest, RobotsHints, failures_of
from crawler.core.consent.terms import is_open
from crawler.core.decision import Decision, Found
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.outcome import (
    Failed,
    Kept,
    Learned,
    Listed,
    Missing,
    Moved,
    Outcome,
    Refused,
    Resolved,
    Skipped,
    Unchanged,
)
from crawler.core.pace import Timing, back_off, delay_after, next_hour, watch
from crawler.core.task import Task, TaskKind
from crawler.core.urls import Url, parse
from crawler.frontier.following import Following
from crawler.frontier.gate_one import heeded
from crawler.frontier.hosts import ASKED_TO_WAIT, OUTSIDE_HOURS, Host, Row, State, is_free
from crawler.frontier.in_force import InForce
from crawler.frontier.link_rules import Seen
from crawler.frontier.recording import Finds, Writes
from crawler.frontier.url_rows import FileAsk

_FILE_HOPS = 5  # RFC 9309 section 2.3.1.2
_TTL = 60.0  # seconds an address is used at least, whatever its record says
# Outcomes that say that the host answers as it should.
_ANSWERED = (Kept, Refused, Skipped, Unchanged, Missing, Moved, Listed)
_OVERLOADED = frozenset({429, 503})
_RESOLVE: Final = TaskKind.RESOLVE
_PAGE: Final = TaskKind.PAGE
_FILE: Final = TaskKind.FILE
_FORBIDDEN = "port-forbidden"  # no later time will permit it
_USUAL_PORTS = frozenset({80, 443})
# A kept connection was closed as it was used, or nothing was asked: nobody failed, ask anew.
_ANEW = frozenset({"stale", "not-ours"})


# How a visit ends for its URL: state, outcome, code, due, attempt.
_End: TypeAlias = tuple[int, str, str, float, int]


def _done(outcome: str, code: str = "", attempt: int = 0) -> _End:
    return State.DONE, outcome, code, 0.0, attempt


class Finish:
    """One visit that ended; `writes` says what to store."""

    def __init__(
        self,
        host: Host,
        task: Task,
        outcome: Outcome,
        timing: Timing | None,
        now: float,
        in_force: InForce,
    ) -> None:
        self._host = host
        self._task = task
        self._outcome = outcome
        self._timing = timing if _was_asked(task, outcome) else None
        self._now = now
        self._in_force = in_force
        self._revisited: tuple[str, str, str] | None = None
        self._found: Finds | None = None

    def writes(self, seen: Seen, jitter: float) -> Writes:
        """Set the host's clock and return what to store. `jitter`: random, in [0, 1)."""
        host, task, now = self._host, self._task, self._now
        state, outcome, code, due, attempt = self._end()
        self._take_in(seen)
        self._set_clock(jitter)
        asked_page = 1 if task.kind is _PAGE and self._timing is not None else 0
        host.pages += asked_page
        left = 0
        url: Row | None = None
        if task.id:
            url = (state, outcome, code, attempt, due, task.id)
            left = 0 if state == State.WAITING else -1
            host.waiting += left
            if state == State.LATER:
                host.later_at = min(host.later_at or due, due)
        if self._found is not None and self._found.candidates:
            # Many pages that are under way name the same new ones.
            seen.update([candidate.key for candidate in self._found.candidates])
        clock = (
            host.due,
            host.delay,
            host.reason,
            host.pace.failures,
            host.pace.usual,
            host.pace.recent,
            asked_page,
            left,
            host.later_at,
            host.known_as,
            host.resolved_until,
            None if self._timing is None else self._timing.ended_at,
            None if self._timing is None else self._answer(outcome or "failed", code),
            host.reason,
            now,
            host.id,
        )
        return Writes(host.id, task.id, clock, url, self._revisited, self._found, now)

    def _answer(self, outcome: str, code: str) -> str:
        """Return in words what was answered, or why there was no answer."""
        if isinstance(self._outcome, Learned):
            item = self._outcome.snapshot
            return f"{item.kind.value} {item.found.value} {item.error or item.status}"
        return f"{outcome} {code}".rstrip()

    def _finds(self) -> Finds:
        found = self._found
        if found is None:
            found = self._found = Finds()
        return found

    def _end(self) -> _End:  # noqa: C901, PLR0912 - one case for each outcome
        outcome, task = self._outcome, self._task
        if task.kind is _FILE:
            return self._end_of_file()
        match outcome:
            case Kept(decision=decision, evidence=evidence, document=document):
                fields = dict(reversed(evidence.headers))
                self._revisited = (
                    fields.get("etag", ""),
                    fields.get("last-modified", ""),
                    document.text_sha256,
                )
                self._await(decision)
                return _done("kept", decision.reason)
            case Unchanged(decision=decision):
                self._revisited = ("", "", "")
                self._await(decision)
                return _done("kept", decision.reason)
            case Refused(decision=decision):
                if decision.deferred:
                    return self._retry(decision.reason)
                return _done("refused", decision.reason)
            case Moved(to=to, why=why):
                return _done("moved") if to is not None else _done("failed", why)
            case Missing(status=status):
                self._look_again()
                return _done("missing", f"status-{status}")
            case Skipped(code=code):
                self._look_again()
                return _done("skipped", code)
            case Listed(problems=problems):
                return _done("listed", problems[0][:80] if problems else "")
            case Learned():
                return _done("learned")
            case Resolved():
                return _done("")
            case Failed(code=code, retry=retry):
                return self._retry(code) if retry else _done("failed", code)
            case _:
                assert_never(outcome)

    def _look_again(self) -> None:
        self._finds().seen_again = self._now + self._in_force.settings.revisit.first

    def _retry(self, code: str) -> _End:
        if code in _ANEW:
            return State.WAITING, "", code, 0.0, self._task.attempt
        rules, attempt = self._in_force.settings.retries, self._task.attempt + 1
        if attempt >= rules.tries:
            self._look_again()
            return _done("failed", code, attempt=attempt)
        if isinstance(self._outcome, Failed) and self._outcome.host_fault:
            # The whole host rests; the URL needs no clock of its own.
            return State.WAITING, "", code, 0.0, attempt
        wait = rules.wait * 2.0 ** (attempt - 1)
        return State.LATER, "", code, self._now + wait, attempt

    def _await(self, decision: Decision) -> None:
        task, probes = self._task, self._in_force.policy.probes
        if decision.awaiting or decision.wanted:
            terms = {item.url for item in task.site if item.kind is FileKind.TERMS}
            terms.update(decision.wanted)
            self._finds().late = tuple([url for url in decision.awaiting if url not in terms])
            self._finds().origin = task.url.origin
        if decision.wanted:
            self._finds().terms, self._finds().page = decision.wanted, task.url
            self._host.stale = True  # they are asked for before the next page
        # Tasks of one turn share what speaks for their origin.
        if probes.after and task.site is not self._host.owes_nothing and self._owes(task.url):
            self._finds().owes, self._finds().page = self._host.pages + 1, task.url
            if self._host.pages + 1 >= probes.after_pages:
                self._host.stale = True

    def _owes(self, url: Url) -> bool:
        """Say if there are files that are asked of an origin only once it has given some pages."""
        policy, site = self._in_force.policy, self._task.site
        most = policy.probes.after_pages
        owes = self._in_force.consent.unasked(url, site, policy, most) is not None
        self._host.owes_nothing = None if owes else site
        return owes

    def _end_of_terms(self, snapshot: Snapshot) -> _End:
        """Return when a terms page that could not be had is asked for again: three times in all."""
        if not is_open(snapshot):
            return _done("learned", snapshot.found.value)
        wait = self._in_force.settings.retries.wait * 2.0 ** (failures_of(snapshot) - 1)
        return State.LATER, "", snapshot.error, self._now + wait, 0

    def _end_of_file(self) -> _End:
        """Return how a site file ends: learned, whatever the answer; a fault is unreachable."""
        task, outcome = self._task, self._outcome
        self._host.stale = True  # what comes behind it depends on it
        if task.file is None:
            return _done("failed", "no-file")
        ask = FileAsk(task.file, task.origin, task.asked, task.hops)
        if isinstance(outcome, Learned):
            self._finds().learned = ask
            self._finds().answer = outcome.snapshot
            origin = parse(f"{task.origin}/") if task.file is not FileKind.ROBOTS else None
            if origin is not None:  # a file of the origin may have another place, or be the next
                self._finds().owes, self._finds().page = self._host.pages, origin
            if task.file is FileKind.TERMS:
                return self._end_of_terms(outcome.snapshot)
            return _done("learned", outcome.snapshot.found.value)
        if isinstance(outcome, Moved) and outcome.to is not None:
            chain = (*task.via, task.url.text)
            if task.hops < _FILE_HOPS and outcome.to.text not in chain:
                moved = replace(ask, hops=ask.hops + 1)
                self._finds().follow = (outcome.to, moved, json.dumps(chain))
                return _done("moved")
            error = "redirects"
        else:
            error = outcome.code if isinstance(outcome, Failed) else "unexpected"
            if error in _ANEW:
                return self._retry(error)
        request = FileRequest(task.file, parse(task.asked) or task.url, task.origin)
        self._finds().learned = ask
        snapshot = self._in_force.consent.read_file(
            request, None, error, task.hops, self._now, task.previous
        )
        self._finds().snapshot = self._finds().answer = snapshot
        if task.file is FileKind.TERMS:
            return self._end_of_terms(snapshot)
        return _done("learned", error)

    def _take_in(self, seen: Seen) -> None:
        """Let what was learned change the host, and take up the links."""
        host, outcome = self._host, self._outcome
        if isinstance(outcome, Kept | Refused | Skipped):
            if outcome.links:
                self._follow(seen).take_links(outcome)
        elif isinstance(outcome, Resolved):
            if outcome.addresses:
                host.addresses = outcome.addresses
                host.known_as = " ".join(outcome.addresses)
                host.resolved_until = max(outcome.expires_at, self._now + _TTL)
                host.free = is_free(host.addresses, self._in_force.settings.free)
                host.limits = ()
        elif isinstance(outcome, Learned):
            if outcome.snapshot.kind is FileKind.ROBOTS:
                self._heed_robots(outcome.snapshot, self._follow(seen))
        elif isinstance(outcome, Moved):
            if outcome.to is not None and self._task.kind is not _FILE:
                self._follow(seen).follow(outcome.to)
        elif isinstance(outcome, Listed):
            self._follow(seen).take_listed(outcome)

    def _follow(self, seen: Seen) -> Following:
        task, settings = self._task, self._in_force.settings
        return Following(task, settings, seen, self._now, self._finds())

    def _heed_robots(self, snapshot: Snapshot, following: Following) -> None:
        host, task, in_force = self._host, self._task, self._in_force
        host.evidence = True
        hints = in_force.consent.hints(snapshot, in_force.policy)
        before = next((item for item in task.site if item.kind is FileKind.ROBOTS), None)
        old = in_force.consent.hints(before, in_force.policy) if before else RobotsHints()
        self._finds().hints = (hints, old)
        origin = parse(f"{task.origin}/")
        if origin is not None and origin.host == host.name:
            delay, host.hours = heeded(host.pace.crawl_delay, host.hours, hints, old)
            host.pace = host.pace._replace(crawl_delay=delay)
        if origin is not None:
            following.take_sitemaps(hints, origin, snapshot.found)

    def _set_clock(self, jitter: float) -> None:
        """Set the host's next time: back-off after a fault, else its delay after the answer."""
        host, rules = self._host, self._in_force.settings.politeness
        fault, asked = self._fault()
        if fault:
            failures = host.pace.failures + 1
            host.pace = host.pace._replace(failures=failures)
            rest = back_off(rules, failures, asked)
            host.delay = max(host.delay, delay_after(rules, host.pace, None, free=host.free))
            host.due = self._now + max(rest, host.delay)
            state = "parked" if failures >= rules.park_after else "backing off"
            host.reason = f"{state}: {fault}"
            host.limits = ()  # another address is tried next
        elif self._timing is not None:
            if not self._lost_contact():
                host.pace = watch(host.pace, self._timing)
            host.delay = delay_after(rules, host.pace, self._timing, free=host.free, jitter=jitter)
            host.due = max(self._timing.ended_at, self._now) + host.delay
            long = host.pace.crawl_delay > rules.long_delay
            host.reason = f"parked: crawl-delay {host.pace.crawl_delay:g} s" if long else ""
            self._leave_alone()
        else:
            if self._task.kind is _RESOLVE:
                host.reason = ""
            host.due = max(host.due, 0.0)
        if host.hours:
            opens = next_hour(host.hours, host.due)
            if opens > host.due:
                host.due, host.reason = opens, OUTSIDE_HOURS

    def _leave_alone(self) -> None:
        """Obey a Retry-After beside any status (RFC 9110 section 10.2.3)."""
        host, timing = self._host, self._timing
        if timing is None or timing.retry_after <= 0.0:
            return
        cap = self._in_force.settings.politeness.retry_after_cap
        until = max(timing.ended_at, self._now) + min(timing.retry_after, cap)
        if until > host.due:
            host.due, host.reason = until, ASKED_TO_WAIT

    def _fault(self) -> tuple[str, float | None]:
        """Return what is wrong with the whole host, "" if nothing, and its Retry-After."""
        outcome = self._outcome
        if isinstance(outcome, _ANSWERED):
            return "", None
        if isinstance(outcome, Resolved) and not outcome.addresses:
            return "dns", None
        if isinstance(outcome, Failed):
            if self._task.kind is _RESOLVE and not outcome.retry:
                self._finds().fails_all = outcome.code
                self._host.waiting, self._host.later_at = 0, 0.0
            if outcome.host_fault or self._task.kind is _RESOLVE:
                return outcome.code, outcome.retry_after
        if isinstance(outcome, Learned):
            snapshot = outcome.snapshot
            unreachable = snapshot.found is Found.UNREACHABLE
            if unreachable and snapshot.status == 0 and self._is_origins_alone():
                self._give_origin_up(snapshot)
                return "", None
            if unreachable and (snapshot.status == 0 or snapshot.status in _OVERLOADED):
                lines = [value for name, value in snapshot.headers if name == "retry-after"]
                return snapshot.error or "unreachable", retry_after(lines, self._now)
        return "", None

    def _lost_contact(self) -> bool:
        """Say if a site file was asked for and no answer came."""
        outcome = self._outcome
        if not isinstance(outcome, Learned):
            return False
        return outcome.snapshot.found is Found.UNREACHABLE and outcome.snapshot.status == 0

    def _is_origins_alone(self) -> bool:
        """Say if a file that no answer came for shows the origin at fault, not the whole host.

        Anybody may link to closed ports of a host. An origin that never answered, beside others
        that did or at a port that hosts do not usually have, rests alone: its site file is out
        of reach and holds its pages. No page is asked for before its robots.txt was answered.
        """
        task = self._task
        start = f"{task.url.origin}/"
        if any(item.status and item.url.startswith(start) for item in task.site):
            return False
        return self._host.pace.usual > 0.0 or task.url.port not in _USUAL_PORTS

    def _give_origin_up(self, snapshot: Snapshot) -> None:
        """Let the URLs of an origin fail that must not be asked, or that fails beside others."""
        task, tries = self._task, self._in_force.settings.retries.tries
        if task.origin != task.url.origin:
            return
        gone = self._host.pace.usual > 0.0 and failures_of(snapshot) >= tries
        if gone or snapshot.error == _FORBIDDEN:
            self._finds().fails_all, self._finds().origin = snapshot.error, task.origin


def _was_asked(task: Task, outcome: Outcome) -> bool:
    """Say if a request was made: resolving makes none, nor does a refusal at gate 1."""
    if task.kind is _RESOLVE:
        return False
    return not (isinstance(outcome, Refused) and outcome.evidence is None)
