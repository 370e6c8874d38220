"""Text that a page carries for its scripts is recovered where it is plainly prose, and flagged."""

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.content import ContentSettings, read
from crawler.core.content.text.recovered import prose_of
from tests.core.content.test_page import PROSE, page_of

A = "The river rose in the night. By morning the road was under water, as old people had said."
B = "Nobody was hurt, though three barns were lost and the bridge stays closed until it is seen to."
C = "The mayor thanked the firemen who had worked until dawn, and said the dam will be made higher."
HTML = f"<p>{A}</p><h2>After the flood</h2><p>{B}</p><p>{C}</p>"
POST = {"title": "The flood", "body": HTML}
RUN = "<script src=/main.js></script>"
ROWS = [
    ["Reactive", 1], {"data": 2, "state": 7}, ["ShallowReactive", 3], {"post": 4},
    {"title": 5, "content": 6}, "The flood", HTML, {"self": 1},
]  # fmt: skip


def shell(inside):
    return f"<title>The flood | News</title>{inside}{RUN}"


def island(value, attributes="data-x"):
    text = json.dumps(value)
    return shell(f"<div id=root></div><script type=application/json {attributes}>{text}</script>")


def following(value):
    return island({"props": {"pageProps": value}}, "id=__NEXT_DATA__")


def script(code):
    return shell(f"<div id=root></div><script>{code}</script>")


def span(text):
    return {"_type": "span", "text": text}


def leaf(text):
    return {"nodeType": "text", "value": text, "marks": []}


def paragraph(*content, kind="paragraph"):
    return {"nodeType": kind, "content": list(content)}


def kept(page):
    document = read(page_of(page), ContentSettings())
    return document.text, document.flags


def streamed(rows, size=10_000):
    pieces = [rows[at : at + size] for at in range(0, len(rows), size)]
    pushes = [f"self.__next_f.push({json.dumps([1, piece])})" for piece in pieces]
    return shell("<div id=root></div>" + "".join(f"<script>{push}</script>" for push in pushes))


def react(tag, *children, **more):
    return ["$", tag, None, {"children": list(children), **more}]


ELEMENTS = "".join(
    f"{number}:{said}\n"
    for number, said in {
        "0": '"$L4"',
        "1": 'I["(app-pages-browser)/./page.js",["app/page"],"default"]',
        "2": 'HL["/style.css","style"]',
        "3": json.dumps(react("nav", react("a", "Home"), react("p", PROSE * 3))),
        "4": json.dumps(
            react(
                "main",
                react("h1", "The flood"),
                react("p", A[:9], react("a", A[9:20]), A[20:]),
                "$L5",
            )
        ),
        "5": json.dumps(
            react("div", react("p", B, className=PROSE), react("p", C), react("p", "$L4"))
        ),
    }.items()
)
LINK = {"nodeType": "hyperlink", "data": {"uri": "/x"}, "content": [leaf(A[9:20])]}
FORMS = {
    "next, HTML": (following({"post": POST}), "next-data"),
    "next, blocks": (
        following({"article": {"body": [{"type": "paragraph", "text": t} for t in (A, B, C)]}}),
        "next-data",
    ),
    "rich text in leaves": (
        following(
            {
                "body": paragraph(
                    paragraph(leaf(A[:9]), LINK, leaf(A[20:])),
                    paragraph(leaf("After the flood"), kind="heading-2"),
                    paragraph(leaf(B)),
                    paragraph(leaf(C)),
                    kind="document",
                )
            }
        ),
        "next-data",
    ),
    "rich text in spans": (
        following(
            {"body": [{"children": [span(A[:20]), span(A[20:])]}]
             + [{"children": [span(text)]} for text in (B, C)]}
        ),
        "next-data",
    ),
    "rendered": (following({"post": {"content": {"rendered": HTML}}}), "next-data"),
    "beside another story": (
        following({"post": POST, "next": [{"title": "Another story", "body": PROSE * 9}]}),
        "next-data",
    ),
    "nuxt 3": (island(ROWS, "id=__NUXT_DATA__"), "nuxt"),
    "nuxt 2": (
        script(
            'window.__NUXT__=(function(a,b){return {layout:"default",data:[{post:{id:a,title:'
            f'"The flood",content:{json.dumps(HTML).replace("<", chr(92) + "u003C")},tags:[b]}}}}],'
            'error:null}}(1,"x"));'
        ),
        "nuxt",
    ),
    "state": (script(f"window.__INITIAL_STATE__ = {json.dumps({'a': POST})};"), "script"),
    "parsed state": (
        script(f"window.__STATE__ = JSON.parse({json.dumps(json.dumps({'a': POST}))});"),
        "script",
    ),
    "no JSON": (script(f"window.S={{a:{{x:undefined,body:{json.dumps(HTML)}}}}};"), "script"),
    "attribute": (
        shell(f'<div id=app data-page="{html.escape(json.dumps({"props": POST}))}"></div>'),
        "data-page",
    ),
    "next, streamed": (streamed(ELEMENTS), "next-data"),
    "next, streamed in pieces": (streamed(ELEMENTS, size=7), "next-data"),
    "next, HTML of a row": (
        streamed(
            f'2:T{len(HTML):x},{HTML}3:["$","main",null,{{"children":["$","div",null,'
            '{"dangerouslySetInnerHTML":{"__html":"$2"}}]}]\n'
        ),
        "next-data",
    ),
    "next, given to a component": (
        streamed(f'1:["$","$L9",null,{{"article":{json.dumps(POST)}}}]\n'),
        "next-data",
    ),
    "react router": (
        script(
            "window.__reactRouterContext.streamController.enqueue("
            + json.dumps(json.dumps([
                {"_1": 2}, "loaderData", {"_3": 4}, "routes/post", {"_5": 6, "_7": 8}, "title",
                "The flood", "body", HTML,
            ]))
            + ");"
        ),
        "script",
    ),
    "svelte kit": (
        script(
            "Promise.all([import('/a.js')]).then(([kit, app]) => { kit.start(app, element, "
            '{node_ids: [0, 2], data: [null,{type:"data",data:{title:"The flood",content:'
            f'{json.dumps(HTML).replace("<", chr(92) + "u003C")}}},uses:{{}}}}], '
            "form: null}); });"
        ),
        "script",
    ),
    "island": (island({"article": POST}), "json"),
    "stated": (
        shell(
            "<div id=app></div><script type=application/ld+json>"
            + json.dumps({"@type": "Article", "articleBody": f"{A} {B} {C}"})
            + "</script>"
        ),
        "json-ld",
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_the_text_is_recovered_once_and_its_source_is_told(form):
    page, source = FORMS[form]
    text, flags = kept(page)

    assert [text.count(part) for part in (A, B, C)] == [1, 1, 1]
    assert "Another" not in text
    assert flags == (f"text-from-{source}",)


@pytest.mark.parametrize(
    "value",
    [
        {"menu": [{"title": "Home", "description": A}], "footer": {"text": B + A + C}},
        {"messages": {"home": {"body": A, "text": B, "content": C}}},
        {"_nextI18Next": {"initialI18nStore": {"en": {"common": {"body": A + B, "text": C}}}}},
        {"app": {f"{word}Text": A + word for word in ("a", "b", "c", "d", "e", "f", "g")}},
        {"home.intro.text": A, "home.more.text": B, "home.end.text": C},
        {"cookieBanner": {"text": A, "body": B + C}},
        {"seo": {"description": A + B + C}},
        {"content": "body{margin:0;padding:0} .a{color:red} " * 20},
        {"body": "function (a) { return a.b.c; }; " * 20},
        {"text": "You have {count} new messages, and they will be shown to you now. " * 9},
        {"content": "aGVsbG8gd29ybGQ" * 60},
        {"items": [{"text": f"Item {number}"} for number in range(90)]},
        {"body": [{"text": "https://a.test/b/c/d.png"}] * 30},
        {"body": A},
        [],
        "",
        None,
    ],
)
def test_menus_and_what_an_interface_says_are_no_text(value):
    assert kept(following(value)) == ("", ())


@pytest.mark.parametrize(
    ("shown", "carried"),
    [
        (f"<article><h1>A</h1><p>{PROSE}</p></article>", ""),
        (f"<article><h1>A</h1><p>{PROSE[:120]}</p></article>", ""),
        ("<main><p>Please log in to continue.</p></main>", ""),
        ("<main><p>Please enable JavaScript.</p></main>", "text-from-json"),
    ],
)
def test_what_is_shown_comes_first_and_nothing_is_taken_from_behind_a_login(shown, carried):
    text, flags = kept(island({"article": POST}).replace("<div id=root></div>", shown))

    assert flags == ((carried,) if carried else ())
    assert (A in text) is bool(carried)


@given(
    st.recursive(
        st.none() | st.text(max_size=30) | st.sampled_from([A, HTML, "text", "0"]),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["body", "text", "children", "type", "0"]), inner)
        ),
        max_leaves=20,
    )
)
def test_no_value_raises(value):
    assert isinstance(prose_of(value), str)


@given(st.text("{}[](),:'\"`\\ab0;.=u\n", max_size=80))
def test_no_script_raises(code):
    kept(script(f"window.__NUXT__={code}"))


@given(st.text('{}[](),:"$LT12ab0\n', max_size=80))
def test_no_stream_raises(rows):
    kept(streamed(rows))
    kept(script(f"x.streamController.enqueue({json.dumps(rows)}); kit.start(a, b, {{{rows}"))


@pytest.mark.parametrize(
    "rows",
    [
        "1:" + json.dumps(react("nav", *[react("p", text) for text in (A, B, C)])) + "\n",
        "1:" + json.dumps(react("div", *[react("a", "Home") for _ in range(90)])) + "\n",
        "1:" + json.dumps(react("img", alt=f"{A} {B} {C}")) + "\n",
        "1:" + json.dumps(["$", "$L2", None, {"messages": {"a": A, "body": B, "c": C}}]) + "\n",
    ],
)
def test_menus_that_are_streamed_are_no_text(rows):
    assert kept(streamed(rows)) == ("", ())


def test_what_nests_without_end_is_read_as_far_as_it_goes():
    deep = "[" * 50_000
    rows = json.dumps([[0], {"a": 0}])

    assert kept(script(f"window.__NUXT__={deep}"))[0] == ""
    assert kept(island(None).replace("null", deep))[0] == ""
    assert kept(shell(f"<script type=application/json id=__NUXT_DATA__>{rows}</script>"))[0] == ""


@pytest.mark.parametrize("attribute", [True, False])
def test_answers_that_a_state_keeps_as_text_are_read(attribute):
    posts = [{"cooked": f"<p>Post {n}. The river rose in the night, and the lower road was under water by the morning of that day.</p>"} for n in range(4)]  # fmt: skip  # noqa: E501
    state = json.dumps({"topic_1": json.dumps({"title": "River", "posts": posts})})
    holder = (
        f'<div data-preloaded="{html.escape(state)}"></div>'
        if attribute
        else f"<script type=application/json>{state}</script>"
    )

    page = page_of(f"<title>River</title>{holder}<section></section><script>run()</script>")
    text = read(page, ContentSettings()).text

    assert [f"Post {n}." in text for n in range(4)] == [True] * 4
    assert "{" not in text
    assert "title" not in text
