"""Sites that refuse in ways that are easy not to hear, and small answers that cost much."""

import gzip

from tests.hostile.route import TEXT, Behaviour, Exchange, Route, answer, page

OK = page("refusals")
NOAI = b'<meta name="robots" content="noai">'
NOTHING = b"User-agent: *\nDisallow: /\n"
TDM = b'[{"location": "/", "tdm-reservation": 1}]'
LINK = b'<link rel="license" type="application/rsl+xml" href="%s">'
RSL = (
    b'<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>'
    b'<%s type="usage">all</%s></license></content></rsl>'
)
PLACE = "/.well-known/tdmrep.json"


def text(body: bytes, *fields: bytes, status: bytes = b"200 OK") -> bytes:
    return answer(body, *fields, status=status, kind=b"text/plain")


def rsl(word: bytes) -> bytes:
    return answer(RSL % (word, word), kind=b"application/rsl+xml")


def robots(name: str, body: bytes, ends: str, *fields: bytes) -> Route:
    return Route(name, answer(OK), ends=ends, robots=text(body, *fields))


def beside(name: str, path: str, body: Behaviour | bytes, ends: str, page: bytes = OK) -> Route:
    return Route(name, answer(page), ends=ends, others={path: body})


async def cut_in_a_line(exchange: Exchange) -> None:
    """Send a robots.txt that 500 KiB end within "Allow: /a-notice"."""
    head = b"User-agent: *\nDisallow: /\n"
    pad = b"#" + b"x" * (512_000 - len(head) - 11) + b"\n"
    await exchange.send(text(head + pad + b"Allow: /page-that-is-not-there\n# more\n" * 9))


REFUSALS = [
    robots("robots-large", b"User-agent: *\n" + b"Disallow: /no\n" * 9_000, "kept"),
    robots("robots-large-refusal", b"# no\n" * 20_000 + NOTHING, "refused robots.disallow"),
    robots("robots-gzipped", gzip.compress(NOTHING), "refused robots.disallow"),
    robots("robots-utf-32", b"\xff\xfe\0\0" + NOTHING.decode().encode("utf-32-le"), "refused robots.disallow"),
    robots("robots-entities", b"User-agent&#58; &#42;\nDisallow&#58; &#47;\n", "refused robots.disallow"),
    robots("robots-one-line", b"User-agent: HostileBot; OtherBot Disallow: /", "refused robots.disallow"),
    robots("robots-image", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "deferred robots.unreachable"),
    Route("robots-part", answer(OK), ends="deferred robots.unreachable", robots=text(b"User-agent: *\nAllow: ", b"Content-Range: bytes 0-20/500", status=b"206 Partial")),
    Route("robots-cut", answer(OK), ends="refused robots.disallow", robots=cut_in_a_line),
    Route("header-150", answer(OK, *(b"X-%d: a" % n for n in range(149)), b"X-Robots-Tag: noai"), ends="refused robots_meta.noai"),
    Route("header-9-kb", answer(OK, b"X-Robots-Tag: " + b"nofollow, " * 850 + b"noai"), ends="refused robots_meta.noai"),
    Route("header-odd-comma", answer(OK, "X-Robots-Tag: index\uff0c\u201cnoai\u201d.".encode()), ends="refused robots_meta.noai"),
    Route("meta-600", answer(b'<meta name="citation_reference" content="x">' * 600 + NOAI + OK), ends="refused robots_meta.noai"),
    Route("json-ld-60", answer(b'<script type="application/ld+json">{"@type":"Thing"}</script>' * 60 + b'<script type="application/ld+json">{"@type":"Article",\'isAccessibleForFree\':false,}</script>' + OK), ends="refused paywall.marked"),
    Route("elements-past-reading", answer(b"<p>" + TEXT + b"<br>" * 401_000 + NOAI), ends="refused policy.too-much-to-read"),
    Route("called-utf-16", answer(NOAI + OK, kind=b"text/html; charset=utf-16"), ends="refused robots_meta.noai"),
    Route("called-plain-first", b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + answer(NOAI + OK).partition(b"\r\n")[2], ends="refused robots_meta.noai"),
    beside("tdmrep-utf-16", PLACE, text(TDM.decode().encode("utf-16")), "refused tdmrep"),
    beside("tdmrep-commented", PLACE, text(b"// all of it\n" + TDM), "refused tdmrep"),
    beside("tdmrep-too-long", PLACE, text(b"[" + b" " * (2**20 + 9)), "refused policy.too-much-to-read"),
    beside("ai-txt-as-a-page", "/ai.txt", answer(b"<pre>" + NOTHING + b"</pre>"), "refused ai_txt.refused"),
    beside("licence-below-base", "/sub/no.xml", rsl(b"prohibits"), "kept", b'<base href="/sub/">' + LINK % b"no.xml" + OK),
    beside("licences-by-the-dozen", "/ok", rsl(b"permits"), "refused rsl.too-much-to-read", b"".join(LINK % (b"/ok%d.xml" % n) for n in range(12)) + OK),
    Route("paywall-blanks", answer(b'<script type="application/ld+json">"isAccessibleForFree"' + b" " * 60_000 + b"</script>" + OK)),
    Route("later-by-a-fraction", answer(OK, b"Retry-After: 7200.5", status=b"503 Later"), ends="deferred status-503"),
    Route("later-of-two", answer(OK, b"Retry-After: 1", b"Retry-After: 7200", status=b"500 Oh"), ends="deferred status-500"),
]  # fmt: skip
