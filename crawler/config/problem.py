"""What is wrong with a policy, said so that its author can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

Path = tuple[str | int, ...]
_LONGEST = 200  # of a value quoted in a message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place."""

    what: str
    key: Path = ()
    file: str = ""
    line: int = 0  # 0 where it cannot be told
    allowed: tuple[str, ...] = ()
    nearest: str = ""  # the name that was probably meant
    fix: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        parts = [part for part in (place, dotted(self.key)) if part]
        text = ": ".join([*parts, self.what])
        if self.allowed:
            text += f"; allowed: {', '.join(self.allowed)}"
        if self.nearest:
            text += f"; did you mean {self.nearest!r}?"
        return f"{text}; {self.fix}" if self.fix else text


class ConfigError(ValueError):
    """A policy cannot be used. Carries every problem found, one line each in its text."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def dotted(key: Path) -> str:
    """Return the key path as an operator reads it: `grants[2].usages`."""
    text = ""
    for part in key:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{printable(part)}"
    return text.removeprefix(".")


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the name most like `name`, or "" if none is near."""
    by_folded = {option.casefold().replace("-", "_"): option for option in names}
    folded = name[:_LONGEST].casefold().replace("-", "_")
    found = get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else ""


def printable(text: str) -> str:
    """Return `text` fit for one line of a terminal, whatever stands in it."""
    text = text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
