"""Which jobs hold a screening: told without what reads one, which is an extra."""

from __future__ import annotations

from pathlib import Path

FOLDER = "screen"  # within the job's folder


def is_screening(folder: Path) -> bool:
    """Say if a job holds a screening."""
    return (folder / FOLDER / "plan.json").exists()
