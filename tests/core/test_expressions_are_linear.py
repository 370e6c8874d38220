"""No regular expression over what a site sends takes the square of its length."""

import re
from itertools import groupby

import pytest

from tests.core.adversary import Expression, expressions, offence

ALL = expressions()
BY_MODULE = {
    module: [ALL[name] for name in names]
    for module, names in (
        (module, list(names))
        for module, names in groupby(ALL, lambda name: re.split(r"\.[^.]*\Z|:", name)[0])
    )
}


def offenders(found: list[Expression], size: int, most: int) -> dict[str, str]:
    named = {(item.pattern, item.searches): item for item in found}.values()
    texts = ((item.name, offence(item, size, most)) for item in named)
    return {name: repr(text[:80]) for name, text in texts if text is not None}


def test_they_are_found_wherever_they_stand():
    names = " ".join(ALL)

    assert len(ALL) > 150
    for place in (
        "core.urls._WEB ",  # only the method of one
        "core.urls._SESSION ",
        "core.content.licence.spdx_ids._URLS[9]",  # in tuples of tuples
        "core.content.metadata.language:",  # written out in a call
        "core.consent.robots_meta._ITEM",
        "core.content.decoding.encoding._ATTRIBUTE",  # of bytes
        "frontier.",
    ):
        assert place in f"{names} "


@pytest.mark.parametrize("module", BY_MODULE)
def test_each_takes_time_in_proportion(module):
    assert offenders(BY_MODULE[module], 4_000, 40) == {}


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("module", BY_MODULE)
def test_each_takes_time_in_proportion_whatever_is_tried(module):
    assert offenders(BY_MODULE[module], 32_000, 250) == {}


@pytest.mark.parametrize(
    "pattern",
    [
        r"a\s*[:=]\s*\s*b",
        r"\s+x",
        r'"key"\s*:\s*"?\s*(?:false|no)',
        r"\bprice\s*[:=]\s*[^;,]*[1-9]",
        r"[\w-]*train[\w-]*",
        r"(\d{2}):?(\d{2})\s*[-\s]\s*(\d{2})",
        r"\A\s*(?://)?\s*<!\[CDATA\[|\s*\]\]>\s*\Z",
        r"[.!?]+(?:\s|\Z)",
        r"(?:\.(?:html|txt|[a-z-]+))*x",
        r"<!--.*?-->",
        r"(?:a|aa)+$",
        rb"x\s*;\s*\s*y",
    ],
)
@pytest.mark.slow
def test_one_that_takes_the_square_is_caught(pattern):
    assert offence(Expression("made up", re.compile(pattern), searches=True), 12_000, 200)


@pytest.mark.parametrize(
    "pattern",
    [r"a\s*+[:=]\s*+b", r"(?<!\s)\s++x", r"[a-z]+", r"<([^<>]{0,400})>", r"\bx\w*\b", rb"<[a-z]+"],
)
def test_one_that_does_not_is_left_alone(pattern):
    assert offence(Expression("made up", re.compile(pattern), searches=True), 4_000, 200) is None
