"""Which addresses may be dialled.

Everything is forbidden that is not plainly public, unless the policy names its range. The
ranges are those of the IANA special-purpose registries (RFC 6890 and its updates).
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Self

from pydantic import Field, field_validator, model_validator

from crawler.core.host_names import host_and_port
from crawler.core.units import Settings

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
_PORTS = range(1, 65_536)

_FORBIDDEN_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # "this network"; 0.0.0.0 reaches the machine itself
        "10.0.0.0/8",
        "100.64.0.0/10",  # CGNAT, and 100.100.100.200 (Alibaba metadata)
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's wire server: a public address that is not
        "169.254.0.0/16",  # link-local, and 169.254.169.254 (metadata nearly everywhere)
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments, and 192.0.0.192 (Oracle metadata)
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",  # reserved, and 255.255.255.255
    )
)
# Global unicast is 2000::/3; all else is forbidden: ::1, mapped and NAT64 forms, fc00::/7
# (fd00:ec2::254 is Amazon's metadata), fe80::/10, fec0::/10, ff00::/8, 5f00::/16.
_GLOBAL_V6 = IPv6Network("2000::/3")
_FORBIDDEN_V6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments, among them Teredo and ORCHID
        "2001:db8::/32",
        "2002::/16",  # 6to4: names any IPv4 address
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_IPV4_COMPATIBLE = IPv6Network("::/96")
_PROXY = re.compile(r"http://(\[[0-9a-fA-F:.]+\]|[0-9.]+):([0-9]{1,5})/?\Z")


def parse_address(text: str) -> Address | None:
    """Return the address that `text` spells, brackets allowed, or None."""
    text = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    if "%" in text:  # a zone names an interface of this machine
        return None
    try:
        return ip_address(text)
    except ValueError:
        return None


def split_target(text: str) -> tuple[str, int]:
    """Return address and port of `address:port` (IPv6 in brackets).

    Raises:
        ValueError: `text` is something else.
    """
    host, _, port = text.rpartition(":")
    address = parse_address(host)
    if address is None or not re.fullmatch("[0-9]{1,5}", port) or int(port) not in _PORTS:
        msg = f'expected "address:port" such as "127.0.0.1:8000", got {text!r}'
        raise ValueError(msg)
    return str(address), int(port)


class NetworkSettings(Settings):
    """The `[network]` table of a policy."""

    allow: tuple[str, ...] = ()  # CIDR ranges added to the public ones, all their ports open
    public: bool = True  # False: nothing but `allow`
    ports: tuple[int, ...] = (80, 443, 8080, 8443)  # of public addresses
    connect_to: dict[str, str] = Field(default_factory=dict)  # host or host:port -> address:port
    proxy: str = ""  # http://address:port; environment variables are never read
    dns_servers: tuple[str, ...] = ()  # address or address:port; () asks the system's
    ca_file: str = ""  # PEM certificates trusted besides the usual ones

    @field_validator("allow")
    @classmethod
    def _ranges(cls, ranges: tuple[str, ...]) -> tuple[str, ...]:
        for text in ranges:
            try:
                ip_network(text)
            except ValueError as error:
                msg = f'`allow` takes ranges such as "127.0.0.0/8"; {error}'
                raise ValueError(msg) from error
        return ranges

    @field_validator("ports")
    @classmethod
    def _ports(cls, ports: tuple[int, ...]) -> tuple[int, ...]:
        if any(port not in _PORTS for port in ports):
            raise ValueError("`ports` takes numbers from 1 to 65535")
        return ports

    @field_validator("connect_to")
    @classmethod
    def _targets(cls, targets: dict[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for text, target in targets.items():
            split_target(target)
            name = host_and_port(text)
            if found.setdefault(name, target) != target:
                msg = f"`connect_to` names {name!r} twice, with different targets"
                raise ValueError(msg)
        return found

    @field_validator("dns_servers")
    @classmethod
    def _servers(cls, servers: tuple[str, ...]) -> tuple[str, ...]:
        for text in servers:
            if parse_address(text) is None:
                split_target(text)
        return servers

    @model_validator(mode="after")
    def _proxy(self) -> Self:
        if self.proxy and self.proxy_target is None:
            msg = f'`proxy` takes "http://address:port", got {self.proxy!r}'
            raise ValueError(msg)
        return self

    @property
    def proxy_target(self) -> tuple[str, int] | None:
        """Address and port of the proxy, if there is one."""
        match = _PROXY.match(self.proxy)
        if match is None or parse_address(match[1]) is None:
            return None
        return str(parse_address(match[1])), int(match[2])


class AddressRules:
    """The network policy as a question: whether an address may be dialled at a port."""

    def __init__(self, settings: NetworkSettings) -> None:
        self._allowed = tuple(ip_network(text) for text in settings.allow)
        self._public = settings.public
        self._ports = frozenset(settings.ports)
        # The same few thousand addresses are asked for again and again.
        self.refusal = lru_cache(maxsize=16_384)(self._refusal)

    def _refusal(self, text: str, port: int | None) -> str:
        """Return why `text` must not be dialled, as an outcome code, or "".

        Without a port only the address is judged.
        """
        address = parse_address(text)
        if address is None:
            return "address-forbidden"
        if any(address in network for network in self._allowed):
            inner = _embedded(address)
            return self._refusal(str(inner), port) if inner else ""
        if not self._public or not _is_public(address):
            return "address-forbidden"
        return "" if port is None or port in self._ports else "port-forbidden"


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _FORBIDDEN_V4)
    return address in _GLOBAL_V6 and not any(address in network for network in _FORBIDDEN_V6)


def _embedded(address: Address) -> IPv4Address | None:
    """Return the IPv4 address that the network would turn `address` into, if any.

    Opening such a range opens the form, not what hides inside it.
    """
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    compatible = address in _IPV4_COMPATIBLE and int(address) > 1
    if compatible or any(address in network for network in _NAT64):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None
