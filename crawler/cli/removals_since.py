"""`crawler removals-since`: plain lists of what was removed, for loaders."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.apply_removals import trusted_feed
from crawler.cli.corpus_options import print_json
from crawler.cli.errors import UsageError


def command(
    feed: Annotated[str, typer.Argument(help="The feed of removals, a file or a URL.")],
    number: Annotated[int, typer.Argument(help="Entry after which to begin; 0 for all.")],
    trust: Annotated[
        list[Path], typer.Option(help="Public key of the corpus, PEM or key directory; repeatable.")
    ],
    ids: Annotated[bool, typer.Option("--ids", help="Ids of the records.")] = False,
    hashes: Annotated[
        bool, typer.Option("--hashes", help="Keyed hashes of their texts and URLs.")
    ] = False,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print what was removed after an entry of a feed, one a line, for loaders.

    The last entry's number goes to standard error, so that the next call can begin there.

    Example: crawler removals-since removals.jsonl 0 --ids --trust corpus.pem
    """
    if ids == hashes and not to_json:
        raise UsageError("name one of --ids and --hashes")
    found = trusted_feed(feed, trust)
    if number > found.number:
        raise UsageError(f"the feed ends at entry {found.number}")
    entries = list(found.since(number))
    lists = {
        "ids": [value for entry in entries for value in entry["ids"]],
        "texts": [value for entry in entries for value in entry["texts"]],
        "urls": [value for entry in entries for value in entry["urls"]],
    }
    if to_json:
        print_json({"number": found.number, "hash_key": found.hash_key.hex(), **lists})
        return
    wanted = lists["ids"] if ids else lists["texts"] + lists["urls"]
    sys.stdout.writelines(f"{value}\n" for value in dict.fromkeys(wanted))
    print(f"to entry {found.number}", file=sys.stderr)
