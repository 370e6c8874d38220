"""What was asked of a corpus cannot be done."""

from __future__ import annotations


class CorpusError(Exception):
    """What failed, why, and what to do about it. Nothing half-done was left."""

    def __init__(self, what: str, cause: str, fix: str) -> None:
        super().__init__(f"{what}: {cause}; {fix}")
        self.what = what
        self.cause = cause
        self.fix = fix
