"""Heads of answers that name a length twice, whole and in pieces."""

import asyncio
import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.urls import parse
from crawler.fetch import Fetcher, FetchError, NetworkSettings
from crawler.fetch.answer_heads import Heads

ONE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
EQUAL = [
    ONE + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\ncontent-length:5 \r\n\r\nhello",
    ONE + b"Content-Length: 5, 5\r\n\r\nhello",
    ONE + b"CONTENT-LENGTH: 5\r\nX: y\r\nContent-Length:  5\r\nContent-length: 5\r\n\r\nhello",
    b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    + ONE
    + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\nContent-Length: 5,5,5\r\n\r\nhello",
    ONE + b"Content-Length: 5\nContent-Length: 5\n\nhello",
]
ODD = [
    ONE + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    ONE + b"Content-Length: 5, 6\r\n\r\nhello!",
    ONE + b"Content-Length: 5\r\nContent-Length: 05\r\n\r\nhello",
    ONE + b"Content-Length: 5\r\nContent-Length: +5\r\n\r\nhello",
    ONE + b"Content-Length: 5\r\nContent-Length:\r\n\r\nhello",
    ONE + b"Content-Length: 5,\r\nContent-Length: 5,\r\n\r\nhello",
]


class Pieces:
    """A server that answers every connection with these pieces, then waits for the client."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = pieces

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self._server.sockets[0].getsockname()[1]

    async def __aexit__(self, *_):
        self._server.close()

    async def _serve(self, reader, writer):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            for piece in self._pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.001)
            await reader.read()
        writer.close()


async def got(identity, limits, *pieces: bytes) -> bytes:
    network = NetworkSettings(allow=("127.0.0.1/32",), public=False)
    async with (
        Pieces(*pieces) as port,
        Fetcher(network, identity, limits, clock=time.time) as fetcher,
    ):
        url = parse(f"http://127.0.0.1:{port}/")
        with contextlib.closing(await fetcher.ask(url, ("127.0.0.1",))) as answer:
            lengths = [value for name, value in answer.headers if name == "content-length"]
            assert lengths == ["5"]
            return (await answer.read()).data


@pytest.mark.parametrize("answer", EQUAL)
async def test_equal_lengths_are_one(identity, limits, answer):
    assert await got(identity, limits, answer) == b"hello"


@pytest.mark.parametrize("answer", EQUAL)
@pytest.mark.parametrize("size", [7, 40])
async def test_a_head_may_come_in_pieces(identity, limits, answer, size):
    pieces = [answer[at : at + size] for at in range(0, len(answer), size)]

    assert await got(identity, limits, *pieces) == b"hello"


@pytest.mark.parametrize("answer", ODD)
async def test_lengths_that_differ_are_no_http(identity, limits, answer):
    with pytest.raises(FetchError) as caught:
        await got(identity, limits, answer)

    assert caught.value.code == "bad-http"


@given(st.lists(st.binary(max_size=40), max_size=8), st.sampled_from([*EQUAL, *ODD]), st.data())
def test_pieces_make_no_difference_and_nothing_else_is_changed(noise, answer, data):
    whole = Heads()
    whole.expect()
    expected = whole.mend(answer) + answer
    parts = Heads()
    parts.expect()
    seen = b""
    rest = answer
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        seen += parts.mend(rest[:size]) if parts.open else rest[:size]
        rest = rest[size:]
    assert seen + answer == expected
    # What is no head at all comes through byte by byte.
    other = Heads()
    other.expect()
    text = b"HTTP/1.1 200 OK\r\nx: y\r\n" + b"".join(noise)
    if b"content-length" not in text.lower():
        sent = [other.mend(part) if other.open else part for part in (text[:9], text[9:])]
        assert b"".join(sent) + other._held == text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (b"Location: /\xec\xee?\xf0=\xe5", "/%EC%EE?%F0=%E5"),
        (b"Refresh: 0;url=/\xec", "0;url=/%EC"),
        ("Location: /é?x=é".encode(), "/é?x=é"),
        (b"Location: /%e9", "/%e9"),
        (b"X: \xe9", "é"),
    ],
)
async def test_the_bytes_of_an_address_are_kept(identity, limits, field, value):
    network = NetworkSettings(allow=("127.0.0.1/32",), public=False)
    async with (
        Pieces(ONE + field + b"\r\nContent-Length: 0\r\n\r\n") as port,
        Fetcher(network, identity, limits, clock=time.time) as fetcher,
    ):
        url = parse(f"http://127.0.0.1:{port}/")
        answer = await fetcher.ask(url, ("127.0.0.1",))
        answer.close()
        assert answer.headers[1] == (field.partition(b":")[0].decode().lower(), value)
