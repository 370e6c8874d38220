"""`crawl --metrics-port`: a port at which Prometheus asks how the crawl stands.

It reads what the crawl, or each of its shards, notes every second; the crawl waits for nobody.
"""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import suppress
from pathlib import Path

from crawler.cli.errors import UsageError
from crawler.cluster.layout import shard_folders
from crawler.report.metrics import CONTENT_TYPE, metrics
from crawler.store.job import holder
from crawler.store.run_state import RunState, read_run_state

_HEAD = 8_192  # bytes of a request
_PATIENCE = 5.0  # seconds for one
_AT_ONCE = 16


def listen(place: str) -> socket.socket | None:
    """Listen at "PORT", or "ADDRESS:PORT"; None for "".

    Raises:
        UsageError: It is no such place, or cannot be listened at.
    """
    if not place:
        return None
    address, _, port = place.rpartition(":")
    address = address.strip("[]") or "127.0.0.1"
    if not (port.isascii() and port.isdigit() and int(port) < 1 << 16):
        raise UsageError(f"--metrics-port {place!r}: write a port, or ADDRESS:PORT")
    try:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return socket.create_server((address, int(port)), family=family, backlog=_AT_ONCE)
    except OSError as error:
        raise UsageError(
            f"--metrics-port {place}: cannot be listened at"
            f" ({os.strerror(error.errno) if error.errno and error.errno > 0 else error});"
            " choose another, or 0 for a free one"
        ) from error


async def serve_metrics(job: Path, listening: socket.socket | None) -> None:
    """Answer whoever asks for metrics, until cancelled."""
    if listening is None:
        return
    asking: set[asyncio.StreamWriter] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asking.add(writer)
        try:
            if len(asking) <= _AT_ONCE:
                async with asyncio.timeout(_PATIENCE):
                    head = await reader.readuntil(b"\r\n\r\n")
                    writer.write(await asyncio.to_thread(_answer, head, job))
                    await writer.drain()
        except (TimeoutError, OSError, EOFError, asyncio.LimitOverrunError):
            pass  # whoever asks badly is not answered
        finally:
            asking.discard(writer)
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    server = await asyncio.start_server(answer, sock=listening, limit=_HEAD)
    async with server:
        await server.serve_forever()


def _answer(head: bytes, job: Path) -> bytes:
    method, _, rest = head.partition(b" ")
    path = rest.partition(b" ")[0].partition(b"?")[0]
    if method not in {b"GET", b"HEAD"}:
        return _response("405 Method Not Allowed", "text/plain", b"")
    if path != b"/metrics":
        return _response("404 Not Found", "text/plain", b"See /metrics.\n")
    body = metrics(_states(job)).encode()
    response = _response("200 OK", CONTENT_TYPE, body)
    return response if method == b"GET" else response[: -len(body)]


def _response(status: str, kind: str, body: bytes) -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "X-Content-Type-Options: nosniff",
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _states(job: Path) -> dict[str, RunState]:
    """Return what the processes at work note, by shard; of those that are gone, nothing."""
    parts = shard_folders(job)
    found = {}
    for number, part in enumerate(parts):
        state = read_run_state(part)
        if state is not None and state.process == holder(part):
            found[str(number) if len(parts) > 1 else ""] = state
    return found
