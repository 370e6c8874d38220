"""What a screening says of one row: its own reasons beside the rule codes, and two times joined.

Three times speak for a row. What its site said *then*, when it was captured; what it says *now*;
and what the record itself carries, which is the same at both. A time of which there is no
evidence says nothing, and nothing is no consent.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal, NamedTuple

from crawler.config.corpus_tables import Screening
from crawler.core.decision import Usage, Verdict

NO_URL = "no-url"
NO_EVIDENCE = "no-evidence"
HOST_GONE = "host-gone"
UNREACHABLE = "unreachable"
SITE_FILE = "site-file"  # robots.txt and its like: evidence, no document
AsOf = Literal["capture", "now", "both"]
_UNSET = Verdict()


class Standing(StrEnum):
    """What one time says of a row."""

    YES = "yes"
    NO = "no"
    NOTHING = NO_EVIDENCE
    GONE = HOST_GONE
    SILENT = UNREACHABLE


@dataclass(frozen=True, slots=True)
class Said:
    """What one time says, and by which rule."""

    standing: Standing
    reason: str = ""
    rule: str = ""
    verdict: Verdict = _UNSET


class Outcome(NamedTuple):
    """What became of a row: the columns that are written, but for the time and the licence."""

    included: bool
    reason: str
    rule: str
    verdict: Verdict


NOTHING_SAID = Said(Standing.NOTHING)


def outcome_of(as_of: AsOf, then: Said, now: Said, policy: Screening) -> Outcome:
    """Return what becomes of a row, given what both times say of it.

    A refusal at either time that counts refuses, the present one first. What could not be had is
    a reason of its own, and never consent: only the policy can keep such a row.
    """
    counted = {"capture": (then,), "now": (now,)}.get(as_of, (now, then))
    for said in counted:
        if said.standing is Standing.NO:
            return Outcome(False, said.reason, said.rule, said.verdict)  # noqa: FBT003 - a column
    if as_of == "capture":
        return _as_it_stands(then, policy)
    if now.standing is Standing.YES or (
        now.standing is Standing.NOTHING and as_of == "both" and then.standing is Standing.YES
    ):
        return _yes(now if now.standing is Standing.YES else then)
    if now.standing in {Standing.GONE, Standing.SILENT}:
        what = policy.host_gone if now.standing is Standing.GONE else policy.unreachable
        if what == "capture":
            return _then(now, then)
    return _as_it_stands(now, policy)


def _then(now: Said, then: Said) -> Outcome:
    """Go by the time of capture, of a row whose host does not answer now."""
    if then.standing is Standing.NO:
        return Outcome(False, then.reason, then.rule, then.verdict)  # noqa: FBT003
    kept = then.standing is Standing.YES
    return Outcome(kept, now.standing.value, then.rule, then.verdict)


def _as_it_stands(said: Said, policy: Screening) -> Outcome:
    if said.standing is Standing.YES:
        return _yes(said)
    kept = {
        Standing.NOTHING: policy.no_evidence,
        Standing.GONE: policy.host_gone,
        Standing.SILENT: policy.unreachable,
    }.get(said.standing)
    return Outcome(kept == "keep", said.standing.value, "", said.verdict)


def _yes(said: Said) -> Outcome:
    return Outcome(True, "ok", "", said.verdict)  # noqa: FBT003


@lru_cache(maxsize=1_024)
def labels(verdict: Verdict) -> tuple[str, ...]:
    """Return the value of each usage in words, in the order of the columns."""
    return tuple(verdict[usage].label for usage in Usage)
