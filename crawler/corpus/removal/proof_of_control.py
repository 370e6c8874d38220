"""Proof that whoever asks controls a domain: a token in a file at it, or in a TXT record.

It is optional, and nobody who asks for an erasure or as an author needs it: those are rights of
persons, not of those who run a site.
"""

from __future__ import annotations

import base64
import hmac
import os
from contextlib import closing

from crawler.core.urls import Url, parse
from crawler.corpus.errors import CorpusError
from crawler.corpus.removal.takedown import Request
from crawler.fetch import Fetcher, FetchError
from crawler.store.database import Connection

WELL_KNOWN = "/.well-known/crawler-takedown.txt"
RECORD = "_crawler-takedown"
_SECRET = "takedown secret"  # noqa: S105 - its name in `meta`
_MOST_BYTES = 4_096
_OK = 200


def needs_none(request: Request) -> bool:
    return request.kind in ("erasure", "author") or request.scope == "author"


def token_of(connection: Connection, request: Request) -> str:
    """Return the token of a request; the job's secret is drawn when it is first asked for.

    Run inside a transaction.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_SECRET,)).fetchone()
    if row is None:
        row = (os.urandom(32).hex(),)
        connection.execute("INSERT INTO meta VALUES (?, ?)", (_SECRET, row[0]))
    said = f"{request.id} {request.received!r}".encode()
    digest = hmac.digest(bytes.fromhex(row[0]), said, "sha256")[:20]
    return f"takedown-{base64.b32encode(digest).decode().lower()}"


def domain_of(request: Request) -> str:
    """Return the domain whose control a request asks to prove.

    Raises:
        CorpusError: It is about none, or needs no proof.
    """
    if needs_none(request):
        raise CorpusError(
            "nothing was asked",
            f"request {request.id} is one for which nobody has to prove anything",
            "go on with it",
        )
    url = parse(request.subject) if request.scope == "url" else None
    domain = url.host if url is not None else request.subject
    if parse(f"https://{domain}/") is None:
        raise CorpusError(
            "nothing was asked", f"request {request.id} names no domain any more", "go on with it"
        )
    return domain


async def prove(fetch: Fetcher, domain: str, token: str) -> tuple[str, list[str]]:
    """Look for the token at a domain; return where it stood ("" nowhere), and what was met.

    Two files and a record, by the crawler's one dialer; a redirect proves nothing.
    """
    met: list[str] = []
    for scheme in ("https", "http"):
        url = parse(f"{scheme}://{domain}{WELL_KNOWN}")
        if url is None:
            continue
        said, why = await _file(fetch, url)
        if token in said.split():
            return f"the file {url.text} holds the request's token", met
        met.append(f"{url.text}: {why or 'holds another text'}")
    name = f"{RECORD}.{domain}"
    try:
        for text in await fetch.texts(name):
            if token in text.split():
                return f"the TXT record at {name} holds the request's token", met
        met.append(f"TXT {name}: holds another text")
    except FetchError as error:
        met.append(f"TXT {name}: {error.code}")
    return "", met


async def _file(fetch: Fetcher, url: Url) -> tuple[str, str]:
    try:
        found = await fetch.resolve(url.host, url.port)
        with closing(await fetch.ask(url, found.addresses, max_bytes=_MOST_BYTES)) as answer:
            if answer.status != _OK:
                await answer.drain()
                return "", f"status {answer.status}"
            body = await answer.read()
            return body.data.decode("utf-8", "replace"), ""
    except FetchError as error:
        return "", error.code
