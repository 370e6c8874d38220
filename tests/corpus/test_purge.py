import gzip
import json
import shutil
from urllib.parse import quote, quote_plus

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawler.corpus.errors import CorpusError
from crawler.corpus.export.export_job import export
from crawler.corpus.removal.leftovers import needles, search
from crawler.corpus.removal.purge import Order, Selector, purge
from crawler.store.archive import Archive, Writer
from crawler.store.ledger import entries, verify_chain
from crawler.store.suppression import open_suppression
from tests.corpus import made
from tests.corpus.test_export import lines
from tests.store.made import NOW

CANARY = "The quiet canary of Löwenstein sang seventeen unrepeatable songs before dawn broke."
WRITER = Writer("crawler 1", "Bot/1.0", "ops")


@pytest.fixture
def job(tmp_path):
    folder = tmp_path / "job"
    found = made.job(folder)
    archive = Archive(folder, WRITER)
    archive.open(found.connection)
    page = found.page
    page("https://a.test/1", CANARY, archive=archive, body=CANARY.encode())
    page("https://a.test/2", "An innocent page on gardens and rain.", archive=archive)
    page("https://b.test/1", CANARY, archive=archive, body=CANARY.encode("utf-16-le"))
    page("https://c.test/1", CANARY + " And more.", archive=archive, body=CANARY.encode("latin-1"))
    page("https://c.test/2", "Another innocent page, on tea.", archive=archive)
    archive.sync(found.connection)
    # What a crash left: raw bytes that no transaction counted.
    page("https://d.test/1", CANARY, archive=archive)
    archive._file.flush()
    found.connection.execute("DELETE FROM page WHERE url = 'https://d.test/1'")
    yield found
    found.connection.close()


def rows(connection, without):
    return [
        row
        for row in connection.execute("SELECT * FROM page ORDER BY url_id")
        if row[3] not in without and row[1] != "purged"
    ]


def raw(folder):
    with (folder / "archive" / "crawl-00000.warc.gz").open("rb") as file:
        return [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"))
            for record in ArchiveIterator(file, check_digests="raise")
            if record.content_stream().read() is not None
        ]


def test_a_canary_is_nowhere_after_a_purge_with_duplicates(job, tmp_path):
    assert len(search(job.folder, needles([CANARY])).found) >= 2
    gone = {"https://a.test/1", "https://b.test/1", "https://c.test/1", "https://d.test/1"}
    before = rows(job.connection, gone)
    innocent = [item for item in raw(job.folder) if item[1] not in gone]
    suppression = open_suppression(tmp_path / "list.jsonl")
    order = Order("takedown", with_duplicates=True)

    result = purge(job.folder, Selector(urls=("https://a.test/1",)), order, suppression, NOW)

    assert (result.pages, result.duplicates, result.verified) == (3, 2, True)
    assert search(job.folder, needles([CANARY])).found == ()
    assert rows(job.connection, gone) == before
    after = raw(job.folder)
    assert [item for item in after if item[1] not in gone] == innocent
    assert [kind for kind, url in after if url in gone] == ["metadata"] * 2
    assert verify_chain(job.connection) == ()


def test_new_exports_hold_nothing_of_what_was_purged(job, tmp_path):
    order = Order("takedown", with_duplicates=True)
    purge(job.folder, Selector(urls=("https://a.test/1",)), order, None, NOW)

    for kind in ("jsonl", "warc"):
        export(job.folder, tmp_path / kind, made.plan(format=kind))

    assert search(tmp_path, needles([CANARY])).found == ()
    assert len(lines(tmp_path / "jsonl")) == 2
    stones = [json.loads(line) for line in (tmp_path / "jsonl" / "tombstones.jsonl").open()]
    assert {stone["reason"] for stone in stones} == {"takedown"}


def test_an_erasure_leaves_no_url_and_keeps_the_text_out(job, tmp_path):
    suppression = open_suppression(tmp_path / "list.jsonl")
    order = Order("erasure", with_duplicates=True, erase=True)

    result = purge(job.folder, Selector(urls=("https://a.test/1",)), order, suppression, NOW)

    assert result.remaining == ()
    assert search(tmp_path, (b"a.test/1\n", b"https://a.test/1")).found == ()
    again = open_suppression(tmp_path / "list.jsonl")
    from tests.store import made as store

    document = store.document(CANARY)
    assert again.refuses_url(store.parse("https://a.test/1")) == "erasure"
    assert again.refuses(store.parse("https://other.test/"), document.text_sha256) == "erasure"


def test_erasing_a_domain_erases_every_address_of_it(job, tmp_path):
    from tests.corpus.test_life import hosts
    from tests.store import made as store

    store.refuse(job.connection, "https://a.test/refused/page")
    hosts(job.connection)
    suppression = open_suppression(tmp_path / "list.jsonl")
    order = Order("erasure", erase=True)

    result = purge(job.folder, Selector(domain="a.test"), order, suppression, NOW)

    assert result.remaining == ()
    assert search(job.folder, needles(["a.test/refused", "https://a.test/2"])).found == ()


def test_an_erasure_needs_a_suppression_list(job):
    with pytest.raises(CorpusError, match="suppression"):
        purge(job.folder, Selector(domain="a.test"), Order("erasure", erase=True), None, NOW)


@pytest.mark.parametrize(
    ("selector", "pages"),
    [
        (Selector(domain="c.test"), 2),
        (Selector(domain="test"), 5),
        (Selector(author="ada"), 5),
        (Selector(author="Ad"), 0),
        (Selector(urls=("https://a.test/1#part", "https://a.test/%31")), 1),
        (Selector(urls=("https://unknown.test/",)), 0),
    ],
)
def test_pages_are_chosen_by_url_domain_or_author(job, selector, pages):
    assert purge(job.folder, selector, Order("optout"), None, NOW).pages == pages


def test_a_purge_that_leaves_bytes_says_where(job):
    (job.folder / "notes.gz").write_bytes(gzip.compress(b"x" * 99 + CANARY.encode()))

    result = purge(job.folder, Selector(domain="a.test"), Order("optout"), None, NOW)

    # Copies on b.test and c.test stand, so only what is a.test's alone is searched for.
    assert result.verified
    result = purge(job.folder, Selector(domain="test"), Order("optout"), None, NOW)
    assert "notes.gz" in result.remaining


def test_a_purged_page_does_not_return(job):
    purge(job.folder, Selector(domain="a.test"), Order("optout"), None, NOW)

    job.page("https://a.test/1", CANARY)

    states = job.connection.execute("SELECT state, text FROM page WHERE state = 'purged'")
    assert states.fetchall() == [("purged", ""), ("purged", "")]


def test_purging_twice_is_harmless_and_logged(job):
    for _ in range(2):
        purge(job.folder, Selector(domain="b.test"), Order("optout"), None, NOW)

    kinds = [entry.kind for entry in entries(job.connection) if entry.kind != "rows"]
    assert kinds[-4:] == ["purge", "verify", "purge", "verify"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "latin-1"])
@pytest.mark.parametrize(
    "wrap",
    [
        bytes,
        gzip.compress,
        zstandard.compress,
        lambda data: b"junk" + gzip.compress(b"a") + gzip.compress(data) + b"tail",
        lambda data: gzip.compress(zstandard.compress(data)),
        lambda data: b"\x1f\x8b\x08" + zstandard.compress(b"\0" * 3_000_000 + data),
    ],
)
def test_the_search_finds_bytes_in_every_wrapping(tmp_path, encoding, wrap):
    (tmp_path / "file").write_bytes(wrap(CANARY.encode(encoding)))

    assert search(tmp_path, needles([CANARY])).found == ("file",)
    shutil.rmtree(tmp_path)


@settings(max_examples=30)
@given(st.integers(0, 2_200_000), st.integers(1, 60))
def test_the_search_misses_no_bytes_at_a_block_boundary(tmp_path_factory, at, length):
    folder = tmp_path_factory.mktemp("at")
    needle = b"N" * 12 + b"x" * length
    (folder / "file").write_bytes(b"." * at + needle + b"." * 10)

    assert search(folder, (needle,)).found == ("file",)


def test_a_draft_that_a_killed_export_left_anywhere_goes_with_a_purge(job, tmp_path):
    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(job.folder, tmp_path / "elsewhere" / "out", made.plan(sign=stop))
    assert (tmp_path / "elsewhere" / "out.partial").exists()

    purge(job.folder, Selector(domain="a.test"), Order("optout"), None, NOW)

    assert not (tmp_path / "elsewhere" / "out.partial").exists()


@pytest.mark.parametrize(
    "spell",
    [
        lambda text: text.encode("koi8-r"),
        lambda text: text.encode("utf-16-be"),
        lambda text: text.encode("ascii", "xmlcharrefreplace"),
        lambda text: "".join(
            f"&#x{ord(mark):x};" if mark > "~" else mark for mark in text
        ).encode(),
        lambda text: quote(text).encode(),
        lambda text: quote_plus(text, encoding="cp1251").encode(),
        lambda text: json.dumps(text).encode(),
    ],
)
def test_the_search_knows_a_text_in_every_spelling(tmp_path, spell):
    text = "тайная песня канарейки над тихой рекой"
    (tmp_path / "file").write_bytes(b"before " + gzip.compress(spell(text)) + b" after")

    assert search(tmp_path, needles([text])).found == ("file",)
