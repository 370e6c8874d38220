"""When all shards are done: asked round after round, until two quiet rounds show no change."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from crawler.cluster.shard_report import Report

Ask: TypeAlias = Callable[[int], Awaitable[Sequence[Report] | None]]


async def until_quiet(ask: Ask, every: float, at_work: float | None = None) -> None:
    """Return when nothing is left to do in any shard, and nothing is on its way.

    `ask` is asked `every` seconds: it has every shard that has not ended answer a question by its
    number; None: not all did. While none is idle they are asked every `at_work` seconds.
    A message on its way between two rounds shows in one of them: its sender was not idle or had
    it in its outbox, or its receiver has it in its inbox or has counted it.
    """
    number, before, wait = 0, None, every
    while True:
        await asyncio.sleep(wait)
        number += 1
        reports = await ask(number)
        busy = reports and not any(one.idle for one in reports)
        wait = at_work if busy and at_work else every
        if reports is None:
            before = None
            continue
        state = [one.mark for one in reports] if is_quiet(reports) else None
        if state is not None and state == before:
            return
        before = state


def is_quiet(reports: Sequence[Report]) -> bool:
    """Say if every shard is idle, and each has what was sent to it."""
    epochs = {one.shard: one.epoch for one in reports}
    given_back = max((one.given_back for one in reports), default=0)
    return all(
        one.idle
        and not one.outbox
        and not one.inbox
        # Who was denied pages before others gave some back asks once more.
        and not (one.denied and one.given_back < given_back)
        # What an earlier owner of the other shard was sent, this one may have lost.
        and all(epochs.get(shard, epoch) == epoch for shard, epoch in one.reached.items())
        for one in reports
    )
