import json
import pickle
import threading

import pytest

from crawler import ABSENT, Consent, Job, JobError, Policy, screen_rows
from tests.library import jobs
from tests.store import made
from tests.store.made import NOW

OPEN = "User-agent: *\nAllow: /\n"
SHUT = "User-agent: *\nDisallow: /private\n"
ROBOTS_ALONE = Policy.parse('extends = "default"\n[consent.probes]\nbefore = []\nafter = []\n')


@pytest.fixture(scope="module")
def job(tmp_path_factory):
    return Job.open(jobs.standard(tmp_path_factory.mktemp("rows") / "job"))


def reasons(rows, **how):
    return [row["consent_reason"] for row in screen_rows(rows, ROBOTS_ALONE, annotate=True, **how)]


def test_rows_come_out_as_they_went_in_with_consent_beside_them():
    rows = [{"url": "https://a.test/x", "text": "t", "n": [1, {"a": None}], "robots": OPEN}]
    before = json.dumps(rows)

    (out,) = screen_rows(rows, ROBOTS_ALONE, robots_txt="robots")

    assert json.dumps(rows) == before
    assert {name: out[name] for name in rows[0]} == rows[0]
    assert out["consent_included"] is True
    assert set(out) - set(rows[0]) == {
        *(f"consent_{name}" for name in ("included", "reason", "rule", "decided_at", "licence")),
        *(f"consent_verdict_{use}" for use in ("crawl", "index", "ai_input", "ai_train", "tdm")),
    }


def test_rows_are_read_one_at_a_time_without_end():
    def endless():
        while True:
            yield {"url": "https://a.test/x", "robots": OPEN}

    rows = screen_rows(endless(), ROBOTS_ALONE, robots_txt="robots")

    assert next(rows)["consent_included"]
    assert next(rows)["consent_included"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"url": "https://a.test/x", "robots": OPEN}, "ok"),
        ({"url": "https://a.test/private", "robots": SHUT.encode()}, "robots.disallow"),
        ({"url": "https://a.test/x", "robots": None}, "no-evidence"),
        ({"url": "https://a.test/x", "robots": float("nan")}, "no-evidence"),
        ({"url": "https://a.test/x", "robots": object()}, "no-evidence"),
        ({"url": "https://a.test/x"}, "no-evidence"),
        ({"url": None, "robots": OPEN}, "no-url"),
        ({"url": float("nan"), "robots": OPEN}, "no-url"),
        ({"url": "/only/a/path", "robots": OPEN}, "no-url"),
        ({"robots": OPEN}, "no-url"),
        ({}, "no-url"),
    ],
)
def test_whatever_a_row_holds_it_gets_its_reason(row, reason):
    assert reasons([row], robots_txt="robots") == [reason]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"html": "<p>x", "headers": "{}", "status": 200}, "ok"),
        (
            {"html": "<p>x", "headers": '{"X-Robots-Tag": "noai"}', "status": 200},
            "robots_meta.noai",
        ),
        ({"html": "<p>x", "headers": "{broken", "status": 200}, "no-evidence"),
        ({"html": "<p>x", "headers": {}, "status": "fine"}, "no-evidence"),
        ({"html": "<p>x", "headers": {}}, "no-evidence"),
        ({"html": None, "headers": {}, "status": 200}, "no-evidence"),
        ({"html": None, "headers": {}, "status": 404}, "http.gone"),
    ],
)
def test_an_answer_in_columns_passes_the_gates_of_a_page(row, reason):
    row = {"url": "https://a.test/x"} | row
    columns = {"html": "html", "headers": "headers", "status": "status"}

    assert reasons([row], robots_txt=ABSENT, files=ABSENT, **columns) == [reason]


def test_what_holds_for_every_row_need_be_no_column():
    row = {"url": "https://a.test/x", "html": "<p>x"}

    assert reasons([row], robots_txt=ABSENT, html="html", headers=ABSENT, status=200) == ["ok"]


@pytest.mark.parametrize(
    "row",
    [
        {"metadata": {"url": "https://a.test/1"}},
        {"metadata": '{"url": "https://a.test/1"}'},
        {"metadata.url": "https://a.test/1"},
    ],
)
def test_the_address_may_lie_within_a_column(row, job):
    assert reasons([row], url="metadata.url", job=job, at=NOW) == ["ok"]


def test_a_job_tells_what_its_sites_said_until_that_is_too_old(job):
    rows = [
        {"url": "https://a.test/1"},
        {"url": "https://a.test/private/x"},
        {"url": "https://z.test/"},
    ]

    assert reasons(rows, job=job.folder, at=NOW) == ["ok", "robots.disallow", "no-evidence"]
    assert reasons(rows, job=job, at=NOW + 40 * 86_400) == ["no-evidence"] * 3


def test_counts_have_every_row(job):
    screened = screen_rows(
        [{"url": "https://a.test/1"}, {"url": "x"}], ROBOTS_ALONE, job=job, at=NOW
    )

    assert len(list(screened)) == 1
    assert screened.counts == {"ok": 1, "no-url": 1}


def test_one_screening_of_a_job_serves_many_threads(job):
    consent = Consent(ROBOTS_ALONE)
    found = []

    def screen():
        rows = [{"url": f"https://{host}.test/{n}"} for n in range(20) for host in "abc"]
        found.append([row["url"] for row in screen_rows(rows, consent, job=job, at=NOW)])

    threads = [threading.Thread(target=screen) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 4
    assert all(len(rows) == 60 for rows in found)


def test_mistakes_of_the_caller_are_errors(tmp_path, job):
    with pytest.raises(TypeError, match="job"):
        screen_rows([], ROBOTS_ALONE)
    with pytest.raises(JobError, match="no job"):
        screen_rows([], ROBOTS_ALONE, job=tmp_path)
    with pytest.raises(TypeError, match="mapping"):
        list(screen_rows(["https://a.test/1"], ROBOTS_ALONE, job=job))


def test_what_a_job_learned_can_be_sent_to_other_processes(job):
    screened = screen_rows(
        [{"url": "https://a.test/1"}], ROBOTS_ALONE, job=pickle.loads(pickle.dumps(job)), at=NOW
    )

    assert len(list(screened)) == 1


@pytest.mark.parametrize(("rows", "reason"), [(2, "ok"), (3, "no-evidence")])
def test_files_for_later_are_due_once_a_screening_counted_enough_rows(tmp_path, rows, reason):
    folder = jobs.standard(tmp_path / "job")
    connection = made.connect(folder / "crawl.db")
    connection.execute("INSERT INTO screened_origin VALUES ('https://a.test', 0, ?, '[]')", (rows,))
    connection.close()
    policy = Policy.parse(
        'extends = "default"\n[consent.probes]\nbefore = []\nafter = ["ai.txt"]\nafter_pages = 3\n'
    )

    (row,) = screen_rows([{"url": "https://a.test/1"}], policy, job=folder, annotate=True, at=NOW)

    assert row["consent_reason"] == reason


def test_what_others_captured_is_not_what_is_said_now(tmp_path):
    folder = jobs.standard(tmp_path / "job")
    connection = made.connect(folder / "crawl.db")
    connection.execute("INSERT INTO given_snapshot SELECT id, 'a.warc.gz' FROM snapshot")
    connection.close()

    assert reasons([{"url": "https://a.test/1"}], job=folder, at=NOW) == ["no-evidence"]


def test_terms_that_nobody_asked_for_are_not_waited_for(job):
    page = '<p>Words.</p><footer><a href="/terms">Terms of use</a></footer>'
    row = {"url": "https://a.test/1", "html": page}

    assert reasons([row], job=job, at=NOW, html="html", headers=ABSENT, status=200) == ["ok"]
