"""What was received is looked at for refusals to its end, or the page is refused for that."""

from __future__ import annotations

import re
import zlib
from html.entities import html5
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crawler.core
from crawler.core import challenge_pages, content, lenient_json
from crawler.core.challenge_pages import in_place_of
from crawler.core.consent import decide, robots_as_meant, robots_hints, robotstxt, site_file_text
from crawler.core.consent.link_header import links_of
from crawler.core.decision import Found
from crawler.core.evidence import EXCESS, Carrier, Evidence, FileKind
from crawler.core.lenient_text import fold, words_of
from crawler.core.policy import ConsentPolicy, Readings
from crawler.core.response import Response, kept_headers
from tests.core.consent.makers import (
    BYTES,
    NOW,
    TEXT,
    URL,
    answer,
    evidence,
    page,
    robots,
    url_of,
)

POLICY = ConsentPolicy()

# Every number that bounds how much of a page or file is read on the way to a decision, with what
# keeps a refusal behind it from being lost. A new one must be added here, with its reason.
CAPS = {
    # Beyond these the last carrier is "excess", and the page is refused.
    "content/html/signal_elements.py: MOST_ELEMENTS": "excess",
    "content/html/signal_elements.py: MOST_TEXT": "excess",
    "content/html/signal_elements.py: MOST_SCRIPT_TEXT": "excess",
    "content/html/parsing.py: MAX_ELEMENTS": "excess, if anything that speaks follows",
    "content/html/outlining.py: MAX_BLOCKS": "legal boxes are then taken from the markup",
    "content/html/outlining.py: MAX_TEXT": "legal boxes are then taken from the markup",
    # These cut only what cannot refuse.
    "content/html/signal_elements.py: MANY_METAS": "leaves out citations",
    "content/html/signal_elements.py: BLURB": "cuts descriptions of the page",
    "content/html/signal_elements.py: MAX_URL": "a base longer than any address is none",
    "content/html/class_words.py: _LOOK": "where rights may stand is looked for beyond it",
    # These refuse themselves.
    "consent/rsl.py: MOST_DOCUMENTS": "rsl.too-much-to-read",
    "consent/json_ld_rights.py: MOST_NODES": "too-much-to-read",
    "consent/rsl_document.py: BODY_LIMIT": "rsl.unlicensed",
    "consent/rsl_document.py: _ELEMENTS": "rsl.unlicensed",
    "consent/site_files.py: _LIMIT": "the snapshot says too-much-to-read",
    # And these lose no refusal.
    "consent/robotstxt.py: BODY_LIMIT": "RFC 9309 section 2.5; a line that is cut opens nothing",
    "consent/robotstxt.py: _LINE_LIMIT": "a shorter path refuses more",
    "consent/aipref.py: _LIMIT": "longer values are read for refusals alone",
    "consent/content_signals.py: _LIMIT": "longer values are read for refusals alone",
    "consent/decide.py: _MOST": "keeps every signal that adds a refusal",
    "consent/protocol.py: RAW_LIMIT": "what is shown, not what is read",
    "consent/robots_hints.py: _SITEMAPS": "where sitemaps are refuses nothing",
    "content/html/signal_elements.py: PIECE": "parts a long text",
    "content/html/signal_elements.py: _BIG_TEXT": "a wrapper of the page is no legal box",
    "consent/reduced_evidence.py: _MOST": "what is stored, if it is decided alike",
    "consent/site_file_text.py: _SEEN": "tells text from other files",
}


def test_the_table_of_caps_names_real_ones_and_no_reader_has_another():
    root = Path(crawler.core.__file__).parent
    named = {tuple(key.split(": ")) for key in CAPS}
    for file, name in named:
        assert re.search(rf"^{name}\b.*=", (root / file).read_text("utf-8"), re.MULTILINE), name
    # A number of four digits and more, or a power of two, at the top of a reader is a cap.
    cap = re.compile(
        r"^(_?[A-Z][A-Z_]*)(?:: Final)? = (?:[\d_]{5,}|\d+ ?(?:\*\*|<<) ?\d+)", re.MULTILINE
    )
    readers = [
        *sorted((root / "consent").glob("*.py")),
        root / "content" / "html" / "signal_elements.py",
    ]
    others = {"site_files.py": {"DAY", "_ABSENT"}, "ai_txt.py": {"_SINCE"}}
    found = {
        (path.relative_to(root).as_posix(), name)
        for path in readers
        for name in cap.findall(path.read_text("utf-8"))
        if name not in others.get(path.name, ())
    }
    assert found <= named


def test_a_cut_site_file_and_an_excess_of_elements_refuse_under_a_rule_of_their_own():
    for kind in (FileKind.TDMREP, FileKind.AI_TXT, FileKind.TRUST_TXT):
        snapshot = answer(kind, b"{" + b" " * 2**20)
        decision = decide(evidence(files=(snapshot,)), POLICY, NOW)
        assert decision.reason == "policy.too-much-to-read"
    full = page(carriers=(Carrier(EXCESS, "", "more than is read"),))
    decision = decide(Evidence(URL, (robots(""),), full), POLICY, NOW)
    assert decision.reason == "policy.too-much-to-read"


def test_a_file_of_a_protocol_that_is_only_logged_may_be_too_long():
    policy = ConsentPolicy(readings=Readings(ai_txt="log-only"))
    snapshot = answer(FileKind.AI_TXT, b"#" * (2**20 + 1))

    assert decide(evidence(files=(snapshot,)), policy, NOW)


def test_every_field_line_that_may_refuse_is_kept_whole():
    headers = (*((f"x-{n}", "a" * 9_000) for n in range(300)), ("x-robots-tag", "a, " * 9_000))

    kept = kept_headers(headers)

    assert kept == headers


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", Found.FOUND),
        (b"User-agent: *\n", Found.FOUND),
        ("# Ünïcödé\nUser-agent: *\n".encode("latin-1"), Found.FOUND),
        ("# Юникод\nUser-agent: *\n".encode("cp1251"), Found.FOUND),
        ("# 日本語\nUser-agent: *\n".encode("shift-jis"), Found.FOUND),
        ("User-agent: *\n".encode("utf-16"), Found.FOUND),
        (b"User-agent: *\x1a", Found.FOUND),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(90)), Found.UNREACHABLE),
        (zlib.compress(b"User-agent: *\nDisallow: /\n")[2:-4], Found.UNREACHABLE),
        (b"\x1f\x8b\x08\x00" + bytes(range(128, 250)), Found.UNREACHABLE),
        (bytes(range(256)) * 9, Found.UNREACHABLE),
    ],
)
def test_octets_that_are_no_text_are_no_empty_robots_txt(body, found):
    assert robots(body).found is found


@pytest.mark.parametrize(
    "body",
    [
        bytes(400),
        bytes(range(128, 256)) * 4,
        b"{\\rtf1 User-agent: *}",
        b"\xd0\xcf\x11\xe0\xa1\xb1",
    ],
)
def test_bytes_that_are_no_text_say_nothing(body):
    assert site_file_text.unpacked(body, 10_000) is None


@pytest.mark.parametrize(
    "body",
    ["# правила\nUser-agent: *".encode("cp1251"), "только слова".encode(), b"", b"User-agent: *\0"],
)
def test_text_in_any_encoding_is_text(body):
    assert site_file_text.unpacked(body, 10_000) == body


def test_a_compressed_file_is_bounded_when_it_is_unpacked():
    bomb = zlib.compress(b"# x\n" * 10_000_000)

    assert len(site_file_text.unpacked(bomb, 512_001)) == 512_001


@given(BYTES, st.integers(1, 400))
def test_unpacking_any_octets_gives_at_most_what_is_asked(body, most):
    found = site_file_text.unpacked(zlib.compress(body), most)

    assert found is None or found == body[:most] or len(found) <= max(most, len(body) + 30)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("nofollow", ["nofollow"]),
        ("UGC nofollow", ["ugc", "nofollow"]),
        ("ugc,nofollow", ["ugc", "nofollow"]),
        ('"ugc"; nofollow.', ["ugc", "nofollow"]),
        ("ugc\u3001\uff4eofollow", ["ugc", "nofollow"]),
        ("ugc\u00a0no\u200bfollow", ["ugc", "nofollow"]),
        ("http://ns.test/rel#x next", ["http://ns.test/rel#x", "next"]),
        (" , ; ", []),
    ],
)
def test_a_list_is_parted_however_its_author_did_it(value, words):
    assert words_of(value) == words


@given(TEXT)
def test_folding_twice_is_folding_once(value):
    assert fold(fold(value)) == fold(value)


@given(st.text(alphabet="abcdefghij -\n:", max_size=200))
def test_plain_letters_are_never_changed(value):
    assert fold(value) == value


@given(BYTES)
def test_any_robots_txt_as_it_was_meant_refuses_no_less(body):
    for view in robotstxt.parse(body).views:
        robotstxt.parse(body, view)
    lines = robots_as_meant.lines(robotstxt.decode(body))
    before = decide(Evidence(URL, (robots(body),)), POLICY, NOW)

    if lines is None and robots(body).found is Found.FOUND:
        rule = robotstxt.select(body, "corpusbot").rules.match(("/a",))
        assert not before or rule is None or rule.allow


@pytest.mark.parametrize(
    ("value", "links"),
    [
        ("</a>; rel=next", [("/a", ("next",), "")]),
        ('</a>; title="x\\"; rel=y"; rel="license"', [("/a", ("license",), "")]),
        ('</a>; title="unclosed', [("/a", (), "")]),
        (
            '</a>; rel="a b", </b>; rel=c; type="T/X; q=1"',
            [("/a", ("a", "b"), ""), ("/b", ("c",), "t/x")],
        ),
        ("</a, b>; rel=x", [("/a, b", ("x",), "")]),
        ("</a>; rel*=UTF-8''x; rel = y ", [("/a", ("utf-8", "x", "y"), "")]),
        ("nothing; rel=x", []),
        ("</a", [("/a", (), "")]),
    ],
)
def test_a_link_header_is_read_as_the_rfc_parts_it(value, links):
    assert [(link.href, link.rel, link.type) for link in links_of(value)] == links


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ('{"a": 1}', [{"a": 1}]),
        ('{"a": "b\nc"}', [{"a": "b\nc"}]),
        ('// x\n{"a": "//b", /* "c" */ "d": ["e",],}', [{"a": "//b", "d": ["e"]}]),
        ('{"a": 1} {"b": 2};', [{"a": 1}, {"b": 2}]),
        ("<!-- <![CDATA[ [1, 2] ]]> -->", [[1, 2]]),
        ("{&quot;a&quot;: 1}", [{"a": 1}]),
        ("", []),
        ("no JSON", []),
    ],
)
def test_json_is_read_as_it_was_meant(said, values):
    assert list(lenient_json.read(said).values) == values


def test_of_broken_json_single_pairs_are_known_and_grant_nothing():
    said = (
        '{"license": "https://creativecommons.org/licenses/by/4.0/", "isAccessibleForFree": false'
    )
    html = f'<script type="application/ld+json">{said}</script><p>Text.</p>'
    read = content.parse(Response(URL, 200, (("content-type", "text/html"),), html.encode()))

    assert read.evidence().licences == ()
    assert (
        decide(Evidence(URL, (robots(""),), read.evidence()), POLICY, NOW).reason
        == "paywall.marked"
    )


@given(TEXT)
def test_any_text_can_be_read_as_json(said):
    lenient_json.nodes(said, ("@graph",), most=9, pairs=True)


@given(BYTES)
def test_any_octets_can_be_looked_at_for_a_test(body):
    assert in_place_of(body) == in_place_of(body.lower()) or not body.isascii()


WORDS = st.sampled_from(
    [
        *("just a moment", "are you a robot", "security check", "un instant", "pas un robot"),
        *(
            "ihr browser wird gepr\u00fcft",
            "\u4eba\u673a\u9a8c\u8bc1",
            "verif",
            "javascript",
            "access denied",
        ),
        *(
            "m&#111;ment",
            "<b>",
            "</b>",
            "<script src=/recaptcha>",
            "</script>",
            "<title>",
            "</title>",
        ),
        *("<script>kpsdk.now", "&nbsp;", "<!-- ddos", "-->", "bot", "ddos-guard", " ", "<form>"),
    ]
)


@given(st.lists(WORDS, max_size=9).map(" ".join))
def test_what_cannot_be_a_test_is_told_by_words_without_changing_an_answer(page):
    body = page.encode()
    found, told = in_place_of(body), challenge_pages._told
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(challenge_pages, "_told", lambda low: (told(low)[0], True))

        assert in_place_of(body) == found


def test_no_name_of_a_character_stands_for_a_letter_that_such_words_have():
    letters = {*challenge_pages._TITLE_WORDS, *b"".join(challenge_pages._WIDGETS).decode()}
    named = {name for name, shown in html5.items() if letters & {*shown} - {*" +|.-"}}

    assert {name for name in named if not name.lower().endswith("cy;")} == {"fjlig;"}


def test_a_page_of_many_texts_is_never_taken_for_a_test():
    test = b"<script>window._cf_chl_opt={}</script>"

    assert in_place_of(test + b"<p>Wait.</p>") == "Cloudflare"
    assert in_place_of(test + b"<p>A long story follows. </p>" * 90) == ""
    assert in_place_of(b"<!-- " + test + b" --><p>Hello.</p>") == ""


def test_elements_of_what_is_no_page_by_its_label_grant_nothing():
    licence = '<rsl xmlns="https://rslstandard.org/rsl"><content url=""><license/></content></rsl>'
    html = (
        '<!doctype html><meta name="tdm-reservation" content="0">'
        f'<script type="application/rsl+xml">{licence}</script>'
    )
    for label, value in (("text/html", "allow"), ("text/plain", "unset")):
        read = content.parse(Response(URL, 200, (("content-type", label),), html.encode()))
        decision = decide(Evidence(URL, (robots(""),), read.evidence()), POLICY, NOW)
        assert decision.verdict.ai_train.label == value


def test_another_hosts_rules_bind_that_host_alone():
    file = robots(
        "User-agent: *\nDisallow: https://www.ex.test/a\nDisallow: https://other.test/b\n"
    )

    assert decide(Evidence(URL, (file,)), POLICY, NOW).reason == "robots.disallow"
    assert decide(Evidence(url_of("/b"), (file,)), POLICY, NOW)
    assert not decide(Evidence(url_of("https://other.test/b"), (file,)), POLICY, NOW)


@pytest.mark.parametrize(
    "body",
    [
        "Crawl-delay: 7\nUser-agent: *\nDisallow:\n",
        "User-agent: *\nCrawl delay: 7\n",
        "User-agent: Mozilla/5.0 (compatible; CorpusBot/1.0)\nCrawl-delay: 7\n",
        "User-agent: CorpusBot\nCrawl-delay: 2\n\nUser-agent: *\nCrawl-delay: 7\n",
    ],
)
def test_a_delay_wherever_it_stands_makes_us_slower(body):
    assert robots_hints(robots(body), POLICY).delay == 7


PIECES = st.sampled_from(
    [
        *("<div class=Footer>", "<p id='x-COPYRIGHT'>", "<footer>", "<address>", "<small>", "</p>"),
        *("</div>", "<template>", "</template>", "<title>Terms of use</title>", "<svg>", "</svg>"),
        *("licence terms ", "All rights reserved. ", "<!-- legal -->", "<script>legal</script>"),
        *("<span class='terms'>", "<i title='legal'>", "<noscript>", "</noscript>", "<pre>", "x "),
        *("<script>kpsdk.now</script>", "just a moment ", "<td class=l>", "<textarea class=tdm>"),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_evidence_is_the_same_where_nothing_else_is_asked_of_a_page(html):
    response = Response(URL, 200, (("content-type", "text/html"),), html.encode())

    assert content.parse(response).evidence(alone=True) == content.parse(response).evidence()
