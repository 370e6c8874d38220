"""Debian packages, fetched by their ordinary client and unpacked without root."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


class PackageError(RuntimeError):
    """A package could not be had; the message says which and what to do instead."""


def unpacked(package: str, cache: Path) -> Path:
    """Return the folder holding `package`'s files, fetching it into `cache` the first time."""
    target = cache / "packages" / package
    if target.is_dir():
        return target
    archive = _download(package, cache / "archives")
    partial = target.with_name(f"{package}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    _run(["dpkg", "-x", str(archive), str(partial)], cwd=cache)
    # Renamed last, so that an interrupted run never leaves half a package behind.
    partial.rename(target)
    return target


def _download(package: str, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        _run(["apt-get", "-qq", "download", *_no_sandbox(), package], cwd=folder)
    except PackageError:
        # A fresh machine has no package lists; ours are kept apart, so that no root is needed.
        private = _private_lists(folder / "lists")
        _run(["apt-get", "-qq", "update", *private], cwd=folder)
        _run(["apt-get", "-qq", "download", *private, package], cwd=folder)
    found = sorted(folder.glob(f"{package}_*.deb"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise PackageError(f"apt-get left no archive of {package} in {folder}")
    return found[-1]


def _no_sandbox() -> list[str]:
    """Keep apt from handing the download to a user who may not write here."""
    return ["-o", "APT::Sandbox::User="]


def _private_lists(folder: Path) -> list[str]:
    for name in ("lists/partial", "archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    options = {
        "Dir::State::lists": folder / "lists",
        "Dir::Cache": folder,
        "Dir::Cache::archives": folder / "archives",
    }
    pairs = [("-o", f"{name}={value.resolve()}") for name, value in options.items()]
    return [*_no_sandbox(), *(word for pair in pairs for word in pair)]


def _run(command: list[str], cwd: Path) -> None:
    try:
        subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise PackageError(
            f"{command[0]} is missing: this is not Debian; give your own pages with --sites DIR"
        ) from error
    except subprocess.CalledProcessError as error:
        raise PackageError(f"{' '.join(command)}: {error.stderr.strip()[-500:]}") from error
