"""The identity key's signature under an export: who stands for manifest and ledger."""

from __future__ import annotations

from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crawler.corpus.records.export_plan import Sign
from crawler.fetch.keys import public_jwk, sign_bytes


def signer(key: Ed25519PrivateKey | None) -> Sign | None:
    """Return what signs an export with `key`, its public half beside the signature."""
    if key is None:
        return None

    def sign(data: bytes) -> Mapping[str, object]:
        return {**sign_bytes(key, data), "public_key": public_jwk(key)}

    return sign
