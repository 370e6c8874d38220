"""The document as one HTML file: everything escaped, nothing fetched, nothing run.

The stylesheet stands within and is named to the browser by its hash: no other style, no script, no
address is allowed (Content Security Policy Level 3), so that a mistake in escaping harms nobody.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from crawler.display import charts
from crawler.display.figure import Cell, Column, Document, Figure, Tone
from crawler.display.proportion import Proportion
from crawler.display.scales import spell
from crawler.display.strangers_text import one_line

_LONG = 160  # characters of a cell; JSON and CSV have the rest
_UNKNOWN = "\N{EN DASH}"


def render(document: Document) -> str:
    """Return `document` as HTML."""
    style = stylesheet()
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none';"
        " form-action 'none'"
    )
    page = _templates().get_template("document.html")
    # The style is our own file.
    return page.render(document=document, style=Markup(style), policy=policy)  # noqa: S704


@cache
def stylesheet() -> str:
    """Return the one stylesheet of every page that this package shows."""
    return files("crawler.display").joinpath("templates/style.css").read_text("utf-8")


@cache
def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("crawler.display"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    add_to(found)
    return found


def add_to(templates: Environment) -> None:
    """Give an environment what templates of pages need: how cells are shown."""
    templates.filters["line"] = one_line
    templates.globals["cell"] = cell_html
    templates.globals["bars"] = bars
    templates.globals["proportion"] = proportion_html


def cell_html(column: Column, value: Cell) -> str | Markup:
    """Return a cell for a template, which escapes what is no markup."""
    if value is None or isinstance(value, str | int | float):
        return cell(column, value)
    return proportion_html(value)


def cell(column: Column, value: Cell) -> str:
    """Return a cell's text; what is not known is a dash."""
    if value is None:
        return _UNKNOWN
    if isinstance(value, str):
        return one_line(value, _LONG)
    if isinstance(value, int | float):
        if column.kind == "seconds":
            return spell(value)
        return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".removesuffix(".00")
    return proportion(value)


def proportion(share: Proportion) -> str:
    """Return a share and its interval as text."""
    if share.value is None:
        return _UNKNOWN
    return f"{percent(share.value)} ({_reach(share)})"


def proportion_html(share: Proportion) -> Markup:
    """Return a share and, less loud, its interval."""
    if share.value is None:
        return escape(_UNKNOWN)
    drawn = Markup('{}<span class="reach-of">{}</span>')
    return drawn.format(percent(share.value), _reach(share))


def _reach(share: Proportion) -> str:
    low, high = share.interval
    return f"{_digits(low)}\N{EN DASH}{_digits(high)}"


def percent(value: float) -> str:
    return f"{_digits(value)}\N{NO-BREAK SPACE}%"


def _digits(value: float) -> str:
    """Return a share of a hundred with one digit, more where it would look like none or all."""
    number = 100 * value
    near = min(number, 100 - number)
    return f"{number:.1f}" if near >= 0.05 or near <= 0 else f"{number:.3f}"  # noqa: PLR2004


def bars(figure: Figure) -> Iterator[Markup]:
    """Yield the bar of each row that is shown."""
    cells = figure.column(figure.bar)[: figure.shown]
    plain_numbers = [value for value in cells if isinstance(value, int | float)]
    most = max(plain_numbers, default=0) or 1
    tones: list[Tone] = [*figure.tones[: len(cells)]]
    tones += [figure.tone] * (len(cells) - len(tones))
    for value, tone in zip(cells, tones, strict=True):
        if value is None or isinstance(value, str):
            yield Markup("")
        elif isinstance(value, int | float):
            yield charts.bar(value / most, None, tone)
        else:
            yield charts.bar(value.value or 0.0, value.interval, tone)
