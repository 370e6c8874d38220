"""The systems compared: how each is had, and the command that crawls the seeds with it.

Each gets the same seeds, no delay, and obeys robots.txt (the floor knows none). Ours and the
floor keep one connection a host, because one lease a host is how ours works; the peers may
open as many as suits them. What each does with a page:

- `ours`: the whole pipeline: robots.txt, every opt-out carrier, text, links, metadata, licence,
  language, fingerprints, evidence and page in SQLite.
- `ours_2`: the same with two shards.
- `floor`: links and text by lexbor; nothing kept.
- `trafilatura`: what we do, with the parts people take for it: Scrapy and its robots.txt parser
  Protego, text and metadata by trafilatura's fast mode, pages in SQLite.
- `resiliparse`: the same with resiliparse's main text, title and language.
- `scrapy`: CrawlSpider with LinkExtractor, text by XPath; nothing kept.
- `crawlee`: ParselCrawler with enqueue_links, text by XPath; queue in memory, nothing kept.
- `spider`: links in Rust, the HTML handed to a JavaScript callback; no text, nothing kept.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
# py-spy, which `--profile` wants, lives with them: none of it is a dependency of ours.
_PYTHON_PEERS = (
    "scrapy>=2.13",
    "crawlee[parsel]>=1.0",
    "trafilatura>=2.0",
    "lxml_html_clean>=0.4",
    "resiliparse>=1.0",
    "py-spy>=0.4",
)
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
    ca_file: Path | None = None  # who signed the servers' certificates


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command, the folder it runs in, and what it is given in the environment."""

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


def _ours(call: Call) -> Invocation:
    policy = call.scratch / "policy.toml"
    trusted = f'ca_file = "{call.ca_file}"\n[politeness]' if call.ca_file else "[politeness]"
    policy.write_text(_POLICY.replace("[politeness]", trusted))
    job = call.scratch / "job"
    command = [sys.executable, "-m", "crawler", "crawl", *call.seeds]
    command += ["--job", str(job), "--policy", str(policy)]
    command += ["--max-pages", str(call.pages)] if call.pages else []
    # Other crawls of this user are none of its business, nor it of theirs.
    return Invocation(command, _PROJECT, {"XDG_STATE_HOME": str(call.scratch / "state")})


def _ours_in_two_shards(call: Call) -> Invocation:
    asked = [sys.executable, "-m", "crawler", "crawl", "--help"]
    shown = subprocess.run(asked, cwd=_PROJECT, capture_output=True, text=True, check=False)
    if shown.returncode:
        raise UnavailableError(f"`crawler crawl --help` failed: {shown.stderr.strip()[-200:]}")
    if "--shards" not in shown.stdout:
        raise UnavailableError("`crawler crawl` has no --shards option here")
    one = _ours(call)
    return replace(one, command=[*one.command, "--shards", "2"])


def _floor(call: Call) -> Invocation:
    trusted = ["--ca-file", str(call.ca_file)] if call.ca_file else []
    return Invocation([*_python_peer(sys.executable, "floor.py", call), *trusted], _PROJECT)


def _peer(program: str, *words: str) -> Callable[[Call], Invocation]:
    def invocation(call: Call) -> Invocation:
        python = str(peers_folder(call.cache) / "python")
        command = [*_python_peer(python, program, call), *words]
        return Invocation(command, call.scratch, _trusting(call))

    return invocation


def _spider(call: Call) -> Invocation:
    node, folder = shutil.which("node"), _node_folder(call.cache)
    command = [str(node), str(_PEERS / "spider_peer.mjs"), str(call.pages), *call.seeds]
    return Invocation(command, folder, _trusting(call))


def _trusting(call: Call) -> dict[str, str]:
    """Return what has OpenSSL and rustls trust the servers; Scrapy checks no certificate."""
    return {"SSL_CERT_FILE": str(call.ca_file)} if call.ca_file else {}


SYSTEMS: dict[str, Callable[[Call], Invocation]] = {
    "ours": _ours,
    "ours_2": _ours_in_two_shards,
    "floor": _floor,
    "trafilatura": _peer("scrapy_corpus.py", "--text", "trafilatura"),
    "resiliparse": _peer("scrapy_corpus.py", "--text", "resiliparse"),
    "scrapy": _peer("scrapy_spider.py"),
    "crawlee": _peer("crawlee_peer.py"),
    "spider": _spider,
}


def _python_peer(python: str, program: str, call: Call) -> list[str]:
    limit = ["--pages", str(call.pages)] if call.pages else []
    return [python, str(_PEERS / program), *call.seeds, *limit]


def peers_folder(cache: Path) -> Path:
    """Return the folder of the programs of the peers' own environment, made the first time.

    Raises:
        UnavailableError: It could not be made.
    """
    folder = (cache / "peers-python").resolve()
    python, complete = folder / "bin" / "python", folder / "complete"
    wanted = "\n".join(_PYTHON_PEERS)
    if complete.is_file() and complete.read_text() == wanted:
        return python.parent
    if uv := shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent)):
        _install([uv, "venv", "-q", "--clear", "--python", sys.executable, str(folder)])
        _install([uv, "pip", "install", "-q", "--python", str(python), *_PYTHON_PEERS])
    else:
        _install([sys.executable, "-m", "venv", "--clear", str(folder)])
        _install([str(python), "-m", "pip", "install", "-q", *_PYTHON_PEERS])
    complete.write_text(wanted)
    return python.parent


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
    for package in ("scrapy", "protego", "trafilatura", "resiliparse", "crawlee"):
        for folder in (cache / "peers-python").glob(f"lib/*/site-packages/{package}-*.dist-info"):
            found[package] = folder.name.removesuffix(".dist-info").rpartition("-")[2]
    if (cache / "peers-node" / "complete").is_file():
        found["spider"] = _NODE_PEERS[0].rpartition("@")[2]
    return found
