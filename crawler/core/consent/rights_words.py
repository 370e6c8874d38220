"""Words that speak of rights, and names under which something is said of them.

Wide on purpose: they choose what is kept as evidence. What it means is for the protocols to say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.core.late_expressions import late

_LONGEST = 200  # characters of a name

# Parts of words, in small letters. A search for each is quicker than one expression for all.
_WORDS = (  # noqa: SIM905 - words, to be read
    "artificial künstlich artificiel intelligen learning train entraîn entren addestr"
    " trenow trän mining fouille minería scrap crawl spider robot opt-out optout copyright"
    " © (c) rights licen lizenz permi prohib forbid reserv terms consent unauthori noai"
    " noml noindex noarchive nosnippet nocache unavailable urheber recht vorbeh verbot"
    " untersag nutzung droit réserv interdi autoris derech direitos diritti vietat"
    " riservat auteurs voorbeh verboden rättig förbj rettighe forbud prawa zastrze zabron"
    " tdm llm gpt прав запрещ 版权 版權 著作 禁止 转载 転載 学習 学习 训练 保留 無断 저작"
    " 금지 학습"
).split()
_TOKENS = frozenset(("ai", "ki", "ia", "ml", "bot", "bots"))
# What is in a JSON text in which something stands under a name about rights.
_IN_NAMES = (
    "licen", "right", "usage", "ofaccess", "accessibleforfree", "terms", "tdm", "mining", "permi",
    "prohib", "reserv", "polic", "train", "opt-out", "optout", "opt_out", "robot", "bot", "crawler",
    "spider", "signal", "unavailable", "noai", "noml", '"ai', "'ai", ";ai", ":ai", "/ai", "-ai",
    "_ai", "#ai", ".ai",
)  # fmt: skip
_RIGHTS = late(
    r"licen[cs]|rights?(?!holder)|copyright(?!holder|year)|usage|conditions?ofaccess"
    r"|isaccessibleforfree|terms|tdm|mining|permi[st]|prohib|reserv|polic|train|opt-?_?out"
    r"|robot|bot\b|crawler|spider|content-?signal|cssselector|unavailable"
    r"|(?:^|[^a-z])ai(?:[^a-z]|$)|aitxt|noai|noml",
    re.IGNORECASE,
)
_PERSON = late(r"author|creator|holder|publisher|provider|contributor|editor", re.IGNORECASE)
_WORK = late(
    r"descri|title|keyword|author|creator|publisher|abstract|summary|subject|headline|teaser"
    r"|excerpt|caption|quot|review|body|^og:|^twitter:|^article:|^citation|^parsely|^sailthru"
    r"|^(?:dc|dcterms)[.:](?!right|licen|access)",
    re.IGNORECASE,
)


def speaks(text: str) -> bool:
    """Say if a text speaks of rights at all."""
    lowered = text.lower()
    return any(word in lowered for word in _WORDS) or not _TOKENS.isdisjoint(lowered.split())


def names_rights(text: str) -> bool:
    """Say if in a JSON text something may stand under a name about rights."""
    lowered = text.lower()
    return any(part in lowered for part in _IN_NAMES)


@lru_cache(maxsize=4_096)
def is_rights(name: str) -> bool:
    """Say if what stands under such a name is about rights."""
    return _RIGHTS.search(name[:_LONGEST]) is not None


@lru_cache(maxsize=4_096)
def is_person(name: str) -> bool:
    """Say if what stands under such a name tells who, and nothing of rights."""
    return _PERSON.search(name[:_LONGEST]) is not None


@lru_cache(maxsize=4_096)
def is_work(name: str) -> bool:
    """Say if what stands under such a name is of the work itself or about it."""
    return _WORK.search(name[:_LONGEST]) is not None
