"""What the crawl of the demo web came to, host by host, beside what it should have come to."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from crawler.demo.story import Expected, Story

_PAGES = """
SELECT url.outcome, url.code, url.state, count(*) FROM url JOIN host ON host.id = url.host_id
WHERE host.name = ? AND url.kind = 0 GROUP BY 1, 2, 3
"""
_KEPT = "SELECT count(*) FROM page WHERE host = ? AND state = 'active'"
_LICENCES = "SELECT DISTINCT licence_spdx FROM page WHERE host = ? AND state = 'active'"
# Before a page was read, by what it said, or by a file of the site that was read after it.
_REFUSED = """
SELECT code, sum(count), max(deciding) FROM (
  SELECT decision.reason AS code, count(*) AS count, max(decision.deciding) AS deciding
  FROM decision JOIN url ON url.id = decision.url_id JOIN host ON host.id = url.host_id
  WHERE host.name = :host AND NOT decision.included AND url.outcome = 'refused' GROUP BY 1
  UNION ALL
  SELECT state_reason, count(*), '' FROM page WHERE host = :host AND state = 'retired' GROUP BY 1
) GROUP BY 1 ORDER BY 2 DESC
"""
_DONE = 2  # state of a URL that is not to be visited again
_LOST = ("failed", "missing", "skipped")
_LONGEST = 56  # characters of a signal that the table shows


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
    refused = connection.execute(_REFUSED, {"host": host}).fetchall()
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
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    table.add_column("host", no_wrap=True)
    table.add_column("kept", justify="right", no_wrap=True)
    table.add_column("refused", justify="right", no_wrap=True)
    table.add_column("its story")
    table.add_column("what decided", overflow="fold")
    for host, result in results.items():
        story = stories[host]
        right = result.matches(story.expected)
        table.add_row(
            Text("✓", "green") if right else Text("✗", "bold red"),
            host,
            str(result.kept),
            str(sum(result.refused.values())),
            story.tells,
            _deciding(result),
        )
    return table


def correction(host: str, story: Story, result: HostResult) -> str:
    """Return one line that says how `result` differs from what `story` expects."""
    came = ", ".join(
        [
            f"{result.kept} kept",
            *(f"{count} {rule}" for rule, count in result.refused.items()),
            *(f"{count} {code}" for code, count in result.failed.items()),
            f"{result.waiting} waiting",
            *(licence or "no licence" for licence in result.licences),
        ]
    )
    return f"{host}: {_wanted(story.expected)}; came out as {came}"


def _deciding(result: HostResult) -> Text:
    text = Text(", ".join(result.refused), "bold")
    if not result.refused:
        text = Text(", ".join(filter(None, result.licences)))
    for count, what in [
        *((n, code) for code, n in result.failed.items()),
        (result.waiting, "waiting"),
    ]:
        if count:
            text.append(f"{', ' if text else ''}{count} {what}", "yellow")
    if result.signal:
        text.append(" ").append(result.signal, "not bold")
    return text


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
