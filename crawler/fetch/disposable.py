"""One function run once in a process of its own, for pages that may hang or crash a parser.

It guards the crawl's time and life, not its secrets: the child runs with the same rights.
This file is also the child's program, so it imports the standard library alone.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import pickle
import resource
import signal
import sys
import traceback
from hashlib import sha256
from weakref import WeakKeyDictionary

_AT_ONCE = 2  # each may take all the memory it is allowed
_START = 30.0  # seconds for the child to import what it runs
_GRACE = 1.0
_MEMORY = 2 * 2**30
_BLOCK = 2**18

_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class Disposed(Exception):  # noqa: N818 (what became of the process, as an outcome code)
    """The process gave no result. `code`: "parse-timeout", "parse-crashed" or "bug"."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail[:500]


async def run_disposable(
    function_path: str, arguments: tuple[object, ...], seconds: float, memory: int = _MEMORY
) -> object:
    """Return `function(*arguments)` for `function_path` "package.module:function".

    The process may use `memory` bytes of address space, and `seconds` once it has started.

    Raises:
        Disposed: It took longer, died, or the function raised.
    """
    message = pickle.dumps(arguments)
    turn = _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE))
    async with turn:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", __file__, function_path, str(memory), str(int(seconds) + 2)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        try:
            answer = await _exchange(process, message, seconds)
        finally:
            if process.returncode is None:
                process.kill()
            await asyncio.shield(process.wait())
            process._transport.close()  # type: ignore[attr-defined] # noqa: SLF001 (closes pipes a killed child left)
    good, value = _unpickle(answer)
    if not good:
        raise Disposed("bug", str(value))
    return value


async def _exchange(process: asyncio.subprocess.Process, message: bytes, seconds: float) -> bytes:
    """Return the child's whole answer, which is empty if it died."""
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        raise Disposed("parse-crashed", "no pipes")
    try:
        async with asyncio.timeout(_START):
            await stdout.readexactly(1)
        stdin.write(message)
        stdin.close()
        answer = bytearray()
        try:
            status = await _ended(process, stdout, answer, seconds)
        except TimeoutError:
            # This loop may have been busy, not the child: then its answer is in the pipe.
            status = await _ended(process, stdout, answer, _GRACE)
    except TimeoutError as error:
        raise Disposed("parse-timeout", f"more than {seconds:g} s") from error
    except (OSError, asyncio.IncompleteReadError) as error:
        raise Disposed("parse-crashed", "died before it was ready") from error
    if status == -signal.SIGXCPU:
        raise Disposed("parse-timeout", f"more than {seconds:g} s of processor time")
    if status != 0:
        raise Disposed("parse-crashed", f"exit status {status}")
    return bytes(answer)


async def _ended(
    process: asyncio.subprocess.Process,
    stdout: asyncio.StreamReader,
    answer: bytearray,
    seconds: float,
) -> int:
    """Add the child's output to `answer` and return its exit status."""
    async with asyncio.timeout(seconds):
        while block := await stdout.read(_BLOCK):
            answer += block
        return await process.wait()


def _unpickle(answer: bytes) -> tuple[bool, object]:
    try:
        good, value = pickle.loads(answer)  # noqa: S301 (our own child; see the module's docstring)
    except Exception as error:
        raise Disposed("parse-crashed", f"answer is unreadable: {error}") from error
    return bool(good), value


def _child(function_path: str, memory: int, seconds: int) -> None:
    """Run one function on arguments from standard input, as the process that is thrown away."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + int(_START), seconds + int(_START) + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the function prints is no answer
    module, _, name = function_path.partition(":")
    function = getattr(importlib.import_module(module), name)
    answers.write(b"R")
    answers.flush()
    arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 (from our parent)
    try:
        result = pickle.dumps((True, function(*arguments)))
    except MemoryError:
        os._exit(os.EX_SOFTWARE)  # nothing that allocates may run now
    except Exception as error:  # noqa: BLE001 (told to the parent, who records it)
        trace = sha256(traceback.format_exc().encode()).hexdigest()[:16]
        result = pickle.dumps((False, f"{type(error).__name__} {trace}"))
    answers.write(result)
    answers.close()


if __name__ == "__main__":
    _child(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
