from pathlib import Path

from crawler.fetch import FAULTS

PAGE = (Path(__file__).parents[2] / "docs" / "outcomes.md").read_text()


def word(yes: bool) -> str:  # noqa: FBT001
    return "yes" if yes else "no"


def test_every_code_stands_on_the_outcomes_page_as_it_is():
    for code, fault in FAULTS.items():
        row = f"| `{code}` | {fault.meaning} | {word(fault.retry)} | {word(fault.host_fault)} |"

        assert row in PAGE, code


def test_the_hostile_web_provokes_every_code_that_loopback_can():
    from tests.hostile.web import HOSTILE

    outcomes = {route.outcome for route in HOSTILE}
    # These need a name server, a policy or a proxy; test_names and test_client have them.
    elsewhere = {
        *("dns", "dns-no-such-name", "address-forbidden", "port-forbidden"),
        *("timeout-connect", "too-large", "bad-url", "proxy", "stale", "not-ours"),
    }

    assert set(FAULTS) - elsewhere <= outcomes
