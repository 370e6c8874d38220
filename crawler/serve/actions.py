"""What the buttons do: the same orders and the same question as the commands give."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from crawler.cluster.reloading import Reloaded, reload_job
from crawler.core.units import seconds, size
from crawler.limits import Limits
from crawler.serve.watched import Watched, reading
from crawler.store.orders import Orders, order
from crawler.store.policy_changes import load_settings


@dataclass(frozen=True, slots=True)
class Field:
    """One limit as a form has it. `kind`: what its number counts."""

    name: str
    title: str
    kind: str  # count, time, size
    hint: str
    now: str = ""  # in force, as an operator writes it; "" for none
    ordered: str = ""  # what was ordered, "" if the policy's own holds


FIELDS = (
    Field("max_pages", "Pages kept, over all runs", "count", "such as 5000"),
    Field("max_time", "Time of a run", "time", "such as 2h or 30m"),
    Field("max_bytes", "Bytes received in a run", "size", "such as 5GB"),
    Field("max_disk", "Size of the job folder", "size", "such as 20GB"),
    Field("workers", "Visits at once", "count", "such as 64"),
    Field("patience", "Waits for a host at most", "time", "such as 10m"),
)
LIFTED = "none"  # what a form says to lift a limit
_TIMES = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))
_SIZES = (("GB", 10**9), ("MB", 10**6), ("kB", 10**3), ("B", 1))


class FormError(Exception):
    """What was typed cannot be a limit; nothing was changed."""


def pause(job: Watched, now: float) -> None:
    order(job.folder, lambda before: replace(before, paused_since=before.paused_since or now))


def resume(job: Watched) -> None:
    order(job.folder, lambda before: replace(before, paused_since=0.0))


def reload(job: Watched) -> Reloaded:
    """Have the crawl read its policy again, and return what it answered."""
    return reload_job(job.folder)


def set_limits(job: Watched, given: Mapping[str, str]) -> Mapping[str, float | None]:
    """Order the limits of a form; empty ones are the policy's again. Return them.

    Raises:
        FormError: One is no limit.
    """
    limits: dict[str, float | None] = {}
    for field in FIELDS:
        text = given.get(field.name, "").strip()
        if text:
            limits[field.name] = None if text == LIFTED else _read(field, text)
    try:
        Limits.model_validate(limits)
    except ValidationError as error:
        said = error.errors()[0]
        name = str(said["loc"][0]) if said["loc"] else ""
        title = next((field.title for field in FIELDS if field.name == name), name)
        raise FormError(f"{title}: {said['msg']}.") from error
    order(job.folder, lambda before: replace(before, limits=limits))
    return limits


def _read(field: Field, text: str) -> float:
    try:
        if field.kind == "time":
            return seconds(text)
        if field.kind == "size":
            return size(text)
        number = int(text)
    except ValueError as error:
        raise FormError(f"{field.title}: {text[:40]!r} is none; write it {field.hint}.") from error
    if number < 1:
        raise FormError(f"{field.title}: it must be at least 1.")
    return number


def fields(job: Watched, orders: Orders) -> list[Field]:
    """Return the limits with what is in force and what was ordered."""
    in_force = _in_force(job)
    return [
        replace(
            field,
            now=_written(field.kind, in_force.get(field.name)),
            ordered=(LIFTED if orders.limits[field.name] is None
                     else _written(field.kind, orders.limits[field.name]))
            if field.name in orders.limits else "",
        )
        for field in FIELDS
    ]  # fmt: skip


def _in_force(job: Watched) -> Mapping[str, Any]:
    with reading(job.parts()[0]) as connection:
        settings = json.loads(load_settings(connection) or "{}")
    found = settings.get("limits", {})
    return found if isinstance(found, dict) else {}


def _written(kind: str, value: object) -> str:
    """Return a limit as an operator writes it."""
    if isinstance(value, str) or value is None:
        return value or ""
    if not isinstance(value, int | float):
        return ""
    for unit, length in {"time": _TIMES, "size": _SIZES}.get(kind, ()):
        if value >= length and value % length == 0:
            return f"{value / length:.0f}{unit}"
    return f"{value:g}" + {"time": "s", "size": "B"}.get(kind, "")
