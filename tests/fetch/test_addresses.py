import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from crawler.core.urls import parse
from crawler.fetch import NetworkSettings
from crawler.fetch.dialable import AddressRules, split_target

PUBLIC = AddressRules(NetworkSettings())
NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%lo",
    "fec0::1",
    "ff02::1",
    "8.8.8.8%lo",
    "not-an-address",
    "",
    "8.8.8",
    "010.8.8.8",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_refused(address):
    assert PUBLIC.refusal(address, 80) == "address-forbidden"


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "1.1.1.1",
        "100.128.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "223.255.255.254",
        "2606:4700::1111",
        "2a00:1450::1",
        "[2a00:1450::1]",
    ],
)
def test_a_public_address_is_permitted_at_listed_ports_only(address):
    assert PUBLIC.refusal(address, 443) == ""
    assert PUBLIC.refusal(address, 25) == "port-forbidden"
    assert PUBLIC.refusal(address, None) == ""


@pytest.mark.parametrize(
    ("allow", "address", "refusal"),
    [
        ("127.0.0.0/8", "127.0.0.1", ""),
        ("127.0.0.0/8", "::ffff:127.0.0.1", "address-forbidden"),
        ("::ffff:0:0/96", "::ffff:127.0.0.1", "address-forbidden"),
        ("::ffff:0:0/96", "::ffff:8.8.8.8", ""),
        ("64:ff9b::/96", "64:ff9b::808:808", ""),
        ("64:ff9b::/96", "64:ff9b::7f00:1", "address-forbidden"),
        ("64:ff9b::/96", "64:ff9b::a9fe:a9fe", "address-forbidden"),
        ("2002::/16", "2002:a9fe:a9fe::1", "address-forbidden"),
        ("::1/128", "::1", ""),
        ("10.1.0.0/16", "10.1.2.3", ""),
        ("10.1.0.0/16", "10.2.2.3", "address-forbidden"),
    ],
)
def test_a_named_range_opens_itself_and_nothing_hidden_inside(allow, address, refusal):
    rules = AddressRules(NetworkSettings(allow=(allow,)))

    assert rules.refusal(address, 80) == refusal


def test_a_named_range_opens_every_port():
    rules = AddressRules(NetworkSettings(allow=("127.0.0.0/8",)))

    assert rules.refusal("127.0.0.1", 25) == ""


def test_without_public_only_named_ranges_remain():
    rules = AddressRules(NetworkSettings(allow=("127.0.0.0/8",), public=False))

    assert rules.refusal("127.0.0.1", 80) == ""
    assert rules.refusal("8.8.8.8", 80) == "address-forbidden"


@pytest.mark.parametrize(
    "spelling",
    [
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.1.",
        "%31%32%37.0.0.1",
        "①②⑦.0.0.1",
        "127。0。0。1",
        "[::1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "0",
    ],
)
def test_every_spelling_of_a_forbidden_address_is_read_as_that_address(spelling):
    url = parse(f"http://{spelling}/")

    assert url is None or PUBLIC.refusal(url.host, url.port) == "address-forbidden"


@given(st.integers(0, 2**32 - 1))
def test_the_forms_that_hide_an_address_are_refused_whatever_they_hide(number):
    high, low = number >> 16, number & 0xFFFF
    hidden = [
        f"::ffff:{high:x}:{low:x}",
        f"::{high:x}:{low:x}",
        f"64:ff9b::{high:x}:{low:x}",
        f"2002:{high:x}:{low:x}::1",
        f"2001:0:{high:x}:{low:x}::1",
    ]

    assert {PUBLIC.refusal(text, 80) for text in hidden} == {"address-forbidden"}


@given(st.text(max_size=60))
def test_no_text_breaks_the_check_or_passes_unless_it_is_an_address(text):
    assert PUBLIC.refusal(text, 80) in {"", "address-forbidden"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"allow": ["127.0.0.1/8"]},
        {"allow": ["everything"]},
        {"ports": [0]},
        {"ports": [70000]},
        {"connect_to": {"a.example": "b.example:80"}},
        {"connect_to": {"a.example": "127.0.0.1"}},
        {"connect_to": {"a.example": "127.0.0.1:٣"}},
        {"proxy": "socks5://127.0.0.1:1"},
        {"proxy": "http://proxy.example:3128"},
        {"dns_servers": ["dns.example"]},
        {"alow": []},
    ],
)
def test_a_wrong_network_table_is_an_error(wrong):
    with pytest.raises(ValidationError):
        NetworkSettings(**wrong)


@pytest.mark.parametrize(
    ("text", "target"),
    [("127.0.0.1:80", ("127.0.0.1", 80)), ("[::1]:8080", ("::1", 8080))],
)
def test_a_target_is_an_address_and_a_port(text, target):
    assert split_target(text) == target
