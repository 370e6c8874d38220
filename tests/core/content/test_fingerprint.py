"""Equal and nearly equal texts have equal and nearly equal fingerprints."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.content.figures.hashes import (
    _composed,
    _in_arrays,
    _read,
    band_hashes,
    fingerprints,
    minhash,
    normalised,
    similarity,
    text_hash,
)
from crawler.core.content.figures.word_counts import count_words

TEXT = " ".join(f"word{n} and{n % 7} other{n % 11}" for n in range(200))
PIECES = st.sampled_from(
    [*"aBZ 1\t\n\x1f\x85\xa0\u2003\u3000éÉßΣςİ̇日ǅ", "e\u0301", "A\u030a", "ΑΣ "]
)


def test_spelling_does_not_change_the_text_hash():
    assert text_hash("Café  A\n") == text_hash(unicodedata.normalize("NFD", "café a"))
    assert text_hash("a b") != text_hash("ab")


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join))
def test_normalised_is_nfc_one_space_lower_case(text):
    lower = unicodedata.normalize("NFC", text).lower()

    assert normalised(text) == " ".join(lower.split())


@pytest.mark.parametrize("before", [0, 1, 1 << 16, (1 << 16) - 3, (1 << 16) - 70])
@pytest.mark.parametrize("word", ["short", "x" * 63 + "yz", "x" * 300 + "y"])
def test_a_word_counts_the_same_wherever_it_stands(before, word):
    run = f"one {word} two three four {word} five"

    assert minhash(f"{'.' * before}{run}") == minhash(run)


def test_the_end_of_a_long_word_counts():
    assert minhash("a b c d " + "x" * 200 + "y") != minhash("a b c d " + "x" * 201)


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


def assert_read_alike(text):
    """Compiled, a text is folded, hashed and counted in one loop; plain, in arrays."""
    same = normalised(text)
    folded, tokens, words = _read(_composed(text, text.encode())[0])

    assert folded.decode() == same
    assert tokens.tolist() == _in_arrays(same).tolist()
    assert words in (None, count_words(same, same.encode()))


@given(st.text(st.sampled_from("ab éÀ漢ß_9 \n\t\x1f\xa0\u3000¿“\u0301🙂"), max_size=300))
def test_compiled_and_plain_readings_are_the_same(text):
    assert_read_alike(text)


@pytest.mark.parametrize("text", ["", " ", "ab c " * 30_000, "これは日本語の文章です。" * 9])
def test_odd_texts_are_read_alike(text):
    assert_read_alike(text)


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join))
def test_words_are_counted_as_they_are_written(text):
    raw = text.encode("utf-8", "replace")
    text = raw.decode()

    assert fingerprints(text, raw)[2] == count_words(text, raw)
