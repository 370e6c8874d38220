"""A sitemap gives its addresses, within limits, whatever it holds."""

# ruff: noqa: E501 - one document a line
from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core import urls
from crawler.core.content import SitemapLimits, read_sitemap
from crawler.core.content.sitemap import timestamp
from crawler.core.response import Response

URL = urls.parse("https://ex.test/sitemap.xml")
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
SET = f"<urlset {NS}><url><loc>https://ex.test/1</loc><lastmod>2024-01-01</lastmod><priority>0.9</priority></url><url><loc> /2 </loc></url></urlset>"


def listed(body, **limits):
    body = body.encode() if isinstance(body, str) else body
    return read_sitemap(Response(URL, 200, (), body), SitemapLimits(**limits))


def texts(found):
    return [link.url.text for link in found.links]


@pytest.mark.parametrize(
    "body",
    [
        SET,
        '<?xml version="1.0" encoding="UTF-8"?>' + SET,
        b"\xef\xbb\xbf" + SET.encode(),
        gzip.compress(SET.encode()),
        ('<?xml version="1.0" encoding="utf-16"?>' + SET).encode("utf-16"),
        SET.replace(NS, ""),
        "https://ex.test/1\n\n/2\r\n",
        "<rss><channel><link>https://ex.test/</link><item><link>https://ex.test/1</link></item><item><guid>https://ex.test/2</guid></item></channel></rss>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/><entry><link rel="self" href="/s"/><link href="/1"/></entry><entry><link href="/2"/></entry></feed>',
    ],
)  # fmt: skip
def test_every_form_gives_its_addresses(body):
    found = listed(body)

    assert texts(found) == ["https://ex.test/1", "https://ex.test/2"]
    assert found.problems == ()


def test_dates_and_priorities_are_read():
    first, second = listed(SET).links

    assert (first.lastmod, first.priority, first.source) == (1_704_067_200.0, 0.9, "sitemap")
    assert (second.lastmod, second.priority) == (0.0, 0.5)


def test_an_index_gives_sitemaps():
    found = listed(f"<sitemapindex {NS}><sitemap><loc>/a.xml.gz</loc></sitemap></sitemapindex>")

    assert [url.text for url in found.sitemaps] == ["https://ex.test/a.xml.gz"]
    assert found.links == ()


@pytest.mark.parametrize(
    ("body", "limits", "problem"),
    [
        ('<!DOCTYPE u [<!ENTITY a "b">]>' + SET, {}, "dtd-refused"),
        ('<!DOCTYPE u SYSTEM "file:///etc/passwd">' + SET, {}, "dtd-refused"),
        (SET[:-10], {}, "xml-broken"),
        ("<a>" * 40, {}, "too-deep"),
        (SET, {"max_entries": 1}, "too-many-entries"),
        (gzip.compress(b" " * 1_000_000 + SET.encode()), {"max_size": "100kB"}, "too-large"),
        (gzip.compress(SET.encode())[:-9], {}, "gzip-cut"),
        (b"\x1f\x8b garbage", {}, "gzip-broken"),
        ("javascript:alert(1)", {}, "bad-url"),
    ],
)
def test_what_is_wrong_is_told_and_never_raised(body, limits, problem):
    assert listed(body, **limits).problems[0] == problem


def test_a_line_of_text_that_is_no_url_is_none():
    found = listed("Not found, sorry\nHTTPS://ex.test/1\nhttp://ex.test/2 \n")

    assert texts(found) == ["https://ex.test/1", "http://ex.test/2"]
    assert found.problems == ("bad-url",)


def test_a_broken_sitemap_gives_what_came_before():
    assert texts(listed(SET[:-12])) == ["https://ex.test/1", "https://ex.test/2"]
    assert texts(listed(SET[:-24])) == ["https://ex.test/1"]  # an address that is cut is none


@given(
    st.one_of(
        st.binary(max_size=300), st.binary(max_size=200).map(lambda b: b"<urlset><url><loc>" + b)
    )
)
def test_no_bytes_raise(body):
    listed(body)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", 1_704_067_200.0),
        ("2024-01", 1_704_067_200.0),
        ("2024-01-01", 1_704_067_200.0),
        ("2024-01-01T01:00:00+01:00", 1_704_067_200.0),
        ("2024-01-01T00:00:00.5Z", 1_704_067_200.5),
        ("Mon, 01 Jan 2024 00:00:00 GMT", 1_704_067_200.0),
        ("yesterday", 0.0),
        ("9999-99-99", 0.0),
        ("", 0.0),
    ],
)
def test_dates_in_every_usual_form(text, expected):
    assert timestamp(text) == expected
