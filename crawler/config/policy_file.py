"""Policy files as they stand: reading, `extends`, and where each key was written."""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path as FilePath

from crawler.config.problem import ConfigError, Path, Problem, nearest, printable
from crawler.core.late_expressions import late

PRESETS = ("default", "strict", "eu-tdm", "research", "search")
# Lists of tables that a policy adds to and never replaces: what a domain said or signed must
# not be lost because a policy further down names another domain.
ADDING = ("never", "grants")

_MOST_BYTES = 1_000_000  # a policy is written by hand; a million bytes are ten thousand domains
_DEEPEST_TABLE = 8
_LONGEST_CHAIN = 8
_LONGEST_LINE = 200  # looked at for a key; the expressions below are quadratic in it
_HEADER = late(r"\s*(\[\[?)\s*([^\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = late(r"""\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_.\-\s])+?)\s*=""")
_PART = late(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")
_TOML_PLACE = late(r"\s*\(at (?:line (\d+), column \d+|end of document)\)\s*$")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a policy: its data and the line of each key."""

    name: str  # as messages call it
    folder: FilePath  # what its relative paths are relative to
    data: Mapping[str, object]
    lines: Mapping[Path, int]

    def line(self, key: Path) -> int:
        """Return the line of `key`, or of the nearest table or key around it; 0 if unknown."""
        return next(
            (self.lines[key[:n]] for n in range(len(key), 0, -1) if key[:n] in self.lines), 0
        )


def read(source: str | FilePath) -> list[Source]:
    """Return the files of a policy, what it extends first. `source` is a path or a preset.

    Raises:
        ConfigError: A file cannot be read, is no TOML, or extends itself or too much.
    """
    return _chain(*_text_of(source, FilePath()))


def read_text(text: str, name: str, folder: FilePath) -> list[Source]:
    """Return the files of the policy in `text`, as `read` does."""
    return _chain(text, name, folder)


def file_text(path: FilePath) -> str:
    """Return the text of a file that a policy names.

    Raises:
        ConfigError: It cannot be read, is too large or no UTF-8.
    """
    return _text_of(path, FilePath())[0]


def merged(sources: list[Source]) -> dict[str, object]:
    """Return one table of all the files: later values win, tables are joined, ADDING adds up."""
    whole: dict[str, object] = {}
    for source in sources:
        whole.pop("name", None)  # a policy that extends another is another policy
        own = {key: value for key, value in source.data.items() if key != "extends"}
        for key in ADDING:
            before, more = whole.get(key), own.get(key)
            if isinstance(before, list) and isinstance(more, list):
                own[key] = before + more
        whole = _join(whole, own)
    return whole


def origin(sources: list[Source], key: Path) -> tuple[Source, Path]:
    """Return the file that settled `key`, and the key as that file counts it."""
    if len(key) > 1 and key[0] in ADDING and isinstance(key[1], int):
        index = key[1]
        for source in sources:
            entries = source.data.get(key[0])
            count = len(entries) if isinstance(entries, list) else 0
            if index < count:
                return source, (key[0], index, *key[2:])
            index -= count
    for source in reversed(sources):
        if _holds(source.data, key):
            return source, key
    return sources[-1], key


def _chain(text: str, name: str, folder: FilePath) -> list[Source]:
    chain: list[Source] = []
    seen: list[tuple[str, FilePath]] = []
    while True:
        if (name, folder) in seen:
            circle = " -> ".join([n for n, _ in seen] + [name])
            raise _error(chain[-1], "extends", f"extends itself: {circle}", "break the circle")
        if len(chain) == _LONGEST_CHAIN:
            what = f"more than {_LONGEST_CHAIN} policies extend one another"
            raise _error(chain[-1], "extends", what, "extend fewer")
        seen.append((name, folder))
        chain.append(_parse(text, name, folder))
        base = chain[-1].data.get("extends")
        if base is None:
            return chain[::-1]
        if not isinstance(base, str):
            what = f"expected a preset's name or a file, got {printable(repr(base))}"
            raise _error(chain[-1], "extends", what, 'write extends = "default"')
        try:
            text, name, folder = _text_of(base, folder)
        except ConfigError as error:
            raise _error(chain[-1], "extends", error.problems[0].what, "") from error


def _error(source: Source, key: str, what: str, fix: str) -> ConfigError:
    return ConfigError([Problem(what, (key,), source.name, source.line((key,)), fix=fix)])


def _text_of(source: str | FilePath, folder: FilePath) -> tuple[str, str, FilePath]:
    """Return the text, the name and the folder of a preset or a file."""
    if isinstance(source, str) and source in PRESETS:
        text = (resources.files("policies") / f"{source}.toml").read_text("utf-8")
        return text, source, FilePath()
    try:
        path = (folder / source).expanduser()
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
        if len(raw) > _MOST_BYTES:
            what = f"is larger than {_MOST_BYTES:,} bytes"
        else:
            return raw.decode("utf-8-sig"), str(path), path.resolve().parent
    except UnicodeDecodeError as error:
        what = f"is not UTF-8: byte {error.start} cannot be read"
    except FileNotFoundError:
        what = f"there is no such file, and no preset called {printable(str(source))!r}"
        near = nearest(str(source), PRESETS)
        raise ConfigError(
            [Problem(what, file=str(source), allowed=PRESETS, nearest=near)]
        ) from None
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        what = f"cannot be read: {reason}"
    raise ConfigError([Problem(what, file=printable(str(source)))])


def _parse(text: str, name: str, folder: FilePath) -> Source:
    try:
        text.encode()  # a lone surrogate is no text
        data = tomllib.loads(text)
        lines = _lines(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        what = f"is no TOML: {printable(_TOML_PLACE.sub('', str(error)))}"
        line = int(place[1]) if place and place[1] else text.count("\n") + 1 if place else 0
        raise ConfigError([Problem(what, file=name, line=line)]) from None
    except (RecursionError, ValueError) as error:  # nested too deep, a number of 5,000 digits
        what = f"is no TOML that can be read: {printable(str(error))}"
        raise ConfigError([Problem(what, file=name)]) from None
    source = Source(name, folder, data, lines)
    problems = [Problem(what, key, name, source.line(key)) for key, what in _unusable(data, ())]
    if problems:
        raise ConfigError(problems)
    return Source(name, folder, {key: _plain(value) for key, value in data.items()}, lines)


def _unusable(value: object, key: Path) -> Iterator[tuple[Path, str]]:
    """Yield what TOML can say and no setting means."""
    if len(key) > _DEEPEST_TABLE:
        yield key[:_DEEPEST_TABLE], "is nested too deep"
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _unusable(item, (*key, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unusable(item, (*key, index))
    elif isinstance(value, float) and not math.isfinite(value):
        yield key, "is no finite number"
    elif isinstance(value, int) and abs(value) >= 2**63:
        yield key, "is too large a number"


def _plain(value: object) -> object:
    """Return `value` with TOML's own dates written out, as settings want them."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return value


def _join(under: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    joined = dict(under)
    for key, value in over.items():
        before = joined.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            joined[key] = _join(before, value)
        else:
            joined[key] = value
    return joined


def _holds(data: object, key: Path) -> bool:
    for part in key:
        known = range(len(data)) if isinstance(data, list) else data
        if not isinstance(known, Mapping | range) or part not in known:
            return False
        data = data[part]  # type: ignore[index] # a list or a table, just seen
    return True


def _lines(text: str) -> dict[Path, int]:
    """Return the first line of each table and key. For messages only: strings may mislead it."""
    lines: dict[Path, int] = {}
    table: Path = ()
    count: dict[Path, int] = {}
    for number, whole in enumerate(text.split("\n"), 1):
        line = whole[:_LONGEST_LINE]
        if header := _HEADER.match(line):
            table = path = _path(header[2])
            if header[1] == "[[":
                count[path] = count.get(path, 0) + 1
                table = path = (*path, count[path] - 1)
            elif path[:1] in count:  # [grants.x] belongs to the latest [[grants]]
                table = path = (path[0], count[path[:1]] - 1, *path[1:])
        elif key := _KEY.match(line):
            path = (*table, *_path(key[1]))
        else:
            continue
        for n in range(1, min(len(path), _DEEPEST_TABLE) + 1):
            lines.setdefault(path[:n], number)
    return lines


def _path(dotted: str) -> Path:
    return tuple(a or b or c for a, b, c in _PART.findall(dotted))
