"""Names of a package whose modules are loaded when one of them is asked for (PEP 562).

A policy is read without the client that fetches, a decision is made without the crawl.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module


def names_from(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return the `__getattr__` of `package`: `homes` has the module of each name it shows."""

    def found(name: str) -> object:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        with _no_rubbish():
            value = getattr(import_module(f"{package}.{home}"), name)
        setattr(sys.modules[package], name, value)  # and is not asked for again
        return value

    return found


@contextmanager
def _no_rubbish() -> Iterator[None]:
    """Look for no rubbish while modules are loaded: all of it stays, and that takes a tenth."""
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()
