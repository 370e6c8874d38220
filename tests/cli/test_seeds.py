"""Seeds from the command line, from files and from standard input, good and bad."""

import gzip
import io
import sys
from pathlib import Path

import pytest

from crawler.cli.errors import UsageError
from crawler.cli.seeds import Bad, note_bad_seeds, read_seeds

TEXT = "https://a.test/1\r\n\n# a comment\n  https://b.test/  \nhttps://a.test/1\n"
READ = ["https://a.test/1", "https://b.test/"]


def texts(found):
    return [url.text for url in found.urls]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        gzip.compress(TEXT.encode()),
        gzip.compress(TEXT[:20].encode()) + gzip.compress(TEXT[20:].encode()),
    ],
    ids=["plain", "marked", "utf-16", "gzip", "two members"],
)
def test_a_file_is_read_however_it_was_written(tmp_path, data, monkeypatch):
    (tmp_path / "seeds").write_bytes(data)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    assert texts(read_seeds([], tmp_path / "seeds")) == READ
    assert texts(read_seeds(["https://c.test/"], Path("-"))) == ["https://c.test/", *READ]


def test_every_bad_line_is_named_at_once_with_its_place(tmp_path):
    file = tmp_path / "seeds"
    file.write_bytes(b"https://a.test/\nnonsense\nftp://b.test/\n\xff\xfe\x00\n" + b"x" * 5_000)
    with pytest.raises(UsageError) as raised:
        read_seeds(["mailto:a@b.test"], file)

    first, *lines = str(raised.value).splitlines()
    assert first.startswith("5 seeds are no URLs")
    assert "--skip-bad-seeds" in first
    named = ["seed 1", f"{file}:2", f"{file}:3", f"{file}:4", f"{file}:5"]
    assert [line.strip().partition(" is no URL")[0] for line in lines] == named
    assert all(len(line) < 400 and line.isprintable() for line in lines)


def test_one_bad_seed_is_one_line():
    with pytest.raises(
        UsageError, match=r"^seed 2 is no URL that can be crawled: 'nonsense'"
    ) as no:
        read_seeds(["https://a.test/", "nonsense"], None)

    assert "\n" not in str(no.value)


def test_thousands_of_bad_lines_are_not_all_shown(tmp_path):
    (tmp_path / "seeds").write_text("nonsense\n" * 3_000)
    with pytest.raises(UsageError) as raised:
        read_seeds([], tmp_path / "seeds")

    assert len(str(raised.value).splitlines()) < 300
    assert "and 2800 more" in str(raised.value)


def test_what_is_skipped_is_written_down(tmp_path, capsys):
    (tmp_path / "seeds").write_bytes(b"https://a.test/\nnonsense\n\xe9t\xe9\n")
    found = read_seeds([], tmp_path / "seeds", skip_bad=True)
    note_bad_seeds(found.bad, tmp_path / "job")

    assert texts(found) == ["https://a.test/"]
    written = (tmp_path / "job" / "bad-seeds.txt").read_text()
    assert written == f"{tmp_path}/seeds:2\tnonsense\n{tmp_path}/seeds:3\t\\xe9t\\xe9\n"
    assert "2 bad seeds were skipped" in capsys.readouterr().err


def test_where_nothing_was_bad_nothing_is_written(tmp_path):
    note_bad_seeds([], tmp_path / "job")

    assert not (tmp_path / "job").exists()


def test_bad_seeds_that_cannot_be_written_down_are_not_lost_in_silence(tmp_path):
    (tmp_path / "job").write_text("")
    with pytest.raises(UsageError, match=r"bad-seeds\.txt"):
        note_bad_seeds([Bad("seed 1", "x")], tmp_path / "job")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "holds no seed"),
        (b"# only\n\n", "holds no seed"),
        (b"\x1f\x8b\x08broken", "cannot be read"),
        (gzip.compress(TEXT.encode())[:-6], "cannot be read"),
        (b"nonsense\n", "none of 1 seeds"),
    ],
)
def test_a_file_without_a_seed_is_wrong_use_also_when_bad_ones_are_skipped(tmp_path, data, said):
    (tmp_path / "seeds").write_bytes(data)
    with pytest.raises(UsageError, match=said):
        read_seeds([], tmp_path / "seeds", skip_bad=True)
