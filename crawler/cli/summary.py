"""`crawler summary`: the public summary of training content, over one or several corpora."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from crawler.cli.corpus_options import print_json
from crawler.cli.errors import UsageError
from crawler.cli.export import export_job
from crawler.cli.job_policy import config_for
from crawler.cluster.layout import shard_folders
from crawler.corpus.statements import eu_summary
from crawler.corpus.statements.manifest import MANIFEST
from crawler.store.job import DATABASE


def command(
    corpora: Annotated[list[Path], typer.Argument(help="Folders of jobs and of exports.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder for the summary and its lists.")
    ] = None,
    policy: Annotated[
        str | None, typer.Option(help="Policy file or preset for jobs; default: each job's own.")
    ] = None,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write the public summary that Art. 53(1)(d) of the EU AI Act asks for, over all corpora.

    Laid out as the official template. Of a job it says what an export of today would hold.

    Example: crawler summary jobs/a jobs/b corpus-1 --out summary
    """
    if out is None and not to_json:
        raise UsageError("say where to write: crawler summary JOB... --out FOLDER, or --json")
    figures, domains = eu_summary.Figures(), []
    for corpus in corpora:
        found, listed = _read(corpus, policy)
        figures.add(found)
        domains += listed
    domains = eu_summary.ranked(domains)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in eu_summary.files(figures, domains).items():
            (out / name).write_text(text, encoding="utf-8")
    if to_json:
        print_json({"sections": eu_summary.summary(figures, len(domains))})
    else:
        print(f"{figures.records} records of {len(domains)} domains summed up in {out}")


def _read(corpus: Path, policy: str | None) -> tuple[eu_summary.Figures, list[eu_summary.Domain]]:
    is_job = any((folder / DATABASE).is_file() for folder in shard_folders(corpus))
    if not is_job and (corpus / MANIFEST).is_file():
        return eu_summary.read(corpus)
    config = config_for(corpus, policy)
    with TemporaryDirectory() as folder:
        export_job(corpus, Path(folder) / "corpus", config)
        return eu_summary.read(Path(folder) / "corpus")
