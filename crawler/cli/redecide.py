"""`crawler redecide`: what another policy would make of the evidence a job holds."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.telling_damage import end_with_damage
from crawler.cluster.layout import shard_folders
from crawler.config import load
from crawler.config.corpus_tables import Suppression
from crawler.core.policy import ConsentPolicy
from crawler.corpus.upkeep.redecide import Difference, policy_of, redecide
from crawler.screen.screened_jobs import is_screening


def command(
    job: Annotated[Path, typer.Argument(help="Folder of the job.")],
    policy: Annotated[str, typer.Option(help="Policy file, or a preset's name.")],
    at_now: Annotated[
        bool, typer.Option("--now", help="Decide as of today, not as of each page's own time.")
    ] = False,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Apply another policy to the stored evidence and show what it would change.

    Nothing is changed and nothing is asked for.

    Example: crawler redecide jobs/example --policy strict
    """
    folders = shard_folders(job)
    config = load(policy)
    consent = config.consent_policy()
    if not config.identity.token and (before := policy_of(folders[0])) is not None:
        # A preset names nobody: whoever crawled is still the one the groups speak of.
        consent = consent.model_copy(update={"tokens": before.tokens})
    if is_screening(job):
        _rows_again(job, consent, config.suppression, to_json=to_json)
        return
    found = redecide(folders, consent, time.time() if at_now else None)
    if to_json:
        print(json.dumps(found.as_json(), indent=2))
    else:
        _show(found)
    end_with_damage(job, found.spared.found, "the rest was decided again")


def _rows_again(job: Path, consent: ConsentPolicy, listed: Suppression, *, to_json: bool) -> None:
    """Do it for the rows of a screening."""
    from crawler.screen.redeciding import redecide_rows

    found = redecide_rows(job, consent, listed)
    if not found.whole:
        what = (
            "silent pages were screened without --store-evidence: what they say is not known here"
        )
        print(f"crawler: {what}; screen the input again to be sure", file=sys.stderr)
    if to_json:
        print(json.dumps(found.as_json(), indent=2))
        return
    print(f"{found.decided} rows decided again, {found.same} as before")
    for title, counts in (
        ("would leave", found.leave),
        ("would enter", found.enter),
        ("stay left out, for another reason", found.reason_only),
    ):
        print(f"{title}: {sum(counts.values())}")
        for reason, count in counts.most_common():
            print(f"  {count:>8}  {reason}")


def _show(found: Difference) -> None:
    print(f"{found.decided} URLs decided again, {found.same} as before")
    for title, counts, name in (
        ("would leave the corpus", found.leave, "leave"),
        ("would enter the corpus", found.enter, "enter"),
        ("would be admitted, but must be fetched (no text was kept)", found.fetch, "fetch"),
        ("stay refused, for another reason", found.reason_only, "reason_only"),
    ):
        print(f"{title}: {sum(counts.values())}")
        for reason, count in counts.most_common():
            print(f"  {count:>8}  {reason}")
        for url in found.examples.get(name, [])[:5]:
            print(f"            {url}")
