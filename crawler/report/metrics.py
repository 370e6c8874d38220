"""How a crawl stands as Prometheus reads it: text exposition format 0.0.4. See docs/metrics.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from crawler.core.consent.grounds import ground_of
from crawler.core.consent.protocols import current
from crawler.core.timings import BOUNDS
from crawler.store.run_state import RunState

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = Mapping[str, str]
Sample = tuple[str, Labels, float]  # suffix of the name, labels, value


@dataclass(frozen=True, slots=True)
class Metric:
    """One family of samples. `kind`: counter, gauge or histogram."""

    name: str
    kind: str
    about: str
    samples: Sequence[Sample]


def metrics(states: Mapping[str, RunState]) -> str:
    """Return the metrics of a crawl's shards, by their names ("" for a crawl without shards)."""
    found: dict[str, tuple[Metric, list[str]]] = {}
    for shard, state in states.items():
        shared = {"shard": shard} if shard else {}
        for metric in families(state):
            _, lines = found.setdefault(metric.name, (metric, []))
            lines += [
                f"{metric.name}{suffix}{_labels({**shared, **labels})} {value:g}"
                if abs(value) < 1e6  # noqa: PLR2004 - %g keeps six digits
                else f"{metric.name}{suffix}{_labels({**shared, **labels})} {value!r}"
                for suffix, labels, value in metric.samples
            ]
    text = []
    for metric, lines in found.values():
        text += [f"# HELP {metric.name} {metric.about}", f"# TYPE {metric.name} {metric.kind}"]
        text += lines
    return "".join(f"{line}\n" for line in text)


def families(state: RunState) -> Iterator[Metric]:
    """Yield what is told of one crawl."""
    yield Metric(
        "crawler_info", "gauge", "Which version runs.", [("", {"version": state.version}, 1)]
    )
    yield _one("crawler_paused", "gauge", "1: no request starts, as ordered.", state.paused)
    yield Metric(
        "crawler_visits_total", "counter", "Visits that have ended, by how.",
        [("", {"outcome": name}, count) for name, count in sorted(state.outcomes.items())],
    )  # fmt: skip
    yield _one("crawler_received_bytes_total", "counter", "Bytes of bodies received.", state.bytes)
    yield Metric(
        "crawler_turned_down_total", "counter", "Pages turned down, by reason and whose no it was.",
        [*_reasons(state.answered, asked="true"), *_reasons(state.unasked, asked="false")],
    )  # fmt: skip
    yield Metric(
        "crawler_failures_total", "counter", "Visits that failed, by code (docs/outcomes.md).",
        [("", {"code": code}, count) for code, count in sorted(state.failures.items())],
    )  # fmt: skip
    yield _one("crawler_pages", "gauge", "Pages the job holds.", state.kept_before + state.kept)
    yield _one("crawler_visits_active", "gauge", "Visits under way.", state.active)
    yield _one("crawler_visits_uncommitted", "gauge", "Visits not stored yet.", state.uncommitted)
    yield _one("crawler_queue_urls", "gauge", "Addresses that wait for their turn.", state.queued)
    yield Metric(
        "crawler_hosts", "gauge", "Hosts with addresses that wait, by state.",
        [("", {"state": name}, count) for name, count in sorted(state.hosts.items())],
    )  # fmt: skip
    yield _durations(
        "crawler_host_lateness_seconds", "How long hosts were due before they were asked.",
        state.late, state.late_seconds,
    )  # fmt: skip
    yield _durations(
        "crawler_commit_duration_seconds", "How long it took to store a group of visits.",
        state.commits, state.commit_seconds,
    )  # fmt: skip
    yield _one(
        "process_resident_memory_bytes", "gauge", "Resident memory size in bytes.", state.memory
    )
    yield _one(
        "process_start_time_seconds", "gauge", "When the run began, in Unix time.", state.started_at
    )
    yield _one("crawler_noted_timestamp_seconds", "gauge", "When these were noted.", state.at)


def _one(name: str, kind: str, about: str, value: float) -> Metric:
    return Metric(name, kind, about, [("", {}, value)])


def _reasons(counts: Mapping[str, int], *, asked: str) -> list[Sample]:
    return [
        ("", {"reason": current(code), "ground": ground_of(code).value, "asked": asked}, count)
        for code, count in sorted(counts.items())
    ]


def _durations(name: str, about: str, counts: Sequence[int], total: float) -> Metric:
    found = [*counts, *[0] * (len(BOUNDS) + 1 - len(counts))]
    names = [*(f"{bound:g}" for bound in BOUNDS), "+Inf"]
    samples: list[Sample] = [
        ("_bucket", {"le": bound}, count)
        for bound, count in zip(names, accumulate(found), strict=True)
    ]
    samples += [("_sum", {}, total), ("_count", {}, sum(found))]
    return Metric(name, "histogram", about, samples)


def _labels(labels: Labels) -> str:
    given = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{given}}}" if given else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
