"""What the law asks to be told: EU AI Act Art. 53(1)(d), California AB 2013.

The EU fields follow the template annexed to C(2025) 5235, sections 1.3, 2.3, 3.1 and 3.2;
the Californian ones Civil Code section 3111. What only the provider of a model can say is
left to them and marked so.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections import Counter
from datetime import UTC, datetime

from crawler.corpus.records.export_facts import Facts
from crawler.corpus.records.record import stamp

_BILLION, _TRILLION = 10**9, 10**12
_PROVIDER = "to be stated by the provider of the model"
_SME_DOMAINS = 1_000


def files(facts: Facts) -> dict[str, str]:
    """Return the documents by file name."""
    ranked = top_domains(facts)
    summary = eu_summary(facts, ranked)
    return {
        "eu_art53.json": json.dumps(summary, indent=1, ensure_ascii=False) + "\n",
        "eu_art53.md": _markdown(summary),
        "top_domains.csv": _csv(ranked),
        "ab2013.json": json.dumps(california(facts), indent=1, ensure_ascii=False) + "\n",
    }


def top_domains(facts: Facts) -> list[dict[str, object]]:
    """Return the top 10 % of the registrable domains by bytes of text kept, rounded up."""
    sites = sorted(facts.counts.sites.items(), key=lambda item: (-item[1][1], item[0]))
    total = facts.counts.bytes or 1
    return [
        {
            "rank": rank,
            "registrable_domain": name,
            "bytes": size,
            "records": records,
            "words": words,
            "share": round(size / total, 6),
            "licences": " ".join(
                f"{kind}:{count}" for kind, count in sorted(facts.counts.mix[name].items())
            ),
        }
        for rank, (name, (records, size, words)) in enumerate(
            sites[: math.ceil(len(sites) / 10)], 1
        )
    ]


def eu_summary(facts: Facts, ranked: list[dict[str, object]]) -> dict[str, object]:
    """Return the rows of the public summary that a crawl can fill."""
    counts, plan = facts.counts, facts.plan
    consent = plan.gate.consent
    count = len(counts.sites)
    return {
        "template": "Annex to C(2025) 5235, Art. 53(1)(d) Regulation (EU) 2024/1689",
        "1.1_provider": _PROVIDER,
        "1.3_text_size": _range(counts.tokens),
        "1.3_text_tokens": counts.tokens_with_method,
        "1.3_types_of_content": "text of web pages",
        "1.3_latest_collection_date": _month(counts.last),
        "1.3_continuously_trained": _PROVIDER,
        "1.3_linguistic_characteristics": dict(
            sorted(counts.languages.items(), key=lambda item: (-item[1], item[0]))
        ),
        "2.3_crawled_by_or_for_the_provider": {
            "crawler_names": [plan.user_agent, *consent.tokens],
            "purposes": [usage.value for usage in consent.purpose],
            "behaviour": (
                "Reads and follows robots.txt (RFC 9309) with at most one connection to a host. "
                "Never passes a login, a paywall, a captcha or a bot challenge: such pages are "
                "refusals. Stops at HTTP 401, 402, 403 and 451."
            ),
            "period": f"{_month(counts.first)}-{_month(counts.last)}",
            "content_and_sources": (
                f"Main text of {counts.records} public web pages from {count} registrable domains, "
                f"of {facts.fetched} pages fetched."
            ),
            "modalities": ["text"],
            "top_domains_file": "top_domains.csv",
            "top_domains_listed": len(ranked),
            "top_domains_of": count,
            "top_domains_sme": min(math.ceil(count / 20), _SME_DOMAINS),
            "ranked_by": "UTF-8 bytes of text kept, by registrable domain (public suffix list)",
        },
        "3.1_reservations": {
            "code_of_practice_signatory": _PROVIDER,
            "measures": (
                "Every reservation found before, at or after the request refuses the page; "
                "evidence is sought again before export, and what is refused now is taken out."
            ),
            "protocols": sorted(
                name for name, how in consent.readings.model_dump().items() if how != "log-only"
            ),
            "refused_by_owners": _both(facts, "refused"),
            "not_used_since_consent_was_not_proven": _both(facts, "unproven"),
        },
        "3.1_filtered_by_the_operator": {
            "what": "Left out by the operator's own choice; no refusal of a rights holder.",
            "by_reason": _both(facts, "filtered"),
        },
        "3.2_illegal_content": (
            "Domains on the operator's lists are never fetched; takedown requests are carried out "
            "in text, raw copies and published versions. See tombstones.jsonl."
        ),
        "3.2_domains_removed": len(facts.removed),
        "as_of": stamp(facts.head.at),
        "ledger_head": facts.head.hash,
    }


def _both(facts: Facts, ground: str) -> dict[str, int]:
    """Return what was decided while crawling and at this export, by reason."""
    both = Counter(facts.decided[ground])
    both.update(facts.left_out[ground])
    return dict(sorted(both.items()))


def california(facts: Facts) -> dict[str, object]:
    """Return the items of section 3111(a), numbered as there."""
    counts, masks = facts.counts, facts.plan.mask is not None
    return {
        "law": "California Civil Code section 3111 (AB 2013)",
        "1_sources_or_owners": f"Public web pages of {len(counts.sites)} domains; top_domains.csv",
        "2_purpose": _PROVIDER,
        "3_number_of_data_points": counts.records,
        "3_tokens": counts.tokens_with_method,
        "4_types_of_data_points": "Text of web pages with title, language, licence and source",
        "5_intellectual_property": {
            "entirely_public_domain": set(counts.classes) <= {"PD"},
            "by_licence_class": dict(sorted(counts.classes.items())),
        },
        "6_purchased_or_licensed": False,
        "7_personal_information": (
            f"May occur in page texts. Masked: {sum(counts.masked.values())} occurrences."
            if masks
            else "May occur in page texts, which are as published; nothing is masked."
        ),
        "8_aggregate_consumer_information": False,
        "9_cleaning_and_processing": (
            "Main text extracted and markup removed, so that it can be read as text; "
            + ("e-mail and IP addresses replaced by tags, to protect persons; " if masks else "")
            + "no other modification"
        ),
        "10_collection_period": f"{stamp(counts.first)} to {stamp(counts.last)}, "
        "for this version; later versions may collect more",
        "11_first_used": _PROVIDER,
        "12_synthetic_data": False,
    }


def _range(tokens: int) -> str:
    if tokens < _BILLION:
        return "less than 1 billion tokens"
    return (
        "1 billion to 10 trillion tokens" if tokens <= 10 * _TRILLION else "more than 10 trillion"
    )


def _month(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%m/%Y") if seconds else ""


def _csv(ranked: list[dict[str, object]]) -> str:
    text = io.StringIO()
    names = ["rank", "registrable_domain", "bytes", "records", "words", "share", "licences"]
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(ranked)
    return text.getvalue()


def _markdown(summary: dict[str, object]) -> str:
    lines = ["# Public summary of training content: the crawled part", ""]
    for name, value in summary.items():
        number, _, words = name.partition("_")
        title = f"{number} {words.replace('_', ' ')}" if words else number
        lines.append(f"## {title.strip()}")
        if isinstance(value, dict):
            lines += [f"- {key.replace('_', ' ')}: {_plain(item)}" for key, item in value.items()]
        else:
            lines.append(_plain(value))
        lines.append("")
    return "\n".join(lines)


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {item}" for key, item in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)
