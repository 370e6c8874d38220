"""What else happens to a corpus: duplicates, figures, requests, retention, merging."""

import json
import random
from dataclasses import replace

import pytest

from crawler.core.content.figures.hashes import minhash
from crawler.corpus.errors import CorpusError
from crawler.corpus.export.export_job import export
from crawler.corpus.removal import takedown
from crawler.corpus.removal.find import find
from crawler.corpus.removal.leftovers import needles, search
from crawler.corpus.removal.purge import Order, Selector, purge
from crawler.corpus.removal.retention import retain
from crawler.corpus.upkeep.annotate import annotate, to_annotate
from crawler.corpus.upkeep.duplicates import cluster
from crawler.corpus.upkeep.merge import merge
from crawler.corpus.upkeep.verify_job import verify
from crawler.store.archive import Archive, Writer
from crawler.store.damaged_reads import Spared
from crawler.store.database import connect
from crawler.store.suppression import Line, open_suppression
from tests.corpus import made
from tests.corpus.test_export import lines
from tests.store import made as store
from tests.store.made import NOW

DAY = 86_400.0


def words(seed, count=300):
    random.seed(seed)
    return " ".join(
        random.choice(("tea", "rain", "stone", "river", "lamp", "song", "grey"))
        + str(random.randrange(900))
        for _ in range(count)
    )


@pytest.fixture
def job(tmp_path):
    found = made.job(tmp_path / "job")
    yield found
    found.connection.close()


def near(job):
    text = words(1)
    page = job.page
    page("https://a.test/1", text, minhash=minhash(text), licence="CC-BY-NC-4.0")
    page("https://b.test/1", text + " end", minhash=minhash(text + " end"), licence="CC-BY-4.0")
    longer = text + " a much longer end of it"
    page("https://c.test/1", longer, minhash=minhash(longer))
    other = words(2)
    page("https://c.test/2", other, minhash=minhash(other))


def test_the_copy_kept_is_the_one_with_the_clearest_licence(job, tmp_path):
    near(job)

    found = cluster(job.connection)

    assert (found.clusters, found.duplicates, found.laundering) == (1, 2, 3)
    export(job.folder, tmp_path / "out", made.plan({"duplicates": "drop"}))
    assert [record["metadata"]["url"] for record in lines(tmp_path / "out")] == [
        "https://b.test/1",
        "https://c.test/2",
    ]


def test_clusters_follow_what_is_added_and_what_is_purged(job):
    near(job)
    cluster(job.connection)
    job.page("https://d.test/1", words(2), minhash=minhash(words(2)))
    assert cluster(job.connection).clusters == 2

    purge(job.folder, Selector(domain="d.test"), Order("optout"), None, NOW)

    assert cluster(job.connection).clusters == 1
    assert job.connection.execute(
        "SELECT count(*) FROM band JOIN page USING (url_id) WHERE state = 'purged'"
    ).fetchone() == (0,)


def test_figures_are_computed_once_a_text_and_leave_with_it(job, tmp_path):
    job.page("https://a.test/1", "Write to ada@a.test")
    job.page("https://a.test/2", "Schreib an ada@a.test", language="de")

    annotate(job.connection, to_annotate(job.connection), Spared())

    assert to_annotate(job.connection) == []
    export(job.folder, tmp_path / "out", made.plan({"quality": ("gopher",)}))
    (record,) = lines(tmp_path / "out")
    assert record["metadata"]["language"] == "de"
    assert json.loads(record["metadata"]["pii"]) == {"email": 1, "ip": 0}
    assert json.loads(record["metadata"]["quality"])["rps_doc_word_count"] == 3
    job.page("https://a.test/1", "Another text")
    assert len(to_annotate(job.connection)) == 1


def test_a_job_says_what_it_holds_of_a_url_or_domain(job, tmp_path):
    job.page("https://a.test/1", "Text")
    store.refuse(job.connection, "https://a.test/no")
    export(job.folder, tmp_path / "out", made.plan(version="1.0.0"))
    suppression = open_suppression(tmp_path / "list")
    suppression.add(Line("domain", "a.test", "optout", NOW))

    answer = find(job.connection, "https://a.test/1", suppression)
    assert [(page.state, page.versions) for page in answer.pages] == [("active", ("1.0.0",))]
    assert answer.suppressed == "optout"
    assert find(job.connection, "a.test").counts == {"active": 1}
    assert find(job.connection, "unknown.test").pages == ()


def test_a_request_runs_through_its_steps(job):
    job.page("https://a.test/1", "Take this out, please, all of it.")
    one = takedown.add(job.connection, "optout", ("domain", "a.test"), "mail", NOW)
    takedown.acknowledge(job.connection, one.id, NOW + 1)

    done, result = takedown.carry_out(job.folder, one.id, None, NOW + 2)

    assert result.verified
    assert (done.received, done.acknowledged, done.decided) == (NOW, NOW + 1, NOW + 2)
    assert done.closed is not None
    assert [one for one in takedown.listed(job.connection) if one.due] == []
    with pytest.raises(CorpusError, match="closed"):
        takedown.carry_out(job.folder, one.id, None, NOW)
    with pytest.raises(CorpusError, match="no request 9"):
        takedown.acknowledge(job.connection, 9, NOW)


def test_an_erasure_request_names_nobody_afterwards(job, tmp_path):
    url = "https://a.test/people/ada-lovelace"
    job.page(url, "Ada was born on a day that nobody should know of.")
    one = takedown.add(job.connection, "erasure", ("url", url), "Ada wrote", NOW)
    suppression = open_suppression(tmp_path / "list")

    done, result = takedown.carry_out(job.folder, one.id, suppression, NOW)

    assert result.remaining == ()
    assert done.closed is not None
    assert search(tmp_path, needles(["ada-lovelace"])).found == ()


def test_a_rejected_request_keeps_the_page(job):
    job.page("https://a.test/1", "Text")
    one = takedown.add(job.connection, "copyright", ("url", "https://a.test/1"), "claim", NOW)

    done = takedown.reject(job.connection, one.id, "no proof", NOW)

    assert done.outcome == "rejected: no proof"
    assert find(job.connection, "https://a.test/1").counts == {"active": 1}


def test_raw_copies_go_when_their_time_is_over_or_their_page_has_left(job):
    archive = Archive(job.folder, Writer("crawler", "Bot", "ops"))
    archive.open(job.connection)
    old, new = words(3, 30), words(4, 30)
    left = words(5, 30)
    job.page("https://a.test/old", old, archive=archive, at=NOW - 50 * DAY)
    job.page("https://a.test/new", new, archive=archive)
    job.page("https://a.test/left", left, archive=archive)
    archive.sync(job.connection)
    store.refuse(job.connection, "https://a.test/left")

    result = retain(job.folder, 30 * DAY, NOW)

    assert result.pages == 2
    assert search(job.folder / "archive", needles([old])).found == ()
    assert search(job.folder / "archive", needles([left])).found == ()
    assert search(job.folder / "archive", needles([new])).found
    assert verify(job.folder, None, "1").faults == ()


def test_merged_jobs_keep_the_newest_word_on_each_page(tmp_path):
    one, two = made.job(tmp_path / "one"), made.job(tmp_path / "two")
    one.page("https://a.test/1", "Old text.")
    two.page("https://a.test/1", "New text.", at=NOW + 9)
    one.page("https://a.test/2", "Refused later.")
    later = replace(store.NO, decided_at=NOW + 9)
    store.refuse(two.connection, "https://a.test/2", decision=later)
    one.page("https://a.test/3", "Purged in the other.")
    two.page("https://a.test/3", "Purged here.")
    one.page("https://b.test/1", "Only in one.")
    for job in (one, two):
        hosts(job.connection)
    purge(two.folder, Selector(urls=("https://a.test/3",)), Order("optout"), None, NOW)
    ids = dict(one.connection.execute("SELECT url, url_id FROM page"))

    two.connection.execute("UPDATE decision SET decided_at = decided_at + 9 WHERE url_id = 1")
    result = merge([one.folder, two.folder], tmp_path / "all", None)

    connection = connect(tmp_path / "all" / "crawl.db")
    rows = connection.execute("SELECT url, text, state FROM page ORDER BY url").fetchall()
    assert rows == [
        ("https://a.test/1", "New text.", "active"),
        ("https://a.test/2", "", "retired"),
        ("https://b.test/1", "Only in one.", "active"),
    ]
    assert result.counts["purged"] == 1
    assert verify(tmp_path / "all", None, "1").faults == ()
    assert len(ids) == 4
    connection.close()
    again = merge([one.folder, two.folder], tmp_path / "all", None)
    assert set(again.counts) <= {"older", "purged"}
    for job in (one, two):
        job.connection.close()


def hosts(connection):
    """Give hand-made URLs the hosts that the frontier would have given them."""
    for number, url in connection.execute("SELECT id, url FROM url").fetchall():
        host = store.parse(url).host
        connection.execute("INSERT OR IGNORE INTO host (name, site) VALUES (?, ?)", (host, host))
        connection.execute(
            "UPDATE url SET host_id = (SELECT id FROM host WHERE name = ?) WHERE id = ?",
            (host, number),
        )


def test_a_job_is_not_merged_into_itself(tmp_path):
    job = made.job(tmp_path / "job")
    with pytest.raises(CorpusError, match="one of the jobs"):
        merge([job.folder], job.folder, None)
    job.connection.close()
