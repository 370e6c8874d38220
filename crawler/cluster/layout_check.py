"""Whether the folders of a job and of its shards are laid out as they should be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.cluster.layout import LAYOUT, count_shards, lay_out, shard_folder, shard_folders
from crawler.cluster.url_exchange import read_batch
from crawler.store.checks import Finding
from crawler.store.database import StoreError
from crawler.store.job import DATABASE

_SHARD = re.compile(r"shard-(\d{3})")


@dataclass(frozen=True, slots=True)
class Layout:
    """The job folders there are, and what is wrong with how they lie."""

    folders: tuple[Path, ...]
    findings: tuple[Finding, ...]


def examine_layout(folder: Path, *, repair: bool) -> Layout:
    """Look at a plain job or at a parent of shards; with `repair`, mend the layout."""
    findings = list(_file(folder, repair=repair))
    try:
        folders = shard_folders(folder)
    except StoreError:
        return Layout(tuple(_numbered(folder)), tuple(findings))
    if folders == [folder]:
        return Layout((folder,), tuple(findings))
    begun = []
    for shard in folders:
        if (shard / DATABASE).is_file():
            begun.append(shard)
        else:
            what = "has no database yet: the next crawl makes it"
            findings.append(Finding(shard.name, what, note=True))
        findings += _inbox(folder, shard, repair=repair)
    return Layout(tuple(begun), tuple(findings))


def _file(folder: Path, *, repair: bool) -> Iterator[Finding]:
    """Check `shards.json` against the folders, which tell the number if it cannot be read."""
    there = _numbered(folder)
    try:
        count, what = count_shards(folder), ""
    except StoreError as error:
        count, what = 0, str(error)
    if not there or count == len(there):
        if what:
            yield Finding(LAYOUT, what)
        return
    if count > len(there):
        if repair:
            for number in range(count):
                shard_folder(folder, number).mkdir(exist_ok=True)
        yield Finding(LAYOUT, f"names {count} shards, {len(there)} are there", repaired=repair)
        return
    complete = [path.name for path in there] == [
        shard_folder(folder, number).name for number in range(len(there))
    ]
    what = what or f"names {count} shards, {len(there)} are there"
    if repair and complete and not (folder / DATABASE).exists():
        (folder / LAYOUT).unlink(missing_ok=True)
        lay_out(folder, len(there))
        yield Finding(LAYOUT, what, repaired=True)
    else:
        yield Finding(LAYOUT, what)


def _numbered(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.iterdir() if path.is_dir() and _SHARD.fullmatch(path.name)
    )


def _inbox(parent: Path, shard: Path, *, repair: bool) -> Iterator[Finding]:
    """Look for batches of URLs that cannot be read; they are set aside, not removed."""
    for path in sorted((shard / "inbox").glob("*.jsonl")):
        try:
            read_batch(path)
        except (OSError, ValueError, TypeError, IndexError, KeyError):
            if repair:
                path.rename(path.with_suffix(".damaged"))
            place = str(path.relative_to(parent))
            what = "cannot be read, its URLs are lost to this shard until they are found again"
            yield Finding(place, what, repaired=repair)
