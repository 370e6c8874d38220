"""`crawler export`: the corpus of a job, with its manifest and everything that proves it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crawler.cli.cluster_jobs import at_url
from crawler.cli.corpus_options import one_job, plan_of, print_json
from crawler.cli.errors import UsageError
from crawler.cli.grammar import written_to
from crawler.cli.job_policy import config_for
from crawler.cli.signing import signing_key
from crawler.cli.telling_damage import end_with_damage
from crawler.cluster.layout import shard_folders
from crawler.config import Config
from crawler.core.consent.grounds import by_ground
from crawler.core.units import size
from crawler.corpus.export.carrying import export_to
from crawler.corpus.export.export_job import export
from crawler.corpus.export.formats import FORMATS
from crawler.corpus.export.shard_parts import Spread
from crawler.corpus.export.token_counting import load_tokenizer
from crawler.corpus.records.export_plan import Exported, Options
from crawler.keys import sign_bytes, thumbprint
from crawler.storage import is_url


def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    out: Annotated[
        str | None,
        typer.Option(
            "--out", "-o", help="Folder to write, or s3://...; must not be there yet (required)."
        ),
    ] = None,
    old_out: Annotated[str | None, typer.Argument(hidden=True)] = None,
    policy: Annotated[
        str | None, typer.Option(help="Policy file or preset; default: the job's own.")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", help=f"Of the data files: {', '.join(FORMATS)}.")
    ] = "jsonl",
    compression: Annotated[Literal["zst", "gz"], typer.Option(help="Of JSON Lines.")] = "zst",
    audience: Annotated[
        Literal["train", "publish"],
        typer.Option("--for", help="publish: texts of open licences only, the rest by hash."),
    ] = "train",
    version: Annotated[str, typer.Option(help="Publish as this version, such as 1.0.0.")] = "",
    since: Annotated[str, typer.Option(help="Only what was added after this version.")] = "",
    part_size: Annotated[str, typer.Option(help="Uncompressed size of a data file.")] = "500MB",
    key: Annotated[
        str, typer.Option(help="Sign with this private key; default: the one the job remembers.")
    ] = "",
    unsigned: Annotated[
        bool, typer.Option("--unsigned", help="Do not sign, though the job has a key.")
    ] = False,
    tokenizer: Annotated[
        Path | None,
        typer.Option(help="Count tokens by this tokenizer.json (extra `tokens`), not by estimate."),
    ] = None,
    lookup: Annotated[
        Literal["buckets", "domains", "off"] | None,
        typer.Option(help="A static site in it for owners; default: [export] lookup."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that write a job's shards at once.")
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option(
            metavar="[ADDRESS]", help="Write shards on a Ray cluster; without ADDRESS one here."
        ),
    ] = None,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    shard: Annotated[str, typer.Option(hidden=True)] = "",  # what --part-size was called
) -> None:
    """Export the corpus of a job.

    Example: crawler export jobs/example --out corpus-1 --format parquet
    """
    where = _where(out, old_out)
    try:
        part_bytes = size(shard or part_size)
    except ValueError as error:
        raise UsageError(f"--part-size: {error}") from error
    if part_bytes < 1:
        raise UsageError("--part-size: a file must hold something, such as 500MB")
    if form not in FORMATS:
        raise UsageError(f"--format: there is no {form!r}; choose of {', '.join(FORMATS)}")
    options = Options(
        format=form,
        compression=compression,
        audience=audience,
        version=version,
        since=since,
        part_bytes=part_bytes,
    )
    config = config_for(job, policy)
    if lookup is not None:
        settings = config.export.model_copy(update={"lookup": lookup})
        config = config.model_copy(update={"export": settings})
    signing = signing_key(job, config, key, unsigned=unsigned)
    how = How(tokenizer, workers, ray, show=sys.stderr.isatty())
    exported = export_job(job, where, config, options, key=signing, how=how)
    if to_json:
        print_json({**asdict(exported), "left_out": by_ground(exported.left_out)})
        end_with_damage(job, exported.damaged, "the rest was exported")
        return
    print(f"{exported.records} records in {exported.files} files in {exported.folder}")
    print(f"  {exported.words} words, {exported.tokens}")
    if signing is not None:
        print(f"  signed by {thumbprint(signing)}")
    elif unsigned:
        print("  not signed, as was asked")
    else:
        print("  not signed: name the key with --key, or the policy that names it with --policy")
    for ground, counts in by_ground(exported.left_out).items():
        for reason, count in counts.items():
            print(f"  left out: {count} ({reason}, {ground})")
    end_with_damage(job, exported.damaged, "the rest was exported")


def _where(out: str | None, old: str | None) -> str | Path:
    """Return the folder to write, or the URL of one."""
    if (place := out or old) and is_url(place) and not (out and old):
        return place
    paths = [Path(item) if item is not None else None for item in (out, old)]
    return written_to(paths[0], paths[1], "export JOB")


@dataclass(frozen=True, slots=True)
class How:
    """Who does the work, and who is told."""

    tokenizer: Path | None = None
    workers: int | None = None  # processes that write shards at once
    ray: str | None = None  # a cluster's address, "" for one of this machine
    show: bool = False

    @contextmanager
    def spread(self, job: Path, out: str | Path) -> Iterator[Spread | None]:
        """Yield how shards are written at once; None: one after the other, in one process.

        Raises:
            UsageError: There are none, or too many processes.
        """
        if self.workers is None and self.ray is None:
            yield None
            return
        from crawler.screen.workers import processes, ray_tasks

        count, most = len(shard_folders(job)), os.cpu_count() or 1
        if count == 1:
            raise UsageError(f"--workers and --ray write shards at once, and {job} has none")
        if self.workers is not None and self.workers > most * 4:
            raise UsageError(f"--workers {self.workers}: this machine has {most} processors")
        if self.tokenizer is not None:
            raise UsageError("--tokenizer counts in one process: leave --workers and --ray out")
        crew = min(count, self.workers or most)
        folder = job if isinstance(out, str) else out.absolute().parent
        with processes(crew) if self.ray is None else ray_tasks(self.ray, crew, folder) as found:
            yield Spread(count, found.map)


def export_job(
    job: Path,
    out: str | Path,
    config: Config,
    options: Options | None = None,
    *,
    key: Ed25519PrivateKey | None = None,
    how: How = How(),
) -> Exported:
    """Export `job` under `config` to `out`, a folder or the URL of one, signed with `key`."""
    plan = plan_of(config, job, options or Options(), time.time())
    if key is not None:
        plan = replace(plan, sign=partial(sign_bytes, key))
    if how.tokenizer is not None:
        plan = replace(plan, tokenizer=load_tokenizer(how.tokenizer))
    with how.spread(job, out) as spread:
        (whole, damaged), told = one_job(job, config), None
        if (away := at_url(job)) is not None:
            version = plan.options.version
            plan = replace(plan, announce=partial(away.publish, whole, version, plan.gate.now))
        if how.show:
            told = _progress if spread is None else _parts
        if isinstance(out, str):
            carried = _carried if how.show else None
            exported = export_to(job, whole, out, plan, told, carried, spread)
        else:
            exported = export(whole, out, plan, told, spread=spread)
    return replace(exported, damaged=(*damaged, *exported.damaged))


def _carried(done: int, total: int) -> None:
    end = "\n" if done >= total else ""
    print(f"\r{done} of {total} files carried", end=end, file=sys.stderr, flush=True)


def _parts(done: int, total: int) -> None:
    end = "\n" if done >= total else ""
    print(f"\r{done} of {total} shards", end=end, file=sys.stderr, flush=True)


def _progress(done: int, total: int) -> None:
    end = "\n" if done >= total else ""
    print(f"\r{done} of {total} pages", end=end, file=sys.stderr, flush=True)
