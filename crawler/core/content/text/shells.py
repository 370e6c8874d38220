"""Pages that are only a shell: what they show is a notice, or nothing until a script has run.

No site is known here. A page with a text of its own is none, whatever notices stand beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from crawler.core.content.html import class_words
from crawler.core.content.html.markup import Markup, opening_of
from crawler.core.content.html.outline import Outline
from crawler.core.content.html.tags import NUMBER, words
from crawler.core.content.text.notices import answers, explains, is_waiting, named_in, notice_of
from crawler.core.outcome import NEEDS_BROWSER, NEEDS_CONSENT, NEEDS_LOGIN, NEEDS_SCRIPT

_MUCH: Final = 3_000  # characters: no shell has so many, its frame and notices included
_FRAME: Final = (
    class_words.NAV | class_words.HEADER | class_words.FOOTER | class_words.SIDE
    | class_words.CONSENT | class_words.DIALOG | class_words.SHARE | class_words.BREADCRUMB
    | class_words.SUBSCRIBE | class_words.ADVERT
)  # fmt: skip
_FRAMES: Final = words("nav header footer aside form button label dialog menu")
_BODIES: Final = words("body html main article")
_WRAPPER_SHARE: Final = 0.7  # of the page's text: a class name on so much is about the layout
_PROSE: Final = 40  # characters of a block that says something
_PROSE_WORDS: Final = 6
_WIDE_PROSE: Final = 15  # characters, in a script that does not part words
_LINKED: Final = 0.5
# Characters of its own that a page may show beside a notice and still be a shell.
_HARDLY: Final = 40
_LITTLE: Final = 250
_SOME: Final = 400
_ONE_SENTENCE: Final = 60
_SENTENCES: Final = 120
_OF_A_FORM: Final = 200
_OF_A_WALL: Final = 600  # purposes, in a wall whose title tells what it is
_WALL: Final = 1_200  # characters about cookies: what is longer is a policy
_FEW_LINKS: Final = 12
_SCRIPT, _NOSCRIPT, _TITLE = NUMBER["script"], NUMBER["noscript"], NUMBER["title"]
_TYPE: Final = opening_of("type")
_RUN: Final = words("text/javascript application/javascript module text/babel text/ecmascript")
_MEDIA: Final = tuple(
    NUMBER[tag] for tag in ("img", "iframe", "frame", "video", "audio", "object", "embed", "svg")
)
# Where the frameworks draw a page.
_MOUNTS: Final = tuple(
    f' id="{name}"'.encode()
    for name in (
        "root", "app", "__next", "__nuxt", "___gatsby", "gatsby-focus-wrapper", "svelte", "q-app",
        "react-root", "reactRoot", "react-app", "app-root", "app-mount", "main-app",
        "app-container", "mount", "application", "vue-app", "storefront", "page-root",
    )
)  # fmt: skip
# What Blazor keeps ready in every page, in case that it fails.
_IN_CASE: Final = "blazor-error-ui"
_PASSWORD: Final = b' type="password"'
_HEADINGS: Final = words("h1 h2 h3 legend")
_ENTRIES: Final = words("li dd")
_OVERLAYS: Final = class_words.CONSENT | class_words.DIALOG


@dataclass(slots=True)
class _Shown:
    """What a page shows: its own text, and notices in characters of each kind."""

    own: int = 0
    prose: int = 0
    links: int = 0
    blocks: int = 0
    titled: bool = False  # a heading and a text under it
    code: bool = False
    framed: int = 0
    framed_prose: int = 0
    waiting: bool = False
    answered: bool = False  # a button or link takes or refuses cookies
    notices: dict[str, int] = field(default_factory=dict)
    unseen: dict[str, int] = field(default_factory=dict)  # in noscript, or hidden
    titles: list[str] = field(default_factory=list)


def shell_of(markup: Markup, page: Outline) -> str:
    """Return what a page that is only a shell needs, as the code of an outcome, else ""."""
    if sum(map(len, page.texts)) > _MUCH:
        return ""
    shown = _look(markup, page)
    if shown.framed_prose > _SOME:
        return ""  # a frame in name only
    return _by_notice(markup, shown) or _by_nothing(markup, shown)


def _by_notice(markup: Markup, shown: _Shown) -> str:
    """Return the code of the notice that stands in place of a text."""
    said = shown.notices
    if shown.code:  # who shows code speaks of such things
        return ""
    for code in (NEEDS_SCRIPT, NEEDS_BROWSER):
        if code in said and shown.own < _SOME and shown.prose < _most(said[code]):
            # In a page of a site that runs no script, such a sentence is its text.
            static = code == NEEDS_SCRIPT and shown.framed and not _runs_scripts(markup)
            return "" if static else code
    if _asks_to_log_in(markup, shown):
        return NEEDS_LOGIN
    if shown.answered and 0 < said.get(NEEDS_CONSENT, 0) <= _WALL:
        titled = named_in(shown.titles, NEEDS_CONSENT)
        if shown.own < (_OF_A_WALL if titled else _ONE_SENTENCE) and (
            titled or shown.prose < _most(said[NEEDS_CONSENT])
        ):
            return NEEDS_CONSENT
    for code in (NEEDS_SCRIPT, NEEDS_BROWSER):
        if (
            code in shown.unseen
            and not shown.titled
            and (
                shown.own < _HARDLY
                or (shown.own < _LITTLE and shown.prose < _ONE_SENTENCE and _is_mounted(markup))
            )
        ):
            return code
    return ""


def _most(notice: int) -> int:
    """Return the characters of prose beside which a notice of this length is the text."""
    return min(max(notice, _ONE_SENTENCE), _SENTENCES)


def _asks_to_log_in(markup: Markup, shown: _Shown) -> bool:
    if shown.links > _FEW_LINKS:
        return False
    if (
        shown.own < _SOME
        and shown.prose < _OF_A_FORM
        and _PASSWORD in markup.source
        and named_in(shown.titles, NEEDS_LOGIN)
    ):
        return True
    notice = shown.notices.get(NEEDS_LOGIN, 0)
    return notice > 0 and shown.own < _LITTLE and shown.prose < _most(notice)


def _by_nothing(markup: Markup, shown: _Shown) -> str:
    """Return that it needs a script if a page shows nothing where its text would be."""
    if shown.own or not _runs_scripts(markup):
        return ""
    if _is_mounted(markup):
        return NEEDS_SCRIPT
    alone = not shown.framed and not any(map(markup.has, _MEDIA))
    return NEEDS_SCRIPT if shown.waiting or alone else ""


def _runs_scripts(markup: Markup) -> bool:
    return any(
        (markup.attribute(element, _TYPE) or "module").strip().lower() in _RUN
        for element in markup.of(_SCRIPT)
    )


def _is_mounted(markup: Markup) -> bool:
    """Whether there is an element without text in which a framework draws the page."""
    return any(
        not markup.text(element).strip() for mark in _MOUNTS for element in markup.holding(mark)
    ) or any(
        "-" in markup.tag(element) and not markup.text(element).strip()
        for element in markup.of(0)
        if markup.tag(int(markup.parents[element])) == "body"
    )


def _look(markup: Markup, page: Outline) -> _Shown:
    shown = _Shown()
    within = [" ".join(markup.text(element).split()) for element in markup.of(_NOSCRIPT)]
    for text in within:
        if code := notice_of(text):
            shown.unseen[code] = shown.unseen.get(code, 0) + len(text)
    shown.titles = [markup.text(element) for element in markup.of(_TITLE)[:1]]
    framed = _framed(page)
    heads = [
        text
        for text, box in zip(page.texts, page.at, strict=True)
        if page.tags[box] in _HEADINGS and not framed[box]
    ]
    headings = 0
    for block, text in enumerate(page.texts):
        box = page.at[block]
        heading = page.tags[box] in _HEADINGS
        if (code := notice_of(text)) and not (
            _is_quoted(page, box, code) or any(explains(one, code) for one in heads)
        ):
            hidden = page.hints[box] & class_words.HIDDEN or any(text in one for one in within)
            where = shown.unseen if hidden else shown.notices
            where[code] = where.get(code, 0) + len(text)
        elif _is_control(page, block) and answers(text, NEEDS_CONSENT):
            shown.answered = True
        elif is_waiting(text, heading=heading):
            shown.waiting = True
        elif _IN_CASE in (page.look[box], page.look[page.parent[box]]):
            continue
        elif framed[box]:
            shown.framed += 0 if page.hints[box] & _OVERLAYS else len(text)
            shown.framed_prose += len(text) if _is_prose(page, block) else 0
        else:
            shown.own += len(text)
            shown.code = shown.code or page.hints[box] & class_words.CODE != 0
            headings += heading
            shown.blocks += 1
            shown.links += page.links[block]
            shown.prose += len(text) if _is_prose(page, block) else 0
        if heading:
            shown.titles.append(text)
    shown.titled = 0 < headings < shown.blocks
    return shown


def _is_quoted(page: Outline, box: int, code: str) -> bool:
    """Whether a notice is spoken of: in code, a quotation, an entry of a list, words of consent.

    Who asks to log in or to take cookies lists reasons.
    """
    if page.hints[box] & (class_words.CODE | class_words.QUOTE):
        return True
    if code == NEEDS_LOGIN and page.hints[box] & class_words.CONSENT:
        return True  # "with your permission", "your account"
    return code in (NEEDS_SCRIPT, NEEDS_BROWSER) and page.tags[box] in _ENTRIES


def _is_control(page: Outline, block: int) -> bool:
    box = page.at[block]
    return bool(page.links[block] or page.hints[box] & class_words.BUTTON)


def _framed(page: Outline) -> list[bool]:
    """Return for each box whether it is of the frame of a page and not of what it holds."""
    lengths = [0] * (len(page.tags) + 1)
    for text, box in zip(page.texts, page.at, strict=True):
        lengths[box + 1] += len(text)
    before = list(accumulate(lengths))
    framed: list[bool] = []
    for box, tag in enumerate(page.tags):
        own = tag in _FRAMES
        if not own and page.own[box] & _FRAME and tag not in _BODIES:
            own = before[page.end[box]] - before[box] <= _WRAPPER_SHARE * before[-1]
        framed.append(own or (box > 0 and framed[page.parent[box]]))
    return framed


def _is_prose(page: Outline, block: int) -> bool:
    text = page.texts[block]
    if page.link_chars[block] > _LINKED * len(text):
        return False
    spaces = text.count(" ")
    if not text.isascii() and spaces * 12 < len(text):
        return len(text) >= _WIDE_PROSE
    return len(text) >= _PROSE and spaces >= _PROSE_WORDS - 1
