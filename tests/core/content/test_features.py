"""The numbers told of blocks, and which blocks they make the main text."""

# ruff: noqa: RUF001 - the signs of other scripts
from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from librt.vecs import vec
from mypy_extensions import i64

from crawler.core.content import parse
from crawler.core.content.html import class_words
from crawler.core.content.html.outline import Outline
from crawler.core.content.text.block_numbers import BAR, CAPITAL, COLON, DIGIT, RIGHTS, STOP, Blocks
from crawler.core.content.text.fast_extractor import main_blocks
from crawler.core.content.text.features import features
from crawler.core.content.text.places import Places
from crawler.core.response import Response
from crawler.core.urls import parse as parse_url

SIGNS = [*'aZ09 ,.?|:!"', ". ", "? ", *"é·»›©。、，？؟،”日", "本語 "]
TEXTS = st.one_of(
    st.lists(st.sampled_from(SIGNS), min_size=1, max_size=150).map("".join),
    st.text(min_size=1, max_size=150),
)


def page(texts: list[str], boxes: list[tuple[str, int, int]] | None = None) -> Outline:
    """Return a page of a body and in it a box for each text; a box is tag, parent, hints."""
    found = Outline()
    found.open("body", "", 0, -1)
    for tag, parent, bits in boxes or [("p", 0, 0)] * len(texts):
        found.open(tag, "", bits, parent)
    for box in range(len(found.tags) - 1, 0, -1):
        found.end[found.parent[box]] = max(found.end[found.parent[box]], found.end[box])
    found.place = vec[i64](range(len(found.tags)))
    for box, text in enumerate(texts, 1):
        linked = int(found.own[box] & class_words.NAV)
        found.add(text, box, len(text) * linked, linked)
    return found


def told(outline: Outline) -> np.ndarray:
    return features(outline, Places(outline))


@given(TEXTS)
def test_signs_are_counted_as_they_stand(text):
    block = Blocks(page([text]))
    flags = block.flags[0]
    ascii_only = text.isascii()
    stops = sum(map(text.count, (". ", "。", "？", "؟")))
    if ascii_only:
        stops = text.count(". ") + text.count("? ") if len(text) >= 100 else 0

    assert block.words[0] in (text.count(" ") + 1, len(text) / 2)
    assert block.stops[0] == stops
    assert block.commas[0] == sum(map(text.count, ",。、，،"))
    assert bool(flags & DIGIT) == (len(text) < 100 and any(sign in text for sign in "0123456789"))
    assert bool(flags & BAR) == any(sign in text for sign in ("|" if ascii_only else "|·»›"))
    assert bool(flags & RIGHTS) == ("©" in text)
    assert bool(flags & CAPITAL) == text[0].isupper()
    assert bool(flags & STOP) == (text[-1] in '.!?。！？…"”»」')
    assert bool(flags & COLON) == (text[-1] in ":：")


def test_a_letter_of_a_script_without_spaces_counts_for_more():
    assert Blocks(page(["日本語の文章です" * 2])).chars[0] == 40
    assert Blocks(page(["words of Latin"])).chars[0] == 14


@given(st.lists(TEXTS, min_size=1, max_size=30))
def test_every_block_is_a_column_of_finite_numbers(texts):
    rows = told(page(texts))

    assert rows.shape == (120, len(texts))
    assert np.isfinite(rows).all()
    assert np.abs(rows).max() < 20


@given(st.lists(TEXTS, min_size=1, max_size=30))
def test_what_is_told_of_neighbours_is_what_they_tell(texts):
    rows = told(page(texts))
    count = len(texts)
    sizes = np.pad([Blocks(page([text])).size[0] / 4 for text in texts], 4)

    for row, step in ((80, -2), (83, -1), (86, 1), (89, 2)):
        assert np.allclose(rows[row], sizes[4 + step : 4 + step + count])
    windows = np.convolve(sizes, np.ones(9) / 9, "valid")
    assert np.allclose(rows[92], windows, atol=1e-5)


def test_a_repeated_text_is_known():
    assert told(page(["one", "two", "one"]))[105].tolist() == [1, 0, 1]


def test_the_article_is_chosen_and_never_what_may_not_be_shown():
    prose = "A sentence of an article, with a comma, that goes on for a while. " * 6
    items = "".join(f"<li><a href=/{number}>Item {number}</a>" for number in range(9))
    html = (
        f"<header><nav><ul>{items}</ul></nav></header><main><article><h1>A title</h1>"
        f"<p>1 {prose}<p>2 {prose}<p>3 {prose}<p data-nosnippet>{prose}</article></main>"
        "<footer><a href=/i>Imprint</a> <a href=/p>Privacy</a></footer>"
    )
    url = parse_url("http://a.test/")
    found = parse(Response(url, 200, (("content-type", "text/html"),), html.encode())).outline

    assert [found.texts[block][:2] for block in main_blocks(found)] == ["A ", "1 ", "2 ", "3 "]


def test_code_goes_with_the_text_before_it():
    prose = "A sentence of an article, with a comma, that goes on for a while. " * 6
    boxes = [
        ("p", 0, class_words.MAIN),
        ("pre", 0, class_words.MAIN | class_words.CODE),
        ("p", 0, class_words.MAIN),
    ]

    assert main_blocks(page([f"1 {prose}", "x = 1\ny = 2", f"2 {prose}"], boxes)) == [0, 1, 2]


def test_a_page_without_blocks_has_no_main_text():
    assert main_blocks(Outline()) == []
