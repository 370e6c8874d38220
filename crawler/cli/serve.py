"""`crawler serve`: a local web page on a job, live while it runs and afterwards."""

from __future__ import annotations

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
_GRACE = 1  # seconds that open pages get when it ends


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
    link that is printed. It reads the job and never holds the crawl up.

    Example: crawler serve jobs/example
    """
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
            f"crawler: anybody who reaches {shown}:{port} can read along, for nothing is encrypted:"
            " put a proxy with TLS before it, or use `ssh -L` and stay at 127.0.0.1",
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
            timeout_graceful_shutdown=_GRACE,
        )
    ).run([listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host.strip("[]"), port), family=family, backlog=128)
    except OSError as error:
        raise UsageError(
            f"{host}:{port} cannot be listened at ({error.strerror}): name another --port, or 0"
            " for a free one"
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
    except (OSError, ValueError) as error:
        raise UsageError(f"--token-file {file}: {error}") from error
    if len(token) < _SHORTEST or not token.isprintable() or " " in token:
        raise UsageError(
            f"--token-file {file}: a token has {_SHORTEST} or more characters and no space"
        )
    return token


def _for_us_alone(path: str, flags: int) -> int:
    import os

    return os.open(path, flags, 0o600)
