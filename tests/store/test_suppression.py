import asyncio
import json
import subprocess
import sys

import pytest

from crawler.core.urls import parse
from crawler.store.suppression import Line, SuppressionError, open_suppression
from crawler.store.suppression_memory import open_remembered, recall, remember
from tests.store import made
from tests.web.handmade import handmade, page

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

    (tmp_path / "other.key").write_text("00" * 32)

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


def test_a_list_is_made_on_request_and_never_in_the_place_of_a_lost_one(tmp_path):
    path = tmp_path / "list"
    with pytest.raises(SuppressionError, match=r"is not there.*crawler policy suppression"):
        open_suppression(path, make=False)
    open_suppression(path)
    path.unlink()

    with pytest.raises(SuppressionError, match="is not there"):
        open_suppression(path)  # its key says that there was one


def test_hashed_lines_without_their_key_are_an_error(tmp_path):
    listing(tmp_path, Line("author", "Ada", "erasure", NOW, hashed=True))
    (tmp_path / "list.jsonl.key").unlink()

    for _ in range(2):
        with pytest.raises(SuppressionError, match="hashed: restore it"):
            open_suppression(tmp_path / "list.jsonl")


@pytest.mark.parametrize("left", ["", "half", "other"])
def test_a_list_that_lost_lines_is_an_error_for_the_job_that_obeyed_it(tmp_path, left):
    path, job = tmp_path / "list.jsonl", made.open_made(tmp_path / "job")
    found = listing(tmp_path, *(Line("domain", f"{n}.test", "optout", NOW) for n in "ab"))
    remember(job, found)
    whole = path.read_text()

    path.write_text({"": "", "half": whole[: len(whole) // 2]}.get(left, whole.replace("b", "c")))

    with pytest.raises(SuppressionError, match=r"list\.jsonl has lost or changed lines.*--job"):
        open_remembered(path, None, [recall(job)])
    if left != "other":
        with pytest.raises(SuppressionError, match="lost lines"):
            found.refuses_url(parse("https://x.test/"))
    path.write_text(whole + whole)
    assert open_remembered(path, None, [recall(job)]).domains() == ("a.test", "b.test")
    job.close()


def test_another_key_than_the_job_knew_is_an_error_where_it_matters(tmp_path):
    path, job = tmp_path / "list.jsonl", made.open_made(tmp_path / "job")
    remember(job, listing(tmp_path, Line("domain", "a.test", "optout", NOW)))
    path.with_name("list.jsonl.key").write_text("00" * 32)

    other = open_remembered(path, None, [recall(job)])
    assert other.refuses_url(parse("https://a.test/")) == "optout"
    other.add(Line("author", "Ada", "erasure", NOW, hashed=True))
    remember(job, other)
    path.with_name("list.jsonl.key").write_text("11" * 32)
    with pytest.raises(SuppressionError, match="another one than this job knew"):
        open_remembered(path, None, [recall(job)])
    job.close()


@pytest.mark.slow
async def test_a_new_job_begins_a_list_and_none_goes_on_without_it(tmp_path):
    path, job = tmp_path / "list.jsonl", tmp_path / "job"
    async with handmade({"http://a.test/": page()}) as web:
        policy = web.policy(
            tmp_path / "p.toml", '[suppression]\npath = "list.jsonl"\n', patience="100ms"
        )
        order = ["crawl", "http://a.test/", "--policy", policy, "--job", job]
        assert (await ordered(order)).returncode == 0
        open_suppression(path).add(Line("domain", "b.test", "optout", NOW))
        assert (await ordered(order)).returncode == 0
        path.unlink()
        path.with_name("list.jsonl.key").unlink()
        again, export = await ordered(order), ["export", job, "--out", tmp_path / "out"]
        exported = await ordered(export)

        assert (again.returncode, exported.returncode) == (1, 1)
        assert again.stderr.count("\n") == 1
        assert f"{path} is not there" in again.stderr
        assert "is not there" in exported.stderr
        made_anew = await ordered(["policy", "suppression", policy, job])
        assert made_anew.returncode == 0, made_anew.stderr
        assert (await ordered(export)).returncode == 0
        assert path.read_text() == ""


async def ordered(words):
    program = [sys.executable, "-m", "crawler", *map(str, words)]
    return await asyncio.to_thread(subprocess.run, program, capture_output=True, text=True)
