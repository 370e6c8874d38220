"""The second language detector: py3langid's, with its walk over a text compiled."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from crawler.core.content.metadata.language_walk import COMPILED, visits

Array: TypeAlias = NDArray[Any]


class Identifier(LanguageIdentifier):  # type: ignore[misc]  # the library is not typed
    """Says what the library says, to the last bit. Made of a model as the library makes its own."""

    def __init__(self, *scores: Array | list[str], tk_row: Array, norm_probs: bool = False) -> None:
        by_feature, by_language, languages, moves, features = scores
        super().__init__(by_feature, by_language, languages, (), (), norm_probs, tk_row=())
        self._moves = np.asarray(moves, "<u4").tobytes()
        self._rows = np.asarray(tk_row, "<u4").tobytes()
        self._features = np.asarray(features, "<i4").tobytes()

    def _raw_score(self, text: bytes) -> Array:
        found = visits(self._moves, self._rows, self._features, text)
        if not found:
            return np.zeros(len(self.nb_classes), np.float32)  # all alike
        scores: Array = self._sparse_score(found, self.nb_ptc)
        return scores


def packed() -> LanguageIdentifier:
    """Return the detector with the model that its package brings: half a second to unpack."""
    kind = Identifier if COMPILED else LanguageIdentifier
    return kind.from_model_file(MODEL_FILE, norm_probs=True)
