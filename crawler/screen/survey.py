"""The first look at an input: what its rows say of themselves, and which site files lie there.

It decides nothing, so it runs in any process.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from crawler.core.consent import decide, terms
from crawler.core.content.figures.hashes import text_hash
from crawler.core.evidence import Evidence, PageEvidence
from crawler.core.given import HEAD, Read, read_head
from crawler.core.judge import Rules
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url, parse
from crawler.inputs import Columns, Damage, Form, Input, Row, UnknownInputError
from crawler.screen.answers import SITE_FILE
from crawler.screen.captured_files import Captured, captured, kind_of
from crawler.screen.page_reading import PageReader, response_of
from crawler.screen.row_store import Surveyed, surveyed_rows
from crawler.store.evidence import pack_evidence

_SAMPLES = 4  # URLs of an origin, unlike in their first segment, for whom its files are asked
_LATEST = 4_102_444_800.0


@dataclass(frozen=True, slots=True)
class Task:
    """One input to survey, and how."""

    number: int
    path: str
    columns: Columns
    rules: Rules
    out: Path
    hashes: bool = False  # a suppression list may name texts


@dataclass(slots=True)
class Survey:
    """What an input holds."""

    number: int
    form: Form
    packing: str
    delimiter: str
    said: str
    damage: Damage
    rows: int = 0
    origins: dict[str, list[str]] = field(default_factory=dict)  # sample URLs
    counts: dict[str, int] = field(default_factory=dict)  # rows by origin
    files: list[Captured] = field(default_factory=list)
    terms: dict[str, str] = field(default_factory=dict)  # terms pages that pages name: their site
    unread: str = ""  # why nothing of it could be read


def survey(task: Task) -> Survey:
    """Read an input once, keep its rows in `task.out`, and return what it holds.

    One that cannot be read at all has no rows, and says why.
    """
    try:
        return _survey(task)
    except UnknownInputError as error:
        with surveyed_rows(task.out):
            pass
        damage = Damage(task.path)
        damage.note("file that cannot be read", "its beginning")
        said = f"{task.path}: not read: {error}"
        return Survey(task.number, Form.URLS, "", "", said, damage, unread=str(error))


def _survey(task: Task) -> Survey:
    reader = PageReader(task.rules)
    with Input(task.path, task.columns) as rows:
        told = rows.told
        found = Survey(task.number, told.form, told.packing, told.delimiter, rows.said, rows.damage)
        with surveyed_rows(task.out) as kept:
            for row in rows:
                found.rows += 1
                kept.add(_surveyed(row, task, reader, found))
    return found


def _surveyed(row: Row, task: Task, reader: PageReader, found: Survey) -> Surveyed:
    url = parse(row.url.strip()) if row.url else None
    read: Read | None = None
    body = origin = ""
    if url is not None:
        origin = url.origin
        known = found.counts.get(origin, 0)
        found.counts[origin] = known + 1
        if known < 64:  # noqa: PLR2004 - later ones are seldom unlike the first
            _sample(found, origin, url)
        read, body = _read(row, url, (reader, task.rules), found)
    text = row.text
    return Surveyed(
        row.place.row,
        row.place.offset,
        row.place.length,
        _storable(row.url),
        None if url is None or url.text == row.url else url.text,
        origin,
        row.date,
        None if text is None else len(text.split()),
        _bytes(row),
        row.kind,
        None if read is None else pack_evidence(read.page),
        body if read is None else body or read.body,
        text_hash(text) if task.hashes and text else "",
        _identity(row) if row.kind else "",
    )


def _read(
    row: Row, url: Url, by: tuple[PageReader, Rules], found: Survey
) -> tuple[Read | None, str]:
    """Return what the record says, and the code of a site file."""
    reader, rules = by
    response = response_of(row, url)
    if response is None:
        return None, SITE_FILE if kind_of(url) is not None else ""
    file = captured(url, response, row.date) if row.date is not None else None
    if file is not None:
        found.files.append(file)
        if file.origin:
            return Read(PageEvidence(response.status)), SITE_FILE
    elif kind_of(url) is not None:
        return Read(PageEvidence(response.status)), SITE_FILE
    read = Read(read_head(response), HEAD) if row.html is None else reader.read(url, response)
    for text in _terms_of(read.page, url, rules.policy):
        found.terms.setdefault(text, url.site)
    return read, ""


def _terms_of(page: PageEvidence, url: Url, policy: ConsentPolicy) -> tuple[str, ...]:
    """Return the terms pages of its site that a page names."""
    names = any(item.kind == terms.LINK for item in page.carriers) or any(
        name == "link" and "terms" in value.lower() for name, value in page.headers
    )
    return decide(Evidence(url, (), page), policy, 0.0).wanted if names else ()


def _sample(found: Survey, origin: str, url: Url) -> None:
    samples = found.origins.setdefault(origin, [])
    if len(samples) < _SAMPLES:
        head = url.target.partition("/")[2].partition("/")[0]
        start = f"{origin}/{head}"
        if not any(text == start or text.startswith(f"{start}/") for text in samples):
            samples.append(url.text)


def _bytes(row: Row) -> int:
    if row.text is not None:
        return len(row.text.encode("utf-8", "replace"))
    if row.answer is not None:
        return len(row.answer.body)
    return 0


def _storable(text: str) -> str:
    """Return a text as it can be stored: JSON can spell half of a surrogate pair."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _identity(row: Row) -> str:
    """Return id, payload digest and what a WARC record refers to, "-" for what it does not say."""
    refers = "warc-segment-origin-id" if row.kind == "continuation" else "warc-refers-to"
    names = ("warc-record-id", "warc-payload-digest", refers, "warc-concurrent-to")
    values = [str(row.fields.get(name, "")).strip() or "-" for name in names]
    target = str(row.fields.get("warc-refers-to-target-uri", "")).strip("<> ") or "-"
    return " ".join(_storable(value).replace(" ", "") for value in (*values, target))
