"""What lies where at the URL of a job on a cluster: names, and nothing that reaches it.

cluster.json                                 how many shards the job has
coordinator.json, pulse.json                 epochs given out, and a sign of life
orders.json                                  the operator's orders: to pause, and limits
reload.asked, reload.answer                  a question to read the policy again
sought.json, removals.jsonl                  what purges still look for; the feed of removals
suppression/list, suppression/key            the suppression list, so that every node has it
shards/000/snapshots/EPOCH-NUMBER.json       a snapshot's manifest, written last
shards/000/pieces/SHA256                     what files are made of, by their own hash
shards/000/promises/EPOCH-NAME.json          what was promised since
shards/000/heads/SEQ-HASH.json               what was published from its ledger
shards/merged/...                            what exports of all shards are written from
"""

from __future__ import annotations

import re
from pathlib import Path

from crawler.storage import join, name_of

LAYOUT = "cluster.json"
COORDINATOR = "coordinator.json"
PULSE = "pulse.json"
ORDERS = "orders.json"
FEED = "removals.jsonl"
STOP = "stop.json"
ASKED, ANSWER = "reload.asked", "reload.answer"
MERGED = "merged"
_SHARD = "shard-"  # as local folders of shards begin
_SNAPSHOT = re.compile(r"([0-9]{10})-([0-9]{10})\.json")
# Wide enough that names sort as numbers do.
_WIDTH = 10
MOST_SHARDS = 10_000


def part_of(url: str, folder: Path | str) -> str:
    """Return where a folder of the parent job is kept: that of a shard, or `merged`."""
    name = Path(folder).name
    return join(url, "shards", name.removeprefix(_SHARD))


def shard_part(url: str, shard: int) -> str:
    """Return where a shard is kept, by its number."""
    return part_of(url, f"{_SHARD}{shard:03d}")


def folder_name(part: str) -> str:
    """Return what the local folder of a part is called: the inverse of `part_of`."""
    name = name_of(part)
    return f"{_SHARD}{name}" if name.isdecimal() else name


def snapshots_of(part: str) -> str:
    return join(part, "snapshots")


def pieces_of(part: str) -> str:
    return join(part, "pieces")


def promises_of(part: str) -> str:
    return join(part, "promises")


def heads_of(part: str) -> str:
    return join(part, "heads")


def snapshot_place(part: str, epoch: int, number: int) -> str:
    return join(snapshots_of(part), f"{epoch:0{_WIDTH}d}-{number:0{_WIDTH}d}.json")


def snapshot_numbers(place: str) -> tuple[int, int] | None:
    """Return epoch and number of a snapshot by the name of its manifest, None if it is none."""
    found = _SNAPSHOT.fullmatch(name_of(place))
    return (int(found[1]), int(found[2])) if found else None


def snapshot_order(place: str) -> tuple[int, int]:
    """Return the same to sort by: what is no snapshot comes before all that are."""
    return snapshot_numbers(place) or (0, 0)


def url_of(part: str) -> str:
    """Return the job's URL, given one of its parts."""
    return part.rsplit("/", 2)[0]


def suppression_list_of(url: str) -> str:
    return join(url, "suppression", "list")


def suppression_key_of(url: str) -> str:
    return join(url, "suppression", "key")
