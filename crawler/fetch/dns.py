"""Names to addresses: DNS through c-ares, kept as long as its TTLs say, within bounds."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable

import aiodns
import pycares

from crawler.fetch.errors import FetchError

# Below a minute a page's own links would be resolved again and again; above a day a moved
# host would be sought at its old address.
MIN_TTL = 60.0
MAX_TTL = 86_400.0
DEAD_TTL = 300.0  # RFC 2308 section 7.1: failures at most five minutes
# What DNS can carry (RFC 1035 section 2.3.4); all else has no address.
_CARRIED = re.compile(r"(?:[!-\-/-~]{1,63}\.)*[!-\-/-~]{1,63}\.?\Z")
_LONGEST_NAME = 254
_MOST_ADDRESSES = 16
_MOST_NAMES = 50_000
_NO_SUCH_NAME = {pycares.errno.ARES_ENOTFOUND, pycares.errno.ARES_ENODATA}


class Names:
    """A resolver with a cache. Each question waits for itself alone."""

    def __init__(
        self, servers: tuple[str, ...], timeout: float, clock: Callable[[], float]
    ) -> None:
        self._servers = servers
        self._timeout = timeout
        self._clock = clock
        self._known: OrderedDict[str, tuple[tuple[str, ...], float, str]] = OrderedDict()
        self._resolver: aiodns.DNSResolver | None = None

    async def lookup(self, host: str) -> tuple[tuple[str, ...], float]:
        """Return the addresses of `host`, IPv4 first, and until when they hold.

        Raises:
            FetchError: "dns" or "dns-no-such-name".
        """
        now = self._clock()
        known = self._known.get(host)
        if known is None or known[1] <= now:
            known = await self._ask(host, now)
            self._known[host] = known
            self._known.move_to_end(host)
            if len(self._known) > _MOST_NAMES:
                self._known.popitem(last=False)
        addresses, expires_at, failure = known
        if failure:
            raise FetchError(failure, host)
        return addresses, expires_at

    async def texts(self, host: str) -> tuple[str, ...]:
        """Return the TXT records of `host`, as they are now.

        Raises:
            FetchError: "dns" or "dns-no-such-name".
        """
        if not _CARRIED.match(host) or len(host) > _LONGEST_NAME:
            raise FetchError("dns-no-such-name", host)
        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._asking().query_dns(host, "TXT")
        except TimeoutError as error:
            raise FetchError("dns", host) from error
        except (aiodns.error.DNSError, pycares.AresError) as error:
            none = _number(error) in _NO_SUCH_NAME
            raise FetchError("dns-no-such-name" if none else "dns", host) from error
        return tuple(
            record.data.data.decode("utf-8", "replace")
            for record in answer.answer
            if isinstance(record.data, pycares.TXTRecordData)
        )

    async def close(self) -> None:
        if self._resolver is not None:
            await self._resolver.close()
            self._resolver = None

    def _asking(self) -> aiodns.DNSResolver:
        if self._resolver is None:
            tries = 3
            self._resolver = aiodns.DNSResolver(
                list(self._servers) or None, timeout=self._timeout / tries, tries=tries
            )
        return self._resolver

    async def _ask(self, host: str, now: float) -> tuple[tuple[str, ...], float, str]:
        if not _CARRIED.match(host) or len(host) > _LONGEST_NAME:
            return (), now + MAX_TTL, "dns-no-such-name"
        resolver = self._asking()
        try:
            async with asyncio.timeout(self._timeout):
                answers = await asyncio.gather(
                    resolver.query_dns(host, "A"),
                    resolver.query_dns(host, "AAAA"),
                    return_exceptions=True,
                )
        except TimeoutError:
            return (), now + DEAD_TTL, "dns"
        addresses: list[str] = []
        ttls: list[float] = []
        failures: set[int] = set()
        for answer in answers:
            if isinstance(answer, BaseException):
                failures.add(_number(answer))
                continue
            for record in answer.answer:
                ttls.append(float(record.ttl))
                if isinstance(record.data, pycares.ARecordData | pycares.AAAARecordData):
                    addresses.append(record.data.addr)
        if addresses:
            ttl = min(max(min(ttls), MIN_TTL), MAX_TTL)
            return tuple(addresses[:_MOST_ADDRESSES]), now + ttl, ""
        return (), now + DEAD_TTL, "dns-no-such-name" if failures <= _NO_SUCH_NAME else "dns"


def _number(error: BaseException) -> int:
    """Return c-ares' number for a failed question.

    Raises:
        BaseException: `error` itself, if it is no DNS failure.
    """
    if isinstance(error, aiodns.error.DNSError | pycares.AresError):
        return int(error.args[0])
    raise error
