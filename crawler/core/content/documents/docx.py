"""DOCX: the main part of a word-processing package, written out as a page (ECMA-376 part 1)."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.core.content.decoding.encoding import decode
from crawler.core.content.documents.as_page import escape, parsed, text_of
from crawler.core.content.documents.contents import (
    DAMAGED,
    ENCRYPTED,
    MOST_LINKS,
    NO_TEXT_LAYER,
    OTHER,
    Contents,
    UnreadableError,
)
from crawler.core.content.documents.docx_body import Body
from crawler.core.content.documents.docx_styles import styles_of
from crawler.core.content.documents.ends import ends_of
from crawler.core.content.documents.packaged_statements import statements_within
from crawler.core.content.documents.statements import kept_statements, spoken
from crawler.core.content.documents.xml_tree import attribute, every, tag, text, tree_of
from crawler.core.content.documents.zip_file import ZipFile, joined, within
from crawler.core.content.html.parsing import serialised
from crawler.core.content.metadata.dates import iso
from crawler.core.content.settings import ContentSettings
from crawler.core.document import Metadata

_VERSION = "2"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_SEALED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] section 2.3.4
_MAIN = "wordprocessingml."
_DOCUMENT = "word/document.xml"


def read(body: bytes, settings: ContentSettings) -> Contents:
    """Return what a DOCX holds.

    Raises:
        UnreadableError: It is damaged, encrypted, made to harm, or another kind of file.
    """
    if body.startswith(_COMPOUND):
        raise UnreadableError(ENCRYPTED if _SEALED in body else OTHER, "a compound file")
    file = ZipFile(body, settings.documents)
    main = _main_part(file)
    root = tree_of(file.read(main), main)
    relations = _relations(file, main, "/hyperlink")
    chunks = {name: joined(main, at) for name, at in _relations(file, main, "/aFChunk").items()}
    notes = {
        kind: tree_of(file.read(name), name)
        for kind in ("footnote", "endnote")
        if file.has(name := joined(main, f"{kind}s.xml"))
    }
    styles = styles_of(file.read(joined(main, "styles.xml")))
    walk = Body(styles, relations, notes, lambda name: _chunk(file, chunks.get(name, "")))
    found, full = text_of(parsed(walk.html(root)), settings)
    margins = "\n\n".join(dict.fromkeys(_margins(file, main)))
    carriers = (
        *kept_statements("properties", _properties(file)),
        *statements_within(file),
    )
    links = dict.fromkeys(one for one in walk.links if one.startswith(("http://", "https://")))
    return Contents(
        kind="docx",
        reader=_VERSION,
        text=found,
        metadata=_metadata(file),
        pages=_pages(file),
        links=tuple(links)[:MOST_LINKS],
        carriers=carriers,
        ends=ends_of(found, margins, spoken(_properties(file))),
        problem="" if found else NO_TEXT_LAYER,
        flags=("text-cut",) if full or walk.full else (),
    )


def _main_part(file: ZipFile) -> str:
    """Return the member that holds the text.

    Raises:
        UnreadableError: The package is a sheet, slides, or none at all.
    """
    types = file.read("[Content_Types].xml")
    if not types:
        raise UnreadableError(OTHER, "no package")
    for one in every(tree_of(types, "[Content_Types].xml"), "Override"):
        kind = attribute(one, "ContentType")
        if kind.endswith(".main+xml"):
            name = within(attribute(one, "PartName").lstrip("/"))
            if _MAIN not in kind and "word" not in kind:
                raise UnreadableError(OTHER, kind.rpartition(".openxmlformats-")[2])
            if file.has(name):
                return name
    if not file.has(_DOCUMENT):
        raise UnreadableError(DAMAGED, "no main part")
    return _DOCUMENT


def _relations(file: ZipFile, main: str, kind: str) -> dict[str, str]:
    """Return where the relations of a kind lead that the main part has, by id."""
    name = joined(main, "_rels/" + main.rpartition("/")[2] + ".rels")
    if not file.has(name):
        return {}
    return {
        attribute(one, "Id"): attribute(one, "Target")
        for one in every(tree_of(file.read(name), name), "Relationship")
        if attribute(one, "Type").endswith(kind)
    }


def _chunk(file: ZipFile, name: str) -> str:
    """Return a part in another format that the text takes in (17.17.2), whole and closed."""
    data = file.read(name)
    if name.lower().endswith(".txt"):
        return f"<pre>{escape(decode(data, '').text, quote=False)}</pre>"
    if name.lower().endswith((".html", ".htm", ".xhtml")):
        return serialised(decode(data, "", markup=True).text).decode()
    return ""


def _margins(file: ZipFile, main: str) -> Iterator[str]:
    """Yield the running heads and feet, where rights may be stated."""
    folder = main.rpartition("/")[0]
    for name in file.names:
        base = name.rpartition("/")[2]
        if not (name.startswith(folder) and base.startswith(("header", "footer"))):
            continue
        if base.endswith(".xml") and (said := text(tree_of(file.read(name), name))):
            yield said[:2_000]


def _properties(file: ZipFile) -> Iterator[tuple[str, str]]:
    for name in _named(file, "/core-properties", "docProps/core.xml"):
        for one in tree_of(file.read(name), name):
            yield f"dc:{tag(one)}", text(one)
    for name in _named(file, "/custom-properties", "docProps/custom.xml"):
        for one in every(tree_of(file.read(name), name), "property"):
            yield attribute(one, "name"), text(one)


def _named(file: ZipFile, kind: str, usual: str) -> tuple[str, ...]:
    """Return the parts that the package relates as such, and the one of the usual name."""
    relations = file.read("_rels/.rels")
    names = [usual]
    if relations:
        names += [
            joined("", attribute(one, "Target"))
            for one in every(tree_of(relations, "_rels/.rels"), "Relationship")
            if attribute(one, "Type").endswith(kind)
        ]
    return tuple(dict.fromkeys(name for name in names if file.has(name)))


def _metadata(file: ZipFile) -> Metadata:
    core = file.read("docProps/core.xml")
    found = {tag(one): text(one) for one in tree_of(core, "core.xml")} if core else {}
    values = {
        "title": found.get("title", ""),
        "language": found.get("language", ""),
        "published": iso(found.get("created", "")),
        "modified": iso(found.get("modified", "")),
    }
    authors = tuple(one.strip() for one in found.get("creator", "").split(";") if one.strip())
    sources = {name: f"core {name}" for name, value in values.items() if value}
    return Metadata(
        **values,
        authors=authors,
        sources=sources | ({"authors": "core creator"} if authors else {}),
    )


def _pages(file: ZipFile) -> int:
    app = file.read("docProps/app.xml")
    counted = next(every(tree_of(app, "app.xml"), "Pages"), None) if app else None
    said = text(counted)
    return int(said[:6]) if said.isdecimal() else 0
