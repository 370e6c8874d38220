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

from crawler.core.content.words import Codes, Marks, codes_of, letters_in, starts_in

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
_Hashes: TypeAlias = NDArray[np.uint64]
_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio
_POWERS = np.full(
    64, _ODD
).cumprod()  # of the 64th letter of a word and later ones only the sum counts


def body_hash(body: bytes) -> str:
    return sha256(body).hexdigest()


def normalised(text: str) -> str:
    """Return the text as near-equal spellings share it: NFC, one space, lower case."""
    return " ".join(_folded(text).split())


def _folded(text: str) -> str:
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.lower()


def text_hash(text: str) -> str:
    return _hash(normalised(text))


def fingerprints(text: str) -> tuple[str, bytes]:
    """Return the text hash and the signature of a text, normalising it once."""
    same = normalised(text)
    return _hash(same), _signature(same)


def _hash(same: str) -> str:
    return sha256(same.encode("utf-8", "replace")).hexdigest()


def minhash(text: str) -> bytes:
    """Return the signature, little-endian uint32s; b"" for fewer than five words.

    Texts in scripts without spaces are compared by runs of five letters.
    """
    return _signature(normalised(text))


def _signature(same: str) -> bytes:
    tokens = _token_hashes(same)
    if not len(tokens):
        return b""
    offsets = np.array((0, len(tokens)), np.uint64)
    digest = RMinHash.digest_matrix_from_flat_token_hashes(tokens, offsets, PERMUTATIONS, _SEED)
    return struct.pack(f"<{PERMUTATIONS}I", *digest.to_rows()[0])


def _token_hashes(same: str) -> _Hashes:
    """Return a 64-bit hash of each run of five words, or letters; the same on any machine."""
    codes = codes_of(same)
    letters = letters_in(codes)
    if _is_unspaced(same):
        units = codes[letters][:_MAX_WORDS].astype(np.uint64)
    else:
        units = _word_hashes(codes, letters)
    if len(units) < SHINGLE:
        return np.zeros(0, np.uint64)
    runs = np.zeros(len(units) - SHINGLE + 1, np.uint64)
    for step in range(SHINGLE):
        runs *= _ODD
        runs += units[step : step + len(runs)]
    return _mixed(runs)


def _word_hashes(codes: Codes, letters: Marks) -> _Hashes:
    """Return a hash of each word: a polynomial of its letters."""
    starts = starts_in(letters)[:_MAX_WORDS]
    if not len(starts):
        return np.zeros(0, np.uint64)
    place = np.arange(len(codes))
    place[starts[0] :] -= np.repeat(starts, np.diff(starts, append=len(codes)))
    terms = _POWERS[np.minimum(place, len(_POWERS) - 1)]
    terms *= codes
    terms *= letters
    return _mixed(np.add.reduceat(terms, starts))


def _mixed(values: _Hashes) -> _Hashes:
    """Return the values with every bit depending on every bit (the end of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def shingles(text: str) -> list[str]:
    """Return the overlapping runs of a normalised text."""
    words = _WORD.findall(text)[:_MAX_WORDS]
    if _is_unspaced(text):
        letters = "".join(words)[:_MAX_WORDS]
        return [letters[i : i + SHINGLE] for i in range(len(letters) - SHINGLE + 1)]
    return [" ".join(run) for run in zip(*(words[i:] for i in range(SHINGLE)), strict=False)]


def _is_unspaced(text: str) -> bool:
    sample = text[:4_000]
    return not sample.isascii() and len(_UNSPACED.findall(sample)) > _UNSPACED_SHARE * len(sample)


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
