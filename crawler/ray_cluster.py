"""A Ray cluster that is there already, or one on this machine for as long as the command runs."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from crawler.store.connection import StoreError

_ANSWER = 5.0  # seconds for somebody to take a connection
_STORE = 128 << 20  # bytes of shared memory: batches of messages pass through it, pages do not


class NoRayError(StoreError):
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
def connected(
    address: str, cpus: float | None, *, namespace: str | None = None, quiet: bool = False
) -> Iterator[Any]:
    """Be a driver at `address`; "" starts a cluster here that has `cpus`, and ends it.

    Yields the module. cpus: None for as many as there are. quiet: errors alone are told.

    Raises:
        NoRayError: Ray is not installed, or no cluster answers there.
    """
    require_ray()
    import ray  # noqa: PLC0415

    given: dict[str, Any] = {
        "namespace": namespace,
        "logging_level": logging.ERROR if quiet else logging.WARNING,
        "log_to_driver": not quiet,
    }
    address = address or os.environ.get("RAY_ADDRESS", "")
    if address and address != "local":
        _require_answer(address)
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
        raise _nobody(address, " ".join(str(error).split())[:300]) from error
    try:
        yield ray
    finally:
        ray.shutdown()


def _require_answer(address: str) -> None:
    """Raise NoRayError if nobody listens there: Ray itself tries for minutes."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if not (host and port.isdigit()):
        return  # "auto", which Ray looks up
    try:
        socket.create_connection((host.strip("[]"), int(port)), _ANSWER).close()
    except (OSError, OverflowError) as error:
        raise _nobody(address, str(error)) from error


def _nobody(address: str, why: str) -> NoRayError:
    return NoRayError(
        f"no Ray cluster answers at {address or 'this machine'} ({why}): start one with"
        " `ray start --head`, or leave the address out for one on this machine; one that asks for a"
        " token wants RAY_AUTH_MODE=token"
    )
