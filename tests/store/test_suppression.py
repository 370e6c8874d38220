import json

import pytest

from crawler.core.urls import parse
from crawler.store.suppression import Line, SuppressionError, open_suppression

NOW = 1_760_000_000.0


def listing(tmp_path, *lines):
    found = open_suppression(tmp_path / "list.jsonl")
    for line in lines:
        found.add(line)
    return open_suppression(tmp_path / "list.jsonl")


@pytest.mark.parametrize("hashed", [False, True])
@pytest.mark.parametrize(
    ("scope", "value", "url", "reason"),
    [
        ("url", "https://a.test/x", "https://a.test/x", "why"),
        ("url", "https://a.test/x#top", "https://a.test/%78?utm_source=y", "why"),
        ("url", "https://a.test/x", "https://a.test/y", ""),
        ("domain", "A.test.", "https://www.a.test/any", "why"),
        ("domain", "a.test", "https://ba.test/", ""),
        ("domain", "www.a.test", "https://a.test/", ""),
    ],
)
def test_a_listed_address_is_refused_in_every_spelling(tmp_path, scope, value, url, reason, hashed):
    found = listing(tmp_path, Line(scope, value, "why", NOW, hashed))

    assert found.refuses_url(parse(url)) == reason


def test_a_hashed_line_names_nobody(tmp_path):
    listing(tmp_path, Line("author", "Ada Lovelace", "erasure", NOW, hashed=True))

    assert b"Ada" not in (tmp_path / "list.jsonl").read_bytes()
    found = open_suppression(tmp_path / "list.jsonl")
    assert found.refuses(parse("https://x.test/"), "", ("ada  LOVELACE",)) == "erasure"


def test_without_the_key_a_hash_says_nothing(tmp_path):
    listing(tmp_path, Line("url", "https://a.test/x", "erasure", NOW, hashed=True))

    other = open_suppression(tmp_path / "list.jsonl", tmp_path / "other.key")

    assert other.refuses_url(parse("https://a.test/x")) == ""


def test_lifting_is_one_more_line(tmp_path):
    lines = [Line("domain", "a.test", "optout", NOW, hashed) for hashed in (False, True)]
    found = listing(tmp_path, *lines)
    found.lift("domain", "a.test", NOW, "agreed")

    assert open_suppression(tmp_path / "list.jsonl").refuses_url(parse("https://a.test/")) == ""
    assert len((tmp_path / "list.jsonl").read_text().splitlines()) == 4


def test_lifting_lets_the_texts_of_the_same_purge_come_back(tmp_path):
    found = listing(
        tmp_path,
        Line("domain", "a.test", "optout", NOW),
        Line("text", "0" * 64, "optout", NOW, hashed=True),
        Line("text", "1" * 64, "erasure", NOW + 1, hashed=True),
    )
    found.lift("domain", "a.test", NOW, "agreed")

    again = open_suppression(tmp_path / "list.jsonl")
    assert again.refuses(parse("https://a.test/"), "0" * 64) == ""
    assert again.refuses(parse("https://a.test/"), "1" * 64) == "erasure"


@pytest.mark.parametrize(
    "line", ["{", "[]", "7", '{"scope": "url"}', '{"scope": "x", "value": "y"}']
)
def test_a_damaged_line_is_an_error_that_names_it(tmp_path, line):
    good = json.dumps({"scope": "domain", "value": "a.test"})
    (tmp_path / "list.jsonl").write_text(f"{good}\n{line}\n")

    with pytest.raises(SuppressionError, match="line 2"):
        open_suppression(tmp_path / "list.jsonl")


def test_an_unwritable_place_is_a_clear_error(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(SuppressionError, match="cannot be used"):
        open_suppression(tmp_path / "file" / "list.jsonl")


def test_what_another_process_adds_counts_at_once(tmp_path):
    mine, other = open_suppression(tmp_path / "list"), open_suppression(tmp_path / "list")

    other.add(Line("domain", "a.test", "optout", 1.0))
    assert mine.refuses_url(parse("https://a.test/")) == "optout"
    other.lift("domain", "a.test", 2.0, "letter")
    assert mine.refuses_url(parse("https://a.test/")) == ""


def test_a_line_written_by_hand_without_an_end_is_kept_whole(tmp_path):
    path = tmp_path / "list"
    path.write_text('{"scope": "domain", "value": "a.test"}')

    open_suppression(path).add(Line("domain", "b.test", "optout", 1.0))

    found = open_suppression(path)
    assert found.domains() == ("a.test", "b.test")
