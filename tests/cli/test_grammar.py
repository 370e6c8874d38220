"""One grammar for all commands: the job comes first, `--out` is written, old forms still work."""

import sys

import pytest
from typer.main import get_command

from crawler.cli import COMMANDS, GROUPS, build, main
from crawler.store.reload_answers import Answer, asked, asking, read_answer, write_answer
from tests.cli.run import invoke
from tests.corpus import made

APP = build(COMMANDS)
# What takes seeds or other people's files, and names its job beside them.
TAKES_OTHER_INPUTS = {"crawl", "screen", "cluster crawl", "audit"}
# What is about an address, a policy or an identity, and needs no job.
WITHOUT_JOB = {"check", "crawl", "demo", "merge", "policy", "identity", "verify", "seeds", "audit"}


def leaves(command, path=()):
    """Yield each command that can be run, by its words."""
    for name, inner in getattr(command, "commands", {}).items():
        yield from leaves(inner, (*path, name))
    if not hasattr(command, "commands"):
        yield " ".join(path), command


LEAVES = dict(leaves(get_command(APP)))


@pytest.fixture
def crawler(monkeypatch, capsys):
    def run(*words):
        monkeypatch.setattr(sys, "argv", ["crawler", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


@pytest.mark.parametrize("name", LEAVES)
def test_a_job_is_named_in_one_way(name):
    shown = [param for param in LEAVES[name].params if not getattr(param, "hidden", False)]
    options = {option for param in shown for option in param.opts}
    arguments = [param.name for param in shown if param.param_type_name == "argument"]

    assert ("--job" in options) == (name in TAKES_OTHER_INPUTS)
    if "job" in arguments and name.split()[0] not in WITHOUT_JOB:
        assert arguments[0] == "job"
    assert {"--into", "--output", "--to"}.isdisjoint(options)
    assert ("-o" in options) == ("--out" in options)


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_helps_with_an_example_of_itself(name):
    done = invoke(*name.split(), "--help")

    assert done.exit_code == 0
    assert f"Example: crawler {name}" in " ".join(done.stdout.split())


@pytest.mark.parametrize("words", [[], ["policy"], ["identity"], ["takedown"]])
def test_the_list_of_commands_is_cut_nowhere(words, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    done = invoke(*words, "--help")

    assert "..." not in done.stdout.partition("Options:")[2]
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    if not words:
        titles = [line[:-1] for line in done.stdout.splitlines() if line[:-1] in GROUPS]
        assert titles == list(GROUPS)
        for about in COMMANDS.values():
            said = about.partition(". ")[0].rstrip(".")
            assert said.replace(" ", "") in "".join(done.stdout.split())


MISSING = [
    ("status", "{job}"), ("report", "{job}"), ("explain", "{job}", "https://a.test/"),
    ("export", "{job}", "--out", "{out}"), ("annotate", "{job}"), ("extract", "{job}"),
    ("merge", "{job}", "--out", "{out}"), ("find", "{job}", "a.test"),
    ("purge", "{job}", "--url", "https://a.test/", "--reason", "optout"),
    ("takedown", "list", "{job}"), ("takedown", "add", "{job}", "--domain", "a.test"),
    ("takedown", "acknowledge", "{job}", "1"), ("takedown", "close", "{job}", "1"),
    ("recheck", "{job}"), ("redecide", "{job}", "--policy", "strict"), ("verify", "{job}"),
    ("doctor", "{job}"), ("reload", "{job}"), ("policy", "suppression", "{policy}", "{job}"),
]  # fmt: skip


@pytest.mark.parametrize("there", [False, True], ids=["no folder", "an empty folder"])
@pytest.mark.parametrize("words", MISSING, ids=" ".join)
def test_a_job_that_is_not_there_is_wrong_use_to_every_command(crawler, tmp_path, words, there):
    job, policy = tmp_path / "nowhere", tmp_path / "policy.toml"
    policy.write_text(f"[suppression]\npath = '{tmp_path}/list'\n")
    if there:
        job.mkdir()
    code, _, errors = crawler(
        *(word.format(job=job, out=tmp_path / "out", policy=policy) for word in words)
    )

    assert code == 2
    assert errors.count("\n") == 1
    assert str(job) in errors
    assert job.exists() == there
    assert not there or not list(job.iterdir())


def test_old_forms_work_and_name_the_new(crawler, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    job = tmp_path / "job"
    made.standard(job).connection.close()
    listed = ("takedown", job, "list", "--json")
    for words, new in [
        (("export", job, tmp_path / "old"), "export JOB --out PATH"),
        (("merge", job, "--into", tmp_path / "merged"), "merge JOB... --out PATH"),
        (("takedown", job, "add", "--domain", "a.test"), "takedown add JOB"),
        (listed, "takedown list JOB"),
        (("policy", "init", "mine.toml"), "policy init --out PATH"),
        (("identity", "keygen", "mine.pem"), "identity keygen --out PATH"),
    ]:
        code, said, errors = crawler(*words)
        assert code == 0, errors
        assert f"write `{new}`" in errors
        assert words is not listed or said.startswith("[")
    assert (tmp_path / "old" / "manifest.json").is_file()
    assert (tmp_path / "mine.pem").is_file()


def test_what_is_written_is_named_once(crawler, tmp_path):
    made.standard(tmp_path / "job").connection.close()
    for places in ((), (tmp_path / "a", "--out", tmp_path / "b")):
        code, _, errors = crawler("export", tmp_path / "job", *places)
        assert code == 2
        assert "--out PATH" in errors


def test_an_answer_is_to_the_question_that_was_asked(tmp_path):
    write_answer(tmp_path, Answer(7))
    with asking(tmp_path) as token:
        assert asked(tmp_path) == token
        write_answer(tmp_path, Answer(7, asked(tmp_path), True, "changed"))
        assert read_answer(tmp_path) == Answer(7, token, True, "changed")

    assert not asked(tmp_path)
    with asking(tmp_path) as other:
        assert other != token


@pytest.mark.parametrize("text", ["", "[]", '{"process": 1, "who": 2}', "\xff"])
def test_an_answer_that_cannot_be_read_is_none(tmp_path, text):
    (tmp_path / "reload.answer").write_bytes(text.encode("latin-1"))

    assert read_answer(tmp_path) is None
