"""One crawl over the whole hostile web, and what it recorded of each route."""

import asyncio
import resource
import sqlite3
import sys
import time
from collections import Counter
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
[admission]
max_links = 500
max_pattern = 100
max_segments = 8
[fetch]
connect = "5s"
tls = "3s"
first_byte = "5s"
between_bytes = "2s"
total = "10s"
dns = "2s"
wire_bytes = "2MB"
decoded_bytes = "4MB"
header_count = 200
"""


@dataclass(frozen=True)
class Result:
    """How the crawl ended. `ends` maps each route's page to its outcome and code."""

    status: int
    errors: str
    seconds: float
    peak_rss: int  # bytes
    ends: dict[str, str]
    others: dict[str, str]  # the same of every page that is no route's own
    addresses: set[str]
    dialled: Counter[str]  # addresses, as the dialer wrote them down


async def crawl(web: HostileWeb, folder: Path) -> Result:
    """Crawl every route of `web` with the command line, as an operator would."""
    policy, seeds, job = folder / "policy.toml", folder / "seeds.txt", folder / "job"
    policy.write_text(POLICY + web.policy())
    seeds.write_text("".join(f"{route.url}\n" for route in web.routes.values()))
    started = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.hostile.logged", folder / "dials", "crawl"),
        *("--seeds-file", seeds),
        *("--job", job, "--policy", policy),
        cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await process.communicate()
    seconds = time.monotonic() - started
    assert process.returncode == 0, errors.decode()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    ends, addresses = _read(job)
    own = {route.url for route in web.routes.values()}
    return Result(
        process.returncode,
        errors.decode(),
        seconds,
        peak,
        {url: end for url, end in ends.items() if url in own},
        {url: end for url, end in ends.items() if url not in own},
        addresses,
        Counter(line.split()[1] for line in (folder / "dials").read_text().splitlines()),
    )


def _read(job: Path) -> tuple[dict[str, str], set[str]]:
    connection = sqlite3.connect(f"file:{job / 'crawl.db'}?mode=ro", uri=True)
    rows = connection.execute(
        "SELECT url.url, url.state, url.outcome, url.code, host.reason"
        " FROM url JOIN host ON host.id = url.host_id WHERE url.kind = 0"
    ).fetchall()
    addresses = {
        address
        for (text,) in connection.execute("SELECT addresses FROM host")
        for address in text.split()
    }
    connection.close()
    ends = {
        url: f"{outcome} {code}".strip() if state == 2 else f"deferred {code or reason}"
        for url, state, outcome, code, reason in rows
    }
    return ends, addresses
