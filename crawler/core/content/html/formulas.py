"""Formulas once and in TeX, however often and in whatever form a page states them.

A formula mostly stands in a page two or three times: as MathML for those who listen, as its TeX in
an annotation or a script, and as spans or an image for those who see. Here each is found as a
whole, and one text is put in its place: its TeX, else what the page says in its stead, else its
MathML in one line (`mathml`).
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_plus

from selectolax.lexbor import LexborHTMLParser

from crawler.core.content.html.byte_scan import holds
from crawler.core.content.html.markup import TYPE, Markup, opening_of
from crawler.core.content.html.mathml import linear
from crawler.core.content.html.parsing import cut
from crawler.core.content.html.tags import NUMBER, RAW, words
from crawler.core.content.html.tex import (
    DRAWS_ASCII,
    DRAWS_TEX,
    MAX_FORMULA,
    TELLS_TEX,
    bare,
    tidy,
    written,
)

_MATH: Final = NUMBER["math"]
_CONTAINER: Final = NUMBER["mjx-container"]
_DATA_LATEX, _DATA_FORMULA = b' data-latex="', b' data-formula="'
# What tells of formulas in a page that neither draws any nor has them drawn.
_STATED: Final = (_DATA_LATEX, _DATA_FORMULA, b' class="math ')
_SCRIPT: Final = NUMBER["script"]
_IMG: Final = NUMBER["img"]
_ALT, _ALT_TEXT, _CLASS = opening_of("alt"), opening_of("alttext"), opening_of("class")
_DISPLAY, _MODE, _ID = opening_of("display"), opening_of("mode"), opening_of("id")
_MATHML, _TITLE, _ENCODING = (
    opening_of("data-mathml"), opening_of("title"), opening_of("encoding"),
)  # fmt: skip
_SOURCES: Final = tuple(
    map(opening_of, ("data-tex", "data-latex", "data-formula", "data-expr", "latex", "data-value"))
)
_RENDERERS: Final = re.compile(rb"mathjax|katex|asciimath|mathquill", re.IGNORECASE)
_DRAWS_TICKS: Final = re.compile(rb"asciimath|[=_-]am_", re.IGNORECASE)
_HEAD: Final = 400  # bytes of a start tag in which a renderer is looked for
# What MathJax 2 draws beside the script that holds the source.
_PREVIEWS: Final = frozenset({"MathJax_Preview", "MJX_Assistive_MathML", "mjx-copytext"})
_DRAWN: Final = words(
    "MathJax MathJax_Display MathJax_SVG MathJax_SVG_Display MathJax_CHTML MJXc-display mjx-chtml "
    "MathJax_PHTML MathJax_MathML MathJax_PreviewHTML MathJax_CHTML_Display"
)
_WRAPPERS: Final = frozenset(
    {"katex-display", "katex", "mwe-math-element", "ztext-math", "tex2jax", "ql-formula"}
)
# MathQuill: its source for those who select, its signs for those who see.
_QUILLS: Final = words("mq-math-mode mathquill-rendered-math mathquill-embedded-latex")
_SELECTED: Final = frozenset({"mq-selectable", "selectable"})
# What is only read out.
_HEARD: Final = words("sr-only visually-hidden visuallyhidden screen-reader-text screenreader")
_HIDDEN: Final = opening_of("aria-hidden")
_TEX_MATH: Final = "tex-math"  # of JATS
_SOURCE_TAGS: Final = frozenset({"mjx-copytext", _TEX_MATH})
_PARTS: Final = 200  # words of a formula drawn that is looked for twice
_SHOWN: Final = words(
    "katex-display MathJax_Display MathJax_SVG_Display MJXc-display mwe-math-mathml-display "
    "mwe-math-fallback-image-display MathJax_CHTML_Display mwe-math-element-block"
)
_RAW_MATH: Final = frozenset({"math", "arithmatex", "math-inline", "math-display", "tex", "latex"})
_KINDS: Final = words("inline display notranslate math-inline math-display js-render-math")
_IMAGES: Final = words(
    "tex latex math ltx_Math equation formula quicklatex-auto-format "
    "mwe-math-fallback-image-inline mwe-math-fallback-image-display mwe-math-fallback-image "
    "equation_image"
)
# Programs and services that make an image of TeX.
_DRAWS_TEX: Final = re.compile(
    r"latex\.php|equation\?tex=|latex\.codecogs|mimetex|mathtex|cht=tx|/math/render|/tex2?(?:img|png)\b"
)
_FRAME: Final = re.compile(r"(MathJax-Element-[0-9]{1,9})(?:-Frame)?\Z")
_ASKED: Final = ("tex=", "latex=", "chl=", "formula=", "eq=")


def find(markup: Markup) -> tuple[dict[int, str], int]:
    """Return the elements that are formulas and what each reads as: "" for a further copy.

    And whether a script of the page is yet to draw formulas that stand in its text: 0 if none is,
    DRAWS_TEX, or DRAWS_ASCII for TeX and AsciiMath.
    """
    renderer = _renderer(markup)
    drawn = renderer or markup.has(_MATH) or markup.has(_CONTAINER)
    if not drawn and not any(map(markup.holding, _STATED)):
        return {}, 0
    return _Finder(markup).run(), renderer


def _renderer(markup: Markup) -> int:
    """Return what a script that the page calls draws, or holds."""
    found = 0
    for element in markup.of(_SCRIPT):
        head = markup.head(element)
        if (holds(head, b"ath") or holds(head, b"atex")) and (
            b'"math/' in head or _RENDERERS.search(head[:_HEAD])
        ):
            if _DRAWS_TICKS.search(head[:_HEAD]):
                return DRAWS_ASCII
            found = DRAWS_TEX
    return found


class _Finder:
    """Goes through the elements of a page once, past those that are found."""

    def __init__(self, markup: Markup) -> None:
        self.markup = markup
        self.found: dict[int, str] = {}
        self.copied = -1  # where a second copy of a formula may begin
        self.before = -1  # the formula found last
        self.scripts = {
            markup.attribute(element, _ID) or ""
            for element in markup.of(_SCRIPT)
            if (markup.attribute(element, TYPE) or "").startswith("math/")
        }

    def run(self) -> dict[int, str]:
        markup = self.markup
        element, count = 0, len(markup.kinds)
        while element < count:
            if element in self.found:  # the copy of one before it
                element = int(markup.last[element])
                continue
            text = self.read(element, int(markup.kinds[element]))
            if text is None:
                element += 1
                continue
            self._keep(element, text)
            element = int(markup.last[element])
        return self.found

    def _keep(self, element: int, text: str) -> None:
        """Keep a formula; beside what is drawn of it, a script with the same goes."""
        self.found[element] = text
        if not text:
            return
        markup, before = self.markup, self.before
        self.before = element
        if (
            before >= 0
            and self._is_source(before) != self._is_source(element)
            and bare(self.found[before]) == bare(text)
            and not any(
                self.markup.one_text(part).strip()
                for part in range(int(markup.last_text[before]), int(markup.first_text[element]))
            )
        ):
            script = before if self._is_source(before) else element
            self.found[script] = ""
            self.before = -1

    def _is_source(self, element: int) -> bool:
        """Whether an element holds TeX that is drawn beside it."""
        return self.markup.kinds[element] == _SCRIPT or self.markup.tag(element) == _TEX_MATH

    def read(self, element: int, kind: int) -> str | None:
        markup = self.markup
        if kind == _MATH:
            return written(self._of_math(element), display=self._is_block(element))
        if kind == _CONTAINER:
            return self._of_container(element)
        if kind == _SCRIPT:
            return self._of_script(element)
        if RAW[kind]:
            return None
        if kind == 0 and (tag := markup.tag(element)) in _SOURCE_TAGS:
            return (
                "" if tag == "mjx-copytext" else written(tidy(markup.text(element)), display=False)
            )
        classes = (markup.attribute(element, _CLASS) or "").split()
        text = self._of_classes(element, frozenset(classes)) if classes else None
        return self._of_stated(element) if text is None else text

    def _of_classes(self, element: int, classes: frozenset[str]) -> str | None:
        if "katex-mathml" in classes:  # copied without the box around both
            self.copied = int(self.markup.last[element])
        if "katex-html" in classes and self.copied == element:
            return ""
        if not classes.isdisjoint(_HEARD):
            return self._of_heard(element)
        if not classes.isdisjoint(_PREVIEWS):
            assistive = "MJX_Assistive_MathML" in classes
            return "" if self.scripts or not assistive else None
        if not classes.isdisjoint(_DRAWN):
            return self._of_drawn(element)
        if not classes.isdisjoint(_QUILLS):
            return self._of_quill(element)
        if not classes.isdisjoint(_WRAPPERS):
            return self._of_wrapper(element)
        if not classes.isdisjoint(_RAW_MATH) and not classes.isdisjoint(_KINDS | {"arithmatex"}):
            return self._of_raw(element, classes)
        return None

    def _of_heard(self, element: int) -> str | None:
        """Return TeX for those who listen, beside which the same is shown to those who see."""
        markup = self.markup
        text = markup.text(element).strip()
        if not text.startswith(("\\(", "\\[", "$")) or not TELLS_TEX.search(text):
            return None
        beside = int(markup.last[element])
        if beside < len(markup.kinds) and markup.attribute(beside, _HIDDEN) == "true":
            shown = bare(markup.text(beside))
            if shown == bare(tidy(text)):
                self.found[beside] = ""
        return written(tidy(text), display=text.startswith(("\\[", "$$")))

    def _of_stated(self, element: int) -> str | None:
        """Return the TeX that an element states and shows in other signs, or not at all."""
        head = self.markup.head(element)
        if not holds(head, _DATA_LATEX) and not holds(head, _DATA_FORMULA):
            return None
        source = self._source(element)
        shown = bare(self.markup.text(element))
        if not TELLS_TEX.search(source) or shown not in ("", bare(source)):
            return None
        return written(source, display=False)

    def _of_quill(self, element: int) -> str:
        """Return what MathQuill drew: its source, which stands beside it."""
        markup = self.markup
        text = self._source(element)
        for inner in range(element + 1, int(markup.last[element])):
            if text:
                break
            if not _SELECTED.isdisjoint((markup.attribute(inner, _CLASS) or "").split()):
                text = tidy(markup.text(inner))
        return written(text or tidy(markup.text(element)), display=False)

    def _of_math(self, math: int) -> str:
        """Return the TeX of a math element: its annotation, what it says instead, or itself."""
        markup = self.markup
        for inner in range(math + 1, int(markup.last[math])):
            if markup.tag(inner).rpartition(":")[2] == "annotation":
                encoding = markup.attribute(inner, _ENCODING) or ""
                if "tex" in encoding.lower() and (text := tidy(markup.text(inner))):
                    return text
        stated = markup.attribute(math, _ALT_TEXT) or markup.attribute(math, _TITLE) or ""
        return tidy(stated) or linear(markup, math)

    def _of_container(self, element: int) -> str:
        """Return what MathJax 3 drew: its MathML if there is one, else the letters drawn."""
        markup = self.markup
        display = markup.attribute(element, _DISPLAY) == "true"
        text = self._source(element)
        if not text:
            math = self._first_math(element)
            text = self._of_math(math) if math is not None else linear(markup, element)
        return written(text, display=display)

    def _of_script(self, element: int) -> str | None:
        markup = self.markup
        kind, _, more = (markup.attribute(element, TYPE) or "").lower().partition(";")
        if not kind.startswith("math/"):
            return None
        text = markup.text(element)
        if kind.strip() == "math/mml":
            return _of_mathml(text)
        return written(tidy(text), display="display" in more)

    def _of_drawn(self, element: int) -> str | None:
        """Return "" if a script holds the source of what MathJax 2 drew here, else its MathML."""
        markup = self.markup
        display = self._is_shown(element)
        for inner in range(element, int(markup.last[element])):
            frame = _FRAME.match(markup.attribute(inner, _ID) or "")
            if frame and frame[1] in self.scripts:
                return ""
            if stated := markup.attribute(inner, _MATHML):
                return written(_of_mathml(stated).strip("$"), display=display)
            if markup.kinds[inner] == _MATH:
                return written(self._of_math(inner), display=display or self._is_block(inner))
        return written(tidy(markup.text(element)), display=display)

    def _of_wrapper(self, element: int) -> str | None:
        markup = self.markup
        math = self._first_math(element)
        text = self._source(element) or (self._of_math(math) if math is not None else "")
        display = self._is_shown(element)
        if math is not None:
            display = display or self._is_block(math)
        if not text:
            for inner in range(element, int(markup.last[element])):
                if markup.kinds[inner] == _IMG and (alt := markup.attribute(inner, _ALT)):
                    text = tidy(alt)
                    break
        return written(text or self._second(element), display=display)

    def _second(self, element: int) -> str:
        """Return the text of an element; its TeX alone if that stands behind the signs drawn."""
        text = tidy(self.markup.text(element))
        parts = text.split()
        for at in range(1, min(len(parts), _PARTS)):
            rest = " ".join(parts[at:])
            if bare(rest) == bare("".join(parts[:at])):
                return rest
        return text

    def _of_raw(self, element: int, classes: frozenset[str]) -> str | None:
        """Return TeX that waits to be drawn; None if an element in it is already."""
        markup = self.markup
        if markup.last[element] > element + 1 or markup.kinds[element] == _IMG:
            return None
        text = markup.text(element)
        delimited = text.strip().startswith(("\\(", "\\[", "$", "\\begin"))
        if not delimited and not TELLS_TEX.search(text):
            return None
        display = text.strip().startswith(("\\[", "$$", "\\begin"))
        return written(
            tidy(text), display=display or not classes.isdisjoint({"display", "math-display"})
        )

    def _first_math(self, element: int) -> int | None:
        kinds = self.markup.kinds
        inside = range(element + 1, int(self.markup.last[element]))
        return next((inner for inner in inside if kinds[inner] == _MATH), None)

    def _source(self, element: int) -> str:
        for name in _SOURCES:
            if text := self.markup.attribute(element, name):
                return tidy(text)
        return ""

    def _is_block(self, math: int) -> bool:
        markup = self.markup
        return "block" in (markup.attribute(math, _DISPLAY) or "") or (
            markup.attribute(math, _MODE) == "display"
        )

    def _is_shown(self, element: int) -> bool:
        """Whether the formula stands in a line of its own, as a class in it or on it says."""
        markup = self.markup
        for inner in range(element, min(int(markup.last[element]), element + 8)):
            classes = (markup.attribute(inner, _CLASS) or "").split()
            if not _SHOWN.isdisjoint(classes):
                return True
        return False


def of_image(head: str, alt: str, source: str = "") -> str:
    """Return the formula an image shows by its alternative text, "" if it shows none.

    `head` are its class and id, `source` where it comes from.
    """
    stated = alt.strip()
    classes = head.split()
    if "equation_image" in classes:  # of Canvas
        stated = stated.removeprefix("LaTeX:").strip()
    if stated.startswith(("\\displaystyle", "{\\displaystyle", "$", "\\(", "\\[")):
        known = len(stated) > 2 and not stated[1:2].isdigit()  # noqa: PLR2004 - "$5" is a price
    else:
        drawn = not _IMAGES.isdisjoint(classes) or _DRAWS_TEX.search(source) is not None
        known = drawn and TELLS_TEX.search(stated) is not None
    if not known:
        return ""
    display = "display" in head or stated.startswith(("$$", "\\["))
    return written(tidy(stated), display=display)


def of_address(attributes: dict[str, str]) -> str:
    """Return the formula of an image without an alternative text: its title, or its address."""
    source = attributes.get("src", "")
    title = attributes.get("title", "").strip()
    if title and not _IMAGES.isdisjoint(attributes.get("class", "").split()):
        return written(tidy(title), display=False) if TELLS_TEX.search(title) else ""
    if _DRAWS_TEX.search(source) is None:
        return ""
    query = source.partition("?")[2][:MAX_FORMULA]
    named = [
        part[len(name) :]
        for part in query.split("&")
        for name in _ASKED
        if part[: len(name)] == name
    ]
    stated = unquote_plus(named[0] if named else query if "codecogs" in source else "")
    return written(tidy(stated), display=False) if TELLS_TEX.search(stated) else ""


def _of_mathml(text: str) -> str:
    """Return MathML that stands in a script or attribute as its text."""
    if "<math" not in text and ":math" not in text:
        return ""
    markup = cut((LexborHTMLParser(text).html or "").encode("utf-8", "replace"))
    found = markup.of(_MATH)
    return _Finder(markup).read(found[0], _MATH) or "" if found else ""
