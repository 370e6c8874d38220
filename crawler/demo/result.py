"""What the crawl of the demo web came to, host by host, beside what it should have come to."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from crawler.demo.story import Expected, Story

_PAGES = """
SELECT url.outcome, url.code, url.state, count(*) FROM url JOIN host ON host.id = url.host_id
WHERE host.name = ? AND url.kind = 0 GROUP BY 1, 2, 3
"""
_KEPT = "SELECT count(*) FROM page WHERE host = ? AND state = 'active'"
_LICENCES = "SELECT DISTINCT licence_spdx FROM page WHERE host = ? AND state = 'active'"
_REFUSED = """
SELECT decision.reason, count(*), max(decision.deciding)
FROM decision JOIN url ON url.id = decision.url_id JOIN host ON host.id = url.host_id
WHERE host.name = ? AND NOT decision.included AND url.outcome = 'refused' GROUP BY 1 ORDER BY 2 DESC
"""
_DONE = 2  # state of a URL that is not to be visited again
_LOST = ("failed", "missing", "skipped")
_LONGEST = 44  # characters of a signal that the table shows


@dataclass(frozen=True, slots=True)
class HostResult:
    """What came of one host. `signal` is the text of what decided most refusals."""

    kept: int
    refused: Mapping[str, int]  # rule code -> URLs
    failed: Mapping[str, int]  # outcome code -> URLs
    waiting: int
    signal: str = ""
    licences: tuple[str, ...] = ()  # SPDX ids of the pages kept, "" for none found

    def matches(self, expected: Expected) -> bool:
        """Tell whether everything that can be told beforehand came out so."""
        least, most = expected.kept
        return (
            least <= self.kept <= most
            and dict(self.refused) == dict(expected.refused)
            and self.waiting == expected.waiting
            and all(licence == expected.licence for licence in self.licences)
        )


def result_of(connection: sqlite3.Connection, host: str) -> HostResult:
    """Read what came of `host` from a job's database."""
    failed: Counter[str] = Counter()
    waiting = 0
    for outcome, code, state, count in connection.execute(_PAGES, (host,)):
        if state != _DONE:
            waiting += count
        elif outcome in _LOST:
            failed[code or outcome] += count
    refused = connection.execute(_REFUSED, (host,)).fetchall()
    return HostResult(
        kept=connection.execute(_KEPT, (host,)).fetchone()[0],
        refused={reason: count for reason, count, _ in refused},
        failed=dict(failed),
        waiting=waiting,
        signal=_signal_text(refused[0][2]) if refused else "",
        licences=tuple(row[0] for row in connection.execute(_LICENCES, (host,))),
    )


def table_of(stories: Mapping[str, Story], results: Mapping[str, HostResult]) -> Table:
    """Return the table of hosts, each beside its story and marked right or wrong."""
    table = Table(title="What came of each host", title_justify="left", pad_edge=False)
    for name, justify in (
        ("host", "left"),
        ("its story", "left"),
        ("kept", "right"),
        ("refused", "right"),
        ("what decided", "left"),
        ("failed, waiting", "left"),
        ("came out", "left"),
    ):
        table.add_column(name, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for host, result in results.items():
        story = stories[host]
        right = result.matches(story.expected)
        table.add_row(
            host,
            story.tells,
            str(result.kept),
            str(sum(result.refused.values())),
            _deciding(result),
            _trouble(result),
            Text("right", "green") if right else Text(_wanted(story.expected), "bold red"),
        )
    return table


def _deciding(result: HostResult) -> Text:
    text = Text()
    for reason in result.refused:
        text.append(f"{reason} " if not text else f", {reason} ", "bold")
    licences = ", ".join(filter(None, result.licences))
    return text.append(result.signal or licences)


def _trouble(result: HostResult) -> str:
    parts = [f"{count} {code}" for code, count in result.failed.items()]
    return ", ".join([*parts, f"{result.waiting} waiting"] if result.waiting else parts)


def _wanted(expected: Expected) -> str:
    least, most = expected.kept
    kept = str(least) if least == most else f"{least} to {most}"
    refused = "".join(f", {count} {rule}" for rule, count in expected.refused.items())
    licence = f" under {expected.licence}" if expected.licence else ""
    return f"expected {kept} kept{licence}{refused}, {expected.waiting} waiting"


def _signal_text(deciding: str) -> str:
    """Return place and words of the signal stored as the JSON `deciding`."""
    signal = json.loads(deciding) or {}
    words = f"{signal.get('place', '')} {signal.get('raw', '')}".split()
    text = " ".join(words)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
