"""Frames, refreshes and queries in the page's encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.content import ContentSettings, parse
from crawler.core.content.decoding.decoders import decode_as
from crawler.core.content.decoding.encoders import encoded_query, table
from crawler.core.content.decoding.encoding_labels import LABELS
from crawler.core.content.sitemap import SitemapLimits
from crawler.core.judge import Rules, judge
from crawler.core.outcome import Kept, Moved, Refused, Skipped
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from crawler.core.task import Task, TaskKind
from tests.core.consent.makers import NOW, ORIGIN, robots, url_of

URL = url_of("/a/b")
RULES = Rules(ConsentPolicy(tokens=("ProofBot",)), ContentSettings(), SitemapLimits())
ENCODINGS = sorted(set(LABELS.values()) - {"replacement", "utf-8", "utf-16le", "utf-16be"})


def answer_of(html, *headers, charset="utf-8"):
    body = html if isinstance(html, bytes) else html.encode(charset)
    lines = (("content-type", f"text/html; charset={charset}"), *headers)
    return Response(URL, 200, lines, body)


def judged(html, *headers):
    site = (robots("User-agent: *\nAllow: /\n"),)
    task = Task(1, URL, TaskKind.PAGE, ("127.0.0.1",), site)
    return judge(task, answer_of(html, *headers), RULES, NOW)


def links_of(html, *headers, charset="utf-8"):
    page = parse(answer_of(html, *headers, charset=charset))
    return [(link.url.target, link.source) for link in page.links()]


@pytest.mark.parametrize(
    ("html", "targets"),
    [
        ('<frameset cols="1,2"><frame src="m.html"><frame src=/n></frameset>', ["/a/m.html", "/n"]),
        ("<p>x<iframe src=/in name=y></iframe>", ["/in"]),
        ("<frameset><frameset><frame src=1></frameset><frame src=2></frameset>", ["/a/1", "/a/2"]),
        ('<base href="/z/"><iframe src=in></iframe>', ["/z/in"]),
        ('<iframe src="about:blank"></iframe><iframe></iframe><iframe src=""></iframe>', []),
        ("<iframe src=b></iframe>", []),  # itself
        (f"<IFRAME SRC='{ORIGIN}/x?a=1&amp;b=2'></IFRAME>", ["/x?a=1&b=2"]),
        ("<!-- <iframe src=/no></iframe> --><script>'<iframe src=/no>'</script>", []),
        ("<template><iframe src=/no></iframe></template>", []),
        ('<object data="/o" type="text/html"></object><embed src=/e type=text/html>', ["/o", "/e"]),
        ('<object data="/o.pdf" type="application/pdf"></object><embed src=/e.swf>', []),
    ],
)
def test_frames_are_links(html, targets):
    assert links_of(html) == [(target, "frame") for target in targets]


@pytest.mark.parametrize(
    ("content", "to", "at_once"),
    [
        ("0;url=/x", "/x", True),
        ("0; URL='/x'", "/x", True),
        ('0,url = "x y" z', "/a/x%20y", True),
        ("0.9; /x", "/x", True),
        (".5 ;url=/x", "/x", True),
        ("00\n; uRl=/x", "/x", True),
        ("0 /x", "/x", True),
        ("0; url", "/a/url", True),
        ("5; url=/x", "/x", False),
        (f"10;URL={ORIGIN}/x#y", "/x", False),
        ("0; url=b", "", False),  # itself, again and again
        ("0; url=", "", False),
        ("0", "", False),
        ("30", "", False),
        ("; url=/x", "", False),
        ("0x; url=/x", "", False),
        ("-1; url=/x", "", False),
        ("0; url=javascript:alert(1)", "", False),
        ("0; url=mailto:a@b.test", "", False),
    ],
)
@pytest.mark.parametrize("carrier", ["header", "meta"])
def test_a_refresh_leads_on(content, to, at_once, carrier):
    escaped = content.replace("'", "&#39;").replace('"', "&quot;")
    page = f"<meta http-equiv=Refresh content='{escaped}'><p>word" if carrier == "meta" else "word"
    header = [("refresh", content)] if carrier == "header" else []

    outcome = judged(page, *header)

    if at_once:
        assert isinstance(outcome, Moved)
        assert (outcome.to.target, outcome.status) == (to, 200)
    else:
        assert isinstance(outcome, Kept)
        assert [link.url.target for link in outcome.links] == [to][: bool(to)]


def test_links_in_drawings_are_links():
    html = (
        '<svg><a xlink:href="/old"><text>x</text></a><a href=/new></a><use xlink:href="/no"/></svg>'
    )

    assert sorted(links_of(html)) == [("/new", "a"), ("/old", "a")]


@pytest.mark.parametrize(
    ("rel", "nofollow"),
    [
        ("ugc|nofollow", True), ("nofollow/ugc", True), ("no-follow", True), ("no_follow", True),
        ("NO FOLLOW", True), ("rel:nofollow", True), ("nofollowed", False), ("follow", False),
    ],
)  # fmt: skip
def test_nofollow_is_heard_however_it_is_spelled(rel, nofollow):
    (link,) = parse(answer_of(f'<a rel="{rel}" href="/x">x</a>')).links()

    assert link.nofollow is nofollow


REFRESH = '<meta http-equiv="refresh" content="0;url=/x">'


def test_what_scripts_switch_off_is_only_a_link():
    outcome = judged(f"<head><noscript>{REFRESH}</noscript></head><p>word")

    assert isinstance(outcome, Kept)
    assert [link.url.target for link in outcome.links] == ["/x"]


def test_the_header_counts_before_the_page_and_the_first_meta_before_the_rest():
    second = REFRESH.replace("/x", "/y")

    assert judged(REFRESH + second).to.target == "/x"
    assert judged(REFRESH, ("refresh", "0;url=/z")).to.target == "/z"


def test_a_refresh_needs_no_body():
    assert judged("", ("refresh", "0; url=/x")).to.target == "/x"
    assert judged("", ("refresh", "0; url=b")) == Skipped("empty")


def test_a_refresh_opens_no_gate():
    refused = judged("<meta name=robots content=noindex>" + REFRESH)
    closed = judged("<meta name=robots content=nofollow>word" + REFRESH)

    assert isinstance(refused, Refused)
    assert isinstance(closed, Kept)
    assert closed.decision.nofollow


# --- queries -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charset", "href", "target"),
    [
        ("windows-1251", "/find?w=море", "/find?w=%EC%EE%F0%E5"),
        ("koi8-r", "/find?w=море", "/find?w=%CD%CF%D2%C5"),
        ("utf-8", "/find?w=море", "/find?w=%D0%BC%D0%BE%D1%80%D0%B5"),
        ("windows-1251", "/поиск?w=я#якорь", "/%D0%BF%D0%BE%D0%B8%D1%81%D0%BA?w=%FF"),
        ("windows-1252", "?q=caf\xe9 'n'&amp;x=1", "/a/b?q=caf%E9%20%27n%27&x=1"),
        ("windows-1252", "?q=%e9\xe9?\xe9", "/a/b?q=%e9%E9?%E9"),
        ("windows-1250", "?q=žluť", "/a/b?q=%9Elu%9D"),
        ("shift_jis", "?q=表ア", "/a/b?q=%95\\%83A"),
        ("euc-jp", "?q=日本", "/a/b?q=%C6%FC%CB%DC"),
        ("big5", "?q=功能", "/a/b?q=%A5\\%AF%E0"),
        ("euc-kr", "?q=한국", "/a/b?q=%C7%D1%B1%B9"),
        ("gbk", "?q=中文", "/a/b?q=%D6%D0%CE%C4"),
        ("gb18030", "?q=中ї", "/a/b?q=%D6%D0%810%D35"),
        ("windows-1251", "?q=&#9731;я", "/a/b?q=%26%239731%3B%FF"),
        ("shift_jis", "?q=&#128512;", "/a/b?q=%26%23128512%3B"),
    ],
)
def test_a_query_is_sent_in_the_encoding_of_its_page(charset, href, target):
    html = f'<a href="{href}">x</a>'.encode(charset, "xmlcharrefreplace")

    ((found, _),) = links_of(html, charset=charset)
    assert found == target


@pytest.mark.parametrize(
    ("query", "encoded"),
    [
        ("日本&n=1", "%1B$BF|K\\%1B(B&n=1"),
        ("日", "%1B$BF|%1B(B"),
        ("ｱ\uff0d\u2212", "%1B$B%%22!]!]%1B(B"),
        ("日é日", "%1B$BF|%1B(B%26%23233%3B%1B$BF|%1B(B"),
        ("\xa5a\\", "%1B(J\\a%1B(B\\"),
        ("\xa5é", "%1B(J\\%26%23233%3B%1B(B"),
        ("日\x1b", "%1B$BF|%1B(B%26%2365533%3B"),
    ],
)
def test_iso_2022_jp_shifts_and_returns_to_ascii(query, encoded):
    assert encoded_query(query, "iso-2022-jp") == encoded


@pytest.mark.parametrize("charset", ["utf-16le", "utf-16be"])
def test_pages_in_utf_16_send_utf_8(charset):
    ((found, _),) = links_of('<a href="?q=é">x</a>', charset=charset)

    assert found == "/a/b?q=%C3%A9"


def test_the_other_carriers_are_encoded_too():
    html = (
        '<link rel=canonical href="?c=я"><iframe src="?f=я"></iframe>'
        '<meta http-equiv=refresh content="9;url=?r=я">'
    )
    page = parse(answer_of(html, charset="windows-1251"))

    assert [link.url.target for link in page.links()] == ["/a/b?c=%FF", "/a/b?f=%FF", "/a/b?r=%FF"]
    assert page.canonical.target == "/a/b?c=%FF"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_is_encoded_decodes_to_itself(encoding):
    if encoding == "iso-2022-jp":
        return
    for letter, code in table("gbk" if encoding == "gb18030" else encoding).items():
        if letter in "\xa5\u203e\u2212" and encoding in ("shift_jis", "euc-jp"):
            continue  # written as a letter that looks alike
        assert decode_as(code, encoding)[0] == letter


@given(st.text(max_size=30), st.sampled_from(ENCODINGS))
def test_any_query_becomes_ascii_letter_by_letter(query, encoding):
    encoded = encoded_query(query, encoding)

    if query.isascii():
        assert encoded == query
    else:
        assert encoded.isascii()
        if encoding != "iso-2022-jp":
            seen = [letter for letter in query if letter not in "\t\r\n"]
            assert encoded == "".join(encoded_query(letter, encoding) for letter in seen)
