"""The public summary of Art. 53(1)(d) of the EU AI Act, laid out as the official template.

Sections and fields are those of the template annexed to C(2025) 5235; what only the provider
of a model can say is left to them and marked so. It can be written over several exports.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from crawler.corpus.errors import CorpusError
from crawler.corpus.records.counts import Counts
from crawler.corpus.records.export_facts import Facts
from crawler.corpus.records.record import stamp

TEMPLATE = "Annex to C(2025) 5235: Art. 53(1)(d) of Regulation (EU) 2024/1689"
SUMMARY, DOMAINS, TOP = "eu_art53.json", "domains.csv", "top_domains.csv"
PROVIDER = "to be stated by the provider of the model"
_NONE_HERE = f"None in this corpus. Of the rest of the training data: {PROVIDER}"
_BILLION, _TRILLION = 10**9, 10**12
_SME_DOMAINS = 1_000
_COLUMNS = ("registrable_domain", "bytes", "records", "words", "licences")
Section = dict[str, Any]


@dataclass(slots=True)
class Figures:
    """What is counted of one export, or of several together. Times are seconds."""

    sources: list[str] = field(default_factory=list)  # name, version and ledger head of each
    crawlers: list[str] = field(default_factory=list)
    purposes: list[str] = field(default_factory=list)
    protocols: list[str] = field(default_factory=list)
    tokens: Counter[str] = field(default_factory=Counter)  # by the method that told them
    languages: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)  # by their owners
    unproven: Counter[str] = field(default_factory=Counter)
    filtered: Counter[str] = field(default_factory=Counter)  # by the operator
    removed: list[str] = field(default_factory=list)  # domains taken out by name
    records: int = 0
    fetched: int = 0
    first: float = 0.0
    last: float = 0.0
    as_of: float = 0.0

    def add(self, other: Figures) -> None:
        """Take in the figures of another export."""
        for item in ("sources", "crawlers", "purposes", "protocols", "removed"):
            mine: list[str] = getattr(self, item)
            mine += [one for one in getattr(other, item) if one not in mine]
        for item in ("tokens", "languages", "refused", "unproven", "filtered"):
            getattr(self, item).update(getattr(other, item))
        self.records += other.records
        self.fetched += other.fetched
        times = [at for at in (self.first, other.first) if at]
        self.first = min(times, default=0.0)
        self.last = max(self.last, other.last)
        self.as_of = max(self.as_of, other.as_of)

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the figures that `as_json` spelled out.

        Raises:
            TypeError: They are not.
        """
        counted = {"tokens", "languages", "refused", "unproven", "filtered"}
        values: dict[str, Any] = {
            key: Counter(one) if key in counted else one for key, one in value.items()
        }
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Domain:
    """What was kept of one registrable domain."""

    name: str
    bytes: int
    records: int
    words: int
    licences: Counter[str]


def figures_of(facts: Facts) -> Figures:
    """Return the figures of a finished export."""
    counts, plan = facts.counts, facts.plan
    consent = plan.gate.consent
    return Figures(
        sources=[f"{plan.settings.name} {facts.version}, ledger head {facts.head.hash}"],
        crawlers=[name for name in (plan.user_agent, *consent.tokens) if name],
        purposes=[usage.value for usage in consent.purpose],
        protocols=sorted(
            name for name, how in consent.readings.model_dump().items() if how != "log-only"
        ),
        tokens=Counter(counts.token_methods),
        languages=Counter(counts.languages),
        refused=_both(facts, "refused"),
        unproven=_both(facts, "unproven"),
        filtered=_both(facts, "filtered"),
        removed=list(facts.removed),
        records=counts.records,
        fetched=facts.fetched,
        first=counts.first,
        last=counts.last,
        as_of=facts.head.at,
    )


def domains_of(counts: Counts) -> list[Domain]:
    """Return the domains of an export, the largest first."""
    found = [
        Domain(name, size, records, words, Counter(counts.mix[name]))
        for name, (records, size, words) in counts.sites.items()
    ]
    return ranked(found)


def ranked(domains: Iterable[Domain]) -> list[Domain]:
    """Return each domain once, the largest first."""
    joined: dict[str, Domain] = {}
    for one in domains:
        before = joined.get(one.name)
        joined[one.name] = one if before is None else Domain(
            one.name, before.bytes + one.bytes, before.records + one.records,
            before.words + one.words, before.licences + one.licences,
        )  # fmt: skip
    return sorted(joined.values(), key=lambda one: (-one.bytes, one.name))


def files(figures: Figures, domains: list[Domain]) -> dict[str, str]:
    """Return the summary by file name: for people, for programs, and the lists of domains."""
    sections = summary(figures, len(domains))
    told = {"template": TEMPLATE, "sections": sections, "figures": figures.as_json()}
    return {
        SUMMARY: json.dumps(told, indent=1, ensure_ascii=False) + "\n",
        "eu_art53.md": _markdown(sections),
        TOP: _csv(domains[: _tenth(len(domains))], sum(one.bytes for one in domains)),
        DOMAINS: _csv(domains, None),
    }


def read(export: Path) -> tuple[Figures, list[Domain]]:
    """Return what an export says of itself.

    Raises:
        CorpusError: It is none, or one of before 2.0, which does not list its domains.
    """
    try:
        told = json.loads((export / SUMMARY).read_text("utf-8"))
        figures = Figures.from_json(told["figures"])
        with (export / DOMAINS).open(encoding="utf-8", newline="") as listed:
            domains = [
                Domain(
                    row["registrable_domain"], int(row["bytes"]), int(row["records"]),
                    int(row["words"]), _licences(row["licences"]),
                )
                for row in csv.DictReader(listed)
            ]  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(
            f"{export} cannot be summed up",
            f"{type(error).__name__}: {error}",
            "name a job, or an export with eu_art53.json and domains.csv as 2.0 writes them",
        ) from error
    return figures, domains


def summary(figures: Figures, domains: int) -> list[Section]:
    """Return the template's sections, each with its fields."""
    period = f"{_month(figures.first)} to {_month(figures.last)}"
    return [
        _section("1", "General information"),
        _section(
            "1.1", "Provider identification",
            {"Provider name and contact details": PROVIDER,
             "Authorised representative name and contact details": PROVIDER},
        ),
        _section(
            "1.2", "Model identification",
            {"Versioned model name(s)": PROVIDER, "Model dependencies": PROVIDER,
             "Date of placement of the model on the Union market": PROVIDER},
        ),
        _section(
            "1.3", "Modalities, overall training data size and other characteristics",
            {"Modality": "text", "Training data size": _size(figures),
             "Types of content": "text of web pages",
             "Latest date of data acquisition/collection for model training": _month(figures.last),
             "Continuously trained on new data after that date": PROVIDER,
             "Linguistic characteristics (records by language)":
                 dict(figures.languages.most_common()),
             "Other relevant characteristics": f"{figures.records} records",
             "Additional comments": _comments(figures)},
        ),
        _section("2", "List of data sources"),
        _section("2.1", "Publicly available datasets", {"Used": _NONE_HERE}),
        _section("2.2", "Private non-publicly available datasets obtained from third parties"),
        _section(
            "2.2.1", "Datasets commercially licensed by rightsholders or their representatives",
            {"Used": _NONE_HERE},
        ),
        _section(
            "2.2.2", "Private datasets obtained from other third parties", {"Used": _NONE_HERE}
        ),
        _section(
            "2.3", "Data crawled and scraped from online sources",
            {"Crawlers used by the provider or on its behalf": "yes",
             "Crawler name(s)/identifier(s)": figures.crawlers,
             "Purposes of the crawler(s)": figures.purposes,
             "General description of crawler behaviour": (
                 "Reads and follows robots.txt (RFC 9309) with at most one connection to a host. "
                 "Never passes a login, a paywall, a captcha or a bot challenge: such pages are "
                 "refusals. Stops at HTTP 401, 402, 403 and 451."),
             "Period of data collection": period,
             "Comprehensive description of the type of content and online sources crawled": (
                 f"Main text of {figures.records} public web pages from {domains} registrable "
                 f"domains, of {figures.fetched} pages fetched."),
             "Type of modality covered": "text",
             "Summary of the most relevant domain names crawled": (
                 f"{TOP}: the {_tenth(domains)} largest of {domains} registrable domains (public "
                 "suffix list) by UTF-8 bytes of text kept. For an SME the first "
                 f"{min(math.ceil(domains / 20), _SME_DOMAINS)} suffice. {DOMAINS} has them all."),
             "Additional comments": "none"},
        ),
        _section("2.4", "User data", {"Used": _NONE_HERE}),
        _section("2.5", "Synthetic data", {"Used": _NONE_HERE}),
        _section("2.6", "Other sources of data", {"Used": _NONE_HERE}),
        _section("3", "Relevant data processing aspects"),
        _section(
            "3.1", "Respect of reservation of rights from the text and data mining exception",
            {"Signatory to the Code of Practice": PROVIDER,
             "Measures implemented": (
                 "Every reservation found before, at or after the request refuses the page; "
                 "evidence is sought again before export, and what is refused now is taken out."),
             "Opt-out protocols and solutions honoured": figures.protocols,
             "Refused by owners (pages by rule)": dict(sorted(figures.refused.items())),
             "Not used since consent was not proven (pages by rule)":
                 dict(sorted(figures.unproven.items()))},
        ),
        _section(
            "3.2", "Removal of illegal content",
            {"General description of measures taken": (
                "Domains on the operator's lists are never fetched; takedown requests are carried "
                "out in text, raw copies and published versions."),
             "Domains removed": len(figures.removed)},
        ),
        _section(
            "3.3", "Other information",
            {"Left out by the operator's own choice, no refusal of a rightsholder (pages by rule)":
                 dict(sorted(figures.filtered.items())),
             "As of": stamp(figures.as_of), "Drawn from": figures.sources},
        ),
    ]  # fmt: skip


def _comments(figures: Figures) -> str:
    if len(figures.sources) < 2:  # noqa: PLR2004 - one is the usual
        return "none"
    several = f"Sum of {len(figures.sources)} corpora"
    return f"{several}; a page that more than one of them holds is counted in each."


def _section(number: str, title: str, fields: Mapping[str, object] | None = None) -> Section:
    return {"number": number, "title": title, "fields": dict(fields or {})}


def _both(facts: Facts, ground: str) -> Counter[str]:
    """Return what was decided while crawling and at this export, by reason."""
    both = Counter(facts.decided[ground])
    both.update(facts.left_out[ground])
    return both


def _tenth(domains: int) -> int:
    return math.ceil(domains / 10)


def _size(figures: Figures) -> str:
    tokens = Counts(tokens=figures.tokens.total(), token_methods=figures.tokens)
    return f"{_range(tokens.tokens)} ({tokens.tokens_with_method})"


def _range(tokens: int) -> str:
    if tokens < _BILLION:
        return "less than 1 billion"
    return "1 billion to 10 trillion" if tokens <= 10 * _TRILLION else "more than 10 trillion"


def _month(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%m/%Y") if seconds else ""


def _licences(text: str) -> Counter[str]:
    pairs = (pair.rpartition(":") for pair in text.split())
    return Counter({kind: int(count) for kind, _, count in pairs})


def _csv(domains: list[Domain], total: int | None) -> str:
    """Return domains as CSV; with `total`, the bytes of all, ranked and with their share."""
    text = io.StringIO()
    more = ("rank", "share") if total is not None else ()
    names = [*more[:1], *_COLUMNS[:-1], *more[1:], _COLUMNS[-1]]
    writer = csv.DictWriter(text, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for rank, one in enumerate(domains, 1):
        mix = " ".join(f"{kind}:{count}" for kind, count in sorted(one.licences.items()))
        row = {
            "rank": rank,
            "registrable_domain": one.name,
            "bytes": one.bytes,
            "records": one.records,
            "words": one.words,
            "share": round(one.bytes / (total or 1), 6),
            "licences": mix,
        }
        writer.writerow(row)
    return text.getvalue()


def _markdown(sections: Iterable[Section]) -> str:
    lines = ["# Public summary of training content", "", f"{TEMPLATE}.", ""]
    for section in sections:
        number = section["number"]
        lines += [f"{'#' * (2 + number.count('.'))} {number}. {section['title']}", ""]
        lines += [f"- **{name}**: {_plain(value)}" for name, value in section["fields"].items()]
        if section["fields"]:
            lines.append("")
    return "\n".join(lines)


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {item}" for key, item in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)
