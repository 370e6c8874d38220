"""`crawler identity`: the key that signs, and the page that tells publishers who crawls."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import typer

from crawler.cli.grammar import Command, Commands, written_to
from crawler.config import Config, ConfigError, Problem, Purpose, load
from crawler.keys import load_key, new_key, thumbprint
from crawler.promises import promises_of
from crawler.publisher_page import Change, PublisherPage, publisher_files

_PURPOSES: dict[Purpose, str] = {
    "train": "Training of language models",
    "search": "Search, with links to the originals",
    "ground": "Answers of language models that draw on pages and name them",
    "mine": "Text and data mining",
}

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Make the key that signs requests, and the page that tells publishers who crawls.",
)


@app.command(cls=Command)
def init(
    policy: str = typer.Option(help="Policy file that names you, or a preset."),
    operator: str = typer.Option(help="Name of the person or body responsible."),
    out: Path | None = typer.Option(
        None, "--out", "-o", help="Folder for the static files (required); made if it is not there."
    ),
    old_out: Path | None = typer.Argument(None, hidden=True),
    ranges: list[str] = typer.Option(
        [], "--range", help="Address range you crawl from, such as 192.0.2.0/28; repeatable."
    ),
) -> None:
    """Write the page for publishers: who crawls, how to refuse, keys, ranges, changes.

    Put the files where `[identity] contact` points; run it again when the policy changes.

    Example: crawler identity init --policy my.toml --operator "Example Institute" --out site
    """
    folder = written_to(out, old_out, "identity init")
    try:
        files = _files(load(policy), operator, tuple(ranges))
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except (OSError, ValueError) as error:  # a ConfigError is a ValueError
        print(error, file=sys.stderr)
        raise typer.Exit(2) from None
    for name in files:
        print(folder / name)


def _files(config: Config, operator: str, ranges: tuple[str, ...]) -> dict[str, bytes]:
    identity = config.require_identity()
    for key in ("contact", "email"):
        if not getattr(identity, key):
            what = "publishers need both an address of the page and one to write to"
            raise ConfigError([Problem(what, ("identity", key), config.name, fix=f"set {key}")])
    now = datetime.now(UTC).isoformat(timespec="seconds")
    page = PublisherPage(
        operator=operator,
        updated=now,
        purposes=(_PURPOSES[config.purpose],),
        ranges=ranges,
        promises=promises_of(config),
        changes=(
            Change(
                at=now,
                title=f"Policy {config.name}",
                text=f"In force from now on; its hash is {config.consent_policy().sha256}.",
            ),
        ),
    )
    return publisher_files(identity, page, load_key(Path(identity.key)) if identity.key else None)


@app.command(cls=Command)
def keygen(
    out: Path = typer.Option(Path("identity.pem"), "--out", "-o", help="The file to write."),
    old_out: Path | None = typer.Argument(None, hidden=True),
) -> None:
    """Write a new Ed25519 key for `[identity] key`, readable by you alone. Never overwrites.

    Example: crawler identity keygen --out identity.pem
    """
    file = written_to(None, old_out, "identity keygen") if old_out else out
    try:
        # Created for its owner only: a file made readable and then closed was open for a moment.
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "wb") as stream:
            stream.write(new_key())
    except FileExistsError:
        print(f"{file}: exists already, and is left as it is", file=sys.stderr)
        raise typer.Exit(2) from None
    except (OSError, ValueError) as error:
        print(f"{file}: cannot be written: {error}", file=sys.stderr)
        raise typer.Exit(2) from None
    print(f'{file} written, key id {thumbprint(load_key(file))}. In the policy: key = "{file}"')
