"""A polite web crawler that hears opt-outs and keeps the proof.

For programs: `from crawler import Policy, Consent, Job, read_page, screen_rows, ABSENT`
(docs/python.md). These names are stable; everything else of the package is private.
"""

from typing import TYPE_CHECKING

from crawler.on_demand import names_from

if TYPE_CHECKING:
    from crawler.core.given import ABSENT
    from crawler.library.consent import Consent
    from crawler.library.datatrove_filter import ConsentFilter
    from crawler.library.errors import JobError
    from crawler.library.job import Job, KeptPage
    from crawler.library.page import Page, read_page
    from crawler.library.policy import Policy
    from crawler.library.rows import screen_rows
    from crawler.library.steps import ConsentStep
    from crawler.library.verdict import Decision

__version__ = "2.0.0.dev0"

__all__ = [
    "ABSENT",
    "Consent",
    "ConsentFilter",
    "ConsentStep",
    "Decision",
    "Job",
    "JobError",
    "KeptPage",
    "Page",
    "Policy",
    "read_page",
    "screen_rows",
]

__getattr__ = names_from(
    __name__,
    {
        "ABSENT": "core.given",
        "Consent": "library.consent",
        "ConsentFilter": "library.datatrove_filter",
        "ConsentStep": "library.steps",
        "Decision": "library.verdict",
        "Job": "library.job",
        "JobError": "library.errors",
        "KeptPage": "library.job",
        "Page": "library.page",
        "Policy": "library.policy",
        "read_page": "library.page",
        "screen_rows": "library.rows",
    },
)
