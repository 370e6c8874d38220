"""The only code that opens a socket."""

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
