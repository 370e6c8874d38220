"""Gate 1 for a whole host: URLs that match the same rules share a yes, and nothing else changes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.core.consent import decide, next_file
from crawler.core.decision import Found
from crawler.core.evidence import Evidence, FileKind, Snapshot
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import parse
from crawler.frontier.gate_one import RealConsent

_NOW = 1_800_000_000.0
_POLICY = ConsentPolicy(tokens=("ours",))
_PATHS = ("/", "/a", "/a/", "/a/b", "/a/b.html", "/b?x=1", "/b?x=1&y", "/c%2Fd", "/robots.txt",
          "/A/b", "/a/b/c$", "/é", "/private/x.pdf", "/p*q")  # fmt: skip
_URLS = [parse(f"https://site.test{path}") for path in _PATHS]
_LINES = st.sampled_from(
    [f"{name}: {value}" for name in ("Allow", "Disallow")
     for value in ("/", "/a", "/a/b$", "/*.html", "/b?x", "/c%2fd", "/p%2Aq", "*.pdf", "")]
    + ["User-agent: *", "User-agent: ours", "Content-Usage: /a train-ai=n", "Noindex: /b",
       "Content-Signal: /a ai-train=no", "Content-Usage: train-ai=y", "DisallowAITraining: /a",
       "License: https://l.test/x.xml", "", "Crawl-delay: 3"]
)  # fmt: skip
_TDM = st.sampled_from(
    [b"", b"[]", b'[{"location": "/a/*", "tdm-reservation": 1}]', b"{",
     b'[{"location": "/a/b$", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]']
)  # fmt: skip
_AI = st.sampled_from([b"", b"User-agent: *\nDisallow: /a\n", b"User-agent: *\nDisallow: *.pdf\n"])


def _site(robots, tdm, ai, found, fetched=_NOW - 10):
    bodies = {"robots": "\n".join(robots).encode(), "tdmrep": tdm, "ai": ai}
    files = [
        (FileKind.ROBOTS, "/robots.txt", bodies["robots"], found),
        (FileKind.TDMREP, "/.well-known/tdmrep.json", tdm, Found.FOUND if tdm else Found.ABSENT),
        (FileKind.AI_TXT, "/ai.txt", ai, Found.FOUND if ai else Found.ABSENT),
    ]
    return tuple(
        Snapshot(kind, f"https://site.test{path}", how, fetched, status=200, body=body,
                 content_type="text/plain", expires_at=_NOW + 1e4)
        for kind, path, body, how in files
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(_LINES, max_size=12), _TDM, _AI, st.sampled_from(list(Found)), st.permutations(_URLS)
)
def test_every_url_is_decided_on_as_if_it_were_alone(robots, tdm, ai, found, urls):
    site = _site(["User-agent: *", *robots], tdm, ai, found)
    decide_on = RealConsent().deciding(_POLICY, _NOW)
    for url in urls:
        alone = decide(Evidence(url, site), _POLICY, _NOW)
        assert decide_on(url, site) == alone


def test_what_was_learned_meanwhile_counts():
    decide_on = RealConsent().deciding(_POLICY, _NOW)
    url = parse("https://site.test/a")
    before = _site([], b"", b"", Found.ABSENT)
    after = _site(["User-agent: *", "Disallow: /a"], b"", b"", Found.FOUND)
    assert decide_on(url, before)
    assert not decide_on(url, after)
    assert decide_on(url, before)


@settings(max_examples=40, deadline=None)
@given(st.lists(_LINES, max_size=8), _TDM, st.booleans(), st.permutations(_URLS))
def test_where_all_is_known_no_url_has_a_file_asked_for(robots, tdm, current, urls):
    site = _site(["User-agent: *", *robots], tdm, b"", Found.FOUND)
    now = _NOW if current else _NOW + 2e4
    if RealConsent().knows_all(urls[0], site, _POLICY, now, 9):
        assert all(next_file(url, site, _POLICY, now, 9) is None for url in urls)
