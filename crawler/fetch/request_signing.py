"""Signs requests with the operator's key (Web Bot Auth).

A module of its own, because most crawls have no key and need not load what signs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver
from http_message_signatures.algorithms import ED25519

from crawler.core.urls import Url
from crawler.keys import thumbprint

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
