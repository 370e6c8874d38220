"""The public summary of Art. 53(1)(d): the template's sections, over one corpus or several."""

import csv
import json
import re

import pytest

from crawler.corpus.statements.eu_summary import Domain, Figures, files, ranked, summary
from tests.cli.run import run, run_json
from tests.corpus import made

# As the template numbers them.
NUMBERS = (
    "1 1.1 1.2 1.3 2 2.1 2.2 2.2.1 2.2.2 2.3 2.4 2.5 2.6 3 3.1 3.2 3.3".split()  # noqa: SIM905
)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory):
    """Make two jobs, and an export of the first."""
    folder = tmp_path_factory.mktemp("corpora")
    made.standard(folder / "one").connection.close()
    two = made.job(folder / "two")
    two.page("https://a.test/1", "First text of a.", licence="CC-BY-4.0")
    two.page("https://d.test/1", "Only the second has this text, and it is longer.", language="de")
    two.connection.close()
    return folder


async def export(corpora, out):
    assert (await run("export", corpora / "one", "--out", out, *policy(corpora))).exit_code == 0


def policy(corpora):
    """Return the option for a policy to which robots.txt of old is enough."""
    file = corpora / "old.toml"
    ages = '[recheck]\nsite_age = "36500d"\npage_age = "36500d"\n'
    file.write_text(f"{ages}[consent.probes]\nbefore = []\nafter = []\n")
    return "--policy", file


async def summed(corpora, *words):
    code, told = await run_json("summary", *words, *policy(corpora))
    assert code == 0
    return {one["number"]: one["fields"] for one in told["sections"]}


async def test_an_export_carries_the_template_s_sections_in_order(corpora, tmp_path):
    await export(corpora, tmp_path / "out")
    told = json.loads((tmp_path / "out" / "eu_art53.json").read_text())
    page = (tmp_path / "out" / "eu_art53.md").read_text()

    assert [section["number"] for section in told["sections"]] == NUMBERS
    assert re.findall(r"^##+ ([\d.]+)\. ", page, re.MULTILINE) == NUMBERS
    assert "## 1. General information" in page
    assert "### 1.1. Provider identification" in page
    fields = {one["number"]: one["fields"] for one in told["sections"]}
    assert fields["1.3"]["Latest date of data acquisition/collection for model training"]
    assert "robots" in fields["3.1"]["Opt-out protocols and solutions honoured"]
    assert fields["2.5"] == fields["2.4"]
    with (tmp_path / "out" / "domains.csv").open(newline="") as file:
        assert {row["registrable_domain"] for row in csv.DictReader(file)} == {
            "a.test", "b.test", "c.test",
        }  # fmt: skip


async def test_one_summary_over_several_jobs_and_exports_is_their_sum(corpora, tmp_path):
    await export(corpora, tmp_path / "out")
    of_one = await summed(corpora, corpora / "one")
    of_export = await summed(corpora, tmp_path / "out")
    of_both = await summed(corpora, corpora / "one", corpora / "two")
    mixed = await summed(corpora, tmp_path / "out", corpora / "two", "--out", tmp_path / "both")

    assert of_one == of_export
    assert of_both == mixed
    assert of_one["1.3"]["Other relevant characteristics"] == "6 records"
    assert of_both["1.3"]["Other relevant characteristics"] == "8 records"
    assert of_both["1.3"]["Linguistic characteristics (records by language)"]["de"] == 2
    assert "counted in each" in of_both["1.3"]["Additional comments"]
    assert of_one["1.3"]["Additional comments"] == "none"
    assert "from 4 registrable domains" in str(of_both["2.3"])
    assert len(of_both["3.3"]["Drawn from"]) == 2
    with (tmp_path / "both" / "domains.csv").open(newline="") as file:
        rows = {row["registrable_domain"]: row for row in csv.DictReader(file)}
    assert (rows["a.test"]["records"], rows["d.test"]["records"]) == ("3", "1")


async def test_nothing_is_left_of_the_exports_it_makes(corpora, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    await summed(corpora, corpora / "one")

    assert list(tmp_path.iterdir()) == []
    assert not list(corpora.glob("*/corpus*"))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda out: (out / "domains.csv").unlink(), "domains.csv"),
        (lambda out: (out / "eu_art53.json").write_text("{"), "cannot be summed up"),
        (lambda out: (out / "eu_art53.json").write_text("[]"), "cannot be summed up"),
        (lambda out: (out / "eu_art53.json").write_text('{"figures": {"x": 1}}'), "cannot be"),
        (lambda out: (out / "domains.csv").write_text("a,b\n1,2\n"), "cannot be summed up"),
    ],
)
async def test_an_export_that_does_not_say_is_named(corpora, tmp_path, spoil, said):
    await export(corpora, tmp_path / "out")
    spoil(tmp_path / "out")
    done = await run("summary", tmp_path / "out", "--out", tmp_path / "sum")

    assert type(done.exception).__name__ == "CorpusError"
    assert said in str(done.exception)
    assert not (tmp_path / "sum").exists()


def test_the_largest_tenth_is_rounded_up_and_shares_are_of_all():
    domains = ranked(
        Domain(f"d{number}.test", 100 - number, 1, 1, {"PD": 1}) for number in range(21)
    )
    written = files(Figures(records=21), domains)
    top = list(csv.DictReader(written["top_domains.csv"].splitlines()))

    assert [row["registrable_domain"] for row in top] == ["d0.test", "d1.test", "d2.test"]
    total = sum(domain.bytes for domain in domains)
    assert float(top[0]["share"]) == round(100 / total, 6)
    assert "the 3 largest of 21" in json.dumps(summary(Figures(), 21))
    assert "the first 2 suffice" in json.dumps(summary(Figures(), 21))
