"""A screening in parts, for the arrays of a batch system: many processes, one folder, no server.

What only one process can do lies between them: noting what the parts found, asking sites, naming
the whole. So parts and `join` take turns until the screening is done. A part does whatever can be
done of its files now; killed and started again it goes on.
"""

from __future__ import annotations

import fcntl
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, Self

from crawler.screen.kept_surveys import kept_at, survey_and_keep
from crawler.screen.originals import gather_originals, gathered
from crawler.screen.page_reading import end_reading_apart
from crawler.screen.plan import Plan, Planned
from crawler.screen.run import (
    Screening,
    decide,
    finish,
    gone_noted,
    has_records,
    note_gone,
    survey_inputs,
    survey_tasks,
    take_evidence,
    unread,
    write_copies,
)
from crawler.store.connection import StoreError

_NAMED = 3  # inputs named of those that are missing


class MissingPartsError(StoreError):
    """Parts of a screening are not done yet."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of `count` parts, from 1 on."""

    number: int
    count: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Read "K/N".

        Raises:
            ValueError: It is none.
        """
        found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text, re.ASCII)
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            raise ValueError(text)
        return cls(int(found[1]), int(found[2]))

    def of(self, inputs: Sequence[Planned]) -> list[Planned]:
        """Return the inputs of this part: dealt out by size, so that parts take equally long."""
        dealt = sorted(inputs, key=lambda item: (-item.size, item.number))
        return sorted(dealt[self.number - 1 :: self.count], key=lambda item: item.number)


def work(screening: Screening, part: Part) -> str:
    """Do what can be done now of a part; return what comes next.

    Raises:
        StoreError: Another process works on the same part.
    """
    plan = screening.plan
    mine = part.of(plan.inputs)
    with _of_one_deal(plan, part), _alone(plan, part):
        left = [item for item in mine if not _surveyed(plan, item)]
        if left:
            tasks = survey_tasks(screening, left)
            try:
                for said in screening.workers.map(survey_and_keep, tasks):
                    screening.say(said)
            finally:
                end_reading_apart()
        if not gathered(plan):
            return f"part {part.number} is surveyed; next: --join, once all parts are"
        decide(screening, mine)
        ready = gone_noted(plan)
        write_copies(screening, [item for item in mine if ready or not has_records(plan, item)])
    return f"part {part.number} is done, as far as it can be; next: --join, once all parts are"


def join(screening: Screening, collect: Callable[[], None]) -> dict[str, Any] | None:
    """Do what lies between the parts; return the report once all is finished.

    `collect`: asks sites, if that is to be done and was not.

    Raises:
        MissingPartsError: Parts are not done yet.
    """
    plan = screening.plan
    if not gathered(plan):
        _require(plan, "surveyed", _surveyed)
        shutil.rmtree(plan.partial, ignore_errors=True)  # of another screening: none is begun yet
        survey_inputs(screening)
        take_evidence(screening)
        collect()
        gather_originals(plan)
    # A join that was killed at its end and is done again finds no part that has gone on.
    if not any(_decided(plan, item) for item in plan.inputs):
        screening.say("evidence is taken; next: the parts again, which decide, and --join")
        return None
    _require(plan, "decided", _decided)
    note_gone(plan)
    records = [item for item in plan.inputs if has_records(plan, item) and not unread(plan, item)]
    if records and not any(_copied(plan, item) for item in records):
        screening.say("all is decided; next: the parts again, which write copies, and --join")
        return None
    _require(plan, "copied", _copied)
    return finish(screening)


def _surveyed(plan: Plan, item: Planned) -> bool:
    return (
        plan.done(f"{item.number:05}.survey.json")
        or kept_at(plan.file(item.number, "rows.parquet")).exists()
    )


def _decided(plan: Plan, item: Planned) -> bool:
    return plan.done(f"{item.number:05}.decided.json")


def _copied(plan: Plan, item: Planned) -> bool:
    return plan.done(f"{item.number:05}.copied.json") or bool(unread(plan, item))


def _require(plan: Plan, what: str, done: Callable[[Plan, Planned], bool]) -> None:
    missing = [item.name for item in plan.inputs if not done(plan, item)]
    if missing:
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        raise MissingPartsError(
            f"{len(missing)} of {len(plan.inputs)} inputs are not {what} yet"
            f" ({', '.join(missing[:_NAMED])}{more}): run their parts (again), then --join;"
            " or leave --join out, and this process does what is left"
        )


@contextmanager
def _of_one_deal(plan: Plan, part: Part) -> Iterator[None]:
    """Keep parts of another number away meanwhile: they are dealt some of the same inputs."""
    own = plan.folder / f"parts-of-{part.count}.lock"
    with (plan.folder / "parts.lock").open("w") as door, own.open("w") as mine:
        fcntl.flock(door, fcntl.LOCK_EX)  # for a moment: many parts begin at once
        for path in sorted({*plan.folder.glob("parts-of-*.lock")} - {own}):
            with path.open("a") as others:
                _lock(
                    others,
                    f"{path.stem.replace('-', ' ')} are at work on {plan.folder.parent}, not of"
                    f" {part.count}: name one number for all, or wait for them",
                )
        fcntl.flock(mine, fcntl.LOCK_SH)
        fcntl.flock(door, fcntl.LOCK_UN)
        yield


@contextmanager
def _alone(plan: Plan, part: Part) -> Iterator[None]:
    path = plan.folder / f"part-{part.number}-of-{part.count}.lock"
    with path.open("w") as file:
        _lock(
            file,
            f"another process works on part {part.number} of {part.count} of"
            f" {plan.folder.parent}: wait for it, or stop it",
        )
        yield


def _lock(file: IO[str], taken: str) -> None:
    """Lock a file for this process alone; raise StoreError saying `taken` if another has it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise StoreError(taken) from error
