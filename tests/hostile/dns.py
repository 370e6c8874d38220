"""A name server on loopback: UDP, a table, and the faults a name server can have."""

import asyncio
import struct
from dataclasses import dataclass, field
from ipaddress import ip_address

A, CNAME, TXT, AAAA = 1, 5, 16, 28
NO_ERROR, SERVER_FAILURE, NO_SUCH_NAME = 0, 2, 3


@dataclass
class Zone:
    """Answers by name. A list of lists answers each question differently, then the last."""

    addresses: dict[str, list[list[str]]] = field(default_factory=dict)
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ttl: dict[str, int] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    failing: set[str] = field(default_factory=set)
    asked: list[tuple[str, int]] = field(default_factory=list)


class _Server(asyncio.DatagramProtocol):
    def __init__(self, zone: Zone) -> None:
        self.zone = zone
        self.transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        name, kind, question = _question(data)
        self.zone.asked.append((name, kind))
        if name in self.zone.silent:
            return
        code = SERVER_FAILURE if name in self.zone.failing else NO_ERROR
        rounds = self.zone.addresses.get(name)
        if code == NO_ERROR and rounds is None:
            code = NO_SUCH_NAME
        turn = sum(1 for item in self.zone.asked if item == (name, kind)) - 1
        texts = rounds[min(turn, len(rounds) - 1)] if rounds else []
        wanted = [ip_address(text).packed for text in texts]
        records = [packed for packed in wanted if len(packed) == (4 if kind == A else 16)]
        if kind == TXT and name in self.zone.texts:
            code, said = NO_ERROR, self.zone.texts[name]
            records = [bytes((len(text),)) + text.encode() for text in said]
        ttl = self.zone.ttl.get(name, 60)
        answers = b"".join(
            b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, ttl, len(packed)) + packed
            for packed in records
        )
        head = data[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, len(records), 0, 0)
        self.transport.sendto(head + question + answers, addr)


def _question(data: bytes) -> tuple[str, int, bytes]:
    labels, at = [], 12
    while length := data[at]:
        labels.append(data[at + 1 : at + 1 + length].decode("ascii", "replace").lower())
        at += length + 1
    return ".".join(labels), int.from_bytes(data[at + 1 : at + 3], "big"), data[12 : at + 5]


class NameServer:
    """An async context manager; `address` is what `[network] dns_servers` takes."""

    def __init__(self, zone: Zone) -> None:
        self.zone = zone
        self.address = ""

    async def __aenter__(self):
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(
            lambda: _Server(self.zone), local_addr=("127.0.0.1", 0)
        )
        host, port = self._transport.get_extra_info("sockname")
        self.address = f"{host}:{port}"
        return self

    async def __aexit__(self, *_):
        self._transport.close()
