"""The systems compared: how each is had, and the command that crawls the seeds with it.

Each gets the same seeds, no delay, and obeys robots.txt (the floor knows none). Ours and the
floor keep one connection a host, because one lease a host is how ours works; the peers may
open as many as suits them. What each does with a page:

- `ours`: the whole pipeline: robots.txt, every opt-out carrier, text, links, metadata, licence,
  language, fingerprints, evidence and page in SQLite.
- `ours_2`: the same with two shards.
- `floor`: links and text by lexbor; nothing kept.
- `scrapy`: CrawlSpider with LinkExtractor, text by XPath; nothing kept.
- `crawlee`: ParselCrawler with enqueue_links, text by XPath; queue in memory, nothing kept.
- `spider`: links in Rust, the HTML handed to a JavaScript callback; no text, nothing kept.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_PROJECT = _HERE.parents[1]
_PEERS = _HERE / "peers"
_POLICY = """\
extends = "default"
[identity]
token = "BenchBot"
contact = "https://bench.test/bot"
[network]
allow = ["127.0.0.0/8"]
public = false
[politeness]
min_delay = "0s"
[limits]
patience = "2s"
"""
_PYTHON_PEERS = ("scrapy>=2.13", "crawlee[parsel]>=1.0")
# The last release whose compiled part the registry still has.
_NODE_PEERS = ("@spider-rs/spider-rs@0.0.157",)


class UnavailableError(RuntimeError):
    """A system cannot run here; the message says why."""


@dataclass(frozen=True, slots=True)
class Call:
    """What one run of a system is given."""

    seeds: Sequence[str]
    pages: int  # stop after about this many; 0 means all
    scratch: Path  # an empty folder of this run's own
    cache: Path


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command and the folder it runs in."""

    command: Sequence[str]
    folder: Path


def _ours(call: Call) -> Invocation:
    policy = call.scratch / "policy.toml"
    policy.write_text(_POLICY)
    job = call.scratch / "job"
    command = [sys.executable, "-m", "crawler", "crawl", *call.seeds]
    command += ["--job", str(job), "--policy", str(policy)]
    command += ["--max-pages", str(call.pages)] if call.pages else []
    return Invocation(command, _PROJECT)


def _ours_in_two_shards(call: Call) -> Invocation:
    asked = [sys.executable, "-m", "crawler", "crawl", "--help"]
    shown = subprocess.run(asked, cwd=_PROJECT, capture_output=True, text=True, check=False)
    if shown.returncode:
        raise UnavailableError(f"`crawler crawl --help` failed: {shown.stderr.strip()[-200:]}")
    if "--shards" not in shown.stdout:
        raise UnavailableError("`crawler crawl` has no --shards option here")
    one = _ours(call)
    return Invocation([*one.command, "--shards", "2"], one.folder)


def _floor(call: Call) -> Invocation:
    return Invocation(_python_peer(sys.executable, "floor.py", call), _PROJECT)


def _scrapy(call: Call) -> Invocation:
    python = _peers_python(call.cache)
    return Invocation(_python_peer(python, "scrapy_spider.py", call), call.scratch)


def _crawlee(call: Call) -> Invocation:
    python = _peers_python(call.cache)
    return Invocation(_python_peer(python, "crawlee_peer.py", call), call.scratch)


def _spider(call: Call) -> Invocation:
    node, folder = shutil.which("node"), _node_folder(call.cache)
    command = [str(node), str(_PEERS / "spider_peer.mjs"), str(call.pages), *call.seeds]
    return Invocation(command, folder)


SYSTEMS: dict[str, Callable[[Call], Invocation]] = {
    "ours": _ours,
    "ours_2": _ours_in_two_shards,
    "floor": _floor,
    "scrapy": _scrapy,
    "crawlee": _crawlee,
    "spider": _spider,
}


def _python_peer(python: str, program: str, call: Call) -> list[str]:
    limit = ["--pages", str(call.pages)] if call.pages else []
    return [python, str(_PEERS / program), *call.seeds, *limit]


def _peers_python(cache: Path) -> str:
    """Return the interpreter of the peers' own environment, made the first time."""
    folder = (cache / "peers-python").resolve()
    python = folder / "bin" / "python"
    if (folder / "complete").is_file():
        return str(python)
    if uv := shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent)):
        _install([uv, "venv", "-q", "--clear", "--python", sys.executable, str(folder)])
        _install([uv, "pip", "install", "-q", "--python", str(python), *_PYTHON_PEERS])
    else:
        _install([sys.executable, "-m", "venv", "--clear", str(folder)])
        _install([str(python), "-m", "pip", "install", "-q", *_PYTHON_PEERS])
    (folder / "complete").touch()
    return str(python)


def _node_folder(cache: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise UnavailableError("node and npm are not installed")
    folder = (cache / "peers-node").resolve()
    if not (folder / "complete").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n')
        _install([npm, "install", "--prefix", str(folder), *_NODE_PEERS])
        (folder / "complete").touch()
    return folder


def _install(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise UnavailableError(f"{' '.join(command[:4])} failed: {done.stderr.strip()[-400:]}")


def versions(cache: Path) -> dict[str, str]:
    """Return the releases of the peers that are installed."""
    found = {}
    for package in ("scrapy", "crawlee"):
        for folder in (cache / "peers-python").glob(f"lib/*/site-packages/{package}-*.dist-info"):
            found[package] = folder.name.removesuffix(".dist-info").rpartition("-")[2]
    if (cache / "peers-node" / "complete").is_file():
        found["spider"] = _NODE_PEERS[0].rpartition("@")[2]
    return found
