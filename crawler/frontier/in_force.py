"""What is in force in a run: settings, policy, and what earlier runs left of the clocks."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.core.policy import ConsentPolicy
from crawler.frontier.gate_one import Consent
from crawler.frontier.settings import FrontierSettings


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules in force; replaced as a whole when settings change."""

    settings: FrontierSettings
    policy: ConsentPolicy
    consent: Consent
    floor_at: float  # no host that was asked in an earlier run is asked before then plus its delay
    unclean: bool  # ... and no other host either: it may have been asked
    again_only: bool = False  # nothing new is asked for: site files, and what was visited before
