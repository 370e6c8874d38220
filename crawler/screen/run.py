"""One screening from beginning to end: survey, evidence, decisions, copies, what proves them."""

from __future__ import annotations

import gc
import json
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any, TypeVar

from crawler import __version__
from crawler.config import Config
from crawler.core.consent import rules_version
from crawler.core.content.sitemap import SitemapLimits
from crawler.core.judge import Rules
from crawler.inputs import Form, UnknownInputError
from crawler.screen import results
from crawler.screen.captured_files import settled
from crawler.screen.copy_task import Copy
from crawler.screen.copying_lines import copy_lines
from crawler.screen.copying_records import copy_records
from crawler.screen.copying_tables import copy_table
from crawler.screen.decided_rows import RowDecider
from crawler.screen.deciding import Decider, Terms
from crawler.screen.evidence_files import read_evidence, store, summary
from crawler.screen.identities import write_gone
from crawler.screen.originals import gather_originals, originals
from crawler.screen.page_reading import end_reading_apart
from crawler.screen.plan import Plan, Planned, file_hash, read_json, write_json
from crawler.screen.survey import Survey, Task, survey
from crawler.screen.terms_found import attach_terms
from crawler.store.database import Connection, connect
from crawler.store.job import DATABASE, hold, make_folder, read_job
from crawler.store.pages import save_policy
from crawler.store.policy_changes import save_settings
from crawler.store.suppression import open_suppression

T = TypeVar("T")
R = TypeVar("R")
Say = Callable[[str], None]
_GONE = "gone.npy"


@dataclass(frozen=True, slots=True)
class Screening:
    """What is needed to screen: the job, the plan, the policy, and processes if there are any."""

    job: Path
    plan: Plan
    config: Config
    say: Say
    pool: ProcessPoolExecutor | None = None

    @property
    def rules(self) -> Rules:
        return Rules(
            self.config.consent_policy(), self.config.content, SitemapLimits(), bounded=True
        )

    @property
    def terms(self) -> Terms:
        asked = self.plan.asked
        return Terms(
            self.rules,
            self.config.screen,
            asked.as_of,  # type: ignore[arg-type] # the command line takes no other
            self.plan.at,
            asked.collect_terms,
        )


@contextmanager
def _job(folder: Path) -> Iterator[Connection]:
    make_folder(folder)
    with hold(folder):
        connection = connect(folder / DATABASE)
        try:
            yield connection
        finally:
            connection.close()


def _in_one(connection: Connection, work: Callable[[Connection], T]) -> T:
    from crawler.store.database import commit  # noqa: PLC0415

    connection.execute("BEGIN IMMEDIATE")
    try:
        result = work(connection)
        commit(connection)
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return result


def _each(
    screening: Screening, function: Callable[[T], R], tasks: Sequence[T]
) -> Iterator[tuple[T, R]]:
    """Yield the result of each task, in their order; in processes of their own if so asked."""
    if screening.pool is None or len(tasks) <= 1:
        yield from ((task, function(task)) for task in tasks)
        return
    yield from zip(tasks, screening.pool.map(function, tasks), strict=True)


@contextmanager
def processes(workers: int) -> Iterator[ProcessPoolExecutor | None]:
    """Start the processes that read, decide and write; None where this one does it alone."""
    if workers <= 1:
        yield None
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin)
    try:
        yield pool
    except BaseException:
        for child in active_children():
            child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def tune_interpreter() -> None:
    """Look for cycles seldom: rows and decisions live for a while and form none."""
    gc.set_threshold(100_000, 50, 100)


def _begin() -> None:
    """Have Ctrl-C end a process of the pool without a word; its parent tells."""
    tune_interpreter()
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def survey_inputs(screening: Screening) -> None:
    """Read every input once and note what its rows say and whose they are.

    Raises:
        UnknownInputError: Not one of them can be read. One that cannot is said, and passed over.
    """
    plan = screening.plan
    hashes = screening.config.suppression.path is not None
    tasks = [
        Task(
            item.number,
            item.path,
            plan.asked.columns,
            screening.rules,
            plan.file(item.number, "rows.parquet"),
            hashes,
        )
        for item in plan.inputs
        if not plan.done(f"{item.number:05}.survey.json")
    ]
    with _job(screening.job) as connection:
        policy = screening.config.consent_policy()
        effective = screening.config.effective()
        _in_one(connection, lambda c: save_policy(c, policy, effective, plan.at))
        _in_one(connection, lambda c: save_settings(c, effective, plan.at))
        try:
            for task, found in _each(screening, survey, tasks):
                _in_one(connection, partial(_note, found=found, source=task.path))
                screening.say(found.said)
                if found.damage and not found.unread:
                    screening.say(found.damage.sentence())
                write_json(plan.file(task.number, "survey.json"), _told(found))
        finally:
            end_reading_apart()
    unread = [read_json(plan.file(item.number, "survey.json"))["unread"] for item in plan.inputs]
    if all(unread):
        raise UnknownInputError(unread[0])


def _note(connection: Connection, found: Survey, source: str) -> None:
    connection.execute("DELETE FROM screened_origin WHERE input = ?", (found.number,))
    connection.executemany(
        "INSERT INTO screened_origin VALUES (?, ?, ?, ?)",
        [
            (origin, found.number, rows, json.dumps(found.origins.get(origin, [])))
            for origin, rows in found.counts.items()
        ],
    )
    store(connection, settled(found.files), source)


def _told(found: Survey) -> dict[str, Any]:
    return {
        "form": found.form.value,
        "packing": found.packing,
        "delimiter": found.delimiter,
        "said": found.said,
        "rows": found.rows,
        "damage": dict(found.damage.counts),
        "damaged": found.damage.examples,
        "terms": found.terms,
        "unread": found.unread,
    }


def take_evidence(screening: Screening) -> None:
    """Store the dated site files that the operator names, and terms pages among the rows.

    Raises:
        UnknownInputError: A file is none of evidence.
    """
    plan = screening.plan
    with _job(screening.job) as connection:
        for item in plan.evidence:
            if plan.done(f"{item.number:05}.evidence.json"):
                continue
            files, damage = read_evidence(item.path)
            number = _in_one(connection, partial(store, files=files, source=item.path))
            screening.say(f"{item.path}: {number} dated site files")
            if damage:
                screening.say(damage.sentence())
            write_json(plan.file(item.number, "evidence.json"), summary(damage, number))
        if not plan.done("terms.json"):
            wanted: dict[str, str] = {}
            for item in plan.inputs:
                wanted |= read_json(plan.file(item.number, "survey.json"))["terms"]
            collect = plan.asked.collect_terms
            _in_one(connection, lambda c: attach_terms(c, plan, wanted, collect=collect))
            plan.mark("terms.json", wanted)


@dataclass(frozen=True, slots=True)
class _Decide:
    job: Path
    plan: Plan
    item: Planned
    terms: Terms
    suppression: tuple[Path, Path | None] | None
    folder: Path


def decide_rows(screening: Screening) -> None:
    """Decide on every row of every input."""
    plan, listed = screening.plan, screening.config.suppression
    gather_originals(plan)
    tasks = [
        _Decide(
            screening.job,
            plan,
            item,
            screening.terms,
            (listed.path, listed.key) if listed.path is not None else None,
            plan.folder,
        )
        for item in plan.inputs
        if not plan.done(f"{item.number:05}.decided.json")
    ]
    for task, _ in _each(screening, _decide, tasks):
        screening.say(f"decided: {task.item.name}")
    if not plan.done(_GONE):
        files = [
            plan.file(item.number, "decided.parquet")
            for item in plan.inputs
            if read_json(plan.file(item.number, "survey.json"))["form"] in {"warc", "arc"}
        ]
        write_gone(files, plan.folder / _GONE)


def _decide(task: _Decide) -> None:
    plan, number = task.plan, task.item.number
    suppression = open_suppression(*task.suppression) if task.suppression else None
    with read_job(task.job) as connection:
        decider = Decider(connection, task.terms, suppression)
        rows = RowDecider(
            connection,
            decider,
            task.terms,
            originals(plan.folder),
            store_evidence=plan.asked.store_evidence,
        )
        rows.run(
            plan.file(number, "rows.parquet"),
            plan.file(number, "decided.parquet"),
            plan.file(number, "hosts.parquet"),
        )
    told = {"decisions": decider.decided, "unread_terms": decider.unread_terms}
    write_json(plan.file(number, "decided.json"), told)
    plan.file(number, "rows.parquet").unlink(missing_ok=True)


def write_copies(screening: Screening) -> None:
    """Write every input's copy, without the refused rows."""
    plan = screening.plan
    copies = [
        (_copy(plan, item), plan.file(item.number, "copied.json"))
        for item in plan.inputs
        if not plan.done(f"{item.number:05}.copied.json")
        and not read_json(plan.file(item.number, "survey.json"))["unread"]
    ]
    for (copy, _), _ in _each(screening, _write, copies):
        screening.say(f"written: {copy.out}")


def _copy(plan: Plan, item: Planned) -> Copy:
    told = read_json(plan.file(item.number, "survey.json"))
    return Copy(
        item.path,
        Form(told["form"]),
        told["packing"],
        told["delimiter"],
        plan.file(item.number, "decided.parquet"),
        plan.partial / item.name,
        plan.at,
        plan.asked.annotate,
        plan.folder / _GONE,
    )


def _write(task: tuple[Copy, Path]) -> None:
    copy, done = task
    copy.out.parent.mkdir(parents=True, exist_ok=True)
    match copy.form:
        case Form.PARQUET:
            copy_table(copy)
        case Form.WARC | Form.ARC:
            copy_records(copy)
        case _:
            copy_lines(copy)
    write_json(done, {"sha256": file_hash(str(copy.out))})


def finish(screening: Screening) -> dict[str, Any]:
    """Write what stands beside the copies, and give the whole its name. Returns the report."""
    plan = screening.plan
    out = plan.partial
    out.mkdir(parents=True, exist_ok=True)
    results.write_refused(plan, out / "refused.parquet")
    results.write_annotation(plan, out / "annotation.parquet")
    _, lost = results.write_hosts(plan, out / "hosts.parquet")
    told = results.report(plan, lost)
    write_json(out / "report.json", told)
    write_json(out / "manifest.json", _manifest(screening))
    out.replace(plan.out)
    return told


def _manifest(screening: Screening) -> dict[str, Any]:
    plan, policy = screening.plan, screening.config.consent_policy()
    files = sorted(item for item in plan.partial.rglob("*") if item.is_file())
    return {
        "format": "screening 1",
        "software": f"consent-crawler {__version__}",
        "rules_version": rules_version(),
        "decided_at": plan.at,
        "as_of": plan.asked.as_of,
        "policy": json.loads(screening.config.effective()),
        "policy_sha256": policy.sha256,
        "inputs": [_hashed(item) for item in plan.inputs],
        "evidence": [_hashed(item) for item in plan.evidence],
        "outputs": [
            {
                "file": str(item.relative_to(plan.partial)),
                "bytes": item.stat().st_size,
                "sha256": file_hash(str(item)),
            }
            for item in files
            if item.name != "manifest.json" and not item.name.startswith(".")
        ],
    }


def _hashed(item: Planned) -> dict[str, Any]:
    return {"file": item.name, "bytes": item.size, "sha256": file_hash(item.path)}
