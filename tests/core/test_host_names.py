"""One host has one name, wherever it is named."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import ConfigError, parse, respelt
from crawler.core.content.settings import ConfirmedDomain
from crawler.core.policy import Grant, Never
from crawler.core.politeness import Group
from crawler.core.urls import host_name, is_within, meant_domain, site_of
from crawler.core.urls import parse as parse_url
from crawler.corpus.errors import CorpusError
from crawler.corpus.removal.purge import Selector
from crawler.fetch.dialable import NetworkSettings
from crawler.store.suppression import Line, SuppressionError, open_suppression

NAMES = [
    ("a.test", "a.test"),
    ("a.test.", "a.test"),
    ("A.TEST", "a.test"),
    (" a.Test. ", "a.test"),
    ("a\uff0etest", "a.test"),
    ("a\u3002test\u3002", "a.test"),
    ("\uff41.test", "a.test"),
    ("a\u00ad.test", "a.test"),
    ("b\u00fccher.test", "xn--bcher-kva.test"),
    ("bu\u0308cher.test", "xn--bcher-kva.test"),
    ("B\u00dcCHER.TEST.", "xn--bcher-kva.test"),
    ("XN--BCHER-KVA.test", "xn--bcher-kva.test"),
    ("\u4f8b\u3048.test", "xn--r8jz45g.test"),
    ("localhost", "localhost"),
    ("a_b.test", "a_b.test"),
    ("127.0.0.1", "127.0.0.1"),
    ("127.0.0.1.", "127.0.0.1"),
    ("0x7f.1", "127.0.0.1"),
    ("0177.0.0.1", "127.0.0.1"),
    ("2130706433", "127.0.0.1"),
    ("127.1", "127.0.0.1"),
    ("[::1]", "[::1]"),
    ("::1", "[::1]"),
    ("[0:0:0:0:0:0:0:1]", "[::1]"),
    ("2001:DB8::0:1", "[2001:db8::1]"),
]
NO_NAMES = [
    "", " ", ".", "..", "a..test", ".a.test", "http://a.test", "http://a.test/", "//a.test",
    "a.test/", "a.test/x", "a.test:80", "[::1]:80", "a.test:", "*.a.test", "*", "a b.test",
    "a.test?x", "a.test#x", "user@a.test", "a.test\\x", "a%2etest", "[::1", "a.test, b.test",
    "256.256.256.256", "\ud800.test",
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_a_host_has_one_name(text, name):
    assert host_name(text) == name
    url = parse_url(f"http://{name if ':' in text and '[' not in text else text.strip()}:8080/x?y")
    assert url is not None
    assert (url.host, url.text) == (name, f"http://{name}:8080/x?y")


@pytest.mark.parametrize("text", NO_NAMES)
def test_what_is_no_host_has_no_name(text):
    assert host_name(text) is None


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("http://a.test./x", "http://a.test/x"),
        ("https://A.TEST.:443", "https://a.test/"),
        ("https://a.test.:8443/?q", "https://a.test:8443/?q"),
        ("http://a.test../x", "http://a.test/x"),
        ("http://a.test%2e/x", "http://a.test/x"),
        ("//b.test./x", "http://b.test/x"),
    ],
)
def test_a_url_has_no_root_dot(text, whole):
    url = parse_url(text, parse_url("http://a.test/"))
    plain = parse_url(whole)

    assert url == plain
    assert (url.key, url.origin, url.site) == (plain.key, plain.origin, plain.site)
    assert url.text == url.origin + url.target


@pytest.mark.parametrize("text", ["http://./", "http://../x", "http://.:80/"])
def test_a_url_without_a_host_is_none(text):
    assert parse_url(text) is None


@given(st.text(max_size=40))
def test_a_name_stays_as_it_is_once_it_is_one(text):
    name = host_name(text)

    assert name is None or (host_name(name) == name and site_of(name))


@given(st.text(max_size=60))
def test_every_url_is_of_a_host_by_its_one_name(text):
    url = parse_url(f"http://{text}")

    assert url is None or not url.host.endswith(".")


@pytest.mark.parametrize(
    ("host", "domain", "within"),
    [
        ("a.test", "a.test", True),
        ("www.a.test", "a.test", True),
        ("a.test", "www.a.test", False),
        ("ba.test", "a.test", False),
        ("a.test.b", "a.test", False),
    ],
)
def test_a_host_lies_within_its_domain_and_no_other(host, domain, within):
    assert is_within(host, domain) is within


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("*.x.test", "x.test"),
        (".x.test", "x.test"),
        ("https://x.test/page", "x.test"),
        ("x.test:80", "x.test"),
        ("X.test./", "x.test"),
        ("*", None),
        ("", None),
        ("a b", None),
    ],
)
def test_what_was_meant_can_be_told(text, name):
    assert meant_domain(text) == name


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_settings_bring_names_to_their_form(text, name):
    said = {"source": "s", "date": "2026-01-01"}
    target = {text: "127.0.0.1:80"}

    assert Never(domain=text, **said).domain == name
    assert Grant(domain=text, **said).domain == name
    assert ConfirmedDomain(domain=text, **said).domain == name
    assert Group(pattern=text).pattern == name
    assert list(NetworkSettings(connect_to=target).connect_to) == [name]
    assert Selector(domain=text).domain == name


def test_patterns_and_ports_are_read_with_their_names():
    targets = {"A.test.:0080": "127.0.0.1:80", "[::1]:81": "127.0.0.1:81"}

    assert Group(pattern="*.B\u00dcCHER.test.").pattern == "*.xn--bcher-kva.test"
    assert list(NetworkSettings(connect_to=targets).connect_to) == ["a.test:80", "[::1]:81"]
    with pytest.raises(ValueError, match="twice"):
        NetworkSettings(connect_to={"a.test": "127.0.0.1:80", "A.test.": "127.0.0.1:81"})


POLICY = """
[[never]]
domain = "BLOCKED.test."
source = "s"
date = "2026-01-01"
[export]
without_domains = ["b\u00fccher.test", "fine.test"]
[network]
allow = ["127.0.0.0/8"]
[network.connect_to]
"A.test." = "127.0.0.1:80"
"""


def test_lint_says_which_names_are_read_otherwise(tmp_path):
    path = tmp_path / "policy.toml"
    path.write_text(POLICY)

    notes = [note.partition("policy.toml:")[2] for note in respelt(path)]

    assert notes == [
        "3: never[1].domain: 'BLOCKED.test.' is read as \"blocked.test\"",
        "7: export.without_domains[1]: 'b\u00fccher.test' is read as \"xn--bcher-kva.test\"",
        "11: network.connect_to.A.test.: 'A.test.' is read as \"a.test\"",
    ]
    assert parse(POLICY).consent_policy().never[0].domain == "blocked.test"


@pytest.mark.parametrize("name", ["http://x.test/", "x.test/", "x.test:80", "*.x.test", "", "a..b"])
@pytest.mark.parametrize("where", ["without_domains", "only_domains"])
def test_what_is_no_name_is_an_error_where_it_would_match_nothing(name, where):
    with pytest.raises(ConfigError, match="no domain"):
        parse(f"[export]\n{where} = [{json.dumps(name)}]")


@pytest.mark.parametrize(
    ("name", "hint"), [("http://b\u00fccher.test/", "xn--bcher-kva.test"), ("*.x.test", "x.test")]
)
def test_a_purge_says_how_a_name_is_written(name, hint):
    with pytest.raises(CorpusError, match=hint):
        Selector(domain=name)


@pytest.mark.parametrize(
    "value",
    ["b\u00fccher.test", "B\u00dcCHER.TEST.", "xn--bcher-kva.test", "*.b\u00fccher.test",
     "http://b\u00fccher.test/", ".b\u00fccher.test"],
)  # fmt: skip
@pytest.mark.parametrize("hashed", [False, True])
def test_a_suppressed_domain_is_heard_however_it_is_written(tmp_path, value, hashed):
    listed = open_suppression(tmp_path / "list.jsonl")
    listed.add(Line("domain", value, "optout", 0.0, hashed=hashed))

    for text in ("http://b\u00fccher.test./x", "https://www.xn--bcher-kva.test/"):
        assert open_suppression(tmp_path / "list.jsonl").refuses_url(parse_url(text)) == "optout"
    assert not listed.refuses_url(parse_url("http://test/"))


def test_a_suppressed_url_is_heard_however_it_is_written(tmp_path):
    listed = open_suppression(tmp_path / "list.jsonl")
    listed.add(Line("url", "HTTP://B\u00dcCHER.test.:80/x#y", "optout", 0.0))

    assert listed.refuses_url(parse_url("http://xn--bcher-kva.test/x")) == "optout"
    assert not listed.refuses_url(parse_url("http://xn--bcher-kva.test/y"))


def test_a_line_that_would_refuse_nothing_is_an_error(tmp_path):
    path = tmp_path / "list.jsonl"
    path.write_text('{"scope": "domain", "value": "a b"}\n')

    with pytest.raises(SuppressionError, match=r"line 1: 'a b' is no domain"):
        open_suppression(path)
