"""A Ray cluster that is there already, or one on this machine for as long as the command runs."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from crawler.store.connection import StoreError

_STORE = 128 << 20  # bytes of shared memory: batches of messages pass through it, pages do not


class NoRayError(Exception):
    """Ray is not installed, or no cluster answers; the message says what to do."""


def require_ray() -> None:
    """Raise NoRayError unless Ray can be imported."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would ask the network
    try:
        import ray  # noqa: F401, PLC0415 - an extra, and a second to load
    except ImportError as error:
        what = 'pip install "consent-crawler[cluster]"'
        raise NoRayError(f"a cluster needs Ray, which is not installed ({error}): {what}") from None


@contextmanager
def connected(address: str, namespace: str, cpus: float) -> Iterator[None]:
    """Be a driver at `address`; "" starts a cluster here that has `cpus`, and ends it.

    Raises:
        NoRayError: Ray is not installed, or no cluster answers there.
    """
    require_ray()
    import ray  # noqa: PLC0415

    given: dict[str, Any] = {"namespace": namespace, "logging_level": logging.WARNING}
    address = address or os.environ.get("RAY_ADDRESS", "")
    if address and address != "local":
        given |= {"address": address}
    else:
        given |= {
            "address": "local",
            "num_cpus": cpus,
            "include_dashboard": False,
            "object_store_memory": _STORE,
        }
    try:
        ray.init(**given)
    except (ConnectionError, RuntimeError, ValueError, OSError, TimeoutError) as error:
        text = " ".join(str(error).split())[:300]
        raise NoRayError(
            f"no Ray cluster answers at {address or 'this machine'} ({text}): start one with"
            " `ray start --head`, or leave --address out for one on this machine"
        ) from error
    try:
        yield
    finally:
        ray.shutdown()


__all__ = ["NoRayError", "StoreError", "connected", "require_ray"]
