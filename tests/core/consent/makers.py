"""Evidence made by hand, and strategies for evidence nobody would make by hand."""

from __future__ import annotations

from hypothesis import strategies as st

from crawler.core.consent import FileRequest, read_file
from crawler.core.decision import Found
from crawler.core.evidence import Carrier, Evidence, FileKind, PageEvidence, Snapshot
from crawler.core.response import Response
from crawler.core.urls import Url, parse

NOW = 1_795_305_600.0
ORIGIN = "https://ex.test"
PATHS = {
    FileKind.ROBOTS: "/robots.txt",
    FileKind.TDMREP: "/.well-known/tdmrep.json",
    FileKind.AI_TXT: "/ai.txt",
    FileKind.TRUST_TXT: "/trust.txt",
    FileKind.RSL: "/l.xml",
    FileKind.TERMS: "/terms",
}


def url_of(text: str) -> Url:
    url = parse(text, parse(ORIGIN + "/"))
    assert url is not None
    return url


URL = url_of("/a")


def answer(
    kind: FileKind,
    body: str | bytes = b"",
    status: int = 200,
    headers: tuple[tuple[str, str], ...] = (),
    previous: Snapshot | None = None,
    now: float = NOW,
) -> Snapshot:
    url = url_of(PATHS[kind])
    data = body.encode() if isinstance(body, str) else body
    request = FileRequest(kind, url, ORIGIN)
    return read_file(request, Response(url, status, headers, data), "", 0, now, previous)


def robots(text: str | bytes = "") -> Snapshot:
    return answer(FileKind.ROBOTS, text)


def page(*headers: tuple[str, str], carriers: tuple[Carrier, ...] = ()) -> PageEvidence:
    return PageEvidence(200, headers, carriers, read=True, content_type="text/html")


def evidence(
    text: str = "User-agent: *\nAllow: /\n",
    *headers: tuple[str, str],
    carriers: tuple[Carrier, ...] = (),
    files: tuple[Snapshot, ...] = (),
) -> Evidence:
    return Evidence(URL, (robots(text), *files), page(*headers, carriers=carriers))


# Words that mean something to some protocol, so that random text reaches beyond the first check.
_WORDS = st.sampled_from(
    [
        "user-agent:",
        "disallow:",
        "allow:",
        "content-usage:",
        "content-signal:",
        "license:",
        "crawl-delay:",
        "noindex:",
        "*",
        "corpusbot",
        "gptbot",
        "ccbot",
        "google-extended",
        "/",
        "/a",
        "/a*",
        "/*$",
        "%2F",
        "%41",
        "train-ai=n",
        "train-ai=y",
        "ai-use=n",
        "search=y",
        "ai-train=no",
        "ai-train=yes",
        "use=immediate",
        ",",
        ";",
        ":",
        "=",
        "#",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "\x00",
        "noai",
        "noml",
        "none",
        "noindex",
        "nosnippet",
        "unavailable_after:",
        "2020-01-01",
        "max-snippet:0",
        "googlebot:",
        "1",
        "0",
        "?1",
        "yes",
        "no",
        "deny",
        "tdm-reservation",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "location",
        "<rsl>",
        "</rsl>",
        "<content",
        "<license>",
        "datatrainingallowed",
        "prohibited",
        "text",
        "and",
        "data",
        "mining",
        "is",
        "reserved",
        "https://ex.test/l.xml",
        "é",
        "ツ",
        "�",
        "",
    ]
)
TEXT = st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=30).map(" ".join))
BYTES = st.one_of(
    st.binary(max_size=300), TEXT.map(lambda text: text.encode("utf-8", "surrogatepass"))
)
HEADER_NAMES = st.sampled_from(
    [
        "x-robots-tag",
        "content-usage",
        "content-signal",
        "tdm-reservation",
        "link",
        "ai-license",
        "ai-training",
        "cf-mitigated",
        "crawler-price",
    ]
)
META_NAMES = st.sampled_from(
    [
        "robots",
        "corpusbot",
        "gptbot",
        "tdm-reservation",
        "content-usage",
        "content-signal",
        "ai-license",
        "ai-training",
        "copyright",
        "description",
        "x-robots-tag",
    ]
)
CARRIERS = st.one_of(
    st.builds(
        Carrier,
        st.just("meta"),
        META_NAMES,
        TEXT,
        st.sampled_from(["name", "property", "http-equiv"]),
    ),
    st.builds(
        Carrier,
        st.just("script"),
        st.sampled_from(["application/ld+json", "application/rsl+xml"]),
        TEXT,
        st.just("head"),
    ),
    st.builds(Carrier, st.just("prose"), st.just("footer"), TEXT, st.just("footer")),
    st.builds(
        Carrier,
        st.just("link"),
        st.just("license"),
        TEXT,
        st.just("head"),
        st.just("application/rsl+xml"),
    ),
)
SITES = st.fixed_dictionaries(
    {kind: st.one_of(st.none(), BYTES) for kind in FileKind if kind is not FileKind.ROBOTS}
)


@st.composite
def any_evidence(draw: st.DrawFn) -> Evidence:
    site = [robots(draw(BYTES))]
    for kind, body in draw(SITES).items():
        if body is not None:
            found = draw(st.sampled_from(list(Found)))
            site.append(
                Snapshot(kind, ORIGIN + PATHS[kind], found, NOW, 200, body=body, expires_at=NOW + 1)
            )
    headers = tuple(draw(st.lists(st.tuples(HEADER_NAMES, TEXT), max_size=4)))
    carriers = tuple(draw(st.lists(CARRIERS, max_size=4)))
    status = draw(st.sampled_from([200, 200, 200, 304, 301, 402, 403, 404, 451, 503]))
    answer_ = PageEvidence(status, headers, carriers, read=draw(st.booleans()))
    target = draw(st.sampled_from(["/a", "/", "/a/b?c=%2F", "/%7Ex", "/caf%C3%A9"]))
    return Evidence(url_of(target), tuple(site), draw(st.sampled_from([answer_, None])))
