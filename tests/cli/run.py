"""Runs a command in this process. The tree of commands is made once: it costs more than most do."""

import asyncio
import json
from functools import cache

from typer import testing
from typer.main import get_command

from crawler.cli import COMMANDS, build

testing._get_command = cache(get_command)  # else each call of the runner makes it anew


@cache
def _loaded(name):
    return build({name} if name in COMMANDS else COMMANDS)


def invoke(*arguments):
    """Return the finished command: `exit_code`, `stdout`, `stderr`, `exception`."""
    words = [str(argument) for argument in arguments]
    return testing.CliRunner().invoke(_loaded(words[0]), words)


async def run(*arguments):
    """Do so in a thread of its own, so that the test's loop can serve the web meanwhile."""
    return await asyncio.to_thread(invoke, *arguments)


async def run_json(*arguments):
    """Return the exit code and what the command printed, which must be JSON alone."""
    done = await run(*arguments, "--json")
    return done.exit_code, json.loads(done.stdout)
