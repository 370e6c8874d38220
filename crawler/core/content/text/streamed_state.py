"""State that a page pushes to its scripts in pieces, and what an app is started with.

Next.js' app router streams rows of React elements (`__next_f`), React Router a table whose rows
name each other (`streamController.enqueue`), SvelteKit hands its data to `start`. Nothing is run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final

from crawler.core.content.html.tags import words

_LITERAL: Final = r"(\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+')"
_PUSHED: Final = re.compile(rf"__next_f\.push\(\s*+\[\s*+1\s*+,\s*+{_LITERAL}", re.DOTALL)
_ENQUEUED: Final = re.compile(rf"streamController\.enqueue\(\s*+{_LITERAL}", re.DOTALL)
_STARTED: Final = re.compile(r"\bkit\.start\(\s*+[\w$]++,\s*+[\w$]++,\s*+(?=\{)")
_ROW: Final = re.compile(rb"([0-9a-f]{1,8}):")
_SIZED: Final = re.compile(rb"T([0-9a-f]{1,8}),")
_NAMED: Final = re.compile(r"\$L?([0-9a-f]{1,8})\Z")
_TEXT: Final = words("p li blockquote td th dt dd pre figcaption summary")
_HEADINGS: Final = words("h1 h2 h3 h4 h5 h6")
_OUT: Final = words("script style nav header footer aside form button svg template head")
_MOST_ROWS: Final = 20_000
_MOST_PIECES: Final = 5_000
_MOST_VALUES: Final = 100_000
_DEEPEST: Final = 60
_HTML: Final = "dangerouslySetInnerHTML"
_LONGEST_KEY: Final = 12
_ELEMENT: Final = 4  # parts: "$", its tag, its key, its properties


def streamed(
    scripts: Iterable[str],
    string: Callable[[str], str],
    loose: Callable[[str, int], tuple[Any, int]],
) -> Iterator[tuple[str, Any]]:
    """Yield name and value of what the scripts push, enqueue and start with.

    `string` reads a literal of JavaScript, `loose` the strings of an expression from a place on.
    """
    pushed: list[str] = []
    enqueued: list[str] = []
    for text in scripts:
        if "__next_f" in text:
            pushed += [string(match[1]) for match in islice(_PUSHED.finditer(text), _MOST_PIECES)]
        if "streamController" in text:
            found = islice(_ENQUEUED.finditer(text), _MOST_PIECES)
            enqueued += [string(match[1]) for match in found]
        if "kit.start" in text and (match := _STARTED.search(text)):
            yield "script", loose(text, match.end())[0]
    if pushed:
        yield "next-data", _Flight("".join(pushed)).value()
    if enqueued:
        yield "script", _table("".join(enqueued))


class _Flight:
    """The rows of a stream of React elements, by number."""

    def __init__(self, stream: str) -> None:
        self.rows: dict[str, Any] = {}
        self.left = _MOST_VALUES
        self.done: set[str] = set()  # rows that were read where another names them
        data = stream.encode("utf-8", "replace")
        at = 0
        for _ in range(_MOST_ROWS):
            row = _ROW.match(data, at)
            if row is None:
                at = data.find(b"\n", at) + 1
                if not at:
                    break
                continue
            at = row.end()
            if sized := _SIZED.match(data, at):
                at = sized.end() + int(sized[1], 16)
                said: Any = data[sized.end() : at].decode("utf-8", "replace")
            else:
                end = data.find(b"\n", at)
                line, at = data[at : end if end >= 0 else len(data)], end + 1
                said = _parsed(line)
            self.rows[row[1].decode()] = said
            if not at:
                break

    def value(self) -> list[Any]:
        """Return the texts and headings of all elements, nested as those are."""
        return [
            self._drawn(row, 0)
            for number, row in self.rows.items()
            if number not in self.done and not isinstance(row, str)
        ]

    def _drawn(self, value: Any, depth: int) -> Any:  # noqa: ANN401
        self.left -= 1
        if depth > _DEEPEST or self.left < 0:
            return None
        value = self._meant(value)
        if isinstance(value, dict):
            return {key: self._drawn(part, depth + 1) for key, part in value.items()}
        if not isinstance(value, list):
            return value
        if len(value) < _ELEMENT or value[0] != "$" or not isinstance(value[3], dict):
            return [self._drawn(part, depth + 1) for part in value]
        tag, shown = str(value[1]), value[3]
        if tag in _OUT:
            return None
        if tag in _TEXT:
            return {"paragraph": self._joined(shown, depth)}
        if tag in _HEADINGS:
            return {"heading": self._joined(shown, depth)}
        if not tag.startswith("$"):
            shown = {key: shown[key] for key in ("children", _HTML) if key in shown}
        return {
            "content" if key == _HTML else key: self._drawn(part, depth + 1)
            for key, part in shown.items()
        }

    def _joined(self, value: Any, depth: int) -> str:  # noqa: ANN401
        """Return the words in an element."""
        self.left -= 1
        if depth > _DEEPEST or self.left < 0:
            return ""
        value = self._meant(value)
        if isinstance(value, str):
            return value
        if isinstance(value, dict):
            return self._joined(value.get("children", value.get(_HTML, "")), depth + 1)
        if isinstance(value, list):
            if len(value) >= _ELEMENT and value[0] == "$":
                return self._joined(value[3], depth + 1)
            return "".join([self._joined(part, depth + 1) for part in value])
        return str(value) if type(value) in (int, float) else ""

    def _meant(self, value: Any) -> Any:  # noqa: ANN401
        """Return the row that a value names, or the value."""
        if isinstance(value, dict) and isinstance(value.get("__html"), str):
            value = value["__html"]
        if not isinstance(value, str) or value[:1] != "$":
            return value
        if named := _NAMED.match(value):
            number = named[1]
            if number in self.done:
                return ""
            self.done.add(number)
            return self.rows.get(number, "")
        return value[1:] if value[:2] == "$$" else ""


def _parsed(line: bytes) -> Any:  # noqa: ANN401
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _table(stream: str) -> Any:  # noqa: ANN401
    """Return the value behind rows that name each other, keys too, as React Router writes it."""
    rows = _parsed(stream.partition("\n")[0].encode("utf-8", "replace"))
    if not isinstance(rows, list):
        return None
    done: dict[int, Any] = {}
    left = _MOST_VALUES

    def value_of(number: Any, depth: int) -> Any:  # noqa: ANN401
        nonlocal left
        left -= 1
        known = isinstance(number, int) and not isinstance(number, bool)
        if not known or not 0 <= number < len(rows) or depth > _DEEPEST or left < 0:
            return None
        if number not in done:
            done[number] = None  # what holds itself ends here
            row = rows[number]
            if isinstance(row, dict):
                row = {
                    str(value_of(int(key[1:]), depth + 1)): value_of(part, depth + 1)
                    for key, part in row.items()
                    if key[:1] == "_" and key[1:].isdecimal() and len(key) < _LONGEST_KEY
                }
            elif isinstance(row, list):
                marked = bool(row) and isinstance(row[0], str)
                row = [value_of(part, depth + 1) for part in row[1 if marked else 0 :]]
            done[number] = row
        return done[number]

    return value_of(0, 0)
