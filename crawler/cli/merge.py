"""`crawler merge`: one job out of several."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.corpus_options import print_json, suppression_of
from crawler.cli.grammar import written_to
from crawler.cli.job_policy import config_for
from crawler.cli.telling_damage import end_with_damage
from crawler.cluster.layout import shard_folders
from crawler.corpus.upkeep.merge import merge


def command(
    jobs: Annotated[list[Path], typer.Argument(help="Folders of the jobs.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder of the merged job (required).")
    ] = None,
    into: Annotated[Path | None, typer.Option(hidden=True)] = None,
    policy: Annotated[
        str | None, typer.Option(help="Policy file or preset; default: the first job's.")
    ] = None,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Merge jobs: the newest word on each URL wins, near-duplicates are clustered.

    Example: crawler merge jobs/a jobs/b --out jobs/all
    """
    out = written_to(out, into, "merge JOB...", "--into")
    config = config_for(jobs[0], policy)
    folders = [folder for job in jobs for folder in shard_folders(job)]
    merged = merge(folders, out, suppression_of(config, *jobs))
    if to_json:
        print_json(asdict(merged))
    else:
        for what, count in merged.counts.items():
            print(f"{count} {what}")
        print(f"{merged.clusters.clusters} clusters, {merged.clusters.duplicates} duplicates")
    end_with_damage(jobs[0] if len(jobs) == 1 else out, merged.damaged, "the rest was merged")
