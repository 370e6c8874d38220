"""What a PDF says beside its text: Info, XMP, permissions, attachments, links."""

from __future__ import annotations

import base64
import ctypes
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import islice
from typing import Any, Final

from crawler.core.content.documents import lzw
from crawler.core.content.documents.contents import MOST_LINKS
from crawler.core.content.metadata.dates import iso

_EXTRACT: Final = 0x10  # bit 5 of /P: copy or otherwise extract text (ISO 32000-1 table 22)
_REMOVE_SECURITY: Final = 3  # flag of FPDF_SaveAsCopy
_MOST_XMP: Final = 4_000_000  # bytes
_MOST_COPY: Final = 512 * 2**20
_MOST_ATTACHMENTS: Final = 100
_MOST_PACKETS: Final = 20
_MOST_STORE: Final = 64_000_000
_JUMBF: Final = b"jumb"
_RELATED: Final = re.compile(rb"/AFRelationship\s{0,9}/C2PA_Manifest")
_EMBEDDED: Final = re.compile(rb"/U?F\s{1,9}(\d{1,10})\s{1,9}\d{1,5}\s{1,9}R")
_NEAR: Final = 1_000  # bytes around, in which the file is named
_REFERENCE: Final = re.compile(rb"\s{1,9}\d{1,5}\s{1,9}R(?![A-Za-z])")
_MOST_TEXT: Final = 8_192  # bytes of one Info value
_MOST_OBJECTS: Final = 10_000
_XFA: Final = (2, 3)  # FORMTYPE_XFA_FULL, FORMTYPE_XFA_FOREGROUND
_COVER: Final = 1_500  # characters
_PORTFOLIO: Final = re.compile(
    r"portfolio|portefeuille|ポートフォリオ|文件包|портфолио", re.IGNORECASE
)
_IMAGE: Final = 3  # FPDF_PAGEOBJ_IMAGE
_URI: Final = 3  # PDFACTION_URI
_ROOT: Final = re.compile(rb"/Root\s+(\d{1,10})\s+\d{1,5}\s+R")
_INFO: Final = re.compile(rb"/Info\s+(\d{1,10})\s+\d{1,5}\s+R")
_METADATA: Final = re.compile(rb"/Metadata\s+(\d{1,10})\s+\d{1,5}\s+R")
_PAGE: Final = re.compile(rb"/Type\s{0,9}/Page(?![A-Za-z])")
_MOST_PAGES: Final = 20_000
_LONGEST_PAGE: Final = 20_000  # bytes of the dictionary of a page, to either side
_MOST_FILTERS: Final = 4
_HEX: Final = re.compile(rb"[0-9A-Fa-f\s]{40,}")
_LENGTH: Final = re.compile(rb"/Length\s+(\d{1,10})(?!\s+\d+\s+R)")
# Names of what is looked for, and of whatever an Info dictionary may say of rights.
_SPEAKS: Final = re.compile(
    rb"/(?:Metadata|AF\b|Encrypt|ObjStm|[A-Za-z0-9_.:-]{0,60}?(?:#[0-9A-Fa-f]{2}"
    rb"|(?i:licen|right|usage|terms|tdm|mining|constraint|permi[st]|prohib|restrict|reserv|polic"
    rb"|train|opt-?_?out|robots|webstatement|reuse|embargo|noai|noml|ai\b)))"
)
_MOST_DICTIONARY: Final = 8_000_000  # bytes of the catalog
_VALUE: Final = (
    rb"\s*(?:\(((?:[^()\\]|\\.){0,2000})\)|<([0-9A-Fa-f\s]{0,4000})>|/?([A-Za-z0-9.-]{1,40}))"
)
_CUSTOM: Final = re.compile(rb"/([A-Za-z0-9_.:#-]{2,80})" + _VALUE)
_ELSEWHERE: Final = re.compile(_VALUE)
_ESCAPED: Final = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_HASHED: Final = re.compile(r"#([0-9A-Fa-f]{2})")
_ESCAPES: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def info(raw: Any, document: Any, name: str) -> str:  # noqa: ANN401 (ctypes)
    """Return a value of the Info dictionary, "" if it has none."""
    size = raw.FPDF_GetMetaText(document, name.encode(), None, 0)
    if size <= 2:  # noqa: PLR2004 - the end mark alone
        return ""
    buffer = ctypes.create_string_buffer(min(size, _MOST_TEXT))
    raw.FPDF_GetMetaText(document, name.encode(), buffer, len(buffer))
    return buffer.raw.decode("utf-16-le", "replace").partition("\x00")[0].strip()


def date(text: str) -> str:
    """Return a date of a PDF, "D:20230120164927+01'00'" (section 7.9.4), as ISO 8601."""
    if not re.match(r"(?:D:)?\d{4}(?:\d\d|\Z)", text):
        return iso(text)
    digits = text.removeprefix("D:").replace("'", "")
    found = re.match(r"(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(Z|[+-]\d{2}(?:\d{2})?)?", digits)
    if found is None:
        return iso(text)
    year, month, day, hour, minute, second, zone = found.groups()
    if not month or not day:
        return iso(year)
    clock = f"T{hour}:{minute}:{second or '00'}" if hour and minute else ""
    if clock and zone:
        clock += zone if zone == "Z" else f"{zone[:3]}:{zone[3:5] or '00'}"
    return iso(f"{year}-{month}-{day}{clock}")


def forbids_extraction(raw: Any, document: Any) -> str:  # noqa: ANN401
    """Return the permissions of a document that is encrypted and forbids to take out its text."""
    if raw.FPDF_GetSecurityHandlerRevision(document) < 0:
        return ""
    flags = raw.FPDF_GetDocUserPermissions(document) & 0xFFFFFFFF
    if flags & _EXTRACT:
        return ""
    return f"P={flags - 2**32 if flags >= 2**31 else flags}: extraction of text is not permitted"


def plain_copy(raw: Any, document: Any, body: bytes) -> bytes:  # noqa: ANN401
    """Return the file without object streams and encryption; b"" where nothing is to be found.

    PDFium tells nothing of the catalog's entries, but it can write them where they can be read:
    of a file that is damaged, updated or encrypted, as it understands it itself.
    """
    if _SPEAKS.search(body) is None or len(body) > _MOST_COPY:
        return b""
    out = BytesIO()

    def write(_: object, data: Any, size: int) -> int:  # noqa: ANN401
        out.write(ctypes.string_at(data, size))
        return 1

    writer = raw.FPDF_FILEWRITE(version=1)
    kind = dict(type(writer)._fields_)["WriteBlock"]
    writer.WriteBlock = kind(write)
    if not raw.FPDF_SaveAsCopy(document, ctypes.byref(writer), _REMOVE_SECURITY):
        return body  # what stands in it plainly is read all the same
    return out.getvalue()


def packets_of(copy: bytes) -> Iterator[bytes]:
    """Yield the metadata streams of the catalog; that of a picture says nothing of the text."""
    numbers = _METADATA.findall(_object(copy, _ROOT))
    for number in list(dict.fromkeys(numbers))[:_MOST_PACKETS]:
        yield _packet(copy, number)


def packets_of_pages(copy: bytes) -> Iterator[bytes]:
    """Yield the metadata streams of single pages."""
    numbers: dict[bytes, None] = {}
    for page in islice(_PAGE.finditer(copy), _MOST_PAGES):
        start = copy.rfind(b" obj", max(0, page.start() - _LONGEST_PAGE), page.start())
        end = copy.find(b"endobj", page.end(), page.end() + _LONGEST_PAGE)
        if start >= 0 and end >= 0:
            numbers.update(dict.fromkeys(_METADATA.findall(copy[start:end])))
        if len(numbers) >= _MOST_PACKETS:
            break
    for number in list(numbers)[:_MOST_PACKETS]:
        yield _packet(copy, number)


def _packet(copy: bytes, number: bytes) -> bytes:
    return _unpacked(_stream(copy, number))


def _stream(copy: bytes, number: bytes) -> bytes:
    """Return the bytes of a stream as they are stored."""
    at = _place(copy, number)
    if at < 0:
        return b""
    start = copy.find(b"stream", at)
    head = copy[at:start] if start >= 0 else b""
    if not head or b"endobj" in head:
        return b""
    start += 6
    start += 2 if copy[start : start + 2] == b"\r\n" else 1
    stated = _LENGTH.search(head)
    end = start + int(stated[1]) if stated else -1
    if not start <= end <= len(copy) or b"endstream" not in copy[end : end + 20]:
        end = copy.find(b"endstream", start)
    return copy[start : end if end > start else len(copy)]


def custom_info(copy: bytes) -> Iterator[tuple[str, str]]:
    """Yield the keys of the Info dictionary and their values, where they can be read."""
    dictionary = _object(copy, _INFO)
    for match in _CUSTOM.finditer(dictionary):
        key = _HASHED.sub(lambda one: chr(int(one[1], 16)), match[1].decode("latin-1"))
        found: re.Match[bytes] | None = match
        if match[4] and match[4].isdigit() and _REFERENCE.match(dictionary, match.end()):
            at = _place(copy, match[4])  # it stands elsewhere, by this number
            found = _ELSEWHERE.match(copy, copy.find(b"obj", at) + 3) if at >= 0 else None
        if found is not None and (value := _value(found)):
            yield key, value


def _value(match: re.Match[bytes]) -> str:
    *_, text, digits, word = match.groups()
    if digits:
        with suppress(ValueError):
            return _string(bytes.fromhex(digits.decode()))
        return ""
    return _string(_ESCAPED.sub(_unescaped, text)) if text else (word or b"").decode()


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[:1].isdigit():
        return bytes([int(code, 8) & 0xFF])
    return _ESCAPES.get(code, code)


def _string(data: bytes) -> str:
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _object(copy: bytes, named: re.Pattern[bytes]) -> bytes:
    """Return the object that the last trailer names."""
    found = list(named.finditer(copy, max(0, copy.rfind(b"trailer"))))
    at = _place(copy, found[-1][1]) if found else -1
    if at < 0:
        return b""
    end = copy.find(b"endobj", at)
    return copy[at : end if end >= 0 else len(copy)][:_MOST_DICTIONARY]


def _place(copy: bytes, number: bytes) -> int:
    for mark in (b"\n" + number + b" 0 obj", b"\r" + number + b" 0 obj"):
        if (at := copy.find(mark)) >= 0:
            return at
    return -1


def _unpacked(data: bytes) -> bytes:
    """Undo the filters of a stream, each known by what it makes: PDFium forgets to name them."""
    for _ in range(_MOST_FILTERS):
        start = data[:256].lstrip()
        if b"<?" in start or b"<x" in start or b"<\x00" in start or b"\x00<" in start:
            break
        if start[:1] == b"\x78":  # zlib (RFC 1950 section 2.2)
            undo = _inflated
        elif start[:1] == b"\x80" and not start[1] & 0x80:  # LZW: it begins by clearing its table
            undo = _from_lzw
        elif _HEX.match(start):
            undo = _from_hex
        else:
            undo = _from_85
        try:
            data = undo(data)
        except (ValueError, zlib.error):
            break
    return data[:_MOST_XMP]


def _inflated(data: bytes) -> bytes:
    engine = zlib.decompressobj()
    return engine.decompress(data, _MOST_XMP)


def _from_lzw(data: bytes) -> bytes:
    return lzw.decoded(data, _MOST_XMP)


def _from_hex(data: bytes) -> bytes:
    digits = re.sub(rb"\s", b"", data.partition(b">")[0])
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii", "replace"))


def _from_85(data: bytes) -> bytes:
    return base64.a85decode(data.partition(b"~>")[0].removeprefix(b"<~"))


def manifest_stores(raw: Any, document: Any, copy: bytes) -> Iterator[bytes]:  # noqa: ANN401
    """Yield the C2PA manifest stores that are attached, or that the catalog relates (A.4)."""
    for number in range(min(raw.FPDFDoc_GetAttachmentCount(document), _MOST_ATTACHMENTS)):
        attachment = raw.FPDFDoc_GetAttachment(document, number)
        size = ctypes.c_ulong()
        if not attachment or not raw.FPDFAttachment_GetFile(attachment, None, 0, size):
            continue
        if not 0 < size.value <= _MOST_STORE:
            continue
        buffer = ctypes.create_string_buffer(size.value)
        raw.FPDFAttachment_GetFile(attachment, buffer, size.value, size)
        if buffer.raw[4:8] == _JUMBF:  # whatever the attachment is called
            yield buffer.raw
    for related in islice(_RELATED.finditer(copy), _MOST_ATTACHMENTS):
        around = copy[max(0, related.start() - _NEAR) : related.end() + _NEAR]
        for number in dict.fromkeys(_EMBEDDED.findall(around)):
            data = _stream(copy, number)
            with suppress(zlib.error):
                data = data if data[4:8] == _JUMBF else _inflated(data)
            if data[4:8] == _JUMBF:
                yield data


def is_cover(raw: Any, document: Any, text: str) -> bool:  # noqa: ANN401
    """Tell whether the one page stands for what only a certain program shows.

    A form in XFA ("Please wait...", the rest is drawn by the program), a portfolio of files.
    """
    if len(text) > _COVER:
        return False
    if raw.FPDF_GetFormType(document) in _XFA:
        return "pdf" in text.lower() or "acrobat" in text.lower()
    return raw.FPDFDoc_GetAttachmentCount(document) > 0 and _PORTFOLIO.search(text) is not None


def is_picture(raw: Any, page: Any) -> bool:  # noqa: ANN401
    """Return whether pictures cover most of a page."""
    whole = raw.FPDF_GetPageWidthF(page) * raw.FPDF_GetPageHeightF(page)
    edges = [ctypes.c_float() for _ in range(4)]
    covered = 0.0
    for number in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        one = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(one) != _IMAGE or not raw.FPDFPageObj_GetBounds(one, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(covered > whole / 2)


def links(raw: Any, document: Any, page: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield where the annotations of a page lead on the web."""
    place = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    for _ in range(MOST_LINKS):
        if not raw.FPDFLink_Enumerate(page, place, link):
            return
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != _URI:
            continue
        size = raw.FPDFAction_GetURIPath(document, action, None, 0)
        if 1 < size <= _MOST_TEXT:
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(document, action, buffer, size)
            yield buffer.value.decode("utf-8", "replace").strip()
