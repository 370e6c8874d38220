"""croissant.json: Croissant 1.1 with the RAI properties, written by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence

from crawler.corpus.records.data_files import FileEntry
from crawler.corpus.records.export_facts import Facts
from crawler.corpus.records.format import Format
from crawler.corpus.records.record import stamp

# `https`: the reference reader refuses the specification's own `http://schema.org/`.
_CONTEXT: dict[str, object] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataBiases": "cr:dataBiases",
    "dataCollection": "cr:dataCollection",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "personalSensitiveInformation": "cr:personalSensitiveInformation",
    "prov": "http://www.w3.org/ns/prov#",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_COLUMNS = {
    "id": "Stable id of the record",
    "text": "Main text of the page",
    "source": "Name of the corpus",
    "added": "When the page was fetched",
    "created": "When the page says it was published",
}
_UNKNOWN = "https://spdx.org/licenses/"


def croissant(facts: Facts, data: Sequence[FileEntry]) -> str:
    """Return the description of the export as JSON-LD."""
    objects = [_file_object(entry, facts.form) for entry in data]
    value = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": [
            "http://mlcommons.org/croissant/1.1",
            "http://mlcommons.org/croissant/RAI/1.0",
        ],
        **_about(facts),
        **_responsible(facts),
        "distribution": objects,
    }
    if facts.form.tabular:
        value["recordSet"] = [_record_set(entry, number) for number, entry in enumerate(data)]
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _about(facts: Facts) -> dict[str, object]:
    settings, counts = facts.plan.settings, facts.counts
    as_of = stamp(facts.head.at)
    creator = settings.creator or facts.plan.contact or settings.name
    return {
        "name": settings.name,
        "description": (
            f"{counts.records} web pages whose publishers had not refused, "
            f"{counts.tokens_with_method}, each with its source, licence and the evidence of "
            "consent. Ledger head "
            f"{facts.head.hash} at entry {facts.head.seq}."
        ),
        "license": [
            f"https://spdx.org/licenses/{spdx}"
            for spdx in sorted(counts.licences)
            if spdx != "none"
        ]
        or [_UNKNOWN],
        "url": settings.address or facts.plan.contact or "https://example.org/",
        "creator": {"@type": "Organization", "name": creator},
        "version": facts.version,
        "datePublished": as_of[:10] or "1970-01-01",
        "dateModified": as_of[:10] or "1970-01-01",
        "inLanguage": sorted(counts.languages),
        "isLiveDataset": False,
        "citeAs": f"{creator}: {settings.name}, version {facts.version}, {as_of[:4]}",
        "sc:usageInfo": {
            "@type": "CreativeWork",
            "text": "Use each record under its own licence (metadata.license_spdx); attribute it "
            "as ATTRIBUTION.jsonl says.",
        },
        "prov:wasGeneratedBy": {
            "@type": "prov:Activity",
            "prov:label": f"crawl {facts.crawl_id}",
            "prov:startedAtTime": stamp(counts.first),
            "prov:endedAtTime": stamp(counts.last),
        },
    }


def _responsible(facts: Facts) -> dict[str, object]:
    counts = facts.counts
    masked = sum(counts.masked.values())
    return {
        "rai:dataCollection": (
            "Crawled by one polite crawler that honours robots.txt and every machine-readable "
            "opt-out its policy names; owners' refusals, and what the operator filtered, are "
            "counted apart in manifest.json."
        ),
        "rai:dataCollectionType": ["Web Scraping"],
        "rai:dataCollectionMissingData": _missing(facts),
        "rai:dataCollectionRawData": "HTML and plain text as served",
        "rai:dataCollectionTimeframe": [stamp(counts.first), stamp(counts.last)],
        "rai:dataPreprocessingProtocol": ["Main text extracted, markup removed"],
        "rai:personalSensitiveInformation": [
            f"{masked} e-mail and IP addresses replaced by tags"
            if facts.plan.mask is not None
            else "Page texts are as published; personal data in them is not masked"
        ],
        "rai:dataBiases": ["Sites that refuse use for training are missing, by design"],
        "rai:dataLimitations": ["Licences are detected, not warranted"],
        "rai:dataReleaseMaintenancePlan": (
            "Withdrawals are honoured: tombstones.jsonl and removed_domains.txt list what left; "
            "a removal makes a major version."
        ),
    }


_GROUNDS = {
    "refused": "Refused by owners",
    "filtered": "Filtered by the operator",
    "unproven": "Consent not proven",
}


def _missing(facts: Facts) -> str:
    """Say whose wish it was that pages are missing: the owners', the operator's, nobody's yet."""
    told = []
    for when, parts in (("while crawling", facts.decided), ("at this export", facts.left_out)):
        for ground, what in _GROUNDS.items():
            counts = ", ".join(f"{code} {count}" for code, count in parts[ground].items())
            told.append(f"{what} {when}: {counts or 'none'}.")
    return " ".join(told)


def _file_object(entry: FileEntry, form: Format) -> dict[str, object]:
    return {
        "@type": "cr:FileObject",
        "@id": entry.path,
        "name": entry.path.rpartition("/")[2],
        "contentUrl": entry.path,
        "contentSize": f"{entry.bytes} B",
        "encodingFormat": form.media_type,
        "sha256": entry.sha256,
    }


def _record_set(entry: FileEntry, number: int) -> dict[str, object]:
    name = "documents" if number == 0 else f"documents-{number:05d}"
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"The records of {entry.path}",
        "key": {"@id": f"{name}/id"},
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{column}",
                "name": column,
                "description": text,
                "dataType": "sc:Text",
                "source": {"fileObject": {"@id": entry.path}, "extract": {"column": column}},
            }
            for column, text in _COLUMNS.items()
        ],
    }
