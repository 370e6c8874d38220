"""Ends a crawl on a cluster from anywhere: the wish lies at the job's URL, its driver heeds it."""

from __future__ import annotations

from collections.abc import Callable

from crawler.cluster.job_url import STOP
from crawler.cluster.url_state import is_at_work, read_epochs
from crawler.storage import delete, exists, join, shown, writing
from crawler.store.connection import StoreError

_LOOK = 1.0  # seconds


def stop_at(
    url: str, patience: float, clock: Callable[[], float], sleep: Callable[[float], None]
) -> str:
    """Have the crawl of the job at `url` end, and wait for it; return what to say of it.

    Raises:
        StoreError: Nobody crawls the job, or it has not ended within `patience` seconds.
        StorageError: The URL is out of reach.
    """
    if not is_at_work(url, clock, sleep):
        raise StoreError(f"nobody crawls {shown(url)}")
    wish_to_stop(url)
    until = clock() + patience
    while clock() < until:
        shards = (read_epochs(url) or {}).get("shards", [])
        if not any(owner for _, owner in shards):
            forget_wish(url)
            return f"stopped: {len(shards)} shards have ended"
        sleep(_LOOK)
    raise StoreError(
        f"{shown(url)}: its shards have been told to end and have not, after {patience:.0f} s"
    )


def wish_to_stop(url: str) -> None:
    with writing(join(url, STOP)) as file:
        file.write(b"{}")


def is_wished(url: str) -> bool:
    """Say if the crawl is to end."""
    return exists(join(url, STOP))


def forget_wish(url: str) -> None:
    delete(join(url, STOP))
