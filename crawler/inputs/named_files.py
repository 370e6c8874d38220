"""Paths and addresses that the operator names: folders, files, and lists of them.

What stands *inside* an input is never opened: only the lines of an `@FILE`, and of those only
what lies under that file's own folder or a prefix the operator allows.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from crawler import storage
from crawler.inputs.compressed import open_unpacked
from crawler.inputs.row import UnknownInputError

_MANIFEST = "manifest.json"
_LISTED = 64 * 2**20  # octets of a list of paths that are read: a million lines
_SHOWN = 3  # files that are no data, where a folder has nothing else
# What lies beside data in a folder, and is none.
_BESIDE = re.compile(
    r"(?:^|/)(?:[._].*|readme.*|license.*|dataset_(?:infos?|dict)\.json|state\.json"
    r"|manifest\.json|report\.json|croissant\.json|.*\.(?:md|py|ya?ml|lock|crc|idx|png|jpe?g|svg))$",
    re.IGNORECASE,
)
# What an export or a screening of ours has beside its data, where its manifest lies.
_OURS = re.compile(
    r"(?:ATTRIBUTION\.(?:jsonl|html)|tombstones\.jsonl|changes\.atom|(?:ab2013|eu_art53)\.json"
    r"|(?:removed_|top_)?domains\.(?:csv|txt)|manifest\.json\.sha256|(?:refused|hosts|annotation)\.parquet"
    r"|(?:lookup|tombstones)/.*|.*\.consent\.parquet)$"
)
Look = Callable[[str], object]  # looks at a file, and raises UnknownInputError if it is no data


def expand(
    inputs: Sequence[str], allowed: Sequence[str] = (), look: Look | None = None
) -> tuple[list[str], list[str]]:
    """Return the files behind what an operator named, in order, and what was passed over.

    A folder stands for the files in it, by name; `@FILE` for the paths that it lists. Of a
    folder, what `look` does not know for data is passed over, and told with the reason.

    Raises:
        UnknownInputError: One does not exist, is empty, or names what it must not.
    """
    try:
        return _expanded(inputs, allowed, look)
    except storage.StorageError as error:
        raise UnknownInputError(f"it cannot be read: {error}") from error


def _expanded(
    inputs: Sequence[str], allowed: Sequence[str], look: Look | None
) -> tuple[list[str], list[str]]:
    found: dict[str, None] = {}
    beside: list[str] = []
    for item in inputs:
        names = [item]
        if item.startswith("@"):
            names = list(_listed(item[1:], allowed))
        for name in names:
            if not storage.is_folder(name):
                found.setdefault(name)
                continue
            data, others = _parted(name, look)
            if not data:
                raise UnknownInputError(
                    f"{name} is a folder without data: name one that has files"
                    + "".join(f"\n  {told}" for told in others[:_SHOWN])
                )
            beside += others
            found.update(dict.fromkeys(data))
    return list(found), beside


def _parted(folder: str, look: Look | None) -> tuple[list[str], list[str]]:
    """Return the files of a folder that are data, and what is said of the others."""
    files = [file.place for file in storage.listing(folder)]
    roots = [
        file.removesuffix("manifest.json") for file in files if file.endswith("/manifest.json")
    ]
    data: list[str] = []
    beside: list[str] = []
    for file in files:
        ours = any(file.startswith(root) and _OURS.match(file[len(root) :]) for root in roots)
        if ours or _BESIDE.search(file[len(folder) :].lstrip("/")):
            beside.append(file)
        else:
            try:
                _ = look is not None and look(file)
            except UnknownInputError as error:
                beside.append(str(error) if file in str(error) else f"{file}: {error}")
            else:
                data.append(file)
    return data, beside


def _listed(path: str, allowed: Sequence[str]) -> Iterator[str]:
    """Yield the paths that a list names, one a line; blank lines and `#` are none."""
    with open_unpacked(path) as unpacked:
        data = unpacked.read(_LISTED + 1)
        if unpacked.damage:
            raise UnknownInputError(f"the list {unpacked.damage.sentence().partition(';')[0]}")
    if len(data) > _LISTED:
        raise UnknownInputError(f"the list {path} is longer than 64 MiB: part it")
    lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines()]
    named = [line for line in lines if line and not line.startswith("#")]
    if not named:
        raise UnknownInputError(f"the list {path} names nothing: write one path a line")
    for line in named:
        yield _resolved(line, path, allowed)


def _resolved(line: str, path: str, allowed: Sequence[str]) -> str:
    """Return the whole path of a line.

    A relative one is meant from the list's own folder, or, as Common Crawl writes them, from
    above it: `crawl-data/X/segments/...` in `.../crawl-data/X/warc.paths.gz`.
    """
    folder = _folder_of(path)
    own = [folder, *allowed]
    whole = storage.is_url(line) or line.startswith("/")
    tried = [_plain(name) for name in ([line] if whole else [_joined(root, line) for root in own])]
    lying = [name for name in tried if any(storage.is_within(name, root) for root in own)]
    if not lying:
        raise UnknownInputError(
            f"the list {path} names {line!r}, which is not under {folder}:"
            " allow it with --allow-prefix"
        )
    if len(lying) == 1:
        return lying[0]
    return next((name for name in lying if storage.exists(name)), lying[0])


def _plain(path: str) -> str:
    return path if storage.is_url(path) else posixpath.normpath(path)


def _folder_of(path: str) -> str:
    if storage.is_url(path):
        return path.partition("?")[0].rpartition("/")[0]
    return str(Path(path).absolute().parent)


def _joined(folder: str, line: str) -> str:
    """Join a relative line to a folder, letting the folder's end be what the line begins with."""
    parts = folder.split("/")
    heads = line.split("/")[:-1]
    for size in range(min(len(parts), len(heads)), 0, -1):
        if parts[-size:] == heads[:size]:
            return "/".join([*parts[:-size], line])
    return f"{folder.rstrip('/')}/{line}"
