"""The templates of the pages: everything escaped, and strangers' text made harmless first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from crawler.display import strangers_text
from crawler.serve import wording

if TYPE_CHECKING:  # all that explains hangs on it, which takes a third of the start
    from crawler.report.explain import Explanation

_PURPOSES = {"crawl": "fetched", "index": "found by search", "ai_input": "used in answers",
             "ai_train": "trained on", "tdm": "mined"}  # fmt: skip


def render(name: str, given: Mapping[str, object]) -> str:
    """Return the page or part of a page that a template draws."""
    return _templates().get_template(name).render(given)


@cache
def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("crawler.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(
        line=strangers_text.one_line,
        block=strangers_text.block,
        count=wording.count,
        size=wording.size,
        moment=wording.moment,
        clock=wording.clock,
        span=wording.span,
        whose=wording.whose,
        tone=wording.tone,
        meaning=_meaning,
        sentences=_sentences,
        outcome=wording.outcome,
        state=wording.state,
        ended=wording.ended,
    )
    found.globals["query"] = _query
    found.globals["purposes"] = _PURPOSES
    return found


def _meaning(code: str) -> str:
    from crawler.report.in_sentences import meaning  # noqa: PLC0415

    return meaning(code)


def _sentences(found: Explanation) -> str:
    from crawler.report.in_sentences import paragraph  # noqa: PLC0415

    return paragraph(found)


def _query(**given: object) -> str:
    """Return the query part of a path; whatever a stranger chose is percent-encoded."""
    return urlencode({name: value for name, value in given.items() if value}, errors="replace")
