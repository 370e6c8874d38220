"""Pages of about `n` bytes, each of one shape that might cost a parser, or us, more than its size.

Found by trying what the HTML standard makes a parser look at again: open elements, attributes,
formatting elements, tables; and what our own walk looks at: blocks, links, ancestors, notices.
"""

from collections.abc import Callable

T = b"Some words of plain text that go on a little. "

SHAPES: dict[str, Callable[[int], bytes]] = {
    "attrs1": lambda n: b"<b " + b" ".join(b"a%d" % i for i in range(n // 7)) + b">",
    "attrs-dup": lambda n: b"<b " + b"a " * (n // 2) + b">",
    "attrs-700": lambda n: (b"<b " + b" ".join(b"%x" % i for i in range(700)) + b">") * (n // 2900),
    "attrs-200": lambda n: (b"<b " + b" ".join(b"%x" % i for i in range(200)) + b">") * (n // 800),
    "attrs-50": lambda n: (b"<b " + b" ".join(b"%x" % i for i in range(50)) + b">") * (n // 160),
    "div": lambda n: b"<div>" * (n // 5),
    "div-p": lambda n: b"<div>" * (n // 10) + b"<p>" * (n // 6),
    "divx": lambda n: b"<div></x>" * (n // 9),
    "span": lambda n: b"<x>" * (n // 3),
    "span-end": lambda n: b"<x>" * (n // 6) + b"</y>" * (n // 8),
    "font-p": lambda n: b"".join(b"<font %x>" % i for i in range(n // 20)) + b"<p>x" * (n // 8),
    "b-p": lambda n: b"<b>" * (n // 6) + b"<p>x" * (n // 8),
    "bi-p": lambda n: (
        b"<b><i><s><u><tt><em><big><small><strong><code><strike><font>" * 3 + b"<p>x" * (n // 4)
    ),
    "font-AAA": lambda n: b"".join(b"<b %x><p>" % i for i in range(n // 14)) + b"</b>" * (n // 8),
    "font-AAA2": lambda n: (
        b"".join(b"<b %x>" % i for i in range(n // 20))
        + b"<p>"
        + b"<br>" * (n // 12)
        + b"</b>" * (n // 12)
    ),
    "a-nest": lambda n: b"<a><div>" * (n // 8),
    "a-obj": lambda n: b"<a><object>" * (n // 11),
    "nobr": lambda n: b"<nobr><div>" * (n // 11),
    "nobr2": lambda n: b"".join(b"<nobr %x><p>x" % i for i in range(n // 16)),
    "table": lambda n: b"<table>" * (n // 7),
    "tabletd": lambda n: b"<table><td>" * (n // 11),
    "foster": lambda n: b"<table>" + b"<b>x" * (n // 4),
    "foster2": lambda n: b"<div>" * (n // 10) + b"<table>" + b"<i>x</i>" * (n // 16),
    "foster3": lambda n: b"<table>" + b"x<tr>" * (n // 5),
    "foster4": lambda n: b"<table>" * (n // 14) + b"x<p>" * (n // 8),
    "select": lambda n: b"<select>" + b"<option>x" * (n // 9),
    "selectopt": lambda n: b"<select><option>" * (n // 16),
    "optgroup": lambda n: b"<select>" + b"<optgroup><option>" * (n // 18),
    "svg": lambda n: b"<svg>" * (n // 5),
    "svgg": lambda n: b"<svg>" + b"<g>" * (n // 3),
    "svggend": lambda n: b"<svg>" + b"<g>" * (n // 6) + b"</x>" * (n // 8),
    "math": lambda n: b"<math>" + b"<mi><b>" * (n // 7),
    "template": lambda n: b"<template>" * (n // 10),
    "template-td": lambda n: b"<template><td>" * (n // 14),
    "html-attr": lambda n: b"".join(b"<html %x>" % i for i in range(n // 11)),
    "body-attr": lambda n: b"<body>" + b"".join(b"<body %x>" % i for i in range(n // 11)),
    "frameset": lambda n: b"<frameset>" * (n // 10),
    "li": lambda n: b"<li>" * (n // 4),
    "ul-li": lambda n: b"<ul><li>" * (n // 8),
    "dd": lambda n: b"<dl><dd>" * (n // 8),
    "li-deep": lambda n: b"<ul>" + b"<x>" * (n // 6) + b"<li>" * (n // 8),
    "h1": lambda n: b"<h1>" * (n // 4),
    "button": lambda n: b"<button>" * (n // 8),
    "form": lambda n: b"<div>" * (n // 10) + b"<form></form>" * (n // 26),
    "ruby": lambda n: b"<ruby><rt>" * (n // 10),
    "entities": lambda n: b"&notit;" * (n // 7),
    "ent2": lambda n: b"&" * n,
    "ent3": lambda n: b"&#x41" * (n // 5),
    "comments": lambda n: b"<!-->" * (n // 5),
    "comment1": lambda n: b"<!--" + b"-" * n,
    "cdata": lambda n: b"<svg><![CDATA[" + b"]" * n,
    "plaintext": lambda n: b"<plaintext>" + b"<b>" * (n // 3),
    "textarea": lambda n: b"<textarea>" + b"</textare>" * (n // 10),
    "script": lambda n: b"<script>" + b"<!--<script>" * (n // 12),
    "nul": lambda n: b"\0" * n,
    "nul-table": lambda n: b"<table>" + b"\0x" * (n // 2),
    "longval": lambda n: b"<a href='" + b"x" * n + b"'>",
    "vals-many": lambda n: (b"<a href=x class=y>z</a>") * (n // 23),
    "text": lambda n: b"x" * n,
    "p": lambda n: b"<p>x" * (n // 4),
    "br": lambda n: b"<br>" * (n // 4),
    "caption": lambda n: b"<table><caption>" * (n // 16),
    "colgroup": lambda n: b"<table>" + b"<colgroup><col>" * (n // 15),
    "ptable": lambda n: b"<p><table>" * (n // 10),
    "obj-deep-p": lambda n: b"<object>" * (n // 16) + b"<p>" * (n // 6),
    "ends": lambda n: b"</p>" * (n // 4),
    "endbr": lambda n: b"</br>" * (n // 5),
    "marker": lambda n: b"".join(b"<b %x><object>" % i for i in range(n // 17)),
    "title": lambda n: b"<title>" + b"x" * n,
    "doctype": lambda n: b"<!doctype x>" * (n // 12),
    "iframe": lambda n: b"<iframe></iframe>" * (n // 17),
    "noscript": lambda n: b"<noscript>" * (n // 10),
    "sarcasm": lambda n: b"<x>" * (n // 6) + b"</z>" * (n // 8),
    "hx": lambda n: b"<x>" * (n // 6) + b"</h1>" * (n // 10),
    "formend": lambda n: b"<x>" * (n // 6) + b"</form>" * (n // 14),
    "fb": lambda n: b"<x>" * (n // 6) + b"<b></b>" * (n // 14),
    "fbp": lambda n: b"".join(b"<b %x>" % i for i in range(n // 20)) + b"<i></i>" * (n // 14),
    "search-lots-afe": lambda n: (
        b"".join(b"<b %x>" % i for i in range(n // 20)) + b"</b><b>" * (n // 14)
    ),
    "tr-text": lambda n: b"<table><tr>" * (n // 22) + b" x " * (n // 6),
    "tiny": lambda n: b"<p>x" * (n // 4),
    "div-2": lambda n: b"<div>x</div>" * (n // 12),
    "words": lambda n: T * (n // 46),
    "links": lambda n: b"".join(b'<a href="/l/%d">x</a>' % i for i in range(n // 24)),
    "links-deep": lambda n: b"<div>" * (n // 12) + b"<a href=/x>y</a>" * (n // 24),
    "li-links": lambda n: b"<ul>" + b"<li><a href=/x>y</a>" * (n // 20),
    "nav-links": lambda n: b"<nav>" * (n // 12) + b"<a href=/x>y</a>" * (n // 24),
    "title-2": lambda n: b"<title>" + b"x " * (n // 2) + b"</title>",
    "title2": lambda n: b"<title>" + b"x | - " * (n // 6) + b"</title>",
    "h1-2": lambda n: b"<h1>x</h1>" * (n // 10),
    "metas": lambda n: b"<meta name=robots content=noai>" * (n // 31),
    "meta-big": lambda n: b'<meta name=robots content="' + b"a," * (n // 2) + b'">',
    "meta-big2": lambda n: (
        b'<meta name=robots content="' + b"unavailable_after: " * (n // 19) + b'">'
    ),
    "meta-desc": lambda n: b'<meta name=description content="' + b"a b " * (n // 4) + b'">',
    "jsonld": lambda n: (
        b'<script type="application/ld+json">{"@type":"Article","x":"'
        + b"a " * (n // 2)
        + b'"}</script>'
    ),
    "jsonld-many": lambda n: (
        b'<script type="application/ld+json">{"@type":"Article","author":"x"}</script>' * (n // 75)
    ),
    "jsonld-nest": lambda n: (
        b'<script type="application/ld+json">' + b'{"a":' * (n // 5) + b"</script>"
    ),
    "jsonld-arr": lambda n: b'<script type="application/ld+json">' + b"[" * (n) + b"</script>",
    "jsonld-list": lambda n: (
        b'<script type="application/ld+json">['
        + b'{"@type":"Article"},' * (n // 20)
        + b"{}]</script>"
    ),
    "table-2": lambda n: b"<table>" + b"<tr><td>x<td>y" * (n // 14),
    "table-wide": lambda n: b"<table><tr>" + b"<td>x" * (n // 5),
    "colspan": lambda n: b"<table>" + b"<tr><td colspan=1000 rowspan=1000>x" * (n // 36),
    "table-nest": lambda n: b"<table><tr><td>x" * (n // 16),
    "pre": lambda n: b"<pre>" + b"x\n" * (n // 2),
    "pre2": lambda n: b"<pre>" + b"\n" * n,
    "spaces": lambda n: b"<p>" + b" " * n + b"x",
    "brs": lambda n: b"<p>" + b"x<br>" * (n // 5),
    "brs2": lambda n: b"<p>" + b"<br> " * (n // 5),
    "nosnip": lambda n: b"<div data-nosnippet>" * (n // 25),
    "nosnip2": lambda n: b"<span data-nosnippet>x</span>" * (n // 29),
    "itemprop": lambda n: (
        b"<div itemscope itemtype=x>" * (n // 60) + b"<i itemprop=license>x</i>" * (n // 50)
    ),
    "itemprop2": lambda n: b"<i itemprop=license>x</i>" * (n // 25),
    "itemprop-deep": lambda n: b"<i itemprop=text>x" * (n // 18),
    "prop": lambda n: b"<i property=cc:license>x" * (n // 24),
    "rel": lambda n: (
        b"<a rel=license href=https://creativecommons.org/licenses/by/4.0/>CC BY</a>" * (n // 75)
    ),
    "rel2": lambda n: (
        b"<div>" * (n // 12)
        + b"<a rel=license href=https://creativecommons.org/licenses/by/4.0/>CC BY</a>" * (n // 150)
    ),
    "lic-text": lambda n: b"<p>This work is licensed under CC BY 4.0. " * (n // 42),
    "lic-text2": lambda n: b"<p>" + b"licensed under creative commons " * (n // 32),
    "foot": lambda n: b"<footer>" + b"<p>All rights reserved. No AI training " * (n // 38),
    "foot2": lambda n: (
        b"<footer>" * (n // 16) + b"<p>All rights reserved. No AI training " * (n // 76)
    ),
    "foot3": lambda n: b"<footer>All rights reserved no ai training x</footer>" * (n // 53),
    "prose": lambda n: b"<p>" + b"text and data mining is not permitted. " * (n // 39),
    "prose2": lambda n: b"<p>" + b"no no no " * (n // 9),
    "quote": lambda n: b"<p>" + b'"' * n,
    "quote2": lambda n: b"<p>" + b'"abc def ' * (n // 9),
    "comments-2": lambda n: b"<!--x-->" * (n // 8),
    "comment-long": lambda n: b"<!--" + b"<rdf:RDF " * (n // 9) + b"-->",
    "comment-lic": lambda n: b"<!--" + b'<license rdf:resource="' * (n // 23) + b"-->",
    "comment-work": lambda n: b"<!--" + b'<Work rdf:about="' * (n // 17) + b"-->",
    "class": lambda n: b"".join(
        b'<div class="nav%d footer sidebar comment">x</div>' % i for i in range(n // 46)
    ),
    "class-long": lambda n: b'<div class="' + b"nav-" * (n // 4) + b'">x</div>',
    "style": lambda n: b'<div style="' + b"display :  " * (n // 11) + b'">x</div>',
    "style2": lambda n: b'<div style="display' + b" " * n + b'">x</div>',
    "img": lambda n: b'<img src=x alt="hello">' * (n // 23),
    "svg-2": lambda n: b'<svg><path d="M0"/></svg>' * (n // 26),
    "math-2": lambda n: b"<math><mi>x</mi></math>" * (n // 23),
    "dl": lambda n: b"<dl><dt>x<dd>y</dl>" * (n // 19),
    "ents": lambda n: b"<p>" + b"&lt;&gt;&amp;" * (n // 13),
    "cjk": lambda n: ("<p>" + "汉字。" * (n // 9)).encode(),
    "digits": lambda n: b"<p>" + b"1" * n,
    "dates": lambda n: b"<p>" + b"2024-01-01 " * (n // 11),
    "time": lambda n: b"<time datetime=2024-01-01>x</time>" * (n // 34),
    "author": lambda n: b"<span class=author>x</span>" * (n // 27),
    "canon": lambda n: b"<link rel=canonical href=/x>" * (n // 28),
    "href-long": lambda n: b'<a href="' + b"a" * n + b'">x</a>',
    "href-pct": lambda n: b'<a href="/' + b"%41" * (n // 3) + b'">x</a>',
    "href-dots": lambda n: b'<a href="/' + b"a/../" * (n // 5) + b'">x</a>',
    "href-sess": lambda n: b'<a href="/?' + b"&sid=" * (n // 5) + b'">x</a>',
    "href-par": lambda n: b'<a href="/(a(x)' + b"a(x)" * (n // 4) + b'">x</a>',
    "long-word": lambda n: b"<p>" + b"a" * n,
    "emails": lambda n: b"<p>" + b"a.b@c." * (n // 6),
    "template-2": lambda n: b"<template><p>x</template>" * (n // 25),
    "template-deep": lambda n: b"<template>" * (n // 20) + b"<p>x" * (n // 8),
    "select-2": lambda n: b"<select><option>x</select>" * (n // 26),
    "form-2": lambda n: b"<form><input><button>x</button></form>" * (n // 38),
    "iframe-2": lambda n: b"<iframe src=x></iframe>" * (n // 23),
    "details": lambda n: b"<details><summary>x</summary>y</details>" * (n // 40),
    "custom": lambda n: b"".join(b"<x%d>" % i for i in range(n // 7)),
    "base": lambda n: b"<base href=/x>" * (n // 14),
    "hidden": lambda n: b"<div hidden>" * (n // 14),
    "lang": lambda n: b"<p lang=de>x</p>" * (n // 16),
    "script-open": lambda n: b"<script>" + b"<!--<script>x</script>" * (n // 22),
    "style-el": lambda n: b"<style>" + b"x{}" * (n // 3),
    "h-levels": lambda n: b"<h1>a</h1><h2>b</h2><p>x</p>" * (n // 28),
    "section": lambda n: b"<section>x" * (n // 10),
    "section2": lambda n: b"<section>" * (n // 18) + b"<p>x" * (n // 8),
    "article": lambda n: (
        b"<article><p>"
        + (T * 3) * 1
        + b"</article>" * 1
        + b"<article><p>words words words here</article>" * (n // 45)
    ),
    "newlines": lambda n: b"<p>" + b"x\n \n" * (n // 4),
    "nbsp": lambda n: b"<p>" + b"&nbsp;" * (n // 6) + b"x",
    "pipe": lambda n: b"<p>" + b"x | " * (n // 4),
    "upper": lambda n: b"<p>" + b"A. " * (n // 3),
    "q": lambda n: b"<q>" * (n // 3),
    "sup": lambda n: b"<p>10" + b"<sup>6</sup>" * (n // 12),
    "ruby-2": lambda n: b"<ruby>x<rt>y</ruby>" * (n // 19),
    "ol": lambda n: b"<ol start=5><li>x</ol>" * (n // 22),
    "ul-deep": lambda n: b"<ul><li>x" * (n // 9),
    "bq": lambda n: b"<blockquote>" * (n // 24) + b"x<p>" * (n // 8),
    "anyprop": lambda n: b"<div itemprop=x>" * (n // 32) + b"y</div>" * (n // 14),
}
