"""A dated set with known truth comes out as it was made, under both rule sets, month by month."""

import gzip
import io
import json
import random
from collections import Counter
from itertools import pairwise

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.audit.agents import COMBINED, agents
from crawler.audit.collected import Collected, name_of
from crawler.audit.document import audit_of, document
from crawler.audit.inputs import read
from crawler.audit.rule_sets import Status
from crawler.audit.shares import changes, statuses_now, strata
from crawler.display.in_rows import as_json
from crawler.display.page import render
from tests.cli.run import run, run_json

# Files by what they say to the combined agents: the study's word, and the standard's.
TRUTH = {
    ("all", "all"): ["User-agent: *\nDisallow: /", "User-agent: CCBot\nDisallow: /\n",
                     "User-agent: *\nDisallow:\n\nUser-agent: x\nUser-agent: gptbot\nDisallow: /"],
    ("some", "all"): ["User-agent: *\nDisallow: /\nAllow: /about"],
    ("some", "some"): ["User-agent: *\nDisallow: /cgi-bin/", "User-agent: GPTBot\nDisallow: /a"],
    ("none", "some"): ["User-agent: *\nDisallow: /*?sort=", "User-agent: *\nDisallow: /\nAllow: /"],
    ("none", "none"): ["", "User-agent: *\nDisallow:", "User-agent: Bytespider\nDisallow: /"],
    ("no_robots", "no_robots"): [None],
}  # fmt: skip
MONTHS = [f"{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13)][:30]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a file of snapshots and, for each domain and month, what is true in it."""
    draw = random.Random(7)
    rows, truth, weights = [], {}, {}
    for number in range(120):
        domain = f"d{number}.example"
        weights[domain] = draw.choice((1, 5, 40, 1_000))
        state = None
        changes = sorted(draw.sample(range(len(MONTHS)), draw.randint(1, 6)))
        for at, month in enumerate(MONTHS):
            if at in changes:
                state = draw.choice(list(TRUTH))
                day = draw.randint(1, 28)
                body = draw.choice(TRUTH[state])
                # What came earlier in the same month is forgotten.
                if day > 5:
                    rows.append((domain, f"{month}-{day - 3:02}", "User-agent: *\nDisallow: /x/y"))
                rows.append((domain, f"{month}-{day:02}", body))
            truth[domain, month] = state
    draw.shuffle(rows)
    folder = tmp_path_factory.mktemp("audit")
    with gzip.open(folder / "snapshots.jsonl.gz", "wt") as file:
        for domain, date, body in rows:
            name = draw.choice(("", "www.")) + domain
            file.write(json.dumps({"domain": name, "date": date, "robots_txt": body}) + "\n")
    with (folder / "weights.csv").open("w") as file:
        file.write("domain,words\n" + "".join(f"{d},{w}\n" for d, w in weights.items()))
    return folder, truth, weights


def audited(*paths, **sizes):
    collected = Collected(agents())
    for path in paths:
        collected.take(read(path, collected.troubles))
    return audit_of(collected, **sizes)


def closed(audit, rules, month):
    table = audit.tables[rules]
    at = [name_of(number) for number in audit.past.months].index(month)
    unit = audit.combined
    return table.whole.share(table.closed(unit), at), table.whole.weighted(table.closed(unit), at)


@pytest.mark.parametrize(("rules", "side"), [("cic", 0), ("rfc9309", 1)])
def test_every_month_is_as_it_was_made(made, rules, side):
    folder, truth, weights = made
    audit = audited(folder / "weights.csv", folder / "snapshots.jsonl.gz")
    first, last = name_of(audit.past.months[0]), name_of(audit.past.months[-1])
    assert (first, last) == (MONTHS[0], MONTHS[-1])

    for month in MONTHS:
        known = {d: s for (d, m), s in truth.items() if m == month and s is not None}
        shut = [domain for domain, state in known.items() if state[side] == "all"]
        domains, weight = closed(audit, rules, month)
        assert (domains.part, domains.whole) == (len(shut), len(known)), month
        assert weight.part == pytest.approx(sum(weights[domain] for domain in shut))
        assert weight.whole == pytest.approx(sum(weights[domain] for domain in known))


@pytest.mark.parametrize(("rules", "side"), [("cic", 0), ("rfc9309", 1)])
def test_statuses_and_changes_are_as_they_were_made(made, rules, side):
    folder, truth, _ = made
    audit = audited(folder / "snapshots.jsonl.gz")
    table, unit = audit.tables[rules], audit.combined
    now = Counter(
        state[side] for (_, month), state in truth.items() if month == MONTHS[-1] and state
    )
    found = {
        status.label: table.whole.share(table.closed(unit, status), audit.last).part
        for status in Status
    }
    moved = Counter()
    for domain in {domain for domain, _ in truth}:
        states = [truth[domain, month] for month in MONTHS]
        for old, new in pairwise(states):
            if old and new and old[side] != new[side]:
                moved[old[side], new[side]] += 1
    stepped = Counter()
    for counts in changes(audit.collected, audit.past, rules, unit).values():
        for (old, new), count in counts.items():
            stepped[old.label, new.label] += count

    assert found == {label: now[label] for label in found}
    assert stepped == moved


def test_head_sample_and_mixture_are_the_studys(made):
    folder, truth, weights = made
    audit = audited(
        folder / "weights.csv", folder / "snapshots.jsonl.gz", head=12, sample=30, seed=3
    )
    table, unit = audit.tables["cic"], audit.combined
    order = sorted(weights, key=lambda domain: -weights[domain])
    heavy = {audit.past.names[at] for at in range(120) if audit.parts.head[at]}
    drawn = {audit.past.names[at] for at in range(120) if audit.parts.sample[at]}
    shut = {d for (d, m), s in truth.items() if m == MONTHS[-1] and s and s[0] == "all"}
    known = {d for (d, m), s in truth.items() if m == MONTHS[-1] and s}

    def share(names):
        return sum(weights[d] for d in names & shut) / sum(weights[d] for d in names & known)

    f = sum(weights[d] for d in heavy) / sum(weights.values())
    mixture = table.mixture(unit, audit.last)

    assert (len(heavy), len(drawn), heavy & drawn) == (12, 30, set())
    assert min(weights[d] for d in heavy) >= weights[order[12]]
    assert audit.parts.f_head == pytest.approx(f)
    assert table.head.weighted(table.closed(unit), audit.last).value == pytest.approx(share(heavy))
    assert mixture.value == pytest.approx(f * share(heavy) + (1 - f) * share(drawn))


def test_a_sample_is_the_same_each_time_and_another_with_another_seed(made):
    folder, _, _ = made
    weights = audited(folder / "weights.csv").past.weights

    one, again, other = (strata(weights, 10, 20, seed).sample.tolist() for seed in (1, 1, 2))

    assert one == again != other


def test_each_agent_and_class_is_counted_by_its_own_group(tmp_path):
    lines = [
        ("a.example", "User-agent: GPTBot\nDisallow: /"),
        ("b.example", "User-agent: OAI-SearchBot\nUser-agent: ia_archiver\nDisallow: /"),
        ("c.example", "User-agent: *\nDisallow: /\n\nUser-agent: ChatGPT-User\nDisallow:"),
        ("d.example", None),
    ]
    path = tmp_path / "now.jsonl"
    path.write_text("".join(json.dumps({"domain": d, "robots_txt": b}) + "\n" for d, b in lines))
    shown = as_json(document("x", audited(path), 0.0))["figures"]

    classes = {row["class"]: row["cic"]["part"] for row in shown["classes"]["rows"]}
    named = {row["agent"]: (row["cic"]["part"], row["named"]) for row in shown["agents"]["rows"]}
    companies = {row["company"]: row["cic"]["part"] for row in shown["companies"]["rows"]}

    tops = {row["top_level"]: row["cic"] for row in shown["top_levels"]["rows"]}

    assert (tops["example"]["part"], tops["example"]["whole"]) == (2, 4)
    assert classes == {"training": 2, "search": 2, "user": 1, "archive": 2}
    assert named["GPTBot"] == (2, 1)
    assert named["ChatGPT-User"] == (0, 1)
    assert companies["Internet Archive"] == 2
    assert "series" not in shown
    assert " ".join(sorted(COMBINED, key=str.lower)) == (
        "CCBot ChatGPT-User ClaudeBot cohere-ai FacebookBot Google-Extended GPTBot"
    )


LAYOUTS = [
    "a.example/2023-05-01.txt",
    "2023-05-01/a.example.txt",
    "a.example/20230501120000/robots.txt",
    "a.example_2023-05-01_robots.txt",
    "2023/a.example/2023-05.txt",
    "a.example@2023-05-01T10:00:00Z.txt",
]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_folders_of_dated_files_are_read_however_they_are_laid_out(tmp_path, layout):
    path = tmp_path / "set" / layout
    path.parent.mkdir(parents=True)
    path.write_text("User-agent: *\nDisallow: /")

    audit = audited(tmp_path / "set")

    assert audit.past.names == ("a.example",)
    assert [name_of(month) for month in audit.past.months] == ["2023-05"]
    assert closed(audit, "cic", "2023-05")[0].part == 1


def test_files_by_domain_and_date_are_read_as_the_study_kept_them(tmp_path):
    path = tmp_path / "set.json"
    shut = "User-agent: *\nDisallow: /"
    kept = {
        "a.example": {"2023-01-02": "", "20230301000000": shut},
        "www.b.example": {"2023-02-01": None},
    }
    path.write_text(json.dumps(kept))

    audit = audited(path)

    assert audit.past.names == ("a.example", "b.example")
    assert closed(audit, "cic", "2023-02")[0].part == 0
    assert closed(audit, "cic", "2023-03")[0].part == 1


def test_captures_of_robots_txt_are_read_and_other_records_left(tmp_path):
    path = tmp_path / "set.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, status, date, body in (
            ("http://a.example/robots.txt", "200 OK", "2023-01", "User-agent: *\nDisallow: /"),
            ("http://a.example/page", "200 OK", "2023-02", "User-agent: *\nDisallow:"),
            ("http://b.example/robots.txt", "404 Not Found", "2023-01", "none"),
            ("http://c.example/robots.txt", "503 Busy", "2023-01", "busy"),
        ):  # fmt: skip
            headers = StatusAndHeaders(
                status, [("content-type", "text/plain")], protocol="HTTP/1.1"
            )
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(body.encode()), http_headers=headers,
                    warc_headers_dict={"WARC-Date": f"{date}-05T00:00:00Z"},
                )
            )  # fmt: skip

    audit = audited(path)
    said = statuses_now(audit.collected, audit.past, "cic", audit.combined)

    assert dict(zip(audit.past.names, said, strict=True)) == {
        "a.example": "all", "b.example": "no_robots", "c.example": "unknown",
    }  # fmt: skip
    assert [name_of(month) for month in audit.past.months] == ["2023-01"]


LISTS = [
    ("a.example\nhttps://www.b.example/x\n# note\n\n", {"a.example": 1, "b.example": 1}),
    ("a.example,5\nb.example,7", {"a.example": 5, "b.example": 7}),
    ("domain\ttokens\na.example\t5\n", {"a.example": 5}),
    ("1,a.example\n2,b.example", {"a.example": 1, "b.example": 1}),
    ("url;weight\nwww.a.example;2\na.example;3", {"a.example": 5}),
    ("a.example,-4\nb.example,many\nc.example,1e400\nd.example,2",
     {"a.example": 0, "b.example": 0, "c.example": 0, "d.example": 2}),
    ("\ufeffdomain,weight\nBÜCHER.example,3", {"xn--bcher-kva.example": 3}),
    ('{"domain": "a.example", "weight": 4}\n{"domain": "b.example"}',
     {"a.example": 4, "b.example": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "weights"), LISTS)
def test_lists_of_domains_are_read_with_their_weights(tmp_path, text, weights):
    path = tmp_path / "list"
    path.write_text(text)

    audit = audited(path)

    assert dict(zip(audit.past.names, audit.past.weights.tolist(), strict=True)) == weights
    assert audit.tables["cic"].whole.share(audit.tables["cic"].closed(0), 0).whole == 0


@pytest.mark.parametrize(
    ("row", "noted"),
    [
        ("{", "no JSON"),
        ("[1]", "no JSON object"),
        ('{"domain": "", "robots_txt": "x"}', "no domain"),
        ('{"domain": "<script>", "robots_txt": "x"}', "no domain"),
        ('{"domain": "a.example", "date": "yesterday", "robots_txt": "x"}', "no date"),
        ('{"domain": {"a": 1}, "date": "2023-01-01", "robots_txt": "x"}', "no domain"),
        ('{"domain": "a.example", "weight": "heavy", "robots_txt": ""}', "no weight"),
    ],
)
def test_bad_rows_are_named_and_counted_and_the_rest_is_read(tmp_path, row, noted):
    path = tmp_path / "set.jsonl"
    good = (
        '{"domain": "z.example", "date": "2023-01-01", "robots_txt": "User-agent: *\\nDisallow: /"}'
    )
    path.write_text(f"{good}\n{row}\n{row}\n")

    audit = audited(path)

    assert audit.collected.troubles.counts == {noted: 2}
    assert closed(audit, "cic", "2023-01")[0].part == 1
    assert "z.example" in render(document("x", audit, 0.0))


@pytest.mark.parametrize(
    ("status", "counted"),
    [(200, "all"), (404, "no_robots"), (403, "no_robots"), (503, None), (429, None), (301, None)],
)
def test_a_status_says_if_there_is_a_file(tmp_path, status, counted):
    path = tmp_path / "set.jsonl"
    row = {"domain": "a.example", "status": status, "robots_txt": "User-agent: *\nDisallow: /"}
    path.write_text(json.dumps(row))
    audit = audited(path)
    table = audit.tables["cic"]

    found = {
        label.label: table.whole.share(table.closed(audit.combined, label), 0).part
        for label in Status
    }

    assert [label for label, count in found.items() if count] == ([counted] if counted else [])
    assert bool(audit.past.ever_silent[0]) == (counted is None)


async def test_the_command_writes_a_page_and_prints_the_same_numbers(made, tmp_path):
    folder, _, _ = made
    words = ("audit", folder / "snapshots.jsonl.gz", "--weights", folder / "weights.csv")
    code, found = await run_json(*words)
    csv = (await run(*words, "--csv", "--domains")).stdout
    done = await run(*words, "-o", tmp_path / "a.html", "--compare", folder / "snapshots.jsonl.gz")
    said = (await run(*words)).stdout

    assert code == done.exit_code == 0, done.exception
    series = found["figures"]["series"]["rows"]
    assert series[0]["month"] == MONTHS[-1]
    assert len(series) == len(MONTHS)
    assert csv.count("\ndomains,") >= 120
    assert "Before and after" in (tmp_path / "a.html").read_text()
    assert "mixture, weight" in said


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none", None, "no such file"),
        ("empty.jsonl", "", "names no domain"),
        ("binary", "\x00\x01\x02", "names no domain"),
        ("binary", "a\rb\x85\n" + '"' * 200_000, "names no domain"),
    ],
)
async def test_what_is_no_input_is_said(tmp_path, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_text(content)

    done = await run("audit", path)

    assert said in str(done.exception)


async def test_an_audit_is_compared_with_what_an_earlier_one_printed(made, tmp_path):
    folder, truth, _ = made
    first, second, *_ = sorted({domain for domain, _ in truth})
    (tmp_path / "before.jsonl").write_text(
        "".join(
            json.dumps({"domain": domain, "date": "2024-01-02", "robots_txt": body}) + "\n"
            for domain, body in [
                (first, "User-agent: *\nDisallow: /"),
                (second, "User-agent: *\nDisallow: /a"),
                ("gone.example", ""),
            ]
        )
    )
    then = (await run("audit", tmp_path / "before.jsonl", "--json", "--domains")).stdout
    for name, text in {
        "all.json": then,
        "dense.json": json.dumps(json.loads(then)),
        "cut.json": then[: len(then) // 2],
        "some.json": then.replace('"domains": "3"', '"domains": "4"'),
        "page.html": "<!doctype html>\nexample.org\n",
    }.items():
        (tmp_path / name).write_text(text)

    def against(name):
        words = ("--compare", tmp_path / name)
        return run("audit", folder / "snapshots.jsonl.gz", "--json", *words)

    found = [
        json.loads((await against(name)).stdout)["figures"]["compared"]
        for name in ("before.jsonl", "all.json", "dense.json")
    ]
    assert found[0] == found[1] == found[2]
    assert {row["domains"] for row in found[0]["rows"]} <= {1, 2}
    for name, said in {
        "cut.json": "is damaged",
        "some.json": "3 of the 4 domains",
        "page.html": "is a page or XML",
    }.items():
        assert said in str((await against(name)).exception)


@pytest.mark.parametrize("date", ["0001-01-01", "1970-01-01", "1993-12-31", "2097-05-01"])
async def test_a_date_that_cannot_be_draws_no_months(tmp_path, date):
    rows = [("a.example", date), ("b.example", "2024-03-01")]
    (tmp_path / "in.jsonl").write_text(
        "".join(json.dumps({"domain": d, "date": at, "robots_txt": ""}) + "\n" for d, at in rows)
    )
    found = json.loads((await run("audit", tmp_path / "in.jsonl", "--json")).stdout)

    assert (found["facts"]["from"], found["facts"]["to"]) == ("2024-03", "2024-03")
    assert found["notes"] == ["no date that a robots.txt can have: 1 times, first a.example"]
