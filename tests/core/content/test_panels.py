"""Panels that ask for consent are no text; a page of cards beside a panel is read as its cards."""

import pytest

from crawler.core.content.text.panels import without_panels
from tests.core.content.test_leftovers import SAID, article, held, text_of
from tests.core.content.test_places import outline_of

PURPOSES = [
    "These cookies are necessary for the website to function and cannot be switched off.",
    "These cookies allow us to count visits and traffic sources so that we can measure it.",
    "These cookies may be set through our site by our advertising partners, who build a profile.",
    "Your personal data will be processed, and information from your device may be stored.",
]
ZWECKE = [
    "Diese Cookies sind für den Betrieb der Seite nötig und lassen sich nicht abschalten.",
    "Mit diesen Cookies zählen wir Besuche und messen, woher sie kommen, um besser zu werden.",
    "Diese Cookies setzen unsere Werbepartner, um ein Profil Ihrer Interessen zu erstellen.",
    "Ihre personenbezogenen Daten werden verarbeitet und auf Ihrem Gerät gespeichert.",
]


def panel(classes, purposes, button):
    parts = "".join(f"<div class=group><h4>{n}</h4><p>{said}" for n, said in enumerate(purposes))
    return f"<div class='{classes}'><div class=inner>{parts}</div><button>{button}</button></div>"


@pytest.mark.parametrize(
    ("classes", "purposes", "button"),
    [
        ("onetrust-pc-sdk", PURPOSES, "Accept all"),
        ("modal fixed", PURPOSES, "Allow all cookies"),
        ("cookie-layer", ZWECKE, "Alle akzeptieren"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_what_a_panel_asks_consent_for_is_no_text(classes, purposes, button, first):
    asked = panel(classes, purposes, button)
    text = text_of(asked + article() if first else article(after=asked))

    assert held(text, SAID) == [True] * len(SAID)
    assert held(text, purposes) == [False] * 4


@pytest.mark.parametrize("classes", ["cookie-policy", "modal-page"])
def test_a_page_about_cookies_keeps_its_text_though_it_has_a_button(classes):
    policy = panel(classes, PURPOSES, "Accept all")
    for title in ("", "<h1>How we use cookies</h1>"):
        page = outline_of(f"<body><main>{title}{policy}</main>")
        every = list(range(len(page.texts)))
        assert without_panels(page, every) == every


def test_a_policy_on_cookies_keeps_its_sentences():
    said = [said.replace("These cookies", "These small files") for said in [*PURPOSES, *ZWECKE]]
    body = "".join(f"<h2>Part {n}</h2><p>{part}</p>" for n, part in enumerate(said))
    text = text_of(
        f"<main class=cookie-policy><h1>Cookies</h1>{body}<button>Cookie settings</button>"
    )

    assert held(text, said) == [True] * len(said)


NAMES = ["Slow pork ragù", "Clay pot chicken", "Green tomato chutney", "Baked barley with leeks"]
MENU = "".join(f"<li><a href=/{n}>Part {n}</a></li>" for n in range(9))


def recipes(tag, classes, line):
    return "".join(
        f"<{tag} class='{classes}'><a href=/{n}><h3>{name} {n}</h3></a>{line}</{tag}>"
        for n, name in enumerate(NAMES * 4)
    )


@pytest.mark.parametrize(
    "items",
    [
        recipes("div", "tile", "<span class=x1><p>An hour</p></span>"),
        recipes("div", "card", ""),
        recipes("article", "x2", ""),
    ],
)
def test_cards_beside_a_panel_or_a_line_of_text_are_the_text_of_a_page(items):
    main = f"<main><h1>Stews</h1><p>{SAID[0]}</p><div>{items}</div></main>"
    asked = panel("onetrust-pc-sdk", PURPOSES, "Accept all")
    text = text_of(f"<nav><ul>{MENU}</ul></nav>{main}{asked}")

    assert held(text, [f"{name} {n}" for n, name in enumerate(NAMES * 4)]) == [True] * 16
    assert held(text, [*PURPOSES, "Part 3"]) == [False] * 5
