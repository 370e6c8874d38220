from tests.frontier.web import START, Web, kept, running
from crawler.core.task import TaskKind


async def test_a_small_site_is_visited_once_page_by_page(tmp_path):
    web = Web(
        answers={
            "https://a.test/": kept("https://a.test/1", "https://a.test/2"),
            "https://a.test/1": kept("https://a.test/", "https://a.test/2"),
        }
    )
    async with running(tmp_path / "crawl.db", web, seeds=["https://a.test/"]) as run:
        await run.crawl()

    assert [request.url for request in web.log] == [
        "https://a.test/",
        "https://a.test/1",
        "https://a.test/2",
    ]
    gaps = [b.start - a.end for a, b in zip(web.log, web.log[1:], strict=False)]
    assert min(gaps) >= 5.0
