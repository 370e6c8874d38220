"""`crawler audit`: what robots.txt files say to AI agents, counted."""

from __future__ import annotations

import sys
import time
from collections import ChainMap
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from crawler.audit.agents import agents as known_agents
from crawler.audit.collected import Collected
from crawler.audit.document import audit_of, document
from crawler.audit.earlier import Standing, read_earlier
from crawler.audit.inputs import Item, Listed, read
from crawler.audit.job_input import read_jobs
from crawler.audit.rule_sets import RULE_SETS
from crawler.audit.shares import standing
from crawler.cli.asking_domains import Sizes, ask
from crawler.cli.errors import UsageError
from crawler.cli.showing import check_out, show
from crawler.cli.terminal_text import harmless
from crawler.cluster.layout import LAYOUT, shard_folders
from crawler.config import load
from crawler.core.consent.agent_list import parse_agents
from crawler.core.policy import AgentToken
from crawler.inputs import UnknownInputError
from crawler.store.job import DATABASE

_DAY = 86_400.0  # seconds by which clocks, and dates without a zone, may be ahead


def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    inputs: Annotated[
        list[Path],
        typer.Argument(
            metavar="INPUT...",
            help="Dated robots.txt (folder, JSON Lines, WARC), lists of domains, or jobs.",
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File for the page, such as audit.html.")
    ] = None,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    to_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, a row a number.")] = False,
    weights: Annotated[
        list[Path] | None, typer.Option(help="List of domains with weights, such as words.")
    ] = None,
    compare: Annotated[
        list[Path] | None,
        typer.Option(help="What to hold it against: an earlier INPUT, or its JSON."),
    ] = None,
    head: Annotated[
        int | None, typer.Option(min=0, help="Heaviest domains that are the head.")
    ] = None,
    sample: Annotated[int | None, typer.Option(min=0, help="Domains drawn from the rest.")] = None,
    seed: Annotated[int, typer.Option(help="Of the sample.")] = 0,
    agents: Annotated[
        Path | None, typer.Option(help="More agents: TOML or JSON as the built-in list.")
    ] = None,
    domains: Annotated[
        bool, typer.Option("--domains", help="Print every domain, not the heaviest alone.")
    ] = False,
    job: Annotated[
        Path | None,
        typer.Option(help="Folder in which to ask domains of which nothing is known."),
    ] = None,
    policy: Annotated[str, typer.Option(help="Policy under which they are asked.")] = "default",
) -> None:
    """Count what robots.txt says to AI agents: by class, weight and month, by two rule sets.

    Example: crawler audit snapshots.jsonl --weights words.csv -o audit.html
    """
    check_out(out, to_json=to_json, to_csv=to_csv)
    sizes = Sizes(head, sample, seed)
    own = _own(agents)
    collected = _collect(inputs, weights or [], own)
    if job is not None:
        ask(collected, job, load(policy), sizes)
    found = audit_of(collected, *sizes)
    before = _before(compare, own) if compare else None
    if job is None and not (found.past.last >= 0).any():
        print("no answer is known: name --job DIR to ask the domains", file=sys.stderr)
    name = ", ".join(path.resolve().name for path in inputs)
    shown = document(name, found, time.time(), before=before, listed=domains)
    show(shown, out, to_json=to_json, to_csv=to_csv)


def _before(paths: list[Path], own: tuple[AgentToken, ...]) -> Standing:
    """Return how domains stood before: as audits of then say it, or out of what they would read."""
    try:
        earlier = {path: read_earlier(path) for path in paths}
    except UnknownInputError as error:
        raise UsageError(f"--compare {error}") from error
    parts = [found for found in earlier.values() if found is not None]
    inputs = [path for path, found in earlier.items() if found is None]
    if inputs:
        parts.append(standing(audit_of(_collect(inputs, [], own))))
    return {rules: dict(ChainMap(*(dict(part[rules]) for part in parts))) for rules in RULE_SETS}


def _collect(paths: list[Path], weights: list[Path], own: tuple[AgentToken, ...]) -> Collected:
    """Read the inputs; weights that are given apart take the place of their own."""
    collected = Collected(known_agents(own), latest=time.time() + _DAY)
    tick = _progress if sys.stderr.isatty() else None
    try:
        for path in weights:
            collected.take(_items(collected, path), tick)
        for path in paths:
            items = _items(collected, path)
            collected.take(map(_weightless, items) if weights else items, tick)
    except UnknownInputError as error:
        raise UsageError(str(error)) from error
    if tick is not None:
        print("\r\x1b[K", end="", file=sys.stderr)
    if not collected.domains:
        why = "; ".join(collected.troubles.sentences()) or "nothing in it is a robots.txt"
        raise UsageError(f"{', '.join(map(str, paths))}: names no domain ({harmless(why)})")
    return collected


def _items(collected: Collected, path: Path) -> Iterator[Item]:
    if (path / DATABASE).is_file() or (path / LAYOUT).is_file():
        return read_jobs(shard_folders(path), collected.troubles)
    return read(path, collected.troubles)


def _weightless(item: Item) -> Item:
    return item._replace(weight=0.0) if isinstance(item, Listed) else item


def _own(path: Path | None) -> tuple[AgentToken, ...]:
    if path is None:
        return ()
    try:
        return parse_agents(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"--agents {path}: is no list of agents: {error}") from error


def _progress(answers: int) -> None:
    print(f"\r{answers:,} answers read", end="", file=sys.stderr)
