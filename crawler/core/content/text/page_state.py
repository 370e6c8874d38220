"""The state that a page drawn by scripts carries in itself: JSON in its scripts and attributes.

Next.js, Nuxt 2 and 3, Inertia, `application/json` islands and what else is assigned to `window`;
what comes in pieces is read in `streamed_state`.
Nothing is run: what is no JSON is read for its strings, keys and brackets alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from crawler.core.content.html.markup import TYPE, Markup, opening_of
from crawler.core.content.html.tags import NUMBER
from crawler.core.content.text.streamed_state import streamed

_SCRIPT: Final = NUMBER["script"]
_ID: Final = opening_of("id")
_ANSWERS: Final = ('{"', "[{")  # how JSON within a string begins
_ANSWER: Final = 200  # characters
_MOST: Final = 4 << 20  # characters of scripts that are read
_MOST_STATES: Final = 40
_MOST_VALUES: Final = 100_000
_DEEPEST: Final = 60
_NAMED: Final = {"__NEXT_DATA__": "next-data", "__NUXT_DATA__": "nuxt"}
_NO_STATE: Final = ("ld+json", "importmap", "speculationrules")
_PROPS: Final = tuple(
    (opening_of(name), name)
    for name in ("data-page", "data-props", "data-react-props", "data-preloaded")
)
_ASSIGNED: Final = re.compile(
    r"(?:window|self|globalThis)(?:\.|\[[\"'])([\w$]{1,60})(?:[\"']\])? ?= ?"
    r"(?=[{\[(]|JSON\.parse\(|function\b)"
)
_PARSED: Final = re.compile(
    r"JSON\.parse\(\s*+(\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+')", re.DOTALL
)
_TOKEN: Final = re.compile(
    r"(?P<open>[{\[(])|(?P<close>[}\])])|(?P<comma>,)"
    r"|(?P<string>\"(?:[^\"\\]|\\.)*+(?:\"|\Z)|'(?:[^'\\]|\\.)*+(?:'|\Z)|`(?:[^`\\]|\\.)*+(?:`|\Z))"
    r"(?P<key>\s*+:)?|(?P<name>[A-Za-z_$][\w$]*+)(?P<colon>\s*+:)?",
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": "", "0": "", "\n": ""}


def states(markup: Markup) -> Iterator[tuple[str, Any]]:
    """Yield what the page keeps for its scripts: the name of the source, and the value."""
    left = _MOST
    found = 0
    code: list[str] = []
    for element in markup.of(_SCRIPT):
        if left <= 0 or found >= _MOST_STATES:
            break
        kind = (markup.attribute(element, TYPE) or "").partition(";")[0].strip().lower()
        text = markup.text(element)[:left]
        left -= len(text)
        if kind.endswith("json") and not kind.endswith(_NO_STATE):
            name = _NAMED.get((markup.attribute(element, _ID) or "").strip(), "json")
            value = _json(text)
            if name == "nuxt":
                value = _refilled(value)
            found += 1
            yield name, value
        elif "javascript" in kind or kind in ("", "module"):
            code.append(text)
            for name, value in _assigned(text):
                found += 1
                yield name, value
    yield from streamed(code, _string, _loose)
    for opening, name in _PROPS:
        for element in markup.holding(opening)[:_MOST_STATES]:
            yield name, _json(markup.attribute(element, opening) or "")


def _json(text: str) -> Any:  # noqa: ANN401
    """Return the value that a text says; answers that stand in it as text of their own are read."""
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict):
        for key, part in value.items():
            if isinstance(part, str) and part[:2] in _ANSWERS and len(part) > _ANSWER:
                value[key] = _json(part) or part
    return value


def _assigned(text: str) -> Iterator[tuple[str, Any]]:
    """Yield what a script assigns to names of the window."""
    at = 0
    for _ in range(_MOST_STATES):
        match = _ASSIGNED.search(text, at)
        if match is None:
            return
        name = "nuxt" if "NUXT" in match[1] else "script"
        at = match.end()
        if parsed := _PARSED.match(text, at):
            at = parsed.end()
            yield name, _json(_string(parsed[1]))
            continue
        try:
            value, at = json.JSONDecoder(strict=False).raw_decode(text, at)
        except (ValueError, RecursionError):
            value, at = _loose(text, at)
        yield name, value


def _string(literal: str) -> str:
    """Return what a literal string of JavaScript says."""
    return (
        _ESCAPE.sub(_escaped, literal[1:-1])
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
        if "\\" in literal
        else literal[1:-1]
    )


def _escaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])


def _loose(text: str, at: int) -> tuple[Any, int]:
    """Return the strings of an expression of JavaScript, nested as its brackets are."""
    nest = _Nest()
    end = at
    for match in islice(_TOKEN.finditer(text, at), _MOST_VALUES):
        end = match.end()
        if not nest.take(match) or (nest.is_shut() and text[end : end + 1] in (";", "\n", "")):
            break
    return nest.root, end


class _Nest:
    """What brackets and keys open, and the strings in it."""

    def __init__(self) -> None:
        self.root: list[Any] = []
        self.open: list[Any] = [self.root]
        self.keys = [""]

    def take(self, match: re.Match[str]) -> bool:
        """Take a token; return whether the expression may go on."""
        if opened := match["open"]:
            inner: Any = {} if opened == "{" else []
            self._put(inner)
            self.open.append(inner)
            self.keys.append("")
        elif match["close"]:
            if len(self.open) == 1:
                return False
            self.open.pop()
            self.keys.pop()
        elif match["comma"]:
            self.keys[-1] = ""
        elif match["colon"] or match["key"]:
            self.keys[-1] = match["name"] or _string(match["string"])
        elif literal := match["string"]:
            self._put(_string(literal))
        return True

    def is_shut(self) -> bool:
        return len(self.open) == 1 and bool(self.root)

    def _put(self, value: Any) -> None:  # noqa: ANN401
        holder, key = self.open[-1], self.keys[-1]
        if isinstance(holder, list):
            holder.append(value)
        else:
            holder[key if key not in holder else f"{key} {len(holder)}"] = value


def _refilled(rows: Any) -> Any:  # noqa: ANN401
    """Return the value behind rows that name each other by their numbers, as Nuxt 3 writes it."""
    if not isinstance(rows, list):
        return rows
    done: dict[int, Any] = {}
    count = 0

    def value_of(number: Any, depth: int) -> Any:  # noqa: ANN401
        nonlocal count
        count += 1
        known = isinstance(number, int) and not isinstance(number, bool)
        if not known or not 0 <= number < len(rows) or depth > _DEEPEST or count > _MOST_VALUES:
            return None
        if number in done:
            return done[number]
        done[number] = None  # what holds itself ends here
        row = rows[number]
        if isinstance(row, dict):
            row = {key: value_of(part, depth + 1) for key, part in row.items()}
        elif isinstance(row, list):
            if row and isinstance(row[0], str):  # ["Reactive", 1] and its kin
                row = [value_of(part, depth + 1) for part in row[1:]]
            else:
                row = [value_of(part, depth + 1) for part in row]
        done[number] = row
        return row

    return value_of(0, 0)
