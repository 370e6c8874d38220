"""Tables of the policy that belong to no part below: licences, suppression, export, recheck."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from crawler.core.content.metadata.language_names import language_code
from crawler.core.content.settings import ConfirmedDomain
from crawler.core.host_names import Domain
from crawler.core.units import Duration, Settings

Language = Annotated[str, AfterValidator(language_code)]
# What an export's static site for owners can answer: URLs and domains, domains alone, nothing.
Lookup = Literal["buckets", "domains", "off"]
# Classes of licences, from the freest to none at all; see docs/policy.md.
LicenceClass = Literal["PD", "ATTR", "SA", "NC", "ND", "ARR", "UNKNOWN"]


class Licences(Settings):
    """Policy table `[licences]`: which pages are wanted for the sake of their licence."""

    wanted: tuple[LicenceClass, ...] = ()  # () takes all
    confirmed: tuple[ConfirmedDomain, ...] = ()


class Archive(Settings):
    """Policy table `[archive]`: raw answers, kept as WARC beside the extracted text."""

    enabled: bool = False
    retention: Duration | None = None  # None keeps them as long as the job
    mirror: str = ""  # URL of a folder to which finished files are copied
    keep_local: bool = True  # also once a file's copy on the mirror was read back

    @field_validator("mirror")
    @classmethod
    def _is_storage(cls, mirror: str) -> str:
        if not mirror:
            return mirror
        from crawler.storage import is_url, shown  # noqa: PLC0415 - few policies name one

        if not is_url(mirror):
            raise ValueError('write the URL of a storage, such as "s3://bucket/archive"')
        if shown(mirror) != mirror:
            raise ValueError("credentials belong to the environment, not into the policy")
        return mirror


class Agents(Settings):
    """Policy table `[agents]`: the operator's own list of AI crawlers' names."""

    file: Path | None = None  # read into ConsentPolicy.agent_tokens with the policy


class FollowedFeed(Settings):
    """A table of `[[suppression.feeds]]`: another corpus's feed of removals, obeyed as a list."""

    path: Path
    trust: tuple[Path, ...] = Field(min_length=1)  # public keys: PEM, or a key directory (JWKS)


class Suppression(Settings):
    """Policy table `[suppression]`: the operator's list of what no job may fetch or keep."""

    path: Path | None = None
    key: Path | None = None  # of the keyed hashes that stand for erased texts; outside any job
    feeds: tuple[FollowedFeed, ...] = ()

    def trusted_feeds(self) -> list[tuple[Path, frozenset[str]]]:
        """Return each feed's file and the ids of the keys that it may be signed by.

        Raises:
            SuppressionError: A key cannot be read.
        """
        if not self.feeds:
            return []
        from crawler.keys import pinned_ids  # noqa: PLC0415 - few policies follow a feed
        from crawler.store.suppression import SuppressionError  # noqa: PLC0415

        try:
            return [
                (feed.path, frozenset[str]().union(*map(pinned_ids, feed.trust)))
                for feed in self.feeds
            ]
        except ValueError as error:
            raise SuppressionError(str(error)) from error


class Removals(Settings):
    """Policy table `[removals]`: the feed that tells holders of copies what left the corpus."""

    feed: Path | None = None  # one a corpus, however many jobs; None: in the job's folder
    deadline: Duration = "30d"  # type: ignore[assignment] # by which copies should follow
    address: str = ""  # URL where the feed will be found; named in the feed's Atom form


class Export(Settings):
    """Policy table `[export]`: what leaves the job, of what consent allows. Default: all."""

    licences: tuple[LicenceClass, ...] = ()  # () exports every class
    languages: tuple[Language, ...] = ()  # ISO 639-1; () exports every language
    min_words: int = Field(default=0, ge=0)
    duplicates: Literal["keep", "drop"] = "keep"
    mask_personal_data: bool = False
    without_domains: tuple[Domain, ...] = ()
    only_domains: tuple[Domain, ...] = ()  # () exports every domain
    fetched_from: str = ""  # ISO 8601 date; "" sets no bound
    fetched_until: str = ""  # the day itself is included
    min_confidence: float = Field(default=0.0, ge=0, le=1)  # in the licence
    quality: tuple[Literal["gopher", "fineweb"], ...] = ()  # rules that English texts must pass
    name: str = "corpus"
    creator: str = ""  # stands in the card, for the person or body that publishes
    address: str = ""  # URL where the export will be found
    lookup: Lookup = "off"  # a static site in it that tells owners what of theirs is in it


class Recheck(Settings):
    """Policy table `[recheck]`: how old evidence may be when a page is exported (gate 4)."""

    site_age: Duration = "30d"  # type: ignore[assignment] # robots.txt and the other site files
    page_age: Duration = "180d"  # type: ignore[assignment] # headers and metas of the page itself


class Screening(Settings):
    """Policy table `[screen]`: what becomes of rows whose evidence could not be had.

    "keep" keeps them, counted and named as such; "capture" goes by the evidence of the time at
    which the row was captured, and refuses where there is none.
    """

    no_evidence: Literal["refuse", "keep"] = "refuse"
    host_gone: Literal["capture", "refuse", "keep"] = "capture"
    unreachable: Literal["refuse", "capture", "keep"] = "refuse"
