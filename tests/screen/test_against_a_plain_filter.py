"""Rows screened beside a filter of the public kind: robots.txt alone, by domain, errors allowed."""

import json

import pyarrow.parquet as pq
import pytest
from protego import Protego

from crawler.core.urls import parse
from tests.cli.run import invoke

AGENTS = ("CorpusBot", "GPTBot", "CCBot")
# domain: what its robots.txt is (a status in place of a text), and paths that are rows.
SITES = {
    "open.test": ("User-agent: *\nAllow: /\n", ["/", "/a"]),
    "closed.test": ("User-agent: *\nDisallow: /\n", ["/", "/a"]),
    "part.test": ("User-agent: *\nDisallow: /no/\nAllow: /no/but\n", ["/", "/no/x", "/no/but"]),
    "wild.test": ("User-agent: *\nDisallow: /*?s=\nDisallow: /*.pdf$\n", ["/?s=1", "/a.pdf", "/a"]),
    "ai.test": ("User-agent: GPTBot\nDisallow: /\n", ["/", "/a"]),
    "group.test": ("User-agent: CCBot\nUser-agent: GPTBot\nDisallow: /x\n", ["/x", "/y"]),
    "signal.test": ("User-agent: *\nContent-Signal: ai-train=no\nAllow: /\n", ["/"]),
    "usage.test": ("User-agent: *\nContent-Usage: train-ai=n\nAllow: /\n", ["/"]),
    "error.test": (503, ["/"]),
    "denied.test": (403, ["/"]),
    "absent.test": (404, ["/", "/a"]),
    "prose.test": (
        (
            "# The use of our content for training artificial intelligence is prohibited.\n"
            "User-agent: *\nAllow: /\n"
        ),
        ["/"],
    ),
    "unknown.test": (None, ["/"]),
}
# Why we leave out what the plain filter lets pass.
EXPLAINED = {
    "ai.test": "tokens.agent",
    "group.test": "tokens.agent",
    "signal.test": "content_signals.robots",
    "usage.test": "aipref.robots",
    "error.test": "unreachable",
    "denied.test": "robots.refused",
    "prose.test": "prose.comment",
    "unknown.test": "no-evidence",
}


def plain_filter(url: str) -> bool:
    """Say whether a robots-only filter under our own name keeps a row."""
    found = parse(url)
    text, _ = SITES[found.host]
    if not isinstance(text, str):
        return True
    return Protego.parse(text).can_fetch(url, AGENTS[0])


@pytest.fixture(scope="module")
def screened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain")
    rows, evidence = [], []
    for domain, (text, paths) in SITES.items():
        rows += [{"url": f"https://{domain}{path}", "date": "2024-05-18"} for path in paths]
        answer = {"robots_txt": text} if isinstance(text, str) else {"status": text}
        if text is not None:
            evidence.append({"domain": domain, "date": "2024-05-01", **answer})
    for name, items in (("rows.jsonl", rows), ("evidence.jsonl", evidence)):
        (folder / name).write_text("".join(f"{json.dumps(item)}\n" for item in items))
    words = ["screen", str(folder / "rows.jsonl"), "--evidence", str(folder / "evidence.jsonl")]
    words += ["--job", str(folder / "job"), "--out", str(folder / "out"), "--no-collect"]
    done = invoke(*words, "--as-of", "capture")
    assert done.exit_code == 0, done.output
    found = pq.read_table(folder / "out" / "annotation.parquet").to_pylist()
    return {row["url"]: (row["included"], row["reason"]) for row in found}


def test_nothing_is_kept_that_a_plain_filter_leaves_out(screened):
    assert [url for url, (kept, _) in screened.items() if kept and not plain_filter(url)] == []


def test_every_difference_has_its_reason(screened):
    found = {
        parse(url).host: reason
        for url, (kept, reason) in screened.items()
        if not kept and plain_filter(url)
    }

    assert found == EXPLAINED


def test_where_both_speak_of_robots_alone_they_agree(screened):
    same = [url for url in screened if parse(url).host not in EXPLAINED]

    assert len(same) > 10
    assert {url: screened[url][0] for url in same} == {url: plain_filter(url) for url in same}
