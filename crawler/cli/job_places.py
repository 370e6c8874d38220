"""Where jobs are that a command was given, as they were written: in a folder, or at a URL.

Loaded for every command, so it loads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# Parameters of commands that name jobs.
JOBS = ("job", "jobs", "path", "against", "corpora")
_FILE = "cluster.json"
# `Path` makes one slash of two.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/(?=[^/])")


def named(value: object) -> list[Path]:
    """Return the paths in a parameter's value."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, Path)]


def written(path: Path) -> str:
    """Return what was written, given the path that was made of it."""
    text = str(path)
    if text.startswith("file:/"):
        return f"/{text.removeprefix('file:').lstrip('/')}"
    return _SCHEME.sub(r"\1://", text, count=1)


def any_at_url(params: Mapping[str, Any]) -> bool:
    """Say if a command was given a job that lies at a URL, or a folder that stands for one."""
    paths = [path for name in JOBS for path in named(params.get(name))]
    return any(_SCHEME.match(str(path)) or (path / _FILE).is_file() for path in paths)
