"""The same sites with pages as large as large crawls see: real pages joined, their links kept.

Each page is followed by the bodies of the pages after it until it is about 240 kB. A link of a
page that was joined leads where it led before; the text of every page stands in several.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, urljoin

from selectolax.lexbor import LexborHTMLParser

from benchmarks.crawl.sites import HTML

_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
SIZE = 240_000  # bytes; 242 kB was the mean of a billion pages crawled in 2025 (A. Chan)


def joined(folder: Path, target: Path) -> Path:
    """Return `target` with the sites of `folder`, their pages joined; made the first time."""
    if not target.is_dir():
        partial = target.with_name(f"{target.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        for site in sorted(entry for entry in folder.iterdir() if entry.is_dir()):
            _join_site(site, partial / site.name)
        partial.rename(target)
    return target


def _join_site(site: Path, target: Path) -> None:
    files = sorted(file for file in site.rglob("*") if file.is_file())
    pages = [file for file in files if file.suffix in HTML]
    for file in files:
        (target / file.relative_to(site)).parent.mkdir(parents=True, exist_ok=True)
        if file.suffix not in HTML:
            (target / file.relative_to(site)).symlink_to(file.resolve())
    bodies = [_body(file, quote(f"/{file.relative_to(site).as_posix()}")) for file in pages]
    for number, file in enumerate(pages):
        page = file.read_bytes()
        more = b"".join(_after(number, len(page), bodies))
        end = page.lower().rfind(b"</body")
        end = end if end >= 0 else len(page)
        (target / file.relative_to(site)).write_bytes(page[:end] + more + page[end:])


def _after(number: int, size: int, bodies: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the bodies after that of page `number` that bring `size` nearest to SIZE."""
    for step in range(1, len(bodies)):
        body = bodies[(number + step) % len(bodies)]
        if abs(SIZE - size - len(body)) >= abs(SIZE - size):
            return
        size += len(body)
        yield body


def _body(file: Path, path: str) -> bytes:
    """Return what stands in a page's body, its links made independent of where they stand.

    In ASCII, the rest as references: the page that it follows may be in another encoding.
    """
    tree = LexborHTMLParser(_decoded(file.read_bytes()))
    for node in tree.css("a[href], area[href]"):
        try:
            node.attrs["href"] = _moved(node.attributes["href"] or "", path)
        except ValueError:
            continue  # no address before, and none now
    inner = tree.body.inner_html if tree.body else None
    return b"<div>" + (inner or "").encode("ascii", "xmlcharrefreplace") + b"</div>"


def _moved(href: str, path: str) -> str:
    return urljoin(path, href.strip())


def _decoded(page: bytes) -> str:
    declared = _CHARSET.search(page, 0, 2048)
    try:
        return page.decode(declared[1].decode() if declared else "utf-8", "replace")
    except LookupError:
        return page.decode("utf-8", "replace")
