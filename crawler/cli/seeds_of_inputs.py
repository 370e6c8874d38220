"""`crawler seeds`: addresses to start from, out of what others collected."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, Annotated

import typer

from crawler.cli.corpus_options import print_json
from crawler.cli.errors import UsageError
from crawler.cli.terminal_text import harmless
from crawler.core.host_names import domain as named_domain
from crawler.inputs import Columns, Input, UnknownInputError, expand, look
from crawler.inputs.dates import read_date
from crawler.inputs.seeds import Sieve, Wanted, codes
from crawler.storage import StorageError, writing

_PROGRESS_EVERY = 100_000


@dataclass(slots=True)
class _Told:
    """What is said at the end, to people or programs."""

    files: list[str] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)


def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="WARC, WET, CDXJ, Parquet, JSON Lines, CSV, lists of URLs; folders; @FILE lists.",
        ),
    ],
    domain: Annotated[
        list[str] | None, typer.Option(help="Only of this domain or below it (repeatable).")
    ] = None,
    without_domain: Annotated[
        list[str] | None, typer.Option(help="Not of this domain (repeatable).")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Only in this language: en, deu (repeatable).")
    ] = None,
    mime: Annotated[
        list[str] | None, typer.Option(help="Only of this media type: text/html, text/*.")
    ] = None,
    since: Annotated[str, typer.Option(help="Only captured on this day or later.")] = "",
    until: Annotated[str, typer.Option(help="Only captured on this day or before.")] = "",
    per_host: Annotated[
        int | None, typer.Option(min=1, help="At most so many of a host, the first ones.")
    ] = None,
    url_column: Annotated[str, typer.Option(help="Column with the addresses.")] = "",
    date_column: Annotated[str, typer.Option(help="Column with the dates.")] = "",
    allow_prefix: Annotated[
        list[str] | None, typer.Option(help="What the lines of an @FILE may lie under, too.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write; .gz packs it.")
    ] = None,
    to_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Print addresses to start a crawl from, out of INPUT: each once, in order.

    Example: crawler seeds cdx-00000.gz --language de --per-host 20 --out seeds.txt.gz
    """
    if to_json and out is None:
        raise UsageError("--json: say with --out where the seeds go")
    sieve = Sieve(
        Wanted(
            domains=_domains("--domain", domain),
            without_domains=_domains("--without-domain", without_domain),
            languages=_languages(language),
            types=tuple(kind.strip().lower() for kind in mime or ()),
            since=_day("--since", since, first=True),
            until=_day("--until", until, first=False),
            per_host=per_host,
        )
    )
    told = _Told()
    try:
        columns = Columns(url=url_column, date=date_column)
        files, beside = expand(inputs, allow_prefix or (), partial(look, columns=columns))
        with _written(out) as file:
            _write(file, files, columns, sieve, told)
    except (UnknownInputError, StorageError) as error:
        raise UsageError(str(error)) from error
    _end(sieve, told, beside, out, to_json=to_json)


def _write(file: IO[bytes], files: list[str], columns: Columns, sieve: Sieve, told: _Told) -> None:
    show = sys.stderr.isatty()
    for path in files:
        with Input(path, columns) as rows:
            told.files.append(rows.said)
            print(harmless(rows.said), file=sys.stderr)
            for url in sieve.seeds(rows):
                file.write(f"{url.text}\n".encode())
                if show and sieve.passed % _PROGRESS_EVERY == 0:
                    print(f"\r{sieve.passed} seeds", end="", file=sys.stderr, flush=True)
            if rows.damage:
                told.damage.append(rows.damage.sentence())
                print(harmless(rows.damage.sentence()), file=sys.stderr)


def _end(sieve: Sieve, told: _Told, beside: list[str], out: Path | None, *, to_json: bool) -> None:
    if to_json:
        print_json(
            {
                "seeds": sieve.passed,
                "left_out": dict(sorted(sieve.left_out.items())),
                "inputs": told.files,
                "damaged": told.damage,
                "passed_over": beside,
                "out": str(out),
            }
        )
        return
    where = f" in {out}" if out is not None else ""
    print(f"{sieve.passed} seeds{where}", file=sys.stderr)
    for reason, count in sieve.left_out.most_common():
        print(f"  left out: {count} ({reason})", file=sys.stderr)
    if beside:
        print(f"  files that hold no data: {len(beside)}", file=sys.stderr)
    if sieve.left_out["language"] or sieve.left_out["mime"] or sieve.left_out["date"]:
        print("  (rows that do not say their language, type or date count there)", file=sys.stderr)


@contextmanager
def _written(out: Path | None) -> Iterator[IO[bytes]]:
    """Yield where the seeds go: a file that is seen only when it is whole, or standard output."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if out.exists():
        raise UsageError(f"{out} is already there: name a file that is not")
    with writing(str(out)) as raw:
        if out.suffix == ".gz":
            with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
                yield packed  # type: ignore[misc] # it writes as a file does
        else:
            yield raw


def _domains(option: str, given: list[str] | None) -> tuple[str, ...]:
    found = []
    for text in given or ():
        try:
            found.append(named_domain(text))
        except ValueError as error:
            raise UsageError(f"{option}: {error}") from error
    return tuple(found)


def _languages(given: list[str] | None) -> tuple[str, ...]:
    for text in given or ():
        if not codes(text):
            raise UsageError(f"--language: {text!r} is no code of a language, such as en or deu")
    return tuple(given or ())


def _day(option: str, text: str, *, first: bool) -> float | None:
    if not text:
        return None
    at = read_date(text)
    if at is None:
        raise UsageError(f"{option}: {text!r} is no date, such as 2026-01-31")
    is_day = len(text.strip()) <= len("2026-01-31")
    return _start(at, text) if first and is_day else at


def _start(end: float, text: str) -> float:
    """Return when a day, month or year begins that ends with a second."""
    last = datetime.fromtimestamp(end, UTC)
    digits = sum(char.isdigit() for char in text)
    month = 1 if digits <= len("2026") else last.month
    day = 1 if digits <= len("202601") else last.day
    return datetime(last.year, month, day, tzinfo=UTC).timestamp()
