"""The bounds of one exchange: how long, how much, how deep."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from crawler.core.units import Duration, Settings, Size


def _positive(text: str) -> Any:  # noqa: ANN401 (a default written with its unit)
    return Field(default=text, gt=0)


class FetchLimits(Settings):
    """The `[fetch]` table of a policy."""

    connect: Duration = _positive("10s")
    tls: Duration = _positive("10s")
    first_byte: Duration = _positive("30s")  # until the end of the headers
    between_bytes: Duration = _positive("20s")
    total: Duration = _positive("120s")
    dns: Duration = _positive("15s")
    header_count: int = Field(default=256, ge=1)
    header_bytes: Size = _positive("64KiB")
    wire_bytes: Size = _positive("10MB")
    decoded_bytes: Size = _positive("20MB")
    # A page of 20 MB from 100 kB is no page: HTML packs 3 to 20 times, generated tables 100.
    ratio: int = Field(default=200, ge=1)
    layers: int = Field(default=2, ge=1)
    members: int = Field(default=100, ge=1)  # of gzip or zstd in one layer
    over_limit: Literal["truncate", "drop"] = "truncate"
