"""Whom robots.txt files speak of: classes of agents, and the companies of Longpre et al. 2024.

The classes are versioned with the list of tokens they come from; an operator's own list adds to
it. An agent belongs to one class; of the kinds that belong to none (data brokers, mixed and
undocumented use) only the agents themselves are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawler.core.consent.agent_list import BUILT_IN
from crawler.core.policy import AgentToken

VERSION = "2026-11-27"
EVERYBODY = "*"
TRAINING, SEARCH, USER, ARCHIVE, OTHER = "training", "search", "user", "archive", "other"
CLASSES = (TRAINING, SEARCH, USER, ARCHIVE)
_OF_KIND = {"training": TRAINING, "control": TRAINING, "search": SEARCH, "user": USER}
# Archives of the web and the crawlers that libraries run for them; each as its documents name it.
_ARCHIVES = (
    "ia_archiver",
    "archive.org_bot",
    "special_archiver",
    "heritrix",
    "Arquivo-web-crawler",
    "bnf.fr_bot",
    "Nicecrawler",
)
# Their agents by company (training and retrieval), as the study joined them.
COMPANIES: dict[str, tuple[str, ...]] = {
    "OpenAI": ("GPTBot", "ChatGPT-User"),
    "Google": ("Google-Extended",),
    "Common Crawl": ("CCBot",),
    "Amazon": ("Amazonbot",),
    "Anthropic": ("ClaudeBot", "CCBot"),
    "False Anthropic": ("anthropic-ai", "Claude-Web"),
    "Cohere": ("cohere-ai",),
    "Meta": ("FacebookBot",),
    "Internet Archive": ("ia_archiver",),
    "Google Search": ("Googlebot",),
}
# "Combined agent": the strictest over these is what the study calls restricted.
ANALYSED = ("Google", "OpenAI", "Anthropic", "Cohere", "Common Crawl", "Meta")
COMBINED = tuple(dict.fromkeys(agent for name in ANALYSED for agent in COMPANIES[name]))


@dataclass(frozen=True, slots=True)
class Agents:
    """Tokens in lower case: how each is spelt, and its class."""

    spelt: Mapping[str, str]
    classes: Mapping[str, str]

    def of(self, name: str) -> frozenset[str]:
        """Return the tokens (lower case) of a class."""
        return frozenset(token for token, kind in self.classes.items() if kind == name)


def agents(own: Iterable[AgentToken] = ()) -> Agents:
    """Return the agents that are counted: the built-in list, archives, and an operator's own."""
    spelt: dict[str, str] = {}
    classes: dict[str, str] = {}
    for entry in (*BUILT_IN, *own):
        token = entry.token.lower()
        spelt.setdefault(token, entry.token)
        classes[token] = _OF_KIND.get(entry.kind, OTHER)
    for name in _ARCHIVES:
        spelt.setdefault(name.lower(), name)
        classes[name.lower()] = ARCHIVE
    for names in COMPANIES.values():
        for name in names:
            spelt.setdefault(name.lower(), name)
            classes.setdefault(name.lower(), OTHER)
    return Agents(spelt, classes)
