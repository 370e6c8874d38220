"""A screening from the command line: inputs, evidence, columns, what is left beside the copies."""

import gzip
import json
import shutil

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crawler.screen import decided_rows, host_results, row_store
from tests.cli.run import invoke
from tests.inputs.made import gzipped, warc

EVIDENCE = [
    {"url": "http://yes.test/robots.txt", "date": "2024-01-01", "body": "User-agent: *\nAllow: /"},
    {"domain": "part.test", "date": "2024-01-01", "robots_txt": "User-agent: *\nDisallow: /no"},
    {
        "url": "http://ai.test/robots.txt",
        "date": "2024-01-01",
        "body": "User-agent: GPTBot\nDisallow: /",
    },
    {"url": "http://ai.test/robots.txt", "date": "2025-01-01", "body": ""},
    {"url": "http://down.test/robots.txt", "date": "2024-01-01", "status": 503},
]
EXPECTED = {
    "http://yes.test/": "ok",
    "http://part.test/yes": "ok",
    "http://part.test/no/1": "robots.disallow",
    "http://ai.test/": "tokens.agent",
    "http://unknown.test/": "no-evidence",
    "http://down.test/": "unreachable",
    "mailto:a@b.test": "no-url",
    "": "no-url",
}
ROWS = [{"url": url, "date": "2024-05-18", "text": "a b"} for url in EXPECTED]


@pytest.fixture
def evidence(tmp_path):
    path = tmp_path / "evidence.jsonl"
    path.write_text("".join(f"{json.dumps(item)}\n" for item in EVIDENCE))
    return path


@pytest.fixture
def screen(tmp_path, evidence):
    def run(data, *more, name="input", code=0):
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data)
        words = [str(path), "--job", str(tmp_path / "job"), "--out", str(tmp_path / "out")]
        words += ["--evidence", str(evidence), "--no-collect", "--as-of", "capture", *more]
        done = invoke("screen", *words)
        assert bool(done.exit_code) == bool(code), done.output
        return tmp_path / "out"

    return run


def json_lines(rows):
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


def annotated(out):
    rows = pq.read_table(out / "annotation.parquet").to_pylist()
    return {row["url"]: row["reason"] for row in rows}


def test_each_row_has_the_reason_of_its_own(screen):
    out = screen(json_lines(ROWS))

    kept = [json.loads(line) for line in (out / "input").read_text().splitlines()]
    refused = pq.read_table(out / "refused.parquet").to_pylist()
    assert {row["url"]: row["consent_reason"] for row in kept} == {
        url: reason for url, reason in EXPECTED.items() if reason == "ok"
    }
    assert {row["url"]: row["reason"] for row in refused} == {
        url: reason for url, reason in EXPECTED.items() if reason != "ok"
    }
    assert json.loads((out / "report.json").read_text())["kept"] == 2


def test_evidence_later_than_the_row_is_not_heard(screen):
    rows = [{"url": "http://ai.test/", "date": date} for date in ("2024-05-18", "2025-05-18", "")]

    out = screen(json_lines(rows), "--annotate")

    kept = [json.loads(line) for line in (out / "input").read_text().splitlines()]
    assert [row["consent_reason"] for row in kept] == ["tokens.agent", "ok", "no-evidence"]


@pytest.mark.parametrize("compression", ["snappy", "zstd", "gzip", "none"])
def test_parquet_keeps_schema_compression_and_order(screen, tmp_path, compression):
    table = pa.table(
        {
            "id": range(len(ROWS)),
            "url": list(EXPECTED),
            "date": ["2024-05-18"] * len(ROWS),
            "meta": [{"a": [1, 2]}] * len(ROWS),
        }
    )
    pq.write_table(table, tmp_path / "input", compression=compression, row_group_size=3)

    out = screen(None)

    found = pq.ParquetFile(out / "input")
    assert found.schema_arrow.names[:4] == table.schema.names
    assert [field.type for field in found.schema_arrow][:4] == [f.type for f in table.schema]
    told = found.metadata.row_group(0).column(0).compression
    assert told == ("UNCOMPRESSED" if compression == "none" else compression.upper())
    assert found.read()["id"].to_pylist() == [0, 1]
    assert found.read()["consent_included"].to_pylist() == [True, True]


def test_csv_keeps_its_form(screen):
    lines = ["id;url;date", *(f'{n};"{url}";2024-05-18' for n, url in enumerate(EXPECTED))]

    out = screen("\r\n".join(lines).encode())

    found = (out / "input").read_bytes().split(b"\r\n")
    assert found[0].startswith(b"id;url;date;consent_included;consent_reason;")
    assert [line.split(b";")[:5] for line in found[1:-1]] == [
        [b"0", b'"http://yes.test/"', b"2024-05-18", b"true", b"ok"],
        [b"1", b'"http://part.test/yes"', b"2024-05-18", b"true", b"ok"],
    ]


@pytest.mark.parametrize("pack", [bytes, gzipped, gzip.compress])
def test_a_refused_response_takes_its_request_along(screen, pack):
    pages = [(url, b"<p>words") for url in EXPECTED if url.startswith("http")]
    data = pack(warc(pages, requests=True))

    out = screen(data)

    from crawler.inputs.compressed import open_unpacked
    from crawler.inputs.warc import records

    with open_unpacked(str(out / "input")) as unpacked:
        found = [(item.kind, item.url, item.place) for item in records(unpacked)]
    kept = ["http://yes.test/", "http://part.test/yes"]
    assert [item[:2] for item in found] == [
        ("warcinfo", ""),
        *((kind, url) for url in kept for kind in ("response", "request")),
    ]
    beside = pq.read_table(out / "input.consent.parquet").to_pylist()
    assert [(row["url"], row["offset"]) for row in beside] == [
        (url, place.offset) for kind, url, place in found if kind == "response"
    ] or pack is gzip.compress


def test_what_a_page_says_of_itself_refuses(screen):
    yes, no, header = (f"http://yes.test/{name}" for name in ("yes", "meta", "header"))
    data = warc(
        [
            (yes, b"<p>words"),
            (no, b'<meta name="robots" content="noai"><p>words'),
            (
                header,
                b"<p>words",
                "200 OK",
                [("Content-Type", "text/html"), ("X-Robots-Tag", "noai")],
            ),
            ("http://yes.test/gone", b"", "404 Not Found", []),
            ("http://yes.test/moved", b"", "301 Moved", [("Location", yes)]),
        ]
    )

    assert annotated(screen(data)) == {
        yes: "ok",
        no: "robots_meta.noai",
        header: "robots_meta.noai",
        "http://yes.test/gone": "http.gone",
        "http://yes.test/moved": "moved",
    }


def test_site_files_among_the_rows_are_evidence_of_their_time(screen):
    data = warc(
        [
            ("http://own.test/robots.txt", b"User-agent: *\nDisallow: /no", "200 OK", []),
            ("http://own.test/no", b"<p>words"),
            ("http://own.test/yes", b"<p>words"),
            (
                "http://www.own.test/robots.txt",
                b"",
                "301 Moved",
                [("Location", "http://own.test/robots.txt")],
            ),
            ("http://www.own.test/no", b"<p>words"),
        ]
    )

    assert annotated(screen(data)) == {
        "http://own.test/robots.txt": "site-file",
        "http://own.test/no": "robots.disallow",
        "http://own.test/yes": "ok",
        "http://www.own.test/robots.txt": "site-file",
        "http://www.own.test/no": "robots.disallow",
    }


def test_lines_of_an_index_stay_as_they_are_and_have_their_table_beside_them(screen):
    lines = [
        f'x)/ 20240518014010 {{"url": "{url}", "status": "200"}}\n'
        for url in filter(None, EXPECTED)
    ]

    out = screen("".join(["!meta\n", *lines]).encode())

    assert (out / "input").read_text() == "".join(["!meta\n", *lines[:2]])
    assert pq.read_table(out / "input.consent.parquet")["url"].to_pylist() == [
        "http://yes.test/",
        "http://part.test/yes",
    ]


def test_a_row_without_a_date_has_no_time_of_capture(screen):
    assert set(annotated(screen(b"http://yes.test/\nhttp://ai.test/\n")).values()) == {
        "no-evidence"
    }


def test_a_policy_may_keep_what_nobody_knows(screen, tmp_path):
    policy = tmp_path / "policy.toml"
    policy.write_text('extends = "default"\n[screen]\nno_evidence = "keep"\n')
    rows = [
        {"url": url, "date": "2024-05-18"} for url in ("http://unknown.test/", "http://ai.test/")
    ]

    out = screen(json_lines(rows), "--policy", str(policy))

    kept = [json.loads(line) for line in (out / "input").read_text().splitlines()]
    assert [(row["url"], row["consent_reason"]) for row in kept] == [
        ("http://unknown.test/", "no-evidence")
    ]


def test_a_finished_screening_is_not_done_again_and_nothing_is_overwritten(screen):
    out = screen(json_lines(ROWS))
    before = {item.name: item.read_bytes() for item in out.iterdir()}

    screen(json_lines(ROWS))

    assert {item.name: item.read_bytes() for item in out.iterdir()} == before
    screen(json_lines(ROWS[:1]), code=1)


def test_every_row_is_explained_offline(screen, tmp_path):
    meta = "http://yes.test/meta"
    page = (meta, b'<meta name="robots" content="noai"><p>words')
    screen(warc([page, ("http://part.test/no/1", b"<p>words"), ("http://yes.test/", b"<p>")]))

    for url, reason, place in (
        (meta, "robots_meta.noai", "meta robots"),
        ("http://part.test/no/1", "robots.disallow", "Disallow: /no"),
        ("http://yes.test/", "ok", "robots.txt"),
    ):
        words = ["explain", str(tmp_path / "job"), url, "--json"]
        done = invoke(*words)
        found = json.loads(done.stdout)
        assert (found["code"], found["decision"]["reason"]) == (reason, reason)
        assert place in done.stdout


def test_a_site_file_nobody_asked_for_is_explained_as_unknown(screen, tmp_path):
    screen(json_lines(ROWS))
    said = invoke("explain", tmp_path / "job", "http://unknown.test/").stdout

    assert "http://unknown.test/robots.txt: unknown\n" in said
    assert "1970" not in said


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (b'{"url": "http://yes.test/\\ud800", "date": "2024-05-18"}\n' * 2, 2),
        (b"url,date\n", 0),
        (b'{broken\n{"url": "http://yes.test/", "date": "2024-05-18"}\n', 1),
        (b'{"url": 7}\n{"url": ["http://yes.test/"]}\n{}\n', 3),
    ],
)
def test_odd_rows_end_in_a_reason_or_a_count(screen, data, left):
    report = json.loads((screen(data) / "report.json").read_text())

    assert report["documents"] == left
    lost = sum(sum(counts.values()) for counts in report["left"].values())
    assert report["kept"] + lost == left


def test_another_policy_is_tried_without_the_inputs(screen, tmp_path):
    pages = [("http://ai.test/", b"<p>a"), ("http://part.test/no/", b"<p>a")]
    screen(warc([*pages, ("http://yes.test/", b"<p>a")]), "--store-evidence")
    (tmp_path / "input").unlink()
    policy = tmp_path / "other.toml"
    policy.write_text('extends = "default"\n[consent]\nagents = "off"\n')

    words = ["redecide", str(tmp_path / "job"), "--policy", str(policy), "--json"]
    done = invoke(*words)

    assert done.exit_code == 0, done.exception
    found = json.loads(done.stdout)
    assert (found["decided"], found["enter"], found["leave"]) == (3, {"tokens.agent": 1}, {})


def test_what_was_made_of_a_refused_page_is_refused_with_it(screen):
    from tests.inputs.made import linked_warc

    found = pq.read_table(screen(linked_warc()) / "annotation.parquet").to_pylist()

    assert [(row["url"], row["included"]) for row in found] == [
        ("http://yes.test/ok", True),
        ("http://yes.test/no", False),
        ("http://yes.test/ok2", True),  # revisits
        ("http://yes.test/no2", False),
        ("http://yes.test/ok", True),  # conversions
        ("http://yes.test/no", False),
    ]


def test_a_file_that_cannot_be_read_costs_only_itself(screen, tmp_path):
    (tmp_path / "bad.bin").write_bytes(b"\0\1\2 nothing that is known")

    out = screen(json_lines(ROWS), str(tmp_path / "bad.bin"))

    report = json.loads((out / "report.json").read_text())
    assert report["kept"] == 2
    assert [item["damage"] for item in report["inputs"]] == [{}, {"file that cannot be read": 1}]
    assert not (out / "bad.bin").exists()


def test_what_is_no_data_in_a_folder_is_passed_over(screen, tmp_path):
    (tmp_path / "input").mkdir()
    (tmp_path / "input" / "good.jsonl").write_bytes(json_lines(ROWS))
    (tmp_path / "input" / "page.html").write_text("<!doctype html><p>One")
    (tmp_path / "input" / "README.md").write_text("# Rows")

    out = screen(None)

    report = json.loads((out / "report.json").read_text())
    assert (report["kept"], len(report["inputs"]), len(report["passed_over"])) == (2, 1, 2)
    assert (out / "good.jsonl").exists()


def test_texts_of_a_kind_that_cannot_be_filtered_are_copied(screen, tmp_path):
    urls = list(EXPECTED)
    views = pa.table(
        {
            "url": urls,
            "date": ["2024-05-18"] * len(urls),
            "text": pa.array(["a"] * len(urls), pa.string_view()),
        }
    )
    pq.write_table(views, tmp_path / "input", row_group_size=3)

    kept = pq.read_table(screen(None) / "input")

    assert kept["text"].type == pa.string_view()
    assert kept["url"].to_pylist() == ["http://yes.test/", "http://part.test/yes"]


def test_a_revisit_of_a_refused_page_is_explained_and_redecided(screen, tmp_path):
    from tests.inputs.made import linked_warc

    screen(linked_warc())
    said = invoke("explain", tmp_path / "job", "http://yes.test/no2")
    policy = tmp_path / "same.toml"
    policy.write_text('extends = "default"\n')
    again = ["redecide", str(tmp_path / "job"), "--policy", str(policy), "--json"]
    redecided = json.loads(invoke(*again).stdout)

    assert "meta robots" in said.output
    assert "it did not refuse" not in said.output
    assert redecided["leave"] == redecided["enter"] == redecided["reason_only"] == {}


@pytest.mark.parametrize(
    ("head", "body", "reason"),
    [
        ("200 OK", gzip.compress(b"<p>x" * 999)[:30], "unread"),
        ("200 OK", gzip.compress(b"<meta name=robots content=noai>" * 9)[:44], "unread"),
        ("200 OK", b"<meta name=robots content=noai><p>x", "robots_meta.noai"),
        ("", b"<p>x", "status-0"),
    ],
    ids=["cut early", "cut late", "coded no more", "no status"],
)
def test_what_an_answer_says_that_cannot_be_read_is_not_taken_for_consent(
    screen, head, body, reason
):
    fields = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
    block = f"HTTP/1.1 {head}\r\n{fields}\r\n".encode() + body
    record = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://yes.test/a\r\n"
        "WARC-Date: 2024-05-18T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    out = screen(record.encode() + block + b"\r\n\r\n")

    (row,) = pq.read_table(out / "annotation.parquet").to_pylist()
    assert (row["included"], row["reason"]) == (False, reason)


def test_rows_are_decided_alike_however_many_are_brought_together(screen, tmp_path):
    rows = [
        {"url": f"http://{name}.test/{path}/{number}", "date": "2024-05-18"}
        for number in range(40)
        for name, path in (("part", "no"), ("yes", "a"), ("ai", "b"), ("none", ""))
    ]
    whole = annotated(screen(json_lines(rows)))
    for folder in (tmp_path / "job", tmp_path / "out"):
        shutil.rmtree(folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_store, "_BATCH", 9)
        patch.setattr(decided_rows, "_BATCH", 7)
        patch.setattr(decided_rows, "_WINDOW", 30)
        patch.setattr(host_results, "_READ", 10)
        parts = annotated(screen(json_lines(rows)))

    assert parts == whole
    assert list(parts) == [row["url"] for row in rows]
    assert set(parts.values()) == {"ok", "robots.disallow", "tokens.agent", "no-evidence"}
    hosts = pq.read_table(tmp_path / "out" / "hosts.parquet").to_pylist()
    assert [(row["documents"], row["kept_documents"]) for row in hosts] == [
        (40, 0),
        (40, 0),
        (40, 0),
        (40, 40),
    ]
    assert all(row["evidence"] != "[]" for row in hosts if "none" not in row["origin"])


def test_what_a_storage_holds_is_screened_as_files_are(tmp_path):
    store = fsspec.filesystem("memory")
    store.pipe("/screened/rows.jsonl", json_lines(ROWS))
    store.pipe("/dated/evidence.jsonl", json_lines(EVIDENCE))
    words = ["memory://screened", "--evidence", "memory://dated/evidence.jsonl", "--no-collect"]
    words += ["--as-of", "capture", "--job", str(tmp_path / "job"), "--out", str(tmp_path / "out")]

    done = invoke("screen", *words)

    assert done.exit_code == 0, done.output
    assert annotated(tmp_path / "out") == {url: x for url, x in EXPECTED.items() if x != "no-url"}
