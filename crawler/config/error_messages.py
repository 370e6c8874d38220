"""Say what pydantic found wrong in the words of the policy file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from crawler.config.policy_file import Source, origin
from crawler.config.problem import Path, Problem, nearest, printable
from crawler.core.late_expressions import late

_UNITS = {
    "a duration": ("ms", "s", "m", "h", "d"),
    "a size": ("B", "kB", "KiB", "MB", "MiB", "GB", "GiB"),
}
_WANTED = {
    "string_type": "text in quotes",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "tuple_type": "a list",
    "list_type": "a list",
    "set_type": "a list",
    "frozen_set_type": "a list",
    "dict_type": "a table",
    "mapping_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "path_type": "a file's path in quotes",
}
_QUOTED = late(r"'([^']*)'")
_PARTS = late(r"([0-9.]+)\s*([A-Za-z]*)")
# Keys that operators bring along from elsewhere, and what is said of them.
_ALWAYS = "robots.txt access is always obeyed, no reading loosens it"
# Keys that operators bring along from elsewhere, and what is said of them.
_SAID: dict[Path, str] = {
    ("consent", "readings", "robots"): _ALWAYS,
    ("consent", "readings", "rep"): _ALWAYS,
}


def explained(
    error: ValidationError, model: type[BaseModel], sources: list[Source]
) -> list[Problem]:
    """Return each error with its file, key, line, allowed values, nearest name and fix."""
    return [_problem(details, model, sources) for details in error.errors(include_url=False)]


def fields_of(model: type[BaseModel], key: Path) -> dict[str, FieldInfo]:
    """Return the fields of the table at `key`, {} if no table is there."""
    found: type[BaseModel] | None = model
    for part in key:
        if isinstance(part, str) and found is not None:
            field = found.model_fields.get(part)
            found = None if field is None else table_in(field.annotation)
    return {} if found is None else dict(found.model_fields)


def table_in(annotation: object) -> type[BaseModel] | None:
    """Return the table that a field holds, alone, in a list or optionally."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (table_in(argument) for argument in get_args(annotation))
    return next((found for found in inner if found is not None), None)


def _problem(details: ErrorDetails, model: type[BaseModel], sources: list[Source]) -> Problem:
    key = _cut(details["loc"], model)
    source, own_key = origin(sources, key)
    what, allowed, near, fix = _said(details, key, model)
    return Problem(what, own_key, source.name, source.line(own_key), allowed, near, fix)


def _cut(loc: Path, model: type[BaseModel]) -> Path:
    """Return `loc` without what pydantic adds for the branches of a union."""
    key: Path = ()
    for part in loc:
        if isinstance(part, str) and key and not fields_of(model, key):
            known = _field(model, key)
            if known is None or get_origin(known.annotation) not in (dict, Mapping):
                break
        key = (*key, part)
    return key


def _field(model: type[BaseModel], key: Path) -> FieldInfo | None:
    names = [part for part in key if isinstance(part, str)]
    return fields_of(model, tuple(names[:-1])).get(names[-1]) if names else None


def _said(
    details: ErrorDetails, key: Path, model: type[BaseModel]
) -> tuple[str, tuple[str, ...], str, str]:
    """Return what is wrong, the values allowed, the nearest of them, and the fix."""
    if said := _SAID.get(key):
        return said, (), "", "remove the key"
    kind, value = details["type"], details["input"]
    got = f", got {printable(repr(value))}"
    if kind == "extra_forbidden":
        return _unknown(key, model)
    if kind == "missing":
        return "is missing", (), "", f"add {key[-1]} = ..."
    if kind in ("literal_error", "enum"):
        allowed = tuple(_QUOTED.findall(str(details["ctx"]["expected"])))
        near = nearest(value, allowed) if isinstance(value, str) else ""
        return f"unknown value {printable(repr(value))}", allowed, near, ""
    if kind in _WANTED:
        return f"expected {_WANTED[kind]}{got}", (), "", _quote(kind, value)
    message = details["msg"].removeprefix("Value error, ")
    for named, units in _UNITS.items():
        if message.startswith(f"expected {named}"):
            return printable(message), units, *_unit(value, units)
    return printable(message[:1].lower() + message[1:]), (), "", ""


def _unknown(key: Path, model: type[BaseModel]) -> tuple[str, tuple[str, ...], str, str]:
    name = str(key[-1])
    # `extends` is no setting: it has been followed when settings are looked at.
    allowed = tuple(sorted([*fields_of(model, key[:-1]), *(["extends"] if len(key) == 1 else [])]))
    near = nearest(name, allowed)
    homes = [".".join(home) for home in _tables_with(name, model, ()) if home != key[:-1]]
    fix = f"it belongs in [{homes[0]}]" if homes and not near else ""
    if homes and homes[0] == "":
        fix = "it belongs at the top of the file, before the first table"
    return "unknown key", allowed, near, fix


def _tables_with(
    name: str, model: type[BaseModel], key: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    if name in model.model_fields:
        yield key
    for part, field in model.model_fields.items():
        table = table_in(field.annotation)
        if table is not None:
            yield from _tables_with(name, table, (*key, part))


def _quote(kind: str, value: object) -> str:
    if kind == "string_type" and isinstance(value, int | float) and not isinstance(value, bool):
        return f'write "{value}"'
    if kind == "bool_type" and isinstance(value, str):
        folded = value.casefold()
        return f"write {folded} without quotes" if folded in ("true", "false") else ""
    if kind in ("tuple_type", "list_type") and isinstance(value, str):
        return f'write ["{printable(value)}"]'
    return ""


def _unit(value: object, units: tuple[str, ...]) -> tuple[str, str]:
    """Return the unit that was probably meant, and the fix."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        unit = "s" if "s" in units else "B"
        return "", f'name the unit: "{value}{unit}"'
    match = _PARTS.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return "", ""
    meant = next((unit for unit in units if unit.casefold() == match[2].casefold()), "")
    if not meant and "s" in units:  # "10min", "2 hours"
        meant = next((unit for unit in units[1:] if match[2][:1].casefold() == unit), "")
    if not match[2]:
        meant = units[0] if "B" in units else "s"
    return "", f'write "{match[1]}{meant}"' if meant else ""
