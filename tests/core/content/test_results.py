"""What comes of pages stays what it was: outcome, decision, evidence, document, links.

Where a rule was changed on purpose, write it down anew and look at what it touched:
`python -m tests.core.content.test_results`. `python -m benchmarks.equal` names differences in full.
"""

import json
from hashlib import sha256
from pathlib import Path

from benchmarks.equal import results
from tests.core.content.varied_pages import varied_pages

FILE = Path(__file__).with_name("results.json")


def _told(page):
    """Return the outcome of a page, and a short digest of each part that has one."""
    fields, text = results(page)
    parts = {"text": text} if text else {}
    for field, value in fields.items():
        part = field.partition(".")[0]
        if part not in ("outcome", "row", "seal"):
            parts[part] = f"{parts.get(part, '')}{field}={value}\n"
    digests = {part: sha256(said.encode()).hexdigest()[:8] for part, said in parts.items()}
    return {"outcome": fields["outcome"], **digests}


def test_pages_come_to_what_they_came_to():
    known = json.loads(FILE.read_text())
    found = {page["name"]: _told(page) for page in varied_pages()}

    assert found.keys() == known.keys()
    assert {name: told for name, told in found.items() if told != known[name]} == {}


if __name__ == "__main__":
    lines = [f" {json.dumps(page['name'])}: {json.dumps(_told(page))}" for page in varied_pages()]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n")
