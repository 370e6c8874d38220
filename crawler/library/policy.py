"""A policy as the library takes it: read once, checked, and the same in any process."""

from __future__ import annotations

import os
from typing import Self

from crawler.config import Config, dump, load, parse
from crawler.core.content.settings import ContentSettings
from crawler.core.policy import ConsentPolicy


class Policy:
    """What the operator asks of signals. Make one with `load` or `parse`.

    Equal policies decide alike. It can be pickled, and nothing of it changes.
    """

    __slots__ = ("_config", "_consent", "_hash")

    def __init__(self, config: Config) -> None:
        self._config = config
        self._consent = config.consent_policy()
        self._hash = self._consent.sha256

    @classmethod
    def load(cls, source: str | os.PathLike[str] = "default") -> Self:
        """Return the policy in a TOML file, or the preset of that name ("default", "search", ...).

        Raises:
            ValueError: With everything that is wrong with it, each by file, key and fix.
        """
        return cls(load(source if isinstance(source, str) else os.fspath(source)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the policy in a text of TOML, such as 'extends = "default"'.

        Raises:
            ValueError: With everything that is wrong with it.
        """
        return cls(parse(text))

    @property
    def name(self) -> str:
        return self._config.name

    @property
    def purpose(self) -> tuple[str, ...]:
        """The uses that a page must not be refused for, such as "ai_train"."""
        return tuple(usage.value for usage in self._consent.purpose)

    @property
    def sha256(self) -> str:
        """Hash of all that decides: it stands with every decision made under the policy."""
        return self._hash

    @property
    def consent(self) -> ConsentPolicy:
        """The part that decides. Its attributes are private."""
        return self._consent

    @property
    def content(self) -> ContentSettings:
        """The part that is about texts and licences. Its attributes are private."""
        return self._config.content

    @property
    def config(self) -> Config:
        """All of it. Its attributes are private."""
        return self._config

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Policy) and other._config.sha256 == self._config.sha256

    def __hash__(self) -> int:
        return hash(self._hash)

    def __repr__(self) -> str:
        return f"Policy({self.name!r}, purpose={self.purpose}, sha256={self._hash[:12]!r})"

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return _again, (dump(self._config), self.name)


def _again(text: str, name: str) -> Policy:
    return Policy(parse(text, name=name))


def as_policy(policy: Policy | str | os.PathLike[str]) -> Policy:
    """Return a policy given as one, as a file or as the name of a preset."""
    return policy if isinstance(policy, Policy) else Policy.load(policy)
