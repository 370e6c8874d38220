import pytest

from tests.hostile.crawl import crawl
from tests.hostile.web import HERE, HostileWeb


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_one_crawl_visits_every_route_and_ends_by_itself(tmp_path):
    async with HostileWeb() as web:
        result = await crawl(web, tmp_path)
    wrong = {
        route.name: (route.ends, result.ends.get(host, "not recorded"))
        for host, route in web.routes.items()
        if not route.ends_with(result.ends.get(host, "not recorded"))
    }

    assert wrong == {}
    assert "limit of time" not in result.errors
    assert web.forbidden_visits == 0
    assert web.leaks == []
    assert result.addresses == {HERE}
    assert result.peak_rss < 500_000_000
