"""Who may see the pages, and what a browser may do with them.

On a machine of several people everybody reaches its loopback addresses, and a page of texts and
complainants is for the operator alone: without the token that was printed nothing is shown. A
page elsewhere must not reach it through the operator's browser: names that are not ours are
answered to nobody (DNS rebinding), forms carry a token of their own, nothing changes by GET.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_MOST = 16_384  # bytes of a form
# Nothing but our own files, and no script or style within a page: what slipped through every
# escape would still do nothing (Content Security Policy Level 3).
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # without any, forms of our own come from "null"
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",  # texts and complainants stay in no cache
}


@dataclass(frozen=True, slots=True)
class Access:
    """The token of the pages, and the names they are reached by."""

    token: str
    port: int
    names: frozenset[str] = LOOPBACK

    @property
    def cookie(self) -> str:
        return f"crawler-{self.port}"  # cookies are shared by all ports of a host

    @property
    def session(self) -> str:
        return self._derived("session")

    @property
    def form(self) -> str:
        """What every form must bring along."""
        return self._derived("form")

    def _derived(self, use: str) -> str:
        return hmac.digest(self.token.encode(), use.encode(), "sha256").hex()

    def knows(self, host: str) -> bool:
        """Say if a Host header names us; the port may be another behind a tunnel."""
        name = host.lower()
        if not name.endswith("]"):
            name, _, port = name.rpartition(":") if ":" in name else (name, "", "0")
            if not (port.isascii() and port.isdigit()):
                return False
        return name in self.names

    def has_session(self, cookies: str) -> bool:
        # By hand: a library gives up at the first cookie of another program that is malformed.
        for pair in cookies.split(";"):
            name, _, value = pair.strip().partition("=")
            if name == self.cookie and _same(value, self.session):
                return True
        return False


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


class Guard:
    """Lets a request through to the application, or answers it itself."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return  # a websocket is not accepted

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        answer = self._answer(scope)
        await (answer or self._app)(scope, receive, send_guarded)

    def _answer(self, scope: Scope) -> Response | None:
        """Return what turns a request down, or lets somebody in; None: it may pass."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._access.knows(hosts[0]):
            said = "Nothing is served under this name; `crawler serve --name NAME` adds one.\n"
            return PlainTextResponse(said, 421)
        if scope["method"] not in {"GET", "HEAD", "POST"}:
            return PlainTextResponse("Not known here.\n", 405, {"allow": "GET, HEAD, POST"})
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token")
        if given is not None and scope["method"] == "GET":
            return self._enter(given[-1])
        if not self._access.has_session("; ".join(headers.getlist("cookie"))):
            said = "Open the link that `crawler serve` printed: its token lets you in.\n"
            return PlainTextResponse(said, 401)
        if scope["method"] == "POST" and not _is_our_own(headers):
            return PlainTextResponse("This did not come from a page of ours.\n", 403)
        return None

    def _enter(self, token: str) -> Response:
        if not _same(token, self._access.token):
            said = "This token is not, or no longer, the one: open the link printed last.\n"
            return PlainTextResponse(said, 403)
        # No redirect: after a link on another site it would count as that site's, and the cookie
        # would stay behind.
        answer = HTMLResponse(
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>crawler</title>'
            '<link rel="icon" href="/static/icon.svg">'
            '<meta http-equiv="refresh" content="0;url=/"><p><a href="/">Go on</a></p></html>'
        )
        cookie = f"{self._access.cookie}={self._access.session}"
        answer.headers["set-cookie"] = f"{cookie}; HttpOnly; SameSite=Strict; Path=/"
        return answer


def _is_our_own(headers: Headers) -> bool:
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    kind = headers.get("content-type", "").partition(";")[0].strip()
    origin = headers.get("origin")
    return kind == "application/x-www-form-urlencoded" and (
        origin is None or origin.partition("://")[2] == headers.get("host")
    )


async def read_form(receive: Receive, access: Access) -> Mapping[str, str] | None:
    """Return the fields of a form of ours; None if it is too large or not ours."""
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > _MOST or message["type"] != "http.request":
            return None
    try:
        text = body.decode("utf-8", "replace")
        found = parse_qs(text, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return None
    fields = {name: values[-1] for name, values in found.items()}
    return fields if _same(fields.get("form", ""), access.form) else None
