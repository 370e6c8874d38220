"""`crawler verify-removed`: which revisions of a git repository still hold what was removed."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.apply_removals import trusted_feed
from crawler.cli.corpus_options import print_json
from crawler.cli.terminal_text import harmless
from crawler.corpus.errors import CorpusError
from crawler.removals.git_history import History, HistoryError, by_reason, walk


def command(
    repository: Annotated[Path, typer.Argument(metavar="REPO", help="A git repository.")],
    feed: Annotated[str, typer.Option(help="The feed of removals, a file or a URL.")],
    trust: Annotated[
        list[Path], typer.Option(help="Public key of the corpus, PEM or key directory; repeatable.")
    ],
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say which revisions of a git repository still hold what was removed.

    Every commit that a branch, a tag or the reflog reaches is looked at, LFS objects included where
    they are present. Exit code 1 if one holds something, or could not be looked at.

    Example: crawler verify-removed dataset/ --feed removals.jsonl --trust corpus.pem
    """
    found = trusted_feed(feed, trust)
    progress = _progress if sys.stderr.isatty() else None
    try:
        history = walk(repository, found, progress)
    except HistoryError as error:
        raise CorpusError(
            "nothing was looked at", str(error), "name a folder that is a git repository"
        ) from error
    if to_json:
        print_json({"entry": found.number, **asdict(history)})
    else:
        _show(history)
    if history.revisions or history.cut:
        sys.exit(1)


def _show(history: History) -> None:
    print(
        f"{history.commits} revisions and {history.contents} contents were looked at;"
        f" refs: {', '.join(history.refs) or 'none'}"
    )
    for revision in history.revisions:
        print(harmless(f"{revision.commit[:12]} {revision.date} {revision.subject[:60]}"))
        for path, count in revision.holds.items():
            print(harmless(f"  holds {count} removed: {path}"))
        for path, why in revision.unread.items():
            print(harmless(f"  NOT READ: {path}: {why}"))
    if history.cut:
        print("NOT READ: older revisions, for this is a shallow clone: git fetch --unshallow")
    held = by_reason(history)
    print(
        f"{sum(bool(item.holds) for item in history.revisions)} revisions hold removed records"
        if held
        else "no revision is known to hold a removed record"
    )


def _progress(done: int, total: int) -> None:
    end = "\n" if done == total else ""
    print(f"\r{done} of {total} revisions", end=end, file=sys.stderr, flush=True)
