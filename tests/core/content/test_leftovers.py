"""What follows an article, readers' comments, copies, notices and placeholders are no text."""

import pytest

from crawler.core.content import ContentSettings, read
from crawler.core.content.text.leftovers import filled, is_unrendered
from tests.core.content.test_page import page_of

SAID = [
    "The river rose in the night, and by morning the lower road was under water from end to end.",
    "Nobody was hurt, though three barns were lost and the bridge stays closed until it is mended.",
    "The mayor thanked the firemen, who had worked until dawn with two pumps and a borrowed boat.",
    "A wall that was built forty years ago held, and the school behind it could open at noon.",
    "Farmers count their losses now: hay for a winter, eleven sheep, and a tractor that runs.",
    "The dam will be made higher next year, if the county agrees to pay for half of the work.",
    "Old people say that they have seen the water higher, in the spring of the year of the comet.",
    "Rain is forecast again for the weekend, but the ground has dried and the sluices are open.",
]
TEASERS = [
    "Bakery to open beside the station after ten years of waiting for a permit from the town.",
    "The team won its last game of the season on a cold and windy field, and nobody minded.",
    "Why the old cinema has been sold, and what its buyer means to show there from next autumn.",
]
COMMENTS = [
    "I drove there on Sunday and the road was still closed, so take the long way over the hill.",
    "My grandfather always told us not to build down there, and now everybody knows why he did.",
    "Thanks to all who helped us to carry the books out of the cellar, we owe you many a cake.",
]
BODY = "".join(f"<p>{text}</p>" for text in SAID)


def text_of(body, **choices):
    page = page_of(f"<html><head><title>The flood</title></head><body>{body}</body></html>")
    return read(page, ContentSettings(**choices)).text


def article(*more, after=""):
    inside = "".join(more)
    return (
        "<header class=site-header><a href=/>The Valley News</a></header><main>"
        f"<article class=post><h1>The flood</h1><div class=entry-content>{BODY}{inside}</div>"
        f"</article>{after}</main><footer>All about the valley</footer>"
    )


def cards(tag, classes):
    return "".join(
        f"<{tag} class='{classes}'><h3><a href=/{n}>{text.split(',')[0][:40]}</a></h3>"
        f"<p>{text}</p></{tag}>"
        for n, text in enumerate(TEASERS)
    )


def held(text, parts):
    return [part in text for part in parts]


AFTER = {
    "related, named": f"<section class=related-posts><h2>More</h2>{cards('div', 'card')}</section>",
    "grid, unnamed": f"<div class=x1><h2>More news</h2>{cards('div', 'x2')}</div>",
    "articles": f"<section class=grid>{cards('article', 'post')}</section>",
    "list": f"<div class=block><h4>Next</h4><ul>{cards('li', 'entry')}</ul></div>",
}


@pytest.mark.parametrize("kind", AFTER)
def test_teasers_after_the_end_of_an_article_go(kind):
    text = text_of(article(after=AFTER[kind]))

    assert held(text, SAID) == [True] * len(SAID)
    assert held(text, TEASERS) == [False] * len(TEASERS)


def wordpress():
    items = "".join(
        f"<li class=comment><article class=comment-body><footer class=comment-meta>Ann</footer>"
        f"<div class=comment-content><p>{text}</p></div></article></li>"
        for text in COMMENTS
    )
    return f"<div id=comments class=comments-area><h2>3 thoughts</h2><ol>{items}</ol></div>"


def drupal():
    items = "".join(
        f"<article class='comment js-comment'><div class=field--name-comment-body><p>{text}</p>"
        "</div></article>"
        for text in COMMENTS
    )
    return f"<section class='field--type-comment comment-wrapper'>{items}</section>"


@pytest.mark.parametrize("make", [wordpress, drupal])
def test_comments_below_an_article_go_unless_they_are_asked_for(make):
    page = article(after=make())

    assert held(text_of(page), SAID) == [True] * len(SAID)
    assert held(text_of(page), COMMENTS) == [False] * 3
    assert held(text_of(page, comments=False), COMMENTS) == [False] * 3
    assert held(text_of(page, comments=True), COMMENTS) == [True] * 3


def replies(post, parts):
    return "".join(
        f"<div class='{post}'><div class='{parts}'><p>{t}</p></div></div>" for t in COMMENTS
    )


def test_a_post_quoted_before_its_answer_stands_once():
    posts = [SAID[0], *SAID[1:5]]
    quote = (
        f"<blockquote class=quote><div>Ann said:</div><div class=text>{SAID[0]}</div></blockquote>"
    )
    items = "".join(
        f"<article class=message><h4>user{n}</h4><div class=text>{quote if n else ''}<p>{said}</p>"
        "</div></article>"
        for n, said in enumerate(posts)
    )
    text = text_of(f"<main class=forum><h1>The flood</h1>{items}</main>")

    assert [text.count(said) for said in posts] == [1] * 5
    assert "Ann said" not in text


FORUMS = {
    "posts that are comments": "<div class=forum-page><div class='topic topic-view'>"
    f"<div class=topic-title><h1>The flood</h1></div><div class=topic-post>{BODY}</div>"
    f"<div class=topic-replies>{replies('comment reply', 'comment-body')}</div></div></div>",
    "question and answers": f"<div class=question><h1>Why?</h1><div class=question-body>{BODY}"
    f"</div></div><div class=answers>{replies('answer', 'answer-body comment-text')}</div>",
    "links and what is said": "<h1>A link</h1><a href=http://x.test/>x.test</a><ol class=comments>"
    + replies("comment", "comment_text")
    + replies("comment", "comment_text").replace("the", "that")
    + "</ol>",
}


@pytest.mark.parametrize("kind", FORUMS)
def test_what_is_said_in_a_forum_stays(kind):
    assert held(text_of(FORUMS[kind]), COMMENTS) == [True] * 3


COPIES = {
    "hidden before": lambda: article().replace(
        "<article", f"<div itemprop=articleBody style='display:none'>{BODY}</div><article", 1
    ),
    "hidden after": lambda: article(after=f"<div class=print-version hidden>{BODY}</div>"),
    "for phones": lambda: article(after=f"<div class=mobile-only><div>{BODY}</div></div>"),
    "in one piece": lambda: article(after=f"<div itemprop=articleBody>{' '.join(SAID)}</div>"),
}


@pytest.mark.parametrize("kind", COPIES)
def test_an_article_that_stands_twice_is_kept_once(kind):
    text = text_of(COPIES[kind]())

    assert [text.count(part) for part in SAID] == [1] * len(SAID)


def test_what_is_said_twice_side_by_side_stays():
    page = article(f"<p>{SAID[0]}</p><p>{SAID[1]}</p>")

    assert [text_of(page).count(part) for part in SAID[:2]] == [2, 2]


@pytest.mark.parametrize(
    "notice",
    [
        "<div class=msg><p>We use cookies. You accept our cookies with each visit.</p></div>",
        "<div><p>Your browser is out of date. Please update it to view the site.</p></div>",
        "<div><p>Please enable JavaScript in order to use all that this site offers.</p></div>",
        "<div><p>You must log in to read what is kept for the members of the club.</p></div>",
    ],
)
def test_notices_beside_an_article_go(notice):
    for page in (notice + article(), article(after=notice)):
        text = text_of(page)
        assert held(text, SAID) == [True] * len(SAID)
        assert not any(word in text for word in ("cookies", "browser", "JavaScript", "log in"))


def test_a_notice_between_paragraphs_goes_where_nothing_else_speaks_of_it():
    stray = "<p>This slideshow requires JavaScript.</p>"
    about = "<p>JavaScript is a language. Without JavaScript no page would move about so much.</p>"

    assert "JavaScript" not in text_of(article(stray))
    assert "slideshow" in text_of(article(stray, about))


@pytest.mark.parametrize(
    ("text", "unrendered"),
    [
        ("[vc_row full_width=&quot;stretch_row&quot;]", True),
        ('[gallery ids="1,2,3" size="large"]', True),
        ("[/vc_column][/vc_row]", True),
        ('[contact-form-7 id="12" title="Contact"]', True),
        ("{{ product.title }}", True),
        ("{{ price }} {{ currency }}", True),
        ("{% include 'footer' %}", True),
        ("%%title%%", True),
        ("${user.name}", True),
        ("{loadposition banner}", True),
        ("[object Object]", True),
        ("[1]", False),
        ("[edit]", False),
        ("[citation needed]", False),
        ("[Music]", False),
        ("Read {{ name }} and go on", False),
        ("a[i] = b", False),
        ("{x | x > 0}", False),
        ("100%", False),
        ("", False),
    ],
)
def test_placeholders_that_were_never_filled(text, unrendered):
    assert is_unrendered(text) is unrendered


def test_placeholders_go_from_articles_and_stay_in_what_is_written_about_them():
    blocks = "<div>[vc_row el_class=a]</div><p>{{ article.footer }}</p>"
    code = "<p>Write <code>{{ name }}</code>:</p><pre>{{ article.footer }}</pre>"

    assert "{{" not in text_of(article(blocks))
    assert "[vc_row" not in text_of(article(blocks))
    assert "{{ article.footer }}" in text_of(article(code))


def test_the_words_between_shortcodes_stay():
    assert filled('[caption id="a" width="3"]A house[/caption] and [1], [edit]') == (
        "A house and [1], [edit]"
    )
    assert filled("[quote=Ann]So it is[/quote]") == "So it is"
    assert filled("a [b] c") == "a [b] c"
