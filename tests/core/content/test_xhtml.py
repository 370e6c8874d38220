"""XHTML is read whole, whether its type or its declaration says what it is."""

# ruff: noqa: E501 - pages
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.content.html import xhtml
from tests.core.content.test_page import PROSE, page_of, text_of

NS = 'xmlns="http://www.w3.org/1999/xhtml"'
DOCTYPE = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
XML = "application/xhtml+xml"


def document(head, body=""):
    return f'<?xml version="1.0" encoding="UTF-8"?><html {NS}><head><title>T</title>{head}</head><body>{body}<h1>T</h1><p>{PROSE * 2}</p><a href="/two">two</a></body></html>'


@pytest.mark.parametrize("content_type", [XML, "application/xml", "text/xml", "text/html", ""])
@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<script type="text/javascript" src="x.js"/>', ""),
        ("<script src='x.js' async='async' />", ""),
        ("<style/>", ""),
        ('<script src="x.js"/><script>if (1) { a("b"); }</script>', ""),
        ("", '<textarea name="q"/>'),
        ("", '<iframe src="/f"/>'),
        ("", '<object data="a.svg" /><video src="v"/><canvas id="c"/>'),
        ("", "<noscript/><template/>"),
        ("", '<select name="s"/>'),
        ("<meta name='a' content='b'/><link rel='stylesheet' href='s.css'/>", '<div id="x"/>'),
    ],
)
def test_an_empty_element_hides_nothing(head, body, content_type):
    page = page_of(document(head, body), content_type)

    assert [link.url.path for link in page.links() if link.source == "a"] == ["/two"]
    assert "This is a sentence" in " ".join(page.outline.texts)


def test_a_document_type_declares_it_too():
    html = f'{DOCTYPE}<html><head><script src="x.js"/></head><body><p>{PROSE}</p></body></html>'

    assert "This is a sentence" in text_of(html)


def test_an_anchor_without_text_is_no_link_around_what_follows():
    html = f'{DOCTYPE}<html><body><h1>T</h1><p><a name="x"/>{PROSE}</p></body></html>'

    assert sum(page_of(html).outline.link_chars) == 0


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>a<![CDATA[ x < y & z ]]>b</p>", "<p>a x &lt; y &amp; z b</p>"),
        ("<p>a<br></br>b</p>", "<p>a<br>b</p>"),
        ("<p>a<br/>b<hr /></p>", "<p>a<br/>b<hr /></p>"),
        ("<p title='>/>'/>b", "<p title='>/>'></p>b"),
        ('<td class="a"/><td/>', '<td class="a"></td><td></td>'),
        ("<!-- <script/> -->x", "<!-- <script/> -->x"),
        ("<script>if (a<b) '<i/>'</script><i/>", "<script>if (a<b) '<i/>'</script><i></i>"),
        ("<?php <b/> ?><b/>", "<?php <b/> ?><b></b>"),
        (
            '<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:p>a</h:p><h:br/></h:html>',
            '<html xmlns:h="http://www.w3.org/1999/xhtml"><p>a</p><br/></html>',
        ),
        ('<x:html xmlns:x="urn:x"><x:p/></x:html>', '<x:html xmlns:x="urn:x"><x:p></x:p></x:html>'),
        ("<![CDATA[never ends", "never ends"),
        ("<p title='never ends", "<p title='never ends"),
    ],
)
def test_a_document_is_written_over(written, read):
    assert xhtml.as_html(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "<a href=http://a.test/>link</a>",
        "<script>$('<div/>'); x = '<script/>'</script>",
        "a /> b",
        "<p>x</p> />",
        "<br/><img src='x'/>",
    ],
)
def test_in_a_page_sent_as_html_only_empty_elements_are_closed(text):
    assert xhtml.closed(text.encode()) == text.encode()


PIECES = st.sampled_from(
    [
        "<",
        ">",
        "/>",
        "</",
        "<a",
        "<br",
        "<script",
        "'",
        '"',
        " ",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?",
        "?>",
        "é",
        "x:html",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_text_makes_it_raise(text):
    xhtml.as_html(text)
    xhtml.closed(text.encode())
