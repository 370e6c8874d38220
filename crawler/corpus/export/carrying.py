"""An export carried to storage behind a URL, from a draft in the job."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from crawler.carrying import TakenError, Told, carry, look_free
from crawler.corpus.errors import CorpusError
from crawler.corpus.export.export_job import DRAFTS, export
from crawler.corpus.export.shard_parts import Spread
from crawler.corpus.records.export_plan import Exported, Plan, Progress
from crawler.storage import StorageError, shown


def export_to(
    job: Path,
    whole: Path,
    place: str,
    plan: Plan,
    progress: Progress | None = None,
    told: Told | None = None,
    spread: Spread | None = None,
) -> Exported:
    """Export the job in `job` to storage behind a URL; `whole` is the job as one folder.

    The draft lies in the job until all of it is there: as much room as the export is needed.

    Raises:
        CorpusError: The place is taken or cannot be written, or the version may not follow.
        StoreError: The job cannot be read.
    """
    _is_free(place)
    note = job / DRAFTS
    with note.open("a", encoding="utf-8") as file:  # a purge removes what was carried of it
        file.write(f"{place}\n")

    def carried(draft: Path, ours: frozenset[str]) -> str:
        _carry(draft, place, ours, told)
        return shown(place)

    draft = job / f"export-{sha256(place.encode()).hexdigest()[:12]}"
    exported = export(whole, draft, plan, progress, carried, spread)
    drafts = note.read_text("utf-8").splitlines()
    note.write_text("".join(f"{line}\n" for line in drafts if line != place), "utf-8")
    return exported


def _is_free(place: str) -> None:
    try:
        look_free(place)
    except TakenError as error:
        raise _taken(error) from error
    except StorageError as error:
        raise CorpusError("nothing was exported", str(error), "see to it and try again") from error


def _taken(error: TakenError) -> CorpusError:
    return CorpusError("nothing was exported", f"{shown(error.place)} {error.cause}", error.fix)


def _carry(draft: Path, place: str, leave: frozenset[str], told: Told | None) -> None:
    try:
        carry(draft, place, _owner(draft), leave, told)
    except TakenError as error:
        raise _taken(error) from error
    except StorageError as error:
        raise CorpusError(
            "the export is not whole", str(error), "run the same command again: it goes on"
        ) from error


def _owner(draft: Path) -> str:
    """Return what tells this job's export to this place from any other."""
    return str(json.loads((draft / "manifest.json").read_bytes()).get("crawl_id", ""))
