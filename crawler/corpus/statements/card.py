"""README.md: the dataset card, with the YAML that Hugging Face reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from crawler.corpus.records.data_files import FileEntry
from crawler.corpus.records.export_facts import Facts
from crawler.corpus.records.record import stamp
from crawler.corpus.records.schema import RECORD, feature

# Licence ids that Hugging Face knows, by SPDX id.
_KNOWN = {
    "CC0-1.0": "cc0-1.0",
    "CC-BY-2.0": "cc-by-2.0",
    "CC-BY-2.5": "cc-by-2.5",
    "CC-BY-3.0": "cc-by-3.0",
    "CC-BY-4.0": "cc-by-4.0",
    "CC-BY-SA-3.0": "cc-by-sa-3.0",
    "CC-BY-SA-4.0": "cc-by-sa-4.0",
    "CC-BY-NC-4.0": "cc-by-nc-4.0",
    "CC-BY-NC-SA-4.0": "cc-by-nc-sa-4.0",
    "CC-BY-NC-ND-4.0": "cc-by-nc-nd-4.0",
    "CC-BY-ND-4.0": "cc-by-nd-4.0",
    "GFDL-1.3-or-later": "gfdl",
    "ODC-By-1.0": "odc-by",
    "ODbL-1.0": "odbl",
    "PDDL-1.0": "pddl",
    "etalab-2.0": "etalab-2.0",
    "MIT": "mit",
    "Apache-2.0": "apache-2.0",
}
_SIZES = (
    (10**3, "n<1K"),
    (10**4, "1K<n<10K"),
    (10**5, "10K<n<100K"),
    (10**6, "100K<n<1M"),
    (10**7, "1M<n<10M"),
    (10**8, "10M<n<100M"),
    (10**9, "100M<n<1B"),
    (10**10, "1B<n<10B"),
)
_ISO_639_1 = 2


def card(facts: Facts, data: Sequence[FileEntry]) -> str:
    """Return the dataset card. Its YAML is written as JSON values, which YAML contains."""
    head = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=True)}\n"
        for key, value in _front(facts, data).items()
    )
    return f"---\n{head}---\n\n{_body(facts)}"


def _front(facts: Facts, data: Sequence[FileEntry]) -> dict[str, object]:
    counts, settings = facts.counts, facts.plan.settings
    ids = {_KNOWN.get(spdx, "other") for spdx in counts.licences}
    front: dict[str, object] = {
        "language": sorted(
            code for code in counts.languages if len(code) in (_ISO_639_1, 3) and code != "und"
        ),
        "license": sorted(ids) if ids and "other" not in ids else "other",
    }
    if front["license"] == "other":
        front["license_name"] = "per-record"
        front["license_link"] = "ATTRIBUTION.html"
    front |= {
        "pretty_name": settings.name,
        "size_categories": [
            next((name for limit, name in _SIZES if counts.records < limit), "n>1T")
        ],
        "task_categories": ["text-generation"],
        "annotations_creators": ["no-annotation"],
        "language_creators": ["found"],
        "source_datasets": ["original"],
        "tags": ["web", "opt-out-respecting", f"version-{facts.version}"],
    }
    configs = _configs(facts, data)
    if configs:
        front["configs"] = configs
    if facts.form.by_class and configs:
        features = [feature(name, column) for name, column in RECORD.items()]
        front["dataset_info"] = [
            {"config_name": config["config_name"], "features": features} for config in configs
        ]
    return front


def _configs(facts: Facts, data: Sequence[FileEntry]) -> list[dict[str, object]]:
    """Return one config with every text, and in Parquet one for each licence class."""
    groups: dict[str, list[str]] = {}
    for entry in data:
        if facts.form.tabular:
            folder = entry.path.split("/")[1]
            name = folder if facts.form.by_class else folder.split("-")[0]
            groups.setdefault(name, []).append(entry.path)
    with_text = [path for name in groups if name != "reference" for path in groups[name]]
    configs: list[dict[str, object]] = []
    if with_text:
        configs.append(_config("default", sorted(with_text)))
    if facts.form.by_class or "reference" in groups:
        configs += [
            _config(name, paths) for name, paths in sorted(groups.items()) if name != "train"
        ]
    return configs


def _config(name: str, paths: list[str]) -> dict[str, object]:
    return {"config_name": name, "data_files": [{"split": "train", "path": paths}]}


_GROUNDS = {
    "refused": "Pages whose owners refused, by the rule that heard it:",
    "filtered": "Pages the operator did not want (no owner refused these):",
    "unproven": "Pages left out because consent could not be proven:",
}


def _reasons(crawl: Mapping[str, int], here: Mapping[str, int]) -> str:
    rows = [
        f"| `{code}` | {crawl.get(code, 0)} | {here.get(code, 0)} |\n"
        for code in sorted({*crawl, *here})
    ]
    return "".join(rows) or "| none | 0 | 0 |\n"


def _body(facts: Facts) -> str:
    counts, plan = facts.counts, facts.plan
    rows = "".join(f"| {name} | {count} |\n" for name, count in sorted(counts.classes.items()))
    tables = "".join(
        f"\n{said}\n\n| why | while crawling | at this export |\n|---|---|---|\n"
        + _reasons(facts.decided[ground], facts.left_out[ground])
        for ground, said in _GROUNDS.items()
    )
    audience = (
        "Texts of open licences (PD, ATTR, SA) are carried; every other record is a URL and "
        "hashes only, for what may be mined may not be republished."
        if plan.options.audience == "publish"
        else "Every record that consent allows is carried with its text, for training by the "
        "operator. This is no grant to republish: see `license_class` of each record."
    )
    return f"""# {plan.settings.name} {facts.version}

{counts.records} web pages, {counts.words} words, {counts.tokens_with_method},
as of {stamp(facts.head.at)}. Each record says where it came from, under
which licence, and why it was allowed (`metadata.consent`).
{audience}

## Licences

| class | records |
|---|---|
{rows}
Attribution, complete for each record with a licence: `ATTRIBUTION.jsonl` and `ATTRIBUTION.html`.

## Consent

Decided under policy `{plan.gate.consent.sha256}`, rules `{plan.gate.rules_version}`.
{tables}
## Proof

`manifest.json` lists every file with its SHA-256. The ledger behind it stands at entry
{facts.head.seq}, `{facts.head.hash}`. What was taken out: `tombstones.jsonl`,
`removed_domains.txt`. Summary for Art. 53(1)(d) of the EU AI Act: `eu_art53.md`; for
California AB 2013: `ab2013.json`.

## To be taken out

Write to {plan.contact or plan.settings.creator or "the publisher of this data set"} with the
URL, domain or name. Requests are carried out in the corpus, in raw copies and in the next
version, which is then a major one.
"""
