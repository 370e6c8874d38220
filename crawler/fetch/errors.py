"""What can go wrong between asking and having an answer: one exception, one table of codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Fault:
    """What a code means and what follows from it."""

    meaning: str
    retry: bool = True  # another time it may go well
    host_fault: bool = False  # counts against the whole host, not only against this URL


# docs/outcomes.md shows this table; a test holds them equal.
FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "dns": Fault("The name servers gave no usable answer in time.", host_fault=True),
        "dns-no-such-name": Fault(
            "The name does not exist or has no address.", retry=False, host_fault=True
        ),
        "address-forbidden": Fault(
            "Every address of the host is one that the network policy forbids.",
            retry=False,
            host_fault=True,
        ),
        "port-forbidden": Fault("The port is not on the list for public addresses.", retry=False),
        "connect": Fault("The connection was refused or its host is unreachable.", host_fault=True),
        "tls": Fault(
            "TLS failed: no trusted certificate for this name, or no common terms.", host_fault=True
        ),
        "timeout-connect": Fault("No TCP connection within `connect`.", host_fault=True),
        "timeout-tls": Fault("TLS took longer than `tls`.", host_fault=True),
        "timeout-headers": Fault(
            "The headers were not complete within `first_byte`.", host_fault=True
        ),
        "timeout-idle": Fault("The body paused for longer than `between_bytes`."),
        "timeout-total": Fault("The whole exchange took longer than `total`."),
        "reset": Fault("The connection ended before the headers did.", host_fault=True),
        "stale": Fault(
            "The server closed a kept connection as it was used again: the URL takes another turn."
        ),
        "not-ours": Fault(
            "Nothing was asked: its shard had come to belong to another process of the cluster."
        ),
        "bad-http": Fault("The answer is not HTTP/1.x as RFC 9112 defines it.", retry=False),
        "headers-too-large": Fault(
            "More header fields or bytes than `header_count` or `header_bytes`.", retry=False
        ),
        "incomplete-body": Fault(
            "The body ended before its announced length, last chunk or end of coding."
        ),
        "too-large": Fault(
            "The body passes `wire_bytes` or `decoded_bytes` and `over_limit` is drop.",
            retry=False,
        ),
        "bad-coding": Fault("The body is not in the content coding it claims.", retry=False),
        "coding-unknown": Fault("The body is in a content coding nobody asked for.", retry=False),
        "coding-bomb": Fault(
            "The body passes `ratio`, `layers` or `members`: it was made to harm.", retry=False
        ),
        "bad-url": Fault("The URL cannot be put on a request line.", retry=False),
        "proxy": Fault("The proxy named by the policy failed or refused."),
    }
)


class FetchError(Exception):
    """No usable answer. `code` is a key of FAULTS and stands in docs/outcomes.md."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail[:500]
        self.retry = FAULTS[code].retry
        self.host_fault = FAULTS[code].host_fault
