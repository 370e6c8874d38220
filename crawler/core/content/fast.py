"""The default extractor: a small model says which blocks of the outline are main text.

The model reads only shapes and places (`features`); `benchmarks/fit_extraction.py` fits it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from crawler.core.content import hints
from crawler.core.content.features import Array, features
from crawler.core.content.outline import Block, Outline

NAME = "fast"
VERSION = "1"
_ROWS = 32  # of a product: 32 x 116 x 48 stays under the threading threshold of OpenBLAS
_FEW = 40  # characters: less than this chosen from a page that has far more is a miss
_NEVER = hints.NOSNIPPET
_LAYOUT = hints.NAV | hints.FOOTER | hints.SIDE | hints.DIALOG | hints.CONSENT | hints.FORM


@dataclass(frozen=True, slots=True)
class Model:
    """A network with one inner layer: block features to the likelihood of main text."""

    mean: Array
    spread: Array
    inner: Array
    inner_bias: Array
    outer: Array
    outer_bias: float
    threshold: float = 0.45

    def likelihood(self, rows: Array) -> Array:
        scaled = np.clip((rows - self.mean) / self.spread, -5.0, 5.0)
        # A few rows at a time: larger products wake a thread for each core, which then spins.
        level = np.concatenate(
            [self._level(scaled[at : at + _ROWS]) for at in range(0, len(scaled), _ROWS)]
        )
        chance: Array = 1.0 / (1.0 + np.exp(-np.clip(level, -30.0, 30.0)))
        return chance

    def _level(self, scaled: Array) -> Array:
        inner = np.tanh(scaled @ self.inner + self.inner_bias)
        level: Array = (inner * self.outer).sum(axis=1) + self.outer_bias
        return level


def main_blocks(page: Outline, *, comments: bool = True) -> list[Block]:
    """Return the blocks of the main text in order; never those marked data-nosnippet."""
    blocks = page.blocks
    if not blocks:
        return []
    likely = _model().likelihood(features(page))
    wanted = likely > _model().threshold
    chosen = [block for block, keep in zip(blocks, wanted, strict=True) if keep]
    if sum(len(block.text) for block in chosen) < _FEW:
        chosen = [block for block in blocks if not block.hints & _LAYOUT] or blocks
    return [
        block
        for block in chosen
        if not block.hints & _NEVER and (comments or not block.hints & hints.COMMENTS)
    ]


def pack(model: Model) -> str:
    """Return a model as JSON, rounded to what its answers need."""
    parts = {
        name: np.round(np.asarray(getattr(model, name)), 4).tolist() for name in model.__slots__
    }
    return json.dumps(parts, separators=(",", ":"))


@lru_cache(maxsize=1)
def _model() -> Model:
    # The weights ship with the package, like the list of public suffixes: no input of a crawl.
    parts = json.loads(files(__package__ or "").joinpath("fast_model.json").read_text("utf-8"))
    arrays = {name: np.array(value) for name, value in parts.items() if isinstance(value, list)}
    return Model(
        **arrays, outer_bias=float(parts["outer_bias"]), threshold=float(parts["threshold"])
    )
