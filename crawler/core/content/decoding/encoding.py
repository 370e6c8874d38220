"""Bytes to text as the WHATWG Encoding and HTML standards say.

Order of trust: byte order mark, charset of the header, meta in the first 1,024 bytes,
XML declaration, what the bytes look like, windows-1252.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

from crawler.core.content.decoding.decoders import decode_as
from crawler.core.content.decoding.encoding_labels import LABELS

_PRESCAN = 1_024  # bytes (HTML section 13.2.3.2)
_SEEN = 65_536  # bytes in which a late meta is sought, and shown to the detector
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
_PARAMETER = re.compile(r";\s*([^\s;=]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"?|([^;]*))")
# (HTML section 13.2.3.2, "get an XML encoding")
_XML_ENCODING = re.compile(
    rb"\A<\?xml[^>]*?encoding[\x00-\x20]*=[\x00-\x20]*([\"'])([^>\x00-\x20\"']*+)\1[^>]*+>"
)

_ESCAPED = re.compile(rb"\x1b\$[@B]")  # of ISO-2022-JP
_TAG = re.compile(rb"<[!/A-Za-z][A-Za-z]")
_WIDE = frozenset({"utf-16be", "utf-16le"})
# Encodings in which ASCII bytes may mean something else.
_NOT_ASCII = frozenset({"utf-16be", "utf-16le", "iso-2022-jp", "replacement"})


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
    text, replaced = decode_as(data, encoding)
    utf8 = data if encoding == "utf-8" and not replaced else text.encode("utf-8", "replace")
    return Decoded(text, utf8, encoding, source, replaced)


def label(name: str) -> str | None:
    """Return the encoding a label names, None if no encoding has it."""
    return LABELS.get(name.strip("\t\n\x0c\r ").lower())


def charset_of(content_type: str) -> str | None:
    """Return the encoding that a Content-Type value declares."""
    for name, quoted, plain in _PARAMETER.findall(content_type):
        if name.lower() == "charset":
            return label((quoted or plain).strip(" '\""))
    return None


def _choose(body: bytes, content_type: str, *, markup: bool) -> tuple[str, str, int]:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return encoding, "bom", len(mark)
    named = charset_of(content_type)
    if named and not (markup and named in _WIDE and _is_narrow(body[:_SEEN])):
        return named, "header", 0
    if markup:
        if named := prescan(body[:_PRESCAN]):
            return named, "meta", 0
        if named := _xml_declared(body):
            return named, "xml", 0
        if (named := _late(body[:_SEEN])) and not _is_utf8(body):
            return named, "meta", 0
    if named := _detected(body):
        return named, "detected", 0
    return "windows-1252", "default", 0


def _is_narrow(start: bytes) -> bool:
    """Whether octets are markup that is no UTF-16: there each of its marks has a NUL."""
    return b"\0" not in start and _TAG.search(start) is not None


def _xml_declared(body: bytes) -> str | None:
    if body.startswith((b"<\x00?\x00x\x00", b"\x00<\x00?\x00x")):
        return "utf-16le" if body[0] else "utf-16be"
    match = _XML_ENCODING.match(body[:_PRESCAN])
    named = label(match[2].decode("latin-1")) if match else None
    return "utf-8" if named in ("utf-16le", "utf-16be") else named


def _late(start: bytes) -> str | None:
    """Return what a meta element behind the prescan declares: the parser changes to it.

    (HTML section 13.2.3.4.)
    """
    start = start.lower() if len(start) > _PRESCAN else b""
    return prescan(start, parsed=True) if b"charset" in start else None


def _is_utf8(body: bytes) -> bool:
    """Whether letters beyond ASCII are spelled in UTF-8 throughout: never by chance."""
    start = body[:_SEEN]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start, final=len(start) == len(body))
    except UnicodeDecodeError:
        return False
    return not start.isascii()


def _detected(body: bytes) -> str | None:
    start = body[:_SEEN]
    if b"\x00" in start[:_PRESCAN] and (wide := _wide(start[:_PRESCAN])):
        return wide
    if body.isascii():
        return "iso-2022-jp" if _ESCAPED.search(start) else None
    if start.isascii() or _is_utf8(body):
        return "utf-8"
    found = detect_encoding(start)
    named = label(found) if found else None
    # UTF-8 was just ruled out, and an ASCII verdict says nothing of the other bytes.
    return named if named not in (None, "utf-8", "utf-16le", "utf-16be") else None


def _wide(start: bytes) -> str | None:
    """Return the UTF-16 that a text with many ASCII letters looks like."""
    first, second = start[::2].count(0), start[1::2].count(0)
    if max(first, second) * 4 < len(start) // 2 or min(first, second) * 8 > max(first, second):
        return None
    return "utf-16be" if first > second else "utf-16le"


# --- the prescan: HTML section 13.2.3.2 ---------------------------------------------

_SPACE = rb"\t\n\x0c\r "
_META = re.compile(rb"<meta[/%b]" % _SPACE, re.IGNORECASE)
_TAG = re.compile(rb"</?[a-z][^>%b]*" % _SPACE, re.IGNORECASE)
_ATTRIBUTE = re.compile(
    rb"[/%b]*([^/>%b][^/>=%b]*)(?:[%b]*=[%b]*(?:\"([^\"]*)\"|'([^']*)'|([\"'])|([^>%b]+))?)?"
    % ((_SPACE,) * 6)
)
_GAP = re.compile(rb"[/%b]*" % _SPACE)
_CONTENT_CHARSET = re.compile(
    rb"charset[%b]*=[%b]*(?:\"([^\"]*)\"|'([^']*)'|([^;\"'%b][^;%b]*))" % ((_SPACE,) * 4),
    re.IGNORECASE,
)
# What the parser takes for text until the end tag.
_RAW_TEXT = re.compile(
    rb"<(script|style|title|textarea|xmp|iframe|noembed|noframes)[/>%b]" % _SPACE
)


def prescan(start: bytes, *, parsed: bool = False) -> str | None:
    """Return the encoding that a meta element in `start` declares, None if it is cut short.

    With `parsed` no element is seen in a script or the like; `start` must be in lower case.
    """
    position = 0
    while (position := start.find(b"<", position)) >= 0:
        if tag := (meta := _META.match(start, position)) or _TAG.match(start, position):
            attributes, position = _attributes(start, tag.end())
            if parsed and (raw := _RAW_TEXT.match(start, tag.start())):
                position = _behind(start, b"</" + raw[1], position)
            if position >= len(start):
                return None
            if meta and (found := _declared(attributes)):
                return found
        elif start.startswith(b"<!--", position):
            position = _behind(start, b"-->", position + 2)
        elif start.startswith((b"<!", b"</", b"<?"), position):
            position = _behind(start, b">", position)
        else:
            position += 1
    return None


def _behind(start: bytes, mark: bytes, position: int) -> int:
    """Return where `mark` ends, or where everything does."""
    found = start.find(mark, position)
    return len(start) if found < 0 else found + len(mark)


def _attributes(start: bytes, position: int) -> tuple[dict[bytes, bytes], int]:
    """Return the attributes from `position` on, and where they end: at the end if cut short."""
    found: dict[bytes, bytes] = {}
    while match := _ATTRIBUTE.match(start, position):
        name, *values, unclosed, bare = match.groups()
        position = match.end()
        if unclosed:
            return found, len(start)
        found.setdefault(name.lower(), next((v for v in (*values, bare) if v is not None), b""))
    gap = _GAP.match(start, position)
    return found, gap.end() if gap else position


def _declared(attributes: dict[bytes, bytes]) -> str | None:
    named = attributes.get(b"charset")
    if named is None and attributes.get(b"http-equiv", b"").lower() == b"content-type":
        match = _CONTENT_CHARSET.search(attributes.get(b"content", b""))
        named = next((part for part in match.groups() if part is not None), None) if match else None
    if named is None:
        return None
    encoding = label(named.decode("latin-1"))
    if encoding in ("utf-16le", "utf-16be"):
        return "utf-8"
    return "windows-1252" if encoding == "x-user-defined" else encoding
