"""Run consent cases: `python -m tests.vectors FILE.json [--spec]`.

Prints each mismatch and `N of M`; exit code 0 only when every case holds. A case gives what a
publisher serves (`in`) and the verdict each usage must get (`expect`; `spec` lists where the
literal reading differs).

Cases of written reservations, whose `note` begins with language and class ("de; positive/short"),
are also counted by class and by language: recall of the positive ones, false refusals of the rest.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawler.core import content
from crawler.core.consent import FileRequest, decide, next_file, read_file
from crawler.core.consent.protocols import literal_readings
from crawler.core.decision import Decision, Usage
from crawler.core.evidence import Evidence, FileKind, PageEvidence, Snapshot
from crawler.core.policy import ConsentPolicy, Readings
from crawler.core.response import Response
from crawler.core.urls import Url, parse

NOW = 1_795_305_600.0  # 2026-11-22T00:00:00Z
PAGES = ConsentPolicy().probes.after_pages  # the site has given: all its files are asked for
_TYPES = {"json": "application/json", "xml": "application/rsl+xml", "txt": "text/plain"}
_WRITTEN = re.compile(r"([a-z]{2,3}(?:-\w+)?); ((?:positive|negative)/\w+|scraping)")
_ROUNDS = 12  # site files and late documents of one case


def policy_of(*, spec: bool) -> ConsentPolicy:
    """Return the constants that all cases share."""
    readings = literal_readings() if spec else Readings()
    return ConsentPolicy(tokens=("CorpusBot", "CorpusBot-Train"), readings=readings)


def run(case: Mapping[str, Any], *, spec: bool = False) -> Decision:
    """Return the decision of one case, site files and late documents fetched as needed."""
    given = case.get("in", {})
    url = parse(given.get("url", "https://ex.test/a"))
    assert url is not None, given
    policy = policy_of(spec=spec)
    page = _page(given, url)
    site = [_robots(given, url)]
    for _ in range(_ROUNDS):
        request = next_file(url, tuple(site), policy, NOW, PAGES)
        if request is None:
            break
        site.append(read_file(request, _file(given, request.url), "", 0, NOW))
    decision = decide(Evidence(url, tuple(site), page), policy, NOW)
    for text in decision.awaiting:
        target = parse(text)
        assert target is not None, text
        request = FileRequest(FileKind.RSL, target, "")
        site.append(read_file(request, _file(given, target), "", 0, NOW))
    if decision.awaiting:
        decision = decide(Evidence(url, tuple(site), page), policy, NOW)
    return decision


def _robots(given: Mapping[str, Any], url: Url) -> Snapshot:
    robots = given.get("robots", {"status": 404})
    if isinstance(robots, str):
        robots = {"status": 200, "body": robots}
    target = parse(url.origin + "/robots.txt")
    assert target is not None
    request = FileRequest(FileKind.ROBOTS, target, url.origin)
    hops = int(robots.get("hops", 0))
    error = robots.get("error", "redirects" if hops > 5 else "")
    if error:
        return read_file(request, _bare(robots, target) if hops > 5 else None, error, hops, NOW)
    final = parse(robots.get("final_url", target.text))
    return read_file(request, _answer(robots, final or target, "text/plain"), "", hops, NOW)


def _bare(given: Mapping[str, Any], url: Url) -> Response:
    return Response(url, int(given.get("status", 302)))


def _answer(given: Mapping[str, Any], url: Url, type_: str) -> Response:
    pad = int(given.get("pad", 0))
    body = b"#" * 79 + b"\n"
    padding = (body * (pad // 80 + 1))[: max(pad - 1, 0)] + b"\n" * bool(pad)
    headers = [(name.lower(), value) for name, value in given.get("headers", [])]
    if not any(name == "content-type" for name, _ in headers):
        headers.append(("content-type", given.get("type", type_)))
    text = given.get("body", "").encode("utf-8", "surrogatepass")
    return Response(url, int(given.get("status", 200)), tuple(headers), padding + text)


def _file(given: Mapping[str, Any], url: Url) -> Response:
    files = given.get("files", {})
    item = files.get(url.text, files.get(url.target))
    if item is None:
        return Response(url, 404)
    if isinstance(item, str):
        item = {"body": item}
    return _answer(item, url, _TYPES.get(url.path.rpartition(".")[2], "text/plain"))


def _page(given: Mapping[str, Any], url: Url) -> PageEvidence:
    headers = tuple((name.lower(), value) for name, value in given.get("headers", []))
    if not any(name == "content-type" for name, _ in headers):
        headers += (("content-type", given.get("type", "text/html; charset=utf-8")),)
    body = given.get("html", "").encode("utf-8", "surrogatepass")
    response = Response(url, int(given.get("status", 200)), headers, body)
    return content.parse(response).evidence()


def mismatches(case: Mapping[str, Any], *, spec: bool = False) -> list[str]:
    """Return what differs from the expectation of one case, [] if it holds."""
    decision = run(case, spec=spec)
    labels = decision.verdict.labels()
    expected = dict(case["expect"])
    include = expected.pop("include", None)
    if spec:
        expected |= case.get("spec", {})
    found = [
        f"{usage}: {labels[usage]}, expected {expected[usage]}"
        for usage in map(str, Usage)
        if usage in expected and labels[usage] != expected[usage]
    ]
    if include is not None and not spec and decision.included is not include:
        found.append(f"include: {decision.included} ({decision.reason}), expected {include}")
    return found


class _Written:
    """Counts cases of written reservations by class and by language."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], list[int]] = {}  # what is counted: held, of

    def count(self, note: str, *, held: bool) -> None:
        match = _WRITTEN.match(note)
        if match is None:
            return
        language, kind = match[1], match[2]
        part = "recall" if kind.startswith("positive") else "false refusals"
        for name in ("all", kind, f"language {language}"):
            found = self.counts.setdefault((part, name), [0, 0])
            found[0] += held if part == "recall" else not held
            found[1] += 1

    def lines(self) -> list[str]:
        return [
            f"{part}, {name}: {hit} of {of} ({hit / of:.1%})"
            for (part, name), (hit, of) in sorted(self.counts.items())
        ]


def main(arguments: list[str] | None = None) -> int:
    """Run a file of cases and print what does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.vectors", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--spec", action="store_true", help="check the literal reading")
    options = parser.parse_args(arguments)
    cases = json.loads(options.file.read_text(encoding="utf-8"))
    held = 0
    written = _Written()
    for number, case in enumerate(cases):
        try:
            wrong = mismatches(case, spec=options.spec)
        except Exception as error:  # noqa: BLE001 - one bad case must not hide the others
            wrong = [f"{type(error).__name__}: {error}"]
        held += not wrong
        written.count(case.get("note") or "", held=not wrong)
        if wrong:
            print(f"{case.get('id', number)}: {'; '.join(wrong)}")
    for line in written.lines():
        print(line)
    print(f"{held} of {len(cases)}")
    return 0 if held == len(cases) else 1


if __name__ == "__main__":
    sys.exit(main())
