"""The receipt of a request: who asked, what was found and removed, when, and how to check it.

What is signed names whoever asked by a salted hash alone; the name stands beside it, so that it
can be taken out of a receipt, and of the job, without making the rest worthless.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from html import escape
from typing import Any

from crawler.corpus.errors import CorpusError
from crawler.corpus.records.export_facts import crawl_id_of
from crawler.corpus.records.export_plan import Sign
from crawler.corpus.records.record import stamp
from crawler.corpus.removal.purge import Purged
from crawler.keys import NOBODY, Signature, Trusted, check_signature
from crawler.store.canonical import canonical
from crawler.store.database import Connection
from crawler.store.ledger import append, head

_SALT = 32
_STEPS = ("received", "acknowledged", "decided", "effective", "verified", "closed")


@dataclass(frozen=True, slots=True)
class Facts:
    """What closing came to; None of the purge: the request was rejected."""

    request: Mapping[str, Any]  # its columns
    proven: str  # how control over the domain was proven, "" if it was not
    purged: Purged | None
    versions: Mapping[str, int]  # published ones that hold records of it still


def note_asker(connection: Connection, number: int, asker: str) -> str:
    """Remember who asked; return the hash that the ledger keeps. Run inside a transaction."""
    salt = os.urandom(_SALT)
    connection.execute("INSERT INTO receipt VALUES (?, ?, ?, '')", (number, asker, salt))
    return hash_of(salt, asker) if asker else ""


def hash_of(salt: bytes, asker: str) -> str:
    return hmac.digest(salt, " ".join(asker.split()).encode(), "sha256").hex()[:32]


def write(connection: Connection, facts: Facts, now: float) -> None:
    """Write the receipt of a request that was closed. Run inside a transaction."""
    request = facts.request
    number = int(request["id"])
    erased = request["kind"] == "erasure" and facts.purged is not None
    row = connection.execute(
        "SELECT asker, salt FROM receipt WHERE request = ?", (number,)
    ).fetchone() or ("", os.urandom(_SALT))
    last = head(connection)
    body = {
        "receipt": 1,
        "request": number,
        "kind": request["kind"],
        "about": "" if erased else f"{request['scope']} {request['subject']}",
        "asked_by_hash": hash_of(row[1], row[0]) if row[0] else "",
        "control": facts.proven,
        "outcome": request["outcome"],
        "times": {step: stamp(request[step]) for step in _STEPS},
        "removed": _removed(facts.purged),
        "published_versions_that_hold_it": dict(facts.versions),
        "job": crawl_id_of(connection),
        "ledger": {"seq": last.seq, "head": last.hash, "at": stamp(last.at)},
    }
    text = canonical(body)
    connection.execute(
        "INSERT INTO receipt VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body,"
        " asker = excluded.asker",
        # Of an erasure nobody is named any more; who has the name can still be told by the hash.
        (number, "" if erased else row[0], row[1], text),
    )
    payload = {
        "request": number,
        "step": "receipt",
        "kind": request["kind"],
        "digest": sha256(text.encode()).hexdigest(),
    }
    append(connection, "takedown", payload, now)


def _removed(purged: Purged | None) -> dict[str, Any]:
    if purged is None:
        return {}
    return {
        "pages": purged.pages,
        "of_these_for_their_likeness": purged.duplicates,
        "records": list(purged.records),
        "raw_copies": purged.raw_records,
        "searched": {
            "pieces_of_text_sought": purged.sought,
            "files": purged.files_searched,
            "bytes": purged.bytes_searched,
            "found": len(purged.remaining),
            "could_not_be_searched": len(purged.unread),
        },
        "verified": purged.verified,
    }


def add_up(connection: Connection, number: int, purged: Purged) -> Purged:
    """Return what was purged for a request in all its runs, and remember it for the next one.

    A run whose search finds something leaves the request open; the next one has less to purge.
    Run inside a transaction.
    """
    row = connection.execute("SELECT body FROM receipt WHERE request = ?", (number,)).fetchone()
    before = json.loads(row[0]).get(_SO_FAR, {}) if row and row[0] else {}
    whole = replace(
        purged,
        pages=purged.pages + before.get("pages", 0),
        duplicates=purged.duplicates + before.get("duplicates", 0),
        raw_records=purged.raw_records + before.get("raw_records", 0),
        records=tuple(dict.fromkeys((*before.get("records", ()), *purged.records))),
    )
    so_far = {
        "pages": whole.pages,
        "duplicates": whole.duplicates,
        "raw_records": whole.raw_records,
        "records": whole.records,
    }
    connection.execute(
        "INSERT INTO receipt VALUES (?, '', ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
        (number, os.urandom(_SALT), canonical({_SO_FAR: so_far})),
    )
    return whole


_SO_FAR = "so far"  # of a request that is open


def forget_asker(connection: Connection, number: int) -> None:
    """Remove the name of whoever asked from the job. Run inside a transaction."""
    connection.execute("UPDATE receipt SET asker = '' WHERE request = ?", (number,))


def made(connection: Connection, number: int, sign: Sign | None, asker: str = "") -> dict[str, Any]:
    """Return the receipt of a request as JSON values, signed if there is a key.

    `asker` is the name to stand in it where the job holds none any more.

    Raises:
        CorpusError: The request is open, or `asker` is not who asked.
    """
    row = connection.execute(
        "SELECT asker, salt, body FROM receipt WHERE request = ?", (number,)
    ).fetchone()
    if row is None or not row[2] or _SO_FAR in json.loads(row[2]):
        raise CorpusError(
            "no receipt was written",
            f"request {number} is not closed, or unknown",
            "close it first",
        )
    body = json.loads(row[2])
    name = asker or row[0]
    if asker and hash_of(row[1], asker) != body["asked_by_hash"]:
        raise CorpusError(
            "no receipt was written",
            f"{asker!r} is not who asked, by the hash that was kept",
            "spell the name as it was given",
        )
    names = {"asked_by": name, "salt": row[1].hex()} if name else {}
    signature = dict(sign(canonical(body).encode())) if sign is not None else {}
    return {"receipt": body, "names": names, "signature": signature}


def check(
    value: Mapping[str, Any], trusted: Trusted = NOBODY, connection: Connection | None = None
) -> tuple[Signature, list[str]]:
    """Return whose signature a receipt bears, and what of it does not hold.

    With `connection`, that of the job, its ledger must have an entry about this very receipt.

    Raises:
        CorpusError: It is no receipt.
    """
    body, names = value.get("receipt"), value.get("names")
    if not isinstance(body, dict) or body.get("receipt") != 1 or not isinstance(names, dict):
        raise CorpusError("nothing was verified", "this is no receipt", "name one, or an export")
    data = canonical(body).encode()
    statement = value.get("signature")
    signature = Signature("missing")
    if isinstance(statement, dict) and statement:
        signature = check_signature(statement, data, trusted)
    wrong = []
    if signature.state == "invalid":
        wrong.append(f"does not hold a valid signature: {signature.why}")
    elif trusted and signature.state != "pinned":
        wrong.append(f"is of no pinned key: {signature.sentence}")
    if names:
        try:
            said = hash_of(bytes.fromhex(str(names.get("salt"))), str(names.get("asked_by")))
        except ValueError:
            said = ""
        if said != body.get("asked_by_hash"):
            wrong.append("names somebody else than asked")
    if connection is not None and not _is_in_ledger(connection, sha256(data).hexdigest()):
        wrong.append("is not the one that the job's ledger has an entry about")
    return signature, wrong


def _is_in_ledger(connection: Connection, digest: str) -> bool:
    rows = connection.execute("SELECT payload FROM ledger WHERE kind = 'takedown'")
    return any(json.loads(payload).get("digest") == digest for (payload,) in rows)


# --- for people -----------------------------------------------------------------------------

_KINDS = {
    "optout": "not to be in the corpus any more",
    "author": "that their works are taken out",
    "copyright": "that works are taken out, for reasons of copyright",
    "erasure": "that personal data is erased",
    "attribution": "that works are attributed otherwise",
    "licence": "that works are taken out, for reasons of their licence",
}


def html(value: Mapping[str, Any], contact: str) -> str:
    """Return a receipt as a page that can be read by anybody."""
    body, names, signature = value["receipt"], value["names"], value["signature"]
    lines = [f"<p>{escape(item)}</p>" for item in sentences(body, str(names.get("asked_by", "")))]
    how = [
        (
            f"The file beside this page, receipt-{body['request']}.json, holds the same, and it is"
            " what counts where the two differ:"
            f" <code>crawler verify receipt-{body['request']}.json --trust KEY --against JOB</code>"
            " checks its signature, and that the job's ledger has an entry about it."
        ),
        f"Signed by the key {escape(str(signature['key_id']))}."
        if signature
        else "This receipt is not signed.",
    ]
    if contact:
        how.append(f"Questions: {escape(contact)}")
    ledger = body["ledger"]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>Receipt for request {body['request']}</title></head><body>\n"
        f"<h1>Receipt for request {body['request']}</h1>\n" + "\n".join(lines) + "\n"
        f"<p>Ledger: entry {ledger['seq']} of job {escape(body['job'])}, {ledger['at']}, hash"
        f" <code>{escape(ledger['head'])}</code>.</p>\n<h2>How to check this</h2>\n"
        + "\n".join(f"<p>{item}</p>" for item in how)
        + "\n</body></html>\n"
    )


def sentences(body: Mapping[str, Any], asker: str) -> list[str]:
    """Return what a receipt says, sentence by sentence."""
    times, removed = body["times"], body["removed"]
    who = asker or "Somebody (whose name is not kept here)"
    about = f" This is about the {body['about']}." if body["about"] else ""
    said = [
        f"{who} asked on {times['received'][:10]} {_KINDS.get(body['kind'], body['kind'])}.{about}",
        f"Control over the domain was proven: {body['control']}."
        if body["control"]
        else "Control over a domain was not proven, or did not have to be.",
    ]
    if not removed:
        return [*said, f"The request was closed on {times['closed'][:10]}: {body['outcome']}."]
    searched = removed["searched"]
    said.append(
        f"Found and removed on {times['effective'][:10]}: {removed['pages']} pages"
        f" ({removed['of_these_for_their_likeness']} of them copies of another), and"
        f" {removed['raw_copies']} raw copies."
    )
    said.append(
        f"Afterwards {searched['files']} files were searched for"
        f" {searched['pieces_of_text_sought']} pieces of the texts: "
        + (
            "nothing was found."
            if removed["verified"]
            else f"{searched['found']} files held some still, and"
            f" {searched['could_not_be_searched']} could not be searched."
        )
    )
    versions = body["published_versions_that_hold_it"]
    said.append(
        "Published versions that hold some of it still, and cannot be called back: "
        + ", ".join(f"{version} ({count} records)" for version, count in versions.items())
        + ". The next version is made without it."
        if versions
        else "No published version holds any of it."
    )
    return said
