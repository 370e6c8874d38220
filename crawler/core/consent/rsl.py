"""Really Simple Licensing 1.0: where its documents are named, and what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.core.consent import robotstxt
from crawler.core.consent.link_header import links_of
from crawler.core.consent.protocol import (
    AI_DENY,
    NOTHING,
    TRAIN_DENY,
    Case,
    Protocol,
    Reading,
    Says,
    WayOut,
    case_of,
    join,
    only_refusals,
    signal,
    too_much,
)
from crawler.core.decision import Found, Signal
from crawler.core.evidence import Evidence, FileKind, Snapshot
from crawler.core.late_expressions import late
from crawler.core.policy import ConsentPolicy
from crawler.core.urls import parse

MEDIA_TYPE = "application/rsl+xml"
_LICENSE = frozenset({"license", "licence"})
MOST_DOCUMENTS = 8  # asked for of those one carrier names; with more the page is refused
_TRAINING = late(r"train|(?:^|[^a-z])ai(?:$|[^a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Named:
    """A document that something names."""

    place: str
    raw: str
    url: str  # normal form, "" if it cannot be asked for
    grants: bool = True  # False: named in a way the specification does not know
    by_page: bool = False  # an element of the page names it


def read(case: Case) -> Reading:
    """Resolve every associated document, and combine them by the most restrictive."""
    signals: list[Signal] = []
    awaiting: list[str] = []
    documents = (*_robots(case), *_few(_headers(case)), *_few(_elements(case)))
    held = {}
    if documents:
        signals += _surplus(documents)
        held = {item.url: item for item in case.evidence.site if item.kind is FileKind.RSL}
    for named in documents:
        snapshot = held.get(named.url)
        if snapshot is not None or not named.url:
            signals.append(_document(named, snapshot, case))
        elif named.url not in awaiting:
            awaiting.append(named.url)
            signals.append(signal("rsl.awaiting", named.place, named.raw, {}))
    signals += _inline(case)
    if not case.spec:
        signals += _imitations(case)
    return Reading(tuple(signals), tuple(awaiting)) if signals else NOTHING


def _surplus(documents: Iterable[_Named]) -> Iterator[Signal]:
    for place, found in Counter(item.place.partition(":")[0] for item in documents).items():
        if found > MOST_DOCUMENTS:
            yield too_much("rsl", place, f"more than {MOST_DOCUMENTS} licence documents")


def robots_documents(evidence: Evidence, policy: ConsentPolicy, now: float) -> tuple[str, ...]:
    """Return the URLs of the documents that robots.txt names for us, at most eight."""
    if policy.readings.of("rsl") == "log-only":
        return ()
    case = case_of(evidence, policy, now, spec=policy.readings.of("rsl") == "spec")
    found = tuple(named.url for named in _robots(case) if named.url)
    return found if len(found) <= MOST_DOCUMENTS else ()  # the origin is refused without them


def _robots(case: Case) -> list[_Named]:
    if case.robots is None:
        return []
    base = parse(case.url.origin + "/robots.txt")
    found: dict[str, _Named] = {}
    for record, grants in _license_lines(case.robots, case):
        absolute = record.value.lower().startswith(("http://", "https://"))
        if not record.value or (case.spec and not absolute):
            continue
        target = parse(record.value, base)
        url = target.text if target else ""
        named = _Named(record.place, f"License: {record.value}", url, grants and absolute)
        found.setdefault(url, named)
        if len(found) > MOST_DOCUMENTS:
            break
    return list(found.values())


def _license_lines(body: bytes, case: Case) -> Iterator[tuple[robotstxt.Record, bool]]:
    """Yield the License lines in each reading of the file; as it was meant they only refuse."""
    written = robotstxt.parse(body)
    if written.mentions("license"):
        yield from _records(body, case)
    elif not case.spec and robotstxt.INTENT in written.views:
        meant = robotstxt.parse(body, robotstxt.INTENT)
        yield from ((record, False) for record in meant.records("license"))


def _few(links: Iterator[_Named]) -> list[_Named]:
    """Return each document once; one more than are asked for tells that there are too many."""
    found: dict[str, _Named] = {}
    for named in links:
        found.setdefault(named.url, named)
        if len(found) > MOST_DOCUMENTS:
            break
    return list(found.values())


def _records(body: bytes, case: Case) -> Iterator[tuple[robotstxt.Record, bool]]:
    """Yield the License lines that concern us, and whether they may grant.

    A line in our group replaces the global ones. Tolerant: a line set apart by a blank line at
    the end of some group was meant globally (as the project's own guide reads it), and a group
    naming us that is silent still inherits the terms of `*`, as refusals only.
    """
    view = robotstxt.View(spec=case.spec)
    selection = robotstxt.select(body, case.token, view)
    own = selection.of("license")
    if own:
        yield from ((record, True) for record in own)
        return
    robots = robotstxt.parse(body, view)
    yield from ((record, True) for record in robots.loose if record.label == "license")
    if case.spec:
        return
    yield from ((record, True) for record in robots.records("license") if record.apart)
    if selection.named:
        everyone = robotstxt.select(body, "*").of("license")
        yield from ((record, False) for record in everyone)


def _headers(case: Case) -> Iterator[_Named]:
    for line in case.lines("link"):
        if "rsl" not in line.lower():
            continue
        for link in links_of(line):
            if not _LICENSE.isdisjoint(link.rel) and MEDIA_TYPE in link.type:
                target = parse(link.href, case.url)
                yield _Named("header link", line, target.text if target else "")


def _elements(case: Case) -> Iterator[_Named]:
    base = case.url  # relative addresses of a page are joined to its first <base>
    for item in case.elements.get("base", ()):
        base = parse(item.text, base) or base
    for item in case.elements.get("link", ()):
        if item.type == MEDIA_TYPE and not _LICENSE.isdisjoint(item.name.split()):
            target = parse(item.text.strip(), base)
            url = target.text if target else ""
            grants = item.place != "label"
            yield _Named("link license", item.text, url, grants, by_page=True)


def _document(named: _Named, snapshot: Snapshot | None, case: Case) -> Signal:
    from crawler.core.consent import rsl_document  # noqa: PLC0415 - few sites have one

    place = named.place
    if snapshot is None or snapshot.found is not Found.FOUND:
        why = "not an address" if snapshot is None else snapshot.found.value
        says: Says = {} if case.spec else AI_DENY
        if snapshot is not None and snapshot.body:  # the last good copy may go on refusing
            document = rsl_document.read(snapshot.body)
            _, said = rsl_document.evaluate(document, case.url, case.policy, spec=case.spec)
            says = join(says, only_refusals(said))
        return signal("rsl.unobtainable", place, f"{named.raw} ({why})", says)
    document = rsl_document.read(snapshot.body, inline=named.by_page)
    rule, says = rsl_document.evaluate(document, case.url, case.policy, spec=case.spec)
    if not named.grants:
        says = only_refusals(says)
    raw = document.problem or snapshot.body[:1000].decode("utf-8", "replace").strip()
    return signal(rule, f"rsl {snapshot.url}" if rule == "rsl.terms" else place, raw, says)


def _inline(case: Case) -> Iterator[Signal]:
    for item in case.scripts(MEDIA_TYPE):
        from crawler.core.consent import rsl_document  # noqa: PLC0415 - few sites have one

        body = item.text.encode("utf-8", "replace")
        document = rsl_document.read(body, inline=True)
        rule, says = rsl_document.evaluate(document, case.url, case.policy, spec=case.spec)
        if rule == "rsl.no-match" and not case.spec:
            # A syndicated copy names its source; what it prohibits holds where it stands.
            page = rsl_document.of_page(document)
            rule, says = rsl_document.evaluate(page, case.url, case.policy, spec=False)
            says = only_refusals(says)
        if item.place == "part":  # it licenses the element around it alone (4.6)
            says = only_refusals(says)
        yield signal(rule, "script rsl", document.problem or item.text.strip(), says)


def _imitations(case: Case) -> Iterator[Signal]:
    """Read `Prohibits:` lines in robots.txt, which are not RSL but plain enough."""
    if case.robots is None or not robotstxt.parse(case.robots).mentions("prohibits"):
        return
    loose = robotstxt.parse(case.robots).loose
    for record in (*loose, *robotstxt.select(case.robots, case.token).records):
        if record.label == "prohibits" and _TRAINING.search(record.value):
            raw = f"Prohibits: {record.value}"
            yield signal("rsl.prohibits-line", record.place, raw, TRAIN_DENY)


PROTOCOL: Protocol = Protocol(
    name="rsl",
    read=read,
    places=(FileKind.RSL, "headers", "document"),
    headers=("link",),
    rules={
        "rsl.terms": "The terms of an RSL licence document decide.",
        "rsl.unlicensed": "An RSL document covers this address and licenses nothing for this use.",
        "rsl.unobtainable": "The RSL document could not be had or read, which refuses training.",
        "rsl.no-match": "An RSL document is there, but none of its terms match this address.",
        "rsl.awaiting": "An RSL document is named that has not been read yet.",
        "rsl.too-much-to-read": "More licence documents are named than are read.",
        "rsl.prohibits-line": "A line of robots.txt prohibits a use in the words of RSL.",
    },
    ways=(
        WayOut(
            "Really Simple Licensing",
            "License: https://your.example/license.xml",
            "The terms of the document decide; one we cannot read refuses training.",
        ),
    ),
    where="documents named by robots.txt `License:`, `Link: rel=license`, `<link>` (joined to"
    " `<base>`), or inline",
    refuses="`prohibits`; what `permits` leaves out; a duty to report; a user or place that is not"
    " ours; an attached document that cannot be had or read refuses `ai_train` and"
    " `ai_input`",
    grants="what is permitted free of charge, by a document of this origin and not inside an"
    " element of the page only; any other payment is conditional, a licence server makes"
    " `crawl` conditional",
)
