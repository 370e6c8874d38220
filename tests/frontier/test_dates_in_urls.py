"""What in an address is a date, and what only a number or a part of a word."""

import pytest

from crawler.core.urls import parse
from crawler.frontier.admission import pattern_of, refusal
from crawler.frontier.settings import Admission, Scope

NOW = 1_700_000_000.0  # 14 November 2023
RULES = Admission()


@pytest.mark.parametrize(
    ("target", "code"),
    [
        # Numbers that nothing parts are numbers.
        ("/viewtopic.php?t=10001", "facets"),
        ("/viewtopic.php?t=20231", "facets"),
        ("/viewtopic.php?t=202312", "facets"),
        ("/showthread.php?tid=20231114", "facets"),
        ("/index.php?topic=19991.0", "facets"),
        ("/help?topicid=190012", "facets"),
        ("/docs/en/ssw_ibm?topic=x-10012", "facets"),
        ("/item?update=202305", "facets"),
        ("/list?start=200105", "facets"),
        ("/q?candidate=20230512", "facets"),
        ("/?p=20121", "facets"),
        ("/prevention/20231", "pattern"),
        ("/prevention/2023/11", "pattern"),
        ("/determine/2023-11", "pattern"),
        ("/seventh/2023/11/", "pattern"),
        # No month.
        ("/x?v=2023-13", "facets"),
        ("/x?v=2023-0", "facets"),
        ("/x?rfc=9110.5", "facets"),
        # Dates.
        ("/events?month=2023-11", "calendar"),
        ("/events?d=20231114", "calendar"),
        ("/events?date=202311", "calendar"),
        ("/events?start_date=20231114", "calendar"),
        ("/log?y=2023&m=4", "calendar"),
        ("/x?on=2023/11/14", "calendar"),
        ("/calendar/20231114", "calendar"),
        ("/event/2023/11/14", "calendar"),
        ("/site-events/2023-11", "calendar"),
        ("/wpcalendar/2023/11", "calendar"),
    ],
)
def test_only_dates_count_against_the_cap_of_calendars(target, code):
    assert pattern_of(parse("https://a.test" + target), RULES).code == code


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("/prevention/2031/12/", ""),
        ("/eventually/1820-10/", ""),
        ("/predetermined/1820-10/", ""),
        ("/events/2031/12/", "calendar"),
        ("/agenda/2031-12-01", "calendar"),
        ("/termine/2031/12", "calendar"),
        ("/page?update=2031-12-01", ""),
        ("/page?mandate=1820-01", ""),
        ("/page?candidate=1820-01", ""),
        ("/page?date=2031-12-01", "calendar"),
        ("/page?start_date=2031-12-01", "calendar"),
        ("/page?tribe-bar-date=2031-12-01", "calendar"),
        ("/page?enddate=20311201", "calendar"),
        ("/topic?date=9110-12", ""),
    ],
)
def test_a_date_is_turned_away_only_where_a_word_speaks_of_one(target, code):
    assert refusal(parse("https://a.test" + target), RULES, Scope(), NOW) == code
