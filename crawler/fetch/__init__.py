"""The only code that opens a socket.

Reading order: `client` (one GET for a URL), `dns`, `dialable` (which addresses), `transport` (one
request on one connection), `answer_heads`, `content_codings`, `limits`, `errors`; who asks:
`identity`, `request_signing`; where judging what is heavy runs: `workers`, `fork_server`.
"""

from typing import TYPE_CHECKING

from crawler.on_demand import names_from

if TYPE_CHECKING:
    from crawler.fetch.client import Answer, Body, Fetcher
    from crawler.fetch.dialable import NetworkSettings
    from crawler.fetch.errors import FAULTS, FetchError
    from crawler.fetch.identity import Identity, IdentitySettings
    from crawler.fetch.limits import FetchLimits

__all__ = [
    "FAULTS",
    "Answer",
    "Body",
    "FetchError",
    "FetchLimits",
    "Fetcher",
    "Identity",
    "IdentitySettings",
    "NetworkSettings",
]

__getattr__ = names_from(
    __name__,
    {
        "Answer": "client",
        "Body": "client",
        "Fetcher": "client",
        "NetworkSettings": "dialable",
        "FAULTS": "errors",
        "FetchError": "errors",
        "Identity": "identity",
        "IdentitySettings": "identity",
        "FetchLimits": "limits",
    },
)
