"""`crawler status`: what a job holds, why it is idle, and what it knows of one host."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from crawler.cli.errors import UsageError
from crawler.cli.terminal_text import harmless, json_text
from crawler.cli.verdicts import moment, say
from crawler.cluster.layout import shard_folders
from crawler.core.urls import host_name, parse
from crawler.frontier.status import HostFact
from crawler.report.host_status import HostStatus, host_status
from crawler.report.losses import WORDS, lines, listed
from crawler.report.shells import line as shells_line
from crawler.report.status import JobStatus, job_status
from crawler.store.job import read_job
from crawler.store.orders import read_orders

_EVERY = 2.0  # seconds between two looks


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    host: Annotated[str, typer.Option(help="Tell all about this host.")] = "",
    lost: Annotated[
        str, typer.Option(help=f"List every loss of one kind: {', '.join(WORDS)}.")
    ] = "",
    watch: Annotated[
        bool, typer.Option("--watch", help="Show it again and again while a crawl is running.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; a line each time.")] = False,
) -> None:
    """Show what the job holds, what it refused and why, and what it waits for.

    Example: crawler status jobs/example --host example.org
    """
    if lost:
        _list(job, lost, as_json=as_json)
        return
    name = _named(host) if host else ""
    while True:
        now = time.time()
        status = job_status(shard_folders(job), now)
        if watch and not as_json and sys.stdout.isatty():
            print("\x1b[2J\x1b[H", end="")
        if name:
            _tell_host(job, name, now, as_json=as_json, indent=not watch)
        else:
            _tell(job, status, now, as_json=as_json, indent=not watch)
        if not watch or not status.processes:
            return
        time.sleep(_EVERY)


def _named(host: str) -> str:
    """Return the name of a host as the job has it, also where a URL of it was given."""
    url = parse(host) if "//" in host else None
    name = url.host if url is not None else host_name(host)
    if name is None:
        raise UsageError(f"--host: {host!r} is no name of a host")
    return name


def _list(job: Path, kind: str, *, as_json: bool) -> None:
    if kind not in WORDS:
        raise UsageError(f"--lost: there is no kind {kind!r}; choose of {', '.join(WORDS)}")
    found = []
    for folder in shard_folders(job):
        with read_job(folder) as connection:
            for item in listed(connection, kind):
                if as_json:
                    found.append(asdict(item))
                else:
                    many = f"\t({item.count})" if item.count != 1 else ""
                    print(f"{harmless(item.code)}\t{harmless(item.what)}{many}")
    if as_json:
        print(json_text(found))


def _tell(job: Path, status: JobStatus, now: float, *, as_json: bool, indent: bool) -> None:
    orders = read_orders(job)
    if as_json:
        about = {"job": str(job), "at": now, "paused_since": orders.paused_since or None}
        told = {**about, **status.as_json()}
        print(json.dumps(told, indent=2 if indent else None), flush=True)
        return
    if orders.paused:
        print(f"paused since {moment(orders.paused_since)}: go on with `crawler resume {job}`")
    _show(Console(), job, status, now)


def _tell_host(job: Path, name: str, now: float, *, as_json: bool, indent: bool) -> None:
    found = host_status(shard_folders(job), name, now)
    if found is None:
        raise UsageError(
            f"{job} knows no host {name}: `crawler status {job}` names those that wait"
        )
    if as_json:
        told = {"job": str(job), "at": now, "host": name, **asdict(found)}
        print(json.dumps(told, indent=2 if indent else None), flush=True)
        return
    console = Console()
    for line in _about(found, now):
        say(console, line)


def _about(found: HostStatus, now: float) -> Iterator[str]:
    fact = found.fact
    yield f"{fact.host}: {found.state}"
    yield f"  {'nothing waits' if found.state == 'done' else _waits(fact, now)}; {_answered(fact)}"
    yield f"  site {found.site}, {found.pages} pages asked for, {fact.waiting} URLs wait"
    answers = f", answers in {fact.response_time:.3f} s" if fact.response_time else ""
    asks = f", robots.txt asks for {found.crawl_delay:g} s" if found.crawl_delay else ""
    yield f"  delay {fact.delay:g} s{asks}{answers}, {found.failures} failures in a row"
    if found.hours:
        yield f"  visiting hours (minutes of the day, UTC): {found.hours}"
    known = f" until {moment(found.resolved_until)}" if found.addresses else ""
    yield f"  addresses: {' '.join(found.addresses) or 'none known'}{known}"
    for item in found.files:
        said = item.error or (f"status {item.status}" if item.status else "")
        good = f"read {moment(item.fetched_at)}, good until {moment(item.expires_at)}"
        yield f"  {item.kind} {item.url}: {item.found}{f' ({said})' if said else ''}, {good}"
    for urls in found.urls:
        code = f" {urls.code}" if urls.code else ""
        yield f"  URLs {urls.state}{code}: {urls.count} (such as {urls.example})"
    for reason, count in found.not_admitted.items():
        yield f"  links not followed, {reason}: {count}"


def _waits(fact: HostFact, now: float) -> str:
    """Return why a host waits, since when and until when."""
    until = "due now" if fact.due <= now else f"until {moment(fact.due)}"
    since = f", since {moment(fact.since)}" if fact.since else ""
    return f"{fact.reason or 'its delay'}{since}, {until}"


def _answered(fact: HostFact) -> str:
    if not fact.asked_at:
        return "never asked"
    return f"last answer: {fact.answer} at {moment(fact.asked_at)}"


def _show(console: Console, job: Path, status: JobStatus, now: float) -> None:
    running = ", ".join(str(process) for process in status.processes)
    console.print(f"running (process {running})" if running else "not running")
    console.print(Text(status.frontier.sentence(now)))
    _counts(console, "pages by state", status.pages)
    _counts(console, "URLs", status.frontier.urls)
    _counts(console, "refused by their owners", status.refused)
    _counts(console, "filtered by the policy", status.filtered)
    _counts(console, "consent not proven", status.unproven)
    _counts(console, "links not admitted", status.frontier.turned_away)
    for line in lines(list(status.losses), job):
        say(console, f"lost: {line}")
    if told := shells_line(status.shells):
        console.print(Text(f"only a shell: {told}"))
    _counts(console, "hosts", status.frontier.hosts)
    _counts(console, "hosts wait for", status.frontier.reasons)
    for title, facts in (
        ("due longest", status.frontier.waiting_longest),
        ("resting", status.frontier.resting),
        ("parked", status.frontier.parked),
        ("held", status.frontier.held),
    ):
        if facts:
            console.print(Text(f"{title}:"))
        for fact in facts:
            say(
                console,
                f"  {fact.host}: {_waits(fact, now)}; {_answered(fact)}; {fact.waiting} URLs",
            )
    if status.frontier.slowest:
        console.print(Text("slowest:"))
    for fact in status.frontier.slowest:
        say(console, f"  {fact.host}: answers in {fact.response_time:.3f} s")


def _counts(console: Console, title: str, counts: dict[str, int]) -> None:
    found = {name: count for name, count in counts.items() if count}
    if found:
        console.print(Text(f"{title}: " + ", ".join(f"{name} {n}" for name, n in found.items())))
