"""Gates of addresses and groups: what several hosts share."""

from __future__ import annotations

import heapq
from collections import deque
from ipaddress import IPv6Address, ip_address
from typing import Final, Protocol

from crawler.core.pace import unhurried
from crawler.core.politeness import Politeness

# Gates at rest are dropped when there are more than this many.
_MANY = 50_000
# Hosts that wait in memory at one gate; a platform's address may have a million.
_LINE = 16
# Bounds (seconds) for the guess how long a gate takes from one host to the next.
_QUICKEST, _SLOWEST = 0.05, 60.0
PASSED, IN_LINE = 0.0, -1.0


class GateRule:
    """A gate as a host sees it: its name, and the pace it demands."""

    __slots__ = ("concurrency", "delay", "key")

    def __init__(self, key: str, delay: float, concurrency: int) -> None:
        self.key: Final = key
        self.delay: Final = delay
        self.concurrency: Final = concurrency


class _Gate:
    __slots__ = ("booked", "inside", "listed", "most", "opens", "pace", "passed", "waiting")

    def __init__(self, opens: float) -> None:
        self.opens = opens  # no request through it before
        self.inside = 0
        self.most = 1  # requests under way at once
        self.listed = False  # stands in the heap of gates that will open
        self.waiting: deque[int] | None = None  # hosts, first come first served
        self.booked = 0.0  # when the last of those told to come again comes
        self.passed = 0.0  # when the last went through
        self.pace = 0.0  # seconds from one to the next while it is busy


def address_key(address: str) -> str:
    """Return what one machine's addresses have in common: the address, or its IPv6 /64."""
    if ":" not in address:
        return address
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return f"{int(ip) >> 64:016x}/64"


def matches(pattern: str, host: str) -> bool:
    """Say if `host` belongs to a group: equal, or below a pattern that begins with "*."."""
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    return host == pattern


def rules_for(rules: Politeness, host: str, address: str, *, free: bool) -> tuple[GateRule, ...]:
    """Return the gates a request to `host` at `address` passes beside the host's own."""
    off = unhurried(rules, free=free)
    found = [GateRule(address_key(address), 0.0 if off else rules.ip_delay, rules.ip_concurrency)]
    for group in rules.groups:
        if matches(group.pattern, host):
            delay = 0.0 if off else group.delay
            found.append(GateRule(f"group {group.pattern}", delay, group.concurrency))
    return tuple(found)


class SharedGates(Protocol):
    """Gates that several processes pass. Times are seconds since the epoch."""

    def enter(self, key: str, now: float, delay: float) -> float:
        """Return 0.0 and take the gate, or the time at which to ask again."""

    def leave(self, key: str, opens: float) -> None:
        """Give the gate back; nobody may pass it before `opens`."""


class Leases(Protocol):
    """Hosts that other commands may be asking too. Times are seconds since the epoch."""

    def enter(self, host: str, now: float, delay: float) -> float:
        """Return 0.0 and take the host's lease, or the time at which to ask again."""

    def leave(self, host: str, opens: float, now: float) -> None:
        """Give the lease back; nobody may ask the host before `opens`."""

    def alone(self) -> bool:
        """Say if no other command runs that could want our hosts."""


class Gates:
    """The gates in use. A host that meets a closed one waits there and nowhere else."""

    def __init__(self, opened_at: float) -> None:
        # What was asked before this run is unknown: every gate starts with a full wait.
        self._opened_at = opened_at
        self._gates: dict[str, _Gate] = {}
        self._opening: list[tuple[float, str]] = []  # heap
        self._many = _MANY
        self.waiting = 0
        self.shared: SharedGates | None = None

    def enter(self, host: int, rules: tuple[GateRule, ...], now: float) -> float:
        """Take `host` through all its gates if they are open.

        PASSED; or IN_LINE, it waits at the first closed one until `next_open` returns it; or
        the time at which to come again, because the line there is long.
        """
        for rule in rules:
            gate = self._gate(rule)
            if gate.inside >= rule.concurrency or gate.opens > now:
                return self._line_up(host, gate, rule, now)
        if self.shared is not None and (closed := _enter_shared(self.shared, rules, now)):
            rule, later = closed
            gate = self._gate(rule)
            gate.opens = max(gate.opens, later)
            return self._line_up(host, gate, rule, now)
        for rule in rules:
            gate = self._gates[rule.key]
            gate.inside += 1
            gate.opens = now + rule.delay
            if gate.waiting or gate.booked > now:
                # In use all the time: so long it takes from one to the next.
                gate.pace += 0.1 * (min(now - gate.passed, _SLOWEST) - gate.pace)
            gate.passed = now
        return PASSED

    def _line_up(self, host: int, gate: _Gate, rule: GateRule, now: float) -> float:
        if gate.waiting is None:
            gate.waiting = deque()
        if len(gate.waiting) < _LINE:
            gate.waiting.append(host)
            self.waiting += 1
            self._list(gate, rule.key)
            return IN_LINE
        # A line is kept in memory, so it is short: the others are told when to come again.
        step = max(rule.delay, gate.pace, _QUICKEST)
        gate.booked = max(gate.booked, now + _LINE * step) + step
        return gate.booked

    def leave(self, rules: tuple[GateRule, ...], ended: float) -> None:
        """Give the gates back: the next may pass its delay after this answer's end."""
        for rule in rules:
            gate = self._gate(rule)
            gate.inside -= 1
            gate.opens = max(gate.opens, ended + rule.delay)
            if self.shared is not None:
                self.shared.leave(rule.key, gate.opens)
            if gate.waiting:
                self._list(gate, rule.key)
        if len(self._gates) > self._many:
            self._drop_resting(ended)

    def next_open(self, now: float) -> int | None:
        """Return a host whose gate has opened, to try again, or None."""
        while self._opening and self._opening[0][0] <= now:
            key = heapq.heappop(self._opening)[1]
            gate = self._gates[key]
            gate.listed = False
            if gate.opens > now:
                self._list(gate, key)
            elif gate.waiting and gate.inside < gate.most:
                self.waiting -= 1
                host = gate.waiting.popleft()
                # The next one's turn comes when the gate opens again, as `enter` will set it.
                self._list(gate, key)
                return host
        return None

    def next_due(self) -> float | None:
        return self._opening[0][0] if self._opening else None

    def _gate(self, rule: GateRule) -> _Gate:
        gate = self._gates.get(rule.key)
        if gate is None:
            gate = self._gates[rule.key] = _Gate(self._opened_at + rule.delay)
        gate.most = rule.concurrency
        return gate

    def _list(self, gate: _Gate, key: str) -> None:
        # A full gate is listed when a lease comes back.
        if gate.waiting and not gate.listed and gate.inside < gate.most:
            gate.listed = True
            heapq.heappush(self._opening, (gate.opens, key))

    def _drop_resting(self, now: float) -> None:
        self._gates = {
            key: gate
            for key, gate in self._gates.items()
            if gate.inside or gate.waiting or max(gate.opens, gate.booked) > now
        }
        self._many = max(_MANY, 2 * len(self._gates))


def _enter_shared(
    shared: SharedGates, rules: tuple[GateRule, ...], now: float
) -> tuple[GateRule, float] | None:
    """Take all gates towards other processes, or none: then say which is closed, and until when."""
    for number, rule in enumerate(rules):
        if later := shared.enter(rule.key, now, rule.delay):
            for passed in rules[:number]:
                shared.leave(passed.key, now)
            return rule, later
    return None
