"""A screening carried to storage behind a URL: what a folder would hold, whole or not seen."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from crawler import carrying, storage
from crawler.cli import build
from crawler.storage import StorageError
from tests.object_store import STORAGES, here, new_place, s3, s3_server, there  # noqa: F401 - fixtures

AT = 1_760_000_000.0
HOSTS = {"yes": "Allow", "no": "Disallow"}


@pytest.fixture(params=STORAGES)
def place(request):
    return new_place(request)


@pytest.fixture
def inputs(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b/c"):
        (folder / name).parent.mkdir(exist_ok=True)
        lines = [{"url": f"http://{host}.test/{name}", "date": "2025"} for host in HOSTS]
        (folder / name).write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    told = [
        {"domain": f"{host}.test", "date": "2024", "robots_txt": f"User-agent: *\n{rule}: /"}
        for host, rule in HOSTS.items()
    ]
    (tmp_path / "evidence.jsonl").write_text("".join(f"{json.dumps(item)}\n" for item in told))
    return folder


def words(inputs, job, out):
    evidence = inputs.parent / "evidence.jsonl"
    return [
        *("screen", str(inputs), "--job", str(inputs.parent / job), "--out", str(out)),
        *("--evidence", str(evidence), "--no-collect", "--as-of", "capture"),
    ]


@pytest.fixture
def screen(inputs, monkeypatch):
    monkeypatch.setattr("crawler.cli.screen.time.time", lambda: AT)

    def run(out, *, fails=False, job="job"):
        done = CliRunner().invoke(build({"screen"}), words(inputs, job, out))
        assert bool(done.exit_code) == fails, done.output
        return done.output + str(done.exception or "")

    return run


def test_what_lies_there_is_what_a_folder_would_hold(screen, place, tmp_path):
    screen(tmp_path / "out", job="other")

    assert f"written to {place}" in screen(place)

    assert there(place) == here(tmp_path / "out")
    assert b'"consent_reason": "ok"' in there(place)["b/c"]
    assert not list(tmp_path.glob("job/**/*.partial"))
    assert "finished already" in screen(f"{place}/")


def test_what_lies_there_already_is_left_alone(screen, place):
    with storage.writing(storage.join(place, "mine")) as file:
        file.write(b"mine")

    assert "is already there" in screen(place, fails=True)

    assert there(place) == {"mine": b"mine"}


def test_what_cannot_be_written_to_is_said_at_once(screen):
    assert "HTTP only reads" in screen("https://127.0.0.1:9/there", fails=True)


def test_a_broken_connection_shows_no_manifest_and_a_run_goes_on(
    screen, place, tmp_path, monkeypatch
):
    screen(tmp_path / "out", job="other")
    whole = here(tmp_path / "out")
    real, count = storage.copy, [0]

    def copy(source, target):
        count[0] += 1
        if count[0] % 3 == 0:
            raise StorageError(target, "the connection ended")
        return real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(carrying, "copy", copy)
        for _ in range(2):
            screen(place, fails=True)
            assert "manifest.json" not in there(place)
            assert carrying.MARK in there(place)

    screen(place)

    assert there(place) == whole


@pytest.mark.slow
def test_killed_at_any_moment_it_ends_with_the_same_bytes(inputs, s3, tmp_path):  # noqa: F811
    place = f"{s3}/killed"
    for pause in (0.6, 0.9, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4):
        command = [sys.executable, "-m", "crawler", *words(inputs, "job", place)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        time.sleep(pause)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        found = there(place)
        if "manifest.json" in found:
            listed = json.loads(found["manifest.json"])["outputs"]
            assert {item["file"] for item in listed} <= found.keys()
    subprocess.run(command, check=True)
    found = there(place)
    at = json.loads(found["manifest.json"])["decided_at"]

    other = [sys.executable, "-c", _AT.format(at), *words(inputs, "other", tmp_path / "out")]
    subprocess.run(other, check=True)

    assert found == here(tmp_path / "out")


_AT = "import time; time.time = lambda: {}; from crawler.cli import main; main()"
