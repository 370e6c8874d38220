"""The command line starts fast: it loads the command that is asked for and no other."""

import subprocess
import sys

import pytest

from crawler.cli import COMMANDS, build, main

COMMAND_LINE = build(COMMANDS)


def test_the_help_says_of_each_command_what_the_command_says():
    said = {command.name: command.callback.__doc__ for command in COMMAND_LINE.registered_commands}
    said |= {group.name: group.typer_instance.info.help for group in COMMAND_LINE.registered_groups}

    assert said.keys() == COMMANDS.keys()
    for name, about in COMMANDS.items():
        assert " ".join(said[name].split()).startswith(about), name


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["status", "--help"], ["nonsense"]]
)
def test_what_makes_no_request_loads_no_client(arguments):
    program = (
        "import sys; from crawler.cli import main; sys.argv[0] = 'crawler'\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'aiohttp', 'selectolax'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True
    )

    loaded = done.stderr.splitlines()[-1]
    assert loaded == "[]" if arguments[0] != "status" else "aiohttp" not in loaded, loaded
    if arguments == ["--help"]:
        assert all(name in done.stdout for name in COMMANDS)


@pytest.mark.slow
def test_a_crawl_loads_what_signs_and_knows_suffixes_only_when_it_needs_it():
    program = (
        "import sys, crawler.cli.crawl\n"
        "print(sorted({'cryptography', 'requests', 'tldextract'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert done.stdout == "[]\n"


def test_ctrl_c_while_modules_load_is_no_traceback(monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("crawler.cli.build", interrupted)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
