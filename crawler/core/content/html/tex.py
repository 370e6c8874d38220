"""TeX as it stands in a text: the signs around a formula, the style it is drawn in."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_FORMULA: Final = 10_000  # characters
DRAWS_TEX: Final = 1
DRAWS_ASCII: Final = 2
_DELIMITED: Final = (("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$"), ("$", "$"), ("`", "`"))
_STYLED: Final = re.compile(r"\{\s*\\(?:displaystyle|textstyle)(?![A-Za-z])")
_STYLE: Final = re.compile(r"\\(?:displaystyle|textstyle)(?![A-Za-z])")
_COMMENT: Final = re.compile(r"(?<!\\)%[^\n]*\n")
_IN_DOLLARS: Final = re.compile(r"\$\$[^$]{1,4000}\$\$|\$(?![\s$])[^$\n]{1,500}\$(?![0-9])")
_IN_TICKS: Final = re.compile(r"`([^`\n]{1,200})`|\\\$([^$\n]{1,200})\\\$")  # or as AsciiDoc has it
_BEGIN: Final = re.compile(
    r"\\begin\{((?:equation|align|gather|multline|eqnarray|alignat|flalign|displaymath)\*?)\}"
)
_SIGN: Final = re.compile(r"(?<!\\)\\[()\[\]]")  # two backslashes end a line of a formula
TELLS_TEX: Final = re.compile(r"\\[A-Za-z]|[\^_{}=+<>]|\A\s*[A-Za-z0-9]\s*\Z")
_COMMAND: Final = re.compile(r"\\[A-Za-z]+")
_LETTERS: Final = re.compile(r"[A-Za-z0-9]")


def raw(text: str, drawn: int, *, keep: bool) -> str:
    r"""Return a text whose formulas between "\(" and "\)" stand between dollar signs, or go.

    So do those in an environment of TeX, and, where AsciiMath is `drawn`, between grave accents.
    """
    if "\\begin{" in text:
        text = _environments(text, keep=keep)
    if drawn == DRAWS_ASCII and ("`" in text or "\\$" in text):
        text = _IN_TICKS.sub(_ticked, text) if keep else _without_ticks(text)
    if not keep and "$" in text:
        text = _IN_DOLLARS.sub(_unless_tex, text).replace("  ", " ")
    if "\\(" not in text and "\\[" not in text:
        return text
    parts: list[str] = []
    done = 0
    opened: re.Match[str] | None = None
    for sign in _SIGN.finditer(text):
        if sign[0] in ("\\(", "\\["):
            opened = sign
        elif opened is not None:
            display = opened[0] == "\\["
            if display == (sign[0] == "\\]"):
                formula = written(tidy(text[opened.end() : sign.start()]), display=display)
                parts.extend((text[done : opened.start()], formula if keep else ""))
                done = sign.end()
            opened = None
    parts.append(text[done:])
    found = "".join(parts)
    return found if keep else found.replace("  ", " ").strip()


def _ticked(match: re.Match[str]) -> str:
    return f"${match[1] or match[2]}$"


def _without_ticks(text: str) -> str:
    return _IN_TICKS.sub("", text).replace("  ", " ").strip()


def _environments(text: str, *, keep: bool) -> str:
    """Return a text in which equations in environments of their own stand between two signs."""
    parts: list[str] = []
    done = 0
    for begun in _BEGIN.finditer(text):
        if begun.start() < done or text[: begun.start()].rstrip().endswith(("$", "\\[")):
            continue
        mark = f"\\end{{{begun[1]}}}"
        end = text.find(mark, begun.end())
        if end < 0:
            break
        end += len(mark)
        formula = written(tidy(text[begun.start() : end]), display=True)
        parts.extend((text[done : begun.start()], formula if keep else ""))
        done = end
    return "".join([*parts, text[done:]])


def _unless_tex(match: re.Match[str]) -> str:
    return "" if TELLS_TEX.search(match[0].strip("$")) else match[0]


def written(tex: str, *, display: bool) -> str:
    """Return a formula between its signs."""
    if not tex:
        return ""
    return f"$${tex}$$" if display else f"${tex}$"


def tidy(text: str) -> str:
    """Return TeX in one line, without the signs around it and the style it is drawn in."""
    if "%" in text:
        text = _COMMENT.sub("\n", text)
    text = " ".join(text[:MAX_FORMULA].split())
    for start, end in _DELIMITED:
        if text.startswith(start) and text.endswith(end) and len(text) >= len(start) + len(end):
            text = text[len(start) : -len(end)].strip()
            break
    styled = _STYLED.match(text)
    if styled and text.endswith("}") and _closes_last(text):
        text = text[styled.end() : -1].strip()
    elif styled := _STYLE.match(text):
        text = text[styled.end() :].strip()
    return text


def _closes_last(text: str) -> bool:
    """Whether the brace that opens a text is closed by its last sign."""
    depth = 0
    for at, sign in enumerate(text):
        if sign == "{" and text[at - 1 : at] != "\\":
            depth += 1
        elif sign == "}" and text[at - 1 : at] != "\\":
            depth -= 1
            if not depth:
                return at == len(text) - 1
    return False


def bare(text: str) -> str:
    """Return the letters and digits of a formula: alike in TeX and in the signs drawn of it."""
    return "".join(_LETTERS.findall(_COMMAND.sub("", unicodedata.normalize("NFKC", text))))
