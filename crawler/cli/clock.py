"""The clock of a command, and the one file by which all commands of a user keep hosts' clocks."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.config import Config
from crawler.store.host_leases import HostLeases

# Time that passes while the machine sleeps has passed for hosts as well, where it is counted.
_PASSING = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class SteadyClock:
    """Seconds since the epoch as they were at the start, and what has passed since.

    A clock that is set, or corrected, while a command runs moves no host's time. Shards of one
    job share an `offset`.
    """

    def __init__(self, offset: float | None = None) -> None:
        passed = time.clock_gettime(_PASSING)
        self.offset = time.time() - passed if offset is None else offset

    def __call__(self) -> float:
        return self.offset + time.clock_gettime(_PASSING)


@contextmanager
def host_leases(
    job: Path | None, config: Config, clock: SteadyClock
) -> Iterator[HostLeases | None]:
    """Open the user's file of hosts' clocks; None, and a line that says so, if it cannot be.

    `job` None: the command works for itself alone.
    """
    try:
        name = str(job.resolve()) if job is not None else f"process {os.getpid()}"
        leases = HostLeases(state_folder(), name, clock.offset, config.network.connect_to)
    except (OSError, RuntimeError, ValueError) as error:
        why = f"no clock is shared with other commands of yours ({error})"
        print(f"crawler: {why}: run none beside this one on the same hosts", file=sys.stderr)
        yield None
        return
    try:
        yield leases
    finally:
        leases.close()


def state_folder() -> Path:
    """Return the folder for state that should outlive a run (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_STATE_HOME", "")
    found = Path(base) if base.startswith("/") else Path.home() / ".local" / "state"
    return found / "consent-crawler"
