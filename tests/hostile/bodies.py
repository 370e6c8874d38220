"""Bodies made to exhaust, confuse or crash whoever reads them."""

import gzip
import zlib
from functools import cache

import brotli
from backports import zstd

from tests.hostile.route import TEXT, Exchange, Route, answer, page
from tests.hostile.shapes import SHAPES

MEGABYTE = b"\x00" * 2**20


def coded(coding: bytes, body: bytes) -> bytes:
    return answer(body, b"Content-Encoding: " + coding)


@cache
def gzip_bomb() -> bytes:
    """Return a gzip stream of 64 MB."""
    stream = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(stream.compress(MEGABYTE) for _ in range(64)) + stream.flush()


@cache
def deflate_bomb() -> bytes:
    stream = zlib.compressobj(9)
    return b"".join(stream.compress(MEGABYTE) for _ in range(64)) + stream.flush()


@cache
def brotli_bomb() -> bytes:
    stream = brotli.Compressor(quality=5)
    parts = [stream.process(MEGABYTE) for _ in range(64)]
    return b"".join(parts) + stream.finish()


@cache
def zstd_bomb() -> bytes:
    stream = zstd.ZstdCompressor(level=3)
    parts = [stream.compress(MEGABYTE) for _ in range(64)]
    return b"".join(parts) + stream.flush()


def prepare() -> None:
    """Make the bombs now: whoever serves them must not stall meanwhile."""
    for make in (gzip_bomb, deflate_bomb, brotli_bomb, zstd_bomb):
        make()


def bomb(coding: bytes, make):
    async def behave(exchange: Exchange) -> None:
        await exchange.send(coded(coding, make()))

    return behave


def nested(body: bytes, layers: int) -> bytes:
    for _ in range(layers):
        body = gzip.compress(body, 1)
    return body


def lots(unit: bytes, times: int, kind: bytes = b"text/html; charset=utf-8"):
    """Return a behaviour that sends a large body without ever holding it."""

    async def behave(exchange: Exchange) -> None:
        size = len(unit) * times
        head = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind, size)
        await exchange.send(head)
        block = max(1, 2**16 // len(unit))
        while times_left := size // len(unit):
            count = min(block, times_left)
            await exchange.send(unit * count)
            size -= count * len(unit)

    return behave


async def endless_chunks(exchange: Exchange) -> None:
    await exchange.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    await exchange.forever(b"10000\r\n" + b"<p>more" * 9362 + b"ab" + b"\r\n")


OK = page("body")
SMALL_GZIP = gzip.compress(OK)
FAILED_BOMB = "failed coding-bomb"

CODINGS = [
    Route("gzip-bomb", bomb(b"gzip", gzip_bomb), "coding-bomb", FAILED_BOMB),
    Route("deflate-bomb", bomb(b"deflate", deflate_bomb), "coding-bomb", FAILED_BOMB),
    Route("brotli-bomb", bomb(b"br", brotli_bomb), "coding-bomb", FAILED_BOMB),
    Route("zstd-bomb", bomb(b"zstd", zstd_bomb), "coding-bomb", FAILED_BOMB),
    Route(
        "bomb-in-bomb",
        bomb(b"gzip, gzip", lambda: gzip.compress(gzip_bomb())),
        "coding-bomb",
        FAILED_BOMB,
    ),
    Route(
        "many-layers",
        coded(b", ".join([b"gzip"] * 10), nested(OK, 10)),
        "coding-bomb",
        FAILED_BOMB,
    ),
    Route("two-layers", coded(b"gzip, br", brotli.compress(SMALL_GZIP))),
    Route("many-members", coded(b"gzip", gzip.compress(b"") * 40_000), "coding-bomb", FAILED_BOMB),
    Route("many-frames", coded(b"zstd", zstd.compress(b"") * 80_000), "coding-bomb", FAILED_BOMB),
    Route("two-members", coded(b"gzip", SMALL_GZIP + gzip.compress(b"<p>more</p>"))),
    Route("padded-gzip", coded(b"gzip", SMALL_GZIP + b"\x00" * 512)),
    Route("not-gzip", coded(b"gzip", b"\xff" + OK), "bad-coding", "failed bad-coding"),
    Route("not-brotli", coded(b"br", b"\xff" + OK), "bad-coding", "failed bad-coding"),
    Route("not-zstd", coded(b"zstd", b"\xff" + OK), "bad-coding", "failed bad-coding"),
    Route("not-deflate", coded(b"deflate", b"\xff" + OK), "bad-coding", "failed bad-coding"),
    Route("cut-gzip", coded(b"gzip", SMALL_GZIP[:60]), "incomplete-body", "failed incomplete-body"),
    Route("wrong-checksum", coded(b"gzip", SMALL_GZIP[:-8] + b"\x00" * 8), "bad-coding", "failed bad-coding"),
    Route("unknown-coding", coded(b"rot13", b"\xff" + OK), "coding-unknown", "failed coding-unknown"),
    Route("plain-called-gzip", coded(b"gzip", OK)),
    Route("plain-called-rot13", coded(b"rot13", OK)),
    Route("gzip-called-deflate", coded(b"deflate", SMALL_GZIP)),
    Route("raw-deflate", coded(b"deflate", zlib.compress(OK)[2:-4])),
    Route("zlib-deflate", coded(b"deflate", zlib.compress(OK))),
    Route("brotli", coded(b"br", brotli.compress(OK))),
    Route("zstd", coded(b"zstd", zstd.compress(OK))),
    Route(
        "wide-window",
        coded(b"zstd", zstd.compress(TEXT * 400_000, options={zstd.CompressionParameter.window_log: 27})),
        "bad-coding",
        "failed bad-coding",
    ),
]  # fmt: skip

# What costs a parser the square of its size, or more; each is judged apart.
HOSTILE_SHAPES = [
    ("font-AAA", 100_000, "failed parse-"),
    ("font-p", 200_000, ""),
    ("svggend", 500_000, "failed parse-timeout"),
    ("ul-li", 100_000, ""),
    ("dd", 100_000, ""),
    ("div", 100_000, ""),
    ("html-attr", 300_000, ""),
    ("select", 100_000, ""),
    ("jsonld-nest", 300_000, ""),
    ("table-nest", 300_000, ""),
]

PAGES = [
    Route("endless-body", endless_chunks, "truncated", ends="kept"),
    Route("long-line", lots(b"a", 100_000_000), "truncated", ends="kept"),
    Route("deep", lots(b"<div>", 100_000), "answer", "failed parse-timeout"),
    Route("deep-tables", lots(b"<table><tr><td>", 10_000), "answer", "skipped empty"),
    Route("many-nodes", lots(b"<i>a</i>", 200_000), ends="kept"),
    Route("many-attributes", answer(b"<p " + b"".join(b"a%d=1 " % n for n in range(100_000)) + b">" + TEXT), "answer", "failed parse-timeout"),
    *(Route(f"shape-{name.lower()}", answer(SHAPES[name](size)), "answer", ends) for name, size, ends in HOSTILE_SHAPES),
    Route("attributes-in-utf-16", answer(b"\xff\xfe" + ("<b " + " ".join(f"a{n}" for n in range(60_000)) + ">x</b>").encode("utf-16-le"), kind=b"text/html"), "answer", "failed parse-timeout"),
    Route("attributes-in-a-feed", answer(b"<rss><channel><item><description>&lt;b " + b" ".join(b"a%d" % n for n in range(20_000)) + b"&gt;x</description></item></channel></rss>", kind=b"application/rss+xml"), "answer", "kept"),
    Route("attributes-with-brackets", answer(b"<b " + b" ".join(b'a%d="x>"' % n for n in range(20_000)) + b">x</b>"), "answer", "kept"),
    Route("unclosed-comment", answer(b"<p>" + TEXT + b"<!--" * 50_000)),
    Route("unclosed-script", answer(b"<p>" + TEXT + b"<script>" + b"x" * 100_000)),
    Route("long-attribute", answer(b'<meta name="robots" content="' + b"a," * 500_000 + b'"><p>' + TEXT)),
    Route("many-metas", answer(b'<meta name="robots" content="index">' * 50_000 + b"<p>" + TEXT), ends="refused policy.too-much-to-read"),
    Route("many-links", answer(b"".join(b'<a href="/l/%d">x</a>' % n for n in range(50_000)))),
    Route("entities", answer(b"<p>" + b"&amp;&#x41;&notanentity;" * 50_000)),
    Route("json-ld-bomb", answer(b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>" + TEXT)),
    Route("wrong-charset", answer("<p>Größe über Maß</p>".encode() + TEXT, kind=b"text/html; charset=koi8-r")),
    Route("unknown-charset", answer(OK, kind=b"text/html; charset=x-klingon")),
    Route("utf-7", answer(b"<p>+ADw-script+AD4-" + TEXT, kind=b"text/html; charset=utf-7")),
    Route("utf-16", answer(OK.decode().encode("utf-16"), kind=b"text/html")),
    Route("utf-16-unmarked", answer(OK.decode().encode("utf-16-le"), kind=b"text/html; charset=utf-16le")),
    Route("lone-surrogates", answer(b"<p>\xed\xa0\x80\xed\xbf\xbf &#xD800; " + TEXT)),
    Route("not-utf-8", answer(b"<p>\xff\xfe\xfd\x80\x81" + TEXT)),
    Route("nul-bytes", answer(b"<p>" + TEXT.replace(b" ", b"\x00"))),
    Route("nothing-but-nul", answer(b"\x00" * 10_000), "answer", "skipped"),
    Route("binary", answer(bytes(range(256)) * 100), "answer", "kept"),
    Route("image", answer(b"\x89PNG\r\n\x1a\n" + b"\x00" * 500, kind=b"image/png"), "answer", "skipped"),
    Route("no-type", b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(OK) + OK),
    Route("type-junk", answer(OK, kind=b'text/html;;;charset="utf-8;\x80')),
    Route("markup-cut-short", answer(OK[:-40] + b"<a href='")),
]  # fmt: skip
