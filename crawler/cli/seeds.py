"""Seeds as given on the command line and in files."""

from __future__ import annotations

import sys
from pathlib import Path

from crawler.cli.errors import UsageError
from crawler.core.urls import Url, parse
from crawler.frontier import Admitted


def read_seeds(given: list[str], file: Path | None) -> list[Url]:
    """Return the seeds, each once, in order.

    Raises:
        UsageError: One is no http(s) URL, or the file cannot be read or holds none.
    """
    named = [(f"seed {number}", text) for number, text in enumerate(given, 1)]
    if file is not None:
        named += _from_file(file)
    seeds: dict[str, Url] = {}
    for name, text in named:
        url = parse(text)
        if url is None:
            msg = (
                f"{name} is no URL that can be crawled: {text!r} "
                "(give it whole, such as https://example.org/)"
            )
            raise UsageError(msg)
        seeds.setdefault(url.text, url)
    return list(seeds.values())


def warn_of_seeds_turned_away(admitted: Admitted) -> None:
    """Say on standard error how many seeds no rule admits; known ones are no news."""
    away = {code: n for code, n in admitted.turned_away.most_common() if code != "known"}
    if away:
        codes = ", ".join(f"{code} {n}" for code, n in away.items())
        print(f"seeds not admitted: {codes} (`crawler explain` says why)", file=sys.stderr)


def _from_file(file: Path) -> list[tuple[str, str]]:
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the seeds file {file} cannot be read: {error}") from error
    seeds = [
        (f"{file}:{number}", line.strip())
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if not seeds:
        raise UsageError(f"the seeds file {file} holds no seed: write one URL a line")
    return seeds
