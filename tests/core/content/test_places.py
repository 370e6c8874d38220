"""Boxes are alike by the tags around them and their first name, whatever else they are named."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.core.content.html.outlining import outline
from crawler.core.content.html.parsing import cut
from crawler.core.content.text.kept_together import whole
from crawler.core.content.text.places import Places, name_of
from crawler.core.content.text.series import longest_series
from tests.core.content.test_leftovers import article, cards, held, text_of


def outline_of(html):
    return outline(cut(LexborHTMLParser(html).html.encode()))


# What the items of a list are marked with, and whether that makes them alike.
MARKS = {
    "the same class": (["class=post"] * 3, True),
    "numbered ids": ([f"id=post-{n}" for n in (7, 12, 431)], True),
    "numbered classes": ([f"class='post-{n} news'" for n in (7, 12, 431)], True),
    "classes of what they are about": (
        [f"class='post in-{n}'" for n in ("art", "law", "it")],
        True,
    ),
    "a class of the first": (["class='post first'", "class=post", "class=post"], True),
    "no names": ([""] * 3, True),
    "names of their own": ([f"class={n}" for n in ("intro", "text", "end")], False),
}


@pytest.mark.parametrize(("marks", "alike"), MARKS.values(), ids=MARKS)
def test_items_are_alike_by_tag_and_first_name(marks, alike):
    items = "".join(f"<div {mark}><p>{n}</p></div>" for n, mark in enumerate(marks))
    page = outline_of(f"<html><body><main>{items}</main></body></html>")
    places = Places(page)
    boxes = [page.parent[at] for at in page.at]

    assert (len({places.of[box] for box in boxes}) == 1) == alike
    assert [places.beside[box] for box in boxes] == [3 if alike else 1] * 3
    assert sum(places.counts) == len(page.tags)


def test_a_box_among_others_is_no_neighbour_of_theirs():
    page = outline_of("<body><div><p>a</p><p>b</p></div><div><p>c</p></div></body>")
    places = Places(page)
    first, second, third = page.at

    assert places.of[first] == places.of[second] == places.of[third]
    assert [places.beside[box] for box in (first, second, third)] == [2, 2, 1]
    assert places.counts[places.of[first]] == 3


@pytest.mark.parametrize(
    ("look", "name"), [("", ""), ("post-12 x", "post-"), ("card", "card"), ("7", ""), ("é1 b", "é")]
)
def test_the_name_is_the_first_word_without_numbers(look, name):
    assert name_of(look) == name


TERMS = "Must be shown before the work begins, and is not valid with any other offer of the house."


def test_what_each_item_says_again_is_no_copy():
    offers = "".join(
        f"<div class='offer offer-{n}'><h2>Offer {n}</h2><p>{n * 5} euros less for a new {thing}, "
        f"with all its parts and the work of two people.</p><p>{TERMS}</p><p>{TERMS[:60]}</p></div>"
        for n, thing in enumerate(("lamp", "oven", "boiler", "window", "door"), 1)
    )

    assert text_of(f"<main><h1>Offers</h1>{offers}</main>").count(TERMS) == 5


@pytest.mark.parametrize("mark", ["post-{} x", "teaser_{}", "card about-{}"])
def test_teasers_that_are_numbered_follow_no_article(mark):
    teasers = cards("div", "x2")
    for number in range(3):
        teasers = teasers.replace("'x2'", f"'{mark.format(number)}'", 1)
    text = text_of(article(after=f"<div class=x1><h2>More news</h2>{teasers}</div>"))

    assert not any(held(text, ["Bakery to open", "The team won", "Why the old cinema"]))


OFFERS = [(f"RX{n}", f"Mower for {n} acres of lawn", f"$ {n}99.00") for n in range(1, 8)]


def menu(entries):
    inner = "".join(
        f"<li><a href=/{n}>{name}</a><ul><li><a href=/{n}/a>All {name}</a></li></ul></li>"
        for n, name in enumerate(entries)
    )
    return f"<ul>{inner}</ul>"


@pytest.mark.parametrize("around", ["<div class=grid>{}</div>", "<form class=filter>{}</form>"])
def test_a_page_of_nothing_but_cards_is_read_as_their_list(around):
    offers = "".join(
        f"<div class='col-{n} offer'><div class=box><a href=/{code}><h4>{code}</h4></a></div>"
        f"<div class=name><a href=/{code}><h3>{name}</h3></a><a href=/{code}>{price}</a></div>"
        "</div>"
        for n, (code, name, price) in enumerate(OFFERS)
    )
    page = outline_of(f"<body>{menu(['Mowers', 'Saws', 'Blowers'] * 9)}{around.format(offers)}")
    places = Places(page)
    found = [
        page.texts[block] for block in longest_series(page, places, list(range(len(page.texts))))
    ]

    assert found == [part for offer in OFFERS for part in offer]


@pytest.mark.parametrize(
    "body",
    [
        menu(["Mowers", "Saws", "Blowers"] * 9),
        "<p>A line.</p>" * 20,
        "<div><h2>a</h2><p>b</p></div>" * 2,
        "<div><b>1</b></div>" * 90,
    ],
)
def test_menus_lines_and_pairs_are_no_series(body):
    page = outline_of(f"<body>{body}")

    assert longest_series(page, Places(page), list(range(len(page.texts)))) == []


@pytest.mark.parametrize("tag", ["li", "article", "div"])
def test_what_most_items_show_is_kept_of_all(tag):
    items = "".join(
        f"<{tag} class=event><h3>Meeting {n}</h3><span><p>Hall {n}, Springfield</p></span></{tag}>"
        for n in range(9)
    )
    page = outline_of(f"<body><main>{items}</main>")
    chosen = [block for block in range(18) if block not in (3, 6, 8)]

    assert whole(page, Places(page), chosen, [0.5] * 18) == list(range(18))
    assert len(whole(page, Places(page), [1, 3], [0.1] * 18)) < 9
