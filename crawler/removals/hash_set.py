"""A set of hashes for loaders: 8 bytes an entry, asked in batches.

    removed = HashSet.of(open("removed.txt"))
    stays = ~removed.within(hashes)  # a numpy array of booleans

Two hashes that share 64 bits are taken for one: of ten million entries and a billion questions
that is expected 0.0005 times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

_DIGITS = 16
_BUCKETS = 1 << 20
_HASH = re.compile(r"[0-9A-Fa-f]+\Z")


class HashSet:
    """Hexadecimal hashes or ids, of which the first sixteen digits count."""

    def __init__(self, values: npt.NDArray[np.uint64]) -> None:
        self._values = np.unique(values)
        # Where the values of each beginning start: most questions end there.
        tops = (self._values >> np.uint64(44)).astype(np.int64)
        self._starts = np.searchsorted(tops, np.arange(_BUCKETS + 1)).astype(np.uint32)

    @classmethod
    def of(cls, lines: Iterable[str]) -> HashSet:
        """Return the set of what stands in `lines`, one a line, as `removals-since` prints it."""
        return cls(_numbers([line.strip() for line in lines if line.strip()]))

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, value: str) -> bool:
        return bool(self.within([value])[0])

    @property
    def nbytes(self) -> int:
        return int(self._values.nbytes + self._starts.nbytes)

    def within(self, values: Sequence[str | None]) -> npt.NDArray[np.bool_]:
        """Say of each hash if it is in the set; what is no hash is not."""
        try:
            return self.within_numbers(_numbers(values))
        except (ValueError, TypeError):  # ids of other makers, or none, are among them
            found = np.zeros(len(values), dtype=np.bool_)
            own = [at for at, value in enumerate(values) if _HASH.match(str(value))]
            found[own] = self.within_numbers(_numbers([values[at] for at in own]))
            return found

    def within_numbers(self, asked: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        """Say the same of 64-bit numbers: what the first sixteen digits are worth."""
        found = np.zeros(len(asked), dtype=np.bool_)
        if not len(self._values):
            return found
        tops = (asked >> np.uint64(44)).astype(np.int64)
        starts = self._starts[tops].astype(np.int64)
        lengths = self._starts[tops + 1].astype(np.int64) - starts
        for step in range(int(lengths.max(initial=0))):
            open_ = np.flatnonzero((lengths > step) & ~found)
            if not len(open_):
                break
            found[open_] = self._values[starts[open_] + step] == asked[open_]
        return found


def _numbers(values: Sequence[Any]) -> npt.NDArray[np.uint64]:
    joined = "".join([value[:_DIGITS].rjust(_DIGITS, "0") for value in values])
    return np.frombuffer(bytes.fromhex(joined), dtype=">u8").astype(np.uint64)
