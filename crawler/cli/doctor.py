"""`crawler doctor` says what is wrong with a job's files and mends what can be mended."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.corpus_options import print_json
from crawler.cli.terminal_text import harmless
from crawler.cluster.layout_check import Layout, examine_layout
from crawler.corpus.upkeep.doctor import Diagnosis, examine
from crawler.store.connection import NoJobError


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be mended.")] = False,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check a job's database, counters, archive, ledger and files, and mend them if asked.

    Nothing that was committed is removed: a damaged database is kept aside, and its readable
    rows go into a new one. Exit code 1 if a fault is left.

    Example: crawler doctor jobs/example --repair
    """
    if not job.is_dir():
        raise NoJobError(f"{job} holds no job: there is no such folder")
    now = time.time()
    layout = examine_layout(job, repair=repair)
    found = [examine(folder, now, repair=repair) for folder in layout.folders]
    diagnoses = [*_of_layout(job, layout), *found]
    if to_json:
        print_json([{**asdict(item), "left": len(item.left)} for item in diagnoses])
    else:
        for diagnosis in diagnoses:
            _show(diagnosis, repair=repair)
    if any(diagnosis.left for diagnosis in diagnoses):
        sys.exit(1)


def _of_layout(job: Path, layout: Layout) -> list[Diagnosis]:
    return [Diagnosis(str(job), layout.findings)] if layout.findings else []


def _show(diagnosis: Diagnosis, *, repair: bool) -> None:
    print(f"{diagnosis.of}:")
    for item in diagnosis.findings:
        mark = "note" if item.note else "mended" if item.repaired else "FAULT"
        print(harmless(f"  {mark:<6} {item.place}: {item.what}"))
    left = len(diagnosis.left)
    if not left:
        print("  everything is as it should be")
    elif repair:
        print(f"  {left} faults are left")
    else:
        print(f"  {left} faults; `crawler doctor {diagnosis.of} --repair` mends what it can")
