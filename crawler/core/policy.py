"""The consent part of an operator's policy: which signals count, how, and for what.

Its canonical JSON is hashed and stands with every decision.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

from pydantic import ConfigDict, Field, field_validator

from crawler.core.decision import Usage
from crawler.core.host_names import Domain
from crawler.core.units import Settings

HowRead = Literal["honour", "spec", "log-only"]


class Never(Settings):
    """A domain that must not be fetched, and who says so."""

    domain: Domain
    source: str
    date: str  # ISO 8601 date
    reason: str = ""


class Grant(Settings):
    """An owner's grant. It upgrades unset to allow and lifts no refusal by itself.

    With `overrides` it names the protocols (not robots) whose refusals the owner set aside
    for this operator, as a written agreement may.
    """

    domain: Domain
    usages: tuple[Usage, ...] = (Usage.AI_TRAIN, Usage.TDM)
    source: str
    date: str
    overrides: tuple[str, ...] = ()


class AgentToken(Settings):
    """What a Disallow for one crawler or control token says of our purposes."""

    token: str
    kind: Literal["training", "control", "broker", "mixed", "search", "user", "other"]
    refuses: tuple[Usage, ...] = ()  # usages that a Disallow under this token refuses
    source: str = ""
    date: str = ""  # ISO 8601 date of the source


class Readings(Settings):
    """How each protocol is read, by its name; `crawler.config` knows which names there are.

    `robots = "spec"` is RFC 9309 to the letter, where a 403 or a missing colon permits. It exists
    to test the reading, not to crawl by: no policy file can say it.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, HowRead]

    def of(self, name: str, default: HowRead = "honour") -> HowRead:
        """Return how the protocol of that name is read."""
        how: HowRead = getattr(self, name, default)
        return how


class Probes(Settings):
    """Which files besides robots.txt a site is asked for, and when.

    A request is the publisher's cost: the rare files are asked for once an origin has given
    enough pages to make up for it, and bind the earlier ones too.
    """

    before: tuple[str, ...] = ("tdmrep",)  # the first page; of the table of protocols
    after: tuple[str, ...] = ("ai.txt", "trust.txt")  # so many pages of the origin
    after_pages: int = Field(default=3, ge=1)

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.before, *self.after)

    def due(self, pages: int) -> tuple[str, ...]:
        """Return what is to be asked of an origin that has given so many pages."""
        return self.all if pages >= self.after_pages else self.before


class ConsentPolicy(Settings):
    """What the job asks of the signals. See policies/default.toml for each key's meaning."""

    purpose: tuple[Usage, ...] = (Usage.AI_TRAIN, Usage.TDM)
    unset: Literal["include", "exclude"] = "include"
    conditional: Literal["include", "exclude"] = "exclude"
    tokens: tuple[str, ...] = ("CorpusBot", "CorpusBot-Train")  # set from [identity]
    operator: Literal["commercial", "non-commercial", "education", "government", "personal"] = (
        "commercial"
    )
    country: str = ""  # ISO 3166-1 alpha-2, for RSL geo terms
    agents: Literal["any", "majority", "off"] = "any"
    proxy_tier2: bool = True
    agent_tokens: tuple[AgentToken, ...] = ()  # added to the built-in list, or replacing its entry
    policy_tokens: tuple[str, ...] = ()
    satisfied: tuple[str, ...] = ()  # conditions met, such as "attribution"
    unreachable: Literal["hold", "absent"] = "hold"
    probes: Probes = Probes()
    terms: Literal["honour", "log-only", "off"] = "honour"
    terms_missing: Literal["include", "exclude"] = "include"
    # Compiled, it is checked without what knows pydantic.
    readings: Readings = Readings()  # type: ignore[call-arg, unused-ignore]
    never: tuple[Never, ...] = ()
    grants: tuple[Grant, ...] = ()
    licences: tuple[str, ...] = Field(default=())  # licence classes wanted; () takes all

    @field_validator("probes", mode="before")
    @classmethod
    def _all_before(cls, value: object) -> object:
        # Before 1.1 it was a list, and all of it was asked before the first page.
        if isinstance(value, list | tuple):
            return {"before": tuple(value), "after": ()}
        if not isinstance(value, dict):
            return value
        # What a validator hands on is no longer JSON, whose lists would do for tuples.
        return {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}

    @field_validator("readings", mode="before")
    @classmethod
    def _robots_is_honoured(cls, value: object) -> object:
        # The model of policy files has a field for each protocol, whose error names the key.
        loose = cls.model_fields["readings"].annotation is Readings
        if loose and isinstance(value, dict) and value.get("robots", "honour") != "honour":
            raise ValueError("robots.txt access is always honoured; the only value is 'honour'")
        return value

    def canonical(self) -> str:
        """Return the canonical JSON that is hashed and stored."""
        return self.model_dump_json()

    @property
    def sha256(self) -> str:
        return sha256(self.canonical().encode()).hexdigest()
