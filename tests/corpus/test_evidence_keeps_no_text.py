"""Evidence keeps the statement about rights, and never the text of the work."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core import content
from crawler.core.consent import decide
from crawler.core.consent.protocols import literal_readings
from crawler.core.consent.reduced_evidence import reduced, reduced_page, statement
from crawler.core.evidence import Carrier, Evidence, PageEvidence
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from crawler.core.urls import parse
from crawler.store.canonical import unpack
from crawler.store.evidence import pack_evidence, unpack_evidence
from tests import vectors
from tests.core.consent.makers import NOW, any_evidence
from tests.core.consent.makers import evidence as evidence_of

VECTORS = json.loads(
    (Path(__file__).parents[1] / "core" / "consent" / "vectors.json").read_text(encoding="utf-8")
)
POLICIES = (ConsentPolicy(), ConsentPolicy(readings=literal_readings()))
SECRET = " ".join(f"Entry {n} of the diary of Ada Zebrawood, number {n * 7919}." for n in range(90))
NO_TRAINING = "Text and data mining is prohibited. AI training is not permitted."
LD = "application/ld+json"


def same(one, other):
    """Say if two decisions are the same, in all that is stored of them and all that counts."""
    return (one.included, one.reason, one.verdict, one.deciding, one.awaiting, one.nofollow) == (
        other.included, other.reason, other.verdict, other.deciding, other.awaiting,
        other.nofollow,
    ) and [(s.rule, s.place, s.says, s.counts) for s in one.signals] == [
        (s.rule, s.place, s.says, s.counts) for s in other.signals
    ]  # fmt: skip


def decided_alike(case):
    if case.page is None:
        return True
    less = Evidence(case.url, case.site, reduced_page(case.page))
    return all(same(decide(case, policy, NOW), decide(less, policy, NOW)) for policy in POLICIES)


@pytest.mark.parametrize("case", VECTORS, ids=[case["id"] for case in VECTORS])
def test_every_vector_is_decided_alike_from_what_is_kept(case):
    url = parse(case["in"].get("url", "https://ex.test/a"))
    page = vectors._page(case["in"], url)

    assert decided_alike(Evidence(url, (vectors._robots(case["in"], url),), page))


@given(any_evidence())
def test_any_evidence_is_decided_alike_from_what_is_kept(case):
    assert decided_alike(case)


KEYS = st.sampled_from(
    ["isAccessibleForFree", "usageInfo", "copyrightNotice", "license", "@type", "@graph", "hasPart",
     "mainEntity", "mainEntityOfPage", "articleBody", "text", "name", "author", "cssSelector",
     "schema:isAccessibleForFree", "conditionsOfAccess", "url", "description"]
)  # fmt: skip
LEAVES = st.sampled_from(
    [True, False, None, 0, "False", "no", NO_TRAINING, SECRET, SECRET + NO_TRAINING + SECRET,
     "NewsArticle", "Product", ".paywall", "https://schema.org/False", "CC BY 4.0"]
)  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)
HARM = st.sampled_from(
    [str, lambda text: text + ",", lambda text: text[:-1], lambda text: "//<![CDATA[\n" + text,
     lambda text: text.replace(":", ": /* why */", 1), lambda text: f"<!--{text}-->",
     lambda text: text.replace('"', "'"), lambda text: text.replace("Entry 7", 'Entry "7"'),
     lambda text: text.replace("}", ",}"), lambda text: text + text, lambda text: f"x = {text};",
     lambda text: text.replace('"', "&quot;"), lambda text: text.replace(" of ", "\n of ")]
)  # fmt: skip


@given(TREES, HARM)
def test_any_json_ld_is_decided_alike_from_what_is_kept(tree, harm):
    carrier = Carrier("script", LD, harm(json.dumps(tree)), "script")

    assert decided_alike(evidence_of(carriers=(carrier,)))
    assert reduced(reduced(carrier)) == reduced(carrier)


SENTENCES = st.lists(
    st.sampled_from(
        [SECRET[:600], NO_TRAINING, "All rights reserved", "\u00a9 2026 The Gazette", "Read more",
         "KI-Training ist untersagt", "no AI training", "Text und Data Mining vorbehalten",
         "jede Nutzung zum Training von KI ist verboten", "We train dogs", "Terms of use",
         "Users may not:", "- train AI models on the texts", "AI training?", "No", "Yes",
         '"AI training is forbidden", a court says', "You may", "crawling is prohibited",
         "the texts of this site, which is long enough a line to be wrapped, may not\nbe used to",
         "\u7981\u6b62\u7528\u4e8e\u4eba\u5de5\u667a\u80fd\u8bad\u7ec3"]
    ),
    max_size=12,
)  # fmt: skip


@given(SENTENCES, st.sampled_from([". ", "; ", " | ", "\n", " \u2022 ", "! "]))
def test_any_prose_is_decided_alike_from_what_is_kept(sentences, between):
    text = between.join(sentences)
    carriers = (
        Carrier("prose", "footer", " ".join(text.split()), "footer"),
        Carrier("prose", "text", text, "text"),
        Carrier("meta", "copyright", text, "name"),
        Carrier("meta", "description", text, "name"),
        Carrier("script", LD, json.dumps({"usageInfo": {"text": text}}), "script"),
    )

    assert decided_alike(evidence_of(carriers=carriers))
    assert all(reduced(reduced(item)) == reduced(item) for item in carriers)


def ld(value):
    return Carrier("script", LD, value if isinstance(value, str) else json.dumps(value), "script")


ARTICLE = {"@type": "Article", "articleBody": SECRET, "author": {"name": "Ada Zebrawood"}}
CARRIERS = [
    ld(ARTICLE),
    ld([ARTICLE]),
    ld({"@graph": [{"@type": "WebPage", "license": "https://x.test/"}, ARTICLE]}),
    ld({**ARTICLE, "isAccessibleForFree": False}),
    ld({**ARTICLE, "license": {"@type": "CreativeWork", "name": "CC BY", "text": SECRET}}),
    ld({**ARTICLE, "usageInfo": SECRET}),
    ld({"@type": "Review", "reviewBody": SECRET, "license": "CC0"}),
    ld({"@type": "Recipe", "recipeInstructions": [{"text": SECRET}], "usageInfo": NO_TRAINING}),
    ld({"@type": "VideoObject", "transcript": [SECRET, SECRET], "copyrightNotice": NO_TRAINING}),
    ld({"license": {"author": {"description": SECRET}}, "copyrightHolder": {"name": SECRET}}),
    ld(json.dumps({**ARTICLE, "license": "x"})[:-1]),
    ld(json.dumps({**ARTICLE, "license": "x"}).replace("Entry 5", 'Entry "5"')),
    ld(json.dumps({**ARTICLE, "license": "x"}).replace("}", ",}")),
    ld("/* " + SECRET + " */" + json.dumps({"license": "x"}) + ";"),
    ld("// " + SECRET + "\n" + json.dumps({"license": "x"}) + ","),
    ld(json.dumps({**ARTICLE, "license": "x"}).replace('"', "'")),
    ld(json.dumps({**ARTICLE, "license": "x"}).replace('"', "&quot;")),
    ld(json.dumps({"license": "x", "articleBody": SECRET})[:-2]),
    ld('{"license": "x"} ' + SECRET),
    Carrier("script", "application/rsl+xml", f"<rsl>{' ' * 600}<!-- {SECRET} --></rsl>", "script"),
    Carrier("script", "application/rsl+xml", f"<rsl>{'<a/>' * 200}<b>{SECRET}</b></rsl>", "script"),
    Carrier("meta", "description", SECRET[:4_000], "name"),
    Carrier("meta", "og:description", SECRET[:290], "property"),
    Carrier("meta", "author", "Ada Zebrawood", "name"),
    Carrier("meta", "citation_abstract", SECRET[:4_000], "name"),
    Carrier("meta", "copyright", SECRET[:4_000], "name"),
    Carrier("meta", "anything", SECRET[:4_000], "name"),
    Carrier("prose", "footer", SECRET[:8_000], "footer"),
    Carrier("prose", "small", SECRET[:100], "small"),
    Carrier("itemprop", "text", SECRET, "body"),
]


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda item: f"{item.name[:12]}")
def test_no_text_of_the_work_is_kept(carrier):
    kept = reduced(carrier).text

    assert "Zebrawood" not in kept
    assert "Entry" not in kept


def test_a_statement_within_a_text_is_kept_and_the_text_is_not():
    kept = statement(SECRET + " " + NO_TRAINING + " " + SECRET)

    assert "Zebrawood" not in kept
    assert kept == NO_TRAINING


def test_what_is_stored_is_what_is_reduced():
    page = PageEvidence(200, (), (ld({**ARTICLE, "isAccessibleForFree": False}),), (), read=True)

    packed = pack_evidence(page)

    assert "Zebrawood" not in json.dumps(unpack(packed))
    assert unpack_evidence(packed) == reduced_page(page)


def test_a_whole_page_is_decided_alike():
    html = (
        f"<title>x</title><meta name=description content='{SECRET[:900]}'>"
        f"<meta name=robots content=noai><script type={LD}>{json.dumps(ARTICLE)}</script>"
        f"<article><p>{SECRET}</p></article><footer>{NO_TRAINING}</footer>"
    )
    url = parse("https://a.test/")
    page = content.parse(Response(url, 200, (("content-type", "text/html"),), html.encode()))
    evidence = page.evidence()

    assert decided_alike(Evidence(url, (), evidence))
    assert "Zebrawood" not in str(reduced_page(evidence).carriers)
