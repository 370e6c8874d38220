"""How many processors this process may use: the machine's, or what a container leaves of them."""

from __future__ import annotations

import os
from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")


def count_processors(groups: Path = _GROUPS, own: Path = _OWN) -> int:
    """Return for how many processors there is work: those allowed, within the quota, at least 1.

    A quota of one and a half is one: two processes would wait for each other.
    """
    try:
        allowed = len(os.sched_getaffinity(0))
    except AttributeError:  # elsewhere than on Linux
        allowed = os.cpu_count() or 1
    return max(1, int(min([allowed, *_quotas(groups, own)])))


def _quotas(groups: Path, own: Path) -> list[float]:
    """Return the quotas of this process's control group and of all above it, in processors."""
    try:
        lines = own.read_text("ascii", "replace").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        _, _, rest = line.partition(":")
        controllers, separator, path = rest.partition(":")
        if not separator or (controllers and "cpu" not in controllers.split(",")):
            continue
        root = groups / controllers if controllers else groups
        # In a container the path is that of the host, and what is mounted is the group itself.
        group = root / path.lstrip("/")
        found += [_quota(at) for at in (group, *group.parents) if at.is_relative_to(root)]
    return [quota for quota in found if quota is not None]


def _quota(folder: Path) -> float | None:
    """Return the quota of one group (cgroups(7), versions 2 and 1), None if it has none."""
    for names in (("cpu.max",), ("cpu.cfs_quota_us", "cpu.cfs_period_us")):
        try:
            words = " ".join((folder / name).read_text("ascii") for name in names).split()
            quota, period = int(words[0]), int(words[1])
        except (OSError, ValueError, IndexError):
            continue  # "max 100000": none
        if quota > 0 and period > 0:
            return quota / period
    return None
