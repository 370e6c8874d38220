"""One request on one connection to one address, sent by aiohttp.

The origin handed down names the address itself, so nothing below resolves names; the name
that was judged travels in Host and in TLS. `_Connector` checks each address once more at
the moment of dialling and writes it to the log.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.helpers import _EXC_SENTINEL
from aiohttp.http import RawResponseMessage
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.streams import StreamReader
from yarl import URL

from crawler.fetch.answer_heads import Heads
from crawler.fetch.dialable import AddressRules, NetworkSettings
from crawler.fetch.limits import FetchLimits

log = logging.getLogger(__name__)

_KEEP_ALIVE = 30.0
_INTERIM = frozenset({100, *range(102, 200)})  # 101 is final
_MOST_INTERIM = 32
_MOST_IDLE = 256  # descriptors; a process usually has 1,024
# How often (seconds) to look whether another command may want the hosts we are connected to.
_LOOK_AROUND = 0.25


@dataclass(slots=True)
class Dial:
    """What became of one request's connection."""

    fresh: bool = False  # dialled for this request, not taken from the pool


_dial: ContextVar[Dial] = ContextVar("dial")


class _NoNames(AbstractResolver):
    """Everything below works on addresses; a name here would be a second resolution."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        msg = f"{host}:{port} ({family.name}) is a name; only addresses are dialled"
        raise PermissionError(msg)

    async def close(self) -> None:
        pass


class NotOursError(Exception):
    """It is for another process to ask whom this request would have asked."""


class BadFramingError(aiohttp.ClientPayloadError):
    """The body's chunks are not as RFC 9112 section 7.1 writes them."""


class _Handler(ResponseHandler):
    """aiohttp's protocol, made to fail where it would wait for what can no longer come."""

    _interim = 0

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self._heads = Heads()

    def set_response_params(self, **params: Any) -> None:  # noqa: ANN401 - aiohttp's own
        self._heads.expect()
        super().set_response_params(**params)

    def data_received(self, data: bytes) -> None:
        if data and self._heads.open:
            data = self._heads.mend(data)
            if not data:  # held back; nothing at all would mean something else
                return
        super().data_received(data)

    def set_exception(self, exc: BaseException, exc_cause: BaseException = _EXC_SENTINEL) -> None:
        payload = self._payload
        super().set_exception(exc, exc_cause)
        if isinstance(exc, HttpProcessingError) and payload is not None and not payload.is_eof():
            payload.set_exception(BadFramingError(exc.message))

    def feed_data(self, data: tuple[RawResponseMessage, StreamReader], size: int = 0) -> None:
        self._interim = self._interim + 1 if data[0].code in _INTERIM else 0
        super().feed_data(data, size)
        if self._interim > _MOST_INTERIM:
            self.set_exception(HttpProcessingError(message="endless interim answers"))
            if self.transport is not None:
                self.transport.close()


class _Connector(aiohttp.TCPConnector):
    """aiohttp's connector with our address check, TLS limit and cap on idle connections."""

    def __init__(
        self,
        rules: AddressRules,
        proxy: tuple[str, int] | None,
        tls_limit: float,
        may_ask: Callable[[], bool] | None,
    ) -> None:
        super().__init__(
            resolver=_NoNames(),
            use_dns_cache=False,
            keepalive_timeout=_KEEP_ALIVE,
            limit=0,  # the engine has one visit a worker
            happy_eyeballs_delay=None,  # one address a call
            socket_factory=self._socket,
        )
        self._factory: Any = partial(_Handler, loop=self._loop)  # private in aiohttp, as below
        self._rules = rules
        self._proxy = proxy
        self._tls_limit = tls_limit
        self._may_ask = may_ask
        self.keeps = True
        self.looks: asyncio.TimerHandle | None = None

    async def connect(self, *args: Any, **kwargs: Any) -> Connection:  # noqa: ANN401
        """Return a connection for one request, which is written to it next.

        Raises:
            NotOursError: By now the request is not ours to make.
        """
        self._require_ours()
        connection = await super().connect(*args, **kwargs)
        try:
            self._require_ours()  # the process may have been stopped while it was dialled
        except NotOursError:
            connection.close()
            raise
        return connection

    def _require_ours(self) -> None:
        if self._may_ask is not None and not self._may_ask():
            raise NotOursError

    def _socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, target = info
        address, port = str(target[0]), int(target[1])
        refusal = self._rules.refusal(address, port) if (address, port) != self._proxy else ""
        if refusal:
            raise PermissionError(refusal)
        log.debug("dial %s port %d", address, port)
        _dial.get().fresh = True
        return socket.socket(family, kind, protocol)

    # The next three refine methods that aiohttp keeps private. Should they be renamed, the
    # handshake is still bounded by sock_connect; tests tell.
    async def _wrap_create_connection(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if kwargs.get("ssl"):
            kwargs["ssl_handshake_timeout"] = self._tls_limit
        return await super()._wrap_create_connection(*args, **kwargs)

    def _release(self, key: Any, protocol: Any, *, should_close: bool = False) -> None:  # noqa: ANN401
        full = len(self._conns) >= _MOST_IDLE and key not in self._conns
        super()._release(key, protocol, should_close=should_close or full or not self.keeps)

    def look_around(self, alone: Callable[[], bool]) -> None:
        """Close what is idle, and keep nothing, while others may want a host: it sees one of us."""
        self.keeps = alone()
        if not self.keeps:
            for idle in self._conns.values():
                for protocol, _ in idle:
                    protocol.close()
            self._conns.clear()
        self.looks = self._loop.call_later(_LOOK_AROUND, self.look_around, alone)


class Transport:
    """Sends requests to origins that name an address, for targets that are sent as they are."""

    def __init__(
        self,
        network: NetworkSettings,
        rules: AddressRules,
        limits: FetchLimits,
        *,
        alone: Callable[[], bool] | None = None,
        may_ask: Callable[[], bool] | None = None,
    ) -> None:
        self._network = network
        self._limits = limits
        self._proxy = network.proxy or None
        self._timeout = aiohttp.ClientTimeout(
            total=limits.total,
            sock_connect=limits.connect + limits.tls,
            sock_read=limits.first_byte,
        )
        if network.ca_file:
            _ = self._tls  # a file that cannot be read stops the crawl before it starts
        self._connector = _Connector(rules, network.proxy_target, limits.tls, may_ask)
        if alone is not None:
            self._connector.look_around(alone)
        self._session = aiohttp.ClientSession(
            connector=self._connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            max_line_size=limits.header_bytes,
            max_field_size=limits.header_bytes,
            max_headers=limits.header_count,
        )
        # Retrying is ours: aiohttp would ask a second time on fresh connections too.
        self._session._retry_connection = False  # noqa: SLF001

    async def get(
        self,
        origin: str,
        target: str,
        fields: list[tuple[str, str]],
        *,
        server_name: str,
        dial: Dial,
    ) -> aiohttp.ClientResponse:
        """Return the answer to one GET, its body unread; `release` lets its connection go.

        `server_name` is what a certificate must be for. It is the pool's key as well: a
        connection is never used for another name, whose answer the first could have put there
        in advance.

        Raises:
            aiohttp.ClientError, OSError, ValueError: As things went wrong.
        """
        _dial.set(dial)
        response = await self._session.get(
            URL(origin + target, encoded=True),
            headers=fields,
            allow_redirects=False,
            timeout=self._timeout,
            ssl=self._tls if origin.startswith("https:") else True,
            server_hostname=server_name,
            proxy=self._proxy,
        )
        connection = response.connection  # None: everything has come and the pool has it
        if connection is not None and connection.protocol is not None:
            connection.protocol.read_timeout = self._limits.between_bytes
        return response

    async def aclose(self) -> None:
        if self._connector.looks is not None:
            self._connector.looks.cancel()
        await self._session.close()

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """The certificates trusted, which take 30 ms to load: read when first needed."""
        # Here: it loads rich and pygments where they are, which takes longer than the certificates.
        import httpx  # noqa: PLC0415

        tls = httpx.create_ssl_context(trust_env=False)
        if self._network.ca_file:
            tls.load_verify_locations(self._network.ca_file)
        return tls
