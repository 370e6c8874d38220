"""One screening from beginning to end: survey, evidence, decisions, copies, what proves them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from crawler import __version__
from crawler.carrying import CARRIED, carry
from crawler.config import Config
from crawler.config.corpus_tables import Suppression as SuppressionList
from crawler.core.consent import rules_version
from crawler.core.content.settings import SitemapLimits
from crawler.core.judge import Rules
from crawler.inputs import Form, UnknownInputError
from crawler.screen import results
from crawler.screen.captured_files import settled
from crawler.screen.copy_task import Copy
from crawler.screen.copying_arrow import copy_arrow
from crawler.screen.copying_lines import copy_lines
from crawler.screen.copying_records import copy_records
from crawler.screen.copying_tables import copy_table
from crawler.screen.decided_rows import RowDecider
from crawler.screen.deciding import Decider, Terms, suppression_of
from crawler.screen.evidence_files import read_evidence, store, summary
from crawler.screen.host_results import write_hosts
from crawler.screen.identities import write_gone
from crawler.screen.kept_surveys import kept_at, kept_survey
from crawler.screen.originals import gather_originals, originals
from crawler.screen.page_reading import end_reading_apart
from crawler.screen.plan import Plan, Planned, file_hash, read_json, write_json
from crawler.screen.survey import Survey, Task, survey
from crawler.screen.terms_found import attach_terms
from crawler.screen.workers import Alone, Workers
from crawler.store.database import Connection, connect
from crawler.store.job import DATABASE, hold, make_folder, read_job
from crawler.store.pages import save_policy
from crawler.store.policy_changes import save_settings
from crawler.store.suppression_memory import open_remembered, recall, remember

T = TypeVar("T")
Say = Callable[[str], None]
_GONE = "gone.npy"


@dataclass(frozen=True, slots=True)
class Screening:
    """What is needed to screen: the job, the plan, the policy, and who works on the files.

    `shared`: other machines read the job's folder, and nobody writes its database meanwhile.
    """

    job: Path
    plan: Plan
    config: Config
    say: Say
    workers: Workers = field(default_factory=Alone)
    shared: bool = False

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


def survey_inputs(screening: Screening) -> None:
    """Read every input once and note what its rows say and whose they are.

    Raises:
        UnknownInputError: Not one of them can be read. One that cannot is said, and passed over.
    """
    plan = screening.plan
    kept = [kept_at(plan.file(item.number, "rows.parquet")) for item in plan.inputs]
    left = [item for item in plan.inputs if not plan.done(f"{item.number:05}.survey.json")]
    tasks = survey_tasks(screening, [item for item in left if not kept[item.number].exists()])
    with _job(screening.job) as connection:
        policy = screening.config.consent_policy()
        effective = screening.config.effective()
        _in_one(connection, lambda c: save_policy(c, policy, effective, plan.at))
        _in_one(connection, lambda c: save_settings(c, effective, plan.at))
        try:
            surveyed = screening.workers.map(survey, tasks)
            for item in left:
                path = kept[item.number]
                found = kept_survey(path) if path.exists() else next(surveyed)
                _in_one(connection, partial(_note, found=found, source=item.path))
                screening.say(found.said)
                if found.damage and not found.unread:
                    screening.say(found.damage.sentence())
                write_json(plan.file(item.number, "survey.json"), _told(found))
                path.unlink(missing_ok=True)
        finally:
            end_reading_apart()
    reasons = [unread(plan, item) for item in plan.inputs]
    if all(reasons):
        raise UnknownInputError(reasons[0])


def survey_tasks(screening: Screening, inputs: Iterable[Planned]) -> list[Task]:
    """Return what surveys the inputs."""
    hashes = screening.config.suppression.path is not None
    plan, rules = screening.plan, screening.rules
    return [
        Task(
            item.number,
            item.path,
            plan.asked.columns,
            rules,
            plan.file(item.number, "rows.parquet"),
            hashes,
        )
        for item in inputs
    ]


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
        _in_one(connection, partial(_obey, listed=screening.config.suppression))
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


def _obey(connection: Connection, listed: SuppressionList) -> None:
    """Remember the operator's list: a job that obeyed one does not go on without it."""
    if listed.path is not None:
        found = open_remembered(listed.path, listed.key, [recall(connection)], make=True)
        remember(connection, found)


@dataclass(frozen=True, slots=True)
class _Decide:
    job: Path
    plan: Plan
    item: Planned
    terms: Terms
    listed: SuppressionList
    shared: bool


def decide_rows(screening: Screening) -> None:
    """Decide on every row of every input."""
    gather_originals(screening.plan)
    decide(screening, screening.plan.inputs)
    note_gone(screening.plan)


def decide(screening: Screening, inputs: Iterable[Planned]) -> None:
    """Decide on every row of these inputs, unless that is done."""
    plan, listed = screening.plan, screening.config.suppression
    tasks = [
        _Decide(screening.job, plan, item, screening.terms, listed, screening.shared)
        for item in inputs
        if not plan.done(f"{item.number:05}.decided.json")
    ]
    for task, _ in zip(tasks, screening.workers.map(_decide, tasks), strict=True):
        screening.say(f"decided: {task.item.name}")


def note_gone(plan: Plan) -> None:
    """Note which records were refused, once every input is decided: others may belong to them."""
    if not gone_noted(plan):
        files = [
            plan.file(item.number, "decided.parquet")
            for item in plan.inputs
            if has_records(plan, item)
        ]
        write_gone(files, plan.folder / _GONE)


def gone_noted(plan: Plan) -> bool:
    """Say if it is noted which records were refused."""
    return plan.done(_GONE)


def unread(plan: Plan, item: Planned) -> str:
    """Return why nothing of an input could be read, "" where it was."""
    return str(read_json(plan.file(item.number, "survey.json"))["unread"])


def has_records(plan: Plan, item: Planned) -> bool:
    """Say if an input is of records that refer to one another, also across files."""
    return read_json(plan.file(item.number, "survey.json"))["form"] in {"warc", "arc"}


def _decide(task: _Decide) -> None:
    plan, number = task.plan, task.item.number
    with read_job(task.job, still=task.shared) as connection:
        decider = Decider(connection, task.terms, suppression_of(task.listed))
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


def write_copies(screening: Screening, inputs: Iterable[Planned]) -> None:
    """Write the copies of these inputs, without the refused rows."""
    plan = screening.plan
    copies = [
        (_copy(plan, item), plan.file(item.number, "copied.json"))
        for item in inputs
        if not plan.done(f"{item.number:05}.copied.json") and not unread(plan, item)
    ]
    for (copy, _), _ in zip(copies, screening.workers.map(_write, copies), strict=True):
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
        case Form.ARROW:
            copy_arrow(copy)
        case Form.WARC | Form.ARC:
            copy_records(copy)
        case _:
            copy_lines(copy)
    write_json(done, {"sha256": file_hash(str(copy.out))})


def finish(screening: Screening) -> dict[str, Any]:
    """Write what stands beside the copies, and give the whole its name. Returns the report.

    Raises:
        StorageError: It cannot be carried to where it is to lie; doing it again goes on.
    """
    plan = screening.plan
    out = plan.partial
    out.mkdir(parents=True, exist_ok=True)
    results.write_refused(plan, out / "refused.parquet")
    results.write_annotation(plan, out / "annotation.parquet")
    lost = write_hosts(plan, out / "hosts.parquet")
    told = results.report(plan, lost)
    write_json(out / "report.json", told)
    write_json(out / "manifest.json", _manifest(screening))
    if not plan.place:
        out.replace(plan.out)
        return told
    carry(
        out,
        plan.place,
        plan.owner,
        told=lambda done, of: screening.say(f"carried: {done} of {of} files"),
    )
    shutil.rmtree(out)
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
            if item.name not in {"manifest.json", CARRIED} and not item.name.startswith(".")
        ],
    }


def _hashed(item: Planned) -> dict[str, Any]:
    return {"file": item.name, "bytes": item.size, "sha256": file_hash(item.path)}
