"""Taking in other shards' wishes for site files, and the answers to ours.

Synchronous, inside a transaction, in the database thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from crawler.core.consent import RobotsHints
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.urls import parse
from crawler.frontier.hosts import NUMBER_BITS
from crawler.frontier.in_force import InForce
from crawler.frontier.recording import heed
from crawler.frontier.shard_messages import Answer, Wish, send_answer
from crawler.frontier.url_rows import Changes, FileAsk, add_file, answered, await_for_shard, wake
from crawler.store.database import Connection
from crawler.store.evidence import latest_snapshot

# What becomes of pages that waited for this answer.
DecideWaiting = Callable[[Connection, Snapshot], None]


def take_wishes(
    connection: Connection, wishes: Iterable[Wish], in_force: InForce, now: float, changes: Changes
) -> None:
    """Have what others wish for asked, or answer at once where the answer is known."""
    for wish in wishes:
        ask, url = FileAsk.unpack(wish.ask), parse(wish.url)
        if url is None:
            continue
        known = latest_snapshot(connection, ask.kind, ask.asked)
        if known is not None and wish.after < known.fetched_at and now < known.expires_at:
            send_answer(connection, wish.shard, Answer(wish.ask, known))
            changes.sent += 1
            continue
        await_for_shard(connection, ask, wish.shard, now)
        number = add_file(connection, url, ask, wish.via, (in_force.settings.share, now), changes)
        if number:  # its host may itself be waiting for this very answer
            wake(connection, number >> NUMBER_BITS, changes)


def take_answers(
    connection: Connection,
    answers: Iterable[Answer],
    in_force: InForce,
    decide_waiting: DecideWaiting,
    changes: Changes,
) -> None:
    """Keep answers as evidence, and let those go on that waited for them."""
    for answer in answers:
        ask, snapshot = FileAsk.unpack(answer.ask), answer.snapshot
        before = latest_snapshot(connection, ask.kind, ask.asked)
        if before is None or before.fetched_at < snapshot.fetched_at:
            in_force.consent.save_snapshot(connection, ask.origin, snapshot)
            _heed(connection, ask, (before, snapshot), in_force)
            decide_waiting(connection, snapshot)
        answered(connection, ask, snapshot, changes)


def _heed(
    connection: Connection, ask: FileAsk, known: tuple[Snapshot | None, Snapshot], in_force: InForce
) -> None:
    origin = parse(f"{ask.origin}/") if ask.origin else None
    if origin is None:
        return
    connection.execute("UPDATE host SET evidence = 1 WHERE name = ?", (origin.host,))
    if ask.kind is FileKind.ROBOTS:
        before, after = known
        old = (
            in_force.consent.hints(before, in_force.policy) if before is not None else RobotsHints()
        )
        heed(connection, origin.host, in_force.consent.hints(after, in_force.policy), old)
