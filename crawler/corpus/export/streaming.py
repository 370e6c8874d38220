"""The pages of a job streamed into data files: what gate 4 lets pass, cut, and taken up again.

A run that was killed goes on after its last finished cut. Of a job of several shards each shard's
pages can be streamed apart, into files of its own.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import orjson

from crawler.core.urls import parse
from crawler.corpus.export.formats import format_of
from crawler.corpus.export.part_files import DataFiles
from crawler.corpus.records.counts import Counts
from crawler.corpus.records.data_files import FileEntry
from crawler.corpus.records.export_facts import crawl_id_of
from crawler.corpus.records.export_plan import Plan, Progress
from crawler.corpus.records.format import Format, Source
from crawler.corpus.records.record import OPEN, Origin, Page, Record, make_record
from crawler.corpus.records.selection import (
    Filter,
    SiteFiles,
    Sites,
    filters,
    read_pages,
    why_not_fresh,
    why_refused,
)
from crawler.corpus.statements.credits_page import ATTRIBUTION, credit
from crawler.frontier.sharding import Share
from crawler.store.archive import FOLDER as ARCHIVE
from crawler.store.damaged_reads import DAMAGE
from crawler.store.database import Connection
from crawler.store.ledger import Head

STATE = "state.json"
LOCK = "lock"  # see store.job
RELEASED = "released.tsv"
_PROGRESS_EVERY = 1_000
# Later, consent that was fresh when a file was written may have run out: begin anew.
_RESUMABLE = 3_600.0


@dataclass(slots=True)
class Run:
    """An export under way."""

    plan: Plan
    form: Format
    folder: Path
    origin: Origin
    sites: Sites
    parts: DataFiles
    tests: tuple[Filter, ...]
    counts: Counts = field(default_factory=Counts)
    files: list[FileEntry] = field(default_factory=list)
    after: int = 0
    damaged: list[str] = field(default_factory=list)
    share: Share | None = None  # None: the pages of all shards

    def miss(self, place: str) -> None:
        """Note a page that cannot be read; the others are exported."""
        self.damaged.append(place)
        self.counts.left_out["damaged"] += 1


def new_run(connection: Connection, job: Path, partial: Path, plan: Plan, now: Head) -> Run:
    """Return an export that has written nothing yet."""
    origin = Origin(plan.settings.name, crawl_id_of(connection), plan.user_agent)
    sites = Sites(connection, plan.gate.consent)
    form = format_of(plan.options.format)
    parts = DataFiles(partial, form, Source(job / ARCHIVE, sites, plan, now.at))
    return Run(plan, form, partial, origin, sites, parts, filters(plan.settings))


def begin(
    connection: Connection,
    job: Path,
    partial: Path,
    plan: Plan,
    now: Head,
    share: Share | None = None,
) -> Run:
    """Begin the draft in `partial`, or take it up where a run of the same was killed."""
    fingerprint = plan.fingerprint(now)
    if share is not None:
        fingerprint += f" {share.number} of {share.count}"
    run = new_run(connection, job, partial, plan, now)
    run.share = share
    state = read_state(partial)
    if (
        state is None
        or state.get("fingerprint") != fingerprint
        or not state["begun"] <= plan.gate.now <= state["begun"] + _RESUMABLE
    ):
        clear(partial)
        (partial / "data").mkdir()
        more = {"fingerprint": fingerprint, "begun": plan.gate.now, "lengths": [0, 0]}
        _write_state(run, more)
        return run
    run.counts = Counts.from_json(state["tally"])
    run.files = [FileEntry(**item) for item in state["files"]]
    run.after = state["after"]
    run.parts.counts = dict(state["counts"])
    _drop_unfinished(run, state["lengths"])
    return run


def clear(partial: Path) -> None:
    """Empty a draft but for its lock."""
    for path in partial.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != LOCK:
            path.unlink()


def stream(
    run: Run,
    connection: Connection,
    beside: tuple[IO[bytes], IO[bytes]],
    progress: Progress | None,
) -> None:
    """Write what may leave the job to the draft's data files and the two files `beside`."""
    (total,) = connection.execute(
        "SELECT count(*) FROM page WHERE state IN ('active', 'held')"
    ).fetchone()
    (done,) = connection.execute(
        "SELECT count(*) FROM page WHERE state IN ('active', 'held') AND url_id <= ?", (run.after,)
    ).fetchone()
    state = read_state(run.folder) or {}

    def miss(number: int) -> None:
        row = connection.execute("SELECT url FROM url WHERE id = ?", (number,)).fetchone()
        run.miss(f"page {row[0] if row else number}")

    for page in read_pages(connection, run.after, miss, run.share):
        done += 1
        made = _made(run, page)
        if made is None:
            run.miss(f"page {page.url}")
        elif isinstance(made, str):
            run.counts.left_out[made] += 1
        else:
            full = _take(run, connection, page, made, beside)
            run.after = page.url_id
            if full:
                _cut(run, beside, state)
        if progress is not None and done % _PROGRESS_EVERY == 0:
            progress(done, total)
    _cut(run, beside, state)
    if progress is not None:
        progress(done, total)


def _made(run: Run, page: Page) -> tuple[Record, Mapping[str, int]] | str | None:
    """Return the record of a page, why it is left out, or None if what is stored is damaged."""
    try:
        site = run.sites.of(page.url, page.snapshots)
        return _why_left_out(run, page, site) or _record(run, page, site)
    except DAMAGE:
        return None


def _record(run: Run, page: Page, site: SiteFiles) -> tuple[Record, Mapping[str, int]]:
    """Return a record, and how often what was masked in it."""
    options = run.plan.options
    reference = options.audience == "publish" and page.licence_class not in OPEN
    text = "" if reference else page.text
    counts: Mapping[str, int] = {}
    mask = run.plan.mask
    if mask is not None and text:
        text, counts = mask(text)
    record = make_record(
        page,
        site.listed,
        run.origin,
        text=text,
        masked=mask is not None,
        tokens=_tokens(run, text or page.text, page),
    )
    return record, counts


def _tokens(run: Run, text: str, page: Page) -> tuple[int, str]:
    tokenizer = run.plan.tokenizer
    if tokenizer is None:
        return page.tokens, page.token_method
    return tokenizer.count(text), tokenizer.method


def _why_left_out(run: Run, page: Page, site: SiteFiles) -> str:
    gate = run.plan.gate
    why = why_not_fresh(page, site, gate) or why_refused(page, site, gate)
    if why:
        return why
    if gate.suppression is not None:
        url = parse(page.url)
        authors = tuple(json.loads(page.metadata).get("authors", ()))
        if url is None or gate.suppression.refuses(url, page.text_sha256, authors):
            return "suppressed"
    return next((reason for reason, test in run.tests if test(page)), "")


def _take(
    run: Run,
    connection: Connection,
    page: Page,
    made: tuple[Record, Mapping[str, int]],
    beside: tuple[IO[bytes], IO[bytes]],
) -> bool:
    record, masked = made
    options = run.plan.options
    attribution, released = beside
    doc_id = page.doc_id
    if options.version:
        released.write(f"{doc_id}\t{page.text_sha256[:16]}\n".encode())
    if options.since and _was_in(connection, options.since, doc_id, page.text_sha256):
        run.counts.left_out["unchanged-since"] += 1
        return False
    run.counts.masked.update(masked)
    reference = options.audience == "publish" and page.licence_class not in OPEN
    run.counts.add(record, reference=reference)
    if page.licence_spdx:
        attribution.write(credit(record))
    group = _group(run.form, page, reference=reference)
    if run.share is not None:
        group = f"{group}-{run.share.number:05d}"
    return run.parts.write(group, record, page)


def _group(form: Format, page: Page, *, reference: bool) -> str:
    if not form.by_class:
        return "reference" if reference else "train"
    return "reference/train" if reference else f"{page.licence_class.lower()}/train"


def _was_in(connection: Connection, version: str, doc_id: str, text_sha256: str) -> bool:
    row = connection.execute(
        "SELECT text FROM released WHERE version = ? AND doc_id = ?", (version, doc_id)
    ).fetchone()
    return row is not None and row[0] == text_sha256[:16]


def _cut(run: Run, beside: tuple[IO[bytes], IO[bytes]], state: dict[str, Any]) -> None:
    run.files += run.parts.cut()
    lengths = []
    for file in beside:
        file.flush()
        os.fsync(file.fileno())
        lengths.append(file.tell())
    _write_state(run, {**state, "lengths": lengths})


def _write_state(run: Run, more: dict[str, Any]) -> None:
    state = {
        **more,
        "after": run.after,
        "counts": run.parts.counts,
        "files": [asdict(entry) for entry in run.files],
        "tally": run.counts.to_json(),
    }
    path = run.folder / STATE
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(orjson.dumps(state))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read_state(partial: Path) -> dict[str, Any] | None:
    """Return how far a draft had come, None if it had not."""
    try:
        value = orjson.loads((partial / STATE).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None
    return value if isinstance(value, dict) else None


def _drop_unfinished(run: Run, lengths: list[int]) -> None:
    finished = {entry.path for entry in run.files}
    for path in (run.folder / "data").rglob("*"):
        if path.is_file() and path.relative_to(run.folder).as_posix() not in finished:
            path.unlink()
    for name, length in zip((ATTRIBUTION, RELEASED), lengths, strict=True):
        with (run.folder / name).open("ab") as file:
            file.truncate(length)


@contextmanager
def appending(run: Run) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Open the files beside the data: whom to credit, and what was released."""
    with (run.folder / ATTRIBUTION).open("ab") as one, (run.folder / RELEASED).open("ab") as two:
        yield one, two
