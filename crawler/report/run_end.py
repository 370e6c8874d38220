"""What a run came to as a whole: a limit stopped it, nothing at all was had, or it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from crawler.core.consent.grounds import Ground, ground_of
from crawler.core.urls import parse
from crawler.store.database import Connection
from crawler.store.job import DATABASE, read_job

# Why a run ends that a limit of the operator's stopped.
LIMITS = frozenset({"max-pages", "max-time", "max-bytes", "max-disk"})
_URLS = (
    "SELECT CASE WHEN state = 2 THEN outcome ELSE '' END, url.code, url.url, host.reason,"
    " host.failures, host.answer, count(*) FROM url JOIN host ON host.id = host_id WHERE kind != 1"
    " GROUP BY 1, 2, host_id"
)
_NO_ROBOTS = "robots unreachable "  # how `host.answer` begins then
_AWAY = "SELECT reason, count FROM turned_away WHERE reason != 'known'"
_SILENT = "is the server up, and the port right?"
_FIXES = {
    "dns-no-such-name": "is the name spelled right? [network.connect_to] says where it is",
    "dns": "no name server answers: is this machine on a network?",
    "port-forbidden": "[network] allow opens all ports of a range",
    "connect": _SILENT,
    "reset": _SILENT,
    "timeout-connect": _SILENT,
    "tls": "the certificate is not good for this name",
    "bad-http": "does a web server listen there?",
    "not admitted": "`crawler explain JOB URL` says why",
}


class Nothing:
    """Why nothing at all was had: addresses by what became of them, with one example each."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._examples: dict[str, str] = {}

    def add(self, code: str, count: int, example: str) -> None:
        self.counts[code] += count
        self._examples.setdefault(code, example)

    def lines(self) -> list[str]:
        """Return the reasons in words, each with its fix."""
        return [
            f"{code} {count}" + (f" (such as {example})" if example else "") + _fix(code, example)
            for code, count in self.counts.most_common()
            for example in (self._examples[code],)
        ]


def nothing_had(folders: Iterable[Path]) -> Nothing | None:
    """Return why the job's crawls had nothing, None if they had something or it may yet come.

    A page kept, now or once, is something, and so is an owner's no: it was asked and heard. A
    host that asks for time is none of ours to blame; one that fails is.
    """
    found = Nothing()
    for folder in folders:
        if not (folder / DATABASE).exists():
            continue
        with read_job(folder) as connection:
            if not _add(connection, found):
                return None
    return found if found.counts else None


def _add(connection: Connection, found: Nothing) -> bool:
    """Add what failed in one shard; say if all did."""
    if connection.execute("SELECT 1 FROM page LIMIT 1").fetchone():
        return False
    rows = connection.execute(_URLS).fetchall()
    for outcome, code, url, reason, failures, answer, count in rows:
        out_of_reach = failures or answer.startswith(_NO_ROBOTS)
        why = _waits(reason, answer, fails=out_of_reach) if not outcome else _failed(outcome, code)
        if why is None:
            return False
        if why:
            found.add(why, count, url)
    if not rows:
        for reason, count in connection.execute(_AWAY):
            found.add(f"not admitted: {reason}", count, "")
    return True


def _waits(reason: str, answer: str, *, fails: bool) -> str | None:
    """Return what is wrong with the host that an address waits for, None if nothing is."""
    if fails:
        return reason.partition(": ")[2] or answer.removeprefix(_NO_ROBOTS) or reason
    return reason if reason and ground_of(reason) is Ground.UNPROVEN else None


def _failed(outcome: str, code: str) -> str | None:
    """Return why there is nothing at an address, "" if it led on, None if there is."""
    match outcome:
        case "moved" | "listed":
            return ""
        case "refused":
            return code if ground_of(code) is Ground.UNPROVEN else None
        case "failed" | "missing" | "skipped":
            return code or outcome
        case _:
            return None


def _fix(code: str, example: str) -> str:
    if code == "address-forbidden":
        host = parse(example)
        literal = host.host.strip("[]") if host is not None else ""
        is_address = ":" in literal or literal.replace(".", "").isdigit()
        length = 128 if ":" in literal else 32
        network = f"{literal}/{length}" if is_address else "10.0.0.0/8"
        what = "this address is" if is_address else "its address is"
        such = "" if is_address else ", or the range it is in,"
        return f': {what} not a public one; [network] allow = ["{network}"]{such} opens it'
    fix = _FIXES.get(code.partition(":")[0])
    return f": {fix}" if fix else ""
