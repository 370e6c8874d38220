"""Write a job's corpus: streaming, in the order of the store, resumable, never half-seen.

Everything is written in `OUT.partial`, which becomes `OUT` by one rename when all of it is
on disk. A run that was killed goes on after its last finished cut.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import orjson

from crawler.core.urls import parse
from crawler.corpus.errors import CorpusError
from crawler.corpus.export.formats import format_of
from crawler.corpus.export.part_files import DataFiles
from crawler.corpus.export.versions import check_version, register
from crawler.corpus.records.counts import Counts
from crawler.corpus.records.data_files import FileEntry
from crawler.corpus.records.export_facts import crawl_id_of, facts_of
from crawler.corpus.records.export_plan import Exported, Plan, Progress
from crawler.corpus.records.format import Format, Source
from crawler.corpus.records.record import OPEN, Origin, Page, Record, make_record, stamp
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
from crawler.corpus.statements.manifest import write_documents
from crawler.storage import sync_folder
from crawler.store.archive import FOLDER as ARCHIVE
from crawler.store.damaged_reads import DAMAGE
from crawler.store.database import Connection
from crawler.store.job import hold, read_job
from crawler.store.ledger import Head
from crawler.store.row_seals import head_of_corpus

DRAFTS = "exports"  # names the drafts of exports, which a kill may have left anywhere
_STATE = "state.json"
_LOCK = "lock"  # see store.job
_RELEASED = "released.tsv"
_OURS = frozenset({_STATE, _RELEASED, _LOCK})
_PROGRESS_EVERY = 1_000
# Later, consent that was fresh when a file was written may have run out: begin anew.
_RESUMABLE = 3_600.0


@dataclass(slots=True)
class _Run:
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

    def miss(self, place: str) -> None:
        """Note a page that cannot be read; the others are exported."""
        self.damaged.append(place)
        self.counts.left_out["damaged"] += 1


def export(
    job: Path,
    out: Path,
    plan: Plan,
    progress: Progress | None = None,
    carry: Callable[[Path, frozenset[str]], str] | None = None,
) -> Exported:
    """Export the job in `job` to the folder `out`, which must not be there yet.

    The same job state and the same policy give the same bytes; nothing is written to the
    ledger. Pages without fresh consent are left out and counted. With `carry` the draft is
    given to it, with the names in it that are no part of the export, and nothing stays here;
    it returns where the export is.

    Raises:
        CorpusError: `out` is taken, or the version is not one that may follow.
        StoreError: The job cannot be read.
    """
    out = out.resolve()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CorpusError(
            "nothing was exported", f"{out} is already there", "name a folder that is not"
        )
    partial = out.with_name(out.name + ".partial")
    with read_job(job) as connection:
        now = head_of_corpus(connection)
        check_version(connection, plan.options, now)
        with _drafting(job, partial):
            run = _begin(connection, job, partial, plan, now)
            with _appending(run) as (attribution, released):
                _stream(run, connection, (attribution, released), progress)
            facts = facts_of(connection, plan, run.form, run.counts, now)
            write_documents(connection, partial, facts, run.files)
            where = carry(partial, _OURS) if carry is not None else str(out)
    manifest = (partial / "manifest.json.sha256").read_text().split()[0]
    if plan.options.version:
        register(job, plan.options.version, now, manifest, partial / _RELEASED)
    if carry is None:
        _publish(partial, out)
    else:
        shutil.rmtree(partial)
    return Exported(
        folder=where,
        records=run.counts.records,
        references=run.counts.references,
        files=len(run.files),
        bytes=run.counts.bytes,
        words=run.counts.words,
        tokens=run.counts.tokens_with_method,
        left_out=dict(sorted(run.counts.left_out.items())),
        refused=facts.decided["refused"],
        filtered=facts.decided["filtered"],
        unproven=facts.decided["unproven"],
        version=facts.version,
        as_of=stamp(now.at),
        ledger_head=now.hash,
        manifest_sha256=manifest,
        damaged=(*run.damaged, *(f"raw answer of {url}" for url in run.parts.source.damaged)),
    )


def _begin(connection: Connection, job: Path, partial: Path, plan: Plan, now: Head) -> _Run:
    fingerprint = plan.fingerprint(now)
    crawl_id = crawl_id_of(connection)
    origin = Origin(plan.settings.name, crawl_id, plan.user_agent)
    sites = Sites(connection, plan.gate.consent)
    form = format_of(plan.options.format)
    source = Source(job / ARCHIVE, sites, plan, now.at)
    parts = DataFiles(partial, form, source)
    run = _Run(plan, form, partial, origin, sites, parts, filters(plan.settings))
    state = _read_state(partial)
    if (
        state is None
        or state.get("fingerprint") != fingerprint
        or not state["begun"] <= plan.gate.now <= state["begun"] + _RESUMABLE
    ):
        _clear(partial)
        (partial / "data").mkdir()
        more = {"fingerprint": fingerprint, "begun": plan.gate.now, "lengths": [0, 0]}
        _write_state(run, more)
        return run
    run.counts = Counts.from_json(state["tally"])
    run.files = [FileEntry(**item) for item in state["files"]]
    run.after = state["after"]
    parts.counts = dict(state["counts"])
    _drop_unfinished(run, state["lengths"])
    return run


@contextmanager
def _drafting(job: Path, partial: Path) -> Iterator[None]:
    """Hold the draft alone, and let the job know of it: a purge removes drafts of before."""
    try:
        partial.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(
            "nothing was exported",
            f"{partial} cannot be made ({error.strerror})",
            "name a folder in one that can be written",
        ) from error
    with hold(partial):
        with suppress(OSError), (job / DRAFTS).open("a") as file:  # a job may be read-only
            file.write(f"{partial}\n")
        yield


def _clear(partial: Path) -> None:
    for path in partial.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != _LOCK:
            path.unlink()


def _stream(
    run: _Run,
    connection: Connection,
    beside: tuple[IO[bytes], IO[bytes]],
    progress: Progress | None,
) -> None:
    (total,) = connection.execute(
        "SELECT count(*) FROM page WHERE state IN ('active', 'held')"
    ).fetchone()
    (done,) = connection.execute(
        "SELECT count(*) FROM page WHERE state IN ('active', 'held') AND url_id <= ?", (run.after,)
    ).fetchone()
    state = _read_state(run.folder) or {}

    def miss(number: int) -> None:
        row = connection.execute("SELECT url FROM url WHERE id = ?", (number,)).fetchone()
        run.miss(f"page {row[0] if row else number}")

    for page in read_pages(connection, run.after, miss):
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


def _made(run: _Run, page: Page) -> tuple[Record, Mapping[str, int]] | str | None:
    """Return the record of a page, why it is left out, or None if what is stored is damaged."""
    try:
        site = run.sites.of(page.url, page.snapshots)
        return _why_left_out(run, page, site) or _record(run, page, site)
    except DAMAGE:
        return None


def _record(run: _Run, page: Page, site: SiteFiles) -> tuple[Record, Mapping[str, int]]:
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


def _tokens(run: _Run, text: str, page: Page) -> tuple[int, str]:
    tokenizer = run.plan.tokenizer
    if tokenizer is None:
        return page.tokens, page.token_method
    return tokenizer.count(text), tokenizer.method


def _why_left_out(run: _Run, page: Page, site: SiteFiles) -> str:
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
    run: _Run,
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
    return run.parts.write(_group(run.form, page, reference=reference), record, page)


def _group(form: Format, page: Page, *, reference: bool) -> str:
    if not form.by_class:
        return "reference" if reference else "train"
    return "reference/train" if reference else f"{page.licence_class.lower()}/train"


def _was_in(connection: Connection, version: str, doc_id: str, text_sha256: str) -> bool:
    row = connection.execute(
        "SELECT text FROM released WHERE version = ? AND doc_id = ?", (version, doc_id)
    ).fetchone()
    return row is not None and row[0] == text_sha256[:16]


def _cut(run: _Run, beside: tuple[IO[bytes], IO[bytes]], state: dict[str, Any]) -> None:
    run.files += run.parts.cut()
    lengths = []
    for file in beside:
        file.flush()
        os.fsync(file.fileno())
        lengths.append(file.tell())
    _write_state(run, {**state, "lengths": lengths})


def _write_state(run: _Run, more: dict[str, Any]) -> None:
    state = {
        **more,
        "after": run.after,
        "counts": run.parts.counts,
        "files": [asdict(entry) for entry in run.files],
        "tally": run.counts.to_json(),
    }
    path = run.folder / _STATE
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(orjson.dumps(state))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _read_state(partial: Path) -> dict[str, Any] | None:
    try:
        value = orjson.loads((partial / _STATE).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None
    return value if isinstance(value, dict) else None


def _drop_unfinished(run: _Run, lengths: list[int]) -> None:
    finished = {entry.path for entry in run.files}
    for path in (run.folder / "data").rglob("*"):
        if path.is_file() and path.relative_to(run.folder).as_posix() not in finished:
            path.unlink()
    for name, length in zip((ATTRIBUTION, _RELEASED), lengths, strict=True):
        with (run.folder / name).open("ab") as file:
            file.truncate(length)


@contextmanager
def _appending(run: _Run) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    with (run.folder / ATTRIBUTION).open("ab") as one, (run.folder / _RELEASED).open("ab") as two:
        yield one, two


def _publish(partial: Path, out: Path) -> None:
    for name in _OURS:
        (partial / name).unlink(missing_ok=True)
    for folder in [*(path for path in partial.rglob("*") if path.is_dir()), partial]:
        sync_folder(folder)
    if out.exists():
        out.rmdir()
    partial.rename(out)
    sync_folder(out.parent)
