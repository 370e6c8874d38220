"""A shard as a process of this machine: what it reads from its supervisor and writes to it."""

from __future__ import annotations

import asyncio
import sys

from crawler.cluster.shard import Shard
from crawler.cluster.shard_report import Report


async def answer(shard: Shard) -> None:
    """Answer the supervisor's questions until it says "end" or goes away."""
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        word, _, number = line.decode().strip().partition(" ")
        if word == "end":
            shard.end()
        elif word == "report":
            tell(shard.report(int(number)))
    if not shard.told_to_end:
        shard.stop("interrupted")  # the supervisor died


def tell(report: Report) -> None:
    """Tell the supervisor how this shard stands."""
    sys.stdout.buffer.write(report.line())
    sys.stdout.buffer.flush()
