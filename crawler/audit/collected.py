"""Everything that was seen of each domain, over time, as small numbers: one reading a text.

A text that was read before, of whichever domain and date, is known by its hash. What it says to
every agent, class and company is a row of statuses; texts that say the same have the same row. An
audit of a hundred thousand files is then counting of a few thousand rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import pairwise
from math import inf

import numpy as np
import numpy.typing as npt

from crawler.audit.agents import CLASSES, COMBINED, COMPANIES, EVERYBODY, Agents
from crawler.audit.inputs import Item, Listed, Troubles
from crawler.audit.rule_sets import NOTHING, RULE_SETS, Said

Month = int  # since 1970
Rows = npt.NDArray[np.int8]
COMBINED_UNIT = "combined"
_EARLIEST = 757_382_400.0  # of 1994, when the protocol was proposed


@dataclass(frozen=True, slots=True)
class Units:
    """What a file may speak of: everybody, agents, classes, companies, and all analysed ones."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]  # of each: everybody, agent, class, company, combined
    agents: Mapping[str, int]  # place of each agent, by its token in lower case
    joining: Mapping[str, tuple[int, ...]]  # places of what joins an agent with others, by token
    sizes: Mapping[int, int]  # how many agents each of these joins

    def at(self, name: str, kind: str) -> int:
        return next(
            at
            for at, (known, own) in enumerate(zip(self.names, self.kinds, strict=True))
            if (known, own) == (name, kind)
        )

    def of_kind(self, kind: str) -> list[int]:
        return [at for at, own in enumerate(self.kinds) if own == kind]


def units_of(known: Agents) -> Units:
    """Return everything that is counted."""
    tokens = sorted(known.spelt)
    names = [EVERYBODY, *(known.spelt[token] for token in tokens)]
    kinds = ["everybody", *("agent" for _ in tokens)]
    joined: list[tuple[str, frozenset[str]]] = [(name, known.of(name)) for name in CLASSES]
    kinds += ["class"] * len(CLASSES)
    for company, own in COMPANIES.items():
        joined.append((company, frozenset(name.lower() for name in own)))
        kinds.append("company")
    joined.append((COMBINED_UNIT, frozenset(name.lower() for name in COMBINED)))
    kinds.append("combined")
    first = len(names)
    names += [name for name, _ in joined]
    joining: dict[str, tuple[int, ...]] = {}
    for unit, (_, members) in enumerate(joined, first):
        for token in members:
            joining[token] = (*joining.get(token, ()), unit)
    sizes = {unit: len(members) for unit, (_, members) in enumerate(joined, first)}
    places = {token: at for at, token in enumerate(tokens, 1)}
    return Units(tuple(names), tuple(kinds), places, joining, sizes)


@dataclass(slots=True)
class RuleRows:
    """The different rows of statuses of one rule set, and the row of each text."""

    rows: list[npt.NDArray[np.int8]] = field(default_factory=list)
    known: dict[bytes, int] = field(default_factory=dict)

    def row_of(self, said: Said, units: Units) -> int:
        row = bytearray([said.everybody]) * len(units.names)
        joined: dict[int, tuple[int, int]] = {}  # how many members are named, the strictest of them
        for token, status in said.named.items():
            at = units.agents.get(token)
            if at is None:
                continue
            row[at] = status
            for unit in units.joining.get(token, ()):
                count, most = joined.get(unit, (0, 0))
                joined[unit] = count + 1, max(most, status)
        for unit, (count, most) in joined.items():
            # Whom no line names follows everybody's group.
            row[unit] = most if count == units.sizes[unit] else max(most, said.everybody)
        key = bytes(row)
        number = self.known.get(key)
        if number is None:
            number = self.known[key] = len(self.rows)
            self.rows.append(np.frombuffer(key, dtype=np.int8))
        return number

    def table(self, units: Units) -> Rows:
        """Return all rows, one below the other."""
        shape = (len(self.rows), len(units.names))
        return np.array(self.rows, dtype=np.int8).reshape(shape)


@dataclass(slots=True)
class Text:
    """What is kept of one text: its row under each rule set, and whom it names."""

    rows: tuple[int, ...]
    named: frozenset[int]  # places of agents


@dataclass(slots=True)
class Domain:
    """One domain: its weight, and what was seen of it, each by date."""

    weight: float = 0.0
    weighed: bool = False
    seen: list[tuple[float, int]] = field(default_factory=list)  # seconds or -inf, text
    silent: int = 0  # answers that said nothing
    place: str = ""  # URL at which its list has it


class Collected:
    """What an audit has read so far. Answers later than `latest` (seconds) cannot be.

    One that is dated before there was such a file, or after now, would draw months out of nothing.
    """

    def __init__(self, known: Agents, latest: float = inf) -> None:
        self.latest = latest
        self.agents = known
        self.units = units_of(known)
        self.rules = {name: RuleRows() for name in RULE_SETS}
        self.texts: list[Text] = []
        self.domains: dict[str, Domain] = {}
        self.troubles = Troubles()
        self.answers = 0
        self._known: dict[bytes, int] = {}
        absent = tuple(rows.row_of(NOTHING, self.units) for rows in self.rules.values())
        self.absent = 0
        self.texts.append(Text(absent, frozenset()))

    def take(self, items: Iterable[Item], tick: Callable[[int], None] | None = None) -> None:
        """Take in what was read; `tick` is told how many answers there are, now and then."""
        domains = self.domains
        for item in items:
            domain = domains.get(item.domain)
            if domain is None:
                domain = domains[item.domain] = Domain()
            if isinstance(item, Listed):
                self._weigh(domain, item)
                continue
            if item.at is not None and not _EARLIEST <= item.at <= self.latest:
                self.troubles.note("no date that a robots.txt can have", item.domain)
                continue
            self.answers += 1
            if tick is not None and self.answers % 1_000 == 0:
                tick(self.answers)
            if not item.known:
                domain.silent += 1
                continue
            text = self.absent if item.body is None else self._text_of(item.body)
            domain.seen.append((float("-inf") if item.at is None else item.at, text))

    def _weigh(self, domain: Domain, item: Listed) -> None:
        # A domain that is listed twice, such as with and without `www.`, has both weights.
        if item.again:
            domain.weight = max(domain.weight, item.weight)
        else:
            domain.weight += item.weight
        domain.weighed = True
        domain.place = domain.place or item.place

    def _text_of(self, body: bytes) -> int:
        key = blake2b(body, digest_size=16).digest()
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self.texts)
            self.texts.append(self._read(body))
        return number

    def _read(self, body: bytes) -> Text:
        rows: list[int] = []
        named: frozenset[int] = frozenset()
        for name, read in RULE_SETS.items():
            said = read(body)
            rows.append(self.rules[name].row_of(said, self.units))
            places = self.units.agents
            # The last rule set finds names as crawlers do.
            named = frozenset(places[token] for token in said.named if token in places)
        return Text(tuple(rows), named)


def month_of(at: float) -> Month:
    """Return the month of a time, counted from January 1970."""
    date = datetime.fromtimestamp(at, UTC)
    return (date.year - 1970) * 12 + date.month - 1


def name_of(month: Month) -> str:
    return f"{1970 + month // 12}-{month % 12 + 1:02}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months during which a domain said the same: from `first` until before `end`."""

    domain: int
    first: Month
    end: Month
    text: int


@dataclass(frozen=True, slots=True)
class History:
    """All domains in the order of their names, with what each said in each month.

    A month has the newest answer that is not later than its end; before its first answer a domain
    is not counted (Longpre et al. 2024). What has no date is taken for the last month.
    """

    names: tuple[str, ...]
    weights: npt.NDArray[np.float64]
    months: range  # empty if nothing is dated
    stretches: tuple[Stretch, ...]
    last: npt.NDArray[np.int64]  # text of each domain now, -1 if it is not known
    ever_silent: npt.NDArray[np.bool_]  # asked, and never said anything


def history(collected: Collected) -> History:
    """Return the months of everything collected."""
    names = tuple(sorted(collected.domains))
    domains = [collected.domains[name] for name in names]
    weighed = any(domain.weighed for domain in domains)
    weights = np.array([domain.weight if weighed else 1.0 for domain in domains], dtype=np.float64)
    dated = [at for domain in domains for at, _ in domain.seen if at != float("-inf")]
    months = range(month_of(min(dated)), month_of(max(dated)) + 1) if dated else range(0)
    stretches: list[Stretch] = []
    last = np.full(len(names), -1, dtype=np.int64)
    for number, domain in enumerate(domains):
        steps = _steps(domain.seen, months)
        if steps:
            last[number] = steps[-1][1]
        for (first, text), (end, _) in pairwise([*steps, (months.stop, -1)]):
            stretches.append(Stretch(number, first, end, text))
    silent = np.array([not domain.seen and domain.silent > 0 for domain in domains], dtype=np.bool_)
    return History(names, weights, months, tuple(stretches), last, silent)


def _steps(seen: Sequence[tuple[float, int]], months: range) -> list[tuple[Month, int]]:
    """Return from which month on a domain says what; months without news are left out."""
    latest: dict[Month, int] = {}
    undated = None
    for at, text in sorted(seen, key=lambda item: item[0]):  # of one moment the last one read
        if at == float("-inf"):
            undated = text
        else:
            latest[month_of(at)] = text
    if undated is not None:
        latest[months.stop - 1 if months else 0] = undated
    return sorted(latest.items())
