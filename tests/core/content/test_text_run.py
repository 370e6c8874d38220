"""Texts written out at once are those that are put together one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from librt.strings import BytesWriter
from librt.vecs import vec
from mypy_extensions import i64

from crawler.core.content.html.byte_scan import LOOPS
from crawler.core.content.html.markup import Markup
from crawler.core.content.html.text_line import flattened
from crawler.core.content.html.text_run import Run

SIGNS = (
    *" \n\t\r\x0b\x0c\x1c\x1f\x01\x7fabZ1.]", "  ", " \n ", "&lt;", "&gt;", "&amp;", "&nbsp;",
    "&amp;nbsp;", "\x85", "\xa0", "\xad", "é", "ß", "я", "\u0938", "\u1680", "\u1681", "\u2003",
    "\u200b", "\u2019", "…", "\u2028", "\u202f", "\u205f", "€", "\u2e80", "\u3000", "\u3002", "中",
    "文", "한", "\uff08", "\ue000", "\ue001", "\ufeff", "🙂", "𠀀",
)  # fmt: skip
TEXTS = st.lists(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=6).map("".join), max_size=5)
signs_in, write_line = LOOPS


def markup_of(texts: list[str]) -> Markup:
    page = Markup("|".join(texts).encode())
    at = 0
    for text in texts:
        page.add_text(at, at + len(text.encode()))
        at += len(text.encode()) + 1
    page.finish()
    return page


@given(TEXTS)
def test_a_line_written_at_once_is_the_one_put_together(texts):
    page, out = markup_of(texts), BytesWriter()
    every = vec[i64](range(len(texts)))
    right = write_line(page.source, page.text_starts, page.text_ends, every, len(texts), out)
    run = Run(page)
    for text in range(len(texts)):
        run.hold(text)
    together = flattened("".join(run.settled()))

    assert not right or out.getvalue().decode() == together
    assert right or not "".join(texts).isascii()


@given(TEXTS)
def test_signs_are_counted_as_a_part_has_them(texts):
    page = markup_of(texts)
    run = Run(page)
    for text in range(len(texts)):
        flat = page.flat_text(text)
        signs = signs_in(page.source, page.text_starts[text], page.text_ends[text])
        counted = run.signs(text) if run.parts else -1
        size = run.part(text)

        assert signs in (-1, len(flat)) or (signs < 0 and flat.isspace())
        assert not (signs >= 0 and flat.isspace())
        assert counted in (-1, size)


def test_raw_texts_are_left_to_whoever_reads_them():
    page = Markup(b"a &lt; b")
    page.add_text(-1, 8)

    assert signs_in(page.source, -1, 8) == -1
    assert not write_line(
        page.source, page.text_starts, page.text_ends, vec[i64]([0]), 1, BytesWriter()
    )
