"""A purge says "verified" only if it looked for something that could have been there."""

import gzip
import html
import json
import sqlite3
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.corpus.errors import CorpusError
from crawler.corpus.export.export_job import export
from crawler.corpus.removal import takedown
from crawler.corpus.removal.leftovers import needles, search
from crawler.corpus.removal.needles import Needles
from crawler.corpus.removal.own_pieces import own_pieces
from crawler.corpus.removal.purge import Order, Selector, purge
from crawler.corpus.removal.still_sought import FILE
from crawler.store.suppression import open_suppression
from tests.corpus import made
from tests.store import made as store
from tests.store.made import NOW

CANARY = "The quiet canary of Löwenstein sang seventeen unrepeatable songs before dawn broke."
TEMPLATE = "\n".join(f"Line {n} of the template that each page of the site has." for n in range(90))
ADDRESS = "https://a.test/secret"
ONE = Selector(urls=(ADDRESS,))
OPTOUT = Order("optout")


@pytest.fixture
def job(tmp_path):
    found = made.job(tmp_path / "job")
    found.page(ADDRESS, CANARY)
    found.page("https://a.test/other", "An innocent page on gardens and rain.")
    yield found
    found.connection.close()


def leave(folder, text=CANARY):
    """Leave a copy where no purge deletes it, and return its path."""
    path = folder / "old.gz"
    path.write_bytes(gzip.compress(text.encode()))
    return path


def test_what_was_found_is_sought_until_it_is_gone(job):
    path = leave(job.folder)

    for _ in range(3):
        result = purge(job.folder, ONE, OPTOUT, None, NOW)
        assert (result.verified, result.remaining) == (False, ("old.gz",))
        assert "canary" not in (job.folder / FILE).read_text()
    path.unlink()

    assert purge(job.folder, ONE, OPTOUT, None, NOW).verified
    assert not (job.folder / FILE).exists()


def test_a_purge_that_ended_before_its_search_searches_when_it_is_given_again(job):
    leave(job.folder)
    purge(job.folder, ONE, Order("optout", verify=False), None, NOW)

    assert purge(job.folder, ONE, OPTOUT, None, NOW).remaining == ("old.gz",)


def test_another_order_does_not_seek_for_this_one(job):
    leave(job.folder)
    purge(job.folder, ONE, OPTOUT, None, NOW)

    other = Selector(urls=("https://a.test/other",))
    assert purge(job.folder, other, OPTOUT, None, NOW).verified
    assert not purge(job.folder, ONE, OPTOUT, None, NOW).verified


@pytest.mark.parametrize(
    "selector",
    [
        Selector(urls=("https://unknown.test/",)),
        Selector(domain="unknown.test"),
        Selector(author="Nobody at all"),
    ],
)
def test_where_nothing_is_sought_nothing_is_verified(job, selector):
    result = purge(job.folder, selector, OPTOUT, None, NOW)

    assert (result.sought, result.verified) == (0, False)


def test_a_request_stays_open_where_nothing_could_be_sought(job):
    job.connection.execute("BEGIN")
    number = takedown.add(job.connection, "optout", ("domain", "unknown.test"), "", NOW).id
    job.connection.execute("COMMIT")

    done, _ = takedown.carry_out(job.folder, number, None, NOW)

    assert done.effective is not None
    assert (done.verified, done.closed) == (None, None)


def test_what_is_sought_is_what_no_other_page_holds(job):
    job.page("https://b.test/1", TEMPLATE)
    job.page("https://b.test/2", f"{TEMPLATE}\n{CANARY[::-1]}")
    leave(job.folder, f"{TEMPLATE}\n{CANARY[::-1]}")

    result = purge(job.folder, Selector(urls=("https://b.test/2",)), OPTOUT, None, NOW)

    assert result.remaining == ("old.gz",)


def test_a_page_with_nothing_of_its_own_is_told_by_its_address(job):
    job.page("https://b.test/copy", CANARY)
    out = job.folder / "old"
    export(job.folder, out, made.plan())

    result = purge(job.folder, ONE, OPTOUT, None, NOW)
    assert result.remaining
    assert all(path.startswith("old/") for path in result.remaining)
    for path in result.remaining:
        (job.folder / path).unlink()

    assert purge(job.folder, ONE, OPTOUT, None, NOW).verified


def test_the_folders_of_a_job_are_searched_as_one(tmp_path):
    parent = tmp_path / "parent"
    one, two = made.job(parent / "shard-000"), made.job(parent / "shard-001")
    one.page(ADDRESS, f"{TEMPLATE}\n{CANARY}")
    two.page("https://z.test/", f"{TEMPLATE}\nOf the other shard, and nothing more.")
    one.connection.close()
    two.connection.close()
    leave(parent, TEMPLATE)
    folders = [one.folder, two.folder]

    assert purge(parent, ONE, OPTOUT, None, NOW, folders).verified
    leave(parent, CANARY)
    three = made.job(parent / "shard-000")
    three.page("https://a.test/2", CANARY)
    three.connection.close()

    result = purge(parent, Selector(domain="a.test"), OPTOUT, None, NOW, folders)
    assert result.remaining == ("old.gz",)


def test_a_database_that_cannot_be_read_is_no_proof(job):
    (job.folder / "crawl.db.damaged-1").write_bytes(b"SQLite format 3\0" + bytes(5_000))

    result = purge(job.folder, ONE, OPTOUT, None, NOW)

    assert (result.verified, result.unread) == (False, ("crawl.db.damaged-1",))


def test_a_damaged_memory_is_said_and_nothing_is_purged(job):
    (job.folder / FILE).write_text('{"key": "00"')

    with pytest.raises(CorpusError, match="damaged"):
        purge(job.folder, ONE, OPTOUT, None, NOW)
    assert job.connection.execute("SELECT count(*) FROM page WHERE text != ''").fetchone() == (2,)


def test_an_erasure_leaves_the_longer_address(job, tmp_path):
    job.page(f"{ADDRESS}s", "Another page, on tea and on trains of thought.")
    job.page(f"{ADDRESS}?page=2", "The second one, on the making of bricks.")
    store.refuse(job.connection, f"{ADDRESS}.html")
    suppression = open_suppression(tmp_path / "list.jsonl")

    result = purge(job.folder, ONE, Order("erasure", erase=True), suppression, NOW)

    assert result.verified, result.remaining
    left = {row[0] for row in job.connection.execute("SELECT url FROM url WHERE url != ''")}
    assert {f"{ADDRESS}s", f"{ADDRESS}?page=2", f"{ADDRESS}.html"} <= left
    assert ADDRESS not in left


def test_an_erasure_takes_what_is_known_of_a_refused_page(job, tmp_path):
    url = "https://a.test/refused"
    number = store.refuse(job.connection, url)
    suppression = open_suppression(tmp_path / "list.jsonl")

    order = Order("erasure", erase=True)
    result = purge(job.folder, Selector(urls=(url,)), order, suppression, NOW)

    assert result.verified
    row = job.connection.execute("SELECT 1 FROM decision WHERE url_id = ?", (number,)).fetchone()
    assert row is None


def test_an_erasure_after_a_purge_erases_the_address(job, tmp_path):
    purge(job.folder, ONE, OPTOUT, None, NOW)
    suppression = open_suppression(tmp_path / "list.jsonl")

    purge(job.folder, ONE, Order("erasure", erase=True), suppression, NOW)

    assert job.connection.execute("SELECT 1 FROM url WHERE url = ?", (ADDRESS,)).fetchone() is None


@pytest.mark.parametrize(
    ("after", "there"),
    [
        ("", True), ('"', True), (" and", True), (". And", True), (".", True), ("#part", True),
        (")", True), ("\n", True), ("<", True), ("&quot;", True), ("%22", True), (", b", True),
        ("0", False), (".html", False), ("/", False), ("/x", False), ("?x=1", False),
        ("-b", False), ("%2Fx", False), ("\\/x", False), ("_", False), (",b", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_an_address_is_found_where_it_ends(after, there, encoding):
    sought = Needles((), needles([ADDRESS]))

    assert sought.within(f"see {ADDRESS}{after}".encode(encoding)) is there


@given(st.integers(0, 70_000), st.integers(12, 90))
def test_a_needle_is_found_wherever_it_lies(at, length):
    needle = b"N" + b"x" * (length - 1)
    data = b"." * at + needle + b"." * 40

    assert Needles([needle]).within(data)
    assert Needles.from_json(Needles([needle]).to_json()).within(data)
    assert not Needles([needle]).within(data.replace(b"N", b"n"))


TEXT = 'Löwen & "Zebras": a/b <tag> тайная песня'


@pytest.mark.parametrize(
    "spelled",
    [
        json.dumps(TEXT),
        json.dumps(TEXT, ensure_ascii=False),
        json.dumps(TEXT).replace("/", "\\/"),
        json.dumps(json.dumps(TEXT)),
        json.dumps({"carriers": [json.dumps(TEXT, ensure_ascii=False)]}, ensure_ascii=False),
        html.escape(TEXT),
        html.escape(TEXT, quote=False).encode("ascii", "xmlcharrefreplace").decode(),
        "".join(f"\\u{ord(c):04X}" if c > "~" else c for c in TEXT).replace('"', '\\"'),
    ],
)
@pytest.mark.parametrize("wrap", [str.encode, lambda text: gzip.compress(text.encode())])
def test_escaped_texts_are_found(tmp_path, spelled, wrap):
    (tmp_path / "file").write_bytes(wrap(spelled))

    assert search(tmp_path, needles([TEXT])).found == ("file",)


def test_what_lies_packed_in_a_database_is_found(tmp_path):
    connection = sqlite3.connect(tmp_path / "any.db")
    connection.execute("CREATE TABLE t (a, b)")
    script = json.dumps({"articleBody": "x" * 9_000 + TEXT})
    packed = zlib.compress(json.dumps({"carriers": [["script", script]]}).encode())
    connection.execute("INSERT INTO t VALUES (?, ?)", ("x", packed))
    connection.commit()
    connection.close()

    assert search(tmp_path, needles([TEXT])).found == ("any.db",)


def test_pieces_are_nobody_elses():
    texts = {1: f"{TEMPLATE}\nWhat is of the first page alone.", 2: TEMPLATE}

    found = own_pieces(texts, lambda: [TEMPLATE])

    assert found == {1: ["What is of the first page alone."], 2: []}
