"""Documents by different programs: LaTeX, LibreOffice, Chromium, Ghostscript, pandoc, by hand.

What cannot be made where a program is missing is left out. Each name says what should become of it:
the words that its text must hold, or the code of its outcome.
"""

import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from tests.core.consent import test_documents_own_signals as signals
from tests.core.content.documents import made

TIDE = "The tide follows the moon and the harbour follows the tide"
_LIMIT = 120  # seconds for one program


@dataclass(frozen=True)
class Made:
    """One file: what is served, as what type, and what should become of it."""

    body: bytes
    kind: str  # pdf, epub, docx, odt, html
    words: str = ""  # that its text holds, one after the other
    code: str = ""  # of its outcome, if it is not kept
    type: str = "application/octet-stream"


def documents(folder, *, programs=True):
    """Return the files by their paths; `programs` work in `folder`."""
    found = {}
    for group in (*((_latex, _office, _browser) if programs else ()), _by_hand, _signals, _hostile):
        found |= group(Path(folder))
    return found


def _run(folder, *words):
    done = subprocess.run(
        words,
        cwd=folder,
        capture_output=True,
        timeout=_LIMIT,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode == 0


def _has(*programs):
    return all(map(shutil.which, programs))


_TEX = r"""\documentclass[%s]{%s}\usepackage[utf8]{inputenc}%s\title{Of Tides}\author{Ann Author}
\begin{document}\maketitle \section{Introduction} %s. The efficient office of difficult
affairs flows on. %s \section{Results}\begin{itemize}\item The first of the items\item The second
\end{itemize}\begin{tabular}{lr}Port & High\\ Brest & 7.9\\ Hull & 7.3\end{tabular}
%s The end of the matter is here.\end{document}"""
_FILLER = (
    "A paragraph of a paper says something of the water in the harbour, and goes on for a while "
    "so that it fills the lines of a column with words of all kinds. " * 4 + "\n\n"
)
_CLASSES = (
    ("", "article", ""),
    ("twocolumn", "article", ""),
    ("11pt,a4paper", "report", ""),
    ("12pt", "article", r"\usepackage[T1]{fontenc}\usepackage{lmodern}"),
    ("twocolumn,10pt", "article", r"\usepackage{times}"),
    ("conference", "IEEEtran", ""),
    ("landscape", "article", r"\usepackage[landscape]{geometry}"),
    ("", "article", r"\usepackage{lineno}\linenumbers"),
)


def _latex(folder):
    if not _has("pdflatex"):
        return {}
    found = {}
    for number, (options, name, more) in enumerate(_CLASSES):
        source = folder / f"tex{number}.tex"
        body = (options, name, more, TIDE, _FILLER * 3, _FILLER * 9)
        source.write_text(_TEX % body, "utf-8")
        if _run(folder, "pdflatex", "-interaction=batchmode", source.name):
            path = source.with_suffix(".pdf")
            found[f"/latex/{number}.pdf"] = Made(path.read_bytes(), "pdf", TIDE)
            found |= _again(folder, path, number)
    return found


def _again(folder, path, number):
    """Return what other programs make of a PDF."""
    found = {}
    if _has("gs"):
        out = folder / f"gs{number}.pdf"
        words = ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", f"-sOutputFile={out}")
        if _run(folder, *words, str(path)):
            found[f"/gs/{number}.pdf"] = Made(out.read_bytes(), "pdf", TIDE)
        picture = folder / f"scan{number}.pdf"
        words = ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfimage8", "-r50")
        if number < 2 and _run(folder, *words, f"-sOutputFile={picture}", str(path)):
            code = "no-text-layer"
            found[f"/scan/{number}.pdf"] = Made(picture.read_bytes(), "pdf", code=code)
    if _has("qpdf"):
        for name, words, code in (
            ("objects", ("--object-streams=generate",), ""),
            ("linear", ("--linearize",), ""),
            ("user", ("--encrypt", "user", "owner", "256", "--"), "encrypted"),
            (
                "no-extract",
                ("--encrypt", "", "o", "256", "--extract=n", "--"),
                "document.permissions",
            ),
            ("owner", ("--encrypt", "", "owner", "256", "--"), ""),
        ):
            out = folder / f"{name}{number}.pdf"
            if number < 3 and _run(folder, "qpdf", *words, str(path), str(out)):
                told = "" if code else TIDE
                found[f"/qpdf/{name}-{number}.pdf"] = Made(out.read_bytes(), "pdf", told, code)
    return found


_PAGE = f"""<!doctype html><html lang=en><head><title>Of tides</title><meta charset=utf-8></head>
<body><h1>Of tides</h1><p>{TIDE}. <a href="/linked">More</a></p><h2>Lists</h2><ul><li>One thing</li>
<li>Another thing</li></ul><table><tr><th>Port</th><th>High</th></tr><tr><td>Brest</td><td>7.9</td>
</tr></table><pre>def tide():
    return 1</pre><p>Café, naïve, Größe, приливы.</p>{{}}</body></html>"""


def _office(folder):
    found = {}
    sources = []
    for number in range(3):
        source = folder / f"page{number}.html"
        source.write_text(_PAGE.format(f"<p>{_FILLER * number}</p>"), "utf-8")
        sources.append(source)
        for kind in ("docx", "odt", "epub", "epub2") if _has("pandoc") else ():
            out = folder / f"pandoc{number}.{kind[:4]}"
            if _run(folder, "pandoc", "-t", kind, str(source), "-o", str(out)):
                path = f"/pandoc/{number}-{kind}.{kind[:4]}"
                found[path] = Made(out.read_bytes(), kind[:4], TIDE)
    if _has("soffice"):
        profile = f"-env:UserInstallation=file://{folder}/profile"
        for kind, wanted in (("docx", "docx:MS Word 2007 XML"), ("odt", "odt"), ("pdf", "pdf")):
            out = folder / f"office-{kind}"
            words = ("soffice", profile, "--headless", "--convert-to", wanted, "--outdir", str(out))
            made_of = [
                folder / f"pandoc{n}.{'odt' if kind == 'docx' else 'docx'}" for n in range(3)
            ]
            _run(folder, *words, *(str(one) for one in made_of if one.exists()))
            for path in sorted(out.glob(f"*.{kind}")):
                found[f"/office/{path.name}"] = Made(path.read_bytes(), kind, TIDE)
    return found


def _browser(folder):
    if not _has("chromium"):
        return {}
    out = folder / "chromium.pdf"
    words = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={out}")
    if not _run(folder, *words, f"--user-data-dir={folder}/chromium", str(folder / "page1.html")):
        return {}
    return {"/chromium/1.pdf": Made(out.read_bytes(), "pdf", TIDE)}


def _by_hand(_):
    line = made.Line(TIDE)
    columns = [
        *(made.Line(f"left {n} of the one column of words", 60, 700 - 14 * n) for n in range(20)),
        *(made.Line(f"right {n} of the other one of words", 320, 700 - 14 * n) for n in range(20)),
    ]
    mixed = [one for pair in zip(columns[:20], columns[20:], strict=True) for one in pair]
    numbered = [
        [made.Line("A running head", y=770), made.Line(f"{TIDE} {n}"), made.Line(f"{n}", 300, 30)]
        for n in range(1, 9)
    ]
    word = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    found = {f"/hand/{n}.pdf": Made(made.pdf([line] * (n + 1)), "pdf", TIDE) for n in range(8)}
    return found | {
        "/hand/columns": Made(made.pdf(columns), "pdf", "left 19 of the one column of words"),
        "/hand/mixed": Made(made.pdf(mixed), "pdf", "left 19 of the one column of words"),
        "/hand/pages": Made(made.pdf(*numbered), "pdf", f"{TIDE} 1"),
        "/hand/named": Made(made.text_pdf(TIDE), "pdf", TIDE, type="text/html"),
        "/hand/docx": Made(made.docx(word.format(TIDE)), "docx", TIDE, type="application/zip"),
        "/hand/odt": Made(made.odt(f"<text:p>{TIDE}</text:p>"), "odt", TIDE),
        "/hand/epub": Made(made.epub(f"<p>{TIDE}</p>"), "epub", TIDE),
        "/hand/page.pdf": Made(_PAGE.format("").encode(), "html", TIDE, type="application/pdf"),
    }


def _signals(_):
    """Return files that refuse or permit by themselves."""
    found = {}
    for number, name in enumerate(sorted(signals.CASES)):
        body, expected = signals.CASES[name]
        if number % 3 == 0:
            kind = "pdf" if body.startswith(b"%PDF") else "zip"
            code = "" if expected.startswith("+") else expected
            found[f"/signal/{number}"] = Made(body, kind, code=code or "kept")
    return found


def _hostile(_):
    whole = made.text_pdf(TIDE)
    deep = "<w:p>" * 2_000 + "</w:p>" * 2_000
    entities = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    types = {"[Content_Types].xml": "<Types/>"}
    outside = made.zipped(types | {"../../evil": "x", "word/document.xml": "<x/>"})
    return {
        "/hostile/cut.pdf": Made(whole[:200], "pdf", code="damaged"),
        "/hostile/nothing.pdf": Made(b"%PDF-1.7", "pdf", code="damaged"),
        "/hostile/no-end.pdf": Made(whole[:-20], "pdf", TIDE),  # mended by its reader
        "/hostile/loop.pdf": Made(
            made.pdf([], catalog="/Names 1 0 R/Outlines 1 0 R"), "pdf", code="no-text-layer"
        ),
        "/hostile/bomb.docx": Made(_bomb(), "docx", code="document-bomb"),
        "/hostile/deep": Made(made.docx(deep), "docx", code="no-text-layer"),
        "/hostile/entities": Made(
            made.docx("x", word__styles=entities), "docx", code="document-bomb"
        ),
        "/hostile/outside": Made(outside, "docx", code="no-text-layer"),
        "/hostile/many": Made(
            made.zipped(types | {f"word/{n}": "" for n in range(10_500)}),
            "docx",
            code="document-bomb",
        ),
        "/hostile/half.epub": Made(made.epub("<p>x</p>")[:-200], "epub", code="damaged"),
        "/hostile/sheet": Made(made.zipped({"mimetype": "x", "xl/a.xml": "<a/>"}), "", code="type"),
    }


def _bomb():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", b"<a>" + bytes(40_000_000))
    return out.getvalue()
