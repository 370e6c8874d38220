"""Names that end as those of files do, though they may be pages: Node.js, File:Map.png. Pure.

What an answer is, its server says. A request is only saved where the address leaves no doubt.
"""

from __future__ import annotations

import re
from typing import Final

PAGE: Final = 0
UNSURE: Final = 1
FILE: Final = 2


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


# What holds titles: the last segment names what a page is about, whatever it ends like.
_TITLES: Final = _words(
    "categories category cgi-bin crate gem keyword label labels library npm package tag tagged tags"
    " term title topic topics user users w wiki wikis"
)
# ... and what does so for things only.
_OF_THINGS: Final = _words(
    "about article articles blame blob blog browse browser compare definition discussion doc docs"
    " entry files glossary libraries packages page pages project projects question questions search"
    " source src tree view viewer what-is word"
)
_THINGS: Final = _words("css csv js json mjs")
_PROGRAMS: Final = _words("bin exe")  # of web servers, where a query follows
_SCRIPTS: Final = (".asp", ".aspx", ".cgi", ".dll", ".exe", ".fcgi", ".jsp", ".php", ".pl", ".py")
# Where files lie.
_STORES: Final = _words(
    "_images _next _nuxt _static assets attachments bin bower_components build cache css cdn dist"
    " download downloads fonts gallery icons images img imgs include includes javascript"
    " javascripts js lib libs mathjax media min node_modules photos plugins public raw releases"
    " resources scripts skins static styles stylesheets templates themes thumb thumbs upload"
    " uploads vendor vendors wp-content wp-includes"
)
# The query of a page that shows something; a file's says its version or size.
_SHOWN: Final = re.compile(r"(?:^|[&;])(?:action|display|do|oldid|show|tab|title|topic|view)=")


def name_of(path: str, query: str, textless: frozenset[str]) -> int:
    """Return FILE, UNSURE or PAGE for a path, by the end of its last segment."""
    dot = path.rfind(".")
    if dot < 0 or (extension := path[dot + 1 :].lower()) not in textless:
        return PAGE
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0]
    if not stem:  # a name, not the end of one
        return PAGE
    if ":" in name or "%3a" in name.lower():
        return PAGE  # a wiki's page about a file
    # What stands nearer to the name tells more: /wiki/images/Map.png, /media/wiki/Node.js
    for segment in reversed(folder.lower().split("/")):
        if segment in _STORES:
            return FILE
        if segment in _TITLES or segment.endswith(_SCRIPTS):
            return PAGE
        if segment in _OF_THINGS and extension in _THINGS:
            return PAGE
    if query:
        return PAGE if extension in _PROGRAMS or _SHOWN.search(query) else FILE
    return UNSURE if extension in _THINGS and "." not in stem else FILE
