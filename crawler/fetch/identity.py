"""Who we say we are: User-Agent, From, and a signature that proves it (Web Bot Auth)."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver
from http_message_signatures.algorithms import ED25519
from pydantic import field_validator, model_validator

from crawler.core.units import Settings
from crawler.core.urls import Url

VERSION = "1.0"
DIRECTORY_PATH = ".well-known/http-message-signatures-directory"
# The draft asks for at most a day; a captured signature should not outlive a slow request.
_LIFETIME = 300
_RENEW = 60  # an authority's signature is used again for this long: signing costs 0.2 ms
_MOST_SIGNATURES = 4_096
_LABEL = "sig1"
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


@dataclass(frozen=True, slots=True)
class _Message:
    """A request as the signing library wants to see it."""

    method: str
    url: str
    headers: dict[str, str]


class _OneKey(HTTPSignatureKeyResolver):
    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:  # noqa: ARG002
        return self._key


class Identity:
    """The header fields that every request carries, signed when there is a key."""

    def __init__(self, settings: IdentitySettings) -> None:
        self.settings = settings
        self.key = load_key(Path(settings.key)) if settings.key else None
        parts = urlsplit(settings.contact)
        self._agent = f"{parts.scheme}://{parts.netloc}"
        named = (("User-Agent", settings.user_agent), ("From", settings.email))
        self._plain = tuple(field for field in named if field[1])
        self._signed: dict[str, tuple[float, tuple[tuple[str, str], ...]]] = {}
        if self.key is not None:
            self._key_id = thumbprint(self.key)
            self._signer = HTTPMessageSigner(
                signature_algorithm=ED25519, key_resolver=_OneKey(self.key)
            )

    def headers(self, url: Url, now: float) -> tuple[tuple[str, str], ...]:
        """Return User-Agent and From, and with a key the signature of `url`'s authority.

        The signature follows draft-ietf-webbotauth-httpsig-protocol: it covers @authority
        and our member of Signature-Agent, under the tag web-bot-auth.
        """
        return self._plain if self.key is None else self._plain + self._signature(url, now)

    def _signature(self, url: Url, now: float) -> tuple[tuple[str, str], ...]:
        known = self._signed.get(url.origin)
        if known is not None and known[0] <= now < known[0] + _RENEW:
            return known[1]
        agent = {"Signature-Agent": f'{_LABEL}="{self._agent}"'}
        message = _Message("GET", f"{url.origin}/", agent)
        self._signer.sign(
            message,
            key_id=self._key_id,
            created=datetime.fromtimestamp(int(now), UTC),
            expires=datetime.fromtimestamp(int(now) + _LIFETIME, UTC),
            label=_LABEL,
            tag="web-bot-auth",
            include_alg=True,
            covered_component_ids=("@authority", f'"signature-agent";key="{_LABEL}"'),
        )
        if len(self._signed) >= _MOST_SIGNATURES:
            self._signed.clear()
        signed = tuple(message.headers.items())
        self._signed[url.origin] = (now, signed)
        return signed


def new_key() -> bytes:
    """Return a fresh Ed25519 private key in PEM, for `[identity] key`."""
    return Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )


def load_key(path: Path) -> Ed25519PrivateKey:
    """Return the key in `path`.

    Raises:
        ValueError: It cannot be read or is no Ed25519 private key in PEM.
    """
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, TypeError, ValueError) as error:
        msg = f"`key` {path}: {error}"
        raise ValueError(msg) from error
    if not isinstance(key, Ed25519PrivateKey):
        msg = f"`key` {path}: not an Ed25519 key; `crawler identity init` makes one"
        raise ValueError(msg)  # noqa: TRY004 (the value of a setting is wrong)
    return key


def public_jwk(key: Ed25519PrivateKey) -> dict[str, str]:
    """Return the public half as a JSON Web Key (RFC 8037 section 2)."""
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {"crv": "Ed25519", "kty": "OKP", "x": _base64url(raw)}


def thumbprint(key: Ed25519PrivateKey) -> str:
    """Return the key id: the JWK thumbprint of RFC 7638 with SHA-256."""
    canonical = json.dumps(public_jwk(key), sort_keys=True, separators=(",", ":"))
    return _base64url(sha256(canonical.encode()).digest())


def sign_bytes(key: Ed25519PrivateKey, data: bytes) -> Mapping[str, str]:
    """Return a detached signature of `data`, for the manifest of an export."""
    return {
        "algorithm": "ed25519",
        "key_id": thumbprint(key),
        "sha256": sha256(data).hexdigest(),
        "signature": base64.b64encode(key.sign(data)).decode(),
    }


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
