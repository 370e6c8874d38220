"""`crawler explain`: why a URL is in the corpus, is not, or was never asked for."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from crawler.cli import verdicts
from crawler.cli.errors import UsageError
from crawler.cli.terminal_text import json_text
from crawler.cluster.layout import folder_of_site
from crawler.core.urls import parse
from crawler.report.explain import Explanation, as_json, explain, file_facts

_GATES = {1: "before the request", 2: "at the response headers", 3: "at the document"}


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    url: Annotated[str, typer.Argument(help="The URL to explain.")],
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Explain from the store, without a request, what became of a URL and why.

    Example: crawler explain jobs/example https://example.org/page
    """
    wanted = parse(url)
    if wanted is None:
        raise UsageError(f"{url!r} is no URL that can be crawled")
    found = explain(folder_of_site(job, wanted.site), wanted, time.time())
    if to_json:
        value = as_json(found)
        if found.decided is not None:
            value["decision"] = verdicts.as_json(found.decided.decision)
        print(json_text(value))
    else:
        show(Console(), found)


def show(console: Console, found: Explanation) -> None:
    """Print the explanation for a person."""
    code = f" ({found.code})" if found.code else ""
    verdicts.say(console, found.url)
    verdicts.say(console, f"  {found.standing}{code}")
    for name, value in found.facts:
        text = verdicts.moment(float(value)) if name in _TIMES else value
        verdicts.say(console, f"  {name}: {text}")
    decided = found.decided
    if decided is not None:
        at = verdicts.moment(decided.decision.decided_at)
        verdicts.say(
            console,
            f"decided {_GATES[decided.gate]}, {at}, policy {decided.policy_sha256[:12]}, "
            f"rules {decided.rules_version}",
        )
        if not decided.as_recorded:
            console.print("[yellow]today's rules read the same evidence differently[/]")
        for item in decided.evidence.site:
            facts = file_facts(item)
            read = verdicts.moment(item.fetched_at)
            digest = f", sha256 {facts['sha256'][:16]}" if item.body else ""
            verdicts.say(console, f"  {item.url}: {facts['found']}{digest}, read {read}")
        verdicts.show(console, decided.decision)
    for entry in found.history:
        verdicts.say(
            console, f"ledger {entry['seq']}: {verdicts.moment(entry['at'])} {entry['kind']}"
        )


_TIMES = {"due", "host due", "fetched at"}
