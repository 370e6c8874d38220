"""Screening: rows of URLs, pages of WARC files, and dated robots.txt files.

    python -m benchmarks.screen [--rows N] [--hosts N] [--files N] [--pages N] [--evidence N]
        [--robots FOLDER] [--rounds N] [--json F]

robots.txt files are the 4,200 real ones that Protego's source release is tested with, which is
fetched with pip, or those of the folder that `--robots` names; where more are wanted than there
are, they come again, each with a line of its own. `--robots made` takes files made of the groups
that are usual in real ones. Pages are those of the crawl benchmark. Everything runs
in one run, each figure is the median of the rounds; processor time stands beside that of the
clock, for others may have the machine.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import pyarrow as pa
import pyarrow.parquet as pq

_CACHE = Path.home() / ".cache" / "crawler-benchmark"
_AGENTS = (  # noqa: SIM905
    "GPTBot ChatGPT-User CCBot anthropic-ai ClaudeBot Google-Extended PerplexityBot Bytespider"
    " Amazonbot FacebookBot Applebot-Extended cohere-ai Diffbot omgili ImagesiftBot AhrefsBot"
    " SemrushBot MJ12bot DotBot PetalBot Baiduspider YandexBot bingbot Googlebot Twitterbot"
).split()
_GROUPS = (
    "Disallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n",
    "Disallow: /search\nDisallow: /*?s=\nDisallow: /*?replytocom=\nDisallow: /tag/*/page/\n",
    "Disallow: /cart\nDisallow: /checkout\nDisallow: /*/collections/*sort_by*\n",
    "Disallow: /admin/\nDisallow: /node/add/\nDisallow: /?q=admin/\nAllow: /core/*.css$\n",
    "Disallow: /cgi-bin/\nDisallow: /private/\nDisallow: /tmp/\n",
    "Disallow:\n",
    "Disallow: /*.pdf$\nDisallow: /print/\nCrawl-delay: 10\n",
    "Allow: /\n",
)
_PATHS = ("", "wp-admin/x", "search", "blog", "private/a", "node/1", "tag/a/page/", "x.pdf", "news")


def made_robots(count: int) -> Iterator[bytes]:
    """Yield different files, made of what is usual in real ones."""
    chance = random.Random(7)
    for number in range(count):
        lines = [f"User-agent: *\n{''.join(chance.sample(_GROUPS, chance.randint(1, 3)))}"]
        lines += [
            f"User-agent: {agent}\nDisallow: {chance.choice(['/', '/', '/blog'])}\n"
            for agent in chance.sample(_AGENTS, chance.choice([0, 0, 0, 1, 3, 12]))
        ]
        lines.append(f"Sitemap: https://www.site{number}.example/sitemap.xml\n")
        yield "\n".join(lines).encode()


def robots(folder: str, count: int) -> list[bytes]:
    """Return so many different robots.txt files."""
    if folder == "made":
        return list(made_robots(count))
    place = Path(folder) if folder else _CACHE / "robots"
    if not folder and not place.exists():
        _fetch_robots(place)
    files = sorted(item for item in place.rglob("*") if item.is_file())
    bodies = list(dict.fromkeys(item.read_bytes() for item in files))
    for number in range(count - len(bodies)):
        line = f"\nSitemap: https://www.site{number}.example/sitemap.xml\n".encode()
        bodies.append(bodies[number] + line)
    return bodies[:count]


def _fetch_robots(folder: Path) -> None:
    """Take the robots.txt files out of the source release of Protego (3-clause BSD)."""
    with tempfile.TemporaryDirectory() as scratch:
        asked = ["download", "-q", "--no-deps", "--no-binary", ":all:", "-d", scratch, "Protego"]
        subprocess.run([sys.executable, "-m", "pip", *asked], check=True)
        with tarfile.open(next(Path(scratch).glob("*.tar.gz"))) as release:
            members = [item for item in release if "/tests/test_data/" in item.name]
            release.extractall(folder, members, filter="data")


def write_rows(path: Path, count: int, hosts: int) -> None:
    """Write a Parquet file of URLs whose hosts stand in no order."""
    chance = random.Random(11)
    with pq.ParquetWriter(path, pa.schema([("url", pa.string())])) as writer:
        for first in range(0, count, 100_000):
            urls = [
                f"https://www.h{chance.randrange(hosts)}.example/{chance.choice(_PATHS)}/p{number}"
                for number in range(first, min(count, first + 100_000))
            ]
            writer.write_table(pa.table({"url": urls}))


def fill(job: Path, bodies: Sequence[bytes], hosts: int) -> None:
    """Put the evidence of hosts into a job as if it had been collected."""
    from crawler.core.consent.protocols import probes
    from crawler.core.decision import Found
    from crawler.core.evidence import FileKind, Snapshot
    from crawler.core.policy import Probes
    from crawler.store.database import connect
    from crawler.store.evidence import save_snapshot
    from crawler.store.job import DATABASE, make_folder

    make_folder(job)
    now = time.time()
    files = [file for name in Probes().all for file in probes()[name]]
    connection = connect(job / DATABASE)
    connection.execute("BEGIN")
    for number in range(hosts):
        origin = f"https://www.h{number}.example"
        url, body = f"{origin}/robots.txt", bodies[number % len(bodies)]
        found = Snapshot(FileKind.ROBOTS, url, Found.FOUND, now, 200, "text/plain", body, url)
        save_snapshot(connection, origin, found)
        for file in files:
            absent = Snapshot(file.kind, origin + file.path, Found.ABSENT, now, 404)
            save_snapshot(connection, origin, absent)
    connection.execute("COMMIT")
    connection.close()


def pages(most: int) -> list[tuple[str, bytes]]:
    """Return real pages, those of the crawl benchmark: URL and body."""
    from benchmarks.crawl.sites import documentation

    root = documentation(_CACHE)
    files = sorted(item for item in root.rglob("*.html") if item.is_file())
    random.Random(3).shuffle(files)
    return [(_address(path.relative_to(root)), path.read_bytes()) for path in files[:most]]


def _address(path: Path) -> str:
    return f"http://{path.parts[0]}.test/{path}"


def write_warcs(folder: Path, found: Sequence[tuple[str, bytes]], files: int) -> list[Path]:
    """Write the pages as WARC files, with a robots.txt of each host in the first."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    paths = [folder / f"pages-{number}.warc.gz" for number in range(files)]
    hosts = sorted({url.split("/")[2] for url, _ in found})
    for number, path in enumerate(paths):
        with path.open("wb") as file:
            writer = WARCWriter(file, gzip=True)
            part = list(found[number::files])
            if number == 0:
                part = [(f"http://{host}/robots.txt", b"") for host in hosts] + part
            for url, body in part:
                kind = "text/plain" if url.endswith("/robots.txt") else "text/html; charset=utf-8"
                head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
                writer.write_record(
                    writer.create_warc_record(
                        url,
                        "response",
                        payload=io.BytesIO(body),
                        http_headers=head,
                        warc_headers_dict={"WARC-Date": "2026-05-18T01:58:10Z"},
                    )
                )
    return paths


def bare(paths: Sequence[Path]) -> int:
    """Read the records with fastwarc and parse each once with lexbor; return how many."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType
    from selectolax.lexbor import LexborHTMLParser

    count = 0
    for path in paths:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=WarcRecordType.response):
                LexborHTMLParser(record.reader.read())
                count += 1
    return count


def run(words: Sequence[str]) -> dict[str, float]:
    """Run a command and return its seconds, of the clock and the processor, and its memory."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr[-2_000:])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall_s": wall, "cpu_s": cpu, "rss_mb": after.ru_maxrss / 1_024}


def screen(inputs: Sequence[str], job: Path, out: Path, *more: str) -> dict[str, float]:
    words = ["-m", "crawler", "screen", *inputs, "--job", str(job), "--out", str(out)]
    return run([*words, "--no-collect", *more])


def measure_rows(folder: Path, options: argparse.Namespace) -> dict[str, float]:
    """Return rows a second, of URLs alone whose evidence is in the job."""
    write_rows(folder / "urls.parquet", options.rows, options.hosts)
    fill(folder / "job", robots(options.robots, options.files), options.hosts)
    name = str(folder / "urls.parquet")
    runs = [
        screen([name], folder / "job", folder / f"rows-{number}", "--as-of", "now")
        for number in range(options.rounds)
    ]
    return _median(runs, options.rows, "rows")


def measure_pages(folder: Path, options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Return pages a second of WARC files, with one process and two, and of the bare loop."""
    found = pages(options.pages)
    paths = write_warcs(folder, found, 4)
    names = [str(path) for path in paths]
    results: dict[str, list[dict[str, float]]] = {"bare": [], "one": [], "two": []}
    for number in range(options.rounds):
        loop = "import sys; from pathlib import Path; from benchmarks.screen import bare;"
        loop += "print(bare([Path(x) for x in sys.argv[1:]]))"
        results["bare"].append(run(["-c", loop, *names]))
        for name, workers in (("one", "1"), ("two", "2")):
            job, out = folder / f"job-{name}-{number}", folder / f"out-{name}-{number}"
            more = ("--as-of", "capture", "--workers", workers)
            results[name].append(screen(names, job, out, *more))
    return {name: _median(runs, len(found), "pages") for name, runs in results.items()}


def measure_evidence(folder: Path, options: argparse.Namespace) -> dict[str, float]:
    """Return dated robots.txt files a second, read through --evidence and decided on."""
    bodies = robots(options.robots, options.evidence)
    with (folder / "evidence.jsonl").open("w") as dated, (folder / "one.jsonl").open("w") as rows:
        for number, body in enumerate(bodies):
            url = f"https://e{number}.example/robots.txt"
            text = body.decode("utf-8", "replace")
            dated.write(json.dumps({"url": url, "date": "2024-05-01", "body": text}) + "\n")
            row = {"url": f"https://e{number}.example/blog/{number}", "date": "2024-05-18"}
            rows.write(json.dumps(row) + "\n")
    more = ("--as-of", "capture", "--evidence", str(folder / "evidence.jsonl"))
    one = screen([str(folder / "one.jsonl")], folder / "job-e", folder / "out-e", *more)
    return _median([one], len(bodies), "files")


def _median(runs: Sequence[dict[str, float]], count: int, what: str) -> dict[str, float]:
    found = {key: round(median(run[key] for run in runs), 2) for key in runs[0]}
    per_wall, per_cpu = count / found["wall_s"], count / found["cpu_s"]
    return {
        what: count,
        f"{what}_per_s": round(per_wall, 1),
        f"{what}_per_cpu_s": round(per_cpu, 1),
        **found,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--hosts", type=int, default=200_000)
    parser.add_argument("--files", type=int, default=20_000, help="different robots.txt files")
    parser.add_argument("--pages", type=int, default=4_000)
    parser.add_argument("--evidence", type=int, default=20_000)
    parser.add_argument("--robots", default="", help="folder of robots.txt files, or `made`")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the figures there")
    options = parser.parse_args()
    results: dict[str, object] = {}
    parts = {"rows": measure_rows, "pages": measure_pages, "evidence": measure_evidence}
    for name, measure in parts.items():
        if getattr(options, name):
            with tempfile.TemporaryDirectory(prefix="screen-") as scratch:
                results[name] = measure(Path(scratch), options)
            print(name, json.dumps(results[name], indent=2), flush=True)
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
