"""The table of protocols. One more protocol is one more module and one more line here."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache, lru_cache
from hashlib import sha256

from crawler.core.consent import (
    ad_hoc,
    ai_txt,
    aipref,
    c2pa,
    content_signals,
    document_rights,
    http_level,
    licences,
    paywall,
    plus,
    prose,
    robots_access,
    robots_meta,
    rsl,
    tdmrep,
    terms,
    tokens,
    trust_txt,
)
from crawler.core.consent.protocol import Protocol, SiteFile
from crawler.core.evidence import FileKind
from crawler.core.policy import Readings

# Raise it when any rule reads any evidence differently.
READ_SINCE = "2026-11-27"
# What the operator's own policy says.
OWN = {
    "policy.never": "The operator's policy names this domain as never to be asked.",
    "policy.grant": "The owner has granted this use to the operator.",
    "policy.unset": "Nothing was said of this use, and the policy takes silence for a no.",
    "policy.unreachable": "A file that may refuse cannot be had at present.",
    "policy.suppressed": "The operator's suppression list names this page.",
    "policy.too-much-to-read": "Not everything here that may refuse could be read.",
    "no-evidence": "What might refuse is not known: it was not asked for, or not told.",
    "no-url": "There is no address to decide on.",
    "host-gone": "There is no host of that name any more: what it says now is not to be had.",
    "unreachable": "The site does not answer: what it says now is not to be had.",
    "site-file": "This is a site file: it is evidence, and no document.",
    "ok": "Nothing was found that refuses.",
}
# Strongest evidence first: among equal values the first one is named as having decided.
PROTOCOLS: list[Protocol] = [
    robots_access.PROTOCOL,  # robots.txt access, RFC 9309
    http_level.PROTOCOL,  # status codes, prices, challenges
    aipref.PROTOCOL,  # Content-Usage
    content_signals.PROTOCOL,  # Content-Signal
    rsl.PROTOCOL,  # Really Simple Licensing 1.0
    tdmrep.PROTOCOL,  # TDM Reservation Protocol
    robots_meta.PROTOCOL,  # X-Robots-Tag, meta robots
    ad_hoc.PROTOCOL,  # ai-license, ai-training and their kin
    plus.PROTOCOL,  # PLUS Data Mining in XMP
    c2pa.PROTOCOL,  # C2PA and CAWG assertions
    document_rights.PROTOCOL,  # permissions of a PDF, PRISM
    ai_txt.PROTOCOL,  # Spawning ai.txt
    trust_txt.PROTOCOL,  # JournalList trust.txt
    paywall.PROTOCOL,  # isAccessibleForFree
    tokens.PROTOCOL,  # AI agent tokens: an inference
    prose.PROTOCOL,  # written reservations
    terms.PROTOCOL,  # ... in the site's terms
    licences.PROTOCOL,  # grants
]


def register(protocol: Protocol) -> None:
    """Add a protocol to the table, as its weakest evidence.

    Everything that is derived from the table knows it from then on; the keys of the policy do if
    the policy's model is loaded afterwards.

    Raises:
        ValueError: Its name or one of its codes is taken.
    """
    taken = {item.name for item in PROTOCOLS} | {*rules()}
    if again := taken & {protocol.name, *protocol.rules}:
        raise ValueError(f"already in the table of protocols: {', '.join(sorted(again))}")
    PROTOCOLS.append(protocol)
    forget_derived()


def forget_derived() -> None:
    """Derive everything anew from the table."""
    for derived in (
        signal_headers,
        rules,
        current,
        probes,
        file_names,
        places,
        rules_version,
        ways_read,
    ):
        derived.cache_clear()


@cache
def signal_headers() -> frozenset[str]:
    """Return the names of the header fields that may refuse or grant."""
    return frozenset(name for protocol in PROTOCOLS for name in protocol.headers)


@cache
def rules() -> dict[str, str]:
    """Return every rule code with its sentence."""
    return {code: said for protocol in PROTOCOLS for code, said in protocol.rules.items()} | OWN


def sentence(code: str) -> str:
    """Return what a rule code says, "" for one that no protocol of the table has."""
    return rules().get(current(code), "")


@cache
def current(code: str) -> str:
    """Return a rule code as it is called now: jobs made before 1.1 hold older names."""
    prefix, _, rest = code.partition(".")
    for protocol in PROTOCOLS:
        if code in protocol.former:
            return protocol.former[code]
        if protocol.former_prefix == prefix and f"{protocol.name}.{rest}" in protocol.rules:
            return f"{protocol.name}.{rest}"
    return f"policy.{rest}" if prefix == "pol" else code


@cache
def probes() -> dict[str, tuple[SiteFile, ...]]:
    """Return the places of each file that `[consent] probes` may name, in order."""
    found: dict[str, tuple[SiteFile, ...]] = {}
    for protocol in PROTOCOLS:
        for file in protocol.files:
            found[file.probe] = (*found.get(file.probe, ()), file)
    return found


@cache
def file_names() -> dict[str, str]:
    """Return what each kind of site file is called."""
    own = {
        file.kind.value: file.path.rpartition("/")[2]
        for files in probes().values()
        for file in files
    }
    more = {FileKind.ROBOTS: "robots.txt", FileKind.RSL: "rsl", FileKind.TERMS: "terms page"}
    return {kind.value: name for kind, name in more.items()} | own


@cache
def places() -> tuple[tuple[str, str, str], ...]:
    """Return protocol, place and its name for everything that is looked at."""
    looked = [
        (protocol.name, place, file_names().get(place, place))
        for protocol in PROTOCOLS
        for place in protocol.places
    ]
    return tuple(dict.fromkeys(looked))


@cache
def rules_version() -> str:
    """Return what stands with every decision: it changes with any rule and any declaration."""
    declared = repr([asdict(protocol) | {"read": ""} for protocol in PROTOCOLS])
    return f"{READ_SINCE}.{sha256(declared.encode()).hexdigest()[:8]}"


def literal_readings() -> Readings:
    """Return the readings that take every defining text to the letter (conformance)."""
    values = dict.fromkeys((protocol.name for protocol in PROTOCOLS), "spec")
    return Readings.model_validate(values)


@lru_cache(maxsize=32)
def ways_read(readings: Readings) -> tuple[tuple[Protocol, str], ...]:
    """Return each protocol with how a policy reads it."""
    return tuple((item, readings.of(item.name, item.default)) for item in PROTOCOLS)
