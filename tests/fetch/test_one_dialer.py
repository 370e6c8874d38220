import ast
from pathlib import Path

import pytest

import crawler

ROOT = Path(crawler.__file__).parent
# Whatever can open a connection. `ssl` and `asyncio` alone open none; see `CALLS`.
MODULES = {
    "aiodns",
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "httpx_aiohttp",
    "imaplib",
    "pycares",
    "requests",
    "smtplib",
    "socket",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "xmlrpc.client",
}
CALLS = {
    "create_connection",
    "create_datagram_endpoint",
    "open_connection",
    "open_unix_connection",
    "sock_connect",
    "urlopen",
    "urlretrieve",
}
# The libraries of storage that the operator names, which `storage` alone may use.
STORAGE = {"adlfs", "aiobotocore", "boto3", "botocore", "fsspec", "gcsfs", "s3fs"}
# Listening is not dialling: these hand a socket on, or are the demo's web on loopback.
LISTENERS = {
    "cli/metrics_port.py": {"socket"},
    "cli/serve.py": {"socket"},
    "cli/shard.py": {"socket"},
    "cluster/shard_nursery.py": {"socket"},
    "demo/web.py": {"socket", "aiohttp", "aiohttp.web"},
}
WORDS = [name.split(".") for name in MODULES | STORAGE | CALLS]
# What none of them may do with what they are allowed to import.
DIALS = {"ClientSession", "TCPConnector", "connect", "connect_ex", "sendto"}


def reads_a_pair(node: ast.AST) -> bool:
    """Say if a call gets streams over a socket that is connected already."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "open_connection"
        and not node.args
        and [keyword.arg for keyword in node.keywords] == ["sock"]
    )


def names(source: str) -> tuple[set[str], set[str]]:
    """Return what a source imports, and every name it uses."""
    imported: set[str] = set()
    used: set[str] = set()
    tree = ast.parse(source)
    over_pairs = {node.func for node in ast.walk(tree) if reads_a_pair(node)}
    for node in ast.walk(tree):
        if node in over_pairs:
            continue
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Attribute):
            used.add(node.attr)
        elif isinstance(node, ast.Name):
            used.add(node.id)
    return imported, used


def offences(source: str, path: str = "") -> set[str]:
    if source.isascii() and not any(all(part in source for part in word) for word in WORDS):
        return set()  # most name none of them, and parsing all takes seconds
    imported, used = names(source)
    banned = {
        name
        for name in imported
        if any(name == module or name.startswith(f"{module}.") for module in MODULES | STORAGE)
    }
    if path in LISTENERS:
        return (banned - LISTENERS[path]) | (used & (CALLS | DIALS))
    if path == "storage.py":
        banned -= STORAGE | {"aiohttp", "aiohttp.ClientTimeout"}
    if path == "ray_cluster.py":  # the cluster that the operator names
        return (banned - {"socket"}) | (used & (CALLS - {"create_connection"}))
    return banned | (used & CALLS)


OUTSIDE = [
    path
    for path in (file.relative_to(ROOT).as_posix() for file in ROOT.rglob("*.py"))
    if not path.startswith("fetch/")
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_only_fetch_can_open_a_connection(path):
    assert offences((ROOT / path).read_text(), path) == set()


@pytest.mark.parametrize("path", LISTENERS)
def test_a_listener_listens_and_does_not_dial(path):
    source = (ROOT / path).read_text()

    for more in (
        "import socket\nsocket.socket().connect(('a', 1))",
        "import socket\nsocket.create_connection(('a', 1))",
        "from aiohttp import ClientSession",
        "import aiohttp\naiohttp.ClientSession()",
        "import httpx",
    ):
        assert offences(f"{source}\n{more}", path), more


@pytest.mark.parametrize(
    "source",
    [
        "import httpx",
        "import fsspec",
        "from s3fs import S3FileSystem",
        "import urllib.request",
        "from urllib import request",
        "from aiohttp import ClientSession",
        "import asyncio\nasyncio.open_connection('a', 1)",
        "import asyncio\nasyncio.open_connection(sock=s, **more)",
        "from socket import create_connection",
        "loop.create_connection(f)",
    ],
)
def test_the_check_sees_what_it_must(source):
    assert offences(source)


def test_no_certificate_check_is_ever_switched_off():
    for path in ROOT.rglob("*.py"):
        source = path.read_text()
        for word in ("CERT_NONE", "check_hostname = False", "verify=False", "_create_unverified"):
            assert word not in source, path
