"""One address explained: what `crawler explain` says, for a page."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.core.urls import Url, parse
from crawler.report.explain import Explanation, explain
from crawler.serve.watched import Watched, reading

_LONGEST = 16_384  # characters of an address that is asked about
_SOME = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, and what it was taken for."""

    text: str
    url: Url | None = None
    found: Explanation | None = None
    alike: tuple[str, ...] = ()  # hosts of the job whose names hold what was typed


def answer(job: Watched, text: str, now: float) -> Asked:
    """Explain an address, or name hosts that may have been meant.

    Raises:
        StoreError: The job cannot be read.
    """
    typed = text.strip()[:_LONGEST]
    if not typed:
        return Asked("")
    url = parse(typed) or (parse(f"https://{typed}") if "://" not in typed else None)
    if url is None:
        return Asked(typed, alike=_alike(job, typed))
    found = explain(job.part_of(url.site), url, now)
    if found.standing == "never admitted" and "://" not in typed:
        plain = parse(f"http://{typed}")
        if plain is not None:
            other = explain(job.part_of(plain.site), plain, now)
            if other.standing != "never admitted":
                url, found = plain, other
    known = found.standing != "never admitted"
    return Asked(typed, url, found, () if known else _alike(job, url.host))


def _alike(job: Watched, text: str) -> tuple[str, ...]:
    name = text.lower()[:253]
    found: list[str] = []
    for part in job.parts():
        with reading(part) as connection:
            rows = connection.execute(
                "SELECT name FROM host WHERE instr(name, ?) > 0 ORDER BY name LIMIT ?",
                (name, _SOME),
            )
            found += [row[0] for row in rows]
    return tuple(sorted(found)[:_SOME])
