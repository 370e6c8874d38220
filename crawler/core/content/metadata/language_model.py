"""The second language detector: py3langid's, with its walk over a text compiled."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
from py3langid.modelio import load_model

from crawler.core.content.metadata.language_walk import visits

Array: TypeAlias = NDArray[Any]
PACKED = MODEL_DIR / MODEL_FILE  # as the package brings its model


class Model(NamedTuple):
    """Scores by feature and language, and those of each language, whose names follow.

    And the walk: by row and byte the next state, by state the feature it ends (-1: none), its row.
    """

    by_feature: Array
    by_language: Array
    languages: Array
    moves: Array
    features: Array
    rows: Array


def unpacked() -> Model:
    """Return the model that the package brings: half a second of the processor, and 68 MB."""
    by_feature, by_language, languages, moves, rows, features = load_model(PACKED)
    return Model(*map(np.asarray, (by_feature, by_language, languages, moves, features, rows)))


class Identifier(LanguageIdentifier):  # type: ignore[misc]  # the library is not typed
    """Says what the library says, to the last bit."""

    def __init__(self, model: Model) -> None:
        scores = (model.by_feature, model.by_language, model.languages.tolist())
        super().__init__(*scores, (), (), norm_probs=True, tk_row=())
        self._moves = np.asarray(model.moves, "<u4").tobytes()
        self._features = np.asarray(model.features, "<i4").tobytes()
        self._rows = np.asarray(model.rows, "<u4").tobytes()

    def _raw_score(self, text: bytes) -> Array:
        found = visits(self._moves, self._rows, self._features, text)
        if not found:
            return np.zeros(len(self.nb_classes), np.float32)  # all alike
        scores: Array = self._sparse_score(found, self.nb_ptc)
        return scores
