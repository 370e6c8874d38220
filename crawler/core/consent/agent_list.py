"""The list of AI agent tokens: built in, and an operator's own on top."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from importlib.resources import files

from pydantic import TypeAdapter

from crawler.core.policy import AgentToken, ConsentPolicy

_ENTRIES = TypeAdapter(tuple[AgentToken, ...])
_TABLES = 16  # policies whose list is kept at hand


def parse_agents(text: str) -> tuple[AgentToken, ...]:
    """Return the entries of an agent list in TOML (`agents = [...]`) or JSON.

    JSON may also be a bare array. Raises ValueError (pydantic's among them) if it is neither.
    """
    stripped = text.lstrip()
    data = json.loads(text) if stripped.startswith(("{", "[{", "[]")) else tomllib.loads(text)
    if isinstance(data, dict):
        if set(data) != {"agents"}:
            raise ValueError("an agent list has one key, 'agents'")
        data = data["agents"]
    return _ENTRIES.validate_python(data)


BUILT_IN = parse_agents(
    files("crawler.core.consent").joinpath("agents.toml").read_text(encoding="utf-8")
)


class Agents:
    """A list of agent tokens. Compared by identity: hashing one costs more than a decision."""

    __slots__ = ("entries",)

    def __init__(self, entries: Mapping[str, AgentToken]) -> None:
        self.entries = entries  # by lower-case token


_BUILT_IN = Agents({entry.token.lower(): entry for entry in BUILT_IN})
_tables: dict[int, tuple[tuple[AgentToken, ...], Agents]] = {}


def agents_of(policy: ConsentPolicy) -> Agents:
    """Return the list that holds under `policy`: the built-in one, changed by its entries."""
    added = policy.agent_tokens
    if not added:
        return _BUILT_IN
    known = _tables.get(id(added))
    if known is None or known[0] is not added:
        if len(_tables) >= _TABLES:
            _tables.clear()
        changed = {entry.token.lower(): entry for entry in added}
        known = (added, Agents({**_BUILT_IN.entries, **changed}))
        _tables[id(added)] = known
    return known[1]
