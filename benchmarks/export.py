"""How fast an export runs, and in how much memory: `python -m benchmarks.export --records N`.

Builds a synthetic job (not timed), exports it to JSON Lines in a process of its own, and
prints records a second of that process's CPU time and its peak memory.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from crawler.config.corpus_tables import Export, Recheck
from crawler.core.consent import decide, rules_version
from crawler.core.decision import Decision, Found, Verdict
from crawler.core.document import Document, Licence, Metadata
from crawler.core.evidence import FileKind, PageEvidence, Snapshot
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from crawler.core.task import Task, TaskKind
from crawler.core.urls import parse
from crawler.corpus.export.export_job import export
from crawler.corpus.records.export_plan import Options, Plan
from crawler.corpus.records.selection import Gate
from crawler.store.archive import NO_PLACE
from crawler.store.canonical import Stored, canonical, digest_and_marks
from crawler.store.database import Connection, connect
from crawler.store.job import DATABASE
from crawler.store.ledger import Head, head, name
from crawler.store.page_rows import DECISION, PAGE, Row, decision_row, page_row
from crawler.store.pages import save_policy, save_snapshot

NOW = 1_760_000_000.0
POLICY = ConsentPolicy()
_HOSTS = 1_000
_BATCH = 20_000
_TEXT = "A small page about rivers, lamps and tea, one of very many alike. " * 6
_BY = Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "ATTR", "page", 0.95)
_YES = Decision(included=True, reason="ok", verdict=Verdict(), decided_at=NOW)
_PLAIN = PageEvidence(200, (("content-type", "text/html"),), read=True, content_type="text/html")


def build(folder: Path, records: int) -> None:
    """Make a job with that many small pages, row by row what `record_visit` writes."""
    folder.mkdir(parents=True)
    connection = connect(folder / DATABASE)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -500000")
    connection.execute("BEGIN")
    save_policy(connection, POLICY, "{}", NOW)
    robots = [_robots(connection, f"https://host{host}.test") for host in range(_HOSTS)]
    templates = [_template(licence) for licence in (Licence(), _BY)]
    last = head(connection)
    for start in range(0, records, _BATCH):
        numbers = range(start, min(start + _BATCH, records))
        batch = [_rows(number, templates[number % 2], robots) for number in numbers]
        last = _write(connection, batch, last)
    connection.execute("COMMIT")
    connection.close()


def _robots(connection: Connection, origin: str) -> int:
    url = f"{origin}/robots.txt"
    return save_snapshot(connection, origin, Snapshot(FileKind.ROBOTS, url, Found.ABSENT, NOW, 404))


def _template(licence: Licence) -> tuple[dict[str, Stored], dict[str, Stored]]:
    """Return page and decision of one page, of which every other one is a variation."""
    words = len(_TEXT.split()) + 1
    document = Document(
        text=_TEXT,
        metadata=Metadata(title="A page", authors=("A. Writer",)),
        licence=licence,
        extractor="fast",
        extractor_version="1",
        encoding="utf-8",
        encoding_source="header",
        replaced=0,
        language="en",
        language_score=0.99,
        language_tool="bench",
        body_sha256="",
        text_sha256="",
        minhash=b"",
        words=words,
        characters=len(_TEXT),
        size=len(_TEXT),
        tokens=round(words * 1.33),
        token_method="words*1.33",  # noqa: S106 - no password
    )
    url = parse("https://host.test/")
    if url is None:
        raise AssertionError
    headers = (("content-type", "text/html; charset=utf-8"), ("server", "bench"))
    body = _TEXT.encode()
    answer = Response(url, 200, headers, body, False, len(body), "127.0.0.1", NOW)  # noqa: FBT003
    page = page_row(Task(0, url, TaskKind.PAGE, (), ()), answer, document, ("active", ""), NO_PLACE)
    decision = decision_row((0, 3, NOW), _YES, (), _PLAIN, POLICY.sha256, rules_version())
    return dict(zip(PAGE, page, strict=True)), dict(zip(DECISION, decision, strict=True))


def _rows(
    number: int, template: tuple[dict[str, Stored], dict[str, Stored]], robots: list[int]
) -> tuple[Row, Row]:
    host, key = number % _HOSTS, number + 1
    page = template[0] | {
        "url_id": key,
        "url": f"https://host{host}.test/{number}",
        "host": f"host{host}.test",
        "site": f"host{host}.test",
        "text": f"{_TEXT}{number}",
        "text_sha256": f"{key:064x}",
        "body_sha256": f"{key:064x}",
    }
    decision = template[1] | {"url_id": key, "snapshots": f"[{robots[host]}]"}
    return tuple(page.values()), tuple(decision.values())


def _write(connection: Connection, batch: list[tuple[Row, Row]], last: Head) -> Head:
    pages, subjects, entries = [], [], []
    for page, decision in batch:
        digest, marks = digest_and_marks(page + decision)
        pages.append((*page, marks))
        salt = os.urandom(32)
        subjects.append((page[0], salt))
        payload = canonical({"digest": digest})
        entry = (last.seq + 1, NOW, "include", name(salt, str(page[3])), payload, last.hash)
        last = Head(last.seq + 1, NOW, sha256(canonical(entry).encode()).hexdigest())
        entries.append((*entry, last.hash))
    for table, rows in (
        ("url (id, host_id, key, url)", [(row[0], 1, row[0], row[3]) for row in pages]),
        (f"decision ({', '.join(DECISION)})", [decision for _, decision in batch]),
        (f"page ({', '.join(PAGE)}, marks)", pages),
        ("subject", subjects),
        ("ledger", entries),
    ):
        places = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
    return last


def measure(job: Path, out: Path) -> dict[str, float]:
    """Export once and return figures of this process."""
    before, wall = time.process_time(), time.perf_counter()
    gate = Gate(POLICY, rules_version(), decide, Recheck(), NOW + 3_600)
    result = export(job, out, Plan(gate, Export(), Options()))
    cpu = time.process_time() - before
    return {
        "records": result.records,
        "records_per_cpu_s": round(result.records / cpu),
        "records_per_s": round(result.records / (time.perf_counter() - wall)),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024,
        "bytes": sum(path.stat().st_size for path in out.rglob("*") if path.is_file()),
    }


def _run(*words: object) -> bytes:
    command = [sys.executable, "-m", "benchmarks.export", *map(str, words)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, env=os.environ).stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.build:
        build(asked.build, asked.records)
        return
    if asked.job:
        print(json.dumps(measure(asked.job, asked.job.with_name("out"))))
        return
    with tempfile.TemporaryDirectory() as folder:
        job = Path(folder) / "job"
        # A process of its own for both: a child's peak memory begins with its parent's.
        _run("--build", job, "--records", asked.records)
        done = _run("--job", job)
    figures = json.loads(done)
    print("\n".join(f"{name:>20} {value:,}" for name, value in figures.items()))
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
