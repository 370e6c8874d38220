"""Compile the hot modules where a C compiler is there; elsewhere the same source runs as it is.

Runs for `pip install`, editable or not. `CRAWLER_COMPILE=0` leaves everything as plain Python,
`CRAWLER_COMPILE=1` makes a failure to compile an error.
"""

from __future__ import annotations

import compileall
import os
import shlex
import subprocess
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SUFFIX = sysconfig.get_config_var("EXT_SUFFIX") or ".so"
# One library for all modules: calls between them are then plain C calls.
_GROUP = "crawler_compiled"
_LIBRARY = f"{_GROUP}__mypyc{_SUFFIX}"
# Nobody else calls what is in it, so that calls between its files are put in line: 4 % less.
_AS_ONE = ("-fvisibility=hidden", "-flto=auto", "-Wno-error")


class CompileHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts a compiled module beside each source that pyproject.toml names."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        wanted = os.environ.get("CRAWLER_COMPILE", "")
        if version == "editable":
            self._remove_compiled(root)
            # pip does so for what it unpacks; where Python may write no bytecode, each process
            # would compile a hundred and fifty modules anew.
            compileall.compile_dir(root / "crawler", quiet=2)
        if wanted == "0":
            return
        try:
            self._compile(root)
        except (Exception, SystemExit) as error:
            if wanted == "1":
                raise
            if version == "editable":
                self._remove_compiled(root)  # half of them is worse than none
            self.app.display_warning(f"not compiled, runs as plain Python: {error}")
            return
        if version == "editable":  # they are found where they are
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"].append(f"crawler/**/*{_SUFFIX}")
        build_data["force_include"][str(root / _LIBRARY)] = _LIBRARY

    def _compile(self, root: Path) -> None:
        from mypyc.build import mypycify  # noqa: PLC0415 - not there without a compiler's need
        from setuptools import Distribution  # noqa: PLC0415
        from setuptools.command.build_ext import build_ext  # noqa: PLC0415

        flags = self._known_flags()
        before = Path.cwd()
        os.chdir(root)
        try:
            extensions = mypycify(
                ["--config-file=", "--ignore-missing-imports", *self._sources(root)],
                opt_level="2",
                debug_level="0",
                multi_file=True,
                group_name=_GROUP,
                target_dir=str(root / "build" / "mypyc"),
            )
            for library in extensions[:1]:  # the others only name its modules
                library.extra_compile_args = [*library.extra_compile_args, *flags]
                library.extra_link_args = [*library.extra_link_args, *flags]
            command = build_ext(Distribution({"name": "crawler", "ext_modules": extensions}))
            command.inplace = True
            command.parallel = os.cpu_count() or 1
            command.build_temp = str(root / "build" / "objects")
            command.ensure_finalized()
            command.run()
            for path in self._compiled(root):  # also what needed no new build
                path.touch()
        finally:
            os.chdir(before)

    def _known_flags(self) -> list[str]:
        """Return the flags for one library, none where the compiler does not know them."""
        compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
        with tempfile.TemporaryDirectory() as folder:
            asked = (*_AS_ONE, "-shared", "-fPIC", "-x", "c", "-", "-o", f"{folder}/asked.so")
            known = subprocess.run(  # noqa: S603 - the compiler that everything is compiled with
                [*compiler, *asked], input=b"int asked;", capture_output=True, check=False
            )
        return [] if known.returncode else list(_AS_ONE)

    def _sources(self, root: Path) -> list[str]:
        patterns = self.config["modules"]
        return sorted(
            {str(path.relative_to(root)) for pattern in patterns for path in root.glob(pattern)}
        )

    def _remove_compiled(self, root: Path) -> None:
        for path in self._compiled(root):
            path.unlink()

    def _compiled(self, root: Path) -> list[Path]:
        return [*root.glob(_LIBRARY), *(root / "crawler").rglob(f"*{_SUFFIX}")]
