"""How a run stands, in a small file beside its database, for whoever watches from outside.

Numbers only: no address, so that nothing need be removed from it. Written anew about once a
second; what it says of a process that is gone is how it stood last.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

_NAME = "run.json"
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunState:
    """What has happened in one run. Times are seconds since the epoch, sizes bytes."""

    process: int = 0
    version: str = ""  # of the crawler
    started_at: float = 0.0
    at: float = 0.0
    ended: str = ""  # why, once it has
    paused: bool = False
    visits: int = 0
    bytes: int = 0
    kept: int = 0
    kept_before: int = 0  # pages of earlier runs
    held: int = 0
    active: int = 0  # visits under way
    uncommitted: int = 0
    outcomes: Counts = field(default_factory=dict)  # visits, by how they ended
    answered: Counts = field(default_factory=dict)  # pages turned down in visits, by reason
    unasked: Counts = field(default_factory=dict)  # ... without a request
    failures: Counts = field(default_factory=dict)  # by code
    hosts: Counts = field(default_factory=dict)  # ready, waiting, parked
    queued: int = 0  # URLs
    memory: int = 0  # resident
    commits: tuple[int, ...] = ()  # durations in the buckets of `core.timings`
    commit_seconds: float = 0.0
    late: tuple[int, ...] = ()  # how long hosts were due before they were asked
    late_seconds: float = 0.0


_READ = TypeAdapter(RunState)


def write_run_state(folder: Path, state: RunState) -> None:
    """Write it in the place of the one before; a crash leaves one of the two.

    Raises:
        OSError: It cannot be written; nothing depends on it.
    """
    draft = folder / f"{_NAME}.new"
    draft.write_text(json.dumps(asdict(state)))
    draft.replace(folder / _NAME)


def read_run_state(folder: Path) -> RunState | None:
    """Return how the last run stands, None if nothing readable says it."""
    try:
        return _READ.validate_json((folder / _NAME).read_bytes())
    except (OSError, ValueError):
        return None


def resident_memory() -> int:
    """Return the bytes of memory this process holds; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
