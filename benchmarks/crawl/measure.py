"""What a program cost: wall time, CPU with its children counted, peak memory of its tree."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.crawl.systems import Invocation

_SAMPLE_SECONDS = 0.1
_LOOK = 10  # samples from one look at what is shared to the next: it takes a millisecond


@dataclass(frozen=True, slots=True)
class Cost:
    """One run of one program; `cpu_s` counts user and system time, waited-for children too."""

    wall_s: float
    cpu_s: float
    rss_mb: float  # highest sum over the tree; pages shared by processes count once each
    exit_code: int
    pss_mb: float = 0.0  # the same with what processes share counted once (Linux)


def run(invocation: Invocation, log: Path, time_limit: float) -> Cost:
    """Run `invocation`, its output in `log`; past `time_limit` seconds it is ended."""
    with log.open("wb") as output:
        began = time.monotonic()
        process = subprocess.Popen(
            invocation.command,
            cwd=invocation.folder,
            env=environment(invocation),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        peak = shared = samples = 0
        killed = False
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            wall = time.monotonic() - began
            if pid:
                break
            peak = max(peak, _tree_memory(process.pid))
            if samples % _LOOK == 0:
                shared = max(shared, _own_memory(process.pid))
            samples += 1
            if wall > time_limit and not killed:
                killed = True
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(_SAMPLE_SECONDS)
    process.returncode = os.waitstatus_to_exitcode(status)
    # The kernel's own peak of the first process catches what fell between two samples.
    peak = max(peak, usage.ru_maxrss * 1024)
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(wall, cpu, peak / 2**20, process.returncode, shared / 2**20)


def environment(invocation: Invocation) -> dict[str, str]:
    """Return ours and what it is given; every system keeps its bytecode, as installed ones do."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | dict(invocation.environment)


def _tree_memory(pid: int) -> int:
    total = 0
    for process in _tree(pid):
        with suppress(psutil.Error):
            total += process.memory_info().rss
    return total


def _own_memory(pid: int) -> int:
    """Return the proportional set sizes of a tree: a page of two processes is half of each."""
    total = 0
    for process in _tree(pid):
        with suppress(OSError):
            for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total


def _tree(pid: int) -> list[psutil.Process]:
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.Error:
        return []


def median(values: Sequence[float]) -> float:
    """Return the median rounded to what two noisy cores can tell."""
    return round(statistics.median(values), 2)
