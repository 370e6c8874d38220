"""A page cut into rows holds what the parser's tree holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from crawler.core.content.html.byte_scan import SIGNS, code_of, find_in, is_blank, next_before
from crawler.core.content.html.markup import HREF, opening_of
from crawler.core.content.html.parsing import cut
from crawler.core.content.html.tags import NAMES, NUMBER, number_of


def rows(html):
    return cut((LexborHTMLParser(html).html or "").encode())


def named(markup, tag):
    found = [i for i in range(len(markup.kinds)) if markup.tag(i) == tag]
    assert found, tag
    return found[0]


PIECES = st.sampled_from(
    """
    <p>~</p>~<div class="a b">~<div id='b"c'>~</div>~<a href=x?a&amp;b>~</a>~<b>~<i></b>~</i>
    <br>~<hr/>~<img src=x alt="1>2">~<ul>~<li>~</ul>~<table>~<tr>~<td>~</table>~<pre>&#10;a
    </pre>~<!--c-->~<!-- - -->~<script>if(a<b){}</script>
    <script><!--<script>x</script>--></script>~<style>a>b{}</style>~<?pi?>~<!x>
    <title>t<b></title>~<textarea><p></textarea>~<x-y z==w>~<a<b>~<p <p q"r=1 s>~<template>
    </template>~<h1 lang>~<font>~<center>~<select>~<option>~</select>~<form>~<input disabled>
    <noscript>~</noscript>~<small>~a ~é漢~&lt;~&nbsp;~&amp;amp;~<~>~ ~<div data-nosnippet>
    <span\titemprop=x>
    """.replace("\n", "~").split("~")
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_rows_hold_the_elements_attributes_and_texts_of_the_tree(html):
    tree = LexborHTMLParser(html)
    markup = rows(html)
    nodes = [n for n in tree.root.traverse() if n.tag and not n.tag.startswith("-")]

    assert [markup.tag(i) for i in range(len(markup.kinds))] == [n.tag for n in nodes]
    assert [markup.attributes(i) for i in range(len(nodes))] == [
        {name: value or "" for name, value in n.attributes.items()} for n in nodes
    ]
    if "<template>" not in html:  # what the tree says of a template differs by its place
        assert [markup.text(i) for i in range(len(nodes))] == [n.text() for n in nodes]


@pytest.mark.parametrize(
    ("html", "tag", "text"),
    [
        ("<script>if (a<b && c>d) '</div>'</script><p>x", "script", "if (a<b && c>d) '</div>'"),
        ("<script><!--<script>a</script>b--></script>c", "script", "<!--<script>a</script>b-->"),
        ("<script>x<!--a--></script>c<script></script>", "script", "x<!--a-->"),
        ("<script><!--></script>c<!--<script>-->", "script", "<!-->"),
        ("<textarea><p>&lt;</textarea>", "textarea", "<p><"),
        ("<xmp><b>&amp;</xmp>", "xmp", "<b>&amp;"),
        ("<p>a&nbsp;&amp;lt;<!--no-->b<?no?>c", "p", "a\xa0&lt;bc"),
        ("<p>a<template><p>no<template>no</template></template>b", "p", "ab"),
    ],
)
def test_the_text_of_an_element_is_what_a_reader_is_given(html, tag, text):
    markup = rows(html)

    assert markup.text(named(markup, tag)) == text


@pytest.mark.parametrize(
    ("head", "name", "value"),
    [
        ("a href='x\"y'", "href", 'x"y'),
        ("a href=x href=y", "href", "x"),
        ("a title='href=\"no\"' href=yes", "href", "yes"),
        ("a data-href=no", "href", None),
        ("a href", "href", ""),
        ("a =href=1", "href", None),
    ],
)
def test_an_attribute_is_found_by_its_name(head, name, value):
    markup = rows(f"<{head}>x</a>")

    assert markup.attribute(named(markup, "a"), opening_of(name)) == value


def test_a_template_holds_nothing_that_is_on_the_page():
    markup = rows("<a href=1>x</a><template><a href=2>y</a></template><a href=3>z</a>")

    assert [markup.attribute(i, HREF) for i in markup.of(NUMBER["a"])] == ["1", "3"]


def test_marks_are_found_in_tags_and_not_in_texts():
    markup = rows("<p> data-nosnippet= itemprop=</p><b data-nosnippet>x</b><i itemprop=a>y</i>")

    assert [markup.tag(i) for i in markup.unquoted()] == ["b"]
    assert [markup.tag(i) for i in markup.marked] == ["b", "i"]


@pytest.mark.parametrize("sign", [sign.decode() for sign in SIGNS])
@pytest.mark.parametrize("before", ["", ' a="1"', ' title="=vc" b="&gt;"', ' q=""' * 40])
@pytest.mark.parametrize("after", ["", ' z="9"'])
def test_what_is_looked_for_in_tags_is_never_missed(sign, before, after):
    stated = f'{sign}"x"' if sign[-1] == "=" else f"{sign}x" if sign[-1] == '"' else f' t="{sign}"'
    if not stated.startswith(" "):
        stated = f" {stated}" if stated.endswith('"') else f' {stated}"'

    def found(head):
        return cut(f"<html><body><b{head}>{sign}</b></body></html>".encode()).holding(sign.encode())

    assert found(before + stated + after) == [2]
    assert found(before + after) == []


@given(st.text(' ab="\n\t\x1c\xa0', max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_steps_through_bytes_are_those_of_bytes(text, start, end):
    source = text.encode()
    start, end = sorted((min(start, len(source)), min(end, len(source))))
    inside = source[start:end]
    quote = source.find(b'"', start, end)

    assert find_in(source, b' a="', start, end) == source.find(b' a="', start, end)
    assert next_before(source, 0x22, start, end) == (quote if quote >= 0 else end)
    assert is_blank(source, start, end) == (inside.isascii() and not inside.decode().strip())


def test_every_known_tag_has_its_number():
    for number, name in enumerate(NAMES):
        assert number_of(code_of(name.encode(), 0, len(name))) == number


@given(
    st.lists(
        st.sampled_from(
            ['<x a="', '"é="', "é", '"', ">", "<p", " ", "=", "</p>", "<!--", "<?", "/"]
        ),
        max_size=20,
    ).map("".join)
)
def test_what_no_parser_would_write_is_read_all_the_same(source):
    # A style in an image is written raw, so that its text may look like tags.
    markup = cut(source.encode())

    for element in range(len(markup.kinds)):
        markup.attributes(element)
        markup.attribute(element, opening_of("a"))
        markup.tag(element)
        markup.text(element)


@pytest.mark.parametrize("before", range(4))
def test_a_long_comment_may_be_cut_within_a_letter(before):
    markup = rows(f"<!--{'x' * before}{'漢' * 3_000}--><p>x")

    assert markup.comments[0].startswith("x" * before + "漢")
