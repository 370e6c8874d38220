import json
import tomllib

import pytest
from typer.testing import CliRunner

from crawler.cli.policy import app
from crawler.config import PRESETS, load


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize("name", PRESETS)
def test_show_prints_a_policy_that_says_the_same(name, tmp_path):
    shown = run("show", name)

    assert shown.exit_code == 0
    (tmp_path / "again.toml").write_text(shown.stdout)
    assert load(tmp_path / "again.toml") == load(name)


def test_show_marks_what_is_not_the_default():
    shown = run("show", "strict").stdout

    assert '# default: "include"\nunset = "exclude"\n' in shown
    assert run("show", "default").stdout.count("\n# default:") == 0


def test_show_json_is_the_effective_policy_without_secrets(tmp_path):
    (tmp_path / "my.toml").write_text(
        "[identity]\ncontact = 'https://e.org/'\nkey = 'id.pem'\n"
        "[network]\nproxy = 'http://127.0.0.1:3128'\n"
    )

    shown = run("show", tmp_path / "my.toml", "--json")

    data = json.loads(shown.stdout)
    assert data["name"] == "my"
    assert data["identity"]["contact"] == "https://e.org/"
    assert "key" not in data["identity"]
    assert "proxy" not in data["network"]


def test_lint_accepts_every_preset_and_says_what_to_know():
    linted = run("lint", *PRESETS)

    assert linted.exit_code == 0
    assert linted.stdout.count(": no errors") == len(PRESETS)
    assert "strict: note: identity.token: not set" in linted.stdout


def test_lint_notes_readings_loosened_without_a_basis(tmp_path):
    (tmp_path / "my.toml").write_text("[consent.readings]\nprose = 'log-only'\n")

    linted = run("lint", tmp_path / "my.toml")

    assert linted.exit_code == 0
    assert "these readings are loosened: prose" in linted.stdout


def test_lint_says_every_mistake_on_standard_error(tmp_path):
    (tmp_path / "my.toml").write_text("purpos = 'train'\n[limits]\npatience = 10\n")

    linted = run("lint", tmp_path / "my.toml")

    assert linted.exit_code == 2
    assert linted.stdout == ""
    first, second = linted.stderr.splitlines()
    assert first.startswith(f"{tmp_path}/my.toml:1: purpos: unknown key; allowed: ")
    assert first.endswith("did you mean 'purpose'?")
    assert second.startswith(f"{tmp_path}/my.toml:3: limits.patience: expected a duration")


def test_lint_json_lists_the_mistakes(tmp_path):
    (tmp_path / "my.toml").write_text("purpos = 'train'\n")

    linted = run("lint", tmp_path / "my.toml", "--json")

    (problem,) = json.loads(linted.stdout)
    assert linted.exit_code == 2
    assert (problem["line"], problem["key"], problem["nearest"]) == (1, ["purpos"], "purpose")


def test_diff_prints_each_key_that_differs():
    compared = run("diff", "default", "strict")

    assert compared.exit_code == 0
    assert 'consent.unset: "include" -> "exclude"\n' in compared.stdout
    assert 'name: "default" -> "strict"\n' in compared.stdout
    assert "politeness" not in compared.stdout


def test_diff_of_a_policy_with_itself_says_so():
    assert run("diff", "search", "search").stdout == "no difference\n"


def test_diff_json_gives_both_values():
    rows = json.loads(run("diff", "default", "research", "--json").stdout)

    assert {"key": "consent.readings.prose", "a": "honour", "b": "log-only"} in rows


def test_a_key_that_only_one_policy_sets_is_not_set_in_the_other(tmp_path):
    (tmp_path / "my.toml").write_text("[limits]\nmax_time = '8h'\n")

    assert (
        'limits.max_time: not set -> "8h"\n' in run("diff", "default", tmp_path / "my.toml").stdout
    )


@pytest.mark.parametrize("preset", PRESETS)
def test_init_writes_a_policy_that_lints(preset, tmp_path):
    made = run("init", "--out", tmp_path / "p.toml", "--extends", preset)

    assert made.exit_code == 0
    assert run("lint", tmp_path / "p.toml").exit_code == 0
    assert load(tmp_path / "p.toml").model_copy(update={"name": preset}) == load(preset)


def test_all_that_init_comments_out_is_right_when_it_is_used(tmp_path):
    run("init", "--out", tmp_path / "p.toml")
    text = (tmp_path / "p.toml").read_text()
    lines = [
        line[2:] if line.startswith("# ") and (" = " in line or "[" in line[:4]) else line
        for line in text.splitlines()
    ]
    (tmp_path / "p.toml").write_text(
        "\n".join(lines).replace('domain = "example.com"', 'domain = "e.com"')
    )

    config = load(tmp_path / "p.toml")

    assert config.require_identity().tokens[0] == "YourBot"
    assert (len(config.never), len(config.grants)) == (1, 1)
    assert "suppression" in tomllib.loads((tmp_path / "p.toml").read_text())


def test_init_overwrites_nothing(tmp_path):
    (tmp_path / "p.toml").write_text("mine")

    made = run("init", "--out", tmp_path / "p.toml")

    assert made.exit_code == 2
    assert "exists already" in made.stderr
    assert (tmp_path / "p.toml").read_text() == "mine"


@pytest.mark.parametrize(
    "words",
    [
        ("show", "defualt"),
        ("show", "nowhere.toml"),
        ("diff", "default", "nowhere.toml"),
        ("lint", "nowhere.toml"),
        ("init", "--out", "x.toml", "--extends", "stict"),
        ("init", "--out", "no/such/folder/x.toml"),
    ],
)
def test_a_fault_is_one_line_on_standard_error_and_exit_code_2(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    result = run(*words)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["show", "lint", "diff", "init"])
def test_help_shows_an_example(command):
    shown = run(command, "--help")

    assert shown.exit_code == 0
    assert f"Example: crawler policy {command} " in shown.stdout
