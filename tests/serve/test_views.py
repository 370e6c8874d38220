"""Every view of a hostile job: what it shows is true, and nothing of a stranger's is markup."""

import re
import sqlite3
import time
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
import pytest_asyncio
from markupsafe import escape

from crawler.cluster.layout import lay_out
from crawler.store.database import SCHEMA_VERSION, connect
from crawler.store.job import DATABASE, read_job
from crawler.store.orders import Orders, order, read_orders
from crawler.store.run_state import RunState, write_run_state
from tests.cli.run import run, run_json
from tests.serve import hostile
from tests.serve.looking import looking
from tests.web.handmade import crawl, handmade, page

VIEWS = [
    "/1/", "/1/hosts", "/1/host?name=evil.test", "/1/host?name=nowhere.test", "/1/explain",
    "/1/samples", "/1/samples?reason=robots.disallow", "/1/samples?reason=none", "/1/takedown",
    "/1/explain?url=%3Cscript%3E", "/1/explain?url=evil.test", "/1/explain?url=javascript:x",
    "/1/explain?url=" + "x" * 9_000, "/1/hosts?page=2000&order=x&state=y", "/1/hosts?page=-1",
    *(f"/1/{view}?url={quote(f'{hostile.HOST}/{name}')}" for view in ("explain", "page")
      for name in [*hostile.NAMES, "no/x", *(f"p{n}" for n in range(len(hostile.PAYLOADS)))]),
    "/1/hosts?page=" + "9" * 5_000, "/1/host?name=evil.test&page=" + "9" * 5_000,
]  # fmt: skip
# All that our templates write. A stranger's element or attribute would be another.
ELEMENTS = frozenset(
    """
    html head meta title link body a header p form label input button nav ul li main h1 h2 h3 div
    section span dl dt dd svg rect path polyline polygon table thead tbody tr th td b bdi small
    code script ol time i select option br details summary pre blockquote q mark
    """.split()  # noqa: SIM905
)


class Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def job(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    await hostile.crawled(folder / "job", folder / "p.toml")
    for kind in ("optout", "erasure"):
        words = ("--kind", kind, "--url", f"{hostile.HOST}/p1", "--reason", hostile.PAYLOADS[0])
        await run("takedown", "add", folder / "job", *words)
    return folder / "job"


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("path", VIEWS)
async def test_no_markup_of_a_stranger_comes_through(job, path):
    async with looking(job) as client:
        answer = await client.get(path)

    assert answer.status_code in {200, 404}
    assert len(answer.text) < 200_000
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", answer.text)
    for tag, attributes in Elements(answer.text).found:
        assert tag in ELEMENTS
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name not in {"style", "srcdoc", "formaction", "data"}
            if name in {"href", "src", "action"}:
                assert value.startswith(("/", "#")), value
            if name.startswith(("hx-", "sse-")):
                assert path == "/1/"
            if tag == "script":
                assert set(attributes) == {"src", "defer"}


async def test_the_overview_says_what_the_store_holds(job):
    async with looking(job) as client:
        text = (await client.get("/1/")).text
    tiles = dict(re.findall(r"<dt>([^<]+)</dt>\s*<dd class=\"big\">([^<]+)</dd>", text))
    with read_job(job) as connection:
        count = connection.execute
        kept = count("SELECT count(*) FROM page WHERE state IN ('active', 'held')").fetchone()[0]
        refused = count("SELECT count(*) FROM url WHERE outcome = 'refused' AND kind = 0")

        assert tiles["kept"] == str(kept)
        assert int(tiles["refused by owners"]) == refused.fetchone()[0] == 2
    assert "robots.disallow" in text
    assert f"{hostile.HOST}/no/xxx" in text


async def test_a_page_stands_beside_its_licence_and_proof(job):
    async with looking(job) as client:
        text = (await client.get("/1/page", params={"url": f"{hostile.HOST}/arabic"})).text
        refused = (await client.get("/1/page", params={"url": f"{hostile.HOST}/refuse"})).text

    assert hostile.RIGHT_TO_LEFT in text
    assert 'class="text" dir="auto"' in text
    assert "The text still has the hash that was noted" in text
    assert "may be kept" in text
    assert "No text of it is held" in refused


async def test_a_long_text_comes_in_pieces_that_join_to_the_whole(job):
    pieces, path = [], f"/1/page?url={quote(f'{hostile.HOST}/huge')}"
    async with looking(job) as client:
        while path:
            text = (await client.get(path)).text
            pieces.append(re.search(r'<div class="text"[^>]*>(.*?)</div>', text, re.DOTALL)[1])
            found = re.search(r'<a rel="next" href="([^"]+)"', text)
            path = found[1].replace("&amp;", "&") if found else ""
    with read_job(job) as connection:
        (whole,) = connection.execute("SELECT text FROM page WHERE url LIKE '%/huge'").fetchone()

    assert len(pieces) > 3
    assert "".join(pieces) == whole


async def test_a_sample_is_of_the_reason_alone(job):
    async with looking(job) as client:
        text = (await client.get("/1/samples", params={"reason": "robots_meta.noai"})).text
    rows = re.findall(r'<td><a class="address"[^>]*><bdi>([^<]+)', text)

    assert rows == [f"{hostile.HOST}/refuse"]


async def test_an_address_is_found_without_its_scheme_and_hosts_by_a_part(job):
    async with looking(job) as client:
        found = (await client.get("/1/explain", params={"url": "evil.test/refuse"})).text
        alike = (await client.get("/1/explain", params={"url": "evil"})).text
        hosts = (await client.get("/1/hosts", params={"name": "OTH"})).text

    assert f"{hostile.HOST}/refuse</bdi></h1>" in found
    assert "/1/host?name=evil.test" in alike
    assert re.findall(r"/1/host\?name=([\w.]+)", hosts) == ["other.test"]


async def test_requests_of_owners_are_shown_with_their_clock(job):
    async with looking(job) as client:
        text = (await client.get("/1/takedown")).text

    assert text.count("Acknowledge within 47 hours") == 2
    assert "2 open, none overdue" in text
    assert "&lt;script&gt;" in text


async def test_what_is_overdue_comes_first_and_is_said(job, tmp_path):
    late = tmp_path / "late"
    late.mkdir()
    with read_job(job) as source:
        target = sqlite3.connect(late / DATABASE)
        source.backup(target)
    day, now = 86_400, time.time()
    for number, received, acknowledged, closed in [
        (11, now - 29.5 * day, now - 29 * day, None),
        (12, now - 5.5 * day, None, None),
        (13, now - 99 * day, now - 98 * day, now - 1 * day),
    ]:
        target.execute(
            "INSERT INTO takedown (id, kind, scope, subject, reason, received, acknowledged,"
            " closed) VALUES (?, 'optout', 'domain', 'a.test', '', ?, ?, ?)",
            (number, received, acknowledged, closed),
        )
    target.commit()
    target.close()
    async with looking(late) as client:
        text = (await client.get("/1/takedown")).text
    clocks = dict(re.findall(r"<h2>(\d+):.*?<p class=\"clock[^>]*>(.*?)</p>", text, re.DOTALL))

    assert list(clocks) == ["12", "11", "1", "2", "13"]
    assert clocks["12"].strip().startswith("Overdue: acknowledge, 3 days late, by <time>")
    assert clocks["11"].strip().startswith("Close within 11 hours, by <time>")
    assert clocks["13"].startswith("closed ")
    assert '4 open, <b class="bad">1 overdue</b>' in text


async def test_orders_are_given_and_taken_back_by_forms(tmp_path):
    async with handmade({"http://a.test/": page()}) as web:
        await crawl(tmp_path / "job", web.policy(tmp_path / "p.toml"), "http://a.test/")
    job = tmp_path / "job"
    async with looking(job) as client:
        form = await client.form()

        async def send(act, **fields):
            return await client.post(f"/1/{act}", data={"form": form, **fields})

        await send("pause")
        since = read_orders(job).paused_since
        await send("pause")
        assert read_orders(job).paused_since == since
        assert ">Resume</button>" in (await client.get("/1/?said=paused")).text
        fields = {"max_pages": "500", "max_time": "2h", "max_disk": "none", "max_bytes": " 5GB "}
        await send("limits", **fields)
        assert read_orders(job) == Orders(
            since, {"max_pages": 500, "max_time": 7200.0, "max_disk": None, "max_bytes": 5 * 10**9}
        )
        shown = dict(
            re.findall(r'name="(max_\w+)" value="([^"]*)"', (await client.get("/1/")).text)
        )
        assert shown == {
            "max_pages": "500",
            "max_time": "2h",
            "max_disk": "none",
            "max_bytes": "5GB",
        }
        for wrong in ("x", "0", "-3", "1.5", "9" * 99, "<script>"):
            answer = await send("limits", max_pages=wrong)
            assert answer.status_code in {303, 400}
            assert (answer.status_code == 400) == (not wrong.isdigit() or wrong == "0")
        await send("limits")
        await send("resume")
        answer = await client.get((await send("reload")).headers["location"])
        assert "Nobody is crawling it now" in answer.text
    assert read_orders(job) == Orders()


async def test_shards_are_one_job_and_several_jobs_are_listed(job, tmp_path):
    parent = tmp_path / "parent"
    lay_out(parent, 2)
    for number in range(2):
        folder = parent / f"shard-{number:03d}"
        connection = connect(folder / DATABASE)
        for name in ("b", "a", "c"):
            row = (f"{name}{number}.test", f"{name}{number}.test", 5 - number)
            connection.execute("INSERT INTO host (name, site, waiting) VALUES (?, ?, ?)", row)
        connection.close()
        write_run_state(folder, RunState(visits=7, ended="done"))
    async with looking(job, parent) as client:
        listed = (await client.get("/")).text
        by_name = (await client.get("/2/hosts")).text
        by_urls = (await client.get("/2/hosts?order=urls")).text
        overview = (await client.get("/2/")).text

    assert 'href="/1/"' in listed
    assert 'href="/2/"' in listed
    names = ["a0.test", "a1.test", "b0.test", "b1.test", "c0.test", "c1.test"]
    assert re.findall(r"/2/host\?name=([\w.]+)", by_name) == names
    assert re.findall(r"/2/host\?name=([\w.]+)", by_urls) == sorted(names, key=lambda n: n[1])
    assert "<dt>visits in this run</dt><dd>14</dd>" in overview
    assert "nothing was left to do" in overview


@pytest.mark.parametrize("harm", ["newer", "cut", "noise", "text", "gone", "orders", "run"])
async def test_what_cannot_be_read_is_said_on_every_view(job, tmp_path, harm):
    broken = tmp_path / "broken"
    broken.mkdir()
    with read_job(job) as source:
        target = sqlite3.connect(broken / DATABASE)
        source.backup(target)
    if harm == "newer":
        target.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 9}")
    if harm == "text":
        target.execute("UPDATE decision SET snapshots = 'x', policy_sha256 = policy_sha256")
        target.execute("UPDATE page SET licence = '{', metadata = '[', flags = '\"'")
        target.commit()
    target.close()
    data = (broken / DATABASE).read_bytes()
    if harm == "cut":
        (broken / DATABASE).write_bytes(data[: len(data) // 2])
    if harm == "noise":
        (broken / DATABASE).write_bytes(b"\xff" * 4_096 + data[4_096:])
    if harm == "orders":
        (broken / "orders.json").write_text("{")
    if harm == "run":
        (broken / "run.json").write_text('{"visits": "many"}')
    async with looking(broken) as client:
        if harm == "gone":
            (broken / DATABASE).unlink()
        for path in VIEWS[:9] + VIEWS[15:22]:
            answer = await client.get(path)
            assert answer.status_code in {200, 404, 500, 503}, path
            assert "</html>" in answer.text
            assert "Traceback" not in answer.text
        overview = (await client.get("/1/")).text
    said = {"newer": "newer crawler", "noise": "cannot be read", "gone": "holds no job"}
    assert said.get(harm, "</main>") in overview
    if harm == "orders":
        assert "paused" in overview
        order(broken, lambda _: Orders())


async def test_looking_changes_nothing(job):
    before = (job / DATABASE).read_bytes()
    async with looking(job) as client:
        for path in VIEWS[:12]:
            await client.get(path)

    assert (job / DATABASE).read_bytes() == before
    assert not (job / "orders.json").exists()


@pytest.mark.parametrize("name", ["refuse", "arabic", "nowhere", "no/" + "x" * 60])
async def test_an_address_is_explained_in_the_sentences_of_the_command(job, name):
    address = f"{hostile.HOST}/{name}"
    said = (await run_json("explain", job, address))[1]["explanation"]
    async with looking(job) as client:
        texts = [(await client.get(f"/1/{view}", params={"url": address})).text
                 for view in ("explain", "page")]  # fmt: skip

    assert said
    for text in texts:
        assert re.search(r'class="sentences"><bdi>(.*?)</bdi>', text)[1] == escape(said)
