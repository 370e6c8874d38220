"""The tags anything is read from, by number: a number is compared sooner than a name."""

from __future__ import annotations

from typing import Final

from librt.vecs import vec
from mypy_extensions import i64

from crawler.core.content.html.byte_scan import code_of


def words(names: str) -> frozenset[str]:
    return frozenset(names.split())


BLOCKS: Final = words("""
    address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing
    main menu nav ol p plaintext pre search section summary table tbody td textarea tfoot th thead
    tr ul xmp
""")
# Whatever stands in them is no text of the page.
LEFT_OUT: Final = words("""
    audio base canvas datalist embed frameset head iframe link map meta noframes noscript object
    param rp rt script select source style svg template title track video
""")
# Written without an end tag (HTML section 13.3).
_VOID: Final = words("""
    area base basefont bgsound br col embed frame hr img input keygen link meta param source
    track wbr
""")
# What stands in them is written as it is, without character references.
_RAW: Final = words("iframe noembed noframes plaintext script style xmp")
# Number of a tag -> its name; 0 is any other.
_OTHERS: Final = words("a b code em html i math mjx-container q small span strong sub sup time tt")
NAMES: Final = ("", *sorted(BLOCKS | LEFT_OUT | _VOID | _RAW | _OTHERS))
NUMBER: Final = {name: number for number, name in enumerate(NAMES) if name}
# 1 at the numbers of these tags.
VOID: Final = bytes([name in _VOID for name in NAMES])
RAW: Final = bytes([name in _RAW for name in NAMES])

_SLOTS: Final = 1_024


def number_of(code: i64) -> i64:
    """Return the number of the tag whose name has this hash, 0 for tags we do not know."""
    slot: i64 = (code ^ (code >> 10)) & (_SLOTS - 1)
    while _codes[slot]:
        if _codes[slot] == code:
            return _numbers[slot]
        slot = (slot + 1) & (_SLOTS - 1)
    return 0


def _table() -> tuple[vec[i64], bytes]:
    codes = [0] * _SLOTS
    numbers = bytearray(_SLOTS)
    for name, number in NUMBER.items():
        code = int(code_of(name.encode(), 0, len(name)))
        slot = (code ^ (code >> 10)) & (_SLOTS - 1)
        while codes[slot]:
            slot = (slot + 1) & (_SLOTS - 1)
        codes[slot], numbers[slot] = code, number
    return vec[i64](codes), bytes(numbers)


_table_of_codes = _table()
_codes: Final = _table_of_codes[0]
_numbers: Final = _table_of_codes[1]
