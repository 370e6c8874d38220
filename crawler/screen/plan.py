"""What is being screened, and how far it has come: a folder in the job that outlives a kill.

Every step leaves a file when it is done, and none is done twice. The reference time is fixed
when a screening first starts, so that it ends with the same bytes however often it was stopped.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from crawler.carrying import MARK, TakenError, look_free
from crawler.inputs import Columns, open_input
from crawler.inputs.opening import size_of
from crawler.screen.screened_jobs import FOLDER
from crawler.storage import exists, is_url, join, open_stream
from crawler.store.connection import StoreError

_PLAN = "plan.json"


class OtherPlanError(StoreError):
    """A job holds another screening than the one whose part is to be done."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the operator asked for; a screening goes on only under the same."""

    inputs: tuple[str, ...]
    out: str
    policy_sha256: str
    as_of: str
    columns: Columns
    evidence: tuple[str, ...] = ()
    annotate: bool = False
    store_evidence: bool = False
    collect_terms: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """One input: its number, its place, what its copy is called, and its size then."""

    number: int
    path: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A screening under way."""

    folder: Path
    asked: Asked
    at: float  # reference time, seconds since the epoch
    inputs: tuple[Planned, ...]
    evidence: tuple[Planned, ...] = ()
    beside: tuple[str, ...] = field(default=())

    def file(self, number: int, what: str) -> Path:
        return self.folder / f"{number:05}.{what}"

    @property
    def place(self) -> str:
        """Where it is carried when it is whole: a URL; "" where it is written to a folder."""
        return self.asked.out if is_url(self.asked.out) else ""

    @property
    def out(self) -> Path:
        return self.folder / "screened" if self.place else Path(self.asked.out)

    @property
    def partial(self) -> Path:
        return self.out.with_name(f"{self.out.name}.partial")

    @property
    def owner(self) -> str:
        """Whose what is carried is."""
        return f"screening {sha256(json.dumps([_told(self), self.at]).encode()).hexdigest()}"

    def done(self, what: str) -> bool:
        return (self.folder / what).exists()

    def mark(self, what: str, value: object = "") -> None:
        write_json(self.folder / what, value)


def begin(
    job: Path, asked: Asked, found: tuple[Sequence[str], Sequence[str], Sequence[str]], now: float
) -> tuple[Plan, bool]:
    """Return the plan to follow, and whether it goes on with one that was begun.

    `found`: the files behind the inputs, those of the evidence, and what was passed over. Another
    screening in the same job begins anew; the evidence that the job holds stays.

    Raises:
        UnknownInputError: A file is not there.
    """
    folder = job / FOLDER
    inputs, evidence, beside = found
    plan = Plan(folder, asked, now, _planned(inputs), _planned(evidence), tuple(beside))
    told = _told(plan)
    before = read_json(folder / _PLAN)
    if isinstance(before, dict) and before.get("told") == told:
        return replace(plan, at=float(before["at"])), True
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(plan.partial, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / _PLAN, {"told": told, "at": now})
    return plan, False


def follow(
    job: Path, asked: Asked, found: tuple[Sequence[str], Sequence[str], Sequence[str]], now: float
) -> Plan:
    """Return the plan that one of several processes follows; whoever comes first lays it down.

    Raises:
        UnknownInputError: A file is not there.
        OtherPlanError: The job was begun with other words, inputs or policy.
    """
    folder = job / FOLDER
    inputs, evidence, beside = found
    plan = Plan(folder, asked, now, _planned(inputs), _planned(evidence), tuple(beside))
    told, path = _told(plan), folder / _PLAN
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = folder / f".{_PLAN}.{platform.node()}-{os.getpid()}"
        write_json(draft, {"told": told, "at": now})
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    before = read_json(path)
    if not isinstance(before, dict) or before.get("told") != told:
        raise OtherPlanError(
            f"{job} holds another screening: its inputs, policy, --out or options are others."
            " Use the same for every part, or another --job"
        )
    return replace(plan, at=float(before["at"]))


def is_finished(plan: Plan) -> bool:
    """Say if what a plan leads to is there: it has its name, and says that it is this plan's.

    Raises:
        StorageError: The storage cannot be reached.
    """
    if plan.place and exists(join(plan.place, MARK)):
        return False
    manifest = _written(plan, "manifest.json")
    return isinstance(manifest, dict) and manifest.get("decided_at") == plan.at


def look_whether_free(plan: Plan) -> None:
    """Look early whether there is room for what a plan leads to.

    Raises:
        TakenError: Something else is there already.
        StorageError: The storage cannot be reached.
    """
    if plan.place:
        look_free(plan.place)
    elif plan.out.exists():
        raise TakenError(str(plan.out), "exists already", "name another folder for --out")


def written_report(plan: Plan) -> dict[str, Any]:
    """Return the report of a plan that is finished."""
    report: dict[str, Any] = _written(plan, "report.json") or {}
    return report


def _written(plan: Plan, name: str) -> Any:  # noqa: ANN401 - whatever stands there
    if not plan.place:
        return read_json(plan.out / name)
    place = join(plan.place, name)
    if not exists(place):
        return None
    with open_stream(place) as file, suppress(ValueError):
        return json.loads(file.read())
    return None


def _told(plan: Plan) -> dict[str, Any]:
    value = {
        "asked": asdict(plan.asked),
        "inputs": [asdict(item) for item in plan.inputs],
        "evidence": [asdict(item) for item in plan.evidence],
    }
    told: dict[str, Any] = json.loads(json.dumps(value))
    return told


def _planned(paths: Sequence[str]) -> tuple[Planned, ...]:
    names = _names(paths)
    return tuple(
        Planned(number, path, names[number], size_of(path)) for number, path in enumerate(paths)
    )


def _names(paths: Sequence[str]) -> list[str]:
    """Return what the copies are called: as the inputs, below the folder all lie in."""
    parts = [path.partition("://")[2].partition("?")[0] or path for path in paths]
    parts = [
        str(Path(part).absolute()) if "://" not in path else part
        for part, path in zip(parts, paths, strict=True)
    ]
    folders = [part.split("/")[:-1] for part in parts]
    shared = 0
    if folders:
        least = min(map(len, folders))
        while shared < least and len({tuple(item[: shared + 1]) for item in folders}) == 1:
            shared += 1
    names = ["/".join(part.split("/")[shared:]) for part in parts]
    own = {"refused.parquet", "hosts.parquet", "annotation.parquet", "manifest.json", "report.json"}
    return [f"data/{name}" if name in own else name for name in names]


def write_json(path: Path, value: object) -> None:
    """Write a file that is there once it is whole."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n", "utf-8")
    draft.replace(path)


def read_json(path: Path) -> Any:  # noqa: ANN401 - whatever stands there
    """Return what stands in a file, None if it is not there or no JSON."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def file_hash(path: str) -> str:
    """Return the SHA-256 of a file."""
    digest = sha256()
    with open_input(path) as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
