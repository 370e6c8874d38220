"""Debian's chromium on the pages of a real `crawler serve`, and a crawl for them to show."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
# Nothing but the pages: no updates, no first run, no look at the network.
FLAGS = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-default-apps", "--disable-domain-reliability", "--disable-sync", "--no-first-run",
    "--no-pings", "--disable-dev-shm-usage",
)  # fmt: skip
SCHEMES = ("light", "dark")


def needs_chromium():
    if not Path(CHROMIUM).exists():
        pytest.skip("chromium is not there (Debian: chromium)")
    return pytest.importorskip("playwright.async_api")


@asynccontextmanager
async def chromium():
    api = needs_chromium()
    async with api.async_playwright() as tool:
        browser = await tool.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


def start(*words, **options):
    return asyncio.create_subprocess_exec(
        sys.executable, "-m", "crawler", *map(str, words), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options,
    )  # fmt: skip


async def end(process, number=signal.SIGINT):
    if process.returncode is None:
        os.killpg(process.pid, number)
    async with asyncio.timeout(20):
        await process.communicate()


@asynccontextmanager
async def served(*jobs, options=()):
    """Serve the jobs as their user would; yield the link that is printed."""
    process = await start("serve", *jobs, "--port", 0, *options)
    try:
        async with asyncio.timeout(30):
            link = (await process.stdout.readline()).decode().strip()
        yield link
    finally:
        await end(process)
    assert process.returncode in {0, 130, -2}


class Opened:
    """One window: what went wrong in it is remembered."""

    def __init__(self, page, link):
        self.page = page
        self.home = link.partition("/?")[0]
        self.faults = []
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))
        page.on("console", self._heard)
        page.on("request", self._asked)

    def _heard(self, message):
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _asked(self, request):
        if not request.url.startswith(self.home):
            self.faults.append(f"request: {request.url}")

    async def go(self, path):
        await self.page.goto(self.home + path, wait_until="domcontentloaded")
        return self.page


@asynccontextmanager
async def window(browser, link, **options):
    context = await browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    page = await context.new_page()
    opened = Opened(page, link)
    await page.goto(link)
    await page.wait_for_url(lambda url: "token" not in url)
    try:
        yield opened
    finally:
        await context.close()
    assert opened.faults == []
