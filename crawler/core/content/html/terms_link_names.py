"""What links to terms of use, legal notices and imprints are called, in forty-odd languages."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

_DATA: dict[str, Any] = tomllib.loads(
    files("crawler.core.content.html").joinpath("terms_link_names.toml").read_text(encoding="utf-8")
)
_ADORNMENT = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_BETWEEN = re.compile(r"[\s_\u2019'/|·-]+")
# Letters that no decomposition makes plain; the first is the dotless i.
_PLAIN = str.maketrans(dict(zip("\u0131\u0142\u00f8\u0111", "ilod", strict=True)))


@lru_cache(maxsize=4_096)  # the pages of a site name the same places
def folded(text: str) -> str:
    """Return a name in the letters it is looked up by: no case, no marks, one hyphen between."""
    text = text.lower().translate(_PLAIN)
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join([letter for letter in parts if unicodedata.category(letter) != "Mn"])
    return _BETWEEN.sub("-", _ADORNMENT.sub("", text))


NAMES: Final = frozenset([folded(name) for names in _DATA["names"].values() for name in names])
# As a path says it, with hyphens or in one word.
PATHS: Final = NAMES | {name.replace("-", "") for name in NAMES} | set(_DATA["paths"])
# Their first three letters, as they are written and folded; before them may stand what adorns.
HEADS: Final = frozenset(
    {name[:3] for name in PATHS}
    | {name.lower()[:3] for names in _DATA["names"].values() for name in names}
)
AROUND: Final = (
    " \t\n\r\f\xa0\u00a9\u00ab\u00bb\u2022\u00b7\u2013\u2014\u203a\u2039-|*.,:;()[]{}<>/\\\"'&"
)
# The longest name that is looked up, in characters.
LONGEST: Final = 120
