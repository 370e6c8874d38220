"""What a policy lets us promise publishers: how fast a no takes effect, what is kept of it.

Computed from the ages that the crawler goes by, so that the page says what the program does. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.config import Config
from crawler.core.consent.site_files import LIFETIMES, Lifetimes

_UNITS = ((86_400.0, "day"), (3_600.0, "hour"), (60.0, "minute"))


@dataclass(frozen=True, slots=True)
class Promises:
    """Times in seconds: the longest from a publisher's change until it is in effect."""

    robots: float  # for the crawl: no page is asked for under an older robots.txt
    files: float  # ... another file that lies there already
    new_files: float  # ... one that was not there before
    terms: float | None  # ... the site's terms; None: they are not heard
    exports_site: float  # for exports: what site files say
    exports_page: float  # ... what a page says of itself
    raw: float | None  # raw answers of pages in use are kept so long; None: as long as the corpus
    archived: bool

    def sentences(self) -> dict[str, tuple[str, ...]]:
        """Return what is said, under a heading each."""
        return {
            "For the crawl": self._crawl(),
            "For the next export": (
                (
                    f"An export made {in_words(self.exports_site)} or more after you change a file"
                    " of your site obeys the change: no page leaves us on evidence of its site"
                    f" that is older. For what a page says of itself it is"
                    f" {in_words(self.exports_page)}."
                ),
                "What is refused by then is taken out and its text deleted.",
            ),
            "For versions already published": (
                (
                    "They cannot be called back. The next version is made without what you refuse,"
                    " is numbered as a major one, and lists the ids of what left, so that holders"
                    " of older ones can follow."
                ),
            ),
            "What is kept of a page that refuses": self._kept(),
        }

    def _crawl(self) -> tuple[str, ...]:
        said = [
            (
                f"No page is asked for under a robots.txt older than {in_words(self.robots)};"
                " sooner if your Cache-Control asks for it, in a quarter of an hour at the least."
            ),
            (
                f"Another file that speaks of use (tdmrep.json and its kin) is read anew after"
                f" {in_words(self.files)}, one that was not there before after"
                f" {in_words(self.new_files)}. What a page or its headers say counts at once."
            ),
        ]
        if self.terms is not None:
            said.append(f"Your terms are read anew after {in_words(self.terms)}.")
        return tuple(said)

    def _kept(self) -> tuple[str, ...]:
        raw = "" if self.raw is None else f", for {in_words(self.raw)} at the most"
        archive = (
            f" Raw answers are archived of pages in use{raw}, and removed when the page leaves."
            if self.archived
            else " Raw answers are not archived."
        )
        return (
            "Its address, when it was asked for, the status, the header fields, elements, lines or"
            " sentences that speak of rights, and the decision: the proof that you were heard. It"
            " is kept as long as the corpus is. Nothing of the text is kept." + archive,
            (
                "If you ask for erasure, the address goes as well; a keyed hash stays, by which it"
                " is recognised and left alone."
            ),
        )


def promises_of(config: Config, lifetimes: Lifetimes = LIFETIMES) -> Promises:
    """Return what the policy lets us promise."""
    terms = config.consent_policy().terms
    return Promises(
        robots=lifetimes.most,
        files=lifetimes.most,
        new_files=lifetimes.absent,
        terms=lifetimes.terms if terms == "honour" else None,
        exports_site=config.recheck.site_age,
        exports_page=config.recheck.page_age,
        raw=config.archive.retention,
        archived=config.archive.enabled,
    )


def in_words(seconds: float) -> str:
    """Return a duration in the largest unit that divides it, rounded up to a minute."""
    for size, name in _UNITS:
        count = seconds / size
        if count >= 1 and (count == int(count) or size == _UNITS[-1][0]):
            whole = -(-int(seconds) // int(size))
            return f"{whole} {name}{'s' if whole != 1 else ''}"
    return "a minute"
