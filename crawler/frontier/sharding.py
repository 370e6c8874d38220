"""Which of several processes a site belongs to."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from pydantic import Field

from crawler.core.units import Settings


class Share(Settings):
    """The sites that are ours: shard `number` of `count`."""

    number: int = Field(ge=0)
    count: int = Field(ge=1)

    def owns(self, site: str) -> bool:
        return shard_of(site, self.count) == self.number


@lru_cache(maxsize=65_536)
def shard_of(site: str, count: int) -> int:
    """Return the shard that owns `site`: the same on every machine, for ever."""
    digest = blake2b(site.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % count
