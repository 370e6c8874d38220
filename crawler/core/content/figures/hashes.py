"""Hashes that tell whether two texts are the same, or nearly."""

from __future__ import annotations

import re
import struct
import unicodedata
from hashlib import blake2b, sha256
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from crawler.core.content.figures.word_counts import (
    Letters,
    Marks,
    count_words,
    letters_of,
    starts_in,
)
from crawler.core.content.figures.word_runs import COMPILED, folded_runs

PERMUTATIONS = 112  # 14 bands of 8: pairs at a Jaccard of 0.72 meet with even odds
BANDS = 14
ROWS = 8
SHINGLE = 5  # words; letters where a script sets no spaces between words
_SEED = 42
_MAX_WORDS = 50_000  # of a text: later ones hardly move the signature
_WORD = re.compile(r"\w+")
# Han, kana, Thai, Lao, Khmer, Burmese: words are not set apart.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_UNSPACED_SHARE = 0.3
_SAMPLE = 4_000  # characters that tell it
_Hashes: TypeAlias = NDArray[np.uint64]
_ODD = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio
_SPACE = ord(" ")
_LETTERS = 64  # of a word: later ones only add to the last place
_PERIOD = 1 << 16  # letters until the powers begin again
_POWERS = np.full(_PERIOD, _ODD, np.uint64).cumprod()
_BACK = np.full(_PERIOD, pow(_ODD, -1, 1 << 64), np.uint64).cumprod()  # undoes the power before
_BACK = np.concatenate((np.ones(1, np.uint64), _BACK[:-1]))
# What bytes of UTF-8 are folded to: ASCII letters to lower case, ASCII white space to a space.
_FOLDED = "".join(" " if sign.isspace() else sign.lower() for sign in map(chr, range(128)))
_FOLDING = _FOLDED.encode() + bytes(range(128, 256))
_ASCII = bytes(range(128))
# Letters and signs that are NFC whatever stands beside them, as most outside ASCII are.
_COMPOSED = re.compile(
    "[\x80-\u02ff\u0400-\u0481\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2328"
    "\u2500-\u27ff\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff65]*+\\Z"
)
_SPACES = tuple(sign for sign in map(chr, range(128, 0x3001)) if sign.isspace())


def body_hash(body: bytes) -> str:
    return sha256(body).hexdigest()


def normalised(text: str) -> str:
    """Return the text as near-equal spellings share it: NFC, one space, lower case."""
    raw = text.encode("utf-8", "surrogatepass")
    return _normalised(text, raw).decode("utf-8", "surrogatepass")


def _normalised(text: str, raw: bytes) -> bytes:
    """Return the same in UTF-8, given the text as such, too."""
    return _folded(_composed(text, raw)[0])


def _composed(text: str, raw: bytes) -> tuple[bytes, bool]:
    """Return a text before its ASCII is folded, and whether it still has the same words."""
    if raw.isascii():
        return raw, True
    others = raw.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    as_it_is = True
    if not _COMPOSED.match(others) and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        raw = text.encode("utf-8", "surrogatepass")
        others = raw.translate(None, _ASCII).decode("utf-8", "surrogatepass")
        as_it_is = False
    if others.lower() != others:  # ASCII is folded as bytes
        raw = text.lower().encode("utf-8", "surrogatepass")
        as_it_is = False
    for space in _SPACES:
        if space in others:
            raw = raw.replace(space.encode(), b" ")
    return raw, as_it_is


def _folded(raw: bytes) -> bytes:
    """Return UTF-8 with ASCII in lower case, and one space where there is white space."""
    signs = np.frombuffer(raw.translate(_FOLDING), np.uint8)
    kept: Marks = signs != _SPACE
    kept[1:] |= kept[:-1]  # the first space after a letter
    return bytes(signs[kept]).strip()


def text_hash(text: str) -> str:
    return sha256(_same(text)).hexdigest()


def fingerprints(text: str, raw: bytes) -> tuple[str, bytes, int]:
    """Return the text hash, the signature and the number of words of a text, read once.

    `raw` is the text in UTF-8.
    """
    composed, as_it_is = _composed(text, raw)
    same, tokens, words = _read(composed)
    if words is None or not as_it_is:
        words = count_words(text, raw)
    return sha256(same).hexdigest(), _signature(tokens), words


def minhash(text: str) -> bytes:
    """Return the signature, little-endian uint32s; b"" for fewer than five words.

    Texts in scripts without spaces are compared by runs of five letters.
    """
    raw = text.encode("utf-8", "replace")
    return _signature(_read(_composed(raw.decode(), raw)[0])[1])


def _same(text: str) -> bytes:
    """Return a text normalised, in UTF-8, with a question mark for what cannot be in it."""
    raw = text.encode("utf-8", "replace")
    return _normalised(raw.decode(), raw)


def _signature(tokens: _Hashes) -> bytes:
    if not len(tokens):
        return b""
    offsets = np.array((0, len(tokens)), np.uint64)
    digest = RMinHash.digest_matrix_from_flat_token_hashes(tokens, offsets, PERMUTATIONS, _SEED)
    return struct.pack(f"<{PERMUTATIONS}I", *digest.to_rows()[0])


def _read(composed: bytes) -> tuple[bytes, _Hashes, int | None]:
    """Return a text normalised, a 64-bit hash of each run of five words, or letters, and its words.

    The hashes are the same on any machine; the words are counted where that is cheap.
    """
    if not COMPILED:
        same = _folded(composed)
        return same, _in_arrays(same.decode()), None
    same, found, words = folded_runs(composed, _FOLDING, _MAX_WORDS)
    if _is_unspaced(same[: 4 * _SAMPLE].decode("utf-8", "ignore")):
        return same, _in_arrays(same.decode()), words
    return same, np.frombuffer(found, np.uint64), words


def _in_arrays(same: str) -> _Hashes:
    letters = letters_of(same)
    if _is_unspaced(same):
        units = letters[letters != 0][:_MAX_WORDS].astype(np.uint64)
    else:
        units = _word_hashes(letters)
    if len(units) < SHINGLE:
        return np.zeros(0, np.uint64)
    count = len(units) - SHINGLE + 1
    runs = units[:count].copy()
    for step in range(1, SHINGLE):
        runs *= _ODD
        runs += units[step : step + count]
    return _mixed(runs)


def _word_hashes(letters: Letters) -> _Hashes:
    """Return a hash of each word: a polynomial of its letters.

    All are read off the running sum of one polynomial of the whole text.
    """
    starts = starts_in(letters)
    size = len(letters)
    ends = np.append(starts[1:], size)[:_MAX_WORDS]
    starts = starts[:_MAX_WORDS]
    powers = _POWERS[:size] if size <= _PERIOD else np.resize(_POWERS, size)
    sums = np.zeros(size + 1, np.uint64)
    np.multiply(letters, powers, out=sums[1:])
    sums.cumsum(out=sums)
    hashes: _Hashes = sums[ends] - sums[starts]
    places = starts % _PERIOD
    hashes *= _BACK[places]
    # Long words, and those within which the powers begin again.
    for word in np.flatnonzero((ends - starts > _LETTERS) | (places > _PERIOD - _LETTERS)).tolist():
        part = letters[starts[word] : ends[word]]
        terms = part * _POWERS[np.minimum(np.arange(len(part)), _LETTERS - 1)]
        hashes[word] = terms.sum()
    return _mixed(hashes)


def _mixed(values: _Hashes) -> _Hashes:
    """Mix the values in place: every bit depends on every bit (the end of SplitMix64)."""
    values ^= values >> 30
    values *= 0xBF58476D1CE4E5B9
    values ^= values >> 27
    values *= 0x94D049BB133111EB
    values ^= values >> 31
    return values


def shingles(text: str) -> list[str]:
    """Return the overlapping runs of a normalised text."""
    words = _WORD.findall(text)[:_MAX_WORDS]
    if _is_unspaced(text):
        letters = "".join(words)[:_MAX_WORDS]
        return [letters[i : i + SHINGLE] for i in range(len(letters) - SHINGLE + 1)]
    return [" ".join(run) for run in zip(*(words[i:] for i in range(SHINGLE)), strict=False)]


def _is_unspaced(text: str) -> bool:
    if text.isascii():
        return False
    sample = text[:_SAMPLE]
    # They take three bytes, so that in most scripts a look at the size is enough.
    if len(sample.encode("utf-8", "replace")) <= (1 + 2 * _UNSPACED_SHARE) * len(sample):
        return False
    return len(_UNSPACED.findall(sample)) > _UNSPACED_SHARE * len(sample)


def band_hashes(signature: bytes) -> tuple[int, ...]:
    """Return one signed 64-bit key a band; texts sharing one are candidates. () for b""."""
    if len(signature) != 4 * PERMUTATIONS:
        return ()
    width = 4 * ROWS
    return tuple(
        int.from_bytes(
            blake2b(
                bytes((band,)) + signature[band * width : (band + 1) * width], digest_size=8
            ).digest(),
            "big",
            signed=True,
        )
        for band in range(BANDS)
    )


def similarity(a: bytes, b: bytes) -> float:
    """Return the estimated Jaccard similarity of two signatures, 0 to 1."""
    if len(a) != len(b) or len(a) != 4 * PERMUTATIONS:
        return 0.0
    form = f"<{PERMUTATIONS}I"
    equal = sum(x == y for x, y in zip(struct.unpack(form, a), struct.unpack(form, b), strict=True))
    return float(equal / PERMUTATIONS)
