"""Text of strangers on a page: visible, cut, and of no effect on what stands around it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.display.strangers_text import block, one_line

ANYTHING = st.text(st.characters(), max_size=300)  # halves of pairs among them


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\r\nb\tc\n", "a\nb\tc\n"),
        ("\x1b[31mred\x07\x7f", "\u241b[31mred\u2407\u2421"),
        ("\x00", "\u2400"),
        ("\x9b31m", "\ufffd31m"),
        ("file\u202egpj.exe", "file[U+202E]gpj.exe"),
        ("\ufeffx\u200b", "[U+FEFF]x[U+200B]"),
        ("\ud800", "\ufffd"),
        ("\ue000\U000e0041", "\ufffd[U+E0041]"),
        ("\u2028", " "),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("Z" + "\u0335" * 90, "Z" + "\u0335" * 4),
        ("e\u0301", "e\u0301"),
    ],
)
def test_what_is_not_seen_is_made_visible_and_words_stay_as_they_are(text, shown):
    assert block(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" * 9, "a" * 9),
        ("a" * 11, "a" * 9 + "…"),
        ("\u202e" * 3, "[U+202E][…"),
        ("  a \n\n b ", "a b"),
        ("", ""),
    ],
)
def test_a_line_is_one_and_is_cut(text, shown):
    assert one_line(text, 10) == shown


def test_a_title_of_a_megabyte_is_cut_without_being_read():
    assert one_line("x " * 500_000, 20) == ("x " * 9 + "x…")


@given(ANYTHING)
def test_nothing_is_left_that_a_terminal_obeys_or_that_turns_its_surroundings(text):
    for shown in (block(text), one_line(text, 1_000)):
        shown.encode("utf-8")
        for char in shown:
            kind = unicodedata.category(char)
            assert char in "\n\t" or kind not in {"Cc", "Cs", "Zl", "Zp"}
            assert unicodedata.bidirectional(char) not in {
                "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
            }  # fmt: skip
