"""Copies in every form: what was removed is gone, every other row is as it was."""

import csv
import gzip
import json
import sqlite3

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
import zstandard

from crawler.core.removal_feed import FeedError
from crawler.inputs.columns import Columns
from crawler.removals.apply import How, apply_removals
from crawler.removals.receipt import fault_of
from tests.corpus.test_removal_feed import KEY, STRANGER
from tests.removals.published import TRUST, feed_of, publish

FLAT = ("id", "url", "text")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return publish(tmp_path_factory.mktemp("corpus"))


def flat(record, columns=FLAT):
    row = {"id": record["id"], "url": record["metadata"]["url"], "text": record["text"]}
    return {name: row[name] for name in columns}


def json_lines(path, rows, pack=lambda data: data):
    path.write_bytes(pack("".join(f"{json.dumps(row)}\n" for row in rows).encode()))


def gzipped(path, rows):
    json_lines(path, rows, gzip.compress)


def two_frames(path, rows):
    packer = zstandard.ZstdCompressor()
    half = len(rows) // 2
    text = ["".join(f"{json.dumps(row)}\n" for row in part) for part in (rows[:half], rows[half:])]
    path.write_bytes(b"".join(packer.compress(part.encode()) for part in text))


def as_csv(path, rows):
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def as_tsv(path, rows):
    pacsv.write_csv(
        pa.Table.from_pylist(rows), path, pacsv.WriteOptions(delimiter="\t", quoting_style="needed")
    )


def parquet(path, rows):
    pq.write_table(pa.Table.from_pylist(rows), path, compression="zstd", row_group_size=7)


def arrow_file(path, rows):
    table = pa.Table.from_pylist(rows)
    with pa.OSFile(str(path), "wb") as out, pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table, max_chunksize=7)


def arrow_stream(path, rows):
    table = pa.Table.from_pylist(rows)
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with (
        pa.OSFile(str(path), "wb") as out,
        pa.ipc.new_stream(out, table.schema, options=options) as writer,
    ):
        writer.write_table(table, max_chunksize=7)


def sqlite(path, rows):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE docs (id TEXT, url TEXT, text TEXT)")
        connection.execute("CREATE TABLE other (n INTEGER)")
        connection.execute("INSERT INTO other VALUES (7)")
        connection.executemany("INSERT INTO docs VALUES (:id, :url, :text)", rows)
    connection.close()


def read(path):
    name = path.name
    if name.endswith(".parquet"):
        return pq.read_table(path).to_pylist()
    if name.endswith(".arrow"):
        return pa.ipc.open_file(path).read_all().to_pylist()
    if name.endswith(".arrows"):
        return pa.ipc.open_stream(path.read_bytes()).read_all().to_pylist()
    if name.endswith(".db"):
        with sqlite3.connect(path) as connection:
            found = connection.execute("SELECT id, url, text FROM docs").fetchall()
        connection.close()
        return [dict(zip(FLAT, row, strict=True)) for row in found]
    if name.endswith((".csv", ".tsv")):
        with path.open(newline="") as file:
            return list(csv.DictReader(file, delimiter="\t" if name.endswith("tsv") else ","))
    data = path.read_bytes()
    if name.endswith("gz"):
        data = gzip.decompress(data)
    if name.endswith("zst"):
        data = zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()
    return [json.loads(line) for line in data.splitlines()]


FORMS = {
    "a.jsonl": json_lines,
    "a.jsonl.gz": gzipped,
    "a.jsonl.zst": two_frames,
    "a.csv": as_csv,
    "a.tsv": as_tsv,
    "a.parquet": parquet,
    "a.arrow": arrow_file,
    "a.arrows": arrow_stream,
    "a.db": sqlite,
}


@pytest.mark.parametrize("columns", [FLAT, ("id", "text"), ("url", "text"), ("text",)], ids=str)
@pytest.mark.parametrize("name", FORMS)
def test_what_was_removed_leaves_and_every_other_row_stays(name, columns, corpus, tmp_path):
    if name.endswith(".db") and columns != FLAT:
        pytest.skip("the table has these columns")
    path = tmp_path / "copy" / name
    path.parent.mkdir()
    FORMS[name](path, [flat(record, columns) for record in corpus.records])
    untouched = tmp_path / "copy" / f"b{name[1:]}"
    FORMS[name](untouched, [flat(record, columns) for record in corpus.stays])
    before = untouched.stat()

    look = apply_removals(str(tmp_path / "copy"), feed_of(corpus), How(look=True))
    result = apply_removals(str(tmp_path / "copy"), feed_of(corpus), How())

    assert look.counts.removed == result.counts.removed == len(corpus.removed)
    assert look.left
    assert result.left == []
    assert read(path) == [flat(record, columns) for record in corpus.stays]
    assert untouched.stat().st_ino == before.st_ino
    texts_only = columns == ("text",)
    # Twice the records that stay, and in the first pass those that went were told by their text.
    assert (result.counts.unmatched == 2 * len(corpus.stays)) == texts_only
    receipt = json.loads((tmp_path / "copy" / "removals-receipt-10.json").read_bytes())
    assert (receipt["removed"], fault_of(receipt)) == (len(corpus.removed), "")
    files = {path: path.read_bytes() for path in (tmp_path / "copy").iterdir()}

    again = apply_removals(str(tmp_path / "copy"), feed_of(corpus), How())

    assert (again.rewritten, again.counts.removed, again.left) == (0, 0, [])
    assert {path: path.read_bytes() for path in (tmp_path / "copy").iterdir()} == files


def test_parquet_keeps_schema_codecs_and_metadata(corpus, tmp_path):
    schema = pa.schema(
        [
            pa.field("n", pa.int32(), metadata={"a": "b"}),
            ("meta", pa.struct([("url", pa.string()), ("deep", pa.list_(pa.int64()))])),
            ("text", pa.large_string()),
        ],
        metadata={"huggingface": "{}"},
    )
    rows = [
        {
            "n": n,
            "meta": {"url": record["metadata"]["url"], "deep": [n, n]},
            "text": record["text"],
        }
        for n, record in enumerate(corpus.records)
    ]
    path = tmp_path / "x.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema), path, compression={"n": "gzip"})
    before = pq.ParquetFile(path)

    apply_removals(str(path), feed_of(corpus), How())

    after = pq.ParquetFile(path)
    assert after.schema_arrow.equals(before.schema_arrow, check_metadata=True)
    column = after.metadata.row_group(0).column
    assert [column(n).compression for n in range(4)] == [
        before.metadata.row_group(0).column(n).compression for n in range(4)
    ]
    stays = {record["metadata"]["url"] for record in corpus.stays}
    assert after.read().to_pylist() == [row for row in rows if row["meta"]["url"] in stays]


def test_a_copy_of_a_whole_export_is_cleaned_with_what_stands_beside(corpus, tmp_path):
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(corpus.v1, copy)

    result = apply_removals(str(copy), feed_of(corpus), How())

    assert result.left == []
    for path in copy.rglob("*"):
        if not path.is_file() or path.name == "removals.jsonl":
            continue
        data = path.read_bytes()
        if path.name.endswith(".zst"):
            data = zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()
        for record in corpus.removed:
            assert record["text"].encode() not in data
            assert record["metadata"]["url"].encode() + b'"' not in data, path


@pytest.mark.parametrize("form", ["warc", "parquet"])
def test_other_forms_of_export_are_cleaned(form, tmp_path):
    corpus = publish(tmp_path / "c", pages=9, format=form)
    result = apply_removals(str(corpus.v1), feed_of(corpus), How())

    assert result.left == []
    assert result.rewritten >= 1
    for path in (corpus.v1 / "data").rglob("*.*"):
        data = gzip.decompress(path.read_bytes()) if form == "warc" else path.read_bytes()
        for record in corpus.removed:
            assert record["text"].encode() not in data
            assert f"{record['metadata']['url']}\r\n".encode() not in data
        if form == "warc":
            assert all(record["text"].encode() in data for record in corpus.stays)


def test_an_erasure_is_told_by_id_and_text(tmp_path):
    corpus = publish(tmp_path / "c", pages=9, reason="erasure")
    path = tmp_path / "a.jsonl"
    # Numbered anew, with the URL: only the text tells.
    rows = [{**flat(record), "id": record["id"][::-1]} for record in corpus.records]
    json_lines(path, rows)
    apply_removals(str(path), feed_of(corpus), How())
    assert read(path) == [row for row in rows if row["text"] in {r["text"] for r in corpus.stays}]


def test_another_owner_s_copy_of_a_text_stays(corpus, tmp_path):
    path = tmp_path / "a.jsonl"
    copied = {"id": "f" * 32, "url": "https://other.test/", "text": corpus.removed[0]["text"]}
    json_lines(path, [copied, flat(corpus.removed[0])])
    apply_removals(str(path), feed_of(corpus), How())
    assert read(path) == [copied]


def test_an_altered_text_without_id_and_url_is_never_clean(corpus, tmp_path):
    path = tmp_path / "a.jsonl"
    json_lines(path, [{"text": record["text"] + " and more"} for record in corpus.removed])
    result = apply_removals(str(path), feed_of(corpus), How())
    assert (result.counts.removed, result.counts.unmatched) == (0, len(corpus.removed))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cut.jsonl.gz", gzip.compress(b'{"id": "1", "url": "https://a.test/"}\n' * 999)[:-20]),
        ("cut.parquet", b"PAR1 and no more"),
        ("cut.arrow", b"ARROW1\0\0 and no more"),
        ("cut.db", b"SQLite format 3\0 and no more"),
        ("cut.jsonl.zst", zstandard.compress(b'{"id": 1}\n' * 999)[:-4]),
        ("unknown.bin", b"\x01\x00\x02"),
    ],
)
def test_what_cannot_be_read_is_named_and_is_not_clean(name, data, corpus, tmp_path):
    (tmp_path / name).write_bytes(data)
    json_lines(tmp_path / "good.jsonl", [flat(record) for record in corpus.records])

    result = apply_removals(str(tmp_path), feed_of(corpus), How())

    assert any(name in line for line in result.left)
    assert (tmp_path / name).read_bytes() == data
    assert len(read(tmp_path / "good.jsonl")) == len(corpus.stays)


def test_what_tells_of_removals_or_of_no_record_is_left(corpus, tmp_path):
    ids = [record["id"] for record in corpus.removed]
    beside = {
        "tombstones.jsonl": "".join(f'{{"id": "{one}"}}\n' for one in ids),
        "removals.jsonl": corpus.feed.read_text(),
        "domains.csv": "domain,count\nh1.test,7\n",
    }
    for name, text in beside.items():
        (tmp_path / name).write_text(text)
    result = apply_removals(str(tmp_path), feed_of(corpus), How())
    assert (result.left, result.counts.removed, result.counts.unmatched) == ([], 0, 0)
    for name, text in beside.items():
        assert (tmp_path / name).read_text() == text


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_a_table_without_a_column_that_tells_is_not_clean(name, corpus, tmp_path):
    rows = [{"n": str(n), "x": record["text"]} for n, record in enumerate(corpus.records)]
    FORMS[name](tmp_path / name, rows)
    result = apply_removals(str(tmp_path), feed_of(corpus), How())
    assert "--text-column" in result.left[0]


def test_a_page_that_still_names_a_url_is_told(corpus, tmp_path):
    url = corpus.removed[0]["metadata"]["url"]
    (tmp_path / "notes.md").write_text(f"See {url}.\nand {url}0 too\n")
    result = apply_removals(str(tmp_path), feed_of(corpus), How())
    assert result.left == [f"STILL NAMED in notes.md, line 1: {url}."]


def test_a_copy_follows_one_feed_and_only_forward(corpus, tmp_path):
    json_lines(tmp_path / "a.jsonl", [flat(record) for record in corpus.records])
    apply_removals(str(tmp_path), feed_of(corpus), How(key=KEY))
    receipt = json.loads((tmp_path / "removals-receipt-10.json").read_bytes())
    assert fault_of(receipt, TRUST) == ""
    assert "altered" in fault_of({**receipt, "removed": 0})
    assert "not trusted" in fault_of(receipt, frozenset({"x"}))

    shorter = publish(tmp_path / "other", pages=3)
    with pytest.raises(FeedError, match="older or cut"):
        apply_removals(str(tmp_path), feed_of(shorter), How())
    longer = publish(tmp_path / "longer", pages=33)
    with pytest.raises(FeedError, match="was replaced"):
        apply_removals(str(tmp_path), feed_of(longer), How())


def test_columns_can_be_named(corpus, tmp_path):
    rows = [{"quelle": r["metadata"]["url"], "inhalt": r["text"]} for r in corpus.records]
    json_lines(tmp_path / "a.jsonl", rows)
    how = How(Columns(url="quelle", text="inhalt"))
    result = apply_removals(str(tmp_path), feed_of(corpus), how)
    assert (result.counts.removed, result.counts.unmatched) == (len(corpus.removed), 0)
    assert STRANGER
