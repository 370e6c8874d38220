"""What left a job is said in the feed of removals by the command that took it out."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from crawler.cli.errors import UsageError
from crawler.cluster.job_url import FEED
from crawler.config import Config
from crawler.corpus.removal.feed_file import Author, tell, to_say
from crawler.keys import load_key


def feed_of(job: Path, config: Config) -> Path:
    """Return where the feed of the job's corpus lies."""
    return config.removals.feed or job / FEED


def author_of(config: Config, key: str = "") -> Author | None:
    """Return who signs the feed; None if no key is known.

    Raises:
        UsageError: The key cannot be read.
    """
    named = key or config.identity.key
    if not named:
        return None
    try:
        return Author(config.export.name, load_key(Path(named)), config.removals.deadline)
    except ValueError as error:
        raise UsageError(f"the key of the feed: {error}") from error


def tell_feed(job: Path, folders: Sequence[Path], config: Config) -> None:
    """Say in the feed what left the job just now; where no key is known, how it can be said."""
    waiting = to_say(folders)
    if not waiting:
        return
    author = author_of(config)
    if author is None:
        said = f"{waiting} removals wait for the feed; sign them: crawler feed {job} --key KEY"
    else:
        told = tell(folders, feed_of(job, config), author, time.time())
        said = f"feed of removals: {told.written} entries written, it ends at entry {told.number}"
    print(said, file=sys.stderr)
