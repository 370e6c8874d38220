"""What JSON-LD notes of the use of a page is heard however the script is written."""

import pytest

from crawler.core.content import ContentSettings
from crawler.core.content.sitemap import SitemapLimits
from crawler.core.judge import Rules, judge
from crawler.core.outcome import Kept, Refused
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from crawler.core.task import Task, TaskKind
from tests.core.consent.makers import NOW, robots, url_of

RULES = Rules(ConsentPolicy(tokens=("ProofBot",)), ContentSettings(), SitemapLimits())
NO = "Text and data mining and AI training are not permitted."
TYPE = '"@type":"NewsArticle"'


def judged(script):
    html = f'<script type="application/ld+json">{script}</script><p>Words of a page.'
    lines = (("content-type", "text/html"),)
    task = Task(
        1, url_of("/a"), TaskKind.PAGE, ("127.0.0.1",), (robots("User-agent: *\nAllow: /"),)
    )
    return judge(task, Response(url_of("/a"), 200, lines, html.encode()), RULES, NOW)


@pytest.mark.parametrize(
    "script",
    [
        f'{{{TYPE},"usageInfo":"{NO}"}}',
        f'{{{TYPE},"usageinfo":"{NO}"}}',
        f'{{{TYPE},usageInfo:"{NO}"}}',
        f"{{'@type':'NewsArticle','usageInfo':'{NO}'}}",
        f'{{{TYPE},"description":"a "b" c","usageInfo":"{NO}"}}',
        f'var x = {{{TYPE}, usageInfo : "{NO}"}};',
        f'{{{TYPE},"schema:copyrightNotice":["(c)","{NO}"]}}',
        f'{{{TYPE},"isPartOf":{{"@type":"WebSite","usageInfo":"{NO}"}}}}',
        f'{{{TYPE},"isPartOf":[{{"@type":"WebSite","conditionsOfAccess":{{"text":"{NO}"}}}}]}}',
    ],
)
def test_a_note_that_reserves_is_heard(script):
    assert isinstance(judged(script), Refused)


@pytest.mark.parametrize(
    "script",
    [
        f'{{{TYPE},"mentions":{{"@type":"Article","usageInfo":"{NO}"}}}}',
        f'{{{TYPE},"isPartOf":"{NO}","usageInfo":"https://a.test/terms"}}',
        f'{{{TYPE},"headline":"The usageInfo of others"}}',
    ],
)
def test_a_note_of_another_work_is_none(script):
    assert isinstance(judged(script), Kept)
