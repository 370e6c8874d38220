import asyncio
import html.parser
import http.client
import tomllib

import pytest

from crawler.demo.stories import all_stories
from crawler.demo.story import pages_of
from crawler.demo.web import policy_text, serve

STORIES = {story.host: story for story in all_stories()}


def test_the_web_has_at_least_twelve_hosts_in_several_languages():
    languages = {
        reply.body.partition(b'<html lang="')[2][:2]
        for story in STORIES.values()
        for reply in story.replies.values()
    }

    assert len(STORIES) >= 12
    assert len(languages - {b""}) >= 8


@pytest.mark.parametrize("host", STORIES)
def test_every_host_has_texts_and_every_seed_an_answer(host):
    story = STORIES[host]

    assert len(pages_of(host)) >= 4
    assert all(story.answer(path).status in (200, 402) for path in story.seeds)
    assert story.answer("/no-such-page").status == 404


@pytest.mark.parametrize("host", STORIES)
def test_what_is_expected_of_a_host_adds_up_to_its_pages(host):
    expected = STORIES[host].expected
    known = expected.kept[0] + sum(expected.refused.values()) + expected.waiting

    assert known == len(pages_of(host))


@pytest.mark.parametrize("host", sorted(set(STORIES) - {"retro.test"}))
def test_every_link_on_a_page_leads_somewhere(host):
    story = STORIES[host]
    for reply in story.replies.values():
        if reply.content_type.startswith("text/html"):
            for link in _links(reply.body.decode()):
                if link.startswith("/"):
                    assert story.answer(link).status != 404, link


async def test_hosts_are_served_at_their_own_addresses_and_requests_are_counted():
    async with serve(STORIES.values()) as web:
        addresses = set(web.connect_to.values())
        status, body = await _get(web.connect_to["news.test"], "news.test", "/ferry-returns")

    assert len(addresses) == len(STORIES)
    assert status == 200
    assert "Saint Brannock" in body
    assert web.asked["news.test", "/ferry-returns"] == 1
    assert web.seeds[0] == "http://news.test/"


async def test_the_policy_opens_loopback_only_and_names_every_host():
    async with serve(STORIES.values()) as web:
        policy = tomllib.loads(policy_text(web))

    assert policy["network"]["public"] is False
    assert policy["network"]["allow"] == ["127.0.0.0/8"]
    assert policy["network"]["connect_to"] == web.connect_to


def test_the_calendar_never_ends_and_the_spiral_goes_on():
    assert b'href="/calendar/2027/1"' in STORIES["calendar.test"].answer("/calendar/2026/12").body
    assert STORIES["maze.test"].answer("/spiral/41").headers == (("Location", "/spiral/42"),)


def _links(markup):
    found = []

    class Reader(html.parser.HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag == "a":
                found.append(dict(attrs).get("href", ""))

    Reader().feed(markup)
    return found


async def _get(address, host, path):
    def ask():
        connection = http.client.HTTPConnection(address)
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body

    return await asyncio.to_thread(ask)
