"""Servers that break the connection, the clock or the protocol."""

import asyncio

from tests.hostile.route import Exchange, Route, answer, page

OK = page("fault")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


async def reset_at_once(exchange: Exchange) -> None:
    exchange.reset()


async def close_at_once(_: Exchange) -> None:
    pass


async def half_headers(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Ty")


async def half_closed(exchange: Exchange) -> None:
    await exchange.send(HEAD)
    exchange.writer.write_eof()
    await exchange.hang()


async def silent(exchange: Exchange) -> None:
    await exchange.hang()


async def slow_headers(exchange: Exchange) -> None:
    await exchange.send(HEAD)
    while True:
        await exchange.drip(b"X-Slow: yes\r\n")


async def slow_body(exchange: Exchange) -> None:
    await exchange.send(HEAD + b"Content-Length: 100000\r\n\r\n")
    await exchange.forever(b"<p>", 0.05)


async def stalled_body(exchange: Exchange) -> None:
    await exchange.send(HEAD + b"Content-Length: 100000\r\n\r\n<p>and then")
    await exchange.hang()


async def reset_in_body(exchange: Exchange) -> None:
    await exchange.send(HEAD + b"Content-Length: 100000\r\n\r\n<p>and then")
    await asyncio.sleep(0.05)
    exchange.reset()


async def chunk_then_nothing(exchange: Exchange) -> None:
    await exchange.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")


async def endless_headers(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    await exchange.forever(b"X-More: and more\r\n" * 100)


async def endless_continue(exchange: Exchange) -> None:
    await exchange.forever(b"HTTP/1.1 100 Continue\r\n\r\n", 0.001)


async def late_extra(exchange: Exchange) -> None:
    await exchange.send(answer(OK))
    await asyncio.sleep(1)
    await exchange.send(b"<p>and a little more than was announced")


async def late_bad_chunk(exchange: Exchange) -> None:
    await exchange.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
    await asyncio.sleep(0.05)
    await exchange.send(b"zz\r\nhello\r\n0\r\n\r\n")
    await exchange.hang()


async def close_without_saying(exchange: Exchange) -> None:
    await exchange.send(answer(OK))


def raw(head: bytes, body: bytes = OK) -> bytes:
    return head + b"\r\n\r\n" + body


FAULTS = [
    Route("refused", b"", "connect", "deferred robots.unreachable", listener="closed"),
    Route("reset", reset_at_once, "reset", "failed reset"),
    Route("closed", close_at_once, "reset", "failed reset"),
    Route("half-headers", half_headers, "reset", "failed reset"),
    Route("half-closed", half_closed, "reset", "failed reset"),
    Route("silent", silent, "timeout-headers", "failed timeout-headers"),
    Route("slow-headers", slow_headers, "timeout-headers", "failed timeout-headers"),
    Route("slow-body", slow_body, "timeout-total", "failed timeout-total"),
    Route("stalled-body", stalled_body, "timeout-idle", "failed timeout-idle"),
    Route("reset-in-body", reset_in_body, "incomplete-body", "failed incomplete-body"),
    Route(
        "short-body",
        raw(HEAD + b"Content-Length: 100000"),
        "incomplete-body",
        "failed incomplete-body",
    ),
    Route("long-body", raw(HEAD + b"Content-Length: %d" % (len(OK) - 20)), "bad-http", "failed bad-http"),
    Route("long-body-late", late_extra),
    Route("late-bad-chunk", late_bad_chunk, "bad-http", "failed bad-http"),
    Route("until-close", raw(HEAD + b"Connection: close")),
    Route("cut-chunks", chunk_then_nothing, "incomplete-body", "failed incomplete-body"),
    Route(
        "bad-chunk-size",
        raw(HEAD + b"Transfer-Encoding: chunked", b"zz\r\nhello\r\n0\r\n\r\n"),
        "bad-http",
        "failed bad-http",
    ),
    Route(
        "huge-chunk-size",
        raw(HEAD + b"Transfer-Encoding: chunked", b"f" * 20 + b"\r\nhello\r\n0\r\n\r\n"),
        "bad-http",
        "failed bad-http",
    ),
    Route(
        "chunk-trailers",
        raw(HEAD + b"Transfer-Encoding: chunked", b"5\r\nhello\r\n0\r\nX-T: 1\r\n\r\n"),
    ),
    Route("negative-length", raw(HEAD + b"Content-Length: -5"), "bad-http", "failed bad-http"),
    Route("word-length", raw(HEAD + b"Content-Length: many"), "bad-http", "failed bad-http"),
    Route(
        "two-lengths",
        raw(HEAD + b"Content-Length: 5\r\nContent-Length: 50"),
        "bad-http",
        "failed bad-http",
    ),
    Route(
        "length-and-chunks",
        raw(HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked", b"5\r\nhello\r\n0\r\n\r\n"),
        "bad-http",
        "failed bad-http",
    ),
    Route(
        "bad-header-name",
        raw(HEAD + b"X Bad\x01Name: 1\r\nContent-Length: %d" % len(OK)),
        "bad-http",
        "failed bad-http",
    ),
    Route(
        "header-without-colon",
        raw(HEAD + b"no colon here\r\nContent-Length: %d" % len(OK)),
        "bad-http",
        "failed bad-http",
    ),
    Route(
        "nul-in-header",
        raw(HEAD + b"X-Nul: a\x00b\r\nContent-Length: %d" % len(OK)),
        "bad-http",
        "failed bad-http",
    ),
    Route("latin1-header", raw(HEAD + b"X-Name: caf\xe9\r\nContent-Length: %d" % len(OK))),
    Route("folded-header", raw(HEAD + b"X-Fold: one\r\n two\r\nContent-Length: %d" % len(OK))),
    Route("line-feeds-only", raw(HEAD + b"Content-Length: %d" % len(OK)).replace(b"\r\n", b"\n")),
    Route("two-types", raw(HEAD + b"Content-Type: text/plain\r\nContent-Length: %d" % len(OK))),
    Route("status-word", raw(b"HTTP/1.1 fine\r\nContent-Length: 0"), "bad-http", "failed bad-http"),
    Route("status-99", raw(b"HTTP/1.1 99 Low\r\nContent-Length: 0", b""), "bad-http", "failed bad-http"),
    Route("status-999", raw(b"HTTP/1.1 999 No\r\nContent-Length: 0", b""), "bad-http", "failed bad-http"),
    Route("no-reason", raw(b"HTTP/1.1 200\r\nContent-Type: text/html\r\nContent-Length: %d" % len(OK))),
    Route("http-0.9", OK, "bad-http", "failed bad-http"),
    Route("http-1.0", raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/html")),
    Route("http-2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + OK, "bad-http", "failed bad-http"),
    Route("gopher", b"3Not found\t\terror.host\t1\r\n.\r\n", "bad-http", "failed bad-http"),
    Route("ssh", b"SSH-2.0-OpenSSH_9.6\r\n", "bad-http", "failed bad-http"),
    Route("early-hints", b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" + answer(OK)),
    Route("endless-continue", endless_continue, "bad-http", "failed bad-http"),
    Route(
        "switching",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
        "bad-http",
        "failed bad-http",
    ),
    Route(
        "huge-header",
        answer(OK, b"X-Huge: " + b"a" * 200_000),
        "headers-too-large",
        "failed headers-too-large",
    ),
    Route(
        "many-headers",
        answer(OK, *(b"X-%d: 1" % number for number in range(5_000))),
        "headers-too-large",
        "failed headers-too-large",
    ),
    Route(
        "large-headers-together",
        answer(OK, *(b"X-%d: %s" % (number, b"a" * 6_000) for number in range(100))),
        "headers-too-large",
        "failed headers-too-large",
    ),
    Route("endless-headers", endless_headers, "headers-too-large", "failed headers-too-large"),
    Route("empty", answer(b""), "answer", "skipped"),
    Route("no-content", b"HTTP/1.1 204 No Content\r\n\r\n", "answer", "failed status-204"),
    Route("not-modified-unasked", b"HTTP/1.1 304 Not Modified\r\n\r\n", "answer", "failed unasked-304"),
    Route("closed-quietly", close_without_saying),
    Route("tls-unknown-authority", answer(OK), "tls", "deferred robots.unreachable", scheme="https", listener="tls-unknown"),
    Route("tls-other-name", answer(OK), "tls", "deferred robots.unreachable", scheme="https", listener="tls-other"),
    Route("tls-expired", answer(OK), "tls", "deferred robots.unreachable", scheme="https", listener="tls-expired"),
    Route("tls-not-spoken", answer(OK), "tls", "deferred robots.unreachable", scheme="https", listener="not-tls"),
    Route("tls-silent", b"", "timeout-tls", "deferred robots.unreachable", scheme="https", listener="mute"),
    Route("tls-good", answer(OK), scheme="https", listener="tls-good"),
]  # fmt: skip
