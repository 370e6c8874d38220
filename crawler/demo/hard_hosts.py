"""Hosts that are no refusals but hard to crawl: redirects, encodings, an endless calendar."""

from __future__ import annotations

import html
import re

from crawler.demo.story import (
    Dress,
    Expected,
    Page,
    Reply,
    Story,
    dressed,
    markup,
    moved,
    pages_of,
)

_HOST = "maze.test"
_SPIRAL = re.compile(r"/spiral/(\d{1,9})\Z")
_MONTH = re.compile(r"/calendar/(\d{4})/(\d{1,2})\Z")
# The demo policy lets 24 dated URLs in; the page that leads to them is one more.
_MONTHS_AT_MOST = 25


def maze() -> Story:
    """Return a host where every old address leads on: chains, loops and an endless spiral."""
    pages = pages_of(_HOST)
    entrances = (
        ("/old/mirrors", "mirrors (1893)"),
        ("/old/stairs", "stairs"),
        ("/old/doors", "doors"),
        ("/loop/a", "the round corridor"),
        ("/spiral/0", "the spiral"),
        ("/self", "the room that is itself"),
        ("/nowhere", "the bricked-up room"),
        ("/ftp", "the cellar"),
        ("/away", "the newspaper"),
    )
    links = "".join(f'<a href="{path}">{html.escape(name)}</a>\n' for path, name in entrances)
    direct = (pages[0], pages[4])
    dress = Dress(language="en")
    replies = dressed(pages, dress, shown=direct)
    replies["/"] = Reply(markup(pages[0], direct, dress, extra=f"<p>{links}</p>").encode())
    replies |= {
        "/old/mirrors": moved("/older/mirrors"),
        "/older/mirrors": moved("http://maze.test/oldest/mirrors", 302),
        "/oldest/mirrors": moved("/rooms/mirrors", 307),
        "/old/stairs": moved("../rooms/stairs", 308),
        "/old/doors": moved("//maze.test/rooms/doors#first", 303),
        "/loop/a": moved("/loop/b"),
        "/loop/b": moved("/loop/c"),
        "/loop/c": moved("/loop/a"),
        "/self": moved("/self", 302),
        "/nowhere": moved("", 302),
        "/ftp": moved("ftp://maze.test/cellar"),
        "/away": moved("http://news.test/about"),
    }
    return Story(
        host=_HOST,
        tells="a maze of redirects",
        seeds=("/",),
        replies=replies,
        answers=_spiral,
        expected=Expected((5, 5)),
    )


def retro() -> Story:
    """Return a host of broken HTML and of encodings declared, undeclared and misdeclared."""
    pages = pages_of("retro.test")
    by_path = {page.path: markup(page, pages, Dress(language="ru")) for page in pages}
    plain = {path: _undeclared(text) for path, text in by_path.items()}
    hon = by_path["/hon"].replace('lang="ru"', 'lang="ja"')
    replies = {
        "/": Reply(_declared(by_path["/"], "windows-1251"), content_type="text/html"),
        "/chitalnya": Reply(
            plain["/chitalnya"].encode("windows-1251", "xmlcharrefreplace"),
            content_type="text/html; charset=windows-1251",
        ),
        "/istoriya": Reply(
            plain["/istoriya"].encode("koi8-r", "xmlcharrefreplace"), content_type="text/html"
        ),
        "/hon": Reply(_declared(hon, "shift_jis"), content_type="text/html"),
        # Says UTF-8 and is not: what was typed in 2003 was never converted.
        "/cafe": Reply(plain["/cafe"].encode("iso-8859-1", "xmlcharrefreplace")),
        "/knigi": Reply(plain["/knigi"].encode("utf-8-sig"), content_type="text/html"),
        "/hall": Reply(_unclosed(pages[-1], pages).encode(), content_type=""),
    }
    return Story(
        host="retro.test",
        tells="broken HTML, old encodings",
        seeds=("/",),
        replies=replies,
        expected=Expected((7, 7)),
    )


def calendar() -> Story:
    """Return a host with a handful of pages and a calendar without an end."""
    pages = pages_of("calendar.test")
    dress = Dress(language="en", footer='<a href="/calendar/2026/11">Calendar</a>')
    return Story(
        host="calendar.test",
        tells="an endless calendar",
        seeds=("/",),
        replies=dressed(pages, dress),
        answers=_month,
        expected=Expected((len(pages), len(pages) + _MONTHS_AT_MOST)),
    )


def _spiral(target: str) -> Reply | None:
    found = _SPIRAL.match(target)
    return moved(f"/spiral/{int(found[1]) + 1}", 302) if found else None


def _month(target: str) -> Reply | None:
    found = _MONTH.match(target)
    if not found:
        return None
    month = int(found[1]) * 12 + int(found[2]) - 1
    before, after = (f"/calendar/{n // 12:04d}/{n % 12 + 1}" for n in (month - 1, month + 1))
    page = Page(target, f"Events in {found[2]}/{found[1]}", ("Nothing is planned for this month.",))
    links = f'<a href="{before}">earlier</a> <a href="{after}">later</a>'
    return Reply(markup(page, (), Dress(language="en"), extra=f"<p>{links}</p>").encode())


def _declared(text: str, encoding: str) -> bytes:
    declared = text.replace('<meta charset="utf-8">', f'<meta charset="{encoding}">')
    return declared.encode(encoding, "xmlcharrefreplace")


def _undeclared(text: str) -> str:
    return text.replace('<meta charset="utf-8">', "")


def _unclosed(page: Page, pages: tuple[Page, ...]) -> str:
    """Return HTML of which nothing is closed and little is nested as it should be."""
    links = "".join(f"<li><a href={other.path}>{other.title}" for other in pages)
    body = "<p>".join(page.paragraphs)
    return (
        f"<html><title>{page.title}</title><body bgcolor=white><font size=+1><h1>{page.title}"
        f"<p>{body}<table><tr><td>Monday<td>9-20<tr><td>Sunday<td><b>closed<i></b><p>"
        f"<ul>{links}<p>&copy 1999 &nbsp &#xZZ; </ul></td></b></center>"
    )
