"""`crawler screen`: what others collected, without what its owners refused."""

from __future__ import annotations

import os
import sys
import time
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from crawler.carrying import TakenError
from crawler.cli.errors import INTERRUPTED, UsageError
from crawler.cli.terminal_text import harmless, json_text
from crawler.config import Config, load
from crawler.inputs import Columns, Form, UnknownInputError, expand, look
from crawler.inputs.forms import tell
from crawler.screen import run
from crawler.screen.evidence_files import form_of_evidence
from crawler.screen.page_reading import warm_reading
from crawler.screen.parts import Part, work
from crawler.screen.parts import join as join_parts
from crawler.screen.plan import (
    Asked,
    Plan,
    begin,
    follow,
    is_finished,
    look_whether_free,
    written_report,
)
from crawler.screen.run import Screening
from crawler.screen.workers import Workers, processes, ray_tasks, tune_interpreter
from crawler.storage import is_url, shown


def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    inputs: Annotated[
        list[str],
        typer.Argument(help="Files, folders, addresses of a storage, or @FILE: a list of them."),
    ],
    policy: Annotated[str, typer.Option(help="Policy file, or a preset's name.")] = "default",
    job: Annotated[
        Path | None, typer.Option(help="Folder of evidence and decisions (required).")
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", "-o", help="Folder or storage to write to (required).")
    ] = None,
    as_of: Annotated[
        Literal["capture", "now", "both"],
        typer.Option(help="Which time's evidence counts; both: a refusal at either refuses."),
    ] = "both",
    evidence: Annotated[
        list[str] | None,
        typer.Option(help="Dated site files of then: WARC or JSON Lines; may be repeated."),
    ] = None,
    annotate: Annotated[
        bool, typer.Option("--annotate", help="Keep all rows and only add the columns.")
    ] = False,
    collect: Annotated[
        bool, typer.Option("--collect/--no-collect", help="Ask sites for their files of now.")
    ] = True,
    collect_only: Annotated[
        bool, typer.Option("--collect-only", help="Collect evidence, and decide nothing yet.")
    ] = False,
    collect_terms: Annotated[
        bool, typer.Option("--collect-terms", help="Ask for terms pages that pages name, too.")
    ] = False,
    store_evidence: Annotated[
        bool,
        typer.Option("--store-evidence", help="Keep the evidence of silent pages in the job."),
    ] = False,
    url_column: Annotated[str, typer.Option(help="Column of URLs; default: guessed.")] = "",
    text_column: Annotated[str, typer.Option(help="Column of texts; default: guessed.")] = "",
    date_column: Annotated[str, typer.Option(help="Column of dates; default: guessed.")] = "",
    html_column: Annotated[str, typer.Option(help="Column of HTML; default: guessed.")] = "",
    allow_prefix: Annotated[
        list[str] | None,
        typer.Option(help="Where paths in an @FILE may lead beside its own folder."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read, decide, write.")] = 1,
    part: Annotated[
        str, typer.Option(metavar="K/N", help="Do what is K's of N parts, as in an array of jobs.")
    ] = "",
    join: Annotated[
        bool, typer.Option("--join", help="Do what lies between parts, or behind the last.")
    ] = False,
    ray: Annotated[
        str | None,
        typer.Option(
            metavar="[ADDRESS]", help="Work on a Ray cluster; without ADDRESS one of this machine."
        ),
    ] = None,
    to_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Screen what exists: in goes what others collected, out comes what its owners did not refuse.

    Example: crawler screen dataset/ --policy policy.toml --job jobs/screen --out screened
    """
    if job is None:
        raise UsageError("say where evidence and decisions are kept: crawler screen ... --job DIR")
    if out is None and not collect_only:
        raise UsageError("say where to write: crawler screen ... --out DIR")
    target = out or str(job / "screened")
    target = target.rstrip("/") if is_url(target) else str(Path(target).absolute())
    if bool(part) + join + (ray is not None) > 1 or (collect_only and (part or join)):
        raise UsageError("--part, --join, --ray and --collect-only: say one of them")
    if workers > (os.cpu_count() or 1) * 4:
        raise UsageError(f"--workers {workers}: this machine has {os.cpu_count()} processors")
    config = load(policy)
    asked = Asked(
        inputs=tuple(inputs),
        out=target,
        policy_sha256=config.sha256,
        as_of=as_of,
        columns=Columns(url=url_column, text=text_column, date=date_column, html=html_column),
        evidence=tuple(evidence or ()),
        annotate=annotate,
        store_evidence=store_evidence,
        collect_terms=collect_terms,
    )
    found = _files(asked, allow_prefix or [])
    how = How(workers, _part(part), join, ray, collect and as_of != "capture", collect_only)
    report = _screen((job, config, asked), found, how)
    if report is not None:
        print(json_text(report) if to_json else _text(report, target))


def _files(asked: Asked, allowed: list[str]) -> tuple[list[str], list[str], list[str]]:
    try:
        files, beside = expand(asked.inputs, allowed, partial(look, columns=asked.columns))
        dated, others = expand(asked.evidence, allowed, form_of_evidence)
    except UnknownInputError as error:
        raise UsageError(str(error)) from error
    return files, dated, [*beside, *others]


_LOOKED_AT = 4  # inputs, to tell whether pages are to be read
_LONG = 8 << 20  # octets of tables, packed as they mostly are: their rows take memory that counts


@dataclass(frozen=True, slots=True)
class How:
    """Who does the work, and how much of it."""

    workers: int
    part: Part | None
    join: bool
    ray: str | None  # a cluster's address, "" for one of this machine
    collect: bool
    only: bool  # collect, and no more

    def crew(self, folder: Path, files: list[str]) -> AbstractContextManager[Workers]:
        if self.ray is None:
            pages = _hold_pages(files[:_LOOKED_AT])
            # Pages are read one after the other, and much of that in a process of its own.
            apart = not pages and _octets(files) > _LONG
            return processes(self.workers, warm_reading if pages else None, apart=apart)
        return ray_tasks(self.ray, self.workers, folder)


def _part(text: str) -> Part | None:
    try:
        return Part.read(text) if text else None
    except ValueError as error:
        raise UsageError(f"--part {text}: write K/N, from 1/N to N/N") from error


def _screen(
    what: tuple[Path, Config, Asked],
    found: tuple[list[str], list[str], list[str]],
    how: How,
) -> dict[str, Any] | None:
    job, config, asked = what
    tune_interpreter()
    try:
        if how.part is not None:
            plan, goes_on = follow(job, asked, found, time.time()), False
        else:
            plan, goes_on = begin(job, asked, found, time.time())
        if is_finished(plan):
            _say(f"{shown(asked.out)} is finished already; nothing was done")
            return None if how.part is not None else written_report(plan)
        if not how.only:
            look_whether_free(plan)
        if how.part is None:
            _tell(plan, goes_on=goes_on)
        with how.crew(plan.folder, found[0]) as workers:
            shared = how.part is not None or how.ray is not None
            return _steps(Screening(job, plan, config, _say, workers, shared), how)
    except (UnknownInputError, TakenError) as error:
        raise UsageError(str(error)) from error
    except KeyboardInterrupt:
        _say(f"stopped: what is done is saved in {job}; the same command goes on")
        sys.exit(INTERRUPTED)


def _octets(files: list[str]) -> int:
    paths = [Path(file) for file in files]
    return sum(path.stat().st_size for path in paths if path.is_file())


def _hold_pages(files: list[str]) -> bool:
    """Say if there are archives among the files: they hold pages, others seldom do."""
    for file in files:
        with suppress(UnknownInputError):  # told when it is its turn
            if tell(file).form in {Form.WARC, Form.ARC}:
                return True
    return False


def _tell(plan: Plan, *, goes_on: bool) -> None:
    for name in plan.beside:
        _say(f"passed over, for it is no data: {name}")
    if goes_on:
        _say("going on with what was begun")


def _steps(screening: Screening, how: How) -> dict[str, Any] | None:
    if how.part is not None:
        _say(work(screening, how.part))
        return None
    if how.join:
        return join_parts(screening, lambda: _collect(screening, how))
    run.survey_inputs(screening)
    run.take_evidence(screening)
    _collect(screening, how)
    if how.only:
        _say(f"evidence is collected in {screening.job}")
        return None
    run.decide_rows(screening)
    run.write_copies(screening, screening.plan.inputs)
    return run.finish(screening)


def _collect(screening: Screening, how: How) -> None:
    """Ask sites for their files of now, if that is to be done and was not."""
    plan = screening.plan
    if (how.collect or how.only) and not plan.done("collected.json"):
        # Whatever asks sites takes a second to load.
        from crawler.cli.collecting_files import collect_files

        if code := collect_files(screening.job, screening.config, _say):
            sys.exit(code)
        if not how.only:
            plan.mark("collected.json")


def _say(text: str) -> None:
    print(harmless(text), file=sys.stderr)


def _text(report: dict[str, Any], out: str) -> str:
    lines = [f"{report['kept']} of {report['documents']} rows kept (as of {report['as_of']})"]
    for ground, counts in report["left"].items():
        for reason, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            lines.append(f"  {count:>10}  {ground}: {reason}")
    if passed := len(report["passed_over"]):
        lines.append(f"  {passed:>10}  files passed over, for they are no data")
    lines.append(f"written to {shown(out)}")
    return "\n".join(lines)
