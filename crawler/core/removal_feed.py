"""The feed of removals: signed, chained lines that tell what left a corpus.

docs/removals.md specifies it. Pure: bytes in, statements out; who is trusted is the reader's.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

from crawler.core.late_expressions import late
from crawler.core.urls import parse

FORMAT = "removals/1"
Class = Literal["owner", "law", "licence", "mistake", "erasure"]
CLASSES: tuple[Class, ...] = ("owner", "law", "licence", "mistake", "erasure")
_DIGITS = 32  # of a keyed hash: 128 bits, no two of any corpus meet
_LONGEST = 1 << 20  # bytes of a line
_KEY_BYTES = 32
_REQUIRED = {
    "open": {"format": str, "corpus": str, "hash_key": str, "key": dict},
    "removal": {
        "ids": list,
        "urls": list,
        "texts": list,
        "class": str,
        "reason": str,
        "versions": list,
        "deadline": str,
    },
    "retraction": {"of": list, "reason": str},
    "key": {"key": dict, "proof": str},
}
Entry = Mapping[str, Any]
# URLs that the parser gives back as they are; most are so, and it takes as long as all the rest.
_PLAIN = late(
    r"https?://(?!xn--)(?:[a-z0-9-]+\.(?!xn--))+[a-z]{2,}/[A-Za-z0-9_~/=&?+,;:@!$()*.-]*(?<!\?)\Z"
)


class FeedError(Exception):
    """A feed cannot be believed; the message says which line, and why."""


@dataclass(slots=True)
class Feed:
    """A feed that holds together, as far as it was read."""

    corpus: str = ""
    hash_key: bytes = b""
    number: int = -1  # of the last entry; the opening one is 0
    head: str = ""  # SHA-256 of the last entry's line
    key: str = ""  # id of the key that signs from here on
    keys: tuple[str, ...] = ()  # ids of all that signed, oldest first
    entries: dict[int, Entry] = field(default_factory=dict)  # removals that stand
    retracted: set[int] = field(default_factory=set)
    _heads: list[bytes] = field(default_factory=list)
    _jwk: Mapping[str, Any] = field(default_factory=dict)

    def read(self, lines: Iterable[bytes]) -> None:
        """Go on with more lines.

        Raises:
            FeedError: A line is forged, missing, out of its order, replayed or no entry.
        """
        for line in lines:
            if line.strip():
                self._take(line)

    def since(self, number: int) -> Iterator[Entry]:
        """Yield the removals after entry `number` that stand, oldest first."""
        return (entry for at, entry in self.entries.items() if at > number)

    def head_at(self, number: int) -> str:
        """Return SHA-256 of the line of entry `number`."""
        return self._heads[number].hex()

    def keyed_url(self, url: str) -> str:
        """Return the hash that stands for a URL in this feed."""
        return keyed(self.hash_key, "url", url_digest(url))

    def keyed_text(self, text_sha256: str) -> str:
        """Return the hash that stands for a text, given that of its normalised form."""
        return keyed(self.hash_key, "text", text_sha256)

    def _take(self, line: bytes) -> None:
        entry = _parsed(line, self.number + 1)
        place, kind = f"entry {entry['number']}", entry["kind"]
        self._in_turn(entry, place)
        if (kind == "open") != (self.number < 0):
            raise FeedError(f"{place}: a feed is opened once, by its first entry")
        if kind == "open":
            self._open(entry, place)
        if entry["key_id"] != self.key:
            raise FeedError(
                f"{place}: is signed by {entry['key_id']}, but the key of this feed is {self.key}"
            )
        if not verified(self._jwk, signed_part(entry), entry["signature"]):
            raise FeedError(f"{place}: is forged: its signature does not fit what it says")
        if line.rstrip(b"\r\n") != _canonical(entry):
            # Whoever hashes the line itself would find another chain.
            raise FeedError(f"{place}: is not written as canonical JSON")
        self._say(entry, place)
        self.number, self.head = entry["number"], line_hash(entry)
        self._heads.append(bytes.fromhex(self.head))

    def _in_turn(self, entry: Entry, place: str) -> None:
        number = entry["number"]
        if number <= self.number:
            raise FeedError(
                f"{place}: stands again or out of its order (the one before it is {self.number})"
            )
        if number != self.number + 1:
            raise FeedError(f"entry {self.number + 1}: is missing (the next one is {number})")
        if entry["previous"] != self.head:
            raise FeedError(f"{place}: does not continue the entry before it")

    def _open(self, entry: Entry, place: str) -> None:
        if entry["format"] != FORMAT:
            raise FeedError(f"{place}: the format {entry['format']!r} is not known; {FORMAT} is")
        try:
            self.hash_key = bytes.fromhex(entry["hash_key"])
        except ValueError as error:
            raise FeedError(f"{place}: its hash_key is no hexadecimal number") from error
        if len(self.hash_key) != _KEY_BYTES:
            raise FeedError(f"{place}: its hash_key has not {_KEY_BYTES} bytes")
        self.corpus = entry["corpus"]
        self._use(entry["key"], place)

    def _use(self, jwk: Mapping[str, Any], place: str) -> None:
        if _public(jwk) is None:
            raise FeedError(f"{place}: its key is no Ed25519 key in JSON (RFC 8037)")
        self._jwk, self.key = dict(jwk), key_id(jwk)
        self.keys = (*self.keys, self.key)

    def _say(self, entry: Entry, place: str) -> None:
        kind = entry["kind"]
        if kind == "removal":
            self.entries[entry["number"]] = entry
        elif kind == "retraction":
            for number in entry["of"]:
                if number not in self.entries and number not in self.retracted:
                    raise FeedError(f"{place}: takes back entry {number}, which is no removal")
                self.entries.pop(number, None)
                self.retracted.add(number)
        elif kind == "key":
            unproven = {name: value for name, value in entry.items() if name != "proof"}
            if not verified(entry["key"], signed_part(unproven), entry["proof"]):
                raise FeedError(f"{place}: the new key has not signed that it takes over")
            self._use(entry["key"], place)


def read_feed(lines: Iterable[bytes], trust: frozenset[str]) -> Feed:
    """Read a whole feed under keys that the reader pinned: ids as RFC 7638 makes them.

    A pinned key vouches for all before what it signed, by the chain, and for the keys that it
    hands over to.

    Raises:
        FeedError: It does not hold together, is empty, or no pinned key stands behind it.
    """
    feed = Feed()
    feed.read(lines)
    if feed.number < 0:
        raise FeedError("the feed is empty: it has no opening entry")
    if not trust & set(feed.keys):
        raise FeedError(
            f"the feed is signed by {feed.key}, which is none of the keys that are trusted"
        )
    return feed


def signed_part(entry: Entry) -> bytes:
    """Return the bytes that are signed: canonical JSON of all but the signature."""
    return _canonical({name: value for name, value in entry.items() if name != "signature"})


def line_hash(entry: Entry) -> str:
    """Return what the next entry names as `previous`."""
    return sha256(_canonical(entry)).hexdigest()


def line_of(entry: Entry) -> bytes:
    """Return an entry as it stands in the file."""
    return _canonical(entry) + b"\n"


def url_digest(url: str) -> str:
    """Return SHA-256 of a URL as the WHATWG parser writes it, without its fragment."""
    text = url
    if not _PLAIN.match(url) or "/." in url:
        parsed = parse(url.strip())
        text = url.strip() if parsed is None else parsed.text
    return sha256(text.partition("#")[0].encode("utf-8", "surrogatepass")).hexdigest()


def keyed(hash_key: bytes, what: Literal["url", "text"], digest: str) -> str:
    """Return the keyed hash that a feed names a URL or a text by."""
    return hmac.digest(hash_key, f"{what}\n{digest}".encode(), "sha256").hex()[:_DIGITS]


def key_id(jwk: Mapping[str, Any]) -> str:
    """Return the id of a public key: its JWK thumbprint (RFC 7638) with SHA-256."""
    members = {name: str(jwk.get(name, "")) for name in ("crv", "kty", "x")}
    text = json.dumps(members, sort_keys=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(sha256(text.encode()).digest()).decode().rstrip("=")


def verified(jwk: Mapping[str, Any], data: bytes, signature: str) -> bool:
    """Say if `signature`, in base64, is that of `data` under the public key (RFC 8032)."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - few runs read a feed
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

    raw = _public(jwk)
    if raw is None:
        return False
    try:
        public = ed25519.Ed25519PublicKey.from_public_bytes(raw)
        public.verify(base64.b64decode(signature, validate=True), data)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _public(jwk: Mapping[str, Any]) -> bytes | None:
    if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519" or not isinstance(jwk.get("x"), str):
        return None
    try:
        raw = base64.urlsafe_b64decode(jwk["x"] + "=" * (-len(jwk["x"]) % 4))
        return raw if len(raw) == _KEY_BYTES else None
    except (binascii.Error, ValueError):
        return None


def _parsed(line: bytes, expected: int) -> dict[str, Any]:
    place = f"entry {expected}"
    if len(line) > _LONGEST:
        raise FeedError(f"{place}: is longer than {_LONGEST} bytes")
    try:
        entry = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise FeedError(f"{place}: is no JSON object of distinct names") from error
    if not isinstance(entry, dict):
        raise FeedError(f"{place}: is no JSON object")
    common = {"number": int, "at": str, "kind": str, "previous": str, "key_id": str}
    _typed(entry, common | {"signature": str}, place)
    place = f"entry {entry['number']}"
    if entry["kind"] not in _REQUIRED:
        raise FeedError(f"{place}: the kind {entry['kind']!r} is not known: update the crawler")
    _typed(entry, _REQUIRED[entry["kind"]], place)
    _items(entry, place)
    return entry


def _typed(entry: Entry, members: Mapping[str, type], place: str) -> None:
    for name, kind in members.items():
        value = entry.get(name)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise FeedError(f"{place}: has no {name}, or it is no {kind.__name__}")


def _items(entry: Entry, place: str) -> None:
    for name in ("ids", "urls", "texts", "versions"):
        if any(not isinstance(item, str) for item in entry.get(name, ())):
            raise FeedError(f"{place}: {name} holds what is no text")
    if any(type(number) is not int for number in entry.get("of", ())):
        raise FeedError(f"{place}: of holds what is no number")
    if entry["kind"] == "removal":
        if entry["class"] not in CLASSES:
            raise FeedError(f"{place}: the class {entry['class']!r} is not known")
        if entry["class"] == "erasure" and entry["urls"]:
            raise FeedError(f"{place}: an erasure names no URL")
        if not (entry["ids"] or entry["urls"] or entry["texts"]):
            raise FeedError(f"{place}: names nothing that could be removed")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _canonical(entry: Entry) -> bytes:
    # As RFC 8785 orders and spaces it; the entries hold no fractions.
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
