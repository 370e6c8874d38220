"""PDF, read with PDFium (ISO 32000-1). If it crashes, that costs the one URL."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass, field, replace
from typing import Any, Final

from crawler.core.content.documents import pdf_properties, xmp
from crawler.core.content.documents.contents import (
    BOMB,
    DAMAGED,
    ENCRYPTED,
    GARBLED,
    MOST_LINKS,
    NO_TEXT_LAYER,
    Contents,
    UnreadableError,
)
from crawler.core.content.documents.manifest_store import assertions
from crawler.core.content.documents.pdf_blocks import blocks_of
from crawler.core.content.documents.pdf_lines import Row, rows_of
from crawler.core.content.documents.pdf_margins import without_margins
from crawler.core.content.documents.pdf_text import written
from crawler.core.content.documents.pdf_words import Word, words_of
from crawler.core.content.documents.statements import kept_statements, spoken
from crawler.core.content.settings import ContentSettings
from crawler.core.document import Metadata
from crawler.core.evidence import Carrier

_VERSION: Final = "2"
_ENDS: Final = 2  # pages at either end on which rights are stated
_FEW: Final = 25  # letters of a page: a stamp on a picture
_SCANNED: Final = 0.8  # of the pages are pictures
_GARBLED: Final = 0.5  # of the letters are unknown
_PLAIN: Final = 0.2  # least share of vowels in what is Latin letters
_LETTERS: Final = 0.55  # least share of letters
_MOST_PAGES: Final = 1_000_000
_PASSWORD: Final = 4  # FPDF_ERR_PASSWORD
_SECURITY: Final = 5
_MOST_TEXT: Final = 60_000  # characters of the first and last pages
_MONO: Final = re.compile(
    r"mono|courier|consol|typewriter|cmtt|cmsltt|lmtt|sftt|ectt|menlo|inconsol|fixed|nimbusmon",
    re.IGNORECASE,
)
_BOLD: Final = re.compile(r"bold|black|heavy|semib|cmb|sfbx|ecbx|-medi\b|lmb", re.IGNORECASE)
_FIXED_PITCH: Final = 1  # flag of a font descriptor (section 9.8.2)
_VOWEL: Final = re.compile(r"[aeiouyäöüåæøœáéíóúàèìòùâêîôûãõ]", re.IGNORECASE)
_LATIN: Final = re.compile(r"[a-zäöüåæøœßáéíóúàèìòùâêîôûãõçñ]", re.IGNORECASE)


def load() -> None:
    """Load the library."""
    _raw()


def _raw() -> Any:  # noqa: ANN401 (ctypes)
    from pypdfium2 import raw  # noqa: PLC0415 - large; pages do without

    global _started  # noqa: PLW0603 - as the library has it
    if not _started:
        raw.FPDF_InitLibrary()
        _started = True
    return raw


_started = False
_LONGEST: Final = 128  # characters of a font's name
_NAME: Final = ctypes.create_string_buffer(_LONGEST)
_FLAGS: Final = ctypes.c_int(0)
_WORDS: Final = 6  # of a line, of which the longest tells how large its letters are


@dataclass(slots=True)
class _Pages:
    rows: list[list[Row]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    letters: int = 0
    unknown: float = 0.0  # letters without a meaning
    bare: int = 0  # pages with next to no letters ...
    pictured: int = 0  # ... and a picture all over: scanned, with a stamp at most
    links: dict[str, None] = field(default_factory=dict)


def read(body: bytes, settings: ContentSettings) -> Contents:
    """Return what a PDF holds.

    Raises:
        UnreadableError: It is damaged, or only a password opens it.
    """
    raw = _raw()
    document = raw.FPDF_LoadMemDocument64(body, len(body), None)
    if not document:
        code = ENCRYPTED if raw.FPDF_GetLastError() in (_PASSWORD, _SECURITY) else DAMAGED
        raise UnreadableError(code, f"error {raw.FPDF_GetLastError()}")
    try:
        return _read(raw, document, body, settings)
    finally:
        raw.FPDF_CloseDocument(document)


def _read(raw: Any, document: Any, body: bytes, settings: ContentSettings) -> Contents:  # noqa: ANN401
    count = raw.FPDF_GetPageCount(document)
    if count > _MOST_PAGES:
        raise UnreadableError(BOMB, f"{count} pages")
    carriers, metadata, words = _said(raw, document, body)
    most = settings.documents.pages
    numbers = list(range(min(count, most)))
    pages = _Pages()
    for number in numbers:
        _page(raw, document, number, pages)
    last = _Pages()
    for number in range(max(len(numbers), count - _ENDS), count):
        _page(raw, document, number, last)  # where rights are stated, though it is not kept
    pages.links.update(last.links)
    blocks = blocks_of(without_margins(pages.rows, pages.heights))
    text = written(blocks, markdown=settings.markdown)
    problem = _problem(pages, text, len(numbers))
    if not problem and count == 1 and pdf_properties.is_cover(raw, document, text):
        problem = NO_TEXT_LAYER
    flags = ["pages-cut"] if count > most else []
    if pages.pictured and not problem:
        flags.append("pages-without-text")
    return Contents(
        kind="pdf",
        reader=_VERSION,
        text="" if problem else text,
        metadata=metadata,
        pages=count,
        links=tuple(pages.links)[:MOST_LINKS],
        carriers=carriers,
        ends=_ends(pages, last, words),
        problem=problem,
        flags=tuple(flags),
    )


def _page(raw: Any, document: Any, number: int, pages: _Pages) -> None:  # noqa: ANN401
    page = raw.FPDF_LoadPage(document, number)
    rows: list[Row] = []
    height = 0.0
    if page:
        text_page = raw.FPDFText_LoadPage(page)
        if text_page:
            found = words_of(raw, page, text_page)
            rows, height = rows_of(found.words), found.height
            for row in rows:
                row.page = number
                _dress(raw, text_page, row)
            pages.letters += found.letters
            pages.unknown += found.unknown * found.letters
            if found.letters < _FEW:
                pages.bare += 1
                pages.pictured += pdf_properties.is_picture(raw, page)
            raw.FPDFText_ClosePage(text_page)
        pages.links.update(dict.fromkeys(pdf_properties.links(raw, document, page)))
        raw.FPDF_ClosePage(page)
    pages.rows.append(rows)
    pages.heights.append(height)


def _dress(raw: Any, text_page: Any, row: Row) -> None:  # noqa: ANN401
    """Note how a line is set: its first and last word tell."""
    numbered = len(row.cells) > 1 and row.texts[0].isdecimal()  # its number may be the line's
    first, last = row.cells[int(numbered)].first, row.cells[-1].last
    name, flags = _font(raw, text_page, first)
    row.mono = bool(flags & _FIXED_PITCH) or _MONO.search(name) is not None
    row.bold = _BOLD.search(name) is not None
    longest = max(row.cells[int(numbered)].words[:_WORDS], key=_letters)
    row.letters = _size(raw, text_page, longest[5])
    if (row.mono or row.bold) and last != first:
        name, flags = _font(raw, text_page, last)
        row.mono &= bool(flags & _FIXED_PITCH) or _MONO.search(name) is not None
        row.bold &= _BOLD.search(name) is not None


def _letters(word: Word) -> int:
    return len(word[0])


def _size(raw: Any, text_page: Any, place: int) -> float:  # noqa: ANN401
    """Return the size of a character in points, 0 if it is not known.

    Boxes are as high as a font says, which differs by a third between fonts of one size.
    """
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text_page, place, matrix):
        return 0.0
    return float(raw.FPDFText_GetFontSize(text_page, place)) * math.hypot(matrix.b, matrix.d)


def _font(raw: Any, text_page: Any, place: int) -> tuple[str, int]:  # noqa: ANN401
    _NAME[0] = b"\x00"
    raw.FPDFText_GetFontInfo(text_page, place, _NAME, _LONGEST, _FLAGS)
    return _NAME.value.decode("latin-1"), _FLAGS.value


def _problem(pages: _Pages, text: str, count: int) -> str:
    if pages.pictured > _SCANNED * count and pages.letters < _FEW * count:
        return NO_TEXT_LAYER
    if pages.letters and pages.unknown > _GARBLED * pages.letters and not _is_plausible(text):
        return GARBLED
    if not text.strip():
        return NO_TEXT_LAYER
    return ""


def _is_plausible(text: str) -> bool:
    """Tell whether glyphs that claim no letters are letters all the same, as in old TeX fonts."""
    plain = "".join(text[:20_000].split())
    letters = sum(map(str.isalpha, plain))
    if not plain or letters < _LETTERS * len(plain):
        return False
    latin = len(_LATIN.findall(plain))
    if latin < letters / 2:
        return True
    return len(_VOWEL.findall(plain)) >= _PLAIN * latin


def _ends(pages: _Pages, last: _Pages, words: str) -> str:
    """Return the first and the last pages with all that stands in their margins, and `words`."""
    tail = [*pages.rows, *last.rows][-_ENDS:] if len(pages.rows) + len(last.rows) > _ENDS else []
    parts = [
        written(blocks_of([rows]), markdown=False) for rows in (*pages.rows[:_ENDS], *tail) if rows
    ]
    found = "\n\n".join(dict.fromkeys(parts))[:_MOST_TEXT]
    return f"{found}\n\n{words}" if words else found


def _said(raw: Any, document: Any, body: bytes) -> tuple[tuple[Carrier, ...], Metadata, str]:  # noqa: ANN401
    """Return what the document says of rights, of itself, and in plain words."""
    copy = pdf_properties.plain_copy(raw, document, body)
    packet = [one for data in pdf_properties.packets_of(copy) for one in xmp.properties(data)]
    of_pages = [
        one for data in pdf_properties.packets_of_pages(copy) for one in xmp.properties(data)
    ]
    carriers = [
        *xmp.statements([*packet, *of_pages]),
        *kept_statements("info", pdf_properties.custom_info(copy) if copy else ()),
        *dict.fromkeys(
            one
            for store in pdf_properties.manifest_stores(raw, document, copy)
            for one in assertions(store)
        ),
    ]
    if forbidden := pdf_properties.forbids_extraction(raw, document):
        carriers.append(Carrier("asset", "permissions", forbidden, "encryption"))
    own = [(name, pdf_properties.info(raw, document, name)) for name in ("Subject", "Keywords")]
    metadata = _metadata(raw, document, xmp.metadata(packet))
    return tuple(carriers), metadata, spoken([*own, *packet, *of_pages])


def _metadata(raw: Any, document: Any, stated: Metadata) -> Metadata:  # noqa: ANN401
    """Return XMP's metadata, and Info's where that says nothing (section 14.3)."""
    author = pdf_properties.info(raw, document, "Author")
    own = {
        "title": pdf_properties.info(raw, document, "Title"),
        "published": pdf_properties.date(pdf_properties.info(raw, document, "CreationDate")),
        "modified": pdf_properties.date(pdf_properties.info(raw, document, "ModDate")),
        "language": _language(raw, document),
    }
    places = {"language": "catalog lang"}
    more: dict[str, Any] = {
        name: value for name, value in own.items() if value and not getattr(stated, name)
    }
    if author and not stated.authors:
        more["authors"] = _authors(author)
    sources = dict(stated.sources) | {name: places.get(name, f"info {name}") for name in more}
    return replace(stated, **more, sources=sources)


def _authors(said: str) -> tuple[str, ...]:
    """Return the names in a text; a comma parts them where each is more than one word."""
    names = [name.strip() for name in re.split(r";| and |\\and", said)]
    parts = [part.strip() for name in names for part in name.split(",")]
    return tuple(filter(None, parts if all(" " in part for part in parts) else names))


def _language(raw: Any, document: Any) -> str:  # noqa: ANN401

    call = getattr(raw, "FPDFCatalog_GetLanguage", None)
    if call is None:
        return ""
    size = call(document, None, 0)
    if not 2 < size <= 256:  # noqa: PLR2004
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    call(document, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").partition("\x00")[0]
