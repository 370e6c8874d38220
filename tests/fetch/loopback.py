"""A server that says exactly what a test tells it to, and remembers what it was asked."""

import asyncio
import contextlib


class Loopback:
    """Answers each connection's requests in turn; b"" closes without a word.

    `answers` repeats its last one. `connections` counts, `requests` holds raw heads.
    """

    def __init__(self, *answers: bytes, address: str = "127.0.0.1", port: int = 0) -> None:
        self.answers = answers
        self.connections = 0
        self.requests: list[bytes] = []
        self._where = (address, port)
        self._writers: list[asyncio.StreamWriter] = []

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, *self._where)
        self.address, self.port = self._server.sockets[0].getsockname()[:2]
        return self

    async def __aexit__(self, *_):
        self._server.close()
        for writer in self._writers:
            writer.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                await asyncio.gather(
                    *(writer.wait_closed() for writer in self._writers), return_exceptions=True
                )

    @property
    def target(self) -> str:
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"{host}:{self.port}"

    async def _serve(self, reader, writer):
        self.connections += 1
        self._writers.append(writer)
        with contextlib.suppress(asyncio.IncompleteReadError, OSError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                answer = self.answers[min(len(self.requests), len(self.answers) - 1)]
                self.requests.append(head)
                if not answer:
                    break
                writer.write(answer)
                await writer.drain()
        writer.close()


def answer(body: bytes = b"hello", *fields: bytes, status: bytes = b"200 OK") -> bytes:
    lines = [b"HTTP/1.1 " + status, b"Content-Type: text/html", *fields]
    return b"\r\n".join([*lines, b"Content-Length: %d" % len(body)]) + b"\r\n\r\n" + body
