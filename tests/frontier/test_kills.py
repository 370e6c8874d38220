"""A crawl that is killed again and again, judged by nothing but its servers' log."""

import random
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.loopback import Sites, check, free_port, read_log, serving

DELAY, IP_DELAY = 0.4, 0.15
MORE = """
[consent]
probes = []
[limits]
patience = "2s"
"""


def crawl(folder, seconds=None):
    """Crawl, or go on crawling; killed after `seconds` if they are given."""
    command = [sys.executable, "-m", "crawler", "crawl", "--job", str(folder / "job")]
    command += ["--policy", str(folder / "policy.toml"), "--seeds-file", str(folder / "seeds")]
    with (folder / "crawl.log").open("ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            return process.wait(seconds or 300)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return process.wait()


@pytest.mark.parametrize(
    ("sites", "kills"),
    [
        pytest.param((4, 4), 2, id="a-few", marks=pytest.mark.slow),
        pytest.param(
            (20, 150), 50, id="fifty", marks=[pytest.mark.slow, pytest.mark.timeout(1_200)]
        ),
    ],
)
def test_no_server_is_asked_too_early_however_often_the_crawler_is_killed(tmp_path, sites, kills):
    web = Sites(*sites, free_port(), crowd=2, slow=0.1)
    policy = web.policy(DELAY, ip_delay=IP_DELAY, more=MORE)
    (tmp_path / "policy.toml").write_text(policy)
    (tmp_path / "seeds").write_text("\n".join(web.seeds()))
    chance = random.Random(7)
    log: Path = tmp_path / "requests.log"

    with serving(web, log):
        ended = [crawl(tmp_path, chance.uniform(1.0, 4.0)) for _ in range(kills)]
        last = crawl(tmp_path)

    seen = read_log(log)
    assert -signal.SIGKILL in ended
    assert last == 0, (tmp_path / "crawl.log").read_text()[-2_000:]
    assert check(seen, DELAY, IP_DELAY) == {"host": 0, "address": 0}
    with sqlite3.connect(tmp_path / "job" / "crawl.db") as database:
        kept = Counter(url for (url,) in database.execute("SELECT url FROM page"))
    wanted = [f"http://{web.name(n)}/" for n in range(web.hosts)]
    wanted += [
        f"http://{web.name(n)}/p{page}" for n in range(web.hosts) for page in range(1, web.pages)
    ]
    assert kept == Counter(wanted)
    # What a kill cut short is asked again, and nothing else.
    again = Counter((one.host, one.target) for one in seen if one.target != "/robots.txt")
    assert max(again.values()) <= 1 + kills
