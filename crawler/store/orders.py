"""What the operator ordered beside the policy, in one small file: to pause, and other limits.

The file is the order: it holds for the crawl at work, which looks at it again and again, and for
every later run. So it needs no process to be told and reaches one in another container.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from crawler.durable_files import replace_durably
from crawler.store.connection import StoreError, explain_os

_NAME = "orders.json"


@dataclass(frozen=True, slots=True)
class Orders:
    """`paused_since` is seconds since the epoch, 0.0 if nothing is paused.

    `limits` stand in the place of the policy's and the command line's: seconds, bytes or
    counts; None lifts one.
    """

    paused_since: float = 0.0
    limits: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def paused(self) -> bool:
        return self.paused_since > 0.0


def file_of_orders(job: Path) -> Path:
    """Return where the orders for the job stand."""
    return job / _NAME


def read_orders(job: Path) -> Orders:
    """Return the orders for the job (of several shards: for their parent).

    Raises:
        StoreError: They cannot be read: whether to go on is then for the operator to say.
    """
    try:
        found = json.loads((job / _NAME).read_bytes())
        orders = Orders(
            float(found["paused_since"]),
            {
                str(name): None if value is None else float(value)
                for name, value in found["limits"].items()
            },
        )
    except (FileNotFoundError, NotADirectoryError):
        return Orders()
    except OSError as error:
        raise explain_os(error) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(job) from error
    if not orders.paused_since >= 0.0:  # nor is it a number that is none
        raise _damaged(job)
    return orders


def _damaged(job: Path) -> StoreError:
    return StoreError(
        f"{job / _NAME} is damaged: it should say if the crawl is paused, and its limits;"
        " give the order again (`crawler pause JOB` or `crawler resume JOB`)"
    )


def stamp_of_orders(job: Path) -> tuple[int, int]:
    """Return what changes whenever the orders do; looking costs microseconds."""
    try:
        found = (job / _NAME).stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_ino)


def order(job: Path, change: Callable[[Orders], Orders]) -> Orders:
    """Change the orders and return the new ones; nobody else changes them meanwhile.

    Damaged orders count as none.

    Raises:
        StoreError: The folder cannot be written.
    """
    try:
        folder = os.open(job, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            try:
                before = read_orders(job)
            except StoreError:
                before = Orders()
            after = change(before)
            # A power cut must not let a paused crawl go on.
            replace_durably(job / _NAME, json.dumps(asdict(after)).encode())
        finally:
            os.close(folder)
    except OSError as error:
        raise _told(job, error) from error
    return after


def _told(job: Path, error: OSError) -> Exception:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return StoreError(f"{job} is no job folder: {error.strerror}")
    return explain_os(error)
