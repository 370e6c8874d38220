"""What an audit is made of: robots.txt files with their dates, and lists of domains.

Told by content: JSON Lines, WARC and ARC captures, lists as text, CSV, TSV or Parquet, and folders
of these or of dated robots.txt files. Damage is counted and named, and the rest is read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from crawler.audit.domains import domain_of
from crawler.inputs import Input, UnknownInputError, open_input
from crawler.inputs.compressed import open_unpacked
from crawler.inputs.dates import read_date
from crawler.inputs.jsonl import parse_line
from crawler.inputs.lines import lines
from crawler.inputs.parquet import open_parquet
from crawler.inputs.row import Damage

MOST_BODY = 2_000_000  # octets of a file that are looked at; the standard asks for 500 KiB
_NAMES = ("domain", "host", "netloc", "hostname", "site", "origin", "url", "target_uri")
_DATES = ("date", "timestamp", "fetched_at", "fetch_time", "warc_date", "captured_at", "datetime")
_BODIES = ("robots_txt", "robots", "robots.txt", "body", "content", "text")
_WEIGHTS = ("weight", "words", "tokens", "documents", "pages", "bytes", "count", "rank_weight")
_STATUSES = ("status", "status_code", "http_status")
_DATED = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:-?(0[1-9]|1[0-2])(?:-?([0-2]\d|3[01]))?)?"
    r"(?:[T_ -]?([01]\d|2[0-3])[:-]?([0-5]\d)[:-]?([0-5]\d))?(?!\d)"
)
_TEXT_ENDS = (".txt", ".robots", ".gz", ".html", ".body")
_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
# Files that hold many answers, by their names or first octets; a robots.txt itself is text.
_MANY = (b"PAR1", b"WARC/", b"filedesc:")
_COLLECTIONS = (".json", ".ndjson", ".warc", ".arc", ".parquet", ".csv", ".tsv")


class Seen(NamedTuple):
    """One answer to the request for a robots.txt. `body` None: there is no such file."""

    domain: str
    at: float | None  # seconds since the epoch; None: undated
    body: bytes | None
    known: bool = True  # False: the server could not say


class Listed(NamedTuple):
    """A domain that is counted, whether or not its robots.txt was seen."""

    domain: str
    weight: float
    again: bool = False  # stands with each answer, and means the same weight every time
    place: str = ""  # URL by which the list names it, if it does


Item: TypeAlias = Seen | Listed


@dataclass(slots=True)
class Troubles:
    """What could not be read: counted by kind, with the first places of each."""

    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def note(self, kind: str, where: str, count: int = 1) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + count
        self.first.setdefault(kind, where)

    def take(self, damage: Damage) -> None:
        for kind, count in damage.counts.items():
            self.note(kind, damage.examples[0] if damage.examples else damage.path, count)

    def sentences(self) -> tuple[str, ...]:
        return tuple(
            f"{kind}: {count:,} times, first {self.first[kind]}"
            for kind, count in self.counts.items()
        )


def read(path: Path, troubles: Troubles) -> Iterator[Item]:
    """Yield everything in a file or folder, in the order of names and lines.

    Raises:
        UnknownInputError: It is not there, or nothing in it is of a kind that is read.
    """
    if path.is_dir():
        yield from _folder(path, troubles)
        return
    if not path.is_file():
        raise UnknownInputError(f"{path}: there is no such file or folder")
    yield from _file(path, troubles)


def status_says(status: int) -> tuple[bool, bool]:
    """Return if a file is there, and if that is known (RFC 9309 section 2.3.1).

    4xx: there is none. Redirects that were not followed, 429, 5xx: nobody knows.
    """
    if 200 <= status < 300:  # noqa: PLR2004
        return True, True
    return False, 400 <= status < 500 and status != 429  # noqa: PLR2004


def _file(path: Path, troubles: Troubles) -> Iterator[Item]:
    head = _head(path)
    if head.startswith(b"PAR1"):
        yield from _parquet(path, troubles)
    elif head.startswith((b"WARC/", b"filedesc:")):
        yield from _warc(path, troubles)
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from _jsonl(path, troubles)
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise UnknownInputError(f"{path}: is a page or XML, and no list of domains")
    elif head.strip():
        yield from _list(path, troubles)


def _head(path: Path) -> bytes:
    """Return the first octets of a file, unpacked."""
    with open_input(str(path)) as file:
        if file.read(4) == b"PAR1":
            return b"PAR1"
    with open_unpacked(str(path), Damage(str(path))) as unpacked:
        return unpacked.read(4_096)


def _jsonl(path: Path, troubles: Troubles) -> Iterator[Item]:
    damage = Damage(str(path))
    with open_unpacked(str(path), damage) as unpacked:
        for place, line in lines(unpacked):
            if not line.strip():
                continue
            row = parse_line(line, unpacked, place)
            if row is not None:
                yield from _of_fields(row, f"{path}: line {place.row + 1}", troubles)
    troubles.take(damage)


def _of_fields(row: Mapping[str, Any], where: str, troubles: Troubles) -> Iterator[Item]:
    name = _first(row, _NAMES)
    domain = domain_of(name) if isinstance(name, str) else ""
    if not domain:
        if name is None and row and all(domain_of(key) for key in row):
            yield from _by_domain(row, where, troubles)
        else:
            troubles.note("no domain", where)
        return
    weight = _first(row, _WEIGHTS)
    key = next((name for name in _BODIES if name in row), None)
    status = _first(row, _STATUSES)
    is_listed = key is None and status is None
    if weight is not None or is_listed:
        known = 1.0 if weight is None else _weight(weight, where, troubles)
        place = name if is_listed and "://" in name else ""
        yield Listed(domain, known, again=not is_listed, place=place)
    if is_listed:
        return
    at = None
    if (date := _first(row, _DATES)) is not None:
        at = read_date(date)
        if at is None:
            troubles.note("no date", where)
            return
    yield _seen(domain, at, row.get(key) if key else None, status)


def _by_domain(row: Mapping[str, Any], where: str, troubles: Troubles) -> Iterator[Item]:
    """Yield files kept by domain, and there by date, as the study published its own."""
    for name, value in row.items():
        dated = value if isinstance(value, dict) else {None: value}
        for date, body in dated.items():
            at = read_date(date) if date is not None else None
            if date is not None and at is None:
                troubles.note("no date", f"{where}, {name}")
            elif body is None or isinstance(body, str):
                yield _seen(domain_of(name), at, body, None)
            else:
                troubles.note("no text", f"{where}, {name}")


def _first(row: Mapping[str, Any], names: Iterable[str]) -> Any:  # noqa: ANN401 - whatever stands there
    return next((row[name] for name in names if row.get(name) is not None), None)


def _seen(domain: str, at: float | None, body: object, status: object) -> Seen:
    there = body is not None
    known = True
    if isinstance(status, str) and status.strip().isdigit():
        status = int(status)
    if isinstance(status, int) and not isinstance(status, bool):
        there, known = status_says(status)
    if not there or not known:
        return Seen(domain, at, None, known)
    raw = body if isinstance(body, bytes) else str(body or "").encode("utf-8", "replace")
    return Seen(domain, at, raw[:MOST_BODY], known)


def _warc(path: Path, troubles: Troubles) -> Iterator[Item]:
    with Input(str(path)) as rows:
        for row in rows:
            if row.kind not in ("response", "resource", "") or not _is_robots(row.url):
                continue
            domain = domain_of(row.url)
            if not domain:
                troubles.note("no domain", f"{path}: record {row.place.row + 1}")
            elif row.answer is not None:
                yield _seen(domain, row.date, row.answer.body, row.answer.status)
            else:
                body = row.html if row.html is not None else row.text
                yield _seen(domain, row.date, body or "", None)
        troubles.take(rows.damage)


def _is_robots(url: str) -> bool:
    return url.partition("?")[0].partition("#")[0].lower().endswith("/robots.txt")


def _list(path: Path, troubles: Troubles) -> Iterator[Item]:
    """Yield a list of domains: one a line, with a weight behind a comma or tab if there is one."""
    damage = Damage(str(path))
    with open_unpacked(str(path), damage) as unpacked:
        columns: dict[str, int] = {}
        mark = ""
        for place, raw in lines(unpacked):
            line = raw.decode("utf-8-sig", "replace").strip()
            if not line or line.startswith("#"):
                continue
            mark = mark or ("\t" if "\t" in line else ";" if ";" in line else ",")
            where = f"{path}: line {place.row + 1}"
            try:
                cells = next(csv.reader([line], delimiter=mark), [])
            except csv.Error:
                troubles.note("no line of a list", where)
                continue
            if not columns:
                columns = _columns(cells)
                if "named" in columns:
                    continue
            yield from _listed(cells, columns, where, troubles)
    troubles.take(damage)


def _columns(cells: list[str]) -> dict[str, int]:
    """Return where domain and weight stand: by a first line that names them, or by position.

    Without names: `domain`, `domain,weight`, or `rank,domain` as published lists of sites have it.
    """
    names = [cell.strip().lower() for cell in cells]
    found: dict[str, int] = {}
    for meaning, known in (("domain", _NAMES), ("weight", _WEIGHTS)):
        at = next((names.index(name) for name in known if name in names), None)
        if at is not None:
            found[meaning] = at
    if "domain" in found:
        return {**found, "named": 1}
    if len(cells) > 1 and names[0].isdigit() and domain_of(names[1]):
        return {"domain": 1}
    return {"domain": 0, **({"weight": 1} if len(cells) > 1 else {})}


def _listed(
    cells: list[str], columns: Mapping[str, int], where: str, troubles: Troubles
) -> Iterator[Item]:
    at, weight_at = columns["domain"], columns.get("weight", -1)
    domain = domain_of(cells[at]) if at < len(cells) else ""
    if not domain:
        troubles.note("no domain", where)
        return
    has_weight = 0 <= weight_at < len(cells)
    weight = _weight(cells[weight_at], where, troubles) if has_weight else 1.0
    yield Listed(domain, weight, place=cells[at].strip() if "://" in cells[at] else "")


def _weight(value: object, where: str, troubles: Troubles) -> float:
    """Return a weight; one that is none counts as nothing, and is told."""
    try:
        found = float(value.replace("_", "").strip()) if isinstance(value, str) else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        found = -1.0
    if not 0 <= found < 1e18:  # noqa: PLR2004 - NaN too
        troubles.note("no weight", where)
        return 0.0
    return found


def _parquet(path: Path, troubles: Troubles) -> Iterator[Item]:
    file = open_parquet(str(path))
    names = [name.lower() for name in file.schema_arrow.names]
    wanted = [
        file.schema_arrow.names[at]
        for at, name in enumerate(names)
        if name in {*_NAMES, *_WEIGHTS, *_DATES, *_BODIES, *_STATUSES}
    ]
    row = 0
    for batch in file.iter_batches(batch_size=8_192, columns=wanted):
        for fields in batch.to_pylist():
            row += 1
            lowered = {name.lower(): value for name, value in fields.items()}
            yield from _of_fields(lowered, f"{path}: row {row}", troubles)


def _folder(folder: Path, troubles: Troubles) -> Iterator[Item]:
    found = 0
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        found += 1
        place = path.relative_to(folder)
        try:
            if any(part in path.name.lower() for part in _COLLECTIONS):
                yield from _file(path, troubles)
                continue
            with path.open("rb") as file:
                body = file.read(MOST_BODY)
            if body.startswith(_MANY):
                yield from _file(path, troubles)
                continue
            if body.startswith(_PACKED):
                with open_unpacked(str(path), Damage(str(path))) as unpacked:
                    body = unpacked.read(MOST_BODY)
            yield from _dated(place, body, troubles)
        except (OSError, UnknownInputError) as error:
            troubles.note("cannot be read", f"{path}: {error}")
    if not found:
        raise UnknownInputError(f"{folder}: the folder is empty")


def _dated(place: Path, body: bytes, troubles: Troubles) -> Iterator[Item]:
    """Yield a robots.txt whose domain and date stand in its name or in those of its folders."""
    parts = list(place.parts)
    at: float | None = None
    domain = ""
    for part in reversed(parts):
        for name in _without_ends(part):
            if at is None and (match := _DATED.search(name)):
                at = read_date(_iso(match))
                name = f"{name[: match.start()]} {name[match.end() :]}"  # noqa: PLW2901
            for piece in re.split(r"[\s@]+|__", name):
                bare = piece.strip("_-.")
                if not domain and "." in bare and bare.lower() != "robots.txt":
                    domain = domain_of(bare)
    if not domain:
        troubles.note("no domain in its name", str(place))
        return
    yield Seen(domain, at, body)


def _without_ends(part: str) -> Iterable[str]:
    """Return the name without what only says that it is a text."""
    name = part
    while name.lower().endswith(_TEXT_ENDS):
        name = name.rpartition(".")[0]
    if name.lower() in ("robots", ""):
        return ()
    return (re.sub(r"(?i)[._-]?robots$", "", name),)


def _iso(match: re.Match[str]) -> str:
    year, month, day, hour, minute, second = match.groups()
    date = "-".join(part for part in (year, month, day) if part)
    return f"{date}T{hour}:{minute}:{second}Z" if hour and day else date
