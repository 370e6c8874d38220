"""A WARC of the whole demo web by another tool, screened: the crawl's decision for every URL."""

import asyncio
import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import aiohttp
import pyarrow.parquet as pq
import pytest
import yarl
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.config import load
from crawler.core.consent.protocols import probes
from crawler.core.urls import parse
from crawler.crawl import open_crawl
from crawler.demo.stories import all_stories
from crawler.demo.web import policy_text, serve
from crawler.store.job import DATABASE

pytestmark = pytest.mark.slow
PLACES = ["/robots.txt", *(file.path for files in probes().values() for file in files)]


async def crawl(folder, web, more=""):
    (folder / "policy.toml").write_text(policy_text(web) + more)
    config = load(str(folder / "policy.toml"))
    async with open_crawl(folder / "crawl", config, time.time) as running:
        await running.add_seeds(map(parse, web.seeds))
        await running.close(await running.engine.run())


def outcomes(folder):
    """Return of each URL of the crawl whether it was kept, and the reason if it was not."""
    with sqlite3.connect(folder / "crawl" / DATABASE) as connection:
        found = {
            url: (False, code or outcome)
            for url, outcome, code in connection.execute(
                "SELECT url, outcome, code FROM url WHERE kind = 0 AND outcome IN"
                " ('kept', 'refused', 'moved', 'missing')"
            )
        }
        for url, state, reason in connection.execute("SELECT url, state, state_reason FROM page"):
            found[url] = (True, "ok") if state == "active" else (False, reason)
        files = {url for (url,) in connection.execute("SELECT url FROM snapshot")}
    return found, files


async def archive(path, web, urls):
    """Write what a simple tool gets of the URLs, redirects and site files among them."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        async with aiohttp.ClientSession(auto_decompress=False) as session:
            for text in sorted(urls):
                url = parse(text)
                place = yarl.URL(f"http://{web.connect_to[url.host]}{url.target}", encoded=True)
                headers = {"Host": url.host}
                async with session.get(place, headers=headers, allow_redirects=False) as answer:
                    body = await answer.read()
                    lines = [(k.decode(), v.decode("latin-1")) for k, v in answer.raw_headers]
                    head = StatusAndHeaders(f"{answer.status} x", lines, protocol="HTTP/1.1")
                writer.write_record(
                    writer.create_warc_record(
                        text, "response", payload=io.BytesIO(body), http_headers=head
                    )
                )


def screen(folder, *more, source="web.warc.gz"):
    words = [sys.executable, "-m", "crawler", "screen", str(folder / source)]
    words += ["--policy", str(folder / "policy.toml"), *more]
    env = {**os.environ, "XDG_STATE_HOME": str(folder)}
    done = subprocess.run(words, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.timeout(400)
async def test_a_warc_of_the_whole_web_gives_the_crawls_decisions(tmp_path):
    async with serve(all_stories()) as web:
        await crawl(tmp_path, web)
        expected, files = outcomes(tmp_path)
        urls = set(expected) | files
        urls |= {parse(url).origin + path for url in set(urls) for path in PLACES}
        urls = {url for url in urls if parse(url).host in web.connect_to}
        await archive(tmp_path / "web.warc.gz", web, urls)
        for as_of in ("capture", "now"):
            job, out = tmp_path / f"job-{as_of}", tmp_path / f"out-{as_of}"
            options = ("--as-of", as_of, "--job", str(job), "--out", str(out), "--collect-terms")
            await asyncio.to_thread(screen, tmp_path, *options)

    for as_of in ("capture", "now"):
        rows = pq.read_table(tmp_path / f"out-{as_of}" / "annotation.parquet").to_pylist()
        found = {row["url"]: (row["included"], row["reason"]) for row in rows}
        assert len(expected) > 100
        assert {url: found[url] for url in expected} == expected


@pytest.mark.timeout(400)
async def test_our_own_archive_screens_to_the_pages_that_were_kept(tmp_path):
    async with serve(all_stories()) as web:
        await crawl(tmp_path, web, "\n[archive]\nenabled = true\n")
    expected, _ = outcomes(tmp_path)
    options = ("--as-of", "capture", "--job", str(tmp_path / "job"), "--out", str(tmp_path / "out"))

    await asyncio.to_thread(screen, tmp_path, *options, source="crawl/archive")

    rows = pq.read_table(tmp_path / "out" / "annotation.parquet").to_pylist()
    kept = {url for url, (included, _) in expected.items() if included}
    assert {row["url"] for row in rows if row["included"]} == kept
    assert len(kept) > 50


def test_killed_at_any_moment_it_ends_with_the_same_bytes(tmp_path):
    rows = [{"url": f"http://h{n % 9}.test/{n}", "date": "2024-05-18"} for n in range(2_000)]
    for number in range(4):
        path = tmp_path / f"{number}.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows[number::4]))
    evidence = [{"domain": f"h{n}.test", "date": "2024", "robots_txt": ""} for n in range(0, 9, 2)]
    for item in evidence:
        item["date"] = "2024-01-01"
    (tmp_path / "e.jsonl").write_text("".join(f"{json.dumps(item)}\n" for item in evidence))
    words = [sys.executable, "-m", "crawler", "screen", *(f"{n}.jsonl" for n in range(4))]
    words += ["--evidence", "e.jsonl", "--no-collect", "--job", "job", "--out", "out"]
    plan = tmp_path / "job" / "screen" / "plan.json"
    chance = random.Random(1)
    for _ in range(8):
        started = subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.DEVNULL)
        known = len(list(plan.parent.iterdir())) if plan.exists() else 0
        most = known + chance.randint(1, 6)
        while started.poll() is None and (
            not plan.exists() or len(list(plan.parent.iterdir())) < most
        ):
            time.sleep(0.005)
        started.send_signal(signal.SIGKILL)
        started.wait()
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    killed = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    begun = plan.read_bytes()
    shutil.rmtree(tmp_path / "job")
    shutil.rmtree(tmp_path / "out")
    plan.parent.mkdir(parents=True)
    plan.write_bytes(begun)  # the time at which it was first begun
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)

    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == killed
