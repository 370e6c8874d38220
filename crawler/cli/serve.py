"""`crawler serve`: a local web page on a job, live while it runs and afterwards."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import time
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from crawler.cli.errors import UsageError
from crawler.cluster.layout import require_job

_TOKEN_BYTES = 32
_SHORTEST = 16  # characters of a token that a file brings
_MOST_OPEN = 256  # connections; others are told to come later
_GRACE = 1  # seconds that open pages get when it ends
_NICER = 10  # steps of priority below the crawl, of the 19 there are


def command(
    jobs: Annotated[list[Path], typer.Argument(help="Folders of the jobs.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8420,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    name: Annotated[
        list[str] | None, typer.Option(help="A further name it is reached by; repeatable.")
    ] = None,
    token_file: Annotated[
        Path | None, typer.Option(help="File with the token; made if it is not there.")
    ] = None,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Show no buttons, and take no orders.")
    ] = False,
) -> None:
    """Show JOBS in a browser: progress, hosts, refusals, texts with licence and proof.

    Only this machine reaches it unless --host says otherwise, and only with the token in the
    link that is printed. It reads the job and never holds the crawl up: it runs at a lower
    priority than what starts it.

    Example: crawler serve jobs/example
    """
    os.nice(_NICER)
    try:
        import uvicorn

        from crawler.serve.access import LOOPBACK, Access
        from crawler.serve.application import application
    except ModuleNotFoundError as error:
        raise UsageError(
            f"`serve` needs {error.name}: pip install 'consent-crawler[serve]'"
        ) from error
    for job in jobs:
        require_job(job)
    listening = _listen(host, port)
    address, port = listening.getsockname()[:2]
    shown = f"[{address}]" if ":" in address else address
    names = LOOPBACK | {shown, *(one.lower() for one in name or ())}
    access = Access(_token(token_file), port, frozenset(names))
    app = application(jobs, access, time.time, read_only=read_only)
    if shown not in LOOPBACK:
        print(
            f"crawler: nothing is encrypted on the way to {shown}:{port}: put a proxy with TLS"
            " before it, or use `ssh -L` and stay at 127.0.0.1; --name adds the names it has",
            file=sys.stderr,
        )
    print(f"http://{shown}:{port}/?token={quote(access.token, safe='')}", flush=True)
    print("Open this link. Ctrl-C ends it; the crawl goes on.", file=sys.stderr)
    uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            ws="none",
            limit_concurrency=_MOST_OPEN,
            timeout_graceful_shutdown=_GRACE,
        )
    ).run([listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host.strip("[]"), port), family=family, backlog=128)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise UsageError(
            f"{host}:{port} cannot be listened at ({why}): name another --port, or 0 for a free one"
        ) from error


def _token(file: Path | None) -> str:
    """Return a token of its own for this run, or the one that `file` keeps."""
    if file is None:
        return secrets.token_urlsafe(_TOKEN_BYTES)
    try:
        if not file.exists():
            with open(file, "x", opener=_for_us_alone) as made:
                made.write(secrets.token_urlsafe(_TOKEN_BYTES) + "\n")
        token = file.read_text("ascii").strip()
        others = file.stat().st_mode & 0o077
    except (OSError, ValueError) as error:
        raise UsageError(f"--token-file {file}: {error}") from error
    if others:
        raise UsageError(f"--token-file {file}: others may read it; `chmod 600 {file}`")
    if len(token) < _SHORTEST or not token.isprintable() or " " in token:
        raise UsageError(
            f"--token-file {file}: a token has {_SHORTEST} or more characters and no space"
        )
    return token


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
