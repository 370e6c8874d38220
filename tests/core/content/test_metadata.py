"""What a page says of itself, whichever carrier says it."""

# ruff: noqa: E501 - one page a line
from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core import urls
from crawler.core.content import ContentSettings, parse, read
from crawler.core.content.metadata.dates import iso
from crawler.core.response import Response

URL = urls.parse("https://ex.test/news/story")
TEXT = "<p>The river rises in the hills near the old town and meets the sea.</p>"


def metadata_of(html, *headers):
    html_type = ("content-type", "text/html; charset=utf-8")
    page = parse(Response(URL, 200, (html_type, *headers), (html + TEXT).encode()))
    return read(page, ContentSettings()).metadata


def ld(*nodes):
    return f'<script type="application/ld+json">{json.dumps(nodes[0] if len(nodes) == 1 else {"@graph": nodes})}</script>'


ARTICLE = {"@type": "NewsArticle", "headline": "Rivers"}


@pytest.mark.parametrize(
    ("html", "field", "value", "source"),
    [
        # JSON-LD: references, other pages, prefixes, entities, wrappings.
        (ld(ARTICLE | {"author": {"@id": "#jo"}}, {"@id": "#jo", "@type": "Person", "name": "Jo"}), "authors", ("Jo",), "jsonld author"),
        (ld(ARTICLE | {"publisher": {"@id": "#o"}}, {"@id": "#o", "name": "Ex Times"}), "publisher", "Ex Times", "jsonld publisher"),
        (ld(ARTICLE | {"url": "/other"}, {"@type": "Article", "url": "https://www.ex.test/news/story/", "headline": "Mine"}), "title", "Mine", "jsonld headline"),
        (ld({"@type": "schema:Article", "schema:headline": "Rivers"}), "title", "Rivers", "jsonld headline"),
        (ld({"@type": "Article", "headline": "Tom &amp; Jo&#39;s"}), "title", "Tom & Jo's", "jsonld headline"),
        ('<script type="application/ld+json">/*<![CDATA[*/{"@type":"Article","headline":"Rivers"}/*]]>*/</script>', "title", "Rivers", "jsonld headline"),
        ('<script type="application/ld+json">//<![CDATA[\n{"@type":"Article","headline":"Rivers"}\n//]]></script>', "title", "Rivers", "jsonld headline"),
        (ld({"@type": "Product", "name": "Lamp"}), "title", "Lamp", "jsonld name"),
        (ld({"@type": "Product", "name": "Lamp"}) + "<title>Shop</title>", "title", "Shop", "title"),
        (ld(ARTICLE | {"datePublished": "March 3, 2024"}), "published", "2024-03-03", "jsonld datePublished"),
        # Microdata and RDFa: of the page, not of what stands in it.
        ('<article itemscope itemtype="http://schema.org/Article"><div itemprop="publisher" itemscope><meta itemprop="name" content="Ex"><img></div></article>', "publisher", "Ex", "microdata publisher"),
        ('<article itemscope itemtype="http://schema.org/Article"><p itemprop="author" itemscope>By <b itemprop="name">Jo</b>, editor</p></article>', "authors", ("Jo",), "microdata author"),
        ('<div itemscope itemtype="http://schema.org/Comment"><b itemprop="author">Troll</b></div>', "authors", (), None),
        ('<div typeof="schema:Comment"><time property="schema:datePublished" datetime="2025-01-01">x</time></div>', "published", "", None),
        ('<div typeof="BlogPosting"><b property="author" typeof="Person"><i property="name">Rita</i></b></div>', "authors", ("Rita",), "rdfa author"),
        ('<b property="dcterms:title">Rivers</b>', "title", "Rivers", "rdfa title"),
        ('<b property="dcterms:issued" content="2021-01-02">then</b>', "published", "2021-01-02", "rdfa issued"),
        # Elements.
        ("<body><svg><title>Icon</title></svg><h1>Rivers</h1>", "title", "Rivers", "h1"),
    ],
)  # fmt: skip
def test_a_field_is_read_with_its_source(html, field, value, source):
    found = metadata_of(html)

    assert getattr(found, field) == value
    assert found.sources.get(field) == source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-05", "2024-03-05"),
        ("2024-03-05T10:00:00Z", "2024-03-05T10:00:00Z"),
        ("2024-03-05 10:00", "2024-03-05T10:00"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("20240305", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("2024.03.05 10:00", "2024-03-05"),
        ("2024年3月5日", "2024-03-05"),
        ("Tue, 05 Mar 2024 10:00:00 GMT", "2024-03-05T10:00:00+00:00"),
        ("5 March 2024", "2024-03-05"),
        ("Tuesday, March 5th, 2024 at noon", "2024-03-05"),
        ("Sept. 5, 2024", "2024-09-05"),
        # No date, or one that could be two.
        ("05/03/2024", ""),
        ("2024-13-45", ""),
        ("0001-01-01T00:00:00", ""),
        ("0000-00-00", ""),
        ("5 Smarch 2024", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_dates_become_iso_8601(text, expected):
    assert iso(text) == expected


@given(st.text(max_size=60))
def test_no_date_raises(text):
    assert iso(text) == "" or iso(text)[:4].isdigit()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["@id", "@type", "@graph", "author", "headline", "url", "name", "schema:name"]),
            inner,
            max_size=4,
        ),
        max_leaves=12,
    )
)  # fmt: skip
def test_no_json_ld_raises(value):
    metadata_of(ld(value))
