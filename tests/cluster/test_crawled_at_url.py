"""A job at a URL that was really crawled: restored on another node, verified, asked again."""

import asyncio
import json
import shutil
import time
from contextlib import closing
from dataclasses import dataclass
from uuid import uuid4

import pytest

from crawler.cli.clock import SteadyClock
from crawler.cluster.job_url import shard_part
from crawler.cluster.layout import shard_folder
from crawler.cluster.limits_file import LimitsFile
from crawler.cluster.promise_journal import LongWaits
from crawler.cluster.restoring import restore
from crawler.cluster.snapshot import Owner
from crawler.cluster.snapshots import take
from crawler.cluster.url_state import lay_out_url, read_epochs, write_epochs
from crawler.config import load
from crawler.core.urls import parse
from crawler.crawl import open_crawl
from crawler.frontier.part import Part
from crawler.frontier.sharding import Share
from crawler.store.database import connect
from crawler.store.suppression import open_suppression
from tests.corpus.site import policy as write_policy
from tests.corpus.site import run as run_command
from tests.corpus.site import site
from tests.corpus.test_commands import HOSTS, fill, records

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
SEEDS = [f"http://{host}/" for host in HOSTS]


@dataclass
class Cluster:
    """Shards crawled one after the other as actors would, each time on another node."""

    url: str
    config: object
    count: int = 2
    above: float = 0.2  # seconds: longer waits are promised

    def crawl(self, node, seeds=SEEDS, *, killed=False):
        """Crawl what is left; `killed`: nobody takes a last snapshot."""
        lay_out_url(self.url, self.count)
        nothing = {"shards": [[0, ""]] * self.count}
        epochs = [epoch + 1 for epoch, _ in (read_epochs(self.url) or nothing)["shards"]]
        write_epochs(self.url, {"shards": [[epoch, ""] for epoch in epochs]})
        return [
            asyncio.run(self._shard(node, number, Owner(epoch, uuid4().hex), seeds, killed))
            for number, epoch in enumerate(epochs)
        ]

    async def _shard(self, node, number, owner, seeds, killed):
        part, clock = shard_part(self.url, number), SteadyClock()
        folder = shard_folder(node, number)
        restored = restore(part, folder, owner, clock(), self.above)
        waits = LongWaits(part, owner, self.above)
        node.mkdir(exist_ok=True)
        with closing(LimitsFile(node)) as limits:
            mine = Part(Share(number=number, count=self.count), limits)
            ended = await self._crawled(folder, clock, (mine, waits), seeds)
        assert await waits.write()
        if not killed:
            listed = open_suppression(self.config.suppression.path)
            take(folder, part, owner, clock(), clean=ended.clean, listed=listed)
        return restored

    async def _crawled(self, folder, clock, given, seeds):
        mine, waits = given
        async with open_crawl(folder, self.config, clock, part=mine) as crawl:
            crawl.engine.committed = waits.note
            await crawl.add_seeds([parse(seed) for seed in seeds])
            ended = await crawl.engine.run()
            await crawl.close(ended)
        return ended


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with site() as web:
        fill(web)
        path = write_policy(tmp_path / "policy.toml", web, HOSTS)
        found = Cluster(str(tmp_path / "url"), load(str(path)))
        found.web, found.policy = web, path
        yield found


@pytest.fixture
def run(monkeypatch, capsys):
    return lambda *words: run_command(monkeypatch, capsys, *words)


def test_a_restored_job_is_verified_exported_and_asked_again(cluster, tmp_path, run):
    cluster.crawl(tmp_path / "node one")
    asked = len(cluster.web.asked)
    again = cluster.crawl(tmp_path / "node two")
    assert [one.here for one in again] == [False, False]
    assert len(cluster.web.asked) == asked  # after a clean end nothing is asked twice
    shutil.rmtree(tmp_path / "node one")

    for command in ("status", "verify", "report", "recheck"):
        code, out, err = run(command, cluster.url, "--json")
        assert code == 0, (command, out, err)
    code, out, err = run("verify", cluster.url, "--all")
    assert code == 0, out
    code, out, err = run("export", cluster.url, "--out", tmp_path / "out", "--version", "1.0.0")
    assert code == 0, err
    code, out, err = run("verify", tmp_path / "out", "--against", cluster.url)
    assert code == 0, (out, err)
    code, out, err = run("purge", cluster.url, "--domain", "two.test", "--reason", "optout")
    assert code == 0, err
    held = [one for one in records(tmp_path / "out") if "//two.test/" in one["metadata"]["url"]]
    assert f"version 1.0.0 holds {len(held)} of them" in out
    code, out, err = run("verify", cluster.url, "--all")
    assert code == 0, (out, err)
    code, out, err = run("export", cluster.url, "--out", tmp_path / "two", "--version", "1.1.0")
    assert code == 1
    assert "removals make a major version" in err
    code, out, err = run("export", cluster.url, "--out", tmp_path / "two", "--version", "2.0.0")
    assert code == 0, err
    assert "two.test" not in json.dumps([line for line in out.splitlines() if "://" in line])


def test_what_came_after_the_snapshot_is_asked_again_and_kept_once(cluster, tmp_path, run):
    text = cluster.policy.read_text().replace('back_off_cap = "1s"', 'back_off_cap = "2h"')
    cluster.policy.write_text(text)
    cluster.config = load(str(cluster.policy))
    cluster.crawl(tmp_path / "one", seeds=SEEDS[:1])
    # Then a node goes down: what it kept of two.test is in no snapshot, nor that a host of which
    # no snapshot knows asked for an hour.
    cluster.web.page("http://three.test/robots.txt", b"", status=503, retry_after="3600")
    cluster.crawl(tmp_path / "two", killed=True)
    shutil.rmtree(tmp_path / "two")
    asked, before = len(cluster.web.asked), time.time()

    restored = cluster.crawl(tmp_path / "three")

    later = [host for host, *_ in cluster.web.asked[asked:]]
    assert not any(one.here for one in restored)
    assert "two.test" in later
    assert "three.test" not in later
    texts, kinds, due = [], set(), {}
    for number in range(2):
        with closing(connect(shard_folder(tmp_path / "three", number) / "crawl.db")) as connection:
            texts += connection.execute("SELECT url FROM page WHERE state = 'active'").fetchall()
            kinds |= {kind for (kind,) in connection.execute("SELECT kind FROM ledger")}
            due |= dict(connection.execute("SELECT name, due FROM host"))
    assert len(texts) == len({*texts}) > 8
    assert {url.split("/")[2] for (url,) in texts} == {"one.test", "two.test"}
    assert before + 3_500 < due["three.test"] < before + 3_700
    assert "restored" in kinds
    code, out, err = run("verify", cluster.url, "--all")
    assert code == 0, (out, err)
