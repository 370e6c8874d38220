"""The default extractor: a small model says which blocks of the outline are main text.

It judges twice: each block by shapes and places (`features`), then by what was thought of those
that belong to it (`context`). `benchmarks/fit_extraction.py` fits both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from crawler.core.content.html import class_words
from crawler.core.content.html.outline import Outline
from crawler.core.content.text.context import context
from crawler.core.content.text.discussion import boxes_of_readers, is_discussion, speaks
from crawler.core.content.text.features import Array, features
from crawler.core.content.text.kept_together import whole
from crawler.core.content.text.leftovers import without_leftovers
from crawler.core.content.text.panels import without_panels
from crawler.core.content.text.places import Places
from crawler.core.content.text.series import longest_series

NAME = "fast"
VERSION = "7"
# Larger products wake a thread for each core, which then spins (OpenBLAS: 2^18 operations).
_PRODUCT = 250_000
_FEW = 40  # characters: less than this chosen from a page that has far more is a miss
_LITTLE = 1_200  # characters: a page of which no more is chosen may be a list of cards
_CODE = 0.15  # likelihood from which code goes with the text before it
_SURE = 0.15  # likelihood of text, or of none, that is not doubted
_NOTHING = 0.04  # of the text: blocks that may be doubtful without harm
_COMMENT = 0.02  # first likelihood from which a block among comments is one, no button or form
_NEVER = class_words.NOSNIPPET
_LAYOUT = (
    class_words.NAV
    | class_words.FOOTER
    | class_words.SIDE
    | class_words.DIALOG
    | class_words.CONSENT
    | class_words.FORM
)


@dataclass(frozen=True, slots=True)
class Model:
    """A network with one inner layer: block features to the likelihood of main text."""

    inner: Array  # a row a unit, a column a feature
    inner_bias: Array
    outer: Array
    outer_bias: float
    threshold: float = 0.45

    def likelihood(self, rows: Array) -> Array:
        """Return a likelihood for each column of `rows`."""
        units = np.empty((rows.shape[1], len(self.inner)), self.inner.dtype)
        blocks, weights = rows.T, self.inner.T
        step = max(1, _PRODUCT // self.inner.size)
        for start in range(0, len(units), step):
            np.dot(blocks[start : start + step], weights, out=units[start : start + step])
        units += self.inner_bias
        np.tanh(units, out=units)
        level = np.einsum("ij,j->i", units, self.outer)
        level += self.outer_bias
        np.maximum(level, -30.0, out=level)
        np.minimum(level, 30.0, out=level)
        chance: Array = 1.0 / (1.0 + np.exp(-level))
        return chance


def main_blocks(page: Outline, *, comments: bool | str = "auto") -> list[int]:
    """Return the blocks of the main text in order; never those marked data-nosnippet.

    `comments` of readers are kept (True), dropped (False), or ("auto") judged like any block
    where the page is a discussion and dropped where it is not.
    """
    if not page.texts:
        return []
    first, second = _models()
    places = Places(page)
    thought: list[float] = first.likelihood(features(page, places)).tolist()
    likely = judged_again(second, page, places, thought)
    hints_of, at, texts = page.hints, page.at, page.texts
    readers, heard = _readers(page, likely, second.threshold, comments)
    chosen: list[int] = []
    wanted = False
    for block, chance in enumerate(likely):
        if readers and at[block] in readers:
            if not heard:
                continue
            every = comments is True or speaks(page, block)
            wanted = thought[block] > _COMMENT if every else chance > second.threshold
        else:
            wanted = chance > second.threshold or (
                wanted and chance > _CODE and hints_of[at[block]] & class_words.CODE != 0
            )
        if wanted:
            chosen.append(block)
    chosen = without_panels(page, chosen)
    size = sum([len(texts[block]) for block in chosen])
    if size < _FEW:
        chosen = _unframed(page) or list(range(len(texts)))
        chosen = longest_series(page, places, chosen) or chosen
    else:
        if size < _LITTLE:
            left = set(longest_series(page, places, _unframed(page))).difference(chosen)
            if sum([len(texts[block]) for block in left]) > size:
                chosen = sorted(left.union(chosen))
        chosen = whole(page, places, chosen, likely)
        if readers and not heard:
            chosen = [block for block in chosen if at[block] not in readers]
        chosen = without_leftovers(page, places, chosen, readers)
    return [block for block in chosen if not hints_of[at[block]] & _NEVER]


def _unframed(page: Outline) -> list[int]:
    return [block for block, box in enumerate(page.at) if not page.hints[box] & _LAYOUT]


def judged_again(second: Model, page: Outline, places: Places, thought: list[float]) -> list[float]:
    """Return the likelihoods of all blocks; those that were in doubt are judged by the others.

    Where they are next to nothing beside the text, which most pages are, they stay as they are.
    """
    doubtful: list[int] = []
    doubted = surely = 0
    for block, chance in enumerate(thought):
        if chance >= 1 - _SURE:
            surely += len(page.texts[block])
        elif chance > _SURE:
            doubtful.append(block)
            doubted += len(page.texts[block])
    if not doubtful or doubted < _NOTHING * surely:
        return thought
    likely = list(thought)
    again: list[float] = second.likelihood(context(page, places, thought, doubtful)).tolist()
    for block, chance in zip(doubtful, again, strict=True):
        likely[block] = chance
    return likely


def _readers(
    page: Outline,
    likely: list[float],
    threshold: float,
    comments: bool | str,  # noqa: FBT001 - the setting
) -> tuple[set[int], bool]:
    """Return the boxes of readers' comments, and whether those are part of the text."""
    hints = page.hints
    for box in page.at:
        if hints[box] & class_words.COMMENTS:
            break
    else:
        return set(), False
    readers = boxes_of_readers(page)
    if comments != "auto":
        return readers, bool(comments)
    chosen = [block for block, chance in enumerate(likely) if chance > threshold]
    return readers, is_discussion(page, readers, chosen)


def pack(models: Iterable[Model]) -> str:
    """Return models as JSON, a line each, rounded to what their answers need."""
    lines = [
        {
            name: np.round(np.asarray(getattr(model, name), dtype=float), 4).tolist()
            for name in model.__slots__
        }
        for model in models
    ]
    return "[" + ",\n".join([json.dumps(line, separators=(",", ":")) for line in lines]) + "]"


@lru_cache(maxsize=1)
def _models() -> tuple[Model, Model]:
    # The weights ship with the package, like the list of public suffixes: no input of a crawl.
    text = files(__package__ or "").joinpath("fast_model.json").read_text("utf-8")
    first, second = [_unpacked(parts) for parts in json.loads(text)]
    return first, second


def _unpacked(parts: dict[str, Any]) -> Model:
    # In columns: a product with its transpose, as they are multiplied, takes a third less.
    inner, bias, outer = (
        np.array(parts[name], dtype=np.float32, order="F")
        for name in ("inner", "inner_bias", "outer")
    )
    return Model(inner, bias, outer, float(parts["outer_bias"]), float(parts["threshold"]))
