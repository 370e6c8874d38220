"""What a user gets for a mistake: one clear line, the right exit code, nothing half-done."""

import pytest

from tests.corpus import made
from tests.corpus.site import run


@pytest.fixture
def crawler(monkeypatch, capsys):
    return lambda *words: run(monkeypatch, capsys, *words)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("export", "{nowhere}", "--out", "{out}"), 2, "holds no job"),
        (("export", "{job}", "--out", "{job}"), 1, "already there"),
        (("export", "{job}", "--out", "{job}/crawl.db/x"), 1, "cannot be made"),
        (("export", "{job}", "--out", "{out}", "--version", "one"), 1, "no version"),
        (("export", "{job}", "--out", "{out}", "--since", "1.0.0"), 1, "never published"),
        (("export", "{job}", "--out", "{out}", "--part-size", "much"), 2, "--part-size"),
        (("export", "{job}", "--out", "{out}", "--shard", "0B"), 2, "--part-size"),
        (("export", "{job}", "--out", "{out}", "--format", "csv"), 2, ""),
        (("export", "{job}", "--out", "{out}", "--key", "{nowhere}"), 1, "nowhere"),
        (("export", "{job}", "--out", "{out}", "--policy", "{nowhere}.toml"), 2, "nowhere.toml"),
        (("verify", "{nowhere}"), 2, "cannot be verified"),
        (("find", "{nowhere}", "x.test"), 2, "holds no job"),
        (("purge", "{job}", "--reason", "x"), 2, "name one of"),
        (("purge", "{job}", "--url", "no url", "--reason", "x"), 1, "no URL"),
        (("purge", "{job}", "--domain", "https://a.test/", "--reason", "x"), 1, "no domain"),
        (("purge", "{job}", "--domain", "a.test", "--reason", " "), 2, "--reason"),
        (("purge", "{nowhere}", "--domain", "a.test", "--reason", "x"), 2, "holds no job"),
        (("takedown", "add", "{job}"), 2, "name one of"),
        (("takedown", "add", "{job}", "--url", "no url"), 1, "no URL"),
        (("takedown", "close", "{job}"), 2, ""),
        (("takedown", "close", "{job}", "9"), 1, "no request 9"),
        (("recheck", "{nowhere}"), 2, "holds no job"),
        (("recheck", "{job}", "--reconsent", "a.test"), 2, "--source"),
        (("merge", "{nowhere}", "--out", "{out}"), 2, "holds no job"),
        (("annotate", "{nowhere}"), 2, "holds no job"),
    ],
)
def test_a_mistake_is_one_clear_line(crawler, tmp_path, words, code, said):
    made.standard(tmp_path / "job").connection.close()
    places = {"job": tmp_path / "job", "out": tmp_path / "out", "nowhere": tmp_path / "nowhere"}
    got, _, errors = crawler(*(word.format(**places) for word in words))

    assert got == code, errors
    assert said in errors
    if said:
        assert errors.count("\n") == 1
    assert "Traceback" not in errors
    assert not (tmp_path / "out.partial").exists()


def test_a_damaged_database_is_one_clear_line(crawler, tmp_path):
    made.standard(tmp_path / "job").connection.close()
    path = tmp_path / "job" / "crawl.db"
    data = bytearray(path.read_bytes())
    data[4_096 * 4 :] = b"\x55" * (len(data) - 4_096 * 4)
    path.write_bytes(data)

    for words in (("export", "--out", tmp_path / "out"), ("find", "a.test"), ("annotate",)):
        code, _, errors = crawler(words[0], tmp_path / "job", *words[1:])
        assert code == 1
        assert "damaged" in errors
        assert errors.count("\n") == 1
    assert crawler("verify", tmp_path / "job")[0] == 1
