"""An earlier audit as `crawler audit --json --domains` printed it, to compare with."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from crawler.audit.rule_sets import RULE_SETS, Status
from crawler.inputs import UnknownInputError
from crawler.inputs.compressed import open_unpacked
from crawler.inputs.row import Damage

# What each domain says to the combined agents, where that is known, by rule set.
Standing: TypeAlias = Mapping[str, Mapping[str, Status]]

_BEGINS = re.compile(rb'\s*\{\s*"title"\s*:\s*"Consent audit of')
_HEAD = 4_096
_STATUSES = {status.label: status for status in Status}


def read_earlier(path: Path) -> Standing | None:
    """Return what an earlier audit found; None if the file is none, but something to audit.

    Raises:
        UnknownInputError: It is one, but damaged, or does not hold all of its domains.
    """
    if not path.is_file():
        return None
    with open_unpacked(str(path), Damage(str(path))) as unpacked:
        head = unpacked.read(_HEAD)
        if not _BEGINS.match(head):
            return None
        parts = [head]
        while part := unpacked.read(1 << 20):
            parts.append(part)
    try:
        found = json.loads(b"".join(parts))
        rows = found["figures"]["domains"]["rows"]
        whole = int(found["facts"]["domains"].replace(",", ""))
        standing = {
            rules: {row["domain"]: _STATUSES[row[rules]] for row in rows if row[rules] != "unknown"}
            for rules in RULE_SETS
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnknownInputError(
            f"{path}: begins as an audit in JSON, and is damaged ({type(error).__name__}: {error})"
        ) from error
    if len(rows) != whole:
        raise UnknownInputError(
            f"{path}: holds {len(rows):,} of the {whole:,} domains of its audit;"
            " print it with --domains, or compare with what was audited"
        )
    return standing
