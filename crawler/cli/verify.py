"""`crawler verify` tells whether a job, or an export, is what was written."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from crawler.cli.corpus_options import print_json
from crawler.cli.errors import UsageError
from crawler.cli.purge import folders
from crawler.cli.terminal_text import harmless
from crawler.cluster.earlier_ledgers import FOLDER as LEDGERS
from crawler.cluster.earlier_ledgers import verify_earlier
from crawler.cluster.layout import shard_folders
from crawler.core.consent import decide, rules_version
from crawler.corpus.export.opened_export import is_export
from crawler.corpus.export.verify_between import Compared, compare_with_export
from crawler.corpus.export.verify_export import Verified, verify_export
from crawler.corpus.removal import receipts
from crawler.corpus.upkeep.verify_against import compare_with_job
from crawler.corpus.upkeep.verify_job import SAMPLE, verify
from crawler.keys import NOBODY, Trusted, load_trusted
from crawler.store.damaged_reads import heard
from crawler.store.job import read_job
from crawler.store.ledger import Fault


def command(
    path: Annotated[
        Path, typer.Argument(help="Folder of a job or of an export, or the JSON of a receipt.")
    ],
    trust: Annotated[
        list[Path] | None,
        typer.Option(help="Key that must have signed: PEM or JWKS file; may be repeated."),
    ] = None,
    require_signature: Annotated[
        bool, typer.Option("--require-signature", help="An export that is not signed is at fault.")
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option(help="Compare every record with this job, or this other export of it."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Decide every record again, not a sample.")
    ] = False,
    to_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Recompute chain, digests and hashes, and decide records again from their evidence.

    The first line about an export says whose signature it bears, and whether you pinned that key
    with --trust: a key that comes with the export proves nothing. Exit code 1 if anything does
    not fit.

    Example: crawler verify corpus-1 --trust publisher.pem --against jobs/example
    """
    try:
        trusted = load_trusted(trust or ())
    except ValueError as error:
        raise UsageError(f"--trust {error}") from error
    if path.is_file():
        _receipt(path, against, (trusted, require_signature), to_json=to_json)
        return
    exported = is_export(path)
    if not exported and (trusted or require_signature) and against is None:
        raise UsageError(
            "--trust and --require-signature are about exports, a job is not signed:"
            " name an export, or one to compare the job with (--against)"
        )
    sample = None if everything else SAMPLE
    results = [
        verify(
            folder,
            decide,
            rules_version(),
            sample,
            trusted=trusted,
            signed=require_signature,
        )
        for folder in shard_folders(path)
    ]
    if not exported:
        results = [_with_earlier(path, result) for result in results]
    if against is not None:
        results += _against(path, against, (trusted, require_signature), results[-1])
    if to_json:
        print_json([_plain(result) for result in results])
    else:
        for result in results:
            _show(result)
    if any(result.faults for result in results):
        sys.exit(1)


def _with_earlier(job: Path, result: Verified) -> Verified:
    """Prove also the ledgers that a job's own goes on from, of other numbers of shards."""
    with read_job(Path(result.of)) as connection:
        faults = tuple(heard(LEDGERS, verify_earlier(job, connection)))
    return replace(result, faults=(*result.faults, *faults), notes=() if faults else result.notes)


def _against(
    path: Path, other: Path, how: tuple[Trusted, bool], first: Verified
) -> Iterator[Verified]:
    """Compare an export with a job or an export, or a job with an export."""
    if is_export(path):
        if is_export(other):
            yield verify_export(other, NOBODY)
            yield _compared(path, other, compare_with_export(path, other))
        else:
            yield _compared(path, other, _with_job(path, other, first))
    elif is_export(other):
        held = verify_export(other, how[0], signed=how[1])
        yield held
        yield _compared(other, path, _with_job(other, path, held))
    else:
        raise UsageError(f"--against: one of {path} and {other} must be an export")


def _receipt(path: Path, job: Path | None, how: tuple[Trusted, bool], *, to_json: bool) -> None:
    """Verify the receipt of a request, and that the job's ledger has an entry about it."""
    try:
        value = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is neither a folder nor a receipt ({error})") from error
    if not isinstance(value, dict):
        raise UsageError(f"{path} is neither a folder nor a receipt")
    if job is None:
        signature, wrong = receipts.check(value, how[0])
    else:
        with read_job(folders(job)[0]) as connection:
            signature, wrong = receipts.check(value, how[0], connection)
    if how[1] and signature.state == "missing":
        wrong.append("is not signed, and a signature is required")
    faults = tuple(Fault(path.name, what) for what in wrong)
    body = value["receipt"]
    try:
        said = tuple(receipts.sentences(body, str(value["names"].get("asked_by", ""))))
        head, seq = str(body["ledger"]["head"]), int(body["ledger"]["seq"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{path} is not one of our receipts ({error!r})") from error
    result = Verified(str(path), seq, 0, 0, 1, head, faults, said, signature)
    if to_json:
        print_json([_plain(result)])
    else:
        _show(result)
    if faults:
        sys.exit(1)


def _with_job(out: Path, job: Path, verified: Verified) -> Compared:
    signature = verified.signature
    key_id = signature.key_id if signature is not None else ""
    # Of several shards: what merged them, for that was exported.
    return compare_with_job(out, folders(job)[-1], key_id)


def _compared(out: Path, other: Path, found: Compared) -> Verified:
    about = f"{out} against {other}"
    return Verified(
        about, 0, 0, 0, 0, "", tuple(found.faults), tuple(found.notes), compared=found.records
    )


def _plain(result: Verified) -> dict[str, object]:
    value: dict[str, object] = asdict(result)
    if result.signature is not None:
        value["signature"] = {**asdict(result.signature), "says": result.signature.sentence}
    return value


def _show(result: Verified) -> None:
    if result.signature is not None:
        print(harmless(result.signature.sentence))
    if result.compared or not result.head:
        print(harmless(f"{result.of}: {result.compared} records compared"))
    else:
        print(
            harmless(
                f"{result.of}: {result.pages} records, ledger at {result.entries} {result.head}, "
                f"{result.files} files hashed, {result.decided_again} decided again"
            )
        )
    for fault in result.faults:
        print(harmless(f"  FAULT {fault.place}: {fault.what}"))
    for note in result.notes:
        print(harmless(f"  note  {note}"))
    if not result.faults:
        print("  nothing differs" if result.compared else "  nothing was altered")
