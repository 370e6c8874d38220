import subprocess
import sys
import uuid

import pytest

from crawler import storage
from crawler.storage import StorageError
from tests.object_store import s3, s3_server  # noqa: F401 - fixtures


@pytest.fixture(params=["path", "memory", pytest.param("s3", marks=pytest.mark.slow)])
def folder(request, tmp_path):
    if request.param == "path":
        return str(tmp_path / "store")
    if request.param == "s3":
        return request.getfixturevalue("s3") + "/some/prefix"
    pytest.importorskip("fsspec")
    return f"memory://{uuid.uuid4().hex}"


def put(place, data):
    with storage.writing(place) as file:
        file.write(data)


def got(place):
    with storage.open_stream(place) as file:
        return file.read()


def test_what_is_written_is_read_listed_hashed_and_removed(folder):
    one, two = storage.join(folder, "data", "a b.txt"), storage.join(folder, "b.txt")
    put(one, b"one")
    put(two, b"two two")

    assert got(one) == b"one"
    assert {(storage.name_of(item.place), item.bytes) for item in storage.listing(folder)} == {
        ("a b.txt", 3),
        ("b.txt", 7),
    }
    assert sorted(got(item.place) for item in storage.listing(folder)) == [b"one", b"two two"]
    assert storage.exists(one)
    assert storage.is_folder(storage.join(folder, "data"))
    assert storage.size_of(two) == 7
    assert storage.delete(one)
    assert not storage.delete(one)
    assert not storage.exists(one)
    assert storage.listing(storage.join(folder, "nothing")) == []


def test_a_stream_is_sought_in_and_two_readers_do_not_meet(folder):
    place = storage.join(folder, "x")
    put(place, bytes(range(256)) * 100)

    with storage.open_stream(place) as one, storage.open_stream(place) as two:
        one.seek(250)

        assert two.read(3) == b"\x00\x01\x02"
        assert one.read(8) == b"\xfa\xfb\xfc\xfd\xfe\xff\x00\x01"
        assert one.tell() == 258


def test_what_is_not_written_to_its_end_does_not_show_and_leaves_what_was_there(folder):
    place = storage.join(folder, "x")
    put(place, b"before")

    class BrokenError(Exception):
        pass

    def broken_off(size):
        with storage.writing(place) as file:
            file.write(b"y" * size)
            raise BrokenError

    for size in (3, 20_000_000):  # in one part and in several
        with pytest.raises(BrokenError):
            broken_off(size)

    assert got(place) == b"before"
    assert [item.bytes for item in storage.listing(folder)] == [6]


def test_a_copy_is_read_back_before_it_counts(folder, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"x" * 3_000_000)
    target = storage.join(folder, "copy")

    digest = storage.copy(str(source), target)

    assert digest == storage.hash_of(str(source)) == storage.hash_of(target)


def test_what_is_not_there_is_one_kind_of_error_that_names_it(folder):
    place = storage.join(folder, "missing")

    with pytest.raises(StorageError, match=r"missing.*no such file"):
        storage.open_stream(place)
    with pytest.raises(StorageError, match="no such file"):
        storage.size_of(place)


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("https://me:secret@host.test/a", "https://host.test/a"),
        ("https://host.test/a?X-Amz-Signature=secret", "https://host.test/a?..."),
        ("/home/me@work/a?b", "/home/me@work/a?b"),
        ("C:/data", "C:/data"),
    ],
)
def test_no_secret_of_a_place_is_shown(place, shown):
    assert storage.shown(place) == shown


@pytest.mark.parametrize(
    ("place", "folder", "within"),
    [
        ("s3://b/p/x", "s3://b/p", True),
        ("s3://b/p2/x", "s3://b/p", False),
        ("s3://b/p/../q", "s3://b/p", False),
        ("s3://b/p/%2e%2E/q", "s3://b/p", False),
        ("s3://b/p/a%2f..%2Fq", "s3://b/p", False),
        ("s3://b/p/\\..\\q", "s3://b/p", False),
        ("simplecache::s3://b/p/x", "simplecache::s3://b/p", False),
        ("file:///etc/passwd", "s3://b/p", False),
        ("/etc/passwd", "s3://b/p", False),
        ("/data/x/../y", "/data", True),
        ("/data/../etc/passwd", "/data", False),
        ("/database", "/data", False),
        ("https://h.test/crawl/a.gz", "https://h.test/crawl/", True),
        ("https://h.test.evil/crawl/a.gz", "https://h.test", False),
    ],
)
def test_what_lies_within_a_prefix_is_told_whatever_its_dots_say(place, folder, within):
    assert storage.is_within(place, folder) is within


@pytest.mark.parametrize("place", ["nonsense://x/y", "memory://", "https://"])
def test_a_place_that_is_none_is_a_clear_error(place):
    with pytest.raises(StorageError, match=place):
        storage.open_stream(place)


def test_without_its_libraries_the_extra_is_named():
    code = (
        "import sys; sys.modules['fsspec'] = None\n"
        "from crawler import storage\n"
        "try: storage.open_stream('s3://b/x')\n"
        "except storage.StorageError as error: print(error)"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert 'pip install "consent-crawler[cloud]"' in said.stdout


def test_a_link_in_place_of_a_draft_is_not_written_through(tmp_path):
    kept = tmp_path / "kept"
    kept.write_text("kept")
    (tmp_path / "out").symlink_to(kept)

    put(str(tmp_path / "out"), b"new")

    assert kept.read_text() == "kept"


@pytest.mark.slow
def test_storage_out_of_reach_is_told_soon(s3, monkeypatch):  # noqa: F811
    import s3fs

    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    s3fs.S3FileSystem.clear_instance_cache()

    for act in (storage.exists, storage.open_stream, storage.delete, storage.listing):
        with pytest.raises(StorageError):
            act(f"{s3}/x")
