"""A parent job's folder: which shards it has, and which site belongs to which."""

from __future__ import annotations

import json
from pathlib import Path

from crawler.cluster.swapping import NOTE, finish
from crawler.frontier.sharding import shard_of
from crawler.store.connection import NoJobError, StoreError
from crawler.store.job import DATABASE, holder, make_folder

LAYOUT = "shards.json"
MERGED = "merged"  # in a parent's folder: all shards as one job, from which exports are written
_MOST = 10_000  # far more than a machine has processes for


class WrongShardsError(StoreError):
    """The job has another number of shards than the one asked for."""


def count_shards(folder: Path) -> int:
    """Return how many shards the job has; 1 for a plain job.

    A change of that number which was broken off at its very end is brought to it first.
    """
    _settle(folder)
    path = folder / LAYOUT
    if not path.is_file():
        return 1
    try:
        count = int(json.loads(path.read_text())["shards"])
    except (ValueError, KeyError, TypeError, RecursionError):
        count = 0
    if not 1 <= count <= _MOST:
        raise StoreError(f"{path} is damaged: it should say how many shards there are")
    return count


def _settle(folder: Path) -> None:
    if (folder / NOTE).is_file():
        finish(folder)


def shard_folders(folder: Path) -> list[Path]:
    """Return the job folders of all shards; for a plain job that is itself."""
    count = count_shards(folder)
    if not (folder / LAYOUT).is_file():
        return [folder]
    return [shard_folder(folder, shard) for shard in range(count)]


def shard_folder(folder: Path, shard: int) -> Path:
    return folder / f"shard-{shard:03d}"


def lay_out(folder: Path, count: int) -> None:
    """Make a parent job of `count` shards, or check that it is one.

    Raises:
        WrongShardsError: The folder holds a job with another number. Sites would change
            hands, and two shards could then ask one host at once.
    """
    make_folder(folder)
    if (folder / DATABASE).exists():
        raise WrongShardsError(f"{folder} is a job without shards: go on without --shards")
    path = folder / LAYOUT
    if path.exists():
        if (found := count_shards(folder)) != count:
            raise WrongShardsError(f"{folder} has {found} shards: go on with --shards {found}")
        return
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps({"shards": count}))
    draft.replace(path)
    for shard in range(count):
        shard_folder(folder, shard).mkdir(exist_ok=True)


def with_merged(folder: Path) -> list[Path]:
    """Return every job folder that may hold a page: the shards, and what merged them, last."""
    merged = folder / MERGED
    return [*shard_folders(folder), *([merged] if (merged / DATABASE).is_file() else [])]


def folder_of_site(folder: Path, site: str) -> Path:
    """Return the job folder in which the pages of `site` are."""
    parts = shard_folders(folder)
    return parts[shard_of(site, len(parts))]


def require_job(folder: Path) -> None:
    """Raise StoreError unless `folder` holds a job, or a parent of shards."""
    _settle(folder)
    if (folder.resolve().parent / LAYOUT).is_file():
        raise StoreError(f"{folder} is one shard of several: name {folder.resolve().parent}")
    if not (folder / LAYOUT).is_file() and not (folder / DATABASE).is_file():
        raise NoJobError(f"{folder} holds no job (there is no {DATABASE} in it)")


def holders(folder: Path) -> list[int]:
    """Return the ids of the processes that crawl the job's shards, or the job itself."""
    return [process for part in shard_folders(folder) if (process := holder(part))]
