"""An export held against the job it is said to be of, record by record.

What a job held when an export was made is told by its ledger: entries up to the one that the
export names as its head say of each record whether it was in use, and, salted, what it said.
What left since is named as removed, not as forged.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from crawler.core.content.figures.masks import mask
from crawler.core.policy import ConsentPolicy
from crawler.corpus.export.opened_export import OpenedExport, open_export
from crawler.corpus.export.verify_between import Compared
from crawler.corpus.records.export_facts import crawl_id_of
from crawler.corpus.records.record import (
    OPEN,
    PAGE_COLUMNS,
    Origin,
    Page,
    Record,
    make_record,
    stamp,
)
from crawler.corpus.records.selection import PAGES_FROM, Sites
from crawler.corpus.statements.manifest import MANIFEST, SIGNATURE
from crawler.corpus.upkeep.verify_manifest import stated_wrong
from crawler.store.database import Connection
from crawler.store.job import read_job
from crawler.store.ledger import Head, Subject, name, record_id
from crawler.store.page_rows import said_by_record
from crawler.store.row_seals import head_of_corpus
from crawler.store.signing_memory import remembered_keys

# What an entry about a page makes of its state; others leave it as it was.
_STATES = {
    "include": "active",
    "confirm": "active",
    "hold": "held",
    "retire": "out",
    "purge": "out",
}
# Not of the page's own row, or of the export: compared elsewhere, or not at all.
_NOT_COMPARED = frozenset({"source", "text"})
_NOT_OF_THE_PAGE = frozenset(
    {
        "crawl_id",
        "crawler_user_agent",
        "token_count_est",
        "token_method",
        "minhash_cluster",
        "duplicate",
        "quality",
        "pii",
    }
)


_AT = "SELECT at FROM ledger WHERE seq = ?"


class _Entry(NamedTuple):
    seq: int
    kind: str
    payload: dict[str, Any]


class _Standing(NamedTuple):
    """A record at the export's place in the ledger: its state, and the entries about it."""

    subject: str
    state: str
    last: _Entry  # up to that place
    later: tuple[_Entry, ...]


def compare_with_job(out: Path, job: Path, key_id: str = "") -> Compared:
    """Compare every record of the export in `out` with the job in `job` as it was then.

    `key_id` names the key that signed the export, "" if none did.

    Raises:
        CorpusError: `out` is no export.
        StoreError: `job` is no job.
    """
    export, found = open_export(out), Compared()
    with read_job(job) as connection:
        if not _is_of(connection, export, job, found):
            return found
        _signed(connection, key_id, found)
        comparison = _Comparison(connection, export, found)
        for path, record in export.read(lambda *_: None):  # damage is told by `verify_export`
            comparison.record(path, record)
        comparison.end()
    return found


def _is_of(connection: Connection, export: OpenedExport, job: Path, found: Compared) -> bool:
    """Say if the export was made of this job's chain; if not, tell why."""
    own = crawl_id_of(connection)
    if export.crawl_id != own:
        found.fault(MANIFEST, f"is of another job: it names {export.crawl_id}, {job} is {own}")
        return False
    row = connection.execute("SELECT hash, at FROM ledger WHERE seq = ?", (export.seq,)).fetchone()
    last = head_of_corpus(connection)
    if row is None and export.seq > last.seq:
        found.fault(
            f"ledger {export.seq}",
            f"is where the export says it was made; the job's ledger ends at {last.seq}: it lost"
            " entries, or the manifest was changed",
        )
        return False
    if row is None or row[0] != export.head:
        found.fault(
            f"ledger {export.seq}",
            "is not the head that the export was made with: it is of another job, its manifest was"
            " changed, or the job's chain was written anew",
        )
        return False
    if row[1] != export.manifest["ledger"].get("at"):
        found.fault(MANIFEST, "states another time of the ledger's head than the ledger")
    _version(connection, export, last, found)
    try:
        for what in stated_wrong(connection, export, row[1] if export.seq == last.seq else None):
            found.fault(MANIFEST, what)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        found.fault(MANIFEST, f"is not one of ours ({error!r})")
    return True


def _signed(connection: Connection, key_id: str, found: Compared) -> None:
    """Say whose key it is, as far as the job remembers the keys that signed for it."""
    known = [key.id for key in remembered_keys(connection)]
    if key_id in known:
        found.note(f"signed by {key_id}, as exports of this job are")
    elif key_id and known:
        found.fault(SIGNATURE, f"is by {key_id}, which never signed for this job: {known[-1]} does")
    elif known:
        found.note(f"bears no valid signature, though this job has a key: {known[-1]}")


def _version(connection: Connection, export: OpenedExport, last: Head, found: Compared) -> None:
    """Hold a published version against what the job remembers of it; tell how old it is."""
    released = dict(connection.execute("SELECT version, manifest FROM release"))
    if export.version in released:
        if released[export.version] != export.sha256:
            found.fault(
                MANIFEST, f"is not the one that the job published as version {export.version}"
            )
    elif export.version != "0.0.0":
        found.fault(MANIFEST, f"calls itself version {export.version}: the job published none such")
    if export.seq < last.seq:
        newer = connection.execute(
            "SELECT version FROM release WHERE seq > ? ORDER BY seq DESC LIMIT 1", (export.seq,)
        ).fetchone()
        later = f", which has published version {newer[0]} since" if newer else ""
        found.note(
            f"an older export: made at ledger {export.seq} of the job, now at {last.seq}{later}"
        )


class _Comparison:
    """The records of an export, one after the other, against the store."""

    def __init__(self, connection: Connection, export: OpenedExport, found: Compared) -> None:
        self._connection = connection
        self._export = export
        self._found = found
        self._numbers = _numbers(connection)
        self._origin = Origin("", export.crawl_id, "")
        self._sites = Sites(connection, ConsentPolicy())  # which are stated hangs on no policy
        self._at = stamp(connection.execute(_AT, (export.seq,)).fetchone()[0])
        self._removed: Counter[str] = Counter()
        self._mute = 0  # records that changed since, of which no entry tells what they said
        self._policies = {row[0] for row in connection.execute("SELECT sha256 FROM policy")}

    def record(self, path: str, record: Record) -> None:
        """Compare one record."""
        try:
            place = f"record {record['id']}"
            wrong = self._wrong(record)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            place, wrong = path, [f"holds a record that is none of ours ({error!r})"]
        self._found.records += 1
        for what in wrong:
            self._found.fault(place, f"{what} ({path})")

    def _wrong(self, record: Record) -> list[str]:
        standing = _standing(self._connection, record["id"], self._export.seq)
        if isinstance(standing, str):
            return [standing]
        if standing.state != "active":
            entry = f"{standing.last.kind} at {standing.last.seq}"
            return [f"was not in use at ledger {self._export.seq}: {entry}"]
        number = self._numbers.get(record["id"])
        gone = next((item for item in standing.later if item.kind in ("retire", "purge")), None)
        if gone is not None:
            self._tell_removed(record, gone)
        if number is None:  # its salt was erased: nothing of it may be known any more
            return [] if gone is not None else ["is of no page that the job holds"]
        return self._said(record, standing, number, gone=gone is not None)

    def _tell_removed(self, record: Record, gone: _Entry) -> None:
        reason = str(gone.payload.get("reason", gone.kind))
        self._removed[reason] += 1
        url = "" if reason == "erasure" else f" ({record['metadata']['url']})"
        self._found.note(f"record {record['id']}{url}: removed since, ledger {gone.seq} ({reason})")

    def _said(self, record: Record, standing: _Standing, number: int, *, gone: bool) -> list[str]:
        row = self._connection.execute(
            f"SELECT {PAGE_COLUMNS}{PAGES_FROM} WHERE url_id = ?", (number,)
        ).fetchone()
        if not standing.later and row is not None:
            return self._differs(record, Page(*row))
        (salt,) = self._connection.execute(
            "SELECT salt FROM subject WHERE url_id = ?", (number,)
        ).fetchone()
        said = standing.last.payload.get("said")
        if said is None:
            self._mute += not gone
            return []
        if Subject(standing.subject, salt).said(said_by_record(record)) != said:
            then = f"ledger {standing.last.seq}"
            return [f"has another text hash, licence or decision than it had at {then}"]
        if name(salt, record["metadata"]["url"]) != standing.subject:
            return ["has another address than it had then"]
        return []

    def _differs(self, record: Record, page: Page) -> list[str]:
        """Name what differs from the page as it is stored: nothing happened to it since."""
        about = record["metadata"]
        masked = self._export.masked
        made = make_record(page, [], self._origin, text="", masked=masked, tokens=(0, ""))
        names = [key for key in made if key != "metadata" and key not in _NOT_COMPARED]
        wrong = [key for key in names if record.get(key) != made[key]]
        for key, value in made["metadata"].items():
            if key == "consent":
                wrong += _consent(about[key], value)
            elif key not in _NOT_OF_THE_PAGE and key in about and about[key] != value:
                wrong.append(f"metadata.{key}")
        reference = self._export.audience == "publish" and page.licence_class not in OPEN
        text = "" if reference else mask(page.text).text if masked else page.text
        if record["text"] != text:
            wrong.append("text")
        told = [f"differs from the job's page {page.url} in {', '.join(wrong)}"] if wrong else []
        return told + self._site_files(about["consent"]) + self._unnamed(page, about["consent"])

    def _unnamed(self, page: Page, consent: dict[str, Any]) -> list[str]:
        """Say which site files spoke for the page already then, and are not stated."""
        return [
            f"does not name a site file as the job got it: {item['url']}"
            for item in self._sites.of(page.url, page.snapshots).listed
            if item["fetched_at"] < self._at and item not in consent["site_files"]
        ]

    def _site_files(self, consent: dict[str, Any]) -> list[str]:
        """Say which site files are stated that the job never got."""
        if consent["policy_version"] not in self._policies:
            return [f"names a policy the job does not know: {consent['policy_version']}"]
        query = "SELECT 1 FROM snapshot WHERE url = ? AND sha256 = ? AND found = ? LIMIT 1"
        return [
            f"names a site file that the job never got so: {item['url']}"
            for item in consent["site_files"]
            if self._connection.execute(
                query, (item["url"], item["sha256"], item["found"])
            ).fetchone()
            is None
        ]

    def end(self) -> None:
        """Compare the totals: what was in the job then is a record, or was counted as left out."""
        for reason, count in sorted(self._removed.items()):
            self._found.note(f"{count} records were removed since: {reason}")
        if self._mute:
            self._found.note(
                f"{self._mute} records changed in the job since, and its ledger of then does not"
                " tell what they said: they were compared by their id alone"
            )
        for doc_id, what in _tombstones(self._connection, self._export):
            self._found.fault(f"tombstones.jsonl {doc_id}", what)
        left = sum(_all(self._export.manifest.get("left_out")))
        looked = self._found.records + left
        then = _held(self._connection, self._export.seq)
        if looked != then:
            self._found.fault(
                MANIFEST,
                f"accounts for {looked} pages ({self._found.records} records, {left} left out),"
                f" the job held {then} at ledger {self._export.seq}",
            )


def _consent(stated: dict[str, Any], made: dict[str, Any]) -> list[str]:
    # Site files are those of the day of the export, which may be newer than the decision.
    own = {"site_files", "robots_sha256", "robots_fetched_at"}
    return [
        f"metadata.consent.{key}"
        for key, value in made.items()
        if key not in own and stated.get(key) != value
    ]


def _all(counts: object) -> Iterator[int]:
    if isinstance(counts, dict):
        for item in counts.values():
            yield from _all(item)
    elif isinstance(counts, int):
        yield counts


def _numbers(connection: Connection) -> dict[str, int]:
    """Return the page of each record id; those whose salt was erased have none any more."""
    rows = connection.execute(
        "SELECT url_id, salt, coalesce(nullif(page.url, ''), url.url) FROM subject"
        " JOIN url ON url.id = url_id LEFT JOIN page USING (url_id)"
    )
    return {record_id(name(salt, url)): number for number, salt, url in rows}


def _standing(connection: Connection, doc_id: str, seq: int) -> _Standing | str:
    """Return how a record stood at an entry of the ledger, or why it did not."""
    rows = connection.execute(
        "SELECT seq, kind, subject, payload FROM ledger WHERE subject >= ? AND subject < ?"
        " ORDER BY seq",
        (doc_id, f"{doc_id}g"),
    ).fetchall()
    entries = [_Entry(number, kind, json.loads(payload)) for number, kind, _, payload in rows]
    before = [entry for entry in entries if entry.seq <= seq]
    if not entries:
        return "is of no page that the job ever held"
    if not before:
        return f"came into the job at ledger {entries[0].seq}, after this export"
    state = ""
    for entry in before:
        if entry.kind == "reconsent":
            state = "active" if entry.payload.get("from") == "held" else "held"
        state = _STATES.get(entry.kind, state)
    return _Standing(rows[0][2], state, before[-1], tuple(entries[len(before) :]))


def _tombstones(connection: Connection, export: OpenedExport) -> Iterator[tuple[str, str]]:
    """Yield the ids by which the list of what was taken out differs from the ledger of then."""
    if connection.execute("SELECT 1 FROM ledger WHERE kind = 'merge' LIMIT 1").fetchone():
        return  # what was taken out in the jobs that were merged is in their ledgers
    out = {
        record_id(subject): seq
        for subject, kind, seq in connection.execute(_LAST_STATES, (export.seq,))
        if kind in ("retire", "purge")
    }
    try:
        lines = (export.folder / "tombstones.jsonl").read_bytes().splitlines()
        listed = {str(json.loads(line)["id"]) for line in lines}
    except (OSError, ValueError, KeyError, TypeError):
        return  # told as missing or altered, or `verify_export` has more to say
    for doc_id in sorted(out.keys() - listed):
        yield doc_id, f"is missing: the record was taken out at ledger {out[doc_id]}"
    for doc_id in sorted(listed - out.keys()):
        yield doc_id, "is of a record that the ledger of then does not take out"


# The bare columns come from the row with the largest number.
_LAST_STATES = (
    "SELECT subject, kind, max(seq) FROM ledger WHERE subject != '' AND seq <= ?"
    " AND kind IN ('include', 'confirm', 'hold', 'retire', 'purge', 'reconsent') GROUP BY subject"
)


def _held(connection: Connection, seq: int) -> int:
    """Count the pages that were active or held at an entry of the ledger."""
    (count,) = connection.execute(
        f"SELECT count(*) FROM ({_LAST_STATES}) WHERE kind NOT IN ('retire', 'purge')",  # noqa: S608
        (seq,),
    ).fetchone()
    return int(count)
