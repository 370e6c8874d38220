import pytest

from tests.hostile.soak import soak


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_a_short_soak_leaks_nothing_and_every_url_ends(tmp_path):
    result = await soak(2_500, tmp_path)

    assert result.wrong() == []
    # The whole page cache of the store is 64 MB; what grows beyond it is a leak.
    assert result.samples[-1].rss - result.before.rss < 100_000_000
