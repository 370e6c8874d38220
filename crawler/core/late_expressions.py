"""Regular expressions that are compiled when they are first used: most processes need few."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, AnyStr, cast


def late(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` would, as far as its methods go."""
    return cast("re.Pattern[AnyStr]", LateExpression(expression, flags))


class LateExpression:
    """Stands for an expression; what is asked of it once is then its own, and costs no more."""

    def __init__(self, expression: str | bytes, flags: int) -> None:
        self._written = expression, flags

    @cached_property
    def compiled(self) -> re.Pattern[Any]:
        return re.compile(*self._written)

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # it is looked through, copied or shown
            raise AttributeError(name)
        found = getattr(self.compiled, name)
        setattr(self, name, found)
        return found
