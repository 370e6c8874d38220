"""A real S3 server on loopback, for whoever has the `interop` extra."""

import uuid

import pytest

from crawler import storage

STORAGES = ["memory", pytest.param("s3", marks=pytest.mark.slow)]


@pytest.fixture(scope="session")
def s3_server():
    """Yield the endpoint of an S3 server that knows no bucket but `corpus`."""
    pytest.importorskip("s3fs")
    server_of = pytest.importorskip("moto.server").ThreadedMotoServer
    server = server_of(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(s3_server, monkeypatch):
    """Yield a fresh place on the S3 server, found as an operator has it found."""
    import s3fs

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_server)
    s3fs.S3FileSystem.clear_instance_cache()
    bucket = f"corpus-{uuid.uuid4().hex[:8]}"
    s3fs.S3FileSystem().mkdir(bucket)
    yield f"s3://{bucket}"
    s3fs.S3FileSystem.clear_instance_cache()


def new_place(request):
    """Return the URL of a folder that is not there yet, of the kind that a fixture is asked for."""
    pytest.importorskip("fsspec")
    if request.param == "s3":
        return request.getfixturevalue("s3") + "/corpora/one"
    return f"memory://{uuid.uuid4().hex}/one"


def there(place):
    """Return the files that lie at a place, by name, as they are read there."""
    found = {}
    for item in storage.listing(place):
        with storage.open_stream(item.place) as file:
            found[item.place.removeprefix(f"{place}/")] = file.read()
    return found


def here(folder):
    """Return the files of a folder, by name."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }
