"""The quality figures that big corpora filter by, under their known names.

Pure and slow (milliseconds a page): for export and annotation, never in the crawl. Names are
those of RedPajama v2 (`rps_*`), Gopher, C4 and FineWeb; the texts' own words and lines are
those of Gopher's definitions: words part at white space, lines at line feeds.
"""

# ruff: noqa: PLR2004 - the papers' limits stand in their rules
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping

from crawler.core.content.figures.masks import count as count_pii

Figures = dict[str, float]

_STOP_WORDS = frozenset({"the", "be", "to", "of", "and", "that", "have", "with"})
_SYMBOLS = ("#", "...", "\u2026")
_BULLETS = (
    "\u2022",
    "\u2023",
    "\u25b6",
    "\u25c0",
    "\u25e6",
    "\u25a0",
    "\u25a1",
    "\u25aa",
    "-",
    "*",
)
_ELLIPSES = ("...", "\u2026")
_TERMINAL = (".", "!", "?", '"', "'", "\u201d", "\u3002", "\uff01", "\uff1f", "\u2026", ":", ";")
_ENDS = r".!?\u3002\uff01\uff1f"
_SENTENCE = re.compile(rf"(?<![{_ENDS}])(?:[{_ENDS}]++(?:\s|\Z)|[{_ENDS}]*[\u3002\uff01\uff1f])")
_WORD = re.compile(r"\w+")
_POLICY = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies")
_SHORT_LINE = 30  # characters (FineWeb)
_TOP = (2, 3, 4)
_REPEATED = range(5, 11)


def quality(text: str) -> Figures:
    """Return every figure of a text; an empty text has none but counts."""
    words = text.split()
    lines = [line for line in text.split("\n") if line.strip()]
    figures: Figures = {}
    figures.update(_gopher(text, words, lines))
    figures.update(_repetition(text, words))
    figures.update(_c4(text, lines))
    figures.update(_fineweb(text, words, lines))
    figures.update({f"{name}_count": float(number) for name, number in count_pii(text).items()})
    return figures


def passes_gopher(figures: Mapping[str, float]) -> bool:
    """Whether a text passes Gopher's quality rules, with the paper's limits (English)."""
    return (
        50 <= figures["rps_doc_word_count"] <= 100_000
        and 3 <= figures["rps_doc_mean_word_length"] <= 10
        and figures["rps_doc_symbol_to_word_ratio"] <= 0.1
        and figures["rps_lines_start_with_bulletpoint"] <= 0.9
        and figures["rps_doc_frac_lines_end_with_ellipsis"] <= 0.3
        and 1 - figures["rps_doc_frac_no_alph_words"] >= 0.8
        and figures["gopher_stop_words"] >= 2
    )


def passes_fineweb(figures: Mapping[str, float]) -> bool:
    """Whether a text passes FineWeb's own rules, with the paper's limits (English)."""
    return (
        figures["fineweb_line_punct_ratio"] >= 0.12
        and figures["fineweb_short_line_ratio"] <= 0.67
        and figures["fineweb_char_duplicates_ratio"] <= 0.01
        and figures["fineweb_newline_word_ratio"] <= 0.3
    )


def _gopher(text: str, words: list[str], lines: list[str]) -> Figures:
    count = len(words)
    symbols = sum(text.count(symbol) for symbol in _SYMBOLS)
    letterless = sum(not any(map(str.isalpha, word)) for word in words)
    lowered = {word.lower().strip(".,;:!?") for word in words}
    return {
        "rps_doc_word_count": float(count),
        "rps_doc_mean_word_length": sum(map(len, words)) / max(1, count),
        "rps_doc_symbol_to_word_ratio": symbols / max(1, count),
        "rps_doc_frac_no_alph_words": letterless / max(1, count),
        "rps_doc_frac_unique_words": len(set(words)) / max(1, count),
        "rps_lines_start_with_bulletpoint": _share(
            lines, lambda s: s.lstrip().startswith(_BULLETS)
        ),
        "rps_doc_frac_lines_end_with_ellipsis": _share(
            lines, lambda s: s.rstrip().endswith(_ELLIPSES)
        ),
        "rps_doc_stop_word_fraction": sum(word.lower() in _STOP_WORDS for word in words)
        / max(1, count),
        "gopher_stop_words": float(len(lowered & _STOP_WORDS)),
    }


def _repetition(text: str, words: list[str]) -> Figures:
    figures: Figures = {}
    paragraphs = [part.strip() for part in re.split(r"\n{2,}", text) if part.strip()]
    lines = [part.strip() for part in text.split("\n") if part.strip()]
    for name, parts in (("line", lines), ("para", paragraphs)):
        repeats = [part for part, times in Counter(parts).items() for _ in range(times - 1)]
        figures[f"gopher_dup_{name}_frac"] = len(repeats) / max(1, len(parts))
        figures[f"gopher_dup_{name}_char_frac"] = sum(map(len, repeats)) / max(1, len(text))
    lowered = [word.lower() for word in words]
    letters = max(1, sum(map(len, lowered)))
    for size in _TOP:
        grams = Counter(_grams(lowered, size))
        best = max(
            (times * sum(map(len, gram)) for gram, times in grams.items() if times > 1), default=0
        )
        figures[f"rps_doc_frac_chars_top_{size}gram"] = best / letters
    for size in _REPEATED:
        figures[f"rps_doc_frac_chars_dupe_{size}grams"] = _repeated(lowered, size) / letters
    return figures


def _grams(words: list[str], size: int) -> list[tuple[str, ...]]:
    return list(zip(*(words[at:] for at in range(size)), strict=False))


def _repeated(words: list[str], size: int) -> int:
    """Return the letters of words that stand in any run seen before; each word once."""
    seen: set[tuple[str, ...]] = set()
    marked = bytearray(len(words))
    for at, gram in enumerate(_grams(words, size)):
        if gram in seen:
            marked[at : at + size] = b"\x01" * size
        seen.add(gram)
    return sum(len(word) for word, mark in zip(words, marked, strict=True) if mark)


def _c4(text: str, lines: list[str]) -> Figures:
    lowered = text.lower()
    return {
        "rps_doc_num_sentences": float(len(_SENTENCE.findall(text))),
        "rps_doc_curly_bracket": (text.count("{") + text.count("}")) / max(1, len(text)),
        "rps_doc_lorem_ipsum": lowered.count("lorem ipsum") / max(1, len(text)),
        "c4_lines_under_3_words": _share(lines, lambda s: len(s.split()) < 3),
        "c4_lines_javascript": _share(lines, lambda s: "javascript" in s.lower()),
        "c4_lines_policy": _share(lines, lambda s: any(word in s.lower() for word in _POLICY)),
        "c4_longest_word": float(max(map(len, text.split()), default=0)),
        "rps_lines_ending_with_terminal_punctution_mark": _share(lines, _ends),
        "rps_lines_uppercase_letter_fraction": sum(map(str.isupper, text)) / max(1, len(text)),
        "rps_lines_numerical_chars_fraction": sum(map(str.isdigit, text)) / max(1, len(text)),
        "rps_lines_javascript_counts": float(lowered.count("javascript")),
        "rps_lines_num_words": float(len(_WORD.findall(text))),
    }


def _fineweb(text: str, words: list[str], lines: list[str]) -> Figures:
    repeats = sum(len(line) * (times - 1) for line, times in Counter(lines).items() if times > 1)
    return {
        "fineweb_line_punct_ratio": _share(lines, _ends),
        "fineweb_short_line_ratio": _share(lines, lambda s: len(s) <= _SHORT_LINE),
        "fineweb_char_duplicates_ratio": repeats / max(1, len(text.replace("\n", ""))),
        "fineweb_newline_word_ratio": text.count("\n") / max(1, len(words)),
    }


def _ends(line: str) -> bool:
    return line.rstrip().endswith(_TERMINAL)


def _share(lines: list[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, lines)) / max(1, len(lines))
