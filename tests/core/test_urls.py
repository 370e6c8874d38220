import pickle

import ada_url
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.urls import key_of, parse, site_of

BASE = parse("https://www.example.com/a/b?c=d")


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("HTTP://Example.COM:80/A?b=C#d", "http://example.com/A?b=C"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com:8443/", "https://example.com:8443/"),
        ("//other.test/x", "https://other.test/x"),
        ("../c", "https://www.example.com/c"),
        ("?q=1", "https://www.example.com/a/b?q=1"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://0x7f.1/", "https://127.0.0.1/"),
        ("https://[::1]:443/", "https://[::1]/"),
        ("/%62%61z", "https://www.example.com/%62%61z"),  # what is sent is what was judged
        ("/a%2fb", "https://www.example.com/a%2fb"),
        ("\n https://example.com/ x\t", "https://example.com/%20x"),
    ],
)
def test_urls_come_out_as_a_browser_would_send_them(text, normal):
    assert parse(text, BASE).text == normal


@pytest.mark.parametrize(
    "text",
    [
        "mailto:a@b.c",
        "javascript:void(0)",
        "data:text/html,x",
        "ftp://example.com/",
        "https://user:pass@example.com/",
        "https://user@example.com/",
        "https://",
        "http://[::1",
        "https://exa mple.com/",
        "https://example.com:99999/",
    ],
)
def test_what_no_crawler_should_request_is_no_url(text):
    assert parse(text, BASE) is None


@given(st.text(max_size=200))
def test_parsing_never_raises_and_is_stable(text):
    url = parse(text, BASE)

    if url is not None:
        assert parse(url.text) == url
        assert url.origin + url.target == url.text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.test/%7Euser", "https://a.test/~user"),
        ("https://a.test/%c3%a9", "https://a.test/%C3%A9"),
        ("https://a.test/x?utm_source=n&id=1", "https://a.test/x?id=1"),
        ("https://a.test/x?id=1&gclid=77", "https://a.test/x?id=1"),
        ("https://a.test/x?utm_medium=m", "https://a.test/x"),
        ("https://a.test/x;jsessionid=0A1B2C3D4E5F6071", "https://a.test/x"),
        ("https://a.test/x;jsessionid=0A1B2C3D4E5F6071?a=1", "https://a.test/x?a=1"),
        ("https://a.test/x?PHPSESSID=0a1b2c3d4e5f60718293a4b5c6", "https://a.test/x"),
        ("https://a.test/x?a=1&sid=0a1b2c3d4e5f60718293a4b5c6", "https://a.test/x?a=1"),
        ("https://a.test/x?session=0a1b2c3d4e5f60718293a4b5c6", "https://a.test/x"),
        ("https://a.test/(S(lit3py55t21z5v55vlm25s55))/o.aspx", "https://a.test/o.aspx"),
        ("https://a.test/(X(1)S(lit3py55t21z5v55vlm25s55))/o?a=1", "https://a.test/o?a=1"),
    ],
)
def test_spellings_of_one_page_share_a_key(one, other):
    assert parse(one).key == parse(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.test/A", "https://a.test/a"),
        ("https://a.test/?a=1&b=2", "https://a.test/?b=2&a=1"),
        ("https://a.test/a", "https://a.test/a/"),
        ("http://a.test/", "https://a.test/"),
        ("https://a.test/a%2Fb", "https://a.test/a/b"),
        ("https://a.test/?sid=7", "https://a.test/?sid=8"),  # an id of a thing, not of a session
        ("https://a.test/?utm=1", "https://a.test/"),
        ("https://a.test/(S(short))/x", "https://a.test/x"),
        ("https://a.test/?session=3", "https://a.test/?session=4"),
    ],
)
def test_pages_that_may_differ_have_different_keys(one, other):
    assert parse(one).key != parse(other).key


@given(st.text(max_size=100))
def test_a_key_fits_a_signed_64_bit_integer(text):
    assert -(2**63) <= key_of(text) < 2**63


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.example.co.uk", "example.co.uk"),
        ("example.com", "example.com"),
        ("a.b.unknown-suffix", "b.unknown-suffix"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "[::1]"),
        ("co.uk", "co.uk"),
    ],
)
def test_a_site_is_the_registrable_domain(host, site):
    assert site_of(host) == site


def test_a_url_reaches_another_process_whole():
    again = pickle.loads(pickle.dumps(BASE))  # noqa: S301 - our own

    assert again == BASE
    assert (again.scheme, again.host, again.port, again.target) == (
        "https", "www.example.com", 443, "/a/b?c=d",
    )  # fmt: skip


_PIECES = st.sampled_from(
    [
        "/",
        ".",
        "..",
        "%2e",
        "%",
        "a",
        "Z",
        "?",
        "=",
        "&",
        "'",
        "(",
        "|",
        "^",
        "é",
        "\\",
        "#",
        "\n",
        ";",
    ]
)
_LABELS = st.sampled_from(["a", "b1", "x-", "-y", "xn--a", "0x1f", "1", "a--b", "example", "xn-"])


@given(
    st.sampled_from(["http://", "https://", "HTTP://"]),
    st.lists(_LABELS, min_size=1, max_size=4).map(".".join),
    st.lists(_PIECES, max_size=8).map("".join),
)
def test_what_looks_plain_is_what_the_url_standard_makes_of_it(scheme, host, rest):
    url = parse(f"{scheme}{host}/{rest}")

    if url is not None:
        assert url.text == ada_url.URL(f"{scheme}{host}/{rest}").href.partition("#")[0]
