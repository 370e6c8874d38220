"""Who works on the files of a screening: this process, several of it, or those of a Ray cluster.

All are given one function and a task for each file, and hand the results back in that order.
"""

from __future__ import annotations

import gc
import os
import platform
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any, Protocol, TypeVar

from crawler.fetch.fork_server import end_with_parent
from crawler.ray_cluster import NoRayError, connected

T = TypeVar("T")
R = TypeVar("R")
_AHEAD = 4  # tasks under way or waiting for each processor of a cluster


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
        return self._pool.map(function, tasks)


@contextmanager
def processes(
    workers: int, warm: Callable[[], None] | None = None, *, apart: bool = False
) -> Iterator[Workers]:
    """Start the processes that read, decide and write; this one does it alone where it is one.

    apart: one, too, is another process, so that what deciding took of memory, which no allocator
    gives back whole, does not add to what this one needs to bring the results together.

    They are forks, so that what is imported, and what `warm` loads, is there in all. This process
    has one thread then, and no database open.
    """
    if workers <= 1 and not apart:
        yield Alone()
        return
    if warm is not None:
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
    cpus = workers if workers > 1 else None
    with connected(address, cpus, quiet=True) as ray:
        yield RayTasks(ray, folder)
