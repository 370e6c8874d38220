"""`crawler verify` tells whether a job, or an export, is what was written."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.corpus_options import print_json
from crawler.cli.purge import folders
from crawler.cli.terminal_text import harmless
from crawler.cluster.layout import shard_folders
from crawler.core.consent import decide, rules_version
from crawler.corpus.export.verify_export import Verified
from crawler.corpus.upkeep.verify_job import SAMPLE, verify, verify_against


def command(
    path: Annotated[Path, typer.Argument(help="Folder of a job or of an export.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Decide every record again, not a sample.")
    ] = False,
    against: Annotated[
        Path | None, typer.Option(help="An export of this job: is the head it states still there?")
    ] = None,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Recompute chain, digests and hashes, and decide records again from their evidence.

    Exit code 1 if anything does not fit.

    Example: crawler verify corpus-1
    """
    sample = None if everything else SAMPLE
    results = [verify(folder, decide, rules_version(), sample) for folder in shard_folders(path)]
    if against is not None:
        results.append(_against(path, against))
    if to_json:
        print_json([asdict(result) for result in results])
    else:
        for result in results:
            print(
                f"{result.of}: {result.pages} records, ledger at {result.entries} {result.head}, "
                f"{result.files} files hashed, {result.decided_again} decided again"
            )
            for fault in result.faults:
                print(harmless(f"  FAULT {fault.place}: {fault.what}"))
            for note in result.notes:
                print(f"  note  {note}")
            print("  nothing was altered" if not result.faults else "")
    if any(result.faults for result in results):
        sys.exit(1)


def _against(job: Path, out: Path) -> Verified:
    folder = folders(job)[-1]  # of several shards: what merged them, for that was exported
    fault = verify_against(folder, out)
    return Verified(str(out), 0, 0, 0, 0, "", (fault,) if fault is not None else ())
