"""What a page drawn by scripts states in JSON-LD: decoded, and of no other page."""

import json

import pytest

from crawler.core.content.text.article_body import plain
from tests.core.content.test_page import PROSE, URL, text_of

OTHER = "https://ex.test/d/other.html"


def shell(*nodes, head=""):
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes
    )
    return f"<html><head>{head}{scripts}</head><body><div id=app></div></body></html>"


def article(start="Mine.", **more):
    return {"@type": "Article", "articleBody": f"{start} {PROSE}", **more}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Tom &amp; Ann said &quot;yes&quot;", 'Tom & Ann said "yes"'),
        ("It&#39;s &#x201c;so&#x201d; &mdash; here", "It's “so” — here"),
        ("Tom &amp;amp; Ann&amp;#39;s", "Tom & Ann's"),
        ("<p>One &amp; two.</p><p>Three.</p>", "One & two.\n\nThree."),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\n\nTwo"),
        ("One<br/>two<br/><br/>three", "One\ntwo\n\nthree"),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("if a < b && b > c, AT&T, ?a=1&copy=2", "if a < b && b > c, AT&T, ?a=1&copy=2"),
        ("if i <j and k> l &amp; so on", "if i <j and k> l & so on"),
        ("Fish&nbsp;&amp;&nbsp;chips", "Fish\xa0&\xa0chips"),
        ("<![CDATA[One & two]]>", "One & two"),
        ("<script>x()</script><p>Text</p>", "Text"),
        ("", ""),
    ],
)
def test_a_body_reads_as_its_readers_see_it(written, read):
    assert plain(written) == read


@pytest.mark.parametrize(
    ("nodes", "start"),
    [
        ([article()], "Mine."),
        ([article(url=URL.text)], "Mine."),
        ([article(mainEntityOfPage={"@id": "/d/page.html"})], "Mine."),
        ([article(url=OTHER)], ""),
        ([article(mainEntityOfPage=OTHER)], ""),
        ([article("Theirs, and longer.", url=OTHER), article(url=URL.text)], "Mine."),
        ([{"@graph": [article("Theirs, and longer.", url=OTHER), article()]}], "Mine."),
        ([{"@type": "ItemList", "itemListElement": [article("Theirs.", url=OTHER)]}], ""),
    ],
)  # fmt: skip
def test_a_body_is_taken_only_of_the_page_itself(nodes, start):
    text = text_of(shell(*nodes))

    assert text.startswith(start) if start else text == ""


def test_the_canonical_address_is_the_pages_own():
    html = shell(article(url=OTHER), head=f'<link rel=canonical href="{OTHER}">')

    assert text_of(html).startswith("Mine.")
