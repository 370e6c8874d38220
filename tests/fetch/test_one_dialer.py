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
# Listening is not dialling: the operator's page and the demo's web serve on loopback.
SERVERS = {"serve", "demo"}
LISTENERS = {"cli/serve.py", "cli/shard.py", "cli/metrics_port.py"}  # they hand a socket on


def imports(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def offences(source: str) -> set[str]:
    tree = ast.parse(source)
    banned = {
        name
        for name in imports(tree)
        if any(name == module or name.startswith(f"{module}.") for module in MODULES | STORAGE)
    }
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} | {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name)
    }
    return banned | (called & CALLS)


OUTSIDE = [path for path in ROOT.rglob("*.py") if "fetch" not in path.relative_to(ROOT).parts]


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_fetch_can_open_a_connection(path):
    found = offences(path.read_text())
    if path.relative_to(ROOT).parts[0] in SERVERS:
        found -= {"socket", "aiohttp", "aiohttp.web"}
    if path.relative_to(ROOT).as_posix() in LISTENERS:
        found -= {"socket"}
    if path == ROOT / "storage.py":
        found -= STORAGE | {"aiohttp", "aiohttp.ClientTimeout"}

    assert found == set()


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
