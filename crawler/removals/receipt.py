"""A receipt of what was taken out of a copy: hashed, or signed by whoever holds the copy."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crawler.core.removal_feed import Feed, key_id, verified
from crawler.keys import public_jwk, thumbprint
from crawler.removals.progress_file import Followed
from crawler.store.canonical import canonical

FORMAT = "removals-receipt/1"


def make_receipt(
    feed: Feed, followed: Followed, unclean: Sequence[str], key: Ed25519PrivateKey | None
) -> dict[str, Any]:
    """Return the receipt of a round. The same copy and the same feed give the same receipt.

    `unclean` are the files that may still hold something; what it is, a receipt does not repeat.
    """
    files = [
        {
            "path": name,
            "rows": state.rows,
            "removed": state.removed,
            "cannot_be_matched": state.unmatched,
            **({"before": state.before, "after": state.after} if state.after else {}),
        }
        for name, state in sorted(followed.files.items())
    ]
    said: dict[str, Any] = {
        "format": FORMAT,
        "corpus": feed.corpus,
        "feed": {"number": feed.number, "head": feed.head, "key_id": feed.key},
        "files": files,
        "not_clean": sorted(unclean),
        "removed": sum(item["removed"] for item in files),
        "cannot_be_matched": sum(item["cannot_be_matched"] for item in files),
    }
    said["sha256"] = sha256(canonical(said).encode()).hexdigest()
    if key is not None:
        said |= {"key": public_jwk(key), "key_id": thumbprint(key)}
        said["signature"] = base64.b64encode(key.sign(canonical(said).encode())).decode()
    return said


def receipt_text(receipt: Mapping[str, Any]) -> bytes:
    return orjson.dumps(receipt, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def fault_of(receipt: Mapping[str, Any], trust: frozenset[str] | None = None) -> str:
    """Return what is wrong with a receipt, "" if nothing is.

    With `trust` it must be signed by one of these keys.
    """
    unsigned = {
        name: value
        for name, value in receipt.items()
        if name not in {"signature", "key", "key_id", "sha256"}
    }
    if receipt.get("sha256") != sha256(canonical(unsigned).encode()).hexdigest():
        return "was altered: its hash does not fit"
    if "signature" not in receipt:
        return "is not signed" if trust is not None else ""
    jwk = receipt.get("key", {})
    whole = {name: value for name, value in receipt.items() if name != "signature"}
    if not verified(jwk, canonical(whole).encode(), str(receipt["signature"])):
        return "was altered: its signature does not fit"
    if trust is not None and key_id(jwk) not in trust:
        return f"is signed by {key_id(jwk)}, which is not trusted"
    return ""
