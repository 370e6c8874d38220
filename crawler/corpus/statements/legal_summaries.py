"""What the law asks to be told of an export: EU AI Act Art. 53(1)(d), California AB 2013.

The Californian items are those of Civil Code section 3111. What only the provider of a model
can say is left to them and marked so.
"""

from __future__ import annotations

import json

from crawler.corpus.records.export_facts import Facts
from crawler.corpus.records.record import stamp
from crawler.corpus.statements import eu_summary
from crawler.corpus.statements.eu_summary import PROVIDER


def files(facts: Facts) -> dict[str, str]:
    """Return the documents by file name."""
    return {
        **eu_summary.files(eu_summary.figures_of(facts), eu_summary.domains_of(facts.counts)),
        "ab2013.json": json.dumps(california(facts), indent=1, ensure_ascii=False) + "\n",
    }


def california(facts: Facts) -> dict[str, object]:
    """Return the items of section 3111(a), numbered as there."""
    counts, masks = facts.counts, facts.plan.mask is not None
    return {
        "law": "California Civil Code section 3111 (AB 2013)",
        "1_sources_or_owners": f"Public web pages of {len(counts.sites)} domains; top_domains.csv",
        "2_purpose": PROVIDER,
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
        "11_first_used": PROVIDER,
        "12_synthetic_data": False,
    }
