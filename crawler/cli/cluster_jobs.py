"""Where a command is given a job that lies at a URL: it is opened as a folder, and given back.

One place for all commands: they are given folders. What only reads gets copies of the newest
snapshots; what writes owns the shards meanwhile; orders go to whoever crawls the job.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.cli.errors import UsageError
from crawler.cli.job_places import JOBS, named, written
from crawler.storage import StorageError, shown
from crawler.store.connection import StoreError

if TYPE_CHECKING:
    from crawler.cluster.cluster_job import ClusterJob
    from crawler.config.corpus_tables import Suppression as SuppressionList
    from crawler.store.suppression import Suppression

_LOOK = 60.0  # seconds between two looks for newer snapshots, of what shows a job for long


_open: dict[Path, ClusterJob] = {}


def at_url(folder: Path) -> ClusterJob | None:
    """Return the job at a URL that a command was given as `folder`, None for any other."""
    return _open.get(folder)


@contextmanager
def opened(command: str, params: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the parameters of a command with a folder for every job that lies at a URL.

    Raises:
        UsageError: The command does not work on such a job.
        StorageError, StoreError: It cannot be opened, or what was done cannot be given back.
    """
    changed = dict(params)
    with ExitStack() as stack:

        def folder_of(value: Any) -> Any:  # noqa: ANN401 - as the command has it
            if isinstance(value, list):
                return [folder_of(one) for one in value]
            return stack.enter_context(_opened(command, value, changed))

        for name in JOBS:
            if named(params.get(name)):
                changed[name] = folder_of(params[name])
        yield changed


@contextmanager
def _opened(command: str, path: Path, params: dict[str, Any]) -> Iterator[Path]:
    from crawler.cli.clock import state_folder
    from crawler.cluster.cluster_job import cluster_job

    job = cluster_job(written(path), state_folder())
    if job is None:
        yield Path(written(path))  # of a file:// address, the folder
        return
    way = _WAYS.get(command)
    if way is None:
        raise UsageError(
            f"{shown(job.url)}: `crawler {command}` does not take a job whose shards lie at a URL;"
            f" these do: {', '.join(sorted(_WAYS))}"
        )
    with (_reading if params.get("dry_run") else way)(job, params):
        _open[job.folder] = job
        yield job.folder


@contextmanager
def _reading(job: ClusterJob, params: Mapping[str, Any]) -> Iterator[None]:
    """Copy the newest snapshots, and say of when they are."""
    _read(job, params)
    yield


@contextmanager
def _showing(job: ClusterJob, params: dict[str, Any]) -> Iterator[None]:
    """Copy the newest snapshots again and again; orders given to a copy would reach nobody."""
    params["read_only"] = True
    _read(job, params)

    def look() -> None:
        while True:
            time.sleep(_LOOK)
            with suppress(StorageError, StoreError):  # what was read before is shown
                job.read(time.time())

    threading.Thread(target=look, daemon=True).start()
    yield


@contextmanager
def _writing(job: ClusterJob, params: Mapping[str, Any]) -> Iterator[None]:
    """Own every shard, and give all back."""
    job.own(time.time())
    _fetch_list(job, params)
    with _giving_back(job, params):
        yield


@contextmanager
def _exporting(job: ClusterJob, params: Mapping[str, Any]) -> Iterator[None]:
    """Read the shards and own what is exported; a cluster may crawl them meanwhile."""
    _read(job, params)
    exported = job.exported_from(publishes=bool(params.get("version")))
    if exported is None:
        yield
        return
    job.own(time.time(), [exported])
    with _giving_back(job, params):
        yield


@contextmanager
def _ordering(job: ClusterJob, _: Mapping[str, Any]) -> Iterator[None]:
    """Give orders to whoever crawls the job; they stand at its URL."""
    job.fetch_orders()
    yield
    job.send_orders()


@contextmanager
def _giving_back(job: ClusterJob, params: Mapping[str, Any]) -> Iterator[None]:
    try:
        yield
    finally:
        try:
            job.give_back(time.time(), _list_of(job, params))
        except StorageError as error:
            raise StoreError(
                f"{error}; what was done lies in {job.folder} and NOT YET at the URL: say it again"
                " on this machine, and before a cluster goes on with the job"
            ) from error


_Way = Callable[["ClusterJob", dict[str, Any]], AbstractContextManager[None]]
# What a command does with a job. One that is not named does not take a job at a URL.
_WAYS: dict[str, _Way] = {
    **dict.fromkeys(["status", "explain", "report", "find", "verify", "takedown list"], _reading),
    **dict.fromkeys(["recheck", "purge", "takedown add", "takedown acknowledge"], _writing),
    **dict.fromkeys(["takedown prove", "takedown receipt", "takedown close", "feed"], _writing),
    **dict.fromkeys(["pause", "resume", "reload"], _ordering),
    "serve": _showing,
    "export": _exporting,
}


def _read(job: ClusterJob, params: Mapping[str, Any]) -> None:
    from crawler.cli.verdicts import moment

    found = job.read(time.time())
    if found:
        oldest = moment(min(one.at for one in found))
        print(f"crawler: as of {oldest}, by the snapshots at {shown(job.url)}", file=sys.stderr)
    _fetch_list(job, params)


def _fetch_list(job: ClusterJob, params: Mapping[str, Any]) -> None:
    """Have the suppression list that the job obeys say here what it says at the URL."""
    listed = _named_list(job, params)
    if listed is not None and listed.path is not None:
        job.fetch_suppression(listed.path, listed.key)


def _list_of(job: ClusterJob, params: Mapping[str, Any]) -> Suppression | None:
    from crawler.store.suppression import open_suppression

    listed = _named_list(job, params)
    if listed is None or listed.path is None or not listed.path.exists():
        return None
    return open_suppression(listed.path, listed.key, make=False)


def _named_list(job: ClusterJob, params: Mapping[str, Any]) -> SuppressionList | None:
    """Return where the policy has the list; None if nothing was crawled yet."""
    from crawler.cli.job_policy import config_for

    with suppress(StoreError):
        return config_for(job.folder, params.get("policy")).suppression
    return None
