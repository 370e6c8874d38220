"""Small documents made by hand: a PDF of lines, packages of XML."""

import io
import zipfile
import zlib
from dataclasses import dataclass

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name if full is None else full}:1.0"'
    for name, full in {
        "office": None, "text": None, "table": None, "style": None, "meta": None,
        "fo": "xsl-fo-compatible", "draw": "drawing", "manifest": None,
    }.items()
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """Words at a place of a page, in points from its lower left corner."""

    words: str
    x: float = 72
    y: float = 720
    size: float = 11


def pdf(*pages, info="", xmp=b"", more=(), catalog="", stream="", page=""):
    """Return a PDF whose pages hold these lines; `more` are further objects from number 100 on.

    `page` are further entries of the last page.
    """
    objects = {
        1: "",
        2: "",
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    }
    kids = []
    for number, lines in enumerate(pages):
        shown = "".join(
            f"BT /F1 {line.size} Tf {line.x} {line.y} Td ({_escaped(line.words)}) Tj ET\n"
            for line in lines
        ).encode("cp1252")
        at = 10 + 2 * number
        objects[at] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {at + 1} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>>>{page if number + 1 == len(pages) else ''}>>"
        )
        objects[at + 1] = _stream(shown)
        kids.append(f"{at} 0 R")
    if xmp:
        objects[4] = _stream(xmp, "/Type/Metadata/Subtype/XML" + stream)
        catalog += "/Metadata 4 0 R"
    if info:
        objects[5] = f"<<{info}>>"
    objects[1] = f"<</Type/Catalog/Pages 2 0 R{catalog}>>"
    objects[2] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    objects |= {100 + number: one for number, one in enumerate(more)}
    return _file(objects, "/Info 5 0 R" if info else "")


def deflated(data):
    return zlib.compress(data)


def text_pdf(*paragraphs, **options):
    """Return a PDF of one page with a line for each text."""
    lines = [Line(words, y=720 - 30 * number) for number, words in enumerate(paragraphs)]
    return pdf(lines, **options)


def stream_of(data, entries=""):
    """Return a stream as an object of `more`."""
    return _stream(data, entries)


def _stream(data, entries=""):
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries.encode(), len(data), data)


def _file(objects, trailer):
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        body = content if isinstance(content, bytes) else content.encode("latin-1")
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(places) + 1
    out += f"trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _escaped(words):
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def zipped(members, first=None):
    """Return a zip file; `first` stands in front, uncompressed, under the name mimetype."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        if first is not None:
            file.writestr(zipfile.ZipInfo("mimetype"), first)
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def docx(body, **members):
    """Return a DOCX; `members` are further ones, named `word__styles` for word/styles.xml."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}"/></Types>'
    )
    whole = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    more = {f"{name.replace('__', '/')}.xml": data for name, data in members.items()}
    return zipped({"[Content_Types].xml": types, "word/document.xml": whole, **more})


def odt(body, styles="", **members):
    whole = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}"
        "</office:automatic-styles><office:body><office:text>"
        f"{body}</office:text></office:body></office:document-content>"
    )
    more = {f"{name.replace('__', '/')}.xml": data for name, data in members.items()}
    return zipped({"content.xml": whole, **more}, "application/vnd.oasis.opendocument.text")


def epub(*chapters, metadata="", members=None):
    """Return an EPUB whose chapters hold this HTML."""
    items = "".join(
        f'<item id="c{at}" href="c{at}.xhtml" media-type="application/xhtml+xml"/>'
        for at in range(len(chapters))
    )
    refs = "".join(f'<itemref idref="c{at}"/>' for at in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
        ' prefix="tdm: http://www.w3.org/ns/tdmrep#">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine>{refs}</spine></package>"
    )
    pages = {
        f"OPS/c{at}.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
        f"<body>{html}</body></html>"
        for at, html in enumerate(chapters)
    }
    whole = {"META-INF/container.xml": CONTAINER, "OPS/book.opf": package, **pages}
    return zipped(whole | (members or {}), "application/epub+zip")
