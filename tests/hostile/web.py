"""The hostile web itself: raw sockets on loopback, every route a host of its own."""

import asyncio
import contextlib
import tempfile
from pathlib import Path
from typing import Self

from crawler.fetch import NetworkSettings
from tests.hostile.bodies import CODINGS, PAGES, prepare
from tests.hostile.certificates import Authority
from tests.hostile.faults import FAULTS
from tests.hostile.refusals import REFUSALS
from tests.hostile.route import Behaviour, Exchange, Route, answer
from tests.hostile.sites import FILES, REDIRECTS

HOSTILE: list[Route] = [*FAULTS, *CODINGS, *PAGES, *REDIRECTS, *FILES, *REFUSALS]

HERE = "127.0.0.1"
FORBIDDEN = "127.0.0.66"
_ROBOTS = answer(b"User-agent: *\nAllow: /\n", kind=b"text/plain")
_NOT_FOUND = answer(b"", status=b"404 Not Found")
_NEVER_SENT = ("cookie", "referer", "authorization", "proxy-authorization", "x-injected")
_WILD = "*.hostile.test"


class HostileWeb:
    """An async context manager that serves HOSTILE and keeps what it saw.

    `forbidden_visits` counts connections to addresses that no policy here opens;
    `leaks` lists header fields that no request of ours may carry.
    """

    def __init__(self, routes: list[Route] | None = None) -> None:
        self.routes = {route.host: route for route in (HOSTILE if routes is None else routes)}
        self.requests: list[tuple[str, str]] = []
        self.leaks: list[str] = []
        self.forbidden_visits = 0
        self.ports: dict[str, int] = {}
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._folder = tempfile.TemporaryDirectory()

    async def __aenter__(self) -> Self:
        prepare()
        folder = Path(self._folder.name)
        trusted, unknown = Authority(folder, "trusted"), Authority(folder, "unknown")
        self._ca_file = str(trusted.file)
        contexts = {
            "tls-good": trusted.context(_WILD),
            "tls-expired": trusted.context(_WILD, expired=True),
            "tls-other": trusted.context("elsewhere.test"),
            "tls-unknown": unknown.context(_WILD),
        }
        await self._listen("main", self._serve)
        for name, context in contexts.items():
            await self._listen(name, self._serve, ssl=context)
        await self._listen("mute", self._hold)
        await self._listen("not-tls", self._complain)
        await self._listen("forbidden", self._intrude, address=FORBIDDEN)
        closed = await asyncio.start_server(self._hold, HERE, 0)
        self.ports["closed"] = closed.sockets[0].getsockname()[1]
        closed.close()
        await closed.wait_closed()
        return self

    async def __aexit__(self, *_: object) -> None:
        for server in self._servers:
            server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._folder.cleanup()

    @property
    def connect_to(self) -> dict[str, str]:
        """Return what leads each route's host to its socket, by `host:port`."""
        main = f"{HERE}:{self.ports['main']}"
        table = {f"{host}:80": main for host in self.routes}
        for host, route in self.routes.items():
            port = 443 if route.scheme == "https" else 80
            table[f"{host}:{port}"] = f"{HERE}:{self.ports[route.listener]}"
        return table

    def network(self) -> NetworkSettings:
        """Return the policy under which this web, and nothing else, can be reached."""
        return NetworkSettings(
            allow=(f"{HERE}/32",),
            public=False,
            connect_to=self.connect_to,
            ca_file=self._ca_file,
        )

    def policy(self) -> str:
        """Return the `[network]` table of `network()` as TOML."""
        lines = ["[network]", f'allow = ["{HERE}/32"]', "public = false"]
        lines += [f'ca_file = "{self._ca_file}"', "", "[network.connect_to]"]
        lines += [f'"{name}" = "{target}"' for name, target in self.connect_to.items()]
        return "\n".join(lines) + "\n"

    async def _listen(self, name: str, serve, *, address: str = HERE, ssl=None) -> None:
        def start(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.get_running_loop().create_task(self._guard(serve, reader, writer))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        server = await asyncio.start_server(start, address, 0, ssl=ssl, limit=2**18)
        self.ports[name] = server.sockets[0].getsockname()[1]
        self._servers.append(server)

    async def _guard(self, serve, reader, writer) -> None:
        try:
            with contextlib.suppress(
                OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError
            ):
                await serve(reader, writer)
        finally:
            writer.close()

    async def _hold(self, reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        while await reader.read(65_536):
            pass

    async def _complain(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(answer(b"", status=b"400 Bad Request"))

    async def _intrude(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.forbidden_visits += 1
        writer.write(answer(b"the secret"))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request and close: whatever state the connection is in, it ends here."""
        exchange = self._read(await reader.readuntil(b"\r\n\r\n"), writer)
        host = exchange.header("host").partition(":")[0]
        self.requests.append((host, exchange.target))
        self.leaks += [
            f"{host}{exchange.target} {name}" for name in _NEVER_SENT if exchange.header(name)
        ]
        behave = self._behaviour(host, exchange.target)
        if isinstance(behave, bytes):
            await exchange.send(behave)
        else:
            await behave(exchange)

    def _read(self, head: bytes, writer: asyncio.StreamWriter) -> Exchange:
        line, *rest = head.decode("latin-1").split("\r\n")
        method, target, _ = line.split(" ")
        fields = [item.partition(":") for item in rest if item]
        headers = [(name.lower(), value.strip()) for name, _, value in fields]
        forbidden = f"{FORBIDDEN}:{self.ports['forbidden']}"
        return Exchange(method, target, headers, writer, forbidden=forbidden)

    def _behaviour(self, host: str, target: str) -> Behaviour | bytes:
        route = self.routes.get(host)
        if route is None:
            return _NOT_FOUND
        path = target.partition("?")[0]
        if path == "/robots.txt":
            return route.robots or _ROBOTS
        for prefix, behave in route.others.items():
            if path.startswith(prefix):
                return behave
        known = path == route.path or path.startswith("/hop/")
        return route.behave if known else _NOT_FOUND
