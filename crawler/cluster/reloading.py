"""Asks whoever crawls a job to read its policy again, and waits for the answer."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from crawler.cluster.cluster_job import url_of_folder
from crawler.cluster.layout import shard_folders
from crawler.cluster.url_state import ask_to_reread, is_at_work
from crawler.cluster.url_state import read_answer as read_answer_at
from crawler.store.job import holder
from crawler.store.reload_answers import asking, read_answer

# A crawl answers within a moment; a large job takes a while to open. Seconds.
_PATIENCE, _LOOK = 60.0, 0.02
_LOOK_AT_URL = 1.0


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What those who crawl the job answered; `working` False: nobody does."""

    working: bool
    done: bool
    said: tuple[str, ...] = ()  # each once


def reload_job(job: Path) -> Reloaded:
    """Have every process that crawls the job read its policy again.

    Raises:
        StoreError: The job cannot be read.
    """
    url = url_of_folder(job)
    if url:
        return _reload_at(url)
    working = [folder for folder in shard_folders(job) if holder(folder)]
    answers = [_ask(folder) for folder in working]
    said = tuple(dict.fromkeys(text for _, text in answers))
    return Reloaded(bool(working), all(done for done, _ in answers), said)


def _reload_at(url: str) -> Reloaded:
    """Have whoever drives the cluster that crawls the job at `url` read its policy again.

    Raises:
        StorageError: The URL is out of reach.
    """
    if not is_at_work(url, time.monotonic, time.sleep):
        return Reloaded(working=False, done=False)
    token, until = ask_to_reread(url), time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        answer = read_answer_at(url)
        if answer is not None and answer.token == token:
            return Reloaded(working=True, done=answer.done, said=(answer.said,))
        time.sleep(_LOOK_AT_URL)
    said = f"nobody has answered at {url} for {_PATIENCE:.0f} s; the question stands there"
    return Reloaded(working=True, done=False, said=(said,))


def _ask(folder: Path) -> tuple[bool, str]:
    """Tell who works on the folder to read the policy again; return if it did, and its words."""
    told, until = 0, time.monotonic() + _PATIENCE
    process = holder(folder)
    with asking(folder) as token:
        while time.monotonic() < until:
            process, answer = holder(folder), read_answer(folder)
            if answer is not None and answer.token == token:
                return answer.done, answer.said
            if process is None:
                return False, f"the crawl on {folder} ended before it answered"
            # Only a crawl heeds the signal: any other command that holds the job would end.
            if answer is not None and answer.process == process != told:
                os.kill(process, signal.SIGHUP)
                told = process
            time.sleep(_LOOK)
    if told:
        return False, f"process {told} has not answered for {_PATIENCE:.0f} s; it was told"
    return False, f"process {process} works on {folder} and is no crawl: it reads no policy again"
