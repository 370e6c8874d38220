"""Serves the demo web: one loopback address and one free port for each host."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web as aioweb

from crawler.demo.story import Expected, Story

_FIRST_ADDRESS = 2  # 127.0.0.1 is everybody's; the hosts begin at 127.0.0.2
_POLICY = """\
extends = "default"

[identity]
token = "DemoBot"
contact = "https://demo.test/bot"
email = "bot@demo.test"

[network]
allow = ["127.0.0.0/8"]  # the demo web is on this machine ...
public = false           # ... and its crawl never leaves it

[network.connect_to]
{hosts}

[politeness]
min_delay = "0s"         # valid only towards the ranges opened above

[admission]
max_calendar = 24        # enough of a calendar for a web of this size

[limits]
patience = "2s"
"""


@dataclass(frozen=True, slots=True)
class Web:
    """A demo web that is being served."""

    connect_to: dict[str, str]  # host -> address:port
    seeds: list[str]
    expected: dict[str, Expected]
    shared_address: bool  # only 127.0.0.1 could be bound; hosts differ by port alone
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)  # (host, target) -> times


@asynccontextmanager
async def serve(stories: Iterable[Story]) -> AsyncIterator[Web]:
    """Serve `stories` until the block ends.

    Raises:
        OSError: Not even 127.0.0.1 has a free port.
    """
    by_host = {story.host: story for story in stories}
    sockets = {host: _listen(number) for number, host in enumerate(by_host, _FIRST_ADDRESS)}
    bound = {host: sock.getsockname() for host, sock in sockets.items()}
    web = Web(
        connect_to={host: f"{address}:{port}" for host, (address, port) in bound.items()},
        seeds=[f"http://{host}{path}" for host in by_host for path in by_host[host].seeds],
        expected={host: story.expected for host, story in by_host.items()},
        shared_address=len({address for address, _ in bound.values()}) < len(bound),
    )

    async def answer(request: aioweb.BaseRequest) -> aioweb.Response:
        return await _answer(by_host, web, request)

    runner = aioweb.ServerRunner(aioweb.Server(answer, access_log=None), shutdown_timeout=0.2)
    await runner.setup()
    try:
        for sock in sockets.values():
            await aioweb.SockSite(runner, sock).start()
        yield web
    finally:
        await runner.cleanup()
        for sock in sockets.values():
            sock.close()


def policy_text(web: Web) -> str:
    """Return the policy with which `web`, and nothing else, can be crawled."""
    hosts = "\n".join(f'"{host}" = "{address}"' for host, address in web.connect_to.items())
    return _POLICY.format(hosts=hosts)


async def _answer(
    by_host: dict[str, Story], web: Web, request: aioweb.BaseRequest
) -> aioweb.Response:
    host = request.host.partition(":")[0].lower()
    story = by_host.get(host) or _behind(by_host, web, request)
    target = request.raw_path
    web.asked[story.host, target] += 1
    reply = story.answer(target)
    if reply.wait:
        await asyncio.sleep(reply.wait)
    # An empty type is sent as such: left out, aiohttp would name one of its own.
    headers = [*reply.headers, ("Content-Type", reply.content_type)]
    body = b"" if request.method == "HEAD" else reply.body
    return aioweb.Response(status=reply.status, body=body, headers=headers)


def _behind(by_host: dict[str, Story], web: Web, request: aioweb.BaseRequest) -> Story:
    """Return the host that listens where `request` came in, for visits by address."""
    address = request.transport.get_extra_info("sockname") if request.transport else ("", 0)
    place = f"{address[0]}:{address[1]}"
    named = (host for host, at in web.connect_to.items() if at == place)
    return by_host[next(named, next(iter(by_host)))]


def _listen(number: int) -> socket.socket:
    """Return a listening socket on 127.0.0.`number`, or on 127.0.0.1 where there is no other."""
    try:
        return socket.create_server((f"127.0.0.{number}", 0))
    except OSError:
        # macOS gives the loopback device one address only.
        return socket.create_server(("127.0.0.1", 0))
