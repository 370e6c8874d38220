"""A decision as a publisher or a lawyer reads it, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.cli.terminal_text import harmless
from crawler.core.consent.grounds import Ground, ground_of
from crawler.core.consent.protocols import sentence
from crawler.core.decision import Decision, Found, Signal, Usage, Value
from crawler.store.page_rows import signal_to_json

_COLOURS = {
    Value.UNSET: "default",
    Value.ALLOW: "green",
    Value.CONDITIONAL: "yellow",
    Value.DEFER: "magenta",
    Value.DENY: "red",
}
_NOS = {
    Ground.REFUSED: "[red]refused[/]",
    Ground.FILTERED: "[yellow]filtered: the policy does not want it[/]",
    Ground.UNPROVEN: "[red]refused: consent is not proven[/]",
}
_EMPTY = frozenset({Found.ABSENT, Found.NOT_SOUGHT})
# Exit codes of `check`.
ALLOWED, CONDITIONAL, REFUSED, DEFERRED = 0, 3, 4, 5


def exit_code(decision: Decision, purpose: Iterable[Usage]) -> int:
    """Return the exit code that says what the decision, asked for `purpose`, came to."""
    if decision.deferred or decision.awaiting:
        return DEFERRED
    if decision:
        return ALLOWED
    asked = max(decision.verdict[usage] for usage in (Usage.CRAWL, *purpose))
    return CONDITIONAL if asked is Value.CONDITIONAL else REFUSED


def as_json(decision: Decision) -> dict[str, Any]:
    """Return the decision with every signal sought, found or absent."""
    return {
        "included": decision.included,
        "reason": decision.reason,
        "ground": None if decision else ground_of(decision.reason).value,
        "meaning": sentence(decision.reason),
        "decided_at": moment(decision.decided_at),
        "verdict": decision.verdict.labels(),
        "deciding": _signal(decision.deciding) if decision.deciding else None,
        "signals": [_signal(signal) for signal in decision.signals],
        "sought": [
            {"protocol": item.protocol, "place": item.place, "found": item.found.value}
            for item in decision.sought
        ],
        "awaiting": list(decision.awaiting),
        "nofollow": decision.nofollow,
    }


def show(console: Console, decision: Decision, *, everything: bool = True) -> None:
    """Print the decision: the answer first, then per usage, then all that was looked at.

    Without `everything` the places that held nothing are only counted.
    """
    answer = (
        "[green]allowed[/]"
        if decision
        else "[magenta]deferred[/]"
        if decision.deferred
        else _NOS[ground_of(decision.reason)]
    )
    console.print(f"{answer}  by rule [bold]{decision.reason}[/]")
    if said := sentence(decision.reason):
        say(console, f"  {said}")
    if decision.deciding is not None:
        say(console, f"  {decision.deciding.place}: {decision.deciding.raw}")
    usages = Table(
        "usage", "verdict", "by", "where", "what it says", box=None, padding=(0, 2, 0, 0)
    )
    for usage in Usage:
        value = decision.verdict[usage]
        by = (item for item in decision.signals if item.counts and item.says.get(usage) is value)
        first = None if value is Value.UNSET else next(by, None)
        usages.add_row(
            usage.value,
            f"[{_COLOURS[value]}]{value.label}[/]",
            first.rule if first else "",
            Text(harmless(first.place) if first else ""),
            Text(harmless(first.raw) if first else ""),
        )
    console.print(usages)
    for url in decision.awaiting:
        say(console, f"waits for {url}")
    console.print("signals found:" if decision.signals else "no signal found")
    for signal in decision.signals:
        says = ", ".join(f"{usage.value}={value.label}" for usage, value in signal.says.items())
        counts = "" if signal.counts else ", does not count"
        place = f"{signal.place}: {signal.raw}"
        say(console, f"  {signal.rule:<22} {place}  [{says or 'nothing'}{counts}]")
    console.print("looked at:")
    empty = [item for item in decision.sought if item.found in _EMPTY and not everything]
    for item in decision.sought:
        if item not in empty:
            say(console, f"  {item.protocol:<6} {item.place}: {item.found.value}")
    if empty:
        say(console, f"  {len(empty)} places more, which held nothing or were not looked at: --all")


def say(console: Console, text: str) -> None:
    """Print one line that holds text from elsewhere: never wrapped, never obeyed."""
    console.print(Text(harmless(text)), soft_wrap=True)


_LAST_MOMENT = 253_402_300_799.0  # of the year 9999; hosts may ask for longer delays


def moment(at: float) -> str:
    """Return a time in UTC as ISO 8601."""
    if at > _LAST_MOMENT:
        return "never"
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _signal(signal: Signal) -> dict[str, Any]:
    about = {"counts": signal.counts, "meaning": sentence(signal.rule)}
    return {**signal_to_json(signal), **about}
