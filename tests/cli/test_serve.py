"""`crawler serve`: what is said when it cannot begin, whom its token is for, how it ends."""

import asyncio
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from crawler.store.database import connect
from crawler.store.job import DATABASE
from tests.cli.run import run


@pytest.fixture
def job(tmp_path):
    folder = tmp_path / "<b>job&amp;\u202e"
    folder.mkdir()
    connect(folder / DATABASE).close()
    return folder


async def test_what_cannot_be_served_is_said_before_anything_listens(job, tmp_path):
    short = tmp_path / "short"
    short.write_text("short\n")
    short.chmod(0o600)
    read_by_all = tmp_path / "open"
    read_by_all.write_text("x" * 40)
    read_by_all.chmod(0o644)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for words, said in (
            ([tmp_path / "nowhere"], "holds no job"),
            ([job, tmp_path], "holds no job"),
            ([job, "--port", taken.getsockname()[1]], "Address already in use"),
            ([job, "--port", 0, "--host", "192.0.2.7"], "cannot be listened at"),
            ([job, "--port", 0, "--token-file", short], "16 or more characters"),
            ([job, "--port", 0, "--token-file", read_by_all], "chmod 600"),
            ([job, "--port", 0, "--token-file", tmp_path / "no" / "token"], "No such file"),
        ):
            done = await run("serve", *words)
            assert done.exit_code != 0
            assert said in str(done.exception), words


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -15)])
async def test_it_serves_whoever_has_the_link_until_it_is_told_to_end(job, tmp_path, number, code):
    token = tmp_path / "token"
    words = ("serve", job, "--port", "0", "--token-file", token, "--name", "crawl.lan")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "crawler", *map(str, words),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    link = (await process.stdout.readline()).decode().strip()
    home = link.partition("/?")[0]
    async with httpx.AsyncClient(follow_redirects=True) as client:
        refused = await client.get(home)
        entered = await client.get(link)
        shown = await client.get(home)
        named = await client.get(home, headers={"host": "crawl.lan"})
        other = await client.get(home, headers={"host": "evil.test"})
        async with client.stream("GET", f"{home}/1/live") as live:
            seen = ""
            async for text in live.aiter_text():
                seen += text
                if "event: figures" in seen:
                    break
            process.send_signal(number)  # with a page open
            async with asyncio.timeout(10):
                _, errors = await process.communicate()

    assert token.read_text().strip() in link
    assert token.stat().st_mode & 0o777 == 0o600
    assert [answer.status_code for answer in (refused, entered, shown, named, other)] == [
        401, 200, 200, 200, 421,
    ]  # fmt: skip
    assert "&lt;b&gt;job&amp;amp;[U+202E]" in shown.text
    assert "server" not in shown.headers
    assert process.returncode == code
    assert b"Traceback" not in errors
