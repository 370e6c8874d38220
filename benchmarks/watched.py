"""What being watched costs a crawl: `crawler serve` with a page open, and metrics asked for.

    python -m benchmarks.watched --hosts 100 --pages 20 --rounds 3

The same crawl over loopback by turns alone and watched. A page is open all the time (its events
are read), the overview and the hosts are loaded every five seconds, and so are the metrics.
Said apart: all of a crawl, in which `serve` starts, and its steady state, when it has. Of each the
median of the rounds' own ratios, and the least and the most of them. On a busy machine CPU seconds
tell more than requests a second; those of `serve` are counted as well, since it runs on the same.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path

import psutil

from benchmarks.loopback import Sites, free_port, read_log, serving
from benchmarks.pace import POLICY

_BEGINNING = 4  # one part in so many of the requests comes before the steady state
_EVERY = 5.0  # seconds between loads of a page, and of the metrics
_COMPARED = (
    "requests_per_s",
    "steady_requests_per_s",
    "cpu_ms_a_request",
    "cpu_ms_a_request_with_serve",
)


def crawl(sites: Sites, folder: Path, *, watched: bool) -> dict[str, float]:
    """Crawl all of `sites` as fast as it goes; return what it cost."""
    policy, seeds, job = folder / "policy.toml", folder / "seeds.txt", folder / "job"
    policy.write_text(POLICY.format(connect_to=sites.connect_to(), delay=0))
    seeds.write_text("\n".join(sites.seeds()))
    port = free_port()
    command = [sys.executable, "-m", "crawler", "crawl", "--policy", str(policy)]
    command += ["--seeds-file", str(seeds), "--job", str(job)]
    command += ["--metrics-port", str(port)] if watched else []
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    watcher = Watcher(job, port) if watched else None
    errors = process.stderr.read() if process.stderr else b""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seen = watcher.end() if watcher else {}
    if process.returncode:
        raise RuntimeError(errors.decode()[-2_000:])
    starts = [one.start for one in read_log(folder / "requests.log")]
    steady = starts[len(starts) // _BEGINNING :]
    cpu = used.ru_utime + used.ru_stime
    return {
        "requests_per_s": _rate(starts),
        "steady_requests_per_s": _rate(steady),
        "cpu_ms_a_request": 1_000 * cpu / len(starts),
        "cpu_ms_a_request_with_serve": 1_000 * (cpu + seen.get("serve_cpu_s", 0.0)) / len(starts),
        "seconds": starts[-1] - starts[0],
        **seen,
    }


def _rate(starts: list[float]) -> float:
    return len(starts) / (starts[-1] - starts[0])


class Watcher:
    """A browser with a page open, and a Prometheus, in threads of their own."""

    def __init__(self, job: Path, port: int) -> None:
        self._metrics = f"http://127.0.0.1:{port}/metrics"
        self._done = threading.Event()
        self._seen = {"events": 0, "loads": 0}
        while not (job / "crawl.db").exists():
            time.sleep(0.05)
        command = [sys.executable, "-m", "crawler", "serve", str(job), "--port", "0"]
        self._serve = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        link = (self._serve.stdout.readline() if self._serve.stdout else b"").decode().strip()
        self._home = link.partition("/?")[0]
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        self._opener.open(link).read()
        self._begun = self._cpu()
        self._threads = [threading.Thread(target=work) for work in (self._listen, self._load)]
        for thread in self._threads:
            thread.start()

    def _listen(self) -> None:
        with suppress(OSError), self._opener.open(f"{self._home}/1/live") as stream:
            while not self._done.is_set() and (line := stream.readline()):
                self._seen["events"] += line.startswith(b"event:")

    def _load(self) -> None:
        while not self._done.wait(_EVERY):
            for address in (f"{self._home}/1/", f"{self._home}/1/hosts", self._metrics):
                with suppress(OSError):
                    self._opener.open(address).read()
                    self._seen["loads"] += 1

    def _cpu(self) -> float:
        used = psutil.Process(self._serve.pid).cpu_times()
        return used.user + used.system

    def end(self) -> dict[str, float]:
        self._done.set()
        used = self._cpu()
        self._serve.terminate()
        self._serve.wait()
        for thread in self._threads:
            thread.join()
        return {"serve_cpu_s": used, "serve_cpu_s_to_start": self._begun, **self._seen}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    sites = Sites(options.hosts, options.pages, free_port())
    found: dict[bool, list[dict[str, float]]] = {False: [], True: []}
    for number in range(2 * options.rounds):
        watched = number % 4 in {1, 2}  # alone, watched, watched, alone: a drift cancels out
        with (
            tempfile.TemporaryDirectory() as name,
            serving(sites, Path(name) / "requests.log"),
        ):
            one = crawl(sites, Path(name), watched=watched)
        found[watched].append(one)
        print("watched" if watched else "alone", {k: round(v, 2) for k, v in one.items()})
    print(
        json.dumps({"watched against alone": {name: _against(found, name) for name in _COMPARED}})
    )


def _against(found: dict[bool, list[dict[str, float]]], name: str) -> dict[str, float]:
    """Compare round by round: what slows the machine for a while then slows both."""
    pairs = zip(found[True], found[False], strict=True)
    ratios = [watched[name] / alone[name] for watched, alone in pairs]
    middle = statistics.median(ratios)
    return {
        "median": round(middle, 3),
        "least": round(min(ratios), 3),
        "most": round(max(ratios), 3),
    }


if __name__ == "__main__":
    main()
