"""ODT: the text of an OpenDocument file, written out as a page (OpenDocument 1.3 part 3)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from xml.etree.ElementTree import Element, tostring

from crawler.core.content.documents.as_page import parsed, text_of
from crawler.core.content.documents.contents import (
    DAMAGED,
    ENCRYPTED,
    MOST_LINKS,
    NO_TEXT_LAYER,
    OTHER,
    Contents,
    UnreadableError,
)
from crawler.core.content.documents.ends import ends_of
from crawler.core.content.documents.odt_body import Body
from crawler.core.content.documents.packaged_statements import statements_within
from crawler.core.content.documents.statements import kept_statements, spoken
from crawler.core.content.documents.xml_tree import attribute, child, every, tag, text, tree_of
from crawler.core.content.documents.zip_file import ZipFile, joined
from crawler.core.content.metadata.dates import iso
from crawler.core.content.settings import ContentSettings
from crawler.core.document import Metadata

_VERSION = "2"
_MARGINS = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")


def read(body: bytes, settings: ContentSettings) -> Contents:
    """Return what an ODT holds.

    Raises:
        UnreadableError: It is damaged, encrypted, made to harm, or another kind of file.
    """
    file = ZipFile(body, settings.documents)
    manifest = file.read("META-INF/manifest.xml")
    for _ in every(tree_of(manifest, "manifest.xml"), "encryption-data") if manifest else ():
        raise UnreadableError(ENCRYPTED, "content.xml")
    content = file.read("content.xml")
    if not content:
        raise UnreadableError(DAMAGED, "no content.xml")
    root = tree_of(content, "content.xml")
    whole = child(child(root, "body"), "text")
    if whole is None:
        raise UnreadableError(OTHER, "no text document")
    common = file.read("styles.xml")
    styles = [tree_of(common, "styles.xml"), root] if common else [root]
    walk = Body(styles, partial(_formula, file))
    found, full = text_of(parsed(walk.html(whole)), settings)
    head = file.read("meta.xml")
    meta = child(tree_of(head, "meta.xml"), "meta") if head else None
    margins = "\n\n".join(dict.fromkeys(_margins(common)))
    links = dict.fromkeys(one for one in walk.links if one.startswith(("http://", "https://")))
    return Contents(
        kind="odt",
        reader=_VERSION,
        text=found,
        metadata=_metadata(meta),
        pages=_pages(meta),
        links=tuple(links)[:MOST_LINKS],
        carriers=(
            *kept_statements("properties", _properties(meta)),
            *statements_within(file),
        ),
        ends=ends_of(found, margins, spoken(_properties(meta))),
        problem="" if found else NO_TEXT_LAYER,
        flags=("text-cut",) if full or walk.full else (),
    )


def _formula(file: ZipFile, href: str) -> str:
    """Return the formula that an embedded object is, "" for a chart or another thing."""
    data = file.read(joined("content.xml", href.rstrip("/") + "/content.xml"))
    root = tree_of(data, href) if data else None
    if root is None or tag(root) != "math":
        return ""
    for one in root.iter():
        one.tag = tag(one)
    return tostring(root, "unicode", method="html")


def _margins(styles: bytes) -> Iterator[str]:
    """Yield the running heads and feet, where rights may be stated."""
    if styles:
        for one in every(tree_of(styles, "styles.xml"), *_MARGINS):
            if said := text(one):
                yield said[:2_000]


def _properties(meta: Element | None) -> Iterator[tuple[str, str]]:
    for one in meta if meta is not None else ():
        if tag(one) == "user-defined":
            yield attribute(one, "name"), text(one)
        else:
            yield f"dc:{tag(one)}", text(one)


def _metadata(meta: Element | None) -> Metadata:
    found: dict[str, str] = {}
    for one in meta if meta is not None else ():
        found.setdefault(tag(one), text(one))
    values = {
        "title": found.get("title", ""),
        "language": found.get("language", ""),
        "published": iso(found.get("creation-date", "")),
        "modified": iso(found.get("date", "")),
    }
    author = found.get("initial-creator") or found.get("creator", "")
    authors = tuple(filter(None, (name.strip() for name in author.split(";"))))
    sources = {name: f"meta {name}" for name, value in values.items() if value}
    return Metadata(
        **values,
        authors=authors,
        sources=sources | ({"authors": "meta creator"} if authors else {}),
    )


def _pages(meta: Element | None) -> int:
    counted = child(meta, "document-statistic")
    said = attribute(counted, "page-count") if counted is not None else ""
    return int(said[:6]) if said.isdecimal() else 0
