"""Explanations come in sentences first: kept or not, why, and what may be done."""

import json

import pytest

from crawler.core.consent.protocols import rules
from crawler.core.outcome import SHELLS
from crawler.fetch import FAULTS
from crawler.report.explain import WHY
from crawler.report.in_sentences import day, meaning
from tests.cli.run import run, run_json
from tests.web.handmade import Reply, crawl, handmade, page

HOST = "http://news.test"
BY = (
    '<footer>The text of this page is licensed under <a rel="license"'
    ' href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a></footer>'
)


@pytest.mark.parametrize(
    "code",
    [
        *(code for code in rules() if code != "ok"),
        *FAULTS, *WHY, *SHELLS,
        "type", "empty", "status-503", "status-404", "parse-timeout", "bug", "bad-redirect",
        "stale-site", "stale-page", "awaiting", "budget", "optout", "takedown", "erasure",
        "rep.disallow",  # as it was called before 1.1
    ],
)  # fmt: skip
def test_every_code_has_a_sentence(code):
    said = meaning(code)

    assert len(said.split()) > 2
    assert said.endswith(".")


def test_a_day_is_written_as_people_do():
    assert day(1_777_800_000) == "3 May 2026"


@pytest.fixture
async def job(tmp_path):
    pages = {
        f"{HOST}/": page("/by", "/noai", "/no/1", "/gone", "/etc"),
        f"{HOST}/robots.txt": Reply("User-agent: *\nDisallow: /no/\n", type="text/plain"),
        f"{HOST}/by": page(text="May be used.").replace("</body>", f"{BY}</body>"),
        f"{HOST}/noai": Reply(page(text="Secret."), headers=(("X-Robots-Tag", "noai"),)),
        f"{HOST}/etc": Reply(status=500),
    }  # fmt: skip
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml")
        await crawl(tmp_path / "job", policy, f"{HOST}/")
        await run("export", tmp_path / "job", "--out", tmp_path / "out", "--policy", policy)
    return tmp_path / "job"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "/",
            ("Kept on ", "The owner's robots.txt was read that day.", "No reservation"),
        ),
        ("/", ("It states no licence", "If it is yours and you want it taken out: https://proof")),
        (
            "/no/1",
            ("Not kept, because its owner said no. robots.txt disallows this address to us.",),
        ),
        ("/no/1", ("robots.txt:2: Disallow: /no/", "nothing of it was asked for")),
        ("/noai", ("The page says noai.", "its text was not read")),
        ("/gone", ("Not kept. The server says that there is no such page (404).",)),
        ("/etc", ("To be asked for again", "status 500")),
        ("/never", ("Never asked for: no rule turns it away",)),
        ("/robots.txt", ("A file of the site, read as evidence",)),
    ],
)
async def test_the_first_paragraph_says_it_all(job, path, said):
    code, found = await run_json("explain", job, HOST + path)
    shown = (await run("explain", job, HOST + path)).stdout

    assert code == 0
    for part in said:
        assert part in found["explanation"]
    first = " ".join(shown.split("\n\n")[0].split())
    assert " ".join(found["explanation"].split()) in first


async def test_empty_places_are_listed_with_all_alone(job):
    brief = (await run("explain", job, f"{HOST}/")).stdout
    whole = (await run("explain", job, f"{HOST}/", "--all")).stdout

    assert "places more, which held nothing" in brief
    assert "absent" not in brief.split("looked at:")[1]
    assert whole.split("looked at:")[1].count("absent") > 5


async def test_an_export_is_explained_by_its_records(job):
    out = job.parent / "out"
    code, found = await run_json("explain", out, f"{HOST}/by")
    shown = await run("explain", out, f"{HOST}/by")
    none = await run("explain", out, f"{HOST}/noai")

    assert code == 0
    assert "allowed on" in found["explanation"]
    assert (
        "Its licence is CC-BY-4.0: anybody may use and share it who names" in found["explanation"]
    )
    assert found["record"]["url"] == f"{HOST}/by"
    assert "Its licence is CC-BY-4.0" in " ".join(shown.stdout.split())
    assert (none.exit_code, "is not in" in none.stdout) == (1, True)
    assert json.loads((out / "manifest.json").read_text())["records"] == 2
