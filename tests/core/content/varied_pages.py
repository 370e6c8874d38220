"""Pages of many kinds, small ones: what a site shows, and what a parser stumbles over.

Those of the demo web, the hostile shapes, and some that hold what neither has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.demo.stories import all_stories
from tests.hostile.shapes import SHAPES

_PROSE = (
    "The lighthouse keeper wrote down the wind every morning, and nobody ever asked why. ",
    "After forty years the notebooks filled a shelf; it took two winters, 1961, 1962, to copy. ",
    "“Nothing in them is wrong,” said the clerk, “but nothing can be proved either.” ",
)
_P = "".join(f"<p>{text * 3}</p>" for text in _PROSE)
_NAV = (
    '<nav class="menu"><ul><li><a href="/">Home</a><li><a href="/news/?p=1&amp;q=2">News</a>'
    '<li><a href="/terms">Terms of use</a></ul></nav>'
)
_FOOTER = (
    '<footer id="foot"><small>© 2024 The Keeper. All rights reserved.</small> <a rel="license" '
    'href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA</a><a href="#top">Top</a>'
    "</footer>"
)
_PARTS = {
    "article": f"<article><h1>Wind &amp; weather</h1>{_P}<h2>After</h2>{_P}</article>",
    "code": "<main><h1>Use</h1>" + _P + "<pre>  def f():\n\treturn 1 &lt; 2\n\n\n  g()</pre>"
    '<div class="highlight"><pre><span class="lineno">1 </span>a = b\n<span class="lineno">2 '
    "</span>c</pre></div><p>Then <code>x<br>y</code> and <code>z</code>.</p></main>",
    "table": "<table><caption>Winds</caption><tr><th>Day<th>Force<th>From</tr>"
    + "".join(f"<tr><td>{day}<td>{day % 7}<td>NW" for day in range(12))
    + f"</table>{_P}",
    "lists": "<dl><dt>Gale<dd>A strong wind.<dt>Calm<dd>None at all.</dl><ol><li>One<ul><li>A<li>"
    f"B</ul><li>Two</ol>{_P}<blockquote><p>Quoted: {_PROSE[0]}</blockquote>",
    "signs": "<p>E = mc<sup>2</sup>, H<sub>2</sub>O, see <sup><a href='#fn1'>[1]</a></sup> the 3"
    "<sup>rd</sup>.<q>Yes<q>no</q></q> <img alt='😀' src=a.png><br>A line<br>and one more&nbsp;!"
    f'</p>{_P}<h2>Head <a class="headerlink" href="#h">¶</a></h2>{_P}<span style="vertical-align:'
    ' super">4</span>',
    "formulas": f'{_P}<p>So <span class="math inline">\\(a^2\\)</span> and <math><mi>x</mi>'
    "<mo>=</mo><mn>1</mn></math> hold.</p><script type='math/tex; mode=display'>\\sum x_i</script>",
    "forum": "".join(
        f'<div class="comment" id="c{n}"><a href="/u/{n}">user{n}</a> <time>May {n}</time>'
        f"<div class='text'>{_PROSE[n % 3]}</div><button>Reply</button></div>"
        for n in range(1, 9)
    ),
    "unquoted": f"{_P}<p>Seen <span data-nosnippet>but never told</span> here.</p><div "
    f"data-nosnippet>{_P}</div><template><p>Kept from sight</p></template><div><template "
    "shadowrootmode=open><p>In the shadow</p></template></div>",
    "metas": '<meta name="robots" content="noai, noimageai"><meta name=author content="K. Eeper">'
    '<meta property="og:title" content="Wind"><link rel="canonical" href="/wind?a=1#b">'
    '<link rel=alternate hreflang=de href=/de><script type="application/ld+json">{"@type":'
    '"NewsArticle","headline":"Wind","datePublished":"2024-05-01","license":'
    f'"https://creativecommons.org/licenses/by/4.0/"}}</script>{_P}',
    "microdata": '<div itemscope itemtype="https://schema.org/Article"><span itemprop="author">K. '
    'E.</span><meta itemprop="usageInfo" content="/no"><span property="copyrightNotice">No copies'
    f"</span>{_P}</div>",
    "noscript": "<div id=root></div><noscript><main><h1>Without scripts</h1>"
    f"{_P}</main></noscript><script>let a = '<!-- <script>x</script> -->';</script>",
    "shell": "<div id=app></div><noscript>You need JavaScript to run this app.</noscript>",
    "frames": '<frameset><frame src="/a"><frame src="/b"></frameset>',
    "odd": f"text before <svg><title>T</title><a xlink:href='/svg'>s</a></svg><b><p>{_PROSE[0]}</b>"
    "</p><table><b>x<tr><td>y</table><![CDATA[ z ]]><?php echo 1 ?><!-- c -- d --!><a href=' /x y "
    "'>z</a><a href='//other.test/é?ö=ü'>w</a>\x00<textarea><p>raw</textarea><xmp><b></xmp>",
    "scripts": "<p>" + "灯台守は毎朝、風を書き留めた。誰もその理由を尋ねなかった。" * 9
    + "<p lang=ar>" + "كتب حارس المنارة الريح كل صباح، ولم يسأل أحد عن السبب أبدا. " * 5 + "<p>"
    + "Смотритель маяка каждое утро записывал ветер; никто не спрашивал зачем. " * 5,
}  # fmt: skip


def varied_pages() -> Iterator[dict[str, Any]]:
    """Yield pages as `benchmarks.equal.results` takes them."""
    for story in all_stories():
        for path, reply in story.replies.items():
            if reply.status == 200 and "html" in reply.content_type:
                headers = (("content-type", reply.content_type), *reply.headers)
                url = f"http://{story.host}{path}"
                yield {"name": url, "url": url, "headers": headers, "body": reply.body}
    for name, shape in SHAPES.items():
        url = f"http://shape.test/{name}"
        yield {"name": url, "url": url, "body": shape(1_200)}
    for name, part in _PARTS.items():
        url = f"http://varied.test/a/{name}.html"
        html = f"<!doctype html><html lang=en><title>{name}</title>{_NAV}{part}{_FOOTER}"
        yield {"name": url, "url": url, "body": html.encode("utf-8")}
        if html.isascii():
            continue
        spelled = html.encode("utf-16")
        yield {"name": f"{url} in UTF-16", "url": url, "body": spelled}
    closed = f"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>{_P}<br/><p/>"
    for kind in ("application/xhtml+xml", "text/html", "text/plain", "text/markdown"):
        headers = (("content-type", f"{kind};charset=windows-1252"), ("x-robots-tag", "noarchive"))
        url = f"http://closed.test/{kind}"
        body = f"{closed}caf\xe9<a href='/r?\xe9=1'>r</a></body></html>".encode("cp1252", "replace")
        yield {"name": url, "url": url, "headers": headers, "body": body}
