"""Why a row of a screening was kept or left out: answered offline, from the job's folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from crawler.config import Config
from crawler.core.consent import decide
from crawler.core.content.settings import SitemapLimits
from crawler.core.decision import Decision
from crawler.core.evidence import Evidence
from crawler.core.given import Read, judge_read
from crawler.core.judge import Rules
from crawler.core.urls import Url
from crawler.screen.decided_reading import tables
from crawler.screen.decided_rows import read_stored
from crawler.screen.deciding import UNRESOLVED, Decider, Site, Terms
from crawler.screen.originals import originals
from crawler.screen.plan import read_json
from crawler.screen.row_store import OUTCOME
from crawler.screen.screened_jobs import FOLDER
from crawler.store.database import Connection
from crawler.store.dated_evidence import input_rows
from crawler.store.policy_changes import load_settings

_COLUMNS = [
    "row",
    "url",
    "text",
    "date",
    "page",
    "body",
    "kind",
    "identity",
    *(name for name, _ in OUTCOME),
]


@dataclass(frozen=True, slots=True)
class Explained:
    """One row, and the decision that its outcome rests on, made again."""

    file: str
    row: int
    date: float | None
    included: bool
    reason: str
    time: str  # "now" or "then": whose evidence decided
    decision: Decision
    evidence: Evidence
    gate: int  # 1 by the site, 3 by the record's own word
    same: bool  # the decision made again is the one that was stored
    stored: bool  # the record's own evidence is there


def explain_rows(connection: Connection, folder: Path, url: Url, most: int = 20) -> list[Explained]:
    """Return the rows of a URL, at most so many, each with its decision made again."""
    told = (read_json(folder / FOLDER / "plan.json") or {}).get("told")
    text = load_settings(connection)
    if not told or not text:
        return []
    config = Config.model_validate_json(text)
    rules = Rules(config.consent_policy(), config.content, SitemapLimits())
    at = float(read_json(folder / FOLDER / "plan.json")["at"])
    asked = told["asked"]
    terms = Terms(rules, config.screen, asked["as_of"], at, asked["collect_terms"])
    decider = Decider(connection, terms)
    rows = {url.origin: input_rows(connection, url.origin) or 1}
    own = next(decider.origins([url], rows))
    found: list[Explained] = []
    known = originals(folder / FOLDER)
    for name, row in _rows(folder, told, url):
        if len(found) >= most:
            break
        then = own.then(row["date"])
        times = [("now", own.now)] if asked["as_of"] != "capture" else []
        times += [("then", then)] if then is not None and asked["as_of"] != "now" else []
        read = read_stored((row["page"], row["body"], row["kind"], row["identity"]), known)
        found.append(_explained(name, (row, read), times or [("now", own.now)], url, rules))
    return found


def _rows(folder: Path, told: dict[str, Any], url: Url) -> Iterator[tuple[str, dict[str, Any]]]:
    for item in told["inputs"]:
        path = folder / FOLDER / f"{item['number']:05}.decided.parquet"
        if not path.exists():
            continue
        for table in tables(path, _COLUMNS):
            same = pc.or_kleene(pc.equal(table["url"], url.text), pc.equal(table["text"], url.text))
            for row in table.filter(same).to_pylist():
                yield item["name"], row


def _explained(
    name: str,
    told: tuple[dict[str, Any], Read | None],
    times: list[tuple[str, Site]],
    url: Url,
    rules: Rules,
) -> Explained:
    """Return a row with the decision of the time that its outcome rests on."""
    row, read = told
    made = []
    for time, site in times:
        if read is None or read is UNRESOLVED:
            decision, page = decide(Evidence(url, site.files), rules.policy, site.at), None
        else:
            decision, page = judge_read(url, site.files, read, rules, site.at)
        made.append((time, decision, Evidence(url, site.files, page)))
    deciding = [item for item in made if item[1].reason == row["reason"]]
    refusing = [item for item in made if not item[1].included]
    time, decision, evidence = (deciding or refusing or made)[0]
    return Explained(
        name,
        row["row"],
        row["date"],
        row["included"],
        row["reason"],
        time,
        decision,
        evidence,
        1 if evidence.page is None else 3,
        decision.reason == row["reason"] or row["rule"] == "",
        read is not None,
    )
