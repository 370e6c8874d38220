"""Small files at a job's URL by which its parts and the command line tell each other.

How many shards there are, which epochs were given out, a sign of life, the operator's orders, a
question to read the policy again. Each is replaced as a whole.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crawler.cluster.job_url import (
    ANSWER,
    ASKED,
    COORDINATOR,
    FEED,
    LAYOUT,
    MOST_SHARDS,
    ORDERS,
    PULSE,
)
from crawler.cluster.layout import WrongShardsError
from crawler.corpus.removal.still_sought import FILE as MEMORY
from crawler.storage import copy, delete, exists, join, open_stream, writing
from crawler.store.connection import StoreError
from crawler.store.orders import file_of_orders

_MARGIN = 3  # beats that may be late before nobody is taken to be at work
_LOOK = 0.5  # seconds between two looks for the next beat


def lay_out_url(url: str, count: int) -> None:
    """Note that the job at `url` has `count` shards, or check that it has.

    Raises:
        WrongShardsError: It has another number: sites would change hands.
        StorageError: The URL is out of reach.
    """
    found = count_shards_at(url)
    if found is None:
        _write(join(url, LAYOUT), {"shards": count})
    elif found != count:
        raise WrongShardsError(f"{url} has {found} shards: go on with --shards {found}")


def count_shards_at(url: str) -> int | None:
    """Return how many shards the job at `url` has, None if there is no job.

    Raises:
        StorageError: The URL is out of reach.
        StoreError: What says it is damaged.
    """
    value = _read(join(url, LAYOUT))
    if value is None:
        return None
    count = value.get("shards")
    if not (isinstance(count, int) and 1 <= count <= MOST_SHARDS):
        raise _damaged(join(url, LAYOUT), "it should say how many shards there are")
    return count


# --- who is at work ----------------------------------------------------------------------------


def write_epochs(url: str, stored: Mapping[str, Any]) -> None:
    """Keep the epochs given out and their owners, before anybody is told: `LeaseBook.stored`."""
    _write(join(url, COORDINATOR), stored)


def read_epochs(url: str) -> dict[str, Any] | None:
    """Return the epochs given out, None if none ever was."""
    return _read(join(url, COORDINATOR))


def beat(url: str, number: int, every: float, lease: float) -> None:
    """Give a sign of life, which differs from the last, every `every` seconds.

    `lease`: seconds for which an owner may go on when nobody beats any more.
    """
    _write(join(url, PULSE), {"number": number, "every": every, "lease": lease})


def stop_beating(url: str) -> None:
    """Say that nobody is at work, all leases having been given back."""
    delete(join(url, PULSE))


def is_at_work(url: str, clock: Callable[[], float], sleep: Callable[[float], None]) -> bool:
    """Say if a cluster crawls the job, or may: wait for its next sign of life where it owns shards.

    Only durations are compared: nobody's time of day is.

    Raises:
        StorageError: The URL is out of reach.
    """
    epochs = read_epochs(url) or {}
    shards = epochs.get("shards")
    if not isinstance(shards, list) or not any(owner for _, owner in shards):
        return False
    first = _read(join(url, PULSE))
    if first is None:
        return True  # it owns shards, and nothing tells since when it is silent
    until = clock() + _MARGIN * float(first["every"]) + float(first["lease"])
    while clock() < until:
        sleep(_LOOK)
        if (now := _read(join(url, PULSE))) != first:
            return now is not None
    return False


# --- what purges seek, orders, and the policy read again ------------------------------------------


def send_orders(url: str, folder: Path) -> None:
    """Let the orders that stand in `folder` hold for whoever crawls the job at `url`."""
    with writing(join(url, ORDERS)) as file:
        file.write(file_of_orders(folder).read_bytes())


def fetch_orders(url: str, folder: Path) -> bool:
    """Let the orders at `url` hold in `folder`, where a crawl looks for them; say if they are new.

    Raises:
        StorageError: The URL is out of reach: what held before holds.
    """
    place = join(url, ORDERS)
    if not exists(place):
        return False
    with open_stream(place) as file:
        data = file.read()
    path = file_of_orders(folder)
    if path.is_file() and path.read_bytes() == data:
        return False
    with writing(str(path)) as held:
        held.write(data)
    return True


@dataclass(frozen=True, slots=True)
class Reread:
    """What whoever drives the cluster answered to `token`."""

    token: str
    done: bool  # the policy was read again and is in force
    said: str


def ask_to_reread(url: str) -> str:
    """Ask whoever drives the job's cluster to read its policy again; return a token."""
    token = secrets.token_hex(8)
    _write(join(url, ASKED), {"token": token})
    return token


def asked_to_reread(url: str) -> str:
    """Return the token of the last question that was not answered, "" if there is none."""
    token = str((_read(join(url, ASKED)) or {}).get("token", ""))
    answered = read_answer(url)
    return "" if answered is not None and answered.token == token else token


def answer(url: str, answered: Reread) -> None:
    _write(join(url, ANSWER), asdict(answered))


def read_answer(url: str) -> Reread | None:
    value = _read(join(url, ANSWER))
    try:
        return None if value is None else Reread(**value)
    except TypeError as error:
        raise _damaged(join(url, ANSWER), str(error)) from error


def fetch_beside(url: str, folder: Path) -> None:
    """Have what lies beside the shards here: what purges still seek, and the feed of removals.

    Raises:
        StoreError: The feed here and the one at the URL do not go on from each other.
        StorageError: The URL is out of reach.
    """
    for name in (MEMORY, FEED):
        place, path = join(url, name), folder / name
        if not exists(place):
            continue
        with open_stream(place) as file:
            there = file.read()
        here = path.read_bytes() if path.exists() else b""
        if name == FEED and not (here.startswith(there) or there.startswith(here)):
            raise StoreError(
                f"{path} and {place} are two feeds: holders of copies were told different things;"
                " keep the one that was published, and remove the other"
            )
        # What purges seek is known here, if anything is; a feed only grows.
        if len(there) > len(here) and (name == FEED or not here):
            with writing(str(path)) as held:
                held.write(there)


def carry_beside(folder: Path, url: str) -> None:
    """Let the URL have what lies beside the shards here, and not what is gone."""
    for name in (MEMORY, FEED):
        if (folder / name).exists():
            copy(str(folder / name), join(url, name))
        elif name == MEMORY:
            delete(join(url, name))


def _read(place: str) -> dict[str, Any] | None:
    if not exists(place):
        return None
    with open_stream(place) as file:
        data = file.read()
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _damaged(place, str(error)) from error
    if not isinstance(value, dict):
        raise _damaged(place, "it should be an object")
    return value


def _write(place: str, value: Mapping[str, Any]) -> None:
    with writing(place) as file:
        file.write(json.dumps(value).encode())


def _damaged(place: str, why: str) -> StoreError:
    return StoreError(f"{place} is damaged ({why}): restore it from a copy")
