"""Every shape of a refusal as a site of its own: served, crawled, exported.

What `tests.core.consent.test_shapes` asks of the gates is asked here of the whole program: which
files it fetches and when, what the wire makes of header fields, what it stores and exports.
"""

import gzip
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crawler.core.policy import ConsentPolicy
from tests.acceptance.conftest import policy_text, run
from tests.core.consent.further_shapes import FURTHER
from tests.core.consent.shapes import ORIGIN, SHAPES, File, Shape, html_of

# What a fetch itself does not let in ends as another outcome, whatever it says.
MOST_FIELDS, MOST_OCTETS = 200, 60_000


def _fits(shape: Shape) -> bool:
    octets = sum(len(name) + len(value.encode()) for name, value in shape.headers)
    cut = any(file.truncated for file in shape.files.values())
    return len(shape.headers) <= MOST_FIELDS and octets <= MOST_OCTETS and not cut


SITES = {
    f"s{number}.shapes.test": shape
    for number, shape in enumerate(filter(_fits, (*SHAPES, *FURTHER)))
}


class _Site(BaseHTTPRequestHandler):
    def do_GET(self):
        host = self.headers["Host"].partition(":")[0]
        shape = SITES[host]
        file = shape.files.get(self.path)
        if file is None and self.path == shape.path:
            headers = (("content-type", shape.content_type), *shape.headers)
            file = File(html_of(shape), headers)
        file = file or File("nothing here", status=404)
        body = file.body.encode() if isinstance(file.body, str) else file.body
        lines = [f"{name}: {value}" for name, value in file.headers]
        head = "\r\n".join([f"HTTP/1.1 {file.status} X", *lines, "Connection: close", "", ""])
        self.wfile.write(_at(host, head.encode() + body))

    def log_message(self, *_):
        pass


class _Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True


def _at(host: str, octets: bytes) -> bytes:
    """Have what a shape says of its own address say so of `host`."""
    name = ORIGIN.removeprefix("https://").encode()
    for start in (b"https://", b"https://www."):
        octets = octets.replace(start + name, start.replace(b"https", b"http") + host.encode())
    return octets


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shapes")
    server = _Server(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"127.0.0.1:{server.server_address[1]}"
    policy, seeds = folder / "policy.toml", folder / "seeds.txt"
    text = policy_text(dict.fromkeys(SITES, address))
    text = text.replace("ProofBot", "CorpusBot")  # whom the shapes mean by "us"
    # Each site has one page: all of its files are asked for before it.
    policy.write_text(
        f"{text}\n[consent.probes]\nbefore = {list(ConsentPolicy().probes.all)}\nafter = []\n"
    )
    seeds.write_text("".join(f"http://{host}{shape.path}\n" for host, shape in SITES.items()))
    crawled = run(
        *("crawl", "--seeds-file", seeds, "--job", folder / "job", "--policy", policy),
        timeout=380,
    )
    server.shutdown()
    server.server_close()
    assert crawled.returncode == 0, crawled.stderr
    out = run("export", folder / "job", "--out", folder / "out", "--compression", "gz", timeout=200)
    assert out.returncode == 0, out.stderr
    records = [
        json.loads(line)
        for path in (folder / "out" / "data").iterdir()
        for line in gzip.decompress(path.read_bytes()).splitlines()
    ]
    return {record["metadata"]["url"].split("/")[2] for record in records}


def test_there_are_enough_of_both_kinds():
    assert sum(shape.refused for shape in SITES.values()) >= 400
    assert sum(not shape.refused for shape in SITES.values()) >= 200


def test_nothing_that_was_refused_is_exported(exported):
    assert [SITES[host].name for host in exported if SITES[host].refused] == []


def test_every_control_is_exported(exported):
    missing = [
        shape.name for host, shape in SITES.items() if not shape.refused and host not in exported
    ]

    assert missing == []
