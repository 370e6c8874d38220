"""Fit the default extractor's weights: `python -m benchmarks.fit_extraction FILE.jsonl.gz`.

The first model says for each block of a page how likely it is main text, the second says it again
in the light of all the others. What is fitted is the
metric itself: the word F1 of a page, made smooth by counting a block with its likelihood.
Nothing of the pages goes into the weights but shapes and places (see `content/text/features.py`).
`--check` fits on three fifths of the pages and reports on the rest.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from benchmarks.extraction import score
from crawler.core.content.html.outline import Outline
from crawler.core.content.html.outlining import outline
from crawler.core.content.html.parsing import cut
from crawler.core.content.text.context import context
from crawler.core.content.text.fast_extractor import Model, judged_again, pack
from crawler.core.content.text.features import Array, features
from crawler.core.content.text.places import Places

HIDDEN = 12
HIDDEN_AGAIN = 6  # of the second
FOLDS = 5
MODELS = 4  # fitted from different starts and averaged
EPOCHS = 75
EPOCHS_AGAIN = 30  # of the second: it has few numbers to learn from
RATE = 3e-3
DECAY = 0.03
DROPPED = 0.25  # share of the features hidden from each page in each round
BALANCE = 0.8  # weight of plain cross-entropy beside F1
BATCH = 8
SHORT = 4  # words: fewer are said in many places
_REACH = 3  # blocks on either side of a short one that it may stand beside
RARE = 0.2  # least spread of a feature: keeps the rare ones from weighing too much
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sample:
    """One page: its blocks' features, share of main text in each, and words."""

    rows: Array
    truth: Array
    words: Array
    page: Outline
    places: Places
    gold: str
    gold_words: int


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--check", action="store_true")
    options = arguments.parse_args()
    with gzip.open(options.file, "rt", encoding="utf-8") as lines:
        samples = [found for line in lines if (found := sample(json.loads(line))) is not None]
    if options.check:
        order = np.random.default_rng(1).permutation(len(samples))
        cut = len(samples) * 3 // 5
        models = fit_both([samples[i] for i in order[:cut]])
        for name, part in (("fitted", order[:cut]), ("unseen", order[cut:])):
            print(f"{name}: F1 {np.mean([page_f1(models, samples[i]) for i in part]):.4f}")
        return
    target = Path(str(files("crawler.core.content.text") / "fast_model.json"))
    target.write_text(pack(fit_both(samples)) + "\n", encoding="utf-8")
    print(f"wrote {target.name} from {len(samples)} pages")


def fit_both(samples: list[Sample]) -> tuple[Model, Model]:
    """Return the model that judges blocks by themselves, and the one that judges them again.

    The second learns from what the first says of pages it was not fitted on.
    """
    parts = np.random.default_rng(2).permutation(len(samples)) % FOLDS
    again: list[Sample] = []
    for part in range(FOLDS):
        first = fit([page for page, own in zip(samples, parts, strict=True) if own != part])
        again += [
            replace(page, rows=_context(first, page))
            for page, own in zip(samples, parts, strict=True)
            if own == part
        ]
    return fit(samples), fit(again, HIDDEN_AGAIN, EPOCHS_AGAIN)


def _context(first: Model, page: Sample) -> Array:
    likely = first.likelihood(page.rows).tolist()
    return context(page.page, page.places, likely, list(range(len(likely))))


def sample(page: dict[str, str]) -> Sample | None:
    """Return a page of the set with its labels, None if it has no text or no truth."""
    html = (page["html"] or "").encode("utf-8", "replace")
    blocks = outline(cut((LexborHTMLParser(html).html or "").encode()))
    gold = _WORD.findall((page["gold_text"] or "").lower())
    if not blocks.texts or not gold:
        return None
    words = [_WORD.findall(text.lower()) for text in blocks.texts]
    places = Places(blocks)
    return Sample(
        features(blocks, places),
        np.array(truth_of(words, gold)),
        np.array([len(found) for found in words], dtype=float),
        blocks,
        places,
        page["gold_text"],
        len(gold),
    )


def truth_of(blocks: list[list[str]], gold: list[str]) -> list[float]:
    """Return how much of each block's words stands in the truth in the same order.

    A few words stand in many texts: those of a short block must follow, or go before, what stands
    beside it in the page. An entry of a menu is else taken for the heading that it leads to.
    """
    joined = f" {' '.join(gold)} "
    runs = set(zip(gold, gold[1:], gold[2:], strict=False))
    found: list[float] = []
    for place, words in enumerate(blocks):
        if len(words) < SHORT:
            found.append(float(_stands_beside(blocks, place, joined)))
        else:
            own = list(zip(words, words[1:], words[2:], strict=False))
            found.append(sum(run in runs for run in own) / len(own))
    return found


def _stands_beside(blocks: list[list[str]], place: int, joined: str) -> bool:
    """Whether a short block stands in the truth beside one of the next blocks on either side."""
    said = " ".join(blocks[place])
    if not said or f" {said} " not in joined:
        return False
    after = [words for words in blocks[place + 1 : place + 1 + _REACH] if words]
    before = [words for words in blocks[max(0, place - _REACH) : place] if words]
    return any(f" {said} {' '.join(words[:2])} " in joined for words in after) or any(
        f" {' '.join(words[-2:])} {said} " in joined for words in before
    )


def page_f1(models: tuple[Model, Model], page: Sample) -> float:
    first, second = models
    thought = first.likelihood(page.rows).tolist()
    likely = judged_again(second, page.page, page.places, thought)
    texts = zip(page.page.texts, likely, strict=True)
    text = "\n".join(text for text, chance in texts if chance > second.threshold)
    return score(text, page.gold)[0]


def fit(samples: list[Sample], hidden: int = HIDDEN, epochs: int = EPOCHS) -> Model:
    """Return the average of several networks, which is one wider network."""
    rows = np.concatenate([page.rows for page in samples], axis=1).astype(float)
    mean, spread = rows.mean(axis=1), np.maximum(rows.std(axis=1), RARE)
    scaled = [((page.rows.T - mean) / spread).astype(np.float32) for page in samples]
    net = _fitted(samples, scaled, hidden, epochs)
    inner = net[0].T.astype(float) / spread
    return Model(
        inner=inner,
        inner_bias=net[1] - inner @ mean,
        outer=net[2].ravel().astype(float) / MODELS,
        outer_bias=float(net[3].mean()),
    )


def _fitted(samples: list[Sample], scaled: list[Array], hidden: int, epochs: int) -> list[Array]:
    """Return the weights of all networks, fitted beside each other: they share no weight."""
    random = np.random.default_rng(0)
    width = scaled[0].shape[1]
    net = [
        random.normal(0, 1 / np.sqrt(width), (width, MODELS * hidden)),
        np.zeros(MODELS * hidden),
        random.normal(0, 1 / np.sqrt(hidden), (MODELS, hidden)),
        np.zeros(MODELS),
    ]
    net = [part.astype(np.float32) for part in net]
    first = [np.zeros_like(part) for part in net]
    second = [np.zeros_like(part) for part in net]
    step = 0
    for epoch in range(epochs):
        rate = RATE * 0.5 * (1 + np.cos(np.pi * epoch / epochs)) + 1e-5
        order = random.permutation(len(samples))
        for start in range(0, len(order), BATCH):
            gradient = [np.zeros_like(part) for part in net]
            for index in order[start : start + BATCH]:
                shown = (random.random((width, MODELS)) > DROPPED) / (1 - DROPPED)
                mask = np.repeat(shown.astype(np.float32), hidden, axis=1)
                _add_gradient(gradient, net, mask, scaled[index], samples[index])
            step += 1
            for part, total in enumerate(gradient):  # Adam with decoupled decay
                change = total / BATCH
                first[part] = 0.9 * first[part] + 0.1 * change
                second[part] = 0.999 * second[part] + 0.001 * change**2
                moved = first[part] / (1 - 0.9**step)
                moved /= np.sqrt(second[part] / (1 - 0.999**step)) + 1e-8
                decay = DECAY * net[part] if part in (0, 2) else 0.0
                net[part] = (net[part] - rate * (moved + decay)).astype(np.float32)
    return net


def _add_gradient(
    gradient: list[Array], net: list[Array], mask: Array, rows: Array, page: Sample
) -> None:
    inner = np.tanh(rows @ (net[0] * mask) + net[1])
    units = inner.reshape(len(rows), *net[2].shape)
    level = np.einsum("nmh,mh->nm", units, net[2]) + net[3]
    likely = 1 / (1 + np.exp(-np.clip(level, -30, 30)))
    words, truth = page.words[:, None], page.truth[:, None]
    held = words * truth
    # Truth that no block holds must not tempt the model into keeping more.
    reachable = max(1.0, min(page.gold_words, 1.3 * held.sum()))
    both = (likely * held).sum(axis=0)
    whole = (likely * words).sum(axis=0) + reachable
    slope = (2 * held * whole - 2 * both * words) / whole**2
    weight = np.sqrt(words + 1)
    weight /= weight.sum()
    change = -slope * likely * (1 - likely) + BALANCE * weight * (likely - truth)
    change = change.astype(np.float32)
    gradient[2] += np.einsum("nm,nmh->mh", change, units)
    gradient[3] += change.sum(axis=0)
    deeper = (change[:, :, None] * net[2]).reshape(inner.shape) * (1 - inner**2)
    gradient[0] += (rows.T @ deeper) * mask
    gradient[1] += deeper.sum(axis=0)


if __name__ == "__main__":
    main()
