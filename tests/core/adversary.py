"""Every regular expression of the product, and texts made from each to cost it its square.

What makes one expensive is a run that two parts of it can share, or one that every start tries
again to its end. Both are in the expression: what stands before a repetition, many of what is
repeated, and something that does not fit.
"""

from __future__ import annotations

import ast
import functools
import importlib
import math
import pkgutil
import random
import re
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import crawler
from crawler.core.late_expressions import LateExpression

PACKAGES = ("core", "fetch", "frontier", "store")
ANCHORED = frozenset({"match", "fullmatch"})
OPERATORS = (  # read what the operator wrote
    "crawler.fetch.identity",
    "crawler.fetch.request_signing",
    "crawler.keys",
)
WHOLE = frozenset({"_URLS"})  # of many, each tried with `fullmatch`
SEARCHING = frozenset({"search", "sub", "subn", "split", "findall", "finditer"})
# Runs that are tried on all of them, and ends that fit nothing.
# fmt: off
RUNS = (" ", "\n", "\t", "\r\n", "\xa0", '"', "'", "0", "1", "a", "Z", "_", "-", ".", ",", ";", ":",
        "=", "/", "\\", "<", ">", "&", "%41", "(", "[", "{", "|", "*", "?", "\u3002", "\u00e9",
        "a ", "a. ", "no ", "<a ", '="', "0 ", "a,", "a;", ": ", " \n", "a-", "https://a/")
# fmt: on
ENDS = ("", "\x01", "!\n", "x", " x", "0")


@dataclass(frozen=True)
class Expression:
    name: str  # where it was found
    pattern: re.Pattern[Any]
    searches: bool  # else it is only tried at one place


def expressions() -> dict[str, Expression]:
    """Return what is compiled in the modules, or written out in a call, by where it stands."""
    sources = {name: path.read_text("utf-8") for name, path in _files()}
    everywhere = _uses(sources.values())
    found: dict[str, Expression] = {}
    for name, source in sources.items():
        module = importlib.import_module(name)
        here = _uses([source])
        seen: set[int] = set()
        for key, value in vars(module).items():
            for number, pattern in enumerate(_patterns(value, module, seen)):
                place = f"{name}.{key}" + (f"[{number}]" if number else "")
                methods = (here if key.startswith("_") else everywhere).get(key, set())
                searches = key not in WHOLE and (not methods or bool(methods & SEARCHING))
                found[place] = Expression(place, pattern, searches)
        for line, method, pattern in _literals(source):
            place = f"{name}:{line}"
            found[place] = Expression(place, pattern, method not in ANCHORED)
    return found


def _files() -> Iterator[tuple[str, Path]]:
    root = Path(crawler.__file__).parent
    for package in PACKAGES:
        prefix = f"crawler.{package}"
        for info in pkgutil.walk_packages([str(root / package)], f"{prefix}."):
            path = root.parent / (info.name.replace(".", "/") + ".py")
            if path.is_file() and info.name not in OPERATORS:
                yield info.name, path


def _patterns(  # noqa: C901 - a table
    value: object, module: ModuleType, seen: set[int]
) -> Iterator[re.Pattern[Any]]:
    """Yield the expressions in a value: alone, in containers, in attributes, behind a method."""
    if isinstance(value, str | bytes | int | float) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, LateExpression):
        yield value.compiled
    elif isinstance(getattr(value, "__self__", None), re.Pattern):
        yield value.__self__  # type: ignore[attr-defined]
    elif isinstance(value, dict):
        for part in (*value.keys(), *value.values()):
            yield from _patterns(part, module, seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from _patterns(part, module, seen)
    elif isinstance(value, functools.partial):
        yield from _patterns((value.func, value.args, value.keywords), module, seen)
    elif getattr(value, "__module__", None) == module.__name__ and _is_made_without_input(value):
        with suppress(TypeError):
            yield from _patterns(value(), module, seen)  # type: ignore[operator]
    elif getattr(value, "__module__", None) == module.__name__:
        parts = dict(getattr(value, "__dict__", {}))
        for slot in getattr(type(value), "__slots__", ()):
            parts[slot] = getattr(value, slot, None)
        yield from _patterns(list(parts.values()), module, seen)


def _is_made_without_input(value: object) -> bool:
    """Whether this is a cached function that takes nothing."""
    code = getattr(getattr(value, "__wrapped__", None), "__code__", None)
    return hasattr(value, "cache_info") and code is not None and code.co_argcount == 0


def _uses(sources: Iterable[str]) -> dict[str, set[str]]:
    """Return with which methods a name is used anywhere."""
    used: dict[str, set[str]] = {}
    for source in sources:
        for name, method in re.findall(r"\b([A-Za-z_]\w*)\.([a-z]+)\b", source):
            if method in ANCHORED | SEARCHING:
                used.setdefault(name, set()).add(method)
    return used


def _literals(source: str) -> Iterator[tuple[int, str, re.Pattern[Any]]]:
    """Yield line, method and expression of each call such as `re.sub("...", ...)`."""
    if not any(f"re.{method}(" in source for method in ANCHORED | SEARCHING):
        return  # most have none, and parsing all takes a second
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        text = node.args[0] if node.args else None
        if isinstance(text, ast.Constant) and node.func.attr in ANCHORED | SEARCHING:
            yield node.lineno, node.func.attr, re.compile(text.value)


# --- texts made from an expression ------------------------------------------------------


def texts(pattern: re.Pattern[Any], size: int, most: int) -> Iterator[str | bytes]:  # noqa: C901 - a list
    """Yield `most` texts of about `size` letters, made to be expensive for `pattern`."""
    is_bytes = isinstance(pattern.pattern, bytes)
    source = pattern.pattern.decode("latin-1") if is_bytes else pattern.pattern
    tree = _parser.parse(source, pattern.flags & ~re.UNICODE if is_bytes else pattern.flags)
    made: dict[str, None] = {}
    befores = list(_repeats(list(tree), [""]))
    for before, body in befores:
        unit = body or "a"
        for end in ENDS:
            made[before + unit * (size // len(unit)) + end] = None
        whole = before + unit
        made[whole * (size // len(whole))] = None
        for mixed in (unit + " ", unit + "\n", " " + unit, before + unit * 40 + "\x01"):
            if mixed:
                made[before + mixed * (size // len(mixed))] = None
    for run in RUNS:
        for end in ENDS[:3]:
            made[run * (size // len(run)) + end] = None
        for before, _ in befores[:6]:
            if before:
                made[before + run * (size // len(run)) + "\x01"] = None
                made[(before + run) * (size // len(before + run))] = None
    words = [text for text, _ in befores if text][:40] or ["a"]
    chance = random.Random(source)
    for _ in range(6):
        some = [chance.choice([*words, *RUNS[:8]]) for _ in range(12)]
        unit = "".join(some)
        made[unit * max(1, size // len(unit))] = None
    few = list(made)
    if len(few) > most:
        few = chance.sample(few, most)
    for text in few:
        yield text.encode("latin-1", "ignore") if is_bytes else text


def _repeats(  # noqa: C901 - a table
    nodes: list[Any], befores: list[str]
) -> Iterator[tuple[str, str]]:
    """Yield for each repetition what may stand before it, and what is repeated."""
    for kind, value in nodes:
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, inner = value
            for pick in range(3):
                body = _sample(list(inner), pick)
                for before in befores[:4]:
                    if most > 8 or most is sre.MAXREPEAT:
                        yield before, body
            yield from _repeats(list(inner), befores)
        elif kind is sre.SUBPATTERN:
            yield from _repeats(list(value[3]), befores)
        elif kind is sre.ATOMIC_GROUP:
            yield from _repeats(list(value), befores)
        elif kind is sre.BRANCH:
            for branch in value[1][:60]:
                yield from _repeats(list(branch), befores)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repeats(list(value[1]), befores)
        ways = {_sample([(kind, value)], pick) for pick in (0, 1, 2)}
        befores = list(dict.fromkeys(before + way for before in befores for way in sorted(ways)))[
            :6
        ]


def _sample(nodes: list[Any], pick: int) -> str:
    """Return a text that the nodes match, one of several."""
    return "".join(_one(kind, value, pick) for kind, value in nodes)


def _one(kind: Any, value: Any, pick: int) -> str:
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if kind is sre.ANY:
        return " a0"[pick % 3]
    if kind is sre.IN:
        return _member(value, pick)
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, most, inner = value
        return _sample(list(inner), pick) * (max(least, 1 if pick and most else least))
    if kind is sre.SUBPATTERN:
        return _sample(list(value[3]), pick)
    if kind is sre.ATOMIC_GROUP:
        return _sample(list(value), pick)
    if kind is sre.BRANCH:
        return _sample(list(value[1][pick % len(value[1])]), pick)
    return ""


def _member(items: list[Any], pick: int) -> str:
    """Return a letter of a class: its first, its last, or a blank or the like if it has one."""
    named = {
        sre.CATEGORY_SPACE: " \n\t", sre.CATEGORY_DIGIT: "017", sre.CATEGORY_WORD: "a0_",
        sre.CATEGORY_NOT_SPACE: 'a"<', sre.CATEGORY_NOT_DIGIT: " a.", sre.CATEGORY_NOT_WORD: " .-",
    }  # fmt: skip
    if items and items[0][0] is sre.NEGATE:
        rest = items[1:]
        free = [letter for letter in " a0\n\"'.,;:=/<>-_" if not _holds(rest, letter)]
        return free[pick % len(free)] if free else "\u00e9"
    letters = []
    for kind, value in items:
        if kind is sre.LITERAL:
            letters.append(chr(value))
        elif kind is sre.RANGE:
            letters += [chr(value[0]), chr(value[1])]
        elif kind is sre.CATEGORY:
            letters += named.get(value, "a")
    return letters[(0, -1, len(letters) // 2)[pick % 3]] if letters else "a"


def _holds(items: list[Any], letter: str) -> bool:
    for kind, value in items:
        if kind is sre.LITERAL and chr(value) == letter:
            return True
        if kind is sre.RANGE and value[0] <= ord(letter) <= value[1]:
            return True
        if kind is sre.CATEGORY:
            name = str(value).lower()
            test = (
                str.isspace if "space" in name else str.isdigit if "digit" in name else str.isalnum
            )
            if test(letter) is not ("not_" in name):
                return True
    return False


# --- how long they take -----------------------------------------------------------------


class TooLong(Exception):  # noqa: N818 - no error
    """A search was given up."""


def cost(expression: Expression, text: str | bytes, limit: float) -> float:
    """Return the seconds that this thread computes for going through a text, at most `limit`."""
    pattern = expression.pattern

    def give_up(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, give_up)
    began = time.thread_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, limit)
        pattern.match(text)
        pattern.fullmatch(text)
        if expression.searches:
            for _ in pattern.finditer(text):
                pass
        took = time.thread_time() - began
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except TooLong:
        took = limit
    finally:
        signal.signal(signal.SIGVTALRM, before)
    return took


def offence(expression: Expression, size: int, most: int) -> str | bytes | None:
    """Return a text that takes an expression longer than it may, None if none was found.

    What is allowed is many times what a scan takes, and a third of what the square does. Many
    alternatives may take ten times that, if four times the text takes no more than six times as
    long. A busy machine makes the same work cost more and never less: the least of several counts.
    """
    for text in texts(expression.pattern, size, most):
        allowed = 0.002 + 3e-6 * len(text)
        if any(cost(expression, text, 3 * allowed) <= allowed for _ in range(4)):
            continue
        whole = quarter = math.inf
        for _ in range(5):
            whole = min(whole, cost(expression, text, 12 * allowed))
            quarter = min(quarter, cost(expression, text[: len(text) // 4], 12 * allowed))
            if whole <= min(10 * allowed, 6 * quarter):
                break
        else:
            return text
    return None
