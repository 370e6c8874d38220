"""The report of a screening has the numbers of its tables, and no more than that."""

import json

import pytest

from crawler.display.in_rows import as_json
from crawler.display.page import render
from crawler.report.screening import screening_report
from tests.cli.run import invoke, run, run_json

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402 - an extra

EVIDENCE = [
    {"domain": "yes.test", "date": "2024-01-01", "body": "User-agent: *\nAllow: /"},
    {"domain": "part.test", "date": "2024-01-01", "body": "User-agent: *\nDisallow: /no"},
    {"domain": "ai.test", "date": "2024-01-01", "body": "User-agent: GPTBot\nDisallow: /"},
]
URLS = [
    *(f"http://yes.test/{n}" for n in range(6)),
    *(f"http://part.test/no/{n}" for n in range(3)),
    "http://part.test/yes",
    *(f"http://ai.test/{n}" for n in range(2)),
    "http://unknown.test/",
]


@pytest.fixture(scope="module")
def screened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("screened")
    rows = [{"url": url, "date": "2024-05-18", "text": "a b c " * (n + 1)}
            for n, url in enumerate(URLS)]  # fmt: skip
    for name, items in (("data.jsonl", rows), ("evidence.jsonl", EVIDENCE)):
        (folder / name).write_text("".join(f"{json.dumps(item)}\n" for item in items))
    words = ["screen", folder / "data.jsonl", "--job", folder / "job", "--out", folder / "out"]
    words += ["--evidence", folder / "evidence.jsonl", "--no-collect", "--as-of", "capture"]
    done = invoke(*words)
    assert done.exit_code == 0, done.output
    return folder / "out"


def test_numbers_are_those_of_the_tables(screened):
    shown = as_json(screening_report([screened], 0.0))
    refused = pq.read_table(screened / "refused.parquet").to_pylist()
    hosts = {row["origin"]: row for row in pq.read_table(screened / "hosts.parquet").to_pylist()}
    rows = {row["outcome"]: row for row in shown["figures"]["outcomes"]["rows"]}
    codes = {row["code"]: row["documents"] for row in shown["figures"]["refused"]["rows"]}

    assert shown["tiles"]["kept"]["number"] == len(URLS) - len(refused) == 7
    assert codes == {"robots.disallow": 3, "tokens.agent": 2}
    assert rows["Refused by owners"]["words"] == sum(
        host["words"] - host["kept_words"] for name, host in hosts.items() if "unknown" not in name
    )
    assert shown["figures"]["years"]["rows"] == [{"year": "2024", "kept": 7, "left_out": 6}]
    assert shown["figures"]["origins"]["rows"][0]["documents"] == 6


def test_two_screenings_are_added_up(screened):
    shown = as_json(screening_report([screened, screened], 0.0))

    assert shown["tiles"]["kept"]["number"] == 14


async def test_the_command_tells_a_screening_from_a_job(screened, tmp_path):
    code, found = await run_json("report", screened)
    done = await run("report", screened, "-o", tmp_path / "r.html")
    mixed = await run("report", screened, tmp_path)

    assert code == done.exit_code == 0
    assert found["tiles"]["refused"]["number"] == 5
    assert "Top origins" in (tmp_path / "r.html").read_text()
    assert "apart" in str(mixed.exception)


def test_a_damaged_table_is_named_and_the_rest_is_shown(screened, tmp_path):
    for path in screened.glob("*.*"):
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "hosts.parquet").write_bytes(b"PAR1 no more")

    document = screening_report([tmp_path], 0.0)

    assert any("hosts.parquet" in note for note in document.notes)
    assert document.tiles[0].number == 7
    assert "hosts.parquet" in render(document)
