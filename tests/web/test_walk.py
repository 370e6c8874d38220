import urllib.request

import pytest

from tests.web.static import static_site
from tests.web.walk import walk

PAGES = {
    "index.html": '<title>Front\n page</title><a href="a.html#top">a</a> <a href="deep/">d</a>',
    "a.html": '<a href="/index.html">home</a><a href="http://elsewhere.test/x.html">out</a>',
    "deep/index.html": '<a href="../b%20c.html">b</a><a href="mailto:x@y.test">m</a>',
    "b c.html": "<a href='missing.html'>gone</a><a href='notes.txt'>notes</a><title>B</title>",
    "notes.txt": "no page",
    "unlinked.html": "nobody links here",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in PAGES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_walk_finds_what_links_reach_and_nothing_else(folder):
    found = walk(folder)

    assert found == {
        "/index.html": "Front page",
        "/a.html": "",
        "/deep/": "",
        "/b%20c.html": "B",
    }


def test_the_static_site_serves_the_folder_and_counts_requests(folder):
    with (
        static_site(folder, "127.0.0.1") as site,
        urllib.request.urlopen(f"http://{site.address}/a.html") as answer,
    ):
        body = answer.read().decode()

    assert body == PAGES["a.html"]
    assert site.asked["/a.html"] == 1
