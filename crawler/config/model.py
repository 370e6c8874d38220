"""The whole policy of a job, put together from the settings of its parts."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal, cast

from pydantic import ConfigDict, create_model

from crawler.config.corpus_tables import (
    Agents,
    Archive,
    Export,
    Licences,
    Recheck,
    Removals,
    Screening,
    Suppression,
)
from crawler.config.problem import ConfigError, Problem
from crawler.config.spelling import canonical
from crawler.core.consent.protocols import PROTOCOLS, probes
from crawler.core.content.settings import ContentSettings
from crawler.core.decision import Usage
from crawler.core.policy import ConsentPolicy, Grant, HowRead, Never, Probes, Readings
from crawler.core.politeness import Politeness
from crawler.core.units import Settings
from crawler.fetch.dialable import NetworkSettings
from crawler.fetch.identity import IdentitySettings
from crawler.fetch.limits import FetchLimits
from crawler.frontier.settings import (
    Admission,
    Budgets,
    Discovery,
    Retries,
    Revisit,
    Scope,
)
from crawler.limits import Limits

Purpose = Literal["train", "search", "ground", "mine"]

# What each purpose must be allowed to do with a page. Training is also mining (Art. 4 CDSM).
ASKS: dict[Purpose, tuple[Usage, ...]] = {
    "train": (Usage.AI_TRAIN, Usage.TDM),
    "search": (Usage.INDEX,),
    "ground": (Usage.AI_INPUT,),
    "mine": (Usage.TDM,),
}
# Keys of the parts that other tables settle, and which.
SETTLED_BY = {
    ("consent", "tokens"): "[identity] token",
    ("consent", "never"): "[[never]]",
    ("consent", "grants"): "[[grants]]",
    ("consent", "licences"): "[licences] wanted",
    ("content", "confirmed"): "[licences] confirmed",
}


class _Strict(Readings):
    model_config = ConfigDict(extra="forbid")


def _consent_table() -> type[ConsentPolicy]:
    """Return `[consent]` with the keys of every protocol in the table."""
    how = {
        name: (HowRead, default)
        for item in PROTOCOLS
        if not item.own_key
        for name, default in {item.name: item.default, **item.more_readings}.items()
    }
    readings = create_model(
        "Readings",
        __base__=_Strict,
        **cast("dict[str, Any]", how | {"robots": (Literal["honour"], "honour")}),
    )
    names = tuple(probes())
    named = tuple[Literal[names], ...]  # type: ignore[valid-type]
    files = create_model(
        "Probes",
        __base__=Probes,
        before=(named, Probes().before),
        after=(named, Probes().after),
    )
    return create_model(
        "ConsentTable",
        __base__=ConsentPolicy,
        readings=(readings, readings()),  # type: ignore[call-arg, unused-ignore]
        probes=(files, files()),
    )


if TYPE_CHECKING:
    ConsentTable = ConsentPolicy
else:
    ConsentTable = _consent_table()


class Config(Settings):
    """A policy file, read and checked. Each table's keys: policies/default.toml."""

    name: str = ""
    purpose: Purpose = "train"
    basis: str = ""  # the operator's legal basis, in words; recorded, never interpreted
    identity: IdentitySettings = IdentitySettings()
    network: NetworkSettings = NetworkSettings()
    fetch: FetchLimits = FetchLimits()
    politeness: Politeness = Politeness()
    scope: Scope = Scope()
    admission: Admission = Admission()
    budgets: Budgets = Budgets()
    discovery: Discovery = Discovery()
    revisit: Revisit = Revisit()
    retries: Retries = Retries()
    limits: Limits = Limits()
    archive: Archive = Archive()
    consent: ConsentTable = ConsentTable()
    agents: Agents = Agents()
    content: ContentSettings = ContentSettings()
    licences: Licences = Licences()
    never: tuple[Never, ...] = ()
    grants: tuple[Grant, ...] = ()
    suppression: Suppression = Suppression()
    removals: Removals = Removals()
    export: Export = Export()
    recheck: Recheck = Recheck()
    screen: Screening = Screening()

    def consent_policy(self) -> ConsentPolicy:
        """Return what decisions are made on: `[consent]` with what other tables settle."""
        token = self.identity.token
        settled: dict[str, object] = {
            "never": self.never,
            "grants": self.grants,
            "licences": self.licences.wanted,
        }
        if token:
            settled["tokens"] = (token, f"{token}-Train")
        # The plain model: what decides also in other processes must not depend on this one.
        return ConsentPolicy.model_validate(self.consent.model_dump() | settled)

    def effective(self) -> str:
        """Return the canonical JSON of the whole policy, secrets left out."""
        return canonical(self)

    @property
    def sha256(self) -> str:
        """Hash of `effective()`: two policies that do the same have the same."""
        return sha256(self.effective().encode()).hexdigest()

    def require_identity(self) -> IdentitySettings:
        """Return who crawls.

        Raises:
            ConfigError: The policy does not say it, and how to.
        """
        if self.identity.token and (self.identity.contact or self.identity.email):
            return self.identity
        missing = "token" if not self.identity.token else "contact"
        what = "a crawl must say who it is: " + (
            "no product token is set" if missing == "token" else "no way to reach you is set"
        )
        fix = (
            'write in the policy: [identity] token = "YourBot", contact = "https://your.site/bot"'
            ' (and/or email = "you@your.site"); `crawler policy init` writes a file to start from'
        )
        raise ConfigError([Problem(what, ("identity", missing), self.name, fix=fix)])
