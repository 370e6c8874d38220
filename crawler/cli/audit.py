"""`crawler audit`: what robots.txt files say to AI agents, counted."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from crawler.audit.agents import agents as known_agents
from crawler.audit.collected import Collected
from crawler.audit.document import audit_of, document
from crawler.audit.inputs import Item, Listed, read
from crawler.audit.job_input import read_jobs
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
        list[Path] | None, typer.Option(help="What to hold it against: an earlier INPUT.")
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
    if not collected.domains:
        why = "; ".join(collected.troubles.sentences()) or "nothing in it is a robots.txt"
        raise UsageError(f"{', '.join(map(str, inputs))}: names no domain ({harmless(why)})")
    if job is not None:
        ask(collected, job, load(policy), sizes)
    found = audit_of(collected, *sizes)
    before = audit_of(_collect(compare, weights or [], own), *sizes) if compare else None
    if job is None and not (found.past.last >= 0).any():
        print("no answer is known: name --job DIR to ask the domains", file=sys.stderr)
    name = ", ".join(path.resolve().name for path in inputs)
    shown = document(name, found, time.time(), before=before, listed=domains)
    show(shown, out, to_json=to_json, to_csv=to_csv)


def _collect(paths: list[Path], weights: list[Path], own: tuple[AgentToken, ...]) -> Collected:
    """Read the inputs; weights that are given apart take the place of their own."""
    collected = Collected(known_agents(own))
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
