"""The client: addresses for a host, one GET for a URL, and nothing else.

Every byte the crawler sends or receives passes through `Fetcher`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import aiohttp

from crawler.core.outcome import Resolved
from crawler.core.response import Headers
from crawler.core.urls import Url, is_within
from crawler.fetch.content_codings import ACCEPTED, codings_of, decode
from crawler.fetch.dialable import AddressRules, NetworkSettings, parse_address, split_target
from crawler.fetch.dns import MAX_TTL, Names
from crawler.fetch.errors import FetchError
from crawler.fetch.identity import Identity, IdentitySettings
from crawler.fetch.limits import FetchLimits
from crawler.fetch.transport import BadFramingError, Dial, NotOursError, Transport

_DRAIN = 65_536  # cheaper to read than a new connection with TLS
_MOST_ATTEMPTS = 3  # addresses tried for one request
_ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.9,application/xml;q=0.9,*/*;q=0.1"

_ACCEPTED = (("Accept", _ACCEPT), ("Accept-Encoding", ACCEPTED))


@dataclass(frozen=True, slots=True)
class Body:
    """A body with its content codings undone."""

    data: bytes
    wire_bytes: int  # before decoding
    truncated: bool
    ended_at: float


class Answer:
    """Status and headers of an answer whose body is still on the wire."""

    def __init__(
        self,
        response: aiohttp.ClientResponse,
        limits: FetchLimits,
        clock: Callable[[], float],
        most: int | None,
    ) -> None:
        self.status = response.status
        self.headers: Headers = tuple([_field(*line) for line in response.raw_headers])
        version = response.version
        self.http_version = f"{version.major}.{version.minor}" if version else "1.1"
        self.address = ""
        self.started_at = 0.0
        self.first_byte_at = clock()
        self._response = response
        self._limits = limits
        self._clock = clock
        self._most = most
        self._data = bytearray()
        self._ended = False

    async def start(self, size: int) -> bytes:
        """Return about the first `size` bytes of the body, its codings undone; `read` goes on.

        Raises:
            FetchError: It was cut off.
        """
        await self._fill(size)
        codings = self._codings()
        if not codings:
            return bytes(self._data[:size])
        try:
            return decode(bytes(self._data), codings, self._limits, size).data
        except FetchError:
            return b""  # `read` raises it again

    async def read(self, most: int | None = None) -> Body:
        """Return the body, cut where the limits, `max_bytes` or, in their place, `most` say.

        Raises:
            FetchError: It was cut off, is not what its coding says, or is over a limit
                that the policy drops.
        """
        limits = self._limits
        fixed = most or self._most
        wire_most = most or min(limits.wire_bytes, fixed or limits.wire_bytes)
        most = most or min(limits.decoded_bytes, fixed or limits.decoded_bytes)
        data, more = await self._wire(wire_most)
        codings = self._codings()
        decoded = decode(data, codings, limits, most)
        cut = more or decoded.cut
        if not decoded.complete and not cut:
            raise FetchError("incomplete-body", f"{codings[-1]} ends early")
        if cut and limits.over_limit == "drop" and fixed is None:
            raise FetchError("too-large", f"more than {len(decoded.data)} bytes")
        return Body(decoded.data, len(data), cut, self._clock())

    async def drain(self) -> None:
        """Read and forget up to 64 KiB, so that the connection can be used again."""
        try:
            await self._wire(_DRAIN)
        except FetchError:
            self.close()  # nobody wanted the body

    def close(self) -> None:
        """Let the connection go; it is closed if the body was not read to its end."""
        self._response.release()

    async def _wire(self, most: int) -> tuple[bytes, bool]:
        """Return up to `most` bytes as sent, and whether there were more."""
        await self._fill(most)
        data = bytes(self._data)
        if len(data) > most:
            self.close()
            return data[:most], True
        return data, False

    async def _fill(self, most: int) -> None:
        """Have more than `most` bytes of the body as sent, or all of it."""
        try:
            while not self._ended and len(self._data) <= most:
                chunk = await self._response.content.readany()
                self._data += chunk
                self._ended = not chunk
        except _FAILURES as error:
            raise _explained(error, "incomplete-body") from error

    def _codings(self) -> tuple[str, ...]:
        lines = [value for name, value in self.headers if name == "content-encoding"]
        return codings_of(lines)


class Fetcher:
    """The only way out: an async context manager that owns the connections."""

    def __init__(
        self,
        network: NetworkSettings,
        identity: IdentitySettings,
        limits: FetchLimits,
        *,
        clock: Callable[[], float],
        alone: Callable[[], bool] | None = None,
        may_ask: Callable[[], bool] | None = None,
    ) -> None:
        """Keep connections for the next request only while `alone` says so, if it is given.

        `may_ask` is asked as each request is about to start: "not-ours" if it says no.
        """
        self._alone = alone
        self._may_ask = may_ask
        self._network = network
        self._limits = limits
        self._clock = clock
        self._rules = AddressRules(network)
        self.identity = Identity(identity)
        self._names = Names(network.dns_servers, limits.dns, clock)
        self._transport: Transport | None = None

    async def __aenter__(self) -> Self:
        self._transport = Transport(
            self._network, self._rules, self._limits, alone=self._alone, may_ask=self._may_ask
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._transport is not None:
            await self._transport.aclose()
        await self._names.close()

    async def resolve(self, host: str, port: int | None = None) -> Resolved:
        """Return the addresses of `host` that the policy lets us dial.

        Raises:
            FetchError: "dns", "dns-no-such-name", "address-forbidden", "port-forbidden".
        """
        now = self._clock()
        mapped = self._mapped(host, port)
        addresses: tuple[str, ...]
        if mapped is not None:
            addresses, expires_at, port = (mapped[0],), now + MAX_TTL, mapped[1]
        elif literal := _literal(host):
            addresses, expires_at = (literal,), now + MAX_TTL
        elif is_within(host.rstrip("."), "localhost"):
            addresses, expires_at = ("127.0.0.1",), now + MAX_TTL  # RFC 6761 section 6.3
        else:
            addresses, expires_at = await self._names.lookup(host)
        return Resolved(self._permitted(addresses, port), expires_at)

    async def texts(self, name: str) -> tuple[str, ...]:
        """Return the TXT records of a name.

        Raises:
            FetchError: "dns", "dns-no-such-name".
        """
        return await self._names.texts(name)

    async def ask(
        self,
        url: Url,
        addresses: tuple[str, ...],
        *,
        etag: str = "",
        last_modified: str = "",
        max_bytes: int | None = None,
    ) -> Answer:
        """Ask one of `addresses` for `url` with one GET; follow nothing. Whoever asks closes.

        `max_bytes` cuts the body whatever the policy says of large ones.

        Raises:
            FetchError: No usable answer; also from `Answer.read`.
        """
        fields = [
            ("Host", url.origin.partition("://")[2]),
            *self.identity.headers(url, self._clock()),
            *_ACCEPTED,
        ]
        if etag:
            fields.append(("If-None-Match", etag))
        if last_modified:
            fields.append(("If-Modified-Since", last_modified))
        started_at = self._clock()
        response, address = await self._ask(url, self._targets(url, addresses), fields)
        answer = Answer(response, self._limits, self._clock, max_bytes)
        answer.address, answer.started_at = address, started_at
        try:
            self._check_headers(answer)
        except FetchError:
            answer.close()
            raise
        return answer

    async def _ask(
        self, url: Url, targets: list[tuple[str, int]], fields: list[tuple[str, str]]
    ) -> tuple[aiohttp.ClientResponse, str]:
        """Return the answer and the address that gave it: the first that takes a connection."""
        for address, port in targets[: _MOST_ATTEMPTS - 1]:
            try:
                return await self._exchange(url, (address, port), fields), address
            except FetchError as error:
                if error.code not in {"connect", "timeout-connect"} or len(targets) == 1:
                    raise
        address, port = targets[-1]
        return await self._exchange(url, (address, port), fields), address

    async def _exchange(
        self, url: Url, target: tuple[str, int], fields: list[tuple[str, str]]
    ) -> aiohttp.ClientResponse:
        if self._transport is None:
            raise RuntimeError("a Fetcher works inside `async with`")
        limits = self._limits
        reach = limits.connect + limits.tls + limits.first_byte
        dial = Dial()
        server_name = _server_name(url) if url.scheme == "https" else url.host
        try:
            async with asyncio.timeout(reach):
                return await self._transport.get(
                    _pinned(url.scheme, *target),
                    url.target,
                    fields,
                    server_name=server_name,
                    dial=dial,
                )
        except NotOursError as error:
            raise FetchError("not-ours") from error
        except _FAILURES as error:
            explained = _explained(error, "reset")
            # Perhaps the server had heard us: to ask again at once would be two requests.
            if explained.code == "reset" and not dial.fresh:
                explained = FetchError("stale")
            raise explained from error

    def _mapped(self, host: str, port: int | None) -> tuple[str, int] | None:
        targets = self._network.connect_to
        if not targets:
            return None
        text = targets.get(f"{host}:{port}") or targets.get(host)
        return split_target(text) if text else None

    def _permitted(self, addresses: tuple[str, ...], port: int | None) -> tuple[str, ...]:
        refusals = [self._rules.refusal(address, port) for address in addresses]
        permitted = tuple(
            address for address, no in zip(addresses, refusals, strict=True) if not no
        )
        if not permitted:
            code = "port-forbidden" if "port-forbidden" in refusals else "address-forbidden"
            raise FetchError(code, f"{', '.join(addresses)} port {port}")
        return permitted

    def _targets(self, url: Url, addresses: tuple[str, ...]) -> list[tuple[str, int]]:
        """Return what to dial for `url`: permitted addresses among those given."""
        mapped, literal = self._mapped(url.host, url.port), _literal(url.host)
        port = url.port
        if mapped is not None:
            addresses, port = (mapped[0],), mapped[1]
        elif literal:
            addresses = (literal,)
        if not addresses:
            raise FetchError("dns", "no address was given")
        return [(address, port) for address in self._permitted(addresses, port)]

    def _check_headers(self, answer: Answer) -> None:
        if answer.status == 101 or not 100 <= answer.status <= 599:  # noqa: PLR2004 (RFC 9110 section 15)
            raise FetchError("bad-http", f"status {answer.status}")
        size = sum([len(name) + len(value) + 4 for name, value in answer.headers])
        if size > self._limits.header_bytes or len(answer.headers) > self._limits.header_count:
            raise FetchError("headers-too-large", f"{len(answer.headers)} fields, {size} bytes")


_PORTS = {"http": 80, "https": 443}


@lru_cache(maxsize=4_096)
def _pinned(scheme: str, address: str, port: int) -> str:
    host = f"[{address}]" if ":" in address else address
    return f"{scheme}://{host}" if port == _PORTS.get(scheme) else f"{scheme}://{host}:{port}"


@lru_cache(maxsize=16_384)
def _literal(host: str) -> str:
    """Return the address that `host` is, "" if it is a name."""
    address = parse_address(host)
    return str(address) if address else ""


def _server_name(url: Url) -> str:
    """Return the name a certificate must be for."""
    return url.host.strip("[]")


_ADDRESSES = frozenset({"location", "refresh"})
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


def _field(name: bytes, value: bytes) -> tuple[str, str]:
    """Return a field; browsers read UTF-8 where it is valid, else ISO 8859-1.

    In an address that is no UTF-8 they escape the bytes, for the server knows what they mean.
    """
    key = name.decode("latin-1").lower()
    try:
        return key, value.decode().strip(" \t")
    except UnicodeDecodeError:
        if key in _ADDRESSES:
            value = _BEYOND_ASCII.sub(lambda match: b"%%%02X" % match[0][0], value)
        return key, value.decode("latin-1").strip(" \t")


# Every failure of the layers below.
_FAILURES = (aiohttp.ClientError, OSError, ValueError)


def _explained(error: BaseException, lost: str) -> FetchError:
    """Return what failed below as a FetchError; `lost` names a cut connection."""
    return FetchError(_code(error, lost), f"{type(error).__name__}: {error}")


# The first class that fits names the code; a lost connection is named by where it was lost.
_CODES: tuple[tuple[type[BaseException], str], ...] = (
    (aiohttp.ClientHttpProxyError, "proxy"),
    (aiohttp.ClientProxyConnectionError, "proxy"),
    (aiohttp.ClientConnectorCertificateError, "tls"),
    (aiohttp.ClientConnectorSSLError, "tls"),
    (aiohttp.ClientConnectorError, "connect"),
    (aiohttp.ConnectionTimeoutError, "timeout-connect"),
    (BadFramingError, "bad-http"),
    (aiohttp.InvalidURL, "bad-url"),
    (ValueError, "bad-url"),
)
_LATE = {"reset": ("timeout-headers",) * 2, "incomplete-body": ("timeout-idle", "timeout-total")}


def _code(error: BaseException, lost: str) -> str:
    if isinstance(error, aiohttp.ClientConnectorError):
        if isinstance(error.os_error, PermissionError):
            return "address-forbidden"  # our own check at the moment of dialling
        if isinstance(error.os_error, ConnectionAbortedError):
            return "timeout-tls"  # how asyncio ends a slow handshake
    code = next((code for kind, code in _CODES if isinstance(error, kind)), "")
    if code:
        return code
    if isinstance(error, TimeoutError):
        idle, total = _LATE[lost]
        return idle if isinstance(error, aiohttp.SocketTimeoutError) else total
    if isinstance(error, aiohttp.ClientResponseError):
        large = "Too many headers" in error.message or "when reading" in error.message
        return "headers-too-large" if large else "bad-http"
    return lost
