"""A licence document that cannot be had refuses the pages that name it, and no others."""

from tests.cli.run import run
from tests.corpus.test_export import lines
from tests.web.handmade import Reply, crawl, handmade, page

NEWS = "http://news.test"
LICENCE = '<link rel=license type="application/rsl+xml" href="/l.xml">'


async def test_a_document_out_of_reach_costs_the_pages_that_name_it_alone(tmp_path):
    pages = {
        f"{NEWS}/": page("/a", "/b"),
        f"{NEWS}/a": page(text="Text a.", head=LICENCE),
        f"{NEWS}/b": page(text="Text b."),
        f"{NEWS}/robots.txt": Reply("User-agent: *\nAllow: /\n", type="text/plain"),
        f"{NEWS}/l.xml": Reply("", 503, type="text/plain"),
    }
    async with handmade(pages) as web:
        # With `after` the rest would be asked for when the host has rested from its 503.
        more = '[consent.probes]\nbefore = ["tdmrep", "ai.txt", "trust.txt"]\nafter = []'
        policy = web.policy(tmp_path / "policy.toml", more, patience="100ms")
        await crawl(tmp_path / "job", policy, f"{NEWS}/")
    done = await run("export", tmp_path / "job", "--out", tmp_path / "out")

    assert done.exit_code == 0, done.output
    found = {line["metadata"]["url"] for line in lines(tmp_path / "out")}
    assert found == {f"{NEWS}/", f"{NEWS}/b"}
