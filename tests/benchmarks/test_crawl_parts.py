"""The parts of the crawl benchmark: shares by samples, joined pages, certificates, peers."""

import ssl

import pytest
from selectolax.lexbor import LexborHTMLParser

from benchmarks.crawl import large_crawls, large_pages, shares, sites, systems
from benchmarks.crawl.certificate import make_certificate
from benchmarks.crawl.measure import Cost
from benchmarks.crawl.runs import Run, faults, summary
from benchmarks.crawl.server import Visits
from crawler.config import load

CRAWL = "main (crawler/cli/__init__.py:158);run_to_exit (crawler/cli/during_crawl.py:33)"
STORE = "Thread.run (threading.py:982);_connection_worker_thread (aiosqlite/core.py:63)"
NURSERY = "_work (crawler/fetch/fork_server.py:111)"
LIBRARY = "(crawler_compiled__mypyc.cpython-311-x86_64-linux-gnu.so)"


@pytest.mark.parametrize(
    ("stack", "part"),
    [
        (f"{CRAWL};visit (crawler/visit.py:92);send (libc.so.6)", "scheduling"),
        (f"{CRAWL};_judge (crawler/visit.py:9);CPyDef_parsing____cut {LIBRARY}", "judging: parse"),
        (f"{CRAWL};CPyPy_outline___outline {LIBRARY};memchr (libc.so.6)", "judging: outline"),
        (f"{CRAWL};CPyDef_render___text {LIBRARY}", "judging: rendering"),
        (f"{CRAWL};recording___Recorded_dealloc {LIBRARY}", "scheduling"),
        (f"{CRAWL};CPyList_GetItem {LIBRARY}", "scheduling"),
        (f"{CRAWL};classify (py3langid/langid.py:221)", "judging: language"),
        (f"{CRAWL};sock_recv (socketmodule.c:3462);x (aiohttp/client.py:7)", "fetching"),
        (f"{CRAWL};identify (crawler/a.py:1);x (<frozen importlib._bootstrap>:1176)", "start-up"),
        ("main (crawler/cli/__init__.py:158);load (crawler/config/model.py:3)", "start-up"),
        (f"{NURSERY};judge (crawler/core/judge.py:1);CPyDef_series___f {LIBRARY}", None),
        (f"{NURSERY};loads (libpython3.11.so.1.0)", "judging: to and from guarded processes"),
        (f"{STORE};write_pages (crawler/store/page_rows.py:2)", "store: pages and evidence"),
        (f"{STORE};CPyDef_loading____fill {LIBRARY}", "store: the frontier's rows"),
        (f"{STORE};decide (crawler/core/consent/decide.py:2)", "store: decisions on links"),
        (f"{STORE};sqlite3_close (libsqlite3.so.0)", "start-up"),
    ],
)
def test_a_sample_belongs_to_the_innermost_frame_that_is_known(stack, part):
    known = {"judging: features"} if part is None else {part}
    if part == "start-up" and STORE in stack:
        known = {"the rest"}

    assert set(shares.shares([f"process 7:python;{stack} 3"])) == known


def test_shares_add_up_without_what_only_waits():
    waiting = f"{STORE};_queue_SimpleQueue_get (x.c);PyThread_acquire_lock_timed (libpython3.11)"

    found = shares.shares([f"{CRAWL};a (crawler/visit.py:1) 3", f"{waiting} 90", f"{CRAWL} 1"])

    assert found == {"scheduling": 1.0}


def test_every_part_that_is_a_compiled_module_is_told_by_its_name():
    compiled = shares._compiled_modules()

    assert all((shares._PROJECT / file).is_file() for file in compiled.values())
    assert compiled["outline"] == "crawler/core/content/html/outline.py"


@pytest.fixture
def web(tmp_path):
    for number in range(30):
        page = tmp_path / "web" / "site" / f"part{number % 3}" / f"{number}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        words = f"<p>Gr\u00fc\u00dfe {number} " * 2000
        link = f'<a href="{number + 3}.html#x">next</a><a href="http://[bad">bad</a>'
        encoding = "utf-8" if number % 2 else "iso-8859-1"
        head = f'<meta charset="{encoding}"><title>{number}</title>'
        text = f"<html><head>{head}</head><body>{link}{words}</body></html>"
        page.write_text(text, encoding=encoding)
    (tmp_path / "web" / "site" / "note.txt").write_text("kept")
    return tmp_path / "web"


def test_joined_pages_are_large_and_lead_where_they_led(web, tmp_path):
    folder = large_pages.joined(web, tmp_path / "large")

    pages = sorted(folder.rglob("*.html"))
    sizes = [page.stat().st_size for page in pages]
    [site] = sites.prepare(folder, tmp_path / "generated")
    [plain] = sites.prepare(web, tmp_path / "generated-plain")
    assert len(pages) == 30
    assert all(0.8 * large_pages.SIZE < size < 1.2 * large_pages.SIZE for size in sizes)
    assert site.pages == plain.pages
    tree = LexborHTMLParser((folder / "site/part1/1.html").read_bytes())
    hrefs = [node.attributes["href"] for node in tree.css("a[href]")]
    assert hrefs[:1] == ["4.html#x"]  # its own, as it was
    assert "/part1/13.html#x" in hrefs
    assert "Gr\u00fc\u00dfe 10" in tree.body.text()
    assert (folder / "site/note.txt").read_text() == "kept"


def test_a_certificate_is_trusted_by_its_authority_alone(tmp_path):
    made = make_certificate(["127.0.0.11", "127.0.0.12"], tmp_path)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(made.chain, made.key)

    assert _shakes(server, ssl.create_default_context(cafile=made.authority), "127.0.0.12")
    assert not _shakes(server, ssl.create_default_context(cafile=made.authority), "127.0.0.13")
    assert not _shakes(server, ssl.create_default_context(), "127.0.0.12")


def _shakes(server, client, name):
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(to_client, to_server, server_hostname=name)
    theirs = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(4):
        for side in (ours, theirs):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLCertVerificationError:
                return False
    return True


def test_published_crawls_are_what_their_authors_said_of_them():
    found = {crawl.name: crawl.node_hours for crawl in large_crawls.PUBLISHED}

    assert found["Chan 2025"] == pytest.approx(12 * 25.5, rel=0.01)  # nodes of this very size
    assert large_crawls.pages_per_vcpu_second(found["Chan 2025"]) == pytest.approx(57, abs=0.5)
    assert large_crawls.pages_per_vcpu_second(large_crawls.node_hours(10)) == pytest.approx(100)


def run(pages, cpu, code=0):
    seen = Visits(pages={("h", str(number)) for number in range(pages)})
    return Run(Cost(10.0, cpu, 50.0, code), Cost(1.0, 1.0, 40.0, 0), seen, 0)


def test_the_start_is_told_apart_from_the_pages():
    figures = summary([run(101, 3.02)])

    assert figures["cpu_ms_per_page"] == pytest.approx(29.9, abs=0.01)
    assert (figures["cpu_ms_per_further_page"], figures["start_cpu_s"]) == (20.2, 1.0)


def test_a_system_that_fetched_nothing_is_a_fault_and_no_figure():
    said = faults({"good": [run(5, 1.0)], "bad": [run(0, 0.5)]}, limited=True)

    assert [line.partition(" ")[0] for line in said] == ["bad"]


def test_a_peer_that_cannot_be_installed_says_so(tmp_path):
    call = systems.Call(("http://127.0.0.1:9/",), 0, tmp_path, tmp_path / "cache")
    (tmp_path / "cache").write_text("a file where the folder should be")

    with pytest.raises(systems.UnavailableError, match="failed"):
        systems.SYSTEMS["trafilatura"](call)


def test_policy_names_the_authority_only_for_tls(tmp_path):
    for number, ca_file in enumerate((None, tmp_path / "authority.pem")):
        scratch = tmp_path / str(number)
        scratch.mkdir()
        systems.SYSTEMS["ours"](systems.Call((), 0, scratch, tmp_path, ca_file))
        network = load(str(scratch / "policy.toml")).network
        assert network.ca_file == (str(ca_file) if ca_file else "")
