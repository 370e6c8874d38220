"""The parsers of site input, each as a function of bytes that must not raise."""

from collections.abc import Callable
from dataclasses import dataclass

from crawler.core.asked_waits import retry_after
from crawler.core.consent import decide, robots_hints
from crawler.core.content import ContentSettings
from crawler.core.content.sitemap import SitemapLimits
from crawler.core.evidence import Evidence, FileKind, PageEvidence
from crawler.core.judge import Rules, judge, judge_head
from crawler.core.outcome import Learned
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Headers, Response
from crawler.core.task import Task, TaskKind
from crawler.core.urls import parse
from crawler.fetch import FetchError, FetchLimits
from crawler.fetch.content_codings import codings_of, decode
from crawler.fetch.dialable import AddressRules, NetworkSettings
from tests.fuzz import corpora

NOW = 1_800_000_000.0
URL = parse("http://site.example/dir/page?q=1")
OTHER = parse("http://site.example/private/open/x.pdf")
POLICY = ConsentPolicy(tokens=("Example", "Example-Train"))
RULES = Rules(POLICY, ContentSettings(), SitemapLimits())
PAGE = Task(1, URL, TaskKind.PAGE, ())
MAP = Task(2, parse("http://site.example/sitemap.xml"), TaskKind.SITEMAP, ())
PATHS = {
    FileKind.ROBOTS: "/robots.txt",
    FileKind.TDMREP: "/.well-known/tdmrep.json",
    FileKind.AI_TXT: "/ai.txt",
    FileKind.TRUST_TXT: "/trust.txt",
    FileKind.RSL: "/license.xml",
}
TYPES = {
    FileKind.ROBOTS: "text/plain",
    FileKind.TDMREP: "application/json",
    FileKind.AI_TXT: "text/plain",
    FileKind.TRUST_TXT: "text/plain",
    FileKind.RSL: "application/rsl+xml",
}
ADDRESSES = AddressRules(NetworkSettings())
LIMITS = FetchLimits()
FIELDS = (
    "x-robots-tag",
    "content-usage",
    "content-signal",
    "tdm-reservation",
    "link",
    "retry-after",
)


def answer(
    task: Task, body: bytes, kind: str, headers: Headers = (), status: int = 200
) -> Response:
    fields = (("content-type", kind), *headers) if kind else headers
    return Response(task.url, status, fields, body)


def url(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    for base in (None, URL):
        parsed = parse(text, base)
        if parsed is None:
            continue
        again = parse(parsed.text)
        assert again == parsed, "a normal form must be its own normal form"
        assert parsed.origin + parsed.target == parsed.text
        assert parsed.site is not None
        assert -(2**63) <= parsed.key < 2**63
        ADDRESSES.refusal(parsed.host, parsed.port)


def headers(data: bytes) -> None:
    lines = []
    for number, line in enumerate(data.decode("latin-1").split("\n")):
        name, colon, value = line.partition(":")
        lines.append((name.lower(), value.strip()) if colon else (FIELDS[number % 6], line))
    fields = tuple(lines)
    for status in (200, 302, 403, 429):
        judge_head(PAGE, Response(URL, status, fields), RULES, NOW)
    decide(Evidence(URL, page=PageEvidence(200, fields)), POLICY, NOW)
    codings_of([value for _, value in fields])
    retry_after([fields[0][1]], NOW)


def site_file(kind: FileKind) -> Callable[[bytes], None]:
    place = parse(f"http://site.example{PATHS[kind]}")
    origin = "http://site.example"
    task = Task(3, place, TaskKind.FILE, (), file=kind, origin=origin, asked=place.text)

    def read(data: bytes) -> None:
        outcome = judge(task, answer(task, data, TYPES[kind]), RULES, NOW)
        assert isinstance(outcome, Learned)
        for place in (URL, OTHER):
            decide(Evidence(place, (outcome.snapshot,)), POLICY, NOW)
        if kind is FileKind.ROBOTS:
            robots_hints(outcome.snapshot, POLICY)

    return read


def html(data: bytes) -> None:
    kind = ("text/html", "text/html; charset=utf-8", "", "text/html; charset=utf-16")[len(data) % 4]
    judge(PAGE, answer(PAGE, data, kind), RULES, NOW)


def sitemap(data: bytes) -> None:
    kind = ("application/xml", "text/plain", "application/gzip", "")[len(data) % 4]
    judge(MAP, answer(MAP, data, kind), RULES, NOW)


def coding(data: bytes) -> None:
    names, _, body = data.partition(b"\n")
    try:
        decoded = decode(body, codings_of([names.decode("latin-1")]), LIMITS, 50_000)
    except FetchError:
        return
    assert len(decoded.data) <= 50_000


@dataclass(frozen=True)
class Parser:
    """One parser, what its inputs grow from, and its share of them."""

    read: Callable[[bytes], None]
    seeds: list[bytes]
    words: list[bytes]
    share: int


PARSERS = {
    "urls": Parser(url, corpora.URLS, corpora.URL_WORDS, 30),
    "headers": Parser(headers, corpora.HEADERS, corpora.HEADER_WORDS, 12),
    "robots.txt": Parser(site_file(FileKind.ROBOTS), corpora.ROBOTS, corpora.ROBOTS_WORDS, 12),
    "ai.txt": Parser(site_file(FileKind.AI_TXT), corpora.ROBOTS, corpora.ROBOTS_WORDS, 4),
    "trust.txt": Parser(site_file(FileKind.TRUST_TXT), corpora.ROBOTS, corpora.ROBOTS_WORDS, 4),
    "tdmrep.json": Parser(site_file(FileKind.TDMREP), corpora.JSON, corpora.JSON_WORDS, 8),
    "rsl": Parser(site_file(FileKind.RSL), corpora.RSL, corpora.XML_WORDS, 6),
    "sitemaps": Parser(sitemap, corpora.XML, corpora.XML_WORDS, 10),
    "html": Parser(html, corpora.HTML, corpora.HTML_WORDS, 6),
    "codings": Parser(coding, corpora.CODED, corpora.CODED_WORDS, 8),
}
