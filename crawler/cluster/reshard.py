"""Another number of shards for a job: every site moves with all that is known of it, offline.

The old job is proven first, for what is sealed anew would look untouched; the new one is made
beside it, compared with it row by row and proven as well; only then does it take its place.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import NamedTuple

from crawler.cluster.earlier_ledgers import FOLDER as LEDGERS
from crawler.cluster.earlier_ledgers import KIND, keep, verify_earlier
from crawler.cluster.inventory import inventory, links_in, unlike
from crawler.cluster.layout import LAYOUT, MERGED, shard_folder, shard_folders
from crawler.cluster.moving_archives import Archives
from crawler.cluster.moving_rows import Moving, Place
from crawler.cluster.published import keep_published
from crawler.cluster.swapping import DRAFT, OWN, begin, drop_draft, own_names
from crawler.core.consent import decide, rules_version
from crawler.corpus.upkeep.verify_job import SAMPLE, verify_job
from crawler.durable_files import sync_folder
from crawler.frontier.link_rules import Candidate
from crawler.frontier.shard_messages import message_from
from crawler.frontier.sharding import Share
from crawler.screen.screened_jobs import is_screening
from crawler.store.connection import StoreError
from crawler.store.database import Connection, commit, connect
from crawler.store.job import DATABASE, hold, open_for_writing, read_job
from crawler.store.ledger import append, head
from crawler.store.mirror import read_mirror
from crawler.store.row_seals import secret_of, share_secret

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Resharded:
    """How many shards there were and are, and what they hold."""

    before: int
    after: int
    hosts: int
    urls: int
    pages: int


def reshard(job: Path, shards: int, say: Say) -> Resharded | None:
    """Deal the sites of a job out over so many shards; None if it has so many already.

    Killed at any moment it leaves the old job or the new; done again it goes on.

    Raises:
        StoreError: A process works on the job, it is not what was written, or what was made is not
            the same. The old one is as it was.
    """
    folders = shard_folders(job)  # a swap that was begun is brought to its end first
    drop_draft(job)
    if len(folders) == shards:
        return None
    begun = [folder for folder in folders if (folder / DATABASE).is_file()]
    _check(job, folders, begun)
    with ExitStack() as held:
        for folder in sorted({job, *begun}):
            held.enter_context(hold(folder))
        for folder in begun:
            open_for_writing(folder).close()  # brought up to date
        say(f"verifying {len(begun)} shards" if len(folders) > 1 else f"verifying {job}")
        _prove(job, begun)
        draft = job / DRAFT
        draft.mkdir()
        made = _make(job, begun, draft, shards, say)
        say("verifying what was made")
        _prove(job, made)
        before, after = inventory(begun), inventory(made)
        if wrong := unlike(before, after):
            raise StoreError(
                f"{job} was not changed, for what was made is not the same ({wrong}):"
                " look with `crawler doctor`"
            )
        mirrored = [item.place for folder in begun for item in read_mirror(folder).files.values()]
        _keep_what_is_left(job, draft)
        _sync(draft)
        begin(job, own_names(job), mirrored)
    return Resharded(
        len(folders), shards, *(after.get(kind, (0, 0))[0] for kind in ("hosts", "URLs", "pages"))
    )


def _check(job: Path, folders: Sequence[Path], begun: Sequence[Path]) -> None:
    if not begun:
        raise StoreError(f"{job} holds nothing yet: crawl it with --shards N")
    if lost := [folder.name for folder in folders if folder not in begun]:
        raise StoreError(
            f"nothing was changed: there is no {DATABASE} in {', '.join(lost)} of {job}, and its"
            " sites would be lost; put it back, or if there never was one, begin it:"
            f" crawler crawl --job {job} --shards {len(folders)}"
        )
    others = (name for name in own_names(job) if job / name not in folders)
    if more := [name for name in others if (job / name / DATABASE).is_file()]:
        raise StoreError(
            f"nothing was changed: {', '.join(more)} in {job} holds a job, but is none of its"
            f" {len(folders)} shards: look with `crawler doctor {job}`, or move it away"
        )
    for folder in begun:
        if is_screening(folder):
            raise StoreError(f"{folder} holds a screening, which has no shards: nothing was done")


def _prove(job: Path, folders: Sequence[Path]) -> None:
    for folder in folders:
        faults = verify_job(folder, decide, rules_version(), SAMPLE).faults
        with read_job(folder) as connection:
            faults += tuple(verify_earlier(job, connection))
        if faults:
            raise StoreError(
                f"nothing was changed: {folder} is not what was written ({faults[0].place}"
                f" {faults[0].what}; {len(faults)} faults): see `crawler verify`, `crawler doctor`"
            )


def _make(job: Path, begun: Sequence[Path], draft: Path, shards: int, say: Say) -> list[Path]:
    """Make the new folders in the draft."""
    made = [draft] if shards == 1 else [shard_folder(draft, number) for number in range(shards)]
    for folder in made:
        folder.mkdir(exist_ok=True)
    if shards > 1:
        (draft / LAYOUT).write_text(json.dumps({"shards": shards}))
    old = _old(job, begun)
    if begun == [job] and shards > 1:
        keep_published(job, draft / MERGED, old.now)
    places: dict[Path, dict[Place, Place]] = {}
    with Archives(made) as archives:
        for folder in begun:
            with read_job(folder) as connection:
                places[folder] = archives.deal(folder, connection, read_mirror(folder).owed)
    for number, folder in enumerate(made):
        share = Share(number=number, count=shards)
        with _new(folder) as into:
            with _transaction(into):
                share_secret(into, old.secrets)
                append(into, KIND, {"from": old.ledgers}, old.now)
            moving = Moving(into, share, old.now)
            for source in begun:
                with read_job(source) as connection:
                    moving.take(connection, str(source / DATABASE), places[source])
            with _transaction(into):
                rows = archives.committed(number).items()
                into.executemany("INSERT INTO archive VALUES (?, ?)", rows)
                _links(into, begun, share)
        say(f"made shard {number + 1} of {shards}")
    return made


class _Old(NamedTuple):
    """What the new ledgers go on from: heads, the time of the last one, secrets of salts."""

    ledgers: list[dict[str, object]]
    now: float
    secrets: list[str]


def _old(job: Path, begun: Sequence[Path]) -> _Old:
    """Keep the old ledgers, and return what the new ones begin with."""
    old, now = _Old([], 0.0, []), 0.0
    for folder in begun:
        with read_job(folder) as connection:
            if told := keep(connection, job / LEDGERS):
                old.ledgers.append(told)
            now = max(now, head(connection).at)
            old.secrets.append(secret_of(connection))
    return old._replace(now=now)


def _links(into: Connection, begun: Sequence[Path], share: Share) -> None:
    """Put into a shard's outbox the links that were on their way to it."""
    for folder in begun:
        with read_job(folder) as connection:
            for text in links_in(connection, folder):
                link = message_from(text)
                if isinstance(link, Candidate) and share.owns(link.site):
                    row = (share.number, text)
                    into.execute("INSERT INTO outbox (shard, candidate) VALUES (?, ?)", row)


@contextmanager
def _new(folder: Path) -> Iterator[Connection]:
    connection = connect(folder / DATABASE)
    try:
        # Nobody reads it before it is whole; it is made durable at the end.
        connection.execute("PRAGMA synchronous = OFF")
        yield connection
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    with (folder / DATABASE).open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    yield
    commit(connection)


def _keep_what_is_left(job: Path, draft: Path) -> None:
    """Copy files that somebody put into folders that go into the draft: nothing is lost."""
    names = (f"files-of-shards-{number}" for number in count(1))
    left = next(name for name in names if not (job / name).exists())
    for folder in (job / name for name in own_names(job) if name not in OWN):
        for item in sorted(folder.iterdir()) if folder.is_dir() else ():
            if item.name in OWN or item.name.endswith(".new"):
                continue
            into = draft / left / folder.name
            into.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if item.is_dir() else shutil.copy2)(item, into / item.name)


def _sync(draft: Path) -> None:
    for root, _, _ in os.walk(draft):
        sync_folder(Path(root))
