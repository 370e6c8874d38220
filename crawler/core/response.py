"""What a server answered."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.core.urls import Url

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Response:
    """An answer with its body read and its content codings undone.

    Header names are lower case; field lines stand in order and unmerged. Times are
    seconds since the epoch.
    """

    url: Url
    status: int
    headers: Headers = ()
    body: bytes = b""
    truncated: bool = False
    wire_bytes: int = 0  # bytes of the body before decoding
    address: str = ""  # the IP address dialled
    started_at: float = 0.0
    first_byte_at: float = 0.0
    ended_at: float = 0.0
    http_version: str = "1.1"

    def header(self, name: str) -> str:
        """Return the first field line called `name` (lower case), or ""."""
        return next((value for key, value in self.headers if key == name), "")

    def header_lines(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    @property
    def content_type(self) -> str:
        """The media type without parameters, lower case."""
        return self.header("content-type").partition(";")[0].strip().lower()
