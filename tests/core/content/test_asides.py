"""Links between paragraphs, embedded posts, boxes to subscribe and next articles are no text."""

import pytest

from tests.core.content.test_leftovers import SAID, TEASERS, article, cards, held, text_of

TITLE = "Bakery to open beside the station after ten years"
LINE = f"<a href=/bakery>{TITLE}</a>"
SIGN_UP = "Our news of the day, every evening in your mail, and nothing else."
RIGHTS = "The content of this page may not be copied or sold without our permission in writing."


def paragraphs(*more):
    """Return the text with each of `more` between two of its paragraphs."""
    parts = [f"<p>{said}</p>" for said in SAID]
    for place, part in enumerate(more, 2):
        parts.insert(2 * place, part)
    return f"<main><article><h1>The flood</h1>{''.join(parts)}</article></main>"


BETWEEN = {
    "a line": f"<p>{LINE}</p>",
    "a line with its name": f"<p><b>Read also: {LINE}</b></p>",
    "a box": f"<div class=related-inline><h4>{LINE}</h4></div>",
    "an embedded post": f"<blockquote class=x-media><p>{LINE}</p></blockquote>",
    "a letter": f"<div class=newsletter><h3>{TITLE}</h3><p>{SIGN_UP}</p><form><input><button>"
    "Go</button></form></div>",
    "a wall": f"<div class=paywall><p>{TITLE} <a href=/login>Log in</a></p></div>",
    "a form kept ready": f"<textarea class=tpl hidden>{TITLE} and more of it</textarea>",
    "buttons": f"<button>{TITLE}</button>",
    "a menu": f"<div><a href=/1>{TITLE}</a> <a href=/2>Next</a> <a href=/3>Last</a></div>",
}


@pytest.mark.parametrize("kind", BETWEEN)
def test_what_stands_between_paragraphs_and_is_none_goes(kind):
    text = text_of(paragraphs(*[BETWEEN[kind]] * 4))

    assert held(text, SAID) == [True] * len(SAID)
    assert held(text, [TITLE, SIGN_UP]) == [False] * 2


NEXT = "".join(f"<p>{said}</p>" for said in TEASERS)
AFTER = {
    "the next article": f"<article><h1>{LINE}</h1><div>{NEXT}</div></article>",
    "the next two": f"<article><h2>{LINE}</h2><div>{NEXT}</div></article>" * 2,
}


@pytest.mark.parametrize("kind", AFTER)
def test_the_next_article_of_a_page_that_goes_on_is_none_of_the_first(kind):
    body = "".join(f"<p>{said}</p>" for said in SAID)
    first = f"<article><h1>The flood</h1><div>{body}</div></article>"
    text = text_of(f"<main><div class=feed>{first}{AFTER[kind]}</div></main>")

    assert held(text, SAID) == [True] * len(SAID)
    assert held(text, [TITLE, *TEASERS]) == [False] * 4


def test_teasers_within_an_article_go_where_their_box_is_named_so():
    text = text_of(article(f"<div class=related><h4>More</h4>{cards('div', 'x1')}</div>"))

    assert held(text, SAID) == [True] * len(SAID)
    assert held(text, TEASERS) == [False] * 3


LONG = "".join(f"<p>{said} {other}</p>" for said in SAID for other in SAID[:2])


def test_a_link_of_every_section_goes():
    parts = "".join(
        f"<h2>{n}</h2><p>{said}</p><p>{said}</p><div><a href=/{n}>Look at the price</a></div>"
        for n, said in enumerate(SAID * 2)
    )

    assert "Look at the price" not in text_of(f"<main><h1>Things</h1>{parts}</main>")


def test_links_below_a_long_text_and_notes_on_rights_go():
    links = f"<h3>Also</h3><ul><li>{LINE}</li><li>{LINE}</li></ul>"
    rights = f"<div class=copyright-note><p>{RIGHTS}</p></div>"
    text = text_of(f"<main><h1>The flood</h1>{LONG}{links}{rights}</main>")

    assert held(text, SAID) == [True] * len(SAID)
    assert held(text, [TITLE, RIGHTS]) == [False] * 2


KEPT = {
    "a list of links": "".join(f"<p><a href=/{n}>{TITLE} {n}</a></p>" for n in range(9)),
    "a quotation": f"<blockquote><p>{TITLE} 0, {RIGHTS} <a href=/>Said</a></p></blockquote>",
}


@pytest.mark.parametrize("kind", KEPT)
def test_what_looks_alike_and_is_text_stays(kind):
    body = f"<p>{SAID[0]}</p>{KEPT[kind]}<p>{SAID[1]}</p>"
    assert f"{TITLE} 0" in text_of(f"<main><h1>Links</h1>{body}</main>")


FILLED = [
    ("<p>Hello {{ user.first_name }}, SAID</p>", "Hello, SAID"),
    ('<p>SAID [contact-form id="42" title="Write"]</p>', "SAID"),
    ("<p>SAID %%unsubscribe_link%%</p>", "SAID"),
    ("{loadposition banner}<p>SAID {gallery}holiday/summer{/gallery}</p>", "SAID"),
    ("<p>${name} SAID</p><p>&lt;%= user.name %&gt;</p>", "SAID"),
    ("<p>SAID</p><p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do.</p>", "SAID"),
]


@pytest.mark.parametrize(("body", "wanted"), FILLED)
def test_placeholders_within_a_text_go(body, wanted):
    rest = "".join(f"<p>{said}</p>" for said in SAID)
    text = text_of(f"<main><h1>The flood</h1>{body.replace('SAID', TEASERS[0])}{rest}</main>")

    assert f"\n{wanted.replace('SAID', TEASERS[0])}\n" in text
    assert not held(text, ["{{", "[c", "%%", "${", "<%", "Lorem", "{l", "{g"]).count(True)


@pytest.mark.parametrize(
    "code", ["<pre>{{ title }}</pre>", "<p>Write <code>{{ title }}</code> .</p>"]
)
def test_placeholders_stay_where_code_is_shown(code):
    rest = "".join(f"<p>{said}</p>" for said in SAID)

    assert "{{ title }}" in text_of(f"<main><h1>Templates</h1>{rest}{code}{rest}</main>")
