"""Many small hosts on loopback, in a process of their own, and a judge of what they saw.

    python -m benchmarks.loopback --log F --hosts 200 --pages 20 --port 8080

Host number n is `h<n>.test` on an address of its own, or shares it with others; its front page
links to all its pages. Every request is one line of the log: when its head had arrived, when
the last bytes of its answer were about to be sent, host, address, target. `check` knows
nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

# Two clocks that read one machine's time still differ by what their processes waited for.
SLACK = 0.002


_POLICY = """
[identity]
token = "LoopbackTest"
contact = "https://crawler.test/about"
email = "crawl@crawler.test"
[network]
public = false
allow = ["127.0.0.0/8"]
[network.connect_to]
{connect_to}
[politeness]
min_delay = "{delay:.0f}ms"
fetch_factor = 0
jitter = 0
"""


@dataclass(frozen=True)
class Sites:
    """`hosts` hosts of `pages` pages, `crowd` on each address, answering within `slow` seconds.

    Each page has `links` to pages of other hosts.
    """

    hosts: int
    pages: int
    port: int
    crowd: int = 1
    slow: float = 0.0
    links: int = 0

    def name(self, host: int) -> str:
        return f"h{host}.test"

    def address(self, host: int) -> str:
        number = host // self.crowd
        return f"127.1.{number // 200}.{number % 200 + 1}"

    def connect_to(self) -> str:
        """Return the lines of a policy's `[network.connect_to]`."""
        return "\n".join(
            f'"{self.name(host)}" = "{self.address(host)}:{self.port}"'
            for host in range(self.hosts)
        )

    def policy(self, delay: float, *, ip_delay: float | None = None, more: str = "") -> str:
        """Return a policy to ask them under: a host each `delay` seconds,.

        `ip_delay`: seconds between requests to one address; None leaves what the crawler does.
        """
        of_address = "" if ip_delay is None else f'ip_delay = "{ip_delay * 1e3:.0f}ms"\n'
        return _POLICY.format(connect_to=self.connect_to(), delay=delay * 1e3) + of_address + more

    def seeds(self) -> list[str]:
        return [f"http://{self.name(host)}/" for host in range(self.hosts)]

    def targets(self, host: int, number: int) -> list[str]:
        """Return where page `number` of a host leads to on others."""
        others = [(host * 7 + number * 13 + n * n + 1) % self.hosts for n in range(self.links)]
        pages = [(number + n) % self.pages for n in range(self.links)]
        return [
            f"http://{self.name(other)}/{f'p{page}' if page else ''}"
            for other, page in zip(others, pages, strict=True)
            if other != host
        ]

    def page(self, target: str, host: str = "h0.test") -> bytes | None:
        number = int(host[1:].partition(".")[0])
        if target == "/":
            links = "".join(f'<li><a href="/p{n}">Page {n}</a>' for n in range(1, self.pages))
            links += self._links(number, 0)
            return f"<!doctype html><title>All pages</title><h1>All</h1><ul>{links}</ul>".encode()
        if target.startswith("/p"):
            more = self._links(number, int(target[2:]))
            page = f"<!doctype html><title>{target}</title><p>This is {target} alone.{more}"
            return page.encode()
        return None

    def _links(self, host: int, number: int) -> str:
        return "".join(f' <a href="{url}">more</a>' for url in self.targets(host, number))


class Seen(NamedTuple):
    """One request as its server saw it."""

    start: float
    end: float
    host: str
    address: str
    target: str


@contextmanager
def serving(sites: Sites, log: Path) -> Iterator[None]:
    """Serve `sites` from another process until the context ends."""
    numbers = [f"--{key}={value}" for key, value in vars(sites).items()]
    command = [sys.executable, "-m", "benchmarks.loopback", "--log", str(log), *numbers]
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        if server.stdout is None or not server.stdout.readline():
            msg = "the loopback server did not start"
            raise RuntimeError(msg)
        yield
    finally:
        server.kill()
        server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def read_log(path: Path) -> list[Seen]:
    return sorted(Seen(*json.loads(line)) for line in path.read_text().splitlines())


def check(seen: list[Seen], delay: float, ip_delay: float) -> dict[str, int]:
    """Count requests that came too early, to a host or to an address, or while another ran."""
    found = {"host": 0, "address": 0}
    free: dict[str, float] = {}
    for one in seen:
        found["host"] += one.start < free.get(one.host, 0.0) - SLACK
        found["address"] += one.start < free.get(one.address, 0.0) - SLACK
        free[one.host] = max(free.get(one.host, 0.0), one.end + delay)
        free[one.address] = max(free.get(one.address, 0.0), one.end + ip_delay)
    return found


async def _serve(sites: Sites, log: Path) -> None:
    lines = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    chance = random.Random(1)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = writer.get_extra_info("sockname")[0]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                start = time.time()
                target, host = _asked(head)
                body = sites.page(target, host)
                status = "200 OK" if body is not None else "404 Not Found"
                if sites.slow:
                    await asyncio.sleep(chance.uniform(0, sites.slow))
                reply = (
                    f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n"
                    f"Content-Length: {len(body or b'')}\r\n\r\n"
                )
                line = json.dumps([start, time.time(), host, address, target])
                writer.write(reply.encode() + (body or b""))
                os.write(lines, line.encode() + b"\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    addresses = sorted({sites.address(host) for host in range(sites.hosts)})
    for address in addresses:
        await asyncio.start_server(answer, address, sites.port, backlog=256)
    print("ready", flush=True)
    await asyncio.Event().wait()


def _asked(head: bytes) -> tuple[str, str]:
    first, *fields = head.decode("latin-1").split("\r\n")
    host = next(field[5:].strip() for field in fields if field.lower().startswith("host:"))
    return first.split(" ")[1], host


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--crowd", type=int, default=1)
    parser.add_argument("--slow", type=float, default=0.0)
    parser.add_argument("--links", type=int, default=0)
    options = vars(parser.parse_args())
    log = options.pop("log")
    asyncio.run(_serve(Sites(**options), log))


if __name__ == "__main__":
    main()
