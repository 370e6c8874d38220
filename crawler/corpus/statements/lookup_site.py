"""`lookup/`: a static site that answers "is my site in it?" and sends nothing.

Hashes of URLs and domains lie in one small script for each beginning of a hash; of a URL the
scheme and a slash at its end do not count. `data/about.js` says what the corpus is and which kinds
of records there are; `data/u/PREFIX.js` holds `REST,KIND:COUNT;...` for each URL,
`data/d/PREFIX.js` for each domain with all below it.
Scripts, for a page that is opened from disk may load nothing else.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from crawler.config.corpus_tables import Lookup
from crawler.corpus.records.export_facts import Facts
from crawler.corpus.records.record import Record, stamp

FOLDER = "lookup"
_PAGE = ("index.html", "lookup.css", "lookup.js", "sha256.js")
_REST = 12  # digits behind those of the file's name: with them no two of any corpus meet
_BUCKET = 64_000  # bytes that a file of hashes should have at most: one question loads two
_LINE = 17  # bytes of a URL's line
_SPREAD = 2  # digits by which URLs are sorted on disk: 256 files, each sorted in memory
_MOST_DIGITS = 4


class Listed(NamedTuple):
    """One record, as the lookup knows it."""

    url: str
    host: str
    site: str  # the registrable domain of the host
    licence: str
    decision: str


@dataclass(frozen=True, slots=True)
class About:
    """What the page says of the corpus."""

    name: str
    version: str
    as_of: str
    contact: str
    removals: str = ""  # where the feed of removals is found


def write(export: Path, facts: Facts, data: Sequence[str]) -> list[Path]:
    """Write the site of an export, from its finished data files; return its files.

    None where `[export] lookup` is "off".
    """
    how = facts.plan.settings.lookup
    folder = export / FOLDER
    if folder.exists():  # of a run that was killed
        shutil.rmtree(folder)
    if how == "off":
        return []
    policy = json.loads(facts.plan.policy_text)
    about = About(
        name=facts.plan.settings.name,
        version=facts.version,
        as_of=stamp(facts.head.at),
        contact=facts.plan.contact,
        removals=policy.get("removals", {}).get("address", ""),
    )
    records = (_listed(record) for path in data for record in facts.form.records(export / path))
    return write_lookup(folder, records, about, how)


def _listed(record: Record) -> Listed:
    about = record["metadata"]
    rule = about["consent"]["rule_id"]
    return Listed(
        about["url"],
        about["host"],
        about["registrable_domain"],
        about["license_spdx"] or "none found",
        "allowed: nothing refuses" if rule == "ok" else f"allowed: {rule}",
    )


def write_lookup(folder: Path, records: Iterable[Listed], about: About, how: Lookup) -> list[Path]:
    """Write the site into `folder`, which must not be there yet; return its files.

    The same records give the same bytes. What is held in memory grows with the domains, not with
    the records.
    """
    data = folder / "data"
    data.mkdir(parents=True)
    for name in _PAGE:
        text = files("crawler.corpus.statements").joinpath("lookup", name).read_text("utf-8")
        (folder / name).write_text(text, encoding="utf-8")
    kinds: dict[tuple[str, str], int] = {}
    domains: defaultdict[str, Counter[int]] = defaultdict(Counter)
    spill = folder / "sorting"
    count = _spread(records, spill, kinds, domains) if how == "buckets" else None
    if count is None:
        count = sum(1 for _ in _counted(records, kinds, domains))
    url_digits = _digits(count * _LINE)
    listed = ((_hash("domain", name), found) for name, found in domains.items())
    lines = sorted(f"{digest},{_told(found)}" for digest, found in listed)
    domain_digits = _digits(sum(map(len, lines)))
    _write_buckets(data / "d", "d", iter(lines), domain_digits)
    if how == "buckets":
        _write_buckets(data / "u", "u", _sorted(spill), url_digits)
        shutil.rmtree(spill)
    said = {
        "name": about.name,
        "version": about.version,
        "as_of": about.as_of,
        "contact": about.contact,
        "removals": about.removals,
        "records": count,
        "urls": how == "buckets",
        "url_digits": url_digits,
        "domain_digits": domain_digits,
        "rest_digits": _REST,
        "kinds": [{"licence": licence, "decision": decision} for licence, decision in kinds],
    }
    _write_script(data / "about.js", "lookupAbout", said)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _counted(
    records: Iterable[Listed],
    kinds: dict[tuple[str, str], int],
    domains: defaultdict[str, Counter[int]],
) -> Iterator[tuple[str, int]]:
    """Count each record for its host and all domains above it; yield its URL and kind."""
    for record in records:
        kind = kinds.setdefault((record.licence, record.decision), len(kinds))
        name = record.host
        domains[name][kind] += 1
        while name != record.site and "." in name and name.endswith(record.site):
            name = name.partition(".")[2]
            domains[name][kind] += 1
        yield record.url, kind


def _spread(
    records: Iterable[Listed],
    spill: Path,
    kinds: dict[tuple[str, str], int],
    domains: defaultdict[str, Counter[int]],
) -> int:
    spill.mkdir()
    count = 0
    with ExitStack() as stack:
        names = [f"{number:0{_SPREAD}x}" for number in range(16**_SPREAD)]
        opened = {name: stack.enter_context((spill / name).open("w")) for name in names}
        for url, kind in _counted(records, kinds, domains):
            digest = _hash("url", _page(url))
            opened[digest[:_SPREAD]].write(f"{digest},{kind}\n")
            count += 1
    return count


def _page(url: str) -> str:
    """Return what is hashed of a URL: spellings of one page that owners mix up share one file."""
    rest = url.partition("#")[0].partition("://")[2].removesuffix("?")
    return rest if "?" in rest else rest.removesuffix("/")


def _sorted(spill: Path) -> Iterator[str]:
    """Yield a line for each URL, sorted: `HASH,KIND:COUNT;...`."""
    for path in sorted(spill.iterdir()):
        lines = sorted(path.read_text().splitlines())
        for digest, same in groupby(lines, key=lambda line: line.partition(",")[0]):
            found = Counter(int(line.partition(",")[2]) for line in same)
            yield f"{digest},{_told(found)}"


def _told(found: Counter[int]) -> str:
    return ";".join(
        f"{kind}" if count == 1 else f"{kind}:{count}" for kind, count in sorted(found.items())
    )


def _write_buckets(folder: Path, name: str, lines: Iterator[str], digits: int) -> None:
    folder.mkdir()
    for prefix, bucket in groupby(lines, key=lambda line: line[:digits]):
        rest = "\n".join(line[digits : digits + _REST] + _behind(line) for line in bucket)
        _write_script(
            folder / f"{prefix or 'all'}.js", "lookupBucket", f"{name}/{prefix or 'all'}", rest
        )


def _behind(line: str) -> str:
    return line[line.index(",") :]


def _digits(size: int) -> int:
    """Return how many digits of a hash name a file, so that files stay small."""
    return next((n for n in range(_MOST_DIGITS) if size / 16**n <= _BUCKET), _MOST_DIGITS)


def _hash(kind: str, subject: str) -> str:
    return sha256(f"{kind}\n{subject}".encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]


_HASH = _MOST_DIGITS + _REST


def _write_script(path: Path, function: str, *values: object) -> None:
    # Within a script element nothing may look like its end; these are files, and stay so.
    said = ", ".join(
        json.dumps(value, ensure_ascii=True).replace("<", "\\u003c") for value in values
    )
    path.write_text(f"{function}({said});\n", encoding="utf-8")
