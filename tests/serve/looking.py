"""A browser's place in tests that need none: requests to the application, and what it answers."""

import re
import time
from contextlib import asynccontextmanager

import httpx

from crawler.serve.access import Access
from crawler.serve.application import application

TOKEN = "a-token-of-tests-0123456789"  # noqa: S105
HOME = "http://127.0.0.1:8420"


class Looking(httpx.AsyncClient):
    """A client with the cookie that the token brings."""

    async def enter(self):
        answer = await self.get("/", params={"token": TOKEN})
        name, _, rest = answer.headers["set-cookie"].partition("=")
        self.headers["cookie"] = f"{name}={rest.partition(';')[0]}"
        return answer

    async def form(self, path="/1/"):
        found = re.search(r'name="form" value="(\w+)"', (await self.get(path)).text)
        return found[1] if found else ""


@asynccontextmanager
async def looking(*jobs, entered=True, names=(), **options):
    access = Access(TOKEN, 8420, frozenset({"127.0.0.1", "localhost", "[::1]", *names}))
    app = application(jobs, access, time.time, **options)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with Looking(transport=transport, base_url=HOME) as client:
        if entered:
            await client.enter()
        yield client
