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
from pathlib import Path

from crawler.config.tables import Export, Recheck
from crawler.core.consent import RULES_VERSION, decide
from crawler.core.decision import Decision, Found, Verdict
from crawler.core.document import Document, Licence, Metadata
from crawler.core.evidence import FileKind, PageEvidence, Snapshot
from crawler.core.outcome import Kept
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from crawler.core.task import Task, TaskKind
from crawler.core.urls import parse
from crawler.corpus.export import export
from crawler.corpus.plan import Options, Plan
from crawler.corpus.selection import Gate
from crawler.store.database import connect
from crawler.store.job import DATABASE
from crawler.store.pages import Context, record_visit, save_policy, save_snapshot

NOW = 1_760_000_000.0
POLICY = ConsentPolicy()
_HOSTS = 1_000
_BATCH = 20_000
_TEXT = "A small page about rivers, lamps and tea, one of very many alike. " * 6
_BY = Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "ATTR", "page", 0.95)
_YES = Decision(included=True, reason="ok", verdict=Verdict(), decided_at=NOW)
_PLAIN = PageEvidence(200, (("content-type", "text/html"),), read=True, content_type="text/html")


def build(folder: Path, records: int) -> None:
    """Make a job with that many small pages."""
    folder.mkdir(parents=True)
    connection = connect(folder / DATABASE)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -500000")
    connection.execute("BEGIN")
    save_policy(connection, POLICY, "{}", NOW)
    context = Context(POLICY.sha256, RULES_VERSION)
    robots: dict[int, Snapshot] = {}
    for number in range(records):
        host = number % _HOSTS
        origin = f"https://host{host}.test"
        if host not in robots:
            robots[host] = _robots(connection, origin)
        _page(connection, (number, f"{origin}/{number}"), robots[host], context)
        if number % _BATCH == 0:
            connection.execute("COMMIT")
            connection.execute("BEGIN")
    connection.execute("COMMIT")
    connection.close()


def _robots(connection, origin: str) -> Snapshot:  # noqa: ANN001
    url = f"{origin}/robots.txt"
    snapshot = Snapshot(FileKind.ROBOTS, url, Found.ABSENT, NOW, 404)
    number = save_snapshot(connection, origin, snapshot)
    return Snapshot(FileKind.ROBOTS, url, Found.ABSENT, NOW, 404, id=number)


def _page(connection, page: tuple[int, str], robots: Snapshot, context: Context) -> None:  # noqa: ANN001
    number, text = page[0] + 1, f"{_TEXT}{page[0]}"
    url = parse(page[1])
    if url is None:
        raise AssertionError
    connection.execute(
        "INSERT INTO url (id, host_id, key, url) VALUES (?, ?, ?, ?)",
        (number, page[0] % _HOSTS + 1, url.key, url.text),
    )
    metadata = Metadata(title=f"Page {page[0]}", authors=("A. Writer",))
    licence = _BY if page[0] % 2 else Licence()
    words = len(text.split())
    document = Document(
        text,
        metadata,
        licence,
        "fast",
        "1",
        "utf-8",
        "header",
        0,
        "en",
        0.99,
        "bench",
        f"{number:064x}",
        f"{number:064x}",
        b"",
        words,
        len(text),
        len(text),
        round(words * 1.33),
        "words*1.33",
    )
    headers = (("content-type", "text/html; charset=utf-8"), ("server", "bench"))
    response = Response(url, 200, headers, text.encode(), False, len(text), "127.0.0.1", NOW)  # noqa: FBT003
    task = Task(number, url, TaskKind.PAGE, (), (robots,))
    record_visit(connection, task, Kept(_YES, _PLAIN, document), response, context, NOW)


def measure(job: Path, out: Path) -> dict[str, float]:
    """Export once and return figures of this process."""
    before, wall = time.process_time(), time.perf_counter()
    gate = Gate(POLICY, RULES_VERSION, decide, Recheck(), NOW + 3_600)
    result = export(job, out, Plan(gate, Export(), Options()))
    cpu = time.process_time() - before
    return {
        "records": result.records,
        "records_per_cpu_s": round(result.records / cpu),
        "records_per_s": round(result.records / (time.perf_counter() - wall)),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024,
        "bytes": sum(path.stat().st_size for path in out.rglob("*") if path.is_file()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.job:
        print(json.dumps(measure(asked.job, asked.job.with_name("out"))))
        return
    with tempfile.TemporaryDirectory() as folder:
        job = Path(folder) / "job"
        build(job, asked.records)
        command = [sys.executable, "-m", "benchmarks.export", "--job", str(job)]
        done = subprocess.run(command, check=True, capture_output=True, env=os.environ)
    figures = json.loads(done.stdout)
    print("\n".join(f"{name:>20} {value:,}" for name, value in figures.items()))
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
