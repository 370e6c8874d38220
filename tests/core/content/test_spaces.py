"""A line broken in the source is one line: with a space where the script parts words."""

# ruff: noqa: RUF001 - many scripts
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.content import ContentSettings, read
from crawler.core.content.html.spaces import squeezed, unwrapped
from tests.core.content.test_page import page_of

CASES = [
    ("天气，\n这本", "天气，这本"),
    ("记录\n天气", "记录天气"),
    ("記録は\n    古い", "記録は古い"),
    ("カタ\r\nカナ", "カタカナ"),
    ("「灯台」\n『海』", "「灯台」『海』"),
    ("他说：\n  “好”", "他说：“好”"),
    ("灯塔（\nLighthouse）", "灯塔（Lighthouse）"),
    ("一。\n\n\n  二。", "一。二。"),
    ("漢字𠀀\n𠀁漢字", "漢字𠀀𠀁漢字"),
    ("第一章 总则", "第一章 总则"),
    ("東京　大阪", "東京 大阪"),
    ("使用 Python\n编写", "使用 Python 编写"),
    ("港\u200b\n灯", "港\u200b灯"),
    ("版本\n3.11", "版本 3.11"),
    ("등대지기는\n날씨를", "등대지기는 날씨를"),
    ("ประภาคาร\nอากาศ", "ประภาคาร อากาศ"),
    ("größer\nals", "größer als"),
    ("a\nb", "a b"),
    (" a \n b ", "a b"),
]


@pytest.mark.parametrize(("source", "text"), CASES)
def test_a_line_broken_in_the_source_is_whole(source, text):
    assert page_of(f"<p>{source}</p>").outline.texts == [text]
    assert squeezed(source.replace("\r", "")) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("天气，\n<b>这本</b>\n记录", "天气，这本记录"),
        ("<b>天气</b>\n<b>记录</b>", "天气记录"),
        ("<b>weather</b>\n<b>book</b>", "weather book"),
        ("天气<br>\n记录", "天气\n记录"),
        ("天气 <b>记录</b>", "天气 记录"),
        ("<a href=/x>天气</a>\n、<a href=/y>记录</a>", "天气、记录"),
        ("天气&nbsp;记录\n古老", "天气 记录古老"),
    ],
)
def test_elements_make_no_difference(html, text):
    assert page_of(f"<p>{html}</p>").outline.texts == [text]


def test_code_keeps_its_lines():
    assert page_of("<pre>天气\n记录</pre>").outline.texts == ["天气\n记录"]


def test_titles_and_feeds_are_read_alike():
    page = page_of("<title>港口的\n  灯塔</title><p>x")
    feed = page_of(
        "<rss><channel><title>港口的\n灯塔</title><item><title>记录\n天气</title><description>天气，\n这本</description></item></channel></rss>",
        "application/rss+xml",
    )

    assert read(page, ContentSettings()).metadata.title == "港口的灯塔"
    assert read(feed, ContentSettings()).text == "港口的灯塔\n\n记录天气\n\n天气，这本"


@given(st.text(alphabet="天。a\n \u3000ก등\r\t", max_size=40))
def test_nothing_but_space_is_lost(text):
    assert "".join(unwrapped(text).split()) == "".join(text.split())
    assert "\n" not in unwrapped(text)
