"""Web Bot Auth is verified here from RFC 9421 alone, not with the library that signs."""

import base64
import json
import re
from hashlib import sha256
from xml.etree import ElementTree as ET

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError

from crawler.core.urls import parse
from crawler.fetch.identity import DIRECTORY_PATH, Identity, IdentitySettings
from crawler.keys import load_key, new_key, sign_bytes, thumbprint
from crawler.publisher_page import (
    CARD_PATH,
    Change,
    PublisherPage,
    key_directory,
    publisher_files,
)

NOW = 1_800_000_000.7
PAGE = PublisherPage(
    operator="Institute <of> Text",
    updated="2026-11-22T00:00:00+00:00",
    ranges=("192.0.2.0/28", "2001:db8::/32"),
    changes=(Change(at="2026-11-22T00:00:00+00:00", title="Start & go", text="We begin."),),
)


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "key.pem"
    path.write_bytes(new_key())
    return path


@pytest.fixture
def key(key_file):
    return load_key(key_file)


@pytest.fixture
def signing(key_file, identity):
    return Identity(identity.model_copy(update={"key": str(key_file)}))


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def verify(headers: dict[str, str], authority: str, directory: dict) -> dict[str, str]:
    """Verify as a server would that knows RFC 9421, RFC 7638 and our directory."""
    label, _, input_ = headers["Signature-Input"].partition("=")
    params = dict(re.findall(r';(\w+)=("[^"]*"|\d+)', input_.partition(")")[2]))
    agents = dict(re.findall(r'(\w+)=("[^"]*")', headers["Signature-Agent"]))
    lines = []
    for component in re.search(r"\(([^)]*)\)", input_)[1].split(" "):
        name, _, member = component.partition(";key=")
        value = {'"@authority"': authority, '"signature-agent"': agents.get(member.strip('"'))}
        lines.append(f"{component}: {value[name]}")
    lines.append(f'"@signature-params": {input_}')
    jwk = next(item for item in directory["keys"] if item["kid"] == params["keyid"].strip('"'))
    required = {name: jwk[name] for name in ("crv", "kty", "x")}
    canonical = json.dumps(required, sort_keys=True, separators=(",", ":")).encode()
    assert unpadded(jwk["kid"]) == sha256(canonical).digest()
    signature = re.fullmatch(rf"{label}=:([^:]*):", headers["Signature"])[1]
    key = Ed25519PublicKey.from_public_bytes(unpadded(jwk["x"]))
    key.verify(base64.b64decode(signature), "\n".join(lines).encode())
    return params


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("https://site.example/a?b", "site.example"),
        ("http://site.example:80/", "site.example"),
        ("https://site.example:8443/", "site.example:8443"),
        ("https://münchen.example/", "xn--mnchen-3ya.example"),
        ("http://[2606:4700::1]:8080/", "[2606:4700::1]:8080"),
    ],
)
def test_a_server_that_knows_the_rfc_can_verify_us(signing, url, authority, key):
    headers = dict(signing.headers(parse(url), NOW))
    directory = json.loads(key_directory(key))

    params = verify(headers, authority, directory)

    assert params["tag"] == '"web-bot-auth"'
    assert params["alg"] == '"ed25519"'
    assert int(params["created"]) <= NOW < int(params["expires"]) <= NOW + 86_400
    assert headers["Signature-Agent"] == 'sig1="https://bot.example"'


def test_a_signature_for_one_authority_is_none_for_another(signing, key):
    headers = dict(signing.headers(parse("https://site.example/"), NOW))
    directory = json.loads(key_directory(key))

    with pytest.raises(InvalidSignature):
        verify(headers, "other.example", directory)


def test_a_signature_is_renewed_before_it_expires(signing):
    url = parse("https://site.example/")
    first, same = dict(signing.headers(url, NOW)), dict(signing.headers(url, NOW + 30))
    later = dict(signing.headers(url, NOW + 61))
    earlier = dict(signing.headers(url, NOW - 1))

    assert first == same
    assert first["Signature"] != later["Signature"]
    assert first["Signature"] != earlier["Signature"]


def test_the_same_key_signs_exports(key):
    signed = sign_bytes(key, b"manifest")

    key.public_key().verify(base64.b64decode(signed["signature"]), b"manifest")
    assert signed["key_id"] == thumbprint(key)
    assert signed["sha256"] == sha256(b"manifest").hexdigest()


def test_without_a_key_nothing_is_signed(identity):
    assert dict(Identity(identity).headers(parse("https://site.example/"), NOW)) == {
        "User-Agent": "Example/1.0 (+https://bot.example/about; bot@bot.example)",
        "From": "bot@bot.example",
    }


def test_the_two_tokens_are_those_of_the_policy(identity):
    assert identity.tokens == ("Example", "Example-Train")


@pytest.mark.parametrize(
    "wrong",
    [
        {"token": "Bot/2.1"},
        {"token": "Bot 2"},
        {"token": "Bot2"},
        {"token": "Bot\n"},
        {"token": "Bot-Train"},
        {"token": "B" * 65},
        {"contact": "bot.example"},
        {"contact": "javascript:alert(1)"},
        {"contact": "https://bot.example/\r\nX: 1"},
        {"contact": "https://bot.example/(x)"},
        {"contact": "https://[bot.example/"},
        {"email": "nobody"},
        {"email": "a@b.example\r\nX: 1"},
        {"key": "key.pem", "contact": "http://bot.example/"},
        {"key": "key.pem", "contact": ""},
    ],
)
def test_an_identity_that_could_not_be_sent_is_an_error(wrong):
    right = {"token": "Example", "contact": "https://bot.example/", "email": "a@b.example"}
    with pytest.raises(ValidationError):
        IdentitySettings(**(right | wrong))


@pytest.mark.parametrize("content", [b"", b"junk", b"-----BEGIN PRIVATE KEY-----\n"])
def test_a_key_that_is_none_is_an_error_that_names_the_file(tmp_path, content):
    path = tmp_path / "key.pem"
    path.write_bytes(content)

    with pytest.raises(ValueError, match=r"key\.pem"):
        load_key(path)


def test_a_missing_key_is_an_error_that_names_the_file(tmp_path):
    with pytest.raises(ValueError, match=r"absent\.pem"):
        load_key(tmp_path / "absent.pem")


def test_the_publishers_page_says_who_and_how(signing, key):
    files = publisher_files(signing.settings, PAGE, key)
    html = files["index.html"].decode()

    assert set(files) == {
        "index.html",
        "robots-sample.txt",
        "ranges.json",
        "changes.atom",
        DIRECTORY_PATH,
        CARD_PATH,
    }
    assert "Institute &lt;of&gt; Text" in html
    assert "mailto:bot@bot.example" in html
    for word in ("Content-Usage", "tdm-reservation", "ai.txt", "trust.txt", "noai", "License:"):
        assert word in html
    assert json.loads(files["ranges.json"])["prefixes"] == [
        {"ipv4Prefix": "192.0.2.0/28"},
        {"ipv6Prefix": "2001:db8::/32"},
    ]
    feed = ET.fromstring(files["changes.atom"])  # noqa: S314 (our own)
    assert feed.find("{*}entry/{*}title").text == "Start & go"
    assert json.loads(files[DIRECTORY_PATH])["keys"][0]["kid"] == thumbprint(key)


def test_the_agent_card_says_that_robots_txt_is_obeyed(signing, key):
    files = publisher_files(signing.settings, PAGE, key)
    card = json.loads(files[CARD_PATH])

    assert card["client_id"] == f"https://bot.example/{CARD_PATH}"
    assert card["jwks_uri"] == f"https://bot.example/{DIRECTORY_PATH}"
    assert card["web_bot_auth"]["rfc9309-compliance"] is True
    assert card["web_bot_auth"]["rfc9309-product-token"] == signing.settings.token
    assert CARD_PATH not in publisher_files(signing.settings, PAGE)


def test_a_key_is_published_under_its_name_in_the_signature_registry(key):
    assert json.loads(key_directory(key))["keys"][0]["alg"] == "ed25519"


def test_the_sample_robots_txt_names_both_tokens(identity):
    text = publisher_files(identity, PAGE)["robots-sample.txt"].decode()

    assert "User-agent: Example\nDisallow: /\n" in text
    assert "User-agent: Example-Train\nDisallow: /\n" in text


def test_a_range_that_is_none_is_an_error(identity):
    with pytest.raises(ValueError, match="elsewhere"):
        publisher_files(identity, PublisherPage(operator="x", updated="y", ranges=("elsewhere",)))
