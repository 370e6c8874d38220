"""Jobs and plans for the corpus's tests, through the store's own writers."""

from dataclasses import dataclass

from crawler.config.corpus_tables import Export, Recheck
from crawler.core.consent import decide
from crawler.corpus.records.export_plan import Options, Plan
from crawler.corpus.records.selection import Gate
from tests.store import made
from tests.store.made import NOW, POLICY

HOUR = 3_600.0


def gate(now=NOW + HOUR, consent=POLICY, decide=decide, suppression=None, rules="1"):
    return Gate(consent, rules, decide, Recheck(), now, suppression)


def plan(settings=None, gate=None, mask=None, sign=None, **options):
    return Plan(
        gate or globals()["gate"](),
        Export(**(settings or {})),
        Options(**options),
        "Bot/1.0 (+https://bot.test)",
        "https://bot.test",
        "{}",
        mask,
        sign,
    )


@dataclass
class Made:
    """A job with pages of every class on three hosts, some refused."""

    folder: object
    connection: object

    def page(self, url, text, **about):
        origin = url.split("/")[0] + "//" + url.split("/")[2]
        site = about.pop("site", None) or (self.robots(origin),)
        return made.keep(self.connection, url, text, site=site, **about)

    def robots(self, origin, body=made.ROBOTS.body, at=NOW - 60):
        from dataclasses import replace

        snapshot = replace(
            made.ROBOTS, url=f"{origin}/robots.txt", final_url="", body=body, fetched_at=at
        )
        return made.learn(self.connection, origin, snapshot)


def job(folder):
    return Made(folder, made.open_made(folder))


def standard(folder, archive=None):
    """Six pages kept, two refused."""
    found = job(folder)
    page = found.page
    page("https://a.test/1", "First text of a.", licence="CC-BY-4.0", archive=archive)
    page(
        "https://a.test/2", "Zweiter Text.", licence="CC-BY-SA-4.0", language="de", archive=archive
    )
    page("https://b.test/1", "No commerce.", licence="CC-BY-NC-4.0", archive=archive)
    page("https://b.test/2", "No derivatives.", licence="CC-BY-NC-ND-4.0", archive=archive)
    page(
        "https://c.test/1",
        "Public domain, <b>plain</b> & free.",
        licence="CC0-1.0",
        archive=archive,
    )
    page("https://c.test/2", "Nothing said of a licence.", archive=archive)
    made.refuse(found.connection, "https://a.test/no")
    made.refuse(found.connection, "https://a.test/never", evidence=None)
    return found
