"""`crawler report` put together: one document of one job, its shards, or several jobs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from crawler.audit.agents import agents
from crawler.config import load
from crawler.config.policy_file import PRESETS
from crawler.core.policy import ConsentPolicy
from crawler.corpus.upkeep.redecide import policy_of
from crawler.display.figure import Column, Document, Figure, Section
from crawler.display.proportion import Share
from crawler.report import consent_figures as consent
from crawler.report import corpus_figures as corpus
from crawler.report import host_figures as hosts
from crawler.report.job_queries import QUERIES
from crawler.report.job_rows import open_rows
from crawler.report.numbers import FAILED, FILTERED, KEPT, REFUSED, Numbers, add
from crawler.report.sample import Sampled, add_sample

SAMPLE = 2_000  # decisions that are read again, of all shards together
_ON = (
    "Each number is the result of one of these, or is computed from its rows. They run as they"
    " stand: sqlite3 -readonly JOB/crawl.db. One click selects a query whole. Over shards and"
    " several jobs, results are added up."
)


@dataclass(frozen=True, slots=True)
class Job:
    """A job that is reported on: what it is called, and the folders of its shards."""

    name: str
    folders: tuple[Path, ...]


def report(jobs: Sequence[Job], now: float, sample: int = SAMPLE) -> Document:
    """Return the document of `jobs`; `now` (seconds since the epoch) is only told.

    Raises:
        StoreError: A folder holds no job, or its database cannot be read.
    """
    known = agents()
    total, sampled = Numbers(), Sampled()
    single: list[tuple[str, Numbers]] = []
    each = max(1, sample // max(1, sum(len(job.folders) for job in jobs)))
    for job in jobs:
        numbers = Numbers() if len(jobs) > 1 else total
        for folder in job.folders:
            own = _readable_policy(folder)
            with open_rows(folder) as rows:
                if len(jobs) > 1:
                    add(numbers, rows, known)
                    rows.damage.clear()
                add_sample(sampled, rows, each, own, _presets(own))
                add(total, rows, known)
        single.append((job.name, numbers))
    return Document(
        title=f"What consent left of {', '.join(job.name for job in jobs)}",
        facts=_facts(jobs, total, now),
        tiles=consent.tiles(total),
        beside=consent.beside(total),
        beside_queries=("pages", "urls", "links", "hosts"),
        sections=tuple(_sections(total, sampled, single)),
        queries=tuple(QUERIES.values()),
        on=_ON,
        notes=tuple(str(damage) for damage in total.damage),
    )


def _sections(
    numbers: Numbers, sampled: Sampled, single: Sequence[tuple[str, Numbers]]
) -> Iterable[Section]:
    known = agents()
    first = [consent.outcomes(numbers), consent.consent_yield(numbers), corpus.over_time(numbers)]
    if len(single) > 1:
        first.append(_jobs(single))
    yield Section("yield", "Yield", "What was seen, and what is left of it.", tuple(first))
    yield Section(
        "why",
        "Why pages are not there",
        "Whose no it was, by which rule, and where it was met.",
        (
            consent.gates(numbers),
            consent.links(numbers),
            consent.signals(numbers),
            *consent.reasons(numbers),
        ),
    )
    yield Section(
        "defence",
        "Bot defence and browsers",
        "What servers do is counted apart from what owners say.",
        (hosts.bot_defence(numbers), hosts.needs_browser(numbers)),
    )
    refusing = hosts.refusing_training(numbers, known)
    yield Section(
        "voices",
        "Who says what at once",
        "",
        (
            consent.matrix(sampled),
            consent.contradictions(numbers, sampled, refusing),
            consent.spoken(sampled),
            consent.presets(sampled),
        ),
    )
    yield Section(
        "robots",
        "robots.txt and AI agents",
        "",
        (
            hosts.robots_answers(numbers),
            hosts.classes_refused(numbers, known),
            hosts.agents_refused(numbers, known),
        ),
    )
    yield Section(
        "kept",
        "What was kept",
        "",
        (
            corpus.licence_classes(numbers),
            corpus.licences(numbers),
            corpus.languages(numbers),
            corpus.sizes(numbers),
            corpus.domains(numbers),
        ),
    )
    yield Section("politeness", "Politeness", "", hosts.pauses(numbers))


def _jobs(single: Sequence[tuple[str, Numbers]]) -> Figure:
    kinds = (KEPT, REFUSED, FILTERED, FAILED)
    return Figure(
        name="jobs",
        title="Job by job",
        about="The same counts for each job. A URL that is in several jobs is counted in each.",
        columns=(
            Column("job", "text"),
            *(Column(kind) for kind in kinds),
            Column("share", "share"),
        ),
        rows=tuple(
            (
                name,
                *(numbers.pages(kind) for kind in kinds),
                Share(numbers.pages(KEPT), numbers.pages(KEPT) + numbers.pages(REFUSED)),
            )
            for name, numbers in single
        ),
        bar="share",
        tone="kept",
        queries=("urls", "pages"),
    )


def _facts(jobs: Sequence[Job], numbers: Numbers, now: float) -> tuple[tuple[str, str], ...]:
    shards = sum(len(job.folders) for job in jobs)
    minutes = [minute for counts in numbers.minutes.values() for minute in counts]
    facts = [("hosts", f"{len(numbers.hosts):,}")]
    if minutes:
        facts.append(("from", _day(min(minutes) * 60)))
        facts.append(("to", _day(max(minutes) * 60)))
    if len(jobs) > 1:
        facts.append(("jobs", str(len(jobs))))
    if shards > len(jobs):
        facts.append(("shards", str(shards)))
    facts.append(
        ("words kept", f"{numbers.amounts[KEPT].words:,}" if KEPT in numbers.amounts else "0")
    )
    facts.append(("reported", _day(now)))
    return tuple(facts)


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _readable_policy(folder: Path) -> ConsentPolicy | None:
    try:
        return policy_of(folder)
    except ValueError:  # pydantic's too: a policy that is damaged
        return None


def _presets(own: ConsentPolicy | None) -> Mapping[str, ConsentPolicy]:
    """Return the presets' policies under the job's own name: a preset names nobody."""
    if own is None:
        return {}
    return {name: _preset(name).model_copy(update={"tokens": own.tokens}) for name in PRESETS}


@cache
def _preset(name: str) -> ConsentPolicy:
    return load(name).consent_policy()
