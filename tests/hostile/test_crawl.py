import pytest

from tests.hostile.crawl import crawl
from tests.hostile.web import HERE, HostileWeb

LONGEST = 120  # seconds; it takes half a minute on two idle cores


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_one_crawl_visits_every_route_and_ends_by_itself(tmp_path):
    async with HostileWeb() as web:
        result = await crawl(web, tmp_path)
    routes = web.routes.values()
    expected: dict[str, str | tuple[str, ...]] = {route.url: route.ends for route in routes}
    for route in routes:
        expected |= route.then
    ends = result.others | result.ends
    wrong = {
        url: (end, ends.get(url, "unknown"))
        for url, end in expected.items()
        if not ends.get(url, "unknown").startswith(end)
    }
    # Nothing but what is documented to wait is left without an end.
    waiting = {url for url, end in result.others.items() if end.startswith("deferred")}

    assert wrong == {}
    assert waiting <= expected.keys()
    assert "nothing else is due" in result.errors
    assert result.seconds < LONGEST
    assert set(result.dialled) == {HERE}
    assert result.addresses == {HERE}
    assert web.forbidden_visits == 0
    assert web.leaks == []
    assert result.peak_rss < 500_000_000
