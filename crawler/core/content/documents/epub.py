"""EPUB 2 and 3: the chapters of its spine, each read as the page it is (EPUB 3.3, OCF 3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from crawler.core.content.decoding.encoding import decode
from crawler.core.content.documents.as_page import links_in, parsed, text_of
from crawler.core.content.documents.contents import (
    DAMAGED,
    ENCRYPTED,
    GARBLED,
    MOST_LINKS,
    NO_TEXT_LAYER,
    Contents,
    UnreadableError,
)
from crawler.core.content.documents.packaged_statements import statements_within
from crawler.core.content.documents.statements import is_of_rights, kept_statements, spoken
from crawler.core.content.documents.xml_tree import attribute, child, every, tag, text, tree_of
from crawler.core.content.documents.zip_file import ZipFile, joined
from crawler.core.content.html import xhtml
from crawler.core.content.html.outlining import outline
from crawler.core.content.html.signal_elements import find_carriers
from crawler.core.content.metadata.dates import iso
from crawler.core.content.settings import ContentSettings
from crawler.core.document import Metadata
from crawler.core.evidence import Carrier

_VERSION = "2"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
# Fonts may be obfuscated, which keeps nobody from reading (EPUB 3.3 section 4.4).
_OBFUSCATION = (
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
)
# What programs that lock books leave in them (Adobe, Readium LCP, Apple).
_LOCKS = ("META-INF/rights.xml", "META-INF/license.lcpl", "META-INF/sinf.xml", "rights.xml")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BINARY = 0.01  # share of control characters that no text has
_MOST_PACKAGES = 10
_TEXTS = (".xhtml", ".html", ".htm", ".xml")
_RIGHTS_NAMES = ("copyright", "rights", "colophon", "legal", "imprint", "impressum", "licen")
_PAGE_BREAK = re.compile(
    r"<(span|div|a|p)\b[^<>]{0,200}\b(?:epub:type|role|class)=[\"'](?:doc-)?"
    r"(?:pagebreak|pagenum|pageno|page-?number)[\"'][^<>]{0,200}>"
    r"\s{0,9}(?:<a\b[^<>]{0,200}>)?\s{0,9}[\[({]?(?:(?:pg|page|p|s)\b\.?)?\s{0,9}[0-9ivxlc]{1,6}[\])}]?\s{0,9}"
    r"(?:</a>)?\s{0,9}</\1>",
    re.IGNORECASE,
)
_LISTS = frozenset({"toc", "loi", "lot"})  # in a guide (OPF 2.0 section 2.6)
_ENDS = 2  # chapters at either end
_MOST_END = 8_000  # characters of one of them
_MOST_CARRIERS = 100


@dataclass(frozen=True, slots=True)
class _Chapter:
    text: str
    links: tuple[str, ...]
    carriers: tuple[Carrier, ...]
    full: bool
    name: str


def read(body: bytes, settings: ContentSettings) -> Contents:
    """Return what an EPUB holds.

    Raises:
        UnreadableError: It is damaged, encrypted or made to harm.
    """
    file = ZipFile(body, settings.documents)
    packages = _packages(file)
    package = packages[0]
    root = tree_of(file.read(package), package)
    spine = list(_spine(root, file, package))
    locked = _encrypted(file)
    head = child(root, "metadata")
    carriers = (
        *(one for name in packages for one in _stated(tree_of(file.read(name), name))),
        *statements_within(file),
    )
    metadata = _metadata(head)
    if locked.intersection(map(str.lower, spine)) or (locked and any(map(file.has, _LOCKS))):
        return Contents("epub", _VERSION, metadata=metadata, carriers=carriers, problem=ENCRYPTED)
    flags = ["pages-cut"] if len(spine) > settings.documents.pages else []
    chapters = [_chapter(name, file, settings) for name in spine[: settings.documents.pages]]
    if any(one.full for one in chapters):
        flags.append("text-cut")
    whole = "\n\n".join(one.text for one in chapters if one.text)
    links = dict.fromkeys(link for one in chapters for link in one.links)
    metas = (meta for one in chapters for meta in one.carriers)
    return Contents(
        kind="epub",
        reader=_VERSION,
        text=whole,
        metadata=metadata,
        pages=len(spine),
        links=tuple(links)[:MOST_LINKS],
        carriers=(*carriers, *tuple(dict.fromkeys(metas))[:_MOST_CARRIERS]),
        ends=_ends(chapters, spoken(_said(head, ""))),
        problem="" if whole else NO_TEXT_LAYER,
        flags=tuple(flags),
    )


def _packages(file: ZipFile) -> list[str]:
    """Return the package documents: the first is read, every one may say something of rights."""
    container = file.read("META-INF/container.xml")
    named = [
        joined("", attribute(one, "full-path"))
        for one in (every(tree_of(container, "container.xml"), "rootfile") if container else ())
    ]
    others = [name for name in file.names if name.lower().endswith(".opf")]
    found = list(dict.fromkeys(name for name in (*named, *others) if file.has(name)))
    if not found:
        raise UnreadableError(DAMAGED, "no package document")
    return found[:_MOST_PACKAGES]


def _stated(root: Element) -> tuple[Carrier, ...]:
    return kept_statements("opf", _said(child(root, "metadata"), attribute(root, "prefix")))


def _spine(root: Element, file: ZipFile, package: str) -> Iterator[str]:
    """Yield the members that are read one after the other; the table of contents is none."""
    manifest = child(root, "manifest")
    items = {attribute(item, "id"): item for item in manifest or () if tag(item) == "item"}
    seen: set[str] = set()
    order = [
        items.get(attribute(one, "idref"))
        for one in child(root, "spine") or ()
        if attribute(one, "linear") != "no"
    ]
    guide = child(root, "guide")
    listed = {
        joined(package, attribute(one, "href"))
        for one in (guide if guide is not None else ())
        if attribute(one, "type") in _LISTS
    }
    for item in order or list(items.values()):
        if item is None or "nav" in attribute(item, "properties").split():
            continue
        name = joined(package, attribute(item, "href"))
        if name in listed and len(order) > len(listed):
            continue
        kind = attribute(item, "media-type")
        page = kind in _PAGES or name.lower().endswith((".xhtml", ".html", ".htm"))
        if page and name not in seen and file.has(name):
            seen.add(name)
            yield name


def _encrypted(file: ZipFile) -> set[str]:
    """Return the members that only a key opens (META-INF/encryption.xml), in small letters."""
    data = file.read("META-INF/encryption.xml")
    if not data:
        return set()
    found = set()
    for one in every(tree_of(data, "encryption.xml"), "EncryptedData"):
        method = next(every(one, "EncryptionMethod"), None)
        plain = method is not None and attribute(method, "Algorithm") in _OBFUSCATION
        names = {joined("", attribute(at, "URI")) for at in every(one, "CipherReference")}
        found |= {name.lower() for name in names if not plain or name.lower().endswith(_TEXTS)}
    return found


def _chapter(name: str, file: ZipFile, settings: ContentSettings) -> _Chapter:
    decoded = decode(file.read(name), "", markup=True)
    if len(_CONTROLS.findall(decoded.text)) > _BINARY * len(decoded.text):
        raise UnreadableError(GARBLED, name)
    markup = parsed(_as_read(xhtml.as_html(decoded.text)))
    found, full = text_of(markup, settings)
    metas = [
        one
        for one in find_carriers(markup, outline(markup))
        if (one.kind == "meta" and is_of_rights(one.name))
        or (one.kind == "link" and "license" in one.name.split())
    ]
    return _Chapter(found, tuple(links_in(markup)), tuple(metas), full, name)


def _as_read(html: str) -> str:
    """Return a chapter without the numbers of printed pages, and one of each pair of forms.

    What stands for those who cannot show the first form (EPUB 3.0 section 2.3.3) says it again.
    """
    html = _PAGE_BREAK.sub("", html)
    parts: list[str] = []
    done = 0
    at = html.find("<epub:default") if "<epub:case" in html else -1
    while at >= 0 and (end := html.find("</epub:default", at)) >= 0:
        parts.append(html[done:at])
        done = end
        at = html.find("<epub:default", end)
    return "".join([*parts, html[done:]])


def _ends(chapters: list[_Chapter], words: str) -> str:
    """Return the first and last chapters, those that are about rights, and `words`."""
    last = len(chapters) - _ENDS
    parts = [
        one.text[:_MOST_END] if at < _ENDS else one.text[-_MOST_END:]
        for at, one in enumerate(chapters)
        if at < _ENDS
        or at >= last
        or any(word in one.name.lower().rpartition("/")[2] for word in _RIGHTS_NAMES)
    ]
    return "\n\n".join(part for part in (words, *parts) if part)[: 8 * _MOST_END]


def _said(head: Element | None, prefixes: str) -> Iterator[tuple[str, str]]:
    """Yield what the package says (EPUB 3.3 section 5.5; TDMRep section 6.4)."""
    # A prefix is what the package declares it to be (section D.1.4).
    words = prefixes.split()
    pairs = zip(words[::2], words[1::2], strict=False)
    named = {prefix.rstrip(":"): "tdm:" for prefix, uri in pairs if "tdmrep" in uri}
    for one in _flat(head):
        kind = tag(one)
        if kind == "meta":
            name = attribute(one, "property") or attribute(one, "name")
            prefix, _, local = name.strip().partition(":")
            name = named[prefix] + local if prefix in named else name
            yield name, attribute(one, "content") or text(one)
        elif kind == "link":
            for rel in attribute(one, "rel").split():
                yield rel, attribute(one, "href")
        elif kind not in ("metadata", "dc-metadata", "x-metadata"):
            yield f"dc:{kind}", text(one)


def _flat(head: Element | None) -> Iterable[Element]:
    return head.iter() if head is not None else ()


def _metadata(head: Element | None) -> Metadata:
    found: dict[str, list[str]] = {}
    for one in _flat(head):
        name = tag(one)
        if name == "meta":
            name = attribute(one, "property").rpartition(":")[2]
        if value := text(one):
            found.setdefault(name, []).append(value)
    dates = [iso(value) for value in found.get("date", ()) if iso(value)]
    modified = next((iso(value) for value in found.get("modified", ()) if iso(value)), "")
    values = {
        "title": found.get("title", [""])[0],
        "publisher": found.get("publisher", [""])[0],
        "language": found.get("language", [""])[0],
        "published": dates[0] if dates else "",
        "modified": modified,
    }
    authors = tuple(found.get("creator", ()))
    sources = {name: f"opf {name}" for name, value in values.items() if value}
    return Metadata(
        **values, authors=authors, sources=sources | ({"authors": "opf creator"} if authors else {})
    )
