"""The text is found on pages of many kinds and in many scripts."""

# ruff: noqa: E501, RUF001 - pages in many scripts
from __future__ import annotations

import pytest

from crawler.core import urls
from crawler.core.content import ContentSettings, parse, read
from crawler.core.content.html.outlining import outline
from crawler.core.response import Response

URL = urls.parse("https://ex.test/a/b")

NEWS = {
    "zh": ("市政府公布新的公交线路", "市政府周一宣布，将在明年春天开通三条新的公交线路，连接城北与老城区。", "首页 国内 国际 体育"),
    "ja": ("市が新しいバス路線を発表", "市は月曜日、来年の春に三つの新しいバス路線を開通させ、北部と旧市街を結ぶと発表した。", "ホーム 国内 国際 スポーツ"),
    "ru": ("Город объявил о новых маршрутах", "Городские власти сообщили в понедельник, что весной откроются три новых автобусных маршрута. ", "Главная Новости Мир Спорт"),
    "ar": ("المدينة تعلن خطوط حافلات جديدة", "أعلنت المدينة يوم الاثنين أنها ستفتتح ثلاثة خطوط جديدة للحافلات في الربيع المقبل، تربط الشمال بالمدينة القديمة. ", "الرئيسية أخبار العالم رياضة"),
    "ko": ("시가 새 버스 노선을 발표했다", "시는 월요일에 내년 봄 세 개의 새로운 버스 노선을 개통하여 북부와 구시가지를 연결한다고 밝혔다. ", "홈 국내 국제 스포츠"),
    "hi": ("शहर ने नए बस मार्गों की घोषणा की", "शहर ने सोमवार को बताया कि अगले वसंत में तीन नए बस मार्ग खुलेंगे जो उत्तर को पुराने शहर से जोड़ेंगे। ", "मुखपृष्ठ देश विश्व खेल"),
    "th": ("เมืองประกาศเส้นทางรถเมล์ใหม่", "เมืองประกาศเมื่อวันจันทร์ว่าจะเปิดเส้นทางรถเมล์ใหม่สามสายในฤดูใบไม้ผลิหน้า เชื่อมทางเหนือกับเมืองเก่า ", "หน้าแรก ข่าว โลก กีฬา"),
    "el": ("Η πόλη ανακοίνωσε νέες γραμμές", "Η πόλη ανακοίνωσε τη Δευτέρα ότι την άνοιξη θα ανοίξουν τρεις νέες γραμμές λεωφορείων προς το παλιό κέντρο. ", "Αρχική Ειδήσεις Κόσμος Αθλητικά"),
}  # fmt: skip


def text_of(html):
    response = Response(URL, 200, (("content-type", "text/html; charset=utf-8"),), html.encode())
    return read(parse(response), ContentSettings()).text


@pytest.mark.parametrize("language", NEWS)
@pytest.mark.parametrize(
    "body", ["<article>{}</article>", "<div class=c1><div class=c2>{}</div></div>"]
)
def test_news_is_found_in_any_script(language, body):
    title, sentence, menu = NEWS[language]
    links = "".join(f"<li><a href=/{n}>{word}</a></li>" for n, word in enumerate(menu.split()))
    paragraphs = "".join(f"<p>{sentence * 3}</p>" for _ in range(5))
    html = (
        f"<html lang={language}><body><div id=top><ul class=nav>{links}</ul></div>"
        f"{body.format(f'<h1>{title}</h1>{paragraphs}')}"
        f"<div class=footer><ul>{links}</ul></div></body>"
    )

    text = text_of(html)

    assert text.count(sentence.strip()) == 15
    assert menu.split()[-1] not in text


def test_every_post_of_a_thread_is_kept():
    post = "I had the same trouble with mine last winter, and it went away when I cleaned the contacts and dried them for a night. "
    posts = "".join(
        f"<div class=post id=p{n}><div class=author><a href=/u/{n}>user{n}</a> Joined 2019</div>"
        f"<div class=postbody>Post {n}: {post * 2}</div></div>"
        for n in range(8)
    )

    text = text_of(
        f"<body><ul class=menu><li><a href=/>Board index</a></ul><h2>Lamp flickers</h2>{posts}</body>"
    )

    assert all(f"Post {n}:" in text for n in range(8))


def test_a_product_keeps_its_description_and_not_the_shop():
    description = "The kettle is made of brushed steel and holds a litre and a half, enough for six cups. It switches off by itself. "
    cards = "".join(
        f"<li class=card><a href=/p/{n}><img alt=x><span>Toaster {n}</span></a><span class=price>19.99</span></li>"
        for n in range(12)
    )

    text = text_of(
        f"<body><nav><a href=/>Shop</a><a href=/cart>Basket</a></nav><main><h1>Kettle</h1><div class=price>39.00</div>"
        f"<div class=description><p>{description * 2}</p><p>{description * 2}</p></div></main>"
        f"<section class=related><h2>You may also like</h2><ul>{cards}</ul></section></body>"
    )

    assert text.count("brushed steel") == 4
    assert "Toaster 7" not in text


def test_documentation_keeps_its_code_and_definitions():
    prose = "Return the number of seconds that have passed since the timer was started, as a float with the fraction. "
    html = (
        f"<body><div class=related><ul><li><a href=/i>index</a></ul></div><div class=body role=main><h1>timer</h1><p>{prose}</p>"
        f"<dl class=function><dt id=elapsed><code>elapsed</code>(<em>timer</em>)</dt><dd><p>{prose * 2}</p>"
        f"<div class=highlight><pre><span class=kn>import</span> timer\n  <span class=n>timer.start()</span></pre></div></dd></dl></div></body>"
    )

    text = text_of(html)

    assert "elapsed(timer)" in text
    assert "import timer\n  timer.start()" in text


@pytest.mark.parametrize(
    "html",
    [
        "<body>word</body>",
        "<body><a href=/x>only a link</a></body>",
        "<body><nav><a href=/x>one</a><a href=/y>two</a></nav></body>",
        "<body><footer>© nobody</footer></body>",
        "<body><form><label>Name</label><button>Send</button></form></body>",
        "<body><table><tr><td>1<td>2</table></body>",
        "<p hidden>hidden text</p>",
    ],
)
def test_a_page_with_text_never_gives_none(html):
    assert text_of(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div>a <b>b</b> c<p>d</p>e <i>f</i></div>", ["a b c", "d", "e f"]),
        ("<p>a<br>b<br><br>c", ["a\nb\n\nc"]),
        ("<p>a <script>x</script>b<style>y</style> c<!-- z -->d", ["a b cd"]),
        ("<ul><li>a<ul><li>b</ul>c<li>d</ul>", ["a", "b", "c", "d"]),
        ("<a href=/x>a <div>b</div> c</a>", ["a", "b", "c"]),
        ("<span><span>a <p>b</p></span> c</span>", ["a", "b", "c"]),
        ("<p>a <b>b</b> <i>c</i></p>", ["a b c"]),
        ("<pre>  a\n <b>b</b><br>c </pre>", ["  a\n b\nc "]),
        ("<pre><div>a\n b</div></pre>", ["a\n b"]),
        ("<noscript><p>out</p></noscript><svg><title>out</title></svg><p>in", ["out", "in"]),
        ("<p>in <svg><text>out</text><style>out</style></svg>", ["in"]),
        ("<select><option>out</select><p>in<object><p>out</p></object></p>", ["in"]),
        ("<p>a <span data-nosnippet>b</span> c</p>", ["a", "b", "c"]),
        ("<p> \n </p><div></div>", []),
    ],
)
def test_blocks_are_runs_of_text_without_a_boundary(html, expected):
    page = parse(Response(URL, 200, (("content-type", "text/html"),), html.encode()))

    assert outline(page.markup).texts == expected


def test_the_links_of_a_block_are_counted():
    html = (
        "<p>a <a href=/x>bc</a> <b><a href=/y>de</a></b> f</p><li>x <a href=/z>gh</a><p>y</p></li>"
    )
    page = parse(Response(URL, 200, (("content-type", "text/html"),), html.encode())).outline

    rows = list(zip(page.texts, page.link_chars, page.links, strict=True))

    assert rows == [("a bc de f", 4, 2), ("x gh", 2, 1), ("y", 0, 0)]


def test_boxes_know_where_they_end_and_what_is_inside():
    html = "<div><p>a</p><ul><li>b</li></ul></div><p>c</p>"
    page = parse(Response(URL, 200, (("content-type", "text/html"),), html.encode())).outline

    assert page.tags == ["body", "div", "p", "ul", "li", "p"]
    assert list(page.end) == [6, 5, 3, 5, 5, 6]
    assert page.inside(1) == ["a", "b"]


def read_as(kind, body, path="a"):
    url = urls.parse(f"https://ex.test/{path}")
    page = parse(Response(url, 200, (("content-type", kind),), body.encode()))
    return read(page, ContentSettings())


MARKDOWN = """---
title: "Rivers of the north"
author: [Jo Doe, Al Roe]
date: 2024-01-02
lang: de
license: CC-BY-4.0
---

# Rivers

See [the map](map.html).

```
a = 1



b = 2
```
"""


def test_front_matter_is_metadata_and_no_text():
    found = read_as("text/markdown", MARKDOWN)

    assert found.text.startswith("# Rivers\n")
    assert "a = 1\n\n\n\nb = 2" in found.text
    assert found.metadata.title == "Rivers of the north"
    assert found.metadata.authors == ("Jo Doe", "Al Roe")
    assert (found.metadata.published, found.metadata.language) == ("2024-01-02", "de")
    assert found.metadata.sources["authors"] == "front-matter"
    assert found.licence.spdx == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("This document is licensed under [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/).", "CC-BY-4.0"),
        ("This documentation is licensed under the Apache License, Version 2.0.", "Apache-2.0"),
        ("This project is licensed under the MIT License.", ""),
        ("Photos are licensed under CC BY 4.0.", ""),
    ],
)  # fmt: skip
def test_a_text_without_elements_states_its_licence_at_its_end(ending, expected):
    text = f"# Rivers\n\nThey rise in the hills.\n\n## License\n\n{ending}\n"

    assert read_as("text/markdown", text).licence.spdx == expected
    assert read_as("text/plain", text).licence.spdx == expected


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        # Feeds keep the structure of what they hold, and none of its scripts.
        ("<rss><channel><title>F</title><item><title>One &amp; two</title><description>&lt;p&gt;A b&lt;/p&gt;&lt;p&gt;C&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description></item></channel></rss>", "F\n\nOne & two\n\nA b\n\nC"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two</p></div></content></entry></feed>', "F\n\nOne\n\nTwo"),
        # Other XML: an element that mixes text and elements is one line.
        ("<book><title>B</title><para>Text <em>and</em> more.</para><sect><para>End</para></sect></book>", "B\nText and more.\nEnd"),
        ('<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>', ""),
    ],
)  # fmt: skip
def test_xml_becomes_text(xml, text):
    assert read_as("application/xml", xml).text == text


@pytest.mark.parametrize("body", ["%PDF-1.7 only letters", "%!PS-Adobe-3.0", "GIF89a"])
def test_a_file_of_another_kind_is_no_text(body):
    page = parse(Response(URL, 200, (), body.encode()))

    assert page.kind is None
