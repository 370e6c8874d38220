import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context

import httpx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import ABSENT, Consent, Policy, read_page
from crawler.core.consent.protocols import sentence

URL = "https://a.test/story"
OPEN = "User-agent: *\nAllow: /\n"
PAGE = b"<title>A story</title><p>Once upon a time.</p>"
WHOLE = {"robots_txt": OPEN, "files": ABSENT, "headers": {}, "html": PAGE, "status": 200}
SITE = ("tdmrep.json", "ai.txt", "trust.txt")
NONE_THERE = dict.fromkeys(SITE, ABSENT)
RESERVED = '[{"location": "/", "tdm-reservation": 1}]'
RSL = (
    '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>'
    '<prohibits type="usage">ai-train</prohibits></license></content></rsl>'
)


@pytest.fixture(scope="module")
def consent():
    return Consent(Policy.load("default"))


@pytest.mark.parametrize("left_out", ["robots_txt", "files", "headers", "html", "status"])
def test_whatever_is_left_out_is_unknown_and_refuses(consent, left_out):
    assert consent.decide(URL, **WHOLE)

    decision = consent.decide(URL, **{**WHOLE, left_out: None})

    assert not decision
    assert decision.reason == "no-evidence"
    assert decision.missing


@pytest.mark.parametrize("name", SITE)
def test_a_file_the_policy_asks_for_is_unknown_until_something_is_said_of_it(consent, name):
    files = {other: ABSENT for other in SITE if other != name}

    decision = consent.decide(URL, **{**WHOLE, "files": files})

    assert (decision.reason, decision.missing) == ("no-evidence", (name,))


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"robots_txt": "User-agent: *\nDisallow: /story"}, "robots.disallow"),
        ({"robots_txt": b"\xef\xbb\xbfUser-agent: GPTBot\r\nDisallow: /"}, "tokens.agent"),
        ({"robots_txt": 503}, "robots.unreachable"),
        ({"robots_txt": 403}, "robots.refused"),
        ({"robots_txt": np.int64(503)}, "robots.unreachable"),
        ({"robots_txt": np.str_("User-agent: *\nDisallow: /")}, "robots.disallow"),
        ({"status": np.int64(200)}, "ok"),
        ({"robots_txt": ABSENT}, "ok"),
        ({"robots_txt": 404}, "ok"),
        ({"robots_txt": 200}, "no-evidence"),
        ({"robots_txt": float("nan")}, "no-evidence"),
        ({"files": NONE_THERE | {"tdmrep.json": RESERVED}}, "tdmrep.file"),
        ({"files": NONE_THERE | {"/.well-known/tdmrep.json": RESERVED.encode()}}, "tdmrep.file"),
        ({"files": NONE_THERE | {f"{URL[:14]}/.well-known/tdmrep.json": RESERVED}}, "tdmrep.file"),
        ({"files": NONE_THERE | {"tdmrep.json": 500}}, "policy.unreachable"),
        ({"files": {"tdmrep.json": ABSENT, "ai.txt": None, "trust.txt": ABSENT}}, "no-evidence"),
        ({"headers": {"X-Robots-Tag": "noai"}}, "robots_meta.noai"),
        ({"headers": {"x-robots-tag": ["all", "noai"]}}, "robots_meta.noai"),
        ({"headers": [("X-Robots-Tag", "noai")]}, "robots_meta.noai"),
        ({"headers": ((b"X-Robots-Tag", b"noai"),)}, "robots_meta.noai"),
        ({"headers": [{"name": "X-Robots-Tag", "value": "noai"}]}, "robots_meta.noai"),
        ({"headers": httpx.Headers([("a", "b"), ("x-robots-tag", "noai")])}, "robots_meta.noai"),
        ({"headers": "HTTP/1.1 200 OK\r\nX-Robots-Tag: noai\r\n\r\n"}, "robots_meta.noai"),
        ({"headers": b"X-Robots-Tag: all,\r\n noai\r\n"}, "robots_meta.noai"),
        ({"headers": '{"X-Robots-Tag": "noai"}'}, "robots_meta.noai"),
        ({"headers": {"X-Robots-Tag": None}}, "ok"),
        ({"headers": {"Content-Type": "image/png"}}, "type"),
        ({"html": '<meta name="robots" content="noai"><p>x'}, "robots_meta.noai"),
        ({"html": bytearray(b'<meta name="robots" content="noai"><p>x')}, "robots_meta.noai"),
        ({"html": b""}, "empty"),
        ({"html": ABSENT}, "empty"),
        ({"html": b"\x1f\x8b\x08\x00still packed"}, "no-evidence"),
        ({"html": b"<" * 5_000 + b"\x00\xff" * 99}, "ok"),
        ({"html": '<meta http-equiv="refresh" content="0;url=/other"><p>x'}, "moved"),
        ({"status": "200"}, "ok"),
        ({"status": 200.0}, "ok"),
        ({"status": 301}, "moved"),
        ({"status": 404}, "http.gone"),
        ({"status": 451, "headers": None, "html": None}, "http.legal"),
        ({"status": 503}, "http.overload"),
    ],
)
def test_evidence_is_read_in_every_form_in_which_people_have_it(consent, given, reason):
    assert consent.decide(URL, **{**WHOLE, **given}).reason == reason


def test_what_is_known_to_refuse_refuses_before_what_is_unknown(consent):
    decision = consent.decide(URL, robots_txt="User-agent: *\nDisallow: /")

    assert (decision.reason, decision.rule, decision.missing) == (
        "robots.disallow",
        "robots.disallow",
        (),
    )


def test_before_a_request_only_the_site_is_asked(consent):
    assert consent.decide(URL, robots_txt=OPEN, files=ABSENT, before_request=True)
    assert not consent.decide(URL, files=ABSENT, before_request=True)
    with pytest.raises(TypeError, match="before_request"):
        consent.decide(URL, **WHOLE, before_request=True)


def test_documents_that_evidence_names_are_unknown_until_they_are_given(consent):
    robots = f"{OPEN}License: https://a.test/license.xml\n"
    whole = {**WHOLE, "robots_txt": robots, "files": NONE_THERE}

    assert consent.decide(URL, **whole).missing == ("https://a.test/license.xml",)
    whole["files"] = NONE_THERE | {"https://a.test/license.xml": RSL}
    assert consent.decide(URL, **whole).reason.startswith("rsl.")


@pytest.mark.parametrize(
    "url", [None, "", "story", "mailto:a@b.test", "javascript:x", 7, b"\xff", "http://[", " "]
)
def test_without_an_address_nothing_is_decided(consent, url):
    decision = consent.decide(url, **WHOLE)

    assert (bool(decision), decision.reason) == (False, "no-url")
    assert "no-url" in decision.explain()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"robots_txt": 7}, "robots_txt"),
        ({"robots_txt": object()}, "robots_txt"),
        ({"robots_txt": True}, "robots_txt"),
        ({"files": ["tdmrep.json"]}, "files"),
        ({"files": {"tdmrep.json": object()}}, "tdmrep.json"),
        ({"headers": 7}, "headers"),
        ({"headers": [("a", "b", "c")]}, "headers"),
        ({"headers": "{broken"}, "headers"),
        ({"html": 7}, "html"),
        ({"status": "ok"}, "status"),
        ({"status": 7}, "status"),
    ],
)
def test_what_has_no_meaning_is_an_error_that_names_its_argument(consent, given, named):
    with pytest.raises((TypeError, ValueError), match=named):
        consent.decide(URL, **{**WHOLE, **given})


def test_a_decision_says_all_of_itself(consent):
    decision = consent.decide(
        URL,
        **{**WHOLE, "headers": {"X-Robots-Tag": "noai\n\x1b[31mred"}},
        at=datetime(2026, 1, 2, tzinfo=UTC),
    )

    told = decision.explain()
    assert "robots_meta.noai" in told
    assert "\x1b" not in told
    assert decision.meaning == sentence("robots_meta.noai")
    assert decision.decided_at == 1_767_312_000
    assert decision.policy_sha256 == consent.policy.sha256
    assert decision.columns()["consent_verdict_ai_train"] == "deny"
    assert pickle.loads(pickle.dumps(decision)) == decision


def test_a_text_is_read_as_what_it_says_whatever_encoding_it_declares():
    html = '<meta charset="koi8-r"><title>Überall</title><p>Text und Data Mining ist vorbehalten.'

    assert read_page(html, URL).title == "Überall"


@settings(max_examples=15)
@given(st.binary(max_size=300), st.binary(max_size=300), st.dictionaries(st.text(), st.text()))
def test_no_evidence_makes_it_raise(consent, robots, html, headers):
    decision = consent.decide(
        URL,
        robots_txt=robots,
        files=dict.fromkeys(SITE, html),
        headers=headers,
        html=html,
        status=200,
    )

    assert decision.explain()


def test_what_the_operator_never_wants_and_has_suppressed_is_refused(tmp_path):
    listed = tmp_path / "list.jsonl"
    listed.write_text(
        '{"hashed":false,"lifted":false,"reason":"asked","request":"","scope":"domain",'
        '"since":0.0,"value":"a.test"}\n'
    )
    policy = tmp_path / "policy.toml"
    policy.write_text(
        'extends = "default"\n[suppression]\npath = "list.jsonl"\n'
        '[[never]]\ndomain = "b.test"\nsource = "me"\ndate = "2026-01-01"\n'
    )
    consent = pickle.loads(pickle.dumps(Consent(policy)))

    assert consent.decide(URL, **WHOLE).reason == "policy.suppressed"
    assert consent.decide("https://b.test/", **WHOLE).reason == "policy.never"
    assert consent.decide("https://c.test/", **WHOLE)


def test_a_policy_with_faults_names_them(tmp_path):
    with pytest.raises(ValueError, match="purpos"):
        Policy.parse('extends = "default"\npurpos = "train"\n')
    with pytest.raises(ValueError, match="no such file"):
        Policy.load(tmp_path / "missing.toml")


def test_a_policy_is_the_same_in_another_process():
    policy = Policy.parse('extends = "search"\n[consent]\nunset = "exclude"\n')

    assert pickle.loads(pickle.dumps(policy)) == policy
    assert policy.purpose == ("index",)


def test_importing_loads_nothing_and_deciding_no_client():
    code = (
        "import sys; before = set(sys.modules); import crawler\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(*sorted(new & {'pydantic', 'numpy', 'socket', 'sqlite3', 'asyncio'}), end='|')\n"
        "consent = crawler.Consent('default')\n"
        "consent.decide('https://a.test/', robots_txt='', files=crawler.ABSENT, status=200,"
        " headers={}, html='<p>text')\n"
        "print(*sorted(set(sys.modules) & {'aiohttp', 'httpx', 'py3langid.langid', 'asyncio'}))\n"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout == "|\n"


NESTED = b"<div>" * 60_000


@pytest.mark.slow
def test_a_page_that_hangs_a_parser_is_ended_in_any_thread(consent):
    def decide(number):
        return consent.decide(f"{URL}{number}", **{**WHOLE, "html": NESTED}).reason

    with ThreadPoolExecutor(2) as threads:
        reasons = set(threads.map(decide, range(2)))

    assert reasons == {"parse-timeout"}
    assert consent.decide(URL, **{**WHOLE, "html": PAGE * 9_000}).reason == "ok"


def _in_another_process(consent):
    large = b"<p>Some words of a long page.</p>" * 9_000
    return consent.decide(URL, **{**WHOLE, "html": large}).reason, read_page(large, URL).problem


@pytest.mark.slow
@pytest.mark.parametrize("how", ["fork", "spawn", "forkserver"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_processes_of_every_kind_can_decide(consent, how):
    assert _in_another_process(consent) == ("ok", "")  # its helpers run before the fork

    with get_context(how).Pool(2) as pool:
        assert pool.map(_in_another_process, [consent] * 3) == [("ok", "")] * 3
