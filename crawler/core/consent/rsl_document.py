"""RSL 1.0 documents: hostile XML to terms, and terms to values for one URL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from crawler.core.consent.path_patterns import comparable, pattern_of
from crawler.core.consent.protocol import AI_DENY, Says, join, only_refusals
from crawler.core.decision import Usage, Value
from crawler.core.late_expressions import late
from crawler.core.lenient_text import words_of
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import Url, parse

BODY_LIMIT = 2**20  # octets; a licence is a page of text
_ELEMENTS = 20_000  # read of one document
_NAMESPACE = "https://rslstandard.org/rsl"
_KNOWN = frozenset(
    [
        "rsl",
        "content",
        "schema",
        "alternate",
        "copyright",
        "terms",
        "license",
        "permits",
        "prohibits",
        "payment",
        "standard",
        "custom",
        "amount",
        "accepts",
        "legal",
        "reporting",
    ]
)
_PRICES = ("standard", "custom", "amount")
_DAYS = late(r"\s*(\d{1,6})\s*\Z")
_DEFAULT_DAYS = 30.0
_MAX_DAYS = 365.0
_ORIGIN = late(r"(https?://[^/?#*]+)(.*)\Z", re.IGNORECASE | re.DOTALL)

_AI = frozenset({"ai-train", "ai-input", "ai-index"})
_EXPANDS = {"all": _AI | {"search", "all"}, "ai-all": _AI | {"ai-all"}}
_MEANS = {"search": Usage.INDEX, "ai-input": Usage.AI_INPUT, "ai-train": Usage.AI_TRAIN}
# Words of older guides, understood where they refuse and nowhere else.
_ALIASES = {
    "train-ai": "ai-train",
    "ai_train": "ai-train",
    "train": "ai-train",
    "training": "ai-train",
    "ai-training": "ai-train",
    "train-genai": "ai-train",
    "ai_input": "ai-input",
    "ai_all": "ai-all",
    "ai": "ai-all",
    "*": "all",
}
_EVERYTHING: Says = dict.fromkeys(
    (Usage.INDEX, Usage.AI_INPUT, Usage.AI_TRAIN, Usage.TDM), Value.DENY
)
_EU = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)


@dataclass(frozen=True, slots=True)
class Terms:
    """One `license` element: what it lists, by type ("usage", "user", "geo")."""

    permits: tuple[tuple[str, frozenset[str]], ...] = ()
    prohibits: tuple[tuple[str, frozenset[str]], ...] = ()
    payment: tuple[str, ...] = ()  # types of payment; () is free
    reports: tuple[str, ...] = ()  # profiles of reports that it asks for

    def permitted(self, kind: str) -> frozenset[str] | None:
        """Return the listed values of that type, or None where nothing is listed."""
        found = [values for name, values in self.permits if name == kind]
        return frozenset().union(*found) if found else None

    def prohibited(self, kind: str) -> frozenset[str]:
        return frozenset().union(*(values for name, values in self.prohibits if name == kind))


@dataclass(frozen=True, slots=True)
class Content:
    """One `content` element."""

    url: str | None
    server: bool
    terms: tuple[Terms, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """An RSL document. With a `problem` it is non-conformant and grants nothing."""

    contents: tuple[Content, ...] = ()
    days: float = _DEFAULT_DAYS
    problem: str = ""


@lru_cache(maxsize=256)
def read(body: bytes, *, inline: bool = False) -> Document:
    """Return the document in `body`; whatever is wrong with it becomes its `problem`.

    `inline`: it stands in a page or a page names it, so an empty URL means that page (3.3).
    """
    if len(body) > BODY_LIMIT:
        return Document(problem="larger than 1 MiB")
    try:
        root = fromstring(body.strip(), forbid_dtd=True)
    except (ParseError, ValueError, LookupError, OverflowError, RecursionError) as error:
        return Document(problem=f"not well-formed: {type(error).__name__}")
    elements = _count(root)
    if elements > _ELEMENTS:
        return Document(problem="too many elements")
    problem = _problem(root, inline=inline)
    contents = tuple(_content(item) for item in _named(root, "content"))
    match = _DAYS.match(root.get("max-age", ""))
    days = min(float(match[1]), _MAX_DAYS) if match else _DEFAULT_DAYS
    return Document(contents, days, problem)


def max_age_days(body: bytes) -> float:
    """Return for how many days the document holds, at least an hour."""
    return max(read(body).days, 1 / 24)


def _count(root: Element) -> int:
    total = 0
    for _ in root.iter():
        total += 1
        if total > _ELEMENTS:
            break
    return total


def _split(tag: object) -> tuple[str, str]:
    if not isinstance(tag, str):
        return "", ""
    if tag.startswith("{"):
        space, _, name = tag[1:].partition("}")
        return space.rstrip("/").replace("http://", "https://", 1), name
    return "", tag


def _named(parent: Element, name: str) -> Iterator[Element]:
    for child in parent:
        space, local = _split(child.tag)
        if local == name and space in {_NAMESPACE, ""}:
            yield child


def _problem(root: Element, *, inline: bool) -> str:
    if _split(root.tag) != (_NAMESPACE, "rsl"):
        return "root is not rsl in its namespace"
    for element in root.iter():
        space, local = _split(element.tag)
        if space == _NAMESPACE and local not in _KNOWN:
            return f"unknown element {local[:50]}"
    contents = list(_named(root, "content"))
    if not contents:
        return "no content element"
    for content in contents:
        url = content.get("url")
        if url is None or (not url.strip() and not inline):
            return "content without url"
        if next(_named(content, "license"), None) is None:
            return "content without license"
    return ""


def _content(element: Element) -> Content:
    url = element.get("url")
    return Content(
        url.strip() if url is not None else None,
        bool(element.get("server", "").strip()) or element.get("encrypted", "") == "true",
        tuple(_terms(item) for item in _named(element, "license")),
    )


def _terms(element: Element) -> Terms:
    return Terms(
        tuple(_lists(element, "permits")),
        tuple(_lists(element, "prohibits")),
        tuple(map(_payment, _named(element, "payment"))),
        tuple(item.get("profile", "").strip() for item in _named(element, "reporting")),
    )


def _payment(element: Element) -> str:
    """Return the type of a payment; without one, what is named inside is a price."""
    priced = any(next(_named(element, name), None) is not None for name in _PRICES)
    return element.get("type", "").strip().lower() or ("price" if priced else "free")


def _lists(element: Element, name: str) -> Iterable[tuple[str, frozenset[str]]]:
    for item in _named(element, name):
        kind = item.get("type", "usage").strip().lower()
        words = (item.text or "").lower().replace(",", " ").split()
        if name == "prohibits":  # however they are parted
            words += words_of("".join(item.itertext()))
        yield kind, frozenset(words)


def evaluate(
    document: Document, url: Url, policy: ConsentPolicy, *, spec: bool
) -> tuple[str, Says]:
    """Return the rule that applies and what the document says of `url`.

    Narrower scopes beat broader ones; within one scope a prohibition beats a permission, and
    once anything is permitted only what is listed is.
    """
    scoped = _scope(document.contents, url, spec=spec)
    says: Says = _weigh(scoped, policy, spec=spec) if scoped else {}
    if document.problem:
        return "rsl.unlicensed", {} if spec else join(AI_DENY, only_refusals(says))
    return ("rsl.terms", says) if scoped else ("rsl.no-match", {})


def of_page(document: Document) -> Document:
    """Return a document that stands in a page of another origin as if it spoke of that page."""
    contents = tuple(replace(item, url="") for item in document.contents)
    return replace(document, contents=contents)


def _scope(contents: tuple[Content, ...], url: Url, *, spec: bool) -> list[Content]:
    best = -1
    found: list[Content] = []
    paths = comparable(url.target)
    for content in contents:
        length = _length(content.url, url, paths, spec=spec)
        if length > best:
            best, found = length, [content]
        elif length == best and length >= 0:
            found.append(content)
    return found


def _length(text: str | None, url: Url, paths: tuple[str, ...], *, spec: bool) -> int:
    """Return how specific the match of a content URL is, -1 if it does not match."""
    if text is None:
        return -1
    if not text:
        return len(url.target) + 1  # inline: this page and nothing else
    full = _ORIGIN.match(text)
    if full:
        origin = parse(full[1])
        if origin is None or origin.origin != url.origin:
            return -1
        text = full[2] or "/"
    pattern = pattern_of(text, spec=spec)
    if pattern is None or not any(pattern.matches(path) for path in paths):
        return -1
    return pattern.length


def _weigh(contents: list[Content], policy: ConsentPolicy, *, spec: bool) -> Says:
    terms = [item for content in contents for item in content.terms]
    server: Says = {Usage.CRAWL: Value.CONDITIONAL} if any(item.server for item in contents) else {}
    if not terms:
        return server
    prohibited = _expand(
        (word for item in terms for word in item.prohibited("usage")), aliases=not spec
    )
    says = _prohibitions(prohibited)
    covering = [item for item in terms if _covers(item, policy)]
    if not covering or any(_shut_out(item, policy) for item in terms):
        return join(says, _EVERYTHING, server)
    return join(says, _permissions(terms, covering, prohibited, policy, spec=spec), server)


def _prohibitions(prohibited: frozenset[str]) -> Says:
    says = {usage: Value.DENY for word, usage in _MEANS.items() if word in prohibited}
    if "ai-index" in prohibited:
        says[Usage.AI_INPUT] = Value.DENY
    if "all" in prohibited:
        says[Usage.TDM] = Value.DENY
    return says


def _permissions(
    terms: list[Terms],
    covering: list[Terms],
    prohibited: frozenset[str],
    policy: ConsentPolicy,
    *,
    spec: bool,
) -> Says:
    """Return what the licences that cover us permit, at the lowest price.

    A client that cannot follow a profile of reporting has no licence for what needs it (3.12).
    """
    listed = any(item.permitted("usage") is not None for item in terms)
    says: dict[Usage, Value] = {}
    for word, usage in _MEANS.items():
        if word in prohibited:
            continue
        granting = [
            item
            for item in covering
            if not listed or word in _expand(item.permitted("usage") or (), aliases=False)
        ]
        prices = [_price(item, policy) for item in granting if not _owes(item, policy)]
        if prices or not (spec and granting):
            says[usage] = min(prices, default=Value.DENY)
    return says


def _expand(words: Iterable[str], *, aliases: bool) -> frozenset[str]:
    found: set[str] = set()
    for word in words:
        name = _ALIASES.get(word, word) if aliases else word
        found |= _EXPANDS.get(name, {name})
    return frozenset(found)


def _price(terms: Terms, policy: ConsentPolicy) -> Value:
    unmet = set(terms.payment) - {"free"} - set(policy.satisfied)
    return Value.CONDITIONAL if unmet else Value.ALLOW


def _owes(terms: Terms, policy: ConsentPolicy) -> bool:
    return bool(set(terms.reports) - set(policy.satisfied))


def _covers(terms: Terms, policy: ConsentPolicy) -> bool:
    users, places = terms.permitted("user"), terms.permitted("geo")
    return (users is None or policy.operator in users) and (
        places is None or _within(places, policy.country)
    )


def _shut_out(terms: Terms, policy: ConsentPolicy) -> bool:
    places = terms.prohibited("geo")
    if places and (not policy.country or _within(places, policy.country)):
        return True  # an operator who does not say where cannot claim to be elsewhere
    return policy.operator in terms.prohibited("user")


def _within(places: frozenset[str], country: str) -> bool:
    country = country.upper()
    return country.lower() in places or ("eu" in places and country in _EU)
