"""The pages of a report and of an audit in a real browser, with what strangers wrote in them."""

import json
from pathlib import Path

import pytest

from crawler.audit.agents import agents
from crawler.audit.collected import Collected
from crawler.audit.document import audit_of, document
from crawler.audit.inputs import read
from crawler.display.page import render
from crawler.report.document import Job, report
from tests.serve.browser import SCHEMES, chromium
from tests.store.made import NOW, keep, open_made

pytestmark = pytest.mark.slow
AXE = Path(__file__).parents[1] / "serve" / "axe" / "axe.min.js"
HOSTILE = (
    "<script>document.title='ran'</script>",
    '"><svg onload="document.title=\'ran\'">',
    "<img src=x onerror=\"document.title='ran'\">",
    "javascript:document.title='ran'",
    "</style><script>document.title='ran'</script>",
    "\u202ereversed\u202c \u2066isolated",
    "\x1b[31mred\x07",
    "name" * 5_000,
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u05e2\u05d1\u05e8\u05d9\u05ea",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324algo",
    "{{ 7 * 7 }} {% raw %} &amp; &lt;b&gt;",
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return the files of a report and of an audit."""
    folder = tmp_path_factory.mktemp("pages")
    connection = open_made(folder / "job")
    for number, text in enumerate(HOSTILE):
        url = f"https://h{number}.test/"
        keep(connection, url, "a b c d " * (number + 1))
        values = (text, text, text, text, url)
        connection.execute(
            "UPDATE page SET site = ?, language = ?, licence_class = ?, licence_spdx = ?"
            " WHERE url = ?", values,
        )  # fmt: skip
        connection.execute("INSERT INTO turned_away VALUES (?, 3)", (text,))
    connection.execute("UPDATE page SET words = -1 WHERE url LIKE '%h0%'")
    connection.close()
    (folder / "report.html").write_text(render(report([Job(HOSTILE[0], (folder / "job",))], NOW)))
    with (folder / "set.jsonl").open("w") as file:
        for year in (2023, 2024):
            for number, text in enumerate(HOSTILE):
                body = f"User-agent: {text}\nDisallow: /\nUser-agent: GPTBot\nDisallow: /{text}"
                row = {"domain": f"h{number}.test", "date": f"{year}-0{number % 9 + 1}-02"}
                file.write(json.dumps({**row, "robots_txt": body, "weight": 9**number}) + "\n")
    collected = Collected(agents())
    collected.take(read(folder / "set.jsonl", collected.troubles))
    shown = document(HOSTILE[1], audit_of(collected), NOW)
    (folder / "audit.html").write_text(render(shown))
    return folder


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["report", "audit"])
async def test_nothing_runs_nothing_is_fetched_and_nobody_is_shut_out(pages, name, scheme):
    asked, said = [], []
    async with chromium() as browser:
        for wide in (1_280, 390):
            context = await browser.new_context(
                viewport={"width": wide, "height": 850}, color_scheme=scheme
            )
            shown = await context.new_page()
            shown.on("request", lambda request: asked.append(request.url))
            shown.on("console", lambda message: said.append(message.text))
            await shown.goto((pages / f"{name}.html").as_uri())
            title = await shown.title()
            over = await shown.evaluate("document.documentElement.scrollWidth - innerWidth")
            scripts = await shown.evaluate(
                "document.querySelectorAll('script, iframe, object').length"
            )
            seen = await shown.evaluate(
                "[...document.querySelectorAll('svg.picture')].every("
                "p => p.getAttribute('aria-label') && p.getBoundingClientRect().width > 200)"
            )
            await context.close()

            assert (over <= 0, scripts, seen) == (True, 0, True), wide
            assert title != "ran"
        # The page's own policy forbids the checker, which is a script.
        context = await browser.new_context(bypass_csp=True, color_scheme=scheme)
        shown = await context.new_page()
        await shown.goto((pages / f"{name}.html").as_uri())
        await shown.evaluate(AXE.read_text())
        found = await shown.evaluate("axe.run({resultTypes: ['violations']})")

    assert {url for url in asked if not url.startswith("file:")} == set()
    assert said == []
    assert found["violations"] == []


async def test_a_number_leads_to_its_query_by_keyboard(pages):
    async with chromium() as browser:
        shown = await browser.new_page()
        await shown.goto((pages / "report.html").as_uri())
        for _ in range(40):
            await shown.keyboard.press("Tab")
            if await shown.evaluate("document.activeElement.closest('.big') !== null"):
                break
        await shown.keyboard.press("Enter")
        where = await shown.evaluate("location.hash")
        query = await shown.evaluate(
            "document.querySelector(location.hash).closest('.query').querySelector('code').innerText"
        )

    assert where == "#query-pages"
    assert query.startswith("SELECT state, state_reason")


async def test_it_can_be_printed(pages):
    async with chromium() as browser:
        paper = {"width": 688, "height": 1_000}  # A4 between its margins
        shown = await browser.new_page(viewport=paper)
        await shown.goto((pages / "audit.html").as_uri())
        await shown.emulate_media(media="print")
        over = await shown.evaluate(
            "[...document.querySelectorAll('table')]"
            ".filter(t => t.offsetWidth > t.parentElement.clientWidth + 1)"
            ".map(t => t.parentElement.getAttribute('aria-label'))"
        )
        printed = await shown.pdf(format="A4")

    assert printed.startswith(b"%PDF")
    assert over == []
