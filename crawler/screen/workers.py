"""Who works on the files of a screening: this process, several of it, or those of a Ray cluster.

All are given one function and a task for each file, and hand the results back in that order.
"""

from __future__ import annotations

import gc
import logging
import os
import platform
import signal
import socket
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from crawler.fetch.fork_server import end_with_parent
from crawler.store.connection import StoreError

T = TypeVar("T")
R = TypeVar("R")
_AHEAD = 4  # tasks under way or waiting for each processor of a cluster
_PATIENCE = 5.0  # seconds until something listens; Ray alone waits for a minute and says little
_STORE = 80_000_000  # octets, the least that Ray takes: what we hand over is small


class NoRayError(StoreError):
    """Ray is not installed, no cluster answers, or its nodes lack what they need."""


class Workers(Protocol):
    """Whoever works on files."""

    def map(self, function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]: ...


class Alone:
    """Nobody but this process."""

    def map(self, function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
        return map(function, tasks)


class Processes:
    """Several processes of this machine."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def map(self, function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
        return (map if len(tasks) <= 1 else self._pool.map)(function, tasks)


@contextmanager
def processes(workers: int, warm: Callable[[], None]) -> Iterator[Workers]:
    """Start the processes that read, decide and write; this one does it alone where it is one.

    They are forks, so that what is imported, and what `warm` loads, is there in all. This process
    has one thread then, and no database open.
    """
    if workers <= 1:
        yield Alone()
        return
    warm()
    gc.freeze()  # else each would copy what it only reads
    fork = sys.platform == "linux"
    pool = ProcessPoolExecutor(workers, get_context("fork" if fork else "spawn"), _begin)
    try:
        pool.submit(os.getpid).result()  # all are started by the first task
        yield Processes(pool)
    except BaseException:
        for child in active_children():
            child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def tune_interpreter() -> None:
    """Look for cycles seldom: rows and decisions live for a while and form none."""
    gc.set_threshold(100_000, 50, 100)


def _begin() -> None:
    """Have Ctrl-C, and the end of its parent, end a process of the pool without a word."""
    tune_interpreter()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    end_with_parent()


class RayTasks:
    """The workers of a Ray cluster, each file a task. A task whose node dies is done elsewhere."""

    def __init__(self, ray: Any, folder: Path) -> None:  # noqa: ANN401 - a module, loaded late
        self._ray = ray
        self._place = (os.getcwd(), folder)  # noqa: PTH109 - as the paths of the plan are read

    def map(self, function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
        remote = self._ray.remote(_on_node)
        ahead = _AHEAD * max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        waiting: deque[Any] = deque()
        for task in tasks:
            waiting.append(remote.remote(self._place, function, task))
            if len(waiting) >= ahead:
                yield self._result(waiting.popleft())
        while waiting:
            yield self._result(waiting.popleft())

    def _result(self, task: Any) -> Any:  # noqa: ANN401 - Ray's own
        """Return what came of a task; its error is raised as it was, without Ray's page of text."""
        try:
            return self._ray.get(task)
        except self._ray.exceptions.RayTaskError as error:
            raise getattr(error, "cause", error) from None
        except self._ray.exceptions.RayError as error:
            raise NoRayError(
                f"the Ray cluster lost a task: {str(error).splitlines()[0]}"
            ) from error


def _on_node(place: tuple[str, Path], function: Callable[[T], R], task: T) -> R:
    """Do a task where the driver's paths mean the same."""
    here, folder = place
    try:
        os.chdir(here)
    except OSError:
        seen = False
    else:
        seen = folder.is_dir()
    if not seen:
        raise NoRayError(
            f"node {platform.node()} does not see {folder.absolute()} from {here}: with --ray"
            " the job, the inputs and --out lie in a folder that all nodes have at the same path"
        )
    tune_interpreter()
    return function(task)


@contextmanager
def ray_tasks(address: str, workers: int, folder: Path) -> Iterator[Workers]:
    """Join the cluster at `address`, or start one of `workers` processes here where it is "".

    `folder`: what every node must see.

    Raises:
        NoRayError: Ray is not installed, or no cluster answers there.
    """
    # Who works with what is nobody else's business.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise NoRayError("--ray needs the extra `cluster`: install consent-crawler[cluster]") from (
            error
        )
    asked: dict[str, Any] = {"address": address or os.environ.get("RAY_ADDRESS") or "local"}
    if asked["address"] == "local":
        asked |= {"num_cpus": workers if workers > 1 else None, "include_dashboard": False}
        asked["object_store_memory"] = _STORE
    try:
        _knock(asked["address"])
        ray.init(**asked, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        why = str(error).splitlines()[:1]
        raise NoRayError(
            f"no Ray cluster answers at {asked['address']} ({why[0] if why else 'no answer'}):"
            " start one (`ray start --head`), name another, or leave the address out; one that asks"
            " for a token wants RAY_AUTH_MODE=token"
        ) from error
    try:
        yield RayTasks(ray, folder)
    finally:
        ray.shutdown()


def _knock(address: str) -> None:
    """Raise OSError if nothing listens at HOST:PORT."""
    place = urlsplit(address if "://" in address else f"//{address}")
    if place.hostname and place.port:
        socket.create_connection((place.hostname, place.port), _PATIENCE).close()
