"""What a job's ledger says of its rows, and the rows: every one held against its digest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256

from crawler.store.canonical import digest_and_marks, digest_of
from crawler.store.damaged_reads import heard, readable
from crawler.store.database import Connection
from crawler.store.evidence import SNAPSHOT_COLUMNS
from crawler.store.job import DATABASE
from crawler.store.ledger import RESTORED, SEALS, Fault, name, verify_chain
from crawler.store.page_rows import SEALED, Row, sealed_row
from crawler.store.row_seals import CLEANED, verify_rows

_MARK = 4
_REFUSED = (
    " FROM decision LEFT JOIN page ON page.url_id = decision.url_id"
    " WHERE page.url_id IS NULL AND included = 0"
)


def _pages(connection: Connection) -> Iterator[Fault]:
    named: set[str] = set()
    # Numbers first: a row that cannot be read costs itself.
    for (number,) in connection.execute("SELECT url_id FROM page ORDER BY url_id"):
        yield from heard(f"page {number}", _page(connection, number, named))
    yield from _lost(connection, named)


def _page(connection: Connection, number: int, named: set[str]) -> Iterator[Fault]:
    url, state, salt, marks = connection.execute(
        "SELECT url, state, salt, marks FROM page LEFT JOIN subject USING (url_id)"
        " WHERE url_id = ?",
        (number,),
    ).fetchone()
    if state != "purged":
        subject = name(salt, url) if salt else ""
        row = connection.execute(
            "SELECT kind, payload FROM ledger WHERE subject = ? ORDER BY seq DESC LIMIT 1",
            (subject,),
        ).fetchone()
        if not subject or row is None:
            yield Fault(f"page {url} url", "is not the one that a ledger entry is about")
            return
        named.add(subject)
        unread: Row | None = ()
        sealed = readable(lambda: sealed_row(connection, number), unread)
        if sealed is None:
            yield Fault(f"page {url} decision", "is missing")
            return
        if not sealed:
            yield Fault(f"page {url} row", "cannot be read: its bytes are no values of its columns")
            return
        digest, now = digest_and_marks(sealed)
        if json.loads(row[1]).get("digest") != digest or now != marks:
            yield Fault(f"page {url} {_altered(marks, now)}", "was altered")


def _purged(connection: Connection) -> Iterator[Fault]:
    """Hold purged pages against what a purge leaves: they name nobody the ledger could."""
    reasons = Counter(
        json.loads(payload).get("reason")
        for (payload,) in connection.execute(
            "SELECT payload FROM ledger WHERE kind = 'purge' AND subject != ''"
        )
    )
    cursor = connection.execute("SELECT * FROM page WHERE state = 'purged'")
    names = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        number, reason = row["url_id"], row["state_reason"]
        if not reasons[reason]:
            yield Fault(
                f"page {number} state", f"is purged for {reason!r}, as no ledger entry says"
            )
        reasons[reason] -= 1
        for column in names:
            if row[column] and column not in ("url_id", "state", "state_reason"):
                yield Fault(f"page {number} {column}", "was altered: its page is purged")


def _altered(before: bytes, now: bytes) -> str:
    if len(before) != len(now):
        return "marks"
    changed = [
        column
        for at, column in enumerate(SEALED)
        if before[at * _MARK : (at + 1) * _MARK] != now[at * _MARK : (at + 1) * _MARK]
    ]
    # All marks fit: row and marks were changed together.
    return " ".join(item.removeprefix("page.") for item in changed) or "row"


def _lost(connection: Connection, named: set[str]) -> Iterator[Fault]:
    rows = connection.execute(
        "SELECT subject, kind, max(seq) FROM ledger WHERE subject != '' GROUP BY subject"
    )
    for subject, kind, seq in rows:
        if kind != "purge" and subject not in named:
            yield Fault(f"ledger {seq}", f"is about a page that is not in the store ({kind})")


def _site_files(connection: Connection) -> Iterator[Fault]:
    for digest, body, used in connection.execute(
        "SELECT sha256, body, sha256 IN (SELECT sha256 FROM snapshot) FROM blob"
    ):
        if not used or sha256(body).hexdigest() != digest:
            yield Fault(f"blob {digest}", "was altered" if used else "is of no site file")
    for number, digest in connection.execute(
        "SELECT id, sha256 FROM snapshot WHERE sha256 NOT IN (SELECT sha256 FROM blob)"
    ):
        yield Fault(f"blob {digest}", f"is missing (of snapshot {number})")
    stated = {}
    for (payload,) in connection.execute("SELECT payload FROM ledger WHERE kind = 'evidence'"):
        entry = json.loads(payload)
        stated[entry["snapshot"]] = entry["digest"]
    columns = ", ".join(SNAPSHOT_COLUMNS)
    for row in connection.execute(f"SELECT {columns} FROM snapshot"):  # noqa: S608 - fixed names
        if stated.pop(row[0], None) != digest_of(row):
            yield Fault(f"snapshot {row[0]} of {row[3]}", "was altered")
    yield from (Fault(f"snapshot {number}", "is missing") for number in sorted(stated))


def _policies(connection: Connection) -> Iterator[Fault]:
    stated = {}
    for (payload,) in connection.execute("SELECT payload FROM ledger WHERE kind = 'policy'"):
        entry = json.loads(payload)
        stated[entry["policy"]] = entry["digest"]
    for row in connection.execute("SELECT * FROM policy"):
        if stated.pop(row[0], None) != digest_of(row):
            yield Fault(f"policy {row[0]}", "was altered")
    yield from (Fault(f"policy {digest}", "is missing") for digest in sorted(stated))


def _refusals(connection: Connection) -> Iterator[Fault]:
    """Each refusal that keeps no page belongs to a class that the ledger names."""
    logged = set()
    for (payload,) in connection.execute(
        "SELECT payload FROM ledger WHERE kind = 'refuse' AND subject = ''"
    ):
        entry = json.loads(payload)
        logged.add((entry["gate"], entry["reason"], tuple(entry["snapshots"]), entry["policy"]))
    for number, gate, reason, snapshots, policy in connection.execute(
        f"SELECT decision.url_id, gate, reason, snapshots, policy_sha256{_REFUSED}"
    ):
        if (gate, reason, tuple(json.loads(snapshots)), policy) not in logged:
            yield Fault(f"decision {number}", "is of no class of refusals that the ledger names")


def _releases(connection: Connection) -> Iterator[Fault]:
    for version, seq, stated in connection.execute("SELECT version, seq, head FROM release"):
        row = connection.execute("SELECT hash FROM ledger WHERE seq = ?", (seq,)).fetchone()
        if row is None or row[0] != stated:
            yield Fault(
                f"ledger {seq}", f"is not the head that version {version} was published with"
            )


def _restores(connection: Connection) -> Iterator[Fault]:
    """Look that a restore went on from where the snapshot's ledger stood."""
    for seq, payload in connection.execute(
        "SELECT seq, payload FROM ledger WHERE kind = ? ORDER BY seq", (RESTORED,)
    ):
        number, digest = json.loads(payload)["head"]
        row = connection.execute("SELECT hash FROM ledger WHERE seq = ?", (number,)).fetchone()
        if number and (number >= seq or row is None or row[0] != digest):
            yield Fault(f"ledger {seq}", "goes on from a snapshot of another ledger")


def _cleanings(connection: Connection) -> Iterator[Fault]:
    """Texts were taken out of an older job's evidence once, before its rows were sealed.

    Such an entry may follow no other digest than the one it names, and none may come later.
    """
    before: dict[str, str] = {}
    done = False
    for seq, kind, subject, payload in connection.execute(
        "SELECT seq, kind, subject, payload FROM ledger"
        " WHERE subject IN (SELECT subject FROM ledger WHERE kind = ? AND subject != '')"
        " OR kind IN (?, ?) OR seq = 1 ORDER BY seq",
        (CLEANED, CLEANED, SEALS),
    ):
        entry = json.loads(payload)
        if kind == CLEANED and done:
            yield Fault(f"ledger {seq}", "takes out texts that the job's crawler never kept")
        if kind == CLEANED and subject and entry.get("was") != before.get(subject):
            yield Fault(f"ledger {seq}", "takes a text out of another row than the one before")
        done = done or SEALS in entry
        before[subject] = str(entry.get("digest", ""))


def cleaned(connection: Connection) -> set[int]:
    """Return the pages whose last entry says that a text was taken out of their evidence."""
    wanted = {
        row[0]
        for row in connection.execute(
            "SELECT subject FROM ledger WHERE kind = ? AND subject != ''", (CLEANED,)
        )
    }
    if not wanted:
        return set()
    rows = connection.execute("SELECT url_id, salt, url FROM page JOIN subject USING (url_id)")
    return {number for number, salt, url in rows if name(salt, url) in wanted}


def _structure(connection: Connection) -> Iterator[Fault]:
    """Walk every b-tree: an index that is damaged answers wrongly without a word."""
    for (text,) in connection.execute("PRAGMA quick_check(20)"):
        if text != "ok":
            yield Fault(DATABASE, f"is damaged ({' '.join(text.split())}): run `crawler doctor`")


CHECKS: Mapping[str, Callable[[Connection], Iterator[Fault] | tuple[Fault, ...]]] = {
    DATABASE: _structure,
    "the ledger": verify_chain,
    "table page": _pages,
    "purged pages": _purged,
    "site files": _site_files,
    "table policy": _policies,
    "refusals": _refusals,
    "table release": _releases,
    "sealed rows": verify_rows,
    "cleaned rows": _cleanings,
    "restores": _restores,
}
