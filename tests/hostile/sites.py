"""Sites that lead astray: redirects, robots files, sitemaps, licences, cookies, traps."""

import gzip
import zlib
from itertools import count

from tests.hostile.bodies import gzip_bomb
from tests.hostile.route import TEXT, Exchange, Route, answer, page

OK = page("site")
XML = b"application/xml"
# A closed port is tried again a while later, by when the crawl may have ended.
EITHER = ("failed connect", "deferred robots.unreachable")
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10))
    + b"]>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
URLSET = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
INDEX = b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


def moved(location: bytes, status: bytes = b"302 Found") -> bytes:
    return answer(b"", b"Location: " + location, status=status)


def to_forbidden(path: str):
    async def behave(exchange: Exchange) -> None:
        await exchange.send(moved(f"http://{exchange.forbidden}{path}".encode()))

    return behave


async def to_forbidden_numbers(exchange: Exchange) -> None:
    """Redirect to the forbidden address, spelled as one decimal number."""
    host, port = exchange.forbidden.split(":")
    octets = [int(part) for part in host.split(".")]
    number = int.from_bytes(bytes(octets), "big")
    await exchange.send(moved(b"http://%d:%s/" % (number, port.encode())))


async def to_forbidden_octal(exchange: Exchange) -> None:
    host, port = exchange.forbidden.split(":")
    spelled = ".".join(f"0{int(part):o}" for part in host.split("."))
    await exchange.send(moved(f"http://{spelled}:{port}/".encode()))


async def to_forbidden_mapped(exchange: Exchange) -> None:
    host, port = exchange.forbidden.split(":")
    await exchange.send(moved(f"http://[::ffff:{host}]:{port}/".encode()))


async def chain(exchange: Exchange) -> None:
    """Redirect for ever, each time to another address."""
    number = int(exchange.target.rpartition("/")[2] or 0) if "/hop/" in exchange.target else 0
    await exchange.send(moved(b"/hop/%d" % (number + 1)))


async def links_to_forbidden(exchange: Exchange) -> None:
    """Send a page whose every link is an attack."""
    forbidden = exchange.forbidden
    links = [
        f"http://{forbidden}/link",
        "http://169.254.169.254/latest/meta-data/",
        "http://metadata.google.internal/",
        "http://localhost:22/",
        "http://0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.66]/",
        "http://[64:ff9b::7f00:42]/",
        "http://[fe80::1%25lo]/",
        "file:///etc/passwd",
        "ftp://ftp.example/",
        "gopher://127.0.0.66:70/_x",
        "javascript:alert(1)",
        "data:text/html,<p>x",
        "http://user:secret@links.hostile.test/",
        "http://links.hostile.test:25/",
        "//",
        "http://",
        "http://[",
        "http://a..b/",
        "http://" + "a" * 300 + ".test/",
        "/" + "a" * 100_000,
        "\x00\x01",
        "http://links.hostile.test/\r\nX-Injected: 1",
    ]
    anchors = "".join(f'<a href="{link}">x</a>\n' for link in links)
    await exchange.send(answer(page("links", TEXT + anchors.encode())))


async def trap(exchange: Exchange) -> None:
    """Send a page whose links never end."""
    here = exchange.target.partition("?")[0].rstrip("/")
    links = "".join(f'<a href="{here}/{n}">{n}</a>' for n in range(5))
    await exchange.send(answer(page("trap", TEXT + links.encode())))


async def nested_sitemap(exchange: Exchange) -> None:
    base = f"http://{exchange.header('host')}".encode()
    number = next(_numbers)
    body = INDEX + b"".join(
        b"<sitemap><loc>%s/map-%d-%d.xml</loc></sitemap>" % (base, number, n) for n in range(3)
    )
    await exchange.send(answer(body + b"</sitemapindex>", kind=XML))


_numbers = count()


async def robots_naming_sitemap(exchange: Exchange) -> None:
    body = f"User-agent: *\nAllow: /\nSitemap: http://{exchange.header('host')}/sitemap.xml\n"
    await exchange.send(answer(body.encode(), kind=b"text/plain"))


async def robots_naming_licence(exchange: Exchange) -> None:
    body = f"User-agent: *\nAllow: /\nLicense: http://{exchange.header('host')}/licence.xml\n"
    await exchange.send(answer(body.encode(), kind=b"text/plain"))


async def set_cookie(exchange: Exchange) -> None:
    await exchange.send(
        answer(
            page("cookies", TEXT + b'<a href="/again">again</a>'),
            b"Set-Cookie: id=1; Path=/; Max-Age=100000",
            b"Set-Cookie: wide=1; Domain=hostile.test",
        )
    )


def with_sitemap(name: str, body: bytes, *fields: bytes, kind: bytes = XML) -> Route:
    return Route(
        name,
        answer(OK),
        robots=robots_naming_sitemap,
        others={"/sitemap.xml": answer(body, *fields, kind=kind)},
    )


def lines_bomb() -> bytes:
    """Return a gzip stream of 50 kB that holds 17 million lines."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"ab\n" * 100_000) for _ in range(170)) + packer.flush()


def with_licence(name: str, body: bytes) -> Route:
    return Route(
        name,
        answer(OK),
        ends="refused",
        robots=robots_naming_licence,
        others={"/licence.xml": answer(body, kind=b"application/rsl+xml")},
    )


REDIRECTS = [
    Route("loop", moved(b"/page"), ends="moved"),
    Route("two-step-loop", moved(b"/other"), ends="moved", others={"/other": moved(b"/page")}, then={"http://two-step-loop.hostile.test/other": "moved"}),
    Route("chain", chain, ends="moved", then={f"http://chain.hostile.test/hop/{n}": "moved" for n in range(1, 11)} | {"http://chain.hostile.test/hop/11": "unknown"}),
    Route("to-forbidden", to_forbidden("/redirect"), ends="moved"),
    Route("to-forbidden-decimal", to_forbidden_numbers, ends="moved"),
    Route("to-forbidden-octal", to_forbidden_octal, ends="moved"),
    Route("to-forbidden-mapped", to_forbidden_mapped, ends="moved"),
    Route("to-metadata", moved(b"http://169.254.169.254/latest/meta-data/"), ends="moved", then={"http://169.254.169.254/latest/meta-data/": "unknown"}),
    Route("to-file", moved(b"file:///etc/passwd"), ends="failed bad-redirect"),
    Route("to-script", moved(b"javascript:alert(1)"), ends="failed bad-redirect"),
    Route("to-credentials", moved(b"http://user:secret@loop.hostile.test/"), ends="failed bad-redirect"),
    Route("to-nowhere", answer(b"", status=b"301 Moved Permanently"), ends="failed bad-redirect"),
    Route("to-junk", moved(b"http://[::"), ends="failed bad-redirect"),
    Route("to-far-too-long", moved(b"/" + b"a" * 20_000), ends="moved"),
    Route("downgrade", moved(b"http://downgrade.hostile.test/plain"), ends="moved", then={"http://downgrade.hostile.test/plain": "missing"}, scheme="https", listener="tls-good"),
    Route("to-smtp-port", moved(b"http://to-smtp-port.hostile.test:25/"), ends="moved", then={"http://to-smtp-port.hostile.test:25/": EITHER}),
]  # fmt: skip

FILES = [
    Route("robots-to-metadata", answer(OK), ends="deferred robots.unreachable", robots=moved(b"http://169.254.169.254/latest/user-data")),
    Route("robots-to-forbidden", answer(OK), ends="deferred robots.unreachable", robots=to_forbidden("/robots.txt")),
    Route("robots-to-file", answer(OK), ends="deferred robots.unreachable", robots=moved(b"file:///etc/passwd")),
    Route("robots-loop", answer(OK), ends="deferred robots.unreachable", robots=moved(b"/robots.txt")),
    Route("robots-500", answer(OK), ends="deferred robots.unreachable", robots=answer(b"", status=b"500 Oh")),
    Route("robots-huge", answer(OK), ends="kept", robots=answer(b"User-agent: *\nDisallow: /no\n" + b"# padding\n" * 500_000, kind=b"text/plain")),
    Route("robots-binary", answer(OK), ends="deferred robots.unreachable", robots=answer(bytes(range(256)) * 40, kind=b"text/plain")),
    Route("robots-nul", answer(OK), ends="refused", robots=answer(b"User-agent: *\x00\nDisallow: /\x00", kind=b"text/plain")),
    Route("robots-html", answer(OK), ends="kept", robots=answer(OK)),
    Route("robots-stars", answer(OK), ends="kept", robots=answer(b"User-agent: *\nDisallow: /" + b"*a" * 5_000 + b"$\n", kind=b"text/plain")),
    Route("robots-many-groups", answer(OK), ends="kept", robots=answer(b"".join(b"User-agent: bot%d\nDisallow: /\n" % n for n in range(15_000)), kind=b"text/plain")),
    Route("robots-delay", answer(OK), ends="deferred parked: crawl-delay 1e+11 s", robots=answer(b"User-agent: *\nCrawl-delay: 99999999999\n", kind=b"text/plain")),
    with_sitemap("sitemap-bomb", gzip_bomb(), kind=b"application/gzip"),
    with_sitemap("sitemap-lines", lines_bomb(), kind=b"application/gzip"),
    with_sitemap("sitemap-flawed", b"\n<!-- x --><?xml version='1.0'?><urlset><url><loc>http://sitemap-flawed.hostile.test/a?b&c</loc></url>"),
    Route("robots-visit-time", answer(OK), robots=answer(b"User-agent: *\nVisit-time: 0000" + b" " * 400_000 + b"x\nAllow: /\n", kind=b"text/plain")),
    Route("tdmrep-blanks", answer(OK), ends="refused", others={"/.well-known/tdmrep.json": answer(b'{"tdm-reservation" :' + b" " * 400_000 + b"1", kind=b"application/json")}),
    Route("ai-txt-agents", answer(OK), others={"/ai.txt": answer(b"".join(b"User-agent: b%d\n" % n for n in range(25_000)), kind=b"text/plain")}),
    with_sitemap("sitemap-laughs", LAUGHS + URLSET + b"<url><loc>&k;</loc></url></urlset>"),
    with_sitemap("sitemap-outside", OUTSIDE + URLSET + b"<url><loc>&e;</loc></url></urlset>"),
    with_sitemap("sitemap-deep", b"<a>" * 200_000),
    with_sitemap("sitemap-many", URLSET + b"".join(b"<url><loc>http://sitemap-many.hostile.test/p/%d</loc></url>" % n for n in range(60_000)) + b"</urlset>"),
    with_sitemap("sitemap-elsewhere", URLSET + b"<url><loc>http://127.0.0.66/x</loc></url></urlset>"),
    with_sitemap("sitemap-gzip-twice", gzip.compress(gzip.compress(URLSET + b"</urlset>"))),
    Route("sitemap-nested", answer(OK), robots=robots_naming_sitemap, others={"/map": nested_sitemap, "/sitemap.xml": nested_sitemap}),
    with_licence("licence-laughs", LAUGHS + b"<rsl>&k;</rsl>"),
    with_licence("licence-outside", OUTSIDE + b"<rsl>&e;</rsl>"),
    with_licence("licence-junk", b"\x00\xff<rsl"),
    Route("cookies", set_cookie, others={"/again": set_cookie}, then={"http://cookies.hostile.test/again": "kept"}),
    Route("links", links_to_forbidden, then={"http://links.hostile.test:25/": EITHER, "http://links.hostile.test/X-Injected:%201": "missing"}),
    Route("trap", trap, path="/trap", others={"/trap": trap}),
    Route("busy", answer(b"", b"Retry-After: 99999999999", status=b"429 Too Many"), ends="deferred status-429"),
    Route("busy-past", answer(b"", b"Retry-After: Thu, 01 Jan 1970 00:00:00 GMT", status=b"503 Later"), ends="failed status-503"),
    Route("busy-junk", answer(b"", b"Retry-After: -1e999", status=b"503 Later"), ends="failed status-503"),
    Route("gone", answer(OK, status=b"410 Gone"), ends="missing"),
]  # fmt: skip
