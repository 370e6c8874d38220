"""Our numbers as Ray's own metrics, so that whoever watches the cluster sees them there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

# Name, what it is, labels, value.
Number = tuple[str, str, Mapping[str, str], float]


class Gauges:
    """The metrics of one process, made as they are first seen."""

    def __init__(self) -> None:
        self._gauges: dict[str, Any] = {}

    def show(self, numbers: Iterable[Number], shard: int) -> None:
        """Set what is shown of a shard."""
        from ray.util.metrics import Gauge  # noqa: PLC0415 - an extra

        for name, about, labels, value in numbers:
            gauge = self._gauges.get(name)
            if gauge is None:
                gauge = Gauge(name, description=about, tag_keys=("shard", *labels))
                self._gauges[name] = gauge
            gauge.set(value, tags={"shard": str(shard), **labels})
