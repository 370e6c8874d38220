"""`lookup/`: owners see what of theirs is in an export, from hashes, and nothing is sent."""

import json
import re
from pathlib import Path

import pytest

from crawler.corpus.export.export_job import export
from crawler.corpus.export.verify_export import verify_export
from crawler.corpus.statements.lookup_site import About, Listed, write_lookup
from tests.corpus import made

ABOUT = About("tea", "1.0.0", "2026-11-27T00:00:00Z", "https://tea.test/contact", "feed.jsonl")
AXE = Path(__file__).parents[1] / "serve" / "axe" / "axe.min.js"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
HOSTILE = "</script><script>window.hit=1</script>"


def records(count, licence="CC-BY-4.0"):
    for n in range(count):
        site = f"s{n % max(1, count // 40)}.test"
        yield Listed(
            f"https://www.{site}/page/{n}?q=1#part", f"www.{site}", site, licence, "allowed"
        )


ODD = [
    ("https://xn--bcher-kva.example:8443/%C3%A4?", "xn--bcher-kva.example"),
    ("http://[::1]:8080/a/", "[::1]"),
    ("http://10.0.0.1/x", "10.0.0.1"),
    ("https://plain.test/A?b=1&c=%20d", "plain.test"),
]
ASKED = [
    "https://BÜCHER.example:8443/ä",
    "bücher.example:8443/ä/",
    "xn--bcher-kva.example.:8443/%c3%a4".replace("%c3%a4", "%C3%A4"),
    "https://user:secret@bücher.example:8443/ä#part",
    "http://[::1]:8080/a",
    "https://[0:0:0:0:0:0:0:1]:8080/a/",
    "10.0.0.1/x/",
    "http://PLAIN.test/A?b=1&c=%20d",
    "  plain.test/A?b=1&c= d ",
]


def scripts(folder):
    found = {}
    for path in sorted(folder.rglob("*.js")):
        if path.parent.name in {"u", "d"}:
            match = re.fullmatch(r'lookupBucket\((".*"), (".*")\);\n', path.read_text())
            found[json.loads(match[1])] = json.loads(match[2])
    return found


def test_the_same_records_give_small_files_and_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_lookup(tmp_path / name, records(20_000), ABOUT, "buckets")

    one, two = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.*")}
        for n in ("a", "b")
    )
    assert one == two
    assert max(map(len, one.values())) < 100_000
    lines = [line for name, text in scripts(tmp_path / "a").items() for line in text.split("\n")]
    assert len(lines) == 20_000 + 500 * 2
    assert not (tmp_path / "a" / "sorting").exists()


def test_domains_alone_tell_of_no_url(tmp_path):
    write_lookup(tmp_path / "a", records(50), ABOUT, "domains")
    assert {name[0] for name in scripts(tmp_path / "a")} == {"d"}


def test_an_export_carries_it_if_the_policy_says_so(tmp_path):
    job = made.standard(tmp_path / "job")
    export(job.folder, tmp_path / "with", made.plan({"lookup": "buckets"}))
    export(job.folder, tmp_path / "without", made.plan())
    job.connection.close()

    assert (tmp_path / "with" / "lookup" / "index.html").is_file()
    assert verify_export(tmp_path / "with").faults == ()
    assert not (tmp_path / "without" / "lookup").exists()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_owner_finds_the_answer_in_a_browser(scheme, tmp_path):
    sync_api = pytest.importorskip("playwright.sync_api")
    write_lookup(tmp_path / "lookup", records(4_000, HOSTILE), ABOUT, "buckets")
    with sync_api.sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        except sync_api.Error:
            pytest.skip("no Chromium here")
        page = browser.new_page(color_scheme=scheme)
        asked, faults, loaded = [], [], 0
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto((tmp_path / "lookup" / "index.html").as_uri())

        def answer(text):
            page.fill("#subject", text)
            page.keyboard.press("Enter")
            page.wait_for_function(
                "text => document.querySelector('#answer').dataset.asked === text", arg=text
            )
            return page.inner_text("#answer")

        assert "40 records come from it" in answer("s3.test")
        assert HOSTILE in answer("s3.test")
        for text in (
            "https://www.s3.test/page/3?q=1",
            "www.s3.test/page/3?q=1#other",
            "WWW.S3.test.",
        ):
            assert "record" in answer(text)
            assert "No record comes from this domain" not in page.inner_text("#answer")
        assert "1 record comes from it" in answer("www.s3.test/page/3?q=1")
        assert "No record comes from this domain" in answer("elsewhere.test")
        assert "neither a domain nor" in answer("<img src=x onerror=window.hit=1>")
        assert page.evaluate("window.hit") is None
        assert not faults
        assert all(url.startswith("file:") for url in asked)
        assert not any("s3.test" in url for url in asked)
        loaded = sum(
            (tmp_path / "lookup" / url.split("/lookup/")[1]).stat().st_size
            for url in dict.fromkeys(asked)
            if (tmp_path / "lookup" / url.split("/lookup/")[1]).is_file()
        )
        assert loaded < 200_000
        assert page.evaluate("document.activeElement.id") == "subject"
        answer("s3.test")
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run({resultTypes: ['violations']})")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
        browser.close()


@pytest.mark.slow
def test_a_page_is_found_however_its_owner_spells_it(tmp_path):
    sync_api = pytest.importorskip("playwright.sync_api")
    odd = [Listed(url, host, host, "CC0-1.0", "allowed") for url, host in ODD]
    write_lookup(tmp_path / "lookup", [*records(40_000), *odd], ABOUT, "buckets")
    with sync_api.sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        except sync_api.Error:
            pytest.skip("no Chromium here")
        page = browser.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((tmp_path / "lookup" / "index.html").as_uri())
        for text in ASKED:
            before = len(asked)
            page.fill("#subject", text)
            page.keyboard.press("Enter")
            page.wait_for_function(
                "text => document.querySelector('#answer').dataset.asked === text", arg=text.strip()
            )
            answer = page.inner_text("#answer")
            assert answer.count("1 record comes from it") == 2, (text, answer)
            assert "secret" not in answer
            # One file for the page and one for the domain, whatever was not said.
            assert len(asked) - before <= 2
        browser.close()
