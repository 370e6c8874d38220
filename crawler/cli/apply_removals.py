"""`crawler apply-removals`: what left a corpus, taken out of a copy of it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crawler import storage
from crawler.cli.corpus_options import print_json
from crawler.cli.errors import UsageError
from crawler.core.removal_feed import Feed, FeedError, read_feed
from crawler.corpus.errors import CorpusError
from crawler.inputs.columns import Columns
from crawler.keys import load_key, pinned_ids
from crawler.removals.apply import Applied, How, apply_removals


def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    copy: Annotated[str, typer.Argument(help="Folder or file that was copied, local or a URL.")],
    feed: Annotated[str, typer.Option(help="The feed of removals, a file or a URL.")],
    trust: Annotated[
        list[Path], typer.Option(help="Public key of the corpus, PEM or key directory; repeatable.")
    ],
    verify: Annotated[
        bool, typer.Option("--verify", help="Only look if anything is left; exit 1 if so.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be taken out.")
    ] = False,
    key: Annotated[str, typer.Option(help="Sign the receipt with this private key.")] = "",
    url_column: Annotated[str, typer.Option(help="Column with URLs, if it is not found.")] = "",
    text_column: Annotated[str, typer.Option(help="Column with texts, if it is not found.")] = "",
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Take what left a corpus out of a copy of it, whatever became of it.

    Files are replaced one by one, and only those that hold something; all other rows stay as they
    were. A run that was killed goes on; a run again changes nothing. Exit code 1: something is
    left or could not be read, or the feed is not to be believed, and then nothing was done.

    Example: crawler apply-removals mirror/ --feed removals.jsonl --trust corpus.pem
    """
    found = trusted_feed(feed, trust)
    how = How(
        Columns(url=url_column, text=text_column),
        look=verify or dry_run,
        key=_key(key),
        progress=_progress if sys.stderr.isatty() else None,
    )
    try:
        result = apply_removals(copy, found, how)
    except FeedError as error:
        raise CorpusError("nothing was taken out", str(error), "see docs/removals.md") from error
    if to_json:
        print_json({"entry": found.number, "head": found.head, **asdict(result)})
    else:
        _show(result, found, look=how.look)
    if result.left and not dry_run:
        sys.exit(1)


def trusted_feed(place: str, trust: list[Path]) -> Feed:
    """Read a feed under pinned keys.

    Raises:
        UsageError: A key cannot be read.
        CorpusError: The feed is not to be believed.
    """
    try:
        ids = frozenset[str]().union(*map(pinned_ids, trust))
    except ValueError as error:
        raise UsageError(f"--trust: {error}") from error
    with storage.open_stream(place) as file:
        data = file.read()
    if data and not data.endswith(b"\n"):
        raise CorpusError(
            "nothing was done", f"the feed {place} is cut in its last line", "fetch it again"
        )
    try:
        return read_feed(data.splitlines(keepends=True), ids)
    except FeedError as error:
        raise CorpusError(
            "nothing was done", f"the feed {place}: {error}", "fetch it again from its publisher"
        ) from error


def _key(key: str) -> Ed25519PrivateKey | None:
    try:
        return load_key(Path(key)) if key else None
    except ValueError as error:
        raise UsageError(f"--key: {error}") from error


def _show(result: Applied, feed: Feed, *, look: bool) -> None:
    for line in result.said:
        print(line, file=sys.stderr)
    counts = result.counts
    what = "would be taken out" if look else "taken out"
    print(f"{counts.removed} records {what} of {counts.rows}, in {result.files} files")
    print(f"feed of {feed.corpus}, to entry {feed.number}: {len(feed.entries)} removals stand")
    if counts.unmatched:
        print(
            f"{counts.unmatched} records cannot be matched: they have neither id nor URL, and an"
            " altered text tells nothing"
        )
    for line in result.left:
        print(f"LEFT: {line}")
    if result.receipt:
        print(f"receipt: {result.receipt}")


def _progress(done: int, total: int, name: str) -> None:
    print(f"\r{done + 1} of {total} files: {name[:60]:<60}", end="", file=sys.stderr, flush=True)
    if done + 1 == total:
        print(file=sys.stderr)
