"""One flaw loses no feed and no sitemap, and none of them costs more than its size."""

# ruff: noqa: E501 - one document a line
from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core import urls
from crawler.core.content import ContentSettings, SitemapLimits, parse, read, read_sitemap
from crawler.core.content.decoding import tolerant_xml
from crawler.core.content.decoding.gunzip import gunzip
from crawler.core.response import Response

URL = urls.parse("https://ex.test/list")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
ONE, TWO = "<url><loc>https://ex.test/1</loc></url>", "<url><loc>https://ex.test/2</loc></url>"
SET = f"<urlset>{ONE}{TWO}</urlset>"
ITEMS = "<item><title>A</title><link>https://ex.test/1</link><description>Words of one.</description></item><item><title>B</title><link>https://ex.test/2</link><description>Words of two.</description></item>"
RSS = f"<rss><channel><title>News</title>{ITEMS}</channel></rss>"
BOTH = ["https://ex.test/1", "https://ex.test/2"]


def answer(body: str | bytes, kind: str = "application/xml") -> Response:
    return Response(
        URL, 200, (("content-type", kind),), body.encode() if isinstance(body, str) else body
    )


def listed(body: str | bytes, kind: str = "application/xml", **limits: object):
    return read_sitemap(answer(body, kind), SitemapLimits(**limits))


def addresses(body: str | bytes, kind: str = "application/xml") -> list[str]:
    return [link.url.text for link in listed(body, kind).links]


FLAWS = [
    lambda text: "\n" + HEAD + text,
    lambda text: "\r\n \t\ufeff" + HEAD + text,
    lambda text: "<!-- made by a tool -->\n" + HEAD + text,
    lambda text: "\ufeff" + HEAD + text,
    lambda text: HEAD.replace("UTF-8", "utf-16") + text,
    lambda text: HEAD.replace("UTF-8", "klingon") + text,
    lambda text: HEAD.replace('"UTF-8"', "UTF-8") + text,
    lambda text: "<?xml?>" + text,
    lambda text: HEAD + HEAD + text,
    lambda text: "<br />\n<b>Notice</b>: Undefined index in <b>/a.php</b><br />\n" + HEAD + text,
    lambda text: HEAD + text + "<script>1 < 2</script>",
    lambda text: HEAD + text + "\n<!-- 0.2 seconds -- by a cache -->",
    lambda text: HEAD + text + "\x00\x00",
    lambda text: HEAD + "<!DOCTYPE x>" + text,
    lambda text: HEAD + '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://x.test/rss.dtd">' + text,
    lambda text: HEAD + '<!DOCTYPE x [<!ENTITY nbsp "&#160;">]>' + text,
    lambda text: HEAD + text.replace("</", "&nbsp;</", 1),
    lambda text: HEAD + text.replace(">", ">\x0b", 1),
    lambda text: HEAD + text.replace("<urlset>", '<urlset xsi:schemaLocation="x">').replace("<rss>", '<rss a:b="c">'),
    lambda text: HEAD + text.replace("<url>", "<ns0:url>", 1).replace("</url>", "</ns0:url>", 1),
    lambda text: HEAD + text.replace("<item>", "<item><media:thumbnail url='x'/>").replace("<url>", "<url><video:x>A & B</video:x>"),
    lambda text: HEAD + text.replace("</url>", "", 1).replace("</item>", "", 1),
    lambda text: HEAD + text[: text.rindex("</")],
    lambda text: HEAD + text.replace("https://ex.test/1", "<![CDATA[https://ex.test/1]]>"),
    lambda text: HEAD + text.replace("<url>", "<url attribute>").replace("<item>", "<item a=b>"),
    lambda text: HEAD + text.replace("<url>", "<!-- <url> -- > --><url>").replace("<item>", "<!-- <item> -- --><item>"),
    lambda text: HEAD + text.replace("<urlset>", "<urlset><!-- a -- b -->").replace("<rss>", "<rss><br>"),
    lambda text: HEAD + "<x>" * 3 + text,
]  # fmt: skip


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flaw_loses_no_address(flaw):
    assert addresses(flaw(SET)) == BOTH
    assert addresses(flaw(RSS), "application/rss+xml") == BOTH


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flaw_loses_neither_text_nor_links_of_a_feed(flaw):
    page = parse(answer(flaw(RSS), "application/rss+xml"))

    assert [link.url.text for link in page.links()] == BOTH
    assert "Words of two." in read(page, ContentSettings()).text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (SET.encode("utf-16"), "application/xml"),
        ((HEAD + SET).encode("utf-16-le"), "application/xml"),
        ((HEAD.replace("UTF-8", "UTF-16") + SET).encode("utf-16-be"), "application/xml"),
        (SET.encode("utf-16-le"), "application/xml; charset=utf-16le"),
        (
            (HEAD.replace("UTF-8", "windows-1251") + SET.replace("/1", "/1?ж"))
            .replace("?ж", "")
            .encode(),
            "",
        ),
        ((HEAD + SET + "<!-- ж -->").encode("cp1251"), "application/xml"),
        ((HEAD + SET).encode() + b"<!-- \xff\xfe\x80 -->", "application/xml"),
        ("\n".join(BOTH).encode("utf-16"), "text/plain"),
        ((HEAD + SET).encode(), "application/xml; charset=utf-16"),
        ("\ufeff\ufeff".encode() + SET.encode(), "application/xml"),
        (b"Warning: x in /a.php on line 3\n" + (HEAD + SET).encode(), "application/xml"),
        (b"/**/" + SET.encode(), "application/xml"),
        (SET.replace("<loc>", "<loc>\ufeff\u200b").encode(), "application/xml"),
        (("\ufeff" + "\r".join(BOTH)).encode(), "text/plain"),
        ("\x85".join(["# list", "", *BOTH]).replace("\x85", "\n").encode("cp1252"), "text/plain"),
    ],
)
def test_bytes_are_read_as_those_of_pages_are(body, kind):
    assert addresses(body, kind) == BOTH


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://ex.test/?a=1&b=2", "https://ex.test/?a=1&b=2"),
        ("https://ex.test/?a=1&copy=2", "https://ex.test/?a=1&copy=2"),
        ("https://ex.test/?a=1&amp;b=2", "https://ex.test/?a=1&b=2"),
        ("https://ex.test/?a=1&#38;b=2 & x", None),
        ("https://ex.test/a&#x2F;b&", "https://ex.test/a/b&"),
        ("https://ex.test/&eacute;&", "https://ex.test/%C3%A9&"),
        ("https://ex.test/&#xD800;&#99999999999;&", None),
    ],
)
def test_references_are_read_and_what_is_none_stays(text, address):
    found = addresses(f"<urlset><url><loc>{text}</loc></url>{TWO}&</urlset>")

    assert found[-1] == BOTH[1]
    assert address is None or found[0] == address


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (HEAD + SET.replace("/1", "/1?a&b"), "xml-broken"),
        (HEAD + "<!DOCTYPE x>" + SET, "dtd-refused"),
        ("no url\nnor this\n" + "\n".join(BOTH), "2 entries lost"),
        (gzip.compress(SET.encode())[:-9], "gzip-cut"),
        (gzip.compress(SET.encode()) + b"more", "gzip-broken"),
        (gzip.compress(b"") * 200 + gzip.compress(SET.encode()), "gzip-members"),
    ],
)
def test_what_was_wrong_is_said(body, problem):
    assert problem in listed(body).problems


def test_nothing_of_a_document_type_is_expanded():
    laughs = '<!DOCTYPE x [<!ENTITY a "https://ex.test/9"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    found = addresses(
        f"{laughs}<urlset><url><loc>&a;</loc></url><url><loc>&b;</loc></url>{TWO}</urlset>"
    )

    assert found == [BOTH[1]]


@pytest.mark.parametrize("cut", [5, 17, 18, 40, 60])
def test_members_follow_each_other(cut):
    text = SET.encode()
    packed = gzip.compress(text[:cut]) + gzip.compress(text[cut:])

    assert addresses(packed) == BOTH
    assert addresses(packed + b"\0" * 512) == BOTH
    assert addresses(gzip.compress(packed)) == BOTH
    assert listed(packed + b"\0" * 512).problems == ()
    nulls = gzip.compress(text[:cut]) + b"\0" * 16 + gzip.compress(text[cut:])
    assert addresses(nulls) == BOTH
    assert addresses(b"\n" + packed) == addresses(b"\xef\xbb\xbf" + packed) == BOTH


def named(text: bytes) -> bytes:
    held = io.BytesIO()
    with gzip.GzipFile("sitemap.xml", "wb", 9, held, 0) as packer:
        packer.write(text)
    return held.getvalue()


@pytest.mark.parametrize("pack", [gzip.compress, named, lambda text: gzip.compress(text, 0)])
def test_a_false_checksum_loses_nothing(pack):
    packed = pack(SET.encode())

    assert addresses(packed[:-8] + b"\0" * 8) == BOTH
    assert listed(packed[:-4] + b"\1\2\3\4").problems == ("gzip-broken",)


@pytest.mark.parametrize("level", [0, 1, 9])
def test_what_is_packed_without_a_header_of_gzip_is_unpacked(level):
    assert addresses(zlib.compress(SET.encode(), level)) == BOTH


@pytest.mark.parametrize(
    "start", ["", HEAD, HEAD + "<!-- a - b --><?x y?>\n", "\ufeff <!DOCTYPE rss>"]
)
def test_a_feed_that_is_sent_as_html_is_a_feed(start):
    page = parse(answer(start + RSS, "text/html; charset=utf-8"))

    assert [link.url.text for link in page.links()] == BOTH
    assert parse(answer(f"<p>{RSS}", "text/html")).feed is None


def bomb(unit: bytes, size: int) -> bytes:
    """Return what unpacks to `size` octets: one block packed, and packed again as it was."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = unit * (100_000 // len(unit))
    first, again = (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + again * (size // len(block) - 1) + packer.flush()


@pytest.mark.parametrize(
    "unit", [b"ab\n", b"/\n", b"\n", b"<url>", b"<url><loc>/", b"\0", b"<", b"&", b"<!--"]
)
def test_a_small_file_unpacks_to_no_more_than_its_share(unit):
    body = bomb(unit, 60_000_000)
    tracemalloc.start()
    text, problem = gunzip(body, 52_428_800)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert problem == "too-large"
    assert len(text) <= max(1_048_576, 200 * len(body))
    assert peak < 3 * len(text)


def test_lines_that_bring_nothing_end_a_list():
    found = listed("ab\n" * 100 + "/1\n", "text/plain", max_entries=20)

    assert found.links == ()
    assert found.problems == ("bad-url", "too-many-entries", "41 entries lost")
    assert listed("/1\n" * 100, "text/plain", max_entries=20).problems == ("too-many-entries",)
    assert len(listed("/1\n" * 30 + "/2\n", "text/plain", max_entries=20).links) == 2


class Told:
    """Remembers what a document says."""

    def __init__(self):
        self.said = []
        self.depth = self.deepest = 0

    def start(self, name, attributes):
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        self.said.append((name, attributes))

    def end(self, name):
        self.depth -= 1
        assert self.depth >= 0
        self.said.append(name)

    def data(self, text):
        assert self.depth
        self.said.append([text])


PIECES = st.sampled_from(
    ["<a>", "</a>", "<b c='d'>", "<b/>", "</b>", "<", ">", "&", "&amp;", "&nbsp;", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>",
     "<!DOCTYPE x [", "]>", "x", " ", '"', "'", "=", "/", "\0", "\ud800", "<url>", "<loc>", "https://ex.test/", "&#1;", "&#99;"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_element_that_begins_ends(text):
    told, _ = tolerant_xml.read(text, Told)

    assert told.depth == 0


@given(
    st.recursive(
        st.text("ab ", max_size=3), lambda inner: st.lists(inner, max_size=3), max_leaves=12
    )
)
def test_a_document_without_a_flaw_is_read_alike_both_ways(tree):
    def written(node):
        return node if isinstance(node, str) else f"<n a='1'>{''.join(map(written, node))}</n>"

    text = f"<r>{written(tree)}</r>"
    strictly, problem = tolerant_xml.read(text, Told)
    tolerantly, _ = tolerant_xml.read(text + "<", Told)

    assert problem == ""
    assert merged(tolerantly.said) == merged(strictly.said)


def merged(said):
    """Join texts that follow each other."""
    found = []
    for item in said:
        if isinstance(item, list) and found and isinstance(found[-1], list):
            found[-1] = [found[-1][0] + item[0]]
        else:
            found.append(item)
    return found


@pytest.mark.parametrize(
    "unit",
    [
        "<a>",
        "<a",
        "<!--",
        "<![CDATA[",
        "<?",
        "</a>",
        "<!DOCTYPE [",
        "&",
        "&#",
        '<a b="',
        "<a '",
        "]]>",
        "<a b=c ",
        "<a/>x",
    ],
)
def test_no_shape_takes_the_square_of_its_length(unit):
    told, _ = tolerant_xml.read("<r>" + unit * 40_000, Told)

    assert told.deepest <= tolerant_xml.MAX_DEPTH
