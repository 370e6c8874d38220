"""The hosts of the demo web. What each expects is checked after every `crawler demo`."""

from __future__ import annotations

from dataclasses import replace

from crawler.demo.hard_hosts import calendar, maze, retro
from crawler.demo.story import Dress, Expected, Page, Reply, Story, dressed, pages_of, text

_SLOW = 0.3  # seconds before each answer of the slow host
_RSL = "application/rsl+xml"
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"
_COURIER = (
    f'<p>Text: <a rel="license" href="{_CC_BY}">CC BY 4.0</a>, '
    "The Harbour Courier.</p>"
    # Out of scope, and out of reach: a demo must not lead into the real web.
    '<p>Neighbours: <a href="http://slow.test/">Slow Reading</a>, '
    '<a href="https://www.example.org/">the county</a>.</p>'
)
_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
_RESERVED = (
    "<p>© Kanzlei Marktstraße. Die Nutzung der Inhalte für Text und Data Mining im Sinne von "
    "§ 44b UrhG ist ausdrücklich vorbehalten.</p>"
)
_LICENCE = """\
<?xml version="1.0" encoding="UTF-8"?>
<rsl xmlns="https://rslstandard.org/rsl">
  <content url="/essays/*">
    <license>
      <prohibits type="usage">ai-train</prohibits>
    </license>
  </content>
</rsl>
"""
_TDMREP = """\
[
  {"location": "/artikel/*", "tdm-reservation": 1, "tdm-policy": "http://verlag.test/lizenz"},
  {"location": "/presse/*", "tdm-reservation": 0}
]
"""


def all_stories() -> tuple[Story, ...]:
    """Return every host of the demo web."""
    return (*_open(), *_refused_by_file(), *_refused_by_page(), maze(), retro(), calendar())


def _open() -> tuple[Story, ...]:
    slow = dressed(pages_of("slow.test"), Dress(language="en"))
    hidden = pages_of("rincon.test")
    return (
        _story(
            "news.test",
            "open, CC BY",
            dressed(
                pages_of("news.test"),
                Dress(
                    language="en",
                    head=f'<link rel="license" href="{_CC_BY}">',
                    footer=_COURIER,
                ),
            ),
            Expected((9, 9), licence="CC-BY-4.0"),
        ),
        _story(
            "wiki.test",
            "open, CC0, Chinese",
            dressed(
                pages_of("wiki.test"),
                Dress(language="zh", head=f'<link rel="license" href="{_CC0}">'),
            ),
            Expected((8, 8), licence="CC0-1.0"),
        ),
        _story(
            "slow.test",
            "every answer takes its time",
            {path: replace(reply, wait=_SLOW) for path, reply in slow.items()},
            Expected((7, 7)),
        ),
        _story(
            "rincon.test",
            "pages in the sitemap only",
            dressed(hidden, Dress(language="es"), shown=())
            | _robots("User-agent: *\nDisallow:\n\nSitemap: http://rincon.test/sitemap.xml\n")
            | {"/sitemap.xml": _sitemap("rincon.test", hidden)},
            Expected((7, 7)),
        ),
    )


def _refused_by_file() -> tuple[Story, ...]:
    verlag = dressed(pages_of("verlag.test"), Dress(language="de"))
    return (
        _story(
            "archiv.test",
            "robots.txt disallows a folder",
            dressed(pages_of("archiv.test"), Dress(language="de"))
            | _robots("User-agent: *\nDisallow: /intern/\nAllow: /intern/aushang/\n"),
            Expected((7, 7), {"robots.disallow": 3}),
        ),
        _closed(
            "journal.test",
            "robots.txt refuses GPTBot",
            "fr",
            _robots("User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow:\n"),
            "tokens.agent",
        ),
        _closed(
            "signals.test",
            "Content-Signal: ai-train=no",
            "pt",
            _robots("User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n"),
            "content_signals.robots",
        ),
        _story(
            "fieldnotes.test",
            "Content-Usage for a folder",
            dressed(pages_of("fieldnotes.test"), Dress(language="en"))
            | _robots("User-agent: *\nAllow: /\nContent-Usage: /survey/ train-ai=n\n"),
            Expected((3, 3), {"aipref.robots": 3}),
        ),
        _story(
            "verlag.test",
            "tdmrep.json reserves a folder",
            verlag | {"/.well-known/tdmrep.json": text(_TDMREP, content_type="application/json")},
            Expected((4, 4), {"tdmrep.file": 5}),
        ),
        _story(
            "magazine.test",
            "an RSL licence for the essays",
            dressed(pages_of("magazine.test"), Dress(language="en"))
            | _robots("License: http://magazine.test/license.xml\n\nUser-agent: *\nDisallow:\n")
            | {"/license.xml": text(_LICENCE, content_type=_RSL)},
            Expected((3, 3), {"rsl.terms": 5}),
        ),
        _closed(
            "recepten.test",
            "ai.txt refuses text",
            "nl",
            {"/ai.txt": text("# Spawning AI\nUser-Agent: *\nDisallow: *.txt\nDisallow: *.html\n")},
            "ai_txt.refused",
        ),
        _closed(
            "gazeta.test",
            "trust.txt: no training",
            "pl",
            {"/trust.txt": text("member=https://gazeta.test/\ndatatrainingallowed=no\n")},
            "trust_txt.no",
        ),
        _failing(),
    )


def _refused_by_page() -> tuple[Story, ...]:
    noai = '<meta name="robots" content="noai, noimageai">'
    galleria = pages_of("galleria.test")
    shashin = dressed(pages_of("shashin.test"), Dress(language="ja"))
    kanzlei = pages_of("kanzlei.test")
    paid = dressed(pages_of("paid.test"), Dress(language="en"))
    plain = dressed(galleria, Dress(language="it"))
    marked = dressed(galleria, Dress(language="it", head=noai))
    prose = dressed(kanzlei, Dress(language="de", footer=_RESERVED))
    # An article about the law is no reservation; this page lacks the footer that is one.
    prose["/ki"] = dressed(kanzlei, Dress(language="de"))["/ki"]
    return (
        _story(
            "galleria.test",
            "meta robots noai on the works",
            plain | _under("/opere/", marked),
            Expected((4, 4), {"robots_meta.noai": 5}),
        ),
        _story(
            "shashin.test",
            "X-Robots-Tag: noai on the photographs",
            shashin
            | {
                path: replace(reply, headers=(("X-Robots-Tag", "noai, noimageai"),))
                for path, reply in _under("/shashin/", shashin).items()
            },
            Expected((4, 4), {"robots_meta.noai": 4}),
        ),
        _story(
            "kanzlei.test",
            "a reservation in the footer's prose",
            prose,
            Expected((1, 1), {"prose.reservation": 6}),
        ),
        _story(
            "paid.test",
            "402: articles for payment",
            paid
            | {
                path: Reply(
                    b"Payment required\n", 402, "text/plain", (("crawler-price", "USD 0.01"),)
                )
                for path in _under("/archive/", paid)
            },
            Expected((2, 2), {"http.payment": 5}),
        ),
    )


def _failing() -> Story:
    """Return a host whose robots.txt cannot be had: nothing may be asked for, nothing is lost."""
    pages = pages_of("down.test")
    replies = dressed(pages, Dress(language="en"))
    replies["/robots.txt"] = text("Service unavailable\n", status=503)
    seeds = tuple(page.path for page in pages)
    return _story(
        "down.test", "robots.txt answers 503", replies, Expected((0, 0), waiting=len(seeds)), seeds
    )


def _closed(host: str, tells: str, language: str, files: dict[str, Reply], rule: str) -> Story:
    """Return a host that refuses as a whole. Its pages are all seeds, for none is ever read."""
    pages = pages_of(host)
    replies = dressed(pages, Dress(language=language)) | files
    seeds = tuple(page.path for page in pages)
    return _story(host, tells, replies, Expected((0, 0), {rule: len(seeds)}), seeds)


def _story(
    host: str,
    tells: str,
    replies: dict[str, Reply],
    expected: Expected,
    seeds: tuple[str, ...] = ("/",),
) -> Story:
    return Story(host=host, tells=tells, seeds=seeds, replies=replies, expected=expected)


def _robots(body: str) -> dict[str, Reply]:
    return {"/robots.txt": text(body)}


def _under(folder: str, replies: dict[str, Reply]) -> dict[str, Reply]:
    return {path: reply for path, reply in replies.items() if path.startswith(folder)}


def _sitemap(host: str, pages: tuple[Page, ...]) -> Reply:
    urls = "".join(f"<url><loc>http://{host}{page.path}</loc></url>\n" for page in pages)
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )
    return text(body, content_type="application/xml")
