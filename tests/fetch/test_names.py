import asyncio

import pytest

from crawler.fetch import Fetcher, FetchError, FetchLimits, NetworkSettings
from crawler.fetch.dns import MAX_TTL, MIN_TTL
from tests.hostile.dns import NameServer, Zone

HERE = "127.0.0.1"


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def zone():
    return Zone(
        addresses={
            "one.example": [[HERE]],
            "many.example": [[f"127.0.0.{n}" for n in range(1, 60)]],
            "both.example": [[HERE, "::1"]],
            "mixed.example": [["10.0.0.1", HERE, "169.254.169.254"]],
            "inside.example": [["10.0.0.1"]],
            "moving.example": [["127.0.0.1"], ["127.0.0.2"]],
            "empty.example": [[]],
        },
        ttl={"moving.example": 0},  # below a minute we keep it longer than c-ares does
        silent={"dead.example"},
        failing={"broken.example"},
    )


@pytest.fixture
async def fetcher(zone, clock, identity):
    async with NameServer(zone) as names:
        network = NetworkSettings(
            allow=("127.0.0.0/8", "::1/128"), public=False, dns_servers=(names.address,)
        )
        limits = FetchLimits(dns="1s")
        async with Fetcher(network, identity, limits, clock=clock) as fetcher:
            yield fetcher


async def code_of(awaitable) -> str:
    with pytest.raises(FetchError) as caught:
        await awaitable
    return caught.value.code


async def test_a_name_becomes_its_addresses_ipv4_first(fetcher):
    assert (await fetcher.resolve("both.example")).addresses == (HERE, "::1")


async def test_addresses_that_may_not_be_dialled_are_left_out(fetcher):
    assert (await fetcher.resolve("mixed.example")).addresses == (HERE,)


async def test_a_name_with_none_but_forbidden_addresses_is_refused(fetcher):
    assert await code_of(fetcher.resolve("inside.example")) == "address-forbidden"


async def test_a_name_with_very_many_addresses_has_a_few(fetcher):
    assert len((await fetcher.resolve("many.example")).addresses) == 16


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("absent.example", "dns-no-such-name"),
        ("empty.example", "dns-no-such-name"),
        ("broken.example", "dns"),
        ("dead.example", "dns"),
        ("a" * 64 + ".example", "dns-no-such-name"),
        (".".join(["label"] * 60), "dns-no-such-name"),
        ("a..example", "dns-no-such-name"),
        ("xn--\u00e9.example", "dns-no-such-name"),
    ],
)
async def test_a_name_without_an_address_says_why(fetcher, name, code):
    assert await code_of(fetcher.resolve(name)) == code


@pytest.mark.parametrize(
    ("ttl", "kept"),
    [(0, MIN_TTL), (5, MIN_TTL), (300, 300.0), (10**6, MAX_TTL), (2**32 - 1, MAX_TTL)],
)
async def test_an_address_holds_for_its_ttl_within_bounds(fetcher, zone, clock, ttl, kept):
    zone.ttl["one.example"] = ttl

    resolved = await fetcher.resolve("one.example")

    assert resolved.expires_at == clock.now + kept


async def test_a_name_is_asked_again_only_when_its_ttl_is_over(fetcher, clock):
    first = await fetcher.resolve("moving.example")
    clock.now += 59
    same = await fetcher.resolve("moving.example")
    clock.now += 1
    later = await fetcher.resolve("moving.example")

    assert first == same
    assert later.addresses == ("127.0.0.2",)


async def test_a_dead_name_is_remembered_for_a_while(fetcher, zone, clock):
    await code_of(fetcher.resolve("absent.example"))
    asked = len(zone.asked)
    await code_of(fetcher.resolve("absent.example"))
    assert len(zone.asked) == asked

    clock.now += 300
    await code_of(fetcher.resolve("absent.example"))
    assert len(zone.asked) > asked


async def test_dead_names_do_not_hold_up_living_ones(fetcher):
    async with asyncio.TaskGroup() as group:
        dead = [group.create_task(code_of(fetcher.resolve("dead.example"))) for _ in range(200)]
        alive = await fetcher.resolve("one.example")
        waiting = sum(not task.done() for task in dead)

    assert alive.addresses == (HERE,)
    assert waiting == 200
    assert {task.result() for task in dead} == {"dns"}


@pytest.mark.parametrize("name", ["localhost", "localhost.", "a.localhost"])
async def test_localhost_is_loopback_and_nobody_is_asked(fetcher, zone, name):
    assert (await fetcher.resolve(name)).addresses == (HERE,)
    assert zone.asked == []


async def test_a_port_is_judged_with_the_address(identity, clock):
    async with Fetcher(NetworkSettings(), identity, FetchLimits(), clock=clock) as fetcher:
        assert (await fetcher.resolve("8.8.8.8", 443)).addresses == ("8.8.8.8",)
        assert await code_of(fetcher.resolve("8.8.8.8", 25)) == "port-forbidden"
        assert await code_of(fetcher.resolve("127.0.0.1", 80)) == "address-forbidden"
        assert await code_of(fetcher.resolve("localhost", 80)) == "address-forbidden"
