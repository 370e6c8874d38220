"""A new protocol is one module: written in a temporary folder, registered, and heard everywhere."""

import asyncio
import json
import re
import subprocess
import sys

import pytest

from crawler.core.consent.protocol import NOTHING, Protocol
from crawler.core.consent.protocols import (
    PROTOCOLS,
    forget_derived,
    register,
    rules,
    rules_version,
    signal_headers,
)
from tests.web.handmade import Reply, handmade

HOST = "http://a.test"
# A protocol of its own: a header, and a file that speaks for the origin.
MODULE = '''
"""Learn-Not: a header and a file that say who may learn."""

from crawler.core.consent.protocol import NOTHING, Protocol, SiteFile, WayOut, reading_of, signal
from crawler.core.decision import Usage, Value
from crawler.core.evidence import FileKind

DENY = {Usage.AI_TRAIN: Value.DENY}
KIND = FileKind("learn-not")


def read(case):
    found = [
        signal("learn_not.header", "header learn-not", line, DENY)
        for line in case.lines("learn-not")
        if line.strip() == "yes"
    ]
    file = case.file(KIND)
    if file is not None and file.body.startswith(b"nobody"):
        found.append(signal("learn_not.file", "learn-not.txt", "nobody", DENY))
    return reading_of(found) if found else NOTHING


PROTOCOL = Protocol(
    name="learn_not",
    read=read,
    places=(KIND, "headers"),
    headers=("learn-not",),
    files=(SiteFile("learn-not", KIND, "/learn-not.txt"),),
    rules={
        "learn_not.header": "A header says that nobody may learn from this page.",
        "learn_not.file": "A file says that nobody may learn from this site.",
    },
    ways=(WayOut("learn-not.txt", "nobody # not {token} either", "We learn nothing."),),
    where="`learn-not.txt`, header",
)
'''
RUN = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import learn_not
from crawler.core.consent.protocols import register
register(learn_not.PROTOCOL)
from crawler.cli import main
main()
"""


@pytest.fixture
def crawler(tmp_path):
    """Run the command line with the new protocol in its table."""
    (tmp_path / "plugin").mkdir()
    (tmp_path / "plugin" / "learn_not.py").write_text(MODULE)

    def run(*arguments):
        words = [sys.executable, "-c", RUN, tmp_path / "plugin", *arguments]
        return subprocess.run(words, capture_output=True, text=True, check=False)

    return lambda *arguments: asyncio.to_thread(run, *arguments)


@pytest.mark.slow
async def test_a_new_protocol_is_heard_explained_configured_and_published(crawler, tmp_path):
    page = "<html><body><main><p>A page about the tides, long enough to be kept.</p></main>"
    pages = {
        f"{HOST}/": Reply(page + '<a href="/said">said</a>'),
        f"{HOST}/said": Reply(page, headers=(("Learn-Not", "yes"),)),
        "http://b.test/": Reply(page),
        "http://b.test/learn-not.txt": Reply("nobody", type="text/plain"),
    }
    job = tmp_path / "job"
    async with handmade(pages) as web:
        table = '[consent]\nprobes = ["learn-not"]\n[consent.readings]\nlearn_not = "honour"\n'
        policy = web.policy(tmp_path / "p.toml", table)
        seeds = (f"{HOST}/", "http://b.test/")
        done = await crawler("crawl", *seeds, "--job", job, "--policy", policy)
        asked = {line.url for line in web.log}
    assert done.returncode == 0, done.stderr

    async def explained(url):
        done = await crawler("explain", job, url)
        return done.stdout

    assert "active (ok)" in await explained(f"{HOST}/")
    assert "A header says that nobody may learn" in await explained(f"{HOST}/said")
    assert "A file says that nobody may learn" in await explained("http://b.test/")
    assert "http://b.test/learn-not.txt" in asked
    assert "http://b.test/" not in asked

    shown = await crawler("policy", "show", policy, "--json")
    readings = json.loads(shown.stdout)["consent"]["readings"]
    assert readings["learn_not"] == "honour"
    (tmp_path / "typo.toml").write_text("[consent.readings]\nlearn_no = 'honour'\n")
    linted = await crawler("policy", "lint", tmp_path / "typo.toml")
    assert "learn_not" in linted.stdout + linted.stderr

    about = 'token = "ProofBot"\ncontact = "https://proof.test/bot"\nemail = "bot@proof.test"\n'
    (tmp_path / "about.toml").write_text(f'extends = "default"\n[identity]\n{about}')
    wanted = (
        "--out",
        tmp_path / "page",
        "--policy",
        tmp_path / "about.toml",
        "--operator",
        "Proof",
    )
    made = await crawler("identity", "init", *wanted)
    assert made.returncode == 0, made.stderr
    html = (tmp_path / "page" / "index.html").read_text()
    assert "nobody # not ProofBot either" in html


@pytest.fixture
def registered():
    """Register a protocol for the length of one test."""
    added = Protocol(
        name="made_up",
        read=lambda _: NOTHING,
        places=("headers",),
        headers=("made-up",),
        rules={"made_up.header": "A header that nobody sends says no."},
        where="a header",
    )
    register(added)
    yield
    PROTOCOLS.remove(added)
    forget_derived()


def test_the_version_of_the_rules_changes_with_any_declaration(request):
    before = rules_version()
    request.getfixturevalue("registered")

    assert re.fullmatch(r"\d{4}-\d\d-\d\d\.[0-9a-f]{8}", before)
    assert rules_version() != before
    assert "made-up" in signal_headers()
    assert "made_up.header" in rules()


def test_a_name_or_a_code_that_is_taken_is_an_error():
    with pytest.raises(ValueError, match=r"already in the table of protocols: .*robots"):
        register(next(item for item in PROTOCOLS if item.name == "robots"))


def test_every_code_has_a_sentence():
    for code, said in rules().items():
        assert said.endswith("."), code
