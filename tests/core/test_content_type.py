"""Content-Type lines as servers send them: the last valid one, else the bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.content import parse, text_type
from crawler.core.response import Response, media_type
from crawler.core.urls import parse as parse_url

URL = parse_url("https://ex.test/a")
PAGE = "<!doctype html><title>t</title><p>слово"


def response_of(*lines, body=b""):
    return Response(URL, 200, tuple(("content-type", line) for line in lines), body)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["text/html; charset=utf-8"], ("text/html", "utf-8")),
        (["TEXT/HTML ; Charset='koi8-r'"], ("text/html", "koi8-r")),
        (["text/html charset=utf-8"], ("text/html", "utf-8")),
        (["text/html: charset=utf-8"], ("text/html", "utf-8")),
        (["text/html, charset=windows-1251"], ("text/html", "windows-1251")),
        (["text/html/"], ("text/html", "")),
        (["text/html;charset=utf-8;text/html"], ("text/html", "utf-8")),
        (["application/json charset=utf-8"], ("application/json", "utf-8")),
        (["text/plain", "text/html"], ("text/html", "")),
        (["text/html", "application/pdf"], ("application/pdf", "")),
        (["text/html; charset=big5", "text/html"], ("text/html", "big5")),
        (["text/html; charset=big5", "text/plain"], ("text/plain", "")),
        (["text/html", "html"], ("text/html", "")),
        (["text/html", ""], ("text/html", "")),
        (["text/html", "*/*"], ("text/html", "")),
        (["text/html charset=x", "text/plain"], ("text/plain", "x")),
        (['text/html; a="x, y/z"'], ("text/html", "")),
        (["html"], ("", "")),
        (["text /html"], ("", "")),
        (["charset=utf-8"], ("", "utf-8")),
        ([], ("", "")),
    ],
)
def test_the_last_valid_type_counts(lines, expected):
    response = response_of(*lines)

    assert (response.content_type, response.charset) == expected


@pytest.mark.parametrize(
    "line",
    [
        "html",
        "",
        "text",
        "null/null",
        "/",
        "charset=windows-1251",
        "content/unknown",
        "httpd/unix-directory",
        "application/x-httpd-php",
    ],
)
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (PAGE.encode("windows-1251"), "html"),
        (b"words of a text", "plain"),
        (b"%PDF-1.7", None),
        (b"\x89PNG\r\n\x1a\n\x00\x00", None),
    ],
)
def test_where_none_is_valid_the_bytes_tell(line, body, kind):
    assert text_type(response_of(line, body=body)) == kind


@pytest.mark.parametrize(
    "lines", [["text/html charset=koi8-u"], ["text/html", "charset=koi8-u"], ["charset=koi8-u"]]
)
def test_a_charset_is_read_from_a_broken_line(lines):
    body = "<p>Її ґанок".encode("koi8-u")

    assert "ґанок" in parse(response_of(*lines, body=body)).decoded.text


@given(st.text(alphabet='te/x;, ="\\charset*\x00ü', max_size=60))
def test_any_line_gives_a_type_or_none(value):
    essence, _ = media_type(value)

    assert essence == "" or essence.count("/") == 1


@pytest.mark.parametrize("line", ["application/html", "text/htm", "text/x-html", "text/html5"])
def test_names_of_html_that_nobody_registered_are_known(line):
    assert text_type(response_of(line)) == "html"
