"""Where the lines of a PDF stand: scripts from the right and the top, numbers, floats."""

import pytest

from crawler.core.content import ContentSettings
from crawler.core.content.documents.pdf_lines import rows_of
from crawler.core.content.documents.pdf_upright import laid_down
from crawler.core.content.documents.readers import read_document
from tests.core.content.documents import made

WORDS = ["the", "tide", "came", "in", "over", "the", "grey", "stones", "of", "old", "harbours"]


def lines(*texts, start=0, x=72.0, y=720.0, step=14.0):
    return [made.Line(text, x, y - step * number) for number, text in enumerate(texts, start)]


def prose(count, length=8):
    return [" ".join(WORDS[(n + i) % len(WORDS)] for i in range(length)) for n in range(count)]


def text_of(*pages):
    return read_document("pdf", made.pdf(*pages), ContentSettings(markdown=True)).text


def test_columns_that_are_read_from_the_right_stand_in_their_order():
    shin = "\u05e9"
    words = []
    for side, right in ((0, 540.0), (1, 290.0)):
        for line in range(8):
            for number in range(5):
                name = shin * (1 + side) + "\u05d0" * (line + 1) + "\u05d1" * number
                x1 = right - number * 42 - (line % 3)
                top = 700.0 - 14 * line
                words.append((name, x1 - 38, top - 11, x1, top, len(words) * 20, number == 0, 0))

    rows = rows_of(words)

    assert len(rows) == 16
    assert [row.text for row in rows] == [
        " ".join(word[0] for word in words[5 * n : 5 * n + 5]) for n in range(16)
    ]


def test_columns_from_top_to_bottom_are_lines_from_the_right():
    tall = [
        ("吾輩は猫である", 500.0, 600.0, 510.0, 700.0, 0, True, 0),
        ("名前はまだ無い", 480.0, 600.0, 490.0, 700.0, 10, True, 0),
        ("どこで", 460.0, 660.0, 470.0, 700.0, 20, True, 0),
    ]
    single = [
        (letter, 500.0 - 20 * (at // 3), 690.0 - 12 * (at % 3), 510.0 - 20 * (at // 3),
         700.0 - 12 * (at % 3), at, True, 0)
        for at, letter in enumerate("縦書きの文章")
    ]  # fmt: skip

    assert [row.text for row in rows_of(tall)] == ["吾輩は猫である", "名前はまだ無い", "どこで"]
    assert [row.text for row in rows_of(single)] == ["縦書き", "の文章"]
    assert laid_down(single[:1]) == single[:1]


def test_the_numbers_of_lines_go_beside_short_lines_and_on_the_last_page():
    texts = ["A heading", *prose(5), "x = 1", *prose(6), "Another", *prose(4)]
    numbers = lines(*map(str, range(1, len(texts) + 1)), x=40.0)
    last = [*lines("19", "20", x=40.0), *lines("of the matter", "to its end.")]

    text = text_of([*numbers, *lines(*texts)], last)

    assert not any(word.isdigit() for word in text.replace("x = 1", "").split())
    assert text.endswith("of the matter to its end.")


def test_a_table_of_ranks_keeps_its_numbers():
    names = [f"Town {letter} of the north" for letter in "ABCDEFGHIJ"]
    rows = [*lines(*map(str, range(1, 11)), x=40.0), *lines(*names)]
    counts = lines(*(str(900 - 7 * n) for n in range(10)), x=300.0)

    assert "| 3 | Town C of the north | 886 |" in text_of([*rows, *counts])


def test_a_paragraph_goes_on_behind_what_floats_to_the_top_of_a_column():
    left = prose(20, 9)
    table = [*lines("Port", "Hamburg", "Bergen", x=330.0), *lines("Ships", "12", "7", x=450.0)]
    right = lines(*prose(14, 9), x=330.0, y=640.0)

    text = text_of([*lines(*left), *table, *right])

    assert f"{left[-1]} {prose(1, 9)[0]}" in text.replace("\n", "|")
    assert text.index("| Port | Ships |") > text.index(left[-1])


@pytest.mark.parametrize(
    ("word", "said"), [("H2O", "H_2O"), ("note3.", "note3."), ("x86", "x86"), ("utf8", "utf8")]
)
def test_a_digit_within_a_word_is_lowered_only_where_it_stands_lower(word, said):
    if word == "H2O":
        parts = [made.Line("H", 72, 700), made.Line("2", 80, 697, 7), made.Line("O", 84, 700)]
    else:
        parts = [made.Line(word, 72, 700)]

    assert text_of([*parts, *lines(*prose(3), y=660.0)]).split()[0] == said


def test_a_bullet_without_a_name_is_one():
    word = ("\u02c6", 72.0, 700.0, 76.0, 711.0, 0, True, 0)
    first = ("First", 84.0, 700.0, 110.0, 711.0, 2, False, 0)
    near = ("Etre", 76.5, 700.0, 100.0, 711.0, 2, False, 0)

    assert rows_of([word, first])[0].text == "\u2022 First"
    assert rows_of([word, near])[0].text == "\u02c6 Etre"


@pytest.mark.parametrize(
    ("options", "words", "problem"),
    [
        (
            {"catalog": "/AcroForm<</XFA 100 0 R/Fields[]>>", "more": (made.stream_of(b"<x/>"),)},
            "Please wait... your PDF viewer may not be able to display this type of document.",
            "no-text-layer",
        ),
        (
            {
                "catalog": "/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[(a) 100 0 R]>>>>",
                "more": (
                    "<</Type/Filespec/F(a)/EF<</F 101 0 R>>>>",
                    made.stream_of(b"x", "/Type/EmbeddedFile"),
                ),
            },
            "For the best experience, open this PDF portfolio in Acrobat X or later.",
            "no-text-layer",
        ),
        ({}, "A portfolio of shares is a list of PDF files that somebody has.", ""),
    ],
)
def test_a_page_that_stands_for_what_another_program_shows_is_no_text(options, words, problem):
    found = read_document("pdf", made.text_pdf(words, **options), ContentSettings())

    assert (found.problem, bool(found.text)) == (problem, not problem)


def paragraphs(count, y):
    """Return indented paragraphs of three lines as long as the column, and one of half a line."""
    found = []
    for number in range(count):
        top = y - number * 56
        found += [
            *lines(FULL[4:], x=84.0, y=top),
            *lines(FULL, FULL, y=top - 14),
            *lines("and half of one.", y=top - 42),
        ]
    return found


FULL = "one line of words that is as long as any other in the whole of it"


def test_a_paragraph_goes_on_where_a_sentence_ends_with_the_page():
    first = [*paragraphs(6, 720.0), *lines(FULL[4:], x=84.0, y=384.0), *lines(f"{FULL}.", y=370.0)]
    then = [*lines("Here it goes on to its end.", y=720.0), *paragraphs(3, 706.0)]

    assert f"{FULL}. Here it goes on to its end." in text_of(first, then)
    assert f"{FULL}.\n\nHere it" in text_of(first, [made.Line("Here it", 84.0), *then[1:]])


def test_the_number_of_a_page_goes_wherever_its_last_line_is():
    pages = [
        [*paragraphs(2 + n % 2, 720.0), *lines(str(n + 1), x=300.0, y=300.0)] for n in range(5)
    ]

    assert not any(line.isdigit() for line in text_of(*pages).split("\n"))


def test_a_word_broken_before_a_ligature_is_not_lowered():
    parts = [*lines(f"{FULL} of-"), *lines("fice and more of it.", y=706.0)]

    assert "_" not in text_of(parts)


def test_heads_of_a_table_that_stand_close_are_cells_of_their_own():
    heads = [made.Line("Port", 72), made.Line("Ships", 160), made.Line("Crates", 200)]
    rows = [
        made.Line(cell, x, 706 - 14 * n)
        for n, row in enumerate([("Hamburg", "12", "340"), ("Bergen", "7", "88")])
        for cell, x in zip(row, (72, 175, 215), strict=True)
    ]

    assert text_of([*heads, *rows]).startswith("| Port | Ships | Crates |")


ALEF = "\u05d0"


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("Hebrew: \u05d3\u05d2 \u05d0\u05d1. Next", "Hebrew: \u05d0\u05d1 \u05d3\u05d2. Next"),
        (f"{ALEF * 9} Isaac Newton {ALEF * 8}", f"{ALEF * 8} Isaac Newton {ALEF * 9}"),
        ("plain words", "plain words"),
    ],
)  # fmt: skip
def test_a_phrase_that_is_read_the_other_way_stands_in_its_order(drawn, read):
    words, x = [], 72.0
    for place, text in enumerate(drawn.split()):
        words.append((text, x, 700.0, x + 6 * len(text), 711.0, 20 * place, place == 0, 0))
        x += 6 * len(text) + 3

    assert [row.text for row in rows_of(words)] == [read]
