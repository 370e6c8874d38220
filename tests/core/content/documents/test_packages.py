"""EPUB, DOCX and ODT: their text by way of HTML, their metadata, and files made to harm."""

# ruff: noqa: E501, ISC004 - a case is a line of markup

import io
import zipfile

import pytest

from crawler.core.content import ContentSettings
from crawler.core.content.documents.readers import read_document
from crawler.core.content.documents.zip_file import joined, within
from tests.core.content.documents import made

PLAIN = ContentSettings()
MARKED = ContentSettings(markdown=True)
RUN = "<w:r><w:t>{}</w:t></w:r>"
P = "<w:p>{}<w:r><w:t>{}</w:t></w:r></w:p>"
STYLES = (
    f'<w:styles xmlns:w="{made.W}"><w:style w:styleId="Kop"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="Child"><w:name w:val="mine"/><w:basedOn w:val="Kop"/></w:style>'
    '<w:style w:styleId="C"><w:name w:val="Source Code"/></w:style>'
    '<w:style w:styleId="T"><w:name w:val="toc 1"/></w:style></w:styles>'
)
NOTES = (
    f'<w:footnotes xmlns:w="{made.W}"><w:footnote w:id="1"><w:p>{RUN.format("A note.")}</w:p>'
    "</w:footnote></w:footnotes>"
)
STYLED = '<w:pPr><w:pStyle w:val="{}"/></w:pPr>'
NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
DOCX = [
    (P.format(STYLED.format("Kop"), "Head"), "## Head"),
    (P.format(STYLED.format("Child"), "Head"), "## Head"),
    (P.format(STYLED.format("T"), "Head 3"), ""),
    (P.format(NUMBERED.format(0), "a") + P.format(NUMBERED.format(1), "b"), "- a\n  - b"),
    (
        f"<w:tbl><w:tr>{CELL.format(1)}{CELL.format(2)}</w:tr><w:tr>{CELL.format(3)}{CELL.format(4)}"
        "</w:tr></w:tbl>",
        "| 1 | 2 |\n| --- | --- |\n| 3 | 4 |",
    ),
    (P.format(STYLED.format("C"), "a = 1") + P.format(STYLED.format("C"), "b"), "```\na = 1\nb\n```"),
    (f"<w:p>{RUN.format('kept')}<w:del>{RUN.format('gone')}</w:del></w:p>", "kept"),
    (f"<w:p><w:ins>{RUN.format('put in')}</w:ins></w:p>", "put in"),
    ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r></w:p>", ""),
    (f'<w:p>{RUN.format("x")}<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>', "x^2"),
    (
        f"<w:p>{FIELD.format('begin')}<w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"{FIELD.format('separate')}{RUN.format('7')}{FIELD.format('end')}</w:p>",
        "7",
    ),
    (f'<w:p>{RUN.format("Noted")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>', "Noted\n\nA note."),
    ("<w:p><w:r><w:t>soft</w:t><w:softHyphen/><w:t>ly</w:t></w:r></w:p>", "softly"),
    (
        "<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:t>once</w:t></mc:Choice>"
        "<mc:Fallback><w:t>once</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        "once",
    ),
    (f"<w:sdt><w:sdtContent>{P.format('', 'in a control')}</w:sdtContent></w:sdt>", "in a control"),
    (
        "<w:p><m:oMath xmlns:m='m'><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t>"
        "</m:r></m:den></m:f></m:oMath></w:p>",
        r"$\frac{a}{b}$",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), DOCX)
def test_a_docx_is_read_to_its_text(body, expected):
    file = made.docx(body, word__styles=STYLES, word__footnotes=NOTES)

    assert read_document("docx", file, MARKED).text == expected


SUP = (
    '<style:style style:name="H2" style:default-outline-level="2"/>'
    '<style:style style:name="P9" style:parent-style-name="H2"/>'
    '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/>'
    "</style:style>"
)
ODT = [
    ('<text:h text:outline-level="2">Head</text:h>', "## Head"),
    (
        "<text:list><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>",
        "- a\n  - b",
    ),
    (
        "<table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>"
        "<table:table-cell><text:p>2</text:p></table:table-cell></table:table-row><table:table-row>"
        "<table:table-cell><text:p>3</text:p></table:table-cell><table:table-cell><text:p>4</text:p>"
        "</table:table-cell></table:table-row></table:table>",
        "| 1 | 2 |\n| --- | --- |\n| 3 | 4 |",
    ),
    ('<text:p>x<text:span text:style-name="T1">2</text:span></text:p>', "x^2"),
    ("<text:p>a<text:s text:c='1'/>b<text:line-break/>c</text:p>", "a b\nc"),
    (
        "<text:p>Noted<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>"
        "A note.</text:p></text:note-body></text:note></text:p>",
        "Noted\n\nA note.",
    ),
    (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>kept</text:p>",
        "kept",
    ),
    (
        "<text:table-of-content><text:p>Head 3</text:p></text:table-of-content><text:p>x</text:p>",
        "x",
    ),
    ('<text:p>See <draw:object xlink:href="./Object 1" xmlns:xlink="x"/></text:p>', "See $x^2$"),
    ('<text:p text:style-name="Preformatted_20_Text">a = 1</text:p>', "```\na = 1\n```"),
    (
        "<text:p><text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>kanji</text:ruby-text></text:ruby></text:p>",
        "漢字",
    ),
    ("<text:p>To <text:placeholder>Name</text:placeholder>Ann</text:p>", "To Ann"),
    (
        "<text:p><draw:frame><svg:title xmlns:svg='urn:x:svg-compatible:1.0'>A ship</svg:title></draw:frame>Words</text:p>",
        "Words",
    ),
    ('<text:p text:style-name="P9">Head</text:p>', "## Head"),
    ("<text:p>Of <text:title>the book</text:title></text:p>", "Of the book"),
]


@pytest.mark.parametrize(("body", "expected"), ODT)
def test_an_odt_is_read_to_its_text(body, expected):
    formula = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><msup><mi>x</mi><mn>2</mn></msup></math>'
    )
    file = made.odt(body, SUP, **{"Object 1__content": formula})
    found = read_document("odt", file, MARKED).text

    assert found.replace("\u00a0", " ") == expected


def test_an_epub_is_its_spine_read_as_pages_are():
    file = made.epub(
        "<h1>One</h1><p>Words of <a href='https://a.test/x'>one</a>.</p>",
        "<table><tr><td>a</td><td>b</td></tr></table>",
        metadata="<dc:title>A book</dc:title><dc:creator>Ann</dc:creator><dc:language>de</dc:language>"
        "<dc:date>2020-05-01</dc:date>",
    )

    found = read_document("epub", file, PLAIN)

    assert found.text == "One\n\nWords of one.\n\na\tb"
    assert (found.pages, found.links) == (2, ("https://a.test/x",))
    assert (found.metadata.title, found.metadata.authors) == ("A book", ("Ann",))
    assert (found.metadata.language, found.metadata.published) == ("de", "2020-05-01")


MATHML = "http://www.w3.org/1998/Math/MathML"


@pytest.mark.parametrize(
    ("chapter", "text"),
    [
        ('<p>One <span epub:type="pagebreak" title="12">12</span>two</p>', "One two"),
        ('<p>One <span class="pagenum"><a id="p">[Pg 12]</a></span>two</p>', "One two"),
        ('<p>One <span role="doc-pagebreak">xii</span>two <span class="x">12</span></p>', "One two 12"),
        (f'<p>Given <m:math xmlns:m="{MATHML}" alttext="x^2"><m:mi>x</m:mi></m:math> so.</p>', "Given $x^2$ so."),
        (f'<p>Given <epub:switch><epub:case><math xmlns="{MATHML}"><mi>x</mi></math></epub:case><epub:default>an x</epub:default></epub:switch> so.</p>', "Given $x$ so."),
        ("<p>Word<a epub:type='noteref' href='#n'>1</a> next.</p>", "Word next."),
    ],
)  # fmt: skip
def test_what_books_add_for_programs_is_no_text(chapter, text):
    assert read_document("epub", made.epub(chapter), PLAIN).text == text


def test_a_list_of_the_chapters_is_none():
    file = made.epub("<ul><li><a href='c1.xhtml'>One</a></li></ul>", "<p>Words.</p>")
    with zipfile.ZipFile(io.BytesIO(file)) as members:
        package = members.read("OPS/book.opf").decode()
        rest = {name: members.read(name) for name in members.namelist() if name != "OPS/book.opf"}
    guide = '<guide><reference type="toc" href="c0.xhtml"/></guide></package>'
    rest["OPS/book.opf"] = package.replace("</package>", guide)

    assert read_document("epub", made.zipped(rest), PLAIN).text == "Words."


def test_names_that_are_no_ascii_are_found_whether_or_not_they_say_what_they_are():
    file = made.epub("<p>Words.</p>")
    with zipfile.ZipFile(io.BytesIO(file)) as members:
        package = members.read("OPS/book.opf").replace(b"c0.xhtml", "c\u00e9.html".encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as again:
        again.writestr("META-INF/container.xml", made.CONTAINER)
        again.writestr("OPS/book.opf", package)
        again.writestr("OPS/c0.xhtml", "<p>Words.</p>")
    renamed = out.getvalue().replace(b"OPS/c0.xhtml", b"OPS/c\xc3\xa9.html")

    assert read_document("epub", renamed, PLAIN).text == "Words."


def locked(algorithm):
    return (
        f'<encryption><EncryptedData><EncryptionMethod Algorithm="{algorithm}"/><CipherData>'
        '<CipherReference URI="OPS/c0.xhtml"/></CipherData></EncryptedData></encryption>'
    )


FONTS = "http://www.idpf.org/2008/embedding"
TYPES = {"[Content_Types].xml": "<Types/>"}
HOSTILE = [
    (
        "epub",
        made.epub("<p>x</p>", members={"META-INF/encryption.xml": locked("aes")}),
        "encrypted",
    ),
    (
        "epub",
        made.epub(
            "<p>x</p>",
            members={"META-INF/encryption.xml": locked("http://www.idpf.org/2008/embedding")},
        ),
        "encrypted",  # only fonts may be obfuscated
    ),
    (
        "epub",
        made.epub(
            "<p>x</p>",
            members={"META-INF/encryption.xml": locked(FONTS).replace("c0.xhtml", "f.otf")},
        ),
        "",
    ),
    (
        "epub",
        made.epub(
            "<p>x</p>",
            members={
                "META-INF/encryption.xml": locked("aes").replace("c0.xhtml", "a.css"),
                "META-INF/license.lcpl": "{}",
            },
        ),
        "encrypted",
    ),
    (
        "epub",
        made.epub(
            "<p>x</p>", members={"META-INF/encryption.xml": locked("aes").replace("c0", "C0")}
        ),
        "encrypted",
    ),
    ("epub", made.epub("".join(map(chr, range(1, 40))) * 9), "garbled"),
    ("epub", made.zipped({"a": "b"}, "application/epub+zip"), "damaged"),
    ("docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("docx", b"\xd0\xcf\x11\xe0 an old one", "type"),
    ("docx", b"PK\x03\x04 no zip", "damaged"),
    ("docx", made.zipped(TYPES), "damaged"),
    ("docx", made.zipped(TYPES | {"word/document.xml": "<open>"}), "damaged"),
    (
        "docx",
        made.zipped(TYPES | {"word/document.xml": b"<a>" + bytes(30_000_000)}),
        "document-bomb",
    ),
    ("docx", made.zipped(TYPES | {f"m{n}": "" for n in range(10_001)}), "document-bomb"),
    ("docx", made.docx("<a>" * 20_000 + "</a>" * 20_000), "no-text-layer"),
    (
        "odt",
        made.odt("x", META_INF__manifest="<m><file-entry><encryption-data/></file-entry></m>"),
        "",
    ),
    (
        "odt",
        made.zipped({"content.xml": "<x/>", "META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        "encrypted",
    ),
    (
        "odt",
        made.zipped({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "document-bomb",
    ),
    ("odt", made.zipped({"content.xml": "<spreadsheet/>"}), "type"),
]


@pytest.mark.parametrize(("kind", "body", "code"), HOSTILE)
def test_a_file_that_harms_or_is_locked_has_a_code(kind, body, code):
    found = read_document(kind, body, PLAIN)

    assert found.problem == code or (code == "" and found.problem == "no-text-layer")


def test_members_that_lie_upon_one_another_are_a_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", "<x/>")
        first, second = file.infolist()
        second.header_offset = first.header_offset

    assert read_document("docx", out.getvalue(), PLAIN).problem == "document-bomb"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a/b", "a/b"), ("a//b", "a/b"), ("a\\b", "a/b"), ("../a", ""), ("/a", "a"), ("a/../../b", ""),
     ("a/", ""), ("", ""), ("c:/x", ""), ("a/../b", "b"), ("a\x00b", "")],
)  # fmt: skip
def test_names_stay_within_the_file(name, expected):
    assert within(name) == expected


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [("OPS/book.opf", "c%201.xhtml#x", "OPS/c 1.xhtml"), ("OPS/t/a", "../b", "OPS/b"),
     ("a", "/b", "b"), ("a", "../../b", ""), ("a", "https://x.test/", ""), ("a", "#x", "")],
)  # fmt: skip
def test_links_between_members(base, href, expected):
    assert joined(base, href) == expected
