"""The licence believed of a page: never a false open one, nearly every true one."""

# ruff: noqa: E501 - one case a line
from __future__ import annotations

import pytest

from crawler.core import urls
from crawler.core.content import ConfirmedDomain, ContentSettings, parse, read
from crawler.core.content.licence.spdx_ids import OPEN, from_text, from_url
from crawler.core.response import Response
from tests.core.content.licence_cases import (
    ADDRESSES,
    BY,
    CC,
    GRANTS,
    LONG,
    NC,
    NO_GRANTS,
    PAGES,
    SA,
    a,
    foot,
    head,
    ld,
)

URL = urls.parse("https://ex.test/a")
HTML = ("content-type", "text/html; charset=utf-8")


def licence_of(html, settings=None, headers=()):
    page = parse(Response(URL, 200, (HTML, *headers), html.encode()))
    return read(page, settings or ContentSettings()).licence


@pytest.mark.parametrize(("html", "expected"), PAGES)
def test_a_page_is_believed_only_what_it_says_of_its_own_text(html, expected):
    assert licence_of(html).spdx == expected


@pytest.mark.parametrize(("address", "expected"), ADDRESSES)
def test_an_address_names_its_licence_in_every_spelling(address, expected):
    found = licence_of(f'<head><link rel="license" href="{address}"></head><p>x')

    if expected == "-":  # restricted, and no open one
        assert found.kind not in OPEN
    else:
        assert found.spdx == expected


PLACES = {"foot": foot, "text": "<main><h1>Rivers</h1><p>They rise.</p><p>{}</p></main>".format}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", [LONG, "CC BY 4.0"])
def test_a_sentence_grants_nothing_but_what_it_is_about(name, place):
    for sentence in NO_GRANTS:
        assert licence_of(PLACES[place](sentence.replace("@", a(BY, name)))).spdx == "", sentence


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", [LONG, "CC BY 4.0"])
def test_a_sentence_that_grants_the_text_is_believed(name, place):
    for sentence in GRANTS:
        believed = licence_of(PLACES[place](sentence.replace("@", a(BY, name))))
        assert believed.spdx == "CC-BY-4.0", sentence


def test_words_alone_grant_no_more_than_links():
    for sentence in NO_GRANTS:
        assert licence_of(foot(sentence.replace("@", "CC BY 4.0"))).spdx == "", sentence


@pytest.mark.parametrize(
    ("html", "headers", "expected"),
    [
        ("<p>x", [("link", f'<{BY}>; rel="license"; anchor="/a"')], "CC-BY-4.0"),
        ("<p>x", [("link", f'<{BY}>; rel="license"; anchor="/img.png"')], ""),
        (ld("WebSite", BY, ',"url":"https://ex.test/"'), [], "CC-BY-4.0"),
        (ld("WebSite", BY, ',"url":"https://other.test/"'), [], ""),
        (f'<body typeof="Article"><link property="license" href="{BY}"><p>x', [], "CC-BY-4.0"),
        (f'<div typeof="schema:ImageObject"><a property="license" href="{BY}">x</a></div>', [], ""),
        (foot(f"Dieses Werk ist lizenziert unter {a(f'{CC}/licenses/by-sa/3.0/de/', 'Creative Commons 3.0 Deutschland')}."), [], "CC-BY-SA-3.0-DE"),
        (foot("Text on this site is licensed under CC BY 4.0, archives under CC BY-NC 4.0."), [], ""),
        (foot("本サイトのコンテンツはクリエイティブ・コモンズ 表示 4.0 国際 ライセンスの下に提供されています。"), [], "CC-BY-4.0"),
    ],
)  # fmt: skip
def test_every_carrier_speaks_only_for_its_own_work(html, headers, expected):
    assert licence_of(html, headers=headers).spdx == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CC BY 4.0.", "CC-BY-4.0"),
        ("CC BY 4.01", "LicenseRef-CC-BY-unversioned"),
        ("知识共享署名-非商业性使用-禁止演绎 4.0", "CC-BY-NC-ND-4.0"),
        ("크리에이티브 커먼즈 저작자표시 4.0", "CC-BY-4.0"),
        ("Creative Commons BY-SA 4.0", "CC-BY-SA-4.0"),
    ],
)
def test_a_name_is_read_to_its_end(text, expected):
    assert from_text(text).spdx == expected


def test_the_table_is_large_enough():
    assert len(PAGES) + len(ADDRESSES) + len(GRANTS) + len(NO_GRANTS) >= 150


@pytest.mark.parametrize(
    ("address", "kind", "family"),
    [
        (f"{BY}deed.de", "ATTR", "CC-BY-4.0"),
        (SA, "SA", "CC-BY-SA-4.0"),
        (NC, "NC", "CC-BY-NC-4.0"),
        ("https://creativecommons.org/licenses/by-nc-nd/3.0/", "ND", "CC-BY-NC-ND-3.0"),
        ("https://creativecommons.org/licenses/by/3.0/es/", "ATTR", "CC-BY-3.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "PD", "CC-PDM-1.0"),
        ("https://rightsstatements.org/vocab/InC/1.0/", "ARR", "LicenseRef-InC"),
    ],
)
def test_a_licence_has_a_class_and_a_family(address, kind, family):
    named = from_url(address)

    assert (named.kind, named.family) == (kind, family)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-sa-3.0", "CC-BY-SA-3.0"),
        ("CC BY-NC-ND 4.0 International", "CC-BY-NC-ND-4.0"),
        ("Creative Commons Attribution-ShareAlike 3.0 Unported", "CC-BY-SA-3.0"),
        ("Creative Commons Namensnennung - Weitergabe unter gleichen Bedingungen 4.0", "CC-BY-SA-4.0"),
        ("Creative Commons Reconocimiento-NoComercial 4.0", "CC-BY-NC-4.0"),
        ("Creative Commons 表示 - 非営利 4.0", "CC-BY-NC-4.0"),
        ("CC0", "CC0-1.0"),
        ("CC BY 3.0 DE", "CC-BY-3.0-DE"),
        ("Creative Commons Zero", "CC0-1.0"),
        ("GFDL 1.2", "GFDL-1.2-or-later"),
        ("CC BY", "LicenseRef-CC-BY-unversioned"),
    ],
)  # fmt: skip
def test_a_name_in_words_is_read(text, expected):
    assert from_text(text).spdx == expected


@pytest.mark.parametrize(
    "text", ["cc bypass", "Creative Commons", "Copyright 2024", "cc: by post", ""]
)
def test_words_that_name_no_licence_give_none(text):
    assert from_text(text) is None


def test_a_link_header_speaks_for_the_page():
    header = ("link", f'</style.css>; rel=preload, <{BY}>; rel="license"')

    assert licence_of("<p>x", headers=(header,)).spdx == "CC-BY-4.0"


def test_an_rsl_link_header_is_no_licence():
    header = ("link", '<https://ex.test/l.xml>; rel="license"; type="application/rsl+xml"')

    assert licence_of("<p>x", headers=(header,)).claims == ()


def test_a_contradiction_is_recorded_and_halves_the_confidence():
    found = licence_of(head(BY) + f'<link rel=license href="{NC}">')

    assert found.disagreement
    assert found.spdx == ""
    assert found.confidence == pytest.approx(0.45)
    assert len(found.claims) == 2


def test_a_person_may_confirm_a_domain():
    entry = ConfirmedDomain(domain="ex.test", source="footer read by N.", date="2026-01-01")
    bare = f'<footer><a rel="license" href="{BY}"><img src=b></a></footer>'

    found = licence_of(bare, ContentSettings(confirmed=(entry,)))

    assert licence_of(bare).spdx == ""
    assert found.spdx == "CC-BY-4.0"


def test_attribution_has_title_author_source_and_licence():
    html = f'<head><title>T</title><meta name=author content="A B"><link rel=license href="{BY}"></head><p>x'

    assert licence_of(html).attribution == {
        "title": "T",
        "author": "A B",
        "source": "https://ex.test/a",
        "licence": f"CC-BY-4.0 {BY}",
    }


def test_only_all_rights_reserved_is_a_class_of_its_own():
    assert licence_of("<p>x</p><footer>All rights reserved</footer>").kind == "ARR"


def test_the_rdf_in_a_comment_is_a_weak_claim():
    html = (
        f'<p>x<!-- <rdf:RDF><Work rdf:about=""><license rdf:resource="{BY}"/></Work></rdf:RDF> -->'
    )

    (claim,) = licence_of(html).claims

    assert (claim.spdx, claim.place, claim.confidence) == ("CC-BY-4.0", "comment", 0.5)


def test_nested_lists_in_json_ld_do_not_recurse():
    deep = "[" * 900 + "]" * 900

    found = licence_of(
        f'<script type="application/ld+json">{{"@type":"Article","license":{deep}}}</script>'
    )

    assert found.claims == ()
