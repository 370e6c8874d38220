"""The figures of a job as pictures, drawn without a display. Needs the extra `report`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from crawler.core.content import MissingExtra
from crawler.report.consent_counts import OTHERS, ConsentReport
from crawler.report.proportion import Share

_AGENTS = 15
_BARS = 15
_DPI = 130
_KEPT, _NOT, _FAILED, _PLAIN = "#2a7f62", "#c05a2b", "#8a8a8a", "#3b6ea5"
_LABEL = 40  # characters

_Bar = tuple[str, float, str]  # label, length, colour


def check_drawing() -> None:
    """Make sure that pictures can be drawn.

    Raises:
        MissingExtra: matplotlib is not installed; the message names the extra.
    """
    _figure(1)


def draw(report: ConsentReport, folder: Path) -> list[str]:
    """Write a PNG for each figure that has something to show; return their names.

    Raises:
        MissingExtra: matplotlib is not installed; the message names the extra.
    """
    pictures: dict[str, Callable[[ConsentReport], Any]] = {
        "yield.png": _draw_yield,
        "agents.png": _draw_agents,
        "licences.png": _draw_licences,
        "languages.png": _draw_languages,
        "sites.png": _draw_sites,
    }
    names = []
    for name, picture in pictures.items():
        figure = picture(report)
        if figure is not None:
            figure.savefig(folder / name, dpi=_DPI)
            names.append(name)
    return names


def _figure(bars: int) -> Any:  # noqa: ANN401 - types of an extra, which may not be there
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - an extra
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra(
            "pictures need matplotlib: pip install 'consent-crawler[report]'"
        ) from error
    figure = Figure(figsize=(9, 1.6 + 0.32 * bars), layout="constrained")
    layout: Any = figure.get_layout_engine()
    layout.set(w_pad=0.15, h_pad=0.1)  # inches
    FigureCanvasAgg(figure)  # draws into memory, whatever backend the environment names
    return figure


def _bars(bars: Sequence[_Bar], title: str, unit: str) -> Any:  # noqa: ANN401
    if not bars:
        return None
    figure = _figure(len(bars))
    axes = figure.add_subplot()
    places = range(len(bars))
    lengths = [length for _, length, _ in bars]
    drawn = axes.barh(places, lengths, color=[colour for _, _, colour in bars])
    axes.bar_label(drawn, labels=[f"{length:,.0f}" for length in lengths], padding=4)
    _label(axes, [label for label, _, _ in bars], title, unit)
    axes.set_xlim(0, max(lengths) * 1.12 or 1)
    return figure


def _label(axes: Any, labels: list[str], title: str, unit: str) -> None:  # noqa: ANN401
    # A dollar sign would start a formula.
    safe = [label[:_LABEL].replace("$", r"\$") for label in labels]
    axes.set_yticks(range(len(safe)), safe)
    axes.invert_yaxis()
    axes.set_title(title, loc="left")
    axes.set_xlabel(unit)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.spines[["top", "right"]].set_visible(False)


def _draw_yield(report: ConsentReport) -> Any:  # noqa: ANN401
    bars: list[_Bar] = []
    for state, item in report.states.items():
        kept = state == "active"
        bars.append(("kept" if kept else state, item.pages, _KEPT if kept else _FAILED))
    room = _BARS - len(bars)
    bars += [(f"refused: {code}", n, _NOT) for code, n in report.refused.most_common(room)]
    bars += [(f"filtered: {code}", n, _FAILED) for code, n in report.filtered.most_common(5)]
    bars += [(f"failed: {code}", n, _FAILED) for code, n in report.failed.most_common(5)]
    return _bars(bars, f"Pages by what became of them\nkept {report.consent}", "pages")


def _draw_agents(report: ConsentReport) -> Any:  # noqa: ANN401
    named = [item for item in report.agents if item.named.part and item.kind != OTHERS]
    others = [item for item in report.agents if item.kind == OTHERS]
    shares = [
        (item.token, item.kind, item.refused, item.named) for item in named[:_AGENTS] + others
    ]
    if not shares or not report.any_training.whole:
        return None
    figure = _figure(len(shares))
    axes = figure.add_subplot()
    places = range(len(shares))
    refused = [share for _, _, share, _ in shares]
    axes.barh(
        places,
        [_percent(share.value) for share in refused],
        xerr=_errors(refused),
        color=_NOT,
        ecolor="#333333",
        capsize=2,
        label="“/” refused (bar), 95 % interval (line)",
    )
    axes.scatter(
        [_percent(named.value) for _, _, _, named in shares],
        places,
        marker="D",
        s=30,
        edgecolor="white",
        color=_PLAIN,
        zorder=3,
        clip_on=False,
        label="named in robots.txt",
    )
    labels = ["* (all others)" if kind == OTHERS else token for token, kind, _, _ in shares]
    title = f"AI agents in robots.txt\nn = {report.any_training.whole} hosts with robots.txt"
    _label(axes, labels, title, "% of hosts whose robots.txt was read")
    axes.set_xlim(0, 100)
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    return figure


def _percent(value: float | None) -> float:
    return 100 * (value or 0.0)


def _errors(shares: list[Share]) -> list[list[float]]:
    bounds = [(share.value or 0.0, *share.interval) for share in shares]
    below = [max(0.0, 100 * (value - low)) for value, low, _ in bounds]
    above = [max(0.0, 100 * (high - value)) for value, _, high in bounds]
    return [below, above]


def _draw_licences(report: ConsentReport) -> Any:  # noqa: ANN401
    found = sorted(report.licences.items(), key=lambda item: -item[1].pages)
    bars = [(name, item.pages, _PLAIN) for name, item in found]
    return _bars(bars, f"Licences of kept pages\nn = {report.kept.pages} pages", "pages")


def _draw_languages(report: ConsentReport) -> Any:  # noqa: ANN401
    found = sorted(report.languages.items(), key=lambda item: -item[1].words)
    bars = [(name, item.words, _PLAIN) for name, item in found[:_BARS]]
    return _bars(bars, f"Languages of kept texts\nn = {report.kept.words:,} words", "words")


def _draw_sites(report: ConsentReport) -> Any:  # noqa: ANN401
    bars = [(name, item.words, _PLAIN) for name, item in list(report.sites.items())[:_BARS]]
    return _bars(bars, f"Sites with most words kept\nof {report.site_count} sites", "words")
