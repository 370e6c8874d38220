"""A crawl over two Ray nodes gives what one process gives, whatever is killed, and is polite."""

import asyncio
import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import asynccontextmanager, closing, suppress
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from crawler.cluster.fetching import fetch_newest
from crawler.cluster.job_url import shard_part
from crawler.cluster.url_state import read_epochs
from tests.web.handmade import Reply, handmade, page

pytest.importorskip("ray")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

ROOT = Path(__file__).parents[2]
HOSTS, PAGES, ADDRESSES, SHARDS = 200, 2, 40, 3
HOST_DELAY, ADDRESS_DELAY, GROUP_DELAY = 0.3, 0.1, 0.2
# A Ray node keeps its sockets below its folder: their names must be short.
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DEDUP_LOGS": "0"}


def host(number):
    return f"www.site-{number % HOSTS}.test"


EVERYTHING = {f"http://{host(n)}/{which}" for n in range(HOSTS) for which in range(PAGES)}
DOWN = "http://down.test"  # its robots.txt is waited for as long as a crawl has patience


@asynccontextmanager
async def interlinked():
    """Serve many sites on shared addresses, whose pages lead to pages of other sites."""
    pages = {}
    for number in range(HOSTS):
        for which in range(PAGES):
            links = [f"/{which + 1}"] if which + 1 < PAGES else []
            links += [f"http://{host(number * 3 + which + 1)}/{(which * 7) % PAGES}"]
            links += [f"http://{host(number + 1)}/0", f"http://{host(number * 2 + 1)}/0"]
            pages[f"http://{host(number)}/{which}"] = page(
                *links, text=f"Words of page {which} of site {number}, and of no other."
            )
    addresses = {host(n): f"127.0.0.{2 + n % ADDRESSES}" for n in range(HOSTS)}
    pages[f"{DOWN}/robots.txt"] = Reply(status=503)
    async with handmade(pages, addresses) as web:
        yield web


def policy_for(web, path, patience="3s", answer=3):
    """Write a policy for a web whose pages may take `answer` seconds."""
    web.policy(path, patience=patience, delay=f"{HOST_DELAY}s")
    text = path.read_text().replace(
        f'min_delay = "{HOST_DELAY}s"',
        f'min_delay = "{HOST_DELAY}s"\nip_delay = "{ADDRESS_DELAY}s"\njitter = 0\n'
        f'groups = [{{ pattern = "www.site-7.test", delay = "{GROUP_DELAY}s" }}]',
    )
    path.write_text(
        f'{text}\n[fetch]\nconnect = "2s"\ntls = "1s"\n'
        f'first_byte = "{answer - 1}s"\ntotal = "{answer}s"\n'
    )
    return path


def check_politeness(log):
    """No host, address or group was asked twice at once, or too early: by the servers' own log."""
    lines = sorted(log, key=lambda line: line.start)
    for name, wait in ((lambda line: line.url.split("/")[2], HOST_DELAY),
                       (lambda line: line.address, ADDRESS_DELAY)):  # fmt: skip
        groups = {}
        for line in lines:
            groups.setdefault(name(line), []).append(line)
        for found in groups.values():
            for first, then in pairwise(found):
                assert then.start >= first.end + wait - 0.002, (first, then)


def kept(job, folder):
    """Return the pages of all shards as their newest snapshots have them, and how often each."""
    found = Counter()
    for number in range(SHARDS):
        draft = folder / f"fetched-{number}"
        fetch_newest(shard_part(str(job), number), draft, folder / "nothing")
        with closing(sqlite3.connect(draft / "crawl.db")) as store:
            found.update(url for (url,) in store.execute("SELECT url FROM page"
                                                         " WHERE state = 'active'"))  # fmt: skip
    return found


def start(*arguments, **environment):
    return asyncio.create_subprocess_exec(
        sys.executable, "-m", "crawler", *map(str, arguments), cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, start_new_session=True,
        env=os.environ | _QUIET | environment,
    )  # fmt: skip


class Nodes:
    """Two Ray nodes as processes of this machine, each with a disk of its own."""

    def __init__(self, folder):
        from ray.cluster_utils import Cluster

        self.folder = folder
        self.made = 0
        self.cluster = Cluster()
        self.add(temp_dir=str(folder / "r"), include_dashboard=False)
        self.workers = [self.add()]

    def add(self, **more):
        self.made += 1
        disk = self.folder / f"disk-{self.made}"
        return self.cluster.add_node(
            num_cpus=2, object_store_memory=80_000_000,
            env_vars={"CRAWLER_LOCAL_DIR": str(disk), **_QUIET}, **more,
        )  # fmt: skip

    def lose_one(self):
        """Kill a node as a power cut would, and have another join."""
        self.cluster.remove_node(self.workers.pop(), allow_graceful=False)
        self.workers.append(self.add())

    def processes(self, name):
        """Return the processes of actors by their class's name; raylets are their parents."""
        found = []
        for process in psutil.process_iter(["cmdline"]):
            with suppress(psutil.Error):
                if f"ray::{name}" in " ".join(process.info["cmdline"] or ()):
                    parent = process.parent()
                    if parent is not None and str(self.folder) in " ".join(parent.cmdline()):
                        found.append(process)
        return found

    def close(self):
        self.cluster.shutdown()


@pytest.fixture(scope="module")
def nodes():
    os.environ.update(_QUIET)
    folder = Path(tempfile.mkdtemp(prefix="rt", dir="/tmp"))
    made = Nodes(folder)
    yield made
    made.close()
    shutil.rmtree(folder, ignore_errors=True)


def crawl(web, tmp_path, job, nodes, *more, **waits):
    return (
        "cluster", "crawl", f"http://{host(0)}/0", "--job", job,
        "--policy", policy_for(web, tmp_path / "policy.toml", **waits), "--scope", "any",
        "--shards", SHARDS, "--cpus", 0.5, "--lease", "5s", "--snapshot-every", "2s",
        "--address", nodes.cluster.address, "--json", *more,
    )  # fmt: skip


async def finish(process, seconds=200):
    out, errors = await asyncio.wait_for(process.communicate(), seconds)
    return process.returncode, out.decode(), errors.decode()


async def until(condition, what, seconds=90):
    for _ in range(int(seconds / 0.1)):
        if condition():
            return
        await asyncio.sleep(0.1)
    raise AssertionError(what)


async def test_two_nodes_give_exactly_the_pages_of_one_process(tmp_path, nodes):
    waits = {"patience": "60s", "answer": 20}  # all is asked for once, also by a busy machine
    async with interlinked() as web:
        one = await start("crawl", f"http://{host(0)}/0", "--job", tmp_path / "one", "--policy",
                          policy_for(web, tmp_path / "policy.toml", **waits),
                          "--scope", "any")  # fmt: skip
        code, _, errors = await finish(one)
        assert code == 0, errors
        asked = Counter(line.url for line in web.log)
        web.log.clear()
        job = tmp_path / "job"
        code, out, errors = await finish(await start(*crawl(web, tmp_path, job, nodes, **waits)))

    assert code == 0, errors
    assert json.loads(out)["pages"] == len(EVERYTHING)
    assert Counter(line.url for line in web.log) == asked
    check_politeness(web.log)
    assert kept(job, tmp_path) == Counter(EVERYTHING)


async def test_whatever_is_killed_changes_nothing(tmp_path, nodes):
    """Actors of every kind and a node, killed at random moments; then the driver, and again."""
    chance, job, kills = random.Random(), tmp_path / "job", Counter()
    async with interlinked() as web:
        process = await start(*crawl(web, tmp_path, job, nodes))
        telling = asyncio.create_task(process.communicate())
        await until(lambda: len(web.log) > 20, "nothing is asked for")
        for what in [*["ShardActor"] * 9, *["Coordinator"] * 4, *["Addresses"] * 5, "node"]:
            await asyncio.sleep(chance.uniform(0.1, 1.2))
            if telling.done():
                break
            if what == "node":
                nodes.lose_one()
                kills[what] += 1
            else:
                await until(lambda what=what: nodes.processes(what) or telling.done(), what)
                if found := nodes.processes(what):
                    chance.choice(found).kill()
                    kills[what] += 1
        for _ in range(2):
            if telling.done():
                break
            await asyncio.sleep(chance.uniform(1, 4))
            process.kill()
            await telling
            kills["driver"] += 1
            process = await start(*crawl(web, tmp_path, job, nodes))
            telling = asyncio.create_task(process.communicate())
        out, errors = await asyncio.wait_for(telling, 240)

    assert process.returncode == 0, errors.decode()
    print(kills, len(web.log))
    assert kills.total() >= 15, errors.decode()
    assert json.loads(out)["pages"] == len(EVERYTHING), errors.decode()
    check_politeness(web.log)
    assert kept(job, tmp_path) == Counter(EVERYTHING)


async def test_a_frozen_owner_a_failing_store_a_limit_and_a_stop(tmp_path, nodes):
    job, away = tmp_path / "job", tmp_path / "away"
    async with interlinked() as web:
        given = crawl(web, tmp_path, job, nodes)
        code, out, errors = await finish(await start(*given, "--max-pages", 37))
        assert code == 10, errors
        assert json.loads(out)["pages"] == sum(kept(job, tmp_path).values()) == 37

        policy_for(web, tmp_path / "policy.toml", "10m")
        process = await start(*given, f"{DOWN}/")  # so that it goes on until it is stopped
        telling = asyncio.create_task(process.communicate())
        before = len(web.log)
        await until(lambda: len(web.log) > before + 10, "nothing is asked for")
        epochs = read_epochs(str(job))["shards"]
        frozen = random.choice(nodes.processes("ShardActor"))
        frozen.suspend()
        job.rename(away)  # and nothing can be written to the URL
        job.write_text("no folder")
        await asyncio.sleep(7)  # longer than the lease
        job.unlink()
        away.rename(job)
        frozen.resume()
        code, _, errors = await finish(await start("cluster", "stop", job))
        assert code == 0, errors
        _, errors = await telling
        assert process.returncode == 130, errors.decode()
        after = read_epochs(str(job))["shards"]
        assert not any(owner for _, owner in after)
        assert sum(e for e, _ in after) > sum(
            e for e, _ in epochs
        )  # none went on under its old one

        policy_for(web, tmp_path / "policy.toml")
        code, out, errors = await finish(await start(*given))

    assert code == 0, errors
    assert json.loads(out)["pages"] == len(EVERYTHING)
    check_politeness(web.log)
    assert kept(job, tmp_path) == Counter(EVERYTHING)
