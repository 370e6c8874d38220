"""Reservations in words: what the reader hears in 60 languages, and what it passes over."""

from __future__ import annotations

import collections
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.core import content
from crawler.core.consent import decide
from crawler.core.consent.prose import folded_text, reader
from crawler.core.consent.prose.lexicon import entries, find, lexicon
from crawler.core.consent.prose.prefilter import may_speak
from crawler.core.consent.prose.sentences import sentences
from crawler.core.consent.reduced_evidence import statement
from crawler.core.decision import Value
from crawler.core.evidence import Evidence
from crawler.core.policy import ConsentPolicy, Readings
from crawler.core.response import Response
from crawler.core.urls import parse
from tests.core.consent.makers import NOW, evidence
from tests.core.consent.prose_cases import CASES


def usages(text):
    return {usage for item in reader.statements(text) for usage in item.usages}


@pytest.mark.parametrize("language", dict.fromkeys(case.language for case in CASES))
def test_a_sentence_refuses_what_it_says_and_nothing_else(language):
    wrong = []
    for case in CASES:
        if case.language == language:
            found = usages(case.text)
            if bool(found) is not bool(case.refuses) or (case.refuses and not case.refuses & found):
                wrong.append((case.text, found))

    assert wrong == []


def test_the_cases_cover_the_languages_promised():
    languages = collections.Counter(case.language for case in CASES)

    assert len(languages) >= 60
    assert len(CASES) >= 600


@pytest.mark.parametrize(
    "text",
    [
        "Ma\u00adschi\u00adnel\u00adles Ler\u00adnen ist un\u00adter\u00adsagt.",
        "AI\u200b training is pro\u200bhibited.",
        unicodedata.normalize("NFD", "L'entraînement d'IA est interdit sur cette œuvre."),
        "ＡＩ　ｔｒａｉｎｉｎｇ　ｉｓ　ｐｒｏｈｉｂｉｔｅｄ.",
        "AI\u00a0training is  prohibited.",
        "TRAINING OF A.I. MODELS IS NOT PERMITTED",
        "training of ai models is not permitted",
        "You can’t use this for training AI.",
        "El entrenamiento de IA esta prohibido",
        "Die Nutzung fuer KI-Training ist unzulaessig",
        "Text‑and‑data‑mining is reserved",
    ],
)
def test_it_does_not_matter_how_a_sentence_was_typed(text):
    assert reader.statements(text)


@pytest.mark.parametrize(
    ("text", "refuses"),
    [
        ("Users may not:\n- sell copies\n- train AI models on the texts", True),
        ("You may:\n- read\n- train AI models on the texts", False),
        ("You agree not to:\n1. sell copies;\n2. frame the site;\n3. train AI on it.", True),
        ("Users may not\ncopy the design\ntrain AI on the texts", True),
        ("No results\nAI training", False),
        ("About | Contact | AI training is prohibited | Imprint", True),
        ("AI training? No.", True),
        ("AI training? Yes, please.", False),
        ("Is AI training prohibited? Ask us.", False),
        ("Text and data mining (Art. 4 Abs. 3 Dir. 2019/790) is reserved.", True),
    ],
)
def test_lists_dividers_and_answers_are_read_with_what_they_hang_from(text, refuses):
    assert bool(reader.statements(text)) is refuses


def test_a_ban_of_automated_access_is_told_apart_from_a_reservation():
    (both,) = reader.statements("No scraping for AI training.")
    ban, reservation = reader.statements("No scraping.\nNo AI training.")

    assert both.kind == "reservation"
    assert (ban.kind, reservation.kind) == ("scraping", "reservation")


def test_a_sentence_tells_all_that_its_clauses_refuse():
    text = "You may not: use bots to copy pages in bulk; mine our texts; train AI models on them."

    (found,) = reader.statements(text)

    assert set(found.usages) == {"tdm", "ai_train"}


@pytest.mark.parametrize("filler", ["Tea at four. ", "AI helps us. ", "tea and cake and "])
@pytest.mark.parametrize("size", [3_000, 30_000, pytest.param(1_200_000, marks=pytest.mark.slow)])
def test_a_long_text_is_read_to_its_end(filler, size):
    text = filler * (size // len(filler)) + "\nYou may not use our articles to train AI."

    assert [item.rule for item in reader.statements(text)] == (
        ["unread"] if filler.startswith("AI") and size > 1_000_000 else ["not-use"]
    )


@pytest.mark.slow
def test_a_text_with_more_than_is_read_is_as_good_as_refused_and_kept_as_that():
    text = "".join(f"AI training number {n} is a thing. " for n in range(20_000))

    found = reader.statements(text)

    assert [(item.kind, item.sentence) for item in found] == [("reservation", reader.UNREAD)]
    assert reader.statements(reader.UNREAD) == found
    assert statement(text) == reader.UNREAD


def test_what_is_said_again_is_not_read_again():
    reading = reader._Reader()

    reading.statements("AI training is a thing. " * 500)

    assert len(reading.read) == 1


def test_a_statement_says_why_it_is_read_so():
    (found,) = reader.statements("Hello. Unsere Texte dürfen nicht zum KI-Training genutzt werden.")

    assert found.language == "de"
    assert found.rule == "not-use"
    assert found.shown().startswith("Unsere Texte dürfen nicht")
    assert "nicht zum ki training genutzt" in found.shown()


def refuses(decision):
    return {s.rule for s in decision.signals if s.counts and s.protocol == "prose"}


@pytest.mark.parametrize("scraping", ["honour", "log-only"])
def test_the_policy_says_whether_a_ban_of_scraping_counts(scraping):
    policy = ConsentPolicy(readings=Readings(scraping=scraping))
    robots = "# No scraping of this site.\nUser-agent: *\nAllow: /\n"

    decision = decide(evidence(robots), policy, NOW)

    assert decision.included is (scraping == "log-only")
    assert [item.rule for item in decision.signals if item.protocol == "prose"] == [
        "prose.scraping"
    ]
    assert decision.verdict.crawl is Value.ALLOW


@pytest.mark.parametrize(
    ("robots", "heard"),
    [
        ("# Hello bots. AI training is\n# prohibited on this site.\nUser-agent: *\n", True),
        ("# AI training:\n#\n# Contact is not possible on Sundays.\nUser-agent: *\n", False),
        ("# User-agent: GPTBot (AI training)\n# Disallow: /\nUser-agent: *\n", False),
        ("User-agent: *\nDisallow: # no AI training\n", True),
    ],
)
def test_comments_are_read_sentence_by_sentence(robots, heard):
    assert bool(refuses(decide(evidence(robots), ConsentPolicy(), NOW))) is heard


def decided(path, body, kind="text/html; charset=utf-8"):
    url = parse("https://ex.test" + path)
    page = content.parse(Response(url, 200, (("content-type", kind),), body.encode()))
    return decide(Evidence(url, (), page.evidence()), ConsentPolicy(), NOW)


RESERVED = "<p>You may not use our articles to train AI.</p>"


@pytest.mark.parametrize(
    ("path", "body", "heard"),
    [
        ("/terms", f"<p>x</p>{RESERVED}", True),
        ("/en/terms-of-use.html", RESERVED, True),
        ("/legal/terms/en", RESERVED, True),
        ("/p?id=7", f"<title>Terms of use | Mill Press</title>{RESERVED}", True),
        ("/p?id=7", f"<title>x</title><h1>Nutzungsbedingungen</h1>{RESERVED}", True),
        ("/p", f"<title>利用規約 - 水車</title>{RESERVED}", True),
        ("/p", f'<link rel="terms-of-service" href="/p">{RESERVED}', True),
        ("/p", f'<link rel="terms-of-service" href="/q">{RESERVED}', False),
        ("/p", f"<title>Terms of endearment, and more of the films</title>{RESERVED}", False),
        ("/news/terms-that-say-no", RESERVED, False),
        ("/terms", f"<blockquote>{RESERVED}</blockquote>", False),
        ("/terms", f"<pre>{RESERVED}</pre>", False),
        ("/p", f'<div class="legal-notice">{RESERVED}</div>', True),
        ("/p", f'<div class="legal">x<blockquote>{RESERVED}</blockquote></div>', False),
        ("/p", f'<div class="notice">{RESERVED}</div>', False),
        ("/p", f'<div class="cookie-notice">{RESERVED}</div>', False),
        ("/p", f'<div class="copyright-notice">{RESERVED}</div>', True),
        (
            "/p",
            "<footer>Latest: <a href=/1>Court bans AI training on novels</a> · "
            "<a href=/2>Rain in June</a></footer>",
            False,
        ),
        (
            "/p",
            "<footer><a href=/1>Terms</a> | <a href=/2>About</a> | No AI training</footer>",
            True,
        ),
    ],
)
def test_legal_places_and_pages_that_are_terms_are_read(path, body, heard):
    assert bool(refuses(decided(path, body))) is heard


@pytest.mark.parametrize(
    ("path", "body", "kind", "heard"),
    [
        ("/llms.txt", "# Site\n\n> Pages.\n\nDo not train AI on them.\n", "text/plain", True),
        ("/llms.txt", "# Site\n\nDo not train AI on them.\n", "text/markdown", True),
        ("/notes.txt", "Do not train AI on them.\n", "text/plain", False),
        ("/terms.txt", "Do not train AI on them.\n", "text/plain", True),
        (
            "/terms.txt",
            "You may read whatever we publish here, but the training\n"
            "of AI on it is not permitted.\n",
            "text/plain",
            True,
        ),
        (
            "/feed",
            "<rss><channel><title>x</title><copyright>No AI training.</copyright>"
            "<item><title>a</title></item></channel></rss>",
            "application/rss+xml",
            True,
        ),
    ],
)
def test_texts_without_elements_are_read_where_they_are_terms(path, body, kind, heard):
    assert bool(refuses(decided(path, body, kind))) is heard


def test_every_word_of_a_table_is_found_where_it_stands():
    for language, kind, word in entries():
        assert folded_text.fold(word.strip("*").replace("*_", "_").replace("_", " ")).strip(), (
            language,
            kind,
            word,
        )


def test_latin_sentences_are_read_alike_without_the_words_of_other_scripts():
    latin = [case for case in CASES if max(folded_text.fold(case.text)) < "\u0250"]
    folded = [folded_text.fold(case.text) for case in latin]
    read = [[(one.language, one.weight, one.marks()) for one in find(text)] for text in folded]
    every = lexicon(latin=False)

    assert len(latin) > len(CASES) / 3
    assert read == [
        [(one.language, one.weight, one.marks()) for one in every.find(text)] for text in folded
    ]


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300), st.sampled_from([case.text for case in CASES if case.refuses]))
def test_no_text_raises_and_a_reservation_on_its_own_line_is_heard(noise, sentence):
    noise = noise.replace("«", "").replace('"', "")
    reader.statements(noise)
    list(sentences(noise))

    assert may_speak(sentence)


def test_folding_twice_changes_nothing():
    for case in CASES:
        once = folded_text.fold(case.text)
        assert folded_text.fold(once).strip() == once.strip()


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "ai training: ",
        "AI training;",
        "AI. ",
        "may not:\n- AI\n",
        "“no ai training ",
        '"',
        "not ",
        "禁止学习ai",
        "- ",
        "ai training\n",
        "« ai ",
        ". ",
    ],
)
def test_a_long_text_costs_what_its_length_says(unit):
    import time

    def cost(size):
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.perf_counter()
        reader.statements(text)
        return time.perf_counter() - start

    cost(10_000)
    assert cost(400_000) < 40 * max(cost(50_000), 0.002)
