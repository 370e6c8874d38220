"""Which column is which: names that data sets use, guessed from what is there and said aloud."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

import orjson

Path: TypeAlias = tuple[str, ...]  # names from the outermost in; a text on the way is JSON

# The usual names, the likeliest first; compared without regard to case, `-` and `_`.
_NAMES: dict[str, tuple[str, ...]] = {
    "url": (
        *("url", "warc_target_uri", "warc_url", "target_uri", "uri", "page_url", "source_url"),
        *("metadata.url", "meta.url", "metadata.warc_target_uri", "metadata.source_url"),
        *("warc_headers.warc_target_uri", "metadata.warc_headers.warc_target_uri", "headers.url"),
        *("metadata.uri", "original_url", "webpage_url", "link", "href", "permalink", "address"),
    ),
    "text": (
        *("text", "content", "raw_content", "main_text", "plain_text", "body_text", "document"),
        *("markdown", "article", "body"),
    ),
    "date": (
        *("date", "fetch_time", "timestamp", "warc_date", "crawl_date", "date_download"),
        *("fetched_at", "crawled_at", "captured_at", "capture_date", "retrieved", "datetime"),
        *("metadata.date", "metadata.timestamp", "metadata.fetch_time", "metadata.warc_date"),
        *("metadata.fetched_at",),
        *("metadata.date_download", "meta.timestamp", "warc_headers.warc_date", "meta.date"),
        *("metadata.warc_headers.warc_date", "dump", "metadata.dump", "crawl", "snapshot"),
        *("metadata.snapshot", "cc_dump"),
    ),
    "html": (
        *("html", "raw_html", "html_content", "content_html", "page_html", "source_html"),
        *("metadata.html", "payload", "response_body"),
    ),
    "status": ("status", "fetch_status", "http_status", "status_code", "statuscode"),
    "headers": ("response_headers", "http_headers", "metadata.http_headers", "headers"),
    "mime": ("content_mime_type", "mime", "content_type", "mimetype", "content_mime_detected"),
    "language": ("language", "lang", "content_languages", "metadata.language"),
}
_AMBIGUOUS = frozenset({"body", "payload", "document", "headers", "content"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns that are read, by name; "" is guessed. Dots lead into nested ones."""

    url: str = ""
    text: str = ""
    date: str = ""
    html: str = ""

    def named(self) -> dict[str, str]:
        return {item.name: getattr(self, item.name) for item in fields(self)}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns of one file that are read; None: there is none of that meaning."""

    paths: Mapping[str, Path]

    def of(self, meaning: str) -> Path | None:
        return self.paths.get(meaning)

    def sentence(self) -> str:
        """Say which columns were taken, in one line."""
        said = [f"{meaning} = {'.'.join(path)}" for meaning, path in self.paths.items()]
        return ", ".join(said) if said else "no column that is known"


class NoColumnError(ValueError):
    """A column that was asked for, or one with URLs, is not there."""


def choose(names: Iterable[Path], columns: Columns, path: str) -> Chosen:
    """Return which of the columns there are is which.

    `names` may name a column as often as rows have it: one that is seldom there is not taken
    where another of that meaning is mostly there.

    Raises:
        NoColumnError: One that the operator names is not there, or none looks like a URL's.
    """
    often = Counter(iter(names))
    there = list(often)
    plain = {_plain(".".join(name)): name for name in reversed(there)}
    found: dict[str, Path] = {}
    asked = columns.named()
    for meaning, usual in _NAMES.items():
        if wanted := asked.get(meaning, ""):
            found[meaning] = _wanted(wanted, there, path)
            continue
        known = [plain[_plain(name)] for name in usual if _plain(name) in plain]
        free = [name for name in known if name not in found.values()]
        most = max((often[name] for name in free), default=0)
        if free:
            found[meaning] = next(name for name in free if often[name] * 2 >= most)
    if "url" not in found:
        shown = ", ".join(".".join(name) for name in there[:30]) or "none"
        raise NoColumnError(
            f"{path} has no column that looks like a URL (columns: {shown}):"
            " name it with --url-column"
        )
    if "html" in found and found["html"][-1].lower() in _AMBIGUOUS and "text" not in found:
        found["text"] = found.pop("html")
    return Chosen(found)


def _wanted(wanted: str, there: list[Path], path: str) -> Path:
    exact = {".".join(name): name for name in reversed(there)}
    plain = {_plain(name): parts for name, parts in exact.items()}
    taken = exact.get(wanted) or plain.get(_plain(wanted))
    if taken is None:
        shown = ", ".join(sorted(exact)[:30]) or "none"
        raise NoColumnError(f"{path} has no column {wanted!r}; it has: {shown}")
    return taken


def _plain(name: str) -> str:
    return name.lower().replace("-", "_")


def value_at(row: Mapping[str, Any], path: Path) -> Any:  # noqa: ANN401 - whatever stands there
    """Return what stands in a row at a path, None if nothing does."""
    value: Any = row
    for name in path:
        if isinstance(value, str | bytes):
            value = parsed(value)
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def parsed(text: str | bytes) -> Any:  # noqa: ANN401
    """Return what a text is as JSON, None if it is none."""
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return None


def paths_of(row: Mapping[str, Any], deep: int = 3) -> Iterable[Path]:
    """Yield the paths of a row's columns, those within nested ones and JSON texts too."""
    for name, value in row.items():
        yield (name,)
        inner = value
        if deep and isinstance(value, str | bytes) and value[:1] in ("{", b"{"):
            inner = parsed(value)
        if deep and isinstance(inner, Mapping):
            for path in paths_of(inner, deep - 1):
                yield (name, *path)


def text_of(value: object) -> str | None:
    """Return a value as text, None if it is nothing of the kind."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return None
