"""The operator's suppression list: what must never be taken again, in any job.

One append-only file, one JSON object a line, named in the policy and shared by all jobs.
A value is plain, or, where naming it would itself keep personal data, a keyed hash; the
key lies beside the list, never in a job. `lifted` lines undo earlier ones.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from crawler.core.removal_feed import FeedError
from crawler.core.urls import Url, key_of, meant_domain, parse
from crawler.store.canonical import canonical
from crawler.store.followed_feeds import FollowedFeed

_KEY_BYTES = 32
SCOPES = ("url", "domain", "text", "author")
REMOVED_ELSEWHERE = "removed-elsewhere"  # a feed that is followed says so


class SuppressionError(Exception):
    """The suppression list cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of the list. `value` is plain, or keyed if `hashed`."""

    scope: str  # url, domain, text, author
    value: str
    reason: str
    since: float  # seconds since the epoch
    hashed: bool = False
    request: str = ""
    lifted: bool = False


@dataclass(slots=True)
class Suppression:
    """The list in memory. Ask `refuses` before the frontier, at parse and at export."""

    path: Path
    key: bytes
    _plain: dict[tuple[str, str], Line] = field(default_factory=dict)
    _keyed: dict[tuple[str, str], Line] = field(default_factory=dict)
    _read: int = 0  # bytes of the file, and lines
    _number: int = 0
    _feeds: list[FollowedFeed] = field(default_factory=list)

    def follow(self, feeds: Iterable[tuple[Path, frozenset[str]]]) -> None:
        """Obey feeds of removals of other corpora as well: each by its file and trusted keys.

        Raises:
            SuppressionError: One cannot be read or believed.
        """
        for path, trust in feeds:
            try:
                self._feeds.append(FollowedFeed(path, trust))
            except (FeedError, OSError) as error:
                raise _unbelievable(path, error) from error

    def refuses_url(self, url: Url) -> str:
        """Return why the URL must not be asked for, or ""."""
        self.read_on()
        line = self._find("url", _spelled("url", url.text)) or self._domain(url.host)
        if line is None and any(feed.refuses_url(url) for feed in self._feeds):
            return REMOVED_ELSEWHERE
        return line.reason if line else ""

    def refuses(self, url: Url, text_sha256: str, authors: tuple[str, ...] = ()) -> str:
        """Return why a text must not be kept, or "". `text_sha256` is of the normalised text."""
        reason = self.refuses_url(url)
        if reason or not (self._plain or self._keyed or self._feeds):
            return reason
        line = self._find("text", text_sha256) if text_sha256 else None
        for author in authors:
            line = line or self._find("author", _folded(author))
        if line is None and text_sha256:
            removed = any(feed.refuses_text(text_sha256) for feed in self._feeds)
            return REMOVED_ELSEWHERE if removed else ""
        return line.reason if line else ""

    def line_on(self, url: Url, text_sha256: str, authors: Iterable[str] = ()) -> Line | None:
        """Return the line of the list itself that names a page, None if none does."""
        line = self._find("url", _spelled("url", url.text)) or self._domain(url.host)
        if line is None and text_sha256:
            line = self._find("text", text_sha256)
        for author in authors:
            line = line or self._find("author", _folded(author))
        return line

    def learn(self, lines: Iterable[Line]) -> None:
        """Obey lines that stand elsewhere, as they were written there."""
        for line in lines:
            self._learn(line)

    @property
    def names_hashed(self) -> bool:
        """Say if an address or an author is listed by its hash: such a page was erased."""
        return any(scope != "text" for scope, _ in self._keyed)

    @property
    def knows_texts(self) -> bool:
        """Say if it names texts or authors: then a page must be read to know if it is listed."""
        scopes = {scope for scope, _ in (*self._plain, *self._keyed)}
        return bool(self._feeds or scopes & {"text", "author"})

    def add(self, *lines: Line) -> None:
        """Append plain `lines`, hashed first if they say so, and obey them from now on."""
        self._append([self.hashed(line) for line in lines])

    def hashed(self, line: Line) -> Line:
        """Return a plain line as it stands in the list: hashed if it says so."""
        if not line.hashed:
            return line
        return replace(line, value=self._hash(line.scope, _spelled(line.scope, line.value)))

    def _append(self, entries: Iterable[Line]) -> None:
        text = "".join(f"{canonical(asdict(entry))}\n" for entry in entries)
        with self.path.open("a+b") as file:
            before = file.seek(0, os.SEEK_END)
            file.seek(max(0, before - 1))
            if file.read(1) not in (b"", b"\n"):  # a line that somebody wrote by hand
                text = f"\n{text}"
            try:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            except OSError:  # half a line would make the whole list unreadable
                os.truncate(self.path, before)
                raise
        self.read_on()

    def digest(self) -> str:
        """Return a hash that changes with everything that the list says."""
        heads = "".join(feed.head for feed in self._feeds)
        return sha256(self.path.read_bytes() + heads.encode()).hexdigest()

    def read_on(self, *, to_the_end: bool = False) -> None:
        """Learn what was added since, by this process or by another one.

        Another job's takedown counts at once in a crawl that is running. A last line without
        an end is one being written, unless it is to be read `to_the_end`.

        Raises:
            SuppressionError: It cannot be read, or a line in it is no statement.
        """
        for feed in self._feeds:
            try:
                feed.read_on()
            except (FeedError, OSError) as error:
                raise _unbelievable(feed.path, error) from error
        try:
            length = self.path.stat().st_size
            if length == self._read:
                return
            if length < self._read:  # it is append-only
                raise SuppressionError(
                    f"the suppression list {self.path} has lost lines while it was obeyed: "
                    "restore it from a copy"
                )
            with self.path.open("rb") as file:
                file.seek(self._read)
                for line in file:
                    if not (line.endswith(b"\n") or to_the_end):
                        break
                    self._number += 1
                    self._read += len(line)
                    if line.strip():
                        self._learn(_line(line, self.path, self._number))
        except OSError as error:
            raise _unusable(self.path, error) from error

    def lift(self, scope: str, value: str, now: float, reason: str) -> None:
        """Undo what was said of `value`, plain or hashed, by an explicit re-consent.

        The texts that were listed in the same purge may come back as well.
        """
        spelled = _spelled(scope, value)
        found = [
            line
            for line in (
                self._plain.get((scope, spelled)),
                self._keyed.get((scope, self._hash(scope, spelled))),
            )
            if line is not None
        ]
        since = {line.since for line in found}
        found += [
            line for line in self._keyed.values() if line.scope == "text" and line.since in since
        ]
        self._append(replace(line, since=now, reason=reason, lifted=True) for line in found)

    @property
    def length(self) -> int:
        """Bytes of the list that were read."""
        return self._read

    @property
    def has_hashed(self) -> bool:
        """Say whether the key matters: something in the list is told by its hash alone."""
        return bool(self._keyed)

    def domains(self) -> tuple[str, ...]:
        """Return the domains that are listed by name."""
        return tuple(sorted(value for scope, value in self._plain if scope == "domain"))

    def _domain(self, host: str) -> Line | None:
        name = host
        while name:
            line = self._find("domain", name)
            if line:
                return line
            name = name.partition(".")[2]
        return None

    def _find(self, scope: str, value: str) -> Line | None:
        line = self._plain.get((scope, value))
        if line is None and self._keyed:
            line = self._keyed.get((scope, self._hash(scope, value)))
        return line

    def _hash(self, scope: str, value: str) -> str:
        return hmac.digest(self.key, f"{scope}\n{value}".encode(), "sha256").hex()

    def _learn(self, line: Line) -> None:
        table = self._keyed if line.hashed else self._plain
        value = line.value if line.hashed else _spelled(line.scope, line.value)
        if line.lifted:
            table.pop((line.scope, value), None)
        else:
            table[line.scope, value] = line


def open_suppression(path: Path, key_path: Path | None = None, *, make: bool = True) -> Suppression:
    """Read the list at `path`; with `make` an empty one is made where there never was any.

    The key lies beside the list unless `key_path` says where; never inside a job. It outlives
    the list: where only the key is left, the list is lost, not new.

    Raises:
        SuppressionError: It is not there or cannot be read, or a line in it is no statement.
    """
    key_path = key_path or path.with_name(path.name + ".key")
    try:
        keyless = not key_path.exists()  # looked at first: another shard makes it last
        if not path.exists():
            if not (make and keyless):
                raise _missing(path)
            make_list(path)
        found = Suppression(path, _key(key_path))
    except OSError as error:
        raise _unusable(path, error) from error
    found.read_on(to_the_end=True)
    if keyless and found.has_hashed:
        key_path.unlink()  # a key made now fits none of them
        raise SuppressionError(
            f"the key {key_path} of the suppression list is not there, and lines of it are "
            "hashed: restore it from a copy"
        )
    return found


def make_list(path: Path) -> None:
    """Make an empty list; one that is there is left as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(0o600)


def _missing(path: Path) -> SuppressionError:
    return SuppressionError(
        f"the suppression list {path} is not there: restore it from a copy; or, if there never "
        "was one, make it: crawler policy suppression POLICY"
    )


def _unbelievable(path: Path, error: FeedError | OSError) -> SuppressionError:
    why = error.strerror if isinstance(error, OSError) else error
    return SuppressionError(f"the feed of removals {path} cannot be followed: {why}")


def _unusable(path: Path, error: OSError) -> SuppressionError:
    return SuppressionError(f"the suppression list {path} cannot be used: {error.strerror}")


def _key(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(_KEY_BYTES).hex().encode())
        with suppress(FileExistsError):  # another shard was first, and its key counts
            os.link(draft, path)
        draft.unlink()
    try:
        return bytes.fromhex(path.read_text().strip())
    except ValueError as error:
        raise SuppressionError(f"the key {path} of the suppression list is damaged") from error


def lines_of(data: bytes, path: Path) -> list[Line]:
    """Return the lines of a list that lies elsewhere, of which `path` tells where.

    Raises:
        SuppressionError: One is no statement.
    """
    rows = data.split(b"\n")
    return [_line(text, path, number) for number, text in enumerate(rows, 1) if text.strip()]


def _line(text: bytes, path: Path, number: int) -> Line:
    try:
        value = json.loads(text)
        line = Line(
            scope=str(value["scope"]),
            value=str(value["value"]),
            reason=str(value.get("reason", "suppressed")),
            since=float(value.get("since", 0)),
            hashed=bool(value.get("hashed", False)),
            request=str(value.get("request", "")),
            lifted=bool(value.get("lifted", False)),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SuppressionError(f"{path}, line {number}: this is no suppression line") from error
    if line.scope not in SCOPES:
        raise SuppressionError(f"{path}, line {number}: unknown scope {line.scope!r}")
    if line.scope == "domain" and not (line.hashed or meant_domain(line.value)):
        what = f"{line.value!r} is no domain, and would refuse nothing"
        raise SuppressionError(f"{path}, line {number}: {what}")
    return line


def _spelled(scope: str, value: str) -> str:
    if scope == "url":  # by dedup key: another spelling of the same URL is the same URL
        url = parse(value.strip())
        key = key_of(value.partition("#")[0]) if url is None else url.key
        return f"{key & (2**64 - 1):016x}"
    if scope == "domain":
        return meant_domain(value) or value
    return _folded(value) if scope == "author" else value


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
