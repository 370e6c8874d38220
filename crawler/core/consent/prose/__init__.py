"""Written reservations: prose where publishers state their terms.

Read only in legal context: robots.txt comments, footers and legal notes, pages that are terms,
rights metas, JSON-LD usage notes, an ai.txt that is prose, llms.txt, a document's first and last
pages and its properties. Body text about AI is no reservation. `reader` finds the sentence; a
general ban of automated access is a statement of its own, which counts where the policy says so
(`readings.scraping`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from crawler.core.consent import json_ld_rights, robotstxt
from crawler.core.consent.prose import managed_robots, reader
from crawler.core.consent.prose.reader import Statement
from crawler.core.consent.prose.sentences import unwrapped
from crawler.core.consent.protocol import (
    AI_TDM_DENY,
    NOTHING,
    TRAIN_DENY,
    Case,
    Protocol,
    Reading,
    Says,
    WayOut,
    reading_of,
    signal,
)
from crawler.core.decision import Signal, Usage, Value
from crawler.core.evidence import FileKind
from crawler.core.late_expressions import late

# Mining covers training and training is mining: whoever refuses one has not left the other open.
_SAYS: Says = {**TRAIN_DENY, Usage.TDM: Value.DENY}
_METAS = frozenset(
    [
        "copyright",
        "rights",
        "dc.rights",
        "dcterms.rights",
        "dc.rights.license",
        "dcterms.accessrights",
        "dcterms.rightsholder",
        "license",
        "usage-rights",
        "terms",
        "tdm-statement",
    ]
)
_NO_SENTENCES = frozenset({"c2pa", "encryption"})
_RULE = late(r"(?i)(?:user-?agent|(?:dis)?allow|crawl-?delay|sitemap|host)\s*:")
_NOTES = ("usageinfo", "copyrightnotice", "conditionsofaccess")


def read(case: Case) -> Reading:
    """Resolve the page's and robots.txt's prose; by the letter of no specification it counts."""
    if case.spec:
        return NOTHING
    signals = list(_comments(case))
    for item in case.metas:
        if item.name in _METAS:
            signals += _signals((" ".join(item.text.split()),), f"meta {item.name}", case)
    for item in case.elements.get("asset", ()):
        if item.place not in _NO_SENTENCES:
            signals += _signals((" ".join(item.text.split()),), f"{item.place} {item.name}", case)
    for item in case.elements.get("prose", ()):
        text = unwrapped(item.text) if item.name == "text" else item.text
        signals += _signals((text,), f"prose {item.place or item.name}", case)
    for item in case.scripts(json_ld_rights.MEDIA_TYPE):
        low = item.text.lower()
        if any(note in low for note in _NOTES):
            signals += _signals(_notes(item.text), "script ld+json", case)
    return reading_of(signals)


def signals_of(text: str, place: str, case: Case) -> Iterable[Signal]:
    """Return what a text file reserves, if the policy listens to prose."""
    if case.policy.readings.of("prose") != "honour":
        return ()
    return _signals((unwrapped(text),), place, case)


def _signals(texts: Iterable[str], place: str, case: Case) -> Iterator[Signal]:
    for text in texts:
        for statement in reader.statements(text):
            yield _signal(statement, "prose.reservation", place, case)


def _signal(statement: Statement, rule: str, place: str, case: Case) -> Signal:
    if statement.kind == reader.SCRAPING:
        counts = case.policy.readings.of("scraping", "log-only") == "honour"
        return signal("prose.scraping", place, statement.shown(), AI_TDM_DENY, counts=counts)
    says = AI_TDM_DENY if Usage.AI_INPUT in statement.usages else _SAYS
    return signal(rule, place, statement.shown(), says)


def _comments(case: Case) -> Iterator[Signal]:
    if case.robots is not None:
        for line, statement in _comment_statements(case.robots):
            yield _signal(statement, "prose.comment", f"robots.txt:{line}", case)


@lru_cache(maxsize=256)
def _comment_statements(body: bytes) -> tuple[tuple[int, Statement], ...]:
    """Return the first reservation and the first ban in comments, and the lines they start on."""
    blocks: list[tuple[int, list[str]]] = []
    last = -1
    for line, comment in robotstxt.parse(body).comments:
        text = comment.lstrip("#").strip()
        if _RULE.match(text):
            continue  # a rule that is switched off
        if line != last + 1 or not blocks:
            blocks.append((line, []))
        if text.strip("-=*_~ "):  # a ruled or empty line parts paragraphs
            blocks[-1][1].append(text)
        else:
            blocks.append((line, []))
        last = line
    if not blocks:
        return ()
    # The preamble may run over several blocks, so it is taken out before they are parted.
    joined = managed_robots.without(
        "\n".join(" ".join(" ".join(lines).split()) for _, lines in blocks)
    )
    found: dict[str, tuple[int, Statement]] = {}
    for (line, _), text in zip(blocks, joined.split("\n"), strict=True):
        for statement in reader.statements(text):
            found.setdefault(statement.kind, (line, statement))
    return tuple(found.values())


def _notes(text: str) -> Iterator[str]:
    """Yield what is noted of the page, and of the works it is a part of."""
    for node in json_ld_rights.nodes(text):
        around = node.get("isPartOf")
        for work in (node, *(around if isinstance(around, list) else [around])):
            for _, value in json_ld_rights.said(work, _NOTES) if isinstance(work, dict) else ():
                if isinstance(value, str):
                    yield value
                elif isinstance(value, dict):
                    yield from (v for k, v in value.items() if k != "@type" and isinstance(v, str))


PROTOCOL: Protocol = Protocol(
    name="prose",
    read=read,
    places=(FileKind.ROBOTS, "document"),
    rules={
        "prose.reservation": "A sentence where the site states its terms reserves this use.",
        "prose.comment": "A comment in robots.txt reserves this use.",
        "prose.scraping": "A sentence where the site states its terms bans automated access.",
    },
    more_readings={"scraping": "log-only"},  # bans of automated access as such
    ways=(
        WayOut(
            "Terms in words",
            "No part of this site may be used to train AI systems.",
            "Read where the law's reservation is usually written: footers and terms.",
        ),
    ),
    where="robots.txt comments, footers and legal notes, pages that are terms as a whole, rights"
    " metas, JSON-LD usage notes, feeds' `copyright`, `llms.txt`, an ai.txt that is prose; of a"
    " document its first and last two pages and what its properties say of rights",
    refuses="mining, machine learning or training of AI, and a no to it in one sentence:"
    " `ai_train`, `tdm`, and `ai_input` where it is spoken of; a ban of automated access as"
    " such (`scraping`) where the policy reads that as `honour`",
    former_prefix="nat",
)
