"""Telling an error that damage is behind from one that is ours.

A stored value that is no longer what was written may fail anywhere it is read. So where an
error was not foreseen the job's own proof is asked: if that fails as well, damage is what to
tell, in one line; if not, the error is a fault of the program and is shown whole.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from crawler.cli.terminal_text import harmless
from crawler.cluster.layout import shard_folders
from crawler.corpus.upkeep.doctor import damage
from crawler.store.damaged_reads import DAMAGE, said
from crawler.store.database import StoreError
from crawler.store.job import DATABASE

_MERGED = "merged"


def end_with_damage(job: Path, found: Sequence[str], rest: str) -> None:
    """Say what could not be read while the `rest` was dealt with, and end with exit code 1."""
    if found:
        more = f", nor {len(found) - 1} more" if len(found) > 1 else ""
        print(
            harmless(
                f"crawler: {job} is damaged: {found[0]} could not be read{more}; {rest}."
                " See `crawler verify JOB`"
            ),
            file=sys.stderr,
        )
        sys.exit(1)


def explained(error: Exception, words: Iterable[str]) -> str:
    """Return what is damaged in a job that `words` of the command line name, "" if nothing is."""
    for leaf in _leaves(error):
        for job in dict.fromkeys(job for word in words for job in _jobs(Path(word))):
            found = damage(job) if isinstance(leaf, DAMAGE) else ""
            if found:
                return harmless(
                    f"{job} is damaged: {found} ({type(leaf).__name__}: {said(leaf)});"
                    " see `crawler verify JOB`, and mend what can be with"
                    " `crawler doctor JOB --repair`"
                )
    return ""


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error


def _jobs(path: Path) -> list[Path]:
    try:
        folders = [path, *shard_folders(path), path / _MERGED]
    except (StoreError, OSError):
        folders = [path]
    return [folder for folder in folders if (folder / DATABASE).is_file()]
