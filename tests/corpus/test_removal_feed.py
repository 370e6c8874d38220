"""The feed of removals: every tombstone an entry, signed and chained; what is forged is refused."""

import json
from xml.etree import ElementTree as ET

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from crawler.core.content.figures.hashes import text_hash
from crawler.core.removal_feed import _PLAIN, Feed, FeedError, line_of, read_feed
from crawler.corpus.errors import CorpusError
from crawler.corpus.export.export_job import export
from crawler.corpus.removal.feed_file import Author, atom, hand_over, load, tell, to_say
from crawler.corpus.removal.purge import Order, Selector, purge
from crawler.corpus.upkeep.recheck import agree
from crawler.keys import thumbprint
from crawler.store.suppression import REMOVED_ELSEWHERE, SuppressionError, open_suppression
from tests.corpus import made
from tests.store.made import NOW, parse

KEY, NEW, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))
AUTHOR = Author("tea", KEY)
TRUST = frozenset({thumbprint(KEY)})
TEXT = "Write to ada@tea.test about the best leaves of all the gardens here."
_HASH = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
_HASHES = {"type": "array", "items": _HASH}
SCHEMA = {  # of docs/removals.md
    "type": "object",
    "required": ["number", "at", "kind", "previous", "key_id", "signature"],
    "properties": {
        "number": {"type": "integer", "minimum": 0},
        "at": {"type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$"},
        "kind": {"enum": ["open", "removal", "retraction", "key"]},
        "previous": {"type": "string", "pattern": "^([0-9a-f]{64})?$"},
    },
    "oneOf": [
        {
            "properties": {"kind": {"const": "open"}, "format": {"const": "removals/1"}},
            "required": ["format", "corpus", "hash_key", "key"],
        },
        {
            "properties": {
                "kind": {"const": "removal"},
                "ids": _HASHES,
                "urls": _HASHES,
                "texts": _HASHES,
                "class": {"enum": ["owner", "law", "licence", "mistake", "erasure"]},
            },
            "required": ["ids", "urls", "texts", "class", "reason", "versions", "deadline"],
        },
        {"properties": {"kind": {"const": "retraction"}}, "required": ["of", "reason"]},
        {"properties": {"kind": {"const": "key"}}, "required": ["key", "proof"]},
    ],
}


@pytest.fixture
def job(tmp_path):
    found = made.job(tmp_path / "job")
    found.page("https://tea.test/1", TEXT)
    found.page("https://tea.test/2", "Green tea is picked in spring and steamed at once, they say.")
    found.page("https://mate.test/1", "Mate is drunk from a gourd with a straw made of metal.")
    export(found.folder, tmp_path / "1", made.plan(version="1.0.0"))
    yield found
    found.connection.close()


@pytest.fixture
def feed(tmp_path):
    return tmp_path / "removals.jsonl"


def take_out(job, tmp_path, reason="optout", url="https://tea.test/1", at=NOW, **how):
    suppression = open_suppression(tmp_path / "list.jsonl")
    return purge(job.folder, Selector(urls=(url,)), Order(reason, **how), suppression, at)


def said(feed):
    return [json.loads(line) for line in feed.read_text().splitlines()]


def test_every_tombstone_is_an_entry_that_others_can_check(job, feed, tmp_path):
    (gone,) = take_out(job, tmp_path).records
    job.connection.execute("SELECT 1").fetchone()
    told = tell([job.folder], feed, AUTHOR, NOW)

    opening, entry = said(feed)
    assert (told.written, told.number, told.removals) == (1, 1, 1)
    for one in (opening, entry):
        Draft202012Validator(SCHEMA).validate(one)
    found = read_feed(feed.read_bytes().splitlines(), TRUST)
    assert entry["ids"] == [gone]
    assert entry["urls"] == [found.keyed_url("https://tea.test/1#part")]
    masked = TEXT.replace("ada@tea.test", "<EMAIL_ADDRESS>")
    assert entry["texts"] == [found.keyed_text(text_hash(text)) for text in (TEXT, masked)]
    assert (entry["class"], entry["reason"], entry["versions"]) == ("owner", "optout", ["1.0.0"])
    assert entry["at"] < entry["deadline"]
    ET.fromstring(atom(found, "https://corpus.test/removals.jsonl"))  # noqa: S314


def test_saying_it_again_says_nothing_and_the_job_forgets_the_hashes(job, feed, tmp_path):
    take_out(job, tmp_path)
    tell([job.folder], feed, AUTHOR, NOW)
    before = feed.read_bytes()

    # A kill came between the feed and the job's note of it.
    job.connection.execute("UPDATE removal SET number = NULL")
    assert to_say([job.folder]) == 1
    tell([job.folder], feed, AUTHOR, NOW + 9)
    # A kill cut the last line, which no job had noted as said.
    feed.write_bytes(before + b'{"number": 2, "at"')
    tell([job.folder], feed, AUTHOR, NOW + 9)

    assert feed.read_bytes() in {before, before + b'{"number": 2, "at"'}
    rows = job.connection.execute("SELECT url, texts, number FROM removal").fetchall()
    assert rows == [("", "[]", 1)]
    assert to_say([job.folder]) == 0


def test_an_erasure_names_no_url(job, feed, tmp_path):
    take_out(job, tmp_path, reason="erasure", erase=True)
    tell([job.folder], feed, AUTHOR, NOW)

    entry = said(feed)[1]
    assert (entry["class"], entry["urls"]) == ("erasure", [])
    assert entry["ids"]
    assert entry["texts"]


def test_an_owner_who_agrees_again_takes_the_removal_back(job, feed, tmp_path):
    from tests.corpus.test_life import hosts

    hosts(job.connection)
    take_out(job, tmp_path)
    tell([job.folder], feed, AUTHOR, NOW)
    job.connection.execute("BEGIN IMMEDIATE")
    agree(job.connection, "tea.test", None, "mail of 1 June", NOW + 60)
    job.connection.execute("COMMIT")
    tell([job.folder], feed, AUTHOR, NOW + 60)

    entry = said(feed)[2]
    assert (entry["kind"], entry["of"]) == ("retraction", [1])
    assert read_feed(feed.read_bytes().splitlines(), TRUST).entries == {}


def test_a_change_of_key_is_signed_by_both(job, feed, tmp_path):
    take_out(job, tmp_path)
    tell([job.folder], feed, AUTHOR, NOW)
    hand_over(feed, AUTHOR, NEW, NOW)
    take_out(job, tmp_path, url="https://tea.test/2")

    with pytest.raises(CorpusError, match="hand the feed over"):
        tell([job.folder], feed, AUTHOR, NOW)
    tell([job.folder], feed, Author("tea", NEW), NOW)

    lines = feed.read_bytes().splitlines()
    for key in (KEY, NEW):
        assert len(read_feed(lines, frozenset({thumbprint(key)})).entries) == 2
    with pytest.raises(FeedError, match="none of the keys"):
        read_feed(lines, frozenset({thumbprint(STRANGER)}))


def test_a_feed_is_of_one_corpus(job, feed, tmp_path):
    take_out(job, tmp_path)
    tell([job.folder], feed, AUTHOR, NOW)
    with pytest.raises(CorpusError, match="'tea'"):
        tell([job.folder], feed, Author("coffee", KEY), NOW)


def forged(entries, at, **change):
    return [*entries[:at], {**entries[at], **change}, *entries[at + 1 :]]


FORGERIES = {
    "altered": (lambda e: forged(e, 2, ids=["0" * 32]), "entry 2: is forged"),
    "an id put in": (lambda e: forged(e, 1, urls=["0" * 32]), "entry 1: is forged"),
    "another's signature": (
        lambda e: forged(e, 2, signature=e[1]["signature"]),
        "entry 2: is forged",
    ),
    "no signature": (
        lambda e: [{k: v for k, v in x.items() if k != "signature"} for x in e],
        "no signature",
    ),
    "empty signature": (lambda e: forged(e, 1, signature=""), "entry 1: is forged"),
    "reordered": (lambda e: [e[0], e[2], e[1], e[3]], "entry 1: is missing"),
    "missing": (lambda e: [e[0], e[2], e[3]], "entry 1: is missing"),
    "missing and renumbered": (
        lambda e: [e[0], {**e[2], "number": 1}],
        "does not continue|is forged",
    ),
    "replayed": (lambda e: [*e[:2], *e[1:]], "stands again"),
    "opened twice": (lambda e: [*e, {**e[0], "number": 4}], "does not continue"),
    "no opening": (lambda e: e[1:], "entry 0: is missing"),
    "another key's name": (lambda e: forged(e, 1, key_id="x"), "is signed by x"),
    "a number that is none": (lambda e: forged(e, 1, number="1"), "no number"),
    "true for a number": (lambda e: forged(e, 1, number=True), "no number"),
    "unknown kind": (lambda e: forged(e, 1, kind="praise"), "kind 'praise' is not known"),
    "unknown class": (lambda e: forged(e, 1, **{"class": "whim"}), "class 'whim'"),
    "an erasure with a URL": (lambda e: forged(e, 1, **{"class": "erasure"}), "names no URL"),
    "unknown format": (lambda e: forged(e, 0, format="removals/9"), "removals/9"),
    "a key that is none": (lambda e: forged(e, 0, key={"kty": "OKP"}), "no Ed25519 key"),
    "another hash key": (lambda e: forged(e, 0, hash_key="00" * 32), "entry 0: is forged"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_what_is_no_true_feed_is_refused_with_the_reason(name, job, feed, tmp_path):
    take_out(job, tmp_path)
    take_out(job, tmp_path, url="https://tea.test/2", at=NOW + 1)
    take_out(job, tmp_path, url="https://mate.test/1", at=NOW + 2)
    tell([job.folder], feed, AUTHOR, NOW)
    make, why = FORGERIES[name]

    with pytest.raises(FeedError, match=why):
        read_feed([line_of(entry) for entry in make(said(feed))], TRUST)


@pytest.mark.parametrize("line", [b"{", b"[]", b"7", b"\xff\xfe", b'{"number":0,"number":1}'])
def test_what_is_no_entry_is_refused(line):
    with pytest.raises(FeedError, match="entry 0"):
        Feed().read([line])
    with pytest.raises(FeedError, match="empty"):
        read_feed([], TRUST)


@given(st.from_regex(_PLAIN.pattern, fullmatch=True))
def test_a_url_that_is_not_parsed_is_as_the_parser_writes_it(url):
    assert "/." in url or parse(url).text == url


def test_a_feed_signed_anew_by_a_stranger_is_not_trusted(job, feed, tmp_path):
    take_out(job, tmp_path)
    tell([job.folder], feed, Author("tea", STRANGER), NOW)
    with pytest.raises(FeedError, match="none of the keys that are trusted"):
        read_feed(feed.read_bytes().splitlines(), TRUST)


def test_another_corpus_s_feed_is_obeyed_as_a_list_and_read_on(job, feed, tmp_path):
    take_out(job, tmp_path)
    tell([job.folder], feed, AUTHOR, NOW)
    ours = open_suppression(tmp_path / "ours.jsonl")
    before = ours.digest()
    ours.follow([(feed, TRUST)])

    assert ours.refuses_url(parse("https://tea.test/1")) == REMOVED_ELSEWHERE
    assert ours.refuses_url(parse("https://tea.test/2")) == ""
    assert ours.refuses(parse("https://copy.test/"), text_hash(TEXT)) == REMOVED_ELSEWHERE
    assert ours.digest() != before
    take_out(job, tmp_path, url="https://tea.test/2")
    tell([job.folder], feed, AUTHOR, NOW)
    assert ours.refuses_url(parse("https://tea.test/2")) == REMOVED_ELSEWHERE


@pytest.mark.parametrize(
    ("break_it", "why"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:200]), "signed by nobody"),
        (lambda path: path.unlink(), "No such file"),
        (lambda path: path.write_text('{"number": 0}\n'), "entry 0"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"optout", b"excuse")), "forged"),
    ],
)
def test_a_feed_that_cannot_be_believed_stops_whoever_follows_it(
    break_it, why, job, feed, tmp_path
):
    take_out(job, tmp_path)
    tell([job.folder], feed, AUTHOR, NOW)
    break_it(feed)
    with pytest.raises(SuppressionError, match=why):
        open_suppression(tmp_path / "ours.jsonl").follow([(feed, TRUST)])


def test_a_followed_feed_that_loses_lines_stops_the_crawl(job, feed, tmp_path):
    take_out(job, tmp_path)
    tell([job.folder], feed, AUTHOR, NOW)
    ours = open_suppression(tmp_path / "ours.jsonl")
    ours.follow([(feed, TRUST)])
    feed.write_bytes(feed.read_bytes().splitlines(keepends=True)[0])
    with pytest.raises(SuppressionError, match="lost lines"):
        ours.refuses_url(parse("https://tea.test/1"))
    assert load(feed).number == 0


def test_a_line_is_as_it_is_hashed(job, feed, tmp_path):
    take_out(job, tmp_path)
    tell([job.folder], feed, Author("tea", KEY), NOW)
    raw = feed.read_bytes().splitlines(keepends=True)
    trust = frozenset({thumbprint(KEY)})
    assert read_feed(raw, trust).number == 1
    spaced = json.dumps(json.loads(raw[1])).encode()
    for lines in ([raw[0], spaced], [b"\xef\xbb\xbf" + raw[0]]):
        with pytest.raises(FeedError, match="canonical"):
            read_feed(lines, trust)
