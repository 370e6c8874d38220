"""Every command on a damaged job ends in a line, and verify sees what was changed."""

import random
import shutil
import sqlite3

import pytest

from crawler.cli import main
from tests.corpus.site import policy, site

TABLES = (
    "page", "decision", "ledger", "blob", "snapshot", "policy", "tombstone", "takedown",
    "annotation", "cluster", "seal", "subject",
)  # fmt: skip
COMMANDS = {
    "status": ("status", "{job}"),
    "report": ("report", "{job}"),
    "find": ("find", "{job}", "one.test"),
    "explain": ("explain", "{job}", "http://one.test/"),
    "explain-refused": ("explain", "{job}", "http://one.test/no"),
    "verify": ("verify", "{job}"),
    "doctor": ("doctor", "{job}"),
    "redecide": ("redecide", "{job}", "--policy", "{policy}"),
    "export": ("export", "{job}", "--out", "{out}"),
    "export-warc": ("export", "{job}", "--out", "{out}", "--format", "warc"),
    "extract": ("extract", "{job}"),
    "annotate": ("annotate", "{job}"),
    "merge": ("merge", "{job}", "--out", "{out}"),
    "takedown-list": ("takedown", "list", "{job}"),
    "takedown": ("takedown", "close", "{job}", "1"),
    "purge": ("purge", "{job}", "--url", "http://one.test/a", "--reason", "optout"),
    "purge-author": ("purge", "{job}", "--author", "Ada", "--reason", "erasure"),
    "recheck": ("recheck", "{job}", "--policy", "{policy}"),
    "repair": ("doctor", "{job}", "--repair"),
}
VALUES = (
    "'{'", "'[]'", "'null'", "'[1, 2'", "'x'", "''", "-1", "1e308", "x'00ff'", "x'789c01'", "0",
    "CAST(x'fffe41' AS TEXT)", "'[[1]]'", "'{\"a\": 1}'", "9223372036854775807", "NULL",
)  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    where = tmp_path_factory.mktemp("base")
    monkeypatch = pytest.MonkeyPatch()
    with site() as web:
        for name in ("one.test", "two.test"):
            web.page(f"http://{name}/robots.txt", "User-agent: *\nAllow: /\n")
            links = "".join(f'<a href="/{path}">more</a>' for path in ("a", "b", "no"))
            for path in ("", "a", "b"):
                words = " ".join(f"{path or 'start'}{n} word of {name}" for n in range(60))
                web.page(f"http://{name}/{path}", f"<title>T</title><p>{words}</p>{links}")
            web.page(f"http://{name}/no", "<meta name=robots content=noai><p>Not for you.</p>")
        web.page("http://two.test/a", web.pages["one.test/a"][2])
        rules = policy(where / "policy.toml", web, ["one.test", "two.test"])
        seeds = ("http://one.test/", "http://two.test/")
        job = where / "job"
        for words in (
            ("crawl", *seeds, "--policy", rules, "--job", job),
            ("annotate", job),
            ("takedown", "add", job, "--url", "http://two.test/b", "--reason", "mail"),
            ("purge", job, "--url", "http://two.test/", "--reason", "optout"),
        ):
            assert ended(monkeypatch, *words) == 0
    monkeypatch.undo()
    return where


def ended(monkeypatch, *words):
    """Run a command in this process and return its exit code; what is not explained raises."""
    monkeypatch.setattr("sys.argv", ["crawler", *map(str, words)])
    try:
        main()
    except SystemExit as stop:
        return stop.code or 0
    return 0


def content(job):
    """Return what the sealed tables hold, None if they cannot be read."""
    connection = sqlite3.connect(job / "crawl.db")
    connection.text_factory = bytes
    try:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608
            for table in TABLES
        }
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    finally:
        connection.close()


def flip(job, numbers):
    path = job / "crawl.db"
    data = bytearray(path.read_bytes())
    for _ in range(numbers.choice((1, 1, 4, 64))):
        data[numbers.randrange(len(data))] ^= numbers.randrange(1, 256)
    path.write_bytes(data)


def noise(job, numbers):
    path = job / "crawl.db"
    data = bytearray(path.read_bytes())
    at = numbers.randrange(len(data) // 4_096) * 4_096
    data[at : at + 4_096] = numbers.randbytes(4_096)
    path.write_bytes(data)


def cut(job, numbers):
    path = job / "crawl.db"
    data = path.read_bytes()
    path.write_bytes(data[: numbers.randrange(1, len(data))])


def alter(job, numbers, table=None, column=None, value=None):
    connection = sqlite3.connect(job / "crawl.db")
    connection.executescript(
        "DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_no_delete; PRAGMA foreign_keys = OFF;"
        "PRAGMA ignore_check_constraints = ON"
    )
    table = table or numbers.choice(TABLES)
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    column = column or numbers.choice(columns)
    for _ in range(20):
        try:
            connection.execute(
                f"UPDATE {table} SET {column} = {value or numbers.choice(VALUES)}"  # noqa: S608
                f" WHERE {columns[0]} = (SELECT {columns[0]} FROM {table}"
                f" ORDER BY 1 LIMIT 1 OFFSET {numbers.randrange(3)})"
            )
            break
        except sqlite3.IntegrityError:
            continue
    connection.commit()
    connection.close()


def archive(job, numbers):
    path = next((job / "archive").glob("*.warc.gz"))
    data = bytearray(path.read_bytes())
    if numbers.random() < 0.3:
        del data[numbers.randrange(len(data)) :]
    else:
        data[numbers.randrange(len(data))] ^= numbers.randrange(1, 256)
    path.write_bytes(data)


DAMAGES = (flip, noise, cut, alter, archive)


def damaged(base, tmp_path, damage, seed):
    job = tmp_path / "job"
    shutil.copytree(base / "job", job)
    damage(job, random.Random(f"{damage.__name__} {seed}"))
    return job


def tried(base, job, name, monkeypatch, capsys):
    """Run one command on a copy of a damaged job; return its exit code."""
    copy, out = job.with_name(f"copy-{name}"), job.with_name(f"out-{name}")
    shutil.copytree(job, copy)
    places = {"job": copy, "out": out, "policy": base / "policy.toml"}
    code = ended(monkeypatch, *(word.format(**places) for word in COMMANDS[name]))
    said = capsys.readouterr()
    shutil.rmtree(copy)
    assert code in (0, 1), (name, code, said.err)
    assert "Traceback" not in said.out + said.err
    if code == 1:
        assert len(said.err.splitlines()) <= 1, (name, said.err)
    return code


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_works_on_the_whole_job(base, tmp_path, name, monkeypatch, capsys):
    shutil.copytree(base / "job", tmp_path / "job")

    code = tried(base, tmp_path / "job", name, monkeypatch, capsys)
    assert code == (name == "purge-author"), name  # there is none: nothing to search for


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("seed", range(2))
def test_a_sample_of_damage_is_said_in_a_line(base, tmp_path, damage, seed, monkeypatch, capsys):
    job = damaged(base, tmp_path, damage, seed)

    for name in random.Random(f"{damage.__name__}{seed}").sample(sorted(COMMANDS), 3):
        tried(base, job, name, monkeypatch, capsys)


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("seed", range(24))
def test_damage_is_said_in_a_line_and_verified(base, tmp_path, damage, seed, monkeypatch, capsys):
    job = damaged(base, tmp_path, damage, seed)
    changed = damage is archive or content(job) != content(base / "job")

    for name in COMMANDS:
        code = tried(base, job, name, monkeypatch, capsys)
        if name == "verify":
            assert code == 1 or not changed


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_verify_sees_what_was_changed(base, tmp_path, damage, seed, monkeypatch, capsys):
    job = damaged(base, tmp_path, damage, f"verify {seed}")

    code = tried(base, job, "verify", monkeypatch, capsys)
    assert code == 1 or (damage is not archive and content(job) == content(base / "job"))
