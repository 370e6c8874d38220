"""`crawler feed`: the signed feed that tells holders of copies what left the corpus."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.corpus_options import print_json
from crawler.cli.errors import UsageError
from crawler.cli.job_policy import config_for
from crawler.cli.purge import folders
from crawler.cli.telling_removals import author_of, feed_of
from crawler.corpus.removal.feed_file import atom, hand_over, load, tell
from crawler.keys import load_key


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Copy the whole feed to this file.")
    ] = None,
    as_atom: Annotated[
        Path | None, typer.Option("--atom", help="Write it as Atom to this file.")
    ] = None,
    key: Annotated[
        str, typer.Option(help="Sign with this private key; default: the key of --policy.")
    ] = "",
    new_key: Annotated[
        str, typer.Option(help="Hand the feed over: from here on it is signed by this key.")
    ] = "",
    policy: Annotated[
        str | None, typer.Option(help="Policy file or preset; default: the job's own.")
    ] = None,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write the feed of removals: one signed, chained entry for each record that left.

    Purges, takedowns and rechecks write it themselves where they know the key. See
    docs/removals.md for the format.

    Example: crawler feed jobs/example -o removals.jsonl --key identity.pem
    """
    config = config_for(job, policy)
    path = feed_of(job, config)
    author = author_of(config, key)
    if author is None:
        raise UsageError(
            "a feed is signed: name the key with --key, or the policy that names it with --policy"
        )
    try:
        new = load_key(Path(new_key)) if new_key else None
    except ValueError as error:
        raise UsageError(f"--new-key: {error}") from error
    told = tell(folders(job), path, author, time.time())
    if new is not None:
        told = hand_over(path, author, new, time.time())
    if out is not None:
        out.write_bytes(path.read_bytes())
    if as_atom is not None:
        as_atom.write_text(atom(load(path), config.removals.address), encoding="utf-8")
    if to_json:
        print_json({"feed": str(path), **asdict(told)})
        return
    print(f"{path}: {told.written} entries written, {told.removals} removals stand")
    print(f"  it ends at entry {told.number}, {told.head}")
