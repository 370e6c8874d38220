"""The figures of consent: what became of pages, whose word decided, where words contradict."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.core.consent.protocols import PROTOCOLS, sentence
from crawler.core.decision import Value
from crawler.display import charts
from crawler.display.figure import Column, Figure, Row, Tile, Tone
from crawler.display.proportion import Share, WeightedShare
from crawler.report.numbers import (
    FAILED,
    FILTERED,
    GONE,
    KEPT,
    REFUSED,
    SETTLED,
    UNPROVEN,
    WAITING,
    Amount,
    Numbers,
)
from crawler.report.sample import LICENCES, ROBOTS, WRITTEN, Sampled

TONES: dict[str, Tone] = {
    KEPT: "kept",
    REFUSED: "refused",
    FILTERED: "filtered",
    FAILED: "failed",
    UNPROVEN: "unknown",
}
_LABELS = {
    KEPT: "Kept",
    REFUSED: "Refused by owners",
    FILTERED: "Filtered by us",
    FAILED: "Failed",
}
_GATES = {1: "before the request", 2: "at the headers", 3: "at the document"}
_PARTS = 3
_CODE, _MEANING = Column("code", "code"), Column("meaning", "text")
_PAGES, _SHARE = Column("pages"), Column("share", "share")


def tiles(numbers: Numbers) -> tuple[Tile, ...]:
    """Return the four numbers of the first screen."""
    return tuple(_tile(numbers, what) for what in _LABELS)


def _tile(numbers: Numbers, what: str) -> Tile:
    count, label = numbers.pages(what), _LABELS[what]
    share = Share(count, numbers.settled)
    if what == KEPT:
        kinds = sorted(numbers.licences.items(), key=lambda item: -item[1].pages)
        found: dict[str, int] = {}
        for (kind, _), amount in kinds:
            found[f"licence {kind}"] = found.get(f"licence {kind}", 0) + amount.pages
        parts = sorted(found.items(), key=lambda item: -item[1])[:_PARTS]
    else:
        parts = numbers.reasons[what].most_common(_PARTS) if what in numbers.reasons else []
    value = share.value or 0.0
    says = f"{label}: {count:,} of {numbers.settled:,} pages, {value:.1%}, as squares of a hundred."
    return Tile(
        name=what,
        label=label,
        tone=TONES[what],
        number=count,
        share=share,
        picture=charts.waffle(share, TONES[what], says),
        parts=tuple(parts),
        query="pages" if what == KEPT else "urls",
    )


def beside(numbers: Numbers) -> str:
    """Return what the tiles do not show."""
    return (
        f"Shares are of the {numbers.settled:,} pages that are settled. Among them are"
        f" {numbers.pages(UNPROVEN):,} whose consent was not proven. Beside them:"
        f" {numbers.pages(GONE):,} moved or gone, {numbers.pages(WAITING):,} not yet decided,"
        f" {sum(numbers.links.values()):,} links not taken up."
    )


def outcomes(numbers: Numbers) -> Figure:
    rows = tuple(
        (what, numbers.pages(what), Share(numbers.pages(what), numbers.settled)) for what in SETTLED
    ) + tuple((what, numbers.pages(what), None) for what in (GONE, WAITING))
    return Figure(
        name="outcomes",
        title="What became of the pages",
        about="Refused: an owner said no. Filtered: the operator does not want it. Not proven:"
        " what could say no could not be had or read. Shares are of what is settled, with their"
        " 95 % interval (Wilson).",
        columns=(Column("outcome", "text"), _PAGES, _SHARE),
        rows=rows,
        bar="share",
        tones=tuple(TONES.get(str(row[0]), "plain") for row in rows),
        queries=("urls", "pages"),
    )


def consent_yield(numbers: Numbers) -> Figure:
    """Return what consent left, in pages and in words."""
    kept = numbers.amounts.get(KEPT, Amount())
    refused, unproven = numbers.pages(REFUSED), numbers.pages(UNPROVEN)
    left = numbers.amounts.get(REFUSED, Amount())
    # A refused text was not read or not stored. The kept ones' mean stands in for its length.
    unread = max(0, refused - numbers.left_refused)
    mean = kept.words / kept.pages if kept.pages else 0.0
    lost = left.words + unread * mean
    squares = (
        kept.squares + left.squares + unread * (kept.squares / kept.pages if kept.pages else 0)
    )
    rows = (
        ("pages", kept.pages, refused, Share(kept.pages, kept.pages + refused)),
        (
            "pages, unproven counted as refused",
            kept.pages,
            refused + unproven,
            Share(kept.pages, kept.pages + refused + unproven),
        ),
        (
            "words, refused texts as long as kept ones",
            kept.words,
            round(lost),
            WeightedShare(kept.words, kept.words + lost, squares),
        ),
    )
    return Figure(
        name="consent_yield",
        title="Consent yield",
        about="What is kept, of that on which owners decided. How long refused texts are is not"
        " known (they were not read, or not stored): the mean length of the kept ones stands in,"
        " and the interval is that of so many unequal texts (Kish). What we filtered ourselves,"
        " and what failed, is no decision of owners and left out.",
        columns=(Column("measure", "text"), Column("kept"), Column("refused"), _SHARE),
        rows=rows,
        bar="share",
        tone="kept",
        queries=("pages", "urls"),
    )


def reasons(numbers: Numbers) -> tuple[Figure, ...]:
    """Return why pages are not there, a figure for each kind of no."""
    said = {
        REFUSED: "The rule by which an owner said no.",
        FILTERED: "What the operator's policy, or the crawler for want of text, left out.",
        UNPROVEN: "What could not be established, so that the page is not kept.",
        FAILED: "What the network or the server did (docs/outcomes.md).",
    }
    return tuple(
        _reasons(numbers, what, about) for what, about in said.items() if numbers.reasons.get(what)
    )


def _reasons(numbers: Numbers, what: str, about: str) -> Figure:
    counts = numbers.reasons[what]
    whole = counts.total()
    return Figure(
        name=what.replace(" ", "_"),
        title={**_LABELS, UNPROVEN: "Not proven"}[what],
        about=about,
        columns=(_CODE, _PAGES, _SHARE, _MEANING),
        rows=tuple(
            (code, count, Share(count, whole), sentence(code))
            for code, count in counts.most_common()
        ),
        bar="share",
        tone=TONES[what],
        queries=("urls", "pages"),
        wide=True,
    )


def signals(numbers: Numbers) -> Figure:
    """Return refusals by the protocol in which they were said."""
    where = {protocol.name: protocol.where for protocol in PROTOCOLS}
    counts: dict[str, int] = {}
    for code, count in numbers.reasons.get(REFUSED, {}).items():
        name = code.partition(".")[0] if "." in code else "request of an owner"
        counts[name] = counts.get(name, 0) + count
    whole = sum(counts.values())
    return Figure(
        name="signals",
        title="By signal",
        about="Refused pages by the kind of statement that decided. The strongest evidence comes"
        " first where several agree.",
        columns=(Column("signal", "code"), _PAGES, _SHARE, Column("where", "text")),
        rows=tuple(
            (name, count, Share(count, whole), where.get(name, "").replace("`", ""))
            for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ),
        bar="share",
        tone="refused",
        queries=("urls", "pages"),
        wide=True,
    )


def gates(numbers: Numbers) -> Figure:
    whole = numbers.gates.total()
    return Figure(
        name="gates",
        title="By gate",
        about="Where a refusal was met: the earlier, the less was asked of the site. Pages that"
        " were refused after they had been kept are not among them.",
        columns=(Column("gate", "text"), _PAGES, _SHARE),
        rows=tuple(
            (_GATES.get(gate, f"gate {gate}"), count, Share(count, whole))
            for gate, count in sorted(numbers.gates.items())
        ),
        bar="share",
        tone="refused",
        queries=("gates",),
    )


def links(numbers: Numbers) -> Figure:
    """Return the links that never became URLs of the job."""
    whole = numbers.links.total()
    return Figure(
        name="links",
        title="Links not taken up",
        about="By the reason for which a link did not become a page of the job. Known are links to"
        " pages that are in it already.",
        columns=(_CODE, Column("links"), _SHARE),
        rows=tuple(
            (reason, count, Share(count, whole)) for reason, count in numbers.links.most_common()
        ),
        bar="share",
        tone="filtered",
        queries=("links",),
        shown=12,
    )


def matrix(sampled: Sampled) -> Figure:
    """Return what robots.txt, other statements and licences say of the same pages."""
    names = [(robots, written) for robots in ROBOTS for written in WRITTEN]
    rows: tuple[Row, ...] = tuple(
        (robots, written, *(sampled.matrix[robots, written, licence] for licence in LICENCES))
        for robots, written in names
    )
    cells = {
        (down, across): sampled.matrix[*names[down], licence]
        for down in range(len(names))
        for across, licence in enumerate(LICENCES)
    }
    short = [
        f"{'robots no' if robots == ROBOTS[0] else 'robots silent'}, {_SHORT[written]}"
        for robots, written in names
    ]
    return Figure(
        name="matrix",
        title="robots.txt, what is written, and the licence",
        about=f"{_of(sampled)} Each page once: whether robots.txt refuses training or access"
        " (to us, to everybody, or to agents that train), what is written elsewhere (in words, or"
        " by a machine-readable sign), and the licence of its text.",
        columns=(
            Column("robots", "text"),
            Column("written", "text"),
            *(Column(licence) for licence in LICENCES),
        ),
        rows=rows,
        picture=charts.heat(
            _LICENCES_SHORT, short, cells, "Pages by what three places say of them."
        ),
        queries=("decisions",),
    )


_LICENCES_SHORT = ("open", "NC, ND", "none", "not read")
_SHORT = {WRITTEN[0]: "words no", WRITTEN[1]: "sign no", WRITTEN[2]: "silent"}


def contradictions(numbers: Numbers, sampled: Sampled, refusing: Iterable[str]) -> Figure:
    """Return how often two places say opposite things of the same page."""
    found = sampled.matrix
    whole = sampled.read
    read = sum(number for (_, _, licence), number in found.items() if licence != LICENCES[3])

    def count(robots: int | None, written: tuple[int, ...], licence: int | None) -> int:
        return sum(
            number
            for (r, w, kind), number in found.items()
            if (robots is None or r == ROBOTS[robots])
            and w in [WRITTEN[at] for at in written]
            and (licence is None or kind == LICENCES[licence])
        )

    hosts = set(refusing)
    open_there = sum(pages for host, pages in numbers.open_pages.items() if host in hosts)
    rows = (
        ("an open licence, though robots.txt refuses", Share(count(0, (0, 1, 2), 0), read)),
        ("an open licence, though words or a sign refuse", Share(count(None, (0, 1), 0), read)),
        ("words or a sign refuse, robots.txt does not", Share(count(1, (0, 1), None), whole)),
        ("words or a sign refuse, and so does robots.txt", Share(count(0, (0, 1), None), whole)),
        (
            "kept under an open licence on hosts that refuse an agent that trains",
            Share(open_there, numbers.open_pages.total()),
        ),
    )
    return Figure(
        name="contradictions",
        title="Contradictions",
        about="A licence speaks for the author, an opt-out for the host; the stricter wins."
        f" {_of(sampled)} The last row counts all kept pages.",
        columns=(Column("what", "text"), Column("share", "share"), _PAGES, Column("of")),
        rows=tuple((what, share, share.part, share.whole) for what, share in rows),
        bar="share",
        tone="refused",
        queries=("decisions", "open_pages", "robots", "robots_texts"),
    )


def spoken(sampled: Sampled) -> Figure:
    """Return which protocols spoke at all, whether or not they decided."""
    most = sorted(sampled.protocols.items(), key=lambda item: (-item[1][Value.DENY.label], item[0]))
    rows: tuple[Row, ...] = tuple(
        (
            name,
            *(counts[value.label] for value in (Value.DENY, Value.CONDITIONAL, Value.ALLOW)),
            Share(counts[Value.DENY.label], sampled.read),
        )
        for name, counts in most
    )
    return Figure(
        name="spoken",
        title="Who speaks at all",
        about=f"{_of(sampled)} Pages of which a protocol says something about training or access,"
        " whether or not it decided.",
        columns=(
            Column("protocol", "code"),
            Column("refuses"),
            Column("on_conditions"),
            Column("allows"),
            Column("share_refused", "share"),
        ),
        rows=rows,
        bar="share_refused",
        tone="refused",
        queries=("decisions",),
    )


def presets(sampled: Sampled) -> Figure:
    """Return what each preset would change."""
    rows = [
        (
            name,
            found.leave.total(),
            found.enter.total(),
            found.fetch.total(),
            found.reason_only.total(),
            Share(found.decided - found.same - found.reason_only.total(), found.decided),
        )
        for name, found in sampled.presets.items()
    ]
    return Figure(
        name="presets",
        title="What each preset would change",
        about=f"{_of(sampled)} Decided again under the presets, with this job's name for us:"
        " pages that would leave, would enter (their text is held), or would be asked for anew."
        " Exactly, and with examples: crawler redecide JOB --policy PRESET.",
        columns=(
            Column("preset", "code"),
            Column("leave"),
            Column("enter"),
            Column("ask_for"),
            Column("other_reason"),
            Column("share_changed", "share"),
        ),
        rows=tuple(rows),
        bar="share_changed",
        queries=("decisions",),
    )


def _of(sampled: Sampled) -> str:
    if sampled.read >= sampled.whole:
        return f"All {sampled.read:,} decisions, read again from their evidence."
    return f"A sample of {sampled.read:,} of {sampled.whole:,} decisions, read again."
