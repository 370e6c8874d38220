"""What a hostile route is, and the small language its behaviours are written in."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

HTML = b"<!doctype html><html><head><title>%s</title></head><body><p>%s</p></body></html>"
TEXT = b"A page that is quite ordinary but for the way in which it is served. " * 4


@dataclass
class Exchange:
    """One request as it came, and the way to answer it byte by byte."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    writer: asyncio.StreamWriter
    origin: str = ""  # how the asker wrote our address, scheme included
    forbidden: str = ""  # address:port that must never be dialled

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def drip(self, data: bytes, pause: float = 0.05) -> None:
        for byte in data:
            await self.send(bytes([byte]))
            await asyncio.sleep(pause)

    async def forever(self, data: bytes, pause: float = 0.0) -> None:
        while True:
            await self.send(data)
            await asyncio.sleep(pause)

    async def hang(self) -> None:
        await asyncio.sleep(3_600)

    def reset(self) -> None:
        """End the connection with RST instead of FIN."""
        connection = self.writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Behaviour = Callable[[Exchange], Awaitable[None]]


@dataclass(frozen=True)
class Route:
    """One fault or attack. Its host is `name`.hostile.test, its page `path` there.

    `outcome` is what the fetcher must make of it: a FetchError code, "answer", or
    "truncated". `ends` is how a crawl must record it: "kept", "moved", "missing",
    "skipped", "refused", "deferred" or "failed", as far as it is written out here. `then`
    says the same of further URLs it leads to; "unknown" must not have been recorded at all.
    """

    name: str
    behave: Behaviour | bytes
    outcome: str = "answer"
    ends: str = "kept"
    path: str = "/page"
    scheme: str = "http"
    robots: Behaviour | bytes | None = None  # None: a well-behaved one
    listener: str = "main"  # which socket: main, tls-..., closed
    others: dict[str, Behaviour | bytes] = field(default_factory=dict)  # further paths
    then: dict[str, str | tuple[str, ...]] = field(default_factory=dict)  # how further URLs end

    @property
    def host(self) -> str:
        return f"{self.name}.hostile.test"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}{self.path}"


def answer(
    body: bytes = b"",
    *fields: bytes,
    status: bytes = b"200 OK",
    kind: bytes = b"text/html; charset=utf-8",
) -> bytes:
    """Return a well-formed answer; `fields` are whole field lines."""
    lines = [b"HTTP/1.1 " + status, b"Content-Type: " + kind, *fields]
    lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def page(title: str, text: bytes = TEXT) -> bytes:
    return HTML % (title.encode(), text)
