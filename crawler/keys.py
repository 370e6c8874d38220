"""Ed25519 keys: the operator's own, which signs, and those that a verifier trusts.

Small face: `sign_bytes` signs, `load_trusted` reads pinned keys (PEM, JWK, a key directory as
JWKS), `check_signature` says whose signature it is. Trust is the verifier's: a key that comes
with a signature names who signed, and proves nothing of who that is.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

ALGORITHM = "ed25519"
_MOST_BYTES = 1_000_000  # of a file of keys
_BLOCK = re.compile(rb"-----BEGIN ([A-Z ]{1,40})-----[^-]{1,20000}-----END \1-----")


def new_key() -> bytes:
    """Return a fresh Ed25519 private key in PEM, for `[identity] key`."""
    return Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )


def load_key(path: Path) -> Ed25519PrivateKey:
    """Return the private key in `path`.

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


def public_jwk(key: Ed25519PrivateKey | Ed25519PublicKey) -> dict[str, str]:
    """Return the public half as a JSON Web Key (RFC 8037 section 2)."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {"crv": "Ed25519", "kty": "OKP", "x": _base64url(raw)}


def thumbprint(key: Ed25519PrivateKey | Ed25519PublicKey) -> str:
    """Return the key id: the JWK thumbprint of RFC 7638 with SHA-256."""
    canonical = json.dumps(public_jwk(key), sort_keys=True, separators=(",", ":"))
    return _base64url(sha256(canonical.encode()).digest())


def sign_bytes(key: Ed25519PrivateKey, data: bytes) -> Mapping[str, object]:
    """Return a detached signature of `data` as JSON values, with the public half beside it."""
    return {
        "algorithm": ALGORITHM,
        "key_id": thumbprint(key),
        "sha256": sha256(data).hexdigest(),
        "signature": base64.b64encode(key.sign(data)).decode(),
        "public_key": public_jwk(key),
    }


# --- verifying ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trusted:
    """The keys that a verifier pinned, by key id, and the files they came from."""

    keys: Mapping[str, Ed25519PublicKey] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.keys)


NOBODY = Trusted()


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signature is worth: "pinned" is the one state that proves who signed."""

    state: Literal["missing", "invalid", "unpinned", "pinned"]
    key_id: str = ""
    why: str = ""  # it is invalid

    @property
    def sentence(self) -> str:
        """Return the state in the words that every output begins with."""
        match self.state:
            case "missing":
                return "not signed"
            case "invalid":
                return f"not validly signed: {self.why}"
            case "unpinned":
                return f"signed by {self.key_id}, not pinned"
            case _:
                return f"signed by {self.key_id}, pinned"


MISSING = Signature("missing")


def check_signature(
    statement: Mapping[str, object], data: bytes, trusted: Trusted = NOBODY
) -> Signature:
    """Return what the signature in `statement`, as `sign_bytes` makes it, says of `data`.

    A pinned key is taken from `trusted`, never from the statement. Any value that is not
    spelled as `sign_bytes` spells it makes the signature invalid.
    """
    named = statement.get("key_id")
    pinned = trusted.keys.get(named) if isinstance(named, str) else None
    key = pinned if pinned is not None else _from_jwk(statement.get("public_key"))
    if key is None:
        return Signature("invalid", why="no Ed25519 key is beside it")
    key_id = thumbprint(key)
    stated = (statement.get("key_id"), statement.get("public_key"), statement.get("algorithm"))
    if stated != (key_id, public_jwk(key), ALGORITHM):
        return Signature("invalid", why="the key beside it is not the one it names")
    if statement.get("sha256") != sha256(data).hexdigest():
        return Signature("invalid", why="it is about other bytes")
    text = str(statement.get("signature"))
    try:
        raw = base64.b64decode(text, validate=True)
        key.verify(raw, data)
    except (ValueError, InvalidSignature):
        return Signature("invalid", why=f"it was not made by {key_id}")
    if base64.b64encode(raw).decode() != text:
        return Signature("invalid", why="it is not spelled as it was made")
    return Signature("pinned" if pinned is not None else "unpinned", key_id)


def load_trusted(paths: Iterable[Path]) -> Trusted:
    """Return the Ed25519 keys in files: PEM (also a private key's), a JWK, or a JWKS.

    Keys of other kinds in a directory are passed over.

    Raises:
        ValueError: A file cannot be read, or no Ed25519 key is in it.
    """
    found: dict[str, Ed25519PublicKey] = {}
    for path in paths:
        try:
            with path.open("rb") as file:
                data = file.read(_MOST_BYTES)
        except OSError as error:
            msg = f"{path}: cannot be read ({error.strerror})"
            raise ValueError(msg) from error
        keys = list(_keys_in(data))
        if not keys:
            msg = f"{path}: holds no Ed25519 key; it takes PEM, a JWK or a key directory (JWKS)"
            raise ValueError(msg)
        found.update((thumbprint(key), key) for key in keys)
    return Trusted(found)


def pinned_ids(path: Path) -> frozenset[str]:
    """Return the ids of the keys in `path`, for a reader that gets keys with what they signed.

    Raises:
        ValueError: It cannot be read, or holds no Ed25519 key.
    """
    return frozenset(load_trusted([path]).keys)


def _keys_in(data: bytes) -> Iterator[Ed25519PublicKey]:
    for block in _BLOCK.finditer(data):
        key = _from_pem(block[0], private=block[1].endswith(b"PRIVATE KEY"))
        if key is not None:
            yield key
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return
    listed = value.get("keys") if isinstance(value, dict) and "keys" in value else [value]
    for item in listed if isinstance(listed, list) else ():
        key = _from_jwk(item)
        if key is not None:
            yield key


def _from_pem(block: bytes, *, private: bool) -> Ed25519PublicKey | None:
    try:
        if private:
            secret = load_pem_private_key(block, password=None)
            return secret.public_key() if isinstance(secret, Ed25519PrivateKey) else None
        public = load_pem_public_key(block)
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return None
    return public if isinstance(public, Ed25519PublicKey) else None


def _from_jwk(value: object) -> Ed25519PublicKey | None:
    """Return the key of a JWK; what else stands in it (kid, use, alg) is not looked at."""
    if not isinstance(value, dict) or (value.get("kty"), value.get("crv")) != ("OKP", "Ed25519"):
        return None
    text = value.get("x")
    try:
        raw = base64.urlsafe_b64decode(f"{text}{'=' * (-len(str(text)) % 4)}")
        return Ed25519PublicKey.from_public_bytes(raw)
    except ValueError:
        return None


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
