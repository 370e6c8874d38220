"""Logs that crawls wrote into the job's folder: a line that names what was purged is emptied.

What was rotated away is read as well (`log.jsonl.1`, `log.jsonl.2.gz`). Logs elsewhere are not
ours to change; that they exist is said.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from crawler.corpus.removal.byte_spellings import needles
from crawler.corpus.removal.needles import Needles
from crawler.store.job_logs import STANDARD_OUTPUT, hashed

_STAYS = ("time", "event", "level", "shard")  # of a line that named what was purged
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """What was done to logs. `elsewhere`: those that are not in the job's folder."""

    lines: int = 0
    elsewhere: tuple[str, ...] = ()


class Named:
    """What no log may name: addresses, also as the jobs' `keys` hash them, and a domain."""

    def __init__(self, urls: Iterable[str], domain: str, keys: Iterable[bytes]) -> None:
        plain = set(urls)
        marks = {hashed(key, url) for key in keys for url in plain}
        self._urls = plain | marks
        self._domain = domain
        self._ends = f".{domain}"
        names = [f"//{domain}/", f'{domain}"'] if domain else []
        self._anywhere = Needles((), needles([*self._urls, *names]))

    def __bool__(self) -> bool:
        return bool(self._urls or self._domain)

    def within(self, line: bytes) -> bool:
        """Say if a line of a log names one of them; in what is no event, wherever it stands."""
        try:
            facts = json.loads(line)
        except ValueError:
            return self._anywhere.within(line)
        if not isinstance(facts, dict):
            return self._anywhere.within(line)
        if facts.get("url") in self._urls:
            return True
        host = str(facts.get("host", ""))
        if self._domain and (host == self._domain or host.endswith(self._ends)):
            return True
        return bool(facts.get("said")) and self._anywhere.within(str(facts["said"]).encode())


def scrub_logs(job: Path, places: Iterable[str], named: Named) -> Scrubbed:
    """Empty the lines of the job's logs at `places` that name one of `named`."""
    elsewhere, lines = [], 0
    for place in sorted(set(places)):
        if place == STANDARD_OUTPUT or Path(place).is_absolute():
            elsewhere.append("standard output" if place == STANDARD_OUTPUT else place)
        elif named:
            lines += sum(_scrub(path, named) for path in _rotated(job / place))
    return Scrubbed(lines, tuple(elsewhere))


def _rotated(path: Path) -> Iterator[Path]:
    for found in sorted(path.parent.glob("*")) if path.parent.is_dir() else ():
        if found.is_file() and (found == path or found.name.startswith(f"{path.name}.")):
            yield found


def _scrub(path: Path, named: Named) -> int:
    """Write the log anew if a line of it is to be emptied; return how many were."""
    with _opened(path, path, "rb") as log:
        if not any(named.within(line) for line in log):
            return 0
    count, draft = 0, path.with_name(f"{path.name}.new")
    with _opened(path, path, "rb") as log, _opened(path, draft, "wb") as out:
        for line in log:
            emptied = named.within(line)
            count += emptied
            out.write(_emptied(line) if emptied else line)
    shutil.copymode(path, draft)
    draft.replace(path)
    return count


def _emptied(line: bytes) -> bytes:
    try:
        facts = json.loads(line)
        return json.dumps({key: facts[key] for key in _STAYS if key in facts}).encode() + b"\n"
    except (ValueError, TypeError):
        return b""


def _opened(like: Path, path: Path, mode: str) -> IO[bytes]:
    with like.open("rb") as file:
        packed = file.read(len(_GZIP)) == _GZIP
    return cast("IO[bytes]", gzip.open(path, mode) if packed else path.open(mode))
