"""What purges still have to look for, remembered in the job's folder until it is gone.

The rows that were purged can no longer say what a search must look for. So keyed hashes of it
are on disk before they go: a run that was killed, or that found something, is given again and
searches for the same. Neither a text nor a subject can be read from the file.
"""

from __future__ import annotations

import hmac
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.corpus.errors import CorpusError
from crawler.corpus.removal.leftovers import Sought
from crawler.corpus.removal.needles import Needles
from crawler.durable_files import replace_durably
from crawler.store.canonical import canonical

FILE = "sought.json"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Memory:
    """The file of one job. `orders`: what was asked, by keyed hash, and what it still seeks."""

    folder: Path
    key: bytes
    orders: dict[str, list[dict[str, Any]]]

    def name(self, subject: object, key: bytes = b"") -> str:
        """Return the name of what an order is about; for an erasure `key` is the operator's."""
        return hmac.digest(key or self.key, canonical(subject).encode(), "sha256").hex()

    def recall(self, name: str) -> list[Sought]:
        """Return what earlier runs of the same order did not yet see gone."""
        try:
            return [
                Sought(Needles.from_json(item["anywhere"]), Needles.from_json(item["outside"]))
                for item in self.orders.get(name, ())
            ]
        except (ValueError, KeyError, TypeError) as error:
            raise _damaged(self.folder) from error

    def remember(self, name: str, sought: Sought) -> None:
        """Write down what must be gone, before the rows that say so are."""
        item = {"anywhere": sought.anywhere.to_json(), "outside": sought.outside.to_json()}
        self.orders.setdefault(name, []).append(item)
        self._write()

    def forget(self, name: str) -> None:
        """Drop what is gone; with the last of it the file goes."""
        if self.orders.pop(name, None) is not None:
            self._write()

    def _write(self) -> None:
        path = self.folder / FILE
        if not self.orders:
            path.unlink(missing_ok=True)
            return
        value = {"key": self.key.hex(), "orders": self.orders}
        replace_durably(path, json.dumps(value).encode())


def open_memory(folder: Path) -> Memory:
    """Read what is still sought in the job in `folder`.

    Raises:
        CorpusError: The file is damaged.
    """
    path = folder / FILE
    if not path.is_file():
        return Memory(folder, os.urandom(_KEY_BYTES), {})
    try:
        value = json.loads(path.read_bytes())
        return Memory(folder, bytes.fromhex(value["key"]), dict(value["orders"]))
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(folder) from error


def _damaged(folder: Path) -> CorpusError:
    return CorpusError(
        "nothing was purged",
        f"{folder / FILE} is damaged: what earlier purges seek cannot be read",
        "delete it, and search for yourself for what they were about",
    )
