"""Words are counted as the regular expression counts them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.content.figures.hashes import minhash
from crawler.core.content.figures.word_counts import count_words

PIECES = st.sampled_from([*"a é日𠮷😀\u200b-٣।\x00ß", "B_1", "e\u0301", "İ", "本語", "\U0001d4b3"])


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join)))
def test_the_count_is_that_of_the_expression(text):
    assert count_words(text, text.encode("utf-8", "replace")) == len(re.findall(r"\w+", text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("One two, three four. Five six", "one two three   FOUR five six"),
        ("a b c d e f", "a b c d e f..."),
        ("(Quoted) “words” are words too", "quoted words are words too"),
    ],
)
def test_signatures_see_words_and_not_what_is_between(one, other):
    assert minhash(one) == minhash(other) != b""


def test_the_order_of_letters_and_words_counts():
    assert minhash("abc def ghi jkl mno") != minhash("cba def ghi jkl mno")
    assert minhash("abc def ghi jkl mno") != minhash("def abc ghi jkl mno")
