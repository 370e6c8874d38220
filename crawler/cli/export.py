"""`crawler export`: the corpus of a job, with its manifest and everything that proves it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.jobs import config_for
from crawler.config import Config
from crawler.core.consent import RULES_VERSION, decide
from crawler.corpus.export import export
from crawler.corpus.plan import Exported, Plan
from crawler.corpus.selection import Gate
from crawler.store.job import read_job
from crawler.store.ledger import head


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    out: Annotated[Path, typer.Argument(help="Folder to write; must not be there yet.")],
    policy: Annotated[
        str | None, typer.Option(help="Policy file or preset; default: the job's own.")
    ] = None,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Export the corpus of a job.

    Example: crawler export jobs/example corpus-1
    """
    exported = export_job(job, out, config_for(job, policy))
    if to_json:
        print(json.dumps(asdict(exported), indent=2))
    else:
        print(f"{exported.records} records in {exported.files} files in {exported.folder}")


def export_job(job: Path, out: Path, config: Config) -> Exported:
    """Export `job` under `config` to `out`."""
    with read_job(job) as connection:
        now = head(connection).at
    gate = Gate(config.consent_policy(), RULES_VERSION, decide, config.recheck, now)
    return export(job, out, Plan(gate, config.export, policy_text=config.effective()))
