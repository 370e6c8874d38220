"""What being watched costs a crawl: `crawler serve` with a page open, and metrics asked for.

    python -m benchmarks.watched --hosts 200 --pages 1000 --rounds 6

One crawl over loopback, by turns alone (`serve` is stopped as by SIGSTOP) and watched, in windows
of `--seconds`. Watched: a browser opens the overview and reads its events, and a Prometheus asks
once. Each watched window is set against the one alone beside it, so that what slows the
machine for a while slows both; the median of these ratios counts, with the least and the most.
What `serve` takes to start is said apart: a crawl pays it once, however long it runs. On a busy
machine CPU seconds tell more than requests a second; those of `serve` are counted as well.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path

import psutil

from benchmarks.loopback import Sites, free_port, serving
from benchmarks.pace import PACED

_BEGINNING = 5  # requests a host before the first window: front pages are read by then
_COMPARED = ("requests_per_s", "crawl_cpu_ms_a_request", "all_cpu_ms_a_request")
# As installed programs run: with their modules compiled to bytecode.
_ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}


class Watcher:
    """`crawler serve` on a job, a browser with a page open, and a Prometheus."""

    def __init__(self, job: Path, port: int) -> None:
        self._metrics = f"http://127.0.0.1:{port}/metrics"
        command = [sys.executable, "-m", "crawler", "serve", str(job), "--port", "0"]
        self._serve = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_ENVIRONMENT
        )
        link = (self._serve.stdout.readline() if self._serve.stdout else b"").decode().strip()
        self._home = link.partition("/?")[0]
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        self._opener.open(link).read()
        self.to_start = self.cpu()
        self.events = 0
        self._serve.send_signal(signal.SIGSTOP)

    def cpu(self) -> float:
        """Return the CPU seconds that `serve` has used."""
        return _cpu(self._serve.pid)

    @contextmanager
    def looking(self, seconds: float) -> Iterator[None]:
        """Look on as a browser and a Prometheus do for about so many seconds."""
        self._serve.send_signal(signal.SIGCONT)
        self._opener.open(f"{self._home}/1/").read()
        stream = self._opener.open(f"{self._home}/1/live")
        done = threading.Event()
        threads = [
            threading.Thread(target=self._listen, args=(stream, done)),
            threading.Thread(target=self._scrape, args=(seconds / 2, done)),
        ]
        for thread in threads:
            thread.start()
        yield
        done.set()
        for thread in threads:
            thread.join()
        stream.close()
        self._serve.send_signal(signal.SIGSTOP)

    def _listen(self, stream: Iterator[bytes], done: threading.Event) -> None:
        with suppress(OSError, HTTPException):
            for line in stream:
                self.events += line.startswith(b"event:")
                if done.is_set():
                    break

    def _scrape(self, after: float, done: threading.Event) -> None:
        done.wait(after)
        self._opener.open(self._metrics).read()

    def end(self) -> None:
        self._serve.kill()
        self._serve.wait()


def _cpu(process: int) -> float:
    used = psutil.Process(process).cpu_times()
    return used.user + used.system + used.children_user + used.children_system


def windows(
    sites: Sites, folder: Path, rounds: int, seconds: float
) -> tuple[float, dict[bool, list[dict[str, float]]]]:
    """Crawl `sites`; return what `serve` took to start, and the windows alone and watched."""
    policy, seeds, job = folder / "policy.toml", folder / "seeds.txt", folder / "job"
    policy.write_text(sites.policy(0, more=PACED))
    seeds.write_text("\n".join(sites.seeds()))
    port = free_port()
    command = [sys.executable, "-m", "crawler", "crawl", "--policy", str(policy)]
    command += ["--seeds-file", str(seeds), "--job", str(job), "--metrics-port", str(port)]
    log = folder / "requests.log"
    # A state of its own: other crawls of the machine have it share its hosts with them.
    alone = _ENVIRONMENT | {"XDG_STATE_HOME": str(folder)}
    crawl = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=alone
    )
    try:
        _wait_until((job / "run.json").exists, crawl)
        watcher = Watcher(job, port)
        _wait_until(lambda: _lines(log) >= _BEGINNING * sites.hosts, crawl)
        found: dict[bool, list[dict[str, float]]] = {False: [], True: []}
        for number in range(2 * rounds):
            watched = number % 4 in {1, 2}  # alone, watched, watched, alone: a drift cancels out
            one = _window(crawl.pid, watcher, log, seconds, watched=watched)
            if crawl.poll() is not None:
                raise RuntimeError("the crawl ended before the windows did: give it more pages")
            found[watched].append(one)
            shown = {name: round(value, 3) for name, value in one.items()}
            print("watched" if watched else "alone  ", shown, flush=True)
        watcher.end()
    finally:
        crawl.send_signal(signal.SIGINT)
        crawl.wait()
    return watcher.to_start, found


def _window(
    crawl: int, watcher: Watcher, log: Path, seconds: float, *, watched: bool
) -> dict[str, float]:
    events = watcher.events
    before, lines, began = (_cpu(crawl), watcher.cpu()), _lines(log), time.monotonic()
    if watched:
        with watcher.looking(seconds):
            time.sleep(seconds)
    else:
        time.sleep(seconds)
    took, requests = time.monotonic() - began, _lines(log) - lines
    crawl_cpu, serve_cpu = _cpu(crawl) - before[0], watcher.cpu() - before[1]
    return {
        "requests_per_s": requests / took,
        "crawl_cpu_ms_a_request": 1_000 * crawl_cpu / requests,
        "all_cpu_ms_a_request": 1_000 * (crawl_cpu + serve_cpu) / requests,
        "serve_share_of_a_core": serve_cpu / took,
        "events": watcher.events - events,
    }


def _lines(log: Path) -> int:
    return log.read_bytes().count(b"\n") if log.exists() else 0


def _wait_until(ready: Callable[[], bool], crawl: subprocess.Popen[bytes]) -> None:
    while not ready():
        if crawl.poll() is not None:
            raise RuntimeError(f"the crawl ended with {crawl.returncode}")
        time.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=15.0)
    options = parser.parse_args()
    sites = Sites(options.hosts, options.pages, free_port())
    with (
        tempfile.TemporaryDirectory() as name,
        serving(sites, Path(name) / "requests.log"),
    ):
        to_start, found = windows(sites, Path(name), options.rounds, options.seconds)
    shares = [one["serve_share_of_a_core"] for one in found[True]]
    result = {
        "serve_cpu_s_to_start": round(to_start, 2),
        "serve_share_of_a_core": round(statistics.median(shares), 4),
        "watched against alone": {name: _against(found, name) for name in _COMPARED},
    }
    print(json.dumps(result, indent=1))


def _against(found: dict[bool, list[dict[str, float]]], name: str) -> dict[str, float]:
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
