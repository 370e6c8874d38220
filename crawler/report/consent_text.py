"""The figures of a job as tables of text, for a terminal and for a Markdown file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawler.report.consent_counts import OTHERS, Amount, ConsentReport
from crawler.report.proportion import Share

_AGENTS = 20
_LANGUAGES = 20
_REASONS = 30


@dataclass(frozen=True, slots=True)
class Section:
    """One table: a title, what its numbers mean, columns, rows."""

    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sections(report: ConsentReport) -> list[Section]:
    """Return the tables in the order in which they are read; empty ones are left out."""
    found = [_yield(report), _reasons(report), _robots(report), _agents(report)]
    found += [_licences(report), _languages(report), *_sites(report), _contradictions(report)]
    return [section for section in found if section.rows]


def markdown(report: ConsentReport, job: str, pictures: Iterable[str] = ()) -> str:
    """Return the whole report as Markdown."""
    lines = [f"# Consent in {_cell(job)}", ""]
    for section in sections(report):
        lines += [f"## {section.title}", "", section.about, ""]
        lines.append("| " + " | ".join(section.columns) + " |")
        lines.append("|---" * len(section.columns) + "|")
        lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in section.rows]
        lines.append("")
    for name in pictures:
        lines += [f"![{name.removesuffix('.png')}]({name})", ""]
    return "\n".join(lines)


def _cell(text: str) -> str:
    """Return a cell that no text of a stranger can break out of."""
    return "".join(" " if ord(char) < ord(" ") else char for char in text).replace("|", "\\|")


def _yield(report: ConsentReport) -> Section:
    rows = [("pages kept, of those decided", str(report.consent))]
    rows += [
        (f"pages {'kept' if state == 'active' else state}", f"{item.pages} ({item.words} words)")
        for state, item in report.states.items()
    ]
    rows.append(("pages refused by their owners", f"{report.refused.total()} (words unknown)"))
    rows += [(f"... {gate}", str(count)) for gate, count in report.refused_at.items()]
    rows.append(("pages filtered by the policy", str(report.filtered.total())))
    rows.append(("pages whose consent is not proven", str(report.unproven.total())))
    rows.append(("pages failed", str(report.failed.total())))
    rows += [(f"pages {outcome}", str(count)) for outcome, count in report.others.items()]
    rows.append(("pages not yet decided", str(report.waiting)))
    about = (
        "What consent left of the pages found. Words are counted in kept texts; what was refused "
        "was not read or not stored. Shares come with their 95 % interval (Wilson)."
    )
    return Section("Yield", about, ("", "pages"), tuple(rows))


def _reasons(report: ConsentReport) -> Section:
    rows = [
        (what, code, str(count), str(Share(count, counts.total())))
        for what, counts in (
            ("refused", report.refused),
            ("filtered", report.filtered),
            ("not proven", report.unproven),
            ("retired", report.retired),
            ("failed", report.failed),
        )
        for code, count in counts.most_common(_REASONS)
    ]
    about = (
        "Why pages were not kept, by the code of the reason. Refused: an owner said no. Filtered: "
        "the operator does not want it. Not proven: consent could not be established."
    )
    return Section("Reasons", about, ("", "code", "pages", "share"), tuple(rows))


def _robots(report: ConsentReport) -> Section:
    asked = report.robots.total()
    rows = [
        (answer, str(count), str(Share(count, asked)))
        for answer, count in report.robots.most_common()
    ]
    if report.hosts:
        rows.append(("unknown: not asked", str(report.unknown_hosts), "not in the shares"))
    about = "The last answer of each host to the request for its robots.txt."
    return Section("Answers for robots.txt", about, ("answer", "hosts", "share"), tuple(rows))


def _agents(report: ConsentReport) -> Section:
    hosts = report.any_training.whole
    training = (report.any_training, report.any_training_by_name)
    rows = [("any for training", "", *(_percent(share) for share in training), "")]
    shown = [item for item in report.agents if item.named.part or item.kind == OTHERS]
    rows += [
        (
            item.token,
            *(_percent(share) for share in (item.named, item.refused, item.refused_by_name)),
            _part(item.words_refused.part, item.words_refused.whole),
        )
        for item in shown[:_AGENTS]
    ]
    about = (
        f"Of {hosts} hosts whose robots.txt was read. Named: a group names the agent. Refused: "
        "`/` is disallowed to it (RFC 9309), by its own groups or else those for everybody. "
        "Words: of kept pages, on hosts that refuse it. Agents that nobody names are left out."
    )
    columns = ("agent", "named", "refused", "by name", "words")
    return Section("AI agents", about, columns, tuple(rows) if hosts else ())


def _percent(share: Share) -> str:
    low, high = share.interval
    return f"{share.value or 0:.1%} ({100 * low:.0f}-{100 * high:.0f})"


def _licences(report: ConsentReport) -> Section:
    about = "Kept pages by the class of the licence believed of their text."
    rows = _amounts(report.licences, report.kept)
    return Section("Licences", about, ("class", "pages", "words", "share of pages"), rows)


def _languages(report: ConsentReport) -> Section:
    about = "Kept pages by language."
    rows = _amounts(report.languages, report.kept)[:_LANGUAGES]
    return Section("Languages", about, ("language", "pages", "words", "share of pages"), rows)


def _amounts(amounts: Mapping[str, Amount], kept: Amount) -> tuple[tuple[str, ...], ...]:
    found = sorted(amounts.items(), key=lambda item: (-item[1].pages, item[0]))
    return tuple(
        (name, str(item.pages), str(item.words), str(Share(item.pages, kept.pages)))
        for name, item in found
    )


def _sites(report: ConsentReport) -> list[Section]:
    by_pages = tuple(
        (pages, str(sites), str(words), str(Share(sites, report.site_count)))
        for pages, (sites, words) in report.sizes.items()
    )
    largest = tuple(
        (site, str(item.pages), str(item.words), _part(item.words, report.kept.words))
        for site, item in report.sites.items()
    )
    return [
        Section(
            "Sites by size",
            "Sites (registrable domains) by how many of their pages were kept.",
            ("pages", "sites", "words", "share of sites"),
            by_pages,
        ),
        Section(
            "Largest sites",
            "The sites with most words kept, and their part of all words.",
            ("site", "pages", "words", "part of words"),
            largest,
        ),
    ]


def _part(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""


def _contradictions(report: ConsentReport) -> Section:
    refused = Share(report.open_but_refused.total(), report.refused_and_read)
    rows = [("refused though under an open licence, of refused pages read", str(refused))]
    rows += [(f"... by {reason}", str(count)) for reason, count in report.open_but_refused.items()]
    rows.append(
        (
            "kept under an open licence where robots.txt refuses a training agent",
            str(report.open_where_training_refused),
        )
    )
    about = "A licence speaks for the author, an opt-out for the host: where they disagree."
    return Section("Contradictions", about, ("", "pages"), tuple(rows))
