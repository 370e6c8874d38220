"""Durations as sites say them: Retry-After, Crawl-delay and Request-rate have one reader."""

# ruff: noqa: RUF001 - digits and units in many scripts
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.asked_waits import rate_of, retry_after, seconds_of
from crawler.core.consent import robots_hints
from crawler.core.decision import Found
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.policy import ConsentPolicy

NOW = 1_700_000_000.0  # 2023-11-14 22:13:20 UTC
HOUR = 3_600.0
SECONDS = [
    ("120", 120),
    (" 120 ", 120),
    ("+120", 120),
    ("0", 0),
    ("007", 7),
    ("7200.0", 7_200),
    ("1.5", 1.5),
    (".5", 0.5),
    ("5.", 5),
    ("1.5s", 1.5),
    ("10 seconds", 10),
    ("120 s", 120),
    ("120\u00a0s", 120),
    ("120 Sec", 120),
    ("250ms", 0.25),
    ("３０", 30),
    ("2 мин", 120),
    ("30秒", 30),
    ("5分", 300),
    ("2 días", 48 * HOUR),
    ("2 min", 120),
    ("2m", 120),
    ("2 MINUTES", 120),
    ("1h", HOUR),
    ("1 hour", HOUR),
    ("1.5 hours", 1.5 * HOUR),
    ("1d", 24 * HOUR),
    ("1 week", 168 * HOUR),
    ("1h30m", 1.5 * HOUR),
    ("1 h 30 min", 1.5 * HOUR),
    ("1 hour, 30 minutes", HOUR),
    ("PT2M", 120),
    ("PT1H30M", 1.5 * HOUR),
    ("P1DT1H", 25 * HOUR),
    ("01:30:00", 1.5 * HOUR),
    ("00:02", 120),
    ("40, 50", 50),
    ("50,40", 50),
    ("40; 50", 50),
    ("120, 60", 120),
    ("7,200", 7_200),
    ("1,000,000", 1_000_000),
    ("1,5", 5),
    ("0,500", 500),
    ("12e3", 12_000),
    ("7.2e3", 7_200),
    ('"120"', 120),
    ("in 2 minutes", 120),
    ("120 (about)", 120),
    ("120 bananas", 120),
    ("2-3 minutes", 182),
    ("999999999999999999", 999_999_999_999_999_999.0),
    ("9" * 200, float("9" * 200)),
    ("9" * 4_000, 1e300),
    ("-5", None),
    ("\u22125", None),
    ("-5, 10", 10),
    ("-", None),
    ("", None),
    ("soon", None),
    ("inf", None),
    ("nan", None),
    ("١٢٠", None),
    ("\x00\xff", None),
]
DATES = [
    (formatdate(NOW + 90, usegmt=True), 90),
    ("Tue, 14 Nov 2023 22:14:20 GMT", 60),
    ("Tue, 14 Nov 2023 22:14:20", 60),  # no zone: GMT
    ("14 Nov 2023 22:14:20 GMT", 60),
    ("Tue, 14 Nov 2023 22:14 GMT", 40),
    ("Tue, 14 Nov 2023 23:14:20 +0100", 60),
    ("tue, 14 nov 2023 22:14:20 gmt", 60),
    ("Tuesday, 14-Nov-23 22:14:20 GMT", 60),  # RFC 850, obsolete
    ("Tue, 14-Nov-2023 22:14:20 GMT", 60),  # as cookies have it
    ("Tue Nov 14 22:14:20 2023", 60),  # asctime, obsolete
    ("2023-11-14T22:14:20Z", 60),
    ("2023-11-14 22:14:20", 60),
    ("2023-11-14T23:14:20+01:00", 60),
    ("2023-11-15", 6_400),
    ("Tue, 14 Nov 2023 22:14:20 GMT, Tue, 14 Nov 2023 22:15:20 GMT", 120),
    ("120, Tue, 14 Nov 2023 22:14:20 GMT", 120),
    (formatdate(NOW - 90, usegmt=True), None),
    ("2001-01-01", None),
    ("Wed, 99 Foo 2023 99:99:99 GMT", None),
    ("Fri, 31 Dec 99999 23:59:59 GMT", None),
    ("2023-99-99", None),
]


@pytest.mark.parametrize(("text", "seconds"), SECONDS)
def test_a_duration_is_read_as_sites_write_it(text, seconds):
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(("text", "seconds"), SECONDS + DATES)
def test_retry_after_is_a_duration_or_a_date(text, seconds):
    assert retry_after([text], NOW) == seconds


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        (["0", "40"], 40),
        (["40", "0"], 40),
        (["soon", "40"], 40),
        (["-1", "Tue, 14 Nov 2023 22:14:20 GMT", "7"], 60),
        ([], None),
        (["", ""], None),
    ],
)
def test_the_longest_of_several_lines_counts(lines, seconds):
    assert retry_after(lines, NOW) == seconds


@given(st.text(max_size=200))
def test_no_text_raises_or_goes_backwards(text):
    wait = retry_after([text], NOW)

    assert wait is None or 0 <= wait <= 1e300


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 2 min", 120),
        ("Crawl-delay: 2min", 120),
        ("Crawl-delay: 1.5s", 1.5),
        ("Crawl-delay: 10 seconds", 10),
        ("Crawl-delay: 1h", HOUR),
        ("Crawl-delay: 10 # be kind", 10),
        ("Crawl-delay: 10;", 10),
        ("Crawl-delay: 5, 10", 10),
        ("Crawl-delay: ten", 0),
        ("Crawl-delay: -3", 0),
        ("Request-rate: 1/10", 10),
        ("Request-rate: 1/10s", 10),
        ("Request-rate: 1/2 min", 120),
        ("Request-rate: 1/1.5m", 90),
        ("Request-rate: 30/1m", 2),
        ("Request-rate: 1 / 5 minutes", 300),
        ("Request-rate: 1/5m 0600-0845", 300),
        ("Request-rate: 0/5", 0),
        ("Request-rate: 0.5/5", 10),
    ],
)
def test_robots_txt_may_say_units_and_fractions(line, delay):
    body = f"User-agent: *\n{line}\n".encode()
    snapshot = Snapshot(
        FileKind.ROBOTS, "https://a.test/robots.txt", Found.FOUND, NOW, 200, body=body
    )

    assert robots_hints(snapshot, ConsentPolicy()).delay == delay


def test_a_rate_of_nothing_asks_for_nothing():
    assert rate_of("0", "10", "s") == 0
