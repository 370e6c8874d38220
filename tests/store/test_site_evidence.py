"""What speaks for a URL at a time: the newest answer of each place, and what it waits for."""

from dataclasses import replace

import pytest

from crawler.core.decision import Found
from crawler.core.evidence import Evidence, FileKind
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import parse
from crawler.store.site_evidence import judge, says_otherwise, speaks_for
from tests.store import made
from tests.store.made import NOW, PLAIN, POLICY, ROBOTS

A = "https://a.test"
RSL = (
    b'<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>'
    b'<prohibits type="usage">all</prohibits></license></content></rsl>'
)


@pytest.fixture
def job(tmp_path):
    connection = made.open_made(tmp_path / "job")
    yield connection
    connection.close()


def learn(job, at=0.0, origin=A, url="", kind=FileKind.ROBOTS, **about):
    snapshot = replace(ROBOTS, kind=kind, url=url or f"{origin}/robots.txt", **about)
    return made.learn(job, origin, replace(snapshot, fetched_at=NOW + at))


def test_the_newest_answer_of_each_place_speaks_whenever_it_was_stored(job):
    new = learn(job, 9)
    old = learn(job, 5)  # stored later: it came with a merge
    ai = learn(job, 7, kind=FileKind.AI_TXT, url=f"{A}/ai.txt")
    learn(job, 8, origin="http://a.test")
    learn(job, 8, origin="https://a.test:8443")

    assert speaks_for(job, A) == (ai, new)
    assert speaks_for(job, A, NOW + 8) == (ai, old)
    assert speaks_for(job, A, NOW + 5) == (old,)
    assert speaks_for(job, A, NOW + 4) == ()
    assert speaks_for(job, A, NOW + 4, [new.id]) == (new,)  # it was known, whatever its date


def test_of_answers_at_one_moment_the_last_stored_speaks(job):
    learn(job, body=b"one")
    last = learn(job, body=b"two")

    assert speaks_for(job, A) == (last,)


def test_a_licence_document_speaks_for_whom_it_is_attached_to_or_was_used_for(job):
    robots = learn(job)
    one = learn(job, 1, origin="", url="https://l.test/1", kind=FileKind.RSL)
    two = learn(job, 2, origin="", url="https://l.test/1", kind=FileKind.RSL)

    assert speaks_for(job, A) == (robots,)
    assert speaks_for(job, A, None, [one.id]) == (robots, two)
    job.execute("INSERT INTO licence_file VALUES (?, 'https://l.test/1')", (A,))
    assert speaks_for(job, A) == (robots, two)
    assert speaks_for(job, A, NOW + 1) == (robots, one)


@pytest.mark.parametrize(
    ("change", "news"),
    [
        ({}, False),
        ({"headers": (("date", "another"),)}, False),
        ({"expires_at": NOW + 1e6}, False),
        ({"body": b"another"}, True),
        ({"found": Found.ABSENT}, True),
        ({"status": 206}, True),
        ({"headers": ((":unreachable-since", "1.0"),)}, True),
        ({"url": f"{A}/ai.txt", "kind": FileKind.AI_TXT}, True),
        ({"url": f"{A}/ai.txt", "kind": FileKind.AI_TXT, "found": Found.ABSENT}, False),
    ],
)
def test_only_what_a_reader_would_notice_is_news(job, change, news):
    before = learn(job)
    after = learn(job, 9, **change)

    assert says_otherwise([before], [after]) is news


def test_a_document_that_is_named_and_known_takes_part(job):
    robots = learn(job, body=b"License: https://l.test/1\nUser-agent: *\nAllow: /\n")
    evidence = Evidence(parse(f"{A}/x"), (robots,), PLAIN)

    waiting = judge(job, evidence, POLICY, NOW)
    document = learn(job, 5, origin="", url="https://l.test/1", kind=FileKind.RSL, body=RSL)
    known = judge(job, evidence, POLICY, NOW + 9)

    assert (bool(waiting.decision), waiting.keeps, waiting.waits) == (
        True,
        False,
        ("https://l.test/1",),
    )
    assert (known.decision.reason, known.waits) == ("rsl.terms", ())
    assert known.evidence.site == (robots, document)
    assert judge(job, evidence, POLICY, NOW, at=NOW).waits == waiting.waits


def test_a_file_that_is_due_is_waited_for_unless_all_is_refused_anyway(job):
    policy = ConsentPolicy(probes=("ai.txt",))
    robots = learn(job, body=b"User-agent: *\nDisallow: /no\n")

    def judged(path):
        return judge(job, Evidence(parse(A + path), (robots,), PLAIN), policy, NOW)

    assert judged("/yes").waits == (f"{A}/ai.txt",)
    assert not judged("/yes").keeps
    assert judged("/no").waits == ()
    assert judged("/no").decision.refused
