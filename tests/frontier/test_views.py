"""Views of old revisions, names that end like files, numbers that could be dates."""

# ruff: noqa: E501, SIM905 - tables of addresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.urls import parse
from crawler.frontier.admission import pattern_of, refusal
from crawler.frontier.other_views import LATE, OLD, PAGE, view_of
from crawler.frontier.settings import Admission, Scope
from tests.frontier.web import Web, kept, running

A = "https://a.test/"
NOW = 1_700_000_000.0  # 14 November 2023
RULES = Admission()
SHA = "da39a3ee5e6b4b0d3255bfef95601890afd80709"


@pytest.mark.parametrize(
    ("kind", "targets"),
    [
        (
            OLD,
            # Gitea and its kind, GitLab's, GitHub's
            f"""/me/repo/commit/{SHA} /me/repo/src/commit/{SHA}/src/a.c /me/repo/raw/commit/{SHA}/a
            /me/repo/blame/commit/{SHA}/src/a.c /me/repo/commits/commit/{SHA} /me/repo/commit/1f2e3d4
            /g/p/-/blob/1f2e3d4/README.md /g/p/-/commit/{SHA} /g/p/-/compare/v1...v2
            /g/p/-/tree/v1.2/docs /g/p/-/blame/{SHA}/a.c /g/p/-/raw/{SHA}/a.txt
            /o/r/tree/v1.2.3/docs /o/r/blob/{SHA}/a.py /o/r/compare/a1...b2 /o/r/src/tag/v1.0/a""",
        ),
        (
            OLD,
            # hgweb, cgit, gitweb, Trac, ViewVC, Fossil, gitiles
            f"""/repo/rev/1a2b3c4d5e6f /repo/file/1a2b3c4d5e6f/setup.py /repo/diff/1a2b3c4d5e6f/a
            /cgit/r/commit/?id={SHA} /cgit/r/tree/a.c?h=v1&id={SHA} /cgit/r/diff/a.c?id={SHA}
            /?p=r.git;a=commit;h={SHA} /gitweb?p=r.git;a=blob;f=a.c;hb={SHA} /r.git/blob/{SHA}:/a.c
            /changeset/1234 /changeset/1234/trunk /browser/trunk/a.py?rev=12 /wiki/A?version=3 /?p=r.git;a=history;f=a.c
            /wiki/A?action=diff&version=3 /viewvc/a.c?revision=1.2&view=markup
            /hg/r/comparison/1a2b3c4d5e6f/a.c /fossil/vdiff?from={SHA}&to=trunk
            /projects/P/repos/r/browse/a.c?at={SHA}
            /viewvc/a.c?r1=1.2&r2=1.3 /fossil/info/1a2b3c4d5e /r/+/{SHA}/a.c""",
        ),
        (
            OLD,
            # MediaWiki, DokuWiki, MoinMoin
            """/w/index.php?title=A&oldid=12 /w/index.php?title=A&action=history
            /w/index.php?title=A&diff=prev&oldid=12 /wiki/A?action=edit /wiki/A?action=raw
            /wiki/Special:WhatLinksHere/A /wiki/Special:RecentChangesLinked/A
            /w/index.php?title=Special:PermanentLink/12 /wiki/Special%3ADiff/12
            /wiki/A/history /o/r/wiki/A/_history /o/r/wiki/A/_compare/1f2e3d4 /node/5/revisions/12/view
            /redmine/projects/p/wiki/A/diff/5?version_from=4 /pages/diffpagesbyversion.action?pageId=1
            /pages/viewpreviousversions.action?pageId=5 /tiki-pagehistory.php?page=A
            /svn/!svn/bc/12/trunk /xwiki/bin/view/A?viewer=changes
            /wiki/Spezial:Permalink/12 /doku.php?id=a&rev=1700000000 /doku.php?id=a&do=revisions
            /doku.php?id=a&rev2[0]=1600000000 /a/b?do=diff /Page?action=recall&rev=3""",
        ),
        (
            LATE,
            """/o/r/commits/main /g/p/-/blame/main/a.c /g/p/-/network/main /r/log/?id=x&a=shortlog
            /?p=r.git;a=shortlog /wiki/Special:AllPages
            /w/index.php?title=A&printable=yes /doku.php?id=a&do=backlink /Page?action=info
            /viewtopic.php?t=2&view=next /viewforum.php?f=1&sk=t&sd=d /viewtopic.php?t=2&view=print
            /showthread.php?t=1&mode=hybrid /forumdisplay.php?f=1&sort=title&order=asc
            /t/title/12/34 /threads/title.12/post-34 /latest?order=views&ascending=true
            /article/print /printthread.php?tid=3 /post?replytocom=17 /shop?filter[color]=red
            /index.php?topic=5.0;prev_next=next
            /list?sort=price /dir/?C=N;O=D /blog/?facet.year=2020""",
        ),
        (
            PAGE,
            """/ /o/r /o/r/blob/main/README.md /o/r/src/branch/main/a.md /g/p/-/issues/12
            /g/p/-/blob/main/a.md /?p=r.git;a=summary /cgit/r/tree/a.c /cgit/r/about/
            /w/index.php?title=A /wiki/A /wiki/Talk:A /wiki/C++ /doku.php?id=a /viewtopic.php?f=1&t=2
            /showthread.php?t=1&page=2 /t/title/12 /threads/title.12/page-3 /about/history
            /history/1848 /compare/one-vs-two /patch/10.2 /file/123456 /files/12 /info/contact
            /article/550e8400e29b41d4a716446655440000 /news?id=12345 /docs/changes/1.2 /src/main/java
            /source/of/the/nile /tree/oak /log/2019/ /raw/food /item/facade /r/python/comments/abc/t
            /defaced/commit/facade /commitment/12 /revision/2024 /diff/easy /search?q=sort
            /wiki/History /wiki/Diff /pages/history /node/diff /trains?from=berlin&to=paris""",
        ),
    ],
)
def test_views_are_told_from_pages(kind, targets):
    for target in targets.split():
        path, _, query = target.partition("?")

        assert view_of(path, query).kind == kind, target


def test_what_stands_before_the_revision_shares_one_cap():
    def pattern(target):
        return pattern_of(parse("https://a.test" + target), RULES)

    one = pattern(f"/me/repo/commit/{SHA}")

    assert (one.most, one.code, one.late) == (RULES.max_revisions, "revisions", True)
    assert pattern(f"/me/repo/blame/commit/{SHA[::-1]}/a/b.c").hash == one.hash
    assert pattern(f"/me/repo/src/tag/v1.2/{SHA}").hash == one.hash
    assert pattern(f"/me/other/commit/{SHA}").hash != one.hash
    assert pattern("/wiki/A?oldid=1").hash == pattern("/wiki/B?action=history").hash


async def test_pages_come_before_views_and_old_ones_end_at_their_cap(tmp_path):
    shas = [f"{number:039x}b" for number in range(16, 76)]
    pages = [
        *(f"{A}r/commit/{sha}" for sha in shas),
        f"{A}list?sort=price",
        f"{A}o/commits/main",
        f"{A}deep",
    ]
    answers = {A: kept(*pages), f"{A}deep": kept(f"{A}deeper"), f"{A}deeper": kept(f"{A}deepest")}
    async with running(
        tmp_path / "c.db", Web(answers), seeds=[A], admission={"max_revisions": 40}
    ) as run:
        await run.crawl()
        status = await run.frontier.status(run.now)

    asked = [request.url for request in run.web.log]
    # A few are in the host's queue before the next page is known.
    assert asked[:2] == [A, f"{A}deep"]
    assert {f"{A}deeper", f"{A}deepest"} <= set(asked[:16])
    assert sum("/commit/" in url for url in asked) == 40
    assert len(asked) == 4 + 40 + 2
    assert status.turned_away["revisions"] == 20


# --- names ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    """/wiki/Node.js /w/File:Map.png /wiki/Datei:Karte.svg /File%3AMap.jpg /index.php/Map.jpg
    /index.php/Datei:X.pdf /a.b/c.exe?view=1 /cgi-bin/show.exe?id=3 /questions/tagged/node.js
    /tag/d3.js /tags/Vue.js /topic/three.js /package/chart.js /npm/socket.io.js /docs/package.json
    /category/.zip /o/r/blob/main/a.js /cgit/r/tree/a.css /media/wiki/Node.js /map.jpg?action=edit
    /viewvc.cgi/src/x.js /topics/7.zip /search/jquery.js /blog/Ember.js""".split(),
)
def test_a_page_may_be_named_like_a_file(target):
    url = parse("https://a.test" + target)

    assert refusal(url, RULES, Scope(), NOW) == ""
    assert getattr(pattern_of(url, RULES), "code", "") != "file-type"


@pytest.mark.parametrize(
    "target",
    """/photo.JPG /paper.ps /paper.ps?download=1 /docs/manual.ps /article/figure.png /setup.exe
    /download/setup.exe?mirror=3 /assets/app.js /js/Chart.js /static/wiki/js/a.js /wiki/images/M.jpg
    /app.min.js /jquery.ui.js /style.css?v=2 /wiki/download/attachments/1/a.ps
    /_next/static/a.json /wp-content/uploads/2020/01/a.jpg /blob/main/logo.png /a/b.tar.gz
    /themes/x/tag/css/a.css /packages/x-1.0.zip""".split(),
)
def test_what_is_certainly_a_file_is_not_asked_for(target):
    assert refusal(parse("https://a.test" + target), RULES, Scope(), NOW) == "file-type"


def test_what_may_be_either_is_asked_for_late_and_seldom():
    patterns = [
        pattern_of(parse("https://a.test" + path), RULES) for path in ("/Vue.js", "/a/b.JS")
    ]

    assert patterns[0] == patterns[1]
    assert (patterns[0].most, patterns[0].code, patterns[0].late) == (20, "file-type", True)


# --- dates ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    """/viewtopic.php?t=10001 /viewtopic.php?t=200112 /index.php?topic=2034.10 /index.php?topic=1999.0
    /item?id=20310401 /item?id=203112 /prevention/12345 /prevention?id=203101 /events/12345
    /events/203104 /event/1999 /calendula/2031/05/ /inventions?nr=19991 /eventual/2040/12
    /node/20405 /?p=204012 /forum/2031-12-slug?page=2 /v?rev=2040.10 /termination/2040-12
    /thread?tid=2031-1 /convention/2040/5 /schedule/99991 /bookings/204099 /x?m=13 /a?isbn=204012345
    /battle-of-1066-10-14/ /archive/2019/03/04/title""".split(),
)
def test_a_number_is_no_date(target):
    url = parse("https://a.test" + target)

    assert refusal(url, RULES, Scope(), NOW) == ""
    assert getattr(pattern_of(url, RULES), "code", "") != "calendar"


@pytest.mark.parametrize(
    "target",
    """/calendar/2031/12/ /calendar/203112 /events?month=2026-01 /cal?year=2040&month=2
    /cal?date=1066-10-14 /cal?date=20310401 /x?day=2031-04-01 /x?when=2031%2F4%2F1 /x?ym=203104
    /events/2031-04 /events/2031/04/12 /agenda/2031/4 /veranstaltungen/2031-04-12 /kalender/2031/4
    /x?y=2031&m=4 /calendar?year=2031&week=3 /x?from=a&start=2031-04-01 /tribe?tribe-bar-date=2031-4
    /event-calendar/month/2031-04 /calendar/20310412""".split(),
)
def test_a_date_that_only_a_calendar_has_is_turned_away(target):
    assert refusal(parse("https://a.test" + target), RULES, Scope(), NOW) == "calendar"


@pytest.mark.parametrize(
    "target",
    ["/calendar/2023/12/", "/events?month=2023-12", "/x?date=2023-11-05", "/events/2023-11"],
)
def test_a_date_of_today_is_a_page_under_a_cap(target):
    url = parse("https://a.test" + target)

    assert refusal(url, RULES, Scope(), NOW) == ""
    assert pattern_of(url, RULES).code == "calendar"


PARTS = st.sampled_from(
    f"/ ? & ; = - . : % a 1 9 2031 12 rev commit wiki calendar .js File: %3a {SHA} date".split()
)


@given(st.lists(PARTS, max_size=25).map("".join))
def test_no_address_makes_a_rule_raise(text):
    url = parse(A + text)

    if url is not None:
        refusal(url, RULES, Scope(), NOW)
        pattern_of(url, RULES)
