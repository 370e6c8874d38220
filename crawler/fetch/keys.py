"""The operator's Ed25519 key: signs requests (Web Bot Auth) and exports.

A module of its own, because most crawls have no key and need not load what signs.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver
from http_message_signatures.algorithms import ED25519

from crawler.core.removal_feed import key_id
from crawler.core.urls import Url

# The draft asks for at most a day; a captured signature should not outlive a slow request.
_LIFETIME = 300
_RENEW = 60  # an authority's signature is used again for this long: signing costs 0.2 ms
_MOST_SIGNATURES = 4_096
_LABEL = "sig1"


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


class Signer:
    """Signs requests in the name of `agent`, the origin where our keys are published.

    The signature follows draft-ietf-webbotauth-httpsig-protocol: it covers @authority and our
    member of Signature-Agent, under the tag web-bot-auth.
    """

    def __init__(self, key: Ed25519PrivateKey, agent: str) -> None:
        self._agent = agent
        self._signed: dict[str, tuple[float, tuple[tuple[str, str], ...]]] = {}
        self._key_id = thumbprint(key)
        self._signer = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=_OneKey(key))

    def fields(self, url: Url, now: float) -> tuple[tuple[str, str], ...]:
        """Return the header fields that sign a request to `url`'s authority."""
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


def pinned_ids(path: Path) -> frozenset[str]:
    """Return the ids of the public keys in `path`: PEM, or a key directory in JSON (RFC 7517).

    Raises:
        ValueError: It cannot be read, or holds no Ed25519 public key.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"the trusted key {path}: {error.strerror}"
        raise ValueError(msg) from error
    found = frozenset(key_id(jwk) for jwk in _jwks(data))
    if not found:
        msg = f"the trusted key {path}: holds no Ed25519 public key, in PEM or as a JWKS"
        raise ValueError(msg)
    return found


def _jwks(data: bytes) -> list[Mapping[str, object]]:
    if b"-----BEGIN" in data:
        try:
            key = load_pem_public_key(data)
        except ValueError:
            return []
        return [_jwk(key)] if isinstance(key, Ed25519PublicKey) else []
    try:
        value = json.loads(data)
    except ValueError:
        return []
    listed = value.get("keys", [value]) if isinstance(value, dict) else []
    return [
        item
        for item in (listed if isinstance(listed, list) else [])
        if isinstance(item, dict)
        and item.get("crv") == "Ed25519"
        and isinstance(item.get("x"), str)
    ]


def public_jwk(key: Ed25519PrivateKey) -> dict[str, str]:
    """Return the public half as a JSON Web Key (RFC 8037 section 2)."""
    return _jwk(key.public_key())


def _jwk(key: Ed25519PublicKey) -> dict[str, str]:
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {"crv": "Ed25519", "kty": "OKP", "x": _base64url(raw)}


def thumbprint(key: Ed25519PrivateKey) -> str:
    """Return the key id: the JWK thumbprint of RFC 7638 with SHA-256."""
    return key_id(public_jwk(key))


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
