"""Terms pages: what a site's own terms, legal notice or imprint say binds all its pages.

A page that is linked as such is asked for once a site (registrable domain), as evidence, and read
by the prose reader. Of its text only the sentences that decide are kept; they are read again like
any evidence. By the letter of no specification it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from crawler.core.consent.link_header import links_of
from crawler.core.consent.prose.reader import SCRAPING, statements
from crawler.core.consent.protocol import (
    AI_TDM_DENY,
    CUT,
    NOTHING,
    TRAIN_DENY,
    Case,
    Protocol,
    Reading,
    Says,
    WayOut,
    signal,
    too_much,
)
from crawler.core.consent.robots_access import failures_of
from crawler.core.decision import Found, Signal, Usage, Value
from crawler.core.evidence import FileKind, Snapshot
from crawler.core.urls import Url, parse

LINK = "terms"  # kind of the carrier that names such a page
MOST = 2  # pages of a site that are asked for
TRIES = 3
LANGUAGE = ":language"  # note among a snapshot's headers: what the page says it is written in

_IN_PLACE = "!"  # before a sentence that says so only where it stands: its class, and itself
_PLACE = "terms page"
_REL = "terms-of-service"
_KEPT = 20  # sentences
_SENTENCE = 500  # characters: what a signal shows

# Errors of a page that no later try can have.
_NEVER = frozenset({"robots", "dns-no-such-name", "address-forbidden", "port-forbidden", "bad-url"})
_SAYS: Says = {**TRAIN_DENY, Usage.TDM: Value.DENY}


class Statement(NamedTuple):
    """A sentence that refuses, and whether mining and training or automated access as such."""

    kind: str
    sentence: str


def read(case: Case) -> Reading:
    """Resolve the terms pages of the URL's site, and wait for those that are not known."""
    policy = case.policy
    if case.spec or policy.terms == "off":
        return NOTHING
    known = [item for item in case.evidence.site if item.kind is FileKind.TERMS]
    named = tuple(_named(case))
    if not known and not named:
        return NOTHING
    signals: list[Signal] = []
    held = {item.url for item in known}
    awaiting = [item.url for item in known if is_open(item)]
    wanted: list[str] = []
    for item in known:
        signals += _said(item, case)
    for text in named:
        url = parse(text) if text not in held else None
        if url is None or url.text in held:
            continue
        if url.site != case.url.site:
            signals.append(signal("terms.off-site", "document", url.text, {}, counts=False))
        elif len(held) < MOST:
            held.add(url.text)
            wanted.append(url.text)
    signals += [signal("terms.awaiting", f"{_PLACE} {url}", url, {}) for url in awaiting + wanted]
    if policy.terms == "honour":
        return Reading(tuple(signals), (*awaiting, *wanted), wanted=tuple(wanted))
    shown = tuple(replace(item, counts=False) for item in signals)
    return Reading(shown, wanted=tuple(wanted))


def is_open(item: Snapshot) -> bool:
    """Say whether it may yet turn out what a terms page says: it was not, or in vain, asked for."""
    if item.found is Found.NOT_SOUGHT:
        return True
    return item.found is Found.UNREACHABLE and not is_given_up(item.error, failures_of(item))


def is_given_up(error: str, failures: int) -> bool:
    """Say whether nobody asks again: it failed three times, or cannot or must not be asked for."""
    return failures >= TRIES or error in _NEVER or error.startswith("policy.")


def deciding_sentences(text: str, language: str) -> bytes:
    """Return what is kept of a terms page: a line for each sentence that decides.

    Read again, the lines decide the same: a sentence that says so only in its place (an item of
    a list) is marked with what it says there.
    """
    lines: dict[str, None] = {}
    for item in _reservations(text, language):
        sentence = " ".join(item.sentence.split()).lstrip(_IN_PLACE)[:_SENTENCE]
        alone = any(again.kind == item.kind for again in _reservations(sentence, language))
        lines[sentence if alone else f"{_IN_PLACE}{item.kind} {sentence}"] = None
        if len(lines) >= _KEPT:
            break
    return "\n".join(lines).encode("utf-8", "replace")


def _reservations(text: str, language: str) -> tuple[Statement, ...]:
    """Return the sentences of `text` that refuse."""
    del language  # the reader finds out
    return tuple(Statement(item.kind, item.sentence) for item in statements(text))


def _named(case: Case) -> Iterator[str]:
    for item in case.elements.get(LINK, ()):
        yield item.text
    for line in case.lines("link"):
        if _REL in line.lower():
            for link in links_of(line):
                if _REL in link.rel and (url := parse(link.href, case.url)) is not None:
                    yield url.text


def _said(item: Snapshot, case: Case) -> Iterable[Signal]:
    """Return what a terms page says, or that it is not to be had."""
    place = f"{_PLACE} {item.url}"
    if not _is_same_site(item, case.url):
        yield signal("terms.off-site", place, item.final_url, {}, counts=False)
        return
    if item.error == CUT:
        yield too_much("terms", place, "longer than is read")
    # Of one out of reach the last good copy goes on to refuse.
    for statement in _stored(item.body, _language_of(item)):
        yield _signal(statement, place, case)
    if item.found is not Found.FOUND and not is_open(item):
        raw = item.error or f"status {item.status}"
        refused = case.policy.terms_missing == "exclude"
        yield signal("terms.not-available", place, raw, AI_TDM_DENY if refused else {})


def _signal(statement: Statement, place: str, case: Case) -> Signal:
    if statement.kind == SCRAPING:
        counts = case.policy.readings.of("scraping", "log-only") == "honour"
        return signal("terms.scraping", place, statement.sentence, AI_TDM_DENY, counts=counts)
    return signal("terms.reservation", place, statement.sentence, _SAYS)


@lru_cache(maxsize=1_024)
def _stored(body: bytes, language: str) -> tuple[Statement, ...]:
    """Read what was kept of a terms page."""
    found: list[Statement] = []
    for line in body.decode("utf-8", "replace").split("\n"):
        if line.startswith(_IN_PLACE):
            kind, _, sentence = line[1:].partition(" ")
            found.append(Statement(kind, sentence))
        elif line:
            found += _reservations(line, language)
    return tuple(found)


def _is_same_site(item: Snapshot, url: Url) -> bool:
    """Say whether the answer is the site's own: another site's terms, however led to, bind none."""
    final = parse(item.final_url) if item.final_url else None
    return final is None or final.site == url.site


def _language_of(item: Snapshot) -> str:
    return next((value for name, value in item.headers if name == LANGUAGE), "")


PROTOCOL: Protocol = Protocol(
    name="terms",
    read=read,
    own_key=True,
    places=(FileKind.TERMS, "document"),
    headers=("link",),
    rules={
        "terms.reservation": "The site's terms reserve this use.",
        "terms.scraping": "The site's terms ban automated access as such.",
        "terms.not-available": "A page that is linked as the site's terms could not be had.",
        "terms.awaiting": "The site's terms have not been read yet; the page waits for them.",
        "terms.off-site": "Terms of another site are linked; they bind nothing here.",
        "terms.too-much-to-read": "The site's terms are longer than is read.",
    },
    ways=(
        WayOut(
            "Terms of use",
            '<a href="/terms" rel="terms-of-service">Terms</a>',
            "A reservation in the page that is linked so holds for the whole site.",
        ),
    ),
    where="at most two pages of the same registrable domain that are linked as terms, legal notice"
    " or imprint (`rel=terms-of-service`, by their name in 40 languages, by their path), asked for"
    " once in 30 days, before the host's second page",
    refuses="a reservation: `ai_train`, `tdm`; a ban of automated access as such where the policy"
    " says so; where `terms_missing` says so, terms that are not to be had",
)
