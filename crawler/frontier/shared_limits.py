"""Limits of addresses and groups: what several hosts share."""

from __future__ import annotations

import heapq
from collections import deque
from ipaddress import IPv6Address, ip_address
from typing import Final, Protocol

from crawler.core.pace import unhurried
from crawler.core.politeness import Politeness

# Limits at rest are dropped when there are more than this many.
_MANY = 50_000
# Hosts that wait in memory at one limit; a platform's address may have a million.
_LINE = 16
# Bounds (seconds) for the guess how long a limit takes from one host to the next.
_QUICKEST, _SLOWEST = 0.05, 60.0
PASSED, IN_LINE = 0.0, -1.0


class Limit:
    """A limit as a host sees it: its name, and the pace it demands."""

    __slots__ = ("concurrency", "delay", "key")

    def __init__(self, key: str, delay: float, concurrency: int) -> None:
        self.key: Final = key
        self.delay: Final = delay
        self.concurrency: Final = concurrency


class _State:
    """How a limit stands now."""

    __slots__ = ("booked", "inside", "listed", "most", "opens", "pace", "passed", "waiting")

    def __init__(self, opens: float) -> None:
        self.opens = opens  # no request through it before
        self.inside = 0
        self.most = 1  # requests under way at once
        self.listed = False  # stands in the heap of limits that will open
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


def limits_for(rules: Politeness, host: str, address: str, *, free: bool) -> tuple[Limit, ...]:
    """Return the limits a request to `host` at `address` passes beside the host's own."""
    off = unhurried(rules, free=free)
    found = [Limit(address_key(address), 0.0 if off else rules.ip_delay, rules.ip_concurrency)]
    for group in rules.groups:
        if matches(group.pattern, host):
            delay = 0.0 if off else group.delay
            found.append(Limit(f"group {group.pattern}", delay, group.concurrency))
    return tuple(found)


class SharedLimits(Protocol):
    """Limits that several processes pass. Times are seconds since the epoch."""

    def enter(self, key: str, now: float, delay: float) -> float:
        """Return 0.0 and take the limit, or the time at which to ask again."""

    def leave(self, key: str, opens: float) -> None:
        """Give the limit back; nobody may pass it before `opens`."""


class Leases(Protocol):
    """Hosts that other commands may be asking too. Times are seconds since the epoch."""

    def enter(self, host: str, now: float, delay: float) -> float:
        """Return 0.0 and take the host's lease, or the time at which to ask again."""

    def leave(self, host: str, opens: float, now: float) -> None:
        """Give the lease back; nobody may ask the host before `opens`."""

    def alone(self) -> bool:
        """Say if no other command runs that could want our hosts."""


class Limits:
    """The limits in use. A host that meets a closed one waits there and nowhere else."""

    def __init__(self, opened_at: float) -> None:
        # What was asked before this run is unknown: every limit starts with a full wait.
        self._opened_at = opened_at
        self._limits: dict[str, _State] = {}
        self._opening: list[tuple[float, str]] = []  # heap
        self._many = _MANY
        self.waiting = 0
        self.shared: SharedLimits | None = None

    def enter(self, host: int, limits: tuple[Limit, ...], now: float) -> float:
        """Take `host` through all its limits if they are open.

        PASSED; or IN_LINE, it waits at the first closed one until `next_open` returns it; or
        the time at which to come again, because the line there is long.
        """
        for limit in limits:
            state = self._state_of(limit)
            if state.inside >= limit.concurrency or state.opens > now:
                return self._line_up(host, state, limit, now)
        if self.shared is not None and (closed := _enter_shared(self.shared, limits, now)):
            limit, later = closed
            state = self._state_of(limit)
            state.opens = max(state.opens, later)
            return self._line_up(host, state, limit, now)
        for limit in limits:
            state = self._limits[limit.key]
            state.inside += 1
            state.opens = now + limit.delay
            if state.waiting or state.booked > now:
                # In use all the time: so long it takes from one to the next.
                state.pace += 0.1 * (min(now - state.passed, _SLOWEST) - state.pace)
            state.passed = now
        return PASSED

    def _line_up(self, host: int, state: _State, limit: Limit, now: float) -> float:
        if state.waiting is None:
            state.waiting = deque()
        if len(state.waiting) < _LINE:
            state.waiting.append(host)
            self.waiting += 1
            self._list(state, limit.key)
            return IN_LINE
        # A line is kept in memory, so it is short: the others are told when to come again.
        step = max(limit.delay, state.pace, _QUICKEST)
        state.booked = max(state.booked, now + _LINE * step) + step
        return state.booked

    def leave(self, limits: tuple[Limit, ...], ended: float) -> None:
        """Give the limits back: the next may pass its delay after this answer's end."""
        for limit in limits:
            state = self._state_of(limit)
            state.inside -= 1
            state.opens = max(state.opens, ended + limit.delay)
            if self.shared is not None:
                self.shared.leave(limit.key, state.opens)
            if state.waiting:
                self._list(state, limit.key)
        if len(self._limits) > self._many:
            self._drop_resting(ended)

    def next_open(self, now: float) -> int | None:
        """Return a host whose limit has opened, to try again, or None."""
        while self._opening and self._opening[0][0] <= now:
            key = heapq.heappop(self._opening)[1]
            state = self._limits[key]
            state.listed = False
            if state.opens > now:
                self._list(state, key)
            elif state.waiting and state.inside < state.most:
                self.waiting -= 1
                host = state.waiting.popleft()
                # The next one's turn comes when the limit opens again, as `enter` will set it.
                self._list(state, key)
                return host
        return None

    def next_due(self) -> float | None:
        return self._opening[0][0] if self._opening else None

    def _state_of(self, limit: Limit) -> _State:
        state = self._limits.get(limit.key)
        if state is None:
            state = self._limits[limit.key] = _State(self._opened_at + limit.delay)
        state.most = limit.concurrency
        return state

    def _list(self, state: _State, key: str) -> None:
        # A full limit is listed when a lease comes back.
        if state.waiting and not state.listed and state.inside < state.most:
            state.listed = True
            heapq.heappush(self._opening, (state.opens, key))

    def _drop_resting(self, now: float) -> None:
        self._limits = {
            key: state
            for key, state in self._limits.items()
            if state.inside or state.waiting or max(state.opens, state.booked) > now
        }
        self._many = max(_MANY, 2 * len(self._limits))


def _enter_shared(
    shared: SharedLimits, limits: tuple[Limit, ...], now: float
) -> tuple[Limit, float] | None:
    """Take all limits towards other processes, or none: then say which is shut, until when."""
    for number, limit in enumerate(limits):
        if later := shared.enter(limit.key, now, limit.delay):
            for passed in limits[:number]:
                shared.leave(passed.key, now)
            return limit, later
    return None
