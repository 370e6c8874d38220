"""XML as it is found: read strictly first; where that fails, read again for what is there.

One flaw would lose a feed of a thousand entries: a blank line or a comment before the
declaration, a bare "&", a prefix nobody declared, the entities of HTML, a tag that is not
closed. No document type is read and no entity of a document's own is expanded, ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.entities import html5
from typing import Final, Protocol, TypeVar
from xml.parsers import expat

MAX_DEPTH: Final = 100  # elements further in are left out, and so is their text
_MAX_TOKENS: Final = 2_000_000  # tags of one document: some seconds
_DECLARATION: Final = re.compile(r"<\?xml\b[^>]*+>")
_DOCTYPE: Final = re.compile(r"<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*+)?>?", re.IGNORECASE)
_TAG: Final = re.compile(
    r"<(/?)([^\s/<>!?&\"'=]++)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+'|[\"'])*+)>"
)
_ATTRIBUTE: Final = re.compile(
    r"(?<![^\s=\"'/])([^\s=\"'/]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))"
)
_REFERENCE: Final = re.compile(
    r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{0,31}));"
)
_CDATA: Final = "<![CDATA["
_CLOSING: Final = {"<!--": "-->", _CDATA: "]]>", "<?": "?>", "<!": ">"}
_SPECIAL: Final = re.compile("|".join(map(re.escape, _CLOSING)))
_LIKE_HTML: Final = frozenset({"br", "hr", "img", "input", "meta"})  # never closed


class Target(Protocol):
    """What is told of a document. Names are as written, prefix and all."""

    def start(self, name: str, attributes: dict[str, str], /) -> object: ...
    def end(self, name: str, /) -> object: ...
    def data(self, text: str, /) -> object: ...


T = TypeVar("T", bound=Target)


class Enough(Exception):  # noqa: N818 - a limit, no error
    """Raised by a target that wants no more."""


def read(text: str, target: Callable[[], T]) -> tuple[T, str]:
    """Tell a new target of the document; return it, and what is wrong: "" if nothing is.

    Every element that is begun is ended. Raises nothing that the target does not.
    """
    text = text.lstrip("\ufeff \t\r\n")
    text = text[declaration.end() :] if (declaration := _DECLARATION.match(text)) else text
    told = target()
    problem = _strictly(text, told)
    if problem in ("", "too-many-elements"):
        return told, problem
    told = target()
    return told, _tolerantly(text, told) or problem


def local(name: str) -> str:
    """Return a name without its prefix, in lower case."""
    return name.rpartition(":")[2].lower()


class _Refused(Exception):  # noqa: N818 - what it is has no better name
    """The document has a document type."""


class _Counted:
    """Passes on what is said to a target, within limits."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.path: list[str] = []
        self.deeper = 0
        self.tokens = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.tokens += 1
        if self.tokens > _MAX_TOKENS:
            raise Enough
        if self.deeper or len(self.path) >= MAX_DEPTH:
            self.deeper += 1
            return
        self.path.append(name)
        self.target.start(name, attributes)

    def end(self, _: str) -> None:
        if self.deeper:
            self.deeper -= 1
        else:
            self.target.end(self.path.pop())

    def data(self, text: str) -> None:
        if self.path and not self.deeper:
            self.target.data(text)

    def close(self) -> None:
        self.deeper = 0
        while self.path:
            self.target.end(self.path.pop())


def _strictly(text: str, target: Target) -> str:
    def refuse(*_: object) -> None:
        raise _Refused

    told = _Counted(target)
    parser = expat.ParserCreate("utf-8")  # whatever the declaration says: it is text
    parser.StartElementHandler = told.start
    parser.EndElementHandler = told.end
    parser.CharacterDataHandler = told.data
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.buffer_text = True
    problem = ""
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003 - expat's own face
    except Enough:
        problem = "too-many-elements"
    except _Refused:
        problem = "dtd-refused"
    except (expat.ExpatError, ValueError):
        problem = "xml-broken"
    told.close()
    return problem


def _tolerantly(text: str, target: Target) -> str:
    told = _Counted(target)
    try:
        _scan(text, told)
    except Enough:
        told.close()
        return "too-many-elements"
    told.close()
    return ""


def _scan(text: str, told: _Counted) -> None:
    """Go through a text once. What is no tag is text; marks without an end end nowhere."""
    endless: set[str] = set()
    letter: Callable[[re.Match[str]], str] | None = None  # known once a document type came
    at = 0
    while at < len(text):
        found = text.find("<", at)
        if found < 0:
            found = len(text)
        if found > at:
            told.data(_REFERENCE.sub(letter or _letter, text[at:found]))
        at = found
        if letter is None and (doctype := _DOCTYPE.match(text, at)):
            letter = _known_letter if "<!ENTITY" in doctype[0] else _letter
            at = doctype.end()
        elif special := _SPECIAL.match(text, at):
            opening = special[0]
            end = _behind(text, _CLOSING[opening], special.end(), endless)
            if opening == _CDATA and end > special.end():
                told.data(text[special.end() : end - 3])
            at = end
        elif tag := _TAG.match(text, at):
            _tell(tag, told)
            at = tag.end()
        elif at < len(text):
            told.data("<")
            at += 1


def _behind(text: str, mark: str, at: int, endless: set[str]) -> int:
    """Return where `mark` ends behind a place, or that place if it never comes."""
    end = -1 if mark in endless else text.find(mark, at)
    if end < 0:
        endless.add(mark)  # or it would be sought to the end for each that is opened
        return at
    return end + len(mark)


def _tell(tag: re.Match[str], told: _Counted) -> None:
    closing, name, rest = tag.groups()
    if closing:
        if told.deeper:
            told.end(name)
        elif name in told.path[-_NEAR:]:
            while told.path[-1] != name:
                told.end(told.path[-1])
            told.end(name)
        return
    attributes = {
        key: unescaped(quoted or single or bare)
        for key, quoted, single, bare in _ATTRIBUTE.findall(rest)
    }
    told.start(name, attributes)
    if rest.endswith("/") or name.lower() in _LIKE_HTML:
        told.end(name)


_NEAR: Final = 16  # open elements that an end tag may close at once


def unescaped(text: str) -> str:
    """Return a text behind its references: by number, of XML and of HTML, with their ";"."""
    return _REFERENCE.sub(_letter, text) if "&" in text else text


def _known_letter(reference: re.Match[str]) -> str:
    """Return nothing for what is the document's own: it stands for what is not read."""
    known = not reference[3] or f"{reference[3]};" in html5
    return _letter(reference) if known else ""


def _letter(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name:
        return html5.get(f"{name};", reference[0])
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_letter = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000  # noqa: PLR2004 - Unicode's
    return chr(code) if is_letter else "\ufffd"
