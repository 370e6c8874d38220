"""What a billion pages cost: ours as measured here, and large crawls as they were published.

A node is sixteen vCPUs, as in the newest of them. What was done with a page differs: none of
the published ones heard more than robots.txt, extracted a main text or kept evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

VCPUS = 16
_BILLION = 1e9


@dataclass(frozen=True, slots=True)
class Published:
    """A large crawl: `vcpu_hours` of all its machines for `pages` pages."""

    name: str
    pages: float
    vcpu_hours: float
    page_kb: float
    how: str

    @property
    def node_hours(self) -> float:
        """Hours of a node for a billion pages."""
        return self.vcpu_hours / VCPUS * _BILLION / self.pages


# andrewkchan.dev/posts/crawler.html; michaelnielsen.org/ddi, 2012; Lee et al., WWW 2008 (IRLbot;
# one server, its processors counted as four).
PUBLISHED = (
    Published("Chan 2025", 1.005e9, 12 * 16 * 25.5, 242, "links; TLS a quarter of the CPU"),
    Published("Nielsen 2012", 0.25e9, 20 * 4 * 39.5, 51, "links; little TLS"),
    Published("IRLbot 2008", 6.3e9, 4 * 41 * 24.0, 20, "links only; no TLS"),
)


def node_hours(cpu_ms: float) -> float:
    """Return the hours of a node for a billion pages of `cpu_ms` each."""
    return cpu_ms / 1000 * _BILLION / 3600 / VCPUS


def pages_per_vcpu_second(hours: float) -> float:
    return _BILLION / (hours * 3600 * VCPUS)
