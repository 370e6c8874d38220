"""What a site's terms say, when they count, and which links lead to them."""

# ruff: noqa: E501, RUF001 - one case a line, as people write it

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.core.consent import decide, next_file, read_file, terms
from crawler.core.consent.site_files import DAY, FileRequest
from crawler.core.content import parse
from crawler.core.content.html.terms_link_names import NAMES, folded
from crawler.core.decision import Found, Value
from crawler.core.evidence import Carrier, Evidence, FileKind, Snapshot
from crawler.core.judge import judge_site_file
from crawler.core.policy import ConsentPolicy, Readings
from crawler.core.response import Response
from crawler.core.task import Task, TaskKind
from tests.core.consent.makers import NOW, ORIGIN, URL, answer, page, robots, url_of

TERMS = url_of("/terms")
NO = "No part of this site may be used for text and data mining or AI training."
POLICY = ConsentPolicy(probes=())
LOGGED = ConsentPolicy(probes=(), terms="log-only")
OFF = ConsentPolicy(probes=(), terms="off")
STRICT = ConsentPolicy(probes=(), terms_missing="exclude")


def learned(html, status=200, content_type="text/html", previous=None, now=NOW):
    """Return what is known of the terms page once it was asked for."""
    site = (previous,) if previous is not None else ()
    task = Task(1, TERMS, TaskKind.FILE, (), site, FileKind.TERMS, "", TERMS.text)
    headers = (("content-type", content_type),)
    return judge_site_file(task, Response(TERMS, status, headers, html.encode()), "", now).snapshot


def failed(times, error="timeout"):
    snapshot = None
    for _ in range(times):
        snapshot = read_file(FileRequest(FileKind.TERMS, TERMS, ""), None, error, 0, NOW, snapshot)
    return snapshot


def decided(*site, policy=POLICY, carriers=(), url=URL, headers=()):
    return decide(
        Evidence(url, (robots(""), *site), page(*headers, carriers=carriers)), policy, NOW
    )


def named(url=TERMS.text):
    return (Carrier("terms", "text", url, "body", "Terms"),)


PENDING = Snapshot(FileKind.TERMS, TERMS.text, Found.NOT_SOUGHT, 0.0)
SAYS_NO = learned(f"<p>Hello.</p><p>{NO}</p>")
SILENT = learned("<p>Be kind.</p>")


@pytest.mark.parametrize(
    ("site", "policy", "rule", "included", "waits"),
    [
        ((SAYS_NO,), POLICY, "terms.reservation", False, False),
        ((SILENT,), POLICY, "", True, False),
        ((SAYS_NO,), LOGGED, "terms.reservation", True, False),
        ((SAYS_NO,), OFF, "", True, False),
        ((PENDING,), POLICY, "terms.awaiting", True, True),
        ((PENDING,), LOGGED, "terms.awaiting", True, False),
        ((PENDING,), OFF, "", True, False),
        ((learned("", 404),), POLICY, "terms.not-available", True, False),
        ((learned("", 404),), STRICT, "terms.not-available", False, False),
        ((learned("", 401),), STRICT, "terms.not-available", False, False),
        ((learned("x" * 99, 200, "application/octet-stream"),), STRICT, "terms.not-available", False, False),
        ((failed(1),), STRICT, "terms.awaiting", True, True),
        ((failed(2),), POLICY, "terms.awaiting", True, True),
        ((failed(3),), POLICY, "terms.not-available", True, False),
        ((failed(3),), STRICT, "terms.not-available", False, False),
        ((failed(1, "robots"),), STRICT, "terms.not-available", False, False),
        ((failed(1, "policy.suppressed"),), POLICY, "terms.not-available", True, False),
        ((learned(NO, 503, previous=SAYS_NO),), POLICY, "terms.reservation", False, True),
        ((replace(SAYS_NO, final_url="https://else.test/t"),), POLICY, "terms.off-site", True, False),
        ((replace(SILENT, error="too-much-to-read"),), POLICY, "terms.too-much-to-read", False, False),
        ((SILENT, replace(SAYS_NO, url=f"{ORIGIN}/legal")), POLICY, "terms.reservation", False, False),
    ],
)  # fmt: skip
def test_terms_say_what_the_policy_lets_them(site, policy, rule, included, waits):
    found = decided(*site, policy=policy)

    assert found.included is included
    assert bool(found.awaiting) is waits
    assert rule in {item.rule for item in found.signals if item.protocol == "terms"} or not rule


def test_their_reservation_is_of_training_and_mining_and_leaves_search_alone():
    verdict = decided(SAYS_NO).verdict

    assert (verdict.ai_train, verdict.tdm, verdict.index) == (Value.DENY, Value.DENY, Value.UNSET)


@pytest.mark.parametrize(("how", "included"), [("honour", False), ("log-only", True), (None, True)])
def test_a_ban_of_machines_as_such_counts_where_the_policy_says_so(how, included):
    body = b"!scraping Automated access to this site is forbidden."
    readings = Readings.model_validate({"scraping": how} if how else {})

    found = decided(replace(SILENT, body=body), policy=ConsentPolicy(probes=(), readings=readings))

    assert found.included is included
    (heard,) = [item for item in found.signals if item.rule == "terms.scraping"]
    assert heard.counts is not included


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{NO}</p>",
        f"<main><p>One. Two.</p><ul><li>x</li><li>{NO}</li></ul></main>",
        f"<p>!{NO}</p>",
        f"<footer>{NO}</footer><main><p>Much else.</p></main>",
        "<p>" + "Words and words. " * 3_000 + f"</p><p>{NO}</p>",
        "<p>" + f"{NO} " * 40 + "</p>",
    ],
)
def test_what_is_kept_of_them_is_read_again_to_the_same(html):
    snapshot = learned(html)
    text = snapshot.body.decode()

    assert decided(snapshot).reason == "terms.reservation"
    assert len(text) < 12_000
    assert "words and words" not in text.lower()
    assert terms.deciding_sentences(text, "") == snapshot.body or "!" in text


def test_what_is_known_of_them_lasts_thirty_days():
    for snapshot in (SAYS_NO, SILENT, learned("", 404), failed(3), failed(1, "robots")):
        assert snapshot.expires_at == NOW + 30 * DAY
        site = (robots(""), snapshot)
        assert next_file(URL, site, POLICY, NOW) is None
        later = (replace(robots(""), expires_at=NOW + 99 * DAY), snapshot)
        assert next_file(URL, later, POLICY, NOW + 30 * DAY).url == TERMS
        assert next_file(URL, later, OFF, NOW + 30 * DAY) is None
    assert failed(1).expires_at == NOW + 60


def test_after_thirty_days_three_failures_are_needed_again():
    again = read_file(
        FileRequest(FileKind.TERMS, TERMS, ""), None, "timeout", 0, NOW + 31 * DAY, failed(3)
    )

    assert terms.is_open(again)


def test_they_are_asked_for_before_the_next_page():
    assert next_file(URL, (robots(""), PENDING), POLICY, NOW).kind is FileKind.TERMS


@pytest.mark.parametrize(
    ("url", "known", "wanted"),
    [
        (TERMS.text, (), (TERMS.text,)),
        (TERMS.text, (SILENT,), ()),
        (TERMS.text, (PENDING,), ()),
        ("https://www.ex.test/agb", (), ("https://www.ex.test/agb",)),
        ("https://else.test/terms", (), ()),
        ("https://ex.test.else.test/terms", (), ()),
        ("javascript:x", (), ()),
        (f"{ORIGIN}/3", (SILENT, replace(SILENT, url=f"{ORIGIN}/2")), ()),
    ],
)
def test_a_page_has_those_asked_for_that_its_site_has_not_shown_yet(url, known, wanted):
    found = decided(*known, carriers=named(url))

    assert found.wanted == wanted
    assert set(wanted) <= set(found.awaiting)


def test_a_field_line_may_name_them():
    found = decided(headers=(("link", '</tos>; rel="terms-of-service", </x>; rel=next'),))

    assert found.wanted == (f"{ORIGIN}/tos",)


def test_more_than_two_are_never_wanted():
    carriers = tuple(named(f"{ORIGIN}/{number}")[0] for number in range(9))

    assert len(decided(carriers=carriers).wanted) == 2


# --- which links lead to them ---------------------------------------------------------------


def links(html):
    response = Response(url_of("/a"), 200, (("content-type", "text/html"),), html.encode())
    return [
        (item.name, item.text.removeprefix(ORIGIN))
        for item in parse(response).evidence().carriers
        if item.kind == "terms"
    ]


def footer(anchor):
    return f"<main><p>Text.</p></main><footer>{anchor}</footer>"


@pytest.mark.parametrize(
    ("anchor", "how"),
    [
        ('<a href="/x">Terms of Use</a>', "text"),
        ('<a href="/x">  TERMS\n&amp; Conditions </a>', "text"),
        ('<a href="/x">» AGB</a>', "text"),
        ('<a href="/x"><span>Legal</span> <b>notice</b></a>', "text"),
        ('<a href="/x">Conditions d’utilisation</a>', "text"),
        ('<a href="/x">MENTIONS LEGALES</a>', "text"),
        ('<a href="/x">Terminos y Condiciones</a>', "text"),
        ('<a href="/x">Käyttöehdot</a>', "text"),
        ('<a href="/x">KULLANIM ŞARTLARI</a>', "text"),
        ('<a href="/x">利用規約</a>', "text"),
        ('<a href="/x">이용약관</a>', "text"),
        ('<a href="/x">版权声明</a>', "text"),
        ('<a href="/x">الشروط والأحكام</a>', "text"),
        ('<a href="/x">© Copyright</a>', "text"),
        ('<a rel="nofollow terms-of-service" href="/x">here</a>', "rel"),
        ('<a href="/en/terms-of-service">§</a>', "path"),
        ('<a href="/info/Nutzungsbedingungen.html?x=1">mehr</a>', "path"),
        ('<a href="/conditions_generales/">lire</a>', "path"),
        ('<a href="/%E5%88%A9%E7%94%A8%E8%A6%8F%E7%B4%84">x</a>', "path"),
        ('<a href="/x">Privacy policy</a>', ""),
        ('<a href="/x">Terms of sale for summer tickets</a>', ""),
        ('<a href="/x">Glossary of terms</a>', ""),
        ('<a href="/glossary/term-of-the-day">x</a>', ""),
        ('<a href="/">Copyright</a>', ""),
        ('<a href="#terms">Terms</a>', ""),
        ('<a href="mailto:legal@ex.test">Legal</a>', ""),
        ("<a>Terms</a>", ""),
        ('<a href="/x"></a>', ""),
    ],
)
def test_a_link_is_told_by_rel_by_its_text_or_by_its_path(anchor, how):
    assert [name for name, _ in links(footer(anchor))] == ([how] if how else [])


def many(text):
    return text + "".join(f'<p><a href="/n{number}">n</a>' for number in range(60))


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (many('<main><a href="/x">Terms of use</a></main>'), False),
        (many('<article><p><a href="/x">Copyright</a></article>'), False),
        (many('<div role="main"><div class="navbox"><a href="/x">Copyright</a></div></div>'), False),
        (many('<p><a href="/x">Terms of use</a></p>'), False),
        (many('<nav><a href="/x">Terms of use</a></nav>'), True),
        (many('<div class="site-footer"><ul><li><a href="/x">Terms</a></ul></div>'), True),
        (many('<form>I agree to the <a href="/x">terms</a></form>'), True),
        (many("") + '<div><a href="/x">Terms</a></div>', True),
        (many('<main><footer><a href="/x">Terms</a></footer></main>'), True),
        (many('<main><a rel="terms-of-service" href="/x">so</a></main>'), True),
        (many('<link rel="terms-of-service" href="/x">'), True),
        ('<base href="/b/"><footer><a href="x">Terms</a></footer>', True),
        ('<template><footer><a href="/x">Terms</a></footer></template>', False),
        ('<!-- <footer><a href="/x">Terms</a></footer> -->', False),
    ],
)  # fmt: skip
def test_a_link_counts_where_a_site_speaks_of_itself(html, found):
    assert bool(links(html)) is found


def test_the_surest_come_first_and_those_of_other_sites_last():
    html = footer(
        '<a href="https://else.test/t">Terms</a><a href="/legal">see</a>'
        '<a href="/imprint">Imprint</a><a href="/r" rel="terms-of-service">r</a><a href="/b">AGB</a>'
    )

    assert links(html) == [("rel", "/r"), ("text", "/imprint"), ("text", "/b"), ("path", "/legal")]


def test_names_are_looked_up_folded():
    assert {folded(name) for name in ("Terms", "ÁSZF", "Podmínky užití", "Όροι χρήσης")} <= NAMES
    more = ("Nutzungsbedingungen", "Mentions légales", "Aviso legal", "Note legali", "利用規約")
    assert {
        folded(name) for name in (*more, "شروط الاستخدام", "Пользовательское соглашение")
    } <= NAMES
    assert all(name == folded(name) for name in NAMES)


def test_no_bytes_whatever_raise():
    for junk in ("\ud800", "\x00" * 9, "<a href='%zz%'>\ufffe</a>" * 9, "a" * 99_999):
        assert (
            links(footer(f"<a href='/{junk[:50]}'>{junk}</a>".encode("utf-8", "replace").decode()))
            == []
        )


def test_an_answer_of_terms_is_read_like_any_file():
    assert answer(FileKind.TERMS, "", status=404).found is Found.ABSENT
