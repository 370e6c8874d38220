"""A web of a few hosts that changes under the crawler's feet."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from crawler.cli import main

POLICY = """\
extends = "default"
[identity]
token = "ProofBot"
contact = "https://proof.test/bot"
email = "bot@proof.test"
key = "{key}"
[network]
allow = ["127.0.0.0/8"]
public = false
[network.connect_to]
{hosts}
[politeness]
min_delay = "0s"
back_off = "1s"
back_off_cap = "1s"
[retries]
tries = 1
[limits]
patience = "1s"
[archive]
enabled = true
[suppression]
path = "{suppression}"
"""


@dataclass
class Site:
    """What each address answers: `(status, headers, body)` by host and path."""

    address: str
    pages: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)  # (host, path, headers)

    def page(self, url, body, status=200, **headers):
        """Set what a URL answers; an underscore in a header's name stands for a hyphen."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("content-type", "text/html; charset=utf-8")
        data = body if isinstance(body, bytes) else body.encode()
        self.pages[url.removeprefix("http://")] = (status, named, data)


@contextmanager
def site():
    """Serve a site that can be changed while it is served."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            host = self.headers["host"].partition(":")[0]
            found.asked.append((host, self.path, dict(self.headers)))
            status, headers, body = found.pages.get(
                f"{host}{self.path}", (404, {"content-type": "text/plain"}, b"none")
            )
            same = self.headers.get("if-none-match") == headers.get("etag", "none")
            if status == HTTPStatus.OK and same:
                status, body = HTTPStatus.NOT_MODIFIED, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.77", 0), Handler)
    found = Site(f"127.0.0.77:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def policy(path, site, hosts, more="", key=""):
    """Write a policy for `site` to `path`."""
    listed = "\n".join(f'"{host}" = "{site.address}"' for host in hosts)
    suppression = path.with_name("suppression.jsonl")
    text = POLICY.format(hosts=listed, suppression=suppression, key=key)
    path.write_text(text + more)
    return path


def run(monkeypatch, capsys, *words):
    """Run the command line in this process; return its exit code, output and errors."""
    monkeypatch.setattr("sys.argv", ["crawler", *map(str, words)])
    try:
        main()
        code = 0
    except SystemExit as stop:
        code = stop.code or 0
    said = capsys.readouterr()
    return code, said.out, said.err
