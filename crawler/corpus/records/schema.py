"""The columns of a record, said once: for Parquet, the dataset card and Croissant."""

from __future__ import annotations

from typing import TypeAlias

# A column is a type name, [type] for a list, or {name: column} for a struct.
Column: TypeAlias = "str | list[Column] | dict[str, Column]"

_SITE_FILE: dict[str, Column] = {
    "kind": "string",
    "url": "string",
    "found": "string",
    "sha256": "string",
    "fetched_at": "string",
}
METADATA: dict[str, Column] = {
    "url": "string",
    "url_canonical": "string",
    "host": "string",
    "registrable_domain": "string",
    "redirects": ["string"],
    "fetched_at": "string",
    "title": "string",
    "creator": ["string"],
    "publisher": "string",
    "modified": "string",
    "language": "string",
    "language_score": "float64",
    "lid_tool": "string",
    "content_sha256": "string",
    "text_sha256": "string",
    "minhash_cluster": "int64",
    "duplicate": "bool",
    "word_count_re": "int64",
    "char_count": "int64",
    "byte_count": "int64",
    "token_count_est": "int64",
    "token_method": "string",
    "license": "string",
    "license_spdx": "string",
    "license_url": "string",
    "license_class": "string",
    "license_evidence": {
        "place": "string",
        "context": "string",
        "scope": "string",
        "confidence": "float64",
        "disagreement": "bool",
        "all_found": ["string"],
    },
    "attribution": {
        "title": "string",
        "author": "string",
        "source_url": "string",
        "license_name": "string",
        "license_url": "string",
        "changes": "string",
    },
    "consent": {
        "decision": "string",
        "rule_id": "string",
        "verdict": dict.fromkeys(("crawl", "index", "ai_input", "ai_train", "tdm"), "string"),
        "signal": "string",
        "signal_place": "string",
        "robots_sha256": "string",
        "robots_fetched_at": "string",
        "site_files": [_SITE_FILE],
        "page_checked_at": "string",
        "decided_at": "string",
        "policy_version": "string",
        "rules_version": "string",
    },
    "warc_record_id": "string",
    "warc_file": "string",
    "warc_offset": "int64",
    "http_status": "int64",
    "content_type": "string",
    "etag": "string",
    "last_modified": "string",
    "extractor": "string",
    "extractor_version": "string",
    "document_kind": "string",
    "pages": "int64",
    "encoding": "string",
    "flags": ["string"],
    "quality": "string",
    "pii": "string",
    "crawl_id": "string",
    "crawler_user_agent": "string",
}
RECORD: dict[str, Column] = {
    "id": "string",
    "text": "large_string",
    "source": "string",
    "added": "string",
    "created": "string",
    "metadata": METADATA,
}


def feature(name: str, column: Column) -> dict[str, object]:
    """Return the column as a dataset card's `features` entry spells it."""
    if isinstance(column, str):
        return {"name": name, "dtype": column}
    if isinstance(column, list):
        item = column[0]
        if isinstance(item, str):
            return {"name": name, "list": item}
        if isinstance(item, dict):
            return {"name": name, "list": [feature(key, value) for key, value in item.items()]}
        raise TypeError(name)
    return {"name": name, "struct": [feature(key, value) for key, value in column.items()]}
