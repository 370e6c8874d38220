import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.web.debian import python_documentation
from tests.web.static import static_site
from tests.web.walk import walk

HOST = "docs.test"
SEED = f"http://{HOST}/index.html"
# In CI the long tests run in a reduced form; `make test-all` runs them whole.
REDUCED = os.environ.get("CRAWLER_ACCEPTANCE") == "reduced"
ROOT = Path(__file__).parents[2]


def pytest_collection_modifyitems(items):
    here = str(Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.slow)
            if not item.get_closest_marker("timeout"):
                # The first test that needs it waits for the walk and for a whole crawl.
                item.add_marker(pytest.mark.timeout(400))


def command(*arguments):
    return [sys.executable, "-m", "crawler", *map(str, arguments)]


def run(*arguments, timeout=120, **options):
    """Run the crawler to its end and return its exit code, output and errors."""
    return subprocess.run(
        command(*arguments),
        check=False,
        capture_output=True,
        text=True,
        timeout=timeout,
        cwd=ROOT,
        **options,
    )


def start(*arguments):
    """Start the crawler and return its process."""
    return subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )


def policy_text(connect_to, *, min_delay="0s", patience="2s", more=""):
    hosts = "\n".join(f'"{host}" = "{address}"' for host, address in connect_to.items())
    return f"""
extends = "default"
[identity]
token = "ProofBot"
contact = "https://proof.test/bot"
email = "bot@proof.test"
[network]
allow = ["127.0.0.0/8"]
public = false
[network.connect_to]
{hosts}
[politeness]
min_delay = "{min_delay}"
[limits]
patience = "{patience}"
{more}
"""


@dataclass(frozen=True)
class Documentation:
    """Debian's python3-doc, served on loopback, and what an independent walk finds in it."""

    address: str
    pages: dict[str, str]  # path -> title


@pytest.fixture(scope="session")
def documentation():
    folder = python_documentation()
    with static_site(folder, "127.0.0.31") as site:
        yield Documentation(site.address, walk(folder, HOST))


@pytest.fixture
def policy(documentation, tmp_path):
    path = tmp_path / "policy.toml"
    path.write_text(policy_text({HOST: documentation.address}))
    return path


def kept(job):
    """Return `{path: title}` of the HTML pages that a job holds."""
    database = f"file:{job / 'crawl.db'}?mode=ro"
    connection = sqlite3.connect(database, uri=True)
    try:
        rows = connection.execute(
            "SELECT url, title FROM page WHERE state = 'active' AND content_type LIKE 'text/html%'"
        ).fetchall()
    finally:
        connection.close()
    found = {url.removeprefix(f"http://{HOST}"): title for url, title in rows}
    assert len(found) == len(rows), "a URL is stored twice"
    return found
