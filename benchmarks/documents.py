r"""Compare readers of PDF on manuals that are HTML, too: `python -m benchmarks.documents`.

    apt-get install r-doc-html r-doc-pdf debian-policy developers-reference poppler-utils
    pip install pdfminer.six

For each manual the text of its HTML, as this crawler reads it, is what its PDF should give: word F1
(order aside), the share of the HTML's runs of five words that the PDF's text has (order counts),
and CPU time a page. Before the HTML is read, what is no part of the manual is taken out: the lines
that lead to the next and the previous section. From every text go addresses, for print shows where
links lead, and the numbers of pages in references. All this was chosen after first figures had been
seen: `--as-crawled` takes nothing out of the HTML and reads it as a crawl does, by its main text.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import resource
import shutil
import statistics
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
from selectolax.lexbor import LexborHTMLParser

from crawler.core import urls
from crawler.core.content import ContentSettings, parse
from crawler.core.content.documents.readers import read_document
from crawler.core.content.reading import read
from crawler.core.content.text.render import render
from crawler.core.response import Response

_SETTINGS = ContentSettings(max_characters=100_000_000)
_R = Path("/usr/share/R/doc/manual")
_DOC = Path("/usr/share/doc")
_MANUALS: dict[str, tuple[Path, str, Path]] = {  # folder, pattern of the pages, PDF
    **{
        name: (_R, f"{name}.html", _R / f"{name}.pdf")
        for name in ("R-FAQ", "R-admin", "R-data", "R-exts", "R-intro", "R-ints", "R-lang")
    },
    "debian-policy": (
        _DOC / "debian-policy/policy.html",
        "[acu]*-*.html",
        _DOC / "debian-policy/policy.pdf.gz",
    ),
    "developers-reference": (
        Path("/usr/share/developers-reference"),
        "[!ids]*.html",
        Path("/usr/share/developers-reference/developers-reference.pdf"),
    ),
}
_NAVIGATION = (
    "div.header, div.nav-panel, table.nav-panel, div.navheader, div.navfooter, div.related,"
    " div.sphinxsidebar, div.footer, footer, a.headerlink, div.contents, div.Contents_element,"
    " div.toc, nav, ul.section-toc, table.menu, div.printindex"
)
_WORD = re.compile(r"\w+")
_APART = re.compile(r"(?:https?|ftp|mailto):\S+|,? pages? [0-9]+|-(?:\n|\r\n)(?=[a-z])")
_RUN = 5
_HEADERS = (("content-type", "text/html; charset=utf-8"),)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--manual", action="append", choices=_MANUALS, help="only these")
    arguments.add_argument("--quick", action="store_true", help="without pdfminer, which is slow")
    arguments.add_argument("--json", type=Path, help="write the figures here")
    arguments.add_argument("--as-crawled", action="store_true", help="the HTML's main text alone")
    options = arguments.parse_args()
    there = {
        name: manual
        for name, manual in _MANUALS.items()
        if name in (options.manual or _MANUALS) and manual[2].is_file()
    }
    if not there:
        raise SystemExit("no manual is installed: see python -m benchmarks.documents --help")
    readers = dict(_readers(quick=options.quick))
    found = {name: dict(measure(name, readers, as_crawled=options.as_crawled)) for name in there}
    for reader in readers:
        print(
            f"{reader:10} " + "  ".join(f"{key} {_mean(found, reader, key):.4f}" for key in _KEYS)
        )
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


_KEYS = ("f1", "runs", "ms_a_page")


def _mean(found: dict[str, dict[str, dict[str, float]]], reader: str, key: str) -> float:
    return statistics.fmean(manual[reader][key] for manual in found.values())


def measure(
    name: str, readers: dict[str, Callable[[bytes], str]], *, as_crawled: bool = False
) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each reader with its figures for one manual."""
    folder, pattern, path = _MANUALS[name]
    body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text_of = _main_text if as_crawled else _html_text
    wanted = _words("\n".join(text_of(page) for page in sorted(folder.glob(pattern))))
    pages = len(pypdfium2.PdfDocument(body))
    for reader, call in readers.items():
        began = _cpu()
        text = call(body)
        spent = _cpu() - began
        words = _words(text)
        figures = {
            "f1": _f1(words, wanted),
            "runs": _shared_runs(words, wanted),
            "ms_a_page": 1_000 * spent / pages,
        }
        print(
            f"{name:22}{reader:10}" + "".join(f"{figures[key]:9.4f}" for key in _KEYS), flush=True
        )
        yield reader, figures


def _readers(*, quick: bool) -> Iterator[tuple[str, Callable[[bytes], str]]]:
    read_document("pdf", b"%PDF-1.4", _SETTINGS)  # the library is loaded once
    yield "ours", lambda body: read_document("pdf", body, _SETTINGS).text
    yield "pdfium", _pdfium
    if shutil.which("pdftotext"):
        yield "pdftotext", _pdftotext
    if not quick:
        try:
            from pdfminer.high_level import extract_text
        except ImportError:
            return
        yield "pdfminer", lambda body: extract_text(BytesIO(body))


def _pdfium(body: bytes) -> str:
    document = pypdfium2.PdfDocument(body)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def _pdftotext(body: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def _html_text(path: Path) -> str:
    tree = LexborHTMLParser(path.read_bytes())
    for element in tree.css(_NAVIGATION):
        element.decompose()
    address = urls.parse(f"https://manual.test/{path.name}")
    page = parse(Response(address, 200, _HEADERS, (tree.html or "").encode()))
    return render(page.outline, range(len(page.outline.texts)))


def _main_text(path: Path) -> str:
    address = urls.parse(f"https://manual.test/{path.name}")
    return read(parse(Response(address, 200, _HEADERS, path.read_bytes())), _SETTINGS).text


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(_APART.sub("", text))]


def _f1(words: list[str], wanted: list[str]) -> float:
    shared = sum((Counter(words) & Counter(wanted)).values())
    return 2 * shared / max(1, len(words) + len(wanted))


def _shared_runs(words: list[str], wanted: list[str]) -> float:
    """Return the share of the wanted runs of five words that stand among the others."""
    there, sought = (
        Counter(zip(*(text[at:] for at in range(_RUN)), strict=False)) for text in (words, wanted)
    )
    return sum((there & sought).values()) / max(1, sum(sought.values()))


def _cpu() -> float:
    """Return the seconds of the processor that this process and its children have had."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
