"""One crawl over the whole hostile web, and what it recorded of each route."""

import asyncio
import resource
import sqlite3
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.web import HostileWeb

ROOT = Path(__file__).parents[2]
POLICY = """
extends = "default"
[identity]
token = "HostileBot"
contact = "https://bot.test/about"
email = "bot@bot.test"
[politeness]
min_delay = "0s"
ip_concurrency = 64
back_off = "200ms"
[retries]
tries = 2
wait = "200ms"
[limits]
patience = "3s"
max_time = "240s"
[budgets]
host_pages = 20
[fetch]
connect = "2s"
tls = "1s"
first_byte = "3s"
between_bytes = "2s"
total = "6s"
dns = "2s"
wire_bytes = "2MB"
decoded_bytes = "4MB"
header_count = 200
"""


@dataclass(frozen=True)
class Result:
    """How the crawl ended. `ends` maps a route's host to its seed's outcome and code."""

    status: int
    errors: str
    seconds: float
    peak_rss: int  # bytes
    ends: dict[str, str]
    addresses: set[str]


async def crawl(web: HostileWeb, folder: Path) -> Result:
    """Crawl every route of `web` with the command line, as an operator would."""
    policy, seeds, job = folder / "policy.toml", folder / "seeds.txt", folder / "job"
    policy.write_text(POLICY + web.policy())
    seeds.write_text("".join(f"{route.url}\n" for route in web.routes.values()))
    started = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "crawler", "crawl", "--seeds-file", seeds),
        *("--job", job, "--policy", policy),
        cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await process.communicate()
    seconds = time.monotonic() - started
    assert process.returncode == 0, errors.decode()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    ends, addresses = _read(job, web)
    return Result(process.returncode, errors.decode(), seconds, peak, ends, addresses)


def _read(job: Path, web: HostileWeb) -> tuple[dict[str, str], set[str]]:
    connection = sqlite3.connect(f"file:{job / 'crawl.db'}?mode=ro", uri=True)
    rows = connection.execute(
        "SELECT host.name, url.url, url.state, url.outcome, url.code, host.reason"
        " FROM url JOIN host ON host.id = url.host_id WHERE url.kind = 0"
    ).fetchall()
    addresses = {
        address
        for (text,) in connection.execute("SELECT addresses FROM host")
        for address in text.split()
    }
    connection.close()
    ends = {}
    for host, url, state, outcome, code, reason in rows:
        route = web.routes.get(host)
        if route is not None and url == route.url:
            ends[host] = (
                f"{outcome} {code}".strip() if state == 2 else f"deferred {reason} {outcome} {code}"
            )
    return ends, addresses
