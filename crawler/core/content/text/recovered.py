"""The text of a page that shows none, out of what it carries for its scripts.

Only what is plainly prose: a run of sentences that stands in one place. Menus, messages of an
interface and texts about other pages are none, by the names they are kept under.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from crawler.core.content.html.markup import Markup
from crawler.core.content.html.tags import NUMBER, words
from crawler.core.content.text.article_body import plain, stated_body
from crawler.core.content.text.notices import notice_of
from crawler.core.content.text.page_state import states
from crawler.core.urls import Url

LEAST: Final = 250  # characters of a text worth recovering
_TITLE: Final = NUMBER["title"]
_DEEPEST: Final = 60
_MOST_PIECES: Final = 20_000
_SHARE: Final = 0.6  # of all prose of a state: the smallest part with that much is the text
_SENTENCE: Final = 60  # characters of a piece that says something
_SENTENCE_WORDS: Final = 8
_WIDE: Final = 20  # characters, in a script that does not part words
_LONG: Final = 200
_HEADING: Final = 150
_LETTERS: Final = 0.7  # of the signs: less is code or data
_LONG_WORDS: Final = 14  # characters a word in the mean: more is no language
_MESSAGES: Final = 6  # strings of prose right in one object: it lists messages
_TITLED: Final = 8  # characters of a title that tells whose text it is
_CONTENT: Final = words("""
    body content contents text html article articles description paragraph paragraphs markdown md
    story post posts excerpt summary intro introduction lead answer question rendered copy prose
    richtext children blocks block sections section value inhalt contenu contenido conteudo
    contenuto texto texte testo tekst innehall beschreibung data document chapter abstract
""")
_OTHERS: Final = words("""
    translation translations locale locales messages dictionary strings labels label menu menus
    nav navigation navbar header footer config configuration settings seo meta metadata related
    recommended recommendations comments comment cookie cookies consent privacy legal ads ad
    analytics experiments flags schema error errors css style styles svg icon icons env theme user
    users session token query sidebar popup modal banner newsletter form forms validation
    placeholder tooltip button buttons cta popular trending latest sponsor promo notification
    notifications toast author authors breadcrumb breadcrumbs gdpr disclaimer intl lang og twitter
    resources phrases texts
""")
_HEADINGS: Final = words("title heading headline subtitle subheading text")
_NAMES: Final = words("title headline heading name")
_LEAVES: Final = ("text", "value")
_INNER: Final = ("children", "content")
_INLINE: Final = words("text span leaf link hyperlink a strong em bold italic inline mark entry")
_KINDS: Final = ("type", "_type", "nodeType", "object", "tag")
_KEY_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NO_PROSE: Final = re.compile(r"\{\{|\{[\w. ]{0,40}\}|\$\{|%[sd@]\b|=>|\bfunction\s?\(|\};")
_MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|&[a-z#0-9]{2,8};")
_ENDS: Final = re.compile(r"[.!?…][\"'”»)]*(?:\s|\Z)|[。\uff01\uff1f]")


@dataclass(slots=True)
class _Pieces:
    """The strings of a state that may be text, in order, and the parts they stand in."""

    texts: list[str] = field(default_factory=list)
    prose: list[int] = field(default_factory=list)  # characters; 0 for headings
    parts: list[tuple[int, int, str]] = field(default_factory=list)  # start, end, title


def recovered(
    markup: Markup, pages: Iterable[Url], *, stated_only: bool = False
) -> tuple[str, str]:
    """Return the text a page carries in itself and where, "" twice if none is plainly prose.

    `stated_only`: what it states to be its text, and no state of its scripts.
    """
    stated = stated_body(markup, pages)
    if len(stated) > LEAST or stated_only:
        return stated, "json-ld" if stated else ""
    title = next((_folded(markup.text(element)) for element in markup.of(_TITLE)), "")
    best, source = "", ""
    for name, value in states(markup):
        text = prose_of(value, title)
        if len(text) > len(best):
            best, source = text, name
    return best, source


def prose_of(value: Any, title: str = "") -> str:  # noqa: ANN401
    """Return the text in a state, "" if none is plainly prose. `title`: of the page, folded."""
    pieces = _Pieces()
    _gather(pieces, value, "", allowed=False, depth=0)
    total = sum(pieces.prose)
    if total < LEAST:
        return ""
    start, end = _chosen(pieces, title, total)
    texts = dict.fromkeys(pieces.texts[start:end])
    text = "\n\n".join(texts)
    enough = sum(pieces.prose[start:end]) >= LEAST and len(_ENDS.findall(text)) > 1
    return text if enough else ""


def _chosen(pieces: _Pieces, title: str, total: int) -> tuple[int, int]:
    """Return the part that bears the title of the page, else the smallest with most prose."""
    best, own = (0, len(pieces.texts)), (0, 0)
    most = LEAST - 1
    for start, end, name in pieces.parts:
        size = sum(pieces.prose[start:end])
        if size >= _SHARE * total and end - start < best[1] - best[0]:
            best = (start, end)
        if len(name) >= _TITLED and size > most and (name in title or title in name) and title:
            own, most = (start, end), size
    return own if own[1] else best


def _gather(pieces: _Pieces, value: Any, key: str, *, allowed: bool, depth: int) -> None:  # noqa: ANN401
    """Take the strings of a value; `allowed`: it is kept under the name of a content."""
    if depth > _DEEPEST or len(pieces.texts) > _MOST_PIECES:
        return
    if isinstance(value, str):
        _take(pieces, value, key, allowed=allowed)
    elif isinstance(value, list):
        start = len(pieces.texts)
        if (joined := _inline(value)) is not None:
            _take(pieces, joined, "text", allowed=allowed)
            return
        for item in value:
            _gather(pieces, item, key, allowed=allowed, depth=depth + 1)
        _close(pieces, start, "")
    elif isinstance(value, dict):
        _gather_object(pieces, value, allowed=allowed, depth=depth)


def _gather_object(pieces: _Pieces, value: dict[str, Any], *, allowed: bool, depth: int) -> None:
    start = len(pieces.texts)
    said = 0
    for key, item in value.items():
        named = {word.lower() for word in _KEY_WORDS.findall(key)}
        if named & _OTHERS or "." in key or "i18" in key.lower():
            continue
        before = len(pieces.texts)
        inside = allowed or bool(named & _CONTENT)
        _gather(pieces, item, key, allowed=inside, depth=depth + 1)
        if isinstance(item, str) and len(pieces.texts) > before and pieces.prose[-1]:
            said += 1
    if said >= _MESSAGES:
        del pieces.texts[start:], pieces.prose[start:]
        return
    title = next((value[name] for name in _NAMES if isinstance(value.get(name), str)), "")
    _close(pieces, start, _folded(title[:500]))


def _close(pieces: _Pieces, start: int, title: str) -> None:
    if len(pieces.texts) > start:
        pieces.parts.append((start, len(pieces.texts), title))


def _take(pieces: _Pieces, text: str, key: str, *, allowed: bool) -> None:
    if not allowed and key not in _HEADINGS:
        return
    text = plain(text) if _MARKUP.search(text) else text.strip()
    if allowed and _is_prose(text) and not notice_of(text):
        pieces.texts.append(text)
        pieces.prose.append(len(text))
    elif allowed and key in _HEADINGS and 0 < len(text) <= _HEADING and _is_heading(text):
        pieces.texts.append(text)
        pieces.prose.append(0)


def _inline(items: list[Any]) -> str | None:
    """Return the text of a paragraph that is written in pieces, None if it is none."""
    parts: list[str] = []
    for item in items:
        if not isinstance(item, dict):
            return None
        leaf = next((item[name] for name in _LEAVES if isinstance(item.get(name), str)), None)
        if leaf is None:
            inner = next((item[name] for name in _INNER if isinstance(item.get(name), list)), None)
            kind = next((item[name] for name in _KINDS if isinstance(item.get(name), str)), "")
            if not inner or not any(word in kind.lower() for word in ("link", "inline", "span")):
                return None
            leaf = _inline(inner)
            if leaf is None:
                return None
        elif "marks" not in item and not any(
            str(item.get(name, "")).lower() in _INLINE for name in _KINDS
        ):
            return None
        parts.append(leaf)
    return "".join(parts) if parts else None


def _is_prose(text: str) -> bool:
    if len(text) < _WIDE or _NO_PROSE.search(text):
        return False
    spaces = text.count(" ") + text.count("\n")
    if len(text) > spaces * _LONG_WORDS:
        wide = sum([sign > "\u2e80" for sign in text[:500]])
        return len(text) >= _WIDE and wide > len(text[:500]) / 2
    if len(text) < _SENTENCE or spaces < _SENTENCE_WORDS - 1:
        return False
    letters = sum([sign.isalpha() or sign == " " for sign in text[:1_000]])
    if letters < _LETTERS * len(text[:1_000]):
        return False
    return len(text) >= _LONG or _ENDS.search(text) is not None


def _is_heading(text: str) -> bool:
    return any(sign.isalpha() for sign in text) and "://" not in text and not text.startswith("/")


def _folded(text: str) -> str:
    return " ".join(text.lower().split())
