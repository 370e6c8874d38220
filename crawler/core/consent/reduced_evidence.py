"""What of a page's evidence is stored: the statement about rights, never the text of the work.

A carrier may hold far more than a statement: a JSON-LD script the whole article, a description
its beginning, a footer a story. It is stored as what of it speaks of rights, chosen so that
reading it again gives the same signals (a property that the tests hold for every protocol).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from crawler.core.consent import broken_json
from crawler.core.consent.prose.reader import statements
from crawler.core.consent.prose.sentences import unwrapped
from crawler.core.consent.rights_words import is_person, is_rights, is_work, names_rights, speaks
from crawler.core.evidence import EXCESS, Carrier, PageEvidence
from crawler.core.late_expressions import late

# Addresses, and what is noted in words of ours.
_OF_OURS = frozenset({"link", "base", "attribute", "challenge", "terms", EXCESS})
JSON_LD, RSL = "application/ld+json", "application/rsl+xml"
ASSET = "asset"  # what a document's own properties say
SHORT = 300  # characters: a list of directives, an address, a sentence of terms
_MOST = 4_000  # characters of sentences that are kept of one text
_SHOWN = 500  # characters of a literal that stand in its signal
_PARTED = " | "  # between sentences: it ends one wherever it stands
_SELECTOR = "cssSelector"  # where the paid part is: shown beside what says so
_DEPTH = 100  # of JSON-LD; what lies deeper is of no page
# As prose parts them, with what parts them: sentences go, what stays is as it was.
_SENTENCE = late(r"[^.!?;\u3002\uff01\uff1f|\u2022\n]*+[.!?;\u3002\uff01\uff1f|\u2022\n]*+\s*+")
View = Callable[[str], str]
_DIRECTIVES = ("noai", "noml", "noimageai")
_COMMENT = late(r"<!--(?:[^-]|-(?!->))*+(?:-->|\Z)")
_CHARACTERS = late(r">[^<>]*+|<!\[CDATA\[(?:[^\]]|\](?!\]>))*+(?:\]\]>|\Z)")
_PUNCTUATED = late(r"[.!?]\s")


def reduced_page(evidence: PageEvidence) -> PageEvidence:
    """Return the evidence as it is stored. Doing it twice is doing it once."""
    carriers = tuple([reduced(item) for item in evidence.carriers])
    return evidence if carriers == evidence.carriers else replace(evidence, carriers=carriers)


def reduced(carrier: Carrier) -> Carrier:
    """Return the carrier with nothing but its statement. It keeps its place among the others."""
    text, plain = carrier.text, carrier.name == "text"
    if carrier.kind == "meta":
        text = _meta(carrier.name, text)
    elif carrier.kind == "script":
        text = _jsonld(text) if carrier.name == JSON_LD else _rsl(text)
    elif carrier.kind == ASSET:
        whole = len(text) <= SHORT or carrier.place == "c2pa"  # JSON, and nothing else in it
        text = text if whole else _sentences(text, _flat)
    elif carrier.kind not in _OF_OURS:
        # As the reader of prose takes it: a plain text's lines are no sentences' ends.
        text = statement(_one_line(text) if plain else text)
    if text == carrier.text:
        return carrier
    return Carrier(carrier.kind, carrier.name, text, carrier.place, carrier.type)


@lru_cache(maxsize=1_024)  # the pages of a site end with the same words
def statement(text: str) -> str:
    """Return the sentences of a text that speak of rights, "" if none does."""
    if len(text) <= SHORT:
        return text if speaks(text) or statements(text) else ""
    return _sentences(text)


def _sentences(text: str, view: View = str) -> str:
    """Return the sentences that count. `view`: how the reader takes the text."""
    kept: list[str] = []
    size = 0
    for sentence in _SENTENCE.findall(text):
        if size + len(sentence) <= _MOST and speaks(sentence):
            kept.append(sentence)
            size += len(sentence)
    short = "".join(kept).strip()
    found = statements(view(text))
    if statements(view(short)) == found:
        return short
    # What was found is what counts, whatever the sentences beside it said.
    alone = _PARTED.join(item.sentence for item in found)
    return alone if statements(view(alone)) == found else text


def _one_line(text: str) -> str:
    """Return a plain text as one line, so that its reader has no lines to join a second time."""
    return _PARTED.join([line for line in unwrapped(text).split("\n") if line])


def _flat(text: str) -> str:
    return " ".join(text.split())


def _meta(name: str, text: str) -> str:
    if is_rights(name):
        return text if len(text) <= SHORT or not prose_like(name) else _sentences(text, _flat)
    lowered = text.lower()
    if len(text) <= SHORT and (
        not is_work(name) or any(word in lowered for word in _DIRECTIVES)
    ):  # any name may be a bot's
        return text
    return "" if is_work(name) else _sentences(text, _flat)


def prose_like(name: str) -> bool:
    """Say if a meta about rights is written in sentences, and is no list of directives."""
    return any(word in name for word in ("right", "licen", "terms", "statement", "polic", "usage"))


# --- JSON-LD --------------------------------------------------------------------------


def _jsonld(text: str) -> str:
    try:
        value = json.loads(text.strip())
    except (ValueError, RecursionError):
        return broken_json.reduced(text, statement_of_key) if names_rights(text) else ""
    found = _pruned(value, 0)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else ""


def statement_of_key(key: str, text: str) -> str:
    """Return what is kept of a value under a key about rights."""
    if key == _SELECTOR:
        return text[:_SHOWN]
    return text if len(text) <= SHORT else _sentences(text)


def _pruned(value: object, depth: int) -> object:
    """Return the nodes that say something of rights, and the way to them."""
    if depth > _DEPTH:
        return None
    if isinstance(value, list):
        return [kept for item in value if (kept := _pruned(item, depth + 1))]
    if not isinstance(value, dict):
        return None
    found = dict(_kept(value, depth))
    if found and "@type" in value:
        found = {"@type": _types(value["@type"]), **found}
    return found


def _kept(node: dict[str, object], depth: int) -> Iterator[tuple[str, object]]:
    for key, value in node.items():
        if is_person(key):
            continue
        if is_rights(key):
            yield key, _rights(key, value, depth + 1)
        elif isinstance(value, dict | list) and (kept := _pruned(value, depth + 1)):
            yield key, kept


def _rights(key: str, value: object, depth: int) -> object:
    if isinstance(value, str):
        return statement_of_key(key, value)
    if depth > _DEPTH:
        return None
    if isinstance(value, list):
        return [_rights(key, item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {name: _said(name, item, depth + 1) for name, item in value.items()}
    return value


def _said(key: str, value: object, depth: int) -> object:
    if key == "@type":
        return _types(value)
    if is_person(key):  # who says it is no statement, unless a statement stands there
        return _rights(key, value, depth) if isinstance(value, str) and statements(value) else None
    return _rights(key, value, depth)


def _types(value: object) -> object:
    items = value if isinstance(value, list) else [value]
    kept = [item for item in items if isinstance(item, str) and len(item) <= SHORT]
    return kept if isinstance(value, list) else kept[0] if kept else None


# --- RSL ------------------------------------------------------------------------------


def _rsl(text: str) -> str:
    """Return an RSL script without comments and without text that lists nothing."""
    if len(text) <= _SHOWN:
        return text
    start = len(text) - len(text.lstrip()) + _SHOWN

    def cut(match: re.Match[str]) -> str:
        found, begin = match[0], match.start()
        if match.end() <= start:
            return found
        if found.startswith("<!--"):
            return found if begin < start else ""
        if len(found) <= SHORT or not _PUNCTUATED.search(found):
            return found
        keep = max(start - begin, 9 if found[0] == "<" else 1)
        return found[:keep] + ("]]>" if found[0] == "<" else "")

    return _CHARACTERS.sub(cut, _COMMENT.sub(cut, text))
