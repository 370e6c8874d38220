"""`crawler policy`: show, check, compare and start policy files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from time import time

import typer

from crawler.cli.grammar import Command, Commands, old_form, written_to
from crawler.config import (
    PRESETS,
    Config,
    ConfigError,
    differences,
    dump,
    load,
    remarks,
    respelt,
)
from crawler.config.problem import Problem, dotted, nearest
from crawler.config.spelling import literal

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    help=f"Show, check, compare and start policies. Presets: {', '.join(PRESETS)}.",
)
_NAME = typer.Argument(metavar="NAME|FILE", help="A preset's name or a policy file.")
_JSON = typer.Option(False, "--json", help="Print JSON.")


@app.command(cls=Command)
def show(name: str = _NAME, as_json: bool = _JSON) -> None:
    """Print the whole policy, what it extends included; what is not the default is marked.

    Example: crawler policy show research
    """
    with reported():
        config = load(name, now=time())
        if as_json:
            print(config.effective())
            return
        print(f"# {config.name}, sha256 {config.sha256}")
        print(dump(config, against=load("default")), end="")


@app.command(cls=Command)
def lint(names: list[str] = _NAME, as_json: bool = _JSON) -> None:
    """Check policies: every error with its file, line, key and fix; then what to know.

    Example: crawler policy lint my.toml
    """
    errors: list[ConfigError] = []
    for name in names:
        try:
            config = load(name, now=time())
        except ConfigError as error:
            errors.append(error)
            continue
        if not as_json:
            print(f"{name}: no errors; consent part {config.consent_policy().sha256[:12]}")
            for remark in (*remarks(config), *respelt(name)):
                print(f"{name}: note: {remark}")
    if as_json:
        print(json.dumps([asdict(problem) for found in errors for problem in found.problems]))
    for found in errors:
        print(found, file=sys.stderr)
    if errors:
        raise typer.Exit(2)


@app.command(cls=Command)
def diff(a: str = _NAME, b: str = _NAME, as_json: bool = _JSON) -> None:
    """Print each key on which two policies differ.

    Example: crawler policy diff default strict
    """
    with reported():
        found = differences(load(a, now=time()), load(b, now=time()))
        if as_json:
            rows = [{"key": dotted(key), "a": old, "b": new} for key, old, new in found]
            print(json.dumps(rows, ensure_ascii=False))
            return
        for key, old, new in found:
            print(f"{dotted(key)}: {_shown(old)} -> {_shown(new)}")
        if not found:
            print("no difference")


@app.command(cls=Command)
def init(
    out: Path = typer.Option(Path("policy.toml"), "--out", "-o", help="The file to write."),
    extends: str = typer.Option("default", help="The preset to start from."),
    old_out: Path | None = typer.Argument(None, hidden=True),
) -> None:
    """Write a commented policy to start from. Nothing is overwritten.

    Example: crawler policy init --out my.toml --extends eu-tdm
    """
    file = written_to(None, old_out, "policy init") if old_out else out
    with reported():
        base = _preset(extends)
    text = (resources.files("policies") / "starter.toml").read_text("utf-8")
    text = text.replace('extends = "default"', f'extends = "{extends}"', 1)
    text = text.replace('purpose = "train"', f'purpose = "{base.purpose}"', 1)
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        print(f"{file}: exists already, and is left as it is", file=sys.stderr)
        raise typer.Exit(2) from None
    except (OSError, ValueError) as error:
        print(f"{file}: cannot be written: {error}", file=sys.stderr)
        raise typer.Exit(2) from None
    print(f"{file} written. Fill in [identity], then: crawler policy lint {file}")


@app.command(cls=Command)
def suppression(
    name: str = _NAME,
    job: Path | None = typer.Argument(None, help="Job that is to take the list as it is now."),
    old_job: Path | None = typer.Option(None, "--job", hidden=True),
) -> None:
    """Make the empty suppression list that a policy names. One that is there is left as it is.

    A job stops when the list it obeyed is lost; named here it goes on with what is there.

    Example: crawler policy suppression my.toml jobs/example
    """
    if old_job is not None:
        old_form("policy suppression NAME --job JOB", "policy suppression NAME JOB")
        job = old_job
    # What the other commands on policies need not wait for.
    from crawler.cli.corpus_options import writing
    from crawler.cli.purge import folders
    from crawler.store.suppression import make_list
    from crawler.store.suppression_memory import forget

    with reported():
        listed = load(name, now=time()).suppression
    if listed.path is None:
        print(f"{name}: names no list: set suppression.path", file=sys.stderr)
        raise typer.Exit(2)
    there = listed.path.exists()
    make_list(listed.path)
    print(f"{listed.path} {'is there already' if there else 'made, empty'}")
    if job is not None:
        for folder in folders(job):
            with writing(folder) as connection:
                forget(connection)
        print(f"{job} takes it as it is")


def _preset(name: str) -> Config:
    if name in PRESETS:
        return load(name)
    what = f"there is no preset {name!r}"
    raise ConfigError([Problem(what, allowed=PRESETS, nearest=nearest(name, PRESETS))])


def _shown(value: object) -> str:
    return "not set" if value is None else literal(value)


@contextmanager
def reported() -> Iterator[None]:
    """Turn a policy's errors into lines on standard error and exit code 2."""
    try:
        yield
    except ConfigError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from None
