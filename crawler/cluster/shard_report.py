"""What a shard tells whoever runs the shards; to a supervisor, one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Report:
    """The state of one shard. `idle`: it has nothing to do unless URLs arrive."""

    round: int = 0  # which question this answers
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
    # On a cluster: which shard this is and who owns it, the epochs of the shards that it sent
    # messages to, how often pages had been given back when it asked last, and if it was denied.
    shard: int = 0
    epoch: int = 0
    reached: dict[int, int] = field(default_factory=dict)
    given_back: int = 0
    denied: bool = False
    unsaved: str = ""  # why how it stands at its end is not at the job's URL

    @property
    def mark(self) -> tuple[int, ...]:
        """What changes whenever something happens in the shard."""
        return self.visits, self.received, self.epoch, self.given_back

    def line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"


def read_report(line: bytes) -> Report | None:
    """Return the report in `line`, or None if it is something else a shard printed."""
    try:
        return Report(**json.loads(line))
    except (ValueError, TypeError):
        return None
