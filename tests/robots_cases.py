"""Run robots.txt cases: `python -m tests.robots_cases FILE.json`.

The file is a list of `{id, robots_txt | robots_txt_base64, user_agent, url, allowed}`. Prints the
mismatches, then `allowed though refused: X`, `refused though allowed: Y`, and `N of M` last.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawler.core.consent import robots_access, robotstxt
from crawler.core.urls import parse

_BASE = parse("https://ex.test/")
_TOKEN = re.compile(r"[a-z_-]+")
_PRODUCT = re.compile(r"([a-z][\w.-]*)/", re.ASCII)
# Products that every browser-like agent string carries; nobody means them.
_BROWSERS = frozenset({"mozilla", "applewebkit", "chrome", "safari", "gecko", "khtml", "version"})


def allowed(case: Mapping[str, Any]) -> bool:
    """Tell whether the engine lets the case's agent ask for its URL."""
    if "robots_txt_base64" in case:
        body = base64.b64decode(case["robots_txt_base64"])
    else:
        body = case.get("robots_txt", "").encode("utf-8", "surrogatepass")
    url = parse(case["url"], _BASE)
    if url is None:
        return False
    if url.target == "/robots.txt":
        return True
    # The URL we would send has lost an empty query; the case may be about just that.
    empty_query = case["url"].partition("#")[0].endswith("?")
    target = url.target + "?" if empty_query and "?" not in url.target else url.target
    agents = agents_of(case.get("user_agent", "*"))
    named = [agent for agent in agents if robotstxt.select(body, agent).named]
    return not any(
        robots_access.refuses(body, target, agent, host=url.host) for agent in named or agents[:1]
    )


def agents_of(user_agent: str) -> list[str]:
    """Return the product tokens that a user-agent string may stand for, likeliest first."""
    text = user_agent.strip().lower()
    if _TOKEN.fullmatch(text):
        return [text]
    products = [name for name in _PRODUCT.findall(text) if name not in _BROWSERS]
    if not products and "/" not in text:
        products = [text, *text.split()[:1]]
    return list(dict.fromkeys(products)) or [text.partition("/")[0]]


def main(arguments: list[str] | None = None) -> int:
    """Run a file of cases and print what does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.robots_cases", description=__doc__)
    parser.add_argument("file", type=Path)
    options = parser.parse_args(arguments)
    cases = json.loads(options.file.read_text(encoding="utf-8"))
    opened = closed = 0
    for number, case in enumerate(cases):
        found, wanted = allowed(case), bool(case["allowed"])
        if found is not wanted:
            opened += found
            closed += wanted
            words = {True: "allowed", False: "refused"}
            print(f"{case.get('id', number)}: {words[found]}, expected {words[wanted]}")
    print(f"allowed though refused: {opened}")
    print(f"refused though allowed: {closed}")
    print(f"{len(cases) - opened - closed} of {len(cases)}")
    return 0 if not opened and not closed else 1


if __name__ == "__main__":
    sys.exit(main())
