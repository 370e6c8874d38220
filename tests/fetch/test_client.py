import asyncio
import contextlib
import socket
import time
from contextlib import asynccontextmanager, closing

import pytest

from crawler.core.urls import parse
from crawler.fetch import Fetcher, FetchError, NetworkSettings
from crawler.fetch.errors import FAULTS
from tests.fetch.loopback import Loopback, answer
from tests.hostile.certificates import Authority
from tests.hostile.dns import NameServer, Zone

HERE = "127.0.0.1"


@pytest.fixture
def fetching(identity, limits):
    @asynccontextmanager
    async def make(*, limits=limits, **network):
        settings = {"allow": ("127.0.0.1/32",), "public": False} | network
        async with Fetcher(
            NetworkSettings(**settings), identity, limits, clock=time.time
        ) as fetcher:
            yield fetcher

    return make


async def get(fetcher, url, addresses=(HERE,), **options):
    with closing(await fetcher.ask(parse(url), addresses, **options)) as got:
        return got, await got.read()


async def code_of(awaitable) -> str:
    with pytest.raises(FetchError) as caught:
        await awaitable
    return caught.value.code


async def test_an_answer_says_what_came_and_when(fetching):
    async with (
        Loopback(answer(b"hi", b"X-A: 1", b"X-A: 2", b"x-name: caf\xe9 ", b"X-U: \xc3\xa9")) as web,
        fetching(connect_to={"site.example": web.target}) as fetcher,
    ):
        before = time.time()
        got, body = await get(fetcher, "http://site.example/")

    assert (got.status, got.address, got.http_version) == (200, HERE, "1.1")
    assert got.headers == (
        ("content-type", "text/html"),
        ("x-a", "1"),
        ("x-a", "2"),
        ("x-name", "café"),
        ("x-u", "é"),
        ("content-length", "2"),
    )
    assert (body.data, body.wire_bytes, body.truncated) == (b"hi", 2, False)
    assert before <= got.started_at <= got.first_byte_at <= body.ended_at <= time.time()


@pytest.mark.parametrize(
    "text",
    [
        "http://site.example/%62%61z",
        "http://site.example/a%2fb%2Fc",
        "http://site.example/?q=[1]|{2}^`\"<>'",
        "http://site.example/a;b=c/d+e,f$g@h:i!*()~_-.",
        "http://site.example//double//slashes//",
        "http://site.example/%zz%",
        "http://site.example/%C3%A9?%e9=é",
        "http://site.example/a/../b/./c",
        "http://site.example/?a=1&a=1&&=&b",
        "http://site.example/?x?y?z",
        "http://site.example/path?%00%0a%0d",
        "http://site.example/ü/ö?ä#fragment",
        "http://site.example/a b\tc\nd?e f",
        "http://site.example/\\back\\slash",
        "http://SITE.example:80/Case",
        "http://site.example/" + "long/" * 1_000,
    ],
)
async def test_the_url_on_the_wire_is_the_url_that_was_judged(fetching, text):
    url = parse(text)
    async with (
        Loopback(answer()) as web,
        fetching(connect_to={"site.example": web.target}) as fetcher,
    ):
        await get(fetcher, text)

    line, host = web.requests[0].split(b"\r\n")[:2]
    assert line == f"GET {url.target} HTTP/1.1".encode()
    assert host == b"Host: site.example"


async def test_a_request_carries_these_fields_and_no_others(fetching):
    cookie = b"Set-Cookie: id=1; Path=/"
    async with (
        Loopback(answer(b"x", cookie, b"Set-Cookie: w=2; Domain=example")) as web,
        fetching(connect_to={"site.example": web.target}) as fetcher,
    ):
        for path in ("", "a", "b"):
            await get(fetcher, f"http://site.example/{path}")

    for head in web.requests:
        names = [line.partition(b":")[0] for line in head.split(b"\r\n")[1:] if line]
        assert names == [b"Host", b"User-Agent", b"From", b"Accept", b"Accept-Encoding"]


async def test_environment_variables_name_no_proxy_and_no_credentials(
    fetching, monkeypatch, tmp_path
):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine site.example login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    async with Loopback(answer()) as web, Loopback(answer()) as proxy:
        monkeypatch.setenv("http_proxy", f"http://{proxy.target}")
        monkeypatch.setenv("HTTP_PROXY", f"http://{proxy.target}")
        async with fetching(connect_to={"site.example": web.target}) as fetcher:
            await get(fetcher, "http://site.example/")

    assert (web.connections, proxy.connections) == (1, 0)
    assert b"authorization" not in web.requests[0].lower()


async def test_a_conditional_request_carries_both_validators(fetching):
    async with (
        Loopback(answer(b"", status=b"304 Not Modified")) as web,
        fetching(connect_to={"site.example": web.target}) as fetcher,
    ):
        got, body = await get(fetcher, "http://site.example/", etag='W/"1"', last_modified="then")

    assert (got.status, body.data) == (304, b"")
    assert b'If-None-Match: W/"1"\r\n' in web.requests[0]
    assert b"If-Modified-Since: then\r\n" in web.requests[0]


@pytest.mark.parametrize("status", [b"301 Moved", b"302 Found", b"303 See", b"307 T", b"308 P"])
async def test_no_redirect_is_followed(fetching, status):
    async with (
        Loopback(answer(b"", b"Location: http://127.0.0.66/", status=status)) as web,
        fetching(connect_to={"site.example": web.target}) as fetcher,
    ):
        got, _ = await get(fetcher, "http://site.example/")

    assert got.status == int(status[:3])
    assert len(web.requests) == 1


async def test_connections_are_kept_and_used_again(fetching):
    async with (
        Loopback(answer()) as web,
        fetching(connect_to={"site.example": web.target}) as fetcher,
    ):
        for _ in range(5):
            await get(fetcher, "http://site.example/")

    assert (web.connections, len(web.requests)) == (1, 5)


async def test_a_drained_answer_keeps_its_connection_and_a_large_one_does_not(fetching):
    async with (
        Loopback(answer(b"x" * 60_000), answer(b"x" * 1_000_000)) as web,
        fetching(connect_to={"site.example": web.target}) as fetcher,
    ):
        counts = []
        for _ in range(3):
            with closing(await fetcher.ask(parse("http://site.example/"), (HERE,))) as got:
                await got.drain()
            counts.append(web.connections)

    assert counts == [1, 1, 2]


async def test_a_kept_connection_that_the_server_closed_is_asked_again_by_another_turn(fetching):
    async with (
        Loopback(answer(), b"", answer(b"again")) as web,
        fetching(connect_to={"site.example": web.target}) as fetcher,
    ):
        await get(fetcher, "http://site.example/")
        code = await code_of(get(fetcher, "http://site.example/"))
        asked = len(web.requests)
        _, body = await get(fetcher, "http://site.example/")

    assert (code, asked) == ("stale", 2)
    assert body.data == b"again"
    assert (web.connections, len(web.requests)) == (2, 3)


async def test_a_fresh_connection_that_is_closed_is_asked_once(fetching):
    async with (
        Loopback(b"") as web,
        fetching(connect_to={"site.example": web.target}) as fetcher,
    ):
        code = await code_of(get(fetcher, "http://site.example/"))

    assert code == "reset"
    assert len(web.requests) == 1


async def test_a_kept_connection_is_never_used_for_another_name(fetching):
    """Else bytes sent after one host's answer would be taken for the other's."""
    async with (
        Loopback(answer()) as web,
        fetching(connect_to={"one.example": web.target, "two.example": web.target}) as fetcher,
    ):
        for name in ("one", "two", "one", "two"):
            await get(fetcher, f"http://{name}.example/")

    assert (web.connections, len(web.requests)) == (2, 4)


async def test_half_an_answer_on_a_kept_connection_is_not_asked_again(fetching):
    async with (
        Loopback(answer(), b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", b"") as web,
        fetching(connect_to={"site.example": web.target}) as fetcher,
    ):
        await get(fetcher, "http://site.example/")
        code = await code_of(get(fetcher, "http://site.example/"))

    assert code in {"timeout-idle", "incomplete-body"}
    assert len(web.requests) == 2


async def test_max_bytes_cuts_whatever_the_policy_says(fetching, limits):
    drop = limits.model_copy(update={"over_limit": "drop"})
    async with (
        Loopback(answer(b"x" * 5_000)) as web,
        fetching(limits=drop, connect_to={"site.example": web.target}) as fetcher,
    ):
        _, body = await get(fetcher, "http://site.example/", max_bytes=1_000)

    assert (len(body.data), body.truncated) == (1_000, True)


async def test_a_page_over_the_limit_is_cut_or_dropped_as_the_policy_says(fetching, limits):
    small = {"wire_bytes": 1_000}
    cut = limits.model_copy(update=small)
    drop = limits.model_copy(update=small | {"over_limit": "drop"})
    async with Loopback(answer(b"x" * 5_000)) as web:
        mapped = {"site.example": web.target}
        async with fetching(limits=cut, connect_to=mapped) as fetcher:
            _, body = await get(fetcher, "http://site.example/")
        async with fetching(limits=drop, connect_to=mapped) as fetcher:
            code = await code_of(get(fetcher, "http://site.example/"))

    assert (len(body.data), body.truncated) == (1_000, True)
    assert code == "too-large"


async def test_only_given_and_permitted_addresses_are_dialled(fetching):
    async with (
        Loopback(answer()) as web,
        Loopback(answer(), address="127.0.0.66") as forbidden,
        fetching() as fetcher,
    ):
        url = f"http://site.example:{forbidden.port}/"
        code = await code_of(get(fetcher, url, ("127.0.0.66",)))
        other = await code_of(get(fetcher, f"http://127.0.0.66:{forbidden.port}/", (HERE,)))
        _, body = await get(fetcher, f"http://site.example:{web.port}/")

    assert (code, other) == ("address-forbidden", "address-forbidden")
    assert body.data == b"hello"
    assert forbidden.connections == 0


async def test_an_address_is_checked_again_where_it_is_dialled(fetching):
    """Even if every check above had a hole, the socket would not be made."""
    async with Loopback(answer(), address="127.0.0.66") as forbidden, fetching() as fetcher:
        url = parse(f"http://site.example:{forbidden.port}/")
        exchange = fetcher._exchange(url, ("127.0.0.66", forbidden.port), [])
        code = await code_of(exchange)

    assert code == "address-forbidden"
    assert forbidden.connections == 0


async def test_a_name_that_changes_its_address_is_dialled_where_it_was_checked(fetching):
    """Rebinding: the second answer of the name server is never asked for."""
    zone = Zone({"rebind.example": [[HERE], ["127.0.0.66"]]})
    async with (
        NameServer(zone) as names,
        Loopback(answer()) as web,
        Loopback(answer(), address="127.0.0.66", port=web.port) as forbidden,
        fetching(dns_servers=(names.address,)) as fetcher,
    ):
        resolved = await fetcher.resolve("rebind.example")
        for _ in range(3):
            await get(fetcher, f"http://rebind.example:{web.port}/", resolved.addresses)

    assert len([asked for asked in zone.asked if asked == ("rebind.example", 1)]) == 1
    assert (len(web.requests), forbidden.connections) == (3, 0)


async def test_the_next_address_is_tried_when_the_first_takes_no_connection(fetching):
    async with (
        Loopback(answer(), address="127.0.0.2") as web,
        fetching(allow=("127.0.0.0/8",)) as fetcher,
    ):
        url = f"http://site.example:{web.port}/"
        got, _ = await get(fetcher, url, (HERE, "127.0.0.3", "127.0.0.2"))

    assert got.address == "127.0.0.2"


async def test_ipv6_is_dialled(fetching):
    with socket.socket(socket.AF_INET6) as probe:
        try:
            probe.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6 loopback")
    async with (
        Loopback(answer(), address="::1") as web,
        fetching(allow=("::1/128",)) as fetcher,
    ):
        resolved = await fetcher.resolve("[::1]", web.port)
        got, _ = await get(fetcher, f"http://{web.target}/", resolved.addresses)

    assert got.address == "::1"
    assert f"Host: {web.target}\r\n".encode() in web.requests[0]


async def test_an_address_in_a_url_can_be_mapped_too(fetching):
    async with (
        Loopback(answer()) as web,
        fetching(connect_to={"192.0.2.7": web.target}) as fetcher,
    ):
        resolved = await fetcher.resolve("192.0.2.7", 80)
        await get(fetcher, "http://192.0.2.7/", resolved.addresses)

    assert b"Host: 192.0.2.7\r\n" in web.requests[0]


async def test_a_mapped_address_must_be_permitted_as_well(fetching):
    async with fetching(connect_to={"site.example": "127.0.0.66:80"}) as fetcher:
        codes = {
            await code_of(fetcher.resolve("site.example")),
            await code_of(get(fetcher, "http://site.example/")),
        }

    assert codes == {"address-forbidden"}


async def test_a_proxy_of_the_policy_takes_tls_to_the_checked_address(fetching):
    refusal = b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"
    async with (
        Loopback(refusal, address="127.0.0.9") as proxy,
        fetching(proxy=f"http://{proxy.target}") as fetcher,
    ):
        code = await code_of(get(fetcher, "https://site.example/"))

    assert code == "proxy"
    assert proxy.requests[0].startswith(b"CONNECT 127.0.0.1:443 HTTP/1.1\r\n")


class Proxy:
    """A forward proxy on loopback: absolute URLs and CONNECT, to one server only."""

    def __init__(self, port: int) -> None:
        self.asked: list[tuple[str, str]] = []  # request line's target, Host
        self._port = port

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.9", 0)
        self.url = f"http://127.0.0.9:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_):
        self._server.close()

    async def _serve(self, reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        host = head.lower().partition(b"host: ")[2].partition(b"\r\n")[0].decode()
        self.asked.append((target, host))
        behind, onward = await asyncio.open_connection(HERE, self._port)
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            path = "/" + target.split("/", 3)[3]
            onward.write(head.replace(target.encode(), path.encode(), 1))
        await asyncio.gather(self._pump(reader, onward), self._pump(behind, writer))

    async def _pump(self, reader, writer):
        with contextlib.suppress(OSError):
            while data := await reader.read(65_536):
                writer.write(data)
        writer.close()


async def test_a_proxy_is_told_the_checked_address_and_never_resolves_a_name(fetching):
    async with (
        Loopback(answer(b"through")) as web,
        Proxy(web.port) as proxy,
        fetching(proxy=proxy.url) as fetcher,
    ):
        got, body = await get(fetcher, "http://site.example/a%2fb?c")

    assert proxy.asked == [(f"http://{HERE}/a%2fb?c", "site.example")]
    assert body.data == b"through"
    assert b"Host: site.example\r\n" in web.requests[0]
    assert got.address == HERE


async def test_tls_runs_through_a_proxy_to_the_checked_address_and_is_verified(fetching, tmp_path):
    authority = Authority(tmp_path, "own")
    for name, outcome in (("site.example", b"hello"), ("other.example", "tls")):
        server = await asyncio.start_server(_hello, HERE, 0, ssl=authority.context(name))
        port = server.sockets[0].getsockname()[1]
        async with (
            Proxy(port) as proxy,
            fetching(proxy=proxy.url, ca_file=str(authority.file)) as fetcher,
        ):
            try:
                _, body = await get(fetcher, "https://site.example/")
                found = body.data
            except FetchError as error:
                found = error.code
        server.close()

        assert found == outcome
        assert proxy.asked[0][0] == f"{HERE}:443"


async def _hello(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    writer.write(answer())
    await writer.drain()
    writer.close()


async def test_cancelling_a_visit_leaves_no_connection(fetching):
    async with (
        Loopback(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf") as web,
        fetching(connect_to={"site.example": web.target}) as fetcher,
    ):
        task = asyncio.create_task(get(fetcher, "http://site.example/"))
        while not web.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait([task])
        acquired = len(fetcher._transport._session.connector._acquired)

    assert acquired == 0


def test_every_code_of_an_error_is_in_the_table():
    assert FetchError("dns", "x" * 1_000).detail == "x" * 500
    assert all(fault.meaning for fault in FAULTS.values())
