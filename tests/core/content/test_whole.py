"""Parts of one thing are kept or left together: entries, lists, sections, tables."""

# ruff: noqa: E501, RUF001 - pages in many languages
import pytest
from hypothesis import given
from hypothesis import strategies as st
from librt.vecs import vec
from mypy_extensions import i64

from crawler.core.content.html import class_words
from crawler.core.content.html.outline import Outline
from crawler.core.content.text.kept_together import whole
from crawler.core.content.text.places import Places
from tests.core.content.test_page import PROSE, page_of, text_of

TERMS = {
    "Ablation": "Loss of ice from a glacier.",
    "Bergschrund": "A crack at the head of a glacier.",
    "Cirque": "A hollow cut by ice.",
    "Drumlin": "A low hill shaped by ice.",
    "Esker": "A ridge of gravel.",
    "Firn": "Old snow, not yet ice.",
}


def glossary(entry, around="<dl>@</dl>"):
    entries = "".join(entry.format(term=term, text=text) for term, text in TERMS.items())
    return f"<header><a href=/>Home</a></header><main><h1>Glossary of ice</h1><p>{PROSE}</p>{around.replace('@', entries)}</main><footer>Imprint</footer>"


@pytest.mark.parametrize(
    ("entry", "around"),
    [
        ("<dt>{term}</dt><dd>{text}</dd>", "<dl>@</dl>"),
        ("<dt>{term}<dd>{text}", "<dl class=glossary>@</dl>"),
        ("<dt><dfn id={term}>{term}</dfn></dt><dd><p>{text}</p></dd>", "<dl>@</dl>"),
        ("<div><dt>{term}</dt><dd>{text}</dd></div>", "<dl>@</dl>"),
        ("<dt><a href=#{term}>{term}</a></dt><dd>{text}</dd>", "<dl>@</dl>"),
        ("<dt>{term}</dt><dt>{term}s</dt><dd>{text}</dd>", "<section><dl>@</dl></section>"),
        ("<dt><b>{term}</b></dt><dd>{text} <a href=/x>More</a></dd>", "<div><dl>@</dl></div>"),
        ("<dt>{term}</dt><dd>{text}</dd><dd>{text}</dd>", "<dl>@</dl>"),
        ("<p><b>{term}</b> {text}</p>", "@"),
        ("<li><strong>{term}</strong>: {text}</li>", "<ul>@</ul>"),
        ("<dl><dt>{term}</dt><dd>{text}</dd></dl>", "@"),
        ("<h2>{term[0]}</h2><dl><dt>{term}</dt><dd>{text}</dd></dl>", "@"),
        ("<tr><th scope=row>{term}</th><td>{text}</td></tr>", "<table class=glossary>@</table>"),
        ("<details><summary>{term}</summary><p>{text}</p></details>", "@"),
        (
            "<div class=card><h4 class=card-title>{term}</h4><p class=card-text>{text}</p></div>",
            "<div class=row>@</div>",
        ),
        ("<article><header><h2>{term}</h2></header><p>{text}</p></article>", "@"),
        (
            "<div class=term>{term}</div><div class=definition>{text}</div>",
            "<div class=list>@</div>",
        ),
    ],
)
@pytest.mark.parametrize("markdown", [False, True])
def test_a_glossary_keeps_terms_and_what_they_mean(entry, around, markdown):
    text = text_of(glossary(entry, around), markdown=markdown)

    assert [term for term in TERMS if term not in text] == []
    assert [meaning for meaning in TERMS.values() if meaning not in text] == []


@pytest.mark.parametrize("said", ["<a href=/x>{text}</a>", "5,{length}", "Nov 6, 20{length}"])
def test_a_value_or_a_link_beside_a_name_says_nothing(said):
    entry = f"<li><a href=/g/{{term}}>{{term}}</a><p>{said}</p></li>"
    entries = "".join(entry.format(term=t, text=d, length=len(d)) for t, d in TERMS.items())
    found = page_of(f"<main><p>{PROSE}</p><ul>{entries}</ul></main>").outline

    assert set(whole(found, Places(found), [0, 1], [0.9, 0.9, *[0.3] * 11])) <= {0, 1}


def kept_of(outline, chosen):
    """Return what is kept where the model was sure."""
    return whole(
        outline,
        Places(outline),
        chosen,
        [0.9 if n in chosen else 0.05 for n in range(len(outline.texts))],
    )


def page(*boxes):
    """Return a page of a body and boxes; a box is tag, parent, text and linked characters."""
    found = Outline()
    found.open("body", "", 0, -1)
    for tag, parent, text, *linked in boxes:
        box = found.open(tag, "", class_words.TABLE * (tag == "table"), parent)
        if text:
            found.add(text, box, linked[0] if linked else 0, 1 if linked else 0)
    found.end = vec[i64]([len(found.tags)] * len(found.tags))
    return found


ENTRIES = page(
    ("dl", 0, ""),
    ("dt", 1, "A"), ("dd", 1, "first"), ("dt", 1, "B"), ("dd", 1, "second"), ("dt", 1, "C"), ("dd", 1, "third"),
    ("p", 0, "behind"),
)  # fmt: skip
SECTIONS = page(
    ("h2", 0, "NAME"), ("p", 0, "git-status - Show the status"), ("h2", 0, "SYNOPSIS"), ("p", 0, "git status"),
    ("h2", 0, "SEE ALSO"), ("ul", 0, ""), ("li", 6, "gitignore(5)", 12), ("li", 6, "git(1)", 6),
)  # fmt: skip
LINKS = page(("ul", 0, ""), *[("li", 1, f"item {n}", 6) for n in range(6)])
ITEMS = page(("ul", 0, ""), *[("li", 1, f"item {n}") for n in range(6)])


@pytest.mark.parametrize(
    ("outline", "chosen", "kept"),
    [
        (ENTRIES, [0, 2, 4], [0, 1, 2, 3, 4, 5]),
        (ENTRIES, [1, 3], [0, 1, 2, 3, 4, 5]),
        (ENTRIES, [0], [0, 1]),
        (ENTRIES, [6], [6]),
        (SECTIONS, [0, 2, 3], [0, 1, 2, 3]),
        (SECTIONS, [2, 3, 4], [2, 3]),
        (SECTIONS, [0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]),
        (ITEMS, [0, 1, 3, 5], [0, 1, 2, 3, 4, 5]),
        (ITEMS, [0, 5], [0, 5]),
        (ITEMS, [], []),
        (LINKS, [1], []),
        (LINKS, [0, 1, 2, 3], [0, 1, 2, 3, 4, 5]),
    ],
)
def test_neighbours_decide_for_each_other(outline, chosen, kept):
    assert kept_of(outline, chosen) == kept


@pytest.mark.parametrize(
    "line",
    [
        "This page last modified on 2022-08-10 18:45:48 UTC",
        "Last updated 2024-05-31 00:35:55 UTC",
        "Last modified: 3 May 2024",
        "Page last edited on 5 June 2021, at 12:01",
        "Updated: 10/31/2024",
        "Zuletzt geändert am 3. Mai 2024",
        "Letzte Aktualisierung: 03.05.2024",
        "Dernière modification le 3 mai 2024",
        "Última actualización: 3 de mayo de 2024",
        "最終更新：2024年5月3日",
        "最后更新于2024-05-03",
        "Последнее изменение: 03.05.2024",
    ],
)
def test_a_line_that_dates_the_page_is_no_text(line):
    found = page(*[("p", 0, f"{n} {PROSE}") for n in range(6)], ("p", 0, line))

    assert kept_of(found, list(range(7))) == list(range(6))


@pytest.mark.parametrize(
    "line",
    [
        "The law was last changed, and not for the better, in the spring of 1848 by a king.",
        "It was last modified.",
        "In 1998 they updated the harbour.",
        "Page 12 of the book",
        "Last of all came 3 gulls.",
    ],
)
def test_a_sentence_is_none(line):
    if len(line) > 80:
        line += " And much more was said about it in the years that followed."
    found = page(*[("p", 0, f"{n} {PROSE}") for n in range(6)], ("p", 0, line))

    assert kept_of(found, list(range(7))) == list(range(7))


@given(st.data())
def test_whatever_is_chosen_stays_in_order_and_on_the_page(data):
    tags = st.sampled_from(["p", "h2", "h3", "li", "dt", "dd", "td"])
    boxes = data.draw(
        st.lists(st.tuples(tags, st.integers(0, 2), st.just("x 1")), min_size=1, max_size=20)
    )
    found = page(("dl", 0, ""), ("ul", 0, ""), *boxes)
    chosen = data.draw(st.lists(st.integers(0, len(boxes) - 1), unique=True).map(sorted))

    kept = kept_of(found, chosen)

    assert kept == sorted(set(kept))
    assert all(0 <= block < len(found.texts) for block in kept)


# --- tables -------------------------------------------------------------------------------

ROWS = (("Name", "What it is"), ("gull", "A bird of the shore."), ("crab", "It goes sideways."))


def table(cell, head=None):
    rows = ["".join((head or cell).format(text) for text in ROWS[0])]
    rows += ["".join(cell.format(text) for text in row) for row in ROWS[1:]]
    return f"<main><h1>T</h1><p>{PROSE}</p><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table><p>{PROSE}</p></main>"


@pytest.mark.parametrize(
    "cell",
    [
        "<td>{}</td>",
        "<td><p>{}</p></td>",
        "<td>\n<p>\n{}\n</p>\n</td>",
        "<td><div><p>{}</p></div></td>",
        "<td><div class=line-block><div class=line>{}</div></div></td>",
        "<td><ul><li>{}</li></ul></td>",
        "<td><p><code>{}</code></p></td>",
        "<th><p>{}</p></th>",
        "<td><center>{}</center></td>",
    ],
)
def test_a_cell_with_paragraphs_is_a_cell(cell):
    assert "Name\tWhat it is\ngull\tA bird of the shore.\ncrab\tIt goes sideways.\n" in text_of(
        table(cell)
    )
    assert (
        "| Name | What it is |\n| --- | --- |\n| gull | A bird of the shore. |\n| crab | It goes sideways. |\n"
        in text_of(table(cell), markdown=True)
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<td><p>{0}</p><p>Twice.</p></td>", "gull Twice.\tA bird of the shore. Twice.\n"),
        ("<td><p>{0}<br>Twice.</p></td>", "gull Twice.\tA bird of the shore. Twice.\n"),
    ],
)
def test_paragraphs_of_one_cell_stand_in_one_column(cell, expected):
    assert expected in text_of(table(cell))


def test_a_row_is_kept_whole():
    row = [("td", 3, "a"), ("td", 3, "b")]
    found = page(
        ("table", 0, ""),
        ("tbody", 1, ""),
        ("tr", 2, ""),
        *row,
        ("tr", 2, ""),
        ("td", 6, "c"),
        ("td", 6, "d"),
    )
    found.end = vec[i64]([9, 9, 9, 6, 5, 6, 9, 8, 9])

    assert kept_of(found, [1]) == [0, 1]
    assert kept_of(found, [2]) == [2, 3]


def test_an_empty_cell_of_such_a_table_keeps_its_column():
    rows = "<tr><td><p>Oats</p><td><p></p><td><p>12 t</p></tr><tr><td><p>Rye</p><td><p>9 t</p><td></tr>"
    html = f"<main><h1>T</h1><p>{PROSE}</p><table>{rows}</table><p>{PROSE}</p></main>"

    assert "Oats\t\t12 t\nRye\t9 t\n" in text_of(html)


@pytest.mark.parametrize(
    "inner",
    [
        f"<tr><td><p>Menu</p></td><td><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p></td></tr><tr><td>a<td>b</tr>",
        f"<tr><td><h2>Head</h2><p>{PROSE}</p></td><td><p>{PROSE}</p></td></tr><tr><td>a<td>b</tr>",
        f"<tr><td><p>{PROSE}</p><p>{PROSE}</p></td></tr><tr><td><p>{PROSE}</p></td></tr>",
        f"<tr><td><p>{PROSE}</p><td><pre>a\nb</pre></tr><tr><td>a<td>b</tr>",
    ],
)
def test_a_table_that_lays_out_the_page_is_none(inner):
    text = text_of(f"<body><table>{inner}</table>")

    assert f"\t{PROSE.strip()}" not in text
    assert f"{PROSE.strip()} {PROSE.strip()}" not in text


def test_tables_within_tables_take_no_longer_than_they_are_long():
    html = "<table><tr><td>" * 400 + f"<p>{PROSE}</p>" + "</td></tr></table>" * 400

    assert "This is a sentence" in text_of(html)


def test_the_blocks_of_a_page_are_left_in_order():
    outline = page_of("<dl><dt>a<dd>b<dt>c<dd>d</dl>").outline

    assert kept_of(outline, [0, 2]) == [0, 1, 2, 3]
