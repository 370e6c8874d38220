"""The exports in the tools that people use."""

import gzip
import json

import pytest

from crawler.corpus.export.export_job import export
from crawler.store.archive import Archive, Writer
from tests.corpus import made
from tests.corpus.test_export import lines

pytestmark = [
    pytest.mark.slow,
    # The tools' own warnings are theirs to mend.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("interop")
    archived = made.job(folder / "job3")
    archive = Archive(folder / "job3", Writer("crawler", "Bot", "ops"))
    archive.open(archived.connection)
    for number in range(40):
        archived.page(
            f"https://a.test/{number}",
            f"Text number {number} with ümlauts and \u4e2d\u6587.",
            licence=("CC-BY-4.0", "CC-BY-SA-4.0", "", "CC0-1.0")[number % 4],
            archive=archive,
        )
    archive.sync(archived.connection)
    archived.connection.close()
    for name, options in {
        "zst": {},
        "gz": {"compression": "gz"},
        "parquet": {"format": "parquet"},
        "warc": {"format": "warc"},
    }.items():
        export(folder / "job3", folder / name, made.plan(**options))
    return folder


@pytest.fixture(scope="module")
def wanted(folder):
    return {record["id"]: record["text"] for record in lines(folder / "zst")}


def files(folder, pattern):
    return sorted(str(path) for path in (folder / "data").rglob(pattern))


@pytest.mark.parametrize("name", ["zst", "gz", "parquet"])
def test_datasets_reads_the_folder_by_its_card(folder, wanted, tmp_path, name):
    datasets = pytest.importorskip("datasets")

    data = datasets.load_dataset(str(folder / name), "default", cache_dir=str(tmp_path))["train"]

    assert {row["id"]: row["text"] for row in data} == wanted
    assert data[0]["metadata"]["consent"]["decision"] == "include"


def test_a_config_of_parquet_is_one_licence_class(folder, tmp_path):
    datasets = pytest.importorskip("datasets")

    data = datasets.load_dataset(str(folder / "parquet"), "sa", cache_dir=str(tmp_path))["train"]

    assert {row["metadata"]["license_class"] for row in data} == {"SA"}
    assert len(data) == 10


def test_pyarrow_reads_every_class_with_one_schema(folder, wanted):
    parquet = pytest.importorskip("pyarrow.parquet")
    paths = files(folder / "parquet", "*.parquet")

    tables = [parquet.read_table(path, partitioning=None) for path in paths]

    assert len({str(table.schema) for table in tables}) == 1
    rows = [row for table in tables for row in table.to_pylist()]
    assert {row["id"]: row["text"] for row in rows} == wanted
    assert parquet.ParquetFile(paths[0]).metadata.row_group(0).column(0).compression == "ZSTD"
    assert parquet.ParquetFile(paths[0]).metadata.row_group(0).column(0).has_offset_index


@pytest.mark.parametrize("name", ["zst", "gz"])
def test_datatrove_reads_the_lines(folder, wanted, name):
    readers = pytest.importorskip("datatrove.pipeline.readers")
    compression = {"zst": "zstd", "gz": "gzip"}[name]
    reader = readers.JsonlReader(str(folder / name / "data"), compression=compression)

    found = list(reader.run())

    assert {item.id: item.text for item in found} == wanted
    assert found[0].metadata["url"] == "https://a.test/0"


@pytest.mark.parametrize("name", ["gz", "parquet"])
def test_mlcroissant_validates_and_reads(folder, wanted, name):
    mlcroissant = pytest.importorskip("mlcroissant")

    dataset = mlcroissant.Dataset(jsonld=str(folder / name / "croissant.json"))

    assert not dataset.metadata.issues.errors
    found = {}
    for record_set in dataset.metadata.record_sets:
        for row in dataset.records(record_set.name):
            values = {key.rpartition("/")[2]: value for key, value in row.items()}
            found[values["id"].decode()] = values["text"].decode()
    assert found == wanted


def test_warcio_and_fastwarc_read_the_same_records(folder, wanted):
    archive = pytest.importorskip("fastwarc.warc")
    from warcio.archiveiterator import ArchiveIterator

    (path,) = files(folder / "warc", "*.warc.gz")
    with open(path, "rb") as file:  # noqa: PTH123 - fastwarc takes a path or such a file
        one = [
            (
                record.rec_type,
                record.rec_headers.get_header("WARC-Record-ID"),
                record.rec_headers.get_header("WARC-Target-URI"),
                record.content_stream().read(),
            )
            for record in ArchiveIterator(file, check_digests="raise")
        ]
    other = []
    with gzip.open(path) as plain:
        iterator = archive.ArchiveIterator(plain, parse_http=False, verify_digests=True)
        other += [record.record_id for record in iterator]

    kinds = [kind for kind, *_ in one]
    assert kinds[0] == "warcinfo"
    assert kinds.count("response") == len(wanted) + 1  # the latest robots.txt, once
    assert kinds.count("request") == kinds.count("conversion") == len(wanted)
    assert kinds.count("metadata") == 2 * len(wanted)
    assert [name.strip("<>") for _, name, *_ in one] == [name.strip("<>") for name in other]
    texts = [body.decode() for kind, _, _, body in one if kind == "conversion"]
    assert sorted(texts) == sorted(wanted.values())


@pytest.mark.parametrize("name", ["zst", "parquet"])
def test_the_card_validates(folder, name):
    hub = pytest.importorskip("huggingface_hub")

    card = hub.DatasetCard.load(folder / name / "README.md")

    assert card.data.license
    assert card.data.size_categories == ["n<1K"]
    assert card.data.to_dict()["configs"][0]["config_name"] == "default"


def test_the_eu_summary_names_the_largest_domains(folder):
    summary = json.loads((folder / "zst" / "eu_art53.json").read_text())

    by_number = {section["number"]: section["fields"] for section in summary["sections"]}
    assert by_number["1.3"]["Training data size"].startswith("less than 1 billion")
    listed = (folder / "zst" / "top_domains.csv").read_text().splitlines()
    assert listed[0].startswith("rank,registrable_domain,bytes")
    assert listed[1].split(",")[1] == "a.test"
