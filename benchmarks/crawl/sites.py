"""The sites under test: folders of real HTML, their seeds, and which pages are reachable.

A site is a folder. Beside it, never in it, the benchmark writes two files. A seed page links
every page: not all are linked from a start page, and a system that cannot read one page's links
(spider-rs finds none after an XML declaration) still gets its chance at the rest. And, where
the site has none, a robots.txt closes one folder the seed page links to: who asks for that link
did not obey.
"""

from __future__ import annotations

import html
import os
import shutil
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from protego import Protego
from selectolax.lexbor import LexborHTMLParser

from benchmarks.crawl.packages import PackageError, unpacked
from crawler.frontier.sharding import shard_of

AGENT = "BenchBot"
SEED_PATH = "/bench-seed.html"
TRAP_PATH = "/bench-closed/page.html"
START_HOST = "127.0.0.10"
_OWN_ROBOTS = "User-agent: *\nDisallow: /bench-closed/\n"
HTML = frozenset({".html", ".htm"})
_FEWEST_SITES = 4
_FEWEST_PAGES = 3000

_ALL = ("*",)
_FIVE_OF_26_LANGUAGES = ("de-DE", "en-US", "es-ES", "fr-FR", "ja-JP")
# Name of the site, package, folder in it, the parts of it that are taken.
_SIX = (
    ("python", "python3.11-doc", "usr/share/doc/python3.11/html", _ALL),
    ("postgresql", "postgresql-doc-15", "usr/share/doc/postgresql-doc-15/html", _ALL),
    ("sqlite", "sqlite3-doc", "usr/share/doc/sqlite3", _ALL),
    ("git", "git-doc", "usr/share/doc/git-doc", _ALL),
    ("glib", "libglib2.0-doc", "usr/share/gtk-doc/html", _ALL),
    ("handbook", "debian-handbook", "usr/share/doc/debian-handbook/html", _FIVE_OF_26_LANGUAGES),
)
# With these a crawl makes more than 10,000 requests, and its start weighs little.
_MORE = (
    ("apache", "apache2-doc", "usr/share/doc/apache2-doc/manual", _ALL),
    ("django", "python-django-doc", "usr/share/doc/python-django-doc/html", _ALL),
    ("install", "installation-guide-amd64", "usr/share/doc/installation-guide-amd64", _ALL),
    ("linux", "linux-doc-6.1", "usr/share/doc/linux-doc-6.1/html", _ALL),
)


@dataclass(frozen=True, slots=True)
class Site:
    """One host: where its pages lie, what is generated for it, and the paths of its pages."""

    name: str
    host: str
    root: Path
    generated: Path
    pages: frozenset[str]
    size: int  # bytes of the reachable pages
    trapped: bool  # whether the robots.txt is ours and closes TRAP_PATH


def documentation(cache: Path, *, more: bool = False) -> Path:
    """Return a folder of sites made from Debian's packages: six with 3,700 pages, or ten.

    Raises:
        PackageError: Fewer than four sites or 3,000 pages could be had.
    """
    folder = cache / ("more-sites" if more else "sites")
    if not folder.is_dir():
        partial = folder.with_name(f"{folder.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        for name, package, root, parts in (*_SIX, *(_MORE if more else ())):
            try:
                source = unpacked(package, cache) / root
            except PackageError as error:
                print(f"left out: {name}: {error}")
                continue
            for entry in sorted(entry for part in parts for entry in source.glob(part)):
                _lay(entry, partial / name / entry.name)
        _demand_enough(partial)
        partial.rename(folder)
    return folder


def _lay(source: Path, target: Path) -> None:
    """Take the real files only: packages carry links into packages that are not here."""
    if source.is_symlink():
        return
    if source.is_dir():
        for entry in source.iterdir():
            _lay(entry, target / entry.name)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    os.link(source, target)


def _demand_enough(folder: Path) -> None:
    sites = [entry for entry in folder.iterdir() if entry.is_dir()] if folder.is_dir() else []
    pages = sum(1 for site in sites for _ in _html_files(site))
    if len(sites) < _FEWEST_SITES or pages < _FEWEST_PAGES:
        raise PackageError(
            f"only {len(sites)} sites and {pages} pages could be had from Debian's packages; "
            "give your own pages with --sites DIR, one sub-folder a site"
        )


def prepare(folder: Path, generated: Path) -> list[Site]:
    """Return the sites in `folder`, each with its seed page and robots.txt written."""
    roots = sorted(entry for entry in folder.iterdir() if entry.is_dir())[:100]
    sizes = {root: sum(file.stat().st_size for file in _html_files(root)) for root in roots}
    hosts = _hosts(sizes)
    sites = [_prepare_site(root, hosts[root], generated / root.name) for root in roots]
    return [site for site in sites if len(site.pages) > 1]


def _hosts(sizes: Mapping[Path, int]) -> dict[Path, str]:
    """Return addresses by which either of two shards has half of the bytes.

    A hash gives thousands of sites evenly to shards; ten it does not, and nobody crawls ten.
    """
    free: tuple[deque[str], deque[str]] = (deque(), deque())
    for number in range(11, 255):
        host = f"127.0.0.{number}"
        free[shard_of(host, 2)].append(host)
    hosts, given = {}, [0, 0]
    for root, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        shard = given.index(min(given))
        hosts[root] = free[shard].popleft()
        given[shard] += size
    return hosts


def start_site(generated: Path) -> Site:
    """Return a site of one short page without links: a crawl of it costs its start and its end."""
    generated.mkdir(parents=True, exist_ok=True)
    (generated / "robots.txt").write_text("User-agent: *\nDisallow:\n")
    page = generated / SEED_PATH[1:]
    page.write_text(_seed_page("nothing", ()))
    pages = frozenset({SEED_PATH})
    return Site(
        "start", START_HOST, generated, generated, pages, page.stat().st_size, trapped=False
    )


def _prepare_site(root: Path, host: str, generated: Path) -> Site:
    generated.mkdir(parents=True, exist_ok=True)
    own = root / "robots.txt"
    trapped = not own.is_file()
    robots = _OWN_ROBOTS if trapped else own.read_text(errors="replace")
    (generated / "robots.txt").write_text(robots)
    rules = Protego.parse(robots)
    every = sorted(f"/{quote(file.relative_to(root).as_posix())}" for file in _html_files(root))
    trap = [quote(TRAP_PATH)] if trapped else []
    (generated / SEED_PATH[1:]).write_text(_seed_page(root.name, [*every, *trap]))
    pages = _walk(root, [unquote(path) for path in every], rules)
    size = sum(_file_of(root, path).stat().st_size for path in pages)
    return Site(root.name, host, root, generated, frozenset(pages | {SEED_PATH}), size, trapped)


def _seed_page(title: str, paths: Iterable[str]) -> str:
    items = "\n".join(f'<li><a href="{html.escape(path)}">{path}</a></li>' for path in paths)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>Pages of {html.escape(title)}</title></head>"
        f"<body><h1>Pages of {html.escape(title)}</h1><ul>\n{items}\n</ul></body></html>\n"
    )


def _walk(root: Path, start: Iterable[str], rules: Protego) -> set[str]:
    """Return the unquoted paths of the pages reachable from `start`, as a server serves them."""
    seen = set(start)
    waiting, pages = deque(sorted(seen)), set()
    while waiting:
        path = waiting.popleft()
        file = _file_of(root, path)
        if file.suffix not in HTML or not file.is_file():
            continue
        if not rules.can_fetch(f"http://site.test{quote(path)}", AGENT):
            continue
        pages.add(path)
        found = set(_links(file.read_bytes(), f"http://site.test{quote(path)}")) - seen
        seen |= found
        waiting.extend(sorted(found))
    return pages


def _links(page: bytes, url: str) -> Iterator[str]:
    tree = LexborHTMLParser(page)
    base = tree.css_first("base[href]")
    if base is not None:
        url = urljoin(url, base.attributes["href"] or "")
    for href in {node.attributes.get("href") or "" for node in tree.css("a[href], area[href]")}:
        try:
            target = urlsplit(urljoin(url, href.strip()))
        except ValueError:
            continue
        if target.netloc == "site.test" and target.scheme == "http":
            yield unquote(target.path) or "/"


def _file_of(root: Path, path: str) -> Path:
    file = root / path.lstrip("/")
    return file / "index.html" if path.endswith("/") else file


def _html_files(root: Path) -> Iterator[Path]:
    return (file for file in root.rglob("*.htm*") if file.suffix in HTML and file.is_file())
