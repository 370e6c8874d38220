import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.crawl import server, sites
from crawler.frontier.sharding import shard_of

PROJECT = Path(__file__).resolve().parents[2]
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


def lay(folder, pages):
    for path, body in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(body)


@pytest.fixture
def web(tmp_path):
    """Two sites of five and two pages, one with links that lead nowhere or out."""
    lay(
        tmp_path / "web",
        {
            "alpha/index.html": '<a href="a/b.html#top">b</a> <a href="gone.html">gone</a>',
            "alpha/a/b.html": '<a href="../with%20space.html">c</a>',
            "alpha/with space.html": '<a href="a/">folder</a> <a href="http://[bad">bad</a>',
            "alpha/a/index.html": '<a href="https://elsewhere.test/">out</a>',
            "alpha/alone.htm": "<p>Linked from nowhere.</p>",
            "alpha/notes.txt": "not a page",
            "beta/index.html": '<a href="shut/page.html">shut</a>',
            "beta/shut/page.html": "<p>Closed by the site's own robots.txt.</p>",
            "beta/robots.txt": "User-agent: *\nDisallow: /shut/\n",
            "empty/readme.txt": "no page here",
        },
    )
    return tmp_path / "web"


def test_every_page_is_reachable_from_the_seed_unless_robots_txt_closes_it(web, tmp_path):
    alpha, beta = sites.prepare(web, tmp_path / "generated")

    assert alpha.pages == {
        sites.SEED_PATH,
        "/index.html",
        "/a/b.html",
        "/a/",
        "/a/index.html",
        "/with space.html",
        "/alone.htm",
    }
    assert beta.pages == {sites.SEED_PATH, "/index.html"}
    assert {shard_of(site.host, 2) for site in (alpha, beta)} == {0, 1}


def test_the_seed_page_links_what_robots_txt_closes_so_that_disobedience_shows(web, tmp_path):
    alpha, beta = sites.prepare(web, tmp_path / "generated")

    seed = (alpha.generated / sites.SEED_PATH[1:]).read_text()
    assert sites.TRAP_PATH in seed
    assert "Disallow: /bench-closed/" in (alpha.generated / "robots.txt").read_text()
    assert (alpha.trapped, beta.trapped) == (True, False)


def test_nothing_is_written_into_the_folder_of_sites(web, tmp_path):
    before = sorted(web.rglob("*"))

    sites.prepare(web, tmp_path / "generated")

    assert sorted(web.rglob("*")) == before


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("127.0.0.11 7 200 text/html\t/a.html", (1, 0, 0)),
        ("127.0.0.11 7 200 text/html; charset=utf-8\t/with%20space.html?x=1", (1, 0, 0)),
        ("127.0.0.11 7 404 text/html\t/gone.html", (0, 0, 0)),
        ("127.0.0.11 7 200 text/plain\t/robots.txt", (0, 0, 0)),
        ("127.0.0.11 7 200 text/html\t/seen.html", (0, 1, 0)),
        (f"127.0.0.11 7 404 text/html\t{sites.TRAP_PATH}", (0, 0, 1)),
    ],
)
def test_the_server_log_says_what_was_asked(tmp_path, line, expected):
    log = tmp_path / "visits.log"
    log.write_text("127.0.0.11 7 200 text/html\t/seen.html\n")
    running = server.Server((), "", log)
    mark = 0
    with log.open("a") as out:
        out.write(f"{line}\n")

    visits = running.visits_since(mark)

    assert (len(visits.pages) - 1, visits.repeated, visits.trapped) == expected


@needs_nginx
@pytest.mark.slow
def test_the_floor_fetches_every_page_once_and_its_cost_is_reported(web, tmp_path):
    shutil.rmtree(web / "beta")
    figures = tmp_path / "bench.json"

    done = subprocess.run(
        [
            *(sys.executable, "-m", "benchmarks.crawl", "--sites", str(web)),
            *("--cache", str(tmp_path / "cache"), "--systems", "floor", "--rounds", "1"),
            *("--json", str(figures)),
        ],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    floor = json.loads(figures.read_text())["systems"]["floor"]
    assert floor["pages"] == 7
    assert (floor["missing"], floor["repeated"]) == (0, 0)
    assert min(floor["pages_per_s"], floor["cpu_ms_per_page"], floor["rss_mb"]) > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--systems", "nobody"], "unknown system 'nobody'"),
        (["--rounds", "0"], "--rounds must be at least 1"),
        (["--sites", "no-such-folder"], "no such folder"),
    ],
)
def test_wrong_arguments_are_named(words, said, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.crawl", "--cache", str(tmp_path), *words],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert said in done.stderr
