"""How the command line reads and helps: groups of commands, help that is not cut, old forms."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any, ClassVar

from typer.core import TyperArgument, TyperCommand, TyperGroup

from crawler.cli.errors import UsageError
from crawler.cli.job_places import any_at_url


def old_form(old: str, new: str) -> None:
    """Say on standard error that what was written has a new form; old ones stay for a version."""
    print(f"crawler: `{old}` is the old form, for one more version: write `{new}`", file=sys.stderr)


def written_to(out: Path | None, old: Path | None, command: str, option: str = "") -> Path:
    """Return what `--out` names, or its old form: an argument, or another `option`.

    Raises:
        UsageError: Neither is given, or both are.
    """
    if (out is None) == (old is None):
        raise UsageError(f"say once where to write: crawler {command} --out PATH")
    if old is not None:
        old_form(f"{command} {option} PATH".replace("  ", " "), f"{command} --out PATH")
    return out or old or Path()


# Options whose value may be left out, and how a word looks that is one.
_MAY_BE_ALONE = {"--ray": re.compile(r"auto|local|ray://.+|(?:[\w.-]+|\[[\da-fA-F:]+\]):\d{1,5}")}


class Command(TyperCommand):
    """A command whose usage line names what it asks for, and not what only old forms use.

    A job that lies at a URL is given to it as a folder.
    """

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the library's own
        if not any_at_url(ctx.params):
            return super().invoke(ctx)
        from crawler.cli.cluster_jobs import opened

        with opened(_words(ctx), ctx.params) as ctx.params:
            return super().invoke(ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - the library's
        full: list[str] = []
        for word, after in zip_longest(args, args[1:], fillvalue=""):
            full.append(word)
            value = _MAY_BE_ALONE.get(word)
            if value is not None and not value.fullmatch(after):
                full.append("")
        return super().parse_args(ctx, full)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401 - the library's own
        pieces = [self.options_metavar] if self.options_metavar else []
        for param in self.get_params(ctx):
            if isinstance(param, TyperArgument) and not param.hidden:
                name = (param.metavar or param.name or "").upper().removesuffix("...")
                name = f"{name}..." if param.nargs != 1 else name
                pieces.append(name if param.required else f"[{name}]")
        return pieces


class Commands(TyperGroup):
    """Commands listed with the whole of their first sentence, under the titles of `groups`."""

    groups: ClassVar[Mapping[str, Collection[str]]] = {}

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - the library's own
        commands = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        said = {
            name: _sentence(command.help or "")
            for name, command in commands.items()
            if command is not None and not command.hidden
        }
        width = max(map(len, said), default=0)
        for title, names in (self.groups or {"Commands": said}).items():
            rows = [(name.ljust(width), said[name]) for name in names if name in said]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


class ActionFirst(Commands):
    """Actions on a job; `COMMAND JOB ACTION`, as it once was, is read as `COMMAND ACTION JOB`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - the library's
        place = next((n for n, word in enumerate(args) if word in self.commands), 0)
        if place and "--help" not in args[:place]:
            action, name = args[place], ctx.info_name
            old_form(f"{name} JOB {action}", f"{name} {action} JOB")
            args = [action, *args[:place], *args[place + 1 :]]
        return super().parse_args(ctx, args)


def _words(ctx: Any) -> str:  # noqa: ANN401 - the library's own
    """Return what a command is called by: `takedown add`, without the program's name."""
    found = []
    while ctx.parent is not None:
        found.append(ctx.info_name)
        ctx = ctx.parent
    return " ".join(reversed(found))


def _sentence(text: str) -> str:
    paragraph = " ".join(text.split("\n\n", maxsplit=1)[0].split())
    return paragraph.partition(". ")[0].removesuffix(".")
