"""Emptying the rows of what is taken out: text, metadata, evidence; for an erasure the address."""

from __future__ import annotations

import hmac

from crawler.corpus.removal.selector import Selector, Target
from crawler.store.database import Connection
from crawler.store.ledger import append, record_id, subject_of
from crawler.store.pages import drop_derived, set_tombstone
from crawler.store.suppression import Suppression

_BLANK = """
    url canonical_url host site redirects headers content_type etag last_modified address
    body_sha256 title text text_sha256 extractor extractor_version encoding encoding_source
    language language_tool token_method metadata licence_spdx licence_class licence flags
    archive_file record_id
"""
_ZERO = """
    status fetched_at first_byte_at ended_at wire_bytes body_bytes replaced language_score words
    characters size tokens archive_offset gone_since
"""
_EMPTY = ", ".join(
    [*(f"{name} = ''" for name in _BLANK.split()), *(f"{name} = 0" for name in _ZERO.split())]
)


def empty(
    connection: Connection,
    item: Target,
    why: tuple[Selector, str],
    now: float,
    *,
    erase: bool,
) -> str:
    """Empty what is held of one URL; return its record's id, "" if it had none.

    A refusal that keeps no text is proof, and stays; only an erasure takes it.
    """
    selector, reason = why
    doc_id = ""
    if item.state and item.state != "purged":
        doc_id = _empty_page(connection, item, why, now, erase=erase)
    if erase:
        named = doc_id or record_id(subject_of(connection, item.url_id, item.url).name)
        if not doc_id:
            append(connection, "purge", {"reason": reason, "scope": selector.scope}, now)
            _done(connection, item.url_id, reason)
        _erase(connection, item, named)
    return doc_id


def _empty_page(
    connection: Connection,
    item: Target,
    why: tuple[Selector, str],
    now: float,
    *,
    erase: bool,
) -> str:
    selector, reason = why
    number = item.url_id
    domain = selector.domain if not erase else ""
    doc_id = set_tombstone(
        connection, number, ("purged", reason, selector.scope), now, domain, erase=erase
    )
    subject = subject_of(connection, number, item.url).name
    append(connection, "purge", {"reason": reason, "scope": selector.scope}, now, subject)
    drop_derived(connection, number)
    for table in ("decision", "revisit"):
        connection.execute(f"DELETE FROM {table} WHERE url_id = ?", (number,))  # noqa: S608
    connection.execute(
        f"UPDATE page SET state = 'purged', state_reason = ?, minhash = x'', marks = x'',"  # noqa: S608
        f" {_EMPTY} WHERE url_id = ?",
        (reason, number),
    )
    _done(connection, number, reason)
    return doc_id


def _done(connection: Connection, number: int, reason: str) -> None:
    connection.execute(
        "UPDATE url SET state = 2, outcome = 'purged', code = ?, via = '' WHERE id = ?",
        (reason, number),
    )
    connection.execute(
        "UPDATE host SET waiting = (SELECT count(*) FROM url WHERE host_id = host.id AND state = 0)"
        " WHERE id = (SELECT host_id FROM url WHERE id = ?)",
        (number,),
    )


def _erase(connection: Connection, item: Target, doc_id: str) -> None:
    number = item.url_id
    for table in ("decision", "revisit", "subject"):
        connection.execute(f"DELETE FROM {table} WHERE url_id = ?", (number,))  # noqa: S608
    connection.execute("UPDATE url SET url = '', key = -id WHERE id = ?", (number,))
    connection.execute("UPDATE url SET via = '' WHERE instr(via, ?) > 0", (item.url,))
    # Which version held it is known by its id; the hash of a short text can be guessed.
    connection.execute("UPDATE released SET text = '' WHERE doc_id = ?", (doc_id,))


def erase_addresses(connection: Connection, domain: str) -> None:
    """Erase every address of a domain, of pages that were never kept as well.

    Its host name stays with the site files: they say who refused, and when.
    """
    hosts = "SELECT id FROM host WHERE name = :name OR site = :name OR name LIKE '%.' || :name"
    urls = f"SELECT id FROM url WHERE kind = 0 AND host_id IN ({hosts})"  # noqa: S608
    values = {"name": domain}
    connection.execute(f"DELETE FROM decision WHERE url_id IN ({urls})", values)  # noqa: S608
    connection.execute(
        "UPDATE url SET url = '', key = -id, via = '', state = 2, outcome = 'purged'"  # noqa: S608
        f" WHERE id IN ({urls})",
        values,
    )
    connection.execute(f"UPDATE host SET waiting = 0, later_at = 0 WHERE id IN ({hosts})", values)  # noqa: S608


def forget_requests(connection: Connection, suppression: Suppression, selector: Selector) -> None:
    """Let this request, and earlier ones about the same subject, name nobody any more."""
    for subject in (*selector.urls, selector.domain, selector.author):
        named = hmac.digest(suppression.key, subject.encode(), "sha256").hex()
        connection.execute(
            "UPDATE receipt SET asker = '', body = CASE WHEN body = '' THEN '' ELSE"
            " json_set(body, '$.about', '') END WHERE request IN"
            " (SELECT id FROM takedown WHERE subject = ? AND subject != '')",
            (subject,),
        )
        connection.execute(
            "UPDATE takedown SET subject = ?, reason = '' WHERE subject = ? AND subject != ''",
            (named, subject),
        )
