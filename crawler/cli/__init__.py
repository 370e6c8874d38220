"""The command line: one module a command. Arguments in, text out; here the clock is picked.

Exit codes: 0 done, 1 the job failed, 2 usage or configuration, 130 interrupted with the
state saved. `check` adds 3 conditional, 4 refused, 5 deferred.
"""

from __future__ import annotations

import sys

import typer

from crawler import __version__
from crawler.cli import (
    annotate,
    check,
    crawl,
    demo,
    doctor,
    explain,
    export,
    extract,
    find,
    identity,
    merge,
    policy,
    purge,
    recheck,
    redecide,
    reload,
    status,
    takedown,
    verify,
)

app = typer.Typer(
    name="crawler",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="A polite web crawler that hears opt-outs and keeps the proof.",
)


@app.callback(invoke_without_command=True)
def _version(
    version: bool = typer.Option(False, "--version", help="Print the version and stop."),
) -> None:
    if version:
        print(__version__)
        raise typer.Exit


app.command("crawl")(crawl.command)
app.command("status")(status.command)
app.command("export")(export.command)
app.command("recheck")(recheck.command)
app.command("purge")(purge.command)
app.command("takedown")(takedown.command)
app.command("find")(find.command)
app.command("verify")(verify.command)
app.command("doctor")(doctor.command)
app.command("merge")(merge.command)
app.command("extract")(extract.command)
app.command("annotate")(annotate.command)
app.command("check")(check.command)
app.command("explain")(explain.command)
app.command("redecide")(redecide.command)
app.command("reload")(reload.command)
app.command("demo")(demo.command)
app.add_typer(policy.app, name="policy")
app.add_typer(identity.app, name="identity")


def main() -> None:
    """Run the command line; an expected fault becomes one clear line and an exit code."""
    from crawler.cli.errors import UsageError
    from crawler.config import ConfigError
    from crawler.corpus.errors import CorpusError
    from crawler.store.database import StoreError, explain_os
    from crawler.store.suppression import SuppressionError

    try:
        app()
    except (ConfigError, UsageError) as error:
        print(f"crawler: {error}", file=sys.stderr)
        sys.exit(2)
    except (StoreError, CorpusError, SuppressionError) as error:
        print(f"crawler: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # The reader has had enough (`crawler status | head`).
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        if (explained := explain_os(error)) is error:
            raise
        print(f"crawler: {explained}", file=sys.stderr)
        sys.exit(1)
