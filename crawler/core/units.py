"""Durations and sizes as an operator writes them: "2s", "10m", "30d", "5MB"."""

from __future__ import annotations

import re
from typing import Annotated, TypeGuard

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

_DURATION = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_SIZE = {"B": 1, "kB": 1_000, "KiB": 1_024, "MB": 10**6, "MiB": 2**20, "GB": 10**9, "GiB": 2**30}
_MOST = 1e15  # a petabyte, or thirty million years: a slip of the pen, and no overflow later
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
    quantity = float(match[1]) * units[match[2]]
    if quantity > _MOST:
        msg = f"{value!r} is more than can be meant"
        raise ValueError(msg)
    return quantity


def _duration(value: object, info: ValidationInfo) -> float:
    return float(value) if _is_plain(value, info) else seconds(value)


def _size(value: object, info: ValidationInfo) -> int:
    return int(value) if _is_plain(value, info) else size(value)


def _is_plain(value: object, info: ValidationInfo) -> TypeGuard[float]:
    # Code may say 2.0; a file, which is validated as JSON, must name its unit. So must defaults,
    # which are validated with the file.
    return info.mode == "python" and type(value) in (int, float)


Duration = Annotated[float, BeforeValidator(_duration), Field(ge=0, allow_inf_nan=False)]
Size = Annotated[int, BeforeValidator(_size), Field(ge=0)]


class Settings(BaseModel):
    """Base of every part's settings: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)
