"""The blocks of a PDF written out: words joined over line ends, ligatures undone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from crawler.core.content.documents.pdf_blocks import CELLS, CODE, HEADING, ITEM, Block, bullet_free
from crawler.core.content.documents.pdf_words import HYPHEN

_LIGATURES: Final = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)
}
# Accents that TeX sets before their letter, as marks of their own.
_ACCENTS: Final = {
    "\u00a8": "\u0308", "\u00b4": "\u0301", "\u02c6": "\u0302", "\u02c7": "\u030c",
    "\u02dc": "\u0303", "\u02d8": "\u0306", "\u02da": "\u030a", "\u00b8": "\u0327",
}  # fmt: skip
_ACCENTED: Final = re.compile(
    r"([\u00a8\u00b4\u02c6\u02c7\u02dc\u02d8\u02da\u00b8]) ?([A-Za-z\u0131])"
)
_FORMS: Final = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]+")  # of letters, by where they stand
_COMPOUND: Final = 4  # letters: two words of so many, and no syllables
# An address that was broken where addresses are, and what may be its other half.
_OPEN_ENDS: Final = "/.=&?_%#"  # of an address that goes on
_SCHEMES: Final = ("http", "https", "ftp")
_OF_ADDRESS: Final = frozenset("/.=&?#_%-")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TAIL: Final = 200  # characters of an address that are looked at
_LONGEST: Final = 80  # characters of a word
_FIRST: Final = re.compile(r"[^\W\d_]+")
_NO_SPACES: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u30ff]")
_COUNTED: Final = re.compile(r"\(?\w{1,4}[.)]\s")  # an item that has a number of its own
_TIGHT: Final = frozenset({ITEM, CELLS})


def written(blocks: list[Block], *, markdown: bool) -> str:
    """Return the text of blocks: paragraphs apart, items and rows one below the other."""
    known = _vocabulary(blocks)
    parts: list[str] = []
    before = ""
    for block in blocks:
        text = _text(block, known)
        if not text.strip():
            continue
        if parts:
            tight = block.kind in _TIGHT and before == block.kind
            parts.append("\n" if tight else "\n\n")
        parts.append(_marked(block, text, before) if markdown else text)
        before = block.kind
    return "".join(parts)


def _text(block: Block, known: frozenset[str]) -> str:
    if block.kind == CODE:
        return _letters("\n".join(block.lines).replace(HYPHEN, "-"))
    if block.kind == CELLS:
        return _letters(block.lines[0].replace(HYPHEN, "-"))
    text = _letters(_joined(block.lines, known))
    return bullet_free(text) if block.kind == ITEM else text


def _letters(text: str) -> str:
    if text.isascii():
        return text
    text = _FORMS.sub(_plain_form, _ACCENTED.sub(_accented, text.translate(_LIGATURES)))
    return unicodedata.normalize("NFC", text)


def _plain_form(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def _accented(match: re.Match[str]) -> str:
    letter = "i" if match[2] == "\u0131" else match[2]
    return unicodedata.normalize("NFC", letter + _ACCENTS[match[1]])


def _vocabulary(blocks: Iterable[Block]) -> frozenset[str]:
    """Return the words that stand whole in a line: how a broken one is written."""
    found: set[str] = set()
    for block in blocks:
        broken = False
        for line in block.lines:
            words = _WORD.findall(line.translate(_LIGATURES).lower())
            ends = line.endswith(("-", HYPHEN))
            found.update(words[int(broken) : len(words) - int(ends)])
            broken = ends
    return frozenset(found)


def _joined(lines: list[str], known: frozenset[str]) -> str:
    """Return lines as one; a word that was broken at a line's end is whole again."""
    text = lines[0]
    for line in lines[1:]:
        end = text[-1:]
        if end == HYPHEN:
            text = _mended(text[:-1] + "-", line, known)
        elif end == "-":
            text = _mended(text, line, known)
        elif _is_broken(text, line):
            text += line
        else:
            text += " " + line
    return text.replace(HYPHEN, "-")


def _is_broken(text: str, line: str) -> bool:
    """Tell whether no space belongs between two lines: within an address, where none is written."""
    if _NO_SPACES.match(text[-1:]) and _NO_SPACES.match(line[:1]):
        return True
    first = line.split(None, 1)[0] if line.split() else ""
    goes_on = first == line or first.endswith(")") or not _OF_ADDRESS.isdisjoint(first[:-1])
    scheme, mark, path = text[-_TAIL:].rpartition(" ")[2].rpartition("://")
    broken = mark and scheme.endswith(_SCHEMES) and path.endswith(tuple(_OPEN_ENDS))
    return bool(goes_on and first[:1].isalnum() and broken and ")" not in path)


def _mended(text: str, line: str, known: frozenset[str]) -> str:
    """Join a line to one that ends in a hyphen, which stays if it belongs to the word."""
    before = _word_before(text)
    after = _FIRST.match(line.translate(_LIGATURES))
    if not before:  # no word before it: a dash, an option, a number
        return f"{text} {line}" if text.endswith((" -", "--")) else text + line
    capitals = before.isupper() and after is not None and after[0].isupper()
    if after is None or not (line[:1].islower() or capitals):
        return text + line
    one, other = before.lower(), after[0].lower()
    whole, hyphened = one + other, f"{one}-{other}"
    if whole not in known:
        words = min(len(one), len(other)) >= _COMPOUND and {one, other} <= known
        if hyphened in known or words:
            return text + line
    return text[:-1] + line


def _word_before(text: str) -> str:
    """Return the word in front of the hyphen that ends a text, "" if there is none."""
    start = end = len(text) - 1
    while (
        start and end - start < _LONGEST and (text[start - 1].isalpha() or text[start - 1] == "-")
    ):
        start -= 1
    return text[start:end].strip("-").translate(_LIGATURES)


def _marked(block: Block, text: str, before: str) -> str:
    if block.kind == HEADING:
        return f"{'#' * max(1, block.level)} {text}"
    if block.kind == ITEM:
        return text if _COUNTED.match(text) else f"- {text}"
    if block.kind == CODE:
        return f"```\n{text}\n```"
    if block.kind == CELLS:
        cells = text.replace("|", "\\|").split("\t")
        line = "| " + " | ".join(cells) + " |"
        return line if before == CELLS else f"{line}\n|{' --- |' * len(cells)}"
    return text
