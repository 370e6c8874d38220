import pytest

from crawler.core.consent.grounds import Ground, by_ground, ground_of, of_ground
from crawler.core.consent.protocols import PROTOCOLS, rules


@pytest.mark.parametrize(
    ("code", "ground"),
    [
        ("robots.disallow", Ground.REFUSED),
        ("robots.refused", Ground.REFUSED),
        ("http.challenge", Ground.REFUSED),
        ("tdm.header", Ground.REFUSED),
        ("policy.suppressed", Ground.REFUSED),  # owners' requests are carried out by that list
        ("suppressed", Ground.REFUSED),
        ("licence.class", Ground.FILTERED),
        ("lic.class", Ground.FILTERED),  # as it was called before 1.1
        ("policy.never", Ground.FILTERED),
        ("policy.unset", Ground.FILTERED),
        ("scope", Ground.FILTERED),
        ("filter-language", Ground.FILTERED),
        ("filter-of-next-year", Ground.FILTERED),
        ("unchanged-since", Ground.FILTERED),
        ("stale-site", Ground.UNPROVEN),
        ("robots.unreachable", Ground.UNPROVEN),
        ("rsl.awaiting", Ground.UNPROVEN),
        ("prose.too-much-to-read", Ground.UNPROVEN),
        ("a-code-nobody-knows", Ground.REFUSED),
    ],
)
def test_whose_no_it_was(code, ground):
    assert ground_of(code) is ground


def test_no_protocol_but_licences_holds_a_filter():
    filtered = {code for code in rules() if ground_of(code) is Ground.FILTERED}

    assert filtered == {"licence.class", "policy.never", "policy.unset", "site-file"}
    assert len({item.name for item in PROTOCOLS}) > 10


def test_counts_are_parted_and_none_is_lost():
    counts = {"robots.disallow": 3, "licence.class": 2, "lic.class": 1, "stale-site": 4}

    parted = by_ground(counts)

    assert parted == {
        "refused": {"robots.disallow": 3},
        "filtered": {"licence.class": 3},
        "unproven": {"stale-site": 4},
    }
    assert of_ground(counts, Ground.FILTERED).total() == 3
