"""Mutate, read, and remember what raised."""

import random
import signal
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field

from tests.fuzz.parsers import PARSERS, Parser

LONGEST = 4_096
HANG = 10  # seconds for one input


@dataclass
class Report:
    """What a run found. `failures` maps a traceback's last line to one input that shows it."""

    counts: Counter = field(default_factory=Counter)
    failures: dict[str, tuple[str, bytes, str]] = field(default_factory=dict)
    slowest: dict[str, tuple[float, bytes]] = field(default_factory=dict)


def mutate(data: bytes, parser: Parser, chance: random.Random) -> bytes:
    """Return `data` with one to eight small violences done to it."""
    value = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(value) + 1)
        end = min(len(value), at + chance.randint(1, 40))
        match chance.randrange(8):
            case 0 if value:
                value[at % len(value)] ^= 1 << chance.randrange(8)
            case 1:
                value[at:at] = chance.choice(parser.words)
            case 2:
                del value[at:end]
            case 3:
                value[at:at] = value[at:end] * chance.randint(1, 8)
            case 4:
                value[at:end] = chance.choice(parser.words)
            case 5:
                value[at:at] = chance.randbytes(chance.randint(1, 8))
            case 6:
                other = chance.choice(parser.seeds)
                value[at:] = other[chance.randrange(len(other) + 1) :]
            case _:
                value[at:at] = chance.choice(parser.words) * chance.randint(2, 60)
    return bytes(value[:LONGEST])


def _hang(*_: object) -> None:
    raise TimeoutError(f"more than {HANG} s")


def run(inputs: int, seed: int, names: list[str] | None = None) -> Report:
    """Give `inputs` mutated inputs to the parsers, by their shares."""
    chance = random.Random(seed)
    chosen = {name: PARSERS[name] for name in names or PARSERS}
    total = sum(parser.share for parser in chosen.values())
    report = Report()
    signal.signal(signal.SIGALRM, _hang)
    for name, parser in chosen.items():
        for _ in range(-(-inputs * parser.share // total)):
            data = mutate(chance.choice(parser.seeds), parser, chance)
            started = time.process_time()
            signal.setitimer(signal.ITIMER_REAL, HANG)
            try:
                parser.read(data)
            except Exception as error:  # noqa: BLE001 (finding these is the point)
                trace = traceback.format_exc()
                where = [line for line in trace.splitlines() if line.startswith("  File")][-1]
                key = f"{name}: {type(error).__name__} {where.strip()}"
                report.failures.setdefault(key, (name, data, trace))
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
            took = time.process_time() - started
            report.counts[name] += 1
            if took > report.slowest.get(name, (0.0, b""))[0]:
                report.slowest[name] = took, data
    return report
