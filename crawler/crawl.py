"""One run over one job, put together from its policy: the parts meet here and nowhere else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from ipaddress import ip_network
from pathlib import Path

from crawler import __version__
from crawler.config import Config
from crawler.core.consent import rules_version
from crawler.core.content.decoding.document_types import DOCUMENTS
from crawler.core.content.settings import SitemapLimits
from crawler.core.document import Link
from crawler.core.evidence import FileKind, PageEvidence, Snapshot
from crawler.core.judge import Rules
from crawler.core.outcome import Kept, Learned, Unchanged
from crawler.core.policy import ConsentPolicy
from crawler.core.task import Task
from crawler.core.urls import Url
from crawler.engine import Ended, Engine, Finished, Keeping
from crawler.fetch import Fetcher
from crawler.fetch.workers import Workers
from crawler.frontier import Admitted, Frontier, FrontierSettings, InForce, RealConsent
from crawler.frontier.part import Part
from crawler.frontier.revisiting import requeue
from crawler.frontier.settings import Admission
from crawler.frontier.shard_messages import Message
from crawler.frontier.sharding import Share
from crawler.frontier.shared_limits import Leases
from crawler.frontier.status import what_is_left
from crawler.kept_model import WARM_UP_APART, warm_up
from crawler.mirroring import mirroring
from crawler.store import deciding_again
from crawler.store.archive import Archive, Writer
from crawler.store.database import Connection, StoreError
from crawler.store.job import DATABASE, Job, folder_size, mark_clean, open_job, read_job, rest_until
from crawler.store.judging_now import Slot
from crawler.store.pages import Context, load_evidence, save_policy
from crawler.store.policy_changes import save_settings
from crawler.store.signing_memory import remember_key_at
from crawler.store.suppression import Suppression
from crawler.store.suppression_memory import Memory, open_remembered, recall, remember
from crawler.store.visit_groups import Done, record_visits
from crawler.visit import Clock, Visitor

_log = logging.getLogger(__name__)
_BATCH = 500  # pages that are decided again in one transaction
_COUNT = 1.0  # seconds between counts of hosts
_QUIET = 60.0  # seconds without a finished visit after which the log says why
_HOSTS = """
    SELECT sum(due <= :now AND held_until <= :now AND waiting > 0),
           sum((due > :now OR held_until > :now) AND (waiting > 0 OR later_at > 0)
               AND reason NOT LIKE 'parked%' AND reason NOT LIKE '%budget is spent'),
           sum(due > :now AND (waiting > 0 OR later_at > 0) AND reason LIKE 'parked%'),
           sum(waiting)
    FROM host
"""
# What may change while a job runs.
_CHANGEABLE = ("politeness", "limits", "budgets", "admission", "discovery", "retries")


@dataclass(frozen=True, slots=True)
class Hosts:
    """How many hosts are due, wait for their time, or are parked; how many URLs are queued."""

    ready: int = 0
    waiting: int = 0
    parked: int = 0
    queued: int = 0


@dataclass(slots=True)
class Crawl:
    """A run that is ready to go: seeds can be added, then `engine.run` crawls."""

    job: Job
    frontier: Frontier
    engine: Engine
    clock: Clock
    config: Config
    rules: deciding_again.Rules
    share: Share | None = None
    _hosts: Hosts = field(default_factory=Hosts)

    async def add_seeds(self, seeds: Iterable[Url]) -> Admitted:
        """Admit the seeds and the policy's sitemaps that are new; known ones keep their state."""
        links = [Link(url, "seed") for url in seeds]
        if self.config.discovery.sitemaps:
            await self.frontier.add_sitemaps(self.clock())
        return await self.frontier.add(links, self.clock(), seeds=True)

    async def take_in(self, messages: Sequence[Message]) -> None:
        """Take in what other shards sent; pages that waited for an answer are decided."""
        now = self.clock()

        def settle(connection: Connection, snapshot: Snapshot) -> None:
            if snapshot.kind is FileKind.RSL:
                deciding_again.settle_waiting(connection, snapshot.url, self.rules, now)

        await self.frontier.take_in(messages, now, settle)

    def hosts(self) -> Hosts:
        """Return how many hosts and URLs stand where, as last counted by `count_hosts`."""
        return self._hosts

    async def count_hosts(self) -> None:
        """Count hosts and URLs again and again, in a thread of its own, until cancelled."""
        while True:
            started = self.clock()
            with suppress(StoreError):  # a display must not end a crawl
                self._hosts = await asyncio.to_thread(_count, self.job.folder, started)
            # A million hosts take a while to count: never more than a hundredth of the time.
            await asyncio.sleep(max(_COUNT, 100 * (self.clock() - started)))

    async def why_ended(self, ended: Ended) -> str:
        """Return why the run ended.

        "spent" if all that is left are hosts past their budget, "done" if a limit of pages was
        reached and nothing was left.
        """
        left, spent = await self.job.database.read(what_is_left)
        why = "done" if ended.why == "max-pages" and not left else ended.why
        return "spent" if why == "done" and spent else why

    async def watch(self) -> None:
        """Log why nothing goes on whenever no visit has ended for a minute, until cancelled."""
        visits = -1
        while True:
            if visits == self.engine.progress.visits and not self.engine.progress.paused:
                now = self.clock()
                status = await self.frontier.status(now)
                _log.warning("nothing ended for %.0f s: %s", _QUIET, status.sentence(now))
            visits = self.engine.progress.visits
            await asyncio.sleep(_QUIET)

    async def close(self, ended: Ended) -> None:
        """Note how the run ended, so that the next one knows what the clocks are worth.

        Pages whose late evidence turned out not to be had are decided now, and those kept
        before their origin said otherwise follow it.
        """
        now = self.clock()
        await _catch_up(self.job, self.rules, now)

        def work(connection: Connection) -> None:
            deciding_again.settle_waiting(connection, None, self.rules, now)
            if ended.clean:
                mark_clean(connection)

        await self.job.database.transaction(work)
        if self.rules.context.suppression is not None:
            listed = self.rules.context.suppression  # it may have grown
            await self.job.database.transaction(partial(remember, suppression=listed))

    async def reload(self, config: Config) -> tuple[str, ...]:
        """Take over politeness and limits from `config`, and record what changes.

        Returns the names of the keys that changed. The consent part is left alone: what a
        page is kept for changes when the job is run again.
        """
        self.config = self.config.model_copy(
            update={name: getattr(config, name) for name in _CHANGEABLE}
        )
        now, text = self.clock(), self.config.effective()
        changed = await self.job.database.transaction(lambda c: save_settings(c, text, now))
        self.engine.limits = self.config.limits
        settings = frontier_settings(self.config, self.share)
        self.frontier.reload(settings, self.rules.policy, now)
        self.engine.wake()
        self.engine.events.tell("reload", now, done=True, said="", changed=list(changed))
        return changed


@asynccontextmanager
async def open_crawl(
    folder: Path,
    config: Config,
    clock: Clock,
    *,
    policy: ConsentPolicy | None = None,
    part: Part | None = None,
    leases: Leases | None = None,
) -> AsyncIterator[Crawl]:
    """Open the job in `folder` under `config` with everything a run needs.

    `policy` takes the place of the config's own, to decide as another crawler would. A shard
    is given its `part`; by `leases` commands on other jobs keep the same hosts' clocks.

    Raises:
        ConfigError: The policy names no identity.
        StoreError: The job cannot be opened.
    """
    identity = config.require_identity()
    policy = policy or config.consent_policy()
    share = part.share if part is not None else None
    suppression = _suppression(folder, config)
    context = Context(policy.sha256, rules_version(), suppression)
    async with (
        open_job(folder) as job,
        Fetcher(
            config.network,
            identity,
            config.fetch,
            clock=clock,
            alone=leases.alone if leases is not None else None,
            may_ask=part.may_ask if part is not None else None,
        ) as fetcher,
        Workers(WARM_UP_APART) as workers,
        mirroring(job, config.archive.mirror, keep_local=config.archive.keep_local),
    ):
        now = clock()
        run = job.database.transaction
        await run(lambda c: save_policy(c, policy, config.effective(), now))
        await run(lambda c: save_settings(c, config.effective(), now))
        if config.identity.key:
            await run(partial(remember_key_at, path=Path(config.identity.key)))
        if suppression is not None:
            await run(partial(remember, suppression=suppression))
        archive = _archive(folder, config, fetcher) if config.archive.enabled else None
        if archive is not None:
            await run(archive.open)
        deciding = deciding_again.Rules(policy, context)
        await _decide_again(job, deciding, now)
        await _catch_up(job, deciding, now)
        slot = Slot(folder)
        floor = max(now, await job.database.read(rest_until))
        frontier = await Frontier.open(
            job.database,
            InForce(
                frontier_settings(config, share), policy, RealConsent(context), floor, job.unclean
            ),
            shared=part.limits if part is not None else None,
            leases=leases,
        )
        rules = Rules(policy, config.content, SitemapLimits())
        warm_up(rules.content)
        visitor = Visitor(fetcher, rules, clock, slot.mark, workers)
        suspect = {slot.left_over} if job.unclean and slot.left_over else ()
        keeping = Keeping(
            record=_recorder(policy, context, archive),
            flush=archive.sync if archive else _nothing,
            rollback=archive.rollback if archive else _nothing_at_all,
            stored=_stored,
            pages=count_pages,
            disk_bytes=lambda: folder_size(folder),
            suspects=frozenset(suspect),
        )
        engine = Engine(job.database, frontier, visitor, keeping, config.limits)
        engine.may_ask = part.may_ask if part is not None else engine.may_ask
        engine.progress.kept_before = await job.database.read(count_pages)
        yield Crawl(job, frontier, engine, clock, config, deciding, share)
        slot.close()


def _suppression(folder: Path, config: Config) -> Suppression | None:
    """Open the operator's list; a job that never obeyed one may begin a new one."""
    listed = config.suppression
    if listed.path is None:
        return None
    memory: Memory = {}
    if (folder / DATABASE).exists():
        with read_job(folder) as connection:
            memory = recall(connection)
    there = listed.path.exists()
    found = open_remembered(listed.path, listed.key, [memory], make=True)
    if not there:
        _log.warning("the suppression list %s was not there and is begun, empty", listed.path)
    found.follow(listed.trusted_feeds())
    return found


async def _decide_again(job: Job, rules: deciding_again.Rules, now: float) -> None:
    """Apply a policy or rules that changed since the last run to all evidence held.

    Pages now refused are retired; what is no longer refused waits for its turn again. What
    waits anyway passes gate 1 when its turn comes.
    """
    found = deciding_again.Again()

    def work(connection: Connection) -> bool:
        more = deciding_again.decide_again(connection, rules, now, found)
        requeue(connection, found.fetch)
        found.fetch.clear()
        return more

    while await job.database.transaction(work):
        pass
    found.tell_of_damage()


async def _catch_up(job: Job, rules: deciding_again.Rules, now: float) -> None:
    """Let pages kept follow the site files learned since this was last done."""

    def outdated(connection: Connection) -> tuple[int, list[int]]:
        since, last = deciding_again.followed(connection), deciding_again.last_answer(connection)
        return last, deciding_again.outdated(connection, since) if last > since else []

    found = deciding_again.Again()

    def work(connection: Connection, batch: list[int]) -> None:
        deciding_again.catch_up(connection, batch, lambda _: rules, now, found)
        requeue(connection, found.fetch)
        found.fetch.clear()

    last, numbers = await job.database.read(outdated)
    for start in range(0, len(numbers), _BATCH):
        batch = numbers[start : start + _BATCH]
        await job.database.transaction(partial(work, batch=batch))
    await job.database.transaction(lambda c: deciding_again.note_followed(c, last))
    found.tell_of_damage()


def frontier_settings(config: Config, share: Share | None = None) -> FrontierSettings:
    """Return what the frontier reads of the policy."""
    return FrontierSettings(
        politeness=config.politeness,
        scope=config.scope,
        admission=_admission(config),
        budgets=config.budgets,
        discovery=config.discovery,
        revisit=config.revisit,
        retries=config.retries,
        share=share,
        free=tuple(ip_network(text, strict=False) for text in config.network.allow),
    )


def _admission(config: Config) -> Admission:
    """Return what is admitted: of the files of documents those that are read."""
    left_out = {*DOCUMENTS} - {*config.content.documents.kinds}
    no_text = (*config.admission.no_text, *sorted(left_out))
    return config.admission.model_copy(update={"no_text": no_text})


def _archive(folder: Path, config: Config, fetcher: Fetcher) -> Archive:
    operator = config.identity.contact or config.identity.email
    software = f"consent-crawler/{__version__}"
    return Archive(folder, Writer(software, fetcher.identity.settings.user_agent, operator))


def _recorder(
    policy: ConsentPolicy, context: Context, archive: Archive | None
) -> Callable[[Connection, Sequence[Finished]], None]:
    rules = deciding_again.Rules(policy, context)
    enough = policy.probes.after_pages if policy.probes.after else 1 << 60

    def record(connection: Connection, group: Sequence[Finished]) -> None:
        done = [
            Done(one.visit.task, one.visit.outcome, one.visit.response, one.now) for one in group
        ]
        record_visits(connection, done, context, archive)
        for task, outcome, _, now in done:
            match outcome:
                case Kept(decision=decision) | Unchanged(decision=decision) if decision.awaiting:
                    deciding_again.settle_page(connection, task.id, rules, now)
                case Learned(snapshot=snapshot) if snapshot.kind is FileKind.RSL:
                    deciding_again.settle_waiting(connection, snapshot.url, rules, now)
                case Learned(snapshot=snapshot) if snapshot.kind is FileKind.TERMS:
                    deciding_again.settle_site(connection, snapshot.url, rules, now)
                case _:
                    pass
        for one in group:
            finds = one.writes.finds
            if finds is not None and finds.page is not None and finds.owes >= enough:
                deciding_again.settle_origin(connection, finds.page, rules, one.now)

    return record


def _count(folder: Path, now: float) -> Hosts:
    with read_job(folder) as connection:
        row = connection.execute(_HOSTS, {"now": now}).fetchone()
    return Hosts(*(int(count or 0) for count in row))


def _stored(connection: Connection, task: Task) -> PageEvidence | None:
    evidence = load_evidence(connection, task.id)
    return evidence.page if evidence is not None else None


def count_pages(connection: Connection) -> int:
    """Return how many pages the job holds, whether or not they await something."""
    (count,) = connection.execute(
        "SELECT count(*) FROM page WHERE state IN ('active', 'held')"
    ).fetchone()
    return int(count)


def _nothing(_: Connection) -> None:
    """Without an archive a group has no last step."""


def _nothing_at_all() -> None:
    """Without an archive there is nothing to take back."""
