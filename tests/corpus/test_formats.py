"""A format is one module that declares all that others need, and one line in the table."""

import json

import pytest

from crawler.corpus.errors import CorpusError
from crawler.corpus.export import formats
from crawler.corpus.export.export_job import export
from crawler.corpus.export.verify_export import verify_export
from tests.corpus.made import plan, standard

A_FORMAT = """
import json

from crawler.corpus.records.format import Format


class Tsv:
    def __init__(self, file, path, source):
        self.file = file

    def write(self, record, page):
        return self.file.write(f"{record['id']}\\t{json.dumps(record)}\\n".encode())

    def close(self):
        self.file.flush()


def records(path):
    for line in path.read_text().splitlines():
        yield json.loads(line.partition("\\t")[2])


FORMAT = Format(
    name="tsv",
    media_type="text/tab-separated-values",
    suffix=lambda options: "tsv",
    open=Tsv,
    records=records,
    tabular=False,
)
"""


@pytest.fixture
def tsv(tmp_path, monkeypatch):
    (tmp_path / "a_format.py").write_text(A_FORMAT)
    monkeypatch.syspath_prepend(tmp_path)
    import a_format

    monkeypatch.setitem(formats.FORMATS, "tsv", a_format.FORMAT)


@pytest.mark.usefixtures("tsv")
def test_a_format_of_another_module_is_exported_described_and_verified(tmp_path):
    job = standard(tmp_path / "job").folder
    out = tmp_path / "out"

    exported = export(job, out, plan(format="tsv"))

    (entry,) = [
        f for f in json.loads((out / "manifest.json").read_text())["files"] if "data" in f["path"]
    ]
    described = json.loads((out / "croissant.json").read_text())["distribution"]
    assert entry["path"] == "data/train-00000.tsv"
    assert entry["records"] == exported.records > 0
    assert [item["encodingFormat"] for item in described] == ["text/tab-separated-values"]
    assert verify_export(out).faults == ()


@pytest.mark.parametrize("form", [*formats.FORMATS])
def test_verify_counts_the_records_of_each_file_itself(form, tmp_path):
    job = standard(tmp_path / "job").folder
    out = tmp_path / "out"
    exported = export(job, out, plan(format=form))
    manifest = out / "manifest.json"
    lie = json.loads(manifest.read_text())
    lie["records"] += 1
    lie["files"] = [f | {"records": f["records"] + ("data/" in f["path"])} for f in lie["files"]]

    assert verify_export(out).faults == ()
    manifest.write_text(json.dumps(lie))

    said = [fault.what for fault in verify_export(out).faults]
    assert any("the manifest says" in what for what in said)
    assert any(f"the records come to {exported.records}" in what for what in said)


def test_an_unknown_format_is_named_with_those_there_are(tmp_path):
    job = standard(tmp_path / "job").folder

    with pytest.raises(CorpusError, match="no format 'cvs'; choose of jsonl, parquet, warc"):
        export(job, tmp_path / "out", plan(format="cvs"))
