"""What became of a URL, as one paragraph that a reader understands who does not know the project.

Was it kept, why, and what may be done: first in sentences; the chain of evidence follows elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from crawler.core.consent.grounds import Ground, ground_of
from crawler.core.consent.protocols import sentence
from crawler.core.content.documents.contents import SENTENCES
from crawler.core.decision import Decision, Found, Signal, Value
from crawler.core.evidence import Evidence, FileKind
from crawler.fetch import FAULTS
from crawler.report.explain import WHY, Decided, Explanation

_GATES = {
    1: "This was decided before the page was requested: nothing of it was asked for.",
    2: "This was decided at the response headers: its text was not read.",
    3: "This was decided when the page was read: its text was dropped, the evidence is kept.",
}
_OTHERS = SENTENCES | {
    "awaiting": "A document or terms that may refuse are named, and are not known yet.",
    "budget": "The operator's page budget for its host or site is spent.",
    "bug": "Reading it failed in the crawler itself; the fault is counted.",
    "duplicate": "Another copy of the same text was chosen.",
    "empty": "There is no text in it.",
    "erasure": "Personal data was to be erased.",
    "licence": "Its licence asked for it.",
    "moved": "It led to another address.",
    "optout": "Its owner asked for it.",
    "parse-crashed": "Reading it crashed the process that read it.",
    "parse-memory": "Reading it took more memory than is allowed.",
    "parse-timeout": "Reading it took longer than is allowed.",
    "reconsent": "Its owner agreed again; it waits to be asked for.",
    "redirects": "It led in circles, or too far.",
    "suppressed": "The operator's suppression list names it.",
    "takedown": "It was asked to be taken down.",
    "type": "It is of a type without text.",
    "bad-redirect": "It led to an address that no crawler should request.",
    "unasked-304": "The server said that nothing changed, and was not asked that.",
    "unread": "What was recorded of it cannot be read, or not to its end.",
    "status-0": "What was recorded is no answer of a server.",
    "needs-script": "It is empty until a script fills it.",
    "needs-login": "It asks for a login.",
    "needs-consent": "It asks for consent before it shows anything.",
    "needs-browser": "It asks for a browser.",
    "stale-site": "The files of its site were read too long ago: `crawler recheck`.",
    "stale-page": "It was asked for too long ago: `crawler recheck`.",
    "site-unreachable": "The files of its site cannot be had at present.",
    "status-404": "The server says that there is no such page (404).",
    "status-410": "The server says that the page is gone (410).",
}
_MAY = {
    "PD": "anybody may use and share it",
    "ATTR": "anybody may use and share it who names the author as the licence says",
    "SA": "anybody may use and share it who names the author and shares alike",
    "NC": "it may not be used commercially",
    "ND": "changed versions of it may not be shared",
}


def meaning(code: str) -> str:
    """Return a sentence for any code of a rule, an outcome or a link, "" for none."""
    if not code or code == "ok":
        return ""
    if known := sentence(code) or _OTHERS.get(code):
        return known
    if code in FAULTS:
        return FAULTS[code].meaning
    if code in WHY:
        return f"{WHY[code][0].upper()}{WHY[code][1:]}."
    if code.startswith("status-"):
        return f"The server answered with status {code.removeprefix('status-')}."
    return ""


def paragraph(found: Explanation) -> str:
    """Return what the store knows of a URL, in sentences."""
    facts = dict(found.facts)
    said = [_outcome(found, facts)]
    if found.decided is not None:
        kept = found.standing in ("active", "held", "kept")
        said += _kept(found.decided, facts) if kept else _refused(found.decided, found)
    said.append(_way(found, facts))
    return " ".join(item for item in said if item)


def _outcome(found: Explanation, facts: Mapping[str, str]) -> str:
    why = meaning(found.code)
    because = meaning(facts.get("because", "")) or why
    on = f" on {day(float(facts['fetched at']))}" if "fetched at" in facts else ""
    of_pages = {
        "active": f"Kept{on}: its text is in the corpus.",
        "kept": f"Kept{on}: its text is in the corpus.",
        "held": f"Held back: its text is kept and is not exported. {because}",
        "retired": f"Taken out after it had been kept; its text was deleted. {because}",
        "purged": f"Purged: its text and every copy of it was deleted. {why}",
        "refused": _NOS[ground_of(found.code)],
        "learned": "A file of the site, read as evidence; its text is never part of the corpus.",
        "listed": f"A list of addresses, read for those in it. {why}",
        "never admitted": f"Never asked for: {facts.get('why', why)}.",
    }
    if found.standing in of_pages:
        return of_pages[found.standing]
    if found.standing == "waiting":
        return f"Not asked for yet{_waits(facts.get('host waits for', ''))}. {why}"
    if found.standing == "later":
        when = f" on {day(float(facts['due']))}" if "due" in facts else ""
        return f"To be asked for again{when}. {why}"
    return f"Not kept. {why or found.standing}"


def _waits(reason: str) -> str:
    """Say that a host is left alone for now, and after which answer."""
    if not reason:
        return ""
    answer = meaning(reason.partition(": ")[2])
    return f": its host is left alone for now ({answer.rstrip('.') or reason})"


_NOS = {
    Ground.REFUSED: "Not kept, because its owner said no.",
    Ground.FILTERED: "Not kept, because the operator does not want it; no owner refused it.",
    Ground.UNPROVEN: "Not kept, because consent could not be established.",
}


def _refused(decided: Decided, found: Explanation) -> list[str]:
    decision, standing = decided.decision, found.standing
    if decision:  # the no is another's: the operator's, or that of what nobody knows
        return [meaning(found.code)] if standing == "refused" else []
    said = [meaning(decision.reason)]
    if decision.deciding is not None:
        said.append(f"{_where(decision.deciding)}.")
    if standing == "refused":
        said.append(_GATES[decided.gate])
    said.append(f"Decided on {day(decision.decided_at)}.")
    return said


def _kept(decided: Decided, facts: Mapping[str, str]) -> list[str]:
    decision, evidence = decided.decision, decided.evidence
    said = [_robots(decision, evidence)]
    empty = sum(item.found is Found.ABSENT for item in decision.sought)
    against = [item for item in decision.signals if item.counts and _refuses(item)]
    if against:
        said.append("Against it, though not against this use: " + _list(against))
    if empty:
        said.append(
            f"No reservation was found in {empty} {'more ' if against else ''}places that were"
            " looked at."
        )
    grants = [item for item in decision.signals if item.counts and _grants(item)]
    others = [item for item in grants if item.protocol not in ("robots", "licence")]
    if others:
        said.append("For it: " + _list(others))
    said.append(_licence(decision, facts.get("licence", "")))
    if not decided.as_recorded:
        said.append("Today's rules read the same evidence differently.")
    return said


def _robots(decision: Decision, evidence: Evidence) -> str:
    file = next((item for item in evidence.site if item.kind is FileKind.ROBOTS), None)
    signal = next((item for item in decision.signals if item.protocol == "robots"), None)
    if file is None or signal is None:
        return ""
    same = _same_day(file.fetched_at, decision.decided_at)
    when = "that day" if same else f"on {day(file.fetched_at)}"
    if file.found is Found.ABSENT:
        return f"The site's robots.txt was asked for {when}: there is none."
    return f"The owner's robots.txt was read {when}. {sentence(signal.rule)}"


def _licence(decision: Decision, spdx: str) -> str:
    if not spdx:
        return (
            "It states no licence: what the operator of this crawler does with it is the operator's"
            " to answer for, and its text is left out of what is published."
        )
    signal = next((item for item in decision.signals if item.protocol == "licence"), None)
    where = f" ({_where(signal)})" if signal is not None else ""
    return f"It states the licence {spdx}{where}."


def _way(found: Explanation, facts: Mapping[str, str]) -> str:
    """Say what may be done by whoever it belongs to."""
    if found.standing in ("active", "held", "kept") and found.contact:
        return f"If it is yours and you want it taken out: {found.contact}"
    if found.standing == "retired" and facts:
        return "It comes back only if its owner agrees again."
    return ""


def _refuses(signal: Signal) -> bool:
    return any(value > Value.ALLOW for value in signal.says.values())


def _grants(signal: Signal) -> bool:
    return any(value is Value.ALLOW for value in signal.says.values())


def _list(signals: list[Signal]) -> str:
    return (
        "; ".join(f"{sentence(item.rule).rstrip('.')} ({_where(item)})" for item in signals) + "."
    )


def _where(signal: Signal) -> str:
    raw = " ".join(signal.raw.split())
    return f"{signal.place}: {raw[:_QUOTED]}{'...' if len(raw) > _QUOTED else ''}"


_QUOTED = 200


def of_record(record: Mapping[str, Any], name: str) -> str:
    """Return what an exported record says of itself, in sentences."""
    about = record["metadata"]
    consent = about["consent"]
    fetched, decided = _date(about["fetched_at"]), _date(consent["decided_at"])
    said = [
        f"In {name}. Fetched on {fetched}, and allowed on {decided}.",
        sentence(consent["rule_id"]),
        f"{consent['signal_place']}: {consent['signal']}." if consent["signal"] else "",
    ]
    if consent["robots_fetched_at"]:
        on = _date(consent["robots_fetched_at"])
        kinds = {item["kind"]: item["found"] for item in consent["site_files"]}
        said.append(
            f"The site's robots.txt was asked for on {on}: there is none."
            if kinds.get("robots") == "absent"
            else f"The owner's robots.txt was read on {on}."
        )
    others = [item for item in consent["site_files"] if item["kind"] != "robots"]
    empty = [item for item in others if item["found"] == "absent"]
    if others:
        said.append(
            f"{len(others)} other files of its site were sought, {len(empty)} were not there."
        )
    if spdx := about["license_spdx"]:
        may = _MAY.get(about["license_class"])
        said.append(
            f"Its licence is {spdx}{f': {may}' if may else ''}. Credit:"
            f" {about['attribution']['title']}, {about['attribution']['author']}."
        )
    else:
        said.append("It states no licence: it is no grant to republish.")
    if not record["text"]:
        said.append("Its text is not carried here, only its address and hashes.")
    return " ".join(item for item in said if item)


def day(at: float) -> str:
    """Return a day in UTC as people write it: 3 May 2026."""
    moment = datetime.fromtimestamp(at, UTC)
    return f"{moment.day} {moment:%B %Y}"


def _date(text: str) -> str:
    try:
        return day(datetime.fromisoformat(text).timestamp())
    except ValueError:
        return text or "an unknown day"


def _same_day(one: float, other: float) -> bool:
    return day(one) == day(other)
