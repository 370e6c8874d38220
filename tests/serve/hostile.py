"""A web whose pages try everything on whoever looks at them, and the job of a crawl of it."""

from contextlib import closing

from crawler.store.database import connect
from crawler.store.job import DATABASE
from tests.web.handmade import Reply, crawl, handmade, page

HOST = "http://evil.test"
RIGHT_TO_LEFT = "هذه صفحة عادية باللغة العربية، وفيها كلمات كثيرة تُقرأ من اليمين إلى اليسار."
# Each would change the title of the page, which `MARK` is looked for in, if anything ran it.
MARK = "document.title='taken'"
PAYLOADS = (
    f"<script>{MARK}</script>",
    f'<img src=x onerror="{MARK}">',
    f"<svg onload=\"{MARK}\"><a xlink:href='javascript:{MARK}'>x</a></svg>",
    f'\'"><iframe srcdoc="<script>parent.{MARK}</script>">',
    f"</title></textarea></pre></style><script>{MARK}</script>",
    f'{{{{ 7*7 }}}}{{% for x in y %}}<div hx-get=/1/pause hx-trigger=load hx-on:load="{MARK}">',
    f"<div sse-swap=state data-hx-post='/1/pause' hx-trigger='load'>&lt;script&gt;{MARK}",
)
BIDI = "safe\u202egnp.exe\u2066\u2067\u2068 \u202dleft\u200b\ufeff\U000e0041 end"
ANSI = "\x1b[31mred\x1b]0;title\x07\x1b[2J\x08\x7f\x9b31m bell\x00nul"
TOWER = "Z" + "\u0335\u0336\u0337\u0338" * 60


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _page(title, text, *links):
    words = f"<p>{escaped(text)} and some more words so that it is a text.</p>" * 3
    anchors = "".join(f'<a href="{link}">x</a>' for link in links)
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{escaped(title)}</title></head>"
        f"<body><main>{words}{anchors}</main></body></html>"
    )


NAMES = ["huge", "bidi", "ansi", "tower", "arabic", "many%22%3E%3Cscript%3E", "a'b%3Cx%3E?q=%22%3E"]


def pages():
    payloads = {f"{HOST}/p{number}": _page(text, text) for number, text in enumerate(PAYLOADS)}
    quoted = "\n".join(
        ["User-agent: *", "Disallow: /no/", f"# {PAYLOADS[0]} \x1b[31m {BIDI}", "Allow: /"]
    )
    return {
        f"{HOST}/robots.txt": Reply(quoted.encode(), type="text/plain"),
        f"{HOST}/": page(*payloads, *(f"/{name}" for name in NAMES), "/no/" + "x" * 60, "/refuse"),
        **payloads,
        f"{HOST}/huge": _page("T" * 1_000_000, "word " * 12_000),
        f"{HOST}/bidi": _page(BIDI, BIDI),
        f"{HOST}/ansi": Reply(_page(ANSI, ANSI).encode()),
        f"{HOST}/tower": _page(TOWER * 3, TOWER * 3),
        f"{HOST}/arabic": _page(RIGHT_TO_LEFT, RIGHT_TO_LEFT),
        f"{HOST}/{NAMES[5]}": _page("quotes", "quotes"),
        f"{HOST}/{NAMES[6]}": _page("more", "more"),
        f"{HOST}/refuse": page(head='<meta name="robots" content="noai">'),
        "http://other.test/": page(),
    }  # fmt: skip


async def crawled(job, policy_file):
    """Crawl the hostile web into `job`."""
    async with handmade(pages(), {"other.test": "127.0.0.2"}) as web:
        await crawl(job, web.policy(policy_file), f"{HOST}/", "http://other.test/")
    # The crawl cuts titles; a store of another version may hold one whole.
    with closing(connect(job / DATABASE)) as connection:
        title = (PAYLOADS[0] + BIDI) * 20_000
        connection.execute("UPDATE page SET title = ? WHERE url LIKE '%/huge'", (title,))
