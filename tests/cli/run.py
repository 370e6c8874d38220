"""Runs a command in a thread of its own, so that the test's loop can serve the web meanwhile."""

import asyncio
import json

from typer.testing import CliRunner

from crawler.cli import app


async def run(*arguments):
    """Return the finished command: `exit_code`, `stdout`, `stderr`."""
    words = [str(argument) for argument in arguments]
    return await asyncio.to_thread(CliRunner().invoke, app, words)


async def run_json(*arguments):
    """Return the exit code and what the command printed, which must be JSON alone."""
    done = await run(*arguments, "--json")
    return done.exit_code, json.loads(done.stdout)
