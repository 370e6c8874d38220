"""Evidence is collected and killed again and again: judged by the servers' log and the job."""

import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from benchmarks.loopback import Sites, check, free_port, read_log, serving

DELAY, IP_DELAY = 0.3, 0.1


def collect(folder, seen, seconds=None):
    """Collect, or go on collecting; killed `seconds` after the first request if they are given."""
    command = [sys.executable, "-m", "crawler", "screen", str(folder / "urls.txt")]
    command += ["--job", str(folder / "job"), "--policy", str(folder / "policy.toml")]
    with (folder / "collect.log").open("ab") as output:
        process = subprocess.Popen([*command, "--collect-only"], stdout=output, stderr=output)
        size = seen.stat().st_size
        while seconds is not None and process.poll() is None and seen.stat().st_size == size:
            time.sleep(0.05)
        try:
            return process.wait(seconds or 1_500)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return process.wait()


def known(job):
    """Return the addresses of the answers that the job holds, all of which are fresh."""
    with sqlite3.connect(job / "crawl.db") as database:
        rows = database.execute("SELECT url, count(*) FROM snapshot GROUP BY url").fetchall()
    return dict(rows)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("hosts", "kills"),
    [
        pytest.param(40, 3, id="a-few"),
        pytest.param(2_000, 10, id="ten", marks=pytest.mark.timeout(1_800)),
    ],
)
def test_what_is_known_and_fresh_is_not_asked_again(tmp_path, hosts, kills):
    web = Sites(hosts, 1, free_port())
    policy = web.policy(DELAY, ip_delay=IP_DELAY)
    (tmp_path / "policy.toml").write_text(policy)
    (tmp_path / "urls.txt").write_text("\n".join(web.seeds()) + "\n")
    chance, log = random.Random(11), tmp_path / "requests.log"
    log.touch()
    held: list[tuple[float, dict[str, int]]] = []

    with serving(web, log):
        for _ in range(kills):
            ended = collect(tmp_path, log, chance.uniform(0.2, 1 + hosts / 400))
            held.append((time.time(), known(tmp_path / "job")))
            assert ended in {0, -signal.SIGKILL}
        last = collect(tmp_path, log)

    seen = read_log(log)
    assert last == 0, (tmp_path / "collect.log").read_text()[-2_000:]
    assert check(seen, DELAY, IP_DELAY) == {"host": 0, "address": 0}
    again = [
        (one.host, one.target)
        for at, urls in held
        for one in seen
        if one.start > at and f"http://{one.host}{one.target}" in urls
    ]
    assert again == []
    found = known(tmp_path / "job")
    assert {url for url in found if url.endswith("/robots.txt")} == {
        f"{url}robots.txt" for url in web.seeds()
    }
    assert set(found.values()) == {1}
