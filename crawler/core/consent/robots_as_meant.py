"""robots.txt as it was meant: lines put right that stray from the grammar.

A reading of its own beside the others, of which the strictest stands: so it may refuse and never
permit. Put right are marks that nobody sees, odd blanks, colons and hyphens, quotes, tags, several
records or paths on a line, agents parted by anything, and labels that are misspelt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from crawler.core.late_expressions import late
from crawler.core.lenient_text import fold

# What a file looks like in which nothing need be put right; each line from its start only.
_PLAIN_FILE = late(
    r"(?:[ \t]*+(?:#[^\r\n]*+|(?:user-agent[ \t]*+:[ \t]*+(?!all|any|every)[\w*./%:!+@-]*+"
    r"|disallow[ \t]*+:[ \t]*+(?:[/*][\w*./%?=&$~:!+@-]*+)?)[ \t]*+(?:#[^\r\n]*+)?"
    r"|(?![ud])[a-z_-]++[ \t]*+:[ -~]*+)?[\r\n]++)*+\Z",
    re.IGNORECASE | re.ASCII,
)
# Lines that `_meant` gives back as they stand, and such as it gives nothing for: comments, and the
# marks and tags of a page that is sent instead. They spare most of the time of a long file.
_BLANK = re.compile(r"\s*+").fullmatch
_AS_MEANT = re.compile(
    r"User-agent: (?:\*|(?!(?i:all|any|everyone|everybody)\.*\Z)\w[\w./+-]*+)"
    r"|Disallow: /(?:[.*/]*+\w[\w.*/+=?~$-]*+)?|Allow: /[\w.*/+=?~$-]*+",
    re.ASCII,
).fullmatch
_NOTHING = re.compile(
    r"#.*|[\s{}()\[\];,\"'|]*+(?:</?[a-z][ \w=\"'./:;()-]{0,99}+>[\s{}()\[\];,\"'|]*+)*",
    re.ASCII | re.IGNORECASE | re.DOTALL,
).fullmatch
_TWO = late(r"(?<=\S)[ \t]++(?:user-?agent|disallow)[ \t]*+:", re.IGNORECASE)
_LABEL = (
    r"user[ _-]{0,3}agents?|dis{1,2}[ _-]{0,3}al{1,3}ow(?:ed|s)?|allow(?:ed)?|sitemap"
    r"|content[ _-]{0,3}usage|content[ _-]{0,3}signals?|crawl[ _-]{0,3}delay|noindex|licen[cs]e"
    r"|disallowaitraining|ai[ _-]{0,3}training|request[ _-]{0,3}rate"
    r"|visit[ _-]{0,3}time|host"
    r"|prohibits"
)
# A label within a line begins a line of its own.
_INNER = late(
    rf"(?<=[\s\"',;|>{{])(?<!\bdis[ \t-])[\"'(]?(?=(?:{_LABEL})[\"']?[ \t]{{0,9}}:)"
    r"|(?<=\*)(?=disallow[ \t]{0,9}:)|(?<=\s)(?=disallow[ \t]{1,9}/)",
    re.IGNORECASE,
)
_BREAKS = late(
    r"<(?:br|/?p|/?div|/?li|/?pre|/?ul|/?html|/?body)\b[^<>\n]{0,99}>|\\r\\n|\\n|\\r", re.IGNORECASE
)
_TAG = late(r"</?[a-z][^<>\n]{0,99}>", re.IGNORECASE)
_HEAD = late(
    r"[\s\"'(>*,.{\[-]*([A-Za-z][A-Za-z _\-]{0,40}?)\s*+[\"']?\s*+(?:[:=;]+|[-=]{1,3}>)\s*+(.*)",
    re.DOTALL,
)
_NO_COLON = late(r"[\s\"'(>*,.-]*([A-Za-z_\-]{4,14}(?:[ _-]agent)?)[ \t]++([/*\"'\w].*)", re.DOTALL)
_MARKS = late(r"[,;|\"'`()\[\]{}<>]+")
_WORDS = late(r"[\s,;|\"'`()\[\]{}<>]+")
_EVERYBODY = frozenset(
    {"*", "**", "*.*", "/*", "all", "any", "everyone", "everybody", "all bots", "all robots"}
)
_COMMON = frozenset({"spider", "crawler", "robot", "bot", "agent", "yak", "lcc", "grok", "newsai"})
# Where a second path begins; a mark within a pattern ("/*;*id=") parts nothing.
_PATHS = late(r"(?<![ \t])[ \t]++[\"']?(?=[/*]|https?://)|(?<![*\s])[,;|]\s*+[\"']?(?=/|https?://)")
_REMARK = late(r"([^ \t]++)[ \t]++[^/.]*+\Z")
_EVERYTHING = frozenset(
    {"all", "any", "everything", "%2f", "\\", "/", "//", "/.", "./", "/*.*", "*.*", "(all)", "*"}
)
_ENTITY = late(r"&#?\w{1,8};")
_AROUND = "\"'`,;. ()[]{}<>"  # what stands about a value and is no part of it
# A value on a line of its own, below its label: an agent or a path.
_BELOW = late(r"(?:[-*\u2022]\s++)?([\w*./+-]++)")
_NO_LETTER_OR_AGAIN = late(r"[^a-z]+|(?<=([a-z]))\1")
_DISALLOW = frozenset({"disalow", "disalowed", "disalows"})
_AGENT = frozenset({"useragent", "useragents"})
_SHORT = 4


def lines(text: str) -> list[tuple[int, str]] | None:
    """Return the numbered lines of `text` as they were meant, None if they are so already."""
    ended = text if text.endswith(("\n", "\r")) else text + "\n"
    if _PLAIN_FILE.match(ended) and _TWO.search(text) is None:
        return None
    found: list[tuple[int, str]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if _BLANK(line) or _AS_MEANT(line):
            found.append((number, line))
        elif not _NOTHING(line):
            found.extend([(number, part) for part in _meant(line)])
    return _joined(found)


def _joined(found: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Give values that stand below an empty label that label."""
    result: list[tuple[int, str]] = []
    label = ""
    for number, line in found:
        name, colon, value = line.partition(":")
        below = _BELOW.fullmatch(line.strip()) if label and not colon else None
        if colon:
            label = name if name in ("User-agent", "Disallow") and not value.strip() else ""
        if below is None:
            result.append((number, line))
        elif label == "User-agent" or below[1].startswith(("/", "*")):
            result.append((number, f"{label}: {below[1]}"))
    return result


def _meant(line: str) -> list[str]:
    if "&" in line:
        line = _ENTITY.sub(lambda match: unescape(match[0]), line)
    content = fold(line).partition("#")[0]
    if "<" in content or "\\" in content:
        pieces = [_TAG.sub(" ", piece) for piece in _BREAKS.sub("\n", content).split("\n")]
        content = "\n".join(pieces)
    if ":" in content or "/" in content:
        content = _INNER.sub("\n", content)
    found: list[str] = []
    for record in content.split("\n"):
        stripped = record.strip()
        if stripped:
            found.extend(_record(stripped))
    if not line.strip():
        found.append(line)
    return found


def _record(record: str) -> Iterator[str]:
    match = _HEAD.match(record)
    label = _label(match[1]) if match else ""
    if not label:
        bare = _NO_COLON.match(record)
        label = _label(bare[1]) if bare else ""
        match = bare if label else match
    if match is None:
        if _BELOW.fullmatch(record):
            yield record
        return
    value = match[2].strip()
    if label == "user-agent":
        for agent in _agents(value):
            yield f"User-agent: {agent}"
    elif label == "disallow":
        yield from (f"Disallow: {path}" for path in _paths(value))
    else:
        yield f"{match[1]}: {value}"


def _label(written: str) -> str:
    """Return the label that refuses or names somebody, if `written` is one of them or nearly."""
    letters = _NO_LETTER_OR_AGAIN.sub("", written.lower())
    if letters in _DISALLOW or _is_near(letters, "disalow"):
        return "disallow"
    if letters in _AGENT or _is_near(letters, "useragent"):
        return "user-agent"
    return ""


def _is_near(letters: str, word: str) -> bool:
    """Whether one letter is missing, doubled, another one, or two changed places."""
    size, wanted = len(letters), len(word)
    if abs(size - wanted) > 1 or size < _SHORT or letters[0] != word[0]:
        return False
    start = 0
    while start < min(size, wanted) and letters[start] == word[start]:
        start += 1
    rest, other = letters[start:], word[start:]
    return (
        rest[1:] == other
        or rest == other[1:]
        or rest[1:] == other[1:]
        or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    )


def _agents(value: str) -> list[str]:
    """Return the agents of a list however parted, and the whole first: names may have blanks.

    Of such a name no common word is an agent ("Sogou web spider").
    """
    if value.lower().strip(_AROUND) in _EVERYBODY or value.strip("[]<>{} ") == "*":
        return ["*"]
    words = [word for word in _WORDS.split(value) if word.lower() not in _COMMON]
    names = (value.strip("\"' "), *map(str.strip, _MARKS.split(value)), *words)
    return [name for name in dict.fromkeys(names) if name] or [""]


def _paths(value: str) -> Iterator[str]:
    """Yield the paths of a line; what is one path stays whole."""
    if value.lower().strip(_AROUND) in _EVERYTHING:
        yield "/"
        return
    if value.startswith("\\"):
        value = value.replace("\\", "/")
    for path in _PATHS.split(value.strip("\"'` ").rstrip(",;")):
        remark = _REMARK.match(path)
        yield path.strip("\"'` ")
        if remark is not None:
            yield remark[1]
