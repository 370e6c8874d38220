"""What the commands on a corpus share: its policy turned into what `crawler.corpus` asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.cli.terminal_text import json_text
from crawler.cluster.layout import MERGED, shard_folders
from crawler.config import Config
from crawler.core.consent import decide, rules_version
from crawler.core.content.figures.masks import mask
from crawler.corpus.records.export_plan import Options, Plan
from crawler.corpus.records.selection import Gate
from crawler.corpus.upkeep.merge import merge
from crawler.store.database import Connection, commit
from crawler.store.job import DATABASE, hold, open_for_writing, read_job
from crawler.store.suppression import Suppression
from crawler.store.suppression_memory import open_remembered, recall, remember


def suppression_of(config: Config, *jobs: Path, make: bool = False) -> Suppression | None:
    """Open the operator's suppression list, if the policy names one: the one the jobs obeyed.

    With `make`, which is for what adds to it, a job that never obeyed one may begin a new one.
    """
    listed = config.suppression
    if listed.path is None:
        return None
    memories = []
    for folder in (folder for job in jobs for folder in shard_folders(job)):
        with read_job(folder) as connection:
            memories.append(recall(connection))
    found = open_remembered(listed.path, listed.key, memories, make=make)
    found.follow(listed.trusted_feeds())
    return found


def bear_in_mind(folders: Iterable[Path], suppression: Suppression | None) -> None:
    """Have job folders remember the list as it is now that something was added to it."""
    if suppression is None:
        return
    for folder in folders:
        with writing(folder) as connection:
            remember(connection, suppression)


def gate_of(config: Config, job: Path, now: float) -> Gate:
    """Return gate 4 of a job under `config` as of `now`."""
    return Gate(
        config.consent_policy(),
        rules_version(),
        decide,
        config.recheck,
        now,
        suppression_of(config, job),
    )


def plan_of(config: Config, job: Path, options: Options, now: float) -> Plan:
    """Return what an export of a job under `config` is to be, not signed."""
    identity = config.identity
    return Plan(
        gate=gate_of(config, job, now),
        settings=config.export,
        options=options,
        user_agent=identity.user_agent if identity.token else "",
        contact=identity.contact or identity.email,
        policy_text=config.effective(),
        mask=_masked if config.export.mask_personal_data else None,
    )


def _masked(text: str) -> tuple[str, dict[str, int]]:
    found = mask(text)
    return found.text, found.counts


def one_job(job: Path, config: Config) -> tuple[Path, tuple[str, ...]]:
    """Return the job as one folder: itself, or its shards merged, brought up to date.

    And what of the shards could not be read, and is not in it.
    """
    shards = shard_folders(job)
    # What had several shards has what it published there.
    if len(shards) == 1 and not (job / MERGED / DATABASE).is_file():
        return shards[0], ()
    merged = merge(shards, job / MERGED, suppression_of(config, job))
    return job / MERGED, merged.damaged


@contextmanager
def writing(job: Path) -> Iterator[Connection]:
    """Hold the job and open its database; what is done in the block is one transaction."""
    with read_job(job):  # says clearly when there is no job
        pass
    with hold(job):
        connection = open_for_writing(job)
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            commit(connection)
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            connection.close()


def print_json(value: object) -> None:
    print(json_text(value))
