"""Finished WARC files copied to the mirror while a crawl goes on, and the last one at its end.

Beside the crawl, in a thread: a storage that is slow or out of reach holds nothing up. What could
not be copied stays here, is said, and is copied by the next run.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from crawler.storage import StorageError
from crawler.store.archive import FOLDER
from crawler.store.connection import StoreError
from crawler.store.job import Job
from crawler.store.mirror import place_of, read_mirror

_log = logging.getLogger(__name__)

_LOOK = 30.0  # seconds between two looks for a file that was finished: one holds 1 GB


@dataclass(slots=True)
class Passed:
    """What one pass over the files did."""

    copied: int = 0
    removed: int = 0  # from here
    troubles: list[str] = field(default_factory=list)


def copy_finished(folder: Path, mirror: str, names: Iterable[str], *, keep_local: bool) -> Passed:
    """Copy the files `names` of a job that are not on the mirror yet; none of them grows any more.

    Without `keep_local` a file goes from here once its copy was read back.

    Raises:
        StoreError: What lies on the mirror is not known.
    """
    passed = Passed()
    known = read_mirror(folder)
    for name in names:
        path = known.local(name)
        if not path.is_file():
            continue
        try:
            if name not in known.files or known.files[name].bytes != path.stat().st_size:
                known.put(name, place_of(mirror, folder, name))
                passed.copied += 1
        except StorageError as error:
            passed.troubles.append(str(error))
            continue
        if not keep_local:
            path.unlink()
            passed.removed += 1
    return passed


@asynccontextmanager
async def mirroring(job: Job, mirror: str, *, keep_local: bool) -> AsyncIterator[None]:
    """Copy a job's finished WARC files to `mirror` while the block runs; "" copies nothing."""
    if not mirror:
        yield
        return
    end = threading.Event()
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    whole: list[str] = []

    def work() -> None:
        try:
            look()
        finally:
            with suppress(RuntimeError):  # the crawl was interrupted and is gone
                loop.call_soon_threadsafe(done.set)

    def look() -> None:
        told = ""
        while not end.wait(_LOOK):
            # The newest one grows; those before it are complete and on disk.
            names = sorted(path.name for path in (job.folder / FOLDER).glob("*.warc.gz"))[:-1]
            passed = _pass(job.folder, mirror, names, keep_local=keep_local)
            if passed.troubles and passed.troubles[0] != told:
                told = passed.troubles[0]
                _log.warning("not on the mirror yet: %s; it is tried again", told)
        passed = _pass(job.folder, mirror, whole, keep_local=keep_local)
        if passed.troubles:
            told = "%s WARC files are not on the mirror: %s; the next run tries again"
            _log.warning(told, len(passed.troubles), passed.troubles[0])

    threading.Thread(target=work, name="mirror", daemon=True).start()
    try:
        yield
    finally:
        rows = await job.database.read(
            lambda connection: connection.execute("SELECT file, committed FROM archive").fetchall()
        )
        whole += [name for name, size in rows if _size(job.folder / FOLDER / name) == size]
        end.set()
        # Whoever interrupts this waits for no storage: what was not read back counts for nothing.
        await done.wait()


def _pass(folder: Path, mirror: str, names: Iterable[str], *, keep_local: bool) -> Passed:
    try:
        return copy_finished(folder, mirror, names, keep_local=keep_local)
    except (OSError, StoreError) as error:
        return Passed(troubles=[str(error)])


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
