"""Fuzz every parser of site input: `python -m tests.fuzz --inputs 1000000 [--seed N]`.

Exits 1 if anything was raised, with an input for each place it was raised at.
"""

import argparse
import sys
import time

from tests.fuzz.harness import run
from tests.fuzz.parsers import PARSERS

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--inputs", type=int, default=1_000_000)
arguments.add_argument("--seed", type=int, default=0)
arguments.add_argument("--parser", action="append", choices=sorted(PARSERS))
options = arguments.parse_args()

started = time.perf_counter()
report = run(options.inputs, options.seed, options.parser)
took = time.perf_counter() - started
for name, count in report.counts.items():
    slowest, data = report.slowest[name]
    print(
        f"{name:12} {count:9,} inputs, slowest {slowest * 1000:8.1f} ms of CPU ({len(data)} bytes)"
    )
print(f"{sum(report.counts.values()):,} inputs, seed {options.seed}, {took:.0f} s")
for key, (_, data, trace) in report.failures.items():
    print(f"\nFAILED {key}\n{trace}input: {data!r}")
print(f"{len(report.failures)} uncaught")
sys.exit(1 if report.failures else 0)
