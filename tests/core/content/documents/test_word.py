"""What Word leaves in a DOCX beside its words: fields, changes, controls, boxes, formulas."""

# ruff: noqa: E501, RUF001 - a case is a line of markup

import io
import zipfile

import pytest

from crawler.core.content import ContentSettings
from crawler.core.content.documents.readers import read_document
from tests.core.content.documents import made
from tests.core.content.documents.test_packages import FIELD, NOTES, RUN, STYLES

BEGIN, THEN, END = (FIELD.format(kind) for kind in ("begin", "separate", "end"))
HIDDEN = '<w:style w:type="character" w:styleId="H"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
BOX = "<w:txbxContent><w:p>{}</w:p></w:txbxContent>".format(RUN.format("In a box."))
OLD_BOX = f"<w:pict><v:shape xmlns:v='v'><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"


def say(words):
    return f"<w:instrText>{words}</w:instrText>".join(("<w:r>", "</w:r>"))


def run(words, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


def read(body, members=(), **parts):
    parts.setdefault("word__styles", STYLES.replace("</w:styles>", HIDDEN))
    file = io.BytesIO(made.docx(body, word__footnotes=NOTES, **parts))
    with zipfile.ZipFile(file, "a") as package:
        for name, data in members:
            package.writestr(name, data)
    return read_document("docx", file.getvalue(), ContentSettings(markdown=True))


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"{run('Dear ')}{BEGIN}{say(' IF ')}{BEGIN}{say(' MERGEFIELD x ')}{THEN}{run('gone')}{END}{say(' = 1')}{THEN}{run('Sir')}{END}", "Dear Sir"),
        (f"{run('Before')}{BEGIN}{say(' XE &quot;index&quot; ')}{END}{run(' after')}", "Before after"),
        (f"{BEGIN}{say(' PAGE ')}{run('lost')}</w:p><w:p>{run('Found.')}", "Found."),
        (f"<w:fldSimple w:instr=' REF x '>{run('Table 1')}</w:fldSimple>", "Table 1"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>kanji</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢字</w:t></w:r></w:rubyBase></w:ruby></w:r>", "漢字"),
        (f"{run('angle ')}<w:r><w:sym w:font='Symbol' w:char='F061'/><w:sym w:font='Wingdings' w:char='F0E0'/></w:r>", "angle α"),
        (run("\uf0b1\uf062", "<w:rFonts w:ascii='Symbol'/>"), "±β"),
        (f"{run('Name: ')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>{run('Ann')}", "Name: Ann"),
        (f"<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('First half ')}<w:del>{run('gone')}</w:del></w:p><w:p>{run('second half.')}", "First half second half."),
        (f"<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('At the end.')}", "At the end."),
        (f"<w:moveFrom>{run('gone')}</w:moveFrom><w:moveTo>{run('moved')}</w:moveTo>", "moved"),
        (f"{run('Host')}<w:r>{OLD_BOX}</w:r>", "Host\n\nIn a box."),
        (f"{run('Host')}<w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice><mc:Fallback>{OLD_BOX}</mc:Fallback></mc:AlternateContent></w:r>", "Host\n\nIn a box."),
        (f"{run('Noted')}<w:r><w:footnoteReference w:customMarkFollows='1' w:id='1'/><w:t>*</w:t></w:r>{run(' here.')}", "Noted here.\n\nA note."),
        (f"<w:smartTag><w:smartTagPr/>{run('Berlin')}</w:smartTag>{run(' is')}", "Berlin is"),
        (run("Seen") + run(" unseen", "<w:rStyle w:val='H'/>"), "Seen"),
        (run("Shown again", "<w:rStyle w:val='H'/><w:vanish w:val='0'/>"), "Shown again"),
    ],
)  # fmt: skip
def test_what_word_adds_is_no_text_and_takes_none_away(inner, text):
    assert read(f"<w:p>{inner}</w:p>").text == text


def test_a_row_that_was_deleted_is_gone():
    rows = (
        f"<w:tr>{mark}<w:tc><w:p>{run(words)}</w:p></w:tc><w:tc><w:p>{run(2)}</w:p></w:tc></w:tr>"
        for mark, words in (("", "kept"), ("<w:trPr><w:del/></w:trPr>", "gone"), ("", "also"))
    )

    assert (
        read(f"<w:tbl>{''.join(rows)}</w:tbl>").text == "| kept | 2 |\n| --- | --- |\n| also | 2 |"
    )


def test_fields_lead_to_pages_as_links_do():
    simple = f"<w:fldSimple w:instr='HYPERLINK https://a.test/2'>{run('two')}</w:fldSimple>"
    inner = (
        f"{BEGIN}{say(' HYPER')}{say('LINK &quot;https://a.test/1&quot; ')}{THEN}{run('one ')}{END}"
    )

    found = read(f"<w:p>{inner}{simple}</w:p>")

    assert (found.text, found.links) == ("one two", ("https://a.test/1", "https://a.test/2"))


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        (
            "chunk.html",
            "<title>t</title><h2>Part</h2><p>Words.<!-- never closed",
            "## Part\n\nWords.",
        ),
        ("chunk.txt", "Words <b>", "```\nWords <b>\n```"),
        ("chunk.mht", "MIME-Version: 1.0", ""),
    ],
)
def test_a_part_in_another_format_stands_where_it_is_put_in(name, data, text):
    body = (
        f"<w:p>{run('Before.')}</w:p><w:altChunk r:id='c1' xmlns:r='r'/><w:p>{run('After.')}</w:p>"
    )
    link = (
        f"<Relationships><Relationship Id='c1' Type='x/aFChunk' Target='{name}'/></Relationships>"
    )

    found = read(body, (("word/_rels/document.xml.rels", link), (f"word/{name}", data)))

    assert found.text == "\n\n".join(filter(None, ("Before.", text, "After.")))


def part(name, inner):
    return f"<m:{name}>{inner}</m:{name}>"


def letters(words, plain=""):
    return f"<m:r>{plain}<m:t>{words}</m:t></m:r>"


@pytest.mark.parametrize(
    ("formula", "tex"),
    [
        (part("func", part("fName", letters("sin")) + part("e", letters("x"))), r"\sin x"),
        (part("func", part("fName", part("limLow", part("e", letters("lim")) + part("lim", letters("n→∞")))) + part("e", letters("a"))), r"\lim_{n→∞}a"),
        (part("acc", part("accPr", "<m:chr m:val='\u0303'/>") + part("e", letters("x"))), r"\tilde{x}"),
        (part("acc", part("e", letters("x"))), r"\hat{x}"),
        (part("bar", part("barPr", "<m:pos m:val='top'/>") + part("e", letters("z"))), r"\overline{z}"),
        (part("groupChr", part("e", letters("a"))), r"\underbrace{a}"),
        (part("sPre", part("sub", letters("6")) + part("sup", letters("14")) + part("e", letters("C"))), "{}_6^{14}C"),
        (letters("speed", "<m:rPr><m:nor/></m:rPr>") + letters("=3"), r"\text{speed}=3"),
        (part("eqArr", part("e", letters("a&amp;=1")) + part("e", letters("b&amp;=2"))), r"\begin{matrix}a=1 \\ b=2\end{matrix}"),
        (part("d", part("e", letters("a")) + part("e", letters("b"))), "(a|b)"),
        (part("borderBox", part("e", letters("E=mc"))) + f"<w:del>{letters('2')}</w:del>", "E=mc"),
    ],
)  # fmt: skip
def test_formulas_of_word_are_formulas(formula, tex):
    assert read(f"<w:p><m:oMath xmlns:m='m'>{formula}</m:oMath></w:p>").text == f"${tex}$"
