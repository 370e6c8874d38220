"""The policy that speaks for a job: the one given, else the one it was last run under."""

from __future__ import annotations

from pathlib import Path

from crawler.cluster.layout import shard_folders
from crawler.config import Config, load
from crawler.store.job import read_job
from crawler.store.policy_changes import load_settings


def config_for(job: Path, policy: str | None) -> Config:
    """Return the config of `policy`, or of the job's last run where none is given.

    Raises:
        ConfigError: The policy is not usable.
        StoreError: There is no job, or it was never run.
    """
    return load(policy) if policy is not None else last_config(job)


def last_config(job: Path) -> Config:
    """Return the effective policy of the job's last run."""
    with read_job(shard_folders(job)[0]) as connection:
        text = load_settings(connection)
    return Config.model_validate_json(text) if text else load("default")
