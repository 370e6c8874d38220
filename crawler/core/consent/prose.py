"""Written reservations: prose where publishers state their terms.

A conservative detector: a topic and a refusal in one sentence (in robots.txt: one block of
comments), read only in legal context: robots.txt comments, footers and legal notes, rights metas,
JSON-LD usage notes, an ai.txt that is prose. Body text about AI is no reservation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from crawler.core.consent import jsonld, prose_words, robotstxt
from crawler.core.consent.protocol import (
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

_SAYS: Says = {**TRAIN_DENY, Usage.TDM: Value.DENY}
_LIMIT = 20_000  # characters of one text that are read
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
_NOTES = ("usageInfo", "copyrightNotice", "conditionsOfAccess")


def read(case: Case) -> Reading:
    """Resolve the page's and robots.txt's prose; by the letter of no specification it counts."""
    if case.spec:
        return NOTHING
    signals = list(_comments(case))
    for item in case.metas:
        if item.name in _METAS:
            signals += _signals((item.text,), f"meta {item.name}")
    for item in case.elements.get("prose", ()):
        signals += _signals((item.text,), f"prose {item.place or item.name}")
    for item in case.scripts(jsonld.MEDIA_TYPE):
        if any(note in item.text for note in _NOTES):
            signals += _signals(_notes(item.text), "script ld+json")
    return reading_of(signals)


def signals_of(text: str, place: str, case: Case) -> Iterable[Signal]:
    """Return the reservation in a text file, if the policy listens to prose."""
    if case.policy.readings.of("prose") != "honour":
        return ()
    return _signals((text,), place)


def find(text: str) -> str:
    """Return the sentence of `text` that reserves, or ""."""
    return _find(_normal(text), whole=False)


def _signals(texts: Iterable[str], place: str) -> Iterator[Signal]:
    for text in texts:
        sentence = find(text)
        if sentence:
            yield signal("prose.reservation", place, sentence, _SAYS)


def _comments(case: Case) -> Iterator[Signal]:
    if case.robots is not None:
        found = _comment_reservation(case.robots)
        if found is not None:
            line, text = found
            yield signal("prose.comment", f"robots.txt:{line}", text, _SAYS)


@lru_cache(maxsize=256)
def _comment_reservation(body: bytes) -> tuple[int, str] | None:
    """Return the first comment block that reserves, and the line it starts on."""
    blocks: list[tuple[int, list[str]]] = []
    last = -1
    for line, comment in robotstxt.parse(body).comments:
        if line != last + 1 or not blocks:
            blocks.append((line, []))
        blocks[-1][1].append(comment.lstrip("#"))
        last = line
    if not blocks:
        return None
    # The preamble may run over several blocks, so it is taken out before they are parted.
    texts = [" ".join(" ".join(lines).split()).lower() for _, lines in blocks]
    joined = prose_words.without_preamble("\n".join(texts))
    for (line, _), text in zip(blocks, joined.split("\n"), strict=True):
        found = _find(text.strip(), whole=True)
        if found:
            return line, found
    return None


def _normal(text: str) -> str:
    # Line ends inside a note part its items; single spaces elsewhere.
    return "  ".join(" ".join(line.split()) for line in text[:_LIMIT].split("\n")).lower()


@lru_cache(maxsize=4096)
def _find(text: str, *, whole: bool) -> str:
    text = text[:_LIMIT]
    if not any(stem in text for stem in prose_words.STEMS):
        return ""
    text = prose_words.without_preamble(text)
    text = prose_words.LONG_QUOTE.sub(" ", text)
    for sentence in (text,) if whole else prose_words.SENTENCE.split(text):
        if len(sentence) > 8 and _reserves(sentence):  # noqa: PLR2004 - shorter than any
            return sentence.strip()
    return ""


def _reserves(sentence: str) -> bool:
    if not prose_words.TOPIC.search(sentence):
        return False
    bare = prose_words.LIFTED.sub(" ", prose_words.ALL_RIGHTS.sub(" ", sentence))
    return bool(prose_words.REFUSAL.search(bare) or prose_words.NO_TOPIC.search(bare))


def _notes(text: str) -> Iterator[str]:
    for node in jsonld.nodes(text) or ():
        for note in _NOTES:
            value = node.get(note)
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, str):
                    yield item
                elif isinstance(item, dict):
                    yield from (v for k, v in item.items() if k != "@type" and isinstance(v, str))


PROTOCOL: Protocol = Protocol(
    name="prose",
    read=read,
    places=(FileKind.ROBOTS, "document"),
    rules={
        "prose.reservation": "A sentence where the site states its terms reserves this use.",
        "prose.comment": "A comment in robots.txt reserves this use.",
    },
    ways=(
        WayOut(
            "Terms in words",
            "No part of this site may be used to train AI systems.",
            "Read where the law's reservation is usually written: footers and terms.",
        ),
    ),
    where="robots.txt comments, footers and legal notes, rights metas, JSON-LD usage notes, an"
    " ai.txt that is prose",
    refuses="a topic and a refusal in one sentence: `ai_train`, `tdm`",
    former_prefix="nat",
)
