"""A job whose shards are kept at a URL, as a parent job in a local folder.

To read, each shard is a copy of its newest snapshot. To write, while no cluster crawls the job,
every shard is owned under an epoch of its own, as an actor would own it, and given back with a
snapshot. So each command on a job works on one that a cluster crawled.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from crawler.cluster.job_url import LAYOUT, MERGED, part_of, snapshot_numbers
from crawler.cluster.layout import WrongShardsError, lay_out, shard_folders
from crawler.cluster.promise import Published
from crawler.cluster.promise_journal import keep_published, read_published
from crawler.cluster.restoring import copy_newest, restore
from crawler.cluster.snapshot import Owner, Snapshot
from crawler.cluster.snapshots import manifests, take
from crawler.cluster.suppression_at_url import fetch_list
from crawler.cluster.url_state import (
    carry_beside,
    count_shards_at,
    fetch_beside,
    fetch_orders,
    is_at_work,
    read_epochs,
    send_orders,
    write_epochs,
)
from crawler.corpus.errors import CorpusError
from crawler.storage import is_folder, is_url, name_of
from crawler.store.connection import NoJobError, StoreError
from crawler.store.job import DATABASE
from crawler.store.ledger import Head
from crawler.store.orders import file_of_orders
from crawler.store.suppression import Suppression


@dataclass(slots=True)
class ClusterJob:
    """The job at `url`, and the folder here in which it is a parent of shards."""

    url: str
    folder: Path
    copied: dict[Path, Snapshot] = field(default_factory=dict)  # what folders are copies of
    owners: dict[Path, Owner] = field(default_factory=dict)  # of the folders that are ours now

    @property
    def parts(self) -> list[Path]:
        """The folders of the shards, and of what merged them if there is any."""
        found = shard_folders(self.folder)
        has_merged = (self.folder / MERGED).is_dir() or is_folder(part_of(self.url, MERGED))
        return [*found, self.folder / MERGED] if has_merged and len(found) > 1 else found

    def read(self, now: float) -> list[Snapshot]:
        """Bring every shard here to its newest snapshot; return those.

        Raises:
            StorageError: The URL is out of reach.
            StoreError: What is there cannot be read.
        """
        self._lay_out()
        for part in self.parts:
            found = copy_newest(part_of(self.url, part), part, now)
            if found is not None:
                self.copied[part] = found
        fetch_beside(self.url, self.folder)
        return [*self.copied.values()]

    def own(self, now: float, parts: list[Path] | None = None) -> None:
        """Own the shards, or only some `parts`, until they are given back.

        Raises:
            StoreError: A cluster crawls the job, or what is there cannot be read.
            StorageError: The URL is out of reach.
        """
        self._lay_out()
        wanted = self.parts if parts is None else parts
        if parts is None and is_at_work(self.url, time.monotonic, time.sleep):
            raise StoreError(
                f"a cluster is crawling {self.url}: stop it (crawler cluster stop {self.url}) and"
                " say this again; only pause, resume and reload reach it while it crawls"
            )
        epochs = self._next_epochs(wanted)
        fetch_beside(self.url, self.folder)
        for part in wanted:
            owner = Owner(epochs[part], f"desk-{uuid4().hex}")
            restore(part_of(self.url, part), part, owner, now)
            self.owners[part] = owner

    def _next_epochs(self, wanted: list[Path]) -> dict[Path, int]:
        """Take the next epoch of each part, noted where whoever gives them out will see it."""
        shards = shard_folders(self.folder)
        stored = read_epochs(self.url) or {}
        given = [int(epoch) for epoch, _ in stored.get("shards", ())]
        given += [0] * (len(shards) - len(given))
        found = {}
        for part in wanted:
            newest = next(map(snapshot_numbers, manifests(part_of(self.url, part))), None)
            before = given[shards.index(part)] if part in shards else 0
            found[part] = max(before, newest[0] if newest else 0) + 1
        if any(part in found for part in shards):
            taken = [found.get(part, epoch) for part, epoch in zip(shards, given, strict=True)]
            mine = {"shards": [[epoch, ""] for epoch in taken], "coordinator": "desk"}
            write_epochs(self.url, {**stored, **mine})
        return found

    def give_back(self, now: float, listed: Suppression | None = None) -> None:
        """Send what became of the shards that are ours; nobody here works on them any more.

        Raises:
            StorageError: The URL is out of reach. What was done lies here, and the next command on
                this machine goes on with it.
            FencedError: Somebody has taken a shard over meanwhile.
        """
        for part, owner in self.owners.items():
            if (part / DATABASE).is_file():
                take(part, part_of(self.url, part), owner, now, clean=True, listed=listed)
        if self.owners:
            carry_beside(self.folder, self.url)
        self.owners.clear()

    def exported_from(self, *, publishes: bool) -> Path | None:
        """Return the folder that an export writes to: what merges the shards, made if it is not.

        Of one shard it is the shard itself, and None if nothing is published from it.
        """
        parts = shard_folders(self.folder)
        if len(parts) > 1:
            return self.folder / MERGED
        return parts[0] if publishes else None

    def publish(self, part: Path, version: str, now: float, last: Head) -> None:
        """Have no restore go back behind what is exported from a part, nor behind its shards.

        Raises:
            CorpusError: The version was published from another state.
            StorageError: The URL is out of reach: nothing counts as published.
        """
        known = read_published(part_of(self.url, part))
        if version and any(one.version == version and one.hash != last.hash for one in known):
            raise CorpusError(
                "nothing was exported", f"version {version} is published", "choose the next"
            )
        owner = self.owners.get(part)
        if owner is not None:  # the head that is promised must be there
            take(part, part_of(self.url, part), owner, now)
            keep_published(part_of(self.url, part), Published(last.seq, last.hash, version))
        for shard, snapshot in self.copied.items():
            if shard not in self.owners and snapshot.head[0]:
                keep_published(part_of(self.url, shard), Published(*snapshot.head, version))

    def fetch_orders(self) -> None:
        """Have the orders that stand at the URL stand here, and know how many shards there are."""
        self._lay_out()
        fetch_orders(self.url, self.folder)

    def send_orders(self) -> None:
        """Have the orders that stand here stand at the URL."""
        if file_of_orders(self.folder).is_file():
            send_orders(self.url, self.folder)

    def fetch_suppression(self, path: Path, key: Path | None) -> None:
        """Have the operator's list here say what it says at the URL."""
        fetch_list(self.url, path, key)

    def _lay_out(self) -> None:
        count = count_shards_at(self.url)
        if count is None:
            raise NoJobError(f"{self.url} holds no job (there is no {LAYOUT} in it)")
        try:
            lay_out(self.folder, count)
            point_to(self.folder, self.url)
        except WrongShardsError as error:
            raise StoreError(
                f"{self.folder} is not the folder of {self.url}, which has {count} shards: {error}"
            ) from error


def cluster_job(place: str, state: Path) -> ClusterJob | None:
    """Return the job on a cluster that `place` names, None if it names a plain folder.

    That is a URL, a folder that is one (on a file system that all nodes share), or a folder here
    whose `cluster.json` names the URL. What a URL's shards are copied to lies in `state`.

    Raises:
        StoreError: The folder's file is damaged.
    """
    if is_url(place):
        return ClusterJob(place.rstrip("/"), _kept(place.rstrip("/"), state))
    folder = Path(place.removeprefix("file://"))
    path = folder / LAYOUT
    if not path.is_file():
        return None
    try:
        value = json.loads(path.read_bytes())
        if "url" in value:
            return ClusterJob(str(value["url"]).rstrip("/"), folder)
        int(value["shards"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreError(f"{path} is damaged: it should name the URL of the job") from error
    url = str(folder.resolve())
    return ClusterJob(url, _kept(url, state))


def point_to(folder: Path, url: str) -> None:
    """Let `folder` stand for the job at `url`, for commands on it."""
    folder.mkdir(parents=True, exist_ok=True)
    if url_of_folder(folder) != url:
        draft = folder / f"{LAYOUT}.new"
        draft.write_text(json.dumps({"url": url}))
        draft.replace(folder / LAYOUT)


def url_of_folder(folder: Path) -> str:
    """Return where the shards of the job in `folder` are kept, "" for any other job."""
    try:
        value = json.loads((folder / LAYOUT).read_bytes())
        return str(value.get("url", ""))
    except (OSError, ValueError, AttributeError, RecursionError):
        return ""


def _kept(url: str, state: Path) -> Path:
    name = f"{name_of(url) or 'job'}-{sha256(url.encode()).hexdigest()[:12]}"
    return state / "jobs" / name
