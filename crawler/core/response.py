"""What a server answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from crawler.core.late_expressions import late
from crawler.core.urls import Url

Headers = tuple[tuple[str, str], ...]

_SECRET = frozenset({"set-cookie", "set-cookie2"})
_PARTS = late(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
# type/subtype, and nothing else before the parameters (RFC 9110 section 8.3.1).
_TYPE = late(r"[ \t]*+([\w!#$&.+^-]++/[\w!#$&.+^-]++)([ \t]*+(?:;|\Z))?", re.ASCII)
_CHARSET = late(r"(?:^|[;,\s])charset[ \t]*=[ \t]*[\"']?([^\s\"';,]+)", re.IGNORECASE)


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
        """The media type without parameters, lower case; "" if none can be read."""
        return media_type(", ".join(self.header_lines("content-type")))[0]

    @property
    def charset(self) -> str:
        """The label of an encoding that Content-Type names, "" if none."""
        return media_type(", ".join(self.header_lines("content-type")))[1]


@lru_cache(maxsize=1_024)
def media_type(value: str) -> tuple[str, str]:
    """Return the media type and the charset of all Content-Type lines, joined by commas.

    The last valid one counts, with the charset of one before it that is the same type
    (Fetch section 3.5, "extract a MIME type"). If none is valid, a type at the beginning of one
    is what was meant, whatever follows it. A charset is read wherever it stands.
    """
    found = charset = meant = loose = ""
    for part in _PARTS.findall(value):
        match, stated = _TYPE.match(part), _CHARSET.search(part)
        if match is None or match[2] is None:
            meant = match[1].lower() if match else meant
            loose = stated[1] if stated else loose
        elif (essence := match[1].lower()) != "*/*":
            charset = stated[1] if stated else charset if essence == found else ""
            found = essence
    return found or meant, charset or loose


def kept_headers(headers: Headers) -> Headers:
    """Return the field lines without cookies. None is cut: `fetch` bounds them all together."""
    return tuple([line for line in headers if line[0] not in _SECRET])
