"""`crawler audit` put together: inputs read, counted, and one document of it."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.audit import now_figures, time_figures
from crawler.audit.agents import VERSION
from crawler.audit.collected import Collected, history, name_of
from crawler.audit.earlier import Standing
from crawler.audit.shares import Audit, strata, tables
from crawler.display.figure import Document, Figure, Query, Section

_ON = "How each number is defined. docs/audit.md says more."
_DEFINED = (
    Query(
        "combined",
        "The combined agents: closed if closed to at least one of them.",
        "status(domain) = max over GPTBot, ChatGPT-User, Google-Extended, CCBot, ClaudeBot,\n"
        "  cohere-ai, FacebookBot of status(domain, agent);  all > some > none > no_robots\n"
        "restricted = domains with status all / domains whose answer is known",
    ),
    Query(
        "rules",
        "What one file says to one agent, by both rule sets.",
        "cic:     group named exactly so, else *, else none; lines with ? left out;\n"
        "         none if no Disallow, one empty Disallow, or Allow the same list;\n"
        "         all if Disallow: / and no Allow; else some\n"
        "rfc9309: all if the agent may not have / (longest pattern, Allow on a tie);\n"
        "         some if a rule refuses something; else none",
    ),
    Query(
        "weights",
        "Shares of weight, and the mixture of head and sample.",
        "weight share = weight of domains with status all / weight of domains that are known\n"
        "mixture      = f * share(head) + (1 - f) * share(sample);  f = weight(head) / weight\n"
        "intervals    = Wilson, 95 %, for sum(w)^2 / sum(w^2) domains; joined by MOVER",
    ),
    Query(
        "series",
        "Months.",
        "status(domain, month) = that of its newest answer not later than the month's end;\n"
        "not counted before its first answer; a 404 is no_robots; a server error is no answer",
    ),
)
_COMPARED = Query(
    "compared",
    "Two audits.",
    "domains whose answer both know, each by its last status;\n"
    "closed since: all now and not before; opened since: all before and not now",
)


def audit_of(
    collected: Collected, head: int | None = None, sample: int | None = None, seed: int = 0
) -> Audit:
    """Count what was collected."""
    past = history(collected)
    parts = strata(past.weights, head, sample, seed)
    return Audit(collected, past, parts, tables(collected, past, parts))


def document(
    name: str, audit: Audit, now: float, *, before: Standing | None = None, listed: bool = False
) -> Document:
    """Return the document of an audit; `listed`: with all domains, not the heaviest alone."""
    sections = [
        Section(
            "now",
            "Now",
            "",
            (
                now_figures.strata_now(audit),
                now_figures.classes(audit),
                now_figures.companies(audit),
                now_figures.agents(audit),
            ),
        )
    ]
    over_time = (*time_figures.series(audit), *time_figures.changed(audit))
    if over_time:
        sections.append(Section("time", "Over time", "", over_time))
    if before is not None:
        sections.append(Section("compared", "Compared", "", time_figures.compared(before, audit)))
    named = (now_figures.top_levels(audit), _domains(audit, listed=listed))
    sections.append(Section("domains", "Domains", "", named))
    return Document(
        title=f"Consent audit of {name}",
        facts=_facts(audit, now),
        tiles=now_figures.tiles(audit),
        beside=now_figures.beside(audit),
        beside_queries=("combined", "rules"),
        sections=tuple(sections),
        queries=(*_DEFINED, *((_COMPARED,) if before is not None else ())),
        on=_ON,
        notes=audit.collected.troubles.sentences(),
    )


def _domains(audit: Audit, *, listed: bool) -> Figure:
    figure = now_figures.domains(audit)
    if listed or len(figure.rows) <= figure.shown:
        return figure
    return Figure(
        name=figure.name,
        title=figure.title,
        about=f"{figure.about} All {len(figure.rows):,}: --domains.",
        columns=figure.columns,
        rows=figure.rows[: figure.shown],
        queries=figure.queries,
    )


def _facts(audit: Audit, now: float) -> tuple[tuple[str, str], ...]:
    months = audit.past.months
    facts = [
        ("domains", f"{len(audit.past.names):,}"),
        ("answers read", f"{audit.collected.answers:,}"),
        ("different texts", f"{len(audit.collected.texts) - 1:,}"),
    ]
    if months:
        facts += [("from", name_of(months[0])), ("to", name_of(months[-1]))]
    facts.append(("list of agents", VERSION))
    facts.append(("audited", datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d %H:%M UTC")))
    return tuple(facts)
