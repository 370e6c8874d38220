"""The face every protocol module shows, and what it is given to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from crawler.core.consent.path_patterns import comparable
from crawler.core.decision import Found, Signal, Usage, Value
from crawler.core.evidence import Carrier, Evidence, FileKind, PageEvidence, Snapshot
from crawler.core.policy import ConsentPolicy, HowRead
from crawler.core.urls import Url

NONE = "-"  # in tables: nothing
CUT = "too-much-to-read"  # error of a site file that was found and is longer than is read
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
RAW_LIMIT = 500  # characters of a literal that stand in a signal

Says = Mapping[Usage, Value]

TRAIN_DENY: Says = {Usage.AI_TRAIN: Value.DENY}
AI_DENY: Says = {Usage.AI_INPUT: Value.DENY, Usage.AI_TRAIN: Value.DENY}
AI_TDM_DENY: Says = {**AI_DENY, Usage.TDM: Value.DENY}
_ALL_DENY: Says = {Usage.INDEX: Value.DENY, **AI_TDM_DENY}


@dataclass(frozen=True, slots=True)
class Case:
    """One URL under one policy, as a protocol sees it; make one with `case_of`.

    `spec` asks for the literal reading of the defining text; otherwise the reading that
    honours every plain refusal. Headers and carriers are empty before the answer is there
    and for a redirect, whose fields do not describe the target.
    """

    evidence: Evidence
    policy: ConsentPolicy
    now: float  # when it is decided, seconds since the epoch
    spec: bool
    paths: tuple[str, ...]  # the URL's path and query, as patterns are compared with them
    robots: bytes | None  # body of robots.txt, if there is one
    names: tuple[str, ...]  # our tokens, lower case; the first one fetches
    headers: Mapping[str, tuple[str, ...]]  # field lines, unmerged
    elements: Mapping[str, tuple[Carrier, ...]]  # carriers of the page by kind

    @property
    def url(self) -> Url:
        return self.evidence.url

    @property
    def page(self) -> PageEvidence | None:
        return self.evidence.page

    @property
    def token(self) -> str:
        """Our fetch token, lower case."""
        return self.names[0] if self.names else ""

    @property
    def metas(self) -> tuple[Carrier, ...]:
        return self.elements.get("meta", ())

    def lines(self, name: str) -> tuple[str, ...]:
        """Return the field lines of the header `name` (lower case)."""
        return self.headers.get(name, ())

    def scripts(self, media_type: str) -> tuple[Carrier, ...]:
        found = self.elements.get("script", ())
        return tuple([item for item in found if item.name == media_type]) if found else ()

    def file(self, kind: FileKind) -> Snapshot | None:
        """Return the file of that kind if there is one to read.

        Of one out of reach the last good copy: `decide` takes no more than refusals from it.
        """
        return next(
            (item for item in self.evidence.site if item.kind is kind and self.reads(item)), None
        )

    def reads(self, item: Snapshot) -> bool:
        """Say whether there is something to read in a site file."""
        if item.found is Found.UNREACHABLE:
            return bool(item.body) and not self.spec
        return item.found is Found.FOUND


def case_of(
    evidence: Evidence,
    policy: ConsentPolicy,
    now: float,
    *,
    spec: bool = False,
    paths: tuple[str, ...] | None = None,
) -> Case:
    """Return the case of one URL; `paths` are its comparable forms, where they are noted."""
    robots = None
    for snapshot in evidence.site:
        if snapshot.kind is FileKind.ROBOTS and snapshot.found is Found.FOUND:
            robots = snapshot.body
            break
    headers: dict[str, tuple[str, ...]] = {}
    elements: dict[str, tuple[Carrier, ...]] = {}
    page = evidence.page
    if page is not None and not is_redirect(page.status):
        for name, value in page.headers:
            headers[name] = (*headers.get(name, ()), value)
        if page.carriers:
            elements = _by_kind(page.carriers)
    return Case(
        evidence,
        policy,
        now,
        spec,
        comparable(evidence.url.target) if paths is None else paths,
        robots,
        _lower(policy.tokens),
        headers,
        elements,
    )


@lru_cache(maxsize=32)
def _lower(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(token.lower() for token in tokens)


def _by_kind(carriers: tuple[Carrier, ...]) -> dict[str, tuple[Carrier, ...]]:
    found: dict[str, list[Carrier]] = {}
    for item in carriers:
        found.setdefault(item.kind, []).append(item)
    return {kind: tuple(items) for kind, items in found.items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one protocol found for one URL. Its value is the maximum of what counts."""

    signals: tuple[Signal, ...] = ()
    awaiting: tuple[str, ...] = ()  # URLs of documents it names that nobody has read yet
    nofollow: bool = False
    wanted: tuple[str, ...] = ()  # terms pages it names that are to be asked for


NOTHING = Reading()


def reading_of(signals: Sequence[Signal]) -> Reading:
    """Return what a protocol found that awaits nothing: mostly that is `NOTHING`."""
    return Reading(tuple(signals)) if signals else NOTHING


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of an origin that a protocol has asked for."""

    probe: str  # as `[consent] probes` names it; several places of one file share it
    kind: FileKind
    path: str
    since: float = 0.0  # when the place came to be asked (seconds since the epoch); 0: always


@dataclass(frozen=True, slots=True)
class WayOut:
    """How a publisher refuses by a protocol, for the page we publish about ourselves."""

    where: str
    text: str  # to copy; "{token}" and "{train}" become ours
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """One line of the table of protocols, and all that anybody else needs to know of it.

    `read` finds the protocol's signals in the carriers and resolves them for the case's URL
    by the protocol's own precedence. It must not raise on any evidence.
    """

    name: str  # key of the policy's readings, and prefix of its rule codes
    read: Callable[[Case], Reading]
    places: tuple[str, ...]  # where it looks: "headers", "document", or a `FileKind`
    rules: Mapping[str, str]  # each code, and what it says in a sentence
    where: str  # the same for people: docs/signals.md is written from these three
    refuses: str = NONE
    grants: str = NONE
    headers: tuple[str, ...] = ()  # lower case; field lines that may refuse or grant
    files: tuple[SiteFile, ...] = ()
    ways: tuple[WayOut, ...] = ()
    default: HowRead = "honour"
    # Further keys of the policy's readings, for a class of statements that it tells apart.
    more_readings: Mapping[str, HowRead] = field(default_factory=dict)
    own_key: bool = False  # `[consent]` itself has a key for how it is read
    # In jobs made before 1.1 codes had prefixes of their own; some had other names as well.
    former_prefix: str = ""
    former: Mapping[str, str] = field(default_factory=dict)

    @property
    def known_as(self) -> frozenset[str]:
        """The names by which policies call it, those of before 1.1 included."""
        former = {self.former_prefix, *(code.partition(".")[0] for code in self.former)}
        return frozenset({self.name, *former} - {""})


def is_redirect(status: int) -> bool:
    return 300 <= status < 400 and status != 304  # noqa: PLR2004 - status classes of RFC 9110


def signal(rule: str, place: str, raw: str, says: Says, *, counts: bool = True) -> Signal:
    """Return a signal whose protocol is the rule's prefix and whose raw text is storable."""
    text = raw[:RAW_LIMIT]
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    return Signal(rule.partition(".")[0], rule, place, text, says, counts)


def too_much(prefix: str, place: str, what: str) -> Signal:
    """Return the refusal of a page of which not everything that may refuse could be read."""
    return signal(f"{prefix}.too-much-to-read", place, what, _ALL_DENY)


def only_refusals(says: Says) -> Says:
    """Return `says` without anything that grants."""
    return {usage: value for usage, value in says.items() if value > Value.ALLOW}


def join(*parts: Says) -> dict[Usage, Value]:
    """Return the maximum of each usage."""
    joined: dict[Usage, Value] = {}
    for part in parts:
        for usage, value in part.items():
            if value > joined.get(usage, Value.UNSET):
                joined[usage] = value
    return joined
