"""What a host of the demo web is: its pages, its answers, and what a crawl must make of it."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import resources

Answers = Callable[[str], "Reply | None"]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of a server. `wait` is in seconds."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """One text of a host."""

    path: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a crawl for training makes of a host, in URLs. Ranges are inclusive."""

    kept: tuple[int, int]
    refused: Mapping[str, int] = field(default_factory=dict)  # rule code -> URLs
    waiting: int = 0  # left for another run
    licence: str = ""  # SPDX id found on every page kept; "" if none is


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One host: what it says, how it answers, and what must come of it."""

    host: str
    tells: str  # the story in a few words, for the table
    seeds: tuple[str, ...]  # paths
    replies: Mapping[str, Reply]  # by path and query
    expected: Expected
    answers: Answers | None = None  # for what `replies` does not hold

    def answer(self, target: str) -> Reply:
        """Return the answer to a request for `target`, a path with its query."""
        found = self.replies.get(target)
        if found is None and self.answers is not None:
            found = self.answers(target)
        return found or text("Not found\n", status=404)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """What surrounds the texts of a host."""

    language: str
    head: str = ""
    footer: str = ""


def pages_of(host: str) -> tuple[Page, ...]:
    """Return the texts of `host`, the front page first."""
    source = resources.files("crawler.demo") / "pages" / f"{host}.txt"
    pages = []
    for block in source.read_text("utf-8").split("## ")[1:]:
        heading, _, body = block.partition("\n")
        path, _, title = heading.partition(" ")
        paragraphs = tuple(part.strip() for part in body.split("\n\n") if part.strip())
        pages.append(Page(path, title, paragraphs))
    return tuple(pages)


def markup(page: Page, shown: tuple[Page, ...], dress: Dress, extra: str = "") -> str:
    """Return `page` as HTML that links to `shown`; `extra` is markup at the article's end."""
    links = "".join(
        f'<li><a href="{other.path}">{html.escape(other.title)}</a></li>'
        for other in shown
        if other.path != page.path
    )
    paragraphs = "\n".join(f"<p>{html.escape(part)}</p>" for part in page.paragraphs)
    site = html.escape(shown[0].title if shown else page.title)
    title = html.escape(page.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{dress.language}">\n<head><meta charset="utf-8">'
        f"<title>{title}</title>{dress.head}</head>\n"
        f'<body>\n<header><a href="/">{site}</a></header>\n'
        f"<main><article><h1>{title}</h1>\n{paragraphs}\n{extra}</article></main>\n"
        f"<nav><ul>{links}</ul></nav>\n<footer>{dress.footer}</footer>\n</body>\n</html>\n"
    )


def dressed(
    pages: tuple[Page, ...], dress: Dress, shown: tuple[Page, ...] | None = None
) -> dict[str, Reply]:
    """Return one reply for each page, all in the same dress."""
    linked = pages if shown is None else shown
    return {page.path: Reply(markup(page, linked, dress).encode()) for page in pages}


def text(body: str, status: int = 200, content_type: str = "text/plain; charset=utf-8") -> Reply:
    """Return a reply of plain text, such as a robots.txt."""
    return Reply(body.encode(), status, content_type)


def moved(to: str, status: int = 301) -> Reply:
    """Return a redirect to `to`; "" sends no Location at all."""
    return Reply(b"", status, "", (("Location", to),) if to else ())
