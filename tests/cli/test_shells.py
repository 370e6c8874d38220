"""Pages that are only a shell are counted by host, and `status` says how many."""

from tests.cli.run import run, run_json
from tests.web.handmade import Reply, crawl, handmade

A, B = "http://a.test", "http://b.test"
APP = "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>"
LOGIN = "<main><p>Please log in to continue.</p></main>"
WORDS = "<p>" + "The road goes on and on, past the last house and the last light. " * 5


async def test_status_tells_how_much_needs_a_browser(tmp_path):
    links = '<a href="/app">1</a><a href="/tool">2</a><a href="/in">3</a>'
    pages = {
        f"{A}/": Reply(WORDS + links),
        f"{A}/app": Reply(f'{APP}<a href="/behind">on</a>'),
        f"{A}/tool": Reply(APP),
        f"{A}/in": Reply(LOGIN),
        f"{A}/behind": Reply(WORDS),
        f"{B}/": Reply(APP),
    }
    async with handmade(pages) as web:
        await crawl(tmp_path / "job", web.policy(tmp_path / "p.toml"), f"{A}/", f"{B}/")
    _, status = await run_json("status", tmp_path / "job")
    told = " ".join((await run("status", tmp_path / "job")).stdout.split())

    assert status["shells"] == {
        "a.test": {"needs-script": 2, "needs-login": 1},
        "b.test": {"needs-script": 1},
    }
    assert status["pages"] == {"active": 2}  # also what a shell leads to
    assert {
        loss["code"]: loss["count"] for loss in status["losses"] if "shell" in loss["kind"]
    } == {"needs-script": 3, "needs-login": 1}
    assert "only a shell: needs-script 3, needs-login 1 (by host: a.test 3, b.test 1)" in told
