"""Other views of what pages show: old revisions, histories, printings, sortings. Pure.

The rules know what makes such views (forges, wikis, forums), never a site. Of old revisions there
is no end, so they come late and are capped together with what leads to them; a view that may be
a page of its own only comes late.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

PAGE: Final = 0
LATE: Final = 1  # after the pages
OLD: Final = 2  # after the pages, and capped


class View(NamedTuple):
    """What a URL shows, and of what: the path before the view begins."""

    kind: int
    prefix: str


_PAGE: Final = View(PAGE, "")


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


# --- paths ---------------------------------------------------------------------------

# What stands before a revision in the addresses of forges and repository browsers.
_TREES: Final = _words(
    "annotate artifact blame blob blobdiff blobdiff_plain blob_plain changeset changesets commit"
    " commitdiff commitdiff_plain commits compare comparison diff diffs info patch raw-file raw-rev"
    " rev revision revisions revs shortlog snapshot src tree treediff vdiff"
)
# ... and of much else: only a whole hash tells.
_OTHERS: Final = _words("+ browse changes file files graph history item log plain raw source")
_WORDS: Final = _TREES | _OTHERS
_COUNTED: Final = _words("changeset commit rev revs")  # revisions may be numbers
_RELEASED: Final = _words("blame blob commits src tree")
_COMPARED: Final = _words("commits compare diff diffs log")
_BETWEEN: Final = _words("branch commit heads refs tag tags")
_HASH: Final = re.compile(r"(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{7,64}(?![0-9a-z])")
_LONG: Final = frozenset({12, 40, 64})  # Mercurial's short hashes; SHA-1; SHA-256
_NUMBER: Final = re.compile(r"[0-9]{1,10}(?![0-9a-z.])")
_RELEASE: Final = re.compile(r"v?[0-9]{1,9}(?:\.[0-9]{1,9}){1,5}(?![0-9])")
# Shown for a branch too: as often as there are files.
_ALWAYS: Final = _words("annotate blame commits _history shortlog raw-file blobdiff commitdiff")
# (GitLab puts a "-" before them.)
_AFTER_DASH: Final = _words(
    "archive blame commits compare edit find_file graphs network new raw tree_commits"
)
# What a wiki or a store of texts shows of a page behind its name, and its programs for that.
_BEHIND_PAGES: Final = _words("_compare _history diff history revisions")
_HOLDING_PAGES: Final = _words("node page pages wiki")
_PROGRAMS: Final = _words(
    "diffpages.action diffpagesbyversion.action tiki-pagehistory.php"
    " viewpreviouspageversions.action viewpreviousversions.action"
)
_PRINTED: Final = _words(
    "print print.htm print.html print.php printable printer-friendly printpage printthread.php"
    " printview printview.php"
)
# Views of one post of a thread: /t/title/12/34, /threads/title.12/post-34
_POST: Final = re.compile(r"/t/[^/]+/[0-9]+/[0-9]+/?\Z|/post-[0-9]+/?\Z|/(?:latest|unread)\Z")
_SPECIAL: Final = re.compile(
    r"(?:^|[/=])(?:special|spezial|especial|speciaal|speciale|specjalna|spesial"
    r"|sp%c3%a9cial)(?::|%3a)([a-z]+)"
)
_ENDLESS: Final = _words(
    "citethispage contributions createaccount diff history log mobilediff movepage permalink"
    " permanentlink recentchangeslinked undelete userlogin whatlinkshere"
)
# Only these need a closer look: most paths have none.
_HINT: Final = re.compile(
    r"/(?:[+-]|t|_compare|_history|!svn|tiki-pagehistory\.php|viewprevious[a-z]{0,20}\.action|(?:annotate|artifact|blame|blob|browse|change|commit|compar|diff|file"
    r"|graph|history|info|item|latest|log|patch|plain|post-|print|raw|rev|shortlog|snapshot"
    r"|source|src|tree|unread|vdiff)[a-z_.-]*+)(?=[/0-9]|\Z)"
).search

# --- queries -------------------------------------------------------------------------

_REVISION: Final = _words(
    "oldid old_rev new_rev pathrev r1 r2 rev1 rev2 rev2[0] rev2%5b0%5d revid undo undoafter"
)
_NUMBERED: Final = _words("diff rev revision")  # if a number or a hash is the value
_HASHES: Final = _words("changeset commit h hb hp hpb sha treeish")
_IDS: Final = _words(
    "at c from id ref to"
)  # a hash may be the id of anything, except behind a tree
_NUMBERS: Final = re.compile(r"(?:prev|next|cur)\Z|r?[0-9][0-9.]*\Z")
_WIKI_ACTS: Final = _words("a action do viewer")
_ACTS: Final = _WIKI_ACTS | _words("cmd mode op view")
_OLD_ACTS: Final = _words(
    "annotate blame changes delete diff edit formedit history markpatrolled protect purge raw"
    " recall render revert revisions rollback submit undo unprotect unwatch watch"
)
_LATE_ACTS: Final = _OLD_ACTS | _words(
    "compare info atom attachfile backlink blame_incremental blobdiff blobdiff_plain commitdiff"
    " commitdiff_plain credits dublincore findpost fullsearch getlastpost getnewpost hybrid index"
    " lastpost likepages linear localsitemap log login media newest newpost next nextnewest"
    " nextoldest patch patches previous print printable printpage quote recent register reply rss"
    " search shortlog snapshot source spellcheck subscribe threaded unread"
)
_SORTS: Final = _words(
    "asc ascending daysprune desc descending goto highlight order order_by orderby ordering"
    " per_page perpage pf pp print prev_next print_friendly printable printer printerfriendly"
    " replytocom sd share sk sord sort sort_by sort_order sortby sorting sortorder"
)
_FACETS: Final = ("filter", "facet", "refine", "f[", "f%5b")
_SEPARATOR: Final = re.compile(r"[&;]")
# The columns by which a web server sorts its list of files.
_COLUMNS: Final = re.compile(r"(?:^|[&;])c=[nmsd][&;]o=[ad]\Z")
# What is asked of a parameter's value, by its name.
_BY_ACT, _BY_SORT, _BY_REVISION, _BY_NUMBER, _BY_HASH, _BY_VERSION, _BY_TITLE = range(1, 8)
_RULES: Final = {
    **dict.fromkeys(_ACTS, _BY_ACT),
    **dict.fromkeys(_SORTS, _BY_SORT),
    **dict.fromkeys(_REVISION, _BY_REVISION),
    **dict.fromkeys(_NUMBERED, _BY_NUMBER),
    **dict.fromkeys(_HASHES | _IDS, _BY_HASH),
    "version": _BY_VERSION,
    "title": _BY_TITLE,
}


def view_of(path: str, query: str) -> View:
    """Return what a URL shows: a page, as far as anybody can tell, or another view of some."""
    # (A wiki's special pages have a colon.)
    hinted = _HINT(path) is not None or ":" in path or "%3" in path
    if not query:
        return _path_view(path.lower()) if hinted else _PAGE
    path = path.lower()
    kind = _query_view(query.lower(), path, hinted=hinted)
    if hinted:
        shown = _path_view(path, named=kind == OLD)
        if shown.kind >= kind:
            return shown
    return View(kind, _first(path)) if kind else _PAGE


def _first(path: str) -> str:
    """Return what a wiki or a forum lives under."""
    end = path.find("/", 1)
    return path[:end] if end > 0 else ""


def _path_view(path: str, *, named: bool = False) -> View:
    """Return what the words of a path say; `named`: the query names an old revision."""
    segments = path.split("/")
    late = False
    for at, word in enumerate(segments):
        if word in _WORDS:
            following = segments[at + 1 : at + 4]
            while following and following[0] in _BETWEEN:
                following = following[1:]
            # /src/commit/1f2e, /rev/1f2e; of a word that only follows, the first one counts
            if named or (following and _is_revision(word, following[0])):
                before = at - 1 if segments[at - 1] in ("-", "+") else at
                return View(OLD, "/".join(segments[:before]))
        if word in _ALWAYS or (word in _AFTER_DASH and segments[at - 1] == "-"):
            late = True
    if special := _special(path):
        return View(special, _first(path))
    if _is_behind_page(segments):
        return View(OLD, _first(path))
    if late or segments[-1] in _PRINTED or _POST.search(path):
        return View(LATE, "")
    return _PAGE


def _is_behind_page(segments: list[str]) -> bool:
    """Whether a path is the history of a page, or a comparison: a program's, or behind its name."""
    if segments[-1] in _PROGRAMS or "!svn" in segments:
        return True
    behind = _BEHIND_PAGES.intersection(segments[-3:])
    return bool(behind) and not _HOLDING_PAGES.isdisjoint(segments[:-2])


def _is_revision(word: str, text: str) -> bool:
    match = _HASH.match(text)
    if word in _OTHERS:
        return match is not None and match.end() in _LONG
    if match or (word in _COMPARED and ".." in text):
        return True
    known = _NUMBER if word in _COUNTED else _RELEASE if word in _RELEASED else None
    return known is not None and known.match(text) is not None


def _special(text: str) -> int:
    """Return what a wiki's page about pages is, PAGE if it is none of them."""
    found = _SPECIAL.search(text)
    return PAGE if found is None else OLD if found[1] in _ENDLESS else LATE


def _query_view(query: str, path: str, *, hinted: bool) -> int:
    kind = PAGE
    for part in _SEPARATOR.split(query):
        name, _, value = part.partition("=")
        rule = _RULES.get(name, 0)
        if value and rule:
            kind = max(kind, _value_view(rule, name, value, path, hinted))
        elif name.startswith(_FACETS):
            kind = max(kind, LATE)
    return kind or (LATE if _COLUMNS.search(query) else PAGE)


def _value_view(rule: int, name: str, value: str, path: str, hinted: bool) -> int:  # noqa: FBT001
    """Return what one parameter says."""
    old = False
    late = rule == _BY_SORT
    if rule == _BY_ACT:
        old = name in _WIKI_ACTS and value in _OLD_ACTS
        late = value in _LATE_ACTS or value.startswith("export_")
    elif rule == _BY_REVISION:
        old = True
    elif rule == _BY_NUMBER:
        old = _NUMBERS.match(value) is not None or _is_hash(value)
    elif rule == _BY_HASH:
        late = _is_hash(value)
        old = late and (hinted or name in _HASHES)
    elif rule == _BY_VERSION:
        old = "/wiki" in path and value.isdigit()
    elif rule == _BY_TITLE:
        return _special("=" + value)
    return OLD if old else LATE if late else PAGE


def _is_hash(value: str) -> bool:
    match = _HASH.match(value)
    return match is not None and match.end() in _LONG
