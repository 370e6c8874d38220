"""One job out of several: the newest word on each URL wins, duplicates are clustered.

The merged job holds texts, decisions, evidence and the records' ids; raw copies stay with
the jobs they were fetched by. What was purged in one job is in none of the result. What an
origin said to any job it said to all: all site files come along, and every page is decided
again whose origin says otherwise than what its decision rests on.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from crawler.core.consent import rules_version
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url, parse
from crawler.corpus.errors import CorpusError
from crawler.corpus.upkeep.duplicates import Clustered, cluster
from crawler.store.canonical import digest_of
from crawler.store.damaged_reads import Spared
from crawler.store.database import Connection, commit
from crawler.store.deciding_again import (
    Again,
    Rules,
    catch_up,
    followed,
    last_answer,
    note_followed,
    outdated,
)
from crawler.store.evidence import (
    load_snapshots,
    pack_evidence,
    save_snapshot,
    unpack_evidence,
)
from crawler.store.job import hold, make_folder, open_for_writing, read_job
from crawler.store.ledger import Head, append, head, log_refusal, subject_of
from crawler.store.page_rows import DECISION, PAGE, fixed, write_decision, write_pages
from crawler.store.pages import Context, change_state, drop_derived
from crawler.store.policy_changes import load_settings, save_settings
from crawler.store.removal_rows import copy_removals
from crawler.store.row_seals import secret_of, share_secret
from crawler.store.suppression import Suppression

_BATCH = 500
# The newest word on a URL is the last answer; of one answer, what was last made of it.
_WORD = "coalesce(decision.fetched_at, decided_at), decided_at"
_ANSWER = "origin, kind, url, fetched_at, expires_at, found, status, sha256, headers"
_SAME_ANSWER = (
    f"SELECT min(id) FROM snapshot WHERE ({_ANSWER})"  # noqa: S608 - fixed names
    " = (?, ?, ?, ?, ?, ?, ?, ?, ?) GROUP BY url"
)
_LIVE = ("active", "held")
_DONE = 2  # the frontier's state of a URL that waits for nothing


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge took, by what became of each URL."""

    jobs: int
    counts: dict[str, int]
    clusters: Clustered
    damaged: tuple[str, ...] = ()  # URLs of which what a job holds could not be read


@dataclass(slots=True)
class _Source:
    """One job being read, and what of it is in the merged one already."""

    connection: Connection
    into: Connection
    snapshots: dict[int, int] = field(default_factory=dict)

    def map(self, listed: str) -> str:
        """Return the ids that the site files with these ids have in the merged job."""
        known = self.snapshots
        return json.dumps([known[number] for number in json.loads(listed) if number in known])

    def take_site_files(self) -> None:
        """Take every answer that is not there yet, and what licences are attached to whom."""
        answers = f"SELECT id, {_ANSWER} FROM snapshot ORDER BY id"  # noqa: S608 - fixed names
        for number, *answer in self.connection.execute(answers):
            row = self.into.execute(_SAME_ANSWER, answer).fetchone()
            if row is None:
                (snapshot,) = load_snapshots(self.connection, (number,))
                self.snapshots[number] = save_snapshot(self.into, str(answer[0]), snapshot)
            else:
                self.snapshots[number] = row[0]
        self.into.executemany(
            "INSERT OR IGNORE INTO licence_file VALUES (?, ?)",
            self.connection.execute("SELECT origin, url FROM licence_file"),
        )


def merge(jobs: Iterable[Path], into: Path, suppression: Suppression | None) -> Merged:
    """Merge `jobs` into the job at `into`, made if it is not there.

    Its entries are dated as the newest of the jobs, so that the same jobs give the same one;
    a job that has not changed since it was merged is passed over.

    Raises:
        CorpusError: A job is to be merged into itself.
        StoreError: A job cannot be read, or another process holds `into`.
    """
    sources = list(jobs)
    if into.resolve() in {job.resolve() for job in sources}:
        raise CorpusError("nothing was merged", f"{into} is one of the jobs", "name a new folder")
    purged: set[tuple[str, int]] = set()
    secrets: list[str] = []
    now = 0.0
    for job in sources:
        with read_job(job) as connection:
            purged |= _purged(connection)
            secrets.append(secret_of(connection))
            now = max(now, head(connection).at)
    make_folder(into)
    with hold(into):
        connection = open_for_writing(into)
        try:
            share_secret(connection, secrets)
            counts: Counter[str] = Counter()
            damaged: list[str] = []
            for job in sources:
                with read_job(job) as source:
                    taken = _take(_Source(source, connection), purged, suppression, now, counts)
                    damaged += [f"{place} in {job}" for place in taken]
                    _keep_settings(source, connection, now)
            connection.execute("BEGIN IMMEDIATE")
            _retire(connection, purged, now)
            _catch_up(connection, now)
            clusters = cluster(connection)
            commit(connection)
        finally:
            connection.close()
    return Merged(len(sources), dict(sorted(counts.items())), clusters, tuple(damaged))


def _keep_settings(source: Connection, into: Connection, now: float) -> None:
    """Let the first job's policy speak for the merged one: its suppression list above all."""
    text = load_settings(source)
    if text is not None and load_settings(into) is None:
        into.execute("BEGIN IMMEDIATE")
        save_settings(into, text, now)
        commit(into)


def _purged(connection: Connection) -> set[tuple[str, int]]:
    return set(
        connection.execute(
            "SELECT host.name, url.key FROM page JOIN url ON url.id = url_id"
            " JOIN host ON host.id = host_id WHERE page.state = 'purged'"
        )
    )


def _retire(into: Connection, purged: set[tuple[str, int]], now: float) -> None:
    """Empty what an earlier merge took and a job has purged since."""
    for host, key in sorted(purged):
        row = into.execute(
            "SELECT url_id FROM page JOIN url ON url.id = url_id JOIN host ON host.id = host_id"
            " WHERE name = ? AND key = ? AND page.state IN ('active', 'held')",
            (host, key),
        ).fetchone()
        if row:
            change_state(into, row[0], "retired", "purged", now, "retire")


def _take(
    source: _Source,
    purged: set[tuple[str, int]],
    suppression: Suppression | None,
    now: float,
    counts: Counter[str],
) -> Iterable[str]:
    """Take what is new in one job; return what of it could not be read."""
    into, spared = source.into, Spared()
    last = head(source.connection)
    if _is_in(into, last):
        return ()
    into.execute("BEGIN IMMEDIATE")
    for row in source.connection.execute("SELECT * FROM policy").fetchall():
        if into.execute("INSERT OR IGNORE INTO policy VALUES (?, ?, ?, ?)", row).rowcount:
            log_policy(into, row, now)
    into.executemany(
        "INSERT OR REPLACE INTO tombstone VALUES (?, ?, ?, ?, ?, ?, ?)",
        source.connection.execute("SELECT * FROM tombstone"),
    )
    copy_removals(source.connection, into)
    source.take_site_files()
    rows = source.connection.execute(
        f"SELECT decision.url_id, url.url, {_WORD} FROM decision"  # noqa: S608 - fixed names
        " JOIN url ON url.id = url_id"
        " ORDER BY url_id"
    )
    for done, (number, text, *word) in enumerate(rows.fetchall(), 1):
        url = parse(text)
        with spared.row(f"what is held of {text}", into):
            if url is not None:
                counts[_one(source, (number, url, word), purged, suppression, now)] += 1
        if done % _BATCH == 0:
            commit(into)
            into.execute("BEGIN IMMEDIATE")
    if not spared.found:  # else it is merged again when it was mended
        append(into, "merge", {"seq": last.seq, "head": last.hash, "evidence": "all"}, now)
    commit(into)
    return spared.found


def _catch_up(into: Connection, now: float) -> None:
    """Let pages follow what their origins said to any of the jobs, each under its own policy."""
    rules = {
        digest: Rules(ConsentPolicy.model_validate_json(text), Context(digest, rules_version()))
        for digest, text in into.execute("SELECT sha256, consent FROM policy")
    }
    last, since = last_answer(into), followed(into)
    if last > since:
        numbers = outdated(into, since)
        catch_up(into, numbers, lambda stands: rules.get(stands.policy_sha256), now, Again())
        note_followed(into, last)


def _is_in(into: Connection, last: Head) -> bool:
    """Say whether a job has been merged whole as it is now."""
    # Older versions took only the site files that some decision named.
    row = into.execute(
        "SELECT 1 FROM ledger WHERE kind = 'merge' AND json_extract(payload, '$.head') = ?"
        " AND json_extract(payload, '$.evidence') = 'all'",
        (last.hash,),
    ).fetchone()
    return row is not None


def log_policy(connection: Connection, row: tuple[str, ...], now: float) -> None:
    """Fix a policy that came from another job."""
    payload = {"policy": row[0], "before": "", "digest": digest_of(row)}
    append(connection, "policy", payload, now)


def _one(
    source: _Source,
    what: tuple[int, Url, list[float]],
    purged: set[tuple[str, int]],
    suppression: Suppression | None,
    now: float,
) -> str:
    """Take one URL's decision and page; return what became of it."""
    number, url, word = what
    if (url.host, url.key) in purged:
        return "purged"
    into = source.into
    own = _url_id(into, url)
    before = into.execute(
        f"SELECT page.state, {_WORD} FROM decision"  # noqa: S608 - fixed names
        " LEFT JOIN page USING (url_id) WHERE url_id = ?",
        (own,),
    ).fetchone()
    if before is not None and list(before[1:]) >= word:
        same = list(before[1:]) == word
        return _follow(source, (number, own), before[0], now) if same else "older"
    page = source.connection.execute(
        f"SELECT {', '.join(PAGE)} FROM page WHERE url_id = ?",  # noqa: S608 - fixed names
        (number,),
    ).fetchone()
    fields = dict(zip(PAGE, page, strict=True)) if page else {}
    if suppression is not None:
        authors = tuple(json.loads(fields["metadata"]).get("authors", ())) if fields else ()
        if suppression.refuses(url, fields.get("text_sha256", ""), authors):
            return "suppressed"
    decision = list(
        source.connection.execute(
            f"SELECT {', '.join(DECISION)} FROM decision WHERE url_id = ?",  # noqa: S608
            (number,),
        ).fetchone()
    )
    decision[0] = own
    at = DECISION.index("snapshots")
    decision[at] = source.map(decision[at])
    at = DECISION.index("page")
    if decision[at] is not None:  # an older job's may still hold texts
        decision[at] = pack_evidence(unpack_evidence(decision[at]))
    if fields.get("state") not in _LIVE:
        write_decision(into, tuple(decision))
        fields = dict(zip(DECISION, decision, strict=True))
        if not fields["included"]:
            log_refusal(
                into,
                (fields["gate"], fields["reason"], fields["snapshots"]),
                (fields["policy_sha256"], fields["rules_version"]),
                fields["decided_at"],
            )
        if before is not None and before[0] in _LIVE:
            change_state(into, own, "retired", str(decision[3]), now, "retire")
        return "refused"
    fields |= {"url_id": own, "archive_file": "", "archive_offset": 0, "record_id": ""}
    _keep_salt(source, number, own)
    rows = fixed(tuple(fields[name] for name in PAGE), tuple(decision))
    write_pages(into, [rows])
    kind = "include" if fields["state"] == "active" else "hold"
    subject = subject_of(into, own, url.text)
    payload = {"merged": True, "digest": rows.digest, "said": subject.said(rows.said)}
    append(into, kind, payload, now, subject.name)
    annotation = source.connection.execute(
        "SELECT text_sha256, quality, pii FROM annotation WHERE url_id = ?", (number,)
    ).fetchone()
    drop_derived(into, own)
    if annotation:
        into.execute("INSERT INTO annotation VALUES (?, ?, ?, ?)", (own, *annotation))
    into.execute(
        "UPDATE url SET state = ?, outcome = 'kept' WHERE id = ?",
        (_DONE, own),
    )
    return str(fields["state"])


def _follow(
    source: _Source,
    ids: tuple[int, int],
    before: str | None,
    now: float,
) -> str:
    """Let a page already taken follow its job where only its state changed: gone, or silent."""
    row = source.connection.execute(
        "SELECT state, state_reason FROM page WHERE url_id = ?", (ids[0],)
    ).fetchone()
    if row is None or row[0] == before or before not in _LIVE:
        return "older"
    state, reason = row
    kind = {"active": "include", "held": "hold"}.get(state, "retire")
    change_state(source.into, ids[1], state, reason, now, kind)
    return str(state)


def _url_id(connection: Connection, url: Url) -> int:
    connection.execute(
        "INSERT OR IGNORE INTO host (name, site) VALUES (?, ?)", (url.host, url.site)
    )
    host, urls = connection.execute(
        "SELECT id, urls FROM host WHERE name = ?", (url.host,)
    ).fetchone()
    row = connection.execute(
        "SELECT id FROM url WHERE host_id = ? AND key = ?", (host, url.key)
    ).fetchone()
    if row:
        return int(row[0])
    number = (host << 32) | urls
    connection.execute("UPDATE host SET urls = urls + 1 WHERE id = ?", (host,))
    connection.execute(
        "INSERT INTO url (id, host_id, key, url, state, outcome) VALUES (?, ?, ?, ?, ?, 'merged')",
        (number, host, url.key, url.text, _DONE),
    )
    return int(number)


def _keep_salt(source: _Source, number: int, own: int) -> None:
    row = source.connection.execute(
        "SELECT salt FROM subject WHERE url_id = ?", (number,)
    ).fetchone()
    if row:  # so that the record keeps its id
        source.into.execute("INSERT OR IGNORE INTO subject VALUES (?, ?)", (own, row[0]))
