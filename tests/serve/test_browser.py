"""The pages in a real browser, on real jobs and a crawl that runs, pauses, dies and comes back."""

import asyncio
import json
import signal
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from crawler.store.database import connect
from crawler.store.job import DATABASE, holder
from crawler.store.orders import read_orders
from tests.cli.run import run
from tests.serve import hostile
from tests.serve.browser import SCHEMES, chromium, end, needs_chromium, served, start, window
from tests.web.handmade import Reply, handmade, page

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
AXE = Path(__file__).parent / "axe" / "axe.min.js"
HOSTS = 8
FITS = "document.documentElement.scrollWidth <= innerWidth + 1"  # nothing to scroll sideways


def url(name):
    return quote(f"{hostile.HOST}/{name}")


VIEWS = [
    "/1/", "/1/hosts", "/1/host?name=evil.test", "/1/explain", f"/1/explain?url={url('refuse')}",
    f"/1/explain?url={url('nowhere')}", f"/1/page?url={url('arabic')}",
    f"/1/page?url={url('huge')}",
    "/1/samples", "/1/samples?reason=robots.disallow", "/1/takedown", "/1/nothing",
]  # fmt: skip


@pytest.fixture
async def job(tmp_path):
    needs_chromium()
    await hostile.crawled(tmp_path / "job", tmp_path / "p.toml")
    words = ("--url", f"{hostile.HOST}/p1", "--reason", hostile.PAYLOADS[0] + hostile.BIDI)
    await run("takedown", "add", tmp_path / "job", *words)
    return tmp_path / "job"


def web_of(hosts=HOSTS, pages=60):
    robots = Reply("User-agent: *\nDisallow: /no", type="text/plain")
    found = {f"http://site-{number}.test/robots.txt": robots for number in range(hosts)}
    for number in range(hosts):
        for which in range(pages):
            links = (f"/{which + 1}", f"/no/{which}")
            found[f"http://site-{number}.test/{which}"] = page(*links)
    return found


def crawl(web, tmp_path, *more, delay="500ms"):
    policy = web.policy(tmp_path / "live.toml", delay=delay, patience="20s")
    seeds = [f"http://site-{number}.test/0" for number in range(HOSTS)]
    return start("crawl", *seeds, "--job", tmp_path / "live", "--policy", policy, *more)


async def until(condition, what, seconds=30):
    async with asyncio.timeout(seconds):
        while not await condition():
            await asyncio.sleep(0.1)
    assert what


def number_in(page, name):
    async def read():
        tile = page.locator(".tile", has=page.locator(f"dt:text-is('{name}')")).locator(".big")
        text = (await tile.inner_text()).replace("\u202f", "")
        return int(text) if text.isdigit() else 0

    return read


@pytest.mark.parametrize("shards", [1, 2])
async def test_the_page_lives_while_the_crawl_runs_is_paused_killed_and_started_again(
    tmp_path, shards
):
    needs_chromium()
    more = ("--shards", shards) if shards > 1 else ()
    async with handmade(web_of()) as web, chromium() as browser:
        process = await crawl(web, tmp_path, *more)
        await until(lambda: asyncio.to_thread(bool, web.asked("http://site-0.test/2")), "begun")
        async with served(tmp_path / "live") as link, window(browser, link) as one:
            shown = one.page
            pill = shown.locator(".state .pill")
            kept = number_in(shown, "kept")
            before = await kept()

            async def more_are_kept():
                return await kept() > before + 5

            await until(more_are_kept, "the number grows by itself")
            assert await pill.inner_text() == "crawling"
            assert await shown.locator(".newest li").count() > 3

            # Two browsers at once: what one orders the other sees, and the crawl obeys.
            async with window(browser, link, color_scheme="dark") as two:
                await two.page.get_by_role("button", name="Pause").click()
                assert "no request starts" in await two.page.locator(".said").inner_text()
                await until(lambda: _says(pill, "paused"), "the other page says so")
                await asyncio.sleep(0.8)
                asked = len(web.log)
                await asyncio.sleep(1.5)
                assert len(web.log) == asked
                await two.page.get_by_label("Pages kept, over all runs").fill("100000")
                await two.page.get_by_role("button", name="Order these limits").click()
                assert read_orders(tmp_path / "live").limits == {"max_pages": 100_000.0}
                await two.page.get_by_role("button", name="Have the policy").click()
                said = await two.page.locator(".said").inner_text()
                assert "the policy was read again" in said
            await shown.get_by_role("button", name="Resume").click()
            pill = shown.locator(".state .pill")
            await until(lambda: _says(pill, "crawling"), "it goes on")

            await end(process, signal.SIGKILL)
            await until(lambda: _says(pill, "not running"), "it is gone")
            assert "killed" in await shown.locator(".state").inner_text()
            process = await crawl(web, tmp_path, *more)
            await until(lambda: _says(pill, "crawling"), "it is back", 60)
            before = await kept()
            await until(more_are_kept, "the number grows again")
            await end(process)
            await until(lambda: _says(pill, "not running"), "it has ended")
            assert "interrupted" in await shown.locator(".state").inner_text()


async def _says(place, text):
    return await place.inner_text() == text


async def test_what_is_being_read_is_not_replaced_and_lost_touch_is_said(tmp_path):
    needs_chromium()
    async with handmade(web_of()) as web, chromium() as browser:
        process = await crawl(web, tmp_path)
        await until(lambda: asyncio.to_thread(bool, web.asked("http://site-0.test/4")), "begun")
        async with served(tmp_path / "live") as link:
            context = await browser.new_context()
            shown = await context.new_page()
            await shown.goto(link)
            await shown.wait_for_url(lambda url: "token" not in url)
            first = shown.locator(".newest .address").first
            await first.focus()
            text = await first.inner_text()
            await asyncio.sleep(3)
            assert await shown.evaluate("document.activeElement.innerText") == text
            assert await first.inner_text() == text
            await shown.locator("#find").focus()
            lost = shown.locator(".lost-touch")
            assert await lost.is_hidden()
        await until(lost.is_visible, "serve is gone")
        await context.close()
        await end(process)


async def test_nothing_of_a_stranger_runs_on_any_view(job):
    names = ["", *hostile.NAMES, "refuse", *(f"p{n}" for n in range(len(hostile.PAYLOADS)))]
    paths = [f"/1/{view}?url={url(name)}" for name in names for view in ("explain", "page")]
    async with chromium() as browser, served(job) as link, window(browser, link) as opened:
        for path in [*VIEWS, *paths]:
            shown = await opened.go(path)
            assert await shown.title() != "taken", path
            strange = shown.locator("main iframe, main img, main script, main [onload]")
            assert await strange.count() == 0
            assert await shown.evaluate(FITS), path
        shown = await opened.go(f"/1/page?url={url('arabic')}")
        text = shown.locator(".text")
        assert await text.evaluate("node => getComputedStyle(node).direction") == "rtl"
        assert hostile.RIGHT_TO_LEFT in await text.inner_text()
        shown = await opened.go(f"/1/page?url={url('bidi')}")
        assert "[U+202E]" in await shown.locator("h1").inner_text()
        assert not read_orders(job).paused  # no element of a page pressed a button


@pytest.mark.parametrize("wide", [1280, 390])
@pytest.mark.parametrize("scheme", SCHEMES)
async def test_accessibility_finds_no_serious_fault_on_any_view(job, scheme, wide):
    source = AXE.read_text()
    found = {}
    size = {"width": wide, "height": 844}
    async with (
        chromium() as browser,
        served(job, job) as link,
        window(browser, link, color_scheme=scheme, viewport=size) as opened,
    ):
        for path in ["/", *VIEWS]:
            shown = await opened.go(path)
            await shown.evaluate(source)
            result = await shown.evaluate("axe.run({resultTypes: ['violations']})")
            found[path] = [
                (item["id"], item["impact"], item["nodes"][0]["html"][:200])
                for item in result["violations"]
                if item["impact"] in {"serious", "critical", "moderate"}
            ]
            assert await shown.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), (
                path
            )

    assert {path: faults for path, faults in found.items() if faults} == {}


async def test_everything_can_be_reached_and_done_by_the_keyboard(job):
    async with chromium() as browser, served(job) as link, window(browser, link) as opened:
        shown = opened.page
        await shown.keyboard.press("Tab")
        assert await shown.evaluate("document.activeElement.className") == "skip"
        await shown.keyboard.press("Enter")
        assert await shown.evaluate("document.activeElement.id") == "main"
        seen = []
        await shown.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
        for _ in range(60):
            await shown.keyboard.press("Tab")
            seen.append(await shown.evaluate(
                "(e => [e.name || e.innerText || e.id,"
                " getComputedStyle(e).outlineStyle !== 'none'])(document.activeElement)"
            ))  # fmt: skip
        names = [name for name, _ in seen]
        assert {"url", "Hosts", "Pause", "max_pages", "Order these limits"} <= set(names)
        assert [name for name, visible in seen if not visible and len(name) < 200] == []

        await shown.locator("#find").focus()
        await shown.keyboard.type("evil.test/refuse")
        await shown.keyboard.press("Enter")
        await shown.wait_for_url("**/explain?**")
        assert await shown.locator(".verdict-line .pill").inner_text() == "turned down"
        await opened.go("/1/")
        await shown.get_by_role("button", name="Pause").focus()
        await shown.keyboard.press("Space")
        await shown.wait_for_url("**said=paused")
        assert read_orders(job).paused


async def test_without_javascript_everything_works(job):
    async with (
        chromium() as browser,
        served(job) as link,
        window(browser, link, java_script_enabled=False) as opened,
    ):
        shown = opened.page
        for name in ("Hosts", "Turned down", "Takedowns", "Overview"):
            await shown.get_by_role("link", name=name, exact=True).click()
            assert await shown.get_by_role("link", name=name, exact=True).get_attribute(
                "aria-current"
            )
        await shown.get_by_label("Explain an address").fill(f"{hostile.HOST}/arabic")
        await shown.get_by_role("button", name="Explain").click()
        await shown.get_by_role("link", name="Its text").click()
        assert hostile.RIGHT_TO_LEFT in await shown.locator(".text").inner_text()
        await shown.locator("header .job").click()
        await shown.get_by_role("button", name="Pause").click()
        assert await shown.locator(".pill").inner_text() == "paused"
        await shown.get_by_role("button", name="Resume").click()
        assert not read_orders(job).paused


def large(folder, hosts, urls=5):
    """Make a job of many hosts without crawling for it."""
    folder.mkdir()
    connection = connect(folder / DATABASE)
    now = time.time()
    reasons = ("", "backing off: timeout", "parked: too many faults", "the page budget is spent")
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO host (id, name, site, due, reason, waiting, pages, recent)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (n, f"host-{n * 7919 % hosts}.test", f"host-{n}.test", now + n % 97 - 40,
             reasons[n % 4], n % 5, n % 11, n % 13 / 10)
            for n in range(1, hosts + 1)
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO url (id, host_id, key, url, state, outcome, code)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (n << 32 | k, n, k, f"http://host-{n * 7919 % hosts}.test/{k}", 2 if k else 0,
             ("", "kept", "refused", "failed", "missing")[k],
             ("", "ok", "robots.disallow", "timeout", "status-404")[k])
            for n in range(1, hosts + 1) for k in range(urls)
        ),
    )  # fmt: skip
    connection.execute("INSERT INTO policy VALUES ('x', '{}', '{}', 0)")
    connection.executemany(
        "INSERT INTO decision VALUES (?, 1, 0, 'robots.disallow', '{}', 'null', '[]', '[]', NULL,"
        " NULL, 'x', 'y', ?)",
        ((n << 32 | 2, now - n) for n in range(1, hosts + 1)),
    )
    connection.execute("COMMIT")
    connection.close()
    return folder


@pytest.mark.parametrize("hosts", [10_000, 100_000])
async def test_a_job_of_many_hosts_is_shown_at_once(tmp_path, hosts, capsys):
    needs_chromium()
    job = large(tmp_path / "large", hosts)
    views = [
        "/1/", "/1/hosts", f"/1/hosts?page={hosts // 50}", "/1/hosts?state=parked&order=urls",
        "/1/hosts?name=99&order=slow", "/1/hosts?name=nowhere", "/1/host?name=host-77.test",
        "/1/explain?url=host-77.test/2", "/1/samples", "/1/samples?reason=robots.disallow",
        "/1/samples?reason=timeout", "/1/takedown",
    ]  # fmt: skip
    took = {}
    async with chromium() as browser, served(job) as link, window(browser, link) as opened:
        await asyncio.sleep(3)  # the first count
        for path in views:
            times = []
            for _ in range(3):
                began = time.perf_counter()
                shown = await opened.go(path)
                times.append(time.perf_counter() - began)
            took[path] = round(1000 * sorted(times)[1])
            assert await shown.locator("main").inner_text()
        shown = await opened.go("/1/hosts?name=host-77.test")
        assert await shown.locator("tbody tr").count() == 1
    with capsys.disabled():
        print(f"\n{hosts} hosts, median milliseconds of three:", json.dumps(took, indent=1))


async def test_the_crawl_is_not_held_up_by_who_looks(tmp_path):
    needs_chromium()
    async with handmade(web_of(pages=8)) as web, chromium() as browser:
        process = await crawl(web, tmp_path, delay="200ms")
        await until(lambda: asyncio.to_thread(holder, tmp_path / "live"), "begun")
        await asyncio.sleep(1)
        async with served(tmp_path / "live") as link, window(browser, link) as opened:
            for _ in range(8):
                await opened.go("/1/hosts")
                await opened.go("/1/")
            _, errors = await asyncio.wait_for(process.communicate(), 90)
    assert process.returncode == 0, errors.decode()
    assert sum(web.asked(address) > 1 for address in web_of(pages=8)) == 0
