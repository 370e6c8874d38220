"""Pictures as inline SVG. Colours and type are the stylesheet's, so that they turn with it.

Each is drawn for a column 400 units wide, so that its letters can be read on a phone. All text goes
through `_text` or `_label`: nothing of a stranger can leave the text it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log1p, log10

from markupsafe import Markup

from crawler.display.figure import Picture, Tone
from crawler.display.proportion import Proportion
from crawler.display.scales import Scale, nice, short, spaced
from crawler.display.strangers_text import one_line

WIDE = 400
_SQUARES = 100
_ROW = 25  # squares in a row of a waffle
_LEFT, _RIGHT = 44, 392
_TOP, _BASE = 12, 172
_LINES: tuple[str, ...] = ("a", "b", "c", "d", "e", "f")  # classes of lines, in order
_NAMED = 60  # characters of a label


@dataclass(frozen=True, slots=True)
class Line:
    """One line over time: a share for each month, None where there is none."""

    name: str
    points: Sequence[Proportion | None]


def waffle(share: Proportion, tone: Tone, says: str) -> Picture:
    """Draw a share as squares out of a hundred; anything at all shows as a sliver."""
    value = share.value or 0.0
    filled = value * _SQUARES
    parts = []
    for at in range(_SQUARES):
        x, y = at % _ROW * 16, at // _ROW * 16
        parts.append(f'<rect class="none" x="{x}" y="{y}" width="14" height="14" rx="2"/>')
        part = min(1.0, max(0.0, filled - at))
        if part > 0:
            width = max(1.5, round(14 * part, 1))
            parts.append(
                f'<rect class="{tone}" x="{x}" y="{y}" width="{width}" height="14" rx="2"/>'
            )
    return _picture(says, 62, parts, WIDE - 2)


def bar(value: float, interval: tuple[float, float] | None, tone: Tone) -> Markup:
    """Draw the bar of a table's row, from 0 to 1, with its interval; the number stands beside."""
    width = round(100 * min(1.0, max(0.0, value)), 2)
    drawn = ['<rect class="none" x="0" y="3" width="100" height="8" rx="1"/>']
    if width > 0:
        drawn.append(
            f'<rect class="{tone}" x="0" y="3" width="{max(0.8, width)}" height="8" rx="1"/>'
        )
    if interval is not None:
        low, high = (round(100 * bound, 2) for bound in interval)
        drawn.append(f'<path class="reach" d="M{low} 7H{high}M{low} 4.5v5M{high} 4.5v5"/>')
    size = 'viewBox="0 0 100 14" preserveAspectRatio="none"'
    svg = f'<svg class="bar" {size} aria-hidden="true">{"".join(drawn)}</svg>'
    return Markup(svg)  # noqa: S704 - numbers and classes of ours


def columns(
    names: Sequence[str], stacks: Mapping[str, tuple[Tone, Sequence[int]]], says: str
) -> Picture:
    """Draw stacked columns over time. `stacks`: for each layer its tone and its numbers."""
    totals = [sum(numbers[at] for _, numbers in stacks.values()) for at in range(len(names))]
    ticks = nice(max(totals, default=0))
    up = Scale(0, ticks[-1], _BASE, _TOP)
    parts = _rules(ticks, up, short)
    room = (_RIGHT - _LEFT) / max(1, len(names))
    width = max(1.0, min(36.0, room * 0.8))
    for at in range(len(names)):
        x = round(_LEFT + room * (at + 0.5) - width / 2, 2)
        level = 0
        for tone, numbers in stacks.values():
            if numbers[at]:
                y, foot = up(level + numbers[at]), up(level)
                parts.append(
                    f'<rect class="{tone}" x="{x}" y="{y}" width="{round(width, 2)}"'
                    f' height="{round(foot - y, 2)}"/>'
                )
            level += numbers[at]
    parts += _names_below(names, lambda at: _LEFT + room * (at + 0.5))
    parts += _legend([(tone, name) for name, (tone, _) in stacks.items()], 206)
    return _picture(says, 218, parts)


def lines(names: Sequence[str], found: Sequence[Line], says: str, most: float = 0.0) -> Picture:
    """Draw shares over time with their intervals as bands."""
    tops = [
        point.interval[1] if len(found) == 1 else point.value or 0.0
        for line in found
        for point in line.points
        if point is not None and point.value is not None
    ]
    ticks = nice(min(1.0, max([*tops, most, 0.01])))
    up = Scale(0, ticks[-1], _BASE, _TOP)
    along = Scale(0, max(1, len(names) - 1), _LEFT + 6, _RIGHT - 6)
    parts = _rules(ticks, up, lambda value: f"{100 * value:g} %")
    for letter, line in zip(_LINES, found, strict=False):
        for run in _runs(line.points):
            band = [f"{along(at)} {up(share.interval[1])}" for at, share in run]
            band += [f"{along(at)} {up(share.interval[0])}" for at, share in reversed(run)]
            parts.append(f'<path class="band {letter}" d="M{"L".join(band)}Z"/>')
    for letter, line in zip(_LINES, found, strict=False):
        for run in _runs(line.points):
            way = "L".join(f"{along(at)} {up(share.value or 0.0)}" for at, share in run)
            parts.append(f'<path class="line {letter}" d="M{way}"/>')
            at, share = run[-1]
            y = up(share.value or 0.0)
            parts.append(f'<circle class="dot {letter}" cx="{along(at)}" cy="{y}" r="2.6"/>')
    parts += _names_below(names, along)
    key = [(letter, line.name) for letter, line in zip(_LINES, found, strict=False)]
    rows = _legend(key, 206)
    return _picture(says, 206 + 12 + 16 * (_legend_rows(key) - 1), parts + rows)


def heat(
    across: Sequence[str], down: Sequence[str], numbers: Mapping[tuple[int, int], int], says: str
) -> Picture:
    """Draw a table of counts as squares that are darker the more they hold."""
    left, top, tall = 142, 30, 34
    room = (WIDE - 2 - left) / max(1, len(across))
    most = max(numbers.values(), default=0)
    parts = []
    for column, name in enumerate(across):
        parts.append(_label(left + room * (column + 0.5), 18, name, "middle"))
    for row, name in enumerate(down):
        y = top + tall * row
        parts.append(_label(left - 10, y + 21, name, "end"))
        for column in range(len(across)):
            value = numbers.get((row, column), 0)
            strength = round(log1p(value) / log1p(most), 3) if most else 0.0
            x = round(left + room * column, 2)
            size = f'x="{x}" y="{y}" width="{round(room - 3, 2)}" height="{tall - 3}" rx="2"'
            parts.append(f'<rect class="none" {size}/>')
            if value:
                parts.append(f'<rect class="heat" {size} fill-opacity="{0.12 + 0.5 * strength}"/>')
            middle = round(left + room * column + (room - 3) / 2, 2)
            parts.append(_label(middle, y + 20, f"{value:,}", "middle", "number"))
    return _picture(says, top + tall * len(down) + 2, parts)


def against(points: Sequence[tuple[float, float, int]], says: str) -> Picture:
    """Draw what was kept against what was asked (seconds), both on logarithmic axes.

    `points` are asked, kept and how many; below the slope is less than what was asked.
    """
    ends = [value for asked, kept, _ in points for value in (asked, kept) if value > 0]
    low = 10.0 ** _floor10(min(ends, default=0.1))
    high = max(low * 10, 10.0 ** (_floor10(max(ends, default=10.0)) + 1))
    along = Scale(low, high, _LEFT, _RIGHT, log=True)
    up = Scale(low, high, 242, 24, log=True)
    ticks = _powers(low, high)
    parts = [_label(_LEFT - 6, up(tick) + 4, f"{tick:g} s", "end") for tick in ticks[1:]]
    parts += [f'<path class="rule" d="M{_LEFT} {up(tick)}H{_RIGHT}"/>' for tick in ticks]
    parts += [
        _label(along(tick), 258, f"{tick:g} s", "end" if tick == ticks[-1] else "middle")
        for tick in ticks
    ]
    parts.append(f'<path class="slope" d="M{along(low)} {up(low)}L{along(high)} {up(high)}"/>')
    most = max((number for _, _, number in points), default=1)
    for asked, kept, number in points:
        tone = "kept" if kept >= asked * 0.995 else "refused"
        size = round(3 + 7 * log1p(number) / log1p(most), 1)
        x, y = along(max(asked, low)), up(max(kept, low))
        parts.append(f'<circle class="{tone} seen" cx="{x}" cy="{y}" r="{size}"/>')
    parts.append(_label(_RIGHT, 274, "asked to be left alone", "end", "axis"))
    parts.append(_label(_LEFT, 12, "shortest pause kept", "start", "axis"))
    return _picture(says, 280, parts)


def _picture(says: str, high: int, parts: Sequence[str], wide: int = WIDE) -> Picture:
    # A title within would be read out as well, but pop up over the picture too.
    size = f'viewBox="0 0 {wide} {high}"'
    said = _text(says, 1000)
    svg = f'<svg class="picture" {size} role="img" aria-label="{said}">{"".join(parts)}</svg>'
    return Picture(Markup(svg), says)  # noqa: S704 - each text in it went through `_text`


def _rules(ticks: Sequence[float], up: Scale, say: Callable[[float], str]) -> list[str]:
    drawn = []
    for tick in ticks:
        kind = "base" if tick == 0 else "rule"
        drawn.append(f'<path class="{kind}" d="M{_LEFT} {up(tick)}H{_RIGHT}"/>')
        drawn.append(_label(_LEFT - 6, up(tick) + 4, say(tick), "end"))
    return drawn


def _names_below(names: Sequence[str], where: Callable[[float], float]) -> list[str]:
    """Write as many names as have room, the last one first."""
    drawn: list[str] = []
    free = float(WIDE)
    step = spaced(names, max(2, int(58 / (max(map(len, names), default=1) + 2))))
    for at in reversed(step):
        wide = 6.6 * len(names[at])
        middle = min(max(where(at), _LEFT - 10 + wide / 2), WIDE - wide / 2)
        if middle + wide / 2 <= free:
            drawn.append(_label(middle, _BASE + 15, names[at], "middle"))
            free = middle - wide / 2 - 8
    return drawn


def _legend(items: Sequence[tuple[str, str]], y: int) -> list[str]:
    """Write the key in two columns, or in one row where it is short."""
    drawn = []
    for (x, down), (kind, name) in zip(_legend_places(items), items, strict=True):
        level = y + down
        drawn.append(
            f'<rect class="key {kind}" x="{x}" y="{level - 8}" width="9" height="9" rx="2"/>'
        )
        drawn.append(_label(x + 14, level, name, "start"))
    return drawn


def _legend_places(items: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    widths = [24 + int(6.6 * min(_NAMED, len(name))) for _, name in items]
    if sum(widths) <= _RIGHT - _LEFT:
        return [(_LEFT + sum(widths[:at]), 0) for at in range(len(items))]
    return [(_LEFT + (at % 2) * 178, 16 * (at // 2)) for at in range(len(items))]


def _legend_rows(items: Sequence[tuple[str, str]]) -> int:
    return 1 + max((down for _, down in _legend_places(items)), default=0) // 16


def _runs(points: Sequence[Proportion | None]) -> list[list[tuple[int, Proportion]]]:
    """Return the stretches without a gap."""
    runs: list[list[tuple[int, Proportion]]] = []
    before = -2
    for at, point in enumerate(points):
        if point is None or point.value is None:
            continue
        if at != before + 1:
            runs.append([])
        runs[-1].append((at, point))
        before = at
    return runs


def _label(x: float, y: float, text: str, anchor: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    place = f'x="{round(x, 2)}" y="{round(y, 2)}"'
    return f'<text{named} {place} text-anchor="{anchor}">{_text(text, _NAMED)}</text>'


def _text(text: str, most: int) -> str:
    return escape(one_line(text, most))


def _floor10(value: float) -> int:
    return floor(log10(max(value, 1e-3)))


def _powers(low: float, high: float) -> list[float]:
    found = [low]
    while found[-1] < high * 0.999:
        found.append(found[-1] * 10)
    return found
