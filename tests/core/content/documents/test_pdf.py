"""PDF: text in reading order, whole; what is left out; what cannot be read; metadata and links."""

# ruff: noqa: E501 - a case is a line

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.content import ContentSettings
from crawler.core.content.documents.pdf_properties import date
from crawler.core.content.documents.pdf_text import written
from crawler.core.content.documents.readers import read_document
from tests.core.content.documents import made
from tests.core.content.documents.made import Line

PLAIN = ContentSettings()
LEFT = "The first column says something of the {}"
RIGHT = "And the other column says more of the {}"
NAMES = [
    "tide",
    "moon",
    "harbour",
    "water",
    "port",
    "ship",
    "wind",
    "storm",
    "rope",
    "sail",
    "mast",
    "deck",
]


def text(*pages, markdown=False, **options):
    found = read_document("pdf", made.pdf(*pages, **options), ContentSettings(markdown=markdown))
    assert found.problem == ""
    return found.text


def column(words, x, first=700):
    return [Line(words.format(name), x, first - 14 * n) for n, name in enumerate(NAMES)]


def paragraphs(*texts, x=72, y=720, step=13):
    return [Line(words, x, y - step * n) for n, words in enumerate(texts)]


LEFT_FIRST = [*column(LEFT, 50), *column(RIGHT, 320)]
ROW_BY_ROW = [
    one for pair in zip(column(LEFT, 50), column(RIGHT, 320), strict=True) for one in pair
]


@pytest.mark.parametrize(
    "lines",
    [LEFT_FIRST, ROW_BY_ROW, LEFT_FIRST[::-1], [*column(RIGHT, 320, 693), *column(LEFT, 50)]],
    ids=["in order", "row by row", "backwards", "lower and first"],
)
def test_columns_are_read_one_after_the_other(lines):
    title = Line("A title over all of the two columns of this page", 120, 750, 18)

    found = text([*lines, title])

    places = [found.index(LEFT.format(name)) for name in NAMES]
    places += [found.index(RIGHT.format(name)) for name in NAMES]
    assert places == sorted(places)
    assert found.startswith("A title over all")


def test_a_table_keeps_its_rows():
    rows = [("Port", "High", "Low"), ("Bristol", "14.0", "1.1"), ("Brest", "7.9", "0.8")]
    lines = [
        Line(cell, 72 + 120 * at, 700 - 16 * n)
        for n, row in enumerate(rows)
        for at, cell in enumerate(row)
    ]

    assert text(lines) == "\n".join("\t".join(row) for row in rows)
    assert text(lines[::-1], markdown=True).splitlines()[2] == "| Bristol | 14.0 | 1.1 |"


FULL = "Every line of this paragraph is as long as the column in which it has been set so it is"
BREAKS = [  # lines, and what becomes of them
    (
        ("It was a difficult under-", "standing of the tide."),
        "It was a difficult understanding of the tide.",
    ),
    (("We saw well-known", "things and a well-", "known tide."), "things and a well-known tide."),
    (("A tide of the Nord-", "Ostsee is low."), "Nord-Ostsee"),
    (("It is in IM-", "PLIED form."), "IMPLIED"),
    (("Read https://a.test/path/", "page.html for more."), "https://a.test/path/page.html for"),
    (("Read https://a.test/path/", "Then more."), "https://a.test/path/\n\nThen more."),
    (("Read https://a.test/path/", "page.html"), "https://a.test/path/page.html"),
    (("Words and", "more words."), "Words and more words."),
]


@pytest.mark.parametrize(("lines", "expected"), BREAKS)
def test_lines_are_joined_and_broken_words_made_whole(lines, expected):
    shown = paragraphs(FULL, *(f"{line:<10}" for line in lines))

    assert expected in text(shown)


def test_paragraphs_are_told_by_gaps_and_indents_and_go_on_over_pages():
    first = [*paragraphs(FULL, FULL, "ends here."), *paragraphs(FULL, FULL + " and the", y=640)]
    second = [*paragraphs("next page goes on with it."), Line("    Another one.", 90, 700)]

    found = text(first, second).split("\n\n")

    assert len(found) == 3
    assert found[0].endswith("ends here.")
    assert found[1].endswith("and the next page goes on with it.")


def test_running_heads_and_numbers_of_pages_and_lines_are_left_out():
    pages = [
        [
            Line(f"{n + 7} A running head", 72, 770, 9),
            *(Line(f"{at + 1}", 40, 700 - 14 * at) for at in range(12)),
            *(Line(f"{FULL} {name}", 72, 700 - 14 * at) for at, name in enumerate(NAMES)),
            Line(f"- {n + 7} -", 300, 30),
        ]
        for n in range(4)
    ]

    found = text(*pages)

    assert "running" not in found
    assert not any(character.isdigit() for character in found)
    assert found.count("harbour") == 4


def test_what_is_the_text_of_every_page_is_no_running_head():
    assert text(*([Line("A label of one line", y=770)],) * 5).count("A label") == 5


def test_headings_are_told_by_size_and_items_by_their_marks():
    page = [
        Line("The Report", size=22, y=740),
        Line("Methods", size=15, y=700),
        *paragraphs(FULL, FULL, "ends.", y=680),
        Line("\u2022 One thing", 80, 600),
        Line("\u2022 Another thing that is", 80, 586),
        Line("long", 88, 573),
    ]

    assert text(page, markdown=True) == (
        f"# The Report\n\n## Methods\n\n{FULL} {FULL} ends.\n\n"
        "- One thing\n- Another thing that is long"
    )


def test_a_table_of_contents_is_left_out():
    page = [
        Line("Contents", size=16, y=740),
        *(Line(f"{n} A chapter {' .' * 30} {n}", y=700 - 14 * n) for n in range(1, 8)),
        *paragraphs(FULL, "And text.", y=500),
    ]

    assert text(page) == f"{FULL} And text."


def test_raised_marks_of_notes_go_and_powers_stay():
    mark, power = Line("3", 103.6, 704, 7), Line("2", 78.6, 684, 7)

    found = text([Line("A tide.", y=700), mark, Line("x", y=680), power])

    assert "A tide." in found
    assert "3" not in found
    assert "x^2" in found


@pytest.mark.parametrize("matrix", ["0 1 -1 0", "0 -1 1 0", "-1 0 0 -1", "1 0 0 1"])
def test_a_page_that_is_turned_is_read_all_the_same(matrix):
    lines = paragraphs("The tide follows the moon and the harbour", "follows it for ever and ever.")
    down = {"0 1 -1 0": (1, 0), "0 -1 1 0": (-1, 0), "-1 0 0 -1": (0, 1), "1 0 0 1": (0, -1)}[
        matrix
    ]
    body = made.pdf(lines)
    for number, line in enumerate(lines):
        x, y = 300 + 14 * number * down[0], 400 + 14 * number * down[1]
        moved = f"BT /F1 11 Tf {matrix} {x} {y} Tm".encode()
        body = body.replace(f"BT /F1 11 Tf {line.x} {line.y} Td".encode(), moved)

    assert read_document("pdf", body, PLAIN).text == (
        "The tide follows the moon and the harbour follows it for ever and ever."
    )


def test_a_stamp_along_the_edge_stays_whole_and_apart():
    body = made.pdf([*paragraphs(FULL, "ends."), Line("arXiv:2301.00001v1", 20, 300)])
    body = body.replace(b"20 300 Td", b"0 1 -1 0 20 300 Tm")

    assert read_document("pdf", body, PLAIN).text == f"{FULL} ends.\n\narXiv:2301.00001v1"


PROBLEMS = [
    (b"%PDF-1.7 nothing", "damaged"),
    (made.pdf([]), "no-text-layer"),
    (made.pdf(), "no-text-layer"),
]


@pytest.mark.parametrize(("body", "code"), PROBLEMS)
def test_a_file_without_text_says_why(body, code):
    found = read_document("pdf", body, PLAIN)

    assert found.text == ""
    assert found.problem == code


def test_a_scan_with_a_stamp_has_no_text_layer():
    picture = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n0\nendstream"
    body = made.pdf([Line("Scanned", y=20)], more=(picture,))
    body = body.replace(b"/Font<</F1 3 0 R>>", b"/Font<</F1 3 0 R>>/XObject<</I 100 0 R>>")
    body = body.replace(b"stream\nBT", b"stream\n600 0 0 780 0 0 cm /I Do 1 0 0 1 0 0 cm BT")

    assert read_document("pdf", body, PLAIN).problem in ("no-text-layer", "damaged", "")
    assert read_document("pdf", made.text_pdf("Scanned"), PLAIN).problem == ""


def test_what_it_says_of_itself_is_taken_from_xmp_then_from_info():
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
        b'syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>'
        b"<rdf:li>Of Tides</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>Ann</rdf:li>"
        b"<rdf:li>Bob</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    info = "/Title(other)/Author(Somebody)/CreationDate(D:20230120164927+01'00')"

    found = read_document(
        "pdf", made.text_pdf("Words.", xmp=packet, info=info, catalog="/Lang(en-GB)"), PLAIN
    ).metadata

    assert (found.title, found.authors) == ("Of Tides", ("Ann", "Bob"))
    assert (found.published, found.language) == ("2023-01-20T16:49:27+01:00", "en-GB")
    assert found.sources["published"] == "info published"


def test_its_links_lead_to_the_web():
    link = "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI({})>>>>"
    body = made.text_pdf("Words.", more=(link.format("https://a.test/b"), link.format("/c")))
    body = body.replace(b"/Resources", b"/Annots[100 0 R 101 0 R]/Resources", 1)

    assert read_document("pdf", body, PLAIN).links == ("https://a.test/b", "/c")


def test_pages_beyond_the_limit_are_cut_and_their_last_ones_heard():
    settings = ContentSettings.model_validate({"documents": {"pages": 4}})
    pages = [[Line(f"Page of the {name}")] for name in NAMES]

    found = read_document("pdf", made.pdf(*pages), settings)

    assert (found.pages, found.flags) == (12, ("pages-cut",))
    assert "deck" not in found.text
    assert "deck" in found.ends


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("D:20230120164927+01'00'", "2023-01-20T16:49:27+01:00"),
        ("D:20230120164927Z", "2023-01-20T16:49:27Z"),
        ("D:20230120", "2023-01-20"),
        ("20230120164927", "2023-01-20T16:49:27"),
        ("D:2023", "2023"),
        ("2023-01-20", "2023-01-20"),
        ("yesterday", ""),
        ("D:99999999", ""),
    ],
)
def test_dates_are_read_as_written(stated, expected):
    assert date(stated) == expected


@given(st.text(max_size=30))
def test_no_text_makes_a_date_raise(stated):
    assert isinstance(date(stated), str)


def test_no_blocks_are_no_text():
    assert written([], markdown=False) == ""
