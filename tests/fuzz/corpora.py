"""What the fuzzer starts from: small honest inputs, and the words that matter in them."""

import gzip
import json
import zlib

import brotli
from backports import zstd

URLS = [
    b"http://site.example/",
    b"https://user:pw@site.example:8443/a/../b;c=d/?q=[1]&utm_source=x#f",
    b"//other.example/%62%61z/a%2fb",
    b"../up?x=%zz",
    b"http://[::ffff:127.0.0.1]:80/",
    b"http://0x7f.1/",
    "http://münchen.example/ö?ä".encode(),
    b"javascript:alert(1)",
    b"mailto:a@b.example",
    b"data:text/html,x",
]
URL_WORDS = [b"http://", b"https:", b"//", b"@", b":", b"..", b"%2e", b"%00", b"?", b"#", b"\\",
             b"[", b"]", b"::", b"xn--", b".", b"\xc2\xad", b"\xef\xbc\x8e", b"\t", b"65536"]  # fmt: skip

HEADERS = [
    b"content-type: text/html; charset=utf-8\nx-robots-tag: noai, noimageai",
    b"x-robots-tag: ExampleBot: noindex, nofollow\nx-robots-tag: unavailable_after: 25 Jun 2030",
    b"content-usage: train-ai=n, search=y;exp\ncontent-signal: ai-train=no",
    b"tdm-reservation: 1\ntdm-policy: https://site.example/policy.json",
    b'link: <https://site.example/license.xml>; rel="license"; type="application/rsl+xml"',
    b"retry-after: 120\ncache-control: max-age=60\nexpires: Thu, 01 Jan 2026 00:00:00 GMT",
    b"location: https://other.example/\ncontent-location: /x",
    b"content-type: application/xhtml+xml;charset=\nlast-modified: Wed, 21 Oct 2015 07:28:00 GMT",
]
HEADER_WORDS = [b": ", b", ", b"; ", b"=", b'"', b"noai", b"none", b"all", b"train-ai", b"=n",
                b"?0", b"max-age=", b"9" * 30, b"\xff", b"*", b"<", b">", b"rel=", b"charset="]  # fmt: skip

ROBOTS = [
    b"User-agent: *\nDisallow: /private/\nAllow: /private/open$\nCrawl-delay: 5\n",
    b"\xef\xbb\xbfUser-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\nUser-agent: *\nDisallow:\n",
    b"User-agent: Example-Train\nDisallow: /*.pdf$\nSitemap: https://site.example/map.xml\n",
    b"User-agent: *\nContent-Usage: /a train-ai=n\nContent-Signal: search=yes, ai-train=no\n",
    b"License: https://site.example/license.xml\nUser-Agent: *\nVisit-time: 0200-0400\n",
    b"datatrainingallowed=no\nmember=https://x.example/\ncontact=mailto:a@b.example\n",
    b"User-Agent: *\nDisallow: *.jpg\nDisallow: /\nAllow: *.txt\n",
]
ROBOTS_WORDS = [b"User-agent:", b"Disallow:", b"Allow:", b"*", b"$", b"/", b"\r", b"\n", b"\x00",
                b"#", b"Example", b"GPTBot", b"Crawl-delay: ", b"Sitemap:", b"%", b"%2F",
                b"Content-Usage:", b"train-ai=n", b"License:", b"\xff\xfe"]  # fmt: skip

HTML = [
    (
        b'<!doctype html><html lang="en"><head><title>T</title><meta charset="utf-8">'
        b'<meta name="robots" content="noai"><link rel="canonical" href="/c"></head>'
        b'<body><main><h1>H</h1><p>Some words of text.</p><a href="/x" rel="nofollow">x</a></main>'
    ),
    b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>\xd0\xd2\xc9\xd7',
    b'<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="//x.example/p">',
    (
        b'<script type="application/ld+json">{"@type":"Article","license":'
        b'"https://creativecommons.org/licenses/by/4.0/","author":{"name":"A"}}</script><p>Text'
    ),
    (
        b'<script type="application/rsl+xml"><rsl xmlns="https://rslstandard.org/rsl"><content url="/">'
        b'<license><prohibits type="usage">ai-train</prohibits></license></content></rsl></script>'
    ),
    (
        b'<footer>&copy; 2026 No part may be used to train AI. <a rel="license" '
        b'href="https://creativecommons.org/licenses/by-nc/3.0/es/">CC</a></footer>'
    ),
    b"<table><tr><td>a<td>b</table><ul><li>1<li>2</ul><pre>code</pre><svg><title>x</title></svg>",
    b'<base href="//other.example/"><a href="?q">q</a><a href="http://[">bad</a><template><p>t',
    "<p>Größe &amp; Maß &#x1F600; &#xD800; &nosuch;</p>".encode("utf-16"),
]
HTML_WORDS = [b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"<script>", b"</script>", b"<p>",
              b"<table>", b"<meta name=", b" content=", b'"', b"'", b"&#", b"&#x110000;", b"\x00",
              b"noai", b"<base href=", b"<svg>", b"<template>", b"\xff\xfe", b"\xed\xa0\x80",
              b'"@context":', b"{", b"}", b"<rsl>", b"data-nosnippet", b"itemprop=license "]  # fmt: skip

XML = [
    (
        b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
        b"<loc>http://site.example/a</loc><lastmod>2026-01-01</lastmod><priority>0.5</priority></url></urlset>"
    ),
    (
        b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
        b"<loc>http://site.example/m.xml</loc></sitemap></sitemapindex>"
    ),
    b'<rss version="2.0"><channel><item><link>http://site.example/i</link></item></channel></rss>',
    b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/e"/></entry></feed>',
    b"http://site.example/1\nhttp://site.example/2\n",
]
RSL = [
    (
        b'<rsl xmlns="https://rslstandard.org/rsl"><content url="/*" server="https://l.example">'
        b'<license><permits type="usage">search</permits><prohibits type="usage">ai-train ai-input'
        b'</prohibits><payment type="purchase"><amount currency="USD">1</amount></payment>'
        b'<permits type="geo">DE</permits></license></content></rsl>'
    ),
    (
        b'<rsl xmlns="https://rslstandard.org/rsl"><content url="/a$"><license>'
        b'<permits type="user">non-commercial</permits></license></content></rsl>'
    ),
]
XML_WORDS = [b"<", b">", b"/>", b"<!DOCTYPE x [", b'<!ENTITY a "b">', b"&a;", b"]>", b"<![CDATA[",
             b"]]>", b"<loc>", b"</loc>", b"xmlns=", b'encoding="', b"UTF-16", b"<?", b"\x00",
             b"\xef\xbb\xbf", b"type=", b"usage", b"ai-train", b"all"]  # fmt: skip

JSON = [
    b'[{"location": "/*", "tdm-reservation": 1, "tdm-policy": "https://site.example/p"}]',
    b'[{"location": "/a/*.html$", "tdm-reservation": 0}, {"location": "/b", "tdm-reservation": "1"}]',
    json.dumps([{"location": "/x" * 20, "tdm-reservation": 1}] * 3).encode(),
]
JSON_WORDS = [b"[", b"]", b"{", b"}", b":", b",", b'"', b"null", b"1e999", b"-0", b"\\u0000",
              b"\\ud800", b'"location"', b'"tdm-reservation"', b"NaN", b"true", b"[" * 500]  # fmt: skip

_TEXT = b"The quick brown fox jumps over the lazy dog. " * 8
CODED = [
    b"gzip\n" + gzip.compress(_TEXT),
    b"deflate\n" + zlib.compress(_TEXT),
    b"deflate\n" + zlib.compress(_TEXT)[2:-4],
    b"br\n" + brotli.compress(_TEXT),
    b"zstd\n" + zstd.compress(_TEXT),
    b"gzip, br\n" + brotli.compress(gzip.compress(_TEXT)),
    b"gzip\n" + gzip.compress(_TEXT) * 2,
]
CODED_WORDS = [b"gzip", b"br", b", ", b"\n", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x78\x9c",
               b"\x50\x2a\x4d\x18\xff\xff\xff\xff", b"\x00" * 8, b"\xff" * 8]  # fmt: skip
