"""Evidence of then: dated site files that others captured, from WARC or JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from crawler.core.response import Response
from crawler.core.urls import Url, host_name, parse
from crawler.inputs import Columns, Damage, Form, UnknownInputError
from crawler.inputs.compressed import open_unpacked
from crawler.inputs.dates import read_date
from crawler.inputs.forms import tell
from crawler.inputs.jsonl import objects
from crawler.inputs.warc import rows
from crawler.screen.captured_files import Captured, captured, settled
from crawler.screen.page_reading import response_of
from crawler.store.database import Connection
from crawler.store.dated_evidence import save_given

_FIELDS = "url or domain, date, body or robots_txt, status"


def read_evidence(path: str) -> tuple[list[Captured], Damage]:
    """Return the site files in a file, and what of it could not be read.

    Raises:
        UnknownInputError: It is neither WARC nor JSON Lines, or cannot be read.
    """
    damage = Damage(path)
    form = form_of_evidence(path)
    if form is Form.JSONL:
        return settled(_of_lines(path, damage)), damage
    return settled(_of_archive(path, damage, is_arc=form is Form.ARC)), damage


def form_of_evidence(path: str) -> Form:
    """Return which of its forms a file of evidence has.

    Raises:
        UnknownInputError: It is neither WARC nor JSON Lines, or cannot be read.
    """
    form = tell(path, Columns(url="url")).form
    if form not in {Form.WARC, Form.ARC, Form.JSONL}:
        raise UnknownInputError(
            f"{path} is {form.value}: evidence is WARC, or JSON Lines with {_FIELDS}"
        )
    return form


def _of_archive(path: str, damage: Damage, *, is_arc: bool) -> Iterator[Captured]:
    with open_unpacked(path, damage) as unpacked:
        for row in rows(unpacked, is_arc=is_arc):
            url = parse(row.url)
            response = response_of(row, url) if url is not None else None
            if url is None or response is None or row.date is None:
                continue
            found = captured(url, response, row.date)
            if found is not None:
                yield found


def _of_lines(path: str, damage: Damage) -> Iterator[Captured]:
    with open_unpacked(path, damage) as unpacked:
        for place, _, item in objects(unpacked):
            where = f"line {place.row + 1}"
            date = read_date(item.get("date", item.get("fetch_time", item.get("timestamp"))))
            urls = list(_urls(item))
            if date is None or not urls:
                damage.note("no date" if urls else "no url or domain", where)
                continue
            for url in urls:
                answer = _answer(item, url)
                found = captured(url, answer, date) if answer is not None else None
                if found is None:
                    damage.note("no site file", where)
                else:
                    yield found


def _urls(item: dict[str, object]) -> Iterator[Url]:
    """Yield whose file it is: its URL's, or the robots.txt of both origins of a domain."""
    text = item.get("url")
    if isinstance(text, str) and text.strip():
        url = parse(text.strip())
        if url is not None and "robots_txt" in item and url.target != "/robots.txt":
            url = parse(f"{url.origin}/robots.txt")
        if url is not None:
            yield url
        return
    domain = item.get("domain", item.get("host"))
    host = host_name(domain.partition(":")[0]) if isinstance(domain, str) else None
    if host is not None and isinstance(domain, str):
        for scheme in ("https", "http"):
            url = parse(f"{scheme}://{domain.strip()}/robots.txt")
            if url is not None:
                yield url


def _answer(item: dict[str, object], url: Url) -> Response | None:
    body = item.get("body", item.get("robots_txt", item.get("content")))
    status = item.get("status", item.get("status_code"))
    if isinstance(status, str) and status.isdecimal():
        status = int(status)
    known = isinstance(status, int) and not isinstance(status, bool) and 100 <= status <= 999  # noqa: PLR2004
    if not isinstance(body, str) and not known:
        return None
    headers = item.get("headers")
    lines = [
        (str(name).lower(), str(value))
        for name, value in (headers.items() if isinstance(headers, dict) else ())
    ]
    if all(name != "content-type" for name, _ in lines):
        kind = "application/json" if url.target.endswith(".json") else "text/plain"
        lines.append(("content-type", kind))
    number = int(status) if known and isinstance(status, int) else 200
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else b""
    return Response(url, number, tuple(lines), data)


def store(connection: Connection, files: Iterable[Captured], source: str) -> int:
    """Store site files; return how many there were."""
    number = 0
    for item in files:
        save_given(connection, item.origin, item.snapshot, source)
        number += 1
    return number


def summary(damage: Damage, files: int) -> dict[str, object]:
    """Return what is told of a file of evidence."""
    return {"files": files, "damage": json.loads(json.dumps(dict(damage.counts)))}
