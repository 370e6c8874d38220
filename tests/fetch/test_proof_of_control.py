"""A token at a domain, in a file or in a TXT record, found by the crawler's one dialer."""

import pytest

from crawler.corpus.errors import CorpusError
from crawler.corpus.removal import takedown
from crawler.corpus.removal.proof_of_control import (
    RECORD,
    WELL_KNOWN,
    domain_of,
    prove,
    token_of,
)
from crawler.fetch import Fetcher, FetchLimits, NetworkSettings
from tests.corpus import made
from tests.hostile.dns import NameServer, Zone
from tests.store.made import NOW
from tests.web.handmade import Reply, handmade

TOKEN = "takedown-abcdefghij234567"  # noqa: S105 - public by its nature
HOST = "owner.test"


@pytest.fixture
def request_of(tmp_path):
    job = made.job(tmp_path / "job")

    def add(kind="optout", target=("domain", HOST)):
        return takedown.add(job.connection, kind, target, "", NOW)

    add.connection = job.connection
    yield add
    job.connection.close()


async def proven(identity, replies, texts=None):
    zone = Zone(addresses={}, texts=texts or {})
    async with handmade({f"http://{HOST}/": "x"} | replies) as web, NameServer(zone) as names:
        network = NetworkSettings(
            allow=("127.0.0.0/8",), public=False, connect_to=web.connect_to,
            dns_servers=(names.address,),
        )  # fmt: skip
        async with Fetcher(network, identity, FetchLimits(dns="1s"), clock=lambda: NOW) as fetch:
            return await prove(fetch, HOST, TOKEN)


@pytest.mark.parametrize(
    ("body", "how"),
    [
        (Reply(f"{TOKEN}\n", type="text/plain"), f"the file http://{HOST}{WELL_KNOWN}"),
        (Reply(f"\ufeff # ours\r\n {TOKEN} \r\n", type="text/html"), "the file"),
        (Reply(f"x{TOKEN}"), ""),
        (Reply(TOKEN, status=404), ""),
        (Reply(status=302, headers=(("Location", "http://else.test/token"),)), ""),
        (Reply("x" * 9_000 + f" {TOKEN}"), ""),
        (Reply(b"\xff\xfe\x00"), ""),
    ],
)
async def test_a_file_proves_if_it_holds_the_token(identity, body, how):
    found, met = await proven(identity, {f"http://{HOST}{WELL_KNOWN}": body})

    assert found.startswith(how) if how else not found
    assert met  # https was tried first, and said


@pytest.mark.parametrize(
    ("texts", "how"),
    [((TOKEN,), True), (("other", f"token {TOKEN}"), True), ((TOKEN + "x",), False), ((), False)],
)
async def test_a_record_proves_if_it_holds_the_token(identity, texts, how):
    found, met = await proven(identity, {}, {f"{RECORD}.{HOST}": texts})

    assert bool(found) is how
    assert any(WELL_KNOWN in line for line in met)


def test_a_token_is_of_its_request_and_stays_the_same(request_of):
    one, other = request_of(), request_of()

    assert token_of(request_of.connection, one) == token_of(request_of.connection, one)
    assert token_of(request_of.connection, one) != token_of(request_of.connection, other)
    assert len(token_of(request_of.connection, one)) > 30


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("erasure", ("domain", HOST)),
        ("author", ("url", f"https://{HOST}/")),
        ("optout", ("author", "A")),
    ],
)
def test_persons_never_have_to_prove_anything(request_of, kind, target):
    with pytest.raises(CorpusError, match="nobody has to prove"):
        domain_of(request_of(kind, target))


def test_of_a_page_its_host_is_asked(request_of):
    assert domain_of(request_of("copyright", ("url", f"https://{HOST}/a?b"))) == HOST
