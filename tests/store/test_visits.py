import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.core.decision import Decision, Verdict
from crawler.core.outcome import (
    Failed,
    Kept,
    Learned,
    Missing,
    Moved,
    Refused,
    Resolved,
    Skipped,
    Unchanged,
)
from crawler.core.urls import parse
from crawler.store.ledger import entries, subject_of, verify_chain
from crawler.store.pages import GONE_FOR, Context, record_visit
from crawler.store.suppression import Line, open_suppression
from crawler.store.visit_groups import Done, record_visits
from tests.store import made

URLS = [f"https://a.test/{number}" for number in range(4)]
WAITS = Decision(True, "ok", Verdict(), made.NOW, awaiting=("https://a.test/l.xml",))
OUTCOMES = {
    "kept": Kept(made.YES, made.PLAIN, made.document("Some text")),
    "other": Kept(made.YES, made.EVIDENCE, made.document("Another text", "CC-BY-4.0")),
    "broken": Kept(made.YES, made.PLAIN, made.document("half \ud800 surrogate", title="\udfff")),
    "listed": Kept(made.YES, made.PLAIN, made.document("Not this one")),
    "held": Kept(WAITS, made.PLAIN, made.document("Some text")),
    "refused": Refused(made.NO, made.EVIDENCE),
    "never asked": Refused(made.NO, None),
    "unchanged": Unchanged(made.YES, made.PLAIN),
    "missing": Missing(404),
    "moved": Moved(parse("https://a.test/9"), 301),
    "skipped": Skipped("type"),
    "failed": Failed("timeout"),
    "learned": Learned(made.ROBOTS),
    "resolved": Resolved(("127.0.0.1",), made.NOW),
}
groups = st.lists(
    st.lists(
        st.tuples(st.sampled_from(URLS), st.sampled_from(sorted(OUTCOMES))), min_size=1, max_size=6
    ),
    min_size=1,
    max_size=4,
)


def made_of(folder, groups, record):
    """Return everything a job holds of each URL after `groups`."""
    folder.mkdir(exist_ok=True)
    listed = open_suppression(folder / "list")
    listed.add(Line("text", OUTCOMES["listed"].document.text_sha256, "asked", made.NOW))
    context = Context(made.CONTEXT.policy_sha256, "1", listed)
    job = made.open_made(folder / "job")
    numbers = {url: made.add_url(job, url) for url in URLS}
    for turn, group in enumerate(groups):
        at = made.NOW + turn * GONE_FOR
        done = [
            Done(made.task(numbers[url], url), OUTCOMES[name], made.response(url, at=at), at)
            for url, name in group
        ]
        record(job, done, context)
    assert verify_chain(job) == ()
    found = {url: held(job, url, number) for url, number in numbers.items()}
    total = [
        job.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - fixed names
        for table in ("page", "decision", "tombstone", "refusal", "snapshot", "ledger")
    ]
    job.close()
    return found, total


def held(job, url, number):
    rows = [
        job.execute(f"SELECT * FROM {table} WHERE url_id = ?", (number,)).fetchone()  # noqa: S608
        for table in ("page", "decision")
    ]
    if job.execute("SELECT 1 FROM subject WHERE url_id = ?", (number,)).fetchone() is None:
        return rows, []
    named = entries(job, subject_of(job, number, url).name)
    # What an entry says of its record is salted, and each job has salts of its own.
    return rows, [
        (entry.kind, {**entry.payload, "said": "said" in entry.payload}, entry.at)
        for entry in named
    ]


def one_by_one(job, group, context):
    for task, outcome, response, now in group:
        record_visit(job, task, outcome, response, context, now)


# Each example opens two jobs.
@settings(max_examples=15)
@given(visits=groups)
def test_a_group_is_recorded_as_its_visits_are_one_by_one(visits, tmp_path_factory):
    first, second = (tmp_path_factory.mktemp("job") for _ in range(2))
    assert made_of(first, visits, record_visits) == made_of(second, visits, one_by_one)


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_every_outcome_is_recorded_in_a_group_of_one_page(tmp_path, name):
    visits = [[(URLS[0], "kept"), (URLS[1], name)], [(URLS[0], name)]]
    grouped = made_of(tmp_path / "a", visits, record_visits)
    assert grouped == made_of(tmp_path / "b", visits, one_by_one)
