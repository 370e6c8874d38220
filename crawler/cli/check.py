"""`crawler check`: whether a page may be used, and who says so."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from typing import Annotated

import typer
from rich.console import Console

from crawler.check import Check, check
from crawler.cli import verdicts
from crawler.cli.clock import SteadyClock, host_leases
from crawler.cli.errors import UsageError
from crawler.cli.explain import show_chain
from crawler.cli.terminal_text import json_text
from crawler.config import load
from crawler.core.decision import Usage
from crawler.core.urls import parse
from crawler.report.explain import as_json


def command(
    url: Annotated[str, typer.Argument(help="The page to check.")],
    policy: Annotated[str, typer.Option(help="Policy file, or a preset's name.")] = "default",
    agent: Annotated[
        str, typer.Option(help="Decide as the crawler with this product token would.")
    ] = "",
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check one URL: every signal sought, what it says of each usage, and which one decides.

    Exit code: 0 allowed, 3 conditional, 4 refused, 5 deferred. With --agent our own
    User-Agent is still the one that is sent.

    Example: crawler check https://example.org/ --policy policy.toml --agent GPTBot
    """
    wanted = parse(url)
    if wanted is None:
        raise UsageError(f"{url!r} is no URL that can be crawled")
    config = load(policy)
    config.require_identity()
    consent = config.consent_policy()
    if agent:
        consent = consent.model_copy(update={"tokens": (agent,)})
    clock = SteadyClock()
    with host_leases(None, config, clock) as leases:
        found = asyncio.run(check(wanted, config, consent, clock, leases=leases))
    if to_json:
        print(json_text(_json(found)))
    else:
        console = Console()
        for hop in found.hops:
            show_chain(console, hop, everything=True)
        if found.hops[-1].decided is None:
            console.print("no page was judged; what the site's files say:")
            verdicts.show(console, found.decision)
    sys.exit(_exit_code(found, consent.purpose))


def _json(found: Check) -> dict[str, object]:
    hops = [
        as_json(hop) | ({"decision": verdicts.as_json(hop.decided.decision)} if hop.decided else {})
        for hop in found.hops
    ]
    return {
        "url": found.hops[0].url,
        "final_url": found.hops[-1].url,
        **verdicts.as_json(found.decision),
        "hops": hops,
    }


def _exit_code(found: Check, purpose: Iterable[Usage]) -> int:
    last = found.hops[-1]
    # An answer of a type that holds no text was judged by its headers; else none came.
    if found.decision and last.decided is None and last.standing != "skipped":
        return verdicts.DEFERRED
    return verdicts.exit_code(found.decision, purpose)
