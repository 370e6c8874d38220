"""Copies as other tools write them: what was removed leaves them, or they are not called clean."""

import fcntl
import io
import json
import os
import shutil
import sqlite3

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.warcwriter import WARCWriter

from crawler.inputs.columns import Columns
from crawler.removals.apply import How, apply_removals
from crawler.removals.hash_set import HashSet
from crawler.storage import StorageError
from tests.removals.published import feed_of, publish


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    found = publish(tmp_path_factory.mktemp("corpus"), pages=12)
    found.rows = [
        {"id": r["id"], "url": r["metadata"]["url"], "text": r["text"]} for r in found.records
    ]
    found.said = feed_of(found)
    return found


def packed(column):
    return column.combine_chunks().dictionary_encode()


def json_texts(rows, **more):
    about = [json.dumps({"id": row["id"], "url": row["url"]}) for row in rows]
    return pa.table({"text": [row["text"] for row in rows], "metadata": about, **more})


def categories(rows):
    """Make a table of dictionaries, as pandas makes it of categories."""
    table = pa.Table.from_pylist(rows)
    return pa.table({name: packed(table[name]) for name in table.column_names})


def nested_categories(rows):
    table = categories(rows)
    inner = pa.StructArray.from_arrays(
        [table["url"].combine_chunks(), table["text"].combine_chunks()], ["url", "copy"]
    )
    return pa.table({"text": [row["text"] for row in rows], "meta": inner})


def arrow(path, table, make):
    with pa.OSFile(str(path), "wb") as out, make(out, table.schema) as writer:
        writer.write_table(table, max_chunksize=5)


def database(path, *words):
    with sqlite3.connect(path) as connection:
        for word in words:
            if isinstance(word, str):
                connection.execute(word)
            else:
                connection.executemany("INSERT INTO docs (id, url, text) VALUES (?, ?, ?)", word)
    connection.close()


def values(rows):
    return [tuple(row.values()) for row in rows]


def numbered(rows):
    return [{**row, "id": at} for at, row in enumerate(rows)]


def half_without(rows):
    return [{**row, "id": row["id"] if at % 2 else None} for at, row in enumerate(rows)]


def lines(path, rows, before="", end="\n"):
    path.write_text(before + "".join(json.dumps(row) + end for row in rows), newline="")


COPIES = {
    "numbered anew": lambda p, r: pq.write_table(pa.Table.from_pylist(numbered(r)), p),
    "some ids": lambda p, r: pq.write_table(pa.Table.from_pylist(half_without(r)), p),
    "JSON in a column": lambda p, r: pq.write_table(json_texts(r), p),
    "JSON and ids": lambda p, r: pq.write_table(json_texts(r, id=[x["id"] for x in r]), p),
    "categories": lambda p, r: pq.write_table(categories(r), p, compression=None),
    "categories in groups": lambda p, r: pq.write_table(categories(r), p, row_group_size=3),
    "dictionaries in a file": lambda p, r: arrow(p, categories(r), pa.ipc.new_file),
    "dictionaries in a stream": lambda p, r: arrow(p, categories(r), pa.ipc.new_stream),
    "nested dictionaries": lambda p, r: arrow(p, nested_categories(r), pa.ipc.new_file),
    "an array": lambda p, r: p.write_text(json.dumps(r).replace("/", "\\/")),
    "an array of texts": lambda p, r: p.write_text(json.dumps([{"text": x["text"]} for x in r])),
    "a pretty array": lambda p, r: p.write_text(json.dumps(r, indent=2) + "\n"),
    "byte order mark": lambda p, r: lines(p, r, "\ufeff", "\r\n"),
    "a mark and long lines": lambda p, r: lines(p, [{"z": "y" * 70_000, **x} for x in r], "\ufeff"),
    "NaN": lambda p, r: lines(p, [{**x, "score": float("nan")} for x in r]),
    "halves of pairs": lambda p, r: lines(p, [{**x, "note": "\ud800"} for x in r]),
    "full text": lambda p, r: database(
        p, "CREATE VIRTUAL TABLE docs USING fts5(id, url, text)", values(r)
    ),
    "full text beside": lambda p, r: database(
        p,
        "CREATE TABLE docs (id, url, text)",
        values(r),
        "CREATE VIRTUAL TABLE seek USING fts5(text, content='docs')",
        "INSERT INTO seek(seek) VALUES ('rebuild')",
    ),
    "without rowid": lambda p, r: database(
        p, "CREATE TABLE docs (id TEXT PRIMARY KEY, url, text) WITHOUT ROWID", values(r)
    ),
    "a column called rowid": lambda p, r: database(
        p, "CREATE TABLE docs (id, url, text, rowid DEFAULT 1)", values(r)
    ),
}


@pytest.mark.parametrize("make", COPIES.values(), ids=COPIES)
def test_nothing_of_what_was_removed_is_left_in_the_bytes(make, corpus, tmp_path):
    path = tmp_path / "copy" / "data"
    path.parent.mkdir()
    make(path, corpus.rows)

    result = apply_removals(str(path.parent), corpus.said, How())

    assert (result.counts.removed, result.left) == (len(corpus.removed), [])
    data = path.read_bytes()
    for record in corpus.removed:
        assert record["text"].encode() not in data
        assert f'{record["metadata"]["url"]}"'.encode() not in data
    if not data.startswith((b"PAR1", b"SQLite")):
        assert all(record["text"].encode() in data for record in corpus.stays)
    assert apply_removals(str(path.parent), corpus.said, How(look=True)).left == []
    assert apply_removals(str(path.parent), corpus.said, How()).rewritten == 0


def test_an_array_keeps_what_stays_as_it_was_written(corpus, tmp_path):
    gone = {record["id"] for record in corpus.removed}
    stays = [row for row in corpus.rows if row["id"] not in gone]
    for indent in (None, 1, 4):
        path = tmp_path / f"{indent}.json"
        path.write_text(json.dumps(corpus.rows, indent=indent))
        apply_removals(str(path), corpus.said, How())
        assert path.read_text() == json.dumps(stays, indent=indent)


def test_dictionaries_keep_their_type_and_order(corpus, tmp_path):
    rows = [{**row, "n": "cba"[at % 3]} for at, row in enumerate(corpus.rows)]
    table = pa.Table.from_pylist(rows)
    grades = (
        pa.array(["c", "b", "a", "b"] * 3)
        .dictionary_encode()
        .cast(pa.dictionary(pa.int8(), pa.string()))
    )
    table = table.set_column(3, "n", grades)
    for name, make in (("a", pa.ipc.new_file), ("b", pa.ipc.new_stream)):
        arrow(tmp_path / name, table, make)
    apply_removals(str(tmp_path), corpus.said, How())
    gone = {record["id"] for record in corpus.removed}
    keep = pa.array([row["id"] not in gone for row in rows])
    for name, read in (("a", pa.ipc.open_file), ("b", pa.ipc.open_stream)):
        found = read((tmp_path / name).read_bytes()).read_all()
        assert found.schema.equals(table.schema)
        assert found.to_pylist() == table.filter(keep).to_pylist()
        assert found["n"].chunk(0).dictionary.to_pylist() == ["c", "b", "a"]


NOT_CLEAN = {
    "lines that end in CR": ("a.csv", lambda r: "id,url\r" + f"{r['id']},{r['url']}\r"),
    "an array that breaks off": ("a.json", lambda r: json.dumps([r])[:-1]),
    "two arrays": ("a.json", lambda r: json.dumps([r]) * 2),
}


@pytest.mark.parametrize(("name", "text"), NOT_CLEAN.values(), ids=NOT_CLEAN)
def test_what_cannot_be_cleaned_is_told(name, text, corpus, tmp_path):
    gone = {record["id"] for record in corpus.removed}
    row = next(row for row in corpus.rows if row["id"] in gone)
    (tmp_path / name).write_text(text(row), newline="")
    assert apply_removals(str(tmp_path), corpus.said, How()).left


def test_a_table_without_header_loses_its_first_line_too(corpus, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("".join(f"{row['id']},{row['url']}\n" for row in corpus.rows))
    result = apply_removals(str(path), corpus.said, How())
    assert result.counts.removed == len(corpus.removed)
    assert len(path.read_text().splitlines()) == len(corpus.stays)


def test_data_whose_name_speaks_of_removals_is_data(corpus, tmp_path):
    for name in ("without-removals.jsonl", "removals-taken-out.jsonl", "tombstones.jsonl"):
        lines(tmp_path / name, [{"text": row["text"]} for row in corpus.rows])
    result = apply_removals(str(tmp_path), corpus.said, How())
    assert result.counts.removed == 3 * len(corpus.removed)


def test_ids_in_capitals_or_as_uuids_are_known(corpus, tmp_path):
    ids = [row["id"] for row in corpus.rows]
    dashed = [f"{i[:8]}-{i[8:12]}-{i[12:16]}-{i[16:20]}-{i[20:]}" for i in ids]
    for name, spelled in (
        ("a", [i.upper() for i in ids]),
        ("b", [f"urn:uuid:{i}" for i in dashed]),
    ):
        lines(tmp_path / f"{name}.jsonl", [{"id": value} for value in spelled])
    counts = apply_removals(str(tmp_path), corpus.said, How()).counts
    assert (counts.removed, counts.unmatched) == (2 * len(corpus.removed), 0)


def test_a_database_s_log_does_not_bring_back_what_left(corpus, tmp_path):
    live = tmp_path / "live.db"
    connection = sqlite3.connect(live)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE docs (id, url, text)")
    connection.executemany("INSERT INTO docs VALUES (?, ?, ?)", values(corpus.rows))
    connection.commit()
    copy = tmp_path / "copy"
    copy.mkdir()
    for end in ("", "-wal"):
        shutil.copy(f"{live}{end}", copy / f"a.db{end}")

    result = apply_removals(str(copy), corpus.said, How())
    busy = apply_removals(str(live), corpus.said, How())

    connection.close()
    assert (result.counts.removed, result.left) == (len(corpus.removed), [])
    with sqlite3.connect(copy / "a.db") as cleaned:
        assert cleaned.execute("SELECT count(*) FROM docs").fetchone() == (len(corpus.stays),)
    cleaned.close()
    assert busy.left or busy.counts.removed == len(corpus.removed)


def test_a_table_of_texts_under_an_unknown_name_is_not_clean(corpus, tmp_path):
    database(tmp_path / "a.db", "CREATE TABLE t (x)")
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.executemany("INSERT INTO t VALUES (?)", [(r["text"],) for r in corpus.rows])
    connection.close()
    assert "NOT READ: table t" in apply_removals(str(tmp_path), corpus.said, How()).left[0]
    how = How(Columns(text="x"))
    assert apply_removals(str(tmp_path), corpus.said, how).counts.removed == len(corpus.removed)


def test_what_a_link_leads_to_is_cleaned_and_the_link_stays(corpus, tmp_path):
    blob = tmp_path / "blobs" / "0a1b"
    blob.parent.mkdir()
    (tmp_path / "copy").mkdir()
    blob.write_text("id,url\n" + "".join(f"{r['id']},{r['url']}\n" for r in corpus.rows))
    link = tmp_path / "copy" / "a.csv"
    link.symlink_to(blob)
    apply_removals(str(link.parent), corpus.said, How())
    assert link.is_symlink()
    assert len(blob.read_text().splitlines()) == 1 + len(corpus.stays)


def test_two_runs_never_write_one_copy(corpus, tmp_path):
    lines(tmp_path / "a.jsonl", corpus.rows)
    other = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    with pytest.raises(StorageError, match="another run"):
        apply_removals(str(tmp_path), corpus.said, How())
    assert apply_removals(str(tmp_path), corpus.said, How(look=True)).left
    os.close(other)
    assert apply_removals(str(tmp_path), corpus.said, How()).left == []


def test_columns_named_later_are_looked_at(corpus, tmp_path):
    lines(
        tmp_path / "a.jsonl",
        [{"url": f"https://x.test/{n}", "link2": row["url"]} for n, row in enumerate(corpus.rows)],
    )
    assert apply_removals(str(tmp_path), corpus.said, How()).counts.removed == 0
    how = How(Columns(url="link2"))
    assert apply_removals(str(tmp_path), corpus.said, how).counts.removed == len(corpus.removed)


def test_a_loader_s_ids_of_other_makers_are_no_hashes():
    found = HashSet.of(["0f" * 16])
    asked = ["<urn:uuid:1>", None, "0f" * 16, "", "doc-7"]
    assert found.within(asked).tolist() == [False, False, True, False, False]
    assert not np.any(found.within([]))


def test_a_receipt_says_which_files_are_not_clean(corpus, tmp_path):
    lines(tmp_path / "a.jsonl", corpus.rows)
    (tmp_path / "b.bin").write_bytes(b"\x01\0\x02")
    (tmp_path / "c.md").write_text(f"See {corpus.removed[0]['metadata']['url']} there\n")
    for _ in range(2):
        result = apply_removals(str(tmp_path), corpus.said, How())
        receipt = json.loads((tmp_path / "removals-receipt-4.json").read_bytes())
        assert receipt["not_clean"] == ["b.bin", "c.md"]
        assert len(result.left) == 2


def test_what_has_only_a_url_cannot_be_held_against_an_erasure(tmp_path):
    erased = publish(tmp_path / "c", pages=4, reason="erasure")
    urls = [record["metadata"]["url"] for record in erased.records]
    lines(tmp_path / "a.jsonl", [{"url": url} for url in urls])
    with (tmp_path / "a.warc").open("wb") as out:
        writer = WARCWriter(out, gzip=False)
        for url in urls:
            page = io.BytesIO(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x</p>")
            writer.write_record(writer.create_warc_record(url, "response", payload=page))
    for name in ("a.jsonl", "a.warc"):
        counts = apply_removals(str(tmp_path / name), feed_of(erased), How(look=True)).counts
        assert (counts.rows, counts.removed, counts.unmatched) == (4, 0, 4), name
