"""`crawler explain`: for any URL, offline, what became of it and why."""

import pytest

from tests.cli.run import run, run_json
from tests.web.handmade import Reply, crawl, handmade, page

HOST = "http://news.test"
LONG = "/" + "x" * 3_000


@pytest.fixture
async def job(tmp_path):
    links = ["/kept", "/no/1", "/header", "/meta", "/moved", "/gone", "/fails", "/file.zip", LONG]
    pages = {
        f"{HOST}/": page(*links, "http://other.test/"),
        f"{HOST}/robots.txt": Reply(
            f"User-agent: *\nDisallow: /no\nSitemap: {HOST}/map.xml\nSitemap: {HOST}/absent.xml.gz",
            type="text/plain",
        ),
        f"{HOST}/map.xml": Reply(f"<urlset><url><loc>{HOST}/kept</loc></url>", type="text/xml"),
        f"{HOST}/kept": page("/moved"),
        f"{HOST}/header": Reply(page(), headers=(("X-Robots-Tag", "noai"),)),
        f"{HOST}/meta": page(head='<meta name=robots content="noai">'),
        f"{HOST}/moved": Reply(status=301, headers=(("Location", "/to"),)),
        f"{HOST}/to": page(),
        f"{HOST}/fails": Reply(status=500),
        "http://other.test/": page(),
    }
    async with handmade(pages) as web:
        await crawl(tmp_path / "job", web.policy(tmp_path / "p.toml"), f"{HOST}/")
    return tmp_path / "job"


async def test_every_url_has_its_story(job):
    stories = {
        "/kept": ("active", "ok", 3),
        "/no/1": ("refused", "robots.disallow", 1),
        "/header": ("refused", "robots_meta.noai", 2),
        "/meta": ("refused", "robots_meta.noai", 3),
        "/moved": ("moved", "", None),
        "/to": ("active", "ok", 3),
        "/gone": ("missing", "status-404", None),
        "/fails": ("later", "status-500", None),
        "/file.zip": ("never admitted", "file-type", None),
        LONG: ("never admitted", "too-long", None),
        "/nobody/links/here": ("never admitted", "unknown", None),
    }
    for path, (standing, code, gate) in stories.items():
        exit_code, found = await run_json("explain", job, HOST + path)

        assert exit_code == 0
        assert (path[:20], found["standing"], found["code"]) == (path[:20], standing, code)
        assert found.get("gate") == gate
        if gate:
            assert found["replay_agrees"]
            assert f"{HOST}/robots.txt" in {item["url"] for item in found["site_files"]}
            assert len(found["policy_sha256"]) == 64
        else:
            assert "decision" not in found
    _, outside = await run_json("explain", job, "http://other.test/")
    assert (outside["standing"], outside["code"]) == ("never admitted", "scope")


async def test_a_person_reads_the_same(job):
    kept = (await run("explain", job, f"{HOST}/to")).stdout
    refused = (await run("explain", job, f"{HOST}/no/1")).stdout

    assert f"redirected from: {HOST}/moved" in kept
    assert "ledger" in kept
    assert "decided before the request" in refused
    assert "robots.txt:2: Disallow: /no" in refused


async def test_a_site_file_is_explained_too(job):
    _, found = await run_json("explain", job, f"{HOST}/robots.txt")

    assert found["standing"] == "learned"


async def test_what_there_is_not_cannot_be_explained(job, tmp_path):
    no_job = await run("explain", tmp_path / "none", f"{HOST}/")
    no_url = await run("explain", job, "nonsense")

    assert type(no_job.exception).__name__ == "NoJobError"
    assert type(no_url.exception).__name__ == "UsageError"


@pytest.mark.parametrize(
    ("path", "told"),
    [("/map.xml", ("listed", "xml-broken")), ("/absent.xml.gz", ("missing", "status-404"))],
)
async def test_what_became_of_a_sitemap_is_told(job, path, told):
    _, found = await run_json("explain", job, HOST + path)

    assert (found["standing"], found["code"]) == told
