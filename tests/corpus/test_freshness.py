"""Whatever is called too old can be made fresh by asking a site that answers, and is then fresh."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from crawler.config.corpus_tables import Recheck
from crawler.core.consent import FileRequest, read_file
from crawler.core.consent.freshness import too_old
from crawler.core.decision import Found
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from crawler.corpus.upkeep.asking_again import Scope
from tests.core.consent.makers import NOW, ORIGIN, url_of

ROOT = url_of("/")
DAY = 86_400.0
AGES = st.sampled_from((0.0, 60.0, 3_600.0, DAY, 2 * DAY, 30 * DAY, 400 * DAY))
LIVES = st.sampled_from((0.0, 60.0, 900.0, DAY, 7 * DAY, 30 * DAY, 90 * DAY))
BODIES = {
    FileKind.ROBOTS: (
        b"",
        b"User-agent: *\nDisallow: /ai.txt\n",
        b"User-agent: *\nDisallow: /\n",
        b"License: https://ex.test/l.xml\nUser-agent: *\nAllow: /\n",
        b"License: https://ex.test/m.xml\nLicense: https://other.test/n.xml\n",
        b"User-agent: *\nDisallow: /.well-known/\nDisallow: /l.xml\n",
    ),
    FileKind.TDMREP: (b'[{"location": "/", "tdm-reservation": 0}]', b"{"),
    FileKind.AI_TXT: (b"User-agent: *\nAllow: /\n", b""),
    FileKind.TRUST_TXT: (b"datatrainingallowed=yes\n", b""),
    FileKind.RSL: (b"<rsl xmlns='https://rslstandard.org/rsl'></rsl>", b"<"),
    FileKind.TERMS: (b"", b"You may not mine this site."),
}
PLACES = (
    (FileKind.ROBOTS, "/robots.txt"),
    (FileKind.TDMREP, "/.well-known/tdmrep.json"),
    (FileKind.AI_TXT, "/ai.txt"),
    (FileKind.AI_TXT, "/.well-known/ai.txt"),
    (FileKind.TRUST_TXT, "/trust.txt"),
    (FileKind.TRUST_TXT, "/.well-known/trust.txt"),
    (FileKind.RSL, "/l.xml"),
    (FileKind.RSL, "/old.xml"),
    (FileKind.TERMS, "/terms"),
)
POLICIES = st.sampled_from(
    (
        ConsentPolicy(),
        ConsentPolicy(probes={"before": ("tdmrep.json", "ai.txt", "trust.txt"), "after": ()}),
        ConsentPolicy(probes={"before": (), "after": ()}),
        ConsentPolicy(terms="off"),
        ConsentPolicy(terms="log-only"),
    )
)


@st.composite
def site(draw):
    """Draw what is known of an origin: any files, of any age, lifetime and answer."""
    found = []
    for kind, path in PLACES:
        if kind is not FileKind.ROBOTS and not draw(st.booleans()):
            continue
        at = NOW - draw(AGES)
        answer = draw(st.sampled_from((Found.FOUND, Found.FOUND, Found.ABSENT, Found.UNREACHABLE)))
        if kind is FileKind.TERMS and draw(st.booleans()):
            found.append(Snapshot(kind, url_of(path).text, Found.NOT_SOUGHT, 0.0))
            continue
        body = draw(st.sampled_from(BODIES[kind])) if answer is Found.FOUND else b""
        ends = at + draw(LIVES)
        found.append(
            Snapshot(kind, url_of(path).text, answer, at, 200, body=body, expires_at=ends, id=1)
        )
    return tuple(found)


def served(known):
    """Return what an unchanged site that is reachable answers at each of its addresses."""
    return {
        item.url: (404, b"") if item.found is not Found.FOUND else (200, item.body)
        for item in known
    }


def ask(request, pages, now):
    status, body = pages.get(request.url.text, (404, b""))
    answer = read_file(request, Response(request.url, status, (), body), "", 0, now)
    return replace(answer, id=2)


@given(site(), POLICIES, AGES, st.integers(0, 5), st.floats(0, 1))
def test_after_asking_for_what_is_too_old_nothing_is(known, policy, age, given_pages, later):
    pages = served(known)
    before = Scope(Recheck(), policy).before(age, NOW)
    later *= before - (NOW - age)  # as long as the recheck looks ahead
    asked = set()
    for _ in range(40):
        wanted = too_old(ROOT, known, policy, before, NOW, given_pages)
        if not wanted:
            break
        for request in wanted:
            place = (request.kind, request.url.text)
            assert place not in asked, "asked twice"
            asked.add(place)
            rest = tuple(item for item in known if (item.kind, item.url) != place)
            known = (*rest, ask(request, pages, NOW + later))

    assert too_old(ROOT, known, policy, before, NOW, given_pages) == ()
    # ... nor does an export call it stale then, by the clock of its own day.
    assert too_old(ROOT, known, policy, NOW + later - age, NOW + later, given_pages) == ()


@given(site(), POLICIES, AGES, st.integers(0, 5))
def test_robots_comes_alone_and_only_what_was_asked_before_is_asked_again(known, policy, age, n):
    wanted = too_old(ROOT, known, policy, NOW - age, NOW, n)

    kinds = [request.kind for request in wanted]
    assert FileKind.ROBOTS not in kinds or kinds == [FileKind.ROBOTS]
    places = {(item.kind, item.url): item for item in known}
    for request in wanted:
        item = places[request.kind, request.url.text]
        if item.kind is FileKind.TERMS:
            assert item.expires_at <= NOW - age
        else:
            assert item.fetched_at < NOW - age


def test_a_file_within_its_own_lifetime_is_too_old_where_the_policy_says_so():
    absent = Snapshot(FileKind.TDMREP, url_of("/.well-known/tdmrep.json").text, Found.ABSENT,
                      NOW - 3 * DAY, 404, expires_at=NOW + 4 * DAY)  # fmt: skip
    fresh = Snapshot(FileKind.ROBOTS, url_of("/robots.txt").text, Found.ABSENT, NOW, 404)

    (wanted,) = too_old(ROOT, (fresh, absent), ConsentPolicy(), NOW - 2 * DAY, NOW)
    assert wanted == FileRequest(FileKind.TDMREP, url_of("/.well-known/tdmrep.json"), ORIGIN)


def test_what_robots_shuts_is_never_too_old():
    shut = b"User-agent: *\nDisallow: /.well-known/\n"
    robots = Snapshot(FileKind.ROBOTS, url_of("/robots.txt").text, Found.FOUND, NOW, 200, body=shut)
    old = Snapshot(FileKind.TDMREP, url_of("/.well-known/tdmrep.json").text, Found.ABSENT, 0.0)

    assert too_old(ROOT, (robots, old), ConsentPolicy(), NOW - DAY, NOW) == ()
