"""Seeds as given on the command line and in files."""

from __future__ import annotations

import codecs
import gzip
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crawler.cli.errors import UsageError
from crawler.core.urls import Url, parse
from crawler.frontier import Admitted

STANDARD_INPUT = Path("-")
_BAD = "bad-seeds.txt"
_GZIP = b"\x1f\x8b"
_SHOWN = 200  # lines of one message
_LONG = 200  # characters of one line


@dataclass(frozen=True, slots=True)
class Bad:
    """Something given as a seed that is none."""

    place: str
    text: str

    def line(self) -> str:
        shown = self.text if len(self.text) <= _LONG else f"{self.text[:_LONG]}..."
        return f"{self.place} is no URL that can be crawled: {shown!r}"


@dataclass(frozen=True, slots=True)
class Seeds:
    """The seeds that are URLs, each once, in order; and what was given beside them."""

    urls: list[Url] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)


def read_seeds(given: list[str], file: Path | None, *, skip_bad: bool = False) -> Seeds:
    """Return the seeds given, and those in `file`: text, a URL a line, plain or gzipped.

    Raises:
        UsageError: Some are no http(s) URL, and are not to be skipped; or the file cannot be
            read, or holds none.
    """
    named = [(f"seed {number}", text) for number, text in enumerate(given, 1)]
    if file is not None:
        named += _from_file(file)
    urls: dict[str, Url] = {}
    bad = []
    for place, text in named:
        url = parse(text)
        if url is None:
            bad.append(Bad(place, text))
        else:
            urls.setdefault(url.text, url)
    if bad and not skip_bad:
        raise UsageError(_complaint(bad))
    if bad and not urls:
        raise UsageError(f"none of {len(bad)} seeds is a URL that can be crawled; {bad[0].line()}")
    return Seeds(list(urls.values()), bad)


def note_bad_seeds(bad: list[Bad], job: Path) -> None:
    """Write what was skipped to a file of the job, and say so on standard error.

    Raises:
        UsageError: It cannot be written.
    """
    if not bad:
        return
    path = job / _BAD
    try:
        job.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", errors="backslashreplace") as out:
            out.writelines(f"{one.place}\t{one.text}\n" for one in bad)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error
    print(f"{len(bad)} bad seeds were skipped: {path}", file=sys.stderr)


def warn_of_seeds_turned_away(admitted: Admitted) -> None:
    """Say on standard error how many seeds no rule admits; known ones are no news."""
    away = {code: n for code, n in admitted.turned_away.most_common() if code != "known"}
    if away:
        codes = ", ".join(f"{code} {n}" for code, n in away.items())
        print(f"seeds not admitted: {codes} (`crawler explain` says why)", file=sys.stderr)


def _complaint(bad: list[Bad]) -> str:
    mend = "give each whole, such as https://example.org/, or go on without with --skip-bad-seeds"
    if len(bad) == 1:
        return f"{bad[0].line()} ({mend})"
    lines = [f"  {one.line()}" for one in bad[:_SHOWN]]
    if len(bad) > _SHOWN:
        lines.append(f"  and {len(bad) - _SHOWN} more, which --skip-bad-seeds writes to a file")
    return "\n".join([f"{len(bad)} seeds are no URLs ({mend}):", *lines])


def _from_file(file: Path) -> list[tuple[str, str]]:
    name = "standard input" if file == STANDARD_INPUT else str(file)
    try:
        data = sys.stdin.buffer.read() if file == STANDARD_INPUT else file.read_bytes()
        if data.startswith(_GZIP):
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise UsageError(f"the seeds file {name} cannot be read: {error}") from error
    seeds = [
        (f"{name}:{number}", line)
        for number, line in enumerate(_lines(data), 1)
        if line and not line.startswith("#")
    ]
    if not seeds:
        raise UsageError(f"the seeds file {name} holds no seed: write one URL a line")
    return seeds


def _lines(data: bytes) -> Iterator[str]:
    """Yield the lines of a text; bytes that are none stay visible in theirs."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
    else:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "backslashreplace")
    for line in text.split("\n"):
        yield line.strip()
