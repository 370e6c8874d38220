"""The command line: one module a command. Arguments in, text out; here the clock is picked.

Exit codes: 0 done, 1 the job failed, 2 usage or configuration, 130 interrupted with the
state saved. `check` adds 3 conditional, 4 refused, 5 deferred.

Reading order: `crawl` (with `crawl_options`, `seeds`, `during_crawl`, `run_figures`,
`metrics_port`, `progress_lines`, `progress_table`, `event_log`, `ending`, `shard`, `shard_life`,
`shards_shown`),
`cluster` (with `cluster_crawl`, `cluster_life`), `seeds_of_inputs`, `screen` (with
`collecting_files`), `serve`, `status`, `report`, `audit` (with `asking_domains`),
`export`, `summary`, `recheck`, `purge`, `takedown`, `feed`,
`apply_removals`, `verify_removed`, `removals_since`, `find`, `verify`, `doctor`, `reshard`,
`merge`, `extract`, `annotate`, `check`, `explain`, `redecide`, `reload`, `pause`, `resume`, `demo`,
`policy`, `identity`. What they share: `grammar` (what all look like), `job_places` and
`cluster_jobs` (jobs at a URL), `showing` (documents of figures), `clock`, `job_policy`,
`corpus_options`, `verdicts` (as people read them), `terminal_text`, `errors`, `telling_damage`,
`telling_removals`, `signing`.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Collection, Sequence
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import TypeVar

import typer

from crawler import __version__
from crawler.cli.errors import INTERRUPTED
from crawler.cli.grammar import Command, Commands

T = TypeVar("T")

# As the help lists them; it repeats the first sentence of each.
GROUPS = {
    "Crawl": {
        "crawl": "Crawl from SEEDS into the folder --job, hearing every opt-out.",
        "cluster": "Crawl over the machines of a Ray cluster.",
        "screen": (
            "Screen what exists: in goes what others collected, out comes what its owners did not"
            " refuse."
        ),
        "reload": "Have the crawl that works on JOB read its policy file again.",
        "pause": "Pause JOB: no request starts until `crawler resume`, also after a restart.",
        "resume": "Let JOB go on where it was paused.",
        "seeds": "Print addresses to start a crawl from, out of INPUT: each once, in order.",
    },
    "Look": {
        "serve": "Show JOBS in a browser: progress, hosts, refusals, texts with licence and proof.",
        "status": "Show what the job holds, what it refused and why, and what it waits for.",
        "report": (
            "Count what consent left: kept, refused, filtered, failed; signals, agents, licences."
        ),
        "audit": (
            "Count what robots.txt says to AI agents: by class, weight and month, by two rule sets."
        ),
        "explain": "Explain from the store, without a request, what became of a URL and why.",
        "check": (
            "Check one URL: every signal sought, what it says of each usage, and which one decides."
        ),
    },
    "Corpus": {
        "export": "Export the corpus of a job.",
        "summary": (
            "Write the public summary that Art. 53(1)(d) of the EU AI Act asks for, over all"
            " corpora."
        ),
        "annotate": (
            "Compute the figures by which an export can filter, and cluster near-duplicates."
        ),
        "extract": "Extract the texts of a job anew from its archive ([archive] enabled = true).",
        "merge": "Merge jobs: the newest word on each URL wins, near-duplicates are clustered.",
    },
    "Owners": {
        "find": (
            "Say what the job holds of a URL, a domain, an author or a text, and what became of it."
        ),
        "takedown": (
            "Receive, list, prove, acknowledge and close requests; closing purges and searches."
        ),
        "purge": "Purge pages: text, raw answers, fingerprints, and what a crash left of them.",
        "feed": "Write the feed of removals: one signed, chained entry for each record that left.",
        "apply-removals": "Take what left a corpus out of a copy of it, whatever became of it.",
        "verify-removed": "Say which revisions of a git repository still hold what was removed.",
        "removals-since": (
            "Print what was removed after an entry of a feed, one a line, for loaders."
        ),
    },
    "Upkeep": {
        "recheck": (
            "Ask again for evidence that is too old, retire what is refused now, hold what is"
            " silent."
        ),
        "redecide": "Apply another policy to the stored evidence and show what it would change.",
        "verify": (
            "Recompute chain, digests and hashes, and decide records again from their evidence."
        ),
        "reshard": (
            "Deal a job's sites out over another number of shards, with all that is known of them."
        ),
        "doctor": (
            "Check a job's database, counters, archive, ledger and files, and mend them if asked."
        ),
    },
    "Set-up": {
        "policy": "Show, check, compare and start policies.",
        "identity": (
            "Make the key that signs requests, and the page that tells publishers who crawls."
        ),
        "demo": (
            "Serve a loopback web of many hosts, crawl it, export it, and show what was refused"
            " and why."
        ),
    },
}
COMMANDS = {name: about for group in GROUPS.values() for name, about in group.items()}
# Of commands that are not called as their modules are.
_MODULES = {"seeds": "seeds_of_inputs"}
# What the shell sets when it asks what could come next.
_COMPLETING = "_CRAWLER_COMPLETE"


def __getattr__(name: str) -> typer.Typer:
    """Return `app`, the command line with every command loaded."""
    if name == "app":
        return build(COMMANDS)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def build(loaded: Collection[str]) -> typer.Typer:
    """Return the command line; commands not in `loaded` can be listed, not run.

    Loading all takes seconds, one a fraction of that.
    """
    app = typer.Typer(
        name="crawler",
        cls=_Grouped,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help="A polite web crawler that hears opt-outs and keeps the proof.",
    )
    app.callback(invoke_without_command=True)(_version)
    for name, about in COMMANDS.items():
        if name not in loaded:
            app.command(name, help=about)(_not_loaded)
            continue
        module = import_module(f"crawler.cli.{_MODULES.get(name, name).replace('-', '_')}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name, cls=Command)(module.command)
    return app


class _Grouped(Commands):
    groups = GROUPS


def main() -> None:
    """Run the command line."""
    named = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    # No matrix of ours is large enough for threads, and they do not live through a fork.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()  # what is loaded stays: looking for rubbish in it takes a tenth of the start
    try:
        app = build(COMMANDS if _COMPLETING in os.environ else {named})
    except KeyboardInterrupt:  # while modules load: nothing was begun
        sys.exit(INTERRUPTED)
    gc.freeze()
    gc.enable()
    try:
        told_in_one_line(app)
    finally:
        gc.freeze()  # else the interpreter looks through everything once more as it ends


def told_in_one_line(work: Callable[[], T]) -> T:
    """Return what `work` does; an expected fault becomes one clear line and an exit code."""
    try:
        return work()
    except BrokenPipeError:
        # The reader has had enough (`crawler status | head`).
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        code, text = _explained(error, sys.argv[1:])
        if not code:
            raise
        print(f"crawler: {text}", file=sys.stderr)
        sys.exit(code)


def _explained(error: Exception, words: Sequence[str]) -> tuple[int, str]:
    """Return the exit code and the line for an expected fault, 0 for any other.

    `words` are those of the command line: a damaged job among them explains much.
    """
    import sqlite3

    from crawler.cli.errors import UsageError
    from crawler.cli.telling_damage import explained
    from crawler.config import ConfigError
    from crawler.corpus.errors import CorpusError
    from crawler.storage import StorageError
    from crawler.store.connection import NoJobError, StoreError, explain, explain_os
    from crawler.store.suppression import SuppressionError

    if isinstance(error, OSError):
        told = explain_os(error)
        return (0, "") if told is error else (1, str(told))
    if isinstance(error, ConfigError | UsageError | NoJobError):
        return 2, str(error)
    if isinstance(error, StoreError | CorpusError | StorageError | SuppressionError):
        return 1, str(error)
    if isinstance(error, sqlite3.Error) and isinstance(told := explain(error), StoreError):
        return 1, str(told)
    damaged = explained(error, words)
    return (1, damaged) if damaged else (0, "")


def _version(
    version: bool = typer.Option(False, "--version", help="Print the version and stop."),
) -> None:
    if version:
        print(f"{__version__} (hot modules {'compiled' if _is_compiled() else 'in plain Python'})")
        raise typer.Exit


_HOT = Path(__file__).parents[1] / "core" / "content" / "html" / "byte_scan.py"


def _is_compiled() -> bool:
    """Whether installation found a C compiler (hatch_build.py); asked without loading them."""
    return any(_HOT.with_suffix(suffix).exists() for suffix in EXTENSION_SUFFIXES)


def _not_loaded() -> None:
    """Stand for a command that is only listed."""
