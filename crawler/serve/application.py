"""The paths of the pages: a query in, a page out. What changes something comes by POST alone."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from crawler.display.page import stylesheet
from crawler.serve import actions, hosts, turned_down
from crawler.serve.access import Access, Guard, read_form
from crawler.serve.live import Live
from crawler.serve.templates import render
from crawler.serve.totals import Totals
from crawler.serve.watched import TooLongError, Watched
from crawler.store.damaged_reads import DAMAGE
from crawler.store.database import StoreError

if TYPE_CHECKING:  # all of a crawl hangs on it, which takes a quarter of the start
    from crawler.visit import Clock

_MOST_WATCHING = 64  # pages open at once, of one job
_SAID = {
    "paused": "Paused: no request starts; visits under way may end.",
    "resumed": "Resumed.",
    "limits": "The limits are ordered; a crawl at work takes them over at once.",
    "policy-limits": "The limits of the policy hold again.",
}
_NOBODY = "Nobody is crawling it now: the policy is read when it is run."
_DIGITS = 18  # of a number in a query; thousands of them are too many for Python
_ANSWERED = 600  # characters of an answer that is shown


class Pages:
    """Answers for the jobs that are shown."""

    def __init__(
        self, folders: Sequence[Path], access: Access, clock: Clock, *, read_only: bool
    ) -> None:
        self._access = access
        self._clock = clock
        self._read_only = read_only
        self.lives = [
            Live(job, Totals(job, clock), self._draw, clock)
            for job in (Watched(number, folder) for number, folder in enumerate(folders, 1))
        ]
        self._answers: dict[int, str] = {}  # what a crawl said to a reload, by job

    @property
    def routes(self) -> list[Route | Mount]:
        job = "/{job:int}"
        shown = {
            "/hosts": self.hosts,
            "/host": self.host,
            "/explain": self.explain,
            "/page": self.page,
            "/samples": self.samples,
            "/takedown": self.takedown,
        }
        return [
            Route("/", self.jobs),
            Route(f"{job}/", self.overview),
            Route(f"{job}/live", self.live),
            *(Route(job + path, view) for path, view in shown.items()),
            *(
                Route(f"{job}/{name}", self._acting(act), methods=["POST"])
                for name, act in self._acts().items()
            ),
            Route("/static/style.css", self.style),
            Mount("/static", StaticFiles(packages=[("crawler.serve", "static")])),
        ]

    async def jobs(self, _: Request) -> Response:
        """List the jobs; one alone needs no list."""
        if len(self.lives) == 1:
            return RedirectResponse("/1/")
        listed = [(live.job, *await live.current()) for live in self.lives]
        return self._page("jobs.html", None, listed=listed)

    async def style(self, _: Request) -> Response:
        """Return the look that reports have too; `serve.css` adds what only these pages need."""
        return Response(stylesheet(), media_type="text/css")

    async def overview(self, request: Request) -> Response:
        live = self._live(request)
        now, total = await live.current()
        code = request.query_params.get("said", "")
        said = self._answers.get(live.job.number, "") if code == "reload" else _SAID.get(code, "")
        fields = []
        if not now.problem and not self._read_only:
            fields = await run_in_threadpool(actions.fields, live.job, now.orders)
        return self._page(
            "overview.html", live, **live.context(now, total), said=said, fields=fields
        )

    async def live(self, request: Request) -> Response:
        live = self._live(request)
        if live.watching >= _MOST_WATCHING:
            raise HTTPException(503, "Too many pages of this job are open.")
        return StreamingResponse(live.events(), media_type="text/event-stream")

    async def hosts(self, request: Request) -> Response:
        live = self._live(request)
        wanted = hosts.Wanted.of(
            dict(request.query_params), _number(request, "page", 1, hosts.DEEP)
        )
        total = await live.totals.latest()
        found, more = await run_in_threadpool(hosts.listed, live.job, wanted, self._clock())
        return self._page(
            "hosts.html", live, wanted=wanted, hosts=found, more=more, total=total, at=self._clock()
        )

    async def host(self, request: Request) -> Response:
        live = self._live(request)
        name = request.query_params.get("name", "")[:300].strip().lower()
        page = _number(request, "page", 1, 100_000)
        found = await run_in_threadpool(hosts.one, live.job, name, page, self._clock())
        return self._page(
            "host.html", live, 200 if found else 404,
            name=name, found=found, page=page, at=self._clock(),
        )  # fmt: skip

    async def explain(self, request: Request) -> Response:
        from crawler.serve import address  # noqa: PLC0415 - with all that explains, when asked for

        live = self._live(request)
        typed = request.query_params.get("url", "")
        asked = await run_in_threadpool(address.answer, live.job, typed, self._clock())
        return self._page("explain.html", live, asked=asked, typed=asked.text)

    async def page(self, request: Request) -> Response:
        from crawler.serve import address, page_view  # noqa: PLC0415 - as for `explain`

        live = self._live(request)
        asked = await run_in_threadpool(
            address.answer, live.job, request.query_params.get("url", ""), self._clock()
        )
        if asked.url is None:
            raise HTTPException(404, "This is no address that can be crawled.")
        start = _number(request, "from", 0, 10**9)
        found = await run_in_threadpool(page_view.view, live.job, asked.url, start, self._clock())
        return self._page("page.html", live, found=found, typed=asked.url.text)

    async def samples(self, request: Request) -> Response:
        live = self._live(request)
        reason = request.query_params.get("reason", "")[:200]
        total = await live.totals.latest()
        found = []
        if reason:
            found = await run_in_threadpool(turned_down.sample, live.job, reason)
        return self._page("samples.html", live, total=total, reason=reason, found=found)

    async def takedown(self, request: Request) -> Response:
        from crawler.serve import takedowns  # noqa: PLC0415 - with all of a corpus, when asked for

        live = self._live(request)
        found = await run_in_threadpool(takedowns.listed, live.job, self._clock())
        return self._page("takedown.html", live, requests=found)

    def _acts(self) -> Mapping[str, Callable[[Live, Mapping[str, str]], str]]:
        return {
            "pause": self._pause,
            "resume": self._resume,
            "reload": self._reload,
            "limits": self._limits,
        }

    def _pause(self, live: Live, _: Mapping[str, str]) -> str:
        actions.pause(live.job, self._clock())
        return "paused"

    def _resume(self, live: Live, _: Mapping[str, str]) -> str:
        actions.resume(live.job)
        return "resumed"

    def _reload(self, live: Live, _: Mapping[str, str]) -> str:
        answer = actions.reload(live.job)
        said = " ".join(answer.said) if answer.working else _NOBODY
        self._answers[live.job.number] = said[:_ANSWERED]
        return "reload"

    def _limits(self, live: Live, given: Mapping[str, str]) -> str:
        return "limits" if actions.set_limits(live.job, given) else "policy-limits"

    def _acting(self, act: Callable[[Live, Mapping[str, str]], str]) -> Callable[[Request], object]:
        async def answer(request: Request) -> Response:
            live = self._live(request)
            if self._read_only:
                raise HTTPException(403, "These pages were started to look only.")
            given = await read_form(request.receive, self._access)
            if given is None:
                raise HTTPException(403, "This form is old, or not ours: load the page again.")
            said = await run_in_threadpool(act, live, given)
            return RedirectResponse(f"/{live.job.number}/?said={said}", 303)

        return answer

    def _live(self, request: Request) -> Live:
        number: int = request.path_params["job"]
        if not 1 <= number <= len(self.lives):
            raise HTTPException(404, "There is no such job here.")
        return self.lives[number - 1]

    def _page(self, name: str, live: Live | None, status: int = 200, /, **more: object) -> Response:
        job = live.job if live else None
        return HTMLResponse(self._draw(name, {"job": job, **more}), status)

    def _draw(self, name: str, context: Mapping[str, object]) -> str:
        given = {
            "form": self._access.form,
            "read_only": self._read_only,
            "several": len(self.lives) > 1,
            "view": name.removesuffix(".html"),
            "typed": "",
        }
        return render(name, {**given, **context})

    async def failed(self, request: Request, error: Exception) -> Response:
        """Say in words what went wrong; nobody sees a trace on a page."""
        number = request.path_params.get("job", 0)
        live = self.lives[number - 1] if 1 <= number <= len(self.lives) else None
        status, said, fix = _explained(error)
        return self._page("message.html", live, status, said=said, fix=fix)


def _explained(error: Exception) -> tuple[int, str, str]:
    doctor = "`crawler verify JOB` names what is damaged, `crawler doctor JOB --repair` mends it."
    match error:
        case HTTPException():
            return error.status_code, error.detail, ""
        case actions.FormError():
            return 400, str(error), "Go back and change it; nothing was changed."
        case StoreError():
            return 503, str(error), ""
        case TooLongError():
            return 503, "The database took too long to answer this.", "Ask for less, or try again."
        case _ if isinstance(error, DAMAGE):
            return 500, "What is stored here cannot be read.", doctor
        case _:
            return 500, f"This failed ({type(error).__name__}).", doctor


def _number(request: Request, name: str, least: int, most: int) -> int:
    text = request.query_params.get(name, "")[:_DIGITS]
    return min(most, max(least, int(text))) if text.isascii() and text.isdigit() else least


def application(
    folders: Sequence[Path], access: Access, clock: Clock, *, read_only: bool = False
) -> Guard:
    """Return the application that shows these jobs to whoever has the token."""
    pages = Pages(folders, access, clock, read_only=read_only)

    @asynccontextmanager
    async def looking(_: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(live.run()) for live in pages.lives]
        yield
        for task in tasks:
            task.cancel()

    async def unexpected(request: Request, error: Exception) -> Response:
        if isinstance(error, DAMAGE):  # what is no damage either is shown by the server
            traceback.print_exception(error, file=sys.stderr)
        return await pages.failed(request, error)

    kinds = (HTTPException, StoreError, TooLongError, actions.FormError, *DAMAGE)
    app = Starlette(
        routes=pages.routes,
        lifespan=looking,
        exception_handlers=dict.fromkeys((*kinds, Exception), unexpected),
    )
    return Guard(app, access)
