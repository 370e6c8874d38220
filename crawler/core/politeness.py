"""What an operator can set of the pace; `crawler.core.pace` has the rules."""

from __future__ import annotations

from pydantic import Field

from crawler.core.host_names import HostPattern
from crawler.core.units import Duration, Settings


class Group(Settings):
    """Hosts that share a limit, such as all blogs of one platform."""

    pattern: HostPattern  # a host name; a leading "*." stands for any labels
    delay: Duration = "1s"  # type: ignore[assignment] # validated like the operator's own
    concurrency: int = Field(default=1, ge=1)


class Politeness(Settings):
    """Policy table `[politeness]`: the pace towards hosts, addresses and groups."""

    min_delay: Duration = "5s"  # type: ignore[assignment]
    fetch_factor: float = Field(default=10.0, ge=0, le=1_000)  # x last fetch time
    slow_cap: Duration = "60s"  # type: ignore[assignment] # the most a slow answer adds
    jitter: float = Field(default=0.1, ge=0, le=1)  # upward only, share of the delay
    ip_delay: Duration = "200ms"  # type: ignore[assignment]
    ip_concurrency: int = Field(default=1, ge=1)
    groups: tuple[Group, ...] = ()
    back_off: Duration = "60s"  # type: ignore[assignment] # first step, doubled each time
    back_off_cap: Duration = "24h"  # type: ignore[assignment]
    retry_after_cap: Duration = "7d"  # type: ignore[assignment]
    park_after: int = Field(default=3, ge=1)  # failures in a row
    long_delay: Duration = "300s"  # type: ignore[assignment] # Crawl-delay above it: parked
