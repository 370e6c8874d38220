"""Answers and links as old servers write them, over real sockets: what a browser gets, we get."""

import asyncio
import contextlib
import gzip

import pytest

from tests.cli.run import run_json
from tests.web.handmade import Reply, crawl, handmade, page

HOST = "http://old.test"
POLICY = """
extends = "default"
[identity]
token = "ProofBot"
contact = "https://proof.test/bot"
[network]
allow = ["127.0.0.0/8"]
public = false
[network.connect_to]
"old.test" = "127.0.0.1:{port}"
[politeness]
min_delay = "0s"
[limits]
patience = "300ms"
"""


class Raw:
    """Writes exactly these bytes for a path, and closes; anything else is missing."""

    def __init__(self, answers: dict[str, bytes]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self._server.close()

    async def _serve(self, reader, writer):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ")[1].decode("latin-1")
            self.asked.append(path)
            missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            writer.write(self.answers.get(path, missing))
            await writer.drain()
        writer.close()


def answer(body, *lines, type_lines=("Content-Type: text/html; charset=utf-8",)):
    body = body.encode() if isinstance(body, str) else body
    lengths = () if any("Length" in line for line in lines) else (f"Content-Length: {len(body)}",)
    head = "\r\n".join(["HTTP/1.1 200 OK", *type_lines, *lines, *lengths, "Connection: close"])
    return head.encode("latin-1").replace(b"SIZE", b"%d" % len(body)) + b"\r\n\r\n" + body


async def outcomes(tmp_path, answers):
    """Return the paths asked for after robots.txt, and what became of each."""
    async with Raw({"/": answer(page(*answers)), **answers}) as web:
        policy = tmp_path / "p.toml"
        policy.write_text(POLICY.format(port=web.port))
        await crawl(tmp_path / "job", str(policy), f"{HOST}/")
    found = {}
    for path in answers:
        _, told = await run_json("explain", tmp_path / "job", HOST + path)
        found[path] = told["standing"]
    return web.asked, found


async def test_answers_that_browsers_read_are_kept(tmp_path):
    good = page(text="Some words of a text.")
    answers = {
        "/lengths": answer(good, "Content-Length: SIZE", "X: y", "content-length: SIZE"),
        "/length-list": answer(good, "Content-Length: SIZE, SIZE"),
        "/utf-8": answer(good, "Content-Encoding: utf-8"),
        "/none": answer(good, "Content-Encoding: none"),
        "/both": answer(good, "Content-Encoding: identity, UTF-8"),
        "/binary": answer(good, "Content-Encoding: binary"),
        "/mime": answer(good, "Content-Encoding: text/html"),
        "/language": answer(good, "Content-Encoding: en-US"),
        "/not-packed": answer(good, "Content-Encoding: gzip"),
        "/packed-otherwise": answer(gzip.compress(good.encode()), "Content-Encoding: deflate"),
        "/packed-once": answer(gzip.compress(good.encode()), "Content-Encoding: gzip, gzip"),
        "/no-semicolon": answer(good, type_lines=["Content-Type: text/html charset=utf-8"]),
        "/word": answer(good, type_lines=["Content-Type: html"]),
        "/empty": answer(good, type_lines=["Content-Type:"]),
        "/twice": answer(good, type_lines=["Content-Type: image/png", "Content-Type: text/html"]),
        "/broken-last": answer(good, type_lines=["Content-Type: text/html", "Content-Type: x"]),
    }

    _, found = await outcomes(tmp_path, answers)

    assert found == dict.fromkeys(answers, "active")


async def test_what_cannot_be_read_is_still_no_page(tmp_path):
    good = page(text="Some words of a text.")
    answers = {
        "/lengths": answer(good, "Content-Length: SIZE", "Content-Length: 1"),
        "/compress": answer(b"\x1f\x9d\x90words", "Content-Encoding: compress"),
        "/picture": answer(b"\x89PNG\x00\x01", type_lines=["Content-Type: none"]),
        "/pdf-last": answer(good, type_lines=["Content-Type: text/html", "Content-Type: a/pdf"]),
        "/css": answer("p {}", type_lines=["Content-Type: text/css charset=utf-8"]),
    }

    _, found = await outcomes(tmp_path, answers)

    assert found == {
        "/lengths": "failed",
        "/compress": "failed",
        "/picture": "skipped",
        "/pdf-last": "skipped",
        "/css": "skipped",
    }


@pytest.mark.parametrize(
    ("charset", "meta", "sent"),
    [
        ("windows-1251", True, "/find?w=%EC%EE%F0%E5"),
        ("koi8-r", False, "/find?w=%CD%CF%D2%C5"),
        ("utf-8", True, "/find?w=%D0%BC%D0%BE%D1%80%D0%B5"),
        ("utf-16-le", False, "/find?w=%D0%BC%D0%BE%D1%80%D0%B5"),
    ],
)
async def test_a_query_goes_out_in_the_encoding_of_its_page(tmp_path, charset, meta, sent):
    head = f'<meta charset="{charset}">' if meta else ""
    body = page("/find?w=море", head=head).encode(charset)
    kind = "text/html" if meta else f"text/html; charset={charset}"
    async with Raw({"/": answer(body, type_lines=[f"Content-Type: {kind}"])}) as web:
        policy = tmp_path / "p.toml"
        policy.write_text(POLICY.format(port=web.port))
        await crawl(tmp_path / "job", str(policy), f"{HOST}/")

    assert web.asked[-1] == sent


async def test_frames_and_refreshes_are_followed_through_every_gate(tmp_path):
    pages = {
        f"{HOST}/": '<frameset cols="1,2"><frame src="menu"><frame src="main"></frameset>',
        f"{HOST}/robots.txt": Reply("User-agent: *\nDisallow: /secret", type="text/plain"),
        f"{HOST}/menu": page(head='<meta http-equiv="Refresh" content="0; URL=/next">'),
        f"{HOST}/main": page(text='A text. <iframe src="/inner"></iframe>'),
        f"{HOST}/inner": Reply("", headers=(("Refresh", "0;url=/secret/1"),)),
        f"{HOST}/next": page(head='<meta http-equiv=refresh content="5;url=/later">'),
        f"{HOST}/later": page(head='<meta http-equiv=refresh content="0;url=/round">'),
        f"{HOST}/round": page(head='<meta http-equiv=refresh content="0;url=/later">'),
    }
    async with handmade(pages) as web:
        await crawl(tmp_path / "job", web.policy(tmp_path / "p.toml"), f"{HOST}/")
    stories = {}
    for path in ("menu", "main", "inner", "next", "later", "round", "secret/1"):
        _, told = await run_json("explain", tmp_path / "job", f"{HOST}/{path}")
        stories[path] = told["standing"]

    assert stories == {
        "menu": "moved",
        "main": "active",
        "inner": "moved",
        "next": "active",
        "later": "moved",
        "round": "moved",
        "secret/1": "refused",
    }
    assert web.asked(f"{HOST}/secret/1") == 0
    assert web.asked(f"{HOST}/round") == 1
