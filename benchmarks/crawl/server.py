"""nginx on loopback, one 127.0.0.x address a site, and what it says was asked."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from benchmarks.crawl.certificate import Certificate, make_certificate
from benchmarks.crawl.packages import unpacked
from benchmarks.crawl.sites import SEED_PATH, TRAP_PATH, Site, start_site

# Compression is off: it would measure nginx on the core the crawlers need.
_CONFIG = """
{user}
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  types {{
    text/html html htm;
    text/plain txt;
    text/css css;
    text/javascript js;
    application/xml xml;
    application/pdf pdf;
    image/png png;
    image/jpeg jpg jpeg;
    image/gif gif;
    image/svg+xml svg;
  }}
  default_type application/octet-stream;
  log_format visits "$server_addr $connection $status $sent_http_content_type\t$request_uri";
  access_log {folder}/visits.log visits;
  sendfile on;
  tcp_nodelay on;
  gzip off;
  keepalive_requests 1000000;
  keepalive_timeout 65s;
{certificate}{servers}
}}
"""
_SERVER = """
  server {{
    listen {host}:{port}{encrypted};
    root "{root}";
    location = /robots.txt {{ alias "{generated}/robots.txt"; }}
    location = {seed} {{ alias "{generated}{seed}"; }}
  }}
"""
_CERTIFICATE = """
  ssl_certificate "{chain}";
  ssl_certificate_key "{key}";
  ssl_protocols TLSv1.2 TLSv1.3;
"""
_START_SECONDS = 10.0


@dataclass(slots=True)
class Visits:
    """What a crawler asked for, as the server saw it."""

    pages: set[tuple[str, str]] = field(default_factory=set)  # host and unquoted path
    requests: int = 0
    repeated: int = 0  # a page asked for again
    trapped: int = 0  # requests robots.txt forbids
    connections: set[str] = field(default_factory=set)  # each is one handshake with TLS


@dataclass(frozen=True, slots=True)
class Server:
    """A running nginx; `seeds` are the start addresses every system is given.

    `start_seed` is the one page of a site without links; `ca_file` signed the certificates.
    """

    seeds: tuple[str, ...]
    start_seed: str
    log: Path
    ca_file: Path | None = None

    def mark(self) -> int:
        """Return the place in the log where the next visits begin."""
        return self.log.stat().st_size

    def visits_since(self, mark: int) -> Visits:
        visits = Visits()
        with self.log.open("rb") as lines:
            lines.seek(mark)
            for line in lines:
                _count(visits, line.decode("utf-8", "replace").rstrip("\n"))
        return visits


def _count(visits: Visits, line: str) -> None:
    head, _, target = line.partition("\t")
    host, connection, status, kind = head.split(" ", 3)
    path = unquote(target.partition("?")[0])
    visits.connections.add(connection)
    visits.requests += 1
    visits.trapped += path == TRAP_PATH
    if status == "200" and kind.startswith("text/html"):
        visits.repeated += (host, path) in visits.pages
        visits.pages.add((host, path))


@contextmanager
def serving(
    sites: Sequence[Site], folder: Path, cache: Path, *, tls: bool = False
) -> Iterator[Server]:
    """Serve `sites` from a high port until the block ends; needs no root."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    start = start_site(folder / "start")
    every = [*sites, start]
    made = make_certificate([site.host for site in every], folder) if tls else None
    port = _free_port()
    config = folder / "nginx.conf"
    config.write_text(_configuration(every, folder, port, made))
    (folder / "visits.log").write_text("")
    process = subprocess.Popen(
        [nginx_binary(cache), "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(config)]
    )
    try:
        _wait_until_open(process, sites[0].host, port, folder / "error.log")
        scheme = "https" if tls else "http"
        *seeds, start_seed = (f"{scheme}://{site.host}:{port}{SEED_PATH}" for site in every)
        ca_file = made.authority if made else None
        yield Server(tuple(seeds), start_seed, folder / "visits.log", ca_file)
    finally:
        process.terminate()
        process.wait(timeout=10)


def nginx_binary(cache: Path) -> str:
    """Return the installed nginx, or one unpacked from Debian's package."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    return found or str(unpacked("nginx", cache) / "usr/sbin/nginx")


def _configuration(sites: Sequence[Site], folder: Path, port: int, made: Certificate | None) -> str:
    servers = "".join(
        _SERVER.format(
            host=site.host,
            port=port,
            encrypted=" ssl" if made else "",
            root=site.root.resolve(),
            generated=site.generated.resolve(),
            seed=SEED_PATH,
        )
        for site in sites
    )
    # As root nginx would drop to a user who may not read a home folder.
    user = "user root root;" if os.geteuid() == 0 else ""
    certificate = _CERTIFICATE.format(chain=made.chain, key=made.key) if made else ""
    return _CONFIG.format(user=user, folder=folder, certificate=certificate, servers=servers)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_open(process: subprocess.Popen[bytes], host: str, port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"nginx did not start: {log.read_text()[-500:]}")
