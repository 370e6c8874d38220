"""Who we say we are: User-Agent, From, and a signature that proves it (Web Bot Auth)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from pydantic import field_validator, model_validator

from crawler.core.units import Settings
from crawler.core.urls import Url

if TYPE_CHECKING:
    from crawler.fetch.request_signing import Signer

VERSION = "1.0"
DIRECTORY_PATH = ".well-known/http-message-signatures-directory"
_TOKEN = re.compile(r"[A-Za-z_-]{1,64}\Z")  # RFC 9309 section 2.2.1
_LONGEST_EMAIL = 254  # RFC 5321 section 4.5.3.1.3, without the angle brackets
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+\Z")


class IdentitySettings(Settings):
    """The `[identity]` table of a policy. Nobody is named until the operator is.

    A crawl needs the token and one of `contact` and `email`: `Config.require_identity`.
    """

    token: str = ""  # product token for robots.txt
    contact: str = ""  # page that says who we are
    email: str = ""
    key: str = ""  # path of an Ed25519 private key in PEM; signs requests and exports

    @field_validator("token")
    @classmethod
    def _letters(cls, token: str) -> str:
        if token and not _TOKEN.match(token):
            raise ValueError("`token` takes letters, - and _ only, at most 64 (RFC 9309)")
        if token.lower().endswith("-train"):
            raise ValueError("`token` must not end in -Train: that form is made from it")
        return token

    @field_validator("email")
    @classmethod
    def _address(cls, email: str) -> str:
        if email and not (_EMAIL.match(email) and len(email) <= _LONGEST_EMAIL):
            raise ValueError('`email` takes an address such as "crawler@example.org"')
        return email

    @model_validator(mode="after")
    def _page(self) -> Self:
        if not self.contact:
            if self.key:
                raise ValueError("`key` needs a `contact`: verifiers fetch the keys there")
            return self
        parts = urlsplit(self.contact)
        plain = self.contact.isascii() and not re.search(r"[\s();,\x00-\x1f\"<>]", self.contact)
        if parts.scheme not in {"https", "http"} or not parts.hostname or not plain:
            msg = f'`contact` takes a URL such as "https://example.org/bot", got {self.contact!r}'
            raise ValueError(msg)
        if self.key and parts.scheme != "https":
            raise ValueError("`key` needs a `contact` on https: verifiers fetch the keys there")
        return self

    @property
    def tokens(self) -> tuple[str, str]:
        """The product tokens we obey in robots.txt."""
        return self.token, f"{self.token}-Train"

    @property
    def user_agent(self) -> str:
        page = f"+{self.contact}" if self.contact else ""
        return f"{self.token}/{VERSION} ({'; '.join(filter(None, (page, self.email)))})"


class Identity:
    """The header fields that every request carries, signed when there is a key."""

    def __init__(self, settings: IdentitySettings) -> None:
        self.settings = settings
        named = (("User-Agent", settings.user_agent), ("From", settings.email))
        self._plain = tuple(field for field in named if field[1])
        self._signer: Signer | None = None
        if settings.key:
            from crawler.fetch.request_signing import Signer  # noqa: PLC0415 - most have no key
            from crawler.keys import load_key  # noqa: PLC0415

            parts = urlsplit(settings.contact)
            key = load_key(Path(settings.key))
            self._signer = Signer(key, f"{parts.scheme}://{parts.netloc}")

    def headers(self, url: Url, now: float) -> tuple[tuple[str, str], ...]:
        """Return User-Agent and From, and with a key the signature of `url`'s authority."""
        return self._plain if self._signer is None else self._plain + self._signer.fields(url, now)
