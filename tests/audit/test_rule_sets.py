"""One file, two readings: the study's, which knows no paths, and the standard's."""

import pytest

from crawler.audit.agents import COMBINED, agents
from crawler.audit.rule_sets import Status, cic, rfc9309

ALL, SOME, NONE = Status.ALL, Status.SOME, Status.NONE
# A file, whom it is asked for, what the study says, what the standard says.
CASES = [
    ("User-agent: *\nDisallow: /", "gptbot", ALL, ALL),
    ("User-agent: *\nDisallow:", "gptbot", NONE, NONE),
    ("User-agent: *\nDisallow: /private", "gptbot", SOME, SOME),
    ("", "gptbot", NONE, NONE),
    ("User-agent: GPTBot\nDisallow: /", "ccbot", NONE, NONE),
    ("User-agent: gptBOT\nDisallow: /", "gptbot", ALL, ALL),
    # An agent with a group of its own is not of everybody.
    ("User-agent: *\nDisallow: /\n\nUser-agent: GPTBot\nDisallow:", "gptbot", NONE, NONE),
    ("User-agent: GPTBot\n\nUser-agent: *\nDisallow: /x", "gptbot", SOME, SOME),
    # One Allow line makes it partial for the study; the standard asks who gets `/`.
    ("User-agent: *\nDisallow: /\nAllow: /public", "gptbot", SOME, ALL),
    ("User-agent: *\nDisallow: /\nAllow: /", "gptbot", NONE, SOME),
    ("User-agent: *\nDisallow: /a\nAllow: /a", "gptbot", NONE, SOME),
    ("User-agent: *\nAllow: /a?b\nDisallow: /", "gptbot", ALL, ALL),
    # Lines with a question mark do not count for the study.
    ("User-agent: *\nDisallow: /*?", "gptbot", NONE, SOME),
    ("User-agent: *\nDisallow: /*", "gptbot", SOME, ALL),
    ("User-agent: *\nDisallow: *", "gptbot", SOME, ALL),
    # Stacked agents share their rules, wherever in the file they stand.
    ("User-agent: x\nDisallow: /x\n\nUser-agent: GPTBot\nUser-agent: CCBot\nDisallow: /",
     "gptbot", ALL, ALL),
    # Groups of one name add up.
    ("User-agent: GPTBot\nDisallow: /a\n\nUser-agent: GPTBot\nDisallow: /", "gptbot", ALL, ALL),
    ("User-agent: GPTBot # ours\nDisallow: / # all", "gptbot", ALL, ALL),
    ("Disallow: /\nUser-agent: *\nDisallow: /x", "gptbot", SOME, SOME),
    ("\ufeffUser-agent: *\r\nDisallow: /\r\n", "gptbot", ALL, ALL),
    ("USER-AGENT:*\nDISALLOW:/", "gptbot", ALL, ALL),
    # A version is part of the name for the study, and none for the standard.
    ("User-agent: GPTBot/1.1\nDisallow: /", "gptbot", NONE, ALL),
    ("User-agent: img2dataset\nDisallow: /", "img2dataset", ALL, ALL),
    ("<html><body>not a robots file: at all</body></html>", "gptbot", NONE, NONE),
]  # fmt: skip


@pytest.mark.parametrize(("text", "agent", "study", "standard"), CASES)
def test_each_rule_set_says_its_own(text, agent, study, standard):
    body = text.encode()

    assert (cic(body).to(agent), rfc9309(body).to(agent)) == (study, standard)


def test_the_strictest_of_several_is_the_largest():
    assert max(Status.NO_ROBOTS, Status.NONE, Status.ALL, Status.SOME) is Status.ALL


def test_every_agent_has_one_class_and_the_studys_are_among_them():
    known = agents()

    assert {name.lower() for name in COMBINED} <= known.spelt.keys()
    assert known.classes["gptbot"] == "training"
    assert known.classes["google-extended"] == "training"
    assert known.classes["chatgpt-user"] == "user"
    assert known.classes["oai-searchbot"] == "search"
    assert known.classes["ia_archiver"] == "archive"
