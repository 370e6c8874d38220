"""The change feed: what publishers and users of the corpus should know has changed.

It carries the ledger's head, for a chain proves nothing against its owner unless others
have seen where it stood.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from crawler.corpus.records.export_facts import Facts
from crawler.corpus.records.record import stamp
from crawler.store.database import Connection


def changes(connection: Connection, facts: Facts) -> str:
    """Return the Atom feed (RFC 4287) of versions, policies and removals."""
    base = f"urn:crawl:{facts.crawl_id or 'none'}"
    entries = [
        (
            facts.head.at,
            f"{base}:ledger:{facts.head.seq}",
            f"The ledger stands at {facts.head.seq}",
            f"SHA-256 {facts.head.hash}",
        )
    ]
    entries += [
        (at, f"{base}:version:{version}", f"Version {version}", f"Ledger {seq}, {head}")
        for version, at, seq, head in connection.execute(
            "SELECT version, at, seq, head FROM release ORDER BY seq"
        )
    ]
    entries += [
        (at, f"{base}:policy:{sha}", "The policy changed", f"Its consent part is {sha}")
        for sha, at in connection.execute(
            "SELECT sha256, used_since FROM policy ORDER BY used_since"
        )
    ]
    entries += [
        (at, f"{base}:removed:{reason}", f"{count} records were taken out", reason)
        for reason, count, at in connection.execute(
            "SELECT reason, count(*), max(at) FROM tombstone GROUP BY reason ORDER BY reason"
        )
    ]
    name = facts.plan.settings.creator or facts.plan.contact or facts.plan.settings.name
    items = "".join(
        f"<entry><id>{escape(key)}</id><updated>{stamp(at) or _EPOCH}</updated>"
        f"<title>{escape(title)}</title><content>{escape(text)}</content></entry>\n"
        for at, key, title, text in sorted(entries, reverse=True)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{base}</id><title>{escape(facts.plan.settings.name)}: changes</title>"
        f"<updated>{stamp(facts.head.at) or _EPOCH}</updated>"
        f"<author><name>{escape(name)}</name></author>\n{items}</feed>\n"
    )


_EPOCH = "1970-01-01T00:00:00Z"
