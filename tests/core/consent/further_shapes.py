"""Spellings of every carrier that got through once, or nearly: see `shapes`."""

# ruff: noqa: E501 - one shape a line

from __future__ import annotations

from collections.abc import Iterator

from tests.core.consent.shapes import ORIGIN, File, Shape, rsl_of


def _robots() -> Iterator[Shape]:
    wide = {ord(c): ord(c) + 0xFEE0 for c in "UseragntDilowv"}
    for how, text in {
        "entities": "User-agent&#58; &#42;\nDisallow&#x3a; &#47;\n",
        "named entities": "User-agent&colon; &ast;\nDisallow&colon; &sol;\n",
        "full-width letters": "User-agent: *\nDisallow: /\n".translate(wide),
        "JSON": '{"User-agent": "*", "Disallow": "/"}',
        "a list below": "User-agent: *\nDisallow:\n  - /b\n  - /\n",
        "values below": "User-agent:\n*\nDisallow:\n/\n",
        "agents below": "User-agent:\nOtherBot\nCorpusBot\nDisallow: /\n",
        "arrows": "User-agent -> *\nDisallow => /\n",
        "parted labels": "User - agent : *\nDis allow : /\n",
        "brackets": "User-agent: [*]\nDisallow: [/]\n",
        "angle brackets": "User-agent: <*>\nDisallow: </>\n",
    }.items():
        yield Shape(f"robots: {how}", True, {"/robots.txt": File(text)})
    for how, text in {
        "nothing below": "User-agent: *\nDisallow:\n\nSitemap: /s.xml\n",
        "words below": "User-agent: *\nDisallow:\nnothing at all\n",
        "another's list": "User-agent: OtherBot\nDisallow:\n- /\n",
        "an entity in a path": "User-agent: *\nDisallow: /a&amp;b\n",
        "an arrow in a path": "User-agent: *\nDisallow: /b->c\n",
        "others in brackets": "User-agent: [OtherBot]\nDisallow: [/]\n",
    }.items():
        yield Shape(f"robots: {how}", False, {"/robots.txt": File(text)})


def _licences() -> Iterator[Shape]:
    for refused, word in ((True, "prohibits"), (False, "permits")):
        for line in (
            "License={}/l.xml", "License\uff1a {}/l.xml", "Lic\u200bense: {}/l.xml",
            "Licenses: {}/l.xml", "Licence : {}/l.xml",
        ):  # fmt: skip
            text = f"User-agent: *\nAllow: /\n\n{line.format(ORIGIN)}\n"
            files = {"/robots.txt": File(text), "/l.xml": File(rsl_of(word))}
            yield Shape(f"rsl robots {line!a}: {word}", refused, files)
        for rel in ("licence", "'license'", "license;x", "LICENSE."):
            value = f'</l.xml>; rel="{rel}"; type="application/rsl+xml"'
            files = {"/l.xml": File(rsl_of(word))}
            yield Shape(f"rsl header rel {rel}: {word}", refused, files, headers=(("link", value),))
    for words in ("search;ai-train", "\u200ball", "AI-Train.", '"all"', "search|ai-train"):
        head = '<link rel="license" type="application/rsl+xml" href="/l.xml">'
        document = rsl_of("prohibits").replace(">all<", f">{words}<")
        yield Shape(f"rsl prohibits {words!a}", True, {"/l.xml": File(document)}, head=head)


def _marks() -> Iterator[Shape]:
    for name in ("x-robots", "x-robot-tag", "robots-tag", "robots"):
        yield Shape(f"{name}: noai", True, headers=((name, "noai"),))
        yield Shape(f"{name}: index", False, headers=((name, "index, follow"),))
    for value, refused in {
        "search=y; train-ai=n": True,
        "search=y | train-ai=n": True,
        "search=y;train-ai=y": False,
        "train-ai=y;search=n": False,
    }.items():
        yield Shape(f"content-usage: {value}", refused, headers=(("content-usage", value),))
    for head, refused in {
        '<meta name="robots" value="noai">': True,
        '<meta name="tdm_reservation" content="1">': True,
        '<meta name="dc:tdm-reservation" content="1">': True,
        '<meta name="tdmReservation" content="yes">': True,
        '<meta name="tdm-reservation" value="1">': True,
        '<meta name="tdm_reservation" content="0">': False,
        '<meta name="robots" value="all">': False,
    }.items():
        yield Shape(head, refused, head=head)


def _scripts() -> Iterator[Shape]:
    for how, text in {
        "single quotes": "{'@context':'https://schema.org','@type':'Article','isAccessibleForFree':FREE}",
        "no quotes": "{'@context':'https://schema.org',isAccessibleForFree:FREE}",
        "typographic quotes": "{\u201c@type\u201d:\u201cArticle\u201d,\u201cisAccessibleForFree\u201d:FREE}",
        "an address": '{"@type":"Article","isAccessibleForFree":{"@id":"https://schema.org/FREE"}}',
    }.items():
        for word, refused in (("false", True), ("true", False)):
            script = f'<script type="application/ld+json">{text.replace("FREE", word)}</script>'
            yield Shape(f"json-ld {how}: {word}", refused, head=script)


def _files() -> Iterator[Shape]:
    tdm = '[{"location": "/", "tdm-reservation": 1}]'
    for location, refused in {
        ".*": True, "^/.*": True, "^/a.*$": True, " / ": True, "\u200b/": True, "^/b/.*": False,
        "/b.*": False,
    }.items():  # fmt: skip
        file = File(tdm.replace('"/"', f'"{location}"'))
        yield Shape(f"tdmrep location {location!a}", refused, {"/.well-known/tdmrep.json": file})
    file = File(tdm.replace('"', "\u201d"))
    yield Shape("tdmrep.json: typographic quotes", True, {"/.well-known/tdmrep.json": file})
    for how, text, refused in (
        ("one line", "User-Agent: * Disallow: /", True),
        ("misspelt", "Useragent: *\nDissalow: /\n", True),
        ("no agent", "Disallow: /\n", True),
        ("equals", "User-Agent=*\nDisallow=/\n", True),
        ("vertical tabs", "User-Agent: *\x0bDisallow: /\x0b", True),
        ("entities", "User-Agent&#58; *\nDisallow&#58; /\n", True),
        ("breaks spelt out", "User-Agent: *\\nDisallow: /\\n", True),
        ("no agent, images", "Disallow: *.jpg\n", False),
        ("misspelt, images", "Useragent: *\nDissalow: *.png\n", False),
        ("nothing disallowed", "User-Agent: *\nDisallow:\n", False),
    ):
        yield Shape(f"/ai.txt: {how}", refused, {"/ai.txt": File(text)})
    for text, refused in {
        "member=x datatrainingallowed=no contact=y": True,
        "member=x, Data-Training-Allowed: no": True,
        "member=x datatrainingallowed=yes contact=y": False,
        "# datatrainingallowed=no is not what we say": False,
    }.items():
        yield Shape(f"/trust.txt: {text}", refused, {"/trust.txt": File(text)})


def _labels() -> Iterator[Shape]:
    for charset in ("utf-16", "utf-16le", "UTF-16BE"):
        for word, refused in (("noai", True), ("all", False)):
            yield Shape(
                f"called {charset}: {word}",
                refused,
                head=f'<meta name="robots" content="{word}">',
                content_type=f"text/html; charset={charset}",
            )


FURTHER = tuple(
    shape for make in (_robots, _licences, _marks, _scripts, _files, _labels) for shape in make()
)
