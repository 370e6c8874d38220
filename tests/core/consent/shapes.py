"""Refusals spelt in every way we know, and harmless controls, each with its truth.

`SHAPES` is made by crossing what is said with how it is spelt and where it stands. A shape is what
a site serves; `keeps` sends it through the gates of a crawl and tells whether the page would be
kept. Nothing is asked of a network.
"""

# ruff: noqa: E501 - one shape a line

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from crawler.core.consent import FileRequest, decide, next_file, read_file
from crawler.core.content import ContentSettings
from crawler.core.content import parse as read_page
from crawler.core.content.sitemap import SitemapLimits
from crawler.core.decision import Decision
from crawler.core.evidence import Evidence, FileKind, PageEvidence, Snapshot
from crawler.core.judge import Rules, judge, judge_head
from crawler.core.outcome import Kept
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from crawler.core.task import Task, TaskKind
from crawler.core.urls import Url, parse

NOW = 1_795_305_600.0
ORIGIN = "https://ex.test"
_RULES = Rules(ConsentPolicy(), ContentSettings(), SitemapLimits())
_PLAIN = (("content-type", "text/plain"),)
_HTML = (("content-type", "text/html; charset=utf-8"),)
_TEXT = "<p>The river runs past the old mill, and in spring the meadows are under water. </p>" * 30

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class File:
    """What an address answers."""

    body: bytes | str
    headers: Headers = _PLAIN
    status: int = 200
    truncated: bool = False


@dataclass(frozen=True)
class Shape:
    """One site with one page, and whether that page refuses us."""

    name: str
    refused: bool
    files: dict[str, File] = field(default_factory=dict)
    head: str = ""
    body: str = _TEXT
    headers: Headers = ()
    page: str = ""  # the whole page, if it is not made of head and body
    content_type: str = "text/html; charset=utf-8"
    path: str = "/a"


def keeps(shape: Shape) -> bool:
    """Send a shape through every gate; tell whether its page would be kept and exported."""
    url = _url(ORIGIN + shape.path)
    site: tuple[Snapshot, ...] = ()
    for _ in range(30):
        request = next_file(url, site, _RULES.policy, NOW, 3)
        if request is None:
            break
        site += (_file(shape, request),)
    if not decide(Evidence(url, site), _RULES.policy, NOW):
        return False
    task = Task(1, url, TaskKind.PAGE, ("192.0.2.1",), site)
    whole = answer_of(shape)
    outcome = judge_head(task, replace(whole, body=b""), _RULES, NOW)
    if outcome is None:
        outcome = judge(task, whole, _RULES, NOW)
    if not isinstance(outcome, Kept):
        return False
    for text in outcome.decision.awaiting:
        site += (_file(shape, FileRequest(FileKind.RSL, _url(text), "")),)
    decision = decide(Evidence(url, site, outcome.evidence), _RULES.policy, NOW)
    return decision.included and not decision.awaiting


def html_of(shape: Shape) -> bytes:
    """Return the page as it is served."""
    html = shape.page or (
        f"<!doctype html><html><head><title>A page</title>{shape.head}</head>"
        f"<body>{shape.body}</body></html>"
    )
    return html.encode("utf-8", "surrogatepass")


def answer_of(shape: Shape) -> Response:
    """Return the answer to a request for the page."""
    headers = (("content-type", shape.content_type), *shape.headers)
    return Response(_url(ORIGIN + shape.path), 200, headers, html_of(shape))


def evidence_of(shape: Shape) -> PageEvidence:
    """Return what the page itself says."""
    return read_page(answer_of(shape)).evidence()


def decided(shape: Shape, evidence: PageEvidence) -> Decision:
    """Return what is made of that alone."""
    return decide(Evidence(_url(ORIGIN + shape.path), (), evidence), _RULES.policy, NOW)


def _file(shape: Shape, request: FileRequest) -> Snapshot:
    file = shape.files.get(request.url.target, File("", status=404))
    body = file.body.encode() if isinstance(file.body, str) else file.body
    response = Response(request.url, file.status, file.headers, body, truncated=file.truncated)
    return read_file(request, response, "", 0, NOW)


def _url(text: str) -> Url:
    url = parse(text)
    assert url is not None, text
    return url


# --- robots.txt ----------------------------------------------------------------------------

# How "User-agent: {agent}" and "Disallow: {path}" are spelt. All of these mean just that.
_ROBOTS = {
    "plain": "User-agent: {agent}\nDisallow: {path}\n",
    "carriage returns": "User-agent: {agent}\rDisallow: {path}\r",
    "no blank": "User-agent:{agent}\nDisallow:{path}",
    "upper case": "USER-AGENT: {agent}\nDISALLOW: {path}\n",
    "blank before colon": "User-agent : {agent}\nDisallow : {path}\n",
    "indented": "  User-agent: {agent}\n\tDisallow: {path}\n",
    "no colon": "User-agent {agent}\nDisallow {path}\n",
    "misspelt": "Useragent: {agent}\nDissalow: {path}\n",
    "misspelt without colon": "User-agent: {agent}\nDissalow {path}\n",
    "letters changed places": "User-agent: {agent}\nDisalolw: {path}\n",
    "letter missing": "Usr-agent: {agent}\nDisllow: {path}\n",
    "several labels": "User-agents: {agent}\nDisallowed: {path}\n",
    "equals": "User-agent={agent}\nDisallow={path}\n",
    "full-width colon": "User-agent\uff1a{agent}\nDisallow\uff1a {path}\n",
    "no-break space": "User-agent:\u00a0{agent}\nDisallow:\u00a0{path}\u00a0\n",
    "ideographic space": "User-agent:\u3000{agent}\nDisallow:\u3000{path}\n",
    "zero-width space": "\u200bUser-agent: {agent}\nDis\u200ballow: {path}\u200b\n",
    "soft hyphen": "User-\u00adagent: {agent}\nDis\u00adallow: {path}\n",
    "other hyphen": "User\u2010agent: {agent}\nDisallow: {path}\n",
    "mark in mid-file": "Sitemap: /s.xml\n\ufeffUser-agent: {agent}\n\ufeffDisallow: {path}\n",
    "two marks": "\ufeff\ufeffUser-agent: {agent}\nDisallow: {path}\n",
    "quoted value": "User-agent: \"{agent}\"\nDisallow: '{path}'\n",
    "typographic quotes": "User-agent: \u201c{agent}\u201d\nDisallow: \u201c{path}\u201d\n",
    "quoted lines": '"User-agent: {agent}"\n"Disallow: {path}"\n',
    "one line": "User-agent: {agent} Disallow: {path}",
    "line separator": "User-agent: {agent}\u2028Disallow: {path}\u2028",
    "breaks spelt out": "User-agent: {agent}\\nDisallow: {path}\\n",
    "br": "User-agent: {agent}<BR>\nDisallow: {path}<br />\n",
    "paragraphs": "<p>User-agent: {agent}</p><p>Disallow: {path}</p>",
    "pre": "<html><body><pre>User-agent: {agent}\nDisallow: {path}\n</pre></body></html>",
    "bullets": "- User-agent: {agent}\n- Disallow: {path}\n",
    "two paths": "User-agent: {agent}\nDisallow: /elsewhere {path}\n",
    "two paths and a comma": "User-agent: {agent}\nDisallow: /elsewhere, {path}\n",
    "a remark": "User-agent: {agent}\nDisallow: {path} please keep out\n",
    "agents by blanks": "User-agent: OtherBot {agent} NoBot\nDisallow: {path}\n",
    "agents by semicolons": "User-agent: OtherBot; {agent}\nDisallow: {path}\n",
    "agents by bars": "User-agent: OtherBot|{agent}|NoBot\nDisallow: {path}\n",
    "everything on one line without colons": "User-agent {agent} Disallow {path}",
    "agents by commas": "User-agent: OtherBot,{agent}\nDisallow: {path}\n",
    "full URL": "User-agent: {agent}\nDisallow: https://www.ex.test{path}\n",
    "no slash": "User-agent: {agent}\nDisallow: {path}\n",
    "comment behind": "User-agent: {agent} # us\nDisallow: {path} # all of it\n",
    "after a group": "User-agent: OtherBot\nDisallow:\n\nUser-agent: {agent}\nDisallow: {path}\n",
}
_MEAN_US = {"*": "everybody", "CorpusBot": "us"}


def _robots() -> Iterator[Shape]:
    for how, spelt in _ROBOTS.items():
        for agent, whom in _MEAN_US.items():
            text = spelt.format(agent=agent, path="/a")
            yield Shape(f"robots: {how}, {whom}", True, {"/robots.txt": File(text)})
        for agent, path in (("SomeSearchBot", "/a"), ("*", "/elsewhere")):
            text = spelt.format(agent=agent, path=path)
            yield Shape(f"robots: {how}, {agent} {path}", False, {"/robots.txt": File(text)})
    plain = "User-agent: {agent}\nDisallow: {path}\n"
    for how, octets in {
        "UTF-16 LE": lambda t: t.encode("utf-16"),
        "UTF-16 BE": lambda t: b"\xfe\xff" + t.encode("utf-16-be"),
        "UTF-16 unmarked": lambda t: t.encode("utf-16-le"),
        "UTF-32": lambda t: b"\xff\xfe\0\0" + t.encode("utf-32-le"),
        "wrong mark": lambda t: b"\xff\xfe" + t.encode(),
        "Latin-1 blanks": lambda t: t.replace(": ", ":\xa0").encode("latin-1"),
        "NUL": lambda t: t.replace("a", "a\0").encode(),
        "gzip": lambda t: gzip.compress(t.encode()),
        "gzip in two members": lambda t: gzip.compress(t[:9].encode()) + gzip.compress(t[9:].encode()),
        "gzip in gzip": lambda t: gzip.compress(gzip.compress(t.encode())),
        "zlib": lambda t: zlib.compress(t.encode()),
    }.items():  # fmt: skip
        for agent, path, refused in (("*", "/", True), ("SomeSearchBot", "/", False)):
            body = octets(plain.format(agent=agent, path=path))
            yield Shape(f"robots: {how}, {agent}", refused, {"/robots.txt": File(body)})
    for name, answer in {
        "raw deflate": File(zlib.compress(plain.encode() * 9)[2:-4]),
        "an image": File(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256))),
        "a broken gzip": File(b"\x1f\x8b\x08\0" + bytes(range(200))),
        "a part": File("User-agent: *\nAllow: /", status=206),
        "cut short": File("User-agent: *\nAllow: /a", truncated=True),
        "cut within Allow": File(_cut("User-agent: *\nDisallow: /\n", "Allow: /", "a-notice")),
        "cut within Disallow": File(_cut("User-agent: *\nAllow: /b\n", "Disallow: /", "about")),
    }.items():
        yield Shape(f"robots: {name}", True, {"/robots.txt": answer})
    for name, text in {
        "another host's URL": "User-agent: *\nDisallow: https://other.test/\n",
        "a comma in a path": "User-agent: *\nDisallow: /a,b\n",
        "a wildcard before a mark": "User-agent: *\nDisallow: /*;*session\n",
        "a folder with a blank": "User-agent: *\nDisallow: /a b/c.html\n",
        "a label in a query": "User-agent: *\nDisallow: /?x=1&disallow=/\n",
        "commented out": "# User-agent: *\n# Disallow: /\n",
        "commented out on one line": "# <br>User-agent: *<br>Disallow: /\n",
        "a name of several words": "User-agent: Sogou web spider\nDisallow: /\n",
        "a browser's full name": "User-agent: Mozilla/5.0 (compatible; SeekBot/2.0; +http://x.test)\n"
        "Disallow: /\n",
        "nothing disallowed": "User-agent: *\nDisallow:\u00a0\n",
        "an error page": "<!doctype html><html><body><h1>Not found</h1><p>User agents are"
        " disallowed here: nothing.</p></body></html>",
        "unknown labels": "User-agent: *\nClean-param: ref /a\nHost: ex.test\nDetails: /a\n",
    }.items():
        yield Shape(f"robots: {name}", False, {"/robots.txt": File(text)})


def _cut(head: str, seen: str, unseen: str) -> str:
    """Return a robots.txt whose first 500 KiB end between two parts of a line."""
    pad = 512_000 - len(head) - len(seen) - 2
    return f"{head}#{'x' * pad}\n{seen}{unseen}\n" + "# more\n" * 9


# --- directives ----------------------------------------------------------------------------

_NO_AI = (
    "noai", "NOAI", "noai.", '"noai"', "\u201cnoai\u201d", "no-ai", "no_ai", "no ai", "noai=true",
    "noai: yes", "noai!", "(noai)", "[noai]", "noai\u200b", "\u200bnoai", "no\u00adai", "index|noai",
    "index;noai", "index/noai", "index+noai", "index\uff0cnoai", "index\u3001noai", "index & noai",
    "\uff4e\uff4f\uff41\uff49", "index,\u00a0noai", "&quot;noai&quot;", "all, noai, follow", "noml", "noindex",
    "noindex+nofollow", "noarchive.", "no-archive", "none;", "DisallowAITraining", "disallow-ai-training",
    "no-ai-training", "nofollow, " * 900 + "noai", "unavailable_after: 1 Jan 2020 00:00:00 GMT",
    "otherbot: index, CorpusBot: noai", "no\u2011ai",
)  # fmt: skip
_NO_REFUSAL = (
    "index, follow", "all", "nofollow", "max-snippet:-1, max-image-preview:large", "noimageai",
    "noimageindex; nofollow", "otherbot: noindex", "noai=false", '"index"', "index|follow",
    "unavailable_after: 1 Jan 2090 00:00:00 GMT", "notranslate.", "index\uff0cfollow",
)  # fmt: skip


def _directives() -> Iterator[Shape]:
    for value, refused in [*((v, True) for v in _NO_AI), *((v, False) for v in _NO_REFUSAL)]:
        shown = value if len(value) < 60 else f"{value[:20]}...{value[-10:]}"
        if "&quot;" not in value:
            yield Shape(f"x-robots-tag: {shown!a}", refused, headers=(("x-robots-tag", value),))
        quoted = value.replace("&", "&amp;").replace('"', "&quot;")
        for name in ("robots", "CorpusBot"):
            if name == "CorpusBot" and ":" in value and "unavailable" not in value:
                continue
            head = f'<meta name="{name}" content="{quoted}">'
            yield Shape(f"meta {name}: {shown!a}", refused, head=head)
    for head, refused in {
        '<meta name="robots, googlebot" content="noai">': True,
        '<meta property="robots" content="noai">': True,
        '<meta http-equiv="X-Robots-Tag" content="noai">': True,
        '<meta name="anybot" content="index|noai">': True,
        '<meta name="amazonbot" content="noarchive">': True,
        '<meta name="bingbot" content="nocache">': True,
        '<meta name="noai" content="true">': True,
        '<meta name="DisallowAITraining" content="/">': True,
        '<meta name="bingbot" content="noindex">': False,
        '<meta name="description" content="What noai and no-ai mean to us.">': False,
        '<meta name="keywords" content="noai, robots, nofollow, crawlers">': False,
        '<meta name="og:title" content="noindex/noai explained">': False,
        '<meta name="noai" content="false">': False,
        "<!-- <meta name=robots content=noai> -->": False,
        "<template><meta name=robots content=noai></template>": False,
    }.items():
        yield Shape(head, refused, head=head)


# --- tdm, ad-hoc marks, preferences --------------------------------------------------------


def _values() -> Iterator[Shape]:
    for value in (
        "1",
        " 1 ",
        '"1"',
        "?1",
        "1.0",
        "true",
        "TRUE",
        "yes",
        "1;x",
        "1.",
        "\uff11",
        "reserved",
        "0, 1",
    ):
        yield Shape(f"tdm header {value!a}", True, headers=(("tdm-reservation", value),))
        quoted = value.replace('"', "&quot;")
        for attribute in ("name", "property"):
            head = f'<meta {attribute}="tdm-reservation" content="{quoted}">'
            yield Shape(f"tdm meta {attribute} {value!a}", True, head=head)
    for value in ("0", "no", "false", "unknown", ""):
        yield Shape(f"tdm header {value!a}", False, headers=(("tdm-reservation", value),))
    for name, value, refused in (
        ("content-usage", "train-ai=n", True),
        ("content-usage", "train-ai = n", True),
        ("content-usage", "train-ai: no", True),
        ("content-usage", 'train-ai="n"', True),
        ("content-usage", "train-ai='n'", True),
        ("content-usage", "train\u2010ai\uff1dn", True),
        ("content-usage", "a=y, " * 2_000 + "train-ai=n", True),
        ("content-usage", "search=n", False),
        ("content-usage", "train-ai=y", False),
        ("content-signal", "search=yes;ai-train=no", True),
        ("content-signal", "search=yes ai-train = 'no'", True),
        ("content-signal", "ai\u2011train=no", True),
        ("content-signal", "search=yes", False),
        ("x-ai-training", "disallowed", True),
        ("x-ai-training", "Prohibited.", True),
        ("x-ai-training", "allowed", False),
        ("ai-training", "x, " * 2_000 + "no", True),
        ("ai-license", "allow; price:$0.10", True),
        ("ai-license", "allow; price:0", False),
        ("disallowaitraining", "/", True),
    ):
        shown = value if len(value) < 60 else f"...{value[-12:]}"
        yield Shape(f"header {name}: {shown!a}", refused, headers=((name, value),))
    for line, refused in {
        "AI-Training: disallow": True,
        "AI-Training: allow": False,
        "DisallowAITraining: /": True,
        "Disallow-AI-Training: /a": True,
        "DisallowAITraining: /b": False,
        "Content-Usage: train-ai=n": True,
        "Content-Signal: ai-train=no": True,
        "Content-Signal\uff1a ai-train=no": True,
        "Content-Signal: search=yes": False,
        "Prohibits: ai-train": True,
    }.items():
        text = f"User-agent: *\nAllow: /\n{line}\n"
        yield Shape(f"robots line {line!a}", refused, {"/robots.txt": File(text)})
    for agent, refused in {
        "GPTBot": True,
        "Google\u2011Extended": True,
        "model-training": True,
        "AITrainingBot": True,
        "GrokBot": True,
        "AwarioSmartBot": True,
        "ClaudeBot; CCBot": True,
        '"CCBot"': True,
        "TrainlineBot": False,
        "Baidu Spider": False,
        "OAI-SearchBot": False,
    }.items():
        text = f"User-agent: {agent}\nDisallow: /\n"
        yield Shape(f"robots agent {agent!a}", refused, {"/robots.txt": File(text)})


# --- JSON-LD and its twins -----------------------------------------------------------------

_WRAPPED = {
    "plain": "{}",
    "CDATA": "<![CDATA[{}]]>",
    "CDATA in comments": "//<![CDATA[\n{}\n//]]>",
    "CDATA in star comments": "/*<![CDATA[*/{}/*]]>*/",
    "HTML comment": "<!--\n{}\n-->",
    "comment before": "// rights\n{}",
    "comment within": "/* rights */ {} /* end */",
    "semicolon": "{};",
    "array": "[{}]",
    "graph": '{{"@context":"https://schema.org","@graph":[{{"@type":"WebSite"}},{}]}}',
    "main entity": '{{"@type":"WebPage","mainEntity":{}}}',
    "raw line break": '{{"@type":"WebPage","description":"one\ntwo","mainEntity":{}}}',
    "trailing comma": '{{"@type":"WebPage","mainEntity":{},}}',
    "two values": '{{"@type":"WebSite"}}{}',
    "broken after": '{{"@type":"WebPage","mainEntity":{},"name":"never closed',
    "byte order mark": "\ufeff{}",
}
_SAID = {
    '{"@type":"Article","isAccessibleForFree":false}': True,
    '{"@type":"schema:Article","schema:isAccessibleForFree":"False"}': True,
    '{"@type":"Article","http://schema.org/isAccessibleForFree":{"@value":"false"}}': True,
    '{"@type":"CreativeWork","tdm":{"tdm_reservation":1}}': True,
    '{"@type":"CreativeWork","tdmrep:tdm_reservation":"1"}': True,
    '{"@type":"Article","isAccessibleForFree":true}': False,
    '{"@type":"CreativeWork","tdm":{"tdm_reservation":0}}': False,
}


def _nodes() -> Iterator[Shape]:
    for how, wrapped in _WRAPPED.items():
        for said, refused in _SAID.items():
            text = wrapped.format(said)
            head = f'<script type="application/ld+json">{text}</script>'
            yield Shape(f"json-ld {how}: {said}", refused, head=head)
    for body, refused in {
        '<div itemscope itemtype="https://schema.org/Article">'
        '<meta itemprop="isAccessibleForFree" content="false"></div>': True,
        '<div typeof="schema:Article"><span property="schema:isAccessibleForFree">false</span></div>': True,
        '<div itemscope><meta itemprop="tdm_reservation" content="1"></div>': True,
        '<div itemscope itemtype="https://schema.org/Event">'
        '<meta itemprop="isAccessibleForFree" content="false"></div>': False,
        '<div itemscope itemtype="https://schema.org/Article">'
        '<meta itemprop="isAccessibleForFree" content="true"></div>': False,
    }.items():
        yield Shape(body, refused, body=body + _TEXT)


# --- site files ----------------------------------------------------------------------------


def _files() -> Iterator[Shape]:
    tdm = '[{"location": "/", "tdm-reservation": 1}]'
    elsewhere = '[{"location": "/b", "tdm-reservation": 1}]'
    error = (
        "<!doctype html><html><head><title>Not found</title></head><body><h1>Not found</h1>"
        "<p>Training courses are on the start page. There is no AI here.</p></body></html>"
    )
    ai, trust = "User-Agent: *\nDisallow: /\n", "datatrainingallowed=no\n"
    draft = "Spec-Version: 1.0\nSite-Name: Ex\n{}"
    html = _HTML
    place = "/.well-known/tdmrep.json"
    for how, body in {
        "plain": tdm,
        "UTF-8 mark": "\ufeff" + tdm,
        "UTF-16": tdm.encode("utf-16"),
        "UTF-16 unmarked": tdm.encode("utf-16-le"),
        "UTF-32": tdm.encode("utf-32"),
        "line comment": "// all\n" + tdm,
        "star comment": "/* all */" + tdm,
        "hash comment": "# all\n" + tdm,
        "trailing comma": tdm.replace("}]", "},]"),
        "no brackets": tdm[2:-2],
        "an object": tdm[1:-1],
        "in an object": '{"rules": ' + tdm + "}",
        "single quotes": tdm.replace('"', "'"),
        "cut": tdm[:-1],
        "a string": tdm.replace("1}", '"1"}'),
        "true": tdm.replace("1}", "true}"),
        "underscore": tdm.replace("tdm-", "tdm_"),
        "location *": tdm.replace('"/"', '"*"'),
        "location URL": tdm.replace('"/"', '"https://ex.test/"'),
        "no location": '[{"tdm-reservation": 1}]',
        "key twice": '[{"location": "/", "tdm-reservation": 1, "tdm-reservation": 0}]',
        "in a page": f"<html><body><pre>{tdm}</pre></body></html>",
        "escaped in a page": f"<html><body>{tdm.replace(chr(34), '&quot;')}</body></html>",
        "gzip": gzip.compress(tdm.encode()),
        "last of many": "[" + '{"location": "/b", "tdm-reservation": 0}, ' * 12_000 + tdm[1:],
    }.items():
        yield Shape(f"tdmrep.json: {how}", True, {place: File(body)})
    for how, file in {
        "elsewhere": File(elsewhere),
        "elsewhere after a comment": File("// ours\n" + elsewhere),
        "another host's": File(tdm.replace('"/"', '"https://other.test/"')),
        "open": File(tdm.replace("1}", "0}")),
        "an error page": File(error, html),
        "an error page called JSON": File(error),
        "words": File("Not found"),
        "an error object": File('{"error": "not found", "status": 404}'),
    }.items():
        yield Shape(f"tdmrep.json: {how}", False, {place: file})
    yield Shape("tdmrep.json: too long", True, {place: File(b"[" + b" " * (2**20 + 9))})
    for path, how, file, refused in (
        ("/ai.txt", "plain", File(ai), True),
        ("/ai.txt", "labelled as a page", File(ai, html), True),
        ("/ai.txt", "as a page", File(f"<html><body><pre>{ai}</pre></body></html>", html), True),
        ("/ai.txt", "with breaks", File(ai.replace("\n", "<br>\n"), html), True),
        ("/ai.txt", "UTF-16", File(ai.encode("utf-16"), html), True),
        ("/ai.txt", "gzip", File(gzip.compress(ai.encode())), True),
        ("/ai.txt", "odd blanks", File(ai.replace(": ", ":\u00a0")), True),
        ("/ai.txt", "types by commas", File("User-Agent: *\nDisallow: *.jpg, *.html\n"), True),
        ("/ai.txt", "line 20,001", File("# x\n" * 20_000 + ai), True),
        ("/ai.txt", "too long", File("# x\n" * 300_000), True),
        ("/ai.txt", "training=no", File("training=no"), True),
        ("/ai.txt", "the draft's form", File(draft.format("Training: deny\n")), True),
        ("/ai.txt", "the draft's paths", File(draft.format("Training: allow\nTraining-Deny: /a\n")), True),
        ("/ai.txt", "the draft's scraping", File(draft.format("Scraping: deny\n")), True),
        ("/ai.txt", "the draft's default elsewhere", File(draft.format("")), False),
        ("/ai.txt", "the draft's other paths", File(draft.format("Training: allow\nTraining-Deny: /b\n")), False),
        ("/ai.txt", "images", File("User-Agent: *\nDisallow: *.jpg\n"), False),
        ("/ai.txt", "an error page", File(error, html), False),
        ("/ai.txt", "an error page called text", File(error), False),
        ("/.well-known/ai.txt", "deny", File(draft.format("Training: deny\n")), True),
        ("/.well-known/ai.txt", "default", File(draft.format("")), True),
        ("/.well-known/ai.txt", "conditional", File(draft.format("Training: conditional\n")), True),
        ("/.well-known/ai.txt", "fee", File(draft.format("Training: allow\nTraining-Fee: 5 EUR\n")), True),
        ("/.well-known/ai.txt", "allow", File(draft.format("Training: allow\n")), False),
        ("/.well-known/ai.txt", "us alone", File(draft.format("Training: allow\nAgent: CorpusBot\n  Training: deny\n")), True),
        ("/.well-known/ai.txt", "somebody else", File(draft.format("Training: allow\nAgent: SeekBot\n  Training: deny\n")), False),
        ("/.well-known/ai.json", "deny", File('{"specVersion":"1.0","policies":{"training":"deny"}}'), True),
        ("/.well-known/ai.json", "with a comment", File('// x\n{"specVersion":"1.0","policies":{"training":"deny",}}'), True),
        ("/.well-known/ai.json", "broken", File('{"policies":{"training":"deny"'), True),
        ("/.well-known/ai.json", "agent", File('{"specVersion":"1.0","policies":{"training":"allow"},"agents":{"*":{"training":"deny"}}}'), True),
        ("/.well-known/ai.json", "default", File('{"specVersion":"1.0","policies":{}}'), True),
        ("/.well-known/ai.json", "allow", File('{"specVersion":"1.0","policies":{"training":"allow"}}'), False),
        ("/.well-known/ai.json", "an error object", File('{"error":"not found"}'), False),
        ("/trust.txt", "plain", File(trust), True),
        ("/trust.txt", "labelled as a page", File(trust, html), True),
        ("/trust.txt", "as a page", File(f"<html><body><p>{trust}</p></body></html>", html), True),
        ("/trust.txt", "UTF-16", File(trust.encode("utf-16")), True),
        ("/trust.txt", "blanks", File("Data Training Allowed = No."), True),
        ("/trust.txt", "full-width", File("datatrainingallowed\uff1dno"), True),
        ("/trust.txt", "line 20,001", File("# x\n" * 20_000 + trust), True),
        ("/trust.txt", "yes", File("datatrainingallowed=yes\n"), False),
        ("/trust.txt", "an error page", File(error, html), False),
        ("/.well-known/trust.txt", "second place", File(trust), True),
    ):  # fmt: skip
        yield Shape(f"{path}: {how}", refused, {path: file})


# --- limits --------------------------------------------------------------------------------


def _limits() -> Iterator[Shape]:
    """Put each refusal behind more of its kind than any page has."""
    for count in (60, 210, 600, 3_000):
        other = tuple((f"x-{n}", "a") for n in range(count))
        cites = "".join(f'<meta name="citation_reference" content="r{n}">' for n in range(count))
        things = '<script type="application/ld+json">{"@type":"Thing"}</script>' * count
        for refused in (True, False):
            word, one, free = ("noai", "1", "false") if refused else ("all", "0", "true")
            yield Shape(
                f"header {count}: {word}", refused, headers=(*other, ("x-robots-tag", word))
            )
            yield Shape(
                f"field line {count}: {word}",
                refused,
                headers=(*((("x-robots-tag", "nofollow"),) * count), ("x-robots-tag", word)),
            )
            head = f'{cites}<meta name="robots" content="{word}"><meta name="tdm-reservation" content="{one}">'
            yield Shape(f"meta {count}: {word}", refused, head=head)
            said = f'<script type="application/ld+json">{{"isAccessibleForFree":{free}}}</script>'
            yield Shape(f"json-ld {count}: {free}", refused, head=things + said)
    for size in (5_000, 9_000, 20_000):
        links = ", ".join(f"</s{n}.css>; rel=preload; as=style" for n in range(size // 36))
        for refused in (True, False):
            word = "prohibits" if refused else "permits"
            yield Shape(
                f"Link of {size}: {word}",
                refused,
                {"/l.xml": File(rsl_of(word))},
                headers=(
                    ("link", f'{links}, </l.xml>; rel="license"; type="application/rsl+xml"'),
                ),
            )
    nested = "<b>x</b>" * 401_000
    yield Shape("element 401,001", True, body=nested + '<meta name="robots" content="noai">')
    classes = "a" * 400
    yield Shape(
        "small print in a long class", True,
        body=f'{_TEXT}<div class="{classes} legal">No part of this site may be used to train AI'
        " systems.</div>",
    )  # fmt: skip
    notice = "No part of this site may be used to train AI systems."
    yield Shape(
        "footer 51", True, body=_TEXT + "<footer>x</footer>" * 50 + f"<footer>{notice}</footer>"
    )
    blocks = "".join(f"<p>Line {n} of the long list.</p>" for n in range(21_000))
    yield Shape("footer after 21,000 blocks", True, body=f"{blocks}<footer>{notice}</footer>")
    yield Shape(
        "class after 21,000 blocks", True, body=f'{blocks}<div class="legal">{notice}</div>'
    )
    yield Shape("21,000 blocks", False, body=blocks + "<footer>Made in Bern.</footer>")
    yield Shape("401,000 elements", False, body=_TEXT + "<b>x</b>" * 401_000)
    words = "The members of the board are named here in no order. " * 400
    yield Shape(
        "the end of a long footer", True, body=f"{_TEXT * 9}<footer>{words}{notice}</footer>"
    )
    yield Shape("a long footer", False, body=f"{_TEXT * 9}<footer>{words}</footer>")


# --- RSL -----------------------------------------------------------------------------------


def rsl_of(word: str, url: str = "/", more: str = "", type_: str = ' type="usage"') -> str:
    return (
        f'<rsl xmlns="https://rslstandard.org/rsl"><content url="{url}"><license>'
        f"<{word}{type_}>all</{word}>{more}</license></content></rsl>"
    )


def _licences() -> Iterator[Shape]:
    link = '<link rel="{}" type="{}" href="{}">'
    rsl = "application/rsl+xml"
    for refused in (True, False):
        word = "prohibits" if refused else "permits"
        files = {"/l.xml": File(rsl_of(word))}
        for how, head in {
            "plain": link.format("license", rsl, "/l.xml"),
            "rel list": link.format("nofollow license", rsl, "/l.xml"),
            "rel commas": link.format("nofollow,license", rsl, "/l.xml"),
            "upper case": link.format("LICENSE", rsl.upper(), "/l.xml"),
            "parameters": link.format("license", f"{rsl}; charset=utf-8", "/l.xml"),
            "base": '<base href="/sub/">' + link.format("license", rsl, "../l.xml"),
            "base after": link.format("license", rsl, "../l.xml") + '<base href="/sub/">',
            "behind eight others": "".join(link.format("license", rsl, "/l.xml") for _ in range(9)),
        }.items():
            yield Shape(f"rsl link {how}: {word}", refused, files, head=head)
        based = '<base href="/sub/">' + link.format("license", rsl, "l.xml")
        both = {"/sub/l.xml": File(rsl_of(word)), "/l.xml": File(rsl_of("permits"))}
        yield Shape(f"rsl link below base: {word}", refused, both, head=based)
        for how, value in {
            "plain": f'</l.xml>; rel="license"; type="{rsl}"',
            "tokens": f"</l.xml>;rel=license;type={rsl}",
            "escaped quote": f'</l.xml>; title="a\\"b"; rel="license"; type="{rsl}"',
            "comma in a title": f'</l.xml>; title="a, b"; rel="license"; type="{rsl}"',
            "blanks": f'</l.xml> ; rel = "license" ; type = "{rsl}"',
            "upper case": f'</l.xml>; REL="License"; TYPE="{rsl.upper()}"',
            "rel list": f'</l.xml>; rel="next,license"; type="{rsl}"',
            "behind an open quote": f'</x>; title="a, </l.xml>; rel=license; type={rsl}',
        }.items():
            if how != "behind an open quote":
                yield Shape(f"rsl header {how}: {word}", refused, files, headers=(("link", value),))
        text = f"User-agent: *\nAllow: /\nLicense: {ORIGIN}/l.xml\n"
        yield Shape(f"rsl robots: {word}", refused, files | {"/robots.txt": File(text)})
        inline = f'<script type="{rsl}">{rsl_of(word, "")}</script>'
        yield Shape(f"rsl inline: {word}", refused, head=inline)
        copied = f'<script type="{rsl}">{rsl_of(word, "https://other.test/x")}</script>'
        yield Shape(f"rsl of another origin: {word}", refused, head=copied)
    duty = '<reporting type="telemetry" profile="https://profiles.test/x"/>'
    price = "<payment><standard>https://prices.test/</standard></payment>"
    free = '<payment type="free"><standard>https://prices.test/</standard></payment>'
    many = "".join(link.format("license", rsl, f"/l{n}.xml") for n in range(20))
    ok = {f"/l{n}.xml": File(rsl_of("permits")) for n in range(20)}
    named = link.format("license", rsl, "/l.xml")
    yield Shape("rsl reporting", True, {"/l.xml": File(rsl_of("permits", more=duty))}, head=named)
    yield Shape("rsl price", True, {"/l.xml": File(rsl_of("permits", more=price))}, head=named)
    yield Shape("rsl free", False, {"/l.xml": File(rsl_of("permits", more=free))}, head=named)
    yield Shape("rsl empty url", False, {"/l.xml": File(rsl_of("permits", ""))}, head=named)
    yield Shape("rsl too many", True, ok, head=many)
    part = f'<section><script type="{rsl}">{{}}</script></section>'
    yield Shape("rsl part prohibits", True, body=_TEXT + part.format(rsl_of("prohibits", "")))
    yield Shape("rsl part permits", False, body=_TEXT + part.format(rsl_of("permits", "")))


# --- labels and tests ----------------------------------------------------------------------

_TESTS = {
    "Cloudflare": "<title>Just a moment...</title><script>window._cf_chl_opt={cvId:'3'}</script>"
    "<noscript>Enable JavaScript and cookies to continue</noscript>",
    "Cloudflare block": "<title>Attention Required! | Cloudflare</title><div id=cf-error-details>"
    "<h1>Sorry, you have been blocked</h1></div>",
    "Anubis": "<title>Making sure you&#39;re not a bot!</title>"
    '<script id="anubis_challenge" type="application/json">{}</script><p>Loading...</p>',
    "DataDome": "<title>ex.test</title><script>var dd={'rt':'c','cid':'x'}</script>"
    "<script src=https://ct.captcha-delivery.com/c.js></script>",
    "HUMAN": "<title>Access to this page has been denied.</title><div id=px-captcha></div>"
    "<p>Press &amp; Hold to confirm you are a human</p>",
    "Imperva": '<iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=9&xinfo=1">Request'
    " unsuccessful. Incapsula incident ID: 1-2</iframe>",
    "Distil": "<title>Pardon Our Interruption</title><script>var x = 'reeseSkipExpirationCheck'</script>",
    "AWS WAF": '<script>window.gokuProps = {"key":"x"}</script><div id="challenge-container"></div>',
    "Akamai": '<div id="sec-if-cpt-container"></div><script src="/_sec/cp_challenge/x.js"></script>',
    "Sucuri": "<title>You are being redirected...</title><script>var s={},c='sucuri_cloudproxy_js'</script>",
    "DDoS-Guard": "<title>DDoS-Guard</title><body data-ddg-origin=true><script"
    " src=/.well-known/ddos-guard/js-challenge/index.js></script>",
    "Kasada": "<script>window.KPSDK={};KPSDK.now=Date.now</script><script src=/149e/2d20/ips.js?x=1></script>",
    "Vercel": "<title>Vercel Security Checkpoint</title>"
    "<script src=/.well-known/vercel/security/static/challenge.v2.min.js></script>",
    "SiteGround": '<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F">',
    "go-away": "<title>Checking you are not a bot</title>"
    "<script src=/.well-known/.git.gammaspectra.live/git/go-away/cmd/x></script>",
    "Turnstile": "<title>Verify you are human</title><script"
    " src=https://challenges.cloudflare.com/turnstile/v0/api.js></script><div class=cf-turnstile></div>",
    "hCaptcha": "<title>Captcha</title><p>Please confirm you are not a robot</p><form>"
    "<div class=h-captcha></div></form><script src=https://js.hcaptcha.com/1/api.js></script>",
    "nobody known": "<title>Checking your browser</title><script>x()</script>"
    "<p>This takes a few seconds. JavaScript is required.</p>",
    "Anubis in words alone": "<title>Making sure you&#39;re not a bot!</title><p>Loading...</p>"
    "<script>x()</script>",
    "Google": "<title>https://a.test/</title><form><div class=g-recaptcha></div></form>"
    "<p>Our systems have detected unusual traffic from your computer network.</p>",
    "F5 block": "<title>Request Rejected</title>The requested URL was rejected."
    " Please consult with your administrator.<br>Your support ID is: 123",
    "InfinityFree": "<script src=/aes.js></script><script>document.cookie="
    "'__test='+toHex(slowAES.decrypt(c,2,a,b));location.href='/?i=1'</script>",
    "Baidu": "<title>\u767e\u5ea6\u5b89\u5168\u9a8c\u8bc1</title><script>x()</script><p>\u7f51\u7edc</p>",
    "moment": "<title>Einen Moment bitte...</title><script>x()</script><p>Bitte JavaScript"
    " aktivieren.</p>",
    **{
        f"not a robot, {language}": f"<title>x</title><p>{said}</p><form>"
        "<div class=h-captcha></div></form>"
        for language, said in {
            "fr": "Veuillez confirmer que vous n'\u00eates pas un robot.",
            "es": "Confirma que no eres un robot",
            "pt": "Confirme que voc\u00ea n\u00e3o \u00e9 um rob\u00f4",
            "it": "Conferma di non essere un robot",
            "nl": "Bevestig dat je geen robot bent",
            "pl": "Potwierd\u017a, \u017ce nie jeste\u015b robotem",
            "tr": "Robot olmad\u0131\u011f\u0131n\u0131z\u0131 do\u011frulay\u0131n",
            "ru": "\u042f \u043d\u0435 \u0440\u043e\u0431\u043e\u0442",
            "ja": "\u30ed\u30dc\u30c3\u30c8\u3067\u306f\u306a\u3044",
            "ko": "\ub85c\ubd07\uc774 \uc544\ub2d8",
        }.items()
    },
    "German": "<title>Sicherheitsabfrage</title><p>Ich bin kein Roboter</p><form method=post></form>",
}


def _tests() -> Iterator[Shape]:
    for vendor, head in _TESTS.items():
        page = f"<!DOCTYPE html><html><head>{head}</head><body></body></html>"
        yield Shape(f"test of {vendor}", True, page=page)
        yield Shape(f"test of {vendor} as robots.txt", True, {"/robots.txt": File(page, _HTML)})
        article = f"<!DOCTYPE html><html><head>{head}</head><body>{_TEXT}</body></html>"
        told = f"<p>{head.replace('<', '&lt;')}</p>{_TEXT}"
        if "http-equiv" not in head:  # what moves at once is no page
            yield Shape(f"test of {vendor} beside an article", False, page=article)
        yield Shape(f"test of {vendor} told of", False, body=told)
    for name, inner in {
        "a form with Turnstile": "<title>Contact</title><h1>Write to us</h1><form>Name <input></form>"
        "<div class=cf-turnstile></div>"
        "<script src=https://challenges.cloudflare.com/turnstile/v0/api.js></script>",
        "a page behind Cloudflare": "<title>Opening times</title><p>Monday to Friday, 9 to 5.</p>"
        "<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>",
        "a page behind Imperva": "<title>Opening times</title><p>Monday to Friday, 9 to 5.</p>"
        '<script src="/_Incapsula_Resource?SWJIYLWA=719d"></script>',
        "a page behind DataDome": "<title>Opening times</title><p>Monday to Friday, 9 to 5.</p>"
        "<script src=https://js.datadome.co/tags.js></script>",
        "a short article": "<title>Security check at the airport</title><p>Queues were short on"
        " Monday, travellers said. More staff will come in May.</p><script>x()</script>",
        "a service": "<title>Security check of your house</title><p>We verify locks and doors."
        " Call the office for a visit to your home.</p><form></form>",
        "a form for those who are no robot": "<title>Contact</title><p>I am not a robot</p><form>"
        "<textarea></textarea><div class=g-recaptcha></div></form>",
        "code that shows a mark": "<title>How we met a bot test</title><p>It began with"
        ' <code>&lt;script id="anubis_challenge"&gt;</code> and went on for an hour.</p>',
    }.items():
        page = f"<!DOCTYPE html><html><head></head><body>{inner}</body></html>"
        yield Shape(name, False, page=page)


def _labels() -> Iterator[Shape]:
    for word, refused in (("noai", True), ("all", False)):
        head = f'<meta name="robots" content="{word}">'
        page = f"<!doctype html><html><head>{head}</head><body>{_TEXT}</body></html>"
        for first, second in (
            ("text/plain", "text/html"),
            ("text/html", "text/plain"),
            ("text/markdown", "text/html; charset=utf-8"),
            ("text/plain", ""),
        ):
            more = (("content-type", second),) if second else ()
            yield Shape(
                f"{first} and {second or 'nothing'}: {word}",
                refused,
                page=page,
                content_type=first,
                headers=more,
            )


SHAPES = tuple(
    shape
    for make in (
        _robots, _directives, _values, _nodes, _files, _limits, _licences, _tests, _labels,
    )
    for shape in make()
)  # fmt: skip
