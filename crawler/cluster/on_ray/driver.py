"""The shards of one job on a cluster, seen from outside: begun, asked how they stand, ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from crawler.cluster.on_ray.addresses import Addresses
from crawler.cluster.on_ray.calls import called
from crawler.cluster.on_ray.coordinator import NAME, Coordinator
from crawler.cluster.on_ray.shard_actor import Crew, Ending, Life, ShardActor, Terms
from crawler.cluster.rounds import until_quiet
from crawler.cluster.shard_report import Report
from crawler.config import Config
from crawler.store.connection import StoreError

_log = logging.getLogger(__name__)

_BOOKS = 4  # buckets of addresses: each is one process, which serves thousands of hosts a second
_ROUND = 0.5  # seconds between questions to all shards
_ANSWER = 5.0
_RELOAD = 60.0  # seconds for a shard that may be opening its job
_INSIST = 1.0  # seconds after which shards that have not ended are told again
_LINGER = 30.0  # seconds for which actors of a driver that died may still be there
INTERRUPTED = "interrupted"


@dataclass(slots=True)
class _Watched:
    """An actor, and when it last answered: one that is stopped answers nobody."""

    handle: Any
    answered_at: float | None = None  # since it was begun, or begun again


@dataclass(slots=True)
class _Shard:
    actor: _Watched
    report: Report = field(default_factory=Report)
    ending: Ending | None = None


class Shards:
    """The actors of one job. Ray is connected already."""

    def __init__(self, terms: Terms, life: Life, lease: float, cpus: float) -> None:
        """`cpus`: what is reserved for each shard."""
        self._terms = terms
        self._life = life
        self._lease = lease
        self._cpus = cpus
        self._shards: list[_Shard] = []
        self._services: list[_Watched] = []
        self._stop = ""
        self._killed = False
        self._epochs: list[int] | None = None
        self._config: Config | None = None
        self._given: Any = None

    @property
    def reports(self) -> list[Report]:
        return [shard.report for shard in self._shards]

    @property
    def stopping(self) -> bool:
        return bool(self._stop)

    async def begin(self) -> None:
        """Start the actors.

        Raises:
            StoreError: Another crawl works on the job.
        """
        import ray  # noqa: PLC0415 - an extra
        from ray.exceptions import RayError  # noqa: PLC0415

        # Seeds may be many: they lie in the cluster's memory once, and this process holds them.
        self._given = ray.put(self._life)
        service = {"num_cpus": 0, "max_restarts": -1, "max_concurrency": 10_000}
        count, terms = self._terms.count, self._terms
        actor = ray.remote(Coordinator).options(name=NAME, **service)
        coordinator = await self._named(actor, (terms.url, count, self._lease))
        try:
            refusal = await coordinator.begin.remote()
        except RayError as error:
            raise StoreError(_told("the coordinator cannot be run", error)) from error
        if refusal:
            raise StoreError(refusal)
        books = [
            ray.remote(Addresses)
            .options(scheduling_strategy="SPREAD", **service)
            .remote(count, terms.longest, terms.contact)
            for _ in range(min(_BOOKS, count))
        ]
        self._services = [_Watched(one) for one in (coordinator, *books)]
        for number in range(count):
            handle = (
                ray.remote(ShardActor)
                .options(
                    num_cpus=self._cpus,
                    max_restarts=-1,
                    max_task_retries=-1,
                    max_concurrency=1_000,
                    scheduling_strategy="SPREAD",
                )
                .remote(number, terms)
            )
            self._shards.append(_Shard(_Watched(handle)))

    async def _named(self, actor: Any, given: tuple[Any, ...]) -> Any:  # noqa: ANN401
        """Make the coordinator; that of a driver which has just died goes within seconds."""
        loop = asyncio.get_running_loop()
        until = loop.time() + _LINGER
        while True:
            try:
                return actor.remote(*given)
            except ValueError as error:
                if loop.time() > until:
                    raise StoreError(
                        f"another crawl works on {self._terms.url}, on this cluster: wait for it,"
                        f" or stop it with `crawler cluster stop {self._terms.url}`"
                    ) from error
                await asyncio.sleep(1.0)

    async def run(self, config: Config) -> list[Ending]:
        """Crawl until nothing is left to do in any shard, or until they are stopped.

        Raises:
            StoreError: A shard failed for a cause that another start would not mend.
        """
        self._config = config
        watching = asyncio.create_task(self._watch())
        try:
            while True:
                at_the_end = await self._run_once()
                endings = [shard.ending for shard in self._shards if shard.ending is not None]
                # What began anew as the others ended may have lost what they had sent it.
                epochs = [one.report.epoch for one in endings]
                if self._stop or at_the_end is None or at_the_end == epochs:
                    return endings
                _log.warning("a shard was lost as all were about to end: they go on")
        finally:
            watching.cancel()

    async def _run_once(self) -> list[int] | None:
        """Run every shard to its end; return the epochs with which they were told to end.

        None: they ended by themselves, at a limit.
        """
        self._epochs = None
        coordinator, *books = [one.handle for one in self._services]
        crew = Crew(coordinator, [one.actor.handle for one in self._shards], books)
        given = (self._given, self._config, crew)
        for shard in self._shards:
            shard.ending = None
        running = [
            asyncio.create_task(self._to_its_end(shard, shard.actor.handle.run.remote(*given)))
            for shard in self._shards
        ]
        ending = asyncio.create_task(self._end_when_quiet())
        try:
            await asyncio.gather(*running)
        finally:
            ending.cancel()
        for shard in self._shards:
            if shard.ending is not None and shard.ending.fault and not self._killed:
                raise StoreError(shard.ending.fault)
        return self._epochs

    async def _to_its_end(self, shard: _Shard, reference: Any) -> None:  # noqa: ANN401
        """Wait for a shard's end; if it failed, the others stop as they would on Ctrl-C."""
        from ray.exceptions import RayError  # noqa: PLC0415

        try:
            ending: Ending = await reference
        except RayError as error:  # such as an import that fails on a node, or no memory
            ending = Ending(shard.report, _told("a shard cannot be run", error))
        shard.ending, shard.report = ending, ending.report
        if ending.fault and not self._stop:
            await self.stop(INTERRUPTED)

    async def _end_when_quiet(self) -> None:
        await until_quiet(self._ask, _ROUND)
        self._epochs = [shard.report.epoch for shard in self._shards]
        while True:
            await self._tell("end")
            await self._ask(0)  # who still answers is not begun anew while it takes its snapshot
            await asyncio.sleep(_INSIST)

    async def _ask(self, number: int) -> list[Report] | None:
        """Ask every shard that has not ended how it stands; None: not all have answered."""
        running = [shard for shard in self._shards if shard.ending is None]
        ended = tuple(n for n, shard in enumerate(self._shards) if shard.ending is not None)
        answers = await asyncio.gather(
            *(self._answer(one.actor, one.actor.handle.report, number, ended) for one in running)
        )
        for shard, answer in zip(running, answers, strict=True):
            if answer is not None and shard.ending is None:
                shard.report = answer
        return None if None in answers else [shard.report for shard in running]

    async def _answer(self, actor: _Watched, method: Any, *arguments: object) -> Any:  # noqa: ANN401
        answer = await called(method, *arguments, wait=_ANSWER)
        if answer is not None:
            actor.answered_at = asyncio.get_running_loop().time()
        return answer

    async def _tell(self, what: str, *arguments: object) -> None:
        await asyncio.gather(
            *(
                called(getattr(shard.actor.handle, what), *arguments, wait=_ANSWER)
                for shard in self._shards
                if shard.ending is None
            )
        )

    async def _watch(self) -> None:
        """Have actors begun anew that have stopped answering, until cancelled."""
        import ray  # noqa: PLC0415

        loop = asyncio.get_running_loop()
        most = self._lease + _ANSWER
        while True:
            await asyncio.sleep(_ANSWER)
            await asyncio.gather(
                *(self._answer(one, one.handle.lives) for one in self._services),
            )
            for one in (*self._services, *(shard.actor for shard in self._shards)):
                if one.answered_at is not None and loop.time() - one.answered_at > most:
                    one.answered_at = None
                    _log.warning("an actor has not answered for %.0f s: it is begun anew", most)
                    await asyncio.to_thread(ray.kill, one.handle, no_restart=False)

    async def stop(self, why: str) -> None:
        """Have every shard stop, with a snapshot; one that is begun anew meanwhile as well."""
        self._stop = self._stop or why
        while any(shard.ending is None for shard in self._shards):
            await self._tell("stop", self._stop)
            await asyncio.sleep(_INSIST)

    async def pause(self) -> None:
        """Have no request start in any shard."""
        await self._tell("pause")

    async def resume(self) -> None:
        await self._tell("resume")

    async def reload(self, config: Config) -> Sequence[str]:
        """Have all shards take over politeness and limits; return what changed."""
        self._config = config
        answers = await asyncio.gather(
            *(called(one.actor.handle.reload, config, wait=_RELOAD) for one in self._shards)
        )
        if None in answers:
            raise StoreError("a shard did not answer: say it again")
        return list(dict.fromkeys(name for names in answers for name in names))

    def kill(self) -> None:
        """End every actor at once; what was committed stays."""
        import ray  # noqa: PLC0415

        self._killed = True
        for one in (*(shard.actor for shard in self._shards), *self._services):
            ray.kill(one.handle)


def _told(what: str, error: Exception) -> str:
    """Return one line: the last of Ray's, which names the cause."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{what}: {lines[-1][:300] if lines else type(error).__name__}"
