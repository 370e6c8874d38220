"""Words that are read the other way than the line they stand in: a Hebrew phrase, a Latin name."""

from __future__ import annotations

from typing import Final

from crawler.core.content.documents.pdf_words import Word, is_from_right

_SIGNS: Final = ".,;:!?)]\u00bb\u201d"  # of the line, though they stand at such a word


def turn_others(words: list[Word], *, most: bool) -> None:
    """Turn round each run of words that is read from the right where `most` are not, or reversed.

    `words` stand in the order in which the line is read.
    """
    start = 0
    while start < len(words):
        if not _is_other(words[start], most=most):
            start += 1
            continue
        end = start + 1
        while end < len(words) and _is_other(words[end], most=most):
            end += 1
        if end - start > 1:
            words[start:end] = _turned(words[start:end])
        start = end


def _is_other(word: Word, *, most: bool) -> bool:
    return any(map(str.isalpha, word[0])) and is_from_right(word[0]) is not most


def _turned(run: list[Word]) -> list[Word]:
    run.reverse()
    first, last = run[0], run[-1]
    bare = first[0].rstrip(_SIGNS)
    if bare and bare != first[0]:
        run[0] = (bare, *first[1:])
        run[-1] = (last[0] + first[0][len(bare) :], *last[1:])
    return run
