"""What it costs to take removals out of a copy in Parquet, with ids.

python -m benchmarks.removals --records 1000000 --files 20 --removals 10000 --json F

Prints records a CPU second, peak memory, and which files were written anew.
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crawler.core.removal_feed import line_hash, line_of, read_feed, signed_part
from crawler.keys import public_jwk, thumbprint
from crawler.removals.apply import How, apply_removals

CHARACTERS = 1_000  # mean of a text
_KEY = Ed25519PrivateKey.from_private_bytes(b"\1" * 32)
_STAMP = "2026-11-27T00:00:00Z"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--removals", type=int, default=10_000)
    parser.add_argument("--json", metavar="F")
    parser.add_argument("--measure", metavar="FOLDER", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(_measured(Path(options.measure))))
        return
    with tempfile.TemporaryDirectory(prefix="removals-") as place:
        folder = Path(place)
        _make(folder, options.records, options.files, options.removals)
        # In a process of its own: the memory is that of the work alone.
        command = [sys.executable, "-m", "benchmarks.removals", "--measure", place]
        found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    print(f"{found['records']} records in {options.files} files, {found['removed']} taken out")
    print(f"{found['per_second']:.0f} records/s of CPU, peak memory {found['mb']:.0f} MB")
    print(f"{found['rewritten']} of {options.files} files written anew")
    print(f"reading and checking the feed: {found['feed_seconds']:.2f} s of CPU")
    if options.json:
        Path(options.json).write_text(json.dumps(found, indent=1))


def _measured(folder: Path) -> dict[str, float]:
    start = time.process_time()
    lines = (folder / "removals.jsonl").read_bytes().splitlines()
    feed = read_feed(lines, frozenset({thumbprint(_KEY)}))
    read = time.process_time()
    result = apply_removals(str(folder / "copy"), feed, How())
    end = time.process_time()
    return {
        "records": result.counts.rows,
        "removed": result.counts.removed,
        "rewritten": result.rewritten,
        "per_second": result.counts.rows / (end - read),
        "feed_seconds": read - start,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024,
    }


def _make(folder: Path, records: int, files: int, removals: int) -> None:
    """Write the copy, and a feed whose removals all lie in the first half of its files."""
    (folder / "copy").mkdir()
    chance = random.Random(1)
    words = [f"{chance.choice('bcdfglmnprst')}{chance.choice('aeiou')}{n:x}" for n in range(4_000)]
    each = records // files
    gone: list[str] = []
    for number in range(files):
        rows = [_row(number * each + n, chance, words) for n in range(each)]
        pq.write_table(pa.Table.from_pylist(rows), folder / "copy" / f"{number:03d}.parquet")
        if number < files // 2:
            share = removals // (files // 2)
            gone += [row["id"] for row in chance.sample(rows, share)]
    (folder / "removals.jsonl").write_bytes(b"".join(_feed(gone)))


def _row(number: int, chance: random.Random, words: list[str]) -> dict[str, str]:
    text = " ".join(chance.choices(words, k=CHARACTERS // 6))
    digest = sha256(str(number).encode()).hexdigest()[:32]
    return {"id": digest, "url": f"https://h{number % 999}.test/page/{number}", "text": text}


def _feed(ids: list[str]) -> Iterator[bytes]:
    common = {"at": _STAMP, "key_id": thumbprint(_KEY)}
    entry: dict[str, object] = {
        **common,
        "number": 0,
        "kind": "open",
        "format": "removals/1",
        "corpus": "benchmark",
        "hash_key": "00" * 32,
        "key": public_jwk(_KEY),
        "previous": "",
    }
    for number in range(len(ids) + 1):
        entry["signature"] = base64.b64encode(_KEY.sign(signed_part(entry))).decode()
        yield line_of(entry)
        if number == len(ids):
            return
        entry = {
            **common,
            "number": number + 1,
            "kind": "removal",
            "ids": [ids[number]],
            "urls": [f"{number:032x}"],
            "texts": [f"{number:032x}"],
            "class": "owner",
            "reason": "optout",
            "versions": ["1.0.0"],
            "deadline": _STAMP,
            "previous": line_hash(entry),
        }


if __name__ == "__main__":
    main()
