"""What others wrote is told by its content, read to its end, and never raises on damage."""

import gzip
import json
import re

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from crawler.inputs import Columns, Form, Input, UnknownInputError, expand, look
from crawler.inputs import lines as line_reader
from crawler.inputs.dates import read_date
from tests.inputs.made import gzipped, records, warc, zstandard_dictionary

PAGES = [(f"http://h{n % 3}.test/{n}", b"<p>%d" % n + b"x" * 500 * n) for n in range(20)]
PLAIN = warc(PAGES, requests=True)
PACKED = gzipped(PLAIN)


def read(tmp_path, data, name="input", **columns):
    path = tmp_path / name
    path.write_bytes(data)
    with Input(str(path), Columns(**columns)) as rows:
        return list(rows), rows


@pytest.mark.parametrize(
    "data",
    [
        PLAIN,
        PACKED,
        gzip.compress(PLAIN),
        zstandard.compress(PLAIN),
        zstandard_dictionary(PLAIN),
        b"".join(zstandard.compress(record) for record in records(PLAIN)),
        PACKED + bytes(1_000),
    ],
    ids=["plain", "gzip", "gzip whole", "zstd", "zstd dictionary", "zstd records", "padded"],
)
def test_a_warc_file_is_read_however_it_is_packed(tmp_path, data):
    rows, source = read(tmp_path, data)

    assert [(row.url, row.answer.body) for row in rows] == PAGES
    assert not source.damage


def test_a_record_says_where_its_octets_are(tmp_path):
    rows, _ = read(tmp_path, PACKED)

    for row in rows:
        part = PACKED[row.place.offset : row.place.offset + row.place.length]
        assert row.url.encode() in gzip.decompress(part)


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (PACKED[:-100], 19),
        (PACKED[: len(PACKED) // 2] + PACKED[len(PACKED) // 2 + 200 :], 18),
        (PACKED[: len(PACKED) // 2] + b"\x55" * 40 + PACKED[len(PACKED) // 2 + 40 :], 18),
        (re.sub(rb"(Content-Length): 3\d{3}\r", rb"\1: 99999\r", PLAIN, count=2), 18),
        (re.sub(rb"(Content-Length): 3\d{3}\r", rb"\1: 10\r", PLAIN, count=2), 18),
        (gzipped(re.sub(rb"(Content-Length): 3\d{3}\r", rb"\1: 99999\r", PLAIN, count=2)), 18),
        (gzipped(re.sub(rb"(Content-Length): 3\d{3}\r", rb"\1: 10\r", PLAIN, count=2)), 18),
        (b"no record at all\r\n" + PLAIN, 20),
        (PLAIN[:-2_000], 19),
    ],
)
def test_damage_in_a_warc_file_is_counted_and_the_rest_is_read(tmp_path, data, left):
    rows, source = read(tmp_path, data)

    assert len(rows) >= left
    assert {(row.url, row.answer.body) for row in rows} <= set(PAGES)
    assert source.damage
    assert "the rest was read" in source.damage.sentence()


def test_an_arc_file_is_read(tmp_path):
    body = b"1 0 Alexa\nURL IP-address Archive-date Content-type Archive-length\n"
    data = b"filedesc://x.arc 0.0.0.0 20240101000000 text/plain %d\n" % len(body) + body + b"\n"
    for number in range(3):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>%d" % number
        line = b"http://arc.test/%d 192.0.2.4 20050101000000 text/html %d\n"
        data += line % (number, len(answer)) + answer + b"\n"

    rows, source = read(tmp_path, gzip.compress(data))

    assert [row.url for row in rows] == [f"http://arc.test/{number}" for number in range(3)]
    assert rows[0].date == read_date("2005-01-01T00:00:00Z")
    assert not source.damage


ROWS = [{"text": f"t{n}", "metadata": {"url": f"http://h.test/{n}"}} for n in range(5)]
FLAT = [{"id": n, "url": f"http://h.test/{n}", "fetch_time": "2024-05-18"} for n in range(5)]
URLS = [f"http://h.test/{n}" for n in range(5)]


def json_lines(rows):
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


@pytest.mark.parametrize(
    "data",
    [
        json_lines(ROWS),
        b"\xef\xbb\xbf" + json_lines(FLAT),
        gzip.compress(json_lines(ROWS)),
        zstandard.compress(json_lines(FLAT)),
        json_lines([{"metadata": json.dumps({"url": url})} for url in URLS]),
        json_lines([{"WARC-Target-URI": url, "content": "t"} for url in URLS]),
        "\n".join(["id,url", *(f'1,"{url}"' for url in URLS)]).encode(),
        "\r\n".join(["id\tURL", *(f"1\t{url}" for url in URLS)]).encode(),
        "\n".join(["url", *URLS]).encode(),
        "\n".join(["# seeds", "", *URLS]).encode(),
        "\n".join(f'test,h)/ 20240518014010 {{"url": "{url}"}}' for url in URLS).encode(),
    ],
)
def test_the_form_and_the_column_of_urls_are_told_by_content(tmp_path, data):
    rows, source = read(tmp_path, data, "misnamed.parquet")

    assert [row.url for row in rows] == URLS
    assert not source.damage


@pytest.mark.parametrize(
    "table",
    [
        {"url": URLS, "text": ["t"] * 5},
        {"metadata": [{"url": url, "more": {"x": 1}} for url in URLS]},
        {"metadata": [json.dumps({"url": url}) for url in URLS], "text": ["t"] * 5},
        {"metadata.url": URLS},
    ],
)
def test_parquet_is_read_flat_and_nested(tmp_path, table):
    pq.write_table(pa.table(table), tmp_path / "made", row_group_size=2)

    with Input(str(tmp_path / "made")) as rows:
        assert [row.url for row in rows] == URLS


def test_columns_can_be_named(tmp_path):
    data = json_lines([{"url": "http://no.test/", "meta": {"page": url}} for url in URLS])

    rows, source = read(tmp_path, data, url="meta.page")

    assert [row.url for row in rows] == URLS
    assert "url = meta.page" in source.said


def test_damaged_lines_are_counted_and_a_quote_swallows_nothing(tmp_path):
    broken = b'{broken\n[1]\n\n{"url": "http://h.test/caf\xe9"}\n{"text": "none"}\n'
    rows, source = read(tmp_path, json_lines(FLAT) + broken)

    assert [row.url for row in rows] == [*URLS, "http://h.test/caf\ufffd", ""]
    assert source.damage.counts == {"no JSON": 1, "no JSON object": 1, "no UTF-8": 1}

    rows, source = read(
        tmp_path, b'id,url\n1,http://a.test/\n2,"http://b.test/\n3,http://c.test/\n'
    )

    assert [row.url for row in rows] == ["http://a.test/", "http://c.test/"]
    assert source.damage.counts == {"quote that is not closed": 1}


def test_a_line_that_is_too_long_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(line_reader, "LONGEST", 1_000)
    long = json_lines([{"url": "http://long.test/", "text": "x" * 3_000_000}])

    rows, source = read(tmp_path, json_lines(FLAT[:2]) + long + json_lines(FLAT[2:]))

    assert [row.url for row in rows] == URLS
    assert sum(source.damage.counts.values()) == 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"[1]", "JSON array"),
        (b"BZh9", "bzip2"),
        (b"just a sentence\n", "none of the forms"),
        (b"url,text\rhttp://a.test/,b\r", "none of the forms"),
        (b"\xff\xfea\0", "UTF-16"),
        (b"\x1f\x8b\x08\x00", "damaged"),
        (b"PAR1" + b"\0" * 20, "damaged Parquet"),
        (json_lines([{"a": 1}]), "--url-column"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_cause(tmp_path, data, told):
    with pytest.raises(UnknownInputError, match=told):
        read(tmp_path, data)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-05-18T01:58:10Z", 1715997490),
        ("20240518015810", 1715997490),
        ("2024-05-18T03:58:10+02:00", 1715997490),
        ("Sat, 18 May 2024 01:58:10 GMT", 1715997490),
        (1715997490000, 1715997490),
        ("1715997490", 1715997490),
        ("2024-05-18", 1716076799),
        ("CC-MAIN-2024-20", 1716163199),
        ("2024", 1735689599),
        ("yesterday", None),
        ("2024-13-41", None),
        (None, None),
        (float("nan"), None),
    ],
)
def test_dates_are_read_and_those_that_name_a_span_end_with_it(text, date):
    assert read_date(text) == date


def test_the_date_of_our_own_exports_is_known(tmp_path):
    row = {"text": "a", "metadata": {"url": "http://a.test/", "fetched_at": "2024-05-18T01:58:10Z"}}
    rows, _ = read(tmp_path, json_lines([row]))

    assert [item.date for item in rows] == [1715997490]


@pytest.mark.parametrize("data", [b"url,n\nhttp://a.test/,1\n", b"n\tlink\n1\thttp://a.test/\n"])
def test_a_column_that_a_table_lacks_is_named(tmp_path, data):
    with pytest.raises(UnknownInputError, match="no column 'wrong'; it has: "):
        read(tmp_path, data, url="wrong")


def test_a_list_of_paths_names_only_what_lies_under_its_folder(tmp_path):
    folder = tmp_path / "crawl-data" / "X"
    (folder / "segments").mkdir(parents=True)
    (folder / "segments" / "a.txt").write_text("http://a.test/")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "b.txt").write_text("http://b.test/")
    paths = folder / "warc.paths.gz"

    paths.write_bytes(gzip.compress(b"crawl-data/X/segments/a.txt\nsegments/a.txt\n"))
    assert expand([f"@{paths}"]) == ([str(folder / "segments" / "a.txt")], [])

    paths.write_bytes(gzip.compress(b"../../other/b.txt\n"))
    with pytest.raises(UnknownInputError, match="--allow-prefix"):
        expand([f"@{paths}"])
    allowed = expand([f"@{paths}"], [str(tmp_path / "other")])
    assert allowed == ([str(tmp_path / "other" / "b.txt")], [])


def test_a_folder_stands_for_its_data_and_says_what_is_none(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "b.txt").write_text("http://b.test/")
    (tmp_path / "README.md").write_text("# a dataset")
    (tmp_path / "page.html").write_text("<!doctype html><p>One, two\n<p>Three, four")
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "tombstones.jsonl").write_text('{"url": "http://gone.test/"}')
    (tmp_path / "counts.csv").write_text("word,count\na,1\n")

    found, beside = expand([str(tmp_path)], look=look)

    assert found == [str(tmp_path / "data" / "b.txt")]
    assert [item.partition(" ")[0] for item in beside] == [
        str(tmp_path / name)
        for name in ("README.md", "counts.csv", "manifest.json", "page.html", "tombstones.jsonl")
    ]
    (tmp_path / "data" / "b.txt").unlink()
    with pytest.raises(UnknownInputError, match=r"(?s)without data.*--url-column"):
        expand([str(tmp_path)], look=look)


CDX = b""" CDX N b a m s k r M S V g
test,one)/ 20240518015810 http://one.test/ text/html 200 AAAA - - 512 1024 a.warc.gz
test,one)/gone 20240518015811 http://one.test/gone - 404 BBBB - - 99 2048 a.warc.gz
not a line of it
"""


@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf"])
def test_indexes_that_name_their_fields_by_letters_are_read(tmp_path, head):
    path = tmp_path / "index"
    path.write_bytes(head + CDX)

    with Input(str(path)) as rows:
        found = [(row.url, row.answer.status, row.answer.headers) for row in rows]

    assert rows.told.form is Form.CDXJ
    assert found == [
        ("http://one.test/", 200, (("content-type", "text/html"),)),
        ("http://one.test/gone", 404, ()),
    ]
    assert rows.damage.counts == {"no CDXJ line": 1}


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"url,date\nhttp://a.test/1,2024\nhttp://a.test/\0x,2024\n", 2),
        (b"http://a.test/1\n\0\nhttp://a.test/2\n", 3),
    ],
)
def test_a_stray_nul_costs_no_file(tmp_path, data, found):
    rows, _ = read(tmp_path, data)

    assert len(rows) == found
    assert rows[0].url == "http://a.test/1"
