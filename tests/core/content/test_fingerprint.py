"""Equal and nearly equal texts have equal and nearly equal fingerprints."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from crawler.core.content.fingerprint import band_hashes, minhash, similarity, text_hash

TEXT = " ".join(f"word{n} and{n % 7} other{n % 11}" for n in range(200))


def test_spelling_does_not_change_the_text_hash():
    assert text_hash("Café  A\n") == text_hash(unicodedata.normalize("NFD", "café a"))
    assert text_hash("a b") != text_hash("ab")


def test_a_small_change_keeps_texts_near():
    changed = TEXT.replace("word100", "else")

    assert similarity(minhash(TEXT), minhash(changed)) > 0.9
    assert set(band_hashes(minhash(TEXT))) & set(band_hashes(minhash(changed)))


def test_other_texts_are_far():
    other = " ".join(f"x{n} y{n * 3}" for n in range(300))

    assert similarity(minhash(TEXT), minhash(other)) < 0.1


def test_scripts_without_spaces_are_compared_by_letters():
    text = "これは日本語の文章です。とても長い文章なので比較できます。" * 3

    assert similarity(minhash(text + "終"), minhash(text)) > 0.8


def test_short_texts_have_no_signature():
    assert minhash("four words are here") == b""
    assert band_hashes(b"") == ()
    assert similarity(b"", b"") == 0.0


@given(st.text(max_size=200))
def test_a_text_is_like_itself(text):
    signature = minhash(text)

    assert signature == minhash(text)
    assert len(signature) in (0, 448)
    if signature:
        assert similarity(signature, signature) == 1.0
        assert len(set(band_hashes(signature))) == 14
