"""Where the time of our crawl goes, by samples of its stacks: py-spy looks, this module counts.

py-spy reads Python's frames and, of modules that are compiled, the names of their functions, from
outside; it pauses the process to look, so shares are told and no seconds. A sample belongs to the
innermost frame that the table below knows, and to the thread or process it was taken from.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks.crawl.measure import environment
from benchmarks.crawl.systems import Invocation, UnavailableError, peers_folder

_PROJECT = Path(__file__).resolve().parents[2]
_RATE = 50  # looks a second
_LIMIT = 3600.0  # seconds for the crawl that is looked at

# The longest beginning of a frame's file that stands here names its part.
_PARTS = {
    "aiohttp/": "fetching",
    "aiohappyeyeballs/": "fetching",
    "asyncio/selector_events": "fetching",
    "asyncio/sslproto": "fetching",
    "asyncio/streams": "fetching",
    "httpx/": "fetching",
    "multidict/": "fetching",
    "ssl.py": "fetching",
    "stream.c": "fetching",  # of libuv, below uvloop
    "yarl/": "fetching",
    "crawler/fetch/": "fetching",
    "crawler/fetch/fork_server": "judging: to and from guarded processes",
    "crawler/fetch/workers": "judging: to and from guarded processes",
    "crawler/core/": "judging: the rest",
    "crawler/core/content/": "judging: the rest",
    "crawler/core/content/page": "judging: parse",
    "crawler/core/content/decoding/": "judging: decode",
    "crawler/core/content/decoding/hostile": "judging: is it heavy",
    "crawler/core/content/html/": "judging: outline",
    "crawler/core/content/html/byte_scan": "judging: parse",
    "crawler/core/content/html/markup": "judging: parse",
    "crawler/core/content/html/parsing": "judging: parse",
    "crawler/core/content/html/xhtml": "judging: parse",
    "crawler/core/content/html/links": "judging: links",
    "crawler/core/urls": "judging: links",
    "crawler/core/content/html/signal_elements": "judging: consent",
    "crawler/core/content/html/json_ld": "judging: consent",
    "crawler/core/content/html/terms": "judging: consent",
    "crawler/core/consent/": "judging: consent",
    "crawler/core/content/text/": "judging: features",
    "crawler/core/content/text/render": "judging: rendering",
    "crawler/core/content/text/tables": "judging: rendering",
    "crawler/core/content/licence/": "judging: licence",
    "crawler/core/content/metadata/": "judging: metadata",
    "crawler/core/content/metadata/language": "judging: language",
    "py3langid/": "judging: language",
    "crawler/core/content/figures/": "judging: figures and hashes",
    "crawler/": "scheduling",
    "crawler/store/": "scheduling",
    "asyncio/": "scheduling",
}
# The same of the thread that has the database; what it decides is whether a URL may be asked for.
_STORE_PARTS = {
    "crawler/": "store: the rest",
    "asyncio/": "store: the rest",
    "crawler/store/": "store: pages and evidence",
    "crawler/store/database": "store: commit",
    "crawler/frontier/": "store: the frontier's rows",
    "crawler/core/": "store: decisions on links",
}
_START = "start-up"
_IMPORTS = ("<frozen importlib", "importlib/")
# What only stands in stacks of a crawl that has begun, or of a process it judges in.
_RUNNING = {"crawler/cli/during_crawl.py", "crawler/fetch/fork_server.py"}
_STORE_THREAD = "aiosqlite/core.py"
# py-spy takes a thread that waits for a lock or for others' work as one that runs.
_WAITING = re.compile(
    r";(?:PyThread_acquire_lock_timed|pthread_cond_timedwait|take_gil|epoll_wait|wait4|fdatasync)"
    r" \("
)
_INNERMOST = 300  # characters of a stack: its last frames
_FRAME = re.compile(r"(.*) \(([^()]*?)(?::\d+)?\)")
_COMPILED = re.compile(r"(?:CPyDef_|CPyPy_)?([a-z]\w*?)___")


def sample(invocation: Invocation, cache: Path, log: Path) -> dict[str, float]:
    """Run our crawl under py-spy; return the share of each part, the largest first.

    Raises:
        UnavailableError: py-spy cannot be had or may not look here.
    """
    stacks = cache / "stacks.txt"
    stacks.unlink(missing_ok=True)
    command = [str(peers_folder(cache) / "py-spy"), "record", "--format", "raw"]
    command += ["--output", str(stacks), "--rate", str(_RATE)]
    command += ["--native", "--threads", "--subprocesses", "--", *invocation.command]
    with log.open("wb") as output:
        looking = subprocess.Popen(
            command,
            cwd=invocation.folder,
            env=environment(invocation),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            code = looking.wait(_LIMIT)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            with suppress(ProcessLookupError):  # else the crawl would go on alone
                os.killpg(looking.pid, signal.SIGKILL)
            looking.wait()
    if code != 0 or not stacks.is_file():
        said = log.read_text(errors="replace").strip()[-300:]
        raise UnavailableError(f"py-spy ended with {code} and wrote no samples: {said}")
    return shares(stacks.read_text(errors="replace").splitlines())


def shares(lines: Iterable[str]) -> dict[str, float]:
    """Return the share of each part in py-spy's raw `lines`, the largest first."""
    compiled = _compiled_modules()
    counted: Counter[str] = Counter()
    for line in lines:
        stack, _, times = line.rpartition(" ")
        if _WAITING.search(stack, max(0, len(stack) - _INNERMOST)):
            continue
        counted[_part(list(_files(stack, compiled)))] += int(times)
    total = counted.total() or 1
    return {part: times / total for part, times in counted.most_common()}


def _part(files: list[str]) -> str:
    """Return what a stack of `files`, the outermost first, is part of."""
    known = _STORE_PARTS if _STORE_THREAD in files else _PARTS
    if any(file.startswith(_IMPORTS) for file in files):
        return _START
    if known is _PARTS and not _RUNNING.intersection(files):
        return _START
    for file in reversed(files):
        prefixes = [prefix for prefix in known if file.startswith(prefix)]
        if prefixes:
            return known[max(prefixes, key=len)]
    return "the rest"


def _files(stack: str, compiled: dict[str, str]) -> Iterator[str]:
    for frame in stack.split(";"):
        if match := _FRAME.fullmatch(frame):
            name, file = match.groups()
            if "__mypyc." in file and (of := _COMPILED.match(name)):
                file = compiled.get(of[1], file)
            yield file


def _compiled_modules() -> dict[str, str]:
    """Return the files of compiled modules by the names that mypyc's functions begin with."""
    settings = tomllib.loads((_PROJECT / "pyproject.toml").read_text())
    modules = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]["modules"]
    return {Path(module).stem: module for module in modules}
