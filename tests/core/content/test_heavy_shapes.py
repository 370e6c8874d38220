"""What may cost a parser more than its size is told before it is parsed, and the rest is cheap."""

import gc
import gzip
import time
from contextlib import suppress

import pytest

from crawler.core.content import ContentSettings, HeavyPage, SitemapLimits, heavy, parse
from crawler.core.content.decoding.hostile import heavy_markup
from crawler.core.judge import Rules, judge
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from crawler.core.task import Task, TaskKind
from crawler.core.urls import parse as parse_url
from tests.core.consent.makers import robots
from tests.hostile.shapes import SHAPES

URL = parse_url("http://shapes.test/page")
HTML = "text/html; charset=utf-8"
LONGEST = 1.5  # seconds of the processor, on one that is slow and busy; 0.7 were seen
# Shapes whose cost grows with their square: none may be parsed here at 300 kB.
HOSTILE = (
    *("attrs1", "div", "divx", "div-p", "span-end", "font-p", "font-AAA", "font-AAA2"),
    *("a-nest", "nobr", "foster2", "select", "optgroup", "svggend", "html-attr", "body-attr"),
    *("ul-li", "dd", "li-deep", "form", "sarcasm", "hx", "formend", "fbp", "search-lots-afe"),
)  # fmt: skip


def answer(body: bytes, kind: str = HTML) -> Response:
    return Response(URL, 200, (("content-type", kind),), body)


def many(form: str, count: int) -> bytes:
    return " ".join(form.format(number) for number in range(count)).encode()


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        (b"", False),
        (b"<", False),
        (b"<b", False),
        (b"<p>text</p>" * 4_900, False),
        (b"<p>text</p>" * 5_100, True),
        (b"a" * 262_144, False),
        (b"a" * 262_145, True),
        (b"<div>" * 9_999, False),  # 0.1 s
        (b"<div></x>" * 5_001, True),  # as many closed as opened, and all stay open
        (b"<div><table></div></table>" * 2_600, True),
        # Attributes of one tag.
        (b"<p " + many("a{}", 900) + b">", False),
        (b"<p " + many("a{}", 8_000) + b">", True),
        (b"<p/" + many("a{}", 8_000).replace(b" ", b"/") + b">", True),
        (b"<p " + many('a{}=">"', 8_000) + b">", True),
        (b"<p " + many('a{}="x>"', 8_000) + b">", True),
        (b"<p " + many("a{}='<b>'", 8_000) + b">", True),
        (b"<p " + many("""a{}='"x>'""", 8_000) + b">", True),
        (b"<p " + many('a{}= "x>"', 8_000) + b">", True),
        (b"<p " + many('a{}\n=\n"x>"', 8_000) + b">", True),
        (b"<p " + many('a{0}="x>"b{0}', 8_000) + b">", True),
        (b"<p x='" + b"y" * 6_000 + b"' " + many("a{}='>'", 8_000) + b">", True),
        (b"<p a='>" + b"<b c='" * 10 + b"' " + many("a{}", 8_000), True),
        # Text, scripts and values are no attributes, however long.
        (b"<p>" + b"some words " * 10_000 + b"</p>", False),
        (b"<script>" + b"a=1;" * 10_000 + b"</script>", False),
        (b'<p title="x ">' * 3_000, False),
        (b"<p>" + b"it's \"said\" that = 'so' " * 5_000 + b"</p>", False),
        (b'<img src="data:image/png;base64,' + b"A" * 100_000 + b'">', False),
        (b"<svg><path d='" + b"M 1 2 L 3 4 " * 8_000 + b"'/></svg>", False),
        # Formatting elements that are opened again.
        (b"<b>" * 2_000 + b"<p>x" * 4_000, False),  # three of a kind at most
        (many("<font color=c{}>", 500) + b"<p>x" * 4_000, True),
        (many("<FONT color=c{}>", 500) + b"<p>x" * 4_000, True),
        (many("<b/{}>", 500) + b"<p>x" * 4_000, True),
        (many("<b\n{}>", 500) + b"<p>x" * 4_000, True),
        (many("<font color=c{}></font>", 500) + b"<p>x" * 4_000, True),
        (b'<font a="> ' + many('" b={}><font a=">', 500) + b"<p>x" * 4_000, True),
        (b'<code class="py">x</code> ' * 1_500 + b"<p>x</p>" * 1_500, False),
        # Letters of more than one byte, and codes that switch.
        (b"<p>\x00", True),
        (b"\xff\xfe<\x00p\x00>\x00", True),
        (b"<p>\x1b$B", True),
    ],
)  # fmt: skip
def test_a_page_is_heavy_by_what_its_bytes_make_possible(body, verdict):
    assert heavy_markup(body) is verdict


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("size", [200_000, 500_000])
def test_what_grows_with_its_square_is_not_parsed_here(name, size):
    assert heavy_markup(SHAPES[name](size))


@pytest.mark.parametrize(
    ("kind", "body", "verdict"),
    [
        ("text/html", b"<div>" * 20_000, True),
        ("", b"<!doctype html>" + b"<div>" * 20_000, True),
        ("application/rss+xml", b"<rss>" + b"&lt;b a&gt;" * 700, False),
        ("application/rss+xml", b"<rss>" + b"&lt;b a&gt;" * 800, True),  # no tags until it is read
        ("application/xhtml+xml", b"<html>" + b"<div>" * 20_000, True),
        ("text/plain", b"<div>" * 20_000, False),
        ("text/plain", b"a" * 300_000, True),
        ("text/markdown", b"# a\n" * 20_000, False),
        ("image/png", b"<div>" * 20_000, False),
    ],
)
def test_what_is_heavy_depends_on_what_it_is_read_as(kind, body, verdict):
    assert heavy(answer(body, kind)) is verdict


@pytest.mark.parametrize("body", [b"&" * 100_000, SHAPES["font-AAA"](4_400)])
def test_what_becomes_much_more_by_parsing_is_left_to_be_judged_apart(body):
    assert not heavy_markup(body)
    with pytest.raises(HeavyPage):
        parse(answer(body), bounded=True)
    assert parse(answer(body)).markup is not None


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", SHAPES)
def test_whatever_is_not_heavy_is_judged_in_far_less_than_two_seconds(name):
    rules = Rules(ConsentPolicy(), ContentSettings(), SitemapLimits(), bounded=True)
    task = Task(1, URL, TaskKind.PAGE, ("127.0.0.1",), site=(robots(""),))
    judge(task, answer(b"<p>" + b"warm words " * 50), rules, 0.0)
    light, size = 1_000, 262_000
    if not heavy_markup(SHAPES[name](size)):
        light = size
    while size - light > 1_000:
        middle = (light + size) // 2
        light, size = (light, middle) if heavy_markup(SHAPES[name](middle)) else (middle, size)
    body = SHAPES[name](light)
    gc.collect()

    began = time.process_time()
    with suppress(HeavyPage):
        judge(task, answer(body), rules, 0.0)

    assert time.process_time() - began < LONGEST


def test_a_small_archive_is_heavy_wherever_it_stands_for_a_list():
    from crawler.core.judge import is_heavy

    task = Task(1, URL, TaskKind.SITEMAP, ("127.0.0.1",))

    assert is_heavy(task, answer(gzip.compress(b"/\n" * 1_000), "text/plain"))
    assert is_heavy(task, answer(b"/\n" * 100_000, "text/plain"))
    assert not is_heavy(task, answer(b"/\n" * 1_000, "text/plain"))
