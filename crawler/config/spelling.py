"""Settings as an operator writes them: TOML to read again, JSON to hash and compare."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from crawler.config.problem import Path
from crawler.core.late_expressions import late
from crawler.core.units import Duration, Size, seconds

# May hold credentials, or say where they lie: never shown, stored or hashed.
SECRETS = frozenset({("identity", "key"), ("network", "proxy"), ("suppression", "key")})

# Files named in a policy; a relative path starts from the folder of the policy that names it.
FILES = (
    ("identity", "key"),
    ("network", "ca_file"),
    ("agents", "file"),
    ("suppression", "path"),
    ("suppression", "key"),
    ("removals", "feed"),
)
# The same in each table of an array: the array, and its keys.
FILES_OF_EACH = ((("suppression", "feeds"), ("path", "trust")),)

_BARE_KEY = late(r"[A-Za-z0-9_-]+")
_IS_DURATION, _IS_SIZE = get_args(Duration)[1], get_args(Size)[1]
_UNITS = {"d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_SIZES = {"GB": 10**9, "MB": 10**6, "KiB": 1_024, "kB": 1_000, "B": 1}


def written(settings: BaseModel) -> dict[str, object]:
    """Return `settings` as plain data that is read again to the same; None is left out."""
    plain = {
        name: _plain(getattr(settings, name), field)
        for name, field in type(settings).model_fields.items()
        if getattr(settings, name) is not None
    }
    return {name: value for name, value in plain.items() if value is not None}


def canonical(settings: BaseModel) -> str:
    """Return canonical JSON of what `written` says, without SECRETS."""
    data = written(settings)
    for table, key in SECRETS:
        inner = data.get(table)
        if isinstance(inner, dict):
            inner.pop(key, None)
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def flat(data: Mapping[str, object], key: Path = ()) -> Iterator[tuple[Path, object]]:
    """Yield each key of nested tables with its value."""
    for name, value in data.items():
        if isinstance(value, dict) and value:
            yield from flat(value, (*key, name))
        else:
            yield (*key, name), value


def toml(data: Mapping[str, object], notes: Mapping[Path, str], key: Path = ()) -> str:
    """Return `data` as TOML; `notes` are comments that stand above their keys."""
    lines: list[str] = []
    tables = {name: value for name, value in data.items() if _is_table(value)}
    for name, value in data.items():
        if name not in tables:
            if note := notes.get((*key, name)):
                lines.append(f"# {note}")
            lines.append(f"{_key(name)} = {literal(value)}")
    text = "".join(f"{line}\n" for line in lines)
    for name, value in tables.items():
        path = ".".join(_key(str(part)) for part in (*key, name))
        if isinstance(value, dict):
            text += f"\n[{path}]\n" + toml(value, notes, (*key, name))
        elif isinstance(value, list):
            for item in value:
                text += f"\n[[{path}]]\n" + "".join(
                    f"{_key(inner)} = {literal(entry)}\n" for inner, entry in item.items()
                )
    return text


def literal(value: object) -> str:
    """Return `value` as it stands behind `=` in TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # JSON's escapes are TOML's, but for DEL, which TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{_key(name)} = {literal(item)}" for name, item in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return repr(value)


def _is_table(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, dict) for item in value)
    return isinstance(value, dict)


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else literal(name)


def _plain(value: object, field: FieldInfo | None = None) -> object:
    if isinstance(value, BaseModel):
        return written(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [_plain(item, field) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(item, field) for item in value)  # type: ignore[type-var]
    if isinstance(value, Mapping):
        return {str(name): _plain(item, field) for name, item in value.items()}
    if isinstance(value, float | int) and not isinstance(value, bool) and field is not None:
        return _quantity(value, field)
    return value if isinstance(value, bool | int | float | str | None) else str(value)


def _quantity(value: float, field: FieldInfo) -> object:
    marks = _marks(field)
    if _IS_DURATION in marks:
        return _duration(float(value))
    if _IS_SIZE in marks:
        unit = next(unit for unit, size in _SIZES.items() if value % size == 0 or unit == "B")
        return f"{int(value) // _SIZES[unit]}{unit}"
    return value


def _duration(value: float) -> str:
    for unit, length in _UNITS.items():
        text = f"{round(value / length)}{unit}"
        if value and round(value / length) and seconds(text) == value:
            return text
    return f"{Decimal(repr(value)):f}s"


def _marks(field: FieldInfo) -> list[object]:
    """Return the validators that stand on a field or inside its annotation."""
    marks = list(field.metadata)
    pending = [field.annotation]
    while pending:
        annotation = pending.pop()
        marks += getattr(annotation, "__metadata__", ())
        pending += get_args(annotation)
    return marks
