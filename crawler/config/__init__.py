"""The operator's policy: one TOML file, read strictly, that puts the parts' settings together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path as FilePath

from pydantic import ValidationError

from crawler.config.contradictions import contradictions, remarks
from crawler.config.error_messages import explained
from crawler.config.model import ASKS, SETTLED_BY, Config, Purpose
from crawler.config.policy_file import PRESETS, Source, file_text, merged, origin, read, read_text
from crawler.config.problem import ConfigError, Path, Problem, printable
from crawler.config.respelt_names import respelt
from crawler.config.spelling import FILES, FILES_OF_EACH, flat, literal, toml, written
from crawler.core.consent.agent_list import parse_agents

__all__ = [
    "ASKS",
    "PRESETS",
    "Config",
    "ConfigError",
    "Problem",
    "Purpose",
    "differences",
    "dump",
    "load",
    "parse",
    "remarks",
    "respelt",
]


def load(source: str | FilePath, *, now: float | None = None) -> Config:
    """Return the policy in the file `source`, or the preset of that name.

    Raises:
        ConfigError: With everything that is wrong with it.
    """
    return _config(read(source), now)


def parse(
    text: str, *, name: str = "policy", folder: FilePath | None = None, now: float | None = None
) -> Config:
    """Return the policy in `text`; its relative paths start from `folder`.

    Raises:
        ConfigError: With everything that is wrong with it.
    """
    return _config(read_text(text, name, folder or FilePath()), now)


def dump(config: Config, *, against: Config | None = None) -> str:
    """Return TOML that is read again as the same policy.

    What differs from `against` carries a comment that says what stands there.
    """
    notes: dict[Path, str] = {}
    if against is not None:
        notes = {
            key: f"{against.name}: {'not set' if before is None else literal(before)}"
            for key, before, _ in differences(against, config)
        }
    return toml(_file(config), notes)


def differences(before: Config, after: Config) -> list[tuple[Path, object, object]]:
    """Return each key on which two policies differ, with both values; None is "not set"."""
    old, new = dict(flat(_file(before))), dict(flat(_file(after)))
    return [
        (key, old.get(key), new.get(key))
        for key in dict.fromkeys([*old, *new])
        if old.get(key) != new.get(key)
    ]


def _file(config: Config) -> dict[str, object]:
    """Return what a policy file would say: each thing once, in the table that settles it."""
    data = written(config)
    for table, key in SETTLED_BY:
        inner = data[table]
        if isinstance(inner, dict):
            inner.pop(key, None)
    return data


def _config(sources: list[Source], now: float | None) -> Config:
    resolved = [_with_whole_paths(source) for source in sources]
    data = merged(resolved)
    data.setdefault("name", FilePath(sources[-1].name).stem)
    problems = list(_misplaced(data, resolved))
    try:
        # As JSON, since that is how pydantic tells a file's values from Python's: "2s" from 2.
        text = json.dumps(_asking_for_its_purpose(data))
        config = Config.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise ConfigError(_sorted(problems + explained(error, Config, resolved))) from None
    try:
        config = _handed_on(config)
    except (ValueError, RecursionError) as error:  # a ConfigError is a ValueError
        source, key = origin(resolved, ("agents", "file"))
        problems.append(Problem(printable(str(error)), key, source.name, source.line(key)))
    for found in contradictions(config, now):
        source, key = origin(resolved, found.key)
        line = source.line(key)
        problems.append(
            Problem(found.what, key, source.name, line, found.allowed, found.nearest, found.fix)
        )
    if problems:
        raise ConfigError(_sorted(problems))
    return config


def _handed_on(config: Config) -> Config:
    """Return `config` with what one table says in the part that reads it.

    Raises:
        ValueError: The list of agents cannot be read.
    """
    content = config.content.model_copy(update={"confirmed": config.licences.confirmed})
    config = config.model_copy(update={"content": content})
    if config.agents.file is None:
        return config
    listed = parse_agents(file_text(config.agents.file))
    agents = {item.token.lower(): item for item in (*listed, *config.consent.agent_tokens)}
    consent = config.consent.model_copy(update={"agent_tokens": tuple(agents.values())})
    return config.model_copy(update={"consent": consent})


def _sorted(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.file, problem.line))


def _asking_for_its_purpose(data: dict[str, object]) -> dict[str, object]:
    """Fill `[consent] purpose` from the purpose of the job where it is not written out."""
    purpose, consent = data.get("purpose", "train"), data.get("consent", {})
    asked = next((usages for name, usages in ASKS.items() if name == purpose), None)
    if asked is None or not isinstance(consent, dict):
        return data
    return {**data, "consent": {"purpose": [usage.value for usage in asked], **consent}}


def _misplaced(data: Mapping[str, object], sources: list[Source]) -> list[Problem]:
    found = []
    for (table, name), home in SETTLED_BY.items():
        inner = data.get(table)
        if isinstance(inner, dict) and name in inner:
            source, key = origin(sources, (table, name))
            line, fix = source.line(key), f"write it in {home}"
            found.append(Problem("is settled elsewhere", key, source.name, line, fix=fix))
    return found


def _with_whole_paths(source: Source) -> Source:
    """Return `source` with the files it names found from its own folder."""
    data = dict(source.data)
    for table, key in FILES:
        inner = data.get(table)
        if isinstance(inner, dict) and isinstance(name := inner.get(key), str) and name:
            data[table] = {**inner, key: _whole(name, source.folder)}
    for (table, array), keys in FILES_OF_EACH:
        inner = data.get(table)
        if isinstance(inner, dict) and isinstance(items := inner.get(array), list):
            data[table] = {**inner, array: [_each_whole(item, keys, source) for item in items]}
    return Source(source.name, source.folder, data, source.lines)


def _each_whole(item: object, keys: tuple[str, ...], source: Source) -> object:
    if not isinstance(item, dict):
        return item

    def whole(value: object) -> object:
        if isinstance(value, list):
            return [whole(one) for one in value]
        return _whole(value, source.folder) if isinstance(value, str) and value else value

    return {name: whole(value) if name in keys else value for name, value in item.items()}


def _whole(text: str, folder: FilePath) -> str:
    try:
        return str(folder / FilePath(text).expanduser())
    except (RuntimeError, ValueError):  # a home that does not exist
        return text
