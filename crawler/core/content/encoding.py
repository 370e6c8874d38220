"""Bytes to text as the WHATWG Encoding and HTML standards say.

Order of trust: byte order mark, charset of the header, meta in the first 1,024 bytes,
XML declaration, what the bytes look like, windows-1252.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from resiliparse.parse.encoding import detect_encoding

from crawler.core.content.labels import LABELS

_LAST_ASCII = 0x7F
_PRESCAN = 1_024  # bytes (HTML section 13.2.3.2)
_DETECTED = 65_536  # bytes shown to the detector
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
_CHARSET_PARAMETER = re.compile(r";\s*charset\s*=\s*[\"']?\s*([^\s\"';]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.:+-]+)[\"'][^>]*>")

# Python's name where it differs from the standard's. Supersets are what browsers use.
_CODECS = {
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp_ext",
    "utf-16be": "utf-16-be",
    "utf-16le": "utf-16-le",
}
# Single-byte encodings are decoded with tables: Python leaves bytes undefined that the
# standard maps to C1 controls, and differs in a few letters.
_TABLES = {
    "ibm866": "cp866",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "iso-8859-8-i": "iso-8859-8",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "windows-874": "cp874",
    **{f"windows-125{n}": f"cp125{n}" for n in range(9)},
    **{f"iso-8859-{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}
# Encodings in which ASCII bytes may mean something else.
_NOT_ASCII = frozenset({"utf-16be", "utf-16le", "iso-2022-jp", "replacement"})
_PATCHES = {
    "koi8-u": {0xAE: "\u045e", 0xBE: "\u040e"},
    "x-mac-cyrillic": {0xA2: "\u0490", 0xB6: "\u0491", 0xFF: "\u20ac"},
    "macintosh": {0xDB: "\u20ac"},
    "windows-1255": {0xCA: "\u05ba"},
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read. `utf8` is the text as UTF-8 bytes."""

    text: str
    utf8: bytes
    encoding: str  # lower-case name of the WHATWG encoding
    source: str  # bom, header, meta, xml, detected, default
    replaced: int  # U+FFFD put in by decoding


def decode(body: bytes, content_type: str, *, markup: bool = True) -> Decoded:
    """Decode `body`; `content_type` is the header's whole value. Never raises.

    `markup` turns on the search for a meta element or an XML declaration.
    """
    encoding, source, skip = _choose(body, content_type, markup=markup)
    data = body[skip:] if skip else body
    if encoding not in _NOT_ASCII and data.isascii():
        return Decoded(data.decode("ascii"), data, encoding, source, 0)
    text, replaced = _decode(data, encoding)
    utf8 = data if encoding == "utf-8" and not replaced else text.encode("utf-8", "replace")
    return Decoded(text, utf8, encoding, source, replaced)


def label(name: str) -> str | None:
    """Return the encoding a label names, None if no encoding has it."""
    return LABELS.get(name.strip("\t\n\x0c\r ").lower())


def charset_of(content_type: str) -> str | None:
    """Return the encoding that a Content-Type value declares."""
    match = _CHARSET_PARAMETER.search(content_type)
    return label(match[1]) if match else None


def _choose(body: bytes, content_type: str, *, markup: bool) -> tuple[str, str, int]:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return encoding, "bom", len(mark)
    if named := charset_of(content_type):
        return named, "header", 0
    if markup:
        if named := prescan(body[:_PRESCAN]):
            return named, "meta", 0
        if named := _xml_declared(body):
            return named, "xml", 0
    if not body.isascii() and (named := _detected(body)):
        return named, "detected", 0
    return "windows-1252", "default", 0


def _xml_declared(body: bytes) -> str | None:
    if body.startswith((b"<\x00?\x00x\x00", b"\x00<\x00?\x00x")):
        return "utf-16le" if body[0] else "utf-16be"
    match = _XML_ENCODING.match(body[:_PRESCAN])
    named = label(match[1].decode("ascii", "ignore")) if match else None
    return "utf-8" if named in ("utf-16le", "utf-16be") else named


def _detected(body: bytes) -> str | None:
    start = body[:_DETECTED]
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(start, final=len(start) == len(body))
    except UnicodeDecodeError:
        found = detect_encoding(start)
        named = label(found) if found else None
        # UTF-8 was just ruled out, and an ASCII verdict says nothing of the other bytes.
        return named if named not in (None, "utf-8", "utf-16le", "utf-16be") else None
    return "utf-8"


def _decode(data: bytes, encoding: str) -> tuple[str, int]:
    if encoding == "replacement":  # (Encoding section 14.1)
        return ("\ufffd", 1) if data else ("", 0)
    if encoding == "x-user-defined":
        return "".join(chr(byte if byte <= _LAST_ASCII else 0xF700 + byte) for byte in data), 0
    if encoding in _TABLES:
        text, _ = codecs.charmap_decode(data, "strict", _table(encoding))
        return text, text.count("\ufffd")
    name = _CODECS.get(encoding, encoding)
    try:
        return data.decode(name), 0
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
        # Some multi-byte text holds U+FFFD of its own; counting it too errs to caution.
        return text, text.count("\ufffd")


@lru_cache(maxsize=64)
def _table(encoding: str) -> str:
    codec = _TABLES[encoding]
    patches = _PATCHES.get(encoding, {})
    letters = []
    for byte in range(256):
        letter = bytes((byte,)).decode(codec, "replace")
        if letter == "\ufffd" and 0x80 <= byte < 0xA0:  # noqa: PLR2004 - the C1 range
            letter = chr(byte)
        letters.append(patches.get(byte, letter))
    return "".join(letters)


# --- the prescan: HTML section 13.2.3.2 ---------------------------------------------

_SPACE = b"\t\n\x0c\r "
_META = re.compile(rb"<meta[\s/]", re.IGNORECASE)
_TAG = re.compile(rb"</?[a-z][^\s>]*", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    rb"[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*)))?"
)
_CONTENT_CHARSET = re.compile(
    rb"charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;\"']+))", re.IGNORECASE
)


def prescan(start: bytes) -> str | None:
    """Return the encoding that a meta element in `start` declares."""
    position = 0
    while (position := start.find(b"<", position)) >= 0:
        if start.startswith(b"<!--", position):
            end = start.find(b"-->", position + 2)
            if end < 0:
                return None
            position = end + 3
        elif _META.match(start, position):
            attributes, position = _attributes(start, position + 5)
            if found := _declared(attributes):
                return found
        elif match := _TAG.match(start, position):
            _, position = _attributes(start, match.end())
        elif start[position + 1 : position + 2] in (b"!", b"/", b"?"):
            end = start.find(b">", position)
            if end < 0:
                return None
            position = end + 1
        else:
            position += 1
    return None


def _attributes(start: bytes, position: int) -> tuple[dict[bytes, bytes], int]:
    found: dict[bytes, bytes] = {}
    while match := _ATTRIBUTE.match(start, position):
        value = next((part for part in match.groups()[1:] if part is not None), b"")
        found.setdefault(match[1].lower(), value)
        position = match.end()
    return found, position


def _declared(attributes: dict[bytes, bytes]) -> str | None:
    named = attributes.get(b"charset")
    if named is None and attributes.get(b"http-equiv", b"").lower() == b"content-type":
        match = _CONTENT_CHARSET.search(attributes.get(b"content", b""))
        named = next((part for part in match.groups() if part is not None), None) if match else None
    if named is None:
        return None
    encoding = label(named.decode("ascii", "ignore"))
    if encoding in ("utf-16le", "utf-16be"):
        return "utf-8"
    return "windows-1252" if encoding == "x-user-defined" else encoding
