# ruff: noqa: ARG002 - a fake has the face of the real thing
"""A made-up web on a virtual clock, driven through the real frontier and the real store."""

from __future__ import annotations

import heapq
import random
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from crawler.core.consent import FileRequest, RobotsHints
from crawler.core.decision import Decision, Found, Value, Verdict
from crawler.core.document import Document, Licence, Link, Metadata
from crawler.core.evidence import Evidence, FileKind, PageEvidence, Snapshot
from crawler.core.outcome import Failed, Kept, Learned, Missing, Resolved
from crawler.core.pace import Timing
from crawler.core.policy import ConsentPolicy
from crawler.core.task import TaskKind
from crawler.core.urls import parse
from crawler.frontier import Frontier, FrontierSettings, InForce
from crawler.frontier.gate_one import RealConsent
from crawler.store.database import open_database
from crawler.store.evidence import save_snapshot

POLICY = ConsentPolicy(probes=())
START = 1_000_000.0


def url(text):
    parsed = parse(text)
    assert parsed is not None
    return parsed


def links(*texts, **fields):
    return [Link(url(text), **fields) for text in texts]


def settings(**tables):
    """Return settings from plain tables, as a policy file gives them."""
    return FrontierSettings.model_validate(tables)


def kept(*hrefs, text="text", at=0.0, **fields):
    decision = Decision(included=True, reason="ok", verdict=Verdict(), decided_at=at)
    document = Document(
        text, Metadata(), Licence(), "fast", "1", "utf-8", "bom", 0, "en", 1.0, "x", "b", text,
        b"", 1, 1, 1, 1, "m",
    )  # fmt: skip
    headers = tuple(fields.items())
    return Kept(decision, PageEvidence(200, headers), document, tuple(links(*hrefs)))


class Open(RealConsent):
    """A web without site files: everything may be asked for at once."""

    def next_file(self, url, site, policy, now, pages):
        return None

    def decide(self, evidence, policy, now):
        return Decision(included=True, reason="ok", verdict=Verdict(), decided_at=now)

    def knows_all(self, url, site, policy, now, pages):
        return self.next_file(url, site, policy, now, pages) is None

    def deciding(self, policy, now):
        return lambda url, site: self.decide(Evidence(url, site), policy, now)

    def hints(self, snapshot, policy):
        return RobotsHints()

    def record_refusal(self, connection, url_id, decision, site, policy):
        pass


class WithRobots(Open):
    """robots.txt must be had first; its body is "deny", "defer", or hints such as "delay 7"."""

    def next_file(self, url, site, policy, now, pages):
        if any(item.expires_at > now for item in site if item.kind is FileKind.ROBOTS):
            return None
        robots = parse(url.origin + "/robots.txt")
        return FileRequest(FileKind.ROBOTS, robots, url.origin)

    def decide(self, evidence, policy, now):
        robots = evidence.of(FileKind.ROBOTS)
        if robots is not None and robots.body == b"deny" and "private" in evidence.url.text:
            verdict = Verdict(crawl=Value.DENY)
            return Decision(False, "robots.disallow", verdict, now)
        if robots is None or robots.found is Found.UNREACHABLE:
            return Decision(False, "robots.unreachable", Verdict(crawl=Value.DEFER), now)
        return Decision(True, "ok", Verdict(), now)

    def hints(self, snapshot, policy):
        word, _, value = snapshot.body.decode().partition(" ")
        if word == "delay":
            return RobotsHints(delay=float(value))
        if word == "hours":
            start, end = value.split("-")
            return RobotsHints(visit_times=((int(start), int(end)),))
        if word == "sitemap":
            return RobotsHints(sitemaps=tuple(value.split()))
        return RobotsHints()

    def read_file(self, request, response, error, hops, now, previous):
        return Snapshot(
            request.kind, request.url.text, Found.UNREACHABLE, now, error=error,
            expires_at=now + 600, hops=hops,
        )  # fmt: skip


@dataclass
class Request:
    """One line of the request log: all a server ever sees."""

    host: str
    address: str
    url: str
    start: float
    end: float
    kind: TaskKind


@dataclass
class Web:
    """Answers by URL; `address` by host. An answer is an outcome or a function of the task."""

    answers: dict = field(default_factory=dict)
    addresses: dict = field(default_factory=dict)
    robots: dict = field(default_factory=dict)
    took: float = 0.05
    log: list[Request] = field(default_factory=list)

    def outcome(self, task, now):
        if task.kind is TaskKind.RESOLVE:
            address = self.addresses.get(task.url.host, ("10.0.0.1",))
            return Failed("dns", retry=False) if not address else Resolved(address, now + 86_400)
        answer = self.answers.get(task.url.text)
        if task.kind is TaskKind.FILE and answer is None:
            body = self.robots.get(task.url.host, b"")
            return Learned(
                Snapshot(
                    task.file, task.asked, Found.FOUND if body else Found.ABSENT, now, 200,
                    body=body, expires_at=now + 86_400,
                )
            )  # fmt: skip
        if callable(answer):
            return answer(task, now)
        return answer if answer is not None else Missing(404)


@dataclass
class Run:
    """A crawl of a made-up web: `workers` visits at once, commits in groups of `group`."""

    database: object
    frontier: Frontier
    web: Web
    now: float = START
    workers: int = 8
    group: int = 4
    seed: int = 0

    async def crawl(self, *, until=START + 86_400.0, stop_after=None):
        """Go on until nothing is due before `until`; return the number of visits made."""
        ends, finished, visits, tie = [], [], 0, 0
        chance = random.Random(self.seed)
        while stop_after is None or visits < stop_after:
            while len(ends) < self.workers:
                task = await self.frontier.claim(self.now)
                if task is None:
                    break
                took = self.web.took * chance.uniform(0.5, 1.5)
                if task.kind is TaskKind.RESOLVE:
                    took = 0.0
                else:
                    self.web.log.append(
                        Request(task.url.host, task.addresses[0], task.url.text, self.now,
                                self.now + took, task.kind)
                    )  # fmt: skip
                tie += 1
                heapq.heappush(ends, (self.now + took, tie, self.now, task))
            due = self.frontier.next_due()
            end = ends[0][0] if ends else None
            if finished and (len(finished) >= self.group or end is None or end > self.now):
                await self.commit(finished)
                finished = []
                continue
            if end is None and due is None:
                break
            if end is None or (due is not None and self.now < due < end):
                if due > until:
                    break
                self.now = max(self.now, due)
                continue
            end, _, started, task = heapq.heappop(ends)
            self.now = max(self.now, end)
            outcome = self.web.outcome(task, self.now)
            timing = Timing(started, end, end)
            finished.append((task, outcome, self.frontier.finish(task, outcome, timing, self.now)))
            visits += 1
        if stop_after is None:
            await self.commit(finished)
        return visits

    async def commit(self, finished):
        def work(connection):
            done = []
            for task, outcome, writes in finished:
                done.append(self.frontier.record(connection, writes))
                if isinstance(outcome, Learned):
                    save_snapshot(connection, task.origin, outcome.snapshot)
            return done

        for recorded in await self.database.transaction(work):
            self.frontier.committed(recorded)


@asynccontextmanager
async def running(path, web, *, seeds=(), consent=None, unclean=False, now=START, **tables):
    """Open a run over the job file at `path`."""
    async with open_database(path) as database:
        # A kill is the loss of what was not committed; no test cuts the power.
        await database._connection.execute("PRAGMA synchronous = OFF")
        frontier = await Frontier.open(
            database, InForce(settings(**tables), POLICY, consent or Open(), now, unclean)
        )
        if seeds:
            await frontier.add(links(*seeds, source="seed"), now, seeds=True)
        yield Run(database, frontier, web, now)
