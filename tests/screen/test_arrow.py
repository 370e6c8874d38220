"""Arrow IPC, as files and as streams: told by content, the same form out, damage counted."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crawler.inputs import Input, UnknownInputError
from tests.cli.run import invoke

URLS = [f"http://{host}.test/{number}" for number in range(40) for host in ("yes", "no")]
KEPT = [url for url in URLS if url.startswith("http://yes")]
EVIDENCE = [
    {"domain": "yes.test", "date": "2024-01-01", "robots_txt": "User-agent: *\nAllow: /"},
    {"domain": "no.test", "date": "2024-01-01", "robots_txt": "User-agent: *\nDisallow: /"},
]


def table(**more):
    columns = {"id": list(range(len(URLS))), "url": URLS, "date": ["2024-05-18"] * len(URLS)}
    return pa.table(columns | more)


def write(path, rows, form="stream", size=16, **options):
    make = pa.ipc.new_file if form == "file" else pa.ipc.new_stream
    with make(str(path), rows.schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(rows, max_chunksize=size)


@pytest.fixture
def screen(tmp_path):
    (tmp_path / "evidence.jsonl").write_text("".join(f"{json.dumps(x)}\n" for x in EVIDENCE))

    def run(path, *more, out="out"):
        words = [str(path), "--job", str(tmp_path / f"job-{out}"), "--out", str(tmp_path / out)]
        words += ["--evidence", str(tmp_path / "evidence.jsonl"), "--no-collect"]
        done = invoke("screen", *words, "--as-of", "capture", *more)
        assert not done.exit_code, done.output
        return tmp_path / out, done.output

    return run


@pytest.mark.parametrize(
    ("form", "compression"), [("file", "lz4"), ("file", None), ("stream", "zstd")]
)
def test_form_schema_compression_and_order_stay(tmp_path, screen, form, compression):
    rows = table(meta=[{"a": [1, None], "b": "x" * 99}] * len(URLS))
    write(tmp_path / "in", rows, form, compression=compression)

    out, _ = screen(tmp_path / "in")

    data = (out / "in").read_bytes()
    opened = (pa.ipc.open_file if form == "file" else pa.ipc.open_stream)(data)
    found = opened.read_all()
    assert found["url"].to_pylist() == KEPT
    assert found.schema.names[:4] == rows.schema.names
    assert list(found.schema.types[:4]) == list(rows.schema.types)
    assert set(found["consent_reason"].to_pylist()) == {"ok"}
    packed = {"lz4": b"\x04\x22\x4d\x18", "zstd": b"\x28\xb5\x2f\xfd"}
    assert {name for name, mark in packed.items() if mark in data} == {compression} - {None}


@pytest.mark.parametrize(
    "column",
    [
        pa.array(URLS, pa.large_string()),
        pa.array(URLS, pa.string_view()),
        pa.array(URLS).dictionary_encode(),
        pa.array([{"warc": {"url": url}} for url in URLS]),
        pa.array([json.dumps({"url": url}) for url in URLS]),
    ],
    ids=["large", "view", "dictionary", "nested", "json"],
)
def test_urls_in_every_kind_of_column(tmp_path, screen, column):
    nested = pa.types.is_struct(column.type) or column[0].as_py().startswith("{")
    name = "metadata" if nested else "url"
    rows = pa.table({name: column, "date": ["2024-05-18"] * len(URLS)})
    write(tmp_path / "in", rows)
    named = ("--url-column", "metadata.warc.url") if pa.types.is_struct(column.type) else ()

    out, _ = screen(tmp_path / "in", *named)

    assert pa.ipc.open_stream((out / "in").read_bytes()).read_all().num_rows == len(KEPT)
    assert pq.read_table(out / "refused.parquet").num_rows == len(KEPT)


def test_dictionaries_that_are_replaced_and_added_to(tmp_path, screen):
    kind = pa.dictionary(pa.int32(), pa.string())
    batches = [
        pa.record_batch({"url": URLS[at : at + 8], "tag": pa.array([str(at)] * 8, kind)})
        for at in range(0, 80, 8)
    ]
    with pa.ipc.new_stream(str(tmp_path / "in"), batches[0].schema) as writer:
        for batch in batches:
            writer.write_batch(batch)

    out, _ = screen(tmp_path / "in", "--annotate")

    found = pa.ipc.open_stream((out / "in").read_bytes()).read_all()
    assert [str(tag) for tag in found["tag"].to_pylist()] == [str(n // 8 * 8) for n in range(80)]


@pytest.mark.parametrize("form", ["file", "stream"])
def test_a_cut_file_is_read_as_far_as_it_goes(tmp_path, form):
    write(tmp_path / "whole", table(), form)
    data = (tmp_path / "whole").read_bytes()
    for size in range(len(data) // 2, len(data) - 9, 97):
        (tmp_path / "cut").write_bytes(data[:size])

        with Input(str(tmp_path / "cut")) as rows:
            found = [row.url for row in rows]

        assert found == URLS[: len(found)]
        assert len(found) == len(URLS) or rows.damage or form == "stream"


@pytest.mark.parametrize("form", ["file", "stream"])
def test_octets_changed_anywhere_never_raise(tmp_path, form):
    write(tmp_path / "whole", table(tag=pa.array(URLS).dictionary_encode()), form)
    data = bytearray((tmp_path / "whole").read_bytes())
    for at in range(0, len(data), 61):
        broken = bytes(data[:at] + b"\xff\x7f\xff" + data[at + 3 :])
        (tmp_path / "broken").write_bytes(broken)
        try:
            with Input(str(tmp_path / "broken")) as rows:
                list(rows)
        except UnknownInputError:
            continue


def test_texts_that_are_no_utf8_are_read(tmp_path, screen):
    octets = pa.array([b"http://yes.test/\xff\xfe", b"http://yes.test/a"]).view(pa.string())
    write(tmp_path / "in", pa.table({"url": octets, "date": ["2024-05-18"] * 2}))

    out, _ = screen(tmp_path / "in")

    assert pa.ipc.open_stream((out / "in").read_bytes()).read_all().num_rows == 2


def test_the_first_feather_is_named(tmp_path):
    (tmp_path / "in").write_bytes(b"FEA1\0\0\0\0")

    with pytest.raises(UnknownInputError, match="Feather 1"):
        Input(str(tmp_path / "in"))


def test_a_folder_that_datasets_saved(tmp_path, screen):
    datasets = pytest.importorskip("datasets")
    datasets.Dataset.from_dict(table().to_pydict()).save_to_disk(tmp_path / "set", num_shards=2)

    out, _ = screen(tmp_path / "set")

    found = [datasets.Dataset.from_file(str(path)) for path in sorted(out.glob("*.arrow"))]
    assert [url for part in found for url in part["url"]] == KEPT
    assert found[0].features["consent_included"].dtype == "bool"
    assert "state.json" in json.dumps(json.loads((out / "report.json").read_text())["passed_over"])
