"""What is wrong is said in one line, with the right exit code, before any request."""

import os
import sqlite3
import subprocess

import pytest

from tests.acceptance.conftest import HOST, SEED, kept, policy_text, run


@pytest.fixture
def nowhere(tmp_path):
    """Return a policy that is right, of a host where nobody listens."""
    path = tmp_path / "policy.toml"
    path.write_text(policy_text({HOST: "127.0.0.33:9"}))
    return path


def one_line(result):
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert "Traceback" not in result.stderr
    return lines[0]


def test_a_seed_that_is_no_url(nowhere, tmp_path):
    result = run("crawl", "news.test/no-scheme:", "--job", tmp_path / "job", "--policy", nowhere)

    assert result.returncode == 2
    assert "news.test/no-scheme:" in one_line(result)


def test_an_empty_seed_file(nowhere, tmp_path):
    seeds = tmp_path / "seeds.txt"
    seeds.write_text("\n# nothing yet\n\n")
    result = run("crawl", "--seeds-file", seeds, "--job", tmp_path / "job", "--policy", nowhere)

    assert result.returncode == 2
    assert "seed" in one_line(result)


def test_an_unknown_policy_key(tmp_path):
    policy = tmp_path / "policy.toml"
    policy.write_text(policy_text({HOST: "127.0.0.33:9"}, more="patiance = '1m'"))
    result = run("crawl", SEED, "--job", tmp_path / "job", "--policy", policy)

    assert result.returncode == 2
    line = one_line(result)
    assert str(policy) in line
    assert "patiance" in line


def test_no_identity(tmp_path):
    result = run("crawl", SEED, "--job", tmp_path / "job", "--policy", "default")

    assert result.returncode == 2
    assert "identity" in result.stderr


def test_a_database_of_a_newer_version(nowhere, tmp_path):
    job = tmp_path / "job"
    job.mkdir()
    with sqlite3.connect(job / "crawl.db") as connection:
        connection.execute("PRAGMA user_version = 99999")
    connection.close()
    result = run("crawl", SEED, "--job", job, "--policy", nowhere)

    assert result.returncode == 1
    assert "newer" in one_line(result)


def test_a_job_below_something_that_is_no_folder(nowhere, tmp_path):
    (tmp_path / "file").write_text("")
    result = run("crawl", SEED, "--job", tmp_path / "file" / "job", "--policy", nowhere)

    assert result.returncode == 1
    assert "cannot be made" in one_line(result)


@pytest.fixture
def small_disk(tmp_path):
    """Return a real file system of two megabytes, and how to change its options."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(*options):
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)],
            check=False,
            capture_output=True,
            text=True,
        )
        if mounted.returncode:
            pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")

    mount("size=2m")
    yield folder, mount
    subprocess.run(["umount", str(folder)], check=True)


def test_a_folder_that_cannot_be_written(nowhere, small_disk):
    folder, mount = small_disk
    mount("remount", "ro")
    result = run("crawl", SEED, "--job", folder, "--policy", nowhere)

    assert result.returncode == 1
    assert str(folder) in one_line(result)


def test_a_full_disk_loses_nothing(policy, documentation, small_disk):
    folder, mount = small_disk
    result = run("crawl", SEED, "--job", folder / "job", "--policy", policy)
    first = kept(folder / "job")

    assert result.returncode == 1
    assert "the disk is full" in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr

    mount("remount", "size=500m")
    result = run("crawl", SEED, "--job", folder / "job", "--policy", policy, timeout=300)

    assert result.returncode == 0, result.stderr
    assert set(first) <= set(kept(folder / "job")) == set(documentation.pages)
