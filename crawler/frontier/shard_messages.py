"""What shards tell one another: URLs, wishes for a site file, and the answers to them.

A host is asked by the one shard it belongs to. A shard that needs a site file of another's host
(an RSL document, where a robots.txt redirects to) sends a wish; whoever asks the host sends the
answer back to all who wished for it, and there it is evidence like any other. A message is a row
of the outbox, written with what caused it in one transaction. It may arrive twice.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any, NamedTuple, TypeAlias

from crawler.core.decision import Found
from crawler.core.evidence import FileKind, Snapshot
from crawler.frontier.link_rules import Candidate
from crawler.store.database import Connection

_PUT = "INSERT INTO outbox (shard, candidate) VALUES (?, ?)"


class Wish(NamedTuple):
    """A site file to ask for: for whom, what (`FileAsk.packed`), where, after which redirects.

    An answer not later than `after` is known already.
    """

    shard: int
    ask: str
    url: str
    via: str
    after: float = 0.0


class Answer(NamedTuple):
    """The answer to a wish: what was asked for, and the snapshot to keep."""

    ask: str
    snapshot: Snapshot


Message: TypeAlias = Candidate | Wish | Answer


def send_wish(connection: Connection, shard: int, wish: Wish) -> None:
    connection.execute(_PUT, (shard, json.dumps({"wish": wish})))


def send_answer(connection: Connection, shard: int, answer: Answer) -> None:
    spelled = {"answer": [answer.ask, spell(answer.snapshot)]}
    connection.execute(_PUT, (shard, json.dumps(spelled)))


def message_from(text: str) -> Message:
    """Return what a row of an outbox says.

    Raises:
        ValueError, TypeError, KeyError, IndexError: It is damaged.
    """
    value = json.loads(text)
    if isinstance(value, list):
        candidate = Candidate(*value)
        pattern = candidate.pattern
        return candidate._replace(pattern=None if pattern is None else tuple(pattern))  # type: ignore[arg-type]
    if "wish" in value:
        return Wish(*value["wish"])
    ask, fields = value["answer"]
    return Answer(ask, spelled_out(fields))


def spell(snapshot: Snapshot) -> dict[str, Any]:
    """Return a snapshot as JSON can hold it."""
    return {
        "kind": snapshot.kind.value,
        "url": snapshot.url,
        "found": snapshot.found.value,
        "fetched_at": snapshot.fetched_at,
        "status": snapshot.status,
        "content_type": snapshot.content_type,
        "body": b64encode(snapshot.body).decode(),
        "final_url": snapshot.final_url,
        "hops": snapshot.hops,
        "error": snapshot.error,
        "headers": snapshot.headers,
        "expires_at": snapshot.expires_at,
    }


def spelled_out(fields: dict[str, Any]) -> Snapshot:
    """Return the snapshot that `spell` spelled.

    Raises:
        ValueError, TypeError, KeyError: It is damaged.
    """
    return Snapshot(
        **fields
        | {
            "kind": FileKind(fields["kind"]),
            "found": Found(fields["found"]),
            "body": b64decode(fields["body"], validate=True),
            "headers": tuple((name, value) for name, value in fields["headers"]),
        }
    )
