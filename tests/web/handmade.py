"""A web made for one test: replies by URL, real sockets on loopback, a log of what was asked."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web as aioweb

from crawler.config import Config, load
from crawler.core.urls import Url, parse
from crawler.crawl import Crawl, open_crawl
from crawler.engine import Ended


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered. `headers` go out as they are."""

    body: str | bytes = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    type: str = "text/html; charset=utf-8"
    wait: float = 0.0  # seconds before the headers


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the request log."""

    url: str
    address: str  # where it came in
    start: float
    end: float
    headers: Mapping[str, str]


Answer = Reply | str | Callable[[aioweb.BaseRequest], Reply | str]


@dataclass(slots=True)
class Handmade:
    """A made-up web that is being served; pages can be changed while it is."""

    pages: dict[str, Answer]
    connect_to: dict[str, str]
    log: list[Asked] = field(default_factory=list)
    begun: set[str] = field(default_factory=set)  # URLs asked for, answered or not

    def asked(self, url: str) -> int:
        """Return how often `url` was asked for."""
        return sum(line.url == url for line in self.log)

    def policy(
        self, path: Path, more: str = "", *, patience: str = "300ms", delay: str = "0s"
    ) -> str:
        """Write a policy for this web to `path` and return its name."""
        hosts = "\n".join(f'"{host}" = "{address}"' for host, address in self.connect_to.items())
        path.write_text(f"""
extends = "default"
[identity]
token = "ProofBot"
contact = "https://proof.test/bot"
[network]
allow = ["127.0.0.0/8"]
public = false
[network.connect_to]
{hosts}
[politeness]
min_delay = "{delay}"
fetch_factor = 0
[limits]
patience = "{patience}"
{more}
""")
        return str(path)


@asynccontextmanager
async def handmade(
    pages: Mapping[str, Answer], addresses: Mapping[str, str] | None = None
) -> AsyncIterator[Handmade]:
    """Serve `pages` (URL -> answer; others are 404) until the block ends.

    A host listens at 127.0.0.1 unless `addresses` says otherwise.
    """
    hosts = dict.fromkeys(url.text.split("/")[2] for url in map(url_of, pages))
    sockets = {
        host: socket.create_server(((addresses or {}).get(host, "127.0.0.1"), 0), backlog=512)
        for host in hosts
    }
    served = Handmade(
        {url_of(url).text: answer for url, answer in pages.items()},
        {host: "{}:{}".format(*sock.getsockname()) for host, sock in sockets.items()},
    )

    async def answer(request: aioweb.BaseRequest) -> aioweb.StreamResponse:
        start = time.time()
        url = f"http://{request.host}{request.raw_path}"
        if url in served.pages:
            served.begun.add(url)
        found = served.pages.get(url, Reply(status=404))
        reply = found(request) if callable(found) else found
        reply = Reply(reply) if isinstance(reply, str) else reply
        if reply.wait:
            await asyncio.sleep(reply.wait)
        address = request.transport.get_extra_info("sockname")[0] if request.transport else ""
        served.log.append(Asked(url, address, start, time.time(), request.headers))
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        headers = [*reply.headers]
        if reply.status != 304:
            headers.append(("Content-Type", reply.type))
        return aioweb.Response(status=reply.status, body=body, headers=headers)

    runner = aioweb.ServerRunner(aioweb.Server(answer, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    try:
        for sock in sockets.values():
            await aioweb.SockSite(runner, sock, backlog=512).start()
        yield served
    finally:
        await runner.cleanup()
        for sock in sockets.values():
            sock.close()


def url_of(text: str) -> Url:
    url = parse(text)
    assert url is not None, text
    return url


def page(
    *links: str, text: str = "Some words of text that a page may hold.", head: str = ""
) -> str:
    """Return an HTML page with these links."""
    anchors = " ".join(f'<a href="{link}">more</a>' for link in links)
    return (
        f"<!doctype html><html lang=en><head><title>T</title>{head}</head>"
        f"<body><main><p>{text}</p>{anchors}</main></body></html>"
    )


async def crawl(job: Path, policy: str | Config, *seeds: str, revisit: bool = False) -> Ended:
    """Run the job in this process until it ends."""
    config = load(policy) if isinstance(policy, str) else policy
    async with open_crawl(job, config, time.time) as opened:
        await opened.add_seeds([url_of(seed) for seed in seeds])
        if revisit:
            await opened.frontier.revisit(time.time(), everything=True)
        return await run_to_end(opened)


async def run_to_end(opened: Crawl) -> Ended:
    ended = await opened.engine.run()
    await opened.close(ended)
    return ended
