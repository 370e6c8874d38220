import pytest

from crawler.config.corpus_tables import Recheck
from crawler.core.consent import decide, rules_version
from crawler.core.decision import Decision, Found, Verdict
from crawler.core.evidence import Evidence
from crawler.core.outcome import Failed, Kept, Unchanged
from crawler.corpus.export.export_job import export
from crawler.corpus.upkeep.asking_again import Scope, files_due, pages_due
from crawler.corpus.upkeep.recheck import (
    Rechecked,
    decide_pages_again,
    pages_to_decide_again,
    reconsent,
)
from crawler.corpus.upkeep.verify_job import verify
from crawler.store.ledger import entries
from crawler.store.pages import Context, record_visit
from tests.cli.run import run
from tests.corpus import made
from tests.store import made as store
from tests.store.made import NOW, POLICY, ROBOTS

DAY = 86_400.0
CONTEXT = Context(POLICY.sha256, rules_version())
URL = "https://a.test/1"


@pytest.fixture
def job(tmp_path):
    found = made.job(tmp_path / "job")
    robots = found.robots("https://a.test")
    keep(found, robots)
    yield found
    found.connection.close()


def keep(job, robots, url=URL, at=NOW):
    number = store.add_url(job.connection, url)
    task = store.task(number, url, (robots,))
    decision = decide(Evidence(task.url, task.site, store.PLAIN), POLICY, at)
    kept = Kept(decision, store.PLAIN, store.document("Some text"))
    record_visit(job.connection, task, kept, store.response(url, at=at), CONTEXT, at)
    return number


def recheck(job, now=NOW + DAY, **about):
    settled = Rechecked()
    gate = made.gate(now=now, rules=rules_version(), **about)
    context = Context(gate.consent.sha256, rules_version())
    decide_pages_again(
        job.connection, pages_to_decide_again(job.connection), gate, context, settled
    )
    return settled


def state(job):
    return job.connection.execute("SELECT state, state_reason, text FROM page").fetchone()


def test_nothing_is_decided_again_while_nothing_changed(job):
    assert recheck(job).decided_again == 0


def test_a_new_refusal_retires_and_empties_what_was_kept(job):
    job.robots("https://a.test", b"User-agent: *\nDisallow: /\n", NOW + 9)

    settled = recheck(job)

    assert sum(settled.retired.values()) == 1
    assert state(job)[0::2] == ("retired", "")
    assert [entry.kind for entry in entries(job.connection)][-2:] == ["retire", "rows"]


def test_what_cannot_be_reached_is_held_and_released_when_it_answers(job):
    from dataclasses import replace

    gone = replace(ROBOTS, found=Found.UNREACHABLE, status=503, body=b"", fetched_at=NOW + 9)
    store.learn(job.connection, "https://a.test", gone)

    assert sum(recheck(job).held.values()) == 1
    assert state(job)[0] == "held"
    assert state(job)[2] == "Some text"
    job.robots("https://a.test", at=NOW + DAY)
    assert recheck(job, NOW + 2 * DAY).released == 1
    assert state(job)[0] == "active"
    assert verify(job.folder, decide, rules_version()).faults == ()


def test_a_page_held_for_its_own_failure_waits_for_its_own_answer(job):
    task = store.task(1, URL)
    record_visit(job.connection, task, Failed("timeout"), None, CONTEXT, NOW)

    assert recheck(job).released == 0
    record_visit(job.connection, task, Unchanged(store.YES, store.PLAIN), None, CONTEXT, NOW + DAY)
    assert state(job)[0] == "active"


def test_a_changed_policy_is_applied_to_everything_stored(job):
    strict = POLICY.model_copy(update={"unset": "exclude"})

    settled = recheck(job, consent=strict)

    assert settled.decided_again == 1
    assert sum(settled.retired.values()) == 1


def test_old_evidence_is_made_due_once_for_a_site(job):
    robots = job.robots("https://a.test")
    for name in "23":
        keep(job, robots, f"https://a.test/{name}", NOW)

    scope = Scope(Recheck(), POLICY)
    assert files_due(job.connection, scope, NOW + 29 * DAY) == []
    (file,) = files_due(job.connection, scope, NOW + 31 * DAY)
    assert file.url.text == "https://a.test/robots.txt"  # of all its pages, whatever they rest on
    assert pages_due(job.connection, scope, NOW + 31 * DAY) == []
    assert len(pages_due(job.connection, scope, NOW + 181 * DAY)) == 3


def test_a_retired_page_returns_only_by_a_recorded_reconsent(job):
    robots = job.robots("https://a.test", b"User-agent: *\nDisallow: /\n", NOW + 9)
    recheck(job)
    robots = job.robots("https://a.test", at=NOW + 10)
    assert recheck(job).looked_at == 0
    keep(job, robots)
    assert state(job)[0] == "retired"

    assert reconsent(job.connection, [1], "mail of 2026-11-01", NOW) == 1
    keep(job, robots)

    assert state(job)[0::2] == ("active", "Some text")
    assert job.connection.execute("SELECT count(*) FROM tombstone").fetchone() == (0,)
    assert verify(job.folder, decide, rules_version()).faults == ()


def test_an_owner_who_agrees_again_lifts_suppression_and_purge(job, tmp_path):
    from crawler.corpus.removal.purge import Order, Selector, purge
    from crawler.corpus.upkeep.recheck import agree
    from crawler.store.suppression import open_suppression
    from tests.corpus.test_life import hosts

    hosts(job.connection)
    suppression = open_suppression(tmp_path / "list")
    purge(job.folder, Selector(domain="a.test"), Order("optout"), suppression, NOW)
    assert suppression.refuses_url(store.parse(URL)) == "optout"

    assert agree(job.connection, "a.test", suppression, "mail", NOW) == 1

    assert suppression.refuses_url(store.parse(URL)) == ""
    keep(job, job.robots("https://a.test"))
    assert state(job)[0] == "active"
    assert verify(job.folder, decide, rules_version()).faults == ()


def test_a_recheck_then_export_holds_back_nothing_that_is_fresh(job, tmp_path):
    for at, left in ((NOW + 40 * DAY, 0), (NOW + 80 * DAY, 1)):
        job.robots("https://a.test", at=NOW + 35 * DAY)
        gate = made.gate(now=at, rules=rules_version())
        result = export(job.folder, tmp_path / f"{left}", made.plan(gate=gate))
        assert sum(result.left_out.values()) == left


def test_a_date_in_the_evidence_is_heard_when_it_has_come(tmp_path):
    job = made.job(tmp_path / "job")
    number = store.add_url(job.connection, URL)
    from crawler.core.evidence import PageEvidence

    headers = (("x-robots-tag", "unavailable_after: 2026-01-01"),)
    evidence = PageEvidence(200, headers, (), (), True, "text/html")
    task = store.task(number, URL, (job.robots("https://a.test"),))
    kept = Kept(store.YES, evidence, store.document("Text"))
    record_visit(job.connection, task, kept, store.response(URL), CONTEXT, NOW)

    def dated(_found, _policy, at):
        return Decision(at < NOW + DAY, "robots_meta.unavailable", Verdict(), at)

    assert recheck(job, NOW + 9, decide=dated).decided_again == 1
    assert sum(recheck(job, NOW + 2 * DAY, decide=dated).retired.values()) == 1
    job.connection.close()


async def test_a_policy_that_no_crawl_ran_under_can_be_applied_offline(tmp_path):
    made.standard(tmp_path / "job").connection.close()
    done = await run("recheck", tmp_path / "job", "--offline", "--policy", "strict")

    assert done.exit_code == 0, done.output
    assert "retired: 6 (policy.unset)" in done.stdout
