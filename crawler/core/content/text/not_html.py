"""Text that is no HTML: plain text, Markdown, feeds and other XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, TreeBuilder, tostring

from crawler.core.content.decoding import tolerant_xml
from crawler.core.content.decoding.tolerant_xml import local
from crawler.core.content.html.links import MAX_LINKS, Joiner
from crawler.core.content.html.outlining import outline
from crawler.core.content.html.parsing import cut, serialised
from crawler.core.content.html.spaces import squeezed
from crawler.core.content.text.render import render
from crawler.core.document import Link
from crawler.core.evidence import Carrier

MAX_ENTRIES = 1_000
_MAX_ELEMENTS = 200_000
_PROLOG = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!DOCTYPE[^>\[]*+(?:\[.*?(?:\]\s*+|\Z))?>?", re.DOTALL
)
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_MARKDOWN_LINK = re.compile(
    r"\]\(\s*<?([^\s()<>]{1,2048})>?(?:\s[^()\n]{0,200})?\)|<(https?://[^\s<>]+)>"
)
_MANY_LINES = re.compile(r"\n{3,}")
_ENTRY_TEXT = ("encoded", "content", "description", "summary")
_FENCE = re.compile(r"\A\s*(?:```|~~~)")
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_LINE = re.compile(r"^([A-Za-z][\w-]{0,99})[ \t]*:[ \t]*(\S[^\r\n]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    title: str
    text: str
    link: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, or any other XML document as a single entry."""

    title: str = ""
    language: str = ""
    licence: str = ""
    rights: str = ""
    entries: tuple[Entry, ...] = ()
    problem: str = ""

    @property
    def text(self) -> str:
        parts = [self.title] if self.title else []
        for entry in self.entries:
            parts.extend((entry.title, entry.text))
        return "\n\n".join(part for part in parts if part)

    def links(self, joiner: Joiner) -> tuple[Link, ...]:
        """Return where the entries lead."""
        urls = (joiner.join(entry.link) for entry in self.entries[:MAX_LINKS] if entry.link)
        return tuple({url.text: Link(url, "feed") for url in urls if url}.values())


def is_xhtml(text: str) -> bool:
    """Whether the root element of an XML text is html."""
    start = _PROLOG.sub("", text[:8_192])
    match = _ROOT.search(start)
    return match is not None and match[1].rpartition(":")[2].lower() == "html"


def read_xml(text: str) -> Feed:
    """Return the feed in an XML text, what is broken in it left out. Raises nothing."""
    tree, problem = tolerant_xml.read(text, _Tree)
    document = tree.close()
    root = next(iter(document), document)
    entries = [node for node in _walk(document) if _name(node) in ("item", "entry")][:MAX_ENTRIES]
    if not entries:
        return Feed(entries=(Entry("", "\n".join(_lines(document)), ""),), problem=problem)
    channel = next((node for node in root if _name(node) == "channel"), root)
    return Feed(
        _child_text(channel, "title"),
        _child_text(channel, "language") or root.get(_XML_LANG, ""),
        _licence(channel),
        _child_text(channel, "copyright") or _child_text(channel, "rights"),
        tuple(_entry(node) for node in entries),
        problem,
    )


def tidy(text: str) -> str:
    """Return plain text with uniform line ends and no runs of empty lines."""
    return _MANY_LINES.sub("\n\n", _lined(text))


def _lined(text: str) -> str:
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(lines).replace("\x00", "").strip("\n")


def markdown(text: str) -> str:
    """Return a Markdown text without its front matter; code keeps its empty lines."""
    return _lined(_FRONT_MATTER.sub("", text, count=1))


def markdown_links(text: str, joiner: Joiner) -> tuple[Link, ...]:
    """Return the links of a Markdown text."""
    found: dict[str, Link] = {}
    for match in _MARKDOWN_LINK.finditer(text):
        url = joiner.join(match[1] or match[2])
        if url is not None and len(found) < MAX_LINKS:
            found.setdefault(url.text, Link(url))
    return tuple(found.values())


def markdown_title(text: str) -> str:
    """Return the first heading outside a code fence."""
    fenced = False
    for line in text.splitlines()[:200]:
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and line.startswith("# "):
            return line[2:].strip().rstrip("#").strip()
    return ""


_XML_LANG = "xml:lang"


class _Tree(TreeBuilder):
    """Builds a document of any number of roots."""

    def __init__(self) -> None:
        super().__init__()
        self.start("", {})

    def close(self) -> Element:
        self.end("")
        return super().close()


def _name(node: Element) -> str:
    return local(node.tag)


def _walk(root: Element) -> Iterator[Element]:
    for count, node in enumerate(root.iter()):
        if count >= _MAX_ELEMENTS:
            return
        yield node


def _texts(root: Element) -> Iterator[str]:
    for count, part in enumerate(root.itertext()):
        if count >= _MAX_ELEMENTS:
            return
        yield part


def _lines(root: Element) -> Iterator[str]:
    """Yield the text of each element that holds text beside other elements, or text alone."""
    waiting = [root]
    seen = 0
    while waiting and seen < _MAX_ELEMENTS:
        node = waiting.pop()
        seen += 1
        if any(
            part and not part.isspace() for part in (node.text, *(child.tail for child in node))
        ):
            if line := squeezed("".join(_texts(node))):
                yield line
        else:
            waiting.extend(reversed(node))


def _child_text(node: Element, name: str) -> str:
    for child in node:
        if _name(child) == name:
            if child.get("type") == "xhtml":
                return _unmarked(_as_html(child))
            return _unmarked("".join(_texts(child)))
    return ""


def _as_html(node: Element) -> str:
    for inner in _walk(node):
        inner.tag = _name(inner)
    return tostring(node, "unicode", method="html")


def _entry(node: Element) -> Entry:
    text = next((found for name in _ENTRY_TEXT if (found := _child_text(node, name))), "")
    return Entry(_child_text(node, "title"), text, _link(node), _licence(node))


def _link(node: Element) -> str:
    for child in node:
        if _name(child) == "link" and child.get("rel", "alternate") == "alternate":
            return (child.get("href") or child.text or "").strip()
    return ""


def _licence(node: Element) -> str:
    for child in node:
        name = _name(child)
        if name == "link" and child.get("rel") == "license":
            return child.get("href", "")
        if name == "license":
            return (child.text or child.get("resource") or "").strip()
        for key, value in child.attrib.items() if name == "license" else ():
            if key.endswith("resource"):
                return value
    return ""


def _unmarked(text: str) -> str:
    if "<" not in text:
        return squeezed(text)
    page = outline(cut(serialised(text)))
    return render(page, range(len(page.texts)))


def front_matter(text: str) -> tuple[Carrier, ...]:
    """Return the plain `key: value` lines of YAML front matter, as metas nobody has defined."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return ()
    return tuple(
        Carrier("meta", key.lower(), value.strip(), "front-matter")
        for key, value in _FRONT_LINE.findall(match[1])
    )
