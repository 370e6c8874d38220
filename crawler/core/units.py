"""Durations and sizes as an operator writes them: "2s", "10m", "30d", "5MB"."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

_DURATION = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_SIZE = {"B": 1, "kB": 1_000, "KiB": 1_024, "MB": 10**6, "MiB": 2**20, "GB": 10**9, "GiB": 2**30}
_QUANTITY = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]+)\s*\Z")


def seconds(value: object) -> float:
    """Return the seconds that `value` ("2s", "1.5h") names.

    Raises:
        ValueError: It is no number with one of the units ms, s, m, h, d.
    """
    return _quantity(value, _DURATION, 'a duration such as "2s", "10m", "24h" or "30d"')


def size(value: object) -> int:
    """Return the bytes that `value` ("5MB", "512KiB") names.

    Raises:
        ValueError: It is no number with one of the units B, kB, KiB, MB, MiB, GB, GiB.
    """
    return int(_quantity(value, _SIZE, 'a size such as "512kB", "5MB" or "2GiB"'))


def _quantity(value: object, units: dict[str, float] | dict[str, int], want: str) -> float:
    match = _QUANTITY.match(value) if isinstance(value, str) else None
    if match is None or match[2] not in units:
        msg = f"expected {want}, got {value!r}"
        raise ValueError(msg)
    return float(match[1]) * units[match[2]]


Duration = Annotated[float, BeforeValidator(seconds)]
Size = Annotated[int, BeforeValidator(size)]


class Settings(BaseModel):
    """Base of every part's settings: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)
