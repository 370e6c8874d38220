"""A page gives its evidence, links and text, whatever the bytes are."""

# ruff: noqa: E501, RUF001 - pages in many scripts
from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core import urls
from crawler.core.content import ContentSettings, parse, read, text_type
from crawler.core.content.html.links import Joiner
from crawler.core.response import Response

URL = urls.parse("https://ex.test/d/page.html")
PROSE = "This is a sentence of the article, long enough to be taken for prose by any reader. " * 4


def page_of(body, content_type="text/html; charset=utf-8", headers=(), url=URL):
    body = body.encode() if isinstance(body, str) else body
    return parse(Response(url, 200, (("content-type", content_type), *headers), body))


def text_of(body, **choices):
    return read(page_of(body), ContentSettings(**choices)).text


def carriers(body, kind):
    return [(c.name, c.text, c.place) for c in page_of(body).evidence().carriers if c.kind == kind]


# --- hostile bytes -------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div class=footer>", "<table><tr><td>", "<a href='/x'>", "<a href=' '>", "</a>", "<!--", "-->",
        "<script type=application/ld+json>", '{"@type":"Article","license":[{"url":1}]}', "</script>", "<svg>", "<template>", "<noscript>",
        "<meta name=robots content>", "<meta http-equiv=x content=y>", "<link rel=license href>", "<base href='::'>", "\x00", "\ufeff", "é", "日本。", "<pre>\n",
        "&#0;", "&#xd800;", "<span data-nosnippet>", "<textarea>", "<plaintext>", "<frameset>", "<a rel=license href=//creativecommons.org/licenses/by/4.0/>", "words and more words. ", "<h1>", "<li>", "<br><br>",
    ]
)  # fmt: skip
TYPES = st.sampled_from(
    ["text/html", "text/html; charset=utf-16", "application/xhtml+xml", "text/xml", "text/plain", "text/markdown",
     "application/rss+xml", "application/pdf", "", "text/html; charset=iso-2022-jp"]
)  # fmt: skip


@given(
    st.one_of(
        st.binary(max_size=400), st.lists(PIECES, max_size=40).map(lambda p: "".join(p).encode())
    ),
    TYPES,
)
def test_no_bytes_raise(body, content_type):
    page = page_of(body, content_type)

    page.evidence()
    page.links()
    document = read(page, ContentSettings())

    document.text.encode()
    assert document.characters == len(document.text)


def test_deep_nesting_is_walked_without_recursion():
    page = page_of("<div>" * 3_000 + "deep" + "</div>" * 3_000)

    assert "deep" in read(page, ContentSettings()).text
    page.evidence()


# --- kinds ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content_type", "body", "path", "kind"),
    [
        ("text/html", b"", "/a", "html"),
        ("application/xhtml+xml", b"", "/a", "html"),
        ("text/plain", b"x", "/a", "plain"),
        ("text/plain", b"x", "/README.md", "markdown"),
        ("text/markdown; charset=utf-8", b"x", "/a", "markdown"),
        ("application/rss+xml", b"", "/a", "xml"),
        ("image/svg+xml", b"", "/a", None),
        ("application/pdf", b"%PDF-", "/a", None),
        ("image/png", b"", "/a", None),
        ("application/json", b"{}", "/a", None),
        ("", b"  <!doctype html><p>", "/a", "html"),
        ("", b"<?xml version='1.0'?><rss/>", "/a", "xml"),
        ("", b"words", "/a", "plain"),
        ("", b"\x89PNG\r\n\x1a\n\x00\x00", "/a", None),
        ("application/octet-stream", b"\x00", "/a.bin", None),
    ],
)
def test_the_type_decides_what_is_read(content_type, body, path, kind):
    headers = (("content-type", content_type),) if content_type else ()
    response = Response(urls.parse(f"https://ex.test{path}"), 200, headers, body)

    assert text_type(response) == kind


def test_a_type_we_do_not_read_gives_an_empty_document():
    document = read(page_of(b"%PDF-1.7", "application/pdf"), ContentSettings())

    assert (document.text, document.words, document.minhash) == ("", 0, b"")


def test_a_feed_is_read_as_titles_and_summaries():
    rss = "<rss><channel><title>News</title><item><title>One</title><link>/1</link><description>&lt;b&gt;Bold&lt;/b&gt; text</description></item></channel></rss>"
    page = page_of(rss, "application/rss+xml")

    assert read(page, ContentSettings()).text == "News\n\nOne\n\nBold text"
    assert [link.url.text for link in page.links()] == ["https://ex.test/1"]


def test_entities_in_xml_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><rss><channel><title>&a;</title></channel></rss>'

    assert read(page_of(bomb, "text/xml"), ContentSettings()).text == ""


def test_xhtml_sent_as_xml_is_html():
    xhtml = f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{PROSE}</p></body></html>'

    assert page_of(xhtml, "application/xml").kind == "html"


# --- carriers ------------------------------------------------------------------------


def test_metas_count_wherever_they_stand_but_not_in_text():
    html = (
        "<head><meta name=Robots content=noai></head><body><meta property=x content=1><meta http-equiv=X-Robots-Tag content=2>"
        "<!-- <meta name=robots content=no1> --><script>'<meta name=robots content=no2>'</script>"
        "<textarea><meta name=robots content=no3></textarea><template><meta name=robots content=no4></template>"
    )

    assert carriers(html, "meta") == [
        ("robots", "noai", "name"),
        ("x", "1", "property"),
        ("x-robots-tag", "2", "http-equiv"),
    ]


def test_licence_links_and_scripts_are_carried_raw():
    html = '<head><link rel="License" type="application/rsl+xml" href="/l.xml"><script type="application/rsl+xml"><rsl/></script></head>'

    found = page_of(html).evidence().carriers

    assert [(c.kind, c.name, c.text, c.type) for c in found] == [
        ("link", "license", "/l.xml", "application/rsl+xml"),
        ("script", "application/rsl+xml", "<rsl/>", ""),
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<footer>No  mining.<p>Ever.</footer>", [("footer", "No mining.\nEver.", "footer")]),
        ("<div class='site-legal'>No mining</div>", [("div", "No mining", "legal")]),
        ("<p id=copyright>C</p>", [("p", "C", "legal")]),
        ("<p>x <small>print</small></p>", [("small", "print", "small")]),
        ("<footer><div class=copyright>one</div></footer>", [("footer", "one", "footer")]),
        ("<blockquote><div class=legal>quoted</div></blockquote>", []),
        ("<article><p>No mining in the text</p></article>", []),
        ("<article><div class=terms>No mining</div></article>", []),
    ],
)
def test_only_legal_places_carry_prose(html, expected):
    assert carriers(html, "prose") == expected


def test_headers_are_kept_without_cookies():
    page = page_of(
        "x", headers=(("set-cookie", "a=b"), ("x-robots-tag", "noai"), ("x-robots-tag", "b"))
    )

    assert page.evidence().headers[1:] == (("x-robots-tag", "noai"), ("x-robots-tag", "b"))


# --- links ---------------------------------------------------------------------------


def test_links_are_joined_in_order_and_each_once():
    html = (
        '<base href="/base/"><link rel=canonical href="/c"><link rel=alternate hreflang=de href=/de><link rel=stylesheet href=/s.css>'
        '<a href="a?x=1#f">1</a><a href="/n" rel=nofollow>2</a><a href="a?x=1">again</a><area href="../up"><a href="mailto:x@y">m</a>'
        '<a href="https://o.test:99999/">bad</a><a rel=license href=/lic>l</a><a href="">e</a><a href="//o.test/ü">o</a><link rel=next href=/2>'
    )

    found = [(link.url.text, link.source, link.nofollow) for link in page_of(html).links()]

    assert found == [
        ("https://ex.test/c", "canonical", False),
        ("https://ex.test/de", "hreflang", False),
        ("https://ex.test/base/a?x=1", "a", False),
        ("https://ex.test/n", "a", True),
        ("https://ex.test/up", "a", False),
        ("https://o.test/%C3%BC", "a", False),
        ("https://ex.test/2", "next", False),
    ]


def test_a_link_once_followed_is_followed():
    (link,) = page_of("<a rel=nofollow href=/x>a</a><a href=/x>b</a>").links()

    assert not link.nofollow


HREFS = st.one_of(
    st.text(alphabet="ab/.?=&%#:;@\\ -_~+1é[]", max_size=20),
    st.sampled_from(["https://ex.test", "https://ex.test/", "https://ex.test.evil/", "HTTPS://EX.test/a", "http:x", "/./a", "a/../b", "//", "///x",
                     "../x", "../../x.html?a=1", "../../../x", "..//x", "../", "..", "../..", ".././x", "../a/../b", "http://o.test/a", "https:///o.test"]),
)  # fmt: skip


@given(HREFS)
def test_the_quick_join_is_the_slow_one(href):
    bare = href.partition("#")[0].strip()
    slow = urls.parse(bare, URL) if bare else None

    quick = Joiner(URL).join(href)

    assert quick == slow
    if quick is not None:
        assert (quick.scheme, quick.host, quick.port, quick.target) == (
            slow.scheme,
            slow.host,
            slow.port,
            slow.target,
        )


# --- text ----------------------------------------------------------------------------

SHELL = (
    "<body><header><nav><ul><li><a href=/1>Home</a><li><a href=/2>About us</a></ul></nav></header><main>{}</main>"
    "<aside class=sidebar><a href=/3>Related story</a></aside><div class=cookie-banner>We use cookies <button>OK</button></div>"
    "<footer><a href=/t>Terms</a> © Ex</footer></body>"
)


def test_the_article_stays_and_the_frame_goes():
    text = text_of(
        SHELL.format(f"<article><h1>The title</h1><p>{PROSE}</p><p>{PROSE}</p></article>")
    )

    assert text.count("This is a sentence") == 8
    for word in ("About us", "Related story", "cookies", "Terms"):
        assert word not in text


def test_structure_is_kept_in_markdown():
    html = SHELL.format(
        f"<article><h1>Title</h1><p>{PROSE}</p><h2>Code</h2><p>{PROSE}</p><pre>def f():\n    return 1</pre><p>{PROSE}</p>"
        f"<ul><li>{PROSE}</li><li>{PROSE}</li></ul></article>"
    )

    text = text_of(html, markdown=True)

    assert "```\ndef f():\n    return 1\n```" in text
    assert re.search(r"^- This is", text, re.MULTILINE)
    assert "def f():\n    return 1" in text_of(html)


@pytest.mark.parametrize("tag", ["span", "div", "section", "p"])
@pytest.mark.parametrize("extractor", ["fast", "resiliparse", "trafilatura"])
def test_data_nosnippet_is_never_in_the_text(tag, extractor):
    html = SHELL.format(
        f"<article><h1>T</h1><p>{PROSE}</p><{tag} data-nosnippet>{PROSE} secret</{tag}><p>{PROSE}</p></article>"
    )

    text = text_of(html, extractor=extractor)

    assert "This is a sentence" in text
    assert "secret" not in text


def test_readers_comments_go_by_policy():
    html = SHELL.format(
        f"<article><h1>T</h1><p>{PROSE}</p></article><section id=comments class=comments>"
        "<div class=comment><p>I read this by the river, dear writer.</p><button>Reply</button></div></section>"
    )

    assert "by the river" not in text_of(html, comments=False)
    assert "by the river" in text_of(html, comments=True)
    assert "Reply" not in text_of(html, comments=True)


@pytest.mark.parametrize(
    "wrapper", ["body class=has-comments", "article class='post comments-open'"]
)
def test_a_wrapper_named_after_comments_is_no_comment(wrapper):
    html = f"<{wrapper}><h1>T</h1><p>{PROSE}</p><p>{PROSE}</p>"

    assert PROSE.strip() in text_of(html, comments=False)


@pytest.mark.parametrize(
    ("markdown", "expected"), [(False, "A\t\tC\nD\te\n"), (True, "| A |  | C |\n| --- |")]
)
def test_an_empty_cell_keeps_its_column(markdown, expected):
    table = "<table><tr><td>A<td><td>C<tr><td>D<td>e<td></table>"
    html = f"<main><h1>T</h1><p>{PROSE}</p>{table}<p>{PROSE}</p></main>"

    assert expected in text_of(html, markdown=markdown)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<ruby>川<rp>(</rp><rt>かわ</rt><rp>)</rp></ruby>は流れる。", "川は流れる。"),
        ("A soft&shy;hyphen is no letter.", "A softhyphen is no letter."),
        (f"{PROSE}<span data-nosnippet>never quoted</span> Go on.", f"{PROSE}Go on."),
    ],
)
def test_a_paragraph_reads_as_its_readers_read_it(inner, expected):
    html = SHELL.format(f"<article><h1>T</h1><p>{PROSE}</p><p>{inner} {PROSE}</p></article>")

    assert f"{expected} {PROSE}".strip() in text_of(html)


@pytest.mark.parametrize(
    "sentence",
    [
        "これは記事の本文です。読者にとって十分に長い文章であり、段落として扱われます。",
        "这是文章的正文，它足够长，可以被视为一个段落。读者会明白。",
        "Это предложение статьи, достаточно длинное, чтобы считаться текстом для читателя. ",
    ],
)
def test_other_scripts_are_text_too(sentence):
    body = "".join(f"<p>{sentence * 4}</p>" for _ in range(4))

    text = text_of(SHELL.format(f"<div class=x><h1>題</h1>{body}</div>"))

    assert text.count(sentence.strip()) == 16
    assert "About us" not in text


def test_a_page_drawn_by_scripts_gives_its_noscript_text():
    html = f"<body><div id=app></div><noscript><article><h1>T</h1><p>{PROSE}</p><p>{PROSE}</p></article></noscript></body>"

    assert "This is a sentence" in text_of(html)


def test_a_page_drawn_by_scripts_gives_its_stated_body():
    html = f'<script type="application/ld+json">{{"@type":"Article","articleBody":"{PROSE}"}}</script><div id=app></div>'

    assert text_of(html).startswith("This is a sentence")


# --- what is told of the text -----------------------------------------------------------


def test_metadata_names_its_sources():
    html = (
        '<html lang="de-AT"><head><title>Fallback</title><meta property="og:site_name" content="Paper"><meta name=author content="A. B.">'
        '<link rel=canonical href="/c"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Head","datePublished":"2024-05-06T07:08:09Z",'
        '"dateModified":"2024-05-07"}</script></head><p>x'
    )

    found = read(page_of(html), ContentSettings()).metadata

    assert (found.title, found.authors, found.publisher) == ("Head", ("A. B.",), "Paper")
    assert (found.published, found.modified) == ("2024-05-06T07:08:09Z", "2024-05-07")
    assert (found.canonical, found.language) == ("https://ex.test/c", "de-AT")
    assert found.sources["title"] == "jsonld headline"
    assert found.sources["publisher"] == "opengraph og:site_name"


def test_a_title_element_is_the_fallback():
    assert read(page_of("<title> A  b </title><p>x"), ContentSettings()).metadata.title == "A b"


def test_a_page_in_another_language_than_declared_is_flagged():
    german = (
        "Das ist ein ganz gewöhnlicher deutscher Satz, der lang genug ist, um erkannt zu werden. "
        * 8
    )
    html = f"<html lang=en><body><main><p>{german}</p><p>{german}</p></main>"

    document = read(page_of(html), ContentSettings())

    assert document.language == "de"
    assert "language-mismatch" in document.flags
    assert 0.5 <= document.language_score <= 1


def test_counts_are_of_the_text():
    document = read(page_of("Two words é", "text/plain; charset=utf-8"), ContentSettings())

    assert (document.words, document.characters, document.size) == (3, 11, 12)
    assert (document.tokens, document.token_method) == (4, "words*1.33")
    assert document.extractor == "plain"


@pytest.mark.parametrize(
    "tag",
    [
        "b",
        "em",
        "a href=/x",
        "code",
        "sup",
        "q",
        "x-y",
        "span",
        'span style="vertical-align:super"',
    ],
)
def test_data_nosnippet_is_heard_within_a_line(tag):
    name = tag.partition(" ")[0]
    html = f"<main><h1>T</h1><p>{PROSE}Given <{tag} data-nosnippet>secret<br>x</{name}> here.</p></main>"

    assert "secret" not in text_of(html)
    assert "Given here." in text_of(html)
