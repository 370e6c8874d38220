"""A decision as a publisher or a lawyer reads it, and the same as JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.core.decision import Decision, Signal, Usage, Value

_COLOURS = {
    Value.UNSET: "default",
    Value.ALLOW: "green",
    Value.CONDITIONAL: "yellow",
    Value.DEFER: "magenta",
    Value.DENY: "red",
}
# Exit codes of `check`.
ALLOWED, CONDITIONAL, REFUSED, DEFERRED = 0, 3, 4, 5


def exit_code(decision: Decision) -> int:
    """Return the exit code that says what the decision came to."""
    if decision:
        return ALLOWED
    if decision.deferred or decision.awaiting:
        return DEFERRED
    asked = max((decision.verdict[usage] for usage in Usage), default=Value.UNSET)
    if decision.deciding is not None:
        asked = max(decision.deciding.says.values(), default=asked)
    return CONDITIONAL if asked is Value.CONDITIONAL else REFUSED


def as_json(decision: Decision) -> dict[str, Any]:
    """Return the decision with every signal sought, found or absent."""
    return {
        "included": decision.included,
        "reason": decision.reason,
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


def show(console: Console, decision: Decision) -> None:
    """Print the decision: the answer first, then per usage, then all that was looked at."""
    answer = (
        "[green]allowed[/]"
        if decision
        else "[magenta]deferred[/]"
        if decision.deferred
        else "[red]refused[/]"
    )
    console.print(f"{answer}  by rule [bold]{decision.reason}[/]")
    if decision.deciding is not None:
        console.print(Text(f"  {decision.deciding.place}: {decision.deciding.raw}"))
    usages = Table(
        "usage", "verdict", "by", "where", "what it says", box=None, padding=(0, 2, 0, 0)
    )
    for usage in Usage:
        value = decision.verdict[usage]
        by = [signal for signal in decision.signals if signal.says.get(usage) is value]
        first = by[0] if by and value is not Value.UNSET else None
        usages.add_row(
            usage.value,
            f"[{_COLOURS[value]}]{value.label}[/]",
            first.rule if first else "",
            Text(first.place if first else ""),
            Text(first.raw if first else ""),
        )
    console.print(usages)
    for url in decision.awaiting:
        console.print(Text(f"waits for {url}"))
    console.print("signals found:" if decision.signals else "no signal found")
    for signal in decision.signals:
        says = ", ".join(f"{usage.value}={value.label}" for usage, value in signal.says.items())
        console.print(
            Text(f"  {signal.rule:<22} {signal.place}: {signal.raw}  [{says or 'nothing'}]")
        )
    console.print("looked at:")
    for item in decision.sought:
        console.print(Text(f"  {item.protocol:<6} {item.place}: {item.found.value}"))


def moment(at: float) -> str:
    """Return a time in UTC as ISO 8601."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _signal(signal: Signal) -> dict[str, Any]:
    return {
        "protocol": signal.protocol,
        "rule": signal.rule,
        "place": signal.place,
        "raw": signal.raw,
        "says": {usage.value: value.label for usage, value in signal.says.items()},
    }
