"""`crawler screen`: what others collected, without what its owners refused."""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from crawler.cli.errors import INTERRUPTED, UsageError
from crawler.cli.terminal_text import harmless, json_text
from crawler.config import Config, load
from crawler.inputs import Columns, UnknownInputError, expand, look
from crawler.screen import run
from crawler.screen.evidence_files import form_of_evidence
from crawler.screen.plan import Asked, Plan, begin, is_finished, read_json
from crawler.screen.run import Screening
from crawler.storage import is_url


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
        str | None, typer.Option("--out", "-o", help="Folder to write (required).")
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
    to_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Screen what exists: in goes what others collected, out comes what its owners did not refuse.

    Example: crawler screen dataset/ --policy policy.toml --job jobs/screen --out screened
    """
    if job is None:
        raise UsageError("say where evidence and decisions are kept: crawler screen ... --job DIR")
    if out is None and not collect_only:
        raise UsageError("say where to write: crawler screen ... --out DIR")
    if out is not None and is_url(out):
        raise UsageError(f"{out}: a screening is written to a folder of this machine")
    target = job / "screened" if out is None else Path(out)
    if workers > (os.cpu_count() or 1) * 4:
        raise UsageError(f"--workers {workers}: this machine has {os.cpu_count()} processors")
    config = load(policy)
    asked = Asked(
        inputs=tuple(inputs),
        out=str(target.absolute()),
        policy_sha256=config.sha256,
        as_of=as_of,
        columns=Columns(url=url_column, text=text_column, date=date_column, html=html_column),
        evidence=tuple(evidence or ()),
        annotate=annotate,
        store_evidence=store_evidence,
        collect_terms=collect_terms,
    )
    found = _files(asked, allow_prefix or [])
    report = _screen((job, config, asked, workers), found, collect=collect, only=collect_only)
    if report is not None:
        print(json_text(report) if to_json else _text(report, target))


def _files(asked: Asked, allowed: list[str]) -> tuple[list[str], list[str], list[str]]:
    try:
        files, beside = expand(asked.inputs, allowed, partial(look, columns=asked.columns))
        dated, others = expand(asked.evidence, allowed, form_of_evidence)
    except UnknownInputError as error:
        raise UsageError(str(error)) from error
    return files, dated, [*beside, *others]


def _screen(
    what: tuple[Path, Config, Asked, int],
    found: tuple[list[str], list[str], list[str]],
    *,
    collect: bool,
    only: bool,
) -> dict[str, Any] | None:
    job, config, asked, workers = what
    out = Path(asked.out)
    run.tune_interpreter()
    try:
        plan, goes_on = begin(job, asked, found, time.time())
        if is_finished(plan):
            _say(f"{out} is finished already; nothing was done")
            report: dict[str, Any] = read_json(out / "report.json")
            return report
        if out.exists() and not only:
            raise UsageError(f"{out} exists already: name another folder for --out")
        _tell(plan, goes_on=goes_on)
        with run.processes(workers) as pool:
            screening = Screening(job, plan, config, _say, pool)
            return _steps(screening, collect=collect and asked.as_of != "capture", only=only)
    except UnknownInputError as error:
        raise UsageError(str(error)) from error
    except KeyboardInterrupt:
        _say(f"stopped: what is done is saved in {job}; the same command goes on")
        sys.exit(INTERRUPTED)


def _tell(plan: Plan, *, goes_on: bool) -> None:
    for name in plan.beside:
        _say(f"passed over, for it is no data: {name}")
    if goes_on:
        _say("going on with what was begun")


def _steps(screening: Screening, *, collect: bool, only: bool) -> dict[str, Any] | None:
    job, plan = screening.job, screening.plan
    run.survey_inputs(screening)
    run.take_evidence(screening)
    if (collect or only) and not plan.done("collected.json"):
        # Whatever asks sites takes a second to load.
        from crawler.cli.collecting_files import collect_files

        if code := collect_files(job, screening.config, _say):
            sys.exit(code)
        if not only:
            plan.mark("collected.json")
    if only:
        _say(f"evidence is collected in {job}")
        return None
    run.decide_rows(screening)
    run.write_copies(screening)
    return run.finish(screening)


def _say(text: str) -> None:
    print(harmless(text), file=sys.stderr)


def _text(report: dict[str, Any], out: Path) -> str:
    lines = [f"{report['kept']} of {report['documents']} rows kept (as of {report['as_of']})"]
    for ground, counts in report["left"].items():
        for reason, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            lines.append(f"  {count:>10}  {ground}: {reason}")
    if passed := len(report["passed_over"]):
        lines.append(f"  {passed:>10}  files passed over, for they are no data")
    lines.append(f"written to {out}")
    return "\n".join(lines)
