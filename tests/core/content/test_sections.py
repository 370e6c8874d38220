"""Headings go with their text, sections of code with those around them, tables of contents whole."""

# ruff: noqa: E501 - pages
import pytest

from crawler.core.content.text.kept_together import whole
from crawler.core.content.text.places import Places
from tests.core.content.test_page import page_of

GIT = "<h2>NAME</h2><p>git</p><h2>OPTIONS</h2><p>-n</p><h2>EXAMPLES</h2><p>Do this:</p><pre>$ git</pre><ul><li><p>or that</p><pre>$ hg</pre></li></ul><h2>SEE ALSO</h2><p><a href=/x>other(1)</a></p>"
TITLE = "<h2>5. Name</h2><dl><dt><a href=#a>5.1. One</a></dt><dt><a href=#b>5.2. Two</a></dt></dl><p>Text.</p><h3>5.1. One</h3><p>More.</p>"
CONTENTS = "".join(f"<dt><a href=#s{n}>5.{n}. Part</a></dt>" for n in range(6))


def kept(html, *chosen):
    """Return the texts kept of a page on which the model chose these blocks."""
    found = page_of(f"<main>{html}</main>").outline
    likely = [0.9 if block in chosen else 0.1 for block in range(len(found.texts))]
    return [found.texts[block] for block in whole(found, Places(found), list(chosen), likely)]


@pytest.mark.parametrize(
    ("html", "chosen", "texts"),
    [
        # A section that shows code, in any number of words.
        (GIT, (0, 1, 2, 3), ["NAME", "git", "OPTIONS", "-n", "EXAMPLES", "Do this:", "$ git", "or that", "$ hg"]),
        (GIT.replace("pre>", "p>"), (0, 1, 2, 3), ["NAME", "git", "OPTIONS", "-n"]),
        (GIT, (1,), ["git"]),
        (GIT.replace("<h2>E", "</main><aside><h2>E"), (0, 1, 2, 3), ["NAME", "git", "OPTIONS", "-n"]),
        # A heading above text that was chosen.
        (GIT, (0, 1, 2, 3, 5, 6, 7, 8), ["NAME", "git", "OPTIONS", "-n", "EXAMPLES", "Do this:", "$ git", "or that", "$ hg"]),
        # A title that the table of contents parts from its text.
        (TITLE, (3, 4, 5), ["5. Name", "Text.", "5.1. One", "More."]),
        (TITLE.replace("dt>", "p>"), (3, 4, 5), ["Text.", "5.1. One", "More."]),
        # A table of contents of names only.
        (f"<dl class=toc>{CONTENTS}</dl>", (0, 2, 3, 4, 5), [f"5.{n}. Part" for n in range(6)]),
        (f"<dl class=toc>{CONTENTS}</dl>", (0, 2), ["5.0. Part", "5.2. Part"]),
    ],
)  # fmt: skip
def test_a_section_is_kept_with_its_like(html, chosen, texts):
    assert kept(html, *chosen) == texts
