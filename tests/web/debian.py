"""Real HTML: Debian's Python documentation, installed or fetched apart."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

CACHE = Path(__file__).parents[2] / "bench-data" / "debian"
_HTML = "usr/share/doc/python3*-doc/html/index.html"


def python_documentation() -> Path:
    """Return the folder of the HTML of Debian's python3-doc, some 530 pages.

    If it is not installed it is downloaded with apt and unpacked into a cache; where that
    does not work either the test is skipped and says why.
    """
    if found := _in(Path("/")) or _in(CACHE):
        return found
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        pytest.skip("python3-doc is not installed, and this is no Debian to fetch it from")
    CACHE.mkdir(parents=True, exist_ok=True)
    try:
        # python3-doc itself only depends on the package of the current version.
        depends = _run("apt-cache", "depends", "python3-doc")
        (package,) = set(re.findall(r"python3\.\d+-doc", depends))
        _run("apt-get", "download", package)
        (archive,) = CACHE.glob(f"{package}_*.deb")
        _run("dpkg", "-x", str(archive), ".")
        archive.unlink()
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        pytest.skip(f"python3-doc is not installed and cannot be fetched: {error}")
    found = _in(CACHE)
    if not found:
        pytest.skip(f"{package} holds no HTML where it is looked for")
    return found


def _in(root: Path) -> Path | None:
    found = sorted(root.glob(_HTML))
    return found[-1].parent.resolve() if found else None


def _run(*command: str) -> str:
    result = subprocess.run(
        command, cwd=CACHE, check=True, capture_output=True, text=True, timeout=180
    )
    return result.stdout
