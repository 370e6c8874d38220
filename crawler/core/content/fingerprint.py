"""Hashes that tell whether two texts are the same, or nearly."""

from __future__ import annotations

import re
import struct
import unicodedata
from hashlib import blake2b, sha256

from rensa import RMinHash

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


def body_hash(body: bytes) -> str:
    return sha256(body).hexdigest()


def normalised(text: str) -> str:
    """Return the text as near-equal spellings share it: NFC, one space, lower case."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.lower().split())


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
    grams = shingles(same)
    if not grams:
        return b""
    signer = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    signer.update(grams)
    return struct.pack(f"<{PERMUTATIONS}I", *signer.digest())


def shingles(text: str) -> list[str]:
    """Return the overlapping runs of a normalised text."""
    words = _WORD.findall(text)[:_MAX_WORDS]
    sample = text[:4_000]
    if len(_UNSPACED.findall(sample)) > _UNSPACED_SHARE * len(sample):
        letters = "".join(words)[:_MAX_WORDS]
        return [letters[i : i + SHINGLE] for i in range(len(letters) - SHINGLE + 1)]
    return [" ".join(run) for run in zip(*(words[i:] for i in range(SHINGLE)), strict=False)]


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
