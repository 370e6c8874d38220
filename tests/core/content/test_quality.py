"""Quality figures and masks are those their names promise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.content.figures.masks import count, mask
from crawler.core.content.figures.quality import passes_fineweb, passes_gopher, quality

GOOD = "\n".join(
    f"The quick brown fox number {n} jumps over the lazy dog and goes to that house with a friend."
    for n in range(20)
)


def test_an_ordinary_text_passes():
    figures = quality(GOOD)

    assert passes_gopher(figures)
    assert passes_fineweb(figures)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("a bb ccc", "rps_doc_word_count", 3),
        ("a bb ccc", "rps_doc_mean_word_length", 2),
        ("# a ... b", "rps_doc_symbol_to_word_ratio", 0.5),
        ("- a\n* b\nc", "rps_lines_start_with_bulletpoint", 2 / 3),
        ("a...\nb", "rps_doc_frac_lines_end_with_ellipsis", 0.5),
        ("a 1 2 b", "rps_doc_frac_no_alph_words", 0.5),
        ("the be to x", "gopher_stop_words", 3),
        ("x\nx\ny", "gopher_dup_line_frac", 1 / 3),
        ("x\n\nx\n\nx", "gopher_dup_para_frac", 2 / 3),
        ("a b a b c", "rps_doc_frac_chars_top_2gram", 0.8),
        ("a b c d e a b c d e", "rps_doc_frac_chars_dupe_5grams", 0.5),
        ("One. Two! Three?", "rps_doc_num_sentences", 3),
        ("a{b}", "rps_doc_curly_bracket", 0.5),
        ("a b\na b c d", "c4_lines_under_3_words", 0.5),
        ("End.\nnot", "fineweb_line_punct_ratio", 0.5),
        ("ab\nab", "fineweb_char_duplicates_ratio", 0.5),
        ("a\nb c d", "fineweb_newline_word_ratio", 0.25),
        ("x@y.org", "email_count", 1),
    ],
)
def test_a_figure_is_what_its_name_says(text, name, value):
    assert quality(text)[name] == pytest.approx(value)


@given(st.text(max_size=300))
def test_every_text_has_every_figure(text):
    assert quality(text).keys() == quality("").keys()


@pytest.mark.parametrize(
    ("text", "masked", "counts"),
    [
        ("Write to a.b+c@mail.ex.org.", "Write to <EMAIL_ADDRESS>.", {"email": 1, "ip": 0}),
        ("at 8.8.8.8, or 8.8.4.4", "at <IP_ADDRESS>, or <IP_ADDRESS>", {"email": 0, "ip": 2}),
        ("call a::b and dead::beef", "call a::b and dead::beef", {"email": 0, "ip": 0}),
        ("2001:4860:4860::8888 is public", "<IP_ADDRESS> is public", {"email": 0, "ip": 1}),
        ("192.168.0.1 and 127.0.0.1", "192.168.0.1 and 127.0.0.1", {"email": 0, "ip": 0}),
        ("v1.2.3.4, version 1.2.3.4", "v1.2.3.4, version 1.2.3.4", {"email": 0, "ip": 0}),
        ("1.2.3.4.5 and 999.1.1.1", "1.2.3.4.5 and 999.1.1.1", {"email": 0, "ip": 0}),
        ("12:30:45 @handle a@b", "12:30:45 @handle a@b", {"email": 0, "ip": 0}),
    ],
)
def test_addresses_are_masked_and_counted(text, masked, counts):
    found = mask(text)

    assert (found.text, found.counts) == (masked, counts)
    assert count(text) == counts


@given(st.text(alphabet="a@.:1f ", max_size=200))
def test_masking_raises_on_nothing(text):
    mask(text)
