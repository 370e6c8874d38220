"""XMP packets in any of their spellings: what they say of rights, and of the work (ISO 16684-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from crawler.core.content.documents.contents import UnreadableError
from crawler.core.content.documents.statements import kept_statements
from crawler.core.content.documents.xml_tree import every, tag, tree_of
from crawler.core.content.metadata.dates import iso
from crawler.core.document import Metadata
from crawler.core.evidence import Carrier

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# Prefixes by which properties are called here, whatever the packet calls their namespaces.
_PREFIXES: Final = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/rights/": "xmprights",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpmm",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.useplus.org/ldf/xmp/1.0/": "plus",
    "http://creativecommons.org/ns#": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "iptc4xmpcore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "iptc4xmpext",
}
_NEAR: Final = (
    ("tdm", "tdm"),
    ("prismusagerights", "pur"),
    ("prism", "prism"),
    ("useplus", "plus"),
)
_MOST: Final = 2_000  # properties
_DEEPEST: Final = 12
_CLASSES: Final = frozenset({"Alt", "Bag", "Seq", "li", "Description", "value"})
_PACKET: Final = re.compile(r"<\?xpacket[^>]*\?>|<\?xml[^>]*\?>")
_WRAPPED: Final = re.compile(r"<(?:[A-Za-z]\w*:)?(?:xmpmeta|xapmeta|RDF)[\s>]")
_ENDS: Final = re.compile(r".*</(?:[A-Za-z]\w*:)?(?:xmpmeta|xapmeta|RDF)\s*>", re.DOTALL)
_MEANT: Final = re.compile(r"tdm|plus:datamining")
_ENTITY: Final = re.compile(
    r"<!ENTITY\s{1,9}([\w.-]{1,60})\s{1,9}[\"']([^\"'<&%]{0,200})[\"']\s{0,9}>"
)
_DOCTYPE: Final = re.compile(r"<!DOCTYPE[^\[>]{0,500}(?:\[[^\]]{0,20000}\]\s{0,9})?>")
_NAMED: Final = re.compile(r"&([\w.-]{1,60});")
_MOST_ENTITIES: Final = 50
# A packet that is no XML: what plainly stands in it counts all the same.
_LOOSE: Final = re.compile(
    r"(?<![\w.-])([A-Za-z][\w-]{0,40}+:[\w.-]{1,80}+)(?:\s{0,9}+=\s{0,9}+"
    r"(?:\"([^\"<]{1,2000}+)\"|'([^'<]{1,2000}+)')|(?:\s[^<>]{0,500}+)?+>([^<>]{1,4000}+)<)"
)

Said = list[tuple[str, str]]


def properties(packet: bytes) -> Said:
    """Return name and value of every property in a packet, in order; as far as it can be read."""
    text = _expanded(_decoded(packet))
    start = _WRAPPED.search(text)
    if start is None:
        return _loosely(text) if "Description" in text else []
    end = _ENDS.match(text)
    inner = _PACKET.sub("", text[start.start() : end.end() if end else len(text)])
    try:
        root = tree_of(inner.encode("utf-8", "replace"), "xmp")
    except UnreadableError:
        return _loosely(inner)
    found: Said = []
    for description in _nodes(root):
        found += _attributes(description)
        for one in description:
            found += _values(one, _name(one.tag), 0)
        if len(found) > _MOST:
            break
    if any(name.startswith("x:") for name, _ in found):
        # A namespace that nobody knows behind a prefix that everybody does: it may refuse.
        found[:0] = [(f"x:{name}", said) for name, said in _loosely(inner) if _MEANT.match(name)]
    return list(dict.fromkeys(found))[:_MOST]


def _expanded(text: str) -> str:
    """Return a packet with the few short entities that it defines in their places.

    XMP has none; who reads it would see what they stand for all the same.
    """
    if "<!ENTITY" not in text:
        return text
    found = dict(_ENTITY.findall(text)[:_MOST_ENTITIES])
    return _NAMED.sub(lambda match: found.get(match[1], match[0]), _DOCTYPE.sub("", text, count=1))


def _nodes(root: Element) -> Iterator[Element]:
    """Yield what is described: an element of any type in RDF is a node (RDF/XML section 2.13)."""
    yield from every(root, "Description")
    for whole in every(root, "RDF"):
        yield from (one for one in whole if tag(one) != "Description")


def statements(said: Said) -> tuple[Carrier, ...]:
    """Return what of it is about rights."""
    return kept_statements("xmp", said)


def _loosely(text: str) -> Said:
    """Return what plainly stands in a packet that is no XML."""
    return [
        (match[1].lower(), next(value for value in match.groups()[1:] if value).strip())
        for match in list(_LOOSE.finditer(text))[:_MOST]
        if any(match.groups()[1:])
    ]


def _decoded(packet: bytes) -> str:
    """Return a packet as text: UTF-8, or UTF-16 or 32 of either order (ISO 16684-1 section 7.3)."""
    for mark, name in (
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if packet.startswith(mark):
            return packet[len(mark) :].decode(name, "replace")
    start = packet.lstrip()[:64]
    at = start.find(b"<")
    if at >= 0 and b"\x00" in start:
        if start[at + 1 : at + 4] == b"\x00\x00\x00":
            return packet[packet.find(b"<") :].decode("utf-32-le", "replace")
        if start[at + 1 : at + 2] == b"\x00":
            return packet[packet.find(b"<") :].decode("utf-16-le", "replace")
        # The byte before is the upper half of "<".
        wide = start[max(0, at - 3) : at] == b"\x00\x00\x00"
        begin = packet.find(b"<") - (3 if wide else 1)
        return packet[max(begin, 0) :].decode("utf-32-be" if wide else "utf-16-be", "replace")
    try:
        return packet.decode("utf-8-sig")
    except UnicodeDecodeError:
        return packet.decode("latin-1")


def _name(qualified: object) -> str:
    """Return a name with the prefix that its namespace has here."""
    if not isinstance(qualified, str):
        return ""
    space, _, local = qualified.removeprefix("{").rpartition("}")
    if not space:
        return local.lower()
    known = _PREFIXES.get(space) or _PREFIXES.get(space.rstrip("/#") + "/")
    if known is None:
        lowered = space.lower()
        known = next((prefix for part, prefix in _NEAR if part in lowered), "x")
    return f"{known}:{local}".lower()


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if not name.startswith(("{" + _RDF, "{http://www.w3.org/XML")) and value.strip():
            yield _name(name), value


def _values(element: Element, name: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the values of a property: simple, an address, each of a list, each of a structure."""
    if depth > _DEEPEST:
        return
    address = element.get(f"{{{_RDF}}}resource") or element.get("resource")
    if depth and not address:  # a node in the place of its address
        address = element.get(f"{{{_RDF}}}about")
    if address:
        yield name, address
    yield from _attributes(element)
    children = list(element)
    if not children and (text := (element.text or "").strip()):
        yield name, " ".join(text.split())
    for one in children:
        inner = tag(one)
        yield from _values(one, name if inner in _CLASSES else _name(one.tag), depth + 1)


def metadata(said: Said) -> Metadata:
    """Return what a packet says of the work."""
    first: dict[str, str] = {}
    for name, value in said:
        first.setdefault(name, value)
    values = {
        "title": first.get("dc:title", ""),
        "publisher": first.get("dc:publisher", "") or first.get("prism:publicationname", ""),
        "language": first.get("dc:language", ""),
        "published": iso(
            first.get("prism:publicationdate", "")
            or first.get("dc:date", "")
            or first.get("xmp:createdate", "")
        ),
        "modified": iso(first.get("xmp:modifydate", "")),
    }
    authors = tuple(dict.fromkeys(value for name, value in said if name == "dc:creator"))
    sources = {name: f"xmp {name}" for name, value in values.items() if value}
    if authors:
        sources["authors"] = "xmp creator"
    return Metadata(**values, authors=authors, sources=sources)
