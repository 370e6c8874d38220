"""The request log of benchmarks.frontier and its judge, which knows nothing of the frontier."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from pathlib import Path

LINE = struct.Struct("<IIIddB")  # host, address, number of the URL, start, end, what came
OK, BUSY, DEAD = 0, 1, 2
RETRY_AFTER = 120.0
RULES = {"min_delay": 5.0, "ip_delay": 0.2, "group_delay": 0.5, "back_off": 60.0}
TURN = 4  # requests a host is given before those that are due longer


def check(path: Path) -> dict[str, int]:
    """Judge a request log: what did the servers see? Nothing else is known here."""
    violations = {"host": 0, "address": 0, "group": 0, "retry": 0}
    duplicates = 0
    host_end: dict[int, tuple[float, int, int]] = {}  # end, what came, faults in a row
    address_free: dict[int, float] = {}
    group_free = 0.0
    done: set[int] = set()
    lines = sorted(LINE.iter_unpack(path.read_bytes()), key=lambda line: line[3])
    slack = 1e-6
    for host, address, number, start, end, came in lines:
        before = host_end.get(host)
        faults = 0
        if before is not None:
            rest = RULES["min_delay"]
            faults = before[2]
            if before[1] == BUSY:
                rest = max(rest, RETRY_AFTER)
            if before[1] != OK:
                rest = max(rest, RULES["back_off"] * 2.0 ** (faults - 1))
            if start < before[0] + min(rest, 86_400.0) - slack:
                violations["host" if before[1] == OK else "retry"] += 1
        host_end[host] = (end, came, 0 if came == OK else faults + 1)
        if start < address_free.get(address, 0.0) - slack:
            violations["address"] += 1
        address_free[address] = end + RULES["ip_delay"]
        if host % 1_000 == 7:
            if start < group_free - slack:
                violations["group"] += 1
            group_free = end + RULES["group_delay"]
        url = host << 32 | number
        duplicates += url in done
        if came == OK:
            done.add(url)
    return {**violations, "duplicates": duplicates, "requests": len(lines)}


def starved(path: Path, sizes: Sequence[int], address: Callable[[int], int]) -> int:
    """Count hosts with URLs left while others of their address went a turn ahead.

    Hosts that failed rest longer by right and are left out, as are those in the group.
    """
    counts: dict[int, int] = {}
    faulty: set[int] = set()
    last = 0.0
    for host, _, _, _, end, came in LINE.iter_unpack(path.read_bytes()):
        counts[host] = counts.get(host, 0) + 1
        last = max(last, end)
        if came != OK:
            faulty.add(host)
    most: dict[int, int] = {}
    open_hosts = [
        host
        for host in range(len(sizes))
        if counts.get(host, 0) < sizes[host] and host not in faulty and host % 1_000 != 7
    ]
    for host in open_hosts:
        most[address(host)] = max(most.get(address(host), 0), counts.get(host, 0))
    return sum(counts.get(host, 0) < most[address(host)] - TURN - 1 for host in open_hosts)
