"""The documents beside the data, made again from records and manifest, and compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.config.corpus_tables import Export, Recheck
from crawler.core.consent import decide
from crawler.core.policy import ConsentPolicy
from crawler.corpus.export.opened_export import OpenedExport
from crawler.corpus.records.counts import Counts
from crawler.corpus.records.export_facts import Facts
from crawler.corpus.records.export_plan import Options, Plan
from crawler.corpus.records.selection import Gate
from crawler.corpus.statements import card, credits_page, croissant, legal_summaries
from crawler.corpus.statements.manifest import (
    MANIFEST,
    TOTALS,
    documents_version,
    manifest_of,
)
from crawler.store.ledger import Fault, Head

_REMOVED = "removed_domains.txt"


def documents(export: OpenedExport, counts: Counts, note: Callable[[str], None]) -> Iterator[Fault]:
    """Yield each document that says otherwise than records and manifest.

    They are made again by the code at hand, so those that other code made are only noted.
    """
    if export.manifest.get("documents") != documents_version():
        note(
            "README.md, croissant.json and the summaries were made by another version of the"
            " crawler: whether they say what the records say was not looked at"
        )
        return
    try:
        facts = _facts(export, counts)
    except OSError:
        return  # a missing file is told of
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        yield Fault(MANIFEST, f"is not one of ours ({type(error).__name__}: {error})")
        return
    yield from _manifest(export, facts)
    made = {
        "README.md": card.card(facts, export.data),
        "croissant.json": croissant.croissant(facts, export.data),
        **legal_summaries.files(facts),
    }
    for name, text in made.items():
        if _differs(export.folder / name, text.encode()):
            yield Fault(name, "says otherwise than the records and the manifest")
    with TemporaryDirectory() as folder:
        again = Path(folder) / "ATTRIBUTION.html"
        source = export.folder / credits_page.ATTRIBUTION
        try:
            credits_page.write(source, again, facts)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return  # what is wrong with the lines it is made from is told of them
        if _differs(export.folder / again.name, again.read_bytes()):
            yield Fault(again.name, f"says otherwise than {credits_page.ATTRIBUTION}")


def _manifest(export: OpenedExport, facts: Facts) -> Iterator[Fault]:
    """Yield what the manifest states otherwise than the rest of it lets it be.

    Totals are held against the records by `verify_records`, which names both figures.
    """
    made = json.loads(json.dumps(manifest_of(facts, export.files)))
    stated = export.manifest
    for name in sorted(made.keys() | stated.keys()):
        if name not in _TOLD and (name not in stated or stated[name] != made.get(name)):
            yield Fault(MANIFEST, f"states in {name!r} what its other parts do not come to")
    if stated["masked"] and not export.masked:
        yield Fault(MANIFEST, "counts what was masked, though its settings mask nothing")


# Held elsewhere: against the signature that is there, and against the records. Settings are
# only stated there.
_TOLD = frozenset({"signed", "settings", *TOTALS})


def _differs(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() != data


def _facts(export: OpenedExport, counts: Counts) -> Facts:
    """Return the facts of an export as its documents were written from them."""
    manifest = export.manifest
    policy = manifest["policy"]
    counts.masked = Counter(manifest["masked"])
    left_out = manifest["left_out"]
    counts.left_out = Counter(
        {code: count for ground in left_out.values() for code, count in ground.items()}
    )
    plan = Plan(
        gate=Gate(
            ConsentPolicy.model_validate_json(json.dumps(policy["consent"])),
            policy["rules_version"],
            decide,
            Recheck(),
            0.0,
        ),
        settings=Export.model_validate_json(json.dumps(export.settings)),
        options=Options(
            format=manifest["format"],
            audience=manifest["audience"],
            version="" if export.version == "0.0.0" else export.version,
            since=manifest["since"],
        ),
        user_agent=manifest["user_agent"],
        contact=manifest["contact"],
        policy_text=json.dumps(policy["text"]),
        mask=(lambda text: (text, {})) if export.masked else None,
        software=manifest["software"],
    )
    removed = (export.folder / _REMOVED).read_text(encoding="utf-8").splitlines()
    return Facts(
        plan=plan,
        form=export.form,
        counts=counts,
        head=Head(export.seq, float(manifest["ledger"]["at"]), export.head),
        decided={name: dict(manifest[name]) for name in ("refused", "filtered", "unproven")},
        crawl_id=export.crawl_id,
        version=export.version,
        fetched=int(manifest["fetched"]),
        removed=tuple(removed),
        policies=tuple((sha, "") for sha in policy["decided_under"]),
    )
