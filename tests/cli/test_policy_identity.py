import json
import stat

import pytest
from typer.testing import CliRunner

from crawler.cli.identity import app
from crawler.keys import load_key, thumbprint

POLICY = """
purpose = "search"
[identity]
token = "TestBot"
contact = "https://example.org/bot"
email = "bot@example.org"
"""


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_keygen_writes_a_key_for_its_owner_only(tmp_path):
    made = run("keygen", "--out", tmp_path / "k.pem")

    assert made.exit_code == 0
    assert thumbprint(load_key(tmp_path / "k.pem")) in made.stdout
    assert stat.S_IMODE((tmp_path / "k.pem").stat().st_mode) == 0o600


def test_keygen_overwrites_nothing(tmp_path):
    run("keygen", "--out", tmp_path / "k.pem")
    key = (tmp_path / "k.pem").read_bytes()

    again = run("keygen", "--out", tmp_path / "k.pem")

    assert (again.exit_code, len(again.stderr.splitlines())) == (2, 1)
    assert (tmp_path / "k.pem").read_bytes() == key


def test_init_writes_the_page_for_publishers(tmp_path):
    run("keygen", "--out", tmp_path / "k.pem")
    (tmp_path / "p.toml").write_text(POLICY + 'key = "k.pem"\n')

    made = run(
        *("init", "--out", tmp_path / "site", "--policy", tmp_path / "p.toml"),
        *("--operator", "Example & Sons", "--range", "192.0.2.0/28"),
    )

    assert made.exit_code == 0
    page = (tmp_path / "site" / "index.html").read_text()
    assert "TestBot" in page
    assert "Example &amp; Sons" in page
    assert "Search, with links to the originals" in page
    assert "192.0.2.0/28" in (tmp_path / "site" / "ranges.json").read_text()
    keys = tmp_path / "site" / ".well-known" / "http-message-signatures-directory"
    (key,) = json.loads(keys.read_text())["keys"]
    assert key["kid"] == thumbprint(load_key(tmp_path / "k.pem"))
    assert all((tmp_path / line).exists() for line in made.stdout.splitlines())


@pytest.mark.parametrize(
    ("policy", "words", "said"),
    [
        ("", (), "no product token"),
        (POLICY.replace("email", "# email"), (), "set email"),
        (POLICY + "key = 'none.pem'", (), "none.pem"),
        (POLICY, ("--range", "everywhere"), "everywhere"),
    ],
)
def test_what_is_missing_is_said_in_one_line(policy, words, said, tmp_path):
    (tmp_path / "p.toml").write_text(policy)

    made = run(
        *("init", "--out", tmp_path / "site", "--policy", tmp_path / "p.toml", "--operator", "E"),
        *words,
    )

    assert made.exit_code == 2
    assert len(made.stderr.splitlines()) == 1
    assert said in made.stderr


def test_help_shows_an_example():
    for command in ("init", "keygen"):
        assert f"Example: crawler identity {command} " in run(command, "--help").stdout
