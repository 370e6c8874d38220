"""What a shard tells its supervisor, one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Report:
    """The state of one shard. `idle`: it has nothing to do unless URLs arrive."""

    round: int = 0  # of the supervisor's questions: which one this answers
    idle: bool = False
    outbox: int = 0  # URLs that had to be carried out when last looked at
    inbox: int = 0  # files not yet taken in
    received: int = 0  # files taken in
    kept: int = 0
    kept_before: int = 0
    held: int = 0
    refused: int = 0
    failed: int = 0
    visits: int = 0
    received_bytes: int = 0
    active: int = 0
    paused: bool = False
    ready: int = 0
    waiting: int = 0
    parked: int = 0
    queued: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    why: str = ""  # it ended, once it has

    def line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"


def read_report(line: bytes) -> Report | None:
    """Return the report in `line`, or None if it is something else a shard printed."""
    try:
        return Report(**json.loads(line))
    except (ValueError, TypeError):
        return None
