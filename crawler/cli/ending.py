"""What a crawl says at its end, on standard error and as JSON, and the exit code it ends with."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.cli import progress_lines
from crawler.cli.errors import INTERRUPTED
from crawler.cli.terminal_text import harmless, json_text
from crawler.cluster.layout import shard_folders
from crawler.engine import Progress
from crawler.report.losses import lines
from crawler.report.run_end import LIMITS, Nothing, nothing_had
from crawler.report.status import JobStatus, job_status
from crawler.store.job import DATABASE

STOPPED_BY_LIMIT = 10


@dataclass(frozen=True, slots=True)
class Run:
    """One run over a job, of all its shards together."""

    progress: Progress
    why: tuple[str, ...]  # one, or one for each way its shards ended
    seconds: float
    clean: bool = True

    def sentence(self) -> str:
        """Return why it ended, for people."""
        return f"stopped: {'; '.join(dict.fromkeys(map(progress_lines.why, self.why)))}"

    @property
    def reason(self) -> str:
        """Why it ended, in one word: what stopped any of it goes first."""
        for codes in ({"interrupted"}, LIMITS):
            if stopped := [code for code in self.why if code in codes]:
                return stopped[0]
        return next((code for code in ("patience", "spent") if code in self.why), "done")


def end(job: Path, run: Run, *, to_json: bool) -> int:
    """Say what came of `run` and what is left of `job`; return the exit code."""
    folders = [folder for folder in shard_folders(job) if (folder / DATABASE).exists()]
    status = job_status(folders, time.time()) if folders else JobStatus()
    may_fail = run.reason in {"done", "spent", "patience"}
    nothing = nothing_had(folders) if may_fail else None
    code = exit_code(run, nothing=nothing is not None)
    for line in _said(job, run, status, nothing):
        print(harmless(line), file=sys.stderr)
    if to_json:
        print(json_text(_summary(job, run, status, nothing) | {"exit_code": code}))
    return code


def exit_code(run: Run, *, nothing: bool) -> int:
    """Return the exit code of a run; `nothing`: there is no page at all."""
    if run.reason == "interrupted":
        return INTERRUPTED
    if run.reason in LIMITS:
        return STOPPED_BY_LIMIT
    return 1 if nothing else 0


def _said(job: Path, run: Run, status: JobStatus, nothing: Nothing | None) -> Iterable[str]:
    saved = "" if run.clean else "; visits that took too long were cut short and will be made again"
    yield f"{run.sentence()}{saved}"
    for line in lines(list(status.losses), job):
        yield f"lost: {line}"
    if held := status.pages["held"]:
        yield (
            f"held: {held} pages are in no export until a document or a file is known that speaks"
            f" for them; the same command goes on, or `crawler recheck {job}`"
        )
    if run.reason == "interrupted":
        kept = status.pages["active"] + status.pages["held"]
        yield f"saved: {kept} pages in {job}; the same command goes on"
    if nothing is not None:
        yield "crawler: nothing was had:"
        yield from (f"  {line}" for line in nothing.lines())


def run_counts(made: Progress) -> dict[str, Any]:
    """Return what a run came to, for a script."""
    return {
        "visits": made.visits,
        "bytes": made.bytes,
        "kept": made.kept,
        "held": made.held,
        "refused": made.refused,
        "filtered": made.filtered,
        "failed": made.failed,
        "turned_down": dict(made.reasons),
        "failures": dict(made.failures),
    }


def _summary(job: Path, run: Run, status: JobStatus, nothing: Nothing | None) -> dict[str, Any]:
    return {
        "job": str(job),
        "why": run.reason,
        "clean": run.clean,
        "seconds": round(run.seconds, 3),
        "run": run_counts(run.progress),
        "nothing_had": dict(nothing.counts) if nothing is not None else {},
        "job_now": status.as_json(),
    }
