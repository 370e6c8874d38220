"""`crawler explain`: why a URL is in the corpus, is not, or was never asked for."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from crawler.cli import verdicts
from crawler.cli.errors import UsageError
from crawler.cli.terminal_text import harmless, json_text
from crawler.cluster.layout import folder_of_site
from crawler.core.urls import Url, parse
from crawler.corpus.export.opened_export import is_export, open_export
from crawler.corpus.records.record import Record
from crawler.report.explain import Explanation, as_json, explain, file_facts
from crawler.report.in_sentences import meaning, of_record, paragraph

_GATES = {1: "before the request", 2: "at the response headers", 3: "at the document"}


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job, or of an export.")],
    url: Annotated[str, typer.Argument(help="The URL to explain.")],
    everything: Annotated[
        bool, typer.Option("--all", help="List the places that were empty as well.")
    ] = False,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Explain from the store, without a request, what became of a URL and why.

    Sentences come first, then the chain of evidence.

    Example: crawler explain jobs/example https://example.org/page
    """
    wanted = parse(url)
    if wanted is None:
        raise UsageError(f"{url!r} is no URL that can be crawled")
    if is_export(job):
        _explain_record(job, wanted, to_json=to_json)
        return
    found = explain(folder_of_site(job, wanted.site), wanted, time.time())
    if to_json:
        value = {"explanation": paragraph(found), **as_json(found), "meaning": meaning(found.code)}
        if found.decided is not None:
            value["decision"] = verdicts.as_json(found.decided.decision)
        print(json_text(value))
    else:
        show(Console(), found, everything=everything)


def _explain_record(folder: Path, url: Url, *, to_json: bool) -> None:
    """Explain a URL by the record that an export has of it."""
    export = open_export(folder)
    about = export.manifest.get("name", "this export")
    record = next((item for _, item in export.read() if _is_of(item, url)), None)
    if record is None:
        said = f"{url.text} is not in {folder}: the job it was made of may say why"
        if to_json:
            print(json_text({"explanation": said, "record": None}))
        else:
            print(harmless(said))
        raise typer.Exit(1)
    said = of_record(record, f"{about} {export.version}")
    if to_json:
        print(json_text({"explanation": said, "record": record["metadata"], "id": record["id"]}))
        return
    console = Console()
    verdicts.say(console, url.text)
    console.print(Text(harmless(said)))
    console.print()
    for line in json_text(record["metadata"]).splitlines():
        verdicts.say(console, f"  {line}")


def _is_of(record: Record, url: Url) -> bool:
    known = parse(record["metadata"]["url"])
    return known is not None and (known.host, known.key) == (url.host, url.key)


def show(console: Console, found: Explanation, *, everything: bool = False) -> None:
    """Print the explanation for a person: sentences, then the chain."""
    verdicts.say(console, found.url)
    console.print(Text(harmless(paragraph(found))))
    console.print()
    show_chain(console, found, everything=everything)


def show_chain(console: Console, found: Explanation, *, everything: bool) -> None:
    """Print the chain of evidence: what stands, what was decided on what, and the ledger."""
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
            known = f", read {verdicts.moment(item.fetched_at)}" if item.fetched_at else ""
            digest = f", sha256 {facts['sha256'][:16]}" if item.body else ""
            verdicts.say(console, f"  {item.url}: {facts['found']}{digest}{known}")
        verdicts.show(console, decided.decision, everything=everything)
    for entry in found.history:
        verdicts.say(
            console, f"ledger {entry['seq']}: {verdicts.moment(entry['at'])} {entry['kind']}"
        )


_TIMES = {"due", "host due", "fetched at"}
