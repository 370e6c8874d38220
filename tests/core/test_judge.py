"""Tables of answers and what comes of them."""

import pickle

import pytest

from crawler.core.consent import decide
from crawler.core.content import ContentSettings
from crawler.core.content.sitemap import SitemapLimits
from crawler.core.decision import Usage, Value
from crawler.core.evidence import Evidence, FileKind, PageEvidence
from crawler.core.judge import Rules, judge, judge_head, judge_site_file, judge_unchanged
from crawler.core.outcome import (
    Failed,
    Kept,
    Learned,
    Listed,
    Missing,
    Moved,
    Refused,
    Skipped,
    Unchanged,
)
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from crawler.core.task import Task, TaskKind
from tests.core.consent.makers import NOW, ORIGIN, robots, url_of

TRAIN = ConsentPolicy(tokens=("ProofBot", "ProofBot-Train"))
SEARCH = ConsentPolicy(tokens=("ProofBot",), purpose=(Usage.INDEX,), unset="exclude")
URL = url_of("/a/b.html?c")
SITE = (robots("User-agent: *\nAllow: /\n"),)
HTML = ("content-type", "text/html; charset=utf-8")
BODY = b"<!doctype html><title>T</title><main><p>Some words that are worth to be kept.</main>"


def rules(policy=TRAIN):
    return Rules(policy, ContentSettings(), SitemapLimits())


def task(kind=TaskKind.PAGE, **fields):
    return Task(1, URL, kind, ("127.0.0.1",), SITE, **fields)


def response(status=200, *headers, body=b""):
    return Response(URL, status, headers or (HTML,), body)


def head(status=200, *headers, kind=TaskKind.PAGE, **fields):
    return judge_head(task(kind, **fields), response(status, *headers), rules(), NOW)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, "read on"),
        (203, "read on"),
        (304, "read on"),
        (204, Failed("status-204", retry=False)),
        (206, Failed("status-206", retry=False)),
        (300, Failed("status-300", retry=False)),
        (400, Failed("status-400", retry=False)),
        (401, "http.refused"),
        (402, "http.payment"),
        (403, "http.refused"),
        (404, Missing(404)),
        (405, Failed("status-405", retry=False)),
        (407, "http.refused"),
        (408, Failed("status-408")),
        (410, Missing(410)),
        (418, Failed("status-418", retry=False)),
        (425, Failed("status-425")),
        (429, Failed("status-429", host_fault=True)),
        (451, "http.legal"),
        (500, Failed("status-500")),
        (502, Failed("status-502")),
        (503, Failed("status-503", host_fault=True)),
        (599, Failed("status-599")),
        (999, Failed("status-999")),
    ],
)
def test_each_status_has_one_meaning_for_a_page(status, expected):
    outcome = head(status)

    if expected == "read on":
        assert outcome is None
    elif isinstance(expected, str):
        assert isinstance(outcome, Refused)
        assert outcome.decision.reason == expected
    else:
        assert outcome == expected


@pytest.mark.parametrize("status", [200, 203, 304, 401, 402, 403, 404, 410, 429, 451, 500, 503])
def test_whatever_the_status_of_a_site_file_its_answer_is_learned(status):
    asked = task(TaskKind.FILE, file=FileKind.ROBOTS, origin=ORIGIN, asked=f"{ORIGIN}/robots.txt")

    assert judge_head(asked, response(status), rules(), NOW) is None
    assert isinstance(judge(asked, response(status), rules(), NOW), Learned)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, None),
        (404, Missing(404)),
        (403, Failed("status-403", retry=False)),
        (503, Failed("status-503", host_fault=True)),
        (304, Failed("status-304", retry=False)),
    ],
)
def test_a_sitemap_is_read_or_is_not_there(status, expected):
    assert head(status, kind=TaskKind.SITEMAP) == expected


@pytest.mark.parametrize(
    ("location", "to"),
    [
        ("/x", f"{ORIGIN}/x"),
        ("x", f"{ORIGIN}/a/x"),
        ("?y", f"{ORIGIN}/a/b.html?y"),
        ("//other.test/z", "https://other.test/z"),
        ("http://other.test", "http://other.test/"),
        ("HTTP://OTHER.test:80/%7Ea#part", "http://other.test/%7Ea"),
        (" /spaced ", f"{ORIGIN}/spaced"),
        ("/grüße", f"{ORIGIN}/gr%C3%BC%C3%9Fe"),
        ("http://bücher.test/", "http://xn--bcher-kva.test/"),
        ("#top", f"{ORIGIN}/a/b.html?c"),
        ("\\\\other.test\\w", "https://other.test/w"),
        ("", None),
        ("http://", None),
        ("mailto:a@b.test", None),
        ("javascript:alert(1)", None),
        ("ftp://other.test/", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("http://user:secret@other.test/", None),
        ("http://other.test:99999/", None),
        ("http://[::1/", None),
        ("http://a b.test/", None),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_leads_where_a_browser_would_go_or_nowhere(status, location, to):
    outcome = head(status, ("location", location), HTML)

    assert isinstance(outcome, Moved)
    assert (outcome.to.text if outcome.to else None) == to
    assert outcome.why == ("" if to else "bad-redirect")


def test_a_redirect_without_location_leads_nowhere():
    assert head(302) == Moved(None, 302, "bad-redirect")


def test_the_redirect_of_a_site_file_is_a_move_and_a_bad_one_is_an_answer():
    fields = {"file": FileKind.ROBOTS, "origin": ORIGIN, "asked": f"{ORIGIN}/robots.txt"}

    assert head(301, ("location", "/r.txt"), kind=TaskKind.FILE, **fields).to.target == "/r.txt"
    assert head(301, ("location", "mailto:x"), kind=TaskKind.FILE, **fields) is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (("x-robots-tag", "noai"), "robots_meta.noai"),
        (("x-robots-tag", "ProofBot: noai"), "robots_meta.noai"),
        (("tdm-reservation", "1"), "tdmrep.header"),
        (("content-usage", "train-ai=n"), "aipref.header"),
        (("cf-mitigated", "challenge"), "http.challenge"),
    ],
)
def test_a_refusal_in_the_headers_refuses_before_the_body(line, reason):
    outcome = head(200, HTML, line)

    assert isinstance(outcome, Refused)
    assert outcome.decision.reason == reason
    assert not outcome.evidence.read
    assert line in outcome.evidence.headers


@pytest.mark.parametrize("status", [200, 403, 429, 503])
def test_a_challenge_in_place_of_the_page_refuses_whatever_its_status(status):
    outcome = head(status, HTML, ("cf-mitigated", "challenge"))

    assert isinstance(outcome, Refused)
    assert outcome.decision.reason == "http.challenge"


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_headers_of_an_error_page_say_nothing_of_the_page(status):
    outcome = head(status, HTML, ("x-robots-tag", "noai"))

    assert isinstance(outcome, Missing | Failed)


@pytest.mark.parametrize(
    ("status", "value", "expected"),
    [
        (503, "120", (120, True)),
        (502, "120", (120, True)),  # who says when to come again speaks for the host
        (408, "120", (120, True)),
        (500, "-120", (None, False)),
        (500, "0", (0, False)),
    ],
)
def test_an_overload_says_when_to_come_back(status, value, expected):
    outcome = head(status, HTML, ("retry-after", value))

    assert (outcome.retry_after, outcome.host_fault) == expected


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/json"])
def test_what_holds_no_text_is_skipped_at_the_headers(kind):
    assert head(200, ("content-type", kind)) == Skipped("type", kind)


def test_what_holds_no_text_is_still_refused_first():
    outcome = head(200, ("content-type", "application/pdf"), ("x-robots-tag", "noai"))

    assert isinstance(outcome, Refused)


def test_a_page_is_kept_with_its_links_and_evidence():
    outcome = judge(task(), response(body=BODY + b"<a href=/next>"), rules(), NOW)

    assert isinstance(outcome, Kept)
    assert [link.url.target for link in outcome.links] == ["/next"]
    assert outcome.evidence.read


def test_a_refused_document_gives_its_links_and_says_if_they_may_be_followed():
    noai = b'<meta name=robots content="noai">'
    nofollow = b'<meta name=robots content="noai, nofollow">'
    after = BODY + b"<a href=/next>"

    follows = judge(task(), response(body=noai + after), rules(), NOW)
    leaves = judge(task(), response(body=nofollow + after), rules(), NOW)

    assert isinstance(follows, Refused)
    assert isinstance(leaves, Refused)
    assert (len(follows.links), follows.decision.nofollow) == (1, False)
    assert (len(leaves.links), leaves.decision.nofollow) == (1, True)


@pytest.mark.parametrize("body", [b"", b"<!doctype html>", b"<script>1</script>", b"\xff\xfe\x00"])
def test_a_page_without_words_is_skipped(body):
    outcome = judge(task(), response(body=body), rules(), NOW)

    assert isinstance(outcome, Skipped | Kept)
    assert not isinstance(outcome, Kept) or outcome.document.text


def test_a_page_that_names_an_unknown_licence_document_is_kept_until_it_is_known():
    body = b'<link rel=license type="application/rsl+xml" href="//rights.test/l.xml">' + BODY

    outcome = judge(task(), response(body=body), rules(), NOW)

    assert isinstance(outcome, Kept)
    assert outcome.decision.awaiting == ("https://rights.test/l.xml",)


def test_a_sitemap_gives_links():
    body = f"<urlset><url><loc>{ORIGIN}/x</loc></url></urlset>".encode()

    outcome = judge(task(TaskKind.SITEMAP), response(body=body), rules(), NOW)

    assert isinstance(outcome, Listed)
    assert [link.url.target for link in outcome.links] == ["/x"]


def test_a_site_file_that_gave_no_answer_is_out_of_reach():
    asked = task(TaskKind.FILE, file=FileKind.TDMREP, origin=ORIGIN, asked=f"{ORIGIN}/t.json")

    outcome = judge_site_file(asked, None, "timeout-connect", NOW)

    assert (outcome.snapshot.found.value, outcome.snapshot.error) == (
        "unreachable",
        "timeout-connect",
    )


NOAI = ("x-robots-tag", "noai")
YES = ("content-usage", "train-ai=y, search=y")
NO = ("content-usage", "train-ai=n")
ETAG = ("etag", '"1"')


def unchanged(stored, sent, policy=TRAIN):
    held = PageEvidence(200, stored, read=True, content_type="text/html")
    return judge_unchanged(task(), response(304, *sent), held, rules(policy), NOW)


@pytest.mark.parametrize(
    ("stored", "sent", "refused"),
    [
        ((HTML,), (ETAG,), False),
        ((HTML, NOAI), (ETAG,), True),  # a missing header keeps a stored refusal
        ((HTML, NOAI), (ETAG, ("x-robots-tag", "all")), False),  # one that is sent replaces it
        ((HTML,), (NOAI,), True),
        ((HTML, YES), (NO,), True),
        ((HTML, NO), (YES,), False),
        ((HTML, NO), (ETAG,), True),
    ],
)
def test_a_304_is_judged_on_stored_and_new_headers(stored, sent, refused):
    outcome = unchanged(stored, sent)

    assert isinstance(outcome, Refused if refused else Unchanged)


def test_a_304_that_repeats_no_grant_loses_it():
    assert isinstance(unchanged((HTML, YES), (ETAG, YES), SEARCH), Unchanged)
    assert isinstance(unchanged((HTML, YES), (ETAG,), SEARCH), Refused)
    assert unchanged((HTML, YES), (ETAG,)).decision.verdict.ai_train is Value.UNSET


@pytest.mark.parametrize("policy", [TRAIN, SEARCH])
@pytest.mark.parametrize("stored", [(HTML,), (HTML, YES), (HTML, NOAI, YES), (HTML, NO, ETAG)])
@pytest.mark.parametrize("sent", [(ETAG,), (NOAI,), (YES,), (NO, NOAI)])
def test_a_decision_on_a_304_is_what_its_evidence_says(stored, sent, policy):
    outcome = unchanged(stored, sent, policy)

    again = decide(Evidence(URL, SITE, outcome.evidence), policy, NOW)

    assert again == outcome.decision


@pytest.mark.parametrize(
    ("kind", "header", "body"),
    [
        (
            TaskKind.PAGE,
            ("content-type", "text/html"),
            b"<title>T</title><link rel=license href=https://creativecommons.org/licenses/by/4.0/>%s"
            % b"<p>Words of a page. <a href=/next rel=nofollow>Next</a> <a href=https://b.test/>b</a>",
        ),
        (TaskKind.PAGE, ("x-robots-tag", "noai"), b"<a href=/next>Next</a>"),
        (TaskKind.SITEMAP, ("content-type", "text/plain"), b"https://www.example.com/1\n"),
        (TaskKind.FILE, ("content-type", "text/plain"), b"User-agent: *\nDisallow: /x\n"),
    ],
)
def test_what_is_judged_apart_comes_back_whole(kind, header, body):
    # A page that looks built to hang a parser is judged in another process.
    file = FileKind.ROBOTS if kind is TaskKind.FILE else None
    given = (task(kind, file=file), response(200, header, body=body), rules(), NOW)
    sent = pickle.loads(pickle.dumps(given))  # noqa: S301 - our own
    outcome = judge(*sent)

    assert pickle.loads(pickle.dumps(outcome)) == outcome == judge(*given)  # noqa: S301 - our own
